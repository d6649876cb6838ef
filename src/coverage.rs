//! Which sentences of a source some card rests on: so that nothing is left out by oversight.

use crate::model::Source;
use crate::span::Span;

/// A sentence of a source, outside its asides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the raw text.
    pub span: Span,
    /// What became of it.
    pub account: Account,
}

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A card quotes it, or a part of it.
    Quoted,
    /// It is named as one that no card needs.
    Unused,
    /// Nothing accounts for it.
    Open,
}

/// The sentences of a source that are not wholly in asides; none when it could not be read.
#[must_use]
pub fn sentences(source: &Source) -> Vec<Sentence> {
    let Some(text) = &source.text else { return Vec::new() };
    let asides = Union::new(source.asides.iter().map(|aside| aside.span));
    let unused = Union::new(source.unused.iter().map(|unused| unused.span));
    let quoted = Union::new(source.quoted.iter().map(|quoted| quoted.span));
    let account = |span| {
        if quoted.touching(span).next().is_some() {
            Account::Quoted
        } else if unused.touching(span).next().is_some() {
            Account::Unused
        } else {
            Account::Open
        }
    };
    let spans = split(text.raw()).into_iter();
    let outside = spans.filter(|&span| !is_aside(&asides, text.raw(), span));
    outside.map(|span| Sentence { span, account: account(span) }).collect()
}

/// Whether asides leave no letter or digit of a span.
fn is_aside(asides: &Union, raw: &str, span: Span) -> bool {
    let has_words = |start, end| Span::new(start, end).of(raw).contains(char::is_alphanumeric);
    let mut at = span.start;
    for aside in asides.touching(span) {
        if has_words(at, aside.start) {
            return false;
        }
        at = aside.end;
    }
    at > span.start && !has_words(at, span.end)
}

/// Spans as what they cover together: in order, and none touching another.
struct Union(Vec<Span>);

impl Union {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, kept| {
            let joined = next.start <= kept.end;
            if joined {
                kept.end = kept.end.max(next.end);
            }
            joined
        });
        Self(spans)
    }

    /// What of it lies in a span, in order.
    fn touching(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.0.partition_point(|kept| kept.end <= span.start);
        let rest = self.0.get(first..).unwrap_or_default();
        rest.iter().map_while(move |kept| kept.overlap(span))
    }
}

/// Words that end in a stop without ending a sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "brig", "capt", "cf", "col", "dec", "dr", "e.g", "feb", "fig", "gen", "gov", "hon",
    "i.e", "jan", "jul", "jun", "lt", "maj", "messrs", "mr", "mrs", "ms", "nov", "oct", "pres", "prof",
    "rep", "rev", "sen", "sep", "sept", "sgt", "st", "vs",
];

/// Words that begin a sentence even after `U.S.`.
const BEGINNINGS: &[&str] = &[
    "A", "After", "Although", "An", "And", "As", "At", "But", "By", "For", "He", "However", "I", "If", "In",
    "It", "Its", "No", "Not", "On", "One", "Or", "She", "So", "Some", "That", "The", "Their", "There",
    "These", "They", "This", "To", "We", "What", "When", "While", "With", "You",
];

/// A text's sentences, without the blanks around them. A line ends one in any case.
#[must_use]
pub fn split(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let mut from = start;
        let mut at = start;
        while let Some(stop) = text.get(at..end).and_then(|rest| rest.find(is_stop)) {
            at = after_stop(text, at + stop, end);
            if ends_sentence(text, from, at, end) {
                sentences.extend(trimmed(text, from, at));
                from = at;
            }
        }
        sentences.extend(trimmed(text, from, end));
        start = end;
    }
    sentences
}

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// The place after the stops at `at` and the marks that close with them: `"so." [it]` -> after `"`.
fn after_stop(text: &str, at: usize, end: usize) -> usize {
    let closes = |c| is_stop(c) || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    let rest = text.get(at..end).unwrap_or_default();
    rest.find(|c| !closes(c)).map_or(end, |length| at + length)
}

/// Whether a sentence from `from` ends at `at`, right after a stop and what closes with it.
fn ends_sentence(text: &str, from: usize, at: usize, end: usize) -> bool {
    let rest = text.get(at..end).unwrap_or_default();
    let said = text.get(from..at).unwrap_or_default();
    if said.ends_with(['。', '！', '？']) {
        return true;
    }
    let next = rest.trim_start();
    if next.len() == rest.len() || next.starts_with(char::is_lowercase) {
        return false;
    }
    let Some(word) = said.strip_suffix('.') else { return true };
    let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘' | '-' | '–' | '—');
    let word = word.rsplit(opens).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let is_number = lower == "no" && next.starts_with(|c: char| c.is_ascii_digit());
    if is_number || ABBREVIATIONS.contains(&&*lower) {
        return false;
    }
    // `U.S.`, `J. D.`: letters, each with a stop.
    let is_initials = !word.is_empty() && word.split('.').all(|part| part.chars().count() == 1);
    let first = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    !is_initials || (word.len() > 1 && BEGINNINGS.contains(&first))
}

/// A span without the blanks around it, if it holds a letter or a digit.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let words = text.get(start..end)?;
    let start = start + words.len() - words.trim_start().len();
    let span = Span::new(start, start + words.trim().len());
    span.of(text).contains(char::is_alphanumeric).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::{Account, sentences, split};
    use crate::format::{Hashed, TomlFile, read};
    use crate::sanitize::Safe;
    use std::borrow::Cow;

    #[test]
    fn sentences_end_where_a_reader_would_say_so() {
        let cases: [(&str, &[&str]); 12] = [
            ("One. Two! Three? Four", &["One.", "Two!", "Three?", "Four"]),
            ("Mr. Witkoff met Col. Ivanov. They spoke.", &["Mr. Witkoff met Col. Ivanov.", "They spoke."]),
            (
                "The U.S. Army left. In the U.S. The plan grew.",
                &["The U.S. Army left.", "In the U.S.", "The plan grew."],
            ),
            ("He said “no.” Then “é—漢🦀!” she said.", &["He said “no.”", "Then “é—漢🦀!” she said."]),
            ("J. D. Vance came (late.) We saw.", &["J. D. Vance came (late.)", "We saw."]),
            (
                "It cost 3.5 billion. 28 points. No. 5 is last.",
                &["It cost 3.5 billion.", "28 points.", "No. 5 is last."],
            ),
            ("Wait... and see. Wait… What?", &["Wait... and see.", "Wait…", "What?"]),
            ("A line\n- Another\r\n\n  a third. \n", &["A line", "- Another", "a third."]),
            ("漢字。次の文。", &["漢字。", "次の文。"]),
            ("e\u{301}. E\u{301}. \u{301}", &["e\u{301}.", "E\u{301}."]),
            (
                "See www.example.org. On 24 Nov. 2025 it ended.",
                &["See www.example.org.", "On 24 Nov. 2025 it ended."],
            ),
            ("...\n!!\n", &[]),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = split(text).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn each_sentence_outside_asides_is_accounted_for() {
        let toml = r#"
            schema = 1
            title = "é—漢🦀"
            [[source]]
            id = "s"
            file = "s.txt"
            aside = [{ from = "Subscribe", to = "Right", why = "furniture" }, { exact = " now", why = "furniture" }]
            unused = [{ exact = "Nobody needs this.", why = "colour" }]
            [[event]]
            id = "e"
            title = "E"
            date = "2025"
            quote = [{ source = "s", exact = "quotes é—漢🦀", basis = "outlet" }]
        "#;
        let text = "A card quotes é—漢🦀 here. Nobody needs this. This is open.\nSubscribe. Right now.\n";
        let file = TomlFile { path: Safe::line("a.toml"), bytes: Ok(Cow::Borrowed(toml.as_bytes())) };
        let briefing = read("b", &[file], Hashed::All, &mut |_| Ok(Cow::Borrowed(text.as_bytes())));
        assert!(briefing.problems.is_empty(), "{:?}", briefing.problems);
        let source = briefing.sources.first().unwrap();
        let got: Vec<_> = sentences(source).into_iter().map(|s| (s.span.of(text), s.account)).collect();
        let want = [
            ("A card quotes é—漢🦀 here.", Account::Quoted),
            ("Nobody needs this.", Account::Unused),
            ("This is open.", Account::Open),
        ];
        assert_eq!(got, want);
    }
}
