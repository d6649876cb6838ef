//! `brief search`: what the reader's search finds, a line each, best first; or the same as JSON.

use super::args::Search;
use super::{CONTENT, print};
use crate::export::{Extent, Extract, Head, printed};
use crate::glyphs::Glyphs;
use crate::model::Briefing;
use crate::search::{Field, Hit, Index, Query, Results, Target};
use serde::Serialize;
use std::fmt::Write as _;
use std::process::ExitCode;

/// What was found, for programs; marks are extents in the hit's own text.
#[derive(Serialize)]
struct Found<'b> {
    #[serde(flatten)]
    head: Head<'b>,
    query: &'b str,
    total: usize,
    hits: Vec<HitEntry<'b>>,
}

/// One thing found, and the text of it that met the query.
#[derive(Serialize)]
struct HitEntry<'b> {
    #[serde(flatten)]
    place: Place<'b>,
    field: &'static str,
    /// Which of the card's quotes, from 1.
    quote: Option<usize>,
    text: &'b str,
    marks: Vec<Extent>,
}

/// What was found: a card, or a line of a source.
#[derive(Serialize)]
#[serde(untagged)]
enum Place<'b> {
    Card { card: &'b str, title: &'b str },
    Line { source: &'b str, file: String, line: Option<usize> },
}

/// Searches a briefing, and prints what it finds.
pub(super) fn run(briefing: &Briefing, wanted: &Search, glyphs: Glyphs) -> ExitCode {
    let typed = wanted.query.join(" ");
    let query = Query::parse(&typed);
    let most = if query.is_empty() { 0 } else { usize::MAX };
    let mut results = Index::new(briefing).search(briefing, &query, most);
    results.total = results.total.min(most);
    let text = if wanted.json {
        json(briefing, &typed, &results)
    } else {
        glyphs.text(&lines(briefing, &results)).into_owned()
    };
    print::finish(print::text(&text), if results.hits.is_empty() { CONTENT } else { 0 })
}

fn json(briefing: &Briefing, query: &str, results: &Results) -> String {
    let head = Head::new(&Extract::new(briefing, None));
    let hits = results.hits.iter().map(|hit| HitEntry::new(briefing, hit)).collect();
    printed(&Found { head, query, total: results.total, hits })
}

/// `card: title`, with the words found where they are not the title's; `file:line: words`.
fn lines(briefing: &Briefing, results: &Results) -> String {
    let mut lines = String::new();
    for hit in &results.hits {
        let HitEntry { place, text, .. } = HitEntry::new(briefing, hit);
        let text = text.replace('\n', " ");
        let _ = match place {
            Place::Card { card, title } if title == text => writeln!(lines, "{card}: {title}"),
            Place::Card { card, title } => writeln!(lines, "{card}: {title} · {text}"),
            Place::Line { file, line, .. } => writeln!(lines, "{file}:{}: {text}", line.unwrap_or_default()),
        };
    }
    lines
}

impl<'b> HitEntry<'b> {
    fn new(briefing: &'b Briefing, hit: &Hit) -> Self {
        let place = match hit.target {
            Target::Card(card) => Place::Card { card: &briefing[card].id, title: &briefing[card].title },
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let line = source.text.as_ref().and_then(|text| text.line_of(paragraph));
                Place::Line { source: &source.id, file: format!("seeds/{}", source.file), line }
            }
        };
        let (field, quote) = match hit.field {
            Field::Title => ("title", None),
            Field::Text => ("text", None),
            Field::Quote(quote) => ("quote", Some(quote + 1)),
            Field::By(quote) => ("by", Some(quote + 1)),
            Field::Actor => ("actor", None),
            Field::Topic(_) => ("topic", None),
            Field::Paragraph => ("paragraph", None),
        };
        let text = hit.text(briefing);
        let marks = hit.marks.iter().map(|&mark| Extent::new(text, mark)).collect();
        Self { place, field, quote, text, marks }
    }
}
