//! A TOML file with syntax errors, with what is wrong in it blanked out.
//!
//! A string that is not closed turns everything behind it inside out, down to the end of the file.
//! So the file is taken apart at the headers of its tables, and each table is parsed alone: its
//! faulty lines are blanked until the rest of it parses. One that never does, or whose header is
//! faulty, is blanked whole, with the tables inside it, which would join another card otherwise.
//! So is one whose header makes those of all others like it faulty: one in single brackets, or of a
//! table inside another that has not begun. So are the tables inside others that stand below one that
//! the format does not know, which they may belong to. Of two sides that a merge left, the first is read,
//! and the other blanked before all else. Spaces stand for what is blanked, so that every
//! byte keeps its place. After its first parse a table is parsed at most [`ROUNDS`] times more.

use super::fields::Shape;
use crate::order;
use crate::problem::Mistake;
use crate::span::Span;
use std::collections::HashMap;
use toml::Spanned;
use toml::de::DeTable;

/// A file as far as it can be read.
#[derive(Default)]
pub struct Salvaged {
    /// The file's text, with spaces for what cannot be read.
    pub text: String,
    /// What is wrong with it: merges that were not finished, then the rest in the order of the text.
    pub mistakes: Vec<Mistake>,
}

/// How often the faulty lines of a table are blanked before it is given up.
const ROUNDS: usize = 8;

/// The header of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header<'t> {
    /// The name of the table, or of the one that it is inside of: `event`.
    outer: &'t str,
    /// Its name in that one: `quote`.
    inner: Option<&'t str>,
    /// Whether it begins with double brackets.
    is_double: bool,
}

/// Blanks what is faulty in a file of such a shape.
#[must_use]
pub fn salvage(text: &str, shape: &Shape) -> Salvaged {
    let (text, mistakes) = first_sides(text);
    let text = text.as_str();
    let mut salvaged = Salvaged { text: String::with_capacity(text.len()), mistakes };
    let tables = tables(text);
    // Whether the last table of each name is kept, as those inside it go with it.
    let mut kept_last = HashMap::new();
    let mut is_below_unknown = false;
    for &(header, table) in &tables {
        let words = table.of(text);
        let inside = header.filter(|header| header.inner.is_some()).map(|header| header.outer);
        if let (Some(header), None) = (header, inside) {
            is_below_unknown = shape.tables(header.outer).is_none();
        }
        if inside.is_some_and(|outer| {
            kept_last.get(outer) == Some(&false) || is_below_unknown && shape.tables(outer).is_some()
        }) {
            salvaged.text.push_str(&blank(words));
            continue;
        }
        let mistakes = match header {
            Some(header) => match header.clash(words, shape, &kept_last) {
                Some(clash) => vec![clash],
                None => errors(words),
            },
            None => head_errors(words, shape, &tables),
        };
        salvaged.mistakes.extend(mistakes.iter().map(|mistake| mistake.moved(table.start)));
        let kept = readable(words, header.is_some(), mistakes);
        if let (Some(header), None) = (header, inside) {
            kept_last.insert(header.outer, kept.is_some());
        }
        salvaged.text.push_str(&kept.unwrap_or_else(|| blank(words)));
    }
    salvaged
}

impl Header<'_> {
    /// What is wrong with it beside the other tables of a file of such a shape, of which some stand `above` it by their
    /// names: it would make a single table of what is a list of them.
    fn clash(self, words: &str, shape: &Shape, above: &HashMap<&str, bool>) -> Option<Mistake> {
        let outer = shape.tables(self.outer)?;
        let is_list = self.inner.is_none_or(|inner| outer.tables(inner).is_some());
        let line = words.lines().next().unwrap_or_default().trim_end();
        let here = Span::new(line.len() - line.trim_start().len(), line.len());
        if self.inner.is_some() && !above.contains_key(self.outer) {
            Some(Mistake::early(here))
        } else {
            (is_list && !self.is_double).then(|| Mistake::single(here))
        }
    }
}

/// A line that git writes around the sides of a merge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    First,
    Other,
    End,
}

/// Which of these a line is. What both sides come from stands in front of the other side, if at all.
fn marker(line: &str) -> Option<Marker> {
    let line = line.trim_end();
    let is =
        |marks: &str| line.strip_prefix(marks).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let markers = [
        ("<<<<<<<", Marker::First),
        ("|||||||", Marker::Other),
        ("=======", Marker::Other),
        (">>>>>>>", Marker::End),
    ];
    markers.into_iter().find(|(marks, _)| is(marks)).map(|(_, marker)| marker)
}

/// The text with only the first side of each merge that was not finished, and these as mistakes.
fn first_sides(text: &str) -> (String, Vec<Mistake>) {
    let (mut kept, mut mistakes) = (String::with_capacity(text.len()), Vec::new());
    let mut side = None;
    for line in lines(text) {
        let words = line.of(text);
        let is_kept = match (side, marker(words)) {
            (None, Some(Marker::First)) if has_end(Span::new(line.end, text.len()).of(text)) => {
                mistakes.push(Mistake::unmerged(Span::new(line.start, line.start + words.trim_end().len())));
                side = Some(Marker::First);
                false
            }
            (Some(_), Some(Marker::End)) => {
                side = None;
                false
            }
            (Some(_), Some(marker)) => {
                side = Some(marker);
                false
            }
            (None, _) | (Some(Marker::First), None) => true,
            (Some(Marker::Other | Marker::End), None) => false,
        };
        if is_kept { kept.push_str(words) } else { kept.push_str(&blank(words)) }
    }
    (kept, mistakes)
}

/// Whether a merge ends in a text before another begins.
fn has_end(text: &str) -> bool {
    let markers = text.lines().filter_map(marker);
    markers.into_iter().find(|marker| *marker != Marker::Other) == Some(Marker::End)
}

/// The text cut in front of every line that is a header: the head first, which has none.
fn tables(text: &str) -> Vec<(Option<Header<'_>>, Span)> {
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
fn header(line: &str) -> Option<Header<'_>> {
    let inside = line.trim_start_matches([' ', '\t']).strip_prefix('[')?;
    let (inside, is_double) = inside.strip_prefix('[').map_or((inside, false), |inside| (inside, true));
    // Also in quotation marks, where it is not a list of words, or with a blank, as people write `[[plan point]]`.
    let in_name = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '.')
            || is_double && matches!(c, '"' | '\'' | ' ')
    };
    let inside = inside.trim_start_matches([' ', '\t']);
    let rest = inside.trim_start_matches(in_name);
    let name = inside.strip_suffix(rest).map(str::trim_end).filter(|name| !name.is_empty())?;
    let rest = rest.trim_start_matches([' ', '\t']);
    let behind = rest.trim_start_matches(']').trim();
    let is_header = behind.is_empty() || behind.starts_with('#') || is_double && rest.starts_with(']');
    let (outer, inner) = match name.split_once('.') {
        None => (unmarked(name), None),
        Some((outer, inner)) => (unmarked(outer), Some(unmarked(inner))),
    };
    is_header.then_some(Header { outer, inner, is_double })
}

/// A name without the quotation marks that it may stand in.
fn unmarked(name: &str) -> &str {
    name.trim_matches(['"', '\''])
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
    parsed(text).1
}

/// The keys of a text as far as they can be read, and what is wrong with it, in its order.
fn parsed(text: &str) -> (Spanned<DeTable<'_>>, Vec<Mistake>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut mistakes: Vec<Mistake> = errors.iter().map(|error| Mistake::new(error, text)).collect();
    order::sort_by_key(&mut mistakes, |mistake| mistake.span);
    (table, mistakes)
}

/// What is wrong with the head of a file with such tables behind it: also a key that stands for some of them.
fn head_errors(text: &str, shape: &Shape, tables: &[(Option<Header<'_>>, Span)]) -> Vec<Mistake> {
    let (head, mut mistakes) = parsed(text);
    let has_headers = |key: &str| tables.iter().any(|(header, _)| header.is_some_and(|it| it.outer == key));
    let keys = head.get_ref().keys().filter(|key| shape.tables(key.get_ref()).is_some());
    let twofold =
        keys.filter(|key| has_headers(key.get_ref())).map(|key| Mistake::twofold(key.span().into()));
    mistakes.extend(twofold);
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
    use crate::format::fields::Shaped;
    use crate::format::raw::File;

    #[test]
    fn a_header_is_known_and_a_line_in_brackets_is_not() {
        let is = |outer, inner, is_double| Some(Header { outer, inner, is_double });
        let cases = [
            ("[[event]]", is("event", None, true)),
            ("  [[event.quote]] # é", is("event", Some("quote"), true)),
            ("[source]\r\n", is("source", None, false)),
            ("[[topic]", is("topic", None, true)),
            ("[[topic", is("topic", None, true)),
            ("[[topic]] id = 3", is("topic", None, true)),
            ("[[ topic ]]", is("topic", None, true)),
            ("[[plan point]] # é", is("plan point", None, true)),
            ("[ topic ] # é", is("topic", None, false)),
            ("[[\"topic\"]]", is("topic", None, true)),
            ("[['event'.quote]]", is("event", Some("quote"), true)),
            ("[\"so\"]", None),
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
        // (text, what is left of it without blanks)
        let cases = [
            ("a = \"é\nb\"\nc = 1\n[[x]]\nd = 2\n", "c = 1 [[x]] d = 2"),
            ("[[x]]\na = '漢🦀\n字'\nb = 1\n[[x]]\r\nc = 2", "[[x]] b = 1 [[x]] c = 2"),
            ("[[x]]\na = \"\"\"é\n\n[[x]]\nb = 2", "[[x]] b = 2"),
            ("[[x]]\na = 1\nq = [\n  { b = 1, c 2 },\n  { b = 2 },\n]\n", "[[x]] a = 1 q = [ { b = 2 }, ]"),
            ("[[x]\na = 1\n[[x.q]]\nb = 2\n[[x]]\nc = 3\n", "[[x]] c = 3"),
            ("[[x]]\na = 1\n[[x.q]\nb = 2\n[[x.q]]\nc = 3\n", "[[x]] a = 1 [[x.q]] c = 3"),
            ("[[x]]\na = 1\na = 2\n[[y]]\nb = \n", "[[x]] a = 1 [[y]]"),
            ("[[topic]]\na = 1\n[topic]\nb = 2\n[[topic]]\nc = 3", "[[topic]] a = 1 [[topic]] c = 3"),
            (
                "[[event]]\na = 1\n[event]\n[[topic]]\nb = 2\n[[event.quote]]\nc = 3",
                "[[event]] a = 1 [[topic]] b = 2",
            ),
            ("[event]\na = 1\n[[event.quote]]\nb = 2\n[[event]]\nc = 3", "[[event]] c = 3"),
            ("[[event]]\n[event.quote]\na = 1\n[[event.quote]]\nb = 2", "[[event]] [[event.quote]] b = 2"),
            ("[[event.quote]]\na = 1\n[[event]]\nb = 2", "[[event]] b = 2"),
            ("[[ event ]]\na = 1\n[[event.quote]]\nb = 2\nc", "[[ event ]] a = 1 [[event.quote]] b = 2"),
            ("[event.x]\na = 1\n[[topic]]\nb = 2\n[[event]]\nc = 3", "[[topic]] b = 2 [[event]] c = 3"),
            ("topic = 1\nschema = 1\n[[topic]]\na = 1", "schema = 1 [[topic]] a = 1"),
            ("topic.x = 1\nevent = [\n]\n[[topic]]\na = 1", "event = [ ] [[topic]] a = 1"),
            ("[[event]]\n[event.x]\na = 1\nb", "[[event]] [event.x] a = 1"),
            ("[other]\na = 1\n[other.x]\nb = 2\nc", "[other] a = 1 [other.x] b = 2"),
            (
                "[[events]]\na = 1\n[[event.quote]]\nb = 2\n[[event]]\nc = 3",
                "[[events]] a = 1 [[event]] c = 3",
            ),
            (
                "[[event]]\na = 1\n[[odd]]\n[[event.quote]]\nb = 2\nc\n[[event]]\nd = 4\ne\n[[event.quote]]\nf = 5",
                "[[event]] a = 1 [[odd]] [[event]] d = 4 [[event.quote]] f = 5",
            ),
            (&format!("[[x]]\na = 1\n{} = 1\nb = 2", ["k"; 200].join(".")), "[[x]] a = 1 b = 2"),
            ("\u{feff}<<<<<<< HEAD\na = 1", "a = 1"),
            (
                "[[x]]\n<<<<<<< é—漢🦀\na = 1\n||||||| c\n=======\na = 2\n[[y]]\n>>>>>>> b\r\nc = 3",
                "[[x]] a = 1 c = 3",
            ),
            ("<<<<<<< a\nb = 1\n<<<<<<< a\nc = 2\n=======\nc = 3\n>>>>>>> b\nd = 4", "b = 1 c = 2 d = 4"),
            ("", ""),
        ];
        for (text, want) in cases {
            let salvaged = salvage(text, &File::shape());
            let left: Vec<&str> = salvaged.text.split_whitespace().collect();
            assert_eq!(left.join(" "), want, "{text}");
            assert_eq!(salvaged.text.len(), text.len(), "{text}");
            for (before, after) in text.bytes().zip(salvaged.text.bytes()) {
                assert!(before == after || after == b' ', "{text}");
            }
        }
    }
}
