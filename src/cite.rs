//! What is copied or printed of a quote or a card: it always carries where it comes from.

mod link;
mod markdown;

pub use link::{Address, Web, percent};
pub use markdown::{card, inert, linked};

use crate::anchor::{Anchor, Miss};
use crate::model::{Basis, Briefing, Card, Family, Kind, Quote, Source, Subject, Version};
use crate::sanitize::{Safe, handed_on};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::iter;

/// A thing that is known of a quote or of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The text's own words for who says so.
    By,
    /// What the passage rests on.
    Basis,
    /// Who reported the passage first.
    Origin,
    /// The source's outlet, title and date, in one.
    Source,
    /// Who published the source.
    Outlet,
    /// Who wrote the source.
    Author,
    /// When the source was published.
    Date,
    /// Where the source is on the web.
    Url,
    /// The source's file in the library.
    File,
    /// Where the quote stands: file and line.
    Place,
    /// How well the quote matches its source.
    Grade,
    /// The hash of the source's text.
    Sha256,
}

impl Fact {
    /// Its name, as it stands before its value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::Basis => "basis",
            Self::Origin => "origin",
            Self::Source => "source",
            Self::Outlet => "outlet",
            Self::Author => "author",
            Self::Date => "date",
            Self::Url => "url",
            Self::File => "file",
            Self::Place => "place",
            Self::Grade => "grade",
            Self::Sha256 => "sha256",
        }
    }
}

/// A quote with its provenance, ready to paste into a text: the words, who says so, on what it
/// rests, who reported it first, where it stands, its grade, and from which briefing it was taken.
#[must_use]
pub fn quote(briefing: &Briefing, card: &Card, quote: &Quote) -> String {
    let mut text = format!("{}\n", marked(quote.handed_on()));
    if let Some(actor) = card.actor() {
        let _ = writeln!(text, "actor: {}", briefing[actor].name);
    }
    for (fact, value) in provenance(briefing, quote) {
        let _ = writeln!(text, "{}: {value}", fact.name());
    }
    let _ = writeln!(text, "card: {} ({})\nbriefing: {}", card.title, card.id, briefing.name);
    text
}

/// A passage of a source that no card quotes, with where it is from: its span in the raw text.
#[must_use]
pub fn passage(briefing: &Briefing, source: &Source, raw: Span) -> String {
    let Some(found) = &source.text else { return String::new() };
    let words = handed_on(raw.of(found.raw()));
    let mut text = format!("{}\nsource: {}\n", marked(&words), source.title);
    for (fact, value) in facts(source) {
        let line = if fact == Fact::File { format!(":{}", found.line_at(raw.start)) } else { String::new() };
        let _ = writeln!(text, "{}: {value}{line}", fact.name());
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
    let mut inside = words.chars();
    let open = inside.next();
    let closes: &[char] = match open {
        Some('"') => &['"'],
        Some('“' | '”' | '‟') => &['”'],
        Some('„') => &['“', '”'],
        Some('«') => &['»'],
        _ => &[],
    };
    let inside = inside.as_str().strip_suffix(closes);
    let is_one = inside.is_some_and(|inside| !inside.contains(|c| Some(c) == open || closes.contains(&c)));
    if is_one { ("", "") } else { ("“", "”") }
}

/// A quote's grade, and whether words between its fragments are left out.
#[must_use]
pub fn grade(quote: &Quote) -> String {
    let omits =
        if quote.omissions().is_some_and(|omissions| omissions > 0) { ", with omissions" } else { "" };
    [quote.grade().word(), omits].concat()
}

/// A card's differing wordings, each as it is to be written: `must accept / should consider; 28 / 19`, those of one
/// origin before those of the next.
#[must_use]
pub fn wordings<'c>(card: &'c Card, written: impl Fn(&'c str) -> Cow<'c, str>) -> Option<String> {
    let of_origin = |words: Vec<&'c str>| words.into_iter().map(&written).collect::<Vec<_>>().join(" / ");
    let wordings: Vec<String> = card.wordings(Quote::key_handed_on).map(of_origin).collect();
    (!wordings.is_empty()).then(|| wordings.join("; "))
}

/// Whether a fact is the address of a page of the web.
#[must_use]
pub fn is_address(fact: Fact, value: &str) -> bool {
    fact == Fact::Url && Address::parse(value).is_some()
}

/// One line on a card: what kind it is, how sure it is, on how much it rests.
#[must_use]
pub fn summary(briefing: &Briefing, card: &Card) -> String {
    let word = card.kind.family().word();
    let kind = match card.kind {
        Kind::PlanPoint { version } => [word, ", ", &briefing[version].title].concat(),
        Kind::Reaction { actor, stance, .. } => {
            [word, ", ", &briefing[actor].name, ", ", stance.word()].concat()
        }
        Kind::OpenQuestion { status, .. } => [word, ", ", status.word()].concat(),
        Kind::Event => word.to_owned(),
    };
    let date = card.date.as_ref().map(|date| format!("{date} · ")).unwrap_or_default();
    let on = on(briefing, card).map(|on| format!(" · {on}")).unwrap_or_default();
    [&*date, &kind, &on, " · ", card.standing.certainty.word(), " · ", &evidence(briefing, card)].concat()
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

/// Who drew up a version and when, as far as that is known: `the harbour board, May 2024`.
#[must_use]
pub fn drawn_up(version: &Version) -> Option<String> {
    let date = version.date.as_ref().map(ToString::to_string);
    let known: Vec<&str> = version.from.as_deref().into_iter().chain(date.as_deref()).collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// What stands before the title of a card that another leads to: who reacts and how, or how far a question is answered.
#[must_use]
pub fn lead(briefing: &Briefing, card: &Card) -> String {
    match card.kind {
        Kind::Reaction { actor, stance, .. } => format!("{}, {}: ", briefing[actor].name, stance.word()),
        Kind::OpenQuestion { status, .. } => format!("{}: ", status.word()),
        Kind::PlanPoint { .. } | Kind::Event => String::new(),
    }
}

/// On what a quote's passage rests, in a word.
#[must_use]
pub fn basis(quote: &Quote) -> &'static str {
    quote.basis.map_or("not readable", Basis::word)
}

/// Where a quote is from, as facts and their values, in the order they are shown.
#[must_use]
pub fn provenance(briefing: &Briefing, quote: &Quote) -> Vec<(Fact, String)> {
    let source = &briefing[quote.source];
    let mut facts = Vec::new();
    facts.extend(quote.by.as_ref().map(|by| (Fact::By, by.to_string())));
    facts.push((Fact::Basis, basis(quote).to_owned()));
    facts.extend(quote.origin.map(|origin| (Fact::Origin, briefing[origin].name.to_string())));
    let date = source.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let [outlet, comma] = source.outlet.as_deref().map_or(["", ""], |outlet| [outlet, ", "]);
    facts.push((Fact::Source, [outlet, comma, &source.title, &date].concat()));
    facts.extend(source.url.as_ref().map(|url| (Fact::Url, url.to_string())));
    facts.push((Fact::Place, place(briefing, quote)));
    facts.push((Fact::Grade, grade(quote)));
    facts
}

/// The file and the lines that a quote's parts begin on, and which of several places it is: `seeds/a.txt:5, 9`.
#[must_use]
pub fn place(briefing: &Briefing, quote: &Quote) -> String {
    let source = &briefing[quote.source];
    let lines = source.text.as_ref().map(|text| numbers(quote, |part| text.line_at(part.start)));
    match (&quote.found, lines) {
        (Ok(anchor), Some(lines)) => {
            let which = which(anchor).map(|which| format!(" ({which})")).unwrap_or_default();
            [&source.path(), ":", &lines, &*which].concat()
        }
        (Err(Miss::GivenUp), _) => format!("{}, search given up", source.path()),
        (Ok(_) | Err(_), _) => format!("{}, not found", source.path()),
    }
}

/// The paragraphs of its source, from 1, that a quote's parts begin in: `5, 9`.
#[must_use]
pub fn paragraphs(briefing: &Briefing, quote: &Quote) -> Option<String> {
    let text = briefing[quote.source].text.as_ref().filter(|_| quote.found.is_ok())?;
    Some(numbers(quote, |part| text.paragraph_at(text.shown.to_shown(part).start) + 1))
}

/// What a number is of each part of a quote, in order; parts that share one have it told once.
fn numbers(quote: &Quote, number: impl Fn(Span) -> usize) -> String {
    let mut told = String::new();
    let mut last = None;
    for &part in quote.places() {
        let number = number(part);
        if last.replace(number) != Some(number) {
            let comma = if told.is_empty() { "" } else { ", " };
            told.extend([comma, &number.to_string()]);
        }
    }
    told
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

/// What is known of a source, as facts and their values, in the order they are shown.
#[must_use]
pub fn facts(source: &Source) -> Vec<(Fact, String)> {
    let mut facts = Vec::new();
    facts.extend(source.outlet.as_ref().map(|outlet| (Fact::Outlet, outlet.to_string())));
    facts.extend(source.author.as_ref().map(|author| (Fact::Author, author.to_string())));
    facts.extend(source.date.map(|date| (Fact::Date, date.to_string())));
    facts.extend(source.url.as_ref().map(|url| (Fact::Url, url.to_string())));
    facts.push((Fact::File, source.path()));
    facts
}

/// On how much a card rests: `3 texts · 1 origin: Reuters · 1 states none`.
#[must_use]
pub fn evidence(briefing: &Briefing, card: &Card) -> String {
    let standing = &card.standing;
    let names: Vec<&str> = standing.origins.iter().map(|&origin| briefing[origin].name.as_ref()).collect();
    let texts = counted(standing.texts, "text");
    match names.len() {
        0 => [&texts, " · no stated origin"].concat(),
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

/// How many of some things in content order are cards of the lists, and how many are events, if any: `30 cards`,
/// `1 event`.
#[must_use]
pub fn tally<T>(cards: &[T], family: impl Fn(&T) -> Family) -> Vec<String> {
    let listed = cards.partition_point(|card| family(card) != Family::Event);
    let events = Some(cards.len() - listed).filter(|&events| events > 0);
    iter::once(counted(listed, "card")).chain(events.map(|events| counted(events, "event"))).collect()
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
    use super::marks;

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
}
