//! A card in Markdown: whatever words it has, Markdown shows them as they are.

use super::{Fact, is_address, lead, provenance, summary, wordings};
use crate::lines;
use crate::model::{Briefing, Card};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A card as Markdown: its title as a heading of some level, its facts, and each quote with its provenance.
#[must_use]
pub fn card(briefing: &Briefing, card: &Card, level: usize) -> String {
    let (title, summary) = (inert(&card.title), summary(briefing, card));
    let mut text = format!("{} {title}\n\n{}\n", "#".repeat(level), inert(&summary));
    for line in card.text.iter().flat_map(|words| lines::filled(words)) {
        let _ = write!(text, "\n{}\n", inert(line));
    }
    if let Some(wordings) = wordings(card, inert) {
        let _ = write!(text, "\nWorded differently: {wordings}\n");
    }
    for quote in &card.quotes {
        let _ = write!(text, "\n> {}\n>\n", inert(quote.handed_on()).replace('\n', "\n> "));
        let mut before = "> — ";
        for (fact, value) in provenance(briefing, quote) {
            text.extend([before, fact.name(), ": ", &linked(fact, &value)]);
            before = "; ";
        }
        text.push('\n');
    }
    text.push('\n');
    for links in card.links.chunk_by(|one, two| one.role == two.role) {
        let _ = links.first().map(|link| writeln!(text, "- {}", link.role.heading()));
        for link in links {
            let other = &briefing[link.to];
            let why = link.why.as_ref().map(|why| format!(" · {}", inert(why))).unwrap_or_default();
            let title = format!("{}{}", lead(briefing, other), other.title);
            let _ = writeln!(text, "  - {}{why}", inert(&title));
        }
    }
    if !card.links.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "briefing: {}, card: {}", inert(&briefing.name), inert(&card.id));
    text
}

/// The value of a fact in Markdown: a web address as a link, all else as words.
#[must_use]
pub fn linked<'v>(fact: Fact, value: &'v str) -> Cow<'v, str> {
    if is_address(fact, value) { Cow::Owned(format!("<{value}>")) } else { inert(value) }
}

/// Words that Markdown shows as they are: what would be markup in them has a backslash in front, and blanks that it
/// would make code of, or a break, or drop, are written as what they are.
#[must_use]
pub fn inert(words: &str) -> Cow<'_, str> {
    let mut inert = String::new();
    let mut copied = 0;
    for (at, byte) in words.bytes().enumerate() {
        let (written, next) = match byte {
            b'a'..=b'z' => continue,
            b' ' if is_lost(words, at) => ("&#32;", at + 1),
            _ if is_markup(byte, words, at) => ("\\", at),
            _ => continue,
        };
        inert.push_str(Span::new(copied, at).of(words));
        inert.push_str(written);
        copied = next;
    }
    if inert.is_empty() {
        return Cow::Borrowed(words);
    }
    inert.push_str(Span::new(copied, words.len()).of(words));
    Cow::Owned(inert)
}

/// Whether the blank at some place of a text is the first or the last of a line that holds words.
fn is_lost(words: &str, at: usize) -> bool {
    let (before, behind) = words.as_bytes().split_at(at);
    let mut before = before.iter().rev();
    let mut behind = behind.iter().skip(1);
    let edge = |next: Option<&u8>| next.is_none_or(|&byte| byte == b'\n');
    let is_word = |&&byte: &&u8| byte != b' ';
    edge(before.clone().next()) && !edge(behind.clone().find(is_word))
        || edge(behind.next()) && !edge(before.find(is_word))
}

/// Whether the byte at some place of a text can be markup there.
fn is_markup(byte: u8, words: &str, at: usize) -> bool {
    let before = || Span::new(0, at).of(words);
    let starts_line = |before: &str| {
        let blanks = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace());
        blanks.is_empty() || blanks.ends_with('\n')
    };
    match byte {
        b'\\' | b'`' | b'*' | b'[' | b'<' | b'&' | b'~' | b'|' => true,
        b'_' => {
            let behind = Span::new(at + 1, words.len()).of(words);
            !before().ends_with(char::is_alphanumeric) || !behind.starts_with(char::is_alphanumeric)
        }
        // At the end of a heading, behind a blank, these would close it.
        b'#' => {
            starts_line(before())
                || before().ends_with(' ') && {
                    let behind =
                        Span::new(at, words.len()).of(words).trim_start_matches('#').trim_start_matches(' ');
                    behind.is_empty() || behind.starts_with('\n')
                }
        }
        b'>' | b'-' | b'+' | b'=' | b':' => starts_line(before()),
        // Behind a number that is all of its line so far, these would make the item of a list.
        b'.' | b')' => {
            let number = before();
            let line = number.trim_end_matches(|c: char| c.is_ascii_digit());
            line.len() < number.len() && starts_line(line)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_the_web_is_a_link() {
        let cases = [
            ("https://example.org/é?a=1&b", "<https://example.org/é?a=1&b>"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("http://", "http://"),
            ("http://a/> <b>", "http://a/> \\<b>"),
            ("HTTPS://a", "<HTTPS://a>"),
        ];
        for (value, want) in cases {
            assert_eq!(linked(Fact::Url, value), want, "{value}");
            assert_eq!(linked(Fact::By, value), inert(value), "{value}");
        }
    }

    #[test]
    fn words_are_no_markup() {
        let cases = [
            ("“é—漢🦀” e\u{301}", "“é—漢🦀” e\u{301}"),
            ("a *b* `c` [d](e) <f>", "a \\*b\\* \\`c\\` \\[d](e) \\<f>"),
            ("seeds/000_417d.txt", "seeds/000_417d.txt"),
            ("_so_ it \\ went", "\\_so\\_ it \\\\ went"),
            ("1. so\n28) we\n3.5 a1. 漢1)", "1\\. so\n28\\) we\n3\\.5 a1. 漢1)"),
            ("&amp; ~~x~~ | y", "\\&amp; \\~\\~x\\~\\~ \\| y"),
            ("# so\n- it\n> went - on\n:--\n===", "\\# so\n\\- it\n\\> went - on\n\\:--\n\\==="),
            ("Vitamin C # and #", "Vitamin C # and \\#"),
            ("two ##\nC# F ## \n##", "two \\##\nC# F \\##&#32;\n\\##"),
            ("    漢é\n - it", "&#32;   漢é\n&#32;\\- it"),
            ("it  \nbroke \n \n  \nso", "it &#32;\nbroke&#32;\n \n  \nso"),
            ("[a]: b\n***\n~~~\n<b>\n1)", "\\[a]: b\n\\*\\*\\*\n\\~\\~\\~\n\\<b>\n1\\)"),
        ];
        for (words, want) in cases {
            assert_eq!(inert(words), want, "{words:?}");
        }
    }
}
