//! `brief anchor`: what a changed text has moved, and what is proposed; a person accepts, one by one.

use super::args::{Anchor, Args};
use super::mending::{Bench, mends};
use super::{CONTENT, print};
use crate::load::Shelf;
use crate::model::Briefing;
use crate::nearest::nearest;
use crate::problem::{Certainty, Code, Mend, Problem};
use crate::sanitize::Safe;
use anyhow::{Result, bail};
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
        let shown: String = proposals(&briefing).map(|(problem, mend)| told(problem, mend)).collect();
        let code = if shown.is_empty() { 0 } else { CONTENT };
        return Ok(print::finish(print::text(&(shown + &lost(&briefing))), code));
    }
    ask(&bench, &briefing)
}

/// What is proposed and not certain; hashes last, since they tell as long as something has drifted.
fn proposals(briefing: &Briefing) -> impl Iterator<Item = (&Problem, &Mend)> {
    let proposed = || mends(briefing).filter(|(_, mend)| mend.certainty == Certainty::Proposed);
    let is_hash = |problem: &Problem| problem.code == Code::HashDiffers;
    let hashes = proposed().filter(move |(problem, _)| is_hash(problem));
    proposed().filter(move |(problem, _)| !is_hash(problem)).chain(hashes)
}

/// A proposal: what it is about, where, and what would change.
fn told(problem: &Problem, mend: &Mend) -> String {
    let line = problem.excerpt.as_ref().map(|excerpt| format!(":{}", excerpt.line)).unwrap_or_default();
    let mut told = format!("{}  {}{line}  {}\n", mend.id, problem.file, problem.message);
    let nearest = problem.help.as_deref().and_then(|help| help.split_once(": ")).map(|(place, _)| place);
    if let Some(place) = nearest.filter(|place| place.starts_with("nearest")) {
        let _ = writeln!(told, "    {place}");
    }
    let _ = writeln!(told, "    {}", mend.what);
    told
}

/// How many quotes are not in their sources, with nothing like them there.
fn lost(briefing: &Briefing) -> String {
    let is_lost = |problem: &&Problem| {
        matches!(problem.code, Code::QuoteNotFound | Code::PassageNotFound) && problem.mend.is_none()
    };
    match briefing.problems.iter().filter(is_lost).count() {
        0 => String::new(),
        1 => "1 more has nothing like it in its source; brief check shows it\n".to_owned(),
        count => format!("{count} more have nothing like them in their sources; brief check shows them\n"),
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
    let made =
        bench.mend(&|mend| mend.certainty == Certainty::Proposed && ids.iter().any(|id| **id == *mend.id))?;
    let code = if made.len() < ids.len() { CONTENT } else { 0 };
    if code != 0 {
        print::complain("not everything could be written so that it reads back well; mend it by hand");
    }
    Ok(print::finish(print::text(&lines(&made)), code))
}

fn lines(made: &[String]) -> String {
    made.iter().map(|line| format!("{line}\n")).collect()
}

/// Asks about each proposal.
fn ask(bench: &Bench<'_>, briefing: &Briefing) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    let mut answers = io::stdin().lock().lines();
    for (problem, mend) in proposals(briefing) {
        write!(out, "{}", told(problem, mend))?;
        loop {
            write!(out, "accept, skip or quit? [a/s/q] ")?;
            out.flush()?;
            let Some(answer) = answers.next().transpose()? else { return Ok(ExitCode::SUCCESS) };
            match answer.trim() {
                "a" | "accept" => {
                    let is_this =
                        |other: &Mend| other.certainty == Certainty::Proposed && other.id == mend.id;
                    let made = bench.mend(&is_this)?;
                    let said =
                        if made.is_empty() { "it cannot be written; mend it by hand" } else { "accepted\n" };
                    writeln!(out, "{said}")?;
                    break;
                }
                "s" | "skip" => {
                    writeln!(out)?;
                    break;
                }
                "q" | "quit" => return Ok(ExitCode::SUCCESS),
                "" => {}
                other => {
                    let other = Safe::line(other);
                    writeln!(
                        out,
                        "“{other}” is none of them: a accepts this one, s leaves it as it is, q ends"
                    )?;
                }
            }
        }
    }
    write!(out, "nothing more is proposed\n{}", lost(&bench.library.open(Some(bench.name))?))?;
    Ok(ExitCode::SUCCESS)
}
