//! `brief check`: every quote against its source, every reference; what is wrong, and where.

use super::args::{Args, Check, Form};
use super::mending::{Bench, Made};
use super::{CANNOT, CONTENT, folder, print};
use crate::accounts::{self, Account};
use crate::cite::counted;
use crate::export::{self, Poured, SCHEMA};
use crate::glyphs::Glyphs;
use crate::load::{Library, LoadError, Newcomers, Shelf, Watch};
use crate::model::{Briefing, Source};
use crate::problem::{Code, Problem, Severity, Trust};
use crate::wrap;
use anyhow::{Context, Result};
use serde::Serialize;
use std::cell::RefCell;
use std::fmt::Display;
use std::io::{self, Write};
use std::mem;
use std::process::ExitCode;

/// What a watch that cannot be comes to, before the reason.
const UNHEARD: &str = "changes are not heard, so run brief check after each";

/// Checks a briefing, or all of a library where none is named.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &Check, glyphs: Glyphs) -> Result<ExitCode> {
    let check = Inspection { shelf, args, wanted, glyphs };
    if wanted.watch {
        return check.watch();
    }
    Ok(check.once()?.finish())
}

/// A check that is asked for, and how it is to be told.
struct Inspection<'a> {
    shelf: &'a Shelf,
    args: &'a Args,
    wanted: &'a Check,
    glyphs: Glyphs,
}

/// A briefing that was checked, or what is wrong with a library itself.
struct Checked<'a> {
    library: &'a Library,
    mended: Vec<Made>,
    problems: Vec<Problem>,
    /// Without its problems.
    briefing: Option<Briefing>,
}

/// What came of a check.
struct Outcome {
    printed: io::Result<()>,
    /// Whether there is an error.
    wrong: bool,
    /// What was checked, where it is watched; all of a library at once may be much.
    briefings: Vec<Briefing>,
}

/// The report for programs.
#[derive(Serialize)]
struct Report<P, C> {
    schema: u32,
    problems: P,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<C>,
}

impl Outcome {
    fn finish(self) -> ExitCode {
        let code = self.code();
        print::finish(self.printed, code)
    }

    const fn code(&self) -> u8 {
        if self.wrong { CONTENT } else { 0 }
    }
}

impl<'a> Inspection<'a> {
    /// Checks, and checks again at each change, until it is interrupted or nobody is left to read.
    fn watch(&self) -> Result<ExitCode> {
        let folder = folder(self.args);
        let folder =
            folder.context("a library is watched where it is stood in, or where --library names it")?;
        let mut watch = Watch::new(&folder).context(UNHEARD)?;
        let others = if self.args.briefing.is_some() { Newcomers::Ignored } else { Newcomers::Heard };
        // What changes between this and the first report is not lost.
        let (names, _) = self.names()?;
        let mut briefings: Vec<Briefing> =
            names.iter().map(|name| self.shelf.open(Some(name))).collect::<Result<_, _>>()?;
        loop {
            watch.follow(&briefings, others).context(UNHEARD)?;
            let code = match self.once() {
                Ok(outcome) if outcome.printed.is_err() => return Ok(outcome.finish()),
                Ok(outcome) => {
                    let code = outcome.code();
                    briefings = outcome.briefings;
                    watch.follow(&briefings, others).context(UNHEARD)?;
                    code
                }
                Err(error) => {
                    print::complain(&format!("{error:#}"));
                    CANNOT
                }
            };
            print::complain("waits for a change; Ctrl-C ends it");
            match watch.wait(io::stdout()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(ExitCode::from(code)),
                waited => waited?,
            }
        }
    }

    /// Checks once, and tells what is found as it is found.
    fn once(&self) -> Result<Outcome> {
        let (names, libraries) = self.names()?;
        let checks = libraries.into_iter().map(Ok).chain(names.iter().map(|name| self.check(name)));
        let mut outcome = Outcome { printed: Ok(()), wrong: false, briefings: Vec::new() };
        match self.wanted.format {
            Form::Json => self.json(checks, &mut outcome)?,
            Form::Text => self.lines(checks, &mut outcome, |checked, out| self.text(checked, out))?,
            Form::Github => self.lines(checks, &mut outcome, |checked, out| {
                let mut problems = checked.problems.iter();
                problems.try_for_each(|problem| write!(out, "{}", checked.library.seen(problem).github()))
            })?,
        }
        Ok(outcome)
    }

    /// What is to be checked, and what looks like a briefing and cannot be.
    fn names(&self) -> Result<(Vec<String>, Vec<Checked<'a>>), LoadError> {
        if let Some(name) = &self.args.briefing {
            return self.shelf.library_of(name).map(|_| (vec![name.clone()], Vec::new()));
        }
        let libraries = self.shelf.libraries().iter();
        let libraries = libraries.map(|library| Checked {
            library,
            mended: Vec::new(),
            problems: library.problems(),
            briefing: None,
        });
        let (names, libraries): (_, Vec<_>) = (self.shelf.names(), libraries.collect());
        if names.is_empty() && libraries.iter().all(|library| library.problems.is_empty()) {
            Err(LoadError::Empty { wrong: None })
        } else {
            Ok((names, libraries))
        }
    }

    /// Checks a briefing, and mends it where that is wanted.
    fn check(&self, name: &str) -> Result<Checked<'a>> {
        let library = self.shelf.library_of(name)?;
        let mut mended = Vec::new();
        if self.wanted.fix {
            let bench = Bench { library, name };
            mended = bench.mend(&|mend| mend.trust == Trust::Sure)?;
        }
        let mut briefing = library.open(Some(name))?;
        let mut problems = mem::take(&mut briefing.problems);
        problems.append(&mut briefing.hints);
        Ok(Checked { library, mended, problems, briefing: Some(briefing) })
    }

    /// Tells of each check when it is made. Also where nobody reads to the end, all are made: the outcome
    /// is that of all.
    fn lines(
        &self,
        checks: impl Iterator<Item = Result<Checked<'a>>>,
        outcome: &mut Outcome,
        tell: impl Fn(&Checked<'_>, &mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        for checked in checks {
            let checked = checked?;
            if outcome.printed.is_ok() {
                outcome.printed = print::written(|out| tell(&checked, out));
            }
            self.note(checked, outcome);
        }
        Ok(())
    }

    /// Tells of all checks as one JSON object, each problem when it is found.
    fn json(&self, checks: impl Iterator<Item = Result<Checked<'a>>>, outcome: &mut Outcome) -> Result<()> {
        let (covered, mut failed) = (RefCell::new(Vec::new()), None);
        let checks = checks.map_while(|checked| checked.map_err(|error| failed = Some(error)).ok());
        let problems = checks.flat_map(|checked| {
            let sources = checked.briefing.iter().flat_map(|briefing| &briefing.sources);
            covered.borrow_mut().extend(sources.filter(|_| self.wanted.coverage).map(coverage_json));
            self.note(checked, outcome)
        });
        let coverage = self.wanted.coverage.then_some(&covered);
        let report = Report { schema: SCHEMA, problems: Poured::new(problems), coverage };
        // Object after object, each on a line of its own, where there will be more.
        let form = if self.wanted.watch { export::printed_on_a_line } else { export::printed };
        let printed = print::written(|out| form(&report, out));
        report.problems.finish();
        outcome.printed = printed;
        failed.map_or(Ok(()), Err)
    }

    /// Notes what a check comes to, and gives back what is wrong.
    fn note(&self, checked: Checked<'_>, outcome: &mut Outcome) -> Vec<Problem> {
        outcome.wrong |= checked.problems.iter().any(|problem| problem.severity() == Severity::Error);
        outcome.briefings.extend(checked.briefing.filter(|_| self.wanted.watch));
        checked.problems
    }

    /// What was mended, what is wrong, what is covered, and how much of everything there is.
    fn text(&self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut line = |words: &dyn Display| writeln!(out, "{}", self.glyphs.text(&words.to_string()));
        for made in &checked.mended {
            line(&format_args!("mended: {}", made.line))?;
        }
        for problem in &checked.problems {
            line(&checked.library.seen(problem))?;
        }
        let Some(briefing) = &checked.briefing else { return Ok(()) };
        if self.wanted.coverage {
            for source in &briefing.sources {
                line(&covered(source))?;
                if self.wanted.verbose {
                    let (sentences, file) = (accounts::of(source), checked.library.way_to(&source.path()));
                    let mut others = sentences.iter().filter(|sentence| sentence.account != Account::Quoted);
                    others.try_for_each(|sentence| line(&unquoted(source, &file, sentence)))?;
                }
            }
        }
        line(&format_args!("{}: {}", briefing.name, summary(briefing, &checked.problems)))
    }
}

/// Prints what a code means.
pub(super) fn explain(code: &str, glyphs: Glyphs) -> Result<ExitCode> {
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

fn summary(briefing: &Briefing, problems: &[Problem]) -> String {
    let quotes: usize = briefing.cards.iter().map(|card| card.quotes.len()).sum();
    let hints = problems.iter().filter(|problem| problem.severity() == Severity::Hint).count();
    [
        counted(briefing.cards.len(), "card"),
        counted(quotes, "quote"),
        counted(briefing.sources.len(), "source"),
        counted(problems.len() - hints, "problem"),
    ]
    .into_iter()
    .chain((hints > 0).then(|| counted(hints, "hint")))
    .collect::<Vec<String>>()
    .join(", ")
}

/// How many sentences of a source, outside its asides, came to what.
fn counts(source: &Source) -> (usize, [usize; 3]) {
    let sentences = accounts::of(source);
    let count = |account| sentences.iter().filter(|sentence| sentence.account == account).count();
    (sentences.len(), [Account::Quoted, Account::Unused, Account::Open].map(count))
}

fn coverage_json(source: &Source) -> serde_json::Value {
    let (sentences, [quoted, unused, open]) = counts(source);
    serde_json::json!({
        "source": &*source.id, "sentences": sentences, "quoted": quoted, "unused": unused, "open": open,
    })
}

/// How many of a source's sentences outside asides are accounted for.
fn covered(source: &Source) -> String {
    let (sentences, [quoted, unused, open]) = counts(source);
    format!(
        "{}: {} outside asides, {quoted} quoted, {unused} unused for a reason, {open} unaccounted for",
        source.file,
        counted(sentences, "sentence"),
    )
}

/// A sentence is told in so many cells at the most; what has no end is none.
const WIDEST: usize = 360;

/// One sentence that no card quotes: its place, why, its words.
fn unquoted(source: &Source, file: &str, sentence: &accounts::Sentence) -> String {
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
    format!("  {file}:{} ({why}): {shown}", text.line_at(sentence.span.start))
}
