//! The command line: every action by its name, and what it is about behind the name.
//!
//! It is a list to choose from like any other, but what it lists follows from what is typed.

use super::picker::{self, take};
use super::{Effect, grid, note, reading, shelf};
use crate::app::{App, Choice, Command, Mode, Pick, Picker, Under};
use crate::cite;
use crate::geometry::Pane;
use crate::keys::{Action, Key, Move, PANES, Reading, Room};
use crate::line::Line;
use crate::model::{Card, QuoteRef, Ref};
use crate::nearest::nearest;
use crate::search::heeded;
use crate::theme::Theme;

/// Stands between what a command does and its keys.
const BEFORE_KEYS: &str = " · ";

/// Opens the command line for what an action is to be about.
pub(super) fn open_for(app: &mut App, action: Action) {
    open(app, &format!("{} ", action.name()));
}

/// Opens the command line with `text` typed.
pub(super) fn open(app: &mut App, text: &str) {
    let under = picker::covered(app);
    let list = Picker { line: Line::new(text), under, ..Picker::new("Command", Vec::new()) };
    app.mode = Mode::Command(Command { list, back: 0 });
    refresh(app);
}

/// Lists what the typed line can mean.
pub(super) fn refresh(app: &mut App) {
    let Mode::Command(command) = &app.mode else { return };
    let text = command.list.line.text().to_owned();
    let (title, choices) = listed(app, &text);
    if let Mode::Command(command) = &mut app.mode {
        command.list.title = title;
        command.list.choices = choices;
        command.list.narrow_to(split(&text).1);
    }
}

/// A key that was typed into the line.
pub(super) fn typed(app: &mut App) {
    if let Mode::Command(command) = &mut app.mode {
        command.back = 0;
    }
    refresh(app);
}

/// Does what an action means while a command is typed.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    match action {
        Action::Move(way) => travel(app, way),
        Action::Complete => complete(app),
        Action::Open => return accept(app, Chosen::ByTyping),
        Action::Close => picker::close(app),
        _ => {}
    }
    Effect::Nothing
}

/// Moves in the list, or from its first line to the commands run before.
fn travel(app: &mut App, way: Move) {
    let layout = app.layout();
    let Mode::Command(Command { list, back }) = &mut app.mode else { return };
    let recalled = app.memory.commands.recall(*back, list.line.text(), way);
    match recalled.filter(|_| list.at.chosen == 0) {
        None => list.step(way, &layout),
        Some((earlier, words)) => {
            (*back, list.line) = (earlier, Line::new(words));
            refresh(app);
        }
    }
}

/// Completes the line as far as what is listed agrees; where that adds nothing, with what is chosen.
fn complete(app: &mut App) {
    let Mode::Command(command) = &mut app.mode else { return };
    let list = &mut command.list;
    let (lead, rest) = split(list.line.text());
    let words = || list.listed().map(|choice| choice.word.as_str()).filter(|word| word.starts_with(rest));
    let agreed = words().next().map_or("", |first| {
        first.get(..words().map(|word| common(first, word)).min().unwrap_or(0)).unwrap_or("")
    });
    let whole = words().any(|word| word == agreed) && words().count() == 1;
    let (word, whole) = match list.chosen() {
        _ if agreed.len() > rest.len() => (agreed, whole),
        Some(choice) => (choice.word.as_str(), true),
        None => return,
    };
    let space =
        if whole && lead.is_empty() && Action::named(word).is_some_and(takes_more) { " " } else { "" };
    list.line = Line::new(&format!("{lead}{word}{space}"));
    typed(app);
}

/// How many bytes two words have in common at their beginning, in whole characters.
fn common(one: &str, other: &str) -> usize {
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    same.map(|(letter, _)| letter.len_utf8()).sum()
}

/// How the reader came to the line of the list that is to be run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// It is the one that stands out in what the typed line leaves.
    ByTyping,
    /// With the mouse.
    ByPointing,
}

/// Runs what is chosen; where nothing is, or what was typed only has letters of it, says what is near.
pub(super) fn accept(app: &mut App, chosen: Chosen) -> Effect {
    let Mode::Command(mut command) = std::mem::replace(&mut app.mode, Mode::Reading) else {
        return Effect::Nothing;
    };
    app.mode = command.list.under.take().into();
    let list = &command.list;
    let (lead, rest) = split(list.line.text());
    let is_typed = chosen == Chosen::ByTyping && lead.is_empty() && list.at.chosen == 0;
    if let Some(action) = misplaced(app, &list.choices, rest.trim_end()).filter(|_| is_typed) {
        app.memory.commands.push(list.line.text());
        return run_misplaced(app, action);
    }
    let is_meant = |choice: &&Choice| !is_typed || begins_words_of(choice, rest);
    let Some(choice) = list.chosen().filter(is_meant) else {
        app.memory.commands.push(list.line.text());
        let words = list.choices.iter().map(|choice| choice.word.as_str());
        let (kind, name) = match lead.trim_end() {
            "" => ("command", rest.split_whitespace().next().unwrap_or_default()),
            lead => (lead, rest),
        };
        let near = nearest(name, words, 3);
        note(
            app,
            &match near.as_slice() {
                [] => format!("There is no {kind} “{rest}”."),
                near => format!("There is no {kind} “{rest}”; the nearest: {}.", near.join(", ")),
            },
        );
        return Effect::Nothing;
    };
    app.memory.commands.push(&format!("{lead}{}", choice.word));
    match choice.pick {
        Pick::Action(_) | Pick::Theme(_) | Pick::Mouse(_) | Pick::Address(_) => {}
        Pick::Topic(_) if matches!(app.mode, Mode::Grid(_)) => {}
        // These remember a table that they lead away from.
        Pick::Card(_) | Pick::Quote(_) => {}
        // They lead to the panes.
        Pick::Topic(_)
        | Pick::Source(_)
        | Pick::Paragraph(_)
        | Pick::Search(_)
        | Pick::SearchAll(_)
        | Pick::Mark(_)
        | Pick::Briefing(_)
        | Pick::Nothing => grid::to_panes(app),
    }
    let effect = take(app, choice.pick.clone());
    if !lead.is_empty() && command.list.is_guess() {
        let said = app.note.take().map(|note| format!(" {note}")).unwrap_or_default();
        note(app, &format!("There is no {} “{rest}”; this is the nearest.{said}", lead.trim_end()));
    }
    effect
}

/// The action of a name that means nothing where the line was opened.
fn misplaced(app: &App, choices: &[Choice], name: &str) -> Option<Action> {
    let is_offered = choices.iter().any(|choice| choice.word == name);
    Action::named(name).filter(|&action| !is_offered && app.keys.has(action))
}

/// Asks for what an action is to be about that leads elsewhere, or says where it means something.
fn run_misplaced(app: &mut App, action: Action) -> Effect {
    let is_for_panes = PANES.iter().any(|&room| app.keys.of(room).any(|row| row.binding.action == action));
    if takes_more(action) {
        open_for(app, action);
    } else if is_for_panes {
        tell_of_panes(app, action.name());
    } else {
        // It is for a table or for a selection, of which the panes tell.
        return reading::run(app, action);
    }
    Effect::Nothing
}

/// Says that a key which means nothing in what is open means something in the panes below it.
pub(super) fn tell_of_key(app: &mut App, key: Key) {
    let is_bound = |room| app.keys.read(room, &[app.keys.meant(room, &[], key)]) != Reading::Nothing;
    if !PANES.contains(&app.room()) && PANES.iter().any(|&room| is_bound(room)) {
        tell_of_panes(app, &key.to_string());
    }
}

fn tell_of_panes(app: &mut App, what: &str) {
    let close = app.keys_for(Action::Close);
    note(app, &format!("“{what}” is for the panes; {close} leads there."));
}

/// Whether each word that is typed begins one of what a command is called or of what it does.
fn begins_words_of(choice: &Choice, typed: &str) -> bool {
    let line = choice.line.rsplit_once(BEFORE_KEYS).map_or(&*choice.line, |(told, _)| told).to_lowercase();
    let begins = |word: &str| {
        let before = |at| line.get(..at).unwrap_or_default();
        line.match_indices(word).any(|(at, _)| !before(at).ends_with(char::is_alphanumeric))
    };
    typed.to_lowercase().split_whitespace().all(begins)
}

/// A line as the name of an action that takes more, with the space behind it, and the rest.
fn split(line: &str) -> (&str, &str) {
    match line.split_once(' ') {
        Some((name, rest)) if Action::named(name).is_some_and(takes_more) => {
            let rest = rest.trim_start();
            line.split_at(line.len() - rest.len())
        }
        Some(_) | None => ("", line),
    }
}

/// What a line can mean: a title, and what there is to choose.
fn listed(app: &App, line: &str) -> (&'static str, Vec<Choice>) {
    let (lead, rest) = split(line);
    match Action::named(lead.trim_end()).and_then(about) {
        Some(About { title, choices, .. }) => (title, choices(app, rest)),
        None => match paragraph(app, rest) {
            Some(choice) => ("Paragraph", vec![choice]),
            None => ("Command", actions(app)),
        },
    }
}

/// What a number means where a text is shown: the paragraph that has it.
fn paragraph(app: &App, typed: &str) -> Option<Choice> {
    let is_number = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    let window = app.source_window().filter(|_| is_number && app.mode.under().is_none())?;
    let line = format!("Paragraph {typed} of this text, which has {}.", window.text.paragraphs.len());
    // One with more digits than a number can have is behind the last, too.
    let number = typed.parse().unwrap_or(usize::MAX).saturating_sub(1);
    Some(Choice::new(&line, "", Pick::Paragraph(number)).called(typed))
}

/// What is typed behind the name of an action.
struct About {
    /// What stands for it beside the name.
    stands: &'static str,
    /// The title of what there is to choose.
    title: &'static str,
    /// What there is to choose; a search, from what is typed.
    choices: fn(&App, &str) -> Vec<Choice>,
}

/// What an action can be about, if about anything.
fn about(action: Action) -> Option<About> {
    let (stands, title, choices): (_, _, fn(&App, &str) -> Vec<Choice>) = match action {
        Action::Topic => ("NAME", "Topic", |app, _| picker::topics(app)),
        Action::Focus(Pane::Card) => ("ID", "Card", |app, _| cards(app)),
        Action::Focus(Pane::Source) | Action::Sources => ("NAME", "Source", |app, _| picker::sources(app)),
        Action::GoToMark => ("LETTER", "Marks", |app, _| picker::marks(app)),
        Action::Theme => ("NAME", "Theme", |_, _| themes()),
        Action::Mouse => ("on|off", "Mouse", |app, _| mouse(app)),
        Action::Briefings => ("NAME", "Briefing", |app, _| shelf::choices(app)),
        Action::Search => ("WORDS", "Search", |_, words| {
            vec![sought(words, "everything here", Pick::Search(words.to_owned()))]
        }),
        Action::SearchAll => ("WORDS", "Search all briefings", |_, words| {
            vec![sought(words, "every briefing", Pick::SearchAll(words.to_owned()))]
        }),
        _ => return None,
    };
    Some(About { stands, title, choices })
}

fn takes_more(action: Action) -> bool {
    about(action).is_some()
}

/// What running a search would do.
fn sought(words: &str, ground: &str, pick: Pick) -> Choice {
    let line = match heeded(words.trim()) {
        "" => format!("Type what to look for in {ground}; Enter looks for it."),
        words => format!("Look for “{words}” in {ground}."),
    };
    Choice::new(&line, "", pick).called(words)
}

/// Every action that means something where the line was opened.
fn actions(app: &App) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let rooms: &[Room] = match app.mode.under() {
        Some(Under::Grid(_)) => &[Room::Grid],
        Some(Under::Problems(_)) => &[Room::Page],
        Some(Under::Selecting(_)) => &[Room::Selection],
        None => PANES,
    };
    let rows = rooms.iter().map(|&room| (room, app.keys.of(room)));
    for (room, row) in rows.flat_map(|(room, rows)| rows.map(move |row| (room, row))) {
        let action = row.binding.action;
        let name = action.name();
        if choices.iter().all(|choice| choice.word != name) {
            let keys = row.keys_in(room).map(|keys| keys.replace(' ', "")).collect::<Vec<_>>().join(" ");
            let detail = if keys.is_empty() { String::new() } else { format!("{BEFORE_KEYS}{keys}") };
            let behind = about(action).map(|about| format!(" {}", about.stands)).unwrap_or_default();
            let title = format!("{:<18}", format!("{name}{behind}"));
            let choice =
                Choice::new(&title, &format!("{}{detail}", app.keys.help(row)), Pick::Action(action));
            choices.push(choice.whole(title.len() + 2).called(name));
        }
    }
    choices
}

/// Every card.
fn cards(app: &App) -> Vec<Choice> {
    let card = |(at, card): (usize, &Card)| {
        let detail = format!("{} · {}", card.id, cite::summary(&app.briefing, card));
        Choice::new(&card.title, &detail, Pick::Card(QuoteRef::new(Ref::new(at), 0))).called(&card.id)
    };
    app.briefing.cards.iter().enumerate().map(card).collect()
}

/// The mouse on and off, first what it is not.
fn mouse(app: &App) -> Vec<Choice> {
    let choice = |on| Choice::new(if on { "on" } else { "off" }, "", Pick::Mouse(on));
    [!app.mouse, app.mouse].map(choice).to_vec()
}

/// Every theme that is built in.
fn themes() -> Vec<Choice> {
    let theme = |theme: Theme| {
        let name = theme.name().unwrap_or_default();
        let column = format!("{name:<10}");
        Choice::new(&column, theme.about(), Pick::Theme(theme)).whole(column.len() + 2).called(name)
    };
    Theme::ALL.into_iter().map(theme).collect()
}
