//! `brief anchor`: what a changed text has moved, and what is proposed; a person accepts, one by one.

use super::args::{Anchor, Args};
use super::mending::{Bench, mends};
use super::{CONTENT, print};
use crate::load::{Library, Shelf};
use crate::model::Briefing;
use crate::nearest::nearest;
use crate::problem::{Code, Mend, Problem, Trust};
use crate::sanitize::Safe;
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Write as _};
use std::process::ExitCode;

/// Lists what is proposed, accepts what is named, or asks about each.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &Anchor) -> Result<ExitCode> {
    let briefing = shelf.open(args.briefing.as_deref())?;
    let bench = Bench { library: shelf.library_of(&briefing.name)?, name: &briefing.name };
    if !wanted.accept.is_empty() {
        return accept(&bench, &briefing, &wanted.accept);
    }
    if wanted.list || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        let shown: String =
            proposals(&briefing).map(|(problem, mend)| told(bench.library, problem, mend)).collect();
        let code = if shown.is_empty() { 0 } else { CONTENT };
        return Ok(print::finish(print::text(&(shown + &lost(&briefing))), code));
    }
    ask(&bench)
}

/// What is not certain, and then every hash that differs: it tells as long as something has drifted, and
/// who has accepted the last of that has not seen it go.
fn proposals(briefing: &Briefing) -> impl Iterator<Item = (&Problem, &Mend)> {
    let is_hash = |problem: &Problem| problem.code == Code::HashDiffers;
    let hashes = mends(briefing).filter(move |(problem, _)| is_hash(problem));
    let others = mends(briefing).filter(move |(problem, _)| !is_hash(problem));
    others.filter(|(_, mend)| mend.trust == Trust::Proposed).chain(hashes)
}

/// A proposal: what it is about, where, and what would change.
fn told(library: &Library, problem: &Problem, mend: &Mend) -> String {
    let mut told = format!("{}  {}  {}\n", mend.id, library.seen(problem).place(), problem.message);
    if let Some(near) = mend.near {
        let _ = writeln!(told, "    nearest is line {near}");
    }
    let _ = writeln!(told, "    {}", mend.what);
    told
}

/// How many quotes are not in their sources, with nothing proposed for them.
fn lost(briefing: &Briefing) -> String {
    let is_lost = |problem: &&Problem| {
        matches!(problem.code, Code::QuoteNotFound | Code::PassageNotFound) && problem.mend.is_none()
    };
    match briefing.problems.iter().filter(is_lost).count() {
        0 => String::new(),
        1 => "1 more was not found in its source, and nothing is proposed for it; brief check shows it\n"
            .to_owned(),
        count => format!(
            "{count} more were not found in their sources, and nothing is proposed for them; brief check shows them\n"
        ),
    }
}

fn accept(bench: &Bench<'_>, briefing: &Briefing, ids: &[String]) -> Result<ExitCode> {
    for id in ids {
        if !proposals(briefing).any(|(_, mend)| *mend.id == **id) {
            let near = nearest(id, proposals(briefing).map(|(_, mend)| &*mend.id), 3);
            match near.as_slice() {
                [] => bail!("nothing is proposed for “{id}”; brief anchor --list shows what is"),
                near => bail!("nothing is proposed for “{id}”; the nearest: {}", near.join(", ")),
            }
        }
    }
    let made = bench.mend(&|mend| ids.iter().any(|id| **id == *mend.id))?;
    let is_made = |id: &str| made.iter().any(|made| *made.id == *id);
    let unmade: BTreeSet<&str> = ids.iter().map(String::as_str).filter(|id| !is_made(id)).collect();
    let code = if unmade.is_empty() { 0 } else { CONTENT };
    if code != 0 {
        let unmade = unmade.into_iter().collect::<Vec<_>>().join(", ");
        print::complain(&format!(
            "{unmade} could not be written so that the file reads back well; \
             mend by hand what brief anchor --list shows"
        ));
    }
    let lines: String = made.iter().map(|made| format!("{}\n", made.line)).collect();
    Ok(print::finish(print::text(&lines), code))
}

/// Asks about each proposal, of the files as they are by then; writes what was shown, or nothing.
fn ask(bench: &Bench<'_>) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut answers = io::stdin().lock().split(b'\n');
    // By what a person was told of it; where it stands changes with the files.
    let mut passed: Vec<(Safe, Safe)> = Vec::new();
    loop {
        let briefing = bench.library.open(Some(bench.name))?;
        let name = |mend: &Mend| (mend.id.clone(), mend.what.clone());
        let Some((problem, mend)) = proposals(&briefing).find(|(_, mend)| !passed.contains(&name(mend)))
        else {
            write!(out, "nothing more is proposed\n{}", lost(&briefing))?;
            return Ok(ExitCode::SUCCESS);
        };
        write!(out, "{}", told(bench.library, problem, mend))?;
        match answer(&mut out, &mut answers)? {
            Answer::Accept => {
                let made = bench.mend(&|other| other == mend)?;
                let now = bench.library.open(Some(bench.name))?;
                let said = if !made.is_empty() {
                    "accepted"
                } else if proposals(&now).any(|(_, other)| other == mend) {
                    passed.push(name(mend));
                    "it cannot be written; mend it by hand"
                } else {
                    "nothing is written: it has changed meanwhile"
                };
                writeln!(out, "{said}\n")?;
            }
            Answer::Skip => {
                passed.push(name(mend));
                writeln!(out)?;
            }
            Answer::Quit => return Ok(ExitCode::SUCCESS),
        }
    }
}

/// What a person wants done with a proposal.
enum Answer {
    Accept,
    Skip,
    Quit,
}

/// Asks until there is an answer; the end of input is one.
fn answer(
    out: &mut dyn io::Write,
    answers: &mut dyn Iterator<Item = io::Result<Vec<u8>>>,
) -> io::Result<Answer> {
    loop {
        write!(out, "accept, skip or quit? [a/s/q] ")?;
        out.flush()?;
        let Some(answer) = answers.next().transpose()? else { return Ok(Answer::Quit) };
        match String::from_utf8_lossy(&answer).trim() {
            "a" | "accept" => return Ok(Answer::Accept),
            "s" | "skip" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            "" => {}
            other => {
                let other = Safe::line(other);
                writeln!(out, "“{other}” is none of them: a accepts this one, s leaves it as it is, q ends")?;
            }
        }
    }
}
