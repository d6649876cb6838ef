//! Where the sentences of a text begin and end.

use crate::punctuation::is_kept_blank;
use crate::span::Span;
use memchr::memchr;
use std::iter;

/// Words that end in a stop without ending a sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "apr", "aug", "brig", "bzw", "capt", "cf", "col", "dec", "dr", "e.g", "evtl", "feb", "fig", "gen",
    "ggf", "gov", "hon", "i.e", "inkl", "jan", "jul", "jun", "lt", "maj", "messrs", "mr", "mrs", "ms", "nov",
    "oct", "pres", "prof", "rep", "rev", "sen", "sep", "sept", "sgt", "st", "vgl", "vs", "млн", "млрд",
    "тис",
];

/// What a number before it is an ordinal to in German, where it is written with a stop.
const COUNTED: &[&str] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrhunderts",
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
    matches!(c, '.' | '!' | '?' | '…' | '।' | '۔' | '؟') || ends_unspaced(c)
}

/// Whether a stop ends a sentence though no blank follows, as in Chinese and Japanese.
const fn ends_unspaced(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// Whether a mark closes what was said or added: in most languages, and in Chinese and Japanese.
const fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']')
        || matches!(c, '」' | '』' | '）' | '］' | '〉' | '》' | '】' | '〕')
}

/// Whether a mark closes where it stands right behind a stop, though it opens elsewhere: `„so.“` and `»so.«`.
const fn closes_elsewhere(c: char) -> bool {
    matches!(c, '“' | '‘' | '«' | '‹')
}

/// The place after the stops at `at` and the marks that close with them: `"so." [it]` -> after `"`. French has a
/// blank before its guillemet, which keeps that on the line.
fn after_stop(text: &str, at: usize, end: usize) -> usize {
    let rest = text.get(at..end).unwrap_or_default();
    let is_spaced = !rest.starts_with(ends_unspaced);
    let is_part = |c| is_stop(c) || closes(c) || is_spaced && closes_elsewhere(c);
    let mut rest = rest.trim_start_matches(is_part);
    while let Some(behind) = rest.strip_prefix(is_kept_blank)
        && behind.starts_with(['»', '›'])
    {
        rest = behind.trim_start_matches(is_part);
    }
    end - rest.len()
}

/// Whether a sentence from `from` ends at `at`, right after a stop and what closes with it.
fn ends_sentence(text: &str, from: usize, at: usize, end: usize) -> bool {
    let rest = text.get(at..end).unwrap_or_default();
    let said = text.get(from..at).unwrap_or_default();
    // A Chinese sentence that is quoted ends with its mark; a Japanese one goes on behind its bracket.
    if said.trim_end_matches(['”', '’']).ends_with(ends_unspaced) {
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
    let first = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_number = matches!(&*lower, "no" | "nr") && next.starts_with(|c: char| c.is_ascii_digit());
    let is_ordinal =
        word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) && COUNTED.contains(&first);
    if is_number || is_ordinal || ABBREVIATIONS.contains(&&*lower) {
        return false;
    }
    // `U.S.`, `J. D.`: letters, each with a stop.
    let is_initials = !word.is_empty() && word.split('.').all(|part| part.chars().count() == 1);
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
        let cases: [(&str, &[&str]); 21] = [
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
            (
                "Il a dit : «\u{A0}Non\u{202F}!\u{202F}» Puis «\u{A0}Oui.\u{A0}» Et",
                &["Il a dit : «\u{A0}Non\u{202F}!\u{202F}»", "Puis «\u{A0}Oui.\u{A0}»", "Et"],
            ),
            (
                "„Wir warten.“ Dann »Ja.« Er ging. »Nein.«",
                &["„Wir warten.“", "Dann »Ja.«", "Er ging.", "»Nein.«"],
            ),
            (
                "Am 19. November kam Nr. 5 im 21. Jahrhundert ggf. Mehr.",
                &["Am 19. November kam Nr. 5 im 21. Jahrhundert ggf. Mehr."],
            ),
            ("There are 28. It is 1 млн. Грн.", &["There are 28.", "It is 1 млн. Грн."]),
            ("सच है। लोग हैं। هل؟ لا۔ ہاں", &["सच है।", "लोग हैं।", "هل؟", "لا۔", "ہاں"]),
            ("他说：“不会。”记者问。“没有。", &["他说：“不会。”", "记者问。", "“没有。"]),
            ("ﾏﾂ｡ｲｸ｡", &["ﾏﾂ｡", "ｲｸ｡"]),
        ];
        for (text, want) in cases {
            let got: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn sentences_from_a_blank_on_are_those_of_the_whole_text(
            text in "([abMU漢é]{1,2}|Mr|[.!。](\u{A0}?»|[”)」“«])?|[ \n]{1,2}|No){0,40}"
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
