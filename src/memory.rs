//! What a reader leaves behind in a briefing: the last place, the cards read, the marks, the
//! settings, the lines typed; to TOML and back.
//!
//! It promises that everything is remembered by ids and by bytes of the raw sources, so that it
//! holds when cards come and go; and that what the briefing has lost for now stays remembered.

mod fingerprint;
mod history;
mod page;

pub use fingerprint::Fingerprint;
pub use history::History;
pub use page::Unreadable;

use crate::geometry::Pane;
use crate::model::{Briefing, Card, Ref, signs};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is remembered of one briefing, in the order that it is written in: TOML has its tables last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The ids of the cards that there were when the briefing was last left.
    pub known: BTreeSet<String>,
    /// The commands run.
    #[serde(skip_serializing_if = "History::is_empty")]
    pub commands: History,
    /// The searches made.
    #[serde(skip_serializing_if = "History::is_empty")]
    pub searches: History,
    /// What the reader has set.
    pub settings: Settings,
    /// Where the reader was last.
    pub last: Option<Spot>,
    /// The cards read, by id: what each said then.
    pub read: BTreeMap<String, Fingerprint>,
    /// The marks set, by letter.
    pub marks: BTreeMap<char, Mark>,
}

/// A place as it can be found again, whatever has become of the briefing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The pane that has the focus.
    #[serde(with = "page::pane")]
    pub pane: Pane,
    /// The id of the topic that the lists are narrowed to.
    pub topic: Option<String>,
    /// The id of the card.
    pub card: Option<String>,
    /// Which of its quotes is the current one, from 0.
    pub quote: usize,
    /// Which of its quotes and links the card's cursor is on, from 0.
    pub stop: usize,
    /// The first row of the card that is seen, from 0.
    pub row: usize,
    /// Where in a source, if the reader has moved in it.
    pub source: Option<Within>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// The source's id.
    pub id: String,
    /// The first row seen holds this byte of the raw text.
    pub top: usize,
    /// The cursor is on the row of this byte of the raw text.
    pub cursor: usize,
}

/// A place that the reader has given a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The words that stand there.
    pub line: String,
    /// The place.
    pub spot: Spot,
}

/// What a reader sets while reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether mouse reports are on.
    pub mouse: bool,
    /// Whether the focused pane has the screen to itself.
    pub zoom: bool,
    /// The name of the theme, where one was chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
}

/// How a card stands to what the reader remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Not read.
    Unread,
    /// Read, but it said something else then.
    Changed,
    /// Read as it is.
    Read,
}

/// What has become of a card since the briefing was last left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was read, and says something else now.
    Changed,
    /// It was not there.
    New,
}

impl Memory {
    /// How a card stands to what was read.
    #[must_use]
    pub fn freshness(&self, briefing: &Briefing, card: Ref<Card>) -> Freshness {
        match self.read.get(&*briefing[card].id) {
            None => Freshness::Unread,
            Some(then) if *then == Fingerprint::of(briefing, card) => Freshness::Read,
            Some(_) => Freshness::Changed,
        }
    }

    /// Remembers that a card was read as it is.
    pub fn mark_read(&mut self, briefing: &Briefing, card: Ref<Card>) {
        self.read.insert(briefing[card].id.to_string(), Fingerprint::of(briefing, card));
    }

    /// Forgets that a card was read.
    pub fn mark_unread(&mut self, briefing: &Briefing, card: Ref<Card>) {
        self.read.remove(&*briefing[card].id);
    }

    /// This memory with what another has, where both were `before` once: of one thing that both have changed, what
    /// this one has.
    #[must_use]
    pub fn with(&self, other: &Self, before: &Self) -> Self {
        let mut both = self.clone();
        // What was taken away has set nothing.
        if !other.is_first_time() {
            let (own, before) = (&mut both.settings, &before.settings);
            let Settings { mouse, zoom, theme } = &other.settings;
            take_unchanged(&mut own.mouse, mouse, &before.mouse);
            take_unchanged(&mut own.zoom, zoom, &before.zoom);
            take_unchanged(&mut own.theme, theme, &before.theme);
        }
        add_unchanged(&mut both.read, &other.read, &before.read);
        add_unchanged(&mut both.marks, &other.marks, &before.marks);
        both.known.extend(other.known.iter().cloned());
        both.commands.clone_from(&other.commands);
        both.commands.extend(&self.commands);
        both.searches.clone_from(&other.searches);
        both.searches.extend(&self.searches);
        both
    }

    /// Whether the briefing has never been left before.
    #[must_use]
    pub fn is_first_time(&self) -> bool {
        self.known.is_empty()
    }

    /// What has changed since the briefing was last left: the changed cards, then the new ones not
    /// read yet, each in content order. The first time, nothing has.
    #[must_use]
    pub fn changes(&self, briefing: &Briefing) -> Vec<(Ref<Card>, Change)> {
        let changed = |&card: &Ref<Card>| self.freshness(briefing, card) == Freshness::Changed;
        let new = |&card: &Ref<Card>| {
            let id = &*briefing[card].id;
            !self.is_first_time() && !self.known.contains(id) && !self.read.contains_key(id)
        };
        let changed = briefing.refs::<Card>().filter(changed).map(|card| (card, Change::Changed));
        let new = briefing.refs::<Card>().filter(new).map(|card| (card, Change::New));
        changed.chain(new).collect()
    }
}

/// Takes what another has where one's own is as it was before.
fn take_unchanged<T: Clone + PartialEq>(own: &mut T, other: &T, before: &T) {
    if own == before {
        own.clone_from(other);
    }
}

/// Does so with each thing that another has.
fn add_unchanged<K: Clone + Ord, V: Clone + Eq>(
    own: &mut BTreeMap<K, V>,
    other: &BTreeMap<K, V>,
    before: &BTreeMap<K, V>,
) {
    for (key, value) in other {
        if own.get(key) == before.get(key) {
            own.insert(key.clone(), value.clone());
        }
    }
}

impl Freshness {
    /// Its sign in a list; a card that was read has none.
    #[must_use]
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Unread => signs::UNREAD,
            Self::Changed => signs::CHANGED,
            Self::Read => "",
        }
    }
}

impl Change {
    /// Its word, for people and programs.
    #[must_use]
    pub const fn written(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;
    use crate::model::samples::{self, quote, source};
    use crate::model::{Basis, Kind, Version};
    use crate::sanitize::Safe;

    fn card(id: &str, title: &str) -> Card {
        Card { title: Safe::line(title), quotes: vec![quote("we will not wait")], ..samples::card(id) }
    }

    fn briefing() -> Briefing {
        Briefing {
            sources: vec![source("gazette"), source("herald")],
            versions: ["draft", "final"]
                .map(|id| Version { id: Safe::line(id), title: Safe::line(id), date: None, from: None })
                .to_vec(),
            cards: vec![card("fare", "“é—漢🦀” e\u{301}"), card("pier", "The pier")],
            ..Briefing::default()
        }
    }

    /// What an editor does to a card, in a word, and how.
    type Edit = (&'static str, fn(&mut Card));

    #[test]
    fn a_card_is_changed_by_what_it_says_and_by_nothing_else() {
        let changes: [Edit; 8] = [
            ("title", |card| card.title = Safe::line("“é—漢🦀” e")),
            ("text", |card| card.text = Some(Safe::line(""))),
            ("date", |card| card.date = "2024-05".parse::<Date>().ok()),
            ("version", |card| card.kind = Kind::PlanPoint { version: Ref::new(1) }),
            ("kind", |card| card.kind = Kind::Event),
            ("another quote", |card| card.quotes.push(quote("we will wait"))),
            ("another source", |card| card.quotes[0].source = Ref::new(1)),
            ("basis", |card| card.quotes[0].basis = Some(Basis::Outlet)),
        ];
        let stays: [Edit; 3] = [
            ("the file's line", |card| card.at.line = 99),
            ("where the quote stands", |card| card.quotes[0].line = 99),
            ("what follows from others", |card| card.standing.texts = 3),
        ];
        let edits = changes.map(|edit| (edit, Freshness::Changed));
        for ((what, edit), want) in edits.into_iter().chain(stays.map(|edit| (edit, Freshness::Read))) {
            let mut briefing = briefing();
            let mut memory = Memory::default();
            memory.mark_read(&briefing, Ref::new(0));
            edit(&mut briefing.cards[0]);
            assert_eq!(memory.freshness(&briefing, Ref::new(0)), want, "{what}");
            assert_eq!(memory.freshness(&briefing, Ref::new(1)), Freshness::Unread, "{what}");
        }
    }

    #[test]
    fn words_that_move_from_one_part_to_the_next_are_a_change() {
        let mut briefing = briefing();
        briefing.cards[0].text = Some(Safe::line("ab"));
        let before = Fingerprint::of(&briefing, Ref::new(0));
        let title = format!("{}a", briefing.cards[0].title);
        briefing.cards[0].title = Safe::line(&title);
        briefing.cards[0].text = Some(Safe::line("b"));
        assert_ne!(Fingerprint::of(&briefing, Ref::new(0)), before);
    }

    #[test]
    fn a_fingerprint_is_the_same_in_every_release() {
        assert_eq!(Fingerprint::of(&briefing(), Ref::new(1)).to_string(), "fc95001cc347fd06");
    }

    #[test]
    fn of_two_memories_nothing_that_was_made_is_lost() {
        let spot = |card: &str| Spot {
            pane: Pane::Card,
            topic: None,
            card: Some(card.to_owned()),
            quote: 0,
            stop: 0,
            row: 0,
            source: None,
        };
        let mark = |card: &str| Mark { line: card.to_owned(), spot: spot(card) };
        let memory = |marks: &[(char, &str)], known: &[&str], searches: &[&str]| {
            let marks = marks.iter().map(|&(letter, card)| (letter, mark(card))).collect();
            let known = known.iter().map(|&card| card.to_owned()).collect();
            let mut memory = Memory { marks, known, ..Memory::default() };
            searches.iter().for_each(|line| memory.searches.push(line));
            memory
        };
        let before = memory(&[('a', "a"), ('b', "b"), ('c', "c")], &["a"], &["é"]);
        let own = memory(&[('a', "own"), ('b', "b"), ('c', "own"), ('d', "own")], &["a", "b"], &["é", "own"]);
        let other =
            memory(&[('a', "a"), ('b', "other"), ('c', "other"), ('e', "other")], &["a", "c"], &["é", "漢"]);
        let all = [('a', "own"), ('b', "other"), ('c', "own"), ('d', "own"), ('e', "other")];
        let want = memory(&all, &["a", "b", "c"], &["漢", "é", "own"]);
        assert_eq!(own.with(&other, &before), want);
        // Who took the file away took nothing that is remembered here.
        assert_eq!(own.with(&Memory::default(), &before), own);
    }

    #[test]
    fn what_another_has_set_stays_unless_it_was_set_here_too() {
        let set = |mouse, zoom, theme: Option<&str>| {
            let settings = Settings { mouse, zoom, theme: theme.map(str::to_owned) };
            Memory { settings, known: ["é—漢🦀".to_owned()].into(), ..Memory::default() }
        };
        let before = set(true, false, None);
        // (what is set here, what another has set, what both amount to)
        let cases = [
            (set(true, false, None), set(false, true, Some("é")), set(false, true, Some("é"))),
            (set(false, true, Some("漢")), set(true, false, Some("é")), set(false, true, Some("漢"))),
            (set(true, true, None), set(false, false, Some("é")), set(false, true, Some("é"))),
        ];
        for (own, other, both) in cases {
            assert_eq!(own.with(&other, &before), both, "{own:?} {other:?}");
        }
        let own = set(true, true, Some("é"));
        assert_eq!(own.with(&Memory::default(), &own), own, "it was taken away");
    }

    #[test]
    fn what_was_marked_unread_stays_so_whatever_another_has_read() {
        let briefing = briefing();
        let mut before = Memory::default();
        before.mark_read(&briefing, Ref::new(0));
        let (mut own, mut other) = (before.clone(), before.clone());
        own.mark_unread(&briefing, Ref::new(0));
        other.mark_read(&briefing, Ref::new(1));
        let both = own.with(&other, &before);
        assert_eq!(both.freshness(&briefing, Ref::new(0)), Freshness::Unread);
        assert_eq!(both.freshness(&briefing, Ref::new(1)), Freshness::Read);
    }

    #[test]
    fn changes_are_the_changed_cards_and_the_new_ones_since_the_last_time() {
        let mut briefing = briefing();
        let mut memory = Memory::default();
        assert_eq!(memory.changes(&briefing), [], "the first time");
        memory.mark_read(&briefing, Ref::new(1));
        memory.known = ["pier", "gone"].map(str::to_owned).into();
        briefing.cards[1].title = Safe::line("The pier again");
        let want = [(Ref::new(1), Change::Changed), (Ref::new(0), Change::New)];
        assert_eq!(memory.changes(&briefing), want);
        memory.mark_read(&briefing, Ref::new(0));
        memory.mark_unread(&briefing, Ref::new(1));
        assert_eq!(memory.changes(&briefing), []);
    }
}
