//! The briefing as plain text: for pipes, for paper, for those who read line by line.

use crate::cite::{counted, label};
use crate::leaf::{self, Ink, Leaf, Places, Row, Setting};
use crate::model::{Briefing, Card, Family, Ref, Topic};
use crate::search::{Answers, Target};

/// The whole briefing, or what it has on a topic, as rows of at most `width` cells, each made as it is asked for.
pub fn briefing(briefing: &Briefing, topic: Option<Ref<Topic>>, width: usize) -> impl Iterator<Item = Row> {
    let mut head = Vec::new();
    prose(&mut head, Ink::Title, &briefing.title, width);
    let as_of = briefing.as_of.as_ref().map(|date| format!("As of {date} · ")).unwrap_or_default();
    prose(&mut head, Ink::Quiet, &format!("{as_of}{}", counted(briefing.sources.len(), "text")), width);
    if let Some(topic) = topic {
        prose(&mut head, Ink::Fact, &format!("Topic: {}", briefing[topic].title), width);
    }
    let is_about = move |card: &&Card| topic.is_none_or(|topic| card.topics.contains(&topic));
    let cards = Family::ALL.iter().flat_map(move |&family| {
        let cards = briefing.in_order(family).into_iter().map(|card| &briefing[card]);
        section(briefing, (family.title(), cards.filter(is_about).collect()), width)
    });
    head.into_iter().chain(cards).chain(sources(briefing, width))
}

/// Cards under a title, where there are any.
fn section<'b>(
    briefing: &'b Briefing,
    (title, cards): (&str, Vec<&'b Card>),
    width: usize,
) -> impl Iterator<Item = Row> + use<'b> {
    let mut rows = Vec::new();
    if !cards.is_empty() {
        rows.push(Row::default());
        prose(&mut rows, Ink::Title, &format!("# {title} ({})", cards.len()), width);
    }
    let cards = cards.into_iter().flat_map(move |found| {
        let gap = [Row::default()];
        gap.into_iter().chain(card(briefing, found, width))
    });
    rows.into_iter().chain(cards)
}

/// One card, as rows of at most `width` cells.
#[must_use]
pub fn card(briefing: &Briefing, card: &Card, width: usize) -> Vec<Row> {
    Leaf::new(briefing, card, Setting { width, places: Places::File, why: "`brief check`" }).rows
}

/// What a search found, or of it the cards about a topic, best first, as rows of at most `width` cells, each made as it
/// is asked for.
pub fn found(
    briefing: &Briefing,
    answers: &Answers,
    topic: Option<Ref<Topic>>,
    width: usize,
) -> impl Iterator<Item = Row> {
    let about = move |target| match target {
        Target::Card(card) => topic.is_none_or(|topic| briefing[card].topics.contains(&topic)),
        Target::Paragraph { .. } => topic.is_none(),
    };
    let hits = answers.hits(briefing).filter(move |hit| about(hit.target));
    hits.enumerate().flat_map(move |(nth, hit)| {
        let mut rows = vec![Row::default(); nth.min(1)];
        match hit.target {
            Target::Card(found) => rows.extend(card(briefing, &briefing[found], width)),
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let line = source.text.as_ref().and_then(|text| text.line_of(paragraph)).unwrap_or(0);
                let place = format!("{} · {}:{line}", label(source), source.path());
                prose(&mut rows, Ink::Plain, hit.text(briefing), width);
                prose(&mut rows, Ink::Quiet, &place, width);
            }
        }
        rows
    })
}

/// The sources, with what is known of each.
fn sources(briefing: &Briefing, width: usize) -> impl Iterator<Item = Row> {
    let mut head = vec![Row::default()];
    prose(&mut head, Ink::Title, &format!("# Sources ({})", briefing.sources.len()), width);
    let about = briefing.sources.iter().flat_map(move |source| {
        let mut rows = vec![Row::default()];
        prose(&mut rows, Ink::Plain, &source.title, width);
        let mut facts = Vec::new();
        facts.extend(source.outlet.is_some().then(|| label(source).to_string()));
        facts.extend(source.author.as_ref().map(|author| format!("by {author}")));
        facts.extend(source.date.as_ref().map(ToString::to_string));
        facts.extend(source.url.as_ref().map(ToString::to_string));
        facts.push(source.path());
        prose(&mut rows, Ink::Quiet, &facts.join(" · "), width);
        for line in source.note.iter().flat_map(|note| note.split('\n')) {
            prose(&mut rows, Ink::Quiet, line, width);
        }
        rows
    });
    head.into_iter().chain(about)
}

/// Adds one paragraph.
fn prose(rows: &mut Vec<Row>, ink: Ink, words: &str, width: usize) {
    rows.extend(leaf::set(width, 0, &[(ink, words)]));
}
