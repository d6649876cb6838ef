//! Words that are made to fit, where not all of them are: in so many rows or cells, with `…` where something was lost.
//! These are to be read, not to be found again.

use super::{cells, clusters, prefix, rows, width};
use crate::span::Span;
use std::borrow::Cow;

/// A title as one row, or as two where it is wider than `width` cells and a list `height` rows high has room
/// for that; the last of them may still be too wide.
#[must_use]
pub fn one_or_two(title: &str, width: usize, height: u16) -> Vec<Span> {
    match rows(title, width).as_slice() {
        [first, second, ..] if height >= 4 => vec![*first, Span::new(second.start, title.len())],
        _ => vec![Span::new(0, title.len())],
    }
}

/// Words in at most `most` rows of `width` cells, with `…` at the end if that is too few. A word of letters
/// that is wider than a row gets hyphens where it is cut: these rows are to be read, not to be found again.
///
/// `"Euromaidan Press", 7, 2 -> ["Euroma-", "idan…"]`
#[must_use]
pub fn at_most(words: &str, width: usize, most: usize) -> Vec<String> {
    let words: Vec<_> = words.split(' ').map(|word| hyphenated(word, width)).collect();
    let words = words.join(" ");
    let rows = rows(&words, width);
    let mut kept: Vec<String> = rows.iter().take(most).map(|row| row.of(&words).to_owned()).collect();
    if let (Some(last), Some(cut)) = (kept.last_mut(), rows.get(most.saturating_sub(1)))
        && rows.len() > most
    {
        let rest = Span::new(cut.start, words.len()).of(&words);
        let shown = prefix(rest, width.saturating_sub(1));
        // Better a word less than half a word more.
        let whole = if rest.get(shown..).is_some_and(|behind| behind.starts_with(' ')) {
            Some(shown)
        } else {
            Span::new(0, shown).of(rest).rfind(' ')
        };
        *last = format!("{}…", Span::new(0, whole.unwrap_or(shown)).of(rest).trim_end_matches(' '));
    }
    kept
}

/// A word with a hyphen wherever rows of `width` cells cut it; as it is where not all of it is letters of a cell.
fn hyphenated(word: &str, width: usize) -> Cow<'_, str> {
    let letters: Vec<&str> = clusters(word).map(|(_, letter)| letter).collect();
    let plain = |letter: &&str| cells(letter) == 1 && letter.starts_with(char::is_alphabetic);
    if width < 4 || letters.len() <= width || !letters.iter().all(plain) {
        return Cow::Borrowed(word);
    }
    let parts: Vec<String> = letters.chunks(width - 1).map(<[&str]>::concat).collect();
    Cow::Owned(parts.join("-"))
}

/// Signs with their words in lines of at most `room` cells, a sign with its word at the least: a blank between the two,
/// and two before the next.
#[must_use]
pub fn side_by_side<'w>(
    signs: impl IntoIterator<Item = (&'w str, &'w str)>,
    room: usize,
) -> Vec<Vec<(&'w str, &'w str)>> {
    let mut lines: Vec<Vec<_>> = Vec::new();
    let mut left = 0;
    for (sign, word) in signs {
        let wide = width(sign) + width(word) + 1;
        match lines.last_mut() {
            Some(line) if wide <= left => line.push((sign, word)),
            Some(_) | None => {
                lines.push(vec![(sign, word)]);
                left = room;
            }
        }
        left = left.saturating_sub(wide + 2);
    }
    lines
}

/// `text` in at most `width` cells, with `…` at the end if something was lost, and no comma or dot before it.
#[must_use]
pub fn clip(text: &str, width: usize) -> Cow<'_, str> {
    if prefix(text, width) == text.len() {
        return Cow::Borrowed(text);
    }
    let Some(room) = width.checked_sub(1) else { return Cow::Borrowed("") };
    let kept = Span::new(0, prefix(text, room)).of(text);
    Cow::Owned(format!("{}…", kept.trim_end_matches([' ', '·', ','])))
}

#[cfg(test)]
mod tests {
    use super::{at_most, clip};

    #[test]
    fn rows_that_are_too_few_say_so_and_long_words_are_hyphenated() {
        let cases: &[(&str, usize, usize, &[&str])] = &[
            ("so we wait", 10, 1, &["so we wait"]),
            ("so we wait", 5, 1, &["so…"]),
            ("so we wait", 6, 1, &["so we…"]),
            ("waiting", 6, 1, &["waiti…"]),
            ("so we wait", 5, 2, &["so we", "wait"]),
            ("Euromaidan Press", 7, 3, &["Euroma-", "idan", "Press"]),
            ("Euromaidan Press", 7, 2, &["Euroma-", "idan…"]),
            ("counter-proposal", 11, 3, &["counter-", "proposal"]),
            ("seeds/gazette.txt", 7, 3, &["seeds/g", "azette.", "txt"]),
            ("漢字漢字漢字", 4, 9, &["漢字", "漢字", "漢字"]),
            ("words", 3, 9, &["wor", "ds"]),
        ];
        for &(words, width, most, want) in cases {
            assert_eq!(at_most(words, width, most), want, "{words:?} at {width}");
        }
    }

    #[test]
    fn a_clipped_text_says_so() {
        let cases = [
            ("guarantees", 10, "guarantees"),
            ("guarantees", 9, "guarante…"),
            ("so we wait", 7, "so we…"),
            ("reported · 2 texts", 12, "reported…"),
            ("漢字", 3, "漢…"),
            ("漢字", 2, "…"),
            ("e\u{301}e\u{301}", 1, "…"),
            ("🦀", 0, ""),
            ("", 0, ""),
        ];
        for (text, width, want) in cases {
            assert_eq!(clip(text, width), want, "{text:?} at {width}");
        }
    }
}
