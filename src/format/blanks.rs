//! A TOML file of almost nothing but line ends, as the parser can take it.
//!
//! The parser notes each line end and each remark in some fifty bytes, and spaces together as one thing.
//! So spaces stand for the lines that hold nothing and for remarks on lines of their own; every other
//! byte keeps its value, and each its place.

use crate::span::Span;
use memchr::memchr_iter;
use std::borrow::Cow;
use std::iter;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// A file with fewer bytes is parsed as it is.
const SMALL: usize = 64 << 10;
/// Where lines have so many bytes on average, most of them hold something.
const LINE: usize = 8;

/// The text, with spaces for its blank lines where these are what it is made of.
pub fn spaced(text: &str) -> Cow<'_, str> {
    let line_ends = memchr_iter(b'\n', text.as_bytes()).count();
    if text.len() < SMALL || line_ends < text.len() / LINE {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(respaced(text))
    }
}

/// The text with spaces for the ends of lines that hold nothing, and for remarks that stand alone.
fn respaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut is_blank = true;
    for token in Source::new(text).lex() {
        let words = Span::new(spaced.len(), token.span().end()).of(text);
        match token.kind() {
            TokenKind::Whitespace => spaced.push_str(words),
            TokenKind::Newline | TokenKind::Comment if is_blank && !has_fault(words) => {
                spaced.extend(iter::repeat_n(' ', words.len()));
            }
            kind => {
                is_blank = kind == TokenKind::Newline;
                spaced.push_str(words);
            }
        }
    }
    spaced
}

/// Whether a line end or a remark has a character that the parser is to refuse, or begins the file with a mark.
fn has_fault(words: &str) -> bool {
    let words = words.strip_suffix('\n').map_or(words, |line| line.strip_suffix('\r').unwrap_or(line));
    words.starts_with('\u{feff}') || words.bytes().any(|byte| byte.is_ascii_control() && byte != b'\t')
}

#[cfg(test)]
mod tests {
    use super::{SMALL, respaced, spaced};
    use std::borrow::Cow;
    use toml::de::DeTable;

    #[test]
    fn only_lines_that_hold_nothing_are_spaces_and_every_byte_keeps_its_place() {
        let cases = [
            ("\n\n\"“é—漢🦀”\" = 1\n\n\n", "  \"“é—漢🦀”\" = 1\n  "),
            ("a = 1 # one\n # é\n\t\r\nb = 2", "a = 1 # one\n      \t  b = 2"),
            ("a = [\n\n1,\n# one\n]\n", "a = [\n 1,\n      ]\n"),
            ("a = \"\"\"\n\n# é\n\"\"\"\n\n", "a = \"\"\"\n\n# é\n\"\"\"\n "),
            ("a = '''\n\n", "a = '''\n\n"),
            ("\u{feff}\n\na = 1", "\u{feff}\n a = 1"),
            // What is to be refused stays.
            ("\n\r\r\n\n", " \r   "),
            ("\n#\u{7f}\n\n", " #\u{7f}\n "),
            ("\n#\t\0\n", " #\t\0\n"),
            ("a = \"b\n\nc\n", "a = \"b\n c\n"),
        ];
        for (text, want) in cases {
            assert_eq!(respaced(text), want, "{text:?}");
            assert_eq!(want.len(), text.len(), "{text:?}");
            let parsed = |text| {
                let (root, errors) = DeTable::parse_recoverable(text);
                let errors = errors.iter().map(|error| (error.message().to_owned(), error.span()));
                (format!("{root:?}"), errors.collect::<Vec<_>>())
            };
            assert_eq!(parsed(text), parsed(want), "{text:?}");
        }
    }

    #[test]
    fn a_file_whose_lines_hold_something_is_parsed_as_it_is() {
        let cases = [
            ("a = \"é—漢🦀\"\n\n", SMALL, true),
            ("\n", 8, true),
            ("#\n", SMALL, false),
            ("\r\n", SMALL, false),
        ];
        for (lines, times, as_it_is) in cases {
            let text = lines.repeat(times);
            assert_eq!(matches!(spaced(&text), Cow::Borrowed(_)), as_it_is, "{lines:?}");
        }
    }
}
