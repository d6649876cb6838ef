//! What is copied or printed of a quote or a card: it always carries where it comes from.

mod link;

pub use link::{Address, Web, percent};

use crate::anchor::{Anchor, Miss};
use crate::model::{Briefing, Card, Kind, Quote, Source, Subject};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Write as _;

/// A quote with its provenance, ready to paste into a text: the words, who says so, on what it
/// rests, who reported it first, where it stands, its grade, and from which briefing it was taken.
#[must_use]
pub fn quote(briefing: &Briefing, card: &Card, quote: &Quote) -> String {
    let mut text = format!("{}\n", marked(&quote.words));
    if let Some(actor) = card.actor() {
        let _ = writeln!(text, "actor: {}", briefing[actor].name);
    }
    for (name, value) in provenance(briefing, quote) {
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = writeln!(text, "card: {} ({})\nbriefing: {}", card.title, card.id, briefing.name);
    text
}

/// A passage of a source that no card quotes, with where it is from: its span in the raw text.
#[must_use]
pub fn passage(briefing: &Briefing, source: &Source, raw: Span) -> String {
    let Some(found) = &source.text else { return String::new() };
    let words = found.shown.to_shown(raw).of(found.shown.text());
    let mut text = format!("{}\nsource: {}\n", marked(words), source.title);
    for (name, value) in about(source) {
        let line = if name == "file" { format!(":{}", found.line_at(raw.start)) } else { String::new() };
        let _ = writeln!(text, "{name}: {value}{line}");
    }
    let _ = writeln!(text, "briefing: {}", briefing.name);
    text
}

/// Words in quotation marks, unless they stand in marks of their own.
#[must_use]
pub fn marked(words: &str) -> String {
    let (open, close) = marks(words);
    format!("{open}{words}{close}")
}

/// The quotation marks that words are to stand in: none where they are one quotation, in marks of their own.
#[must_use]
pub fn marks(words: &str) -> (&'static str, &'static str) {
    /// What opens a quotation, and what may close it.
    const PAIRS: [(char, &[char]); 6] =
        [('"', &['"']), ('“', &['”']), ('”', &['”']), ('„', &['“', '”']), ('‟', &['”']), ('«', &['»'])];
    let is_one = PAIRS.iter().any(|&(open, closes)| {
        let inside = words.strip_prefix(open).and_then(|rest| rest.strip_suffix(closes));
        inside.is_some_and(|inside| !inside.contains(open) && !inside.contains(closes))
    });
    if is_one { ("", "") } else { ("“", "”") }
}

/// A quote's grade, and whether words between its fragments are left out.
#[must_use]
pub fn grade(quote: &Quote) -> String {
    let omits = if quote.places().len() > 1 { ", with omissions" } else { "" };
    [quote.grade().word(), omits].concat()
}

/// A card as Markdown: its title as a heading of some level, its facts, and each quote with its provenance.
#[must_use]
pub fn card(briefing: &Briefing, card: &Card, level: usize) -> String {
    let (title, summary) = (inert(&card.title), summary(briefing, card));
    let mut text = format!("{} {title}\n\n{}\n", "#".repeat(level), inert(&summary));
    if let Some(words) = &card.text {
        let _ = write!(text, "\n{}\n", inert(words));
    }
    if let Some(wordings) = wordings(card, inert) {
        let _ = write!(text, "\nWorded differently: {wordings}\n");
    }
    for quote in &card.quotes {
        let _ = write!(text, "\n> {}\n>\n", inert(&quote.words).replace('\n', "\n> "));
        let facts: Vec<String> = provenance(briefing, quote)
            .into_iter()
            .map(|(name, value)| format!("{name}: {}", linked(name, &value)))
            .collect();
        let _ = writeln!(text, "> — {}", facts.join("; "));
    }
    text.push('\n');
    for link in &card.links {
        let why = link.why.as_ref().map(|why| format!(" · {}", inert(why))).unwrap_or_default();
        let _ = writeln!(text, "- {}: {}{why}", link.role.heading(), inert(&briefing[link.to].title));
    }
    if !card.links.is_empty() {
        text.push('\n');
    }
    let _ = writeln!(text, "briefing: {}, card: {}", inert(&briefing.name), inert(&card.id));
    text
}

/// A card's differing wordings, each as it is to be written: `must accept / should consider; 28 / 19`, those of one
/// origin before those of the next.
#[must_use]
pub fn wordings<'c>(card: &'c Card, written: impl Fn(&'c str) -> Cow<'c, str>) -> Option<String> {
    let of_origin = |words: Vec<&'c str>| words.into_iter().map(&written).collect::<Vec<_>>().join(" / ");
    let wordings: Vec<String> = card.wordings().map(of_origin).collect();
    (!wordings.is_empty()).then(|| wordings.join("; "))
}

/// The value of a fact in Markdown: a web address as a link, all else as words.
#[must_use]
pub fn linked<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    if is_address(name, value) { Cow::Owned(format!("<{value}>")) } else { inert(value) }
}

/// Whether a fact is the address of a page of the web.
#[must_use]
pub fn is_address(name: &str, value: &str) -> bool {
    name == "url" && Address::parse(value).is_some()
}

/// One line on a card: what kind it is, how sure it is, on how much it rests.
#[must_use]
pub fn summary(briefing: &Briefing, card: &Card) -> String {
    let word = card.kind.family().word();
    let kind = match card.kind {
        Kind::PlanPoint { version } => format!("{word}, {}", briefing[version].title),
        Kind::Reaction { actor, stance, .. } => {
            format!("{word}, {}, {}", briefing[actor].name, stance.word())
        }
        Kind::OpenQuestion { status, .. } => format!("{word}, {}", status.word()),
        Kind::Event => word.to_owned(),
    };
    let date = card.date.as_ref().map(|date| format!("{date} · ")).unwrap_or_default();
    let on = on(briefing, card).map(|on| format!(" · {on}")).unwrap_or_default();
    format!("{date}{kind}{on} · {} · {}", card.standing.certainty.word(), evidence(briefing, card))
}

/// The versions that a reaction or a question is about; the cards that it is about are linked to it.
///
/// `on US draft, Geneva draft`
#[must_use]
pub fn on(briefing: &Briefing, card: &Card) -> Option<String> {
    let versions = card.subjects().iter().filter_map(|subject| match *subject {
        Subject::Version(version) => Some(briefing[version].title.as_ref()),
        Subject::Card(_) => None,
    });
    let versions: Vec<&str> = versions.collect();
    (!versions.is_empty()).then(|| format!("on {}", versions.join(", ")))
}

/// Where a quote is from, as names and values, in the order they are shown.
#[must_use]
pub fn provenance(briefing: &Briefing, quote: &Quote) -> Vec<(&'static str, String)> {
    let source = &briefing[quote.source];
    let mut facts = Vec::new();
    facts.extend(quote.by.as_ref().map(|by| ("by", by.to_string())));
    facts.push(("basis", quote.basis.word().to_owned()));
    facts.extend(quote.origin.map(|origin| ("origin", briefing[origin].name.to_string())));
    let date = source.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let outlet = source.outlet.as_ref().map(|_| format!("{}, ", label(source))).unwrap_or_default();
    facts.push(("source", format!("{outlet}{}{date}", source.title)));
    facts.extend(source.url.as_ref().map(|url| ("url", url.to_string())));
    facts.push(("place", place(briefing, quote)));
    facts.push(("grade", grade(quote)));
    facts
}

/// The file and the line that a quote stands on, and which of several places it is.
#[must_use]
pub fn place(briefing: &Briefing, quote: &Quote) -> String {
    let source = &briefing[quote.source];
    match (&quote.found, line(briefing, quote)) {
        (Ok(anchor), Some(line)) => {
            let which = which(anchor).map(|which| format!(" ({which})")).unwrap_or_default();
            [&source.path(), ":", &line.to_string(), &*which].concat()
        }
        (Err(Miss::GivenUp), _) => format!("{}, search given up", source.path()),
        (Ok(_) | Err(_), _) => format!("{}, not found", source.path()),
    }
}

/// Which of several places a quote was found at: `place 2 of 3`; only `place 2` where they are too
/// many to count.
#[must_use]
pub fn which(anchor: &Anchor) -> Option<String> {
    match anchor.of {
        Some(..=1) => None,
        Some(of) => Some(format!("place {} of {of}", anchor.nth)),
        None => Some(format!("place {}", anchor.nth)),
    }
}

/// The line of its source's file, from 1, that a quote begins on.
#[must_use]
pub fn line(briefing: &Briefing, quote: &Quote) -> Option<usize> {
    let text = briefing[quote.source].text.as_ref()?;
    Some(text.line_at(quote.places().first()?.start))
}

/// What is known of a source, as names and values, in the order they are shown.
#[must_use]
pub fn about(source: &Source) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    facts.extend(source.outlet.as_ref().map(|outlet| ("outlet", outlet.to_string())));
    facts.extend(source.author.as_ref().map(|author| ("author", author.to_string())));
    facts.extend(source.date.map(|date| ("date", date.to_string())));
    facts.extend(source.url.as_ref().map(|url| ("url", url.to_string())));
    facts.push(("file", source.path()));
    facts
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

/// On how much a card rests: `3 texts · 1 origin: Reuters · 1 states none`.
#[must_use]
pub fn evidence(briefing: &Briefing, card: &Card) -> String {
    let standing = &card.standing;
    let names: Vec<&str> = standing.origins.iter().map(|&origin| briefing[origin].name.as_ref()).collect();
    let texts = counted(standing.texts, "text");
    match names.len() {
        0 => texts + " · no stated origin",
        count => {
            let unstated = match standing.unstated {
                0 => String::new(),
                1 => String::from(" · 1 text states none"),
                many => format!(" · {many} texts state none"),
            };
            [&texts, " · ", &counted(count, "origin"), ": ", &names.join(", "), &unstated].concat()
        }
    }
}

/// `1 text`, `3 texts`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    [&*count.to_string(), " ", noun, if count == 1 { "" } else { "s" }].concat()
}

/// What to call a source in a line: its outlet, or its title where the text names no outlet.
#[must_use]
pub fn label(source: &Source) -> &Safe {
    source.outlet.as_ref().unwrap_or(&source.title)
}

#[cfg(test)]
mod tests {
    use super::{inert, linked, marks};

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
            assert_eq!(linked("url", value), want, "{value}");
            assert_eq!(linked("by", value), inert(value), "{value}");
        }
    }

    #[test]
    fn only_words_that_are_one_quotation_keep_their_own_marks() {
        for (words, own) in [
            ("“é—漢🦀”", true),
            ("\"We will wait.\"", true),
            ("„Wir warten.“", true),
            ("«Attendre»", true),
            ("We will wait", false),
            ("“We will wait", false),
            ("\"Peace,\" he said. Then he added: \"War.\"", false),
            ("“Peace,” he said. “War.”", false),
            ("\"", false),
            ("«Attendre”", false),
        ] {
            assert_eq!(marks(words) == ("", ""), own, "{words}");
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
