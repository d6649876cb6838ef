//! Choosing from a list by typing: topics, sources, cards, marks, keys.

use super::{Clip, Effect, Keep, grid, moving, note, reading, remembering, searching, shelf};
use crate::app::{App, Choice, Cursor, Mode, Pick, Picker, Under};
use crate::cite::{self, Address, Fact};
use crate::geometry::{Layout, PROSE, Pane};
use crate::keys::{Action, Move};
use crate::line::Line;
use crate::lines;
use crate::memory::Change;
use crate::model::signs::LEGEND;
use crate::model::{Card, QuoteRef, Ref};
use crate::nearest::nearest;
use crate::order;
use crate::sanitize::Safe;
use crate::search::{self, Ranked};
use crate::span::Span;
use crate::wrap;
use std::collections::HashSet;

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
            filling: None,
        };
        picker.narrow();
        picker
    }

    /// Leaves what the typed line finds. A `/` in front of more begins a search in other lists, and is no part of it.
    pub(super) fn narrow(&mut self) {
        let typed = self.line.text();
        let words = typed.strip_prefix('/').filter(|words| !words.is_empty()).unwrap_or(typed).to_owned();
        self.narrow_to(&words);
    }

    /// Leaves what `typed` finds. What a command line calls so comes first, then what it begins to call
    /// so, the shortest first; where nothing has what was typed, what has its letters, most nearly so called first.
    pub(super) fn narrow_to(&mut self, typed: &str) {
        self.at = Cursor::default();
        let mut found = search::rank(typed, self.choices.iter().map(Choice::sought));
        let known: HashSet<usize> = found.iter().map(|ranked| ranked.item).collect();
        let word = |item: usize| self.choices.get(item).map(|choice| choice.word.as_str());
        let named = |item: usize| word(item).filter(|word| !typed.is_empty() && word.starts_with(typed));
        let is_guess = found.first().is_some_and(|ranked| ranked.scattered);
        let guesses = found.iter().filter(|_| is_guess).filter_map(|ranked| word(ranked.item));
        let near = nearest(typed, guesses, 1).first().copied();
        let others = (0..self.choices.len()).filter(|&item| named(item).is_some() && !known.contains(&item));
        found.extend(others.map(|item| Ranked { item, marks: Vec::new(), scattered: false }));
        let is_match = |ranked: &Ranked| !ranked.scattered || named(ranked.item).is_some();
        if found.iter().any(is_match) {
            found.retain(is_match);
        }
        order::sort_by_key(&mut found, |ranked| {
            let is_near = near.is_some() && word(ranked.item) == near;
            (named(ranked.item).map_or(usize::MAX, str::len), !is_near)
        });
        self.shown = found;
    }

    /// Takes in more choices, and stays at the one it was at, or at the best.
    pub(super) fn grow(&mut self, choices: impl IntoIterator<Item = Choice>) {
        let was = self.shown.get(self.at.chosen).map(|ranked| ranked.item).filter(|_| self.at.chosen > 0);
        let top = self.at.top;
        self.choices.extend(choices);
        self.narrow();
        if let Some(chosen) = self.shown.iter().position(|ranked| Some(ranked.item) == was) {
            self.at = Cursor { chosen, top };
        }
    }

    /// Takes other choices in the place of its own, and stays at the one with the same word, or at the best.
    fn renew(&mut self, choices: Vec<Choice>) {
        let was = self.chosen().map(|choice| choice.word.clone());
        let top = self.at.top;
        self.choices = choices;
        self.narrow();
        let chosen = self.listed().position(|choice| Some(&choice.word) == was.as_ref());
        if let Some(chosen) = chosen {
            self.at = Cursor { chosen, top };
        }
    }

    /// What is left of the choices, best first.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Choice> {
        self.shown.iter().filter_map(|ranked| self.choices.get(ranked.item))
    }

    /// Whether the current one is the best, and nothing in it is called what was typed.
    pub(super) fn is_guess(&self) -> bool {
        self.at.chosen == 0 && self.shown.first().is_some_and(|ranked| ranked.scattered)
    }

    /// The current one.
    pub(super) fn chosen(&self) -> Option<&Choice> {
        self.choices.get(self.shown.get(self.at.chosen)?.item)
    }

    /// Moves among what is shown.
    pub(super) fn step(&mut self, way: Move, layout: &Layout) {
        self.at.chosen = way.among(self.shown.len(), self.at.chosen, self.seen(layout));
        self.at.top = self.first_seen(layout);
    }
}

/// As many bytes of a name are enough to know it by, where it is a whole paragraph.
const TOLD: usize = 160;

impl Choice {
    /// A choice called `name`, with `detail` behind it.
    #[must_use]
    pub fn new(name: &str, detail: &str, pick: Pick) -> Self {
        let name = Safe::line(name);
        let gap = if detail.is_empty() { "" } else { "  " };
        let line = Safe::line(&format!("{name}{gap}{detail}"));
        let told = name.floor_char_boundary(TOLD);
        Self { name: name.len(), told, lead: 0, line, word: name.trim_end().to_owned(), pick }
    }

    /// The same, its further rows behind the first `lead` bytes of it.
    #[must_use]
    pub(super) fn hanging(self, lead: usize) -> Self {
        Self { lead, ..self }
    }

    /// The same, to be shown whole.
    #[must_use]
    pub(super) fn whole(self, lead: usize) -> Self {
        Self { told: self.line.len(), ..self.hanging(lead) }
    }

    /// What of it is looked through for what is typed: of a theme its name, as what a theme is for is none.
    fn sought(&self) -> &str {
        let end = if matches!(self.pick, Pick::Theme(_)) { self.name } else { self.line.len() };
        Span::new(0, end).of(&self.line)
    }

    /// The same, called `word` on a command line.
    #[must_use]
    pub(super) fn called(self, word: &str) -> Self {
        Self { word: word.to_owned(), ..self }
    }
}

/// Does what an action means while something is chosen.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    let layout = app.layout();
    let Some(picker) = app.mode.picker_mut() else { return Effect::Nothing };
    match action {
        Action::Move(way) => picker.step(way, &layout),
        // There is nothing yet to be chosen.
        Action::Open if picker.filling.is_some() && picker.chosen().is_none() => {}
        Action::Open => {
            let pick = picker.chosen().map(|choice| choice.pick.clone());
            close(app);
            return pick.map_or(Effect::Nothing, |pick| take(app, pick));
        }
        Action::Close => close(app),
        _ => {}
    }
    Effect::Nothing
}

/// Leaves the choice for what it was opened over.
pub(super) fn close(app: &mut App) {
    app.mode = covered(app).into();
    if app.is_empty() {
        nothing_open(app);
    }
}

/// Says that no briefing is open, and what opens one.
pub(super) fn nothing_open(app: &mut App) {
    let words = format!("No briefing is open yet; {} chooses one.", app.keys_for(Action::Briefings));
    note(app, &words);
}

/// Does what choosing something does.
pub(super) fn take(app: &mut App, pick: Pick) -> Effect {
    match pick {
        Pick::Topic(topic) => grid::narrow(app, topic),
        Pick::Action(action) => return super::run(app, action),
        Pick::Card(quote) => {
            reading::visit(app, quote);
            grid::to_panes(app);
            reading::focus(app, Pane::Card);
        }
        Pick::Nothing => {}
        Pick::Quote(quote) => {
            reading::visit(app, quote);
            grid::to_panes(app);
            return reading::enter(app, Pane::Source);
        }
        Pick::Source(source) => {
            reading::remember(app);
            moving::to_passage(app, source, Span::default());
            reading::focus(app, Pane::Source);
        }
        Pick::Paragraph(number) => reading::to_paragraph(app, number),
        Pick::Mark(letter) => return remembering::go(app, letter),
        Pick::Briefing(there) => return shelf::go(app, there),
        Pick::SearchAll(words) => return shelf::search(app, &words),
        Pick::Search(words) => searching::launch(app, &words),
        Pick::Mouse(on) => return reading::mouse(app, on),
        Pick::Address(address) => {
            return Effect::Copy(Clip { text: address.as_str().to_owned(), what: "address", again: None });
        }
        Pick::Theme(theme) => {
            app.theme = theme;
            let name = theme.name().unwrap_or_default();
            app.memory.settings.theme = Some(name.to_owned());
            note(
                app,
                &format!(
                    "The colours are now {name}; theme = \"{name}\" in config.toml makes them so everywhere."
                ),
            );
            return Effect::Keep(Keep::Behind);
        }
    }
    Effect::Nothing
}

/// Opens a choice over what is there.
pub(super) fn open(app: &mut App, title: &'static str, choices: impl FnOnce(&App) -> Vec<Choice>) {
    let picker = Picker::new(title, choices(app));
    app.mode = Mode::Picker(Picker { under: covered(app), ..picker });
}

/// What a list is opened over, taken for it to come back to.
pub(super) fn covered(app: &mut App) -> Option<Under> {
    std::mem::replace(&mut app.mode, Mode::Reading).without_list()
}

/// A choice as it is in another state of the briefing; nothing where it cannot be made again: a choice among cards was
/// made from a line or a cell that may be there no longer.
pub(super) fn anew(app: &App, mut picker: Picker) -> Option<Picker> {
    let choices = match picker.choices.first().map(|choice| &choice.pick) {
        Some(Pick::Topic(_)) => topics(app),
        Some(Pick::Source(_)) => sources(app),
        Some(Pick::Mark(_)) => marks(app),
        Some(Pick::Nothing) => about(app)?,
        Some(Pick::Card(_) | Pick::Quote(_)) => return None,
        // These are of no state of the briefing.
        Some(
            Pick::Action(_)
            | Pick::Paragraph(_)
            | Pick::Search(_)
            | Pick::SearchAll(_)
            | Pick::Theme(_)
            | Pick::Mouse(_)
            | Pick::Address(_)
            | Pick::Briefing(_),
        )
        | None => return Some(picker),
    };
    picker.renew(choices);
    Some(picker)
}

/// Opens the choice of a topic, at the one that there is.
pub(super) fn open_topics(app: &mut App) {
    open(app, "Topic", topics);
    let (here, layout) = (Pick::Topic(app.place.topic), app.layout());
    if let Some(picker) = app.mode.picker_mut() {
        let at = picker.choices.iter().position(|choice| choice.pick == here);
        picker.step(Move::By(at.unwrap_or(0).cast_signed()), &layout);
    }
}

/// Every topic, and all of them.
pub(super) fn topics(app: &App) -> Vec<Choice> {
    let briefing = &app.briefing;
    let all = cite::tally(&briefing.cards, |card| card.kind.family()).join(" · ");
    let mut choices = vec![Choice::new("All topics", &all, Pick::Topic(None)).called("all")];
    for ((at, topic), cards) in briefing.topics.iter().enumerate().zip(briefing.cards_by_topic(None)) {
        let mut names: Vec<&str> = topic.aliases.iter().map(AsRef::as_ref).collect();
        if !names.contains(&&*topic.id) {
            names.insert(0, &topic.id);
        }
        let cards = cite::tally(&cards, |&card| briefing[card].kind.family()).join(" · ");
        let detail = format!("{cards} · {}", names.join(", "));
        let choice = Choice::new(&topic.title, &detail, Pick::Topic(Some(Ref::new(at))));
        choices.push(choice.called(&topic.id));
    }
    choices
}

/// Every source.
pub(super) fn sources(app: &App) -> Vec<Choice> {
    let choices = app.briefing.sources.iter().enumerate().map(|(at, source)| {
        let mut detail = Vec::new();
        detail.extend(source.outlet.as_ref().map(Safe::to_string));
        detail.extend(source.author.as_ref().map(Safe::to_string));
        detail.extend(source.date.as_ref().map(ToString::to_string));
        let choice = Choice::new(&source.title, &detail.join(" · "), Pick::Source(Ref::new(at)));
        choice.called(&source.id)
    });
    choices.collect()
}

/// Opens what is known of the source in the source pane, to be read.
pub(super) fn open_about(app: &mut App) {
    match about(app) {
        Some(choices) => open(app, "About this source", |_| choices),
        None => note(app, "No quote, so no source to tell of."),
    }
}

/// What is known of the source in the source pane.
fn about(app: &App) -> Option<Vec<Choice>> {
    let source = &app.briefing[app.source()?];
    let address = Address::of(source);
    let pick = |fact| match &address {
        Some(address) if fact == Fact::Url => Pick::Address(address.clone()),
        Some(_) | None => Pick::Nothing,
    };
    let mut rows = vec![("title", source.title.to_string(), Pick::Nothing)];
    rows.extend(cite::facts(source).into_iter().map(|(fact, value)| (fact.name(), value, pick(fact))));
    let note = source.note.iter().flat_map(|note| lines::filled(note));
    rows.extend(note.map(|line| ("note", line.to_owned(), Pick::Nothing)));
    let hidden = source.text.as_ref().map(|text| text.shown.hidden()).unwrap_or_default();
    rows.extend(hidden.iter().take(20).map(|hidden| ("hidden character", hidden.name(), Pick::Nothing)));
    // A choice a row, as a long note is read by going down its rows.
    let room = Picker::room(&app.layout()).min(PROSE.into());
    let rows = rows.into_iter().flat_map(|(name, value, pick)| {
        let fact = format!("{name}: {value}");
        let row = |row: Span| Choice::new(row.of(&fact), "", pick.clone());
        wrap::rows(&fact, room).into_iter().map(row).collect::<Vec<_>>()
    });
    Some(rows.collect())
}

/// Opens the choice among cards that quote one line.
pub(super) fn open_cards(app: &mut App, quotes: &[QuoteRef]) {
    open(app, "Cards that quote this line", |app| {
        let choices = quotes.iter().map(|&quote| {
            let card = &app.briefing[quote.card];
            Choice::new(&card.title, &cite::summary(&app.briefing, card), Pick::Card(quote))
        });
        choices.collect()
    });
}

/// Opens the choice of a card that has changed or is new.
pub(super) fn open_changes(app: &mut App, changes: &[(Ref<Card>, Change)]) {
    open(app, "Changed since you last read", |app| {
        let choices = changes.iter().map(|&(card, change)| {
            let found = &app.briefing[card];
            let change = format!("{:<7}  ", change.written());
            let name = format!("{change}{}", found.title);
            let pick = Pick::Card(QuoteRef::new(card, 0));
            Choice::new(&name, &cite::summary(&app.briefing, found), pick).hanging(change.len())
        });
        choices.collect()
    });
}

/// Every mark.
pub(super) fn marks(app: &App) -> Vec<Choice> {
    let choices = app.memory.marks.iter().map(|(&letter, mark)| {
        let source = mark.spot.source.as_ref().and_then(|within| app.briefing.source_by_id(&within.id));
        let detail = match source {
            _ if !app.has(&mark.spot) => "no longer here",
            Some(source) => &app.briefing[source].title,
            None => "",
        };
        let choice = Choice::new(&format!("{letter}  {}", mark.line), detail, Pick::Mark(letter));
        choice.whole("a  ".len()).called(&letter.to_string())
    });
    choices.collect()
}

/// Opens every key of the place where the reader is.
pub(super) fn open_help(app: &mut App) {
    open(app, "Keys and signs", |app| {
        let room = app.room();
        let keys = app.keys.of(room).map(|row| {
            let action = row.binding.action;
            told(&row.label(room), &app.keys.help(row), Pick::Action(action)).called(action.name())
        });
        let signs = LEGEND.iter().map(|(sign, meaning)| told(sign, meaning, Pick::Nothing));
        keys.chain(signs).collect()
    });
}

/// A key or a sign with what it means beside it.
fn told(sign: &str, meaning: &str, pick: Pick) -> Choice {
    let sign = format!("{sign:<23} ");
    Choice::new(&format!("{sign}{meaning}"), "", pick).whole(sign.len())
}
