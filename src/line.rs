//! One line that is typed into: its text and its cursor, moving by whole characters as people see them.

use crate::keys::Key;
use crate::sanitize::Safe;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// A line takes at most this many bytes; what is pasted beyond is dropped.
pub const MOST: usize = 64 * 1024;

/// A line being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// The byte before which the next character goes.
    cursor: usize,
}

impl Line {
    /// A line that holds `text`, with the cursor behind it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// What has been typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What has been typed before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        Span::new(0, self.cursor).of(&self.text)
    }

    /// Types or pastes `words` at the cursor, a blank for each end of a line, however a terminal sends that; what
    /// could not be shown as it is, is left out. Gives whether the text changed.
    pub fn insert(&mut self, words: &str) -> bool {
        let was = self.text.len();
        let after = self.text.split_off(self.cursor);
        let next = after.graphemes(true).next().unwrap_or_default();
        for c in words.replace("\r\n", "\n").replace(['\r', '\n', '\t'], " ").chars() {
            if self.text.len() + after.len() + c.len_utf8() <= MOST && is_shown(&self.text, c, next) {
                self.text.push(c);
            }
        }
        self.cursor = self.text.len();
        self.text.push_str(&after);
        self.text.len() != was
    }

    /// Does what `key` does in a line. Gives whether the text changed.
    pub fn press(&mut self, key: Key) -> bool {
        let end = self.text.len();
        match key {
            Key::Char(c) => return self.insert(c.encode_utf8(&mut [0; 4])),
            Key::Backspace => self.cut(Span::new(self.left(), self.cursor)),
            Key::Delete | Key::Ctrl('d') => self.cut(Span::new(self.cursor, self.right())),
            Key::Ctrl('w') => self.cut(Span::new(self.blank_left(), self.cursor)),
            Key::AltBackspace => self.cut(Span::new(self.word_left(), self.cursor)),
            Key::Alt('d') => self.cut(Span::new(self.cursor, self.word_right())),
            Key::Ctrl('u') => self.cut(Span::new(0, self.cursor)),
            Key::Ctrl('k') => self.cut(Span::new(self.cursor, end)),
            Key::Left | Key::Ctrl('b') => self.cursor = self.left(),
            Key::Right | Key::Ctrl('f') => self.cursor = self.right(),
            Key::CtrlLeft | Key::Alt('b') => self.cursor = self.word_left(),
            Key::CtrlRight | Key::Alt('f') => self.cursor = self.word_right(),
            Key::Home | Key::Ctrl('a') => self.cursor = 0,
            Key::End | Key::Ctrl('e') => self.cursor = end,
            Key::Ctrl(_)
            | Key::Alt(_)
            | Key::F(_)
            | Key::Enter
            | Key::Esc
            | Key::Tab
            | Key::BackTab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown => {}
        }
        self.text.len() != end
    }

    fn cut(&mut self, span: Span) {
        self.text.replace_range(span.start..span.end, "");
        self.cursor = span.start;
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> &str {
        Span::new(self.cursor, self.text.len()).of(&self.text)
    }

    fn right(&self) -> usize {
        self.cursor + self.after().graphemes(true).next().map_or(0, str::len)
    }

    fn word_left(&self) -> usize {
        self.cursor - to_the_end_of_a_word(self.before().graphemes(true).rev())
    }

    fn word_right(&self) -> usize {
        self.cursor + to_the_end_of_a_word(self.after().graphemes(true))
    }

    /// The end of the blank before the word, marks and all, that the cursor is in or behind.
    fn blank_left(&self) -> usize {
        let words = self.before().trim_end();
        words
            .rfind(char::is_whitespace)
            .map_or(0, |space| space + words.split_at(space).1.chars().next().map_or(0, char::len_utf8))
    }
}

/// How many bytes it is over blanks and marks, and then over letters and digits, as readline goes by words.
///
/// `"“for peace"` -> 6, `"”ecaep rof"` -> 8
fn to_the_end_of_a_word<'t>(characters: impl Iterator<Item = &'t str>) -> usize {
    let mut begun = false;
    let passed = characters.take_while(|character| {
        let is_letter = character.starts_with(char::is_alphanumeric);
        begun |= is_letter;
        is_letter || !begun
    });
    passed.map(str::len).sum()
}

/// So many characters before the cursor decide on the next one: two of the longest clusters. Further back there may
/// be flags upon flags, which are one cluster or another by how many there are.
const NEAR: usize = 16;

/// Whether a character is shown as it is between the end of a text and what comes next.
fn is_shown(before: &str, c: char, next: &str) -> bool {
    let from = before.char_indices().rev().take(NEAR).last().map_or(0, |(at, _)| at);
    let near = Span::new(from, before.len()).of(before);
    let clusters: usize = near.graphemes(true).rev().take(2).map(str::len).sum();
    let near = format!("{}{c}{next}", Span::new(near.len() - clusters, near.len()).of(near));
    *Safe::text(&near) == *near
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_edit_by_whole_characters() {
        let cases: [(&str, &[Key], &str, &str); 14] = [
            ("e\u{301}—漢🦀", &[Key::Backspace], "e\u{301}—漢", "e\u{301}—漢"),
            ("e\u{301}—", &[Key::Backspace, Key::Backspace], "", ""),
            ("漢🦀", &[Key::Left, Key::Char('é')], "漢é🦀", "漢é"),
            ("one two ", &[Key::Ctrl('w')], "one ", "one "),
            ("one", &[Key::Home, Key::Delete], "ne", ""),
            ("one", &[Key::Left, Key::Ctrl('k')], "on", "on"),
            ("one", &[Key::Left, Key::Ctrl('u')], "e", ""),
            ("", &[Key::Backspace, Key::Delete, Key::Left, Key::Right, Key::Ctrl('w')], "", ""),
            ("topic:land “swap”", &[Key::Alt('b')], "topic:land “swap”", "topic:land “"),
            ("topic:e\u{301}漢 ", &[Key::CtrlLeft], "topic:e\u{301}漢 ", "topic:"),
            ("one “two” three", &[Key::Home, Key::Alt('f'), Key::CtrlRight], "one “two” three", "one “two"),
            ("one “two” three", &[Key::Home, Key::Alt('d'), Key::Alt('d')], "” three", ""),
            ("topic:land swap ", &[Key::AltBackspace, Key::AltBackspace], "topic:", "topic:"),
            ("", &[Key::AltBackspace, Key::Alt('d'), Key::CtrlLeft, Key::CtrlRight], "", ""),
        ];
        for (text, keys, want, before) in cases {
            let mut line = Line::new(text);
            for &key in keys {
                line.press(key);
            }
            assert_eq!((line.text(), line.before()), (want, before), "{text} {keys:?}");
        }
    }

    #[test]
    fn moving_the_cursor_changes_no_text() {
        let mut line = Line::new("漢é");
        let keys = [Key::Left, Key::Home, Key::Backspace, Key::Right, Key::End, Key::Delete, Key::Up];
        assert_eq!(keys.map(|key| line.press(key)), [false; 7]);
        assert_eq!([Key::Backspace, Key::Char('a')].map(|key| line.press(key)), [true; 2]);
    }

    #[test]
    fn a_paste_is_one_line_and_has_an_end() {
        for (pasted, want) in
            [("two\nlines\u{1b}[31m", "two lines[31m"), ("two\rlines\r\nand\tmore", "two lines and more")]
        {
            assert_eq!(Line::new(pasted).text(), want, "{pasted:?}");
        }
        let mut line = Line::default();
        line.insert(&"漢".repeat(MOST));
        assert!(line.text().len() <= MOST && line.text().len() > MOST - 4);
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_between_what_there_is_the_line_is_shown_as_it_is(
            first in "([a é漢👩🇩]|e\u{301}{0,5}|\u{200d}|\u{fe0f}|क\u{94d}){0,40}",
            back in 0..30_usize,
            second in "([a é漢👩🇩]|\u{301}|\u{200d}|क\u{94d}){0,40}",
        ) {
            let mut line = Line::new(&first);
            for _ in 0..back {
                line.press(Key::Left);
            }
            let (before, was) = (line.before().to_owned(), line.text().to_owned());
            let changed = line.insert(&second);
            prop_assert_eq!(&*Safe::text(line.text()), line.text());
            prop_assert_eq!(changed, line.text() != was);
            let after = was.strip_prefix(&before).unwrap_or_default();
            prop_assert!(line.before().starts_with(&before) && line.text().ends_with(after));
        }
    }

    #[test]
    fn what_cannot_be_shown_is_not_taken() {
        let cases = [
            ("a\u{202e}b\u{200b}c\u{fff9}d", "abcd"),
            ("👍🏽 ❤\u{fe0f} שלום", "👍 ❤ שלום"),
            ("e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}!", "e\u{301}\u{302}\u{303}\u{304}!"),
        ];
        for (typed, want) in cases {
            assert_eq!(Line::new(typed).text(), want, "{typed:?}");
        }
    }
}
