//! Verification: every quote, aside and unused sentence is looked for in its source.

use super::Making;
use super::cards::{Draft, Wanted};
use super::fields::{Value, Words};
use super::hashes::{self, Record, TextState};
use super::mending::{Claim, Lack, Slot, differing};
use super::raw;
use super::report::{Fault, Placed, Report, Site};
use super::sources::Passages;
use crate::anchor::{Anchor, Haystack, Match, Miss};
use crate::bytes::first_at;
use crate::difference;
use crate::lines::ended_as;
use crate::model::{Card, Passage, Quote, SourceText};
use crate::problem::{Code, Mend, Page, Trust, ticked};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Display;

/// A quote to look for.
struct Asked<'b> {
    card: &'b Safe,
    /// Which of the card's quotes it is, from 1.
    number: usize,
    quote: &'b mut Quote,
    wanted: &'b Wanted<'b>,
}

/// A source's text being searched.
struct Text<'s> {
    haystack: Haystack<'s>,
    page: Page<'s>,
    /// The parts that are furniture or repeated.
    asides: Vec<Span>,
    state: TextState,
}

impl Making<'_> {
    /// Looks for everything that the tables say is in the sources, one source after the other.
    pub fn verify(&mut self, passages: Vec<Passages<'_>>, drafts: &[Draft<'_>]) {
        let Self { briefing, report, .. } = self;
        let mut quotes: Vec<Vec<Asked<'_>>> = briefing.sources.iter().map(|_| Vec::new()).collect();
        for (Card { id, quotes: of_card, .. }, draft) in briefing.cards.iter_mut().zip(drafts) {
            for (number, (quote, wanted)) in (1..).zip(of_card.iter_mut().zip(&draft.quotes)) {
                if let Some(of_source) = quotes.get_mut(quote.source.index()) {
                    of_source.push(Asked { card: id, number, quote, wanted });
                }
            }
        }
        for ((source, passages), mut quotes) in briefing.sources.iter_mut().zip(passages).zip(quotes) {
            let Some(text) = &source.text else { continue };
            let count = quotes.len() + passages.asides.len() + passages.unused.len();
            let mut text = Text::new(&source.file, text, count, &passages.record);
            // What stands in a line or a file that could not be read is not looked for.
            if !report.is_whole() {
                text.state.trust = Trust::Proposed;
            }
            let id = &source.id;
            let aside = |(number, aside)| text.aside(aside, &format_args!("{id}.aside.{number}"), report);
            let asides: Vec<Passage> = (1..).zip(passages.asides).filter_map(aside).collect();
            text.asides = asides.iter().map(|aside| aside.span).collect();
            let unused =
                |(number, unused)| text.unused(unused, &format_args!("{id}.unused.{number}"), report);
            let unused: Vec<Passage> = (1..).zip(passages.unused).filter_map(unused).collect();
            if quotes.is_empty()
                && let Some(file) = &passages.record.file
            {
                let fault = Fault::new(Code::NotQuoted, file.at, "no card quotes this source");
                report.add(fault.help("quote it, or take it out"));
            }
            for Asked { card, number, quote, wanted } in &mut quotes {
                quote.found = text.quote(wanted, &format_args!("{card}.{number}"), report);
            }
            for Asked { quote, wanted, .. } in &quotes {
                text.by(wanted, quote, report);
            }
            let state = text.state;
            hashes::check(source, &passages.record, &state, report);
            source.asides = asides;
            source.unused = unused;
        }
    }
}

/// What to do where words are left out in a way that is text like any other.
const OMISSION: &str = "to leave words out, give a list of parts: exact = [\"...\", \"...\"]";

/// So many bytes behind a part it stands again soon: more than a paragraph of prose, and little enough that a text of
/// one line is not read for every quote.
const SOON: usize = 4096;

/// What may stand between an ellipsis and the words that it parts: `a wait […] so`, `a wait. ... So`.
const AROUND_AN_ELLIPSIS: [char; 8] = ['[', ']', '(', ')', '.', ' ', '\r', '\n'];

impl<'s> Text<'s> {
    /// A text in which so many quotes are looked for.
    fn new(file: &Safe, text: &'s SourceText, quotes: usize, record: &Record<'_>) -> Self {
        Self {
            haystack: Haystack::new(text.raw()).expecting(quotes),
            page: text.page(hashes::seed(file)),
            asides: Vec::new(),
            state: TextState::new(record),
        }
    }

    fn quote(
        &mut self,
        wanted: &Wanted<'_>,
        id: &dyn Display,
        report: &mut Report<'_>,
    ) -> Result<Anchor, Miss> {
        let Wanted { table, at, fragments, key, nth, by: _ } = wanted;
        let slot = Slot { table: *table, behind: *at };
        let claim = Claim { id, words: fragments, slot, nth: nth.as_ref(), key: key.as_ref() };
        let found = self.find(&claim, *at, report);
        match &found {
            Ok(Anchor { matched: Match::Exact, .. }) => {}
            Ok(anchor) => {
                let is_one = claim.number().is_some() || anchor.of == Some(1);
                let moved = || claim.moved(&mut self.haystack, &anchor.parts, Trust::Sure, report);
                let mend = is_one.then(moved).flatten();
                let message = format!("marks or spaces are not those of {}", self.page.file());
                let fix = if mend.is_some() { "; brief check --fix writes it so" } else { "" };
                let has = self.words(anchor);
                // Blanks look alike, and a long quote leaves no room behind it.
                let help = match difference::blanks(&claim.joined(), &has) {
                    Some(blanks) => format!("it has {blanks}{fix}"),
                    None => format!("it has “{has}”{fix}"),
                };
                report.add(Fault::new(Code::Typographic, *at, message).mend(mend).help(help));
            }
            Err(miss) => self.missing(Code::QuoteNotFound, &claim, *at, miss, report),
        }
        found
    }

    /// Reports words for a quote's source that the text does not have.
    fn by(&mut self, wanted: &Wanted<'_>, quote: &Quote, report: &mut Report<'_>) {
        let Some(Placed { at, value: by }) = &wanted.by else { return };
        let near = quote.found.as_ref().map(Anchor::span).unwrap_or_default();
        if !self.haystack.may_say(by, near) {
            let message = format!("{} does not stand in {}", ticked(by), self.page.file());
            let help = "copy `by` from the text, or leave it out";
            report.add(Fault::new(Code::NotSaidBy, *at, message).help(help));
        }
    }

    fn aside(
        &mut self,
        table: Placed<raw::Aside<'_>>,
        id: &dyn Display,
        report: &mut Report<'_>,
    ) -> Option<Passage> {
        let Placed { at, value: raw } = table;
        let exact = report.words(at, "exact", raw.exact);
        let from = report.words(at, "from", raw.from);
        let to = report.words(at, "to", raw.to);
        let nth = report.field(at, "nth", raw.nth);
        let why = why(raw.why, at, "an aside", report);
        let fragments = match (exact, from, to) {
            (Some(exact), None, None) => vec![exact],
            (None, Some(from), Some(to)) => vec![from, to],
            (exact, ..) => {
                let help = match exact {
                    Some(_) => "take `from` and `to` out, or `exact`",
                    None => "add exact = ..., or from = ... and to = ...",
                };
                let fault = Fault::new(Code::MissingKey, at, "an aside is `exact`, or `from` and `to`");
                report.add(fault.help(help));
                return None;
            }
        };
        let slot = Slot { table: at, behind: fragments.last()?.at };
        let claim = Claim { id, words: &fragments, slot, nth: nth.as_ref(), key: None };
        self.passage(&claim, why, report)
    }

    fn unused(
        &mut self,
        table: Placed<raw::Unused<'_>>,
        id: &dyn Display,
        report: &mut Report<'_>,
    ) -> Option<Passage> {
        let Placed { at, value: raw } = table;
        report.need(at, "an unused sentence", "exact", &raw.exact);
        let exact = report.words(at, "exact", raw.exact);
        let nth = report.field(at, "nth", raw.nth);
        let why = why(raw.why, at, "an unused sentence", report);
        let words = exact?;
        let slot = Slot { table: at, behind: words.at };
        let claim = Claim { id, words: &[words], slot, nth: nth.as_ref(), key: None };
        self.passage(&claim, why, report)
    }

    /// The part of the text from the first of the words to the last.
    fn passage(&mut self, claim: &Claim<'_>, why: Safe, report: &mut Report<'_>) -> Option<Passage> {
        let at = claim.words.first()?.at;
        match self.find(claim, at, report) {
            Ok(anchor) => Some(Passage { span: anchor.span(), why }),
            Err(miss) => {
                self.missing(Code::PassageNotFound, claim, at, &miss, report);
                None
            }
        }
    }

    /// Looks for words, and reports where `nth` is wanted or wrong.
    fn find(&mut self, claim: &Claim<'_>, at: Site, report: &mut Report<'_>) -> Result<Anchor, Miss> {
        let fragments = claim.words.iter().map(|words| ended_as(&words.value, self.page.text()));
        let fragments: Vec<Cow<'_, str>> = fragments.collect();
        let found = self.haystack.find(&fragments, claim.number());
        if claim.nth.is_some() || !matches!(found, Ok(Anchor { of: Some(1), .. })) {
            self.state.trust = Trust::Proposed;
        }
        if let Ok(Anchor { parts, .. }) = &found {
            self.again(claim, parts, report);
        }
        let file = self.page.file();
        if self.state.has_changed {
            self.state.doubt(claim, &found, &self.page, report);
        }
        match (claim.nth, &found) {
            // What is wrong with it has been said.
            (None, _) if report.is_awry(claim.slot.table, "nth") => {}
            (None, Ok(Anchor { of: Some(of), matched, .. })) if *of > 1 => {
                let mend = match matched {
                    Match::Exact => claim.numbered(&mut self.haystack, *of, &self.asides, report),
                    Match::Typographic => None,
                };
                let message = format!("these words stand {of} times in {file}");
                let help = format!("say which: nth = 1 to {of}, or quote more words");
                report.add(Fault::new(Code::QuoteAmbiguous, at, message).mend(mend).help(help));
            }
            (None, Ok(Anchor { of: None, .. })) => {
                let message = format!("counting how often these words stand in {file} took too long");
                let help = "quote more words; or say that the first place is meant: nth = 1";
                report.add(Fault::new(Code::QuoteAmbiguous, at, message).help(help));
            }
            (Some(nth), Err(Miss::Beyond { of })) => {
                let often = if *of == 1 { "once".to_owned() } else { format!("{of} times") };
                let message = format!("these words stand {often} in {file}, not {} times", nth.value);
                // What was there as often is what is looked for; a number taken away would hide that it is not.
                let proposed = || claim.left(&mut self.haystack, *of, &self.page, report);
                let mend = self.state.has_changed.then(proposed).flatten();
                let help = match &mend {
                    Some(mend) => mend.said(),
                    None if *of == 1 => "leave `nth` out if this one place is meant".to_owned(),
                    None => format!("write nth = 1 to {of}"),
                };
                report.add(Fault::new(Code::NthOutOfRange, nth.at, message).mend(mend).help(help));
            }
            (Some(nth), _) if nth.value == 0 => {
                let fault = Fault::new(Code::NthOutOfRange, nth.at, "`nth` counts from 1");
                report.add(fault.help("write nth = 1 for the first place"));
            }
            (None, Ok(Anchor { of: Some(_), .. }))
            | (Some(_), Ok(_))
            | (
                _,
                Err(Miss::Beyond { .. } | Miss::Drifted { .. } | Miss::Absent | Miss::GivenUp | Miss::NoText),
            ) => {}
        }
        found
    }

    /// Reports a later part that stands again soon, before the next one, or in the same paragraph where there is none:
    /// no `nth` tells which of the two is meant.
    fn again(&self, claim: &Claim<'_>, parts: &[Span], report: &mut Report<'_>) {
        let text = self.page.text();
        for (number, part) in parts.iter().enumerate().skip(1) {
            let soon = text.floor_char_boundary(part.end.saturating_add(SOON));
            let rest = match parts.get(number + 1) {
                Some(next) => Span::new(part.end, next.start.min(soon)).of(text),
                None => Span::new(part.end, soon).of(text).lines().next().unwrap_or_default(),
            };
            let again = first_at(rest.as_bytes(), part.of(text).as_bytes());
            if let (Some(again), Some(words)) = (again, claim.words.get(number)) {
                let message = format!("{} stands twice behind the part before it", ticked(&words.value));
                let mut fault = Fault::new(Code::PartAmbiguous, words.at, message);
                // To count the columns of a text of one line reads all of it.
                if !report.is_full() {
                    let place = |at| {
                        let place = self.page.excerpt(Span::new(at, at));
                        format!("{}:{}", place.line, place.column)
                    };
                    let (first, again) = (place(part.start), place(part.end + again));
                    fault = fault.help(format!(
                        "at {first} and at {again} of {}, and the first is taken; quote more words of this part",
                        self.page.file()
                    ));
                }
                report.add(fault);
            }
        }
    }

    /// Reports words that are not there, unless that has been said.
    fn missing(&mut self, code: Code, claim: &Claim<'_>, at: Site, miss: &Miss, report: &mut Report<'_>) {
        let what = if code == Code::QuoteNotFound { "quote" } else { "passage" };
        let file = self.page.file();
        let fault = Fault::new(code, at, format!("{what} not found in {file}"));
        report.add(match miss {
            Miss::Drifted { .. } | Miss::Absent => {
                let (mend, nearest) = self.nearest(claim, miss, report);
                let omits = code == Code::QuoteNotFound && self.omits(claim);
                let help = if omits { OMISSION.to_owned() } else { nearest };
                fault.mend(mend).help(help)
            }
            Miss::GivenUp => {
                let message = format!("looking for the {what} in {file} took too long");
                let help =
                    if claim.nth.is_some() { "quote more words" } else { "take fewer words, or others" };
                Fault::new(code, at, message).help(help)
            }
            Miss::Beyond { .. } | Miss::NoText => return,
        });
    }

    /// Whether words with an ellipsis are those of the text around it.
    fn omits(&mut self, claim: &Claim<'_>) -> bool {
        let [words] = claim.words else { return false };
        let words = ended_as(&words.value, self.page.text()).replace("...", "…");
        let parts: Vec<&str> = words.split('…').map(|part| part.trim_matches(AROUND_AN_ELLIPSIS)).collect();
        parts.len() > 1 && !parts.contains(&"") && self.haystack.find(&parts, None).is_ok()
    }

    /// What stands there instead of words, or what of them does not: how that is mended, and a sentence.
    fn nearest(&mut self, claim: &Claim<'_>, miss: &Miss, report: &Report<'_>) -> (Option<Mend>, String) {
        if let Some(mend) = claim.trimmed(&mut self.haystack, &self.page, report) {
            let fix = if mend.trust == Trust::Sure { "; brief check --fix writes them so" } else { "" };
            let help = format!("{}{fix}", mend.said());
            return (Some(mend), help);
        }
        let nothing = || "nothing like it stands there".to_owned();
        if let (Miss::Absent, [_]) = (miss, claim.words) {
            return (None, nothing());
        }
        let lack = match claim.proposal(&mut self.haystack, &self.page, report) {
            Ok(mend) => {
                let help = mend.said();
                return (Some(mend), help);
            }
            Err(lack) => lack,
        };
        let help = match (lack, miss) {
            (Lack::Part(part), _) => format!("nothing like one of its parts stands there: {}", ticked(part)),
            (Lack::Order(lines), _) => {
                let what = "its parts, or words like them, stand there, but not in this order";
                let lines = match lines.as_slice() {
                    [first, rest @ ..] if rest.len() < 4 && rest.iter().any(|line| line != first) => {
                        let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
                        format!(": they are on lines {}", lines.join(", "))
                    }
                    _ => String::new(),
                };
                format!("{what}; take the order of the text{lines}")
            }
            (Lack::Shared, _) => {
                "two of its parts, or words like them, share words there; make one of them".to_owned()
            }
            (Lack::GivenUp, Miss::Absent) => {
                "looking for its parts took too long; take fewer words, or others".to_owned()
            }
            (Lack::GivenUp | Lack::Unknown, Miss::Drifted { place, .. }) => {
                let differs = differing(&claim.joined(), place.of(self.page.text()));
                format!("nearest is line {}: {differs}", self.page.line(place.start))
            }
            (Lack::GivenUp | Lack::Unknown, _) => nothing(),
        };
        (None, help)
    }

    /// The words that were found, as the text has them.
    fn words(&self, anchor: &Anchor) -> String {
        let parts: Vec<&str> = anchor.parts.iter().map(|part| part.of(self.page.text())).collect();
        parts.join(" … ")
    }
}

/// The reason for a passage; there must be one.
fn why(why: Value<Words<'_>>, at: Site, what: &str, report: &mut Report<'_>) -> Safe {
    report.need(at, what, "why", &why);
    report.line(at, "why", why).unwrap_or_default()
}
