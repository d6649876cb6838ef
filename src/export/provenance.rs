//! Where a quote is from, whole, as programs read it.

use super::Extract;
use crate::cite;
use crate::date::Date;
use crate::model::{Basis, Quote};
use serde::Serialize;

/// Where a quote is from. The words are those of the briefing's files, dates as they are written there.
#[derive(Clone, Debug, Serialize)]
pub struct Provenance<'b> {
    /// The text's own words for its source.
    pub by: Option<&'b str>,
    /// What the passage rests on.
    pub basis: Option<&'static str>,
    /// The name of who reported it first.
    pub origin: Option<&'b str>,
    /// The source's title.
    pub title: &'b str,
    /// Who published the source.
    pub outlet: Option<&'b str>,
    /// Who wrote the source.
    pub author: Option<&'b str>,
    /// When the source was published.
    pub date: Option<String>,
    /// Where the source can be found.
    pub url: Option<&'b str>,
    /// The source's file, from the library's folder.
    pub file: String,
    /// The line of the file, from 1, that the quote begins on.
    pub line: Option<usize>,
    /// How well it matches.
    pub grade: &'static str,
    /// How many times it leaves out words of the source, each shown as `…` in its own words.
    pub omissions: Option<usize>,
    /// Which of its places this is, from 1.
    pub nth: Option<usize>,
    /// At how many places it stands.
    pub of: Option<usize>,
    /// The SHA-256 of the source's text.
    pub sha256: Option<&'b str>,
    /// The name of the briefing.
    pub briefing: &'b str,
}

impl<'b> Provenance<'b> {
    /// Where a quote of the extract's briefing is from.
    #[must_use]
    pub fn new(extract: &'b Extract<'b>, quote: &'b Quote) -> Self {
        let briefing = extract.briefing;
        let source = &briefing[quote.source];
        let anchor = quote.found.as_ref().ok();
        Self {
            by: quote.by.as_deref(),
            basis: quote.basis.map(Basis::written),
            origin: quote.origin.map(|origin| &*briefing[origin].name),
            title: &source.title,
            outlet: source.outlet.as_deref(),
            author: source.author.as_deref(),
            date: source.date.map(Date::iso),
            url: source.url.as_deref(),
            file: source.path(),
            line: cite::line(briefing, quote),
            grade: quote.grade().word(),
            omissions: quote.omissions(),
            nth: anchor.map(|anchor| anchor.nth),
            of: anchor.and_then(|anchor| anchor.of),
            sha256: extract.digest(quote.source),
            briefing: &briefing.name,
        }
    }
}
