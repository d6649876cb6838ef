//! `brief search`: what the reader's search finds, a line each, best first; or the same as JSON.

use super::args::{Args, Search};
use super::{CONTENT, print};
use crate::export::{Extent, Extract, Head, SCHEMA, printed};
use crate::glyphs::Glyphs;
use crate::load::Shelf;
use crate::model::Briefing;
use crate::search::{Field, Hit, Index, Query, Results, Target};
use anyhow::Result;
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

/// What was found in every briefing.
#[derive(Serialize)]
struct FoundInAll<'b> {
    schema: u32,
    query: &'b str,
    total: usize,
    briefings: Vec<Found<'b>>,
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

/// Searches a briefing, or all of them, and prints what it finds.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &Search, glyphs: Glyphs) -> Result<ExitCode> {
    let typed = wanted.query.join(" ");
    let query = Query::parse(&typed);
    let mut found = Vec::new();
    if wanted.all {
        for name in shelf.names() {
            let briefing = shelf.open(Some(&name))?;
            let results = search(&briefing, &query);
            found.push((briefing, results));
        }
    } else {
        let briefing = shelf.open(args.briefing.as_deref())?;
        let results = search(&briefing, &query);
        found.push((briefing, results));
    }
    let text = match found.as_slice() {
        [(briefing, results)] if wanted.json && !wanted.all => {
            printed(&Found::new(briefing, &typed, results))
        }
        all if wanted.json => {
            let briefings =
                all.iter().map(|(briefing, results)| Found::new(briefing, &typed, results)).collect();
            let total = all.iter().map(|(_, results)| results.total).sum();
            printed(&FoundInAll { schema: SCHEMA, query: &typed, total, briefings })
        }
        all => {
            let told = all.iter().map(|(briefing, results)| {
                let lines = lines(briefing, results);
                let name = if wanted.all { format!("{}: ", briefing.name) } else { String::new() };
                lines.lines().fold(String::new(), |text, line| format!("{text}{name}{line}\n"))
            });
            glyphs.text(&told.collect::<String>()).into_owned()
        }
    };
    let nothing = found.iter().all(|(_, results)| results.hits.is_empty());
    Ok(print::finish(print::text(&text), if nothing { CONTENT } else { 0 }))
}

/// Everything that a query finds in a briefing; an empty one finds nothing.
fn search(briefing: &Briefing, query: &Query) -> Results {
    let most = if query.is_empty() { 0 } else { usize::MAX };
    let mut results = Index::new(briefing).search(briefing, query, most);
    results.total = results.total.min(most);
    results
}

impl<'b> Found<'b> {
    fn new(briefing: &'b Briefing, query: &'b str, results: &Results) -> Self {
        let head = Head::new(&Extract::new(briefing, None));
        let hits = results.hits.iter().map(|hit| HitEntry::new(briefing, hit)).collect();
        Self { head, query, total: results.total, hits }
    }
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
