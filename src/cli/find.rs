//! `brief search`: what the reader's search finds, a line each, best first; or the same as JSON.

use super::args::{Args, Search};
use super::{CONTENT, find_topic, print, soundness};
use crate::export::{Each, Extent, Extract, Head, Poured, Provenance, Ruler, SCHEMA, printed};
use crate::glyphs::Glyphs;
use crate::load::Shelf;
use crate::model::{Briefing, Quote, Ref, Topic};
use crate::sanitize::handed_on;
use crate::search::{Answers, Field, Hit, Index, Query, Target, marks_in};
use anyhow::{Error, Result};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Write};
use std::process::ExitCode;

/// What was found, for programs; marks are extents in the hit's own text.
#[derive(Serialize)]
struct Found<'b, H> {
    #[serde(flatten)]
    head: Head<'b>,
    query: &'b str,
    total: usize,
    hits: H,
}

/// What was found in every briefing; the total is known when the last one is written.
#[derive(Serialize)]
struct FoundInAll<'b, F> {
    schema: u32,
    query: &'b str,
    briefings: F,
    total: &'b Cell<usize>,
}

/// What was found in a briefing.
struct Searched<'q> {
    briefing: Briefing,
    topic: Option<Ref<Topic>>,
    query: &'q str,
    answers: Answers,
}

/// One thing found, and the text of it that met the query.
#[derive(Serialize)]
struct HitEntry<'b> {
    #[serde(flatten)]
    place: Place<'b>,
    field: &'static str,
    /// Which of the card's quotes, from 1.
    quote: Option<usize>,
    text: Cow<'b, str>,
    marks: Vec<Extent>,
    /// The other name that met the query, where the text is a name and did not.
    alias: Option<Alias<'b>>,
    /// Where that quote is from.
    provenance: Option<Provenance<'b>>,
}

/// Another name of an actor or a topic.
#[derive(Serialize)]
struct Alias<'b> {
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
    let find = |name: Option<&str>| {
        let briefing = shelf.open(name)?;
        // Said, and no more: what is found is found also where something is wrong.
        soundness(&briefing);
        let topic = find_topic(&briefing, args.topic())?;
        let answers = Index::new(&briefing).all(&briefing, query.clone()).about(&briefing, topic);
        Ok::<_, Error>(Searched { briefing, topic, query: &typed, answers })
    };
    if !wanted.all {
        let found = find(args.briefing.as_deref())?;
        found.answers.doubts(&found.briefing).iter().for_each(|doubt| print::complain(doubt));
        let told =
            print::written(
                |out| {
                    if wanted.json { printed(&found, out) } else { found.tell("", glyphs, out) }
                },
            );
        return Ok(finish(told, found.answers.len()));
    }
    let (names, total) = (shelf.names(), Cell::new(0));
    let all = names.iter().map(|name| {
        let found = find(Some(name))?;
        total.set(total.get() + found.answers.len());
        Ok::<_, Error>((name, found))
    });
    let mut told = Ok(());
    if wanted.json {
        let mut failed = None;
        let found = all.map_while(|found| found.map_err(|error| failed = Some(error)).ok());
        let briefings = Poured::new(found.map(|(_, found)| found));
        let found = FoundInAll { schema: SCHEMA, query: &typed, briefings, total: &total };
        told = print::written(|out| printed(&found, out));
        // Whether anything is found is to be said also where nobody reads to the end.
        found.briefings.finish();
        failed.map_or(Ok(()), Err)?;
    } else {
        for found in all {
            let (name, found) = found?;
            told = print::written(|out| found.tell(&format!("{name}: "), glyphs, out));
            if told.is_err() {
                break;
            }
        }
    }
    Ok(finish(told, total.get()))
}

/// The exit code: as of grep, whether anything was found.
fn finish(told: io::Result<()>, total: usize) -> ExitCode {
    print::finish(told, if total == 0 { CONTENT } else { 0 })
}

impl Serialize for Searched<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { briefing, topic, query, answers } = self;
        let extract = Extract::new(briefing, *topic);
        let hits = Each(|| answers.hits(briefing).map(|hit| HitEntry::new(&extract, &answers.query, &hit)));
        Found { head: extract.head(), query, total: answers.len(), hits }.serialize(serializer)
    }
}

impl Searched<'_> {
    /// `card: title`, with the words found where they are not the title's, and with the grade of a quote that is not in
    /// its source; `file:line: words`. A line each, each begun with the same words.
    fn tell(&self, begun: &str, glyphs: Glyphs, out: &mut dyn Write) -> io::Result<()> {
        for hit in self.answers.hits(&self.briefing) {
            let alias = hit.alias(&self.briefing, &self.answers.query);
            let alias = alias.map(|alias| format!(" · {alias}")).unwrap_or_default();
            let grade = quote(&self.briefing, &hit).filter(|quote| !quote.is_sound());
            let grade = grade.map(|quote| format!(" · ✗ {}", quote.grade().word())).unwrap_or_default();
            let text = hit.text(&self.briefing).replace('\n', " ") + &alias + &grade;
            let line = match Place::of(&hit, &self.briefing) {
                Place::Card { card, title } if title == text => format!("{begun}{card}: {title}"),
                Place::Card { card, title } => format!("{begun}{card}: {title} · {text}"),
                Place::Line { file, line, .. } => {
                    format!("{begun}{file}:{}: {text}", line.unwrap_or_default())
                }
            };
            writeln!(out, "{}", glyphs.text(&line))?;
        }
        Ok(())
    }
}

impl<'b> Place<'b> {
    fn of(hit: &Hit, briefing: &'b Briefing) -> Self {
        match hit.target {
            Target::Card(card) => Self::Card { card: &briefing[card].id, title: &briefing[card].title },
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let line = source.text.as_ref().and_then(|text| text.line_of(paragraph));
                Self::Line { source: &source.id, file: source.path(), line }
            }
        }
    }
}

impl<'b> HitEntry<'b> {
    fn new(extract: &'b Extract<'b>, query: &Query, hit: &Hit) -> Self {
        let briefing = extract.briefing;
        let field = match hit.field {
            Field::Title => "title",
            Field::Text => "text",
            Field::Quote(_) => "quote",
            Field::By(_) => "by",
            Field::Actor => "actor",
            Field::Topic(_) => "topic",
            Field::Origin(_) => "origin",
            Field::Version(_) => "version",
            Field::Paragraph => "paragraph",
        };
        let text = words(briefing, hit);
        let met = marks(query, &text);
        let alias = hit.alias(briefing, query).map(|text| Alias { text, marks: marks(query, text) });
        let provenance = quote(briefing, hit).map(|quote| Provenance::new(extract, quote));
        let quote = hit.field.quote().map(|index| index + 1);
        Self { place: Place::of(hit, briefing), field, quote, text, marks: met, alias, provenance }
    }
}

/// What meets the query in some words.
fn marks(query: &Query, text: &str) -> Vec<Extent> {
    let ruler = Ruler::new(text);
    marks_in(query, text).into_iter().map(|mark| ruler.extent(mark)).collect()
}

/// The quote that met the query, or whose words for its source did.
fn quote<'b>(briefing: &'b Briefing, hit: &Hit) -> Option<&'b Quote> {
    match hit.target {
        Target::Card(card) => briefing[card].quotes.get(hit.field.quote()?),
        Target::Paragraph { .. } => None,
    }
}

/// What met the query, as it is handed on.
fn words<'b>(briefing: &'b Briefing, hit: &Hit) -> Cow<'b, str> {
    let whole = match (hit.target, hit.field) {
        (Target::Card(card), Field::Quote(quote)) => {
            briefing[card].quotes.get(quote).map(Quote::handed_on).map(Cow::Borrowed)
        }
        (Target::Paragraph { source, paragraph }, _) => briefing[source].text.as_ref().and_then(|text| {
            let shown = text.paragraph(paragraph)?;
            Some(handed_on(text.shown.to_raw(shown).of(text.raw())))
        }),
        (Target::Card(_), _) => None,
    };
    whole.unwrap_or_else(|| hit.text(briefing).into())
}
