//! `brief check`: every quote against its source, every reference; what is wrong, and where.

use super::args::{Check, Form};
use super::{CONTENT, print};
use crate::cite::counted;
use crate::coverage::{self, Account};
use crate::glyphs::Glyphs;
use crate::load::Shelf;
use crate::model::{Briefing, Source};
use crate::problem::{self, Severity};
use anyhow::Result;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Checks a briefing, or all of a library where none is named.
pub(super) fn run(shelf: &Shelf, name: Option<&str>, wanted: &Check, glyphs: Glyphs) -> Result<ExitCode> {
    let (names, mut problems) = match name {
        Some(name) => (vec![name.to_owned()], Vec::new()),
        None => (shelf.names(), shelf.problems()),
    };
    if names.is_empty() && problems.is_empty() {
        shelf.open(None)?;
    }
    let mut report = String::new();
    for problem in &problems {
        let _ = writeln!(report, "{problem}");
    }
    let mut covered = Vec::new();
    for name in &names {
        let briefing = shelf.open(Some(name))?;
        for problem in &briefing.problems {
            let _ = writeln!(report, "{problem}");
        }
        if wanted.coverage {
            cover(&briefing, wanted.verbose, &mut report);
            covered.extend(briefing.sources.iter().map(coverage_json));
        }
        let _ = writeln!(report, "{}: {}", briefing.name, summary(&briefing));
        problems.extend(briefing.problems);
    }
    let wrong = problems.iter().any(|problem| problem.severity() == Severity::Error);
    let report = match wanted.format {
        Form::Human => glyphs.text(&report).into_owned(),
        Form::Json => {
            let mut json = problem::json(&problems);
            if let (true, Some(fields)) = (wanted.coverage, json.as_object_mut()) {
                fields.insert("coverage".to_owned(), covered.into());
            }
            format!("{json:#}\n")
        }
    };
    Ok(print::finish(print::text(&report), if wrong { CONTENT } else { 0 }))
}

fn summary(briefing: &Briefing) -> String {
    let quotes: usize = briefing.cards.iter().map(|card| card.quotes.len()).sum();
    [
        counted(briefing.cards.len(), "card"),
        counted(quotes, "quote"),
        counted(briefing.sources.len(), "source"),
        counted(briefing.problems.len(), "problem"),
    ]
    .join(", ")
}

/// How many sentences of a source, outside its asides, came to what.
fn counts(source: &Source) -> (usize, [usize; 3]) {
    let sentences = coverage::sentences(source);
    let count = |account| sentences.iter().filter(|sentence| sentence.account == account).count();
    (sentences.len(), [Account::Quoted, Account::Unused, Account::Open].map(count))
}

fn coverage_json(source: &Source) -> serde_json::Value {
    let (sentences, [quoted, unused, open]) = counts(source);
    serde_json::json!({
        "source": &*source.id, "sentences": sentences, "quoted": quoted, "unused": unused, "open": open,
    })
}

/// Tells for each source how many of its sentences outside asides are accounted for and, where
/// wanted, which are not quoted.
fn cover(briefing: &Briefing, verbose: bool, report: &mut String) {
    for source in &briefing.sources {
        let (sentences, [quoted, unused, open]) = counts(source);
        let _ = writeln!(
            report,
            "{}: {} outside asides, {quoted} quoted, {unused} unused for a reason, {open} unaccounted for",
            source.file,
            counted(sentences, "sentence"),
        );
        if verbose {
            for sentence in
                coverage::sentences(source).iter().filter(|sentence| sentence.account != Account::Quoted)
            {
                let _ = writeln!(report, "{}", unquoted(source, sentence));
            }
        }
    }
}

/// One sentence that no card quotes: its line, why, its words.
fn unquoted(source: &Source, sentence: &coverage::Sentence) -> String {
    let Some(text) = &source.text else { return String::new() };
    let shown = text.shown.to_shown(sentence.span).of(text.shown.text());
    let why = match sentence.account {
        Account::Quoted => "quoted",
        Account::Open => "unaccounted for",
        Account::Unused => {
            let named = source.unused.iter().find(|passage| passage.span.overlap(sentence.span).is_some());
            named.map_or("unused", |passage| &passage.why)
        }
    };
    format!("  seeds/{}:{} ({why}): {shown}", source.file, text.line_at(sentence.span.start))
}
