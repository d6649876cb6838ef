//! The TOML that briefings are written in, read in one pass.
//!
//! Nearly every file is tables in double brackets with a key and its value on each line. Such a file
//! is read here in a tenth of the time and of the memory that a parser of all of TOML takes; with that
//! parser it would be most of what opening a briefing takes. Promise: what comes out is what the `toml`
//! crate makes of the same text, values and places alike. Whatever else stands in a file, or is wrong
//! in it, is left to that crate: then nothing comes out.

use super::fields::{At, Entry, Given, Keys, Table, push};
use super::raw::File;
use crate::bytes;
use memchr::{memchr, memchr3, memmem};
use std::borrow::Cow;
use toml::de::DeValue;

/// Reads a file, if it is plain.
pub fn read(text: &str) -> Option<Table<File<'_>>> {
    let printed = bytes::run(text.as_bytes(), |byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~' | 0x80..));
    if printed < text.len() {
        return None;
    }
    let mut file = File::default();
    let mut table: &mut dyn Keys<'_> = &mut file;
    let mut reader = Reader { text, at: 0 };
    loop {
        reader.skip_lines();
        match reader.peek() {
            None => return Some(Table { row: file, ..Table::default() }),
            Some(b'[') => {
                let header = reader.placed(Reader::header)?;
                table = open(&mut file, header)?;
            }
            Some(_) => {
                let key = reader.key()?;
                reader.equals()?;
                let value = reader.value()?;
                if !table.keep(key, value) {
                    return None;
                }
            }
        }
        reader.end_line()?;
    }
}

/// Adds the table of a header, in the last of the tables that it is inside of.
fn open<'f, 't>(file: &'f mut File<'t>, header: At<(&str, Option<&str>)>) -> Option<&'f mut dyn Keys<'t>> {
    let (outer, inner) = *header.get();
    let header = header.map(|_| ());
    let outer = file.tables(outer)?;
    match inner {
        None => outer.add(header),
        Some(inner) => outer.last()?.tables(inner)?.add(header),
    }
}

/// The most keys of a table in braces, each of which is compared with those before; none that is known has as many.
const MOST_KEYS: usize = 16;

/// The marks of a string of several lines.
const THREE: &str = "\"\"\"";

/// A text and how far it has been read.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads what must stand here.
    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&is_skipped) {
            self.at += 1;
        }
    }

    /// What has been read since byte `start`.
    fn since(&self, start: usize) -> Option<&'t str> {
        self.text.get(start..self.at)
    }

    fn skip_blanks(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t'));
    }

    fn skip_comment(&mut self) {
        if self.peek() == Some(b'#') {
            self.at += memchr(b'\n', self.rest()).unwrap_or(self.rest().len());
        }
    }

    /// Skips blanks, comments and line ends.
    fn skip_lines(&mut self) {
        loop {
            self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
            if self.peek() != Some(b'#') {
                return;
            }
            self.skip_comment();
        }
    }

    /// Reads the rest of a line, on which there must be nothing more.
    fn end_line(&mut self) -> Option<()> {
        self.skip_blanks();
        self.skip_comment();
        if self.peek().is_none() { Some(()) } else { self.take(b'\n') }
    }

    /// `[[outer]]` or `[[outer.inner]]`.
    fn header(&mut self) -> Option<(&'t str, Option<&'t str>)> {
        self.take(b'[')?;
        self.take(b'[')?;
        let outer = self.key()?;
        let mut inner = None;
        if self.take(b'.').is_some() {
            inner = Some(self.key()?);
        }
        self.take(b']')?;
        self.take(b']')?;
        Some((outer, inner))
    }

    fn key(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.skip(|byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-'));
        self.since(start).filter(|key| !key.is_empty())
    }

    fn value(&mut self) -> Option<At<Given<'t>>> {
        if self.peek()? == b'[' { self.placed(Self::list) } else { self.placed(Self::scalar) }
    }

    /// What `read` reads, with its place.
    fn placed<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<At<T>> {
        let start = self.at;
        let value = read(self)?;
        Some(At::new(start..self.at, value))
    }

    /// A string or a number.
    fn scalar(&mut self) -> Option<Given<'t>> {
        if !self.peek()?.is_ascii_digit() {
            return self.string();
        }
        let start = self.at;
        self.skip(|byte| byte.is_ascii_digit());
        let digits = self.since(start)?;
        let is_odd = digits.len() > 1 && digits.starts_with('0');
        (!is_odd).then(|| Given::Number(digits.parse().ok(), digits.into()))
    }

    /// A list of strings, or of tables in braces.
    fn list(&mut self) -> Option<Given<'t>> {
        self.take(b'[')?;
        let mut list = Vec::new();
        loop {
            self.skip_lines();
            match self.peek()? {
                b']' => {}
                b'{' => push(&mut list, self.placed(Self::braces)?),
                _ => push(&mut list, self.placed(Self::string)?),
            }
            self.skip_lines();
            if self.take(b']').is_some() {
                return Some(Given::List(list));
            }
            self.take(b',')?;
        }
    }

    /// A table in braces, of strings and numbers.
    fn braces(&mut self) -> Option<Given<'t>> {
        self.take(b'{')?;
        let mut table: Vec<Entry<'_>> = Vec::new();
        loop {
            self.skip_blanks();
            let key = self.placed(Self::key)?.map(Cow::Borrowed);
            self.equals()?;
            let value = self.placed(Self::scalar)?;
            if table.len() == MOST_KEYS || table.iter().any(|(other, _)| other.get() == key.get()) {
                return None;
            }
            push(&mut table, (key, value));
            self.skip_blanks();
            if self.take(b'}').is_some() {
                return Some(Given::Table(table));
            }
            self.take(b',')?;
        }
    }

    /// What stands between a key and its value.
    fn equals(&mut self) -> Option<()> {
        self.skip_blanks();
        self.take(b'=')?;
        self.skip_blanks();
        Some(())
    }

    fn string(&mut self) -> Option<Given<'t>> {
        if self.rest().starts_with(THREE.as_bytes()) {
            return self.several_lines();
        }
        if self.peek()? == b'"' { self.one_line() } else { self.literal() }
    }

    /// A string in single marks, in which nothing is escaped.
    fn literal(&mut self) -> Option<Given<'t>> {
        self.take(b'\'')?;
        let start = self.at;
        self.at += memchr(b'\'', self.rest())?;
        let words = self.since(start)?;
        self.take(b'\'')?;
        // Two marks may be the first of three.
        let is_odd = words.contains('\n') || words.is_empty() && self.peek() == Some(b'\'');
        (!is_odd).then_some(Given::Words(Cow::Borrowed(words)))
    }

    /// A string in double marks.
    fn one_line(&mut self) -> Option<Given<'t>> {
        let start = self.at;
        self.take(b'"')?;
        let mut is_escaped = false;
        loop {
            self.at += memchr3(b'"', b'\\', b'\n', self.rest())?;
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 2;
                }
                _ => return None,
            }
        }
        let words = self.since(start + 1)?;
        self.at += 1;
        if is_escaped { decoded(self.since(start)?, "\"") } else { Some(Given::Words(words.into())) }
    }

    /// A string in three double marks.
    fn several_lines(&mut self) -> Option<Given<'t>> {
        let start = self.at;
        self.at += THREE.len();
        self.at += memmem::find(self.rest(), THREE.as_bytes())? + THREE.len();
        // One more would belong to the words.
        if self.peek() == Some(b'"') { None } else { decoded(self.since(start)?, THREE) }
    }
}

/// The words of a string that is written with such marks.
fn decoded<'t>(written: &'t str, mark: &str) -> Option<Given<'t>> {
    let words = written.strip_prefix(mark)?.strip_suffix(mark)?;
    let has_lines = mark.len() > 1;
    // A line end right behind three marks is not part of the words.
    let words = if has_lines { words.strip_prefix('\n').unwrap_or(words) } else { words };
    if memchr(b'\\', words.as_bytes()).is_none() {
        return Some(Given::Words(Cow::Borrowed(words)));
    }
    unescaped(words, has_lines).map_or_else(|| parsed(written), |words| Some(Given::Words(words.into())))
}

/// Words with the marks and line ends that are escaped in them; nothing where anything else is.
fn unescaped(mut words: &str, has_lines: bool) -> Option<String> {
    let mut whole = String::with_capacity(words.len());
    while let Some((before, behind)) = words.split_once('\\') {
        whole.push_str(before);
        words = match behind.as_bytes().first()? {
            mark @ (b'"' | b'\\') => {
                whole.push(char::from(*mark));
                behind.get(1..)?
            }
            b'\n' if has_lines => behind.trim_start_matches([' ', '\t', '\n']),
            _ => return None,
        };
    }
    whole.push_str(words);
    Some(whole)
}

/// A string with escapes, which the crate reads.
fn parsed(written: &str) -> Option<Given<'_>> {
    DeValue::parse(written).ok().map(|value| value.into_inner().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::fields::entries;
    use crate::span::Span;
    use proptest::prelude::*;
    use toml::de::DeTable;

    /// What is read here of a text, and what the crate makes of it.
    fn both(text: &str) -> (Option<String>, Option<String>) {
        let whole = DeTable::parse(text).ok().map(|table| Table::<File>::of(entries(table.into_inner())));
        (read(text).map(|file| format!("{file:#?}")), whole.map(|file| format!("{file:#?}")))
    }

    /// What a file can be made of, sound or not.
    const PARTS: &[&str] = &[
        "[[plan_point]]",
        "[[plan_point.quote]]",
        "[[plan_point.rel]]",
        "[[source]]",
        "[[source.unused]]",
        "[[topic]]",
        "[[topic.id]]",
        "[[event.quote]]",
        "[[a.b.c]]",
        "[topic]",
        "[[ topic ]]",
        "[[topic]",
        "schema",
        "id",
        "exact",
        "topics",
        "quote",
        "nth",
        "type",
        "aliases",
        "title",
        "odd",
        "a.b",
        "\"id\"",
        " ",
        "\t",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "=",
        " = ",
        " = ",
        "=",
        "1",
        "07",
        "-1",
        "1.5",
        "2025-11-19",
        "true",
        "99999999999999999999",
        "\"\"",
        "\"so we wait\"",
        "\"“é—漢字🦀”\"",
        "\"a \\\"b\\\" \\u00e9\"",
        "\"a \\\"b\\\"\\\\\"",
        "\"\\q\"",
        "\\\n",
        "\\ \n",
        "\"open",
        "'so'",
        "\"\"\"",
        "\"\"\"\nwords\n\"\"\"",
        "\"\"\"\\\n  so\"\"\"",
        "\"\"\"a\"\"\"\"",
        "[]",
        "[\"a\", \"b\"]",
        "[\n  \"a\", # why\n  \"b\",\n]",
        "[,]",
        "[1]",
        "[[\"a\"]]",
        "[",
        "]",
        ",",
        "{ to = \"a\" }",
        "[{ to = \"a\", odd = 1 }, { }]",
        "[\n  { to = \"a\", type = 'b' },\n]",
        "{",
        "}",
        "# a remark",
        "#",
        "\u{7f}",
        "\u{feff}",
        "\0",
        "\\",
        "\"",
        "id = \"a\"\n",
        "nth = 2\n",
        "quote = []\n",
        "rel = [{ to = \"a\" }]\n",
        "topics = [\"a\"]\n",
    ];

    /// Lines of which most stand well behind any other.
    const LINES: &[&str] = &[
        "[[plan_point]]",
        "[[plan_point]] # one",
        "[[plan_point.quote]]",
        "[[plan_point.rel]]",
        "[[source]]",
        "[[source.unused]]",
        "[[topic]]",
        "  [[ event ]]",
        "[[event.quote]]",
        "id = \"é—漢\"",
        "title   = '“so” \"we\"'",
        "",
        "nth = 2",
        "exact = [ \"a\", # why\n \"b\",\n ]",
        "exact = \"a \\\"b\\\" \\u00e9\"",
        "text = \"\"\"\n so\n  we\n\"\"\"",
        "text = \"\"\"\\\n so\\\n  we\"\"\"",
        "topics = []",
        "topics = 3",
        "on = ['a',\t\"\"]",
        "rel = [{ to = \"a\", type = 'b' },\n]",
        "rel = [{ to = 3, why = \"\", odd = 1 }]",
        "quote = [{ zeta = 1, odd = 2, exact = 'so' }]",
        "quote = []",
        "source = 99999999999999999999",
        "# [[a remark",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn what_is_read_is_what_the_crate_makes_of_it(
            lines in prop::collection::vec(prop::sample::select(LINES), 0..8),
            slip in prop::option::of((0..200usize, prop::sample::select(PARTS))),
        ) {
            let mut text = lines.join("\n");
            if let Some((at, slip)) = slip {
                text.insert_str(text.floor_char_boundary(at), slip);
            }
            let (here, there) = both(&text);
            if here.is_some() {
                prop_assert_eq!(here, there, "{:?}", text);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn a_briefing_with_a_slip_is_never_read_otherwise(at in 0..20_000usize, slip in prop::sample::select(PARTS)) {
            let mut text = include_str!("../../briefings/us-peace-framework/briefing.toml").to_owned();
            text.insert_str(text.floor_char_boundary(at), slip);
            let (here, there) = both(&text);
            if here.is_some() {
                prop_assert_eq!(here, there);
            }
        }
    }

    #[test]
    fn the_shipped_briefing_is_plain() {
        for text in [
            include_str!("../../briefings/us-peace-framework/briefing.toml"),
            include_str!("../../briefings/us-peace-framework/open-questions.toml"),
            include_str!("../../briefings/us-peace-framework/plan-points.toml"),
            include_str!("../../briefings/us-peace-framework/reactions.toml"),
            include_str!("../../briefings/us-peace-framework/timeline.toml"),
        ] {
            let (here, there) = both(text);
            assert!(here.is_some() && here == there, "{}", Span::new(0, 80).of(text));
        }
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        for text in [
            "id = \"a\"",
            "schema = 1\nschema = 1",
            "schema = 1 title = \"a\"",
            "[[card]]",
            "[[topic]]\nname = \"a\"",
            "[[event.quote]]",
            "[[event]]\nquote = []\n[[event.quote]]",
            "[[event]]\nquote = [{ nth = 1 }]\n[[event.quote]]",
            "[[event]]\nquote = [{ nth = 1, nth = 1 }]",
            "[[event]]\nquote = [{ nth = [{ nth = 1 }] }]",
            "[[event]]\nquote = [\"a\"]\n[[event.quote]]",
            "event = [{ id = \"a\" }]\n[[event.quote]]",
            "event = [{ id = \"a\" }]\n[[event]]",
            "event = []\n[[event.quote]]",
            "[event]",
            "title = '''a'''",
            "title = 'a\nb'",
            "title = 'a",
            "title = { a = 1 }",
            "title = \"\"\"a\"\"\"\"",
            "title = \"a\nb\"",
            "title = \"a",
            "title = \"a\\",
            "title = \"a\\é",
            "title = \"\"\"a\"\"",
            "schema = 01",
            "schema = +1",
            "schema = 1_000",
            "title = \"a\"\r\n",
            "\u{feff}title = \"a\"",
            "title",
            "title =",
            "title = \"\\q\"",
            "topics = [1]",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
