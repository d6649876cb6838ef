//! `brief quote`: where words stand in a source, each place with the table that quotes it.
//!
//! Whatever is no table is a remark, so that what is printed can be put into a file as it is.

use super::args::Quote;
use super::{CONTENT, print};
use crate::anchor::{Anchor, Haystack, Match};
use crate::difference;
use crate::load::Shelf;
use crate::model::{Briefing, Source, SourceText};
use crate::nearest::nearest;
use crate::paste::Clipping;
use crate::sanitize::Safe;
use crate::span::Span;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::process::ExitCode;

/// How many places of the same words are shown.
const PLACES: usize = 10;
/// How many passages that are only like the words are shown.
const LIKE: usize = 5;
/// How many characters are shown before and behind a passage.
const AROUND: usize = 60;

/// Looks for words in a source, exactly, then typographically, then for what is like them.
pub(super) fn run(shelf: &Shelf, briefing: Option<&str>, wanted: &Quote) -> Result<ExitCode> {
    let briefing = shelf.open(briefing)?;
    let source = find_source(&briefing, &wanted.source)?;
    let text = source.text.as_ref().with_context(|| format!("{} cannot be read", source.path()))?;
    let words = wanted.words.join(" ");
    let show = Show { source, text, wanted };
    let mut haystack = Haystack::new(text.raw());
    let shown = match haystack.find(&[&words], None) {
        Ok(first) => show.verbatim(&mut haystack, &words, &first),
        Err(_) => show.like(&mut haystack, &words),
    };
    if shown.is_empty() {
        let quoted = Safe::line(&words);
        print::complain(&format!(
            "nothing like “{quoted}” stands in {}; take fewer words, or others",
            source.path()
        ));
        return Ok(ExitCode::from(CONTENT));
    }
    Ok(print::finish(print::text(&shown), 0))
}

/// The source of an id, or of a file with or without `seeds/`; in any case, where no other is called so.
fn find_source<'b>(briefing: &'b Briefing, name: &str) -> Result<&'b Source> {
    let file = name.strip_prefix("./").unwrap_or(name);
    let file = file.strip_prefix("seeds/").unwrap_or(file);
    let found = briefing.sources.iter().find(|source| &*source.id == name || &*source.file == file);
    if let Some(source) = found {
        return Ok(source);
    }
    let (name_small, file_small) = (name.to_lowercase(), file.to_lowercase());
    let is_called =
        |source: &&Source| source.id.to_lowercase() == name_small || source.file.to_lowercase() == file_small;
    let mut called = briefing.sources.iter().filter(is_called);
    if let (Some(source), None) = (called.next(), called.next()) {
        return Ok(source);
    }
    let ids = briefing.sources.iter().map(|source| &*source.id);
    let near = nearest(name, ids.clone(), 3);
    match near.as_slice() {
        [] => bail!("there is no source “{name}”; there are: {}", ids.collect::<Vec<_>>().join(", ")),
        near => bail!("there is no source “{name}”; the nearest: {}", near.join(", ")),
    }
}

/// What is shown of a source.
struct Show<'s> {
    source: &'s Source,
    text: &'s SourceText,
    wanted: &'s Quote,
}

impl Show<'_> {
    /// The places where the words stand.
    fn verbatim(&self, haystack: &mut Haystack<'_>, words: &str, first: &Anchor) -> String {
        let mut shown = String::new();
        let of = first.of.unwrap_or(1);
        for nth in 1..=of.min(PLACES) {
            let Ok(anchor) = haystack.find(&[words], Some(nth)) else { break };
            let how = match anchor.matched {
                Match::Exact => "exact",
                Match::Typographic => "typographic: the marks and spaces below are the source's",
            };
            let which = if of > 1 { format!(", place {nth} of {of}") } else { String::new() };
            self.place(anchor.span(), &format!("{how}{which}"), &mut shown);
        }
        if of > PLACES {
            let _ = writeln!(shown, "# and {} more places: add words to say which", of - PLACES);
        }
        shown
    }

    /// The passages that are like the words.
    fn like(&self, haystack: &mut Haystack<'_>, words: &str) -> String {
        let mut shown = String::new();
        for (span, agreement) in haystack.like(words).into_iter().take(LIKE) {
            let mut how = match agreement {
                100 => "these words, written otherwise".to_owned(),
                part => format!("not these words, {part} % of them"),
            };
            if let Some(difference) = difference::between(words, span.of(self.text.raw())) {
                let _ = write!(how, ": {}", Safe::line(&difference));
            }
            self.place(span, &how, &mut shown);
        }
        shown
    }

    /// One passage: where it is, how it was found, what stands round it, its table.
    fn place(&self, span: Span, how: &str, shown: &mut String) {
        let Self { source, text, wanted } = self;
        if !shown.is_empty() {
            shown.push('\n');
        }
        let _ = writeln!(shown, "# {}:{}: {how}", source.path(), text.line_at(span.start));
        let _ = writeln!(shown, "#   {}", around(text.raw(), span));
        let clipping =
            Clipping { source: &source.id, raw: text.raw(), parts: &[span], family: wanted.kind.family() };
        match clipping.table() {
            Some(table) => shown.push_str(&table),
            None => shown.push_str("# these words cannot be quoted: quote more or fewer\n"),
        }
    }
}

/// A passage in brackets with what stands round it on its line, as one line.
fn around(raw: &str, span: Span) -> String {
    let before = Span::new(0, span.start).of(raw);
    let before = before.get(before.rfind('\n').map_or(0, |end| end + 1)..).unwrap_or_default();
    let after = Span::new(span.end, raw.len()).of(raw).lines().next().unwrap_or_default();
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let (left, right) = (if from > 0 { "…" } else { "" }, if to < after.len() { "…" } else { "" });
    let (before, after) = (before.get(from..).unwrap_or_default(), after.get(..to).unwrap_or_default());
    Safe::line(&format!("{left}{before}[{}]{after}{right}", span.of(raw))).to_string()
}

#[cfg(test)]
mod tests {
    use super::around;
    use crate::span::Span;

    #[test]
    fn a_passage_is_shown_in_brackets_with_its_line() {
        let long = "é—漢🦀 ".repeat(40);
        let raw = format!("Before.\nSo we will wait.\r\n{long}here{long}");
        let at = |words: &str| Span::new(raw.find(words).unwrap(), raw.find(words).unwrap() + words.len());
        assert_eq!(around(&raw, at("we will")), "So [we will] wait.");
        let over = around(&raw, at("wait.\r\né"));
        assert!(over.starts_with("So we will [wait. é]—漢🦀 é—") && over.ends_with('…'), "{over}");
        let here = around(&raw, at("here"));
        assert!(here.starts_with('…') && here.ends_with('…') && here.contains(" [here]é—漢🦀 "), "{here}");
    }
}
