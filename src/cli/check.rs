//! `brief check`: every quote against its source, every reference; what is wrong, and where.

use super::args::{Args, Check, Form};
use super::mending::Bench;
use super::{CONTENT, folder, print};
use crate::cite::counted;
use crate::coverage::{self, Account};
use crate::glyphs::Glyphs;
use crate::load::{Newcomers, Shelf, Watch};
use crate::model::{Briefing, Source};
use crate::problem::{self, Certainty, Code, Severity};
use crate::wrap;
use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Checks a briefing, or all of a library where none is named.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &Check, glyphs: Glyphs) -> Result<ExitCode> {
    if let Some(code) = &wanted.explain {
        return explain(code, glyphs);
    }
    if wanted.watch {
        return watch(shelf, args, wanted, glyphs);
    }
    let checked = check(shelf, args, wanted, glyphs)?;
    Ok(print::finish(print::text(&checked.report), checked.code))
}

/// What came of a check.
struct Checked {
    report: String,
    code: u8,
    /// What was checked, where it is watched; all of a library at once may be much.
    briefings: Vec<Briefing>,
}

/// Checks, and checks again at each change, until it is interrupted or nobody is left to read.
fn watch(shelf: &Shelf, args: &Args, wanted: &Check, glyphs: Glyphs) -> Result<ExitCode> {
    let folder = folder(args).context("what is built in does not change; --library names one of your own")?;
    let watch = Watch::new(&folder);
    let mut watch = watch.context("this system does not tell of changes; run brief check after each")?;
    let others = if args.briefing.is_some() { Newcomers::Ignored } else { Newcomers::Heard };
    // What changes between this and the first report is not lost.
    let mut briefings = check(shelf, args, wanted, glyphs)?.briefings;
    loop {
        watch.follow(&briefings, others);
        match check(shelf, args, wanted, glyphs) {
            Ok(checked) => {
                briefings = checked.briefings;
                watch.follow(&briefings, others);
                if let Err(error) = print::text(&checked.report) {
                    return Ok(print::finish(Err(error), checked.code));
                }
            }
            Err(error) => print::complain(&format!("{error:#}")),
        }
        print::complain("waits for a change; Ctrl-C ends it");
        watch.wait()?;
    }
}

/// Checks once.
fn check(shelf: &Shelf, args: &Args, wanted: &Check, glyphs: Glyphs) -> Result<Checked> {
    let folder = folder(args);
    let (names, mut problems) = match &args.briefing {
        Some(name) => (vec![name.clone()], Vec::new()),
        None => (shelf.names(), shelf.problems()),
    };
    if names.is_empty() && problems.is_empty() {
        shelf.open(None)?;
    }
    let mut report = String::new();
    for problem in &problems {
        let _ = writeln!(report, "{problem}");
    }
    let (mut covered, mut briefings) = (Vec::new(), Vec::new());
    for name in &names {
        let mut briefing = shelf.open(Some(name))?;
        if wanted.fix {
            let bench = Bench { library: shelf.library_of(name)?, name };
            for line in bench.mend(&|mend| mend.certainty == Certainty::Sure)? {
                let _ = writeln!(report, "mended: {line}");
            }
            briefing = shelf.open(Some(name))?;
        }
        for problem in briefing.problems.iter().chain(&briefing.hints) {
            let _ = writeln!(report, "{problem}");
        }
        if wanted.coverage {
            cover(&briefing, wanted.verbose, &mut report);
            covered.extend(briefing.sources.iter().map(coverage_json));
        }
        let _ = writeln!(report, "{}: {}", briefing.name, summary(&briefing));
        problems.extend_from_slice(&briefing.problems);
        problems.extend_from_slice(&briefing.hints);
        if wanted.watch {
            briefings.push(briefing);
        }
    }
    let wrong = problems.iter().any(|problem| problem.severity() == Severity::Error);
    let report = match wanted.format {
        Form::Github => problems.iter().map(|problem| problem.github(folder.as_deref())).collect(),
        Form::Text => glyphs.text(&report).into_owned(),
        Form::Json => {
            let mut json = problem::json(&problems);
            if let (true, Some(fields)) = (wanted.coverage, json.as_object_mut()) {
                fields.insert("coverage".to_owned(), covered.into());
            }
            // Object after object, each on a line of its own, where there will be more.
            if wanted.watch { format!("{json}\n") } else { format!("{json:#}\n") }
        }
    };
    Ok(Checked { report, code: if wrong { CONTENT } else { 0 }, briefings })
}

/// Prints what a code means.
fn explain(code: &str, glyphs: Glyphs) -> Result<ExitCode> {
    let code = Code::named(code).with_context(|| {
        let all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        format!("there is no code “{code}”; the codes are: {}", all.join(", "))
    })?;
    let told = code.explanation();
    let text = format!(
        "{code}: {}: {}\n\n{}\n\nFor example: {}\n\n{}\n",
        code.severity(),
        code.title(),
        told.means,
        told.example,
        told.remedy,
    );
    let text = textwrap::fill(&text, 80) + "\n";
    Ok(print::finish(print::text(&glyphs.text(&text)), 0))
}

fn summary(briefing: &Briefing) -> String {
    let quotes: usize = briefing.cards.iter().map(|card| card.quotes.len()).sum();
    [
        counted(briefing.cards.len(), "card"),
        counted(quotes, "quote"),
        counted(briefing.sources.len(), "source"),
        counted(briefing.problems.len(), "problem"),
    ]
    .into_iter()
    .chain((!briefing.hints.is_empty()).then(|| counted(briefing.hints.len(), "hint")))
    .collect::<Vec<String>>()
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

/// A sentence is told in so many cells at the most; what has no end is none.
const WIDEST: usize = 360;

/// One sentence that no card quotes: its line, why, its words.
fn unquoted(source: &Source, sentence: &coverage::Sentence) -> String {
    let Some(text) = &source.text else { return String::new() };
    let shown = wrap::clip(text.shown.to_shown(sentence.span).of(text.shown.text()), WIDEST);
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
