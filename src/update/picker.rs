//! Choosing from a list by typing: topics, sources, cards, keys, commands.

use super::moving::Move;
use super::{Effect, grid, moving, reading, remembering};
use crate::app::{App, Choice, Cursor, Mode, Pick, Picker};
use crate::cite::{self, counted, label};
use crate::geometry::Pane;
use crate::keys::{self, Action, Room};
use crate::line::Line;
use crate::memory::Change;
use crate::model::{Card, LEGEND, Ref};
use crate::sanitize::Safe;
use crate::scroll;
use crate::search;
use crate::span::Span;
use crate::wrap;

impl Picker {
    /// A picker over all of `choices`.
    #[must_use]
    pub fn new(title: &'static str, choices: Vec<Choice>) -> Self {
        let mut picker = Self {
            title,
            line: Line::default(),
            choices,
            shown: Vec::new(),
            at: Cursor::default(),
            under: None,
        };
        picker.narrow();
        picker
    }

    /// Leaves what the typed line finds.
    pub(super) fn narrow(&mut self) {
        self.at = Cursor::default();
        let lines = self.choices.iter().map(|choice| choice.line.as_ref());
        self.shown = if self.line.text().trim().is_empty() {
            lines.enumerate().map(|(item, _)| (item, Vec::new())).collect()
        } else {
            search::rank(self.line.text(), lines)
                .into_iter()
                .map(|ranked| (ranked.item, ranked.marks))
                .collect()
        };
    }

    fn chosen(&self) -> Option<Pick> {
        let (item, _) = self.shown.get(self.at.chosen)?;
        Some(self.choices.get(*item)?.pick)
    }
}

impl Choice {
    /// A choice called `name`, with `detail` behind it.
    #[must_use]
    pub fn new(name: &str, detail: &str, pick: Pick) -> Self {
        let name = Safe::line(name);
        let gap = if detail.is_empty() { "" } else { "  " };
        Self { name: name.len(), line: Safe::line(&format!("{name}{gap}{detail}")), pick }
    }
}

/// Does what an action means while something is chosen.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    let layout = app.layout();
    let Mode::Picker(picker) = &mut app.mode else { return Effect::Nothing };
    let page = layout.over_page(picker.choices.len());
    match (action, Move::of(action)) {
        (_, Some(way)) => {
            let count = picker.shown.len();
            picker.at.chosen = way.among(count, picker.at.chosen, page);
            picker.at.top = scroll::first_item(count, picker.at.chosen, picker.at.top, page, |_| 1);
        }
        (Action::Open, None) => {
            let pick = picker.chosen();
            close(app);
            return pick.map_or(Effect::Nothing, |pick| take(app, pick));
        }
        (Action::Close, None) => close(app),
        _ => {}
    }
    Effect::Nothing
}

/// Leaves the choice for what it was opened over.
fn close(app: &mut App) {
    let under = match &mut app.mode {
        Mode::Picker(picker) => picker.under.take(),
        Mode::Reading | Mode::Search(_) | Mode::Problems { .. } | Mode::Grid(_) => None,
    };
    app.mode = under.map_or(Mode::Reading, Mode::Grid);
}

fn take(app: &mut App, pick: Pick) -> Effect {
    match pick {
        Pick::Topic(topic) => {
            reading::remember(app);
            app.narrow(topic);
        }
        Pick::Action(action) => return super::run(app, action),
        Pick::Card(card, quote) => {
            grid::leave(app);
            reading::visit(app, card, quote);
            reading::focus(app, Pane::Card);
        }
        Pick::Nothing => {}
        Pick::Quote(card, quote) => {
            grid::leave(app);
            reading::visit(app, card, quote);
            reading::focus(app, Pane::Source);
        }
        Pick::Source(source) => {
            reading::remember(app);
            moving::to_passage(app, source, Span::default());
            reading::focus(app, Pane::Source);
        }
        Pick::Mark(letter) => return remembering::go(app, letter),
    }
    Effect::Nothing
}

/// Opens a choice over what is there.
pub(super) fn open(app: &mut App, title: &'static str, choices: Vec<Choice>) {
    let mut picker = Picker::new(title, choices);
    if let Mode::Grid(table) = std::mem::replace(&mut app.mode, Mode::Reading) {
        picker.under = Some(table);
    }
    app.mode = Mode::Picker(picker);
}

/// Opens the choice of a topic.
pub(super) fn open_topics(app: &mut App) {
    let briefing = &app.briefing;
    let mut choices =
        vec![Choice::new("All topics", &counted(briefing.cards.len(), "card"), Pick::Topic(None))];
    for (at, topic) in briefing.topics.iter().enumerate() {
        let count = briefing.cards.iter().filter(|card| card.topics.contains(&Ref::new(at))).count();
        let aliases: Vec<&str> = topic.aliases.iter().map(AsRef::as_ref).collect();
        let detail = format!("{} · {} · {}", counted(count, "card"), topic.id, aliases.join(", "));
        choices.push(Choice::new(&topic.title, &detail, Pick::Topic(Some(Ref::new(at)))));
    }
    open(app, "Topic", choices);
}

/// Opens the choice of a source.
pub(super) fn open_sources(app: &mut App) {
    let choices = app.briefing.sources.iter().enumerate().map(|(at, source)| {
        let mut detail = Vec::new();
        detail.extend(source.outlet.is_some().then(|| label(source).to_string()));
        detail.extend(source.author.as_ref().map(Safe::to_string));
        detail.extend(source.date.as_ref().map(ToString::to_string));
        detail.extend(source.note.as_ref().map(Safe::to_string));
        Choice::new(&source.title, &detail.join(" · "), Pick::Source(Ref::new(at)))
    });
    let choices = choices.collect();
    open(app, "Source", choices);
}

/// Opens what is known of the source in the source pane, to be read.
pub(super) fn open_about(app: &mut App) {
    let Some(source) = app.source().map(|source| &app.briefing[source]) else {
        return super::note(app, "No quote, so no source to tell of.");
    };
    let layout = app.layout();
    let width = usize::from(layout.over(usize::MAX).width.saturating_sub(5));
    let mut facts = vec![("title", source.title.to_string())];
    facts.extend(cite::about(source));
    facts.extend(source.note.iter().flat_map(|note| note.split('\n')).map(|line| ("note", line.to_owned())));
    let hidden = source.text.as_ref().map(|text| text.shown.hidden()).unwrap_or_default();
    facts.extend(hidden.iter().take(20).map(|hidden| ("hidden character", hidden.name())));
    let lines = facts.iter().flat_map(|(name, value)| {
        let line = format!("{name}: {value}");
        wrap::rows(&line, width).into_iter().map(|row| row.of(&line).to_owned()).collect::<Vec<_>>()
    });
    let choices = lines.map(|line| Choice::new(&line, "", Pick::Nothing)).collect();
    open(app, "About this source", choices);
}

/// Opens the choice among cards that quote one line.
pub(super) fn open_cards(app: &mut App, cards: &[(Ref<Card>, usize)]) {
    let choices = cards.iter().map(|&(card, quote)| {
        Choice::new(
            &app.briefing[card].title,
            &cite::summary(&app.briefing, &app.briefing[card]),
            Pick::Card(card, quote),
        )
    });
    let choices = choices.collect();
    open(app, "Cards that quote this line", choices);
}

/// Opens the choice of a card that has changed or is new.
pub(super) fn open_changes(app: &mut App, changes: &[(Ref<Card>, Change)]) {
    let choices = changes.iter().map(|&(card, change)| {
        let detail = format!("{} · {}", change.word(), cite::summary(&app.briefing, &app.briefing[card]));
        Choice::new(&app.briefing[card].title, &detail, Pick::Card(card, 0))
    });
    let choices = choices.collect();
    open(app, "Changed since you last read", choices);
}

/// Opens the choice of a mark.
pub(super) fn open_marks(app: &mut App) {
    let choices = app.memory.marks.iter().map(|(&letter, mark)| {
        let id = mark.spot.source.as_ref().map(|within| &within.id);
        let source = id.and_then(|id| app.briefing.sources.iter().find(|source| *source.id == **id));
        let detail = source.map_or("", |source| &source.title);
        Choice::new(&format!("{letter}  {}", mark.line), detail, Pick::Mark(letter))
    });
    let choices = choices.collect();
    open(app, "Marks", choices);
}

/// Opens every key of the place where the reader is.
pub(super) fn open_help(app: &mut App) {
    let room = app.room();
    let choices = keys::of(room).map(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(|keys| keys.replace(' ', "")).collect();
        let keys = if keys.is_empty() { format!(":{}", binding.name) } else { keys.join(" ") };
        Choice::new(&format!("{keys:<23} {}", binding.help), "", Pick::Action(binding.action))
    });
    let signs =
        LEGEND.iter().map(|(sign, meaning)| Choice::new(&format!("{sign:<23} {meaning}"), "", Pick::Nothing));
    let choices = choices.chain(signs).collect();
    open(app, "Keys and signs", choices);
}

/// Opens every action by its name.
pub(super) fn open_commands(app: &mut App) {
    let mut choices: Vec<Choice> = Vec::new();
    for binding in keys::of(Room::List).chain(keys::of(Room::Source)) {
        let pick = Pick::Action(binding.action);
        if choices.iter().all(|choice| choice.pick != pick) {
            choices.push(Choice::new(&format!("{:<16}", binding.name), binding.help, pick));
        }
    }
    open(app, "Command", choices);
}
