//! The briefing as plain text: for pipes, for paper, for those who read line by line.

use crate::app::list_of;
use crate::cite::{counted, label};
use crate::geometry::List;
use crate::leaf::{Ink, Leaf, Places, Row, Run};
use crate::model::{Briefing, Card, Ref, Topic};
use crate::search::{Index, Query, Target};
use crate::wrap;

/// The whole briefing, or what it has on a topic, as rows of at most `width` cells.
#[must_use]
pub fn briefing(briefing: &Briefing, topic: Option<Ref<Topic>>, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    prose(&mut rows, Ink::Title, &briefing.title, width);
    let as_of = briefing.as_of.as_ref().map(|date| format!("As of {date} · ")).unwrap_or_default();
    prose(&mut rows, Ink::Quiet, &format!("{as_of}{}", counted(briefing.sources.len(), "text")), width);
    if let Some(topic) = topic {
        prose(&mut rows, Ink::Fact, &format!("Topic: {}", briefing[topic].title), width);
    }
    for list in List::ALL {
        let cards: Vec<&Card> = briefing
            .cards
            .iter()
            .filter(|card| list_of(&card.kind) == Some(list))
            .filter(|card| topic.is_none_or(|topic| card.topics.contains(&topic)))
            .collect();
        if cards.is_empty() {
            continue;
        }
        rows.push(Row::default());
        prose(&mut rows, Ink::Title, &format!("# {} ({})", list.title(), cards.len()), width);
        for found in cards {
            rows.push(Row::default());
            rows.extend(card(briefing, found, width));
        }
    }
    let events: Vec<&Card> = briefing
        .timeline()
        .into_iter()
        .map(|event| &briefing[event])
        .filter(|event| topic.is_none_or(|topic| event.topics.contains(&topic)))
        .collect();
    if !events.is_empty() {
        rows.push(Row::default());
        prose(&mut rows, Ink::Title, &format!("# Timeline ({})", events.len()), width);
        for event in events {
            rows.push(Row::default());
            rows.extend(card(briefing, event, width));
        }
    }
    rows.push(Row::default());
    sources(briefing, width, &mut rows);
    rows
}

/// One card, as rows of at most `width` cells.
#[must_use]
pub fn card(briefing: &Briefing, card: &Card, width: usize) -> Vec<Row> {
    Leaf::new(briefing, card, width, Places::File).rows
}

/// What a search finds, or of it the cards about a topic, best first, as rows of at most `width` cells; none where it finds nothing.
#[must_use]
pub fn found(briefing: &Briefing, query: &str, topic: Option<Ref<Topic>>, width: usize) -> Vec<Row> {
    let index = Index::new(briefing);
    let query = Query::parse(query);
    let results = index.search(briefing, &query, if query.is_empty() { 0 } else { usize::MAX });
    let mut rows = Vec::new();
    let about = |target| match target {
        Target::Card(card) => topic.is_none_or(|topic| briefing[card].topics.contains(&topic)),
        Target::Paragraph { .. } => topic.is_none(),
    };
    for hit in results.hits.iter().filter(|hit| about(hit.target)) {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        match hit.target {
            Target::Card(found) => rows.extend(card(briefing, &briefing[found], width)),
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let line = source.text.as_ref().and_then(|text| text.line_of(paragraph)).unwrap_or(0);
                prose(&mut rows, Ink::Plain, hit.text(briefing), width);
                prose(
                    &mut rows,
                    Ink::Quiet,
                    &format!("{} · seeds/{}:{line}", label(source), source.file),
                    width,
                );
            }
        }
    }
    rows
}

/// The sources, with what is known of each.
fn sources(briefing: &Briefing, width: usize, rows: &mut Vec<Row>) {
    prose(rows, Ink::Title, &format!("# Sources ({})", briefing.sources.len()), width);
    for source in &briefing.sources {
        rows.push(Row::default());
        prose(rows, Ink::Plain, &source.title, width);
        let mut facts = Vec::new();
        facts.extend(source.outlet.is_some().then(|| label(source).to_string()));
        facts.extend(source.author.as_ref().map(|author| format!("by {author}")));
        facts.extend(source.date.as_ref().map(ToString::to_string));
        facts.extend(source.url.as_ref().map(ToString::to_string));
        facts.push(format!("seeds/{}", source.file));
        prose(rows, Ink::Quiet, &facts.join(" · "), width);
        if let Some(note) = &source.note {
            for line in note.split('\n') {
                prose(rows, Ink::Quiet, line, width);
            }
        }
    }
}

/// Adds one paragraph.
fn prose(rows: &mut Vec<Row>, ink: Ink, words: &str, width: usize) {
    let spans = wrap::rows(words, width);
    rows.extend(
        spans
            .into_iter()
            .map(|span| Row { runs: vec![Run { ink, words: span.of(words).to_owned() }], ..Row::default() }),
    );
}
