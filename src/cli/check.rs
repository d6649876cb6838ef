//! `brief check`: every quote against its source, every reference; what is wrong, and where.

use super::args::{Check, Form};
use super::{CONTENT, print};
use crate::cite::counted;
use crate::load::Library;
use crate::problem::{self, Problem, Severity};
use anyhow::Result;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Checks a briefing, or all of a library where none is named.
pub(super) fn run(library: &Library, name: Option<&str>, wanted: &Check) -> Result<ExitCode> {
    let names = match name {
        Some(name) => vec![name.to_owned()],
        None => library.names(),
    };
    let mut problems: Vec<Problem> = Vec::new();
    let mut report = String::new();
    for name in &names {
        let briefing = library.open(Some(name))?;
        let quotes: usize = briefing.cards.iter().map(|card| card.quotes.len()).sum();
        let facts = [
            counted(briefing.cards.len(), "card"),
            counted(quotes, "quote"),
            counted(briefing.sources.len(), "source"),
            counted(briefing.problems.len(), "problem"),
        ];
        for problem in &briefing.problems {
            let _ = writeln!(report, "{problem}");
        }
        let _ = writeln!(report, "{}: {}", briefing.name, facts.join(", "));
        problems.extend(briefing.problems);
    }
    let wrong = problems.iter().any(|problem| problem.severity() == Severity::Error);
    let report = match wanted.format {
        Form::Human => report,
        Form::Json => format!("{:#}\n", problem::json(&problems)),
    };
    Ok(print::finish(print::text(&report), if wrong { CONTENT } else { 0 }))
}
