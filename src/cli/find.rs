//! `brief search`: what the reader's search finds, a line each, best first; or the same as JSON.

use super::args::{Args, Search};
use super::{CONTENT, print};
use crate::export::{Extent, Extract, Head, Ruler, SCHEMA, printed};
use crate::glyphs::Glyphs;
use crate::load::{LoadError, Shelf};
use crate::model::Briefing;
use crate::search::{Field, Hit, Index, Query, Results, Target};
use anyhow::Result;
use serde::Serialize;
use std::io::{self, Write};
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
    let open = |name: Option<&str>| {
        let briefing = shelf.open(name)?;
        let results = search(&briefing, &query);
        Ok::<_, LoadError>((briefing, results))
    };
    let mut total = 0;
    let printed = match (wanted.all, wanted.json) {
        (true, true) => {
            let names = shelf.names();
            let all: Vec<_> = names.iter().map(|name| open(Some(name))).collect::<Result<_, _>>()?;
            total = all.iter().map(|(_, results)| results.total).sum();
            let found = all.iter().map(|(briefing, results)| Found::new(briefing, &typed, results));
            let found = FoundInAll { schema: SCHEMA, query: &typed, total, briefings: found.collect() };
            print::written(|out| printed(&found, out))
        }
        (true, false) => {
            let mut told = Ok(());
            for name in shelf.names() {
                let (briefing, results) = open(Some(&name))?;
                total += results.total;
                told = told.and_then(|()| {
                    print::written(|out| tell(&briefing, &results, (&format!("{name}: "), glyphs), out))
                });
            }
            told
        }
        (false, json) => {
            let (briefing, results) = open(args.briefing.as_deref())?;
            total = results.total;
            print::written(|out| {
                if json {
                    printed(&Found::new(&briefing, &typed, &results), out)
                } else {
                    tell(&briefing, &results, ("", glyphs), out)
                }
            })
        }
    };
    Ok(print::finish(printed, if total == 0 { CONTENT } else { 0 }))
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

/// `card: title`, with the words found where they are not the title's; `file:line: words`. A line each, each
/// begun with the same words.
fn tell(
    briefing: &Briefing,
    results: &Results,
    (begun, glyphs): (&str, Glyphs),
    out: &mut dyn Write,
) -> io::Result<()> {
    for hit in &results.hits {
        let HitEntry { place, text, .. } = HitEntry::new(briefing, hit);
        let text = text.replace('\n', " ");
        let line = match place {
            Place::Card { card, title } if title == text => format!("{begun}{card}: {title}"),
            Place::Card { card, title } => format!("{begun}{card}: {title} · {text}"),
            Place::Line { file, line, .. } => format!("{begun}{file}:{}: {text}", line.unwrap_or_default()),
        };
        writeln!(out, "{}", glyphs.text(&line))?;
    }
    Ok(())
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
        let ruler = Ruler::new(text);
        let marks = hit.marks.iter().map(|&mark| ruler.extent(mark)).collect();
        Self { place, field, quote, text, marks }
    }
}
