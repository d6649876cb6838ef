//! Versions: topics down, versions across, in each cell what the version says of the topic.
//!
//! A cell is *not public* where an open question is about the whole version under the topic, and
//! all that the texts say of the version there is the passage that the question itself quotes: the
//! one thing known is that it is not known. Nothing in the format says so, and nothing has to.

use super::lines::NOTHING;
use super::{Above, Ask, Cell, Entry, Grid, Heading, Row, Run, State, Widths, grouped, origins};
use crate::cite::marked;
use crate::galley::Ink;
use crate::model::{Briefing, Card, Certainty, Family, Kind, Quote, QuoteRef, Ref, Role, Status, Subject};
use crate::span::Span;

pub(super) fn grid(briefing: &Briefing, ask: &Ask) -> Grid {
    let rows = ask.topics(briefing).into_iter().enumerate().map(|(at, (topic, cards))| Row {
        heading: Heading::new(&briefing[topic].id, &briefing[topic].title),
        above: if at == 0 { Above::Nothing } else { Above::Rule },
        cells: grouped(cards, |card| versions(&briefing[card]))
            .into_iter()
            .map(|(version, cards)| (version, cell(briefing, cards)))
            .collect(),
    });
    Grid {
        down: "topic",
        row_noun: "topic",
        across: "version",
        columns: Heading::versions(briefing),
        rows: rows.collect(),
        legend: vec![
            (Certainty::OnRecord.glyph(), "on record"),
            (Certainty::Reported.glyph(), "reported"),
            (Certainty::Unclear.glyph(), "unclear"),
            (Certainty::Disputed.glyph(), "disputed"),
            (Status::Open.glyph(), "open, or not public"),
            (NOTHING, "nothing in these texts"),
        ],
        widths: Widths { heading: 16, least: 26, most: 44 },
    }
}

/// The columns of what a plan point says, and of what an open question asks about a whole version.
fn versions(card: &Card) -> Vec<usize> {
    match &card.kind {
        Kind::PlanPoint { version } => vec![version.index()],
        Kind::OpenQuestion { status: Status::Open, on } => {
            let versions = on.iter().filter_map(|subject| match *subject {
                Subject::Version(version) => Some(version.index()),
                Subject::Card(_) => None,
            });
            versions.collect()
        }
        Kind::OpenQuestion { .. } | Kind::Reaction { .. } | Kind::Event => Vec::new(),
    }
}

/// The cell of a topic and a version out of the cards about both.
fn cell(briefing: &Briefing, cards: Vec<Ref<Card>>) -> Cell {
    let (points, questions): (Vec<Ref<Card>>, Vec<Ref<Card>>) =
        cards.into_iter().partition(|&card| briefing[card].kind.family() == Family::PlanPoint);
    let echoes = |point: &Ref<Card>| {
        questions.iter().any(|question| shared(&briefing[*question], &briefing[*point]).is_some())
    };
    let is_unknown = !points.is_empty() && points.iter().all(echoes);
    let state = if is_unknown { State::NotPublic } else { State::Known };
    let of_points = points.iter().map(|&point| said(briefing, point));
    let of_questions = questions.iter().map(|&question| {
        let sentence = points.iter().find_map(|point| shared(&briefing[question], &briefing[*point]));
        match (state, sentence) {
            (State::NotPublic, Some(quote)) => not_public(briefing, question, quote),
            (State::Nothing | State::Known | State::NotPublic, _) => {
                Entry::of(briefing, question, 0, "open question")
            }
        }
    });
    let entries = match state {
        State::NotPublic => of_questions.chain(of_points).collect(),
        State::Nothing | State::Known => of_points.chain(of_questions).collect(),
    };
    Cell::listing(state, entries)
}

/// What a version says, with on how many origins that rests.
fn said(briefing: &Briefing, point: Ref<Card>) -> Entry {
    let card = &briefing[point];
    let superseded = card.links.iter().any(|link| link.role == Role::SupersededBy);
    let superseded = if superseded { " · superseded" } else { "" };
    let mut entry = Entry::of(briefing, point, 0, "");
    let [lead, behind] = [" · ", superseded].map(|words| Run::new(Ink::Quiet, words));
    entry.runs.extend([lead, Run::tied(Ink::Quiet, origins(card)), behind]);
    entry
}

/// A question that nobody has answered in public, with the sentence that says so.
fn not_public(briefing: &Briefing, question: Ref<Card>, quote: usize) -> Entry {
    let card = &briefing[question];
    let sentence = card.quotes.get(quote).map(|quote| format!(" {}", marked(&quote.words)));
    Entry {
        sign: Run::new(Ink::Key, card.sign()),
        runs: vec![
            Run::new(Ink::Key, "not public: "),
            Run::new(Ink::Plain, &*card.title),
            Run::new(Ink::Quiet, sentence.unwrap_or_default()),
        ],
        to: QuoteRef::new(question, quote),
    }
}

/// The first quote of a card whose passage another card quotes too, or a part of it.
fn shared(card: &Card, other: &Card) -> Option<usize> {
    let meets = |one: &Quote, two: &Quote| {
        let touches = |span: &Span| two.places().iter().any(|place| span.overlap(*place).is_some());
        one.source == two.source && one.places().iter().any(touches)
    };
    card.quotes.iter().position(|one| other.quotes.iter().any(|two| meets(one, two)))
}
