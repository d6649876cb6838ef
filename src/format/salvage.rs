//! A TOML file with syntax errors, with what is wrong in it blanked out.
//!
//! A string that is not closed turns everything behind it inside out, down to the end of the file.
//! So the file is taken apart at the headers of its tables, and each table is parsed alone: its
//! faulty lines are blanked until the rest of it parses. One that never does, or whose header is
//! faulty, is blanked whole, with the tables inside it, which would join another card otherwise.
//! Spaces stand for what is blanked, so that every byte keeps its place. No table is parsed more
//! than [`ROUNDS`] times and once more.

use crate::order;
use crate::problem::Mistake;
use crate::span::Span;
use toml::de::DeTable;

/// A file as far as it can be read.
#[derive(Default)]
pub struct Salvaged {
    /// The file's text, with spaces for what cannot be read.
    pub text: String,
    /// What is wrong with it, in the order of the text.
    pub mistakes: Vec<Mistake>,
    /// How many tables lack something.
    pub incomplete: usize,
}

/// How often the faulty lines of a table are blanked before it is given up.
const ROUNDS: usize = 8;

/// The header of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Header {
    /// `[[event]]`
    Outer,
    /// `[[event.quote]]`
    Inner,
}

/// Blanks what is faulty in a file.
#[must_use]
pub fn salvage(text: &str) -> Salvaged {
    let mut salvaged = Salvaged { text: String::with_capacity(text.len()), ..Salvaged::default() };
    let mut outer_is_lost = false;
    for (header, table) in tables(text) {
        let words = table.of(text);
        let is_inner = header == Some(Header::Inner);
        if is_inner && outer_is_lost {
            salvaged.text.push_str(&blank(words));
            continue;
        }
        let errors = errors(words);
        salvaged.mistakes.extend(errors.iter().map(|error| error.moved(table.start)));
        salvaged.incomplete += usize::from(!errors.is_empty());
        let kept = readable(words, header.is_some(), errors);
        outer_is_lost = !is_inner && kept.is_none() && header.is_some();
        salvaged.text.push_str(&kept.unwrap_or_else(|| blank(words)));
    }
    salvaged
}

/// The text cut in front of every line that is a header: the head first, which has none.
fn tables(text: &str) -> Vec<(Option<Header>, Span)> {
    let mut tables = vec![(None, Span::default())];
    for line in lines(text) {
        match (header(line.of(text)), tables.last_mut()) {
            (None, Some((_, table))) => table.end = line.end,
            (found, _) => tables.push((found, line)),
        }
    }
    tables
}

/// What kind of header a line is; one that is not closed counts, but not every line in brackets, as
/// it may stand in a string.
fn header(line: &str) -> Option<Header> {
    let inside = line.trim_start_matches([' ', '\t']).strip_prefix('[')?;
    let (inside, is_double) = inside.strip_prefix('[').map_or((inside, false), |inside| (inside, true));
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let rest = inside.trim_start_matches(is_bare);
    let name = inside.strip_suffix(rest).filter(|name| !name.is_empty())?;
    let behind = rest.trim_start_matches(']').trim();
    let is_header = behind.is_empty() || behind.starts_with('#') || is_double && rest.starts_with(']');
    is_header.then_some(if name.contains('.') { Header::Inner } else { Header::Outer })
}

/// A table without its faulty lines, if its header is none of them.
fn readable(words: &str, has_header: bool, mut errors: Vec<Mistake>) -> Option<String> {
    let mut words = words.to_owned();
    for _ in 0..ROUNDS {
        if errors.is_empty() {
            return Some(words);
        }
        let faulty: Vec<usize> = errors.iter().map(|error| error.span.start).collect();
        let without = without(&words, &faulty);
        let lost_header = has_header && lines(&without).first()?.of(&without).trim().is_empty();
        if lost_header || without == words {
            return None;
        }
        words = without;
        errors = self::errors(&words);
    }
    errors.is_empty().then_some(words)
}

/// What is wrong with a text, in its order.
fn errors(text: &str) -> Vec<Mistake> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors.iter().map(Mistake::new).collect();
    order::sort_by_key(&mut mistakes, |mistake| mistake.span);
    mistakes
}

/// The text with spaces for the lines that the bytes stand on, which are sorted.
fn without(text: &str, faulty: &[usize]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut faulty = faulty.iter().peekable();
    for line in lines(text) {
        let mut is_faulty = false;
        while faulty.next_if(|&&at| at < line.end || line.end == text.len()).is_some() {
            is_faulty = true;
        }
        let words = line.of(text);
        if is_faulty { kept.push_str(&blank(words)) } else { kept.push_str(words) }
    }
    kept
}

/// Spaces for a text, as many bytes in as many lines.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\r' | b'\n') { char::from(byte) } else { ' ' }).collect()
}

/// The lines of a text with their ends.
fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let line = |line: &str| {
        let start = at;
        at += line.len();
        Span::new(start, at)
    };
    text.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{Header, header, salvage};

    #[test]
    fn a_header_is_known_and_a_line_in_brackets_is_not() {
        use Header::{Inner, Outer};
        let cases = [
            ("[[event]]", Some(Outer)),
            ("  [[event.quote]] # é", Some(Inner)),
            ("[source]\r\n", Some(Outer)),
            ("[[topic]", Some(Outer)),
            ("[[topic", Some(Outer)),
            ("[[topic]] id = 3", Some(Outer)),
            ("[so we will] wait", None),
            ("[so] we wait", None),
            ("[\"é\", \"b\"],", None),
            ("[]", None),
            ("id = [[1]]", None),
            ("", None),
        ];
        for (line, want) in cases {
            assert!(header(line) == want, "{line}");
        }
    }

    #[test]
    fn only_faulty_lines_are_blanked_and_every_byte_keeps_its_place() {
        // (text, what is left of it without blanks, how many tables lack something)
        let cases = [
            ("a = \"é\nb\"\nc = 1\n[[x]]\nd = 2\n", "c = 1 [[x]] d = 2", 1),
            ("[[x]]\na = '漢🦀\n字'\nb = 1\n[[x]]\r\nc = 2", "[[x]] b = 1 [[x]] c = 2", 1),
            ("[[x]]\na = \"\"\"é\n\n[[x]]\nb = 2", "[[x]] b = 2", 1),
            (
                "[[x]]\na = 1\nq = [\n  { b = 1, c 2 },\n  { b = 2 },\n]\n",
                "[[x]] a = 1 q = [ { b = 2 }, ]",
                1,
            ),
            ("[[x]\na = 1\n[[x.q]]\nb = 2\n[[x]]\nc = 3\n", "[[x]] c = 3", 1),
            ("[[x]]\na = 1\n[[x.q]\nb = 2\n[[x.q]]\nc = 3\n", "[[x]] a = 1 [[x.q]] c = 3", 1),
            ("[[x]]\na = 1\na = 2\n[[y]]\nb = \n", "[[x]] a = 1 [[y]]", 2),
            ("\u{feff}<<<<<<< HEAD\na = 1", "a = 1", 1),
            ("", "", 0),
        ];
        for (text, want, incomplete) in cases {
            let salvaged = salvage(text);
            let left: Vec<&str> = salvaged.text.split_whitespace().collect();
            assert_eq!(left.join(" "), want, "{text}");
            assert_eq!((salvaged.text.len(), salvaged.incomplete), (text.len(), incomplete), "{text}");
            for (before, after) in text.bytes().zip(salvaged.text.bytes()) {
                assert!(before == after || after == b' ', "{text}");
            }
        }
    }
}
