//! Where the sentences of a text begin and end.

use crate::span::Span;
use memchr::memchr;
use std::iter;

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

/// A text's sentences in order, as bytes of it, without the blanks around them. A line ends one in any case.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    sentences_from(text, 0).collect()
}

/// The sentences from byte `from` on, each found as it is asked for. Of one that goes on there, what is left is the
/// first; where it ends, and what follows, is as in the whole text if a blank stands at that byte.
pub fn sentences_from(text: &str, mut from: usize) -> impl Iterator<Item = Span> + use<'_> {
    let mut end = from;
    let parts = iter::from_fn(move || {
        if from == end {
            let rest = text.get(from..)?.trim_start();
            from = text.len() - rest.len();
            end = memchr(b'\n', rest.as_bytes()).map_or(text.len(), |end| from + end);
        }
        let part = Span::new(from, sentence_end(text, from, end));
        from = part.end;
        (!part.is_empty()).then_some(part)
    });
    parts.filter_map(|part| trimmed(text, part.start, part.end))
}

/// Where the sentence from `from` ends on a line that ends at `end`.
fn sentence_end(text: &str, from: usize, end: usize) -> usize {
    let mut at = from;
    while let Some(stop) = text.get(at..end).and_then(|rest| rest.find(is_stop)) {
        at = after_stop(text, at + stop, end);
        if ends_sentence(text, from, at, end) {
            return at;
        }
    }
    end
}

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Whether a mark closes what was said or added: in most languages, and in Chinese and Japanese.
const fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']')
        || matches!(c, '」' | '』' | '）' | '］' | '〉' | '》' | '】' | '〕')
}

/// The place after the stops at `at` and the marks that close with them: `"so." [it]` -> after `"`.
fn after_stop(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    rest.find(|c| !is_stop(c) && !closes(c)).map_or(end, |length| at + length)
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
    use super::{sentences, sentences_from};
    use proptest::prelude::*;

    #[test]
    fn sentences_end_where_a_reader_would_say_so() {
        let cases: [(&str, &[&str]); 14] = [
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
            (
                "彼は「待つ。」と言った。『行く！』 次（文。）も。",
                &["彼は「待つ。」と言った。", "『行く！』", "次（文。）も。"],
            ),
            ("‹wait.› Then he left.", &["‹wait.›", "Then he left."]),
            ("e\u{301}. E\u{301}. \u{301}", &["e\u{301}.", "E\u{301}."]),
            (
                "See www.example.org. On 24 Nov. 2025 it ended.",
                &["See www.example.org.", "On 24 Nov. 2025 it ended."],
            ),
            ("...\n!!\n", &[]),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_from_a_blank_on_are_those_of_the_whole_text(
            text in "([abMU漢é]{1,2}|Mr|[.!。][”)」]?|[ \n]{1,2}|No){0,40}"
        ) {
            let whole = sentences(&text);
            for (at, _) in text.match_indices(char::is_whitespace) {
                let found: Vec<_> = sentences_from(&text, at).map(|span| span.end).collect();
                let ends: Vec<_> = whole.iter().map(|span| span.end).filter(|&end| end > at).collect();
                // What is left of a sentence may hold no letter.
                prop_assert!(found == ends || ends.split_first().is_some_and(|(_, rest)| found == rest), "{at}");
            }
        }
    }
}
