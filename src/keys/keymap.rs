//! The table of bindings as one reader has it: the keys that are built in, or those given instead.
//!
//! Promises: no keys mean two things in one room, and there is always a key that quits and one that
//! closes. Where something is typed, what types a letter is never bound.

use super::layout::latin;
use super::room::{EVERYWHERE, UNTYPED};
use super::{Action, BINDINGS, Binding, Key, LETTER, Room};
use crate::house::House;
use std::borrow::Cow;
use std::{fmt, iter};

/// A table of bindings with the keys that they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    rows: Vec<Bound>,
}

/// One line of the table, with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The line of the table.
    pub binding: &'static Binding,
    /// Its keys, written as in the table.
    pub keys: Vec<Cow<'static, str>>,
}

/// What keys pressed so far amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They do this.
    Run(Action),
    /// They do this with the letter pressed last.
    RunWith(Action, char),
    /// More keys must follow.
    More,
    /// Nothing is bound to them.
    Nothing,
}

/// What the footer says of some keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys, the first of each binding: `j/k`.
    pub keys: String,
    /// What they do.
    pub word: &'static str,
    /// What the first of them does.
    pub action: Action,
}

/// Why keys cannot be bound as they were to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Keys would mean two things in one room.
    Twice {
        /// The keys, and who has been given them.
        one: (String, Action),
        /// The same, or keys that begin with them, and who else has those.
        other: (String, Action),
    },
    /// No key would be left for this.
    Lost(Action),
}

impl Default for Keymap {
    fn default() -> Self {
        let row = |binding: &'static Binding| Bound {
            binding,
            keys: binding.keys.iter().map(|&keys| Cow::Borrowed(keys)).collect(),
        };
        Self { rows: BINDINGS.iter().map(row).collect() }
    }
}

impl Keymap {
    /// The table with other keys for some actions. The lines for places where something is typed stay as
    /// they are; an action that takes a letter takes it behind its new keys.
    ///
    /// # Errors
    ///
    /// Keys that would mean two things, or a table that would leave no way out.
    pub fn with(changes: &[(Action, Vec<Vec<Key>>)]) -> Result<Self, Clash> {
        let mut map = Self::default();
        for row in map.rows.iter_mut().filter(|row| !row.binding.is_fixed()) {
            if let Some((_, keys)) = changes.iter().find(|(action, _)| *action == row.binding.action) {
                let letter = if row.binding.takes_letter() { format!(" {LETTER}") } else { String::new() };
                row.keys = keys.iter().map(|keys| Cow::Owned(written(keys) + &letter)).collect();
            }
        }
        let changed = |action| changes.iter().any(|(other, _)| *other == action);
        for &room in EVERYWHERE {
            map.clash(room, &changed)?;
        }
        let has_key =
            |action| map.rows.iter().any(|row| row.binding.action == action && !row.keys.is_empty());
        if !has_key(Action::Quit) && !has_key(Action::QuitNow) {
            return Err(Clash::Lost(Action::Quit));
        }
        if !map.has_way_out() {
            return Err(Clash::Lost(Action::Close));
        }
        Ok(map)
    }

    /// The table as far as the house allows it: what leads out of a restricted one has neither key nor name.
    #[must_use]
    pub fn within(mut self, house: House) -> Self {
        self.rows.retain(|row| house == House::Own || !row.binding.action.leads_out());
        self
    }

    /// Whether it has a line for an action.
    #[must_use]
    pub fn has(&self, action: Action) -> bool {
        self.rows.iter().any(|row| row.binding.action == action)
    }

    /// Whether it leads out of the house.
    #[must_use]
    pub fn leads_out(&self) -> bool {
        self.rows.iter().any(|row| row.binding.action.leads_out())
    }

    /// Whether every room has a key that closes.
    fn has_way_out(&self) -> bool {
        let closes =
            |row: &Bound, room| row.binding.action == Action::Close && row.keys_in(room).next().is_some();
        EVERYWHERE.iter().all(|&room| self.of(room).any(|row| closes(row, room)))
    }

    /// Refuses keys that mean two things in a room; one whose keys were changed is named first.
    fn clash(&self, room: Room, changed: &impl Fn(Action) -> bool) -> Result<(), Clash> {
        let bound: Vec<(&str, Action)> = self
            .of(room)
            .flat_map(|row| row.keys_in(room).map(move |keys| (keys, row.binding.action)))
            .collect();
        for (at, &one) in bound.iter().enumerate() {
            let hidden = |other: &&(&str, Action)| begins(one.0, other.0) || begins(other.0, one.0);
            if let Some(&other) = bound.iter().skip(at + 1).find(hidden) {
                let (one, other) = if changed(other.1) { (other, one) } else { (one, other) };
                let owned = |(keys, action): (&str, Action)| (keys.to_owned(), action);
                return Err(Clash::Twice { one: owned(one), other: owned(other) });
            }
        }
        Ok(())
    }

    /// What `keys`, pressed one after another in `room`, amount to.
    #[must_use]
    pub fn read(&self, room: Room, keys: &[Key]) -> Reading {
        let pressed = written(keys);
        let lettered = match keys {
            [first @ .., Key::Char(letter @ 'a'..='z')] => {
                Some((format!("{} {LETTER}", written(first)), *letter))
            }
            _ => None,
        };
        let mut reading = Reading::Nothing;
        for row in self.of(room) {
            for bound in row.keys_in(room) {
                match &lettered {
                    _ if bound == pressed => return Reading::Run(row.binding.action),
                    Some((keys, letter)) if bound == keys => {
                        return Reading::RunWith(row.binding.action, *letter);
                    }
                    Some(_) | None if begins(&pressed, bound) => reading = Reading::More,
                    Some(_) | None => {}
                }
            }
        }
        reading
    }

    /// What a key pressed in `room` does everywhere, also behind keys with which it means nothing.
    #[must_use]
    pub fn everywhere(&self, room: Room, key: Key) -> Option<Action> {
        let pressed = key.to_string();
        let mut rows = self.of(room).filter(|row| row.binding.is_everywhere());
        rows.find(|row| row.keys_in(room).any(|keys| keys == pressed)).map(|row| row.binding.action)
    }

    /// The key that is meant where one is pressed after others: where nothing is bound to it as it was
    /// typed, the key that its letter stands on when a Cyrillic layout is left switched on.
    #[must_use]
    pub fn meant(&self, room: Room, before: &[Key], key: Key) -> Key {
        let bound = |key| self.read(room, &[before, &[key]].concat()) != Reading::Nothing;
        match key {
            Key::Char(letter) if !bound(key) => {
                latin(letter).map(Key::Char).filter(|&meant| bound(meant)).unwrap_or(key)
            }
            _ => key,
        }
    }

    /// The lines of a room, in the table's order.
    pub fn of(&self, room: Room) -> impl Iterator<Item = &Bound> {
        self.rows.iter().filter(move |row| row.binding.rooms.contains(&room))
    }

    /// Every line of the table.
    #[must_use]
    pub fn rows(&self) -> &[Bound] {
        &self.rows
    }

    /// What may follow the keys pressed so far in `room`: the next key, and the name of what it does.
    pub fn following<'m>(
        &'m self,
        room: Room,
        keys: &[Key],
    ) -> impl Iterator<Item = (&'m str, &'static str)> {
        let pressed = written(keys);
        self.of(room)
            .flat_map(move |row| row.keys_in(room).map(move |bound| (bound, row.binding.action.name())))
            .filter_map(move |(bound, name)| Some((bound.strip_prefix(&pressed)?.strip_prefix(' ')?, name)))
    }

    /// The first keys that do something in `room`, as help writes them.
    #[must_use]
    pub fn first(&self, room: Room, action: Action) -> Option<String> {
        let row = self.of(room).find(|row| row.binding.action == action)?;
        Some(row.keys_in(room).next()?.replace(' ', ""))
    }

    /// What a sentence calls the keys that do something: those of `room`, else of another place where
    /// nothing is typed; its name where it has none, behind the key that takes one.
    #[must_use]
    pub fn called(&self, room: Room, action: Action) -> String {
        let keys = |action| {
            let mut rooms = iter::once(room).chain(UNTYPED.iter().copied());
            rooms.find_map(|room| self.first(room, action))
        };
        keys(action).unwrap_or_else(|| keys(Action::Command).unwrap_or_default() + action.name())
    }

    /// What a sentence calls the keys of something that takes a letter, with `letter` in its place: `mx`,
    /// `m and a letter`. Nothing where it has none.
    #[must_use]
    pub fn lettered(&self, room: Room, action: Action, letter: &str) -> Option<String> {
        Some(self.first(room, action)?.replace(LETTER, letter))
    }

    /// What a line does, for help and README.
    #[must_use]
    pub fn help(&self, row: &Bound) -> Cow<'static, str> {
        match (row.binding.action, row.binding.rooms) {
            (Action::Print(what), &[room, ..]) => {
                Cow::Owned(row.binding.help.replace("{}", &self.called(room, Action::Copy(what))))
            }
            _ => Cow::Borrowed(row.binding.help),
        }
    }

    /// What the footer says in `room`.
    #[must_use]
    pub fn hints(&self, room: Room) -> Vec<Hint> {
        let mut hints: Vec<Hint> = Vec::new();
        for row in self.of(room).filter(|row| !row.binding.hint.is_empty()) {
            let Some(key) = row.keys_in(room).next().and_then(|keys| keys.split(' ').next()) else {
                continue;
            };
            match hints.iter_mut().find(|hint| hint.word == row.binding.hint) {
                Some(hint) => hint.keys = format!("{}/{key}", hint.keys),
                None => {
                    let (word, action) = (row.binding.hint, row.binding.action);
                    hints.push(Hint { keys: key.to_owned(), word, action });
                }
            }
        }
        hints
    }
}

impl Bound {
    /// Its keys in one of its rooms.
    pub fn keys_in(&self, room: Room) -> impl Iterator<Item = &str> {
        let types = room.types();
        self.keys.iter().map(AsRef::as_ref).filter(move |keys| !(types && types_a_letter(keys)))
    }

    /// Its keys as the configuration has them: without the letter that follows some.
    pub fn settable(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|keys| keys.strip_suffix(LETTER).map_or(&**keys, str::trim_end))
    }

    /// Whether its keys are those that are built in.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.keys == self.binding.keys
    }

    /// Its keys in a room, as help writes them; its name where it has none.
    #[must_use]
    pub fn label(&self, room: Room) -> String {
        let keys: Vec<String> = self.keys_in(room).map(|keys| keys.replace(' ', "")).collect();
        if keys.is_empty() { format!(":{}", self.binding.action.name()) } else { keys.join(" ") }
    }
}

impl Clash {
    /// The action whose keys are to blame.
    #[must_use]
    pub const fn action(&self) -> Action {
        match self {
            Self::Twice { one: (_, action), .. } | Self::Lost(action) => *action,
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice { one, other } if one.0 == other.0 => {
                write!(f, "`{}` is bound to both `{}` and `{}`", one.0, one.1.name(), other.1.name())
            }
            Self::Twice { one, other } => write!(
                f,
                "`{}` is bound to `{}`, and `{}` to `{}`: one hides the other",
                one.0,
                one.1.name(),
                other.0,
                other.1.name()
            ),
            Self::Lost(action) => write!(f, "no key would be left to {}", action.name()),
        }
    }
}

/// Whether the first of some keys types a letter.
fn types_a_letter(keys: &str) -> bool {
    matches!(keys.split(' ').next().map(str::parse), Some(Ok(Key::Char(_))))
}

/// Whether `keys` are `other`, or the first of them.
fn begins(keys: &str, other: &str) -> bool {
    other.strip_prefix(keys).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Keys as the table writes them.
fn written(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Copied, Direction, Move};

    fn keys(words: &str) -> Vec<Key> {
        words.split(' ').map(|word| word.parse().unwrap()).collect()
    }

    fn with(changes: Changes<'_>) -> Result<Keymap, Clash> {
        let changes: Vec<_> = changes
            .iter()
            .map(|(action, bound)| (*action, bound.iter().map(|words| keys(words)).collect()))
            .collect();
        Keymap::with(&changes)
    }

    #[test]
    fn no_built_in_key_does_two_things_and_every_room_has_a_way_out() {
        assert_eq!(with(&[]), Ok(Keymap::default()));
    }

    #[test]
    fn keys_read_in_sequence_and_by_room() {
        let cases = [
            (Room::List, "y", Reading::More),
            (Room::List, "y q", Reading::Run(Action::Copy(Copied::Bare))),
            (Room::List, "y x", Reading::Nothing),
            (Room::Search, "y", Reading::Nothing),
            (Room::Source, "Space", Reading::Run(Action::Move(Move::Page(Direction::Down)))),
            (Room::Command, "Tab", Reading::Run(Action::Complete)),
        ];
        for (room, pressed, reading) in cases {
            assert_eq!(Keymap::default().read(room, &keys(pressed)), reading, "{room:?} {pressed}");
        }
    }

    #[test]
    fn a_letter_can_be_any() {
        let cases = [
            ("m", Reading::More),
            ("m q", Reading::RunWith(Action::SetMark, 'q')),
            ("m é", Reading::Nothing),
            ("m 1", Reading::Nothing),
            ("m Ctrl-a", Reading::Nothing),
            ("' a", Reading::RunWith(Action::GoToMark, 'a')),
            ("` c", Reading::RunWith(Action::GoToMark, 'c')),
            ("' '", Reading::Run(Action::Marks)),
            ("` `", Reading::Run(Action::Marks)),
        ];
        for (pressed, reading) in cases {
            assert_eq!(Keymap::default().read(Room::Card, &keys(pressed)), reading, "{pressed}");
        }
        let map = with(&[(Action::SetMark, &["Ctrl-x m"])]).unwrap();
        assert_eq!(map.read(Room::Card, &keys("Ctrl-x m q")), Reading::RunWith(Action::SetMark, 'q'));
    }

    #[test]
    fn other_keys_take_the_place_of_those_built_in() {
        let map = with(&[(Action::NextQuote, &["x", "Ctrl-x x"]), (Action::Suspend, &[])]).unwrap();
        let cases = [
            (Room::List, "x", Reading::Run(Action::NextQuote)),
            (Room::Source, "Ctrl-x", Reading::More),
            (Room::List, "]", Reading::Nothing),
            (Room::Search, "Ctrl-z", Reading::Nothing),
        ];
        for (room, pressed, reading) in cases {
            assert_eq!(map.read(room, &keys(pressed)), reading, "{room:?} {pressed}");
        }
        let hints = map.hints(Room::List);
        assert!(hints.iter().any(|hint| (hint.keys.as_str(), hint.word) == ("x/[", "quote")), "{hints:?}");
    }

    #[test]
    fn two_actions_can_change_their_keys_with_each_other() {
        let map = with(&[(Action::Move(Move::By(1)), &["k"]), (Action::Move(Move::By(-1)), &["j"])]).unwrap();
        assert_eq!(map.read(Room::List, &keys("k")), Reading::Run(Action::Move(Move::By(1))));
        assert_eq!(
            map.read(Room::Search, &keys("Down")),
            Reading::Run(Action::Move(Move::By(1))),
            "as it was"
        );
    }

    #[test]
    fn where_something_is_typed_letters_stay_letters() {
        let map = with(&[(Action::Repaint, &["J", "Ctrl-y"])]).unwrap();
        assert_eq!(map.read(Room::List, &keys("J")), Reading::Run(Action::Repaint));
        assert_eq!(map.read(Room::Search, &keys("J")), Reading::Nothing);
        assert_eq!(map.read(Room::Search, &keys("Ctrl-y")), Reading::Run(Action::Repaint));
    }

    /// Actions with other keys.
    type Changes<'c> = &'c [(Action, &'c [&'c str])];

    #[test]
    fn a_clash_names_both() {
        let cases: [(Changes<'_>, &str); 5] = [
            (&[(Action::NextQuote, &["z"])], "`z` is bound to both `next-quote` and `zoom`"),
            (&[(Action::Zoom, &["]"])], "`]` is bound to both `zoom` and `next-quote`"),
            (&[(Action::Zoom, &["y"])], "`y` is bound to `zoom`, and `y y` to `copy`: one hides the other"),
            (&[(Action::Quit, &[]), (Action::QuitNow, &[])], "no key would be left to quit"),
            (&[(Action::Close, &[])], "no key would be left to close"),
        ];
        for (changes, message) in cases {
            assert_eq!(with(changes).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn a_cyrillic_letter_is_the_key_it_stands_on_unless_it_is_bound_itself() {
        let map = Keymap::default();
        let cases = [
            (Room::List, "", 'й', 'q'),
            (Room::List, "", 'о', 'j'),
            (Room::List, "", 'ї', ']'),
            (Room::List, "", '.', '/'),
            (Room::List, "", '/', '/'),
            (Room::List, "y", 'й', 'q'),
            (Room::List, "m", 'й', 'q'),
            (Room::List, "y", 'о', 'о'),
            (Room::Search, "", 'о', 'о'),
        ];
        for (room, before, typed, meant) in cases {
            let before = if before.is_empty() { Vec::new() } else { keys(before) };
            assert_eq!(map.meant(room, &before, Key::Char(typed)), Key::Char(meant), "{typed}");
        }
        let bound = with(&[(Action::Zoom, &["й"])]).unwrap();
        assert_eq!(bound.meant(Room::List, &[], Key::Char('й')), Key::Char('й'));
    }
}
