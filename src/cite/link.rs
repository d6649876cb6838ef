//! A source's address on the web, down to a passage: what is copied as a link, and opened.
//!
//! Promises: what is not an address on the web, whatever a briefing says, is neither opened nor written as a link. A
//! passage is named by a text fragment, after <https://wicg.github.io/scroll-to-text-fragment/>; words
//! next to it are added until the first match in the text is the passage, as far as that is possible.

use crate::address::is_on_the_web;
use crate::model::{Quote, Source};
use crate::span::Span;
use memchr::memmem;
use std::fmt::{self, Write as _};

/// The most bytes of a passage that are named whole; a longer one is named by its beginning and its end.
const WHOLE: usize = 120;
/// How many words a beginning and an end have: the fewest that lead to the passage.
const WORDS: [usize; 5] = [4, 5, 6, 7, 8];
/// The most words before or after a passage that are added.
const CONTEXT: usize = 8;

/// An address on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(String);

/// A source that is on the web, with its text as a browser looks for passages in it.
#[derive(Debug)]
pub struct Web<'b> {
    address: Address,
    raw: &'b str,
    /// The text in small letters, each run of blanks one space.
    flat: String,
    /// Where each line begins: in the raw text, and in the flat one.
    lines: Vec<(usize, usize)>,
}

/// A passage as a text fragment names it: spans of the raw text, empty for what it does without.
#[derive(Clone, Copy, Debug, Default)]
struct Directive {
    prefix: Span,
    start: Span,
    end: Span,
    suffix: Span,
}

impl Address {
    /// Where a source can be found, if that is on the web.
    #[must_use]
    pub fn of(source: &Source) -> Option<Self> {
        Self::parse(source.url.as_deref()?)
    }

    /// The address of a page of the web, if words are that and nothing besides.
    #[must_use]
    pub fn parse(words: &str) -> Option<Self> {
        is_on_the_web(words).then(|| Self(words.to_owned()))
    }

    /// Itself, as it is handed on.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'b> Web<'b> {
    /// A source that is on the web.
    #[must_use]
    pub fn of(source: &'b Source) -> Option<Self> {
        let raw = source.text.as_ref().map_or("", |text| text.raw());
        let mut web = Self { address: Address::of(source)?, raw, flat: String::new(), lines: Vec::new() };
        let mut at = 0;
        for line in raw.split_inclusive('\n') {
            let words = flat(line);
            if !words.is_empty() && !web.flat.is_empty() {
                web.flat.push(' ');
            }
            web.lines.push((at, web.flat.len()));
            web.flat.push_str(&words);
            at += line.len();
        }
        Some(web)
    }

    /// Where a quote from the source can be found: each of its fragments, where it stands in the text.
    #[must_use]
    pub fn to(&self, quote: &Quote) -> Address {
        let directives: Vec<String> = quote.places().iter().map(|&part| self.written(part)).collect();
        if directives.is_empty() {
            return self.address.clone();
        }
        let url = self.address.as_str();
        let url = url.split_once(":~:").map_or(url, |(url, _)| url);
        let hash = if url.contains('#') { "" } else { "#" };
        Address(format!("{url}{hash}:~:{}", directives.join("&")))
    }

    /// A passage as a text directive: `text=prefix-,start,end,-suffix`.
    fn written(&self, part: Span) -> String {
        let Directive { prefix, start, end, suffix } = self.directive(self.whole_words(part));
        let word = |span: Span| {
            let words = span.of(self.raw).split_whitespace().collect::<Vec<_>>().join(" ");
            percent(&words).replace('-', "%2D")
        };
        let mut text = String::from("text=");
        if !prefix.is_empty() {
            let _ = write!(text, "{}-,", word(prefix));
        }
        text.push_str(&word(start));
        if !end.is_empty() {
            let _ = write!(text, ",{}", word(end));
        }
        if !suffix.is_empty() {
            let _ = write!(text, ",-{}", word(suffix));
        }
        text
    }

    /// The shortest directive that leads to a passage; where none does, the one that says most of it.
    fn directive(&self, part: Span) -> Directive {
        let whole = [Directive { start: part, ..Directive::default() }];
        let ends = WORDS.into_iter().map(|words| self.ends(part, words));
        let plain: Vec<Directive> = match part.of(self.raw) {
            words if words.contains('\n') => ends.collect(),
            words if words.len() > WHOLE => ends.chain(whole).collect(),
            _ => whole.to_vec(),
        };
        let (before, after) = self.beside(part);
        let with = |directive: Directive| {
            let prefixed = before.iter().map(move |&prefix| Directive { prefix, ..directive });
            let suffixed = after.iter().map(move |&suffix| Directive { suffix, ..directive });
            prefixed.chain(suffixed)
        };
        let mut candidates = plain.iter().copied().chain(plain.iter().copied().flat_map(with));
        candidates.find(|&directive| self.leads(directive)).or(plain.last().copied()).unwrap_or_default()
    }

    /// A passage by its first and its last words, none of them across the end of a line.
    fn ends(&self, part: Span, words: usize) -> Directive {
        let text = part.of(self.raw);
        let first = text.lines().next().unwrap_or_default();
        let last = text.lines().next_back().unwrap_or_default();
        let start = tokens(first).nth(words - 1).map_or(first.len(), |token| token.end);
        let end = tokens(last).rev().nth(words - 1).map_or(0, |token| token.start);
        Directive {
            start: Span::new(part.start, part.start + start),
            end: Span::new(part.end - (last.len() - end), part.end),
            ..Directive::default()
        }
    }

    /// What stands before and after a passage on its lines: one word, two words, and so on.
    fn beside(&self, part: Span) -> (Vec<Span>, Vec<Span>) {
        let before = self.raw.get(..part.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let before = before.get(line..).unwrap_or_default();
        let after = self.raw.get(part.end..).unwrap_or_default().lines().next().unwrap_or_default();
        let prefix = |token: Span| Span::new(line + token.start, part.start);
        let suffix = |token: Span| Span::new(part.end, part.end + token.end);
        (
            tokens(before).rev().take(CONTEXT).map(prefix).collect(),
            tokens(after).take(CONTEXT).map(suffix).collect(),
        )
    }

    /// Whether a browser that looks for the directive in the text comes to its passage first.
    fn leads(&self, directive: Directive) -> bool {
        let Directive { prefix, start, end, suffix } = directive;
        let first = |from: usize, needle: Span| {
            let found = memmem::find(self.flat.get(from..)?.as_bytes(), flat(needle.of(self.raw)).as_bytes());
            found.map(|at| from + at)
        };
        let from = if prefix.is_empty() { start.start } else { prefix.start };
        let to = if suffix.is_empty() { end.end } else { suffix.end };
        if end.is_empty() {
            let to = if suffix.is_empty() { start.end } else { suffix.end };
            return first(0, Span::new(from, to)) == Some(self.flat_at(from));
        }
        first(0, Span::new(from, start.end)) == Some(self.flat_at(from))
            && first(self.flat_at(start.end), Span::new(end.start, to)) == Some(self.flat_at(end.start))
    }

    /// A byte of the raw text as one of the flat text.
    fn flat_at(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|&(raw, _)| raw <= at).saturating_sub(1);
        let &(raw, start) = self.lines.get(line).unwrap_or(&(0, 0));
        let before = Span::new(raw, at).of(self.raw);
        let words = flat(before);
        let blank = !words.is_empty() && before.ends_with(char::is_whitespace);
        start + words.len() + usize::from(blank)
    }

    /// A passage widened to whole words, without blanks at its ends, as browsers match no less.
    fn whole_words(&self, part: Span) -> Span {
        let text = part.of(self.raw);
        let part = Span::new(part.end - text.trim_start().len(), part.start + text.trim_end().len());
        let text = part.of(self.raw);
        let before = self.raw.get(..part.start).unwrap_or_default();
        let after = self.raw.get(part.end..).unwrap_or_default();
        let left = if text.starts_with(char::is_alphanumeric) {
            before.len() - before.trim_end_matches(char::is_alphanumeric).len()
        } else {
            0
        };
        let right = if text.ends_with(char::is_alphanumeric) {
            after.len() - after.trim_start_matches(char::is_alphanumeric).len()
        } else {
            0
        };
        Span::new(part.start - left, part.end + right)
    }
}

/// Words as a browser compares them.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words between blanks, as spans of the text.
fn tokens(text: &str) -> impl DoubleEndedIterator<Item = Span> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        Span::new(start, start + word.len())
    })
}

/// Words as a part of a URL's path or fragment: all but the unreserved characters of RFC 3986, section
/// 2.3, as `%XX`.
#[must_use]
pub fn percent(words: &str) -> String {
    words.bytes().fold(String::with_capacity(words.len()), |mut url, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ => {
                let _ = write!(url, "%{byte:02X}");
            }
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Fact, linked};
    use super::*;
    use crate::anchor::{Anchor, Match};
    use crate::model::{SourceText, samples};
    use crate::sanitize::Safe;

    const TEXT: &str = "The Ferry\nWe will wait, she said. They said that we will not wait.\n\n“We will wait” — \
        so é—漢🦀, e\u{301} & 50-year peace-plan.\nWe  will wait";

    fn source(url: &str, raw: &str) -> Source {
        let (url, text) = (Some(Safe::line(url)), Some(SourceText::new(raw.to_owned())));
        Source { url, text, ..samples::source("gazette") }
    }

    fn quote(parts: Vec<Span>) -> Quote {
        let found = Ok(Anchor { parts, matched: Match::Exact, nth: 1, of: Some(1) });
        Quote { found, ..samples::quote("words") }
    }

    /// The link to some bytes of a text, without the address.
    fn link(raw: &str, parts: &[Span]) -> String {
        let source = source("https://a.org/b", raw);
        let link = Web::of(&source).map(|web| web.to(&quote(parts.to_vec())).to_string()).unwrap_or_default();
        link.strip_prefix("https://a.org/b#:~:").unwrap_or(&link).to_owned()
    }

    /// The `nth` place of some words in a text, from 0.
    fn place(raw: &str, words: &str, nth: usize) -> Span {
        let at = raw.match_indices(words).nth(nth).map_or(0, |(at, _)| at);
        Span::new(at, at + words.len())
    }

    #[test]
    fn only_what_is_on_the_web_has_an_address_to_open_and_to_link() {
        let cases = [
            ("https://a.org/b?c=d#e", true),
            ("HTTP://a.org", true),
            ("HttpS://x.org/é—漢🦀", true),
            ("https://", false),
            ("https:/a.org", false),
            ("https://a.org/<b>", false),
            ("https://a.org/\"b\"", false),
            ("https://a.org/`b`{c}", false),
            ("https://a.org\\b|c^", false),
            ("ftp://a.org", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("-https://a.org", false),
            ("https://a.org/ --help", false),
            ("", false),
            ("é—漢🦀", false),
        ];
        for (url, is_address) in cases {
            let address = Address::of(&source(url, ""));
            assert_eq!(address.as_ref().map(Address::as_str), is_address.then_some(url), "{url}");
            let link = format!("<{url}>");
            assert_eq!(linked(Fact::Url, url) == link, is_address, "{url}");
        }
    }

    #[test]
    fn words_that_stand_once_are_named_alone_and_what_has_a_meaning_in_a_directive_is_escaped() {
        let cases = [
            ("not wait", "text=not%20wait"),
            ("e\u{301} & 50-year peace-plan.", "text=e%CC%81%20%26%2050%2Dyear%20peace%2Dplan."),
            ("é—漢🦀, e", "text=%C3%A9%E2%80%94%E6%BC%A2%F0%9F%A6%80%2C%20e"),
            ("peace", "text=peace"),
            ("ot wai", "text=not%20wait"),
            (" not wait.\n\n", "text=not%20wait."),
        ];
        for (words, want) in cases {
            assert_eq!(link(TEXT, &[place(TEXT, words, 0)]), want, "{words}");
        }
    }

    #[test]
    fn words_that_stand_more_than_once_are_told_apart_by_those_beside_them() {
        let cases = [
            (("We will wait", 0), "text=We%20will%20wait"),
            (("We will wait", 1), "text=%E2%80%9C-,We%20will%20wait"),
            (("wait", 1), "text=not-,wait"),
            (("said", 1), "text=They-,said"),
        ];
        for ((words, nth), want) in cases {
            assert_eq!(link(TEXT, &[place(TEXT, words, nth)]), want, "{words} {nth}");
        }
        let raw = "so it is\nso it goes";
        assert_eq!(link(raw, &[place(raw, "so it", 1)]), "text=so%20it,-goes");
        let raw = "so it is\nso it is";
        assert_eq!(
            link(raw, &[place(raw, "so it is", 1)]),
            "text=so%20it%20is",
            "nothing can tell them apart"
        );
    }

    #[test]
    fn a_long_passage_is_named_by_its_ends_and_an_omission_by_its_fragments() {
        let long = format!(
            "It began so. One two three four {}five six seven eight. It ended.",
            "and so on ".repeat(20)
        );
        let part = place(&long, long.get(13..long.len() - 10).unwrap_or_default(), 0);
        assert_eq!(link(&long, &[part]), "text=One%20two%20three%20four,five%20six%20seven%20eight.");
        let lines = place(TEXT, "not wait.\n\n“We will", 0);
        assert_eq!(link(TEXT, &[lines]), "text=not%20wait.,%E2%80%9CWe%20will");
        let parts = [place(TEXT, "She", 0), place(TEXT, "They said", 0), place(TEXT, "peace", 0)];
        assert_eq!(link(TEXT, &parts[1..]), "text=They%20said&text=peace");
    }

    #[test]
    fn a_fragment_of_the_address_stays_and_a_directive_does_not() {
        for (url, want) in [
            ("https://a.org/#b", "https://a.org/#b:~:text=peace"),
            ("https://a.org/#b:~:text=c", "https://a.org/#b:~:text=peace"),
        ] {
            let source = source(url, TEXT);
            let quote = quote(vec![place(TEXT, "peace", 0)]);
            assert_eq!(Web::of(&source).map(|web| web.to(&quote).to_string()).as_deref(), Some(want));
        }
        let source = source("https://a.org", TEXT);
        let nowhere = quote(Vec::new());
        assert_eq!(Web::of(&source).map(|web| web.to(&nowhere)), Address::of(&source));
    }

    #[test]
    fn a_file_name_becomes_part_of_a_url() {
        assert_eq!(percent("a-b_c.txt~"), "a-b_c.txt~");
        assert_eq!(percent("é 1%/#.txt"), "%C3%A9%201%25%2F%23.txt");
    }
}
