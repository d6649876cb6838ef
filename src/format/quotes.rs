//! Verification: every quote, aside and unused sentence is looked for in its source.

use super::cards::{Draft, Wanted};
use super::fields::Value;
use super::raw;
use super::report::{Fault, Place, Placed, Report};
use super::sources::Passages;
use crate::anchor::{Anchor, Grade, Haystack, Miss};
use crate::model::{Briefing, Found, Passage, Quote, SourceText};
use crate::problem::{Code, Page};
use crate::sanitize::Safe;
use std::borrow::Cow;

/// A source's text being searched.
struct Text<'s> {
    haystack: Haystack<'s>,
    page: Page<'s>,
}

/// Looks for everything that the tables say is in the sources, one source after the other.
pub fn verify(briefing: &mut Briefing, passages: Vec<Passages>, drafts: &[Draft], report: &mut Report<'_>) {
    let mut quotes: Vec<Vec<(&mut Quote, &Wanted)>> = briefing.sources.iter().map(|_| Vec::new()).collect();
    for (card, draft) in briefing.cards.iter_mut().zip(drafts) {
        for (quote, wanted) in card.quotes.iter_mut().zip(&draft.quotes) {
            if let Some(of_source) = quotes.get_mut(quote.source.index()) {
                of_source.push((quote, wanted));
            }
        }
    }
    for ((source, passages), quotes) in briefing.sources.iter_mut().zip(passages).zip(quotes) {
        let Some(mut text) = source.text.as_ref().map(|text| Text::new(&source.file, text)) else { continue };
        text.seek(&passages, quotes.iter().map(|(_, wanted)| *wanted));
        let asides = passages.asides.into_iter().filter_map(|aside| text.aside(aside, report)).collect();
        let unused = passages.unused.into_iter().filter_map(|unused| text.unused(unused, report)).collect();
        for (quote, wanted) in quotes {
            quote.found = text.quote(wanted, report);
        }
        source.asides = asides;
        source.unused = unused;
    }
}

impl<'s> Text<'s> {
    fn new(file: &Safe, text: &'s SourceText) -> Self {
        let path = Safe::line(&format!("seeds/{file}"));
        Self { haystack: Haystack::new(&text.raw), page: Page::new(path, &text.raw) }
    }

    /// Looks for everything together that is going to be looked for.
    fn seek<'w>(&mut self, passages: &'w Passages, quotes: impl Iterator<Item = &'w Wanted>) {
        let asides = passages.asides.iter().map(|aside| &aside.value);
        let asides = asides.flat_map(|aside| [&aside.exact, &aside.from, &aside.to]);
        let unused = passages.unused.iter().map(|unused| &unused.value.exact);
        let passages = asides.chain(unused).filter_map(|value| value.as_ref()?.get_ref().0.as_ref().ok());
        let words = quotes.flat_map(|wanted| &wanted.fragments).chain(passages);
        let words: Vec<Cow<'_, str>> = words.map(|words| self.own_line_ends(words)).collect();
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        self.haystack.seek(&words);
    }

    fn quote(&mut self, wanted: &Wanted, report: &mut Report<'_>) -> Found {
        let fragments: Vec<&str> = wanted.fragments.iter().map(String::as_str).collect();
        match self.find(&fragments, wanted.at, wanted.nth.as_ref(), report) {
            Ok(anchor) => {
                if anchor.grade == Grade::Typographic {
                    let message = format!("marks or spaces are not those of {}", self.page.file());
                    let fault = Fault::new(Code::Typographic, wanted.at, message);
                    report.add(fault.help(format!("it has “{}”", self.words(&anchor))));
                }
                Found::Verbatim(anchor)
            }
            Err(miss) => {
                if let Some(fault) = self.missing(Code::QuoteNotFound, "quote", wanted.at, &miss) {
                    report.add(fault);
                }
                Found::Missing(miss)
            }
        }
    }

    fn aside(&mut self, table: Placed<raw::Aside>, report: &mut Report<'_>) -> Option<Passage> {
        let Placed { at, value: raw } = table;
        let exact = report.words(at, "exact", raw.exact);
        let from = report.words(at, "from", raw.from);
        let to = report.words(at, "to", raw.to);
        let nth = report.field(at, "nth", raw.nth);
        let why = why(raw.why, at, "an aside", report);
        let fragments = match (exact, from, to) {
            (Some(exact), None, None) => vec![exact],
            (None, Some(from), Some(to)) => vec![from, to],
            _ => {
                let fault = Fault::new(Code::MissingKey, at, "an aside is `exact`, or `from` and `to`");
                report.add(fault.help("add exact = ..., or from = ... and to = ..."));
                return None;
            }
        };
        self.passage(&fragments, nth.as_ref(), why, report)
    }

    fn unused(&mut self, table: Placed<raw::Unused>, report: &mut Report<'_>) -> Option<Passage> {
        let Placed { at, value: raw } = table;
        report.need(at, "an unused sentence", "exact", &raw.exact);
        let exact = report.words(at, "exact", raw.exact);
        let nth = report.field(at, "nth", raw.nth);
        let why = why(raw.why, at, "an unused sentence", report);
        self.passage(&[exact?], nth.as_ref(), why, report)
    }

    /// The part of the text from the first of the words to the last.
    fn passage(
        &mut self,
        words: &[Placed<String>],
        nth: Option<&Placed<u32>>,
        why: Safe,
        report: &mut Report<'_>,
    ) -> Option<Passage> {
        let at = words.first()?.at;
        let fragments: Vec<&str> = words.iter().map(|words| words.value.as_str()).collect();
        match self.find(&fragments, at, nth, report) {
            Ok(anchor) => Some(Passage { span: anchor.span(), why }),
            Err(miss) => {
                if let Some(fault) = self.missing(Code::PassageNotFound, "passage", at, &miss) {
                    report.add(fault);
                }
                None
            }
        }
    }

    /// Looks for words, and reports where `nth` is wanted or wrong.
    fn find(
        &mut self,
        fragments: &[&str],
        at: Place,
        nth: Option<&Placed<u32>>,
        report: &mut Report<'_>,
    ) -> Result<Anchor, Miss> {
        let fragments: Vec<Cow<'_, str>> = fragments.iter().map(|words| self.own_line_ends(words)).collect();
        let fragments: Vec<&str> = fragments.iter().map(AsRef::as_ref).collect();
        let number = nth.map(|nth| nth.value as usize).filter(|&nth| nth > 0);
        let found = self.haystack.find(&fragments, number);
        let file = self.page.file();
        match (nth, &found) {
            (None, Ok(Anchor { of: Some(of), .. })) if *of > 1 => {
                let message = format!("these words stand {of} times in {file}");
                let help = format!("say which: nth = 1 to {of}, or quote more words");
                report.add(Fault::new(Code::QuoteAmbiguous, at, message).help(help));
            }
            (Some(nth), Err(Miss::Beyond { of })) => {
                let message = format!("these words stand {of} times in {file}, not {}", nth.value);
                let fault = Fault::new(Code::NthOutOfRange, nth.at, message);
                report.add(fault.help(format!("write nth = 1 to {of}")));
            }
            (Some(nth), _) if nth.value == 0 => {
                let fault = Fault::new(Code::NthOutOfRange, nth.at, "`nth` counts from 1");
                report.add(fault.help("write nth = 1 for the first place"));
            }
            _ => {}
        }
        found
    }

    /// Words with the text's own kind of line end.
    fn own_line_ends<'w>(&self, words: &'w str) -> Cow<'w, str> {
        if !words.contains('\n') {
            return Cow::Borrowed(words);
        }
        let plain = words.replace("\r\n", "\n");
        Cow::Owned(if self.page.text().contains("\r\n") { plain.replace('\n', "\r\n") } else { plain })
    }

    /// What to say of words that are not there, unless it has been said.
    fn missing(&self, code: Code, what: &str, at: Place, miss: &Miss) -> Option<Fault> {
        let fault = Fault::new(code, at, format!("{what} not found in {}", self.page.file()));
        match miss {
            Miss::Drifted { place, .. } => {
                let words = ticked_words(place.of(self.page.text()));
                Some(fault.help(format!("nearest is line {}: {words}", self.page.line(place.start))))
            }
            Miss::Absent => Some(fault.help("nothing like it stands there")),
            Miss::GivenUp => {
                let message = format!("looking for the {what} in {} took too long", self.page.file());
                Some(Fault::new(code, at, message).help("take fewer words, or others"))
            }
            Miss::Beyond { .. } | Miss::NoText => None,
        }
    }

    /// The words that were found, as the text has them.
    fn words(&self, anchor: &Anchor) -> String {
        let parts: Vec<&str> = anchor.parts.iter().map(|part| part.of(self.page.text())).collect();
        parts.join(" … ")
    }
}

/// Words of a source in quotation marks.
fn ticked_words(words: &str) -> String {
    format!("\"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The reason for a passage; there must be one.
fn why(why: Value<String>, at: Place, what: &str, report: &mut Report<'_>) -> Safe {
    report.need(at, what, "why", &why);
    report.line(at, "why", why).unwrap_or_default()
}
