//! The hash that is recorded of a source's text: whether it still is that text's, and how it becomes so.

use super::fields::Words;
use super::mending::{Claim, Slot};
use super::report::{Fault, Placed, Report, Site};
use crate::anchor::{Anchor, Miss};
use crate::model::{self, Source};
use crate::problem::{Code, Mend, Page, Trust, ticked};
use crate::sanitize::Safe;
use crate::span::Span;
use crate::toml_string::toml_string;

/// What is recorded of a source's file.
pub struct Record<'t> {
    /// The source's table.
    pub table: Site,
    pub file: Option<Placed<Words<'t>>>,
    pub hash: Option<Placed<Words<'t>>>,
    /// The SHA-256 that the file has, where that was wanted.
    pub found: Option<String>,
}

/// How a text stands to what is recorded and said of it.
pub struct TextState {
    /// Whether another hash is recorded.
    pub has_changed: bool,
    /// Whether all that is said of it stands there, and nothing needed counting or may span more than it did.
    pub trust: Trust,
    /// What was counted in it before it changed, each with the line that it leads to now.
    counted: Vec<String>,
    /// What was joined of several parts before it changed, each with the lines that it spans now.
    joined: Vec<String>,
}

impl TextState {
    /// The state of a text, before anything is looked for in it.
    pub fn new(record: &Record<'_>) -> Self {
        let found = record.found.as_deref().unwrap_or_default();
        let differs = |given: &Placed<_>| !is_blank(given) && !given.value.eq_ignore_ascii_case(found);
        let has_changed = record.hash.as_ref().is_some_and(differs);
        Self { has_changed, trust: Trust::Sure, counted: Vec::new(), joined: Vec::new() }
    }

    /// Notes where words that stand in a text that has changed may stand by chance: a number was counted in another
    /// text, and behind the first part of several another place of the next can follow than the one that did.
    pub fn doubt(
        &mut self,
        claim: &Claim<'_>,
        found: &Result<Anchor, Miss>,
        page: &Page<'_>,
        report: &mut Report<'_>,
    ) {
        match (claim.nth, found) {
            (Some(nth), Ok(anchor)) => {
                let line = page.line(anchor.span().start);
                self.counted.push(format!("{} (line {line})", claim.id));
                let message = format!("`nth` counts in {}, which has changed", page.file());
                let help =
                    format!("see whether line {line} is meant; brief anchor then records the new hash");
                report.add(Fault::new(Code::CountedBefore, nth.at, message).help(help));
            }
            (Some(nth), Err(Miss::Beyond { .. })) => {
                self.counted.push(format!("{} (there is no place {})", claim.id, nth.value));
            }
            (None, Ok(anchor)) if anchor.parts.len() > 1 => {
                let Span { start, end } = anchor.span();
                self.trust = Trust::Proposed;
                self.joined.push(match (page.line(start), page.line(end)) {
                    (first, last) if first == last => format!("{} (line {first})", claim.id),
                    (first, last) => format!("{} (lines {first} to {last})", claim.id),
                });
            }
            (None, Ok(_) | Err(Miss::Beyond { .. }))
            | (_, Err(Miss::Drifted { .. } | Miss::Absent | Miss::GivenUp | Miss::NoText)) => {}
        }
    }

    /// What a person looks at before another hash is recorded, as a clause behind what that does.
    fn first(&self) -> String {
        let counted = || format!("which place `nth` means in {}", few(&self.counted));
        let joined = || format!("whether the parts of {} still belong together", few(&self.joined));
        match (self.counted.as_slice(), self.joined.as_slice()) {
            ([], []) => String::new(),
            (_, []) => format!("; see first {}", counted()),
            ([], _) => format!("; see first {}", joined()),
            _ => format!("; see first {}, and {}", counted(), joined()),
        }
    }
}

/// The first of some things, and how many more there are where they are many.
fn few(things: &[String]) -> String {
    match things {
        [first, second, third, _, _, rest @ ..] => {
            format!("{first}, {second}, {third} and {} more", rest.len() + 2)
        }
        few => few.join(", "),
    }
}

/// Whether a place for a hash holds none.
fn is_blank(hash: &Placed<Words<'_>>) -> bool {
    hash.value.trim_start().is_empty()
}

/// The path of a source's file in the library.
pub fn seed(file: &str) -> Safe {
    Safe::line(&model::seed(file))
}

/// Says whether a source's text is the one whose hash was recorded. Where everything that is said of the text stands
/// there in one piece and nothing is counted in it, no new hash can hide that something drifted.
pub fn check(source: &Source, record: &Record<'_>, state: &TextState, report: &mut Report<'_>) {
    let mend = mend(&source.id, record, state, report);
    if let Some(given) = record.hash.as_ref().filter(|given| is_blank(given)) {
        let fault = Fault::new(Code::Empty, given.at, "`sha256` is empty");
        let help = if mend.is_some() { "brief check --fix records it" } else { "leave it out" };
        report.add(fault.mend(mend).help(help));
        return;
    }
    let (Some(_), Some(file)) = (&source.text, &record.file) else { return };
    match &record.hash {
        Some(_) if !state.has_changed => {}
        Some(given) => {
            let message = format!("{} is not the text whose hash this is", ticked(&seed(&file.value)));
            let next = match state.trust {
                Trust::Sure => "all that is quoted stands there; brief check --fix records the new hash",
                Trust::Proposed => "brief anchor shows what may have drifted, and records the new hash",
            };
            let fault = Fault::new(Code::HashDiffers, given.at, message).mend(mend);
            let found = record.found.as_deref().unwrap_or_default();
            report.add(fault.help(format!("{next}, {found}")));
        }
        // What is wrong with the one that is there has been said.
        None if report.is_awry(record.table, "sha256") => {}
        None => {
            let fault = Fault::new(Code::NoHash, file.at, "no hash is recorded of this text");
            report.add(fault.mend(mend).help("brief check --fix records it"));
        }
    }
}

/// The hash of a text, recorded where another stands, or behind the name of its file. A first one hides
/// nothing; another in its place is as certain as that what is said of the text stands there.
fn mend(id: &Safe, record: &Record, state: &TextState, report: &Report<'_>) -> Option<Mend> {
    let file = record.file.as_ref()?;
    let value = toml_string(record.found.as_ref()?);
    let (edit, trust) = match &record.hash {
        Some(given) if is_blank(given) => ((given.at.span, value), Trust::Sure),
        Some(given) => ((given.at.span, value), state.trust),
        None => {
            let slot = Slot { table: record.table, behind: file.at };
            (slot.filled("sha256", &value, report), Trust::Sure)
        }
    };
    let what = Safe::line(&format!("the hash of {} as it is now{}", seed(&file.value), state.first()));
    Some(Mend { id: id.clone(), trust, what, near: None, edits: vec![edit] })
}
