//! The skeleton of a briefing: a first file that loads, has nothing wrong with it, and shows by
//! example what comes next. The examples are remarks; without their `#`, each of their lines loads too.

use crate::model::Family;
use crate::paste::Clipping;
use crate::sanitize::is_harmless;
use crate::search::{Case, fold};
use crate::sentences::sentences;
use crate::span::Span;
use crate::toml_string::toml_string;
use crate::wrap::width;
use std::fmt::Write as _;
use unicode_segmentation::UnicodeSegmentation;

/// A text that a briefing is begun with.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its id.
    pub id: String,
    /// Its file below `seeds/`.
    pub file: String,
    /// What it says.
    pub raw: String,
    /// The hash of its bytes.
    pub sha256: String,
}

/// The ids that the skeleton takes for itself.
pub const IDS: [&str; 9] = [
    "first-version",
    "first-topic",
    "somebody",
    "some-agency",
    "first-point",
    "first-reaction",
    "first-question",
    "first-event",
    "second-point",
];

/// The most bytes of a sentence that is quoted as an example.
const LONG: usize = 300;

/// A word for a file or an id made of a name: a-z without their accents, 0-9 and `-`, at most 40 of them; empty
/// where the name has no such letter.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in fold(name, Case::Lower).chars() {
        if slug.len() >= 40 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The file of a briefing that is called `title`; nothing where no text has words to quote.
#[must_use]
pub fn toml(title: &str, texts: &[Text]) -> Option<String> {
    let mut quotes = texts.iter().flat_map(quotable);
    let first = quotes.next()?;
    let quote = |family| quotes.next().unwrap_or(first).table(family);
    let [reaction, question, event] = [Family::Reaction, Family::OpenQuestion, Family::Event].map(quote);
    let mut toml = format!(
        "# brief check     says what is wrong with this file, and brief check --explain CODE what that means.\n\
         # brief quote     finds words in a text, and writes the quote.\n\
         # brief schema    describes every field to an editor: brief schema > briefings/schema.json, and\n\
         #                 #:schema ../schema.json as the first line of this file.\n\n\
         schema = 1\n\
         title  = {}\n\
         #as_of = \"2025-11-24\"   # the day it was last brought up to date\n\n\
         # --- The texts. They are never edited; sha256 tells when one has changed. ---\n",
        toml_string(title),
    );
    for text in texts {
        let _ = write!(
            toml,
            "\n[[source]]\nid     = {}\nfile   = {}\nsha256 = {}\n\
             #title  = \"Its headline\"\n#outlet = \"Who published it\"\n#author = \"Who wrote it\"\n\
             #date   = \"2025-11-19\"\n#url    = \"https://example.org/where-it-is\"\n\
             #note   = \"What a reader should know of it\"\n",
            toml_string(&text.id),
            toml_string(&text.file),
            toml_string(&text.sha256),
        );
    }
    let _ = write!(
        toml,
        "\n# --- What the cards are about: the versions of what is discussed, and the topics. ---\n\n\
         [[version]]\nid    = \"first-version\"\ntitle = \"First version\"\n\n\
         [[topic]]\nid      = \"first-topic\"\ntitle   = \"First topic\"\naliases = [\"another word for it\"]\n\n\
         # --- Cards: a title in your words, held up by quotes. ---\n\n\
         # A plan point is something that a version says.\n\
         [[plan_point]]\nid      = \"first-point\"\ntitle   = \"What the text says first, in your own words\"\n\
         version = \"first-version\"\ntopics  = [\"first-topic\"]\n\n\
         {}\n\
         # What follows is for you to fill in: take away each # that stands right before a word or a\n\
         # bracket, and the examples load. An actor speaks or acts; an origin is who reported first.\n\n\
         {}",
        first.table(Family::PlanPoint)?,
        remark(&examples(&reaction?, &question?, &event?)),
    );
    Some(toml)
}

/// One card of each other kind, with the quotes given.
fn examples(reaction: &str, question: &str, event: &str) -> String {
    format!(
        "[[actor]]\nid   = \"somebody\"\nname = \"Somebody\"\nrole = \"what the text says they are\"\n\n\
         [[origin]]\nid   = \"some-agency\"\nname = \"Some Agency\"\n\n\
         [[reaction]]\nid     = \"first-reaction\"\ntitle  = \"How somebody responded\"\nactor  = \"somebody\"\n\
         stance = \"noncommittal\"   # or for, against, mixed, silent\n\
         on     = [\"first-point\"]  # ids of plan points or versions\ntopics = [\"first-topic\"]\n\n\
         {reaction}origin = \"some-agency\"    # leave it out where the text does not say\n\
         by     = \"the text's own words for its source\"\n\n\
         [[open_question]]\nid     = \"first-question\"\ntitle  = \"What nobody knows yet?\"\n\
         status = \"open\"           # or partly, answered, moot\ntopics = [\"first-topic\"]\n\n\
         {question}\n\
         [[event]]\nid    = \"first-event\"\ntitle = \"What happened\"\n\
         date  = \"2025-11~\"        # ~ is about, ? is unsure\n\n\
         {event}"
    )
}

/// TOML as remarks.
fn remark(toml: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("#{line}\n") };
    toml.lines().map(line).collect()
}

/// A passage that can be quoted.
#[derive(Clone, Copy)]
struct Quotable<'t> {
    text: &'t Text,
    span: Span,
}

impl Quotable<'_> {
    fn table(self, family: Family) -> Option<String> {
        Clipping { source: &self.text.id, raw: &self.text.raw, parts: &[self.span], family }.table()
    }
}

/// The first few sentences of a text that make good quotes; where it has none, the first few words of one.
fn quotable(text: &Text) -> Vec<Quotable<'_>> {
    const ENOUGH: usize = 3;
    let sentences = sentences(&text.raw);
    let is_plain = |span: &Span| span.of(&text.raw).chars().all(is_harmless);
    let quotable =
        |span: Span| Some(Quotable { text, span }).filter(|found| found.table(Family::Event).is_some());
    let is_good = |span: &&Span| {
        span.len() <= LONG
            && width(span.of(&text.raw)) >= 20
            && span.of(&text.raw).unicode_words().count() >= 4
    };
    let good = sentences.iter().filter(is_good).copied().filter(is_plain).filter_map(quotable);
    let good: Vec<Quotable<'_>> = good.take(ENOUGH).collect();
    if !good.is_empty() {
        return good;
    }
    let cut = sentences.iter().map(|&span| {
        let words = span.of(&text.raw).unicode_word_indices().map(|(at, word)| at + word.len());
        Span::new(span.start, span.start + words.take_while(|&end| end <= LONG).last().unwrap_or(span.len()))
    });
    cut.filter_map(quotable).take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::{Text, slug, toml};
    use crate::address::is_on_the_web;
    use crate::digest::sha256;
    use crate::format::{Hashed, TomlFile, read};
    use crate::model::Briefing;
    use crate::problem::Severity;
    use crate::sanitize::Safe;
    use std::borrow::Cow;

    fn text(id: &str, raw: &str) -> Text {
        let (id, file) = (id.to_owned(), format!("{id}.txt"));
        Text { id, file, raw: raw.to_owned(), sha256: sha256(raw.as_bytes()) }
    }

    fn opened(toml: &str, texts: &[Text]) -> Briefing {
        let file = TomlFile { path: Safe::line("b.toml"), bytes: Ok(Cow::Owned(toml.as_bytes().to_vec())) };
        read("b", &[file], Hashed::All, &mut |name| {
            let text = texts.iter().find(|text| text.file == name).unwrap();
            Ok(Cow::Owned(text.raw.clone().into_bytes()))
        })
    }

    /// The skeleton with its examples taken out of the remarks.
    fn uncommented(toml: &str) -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        };
        toml.lines().map(line).collect()
    }

    #[test]
    fn a_skeleton_has_nothing_wrong_with_it_with_or_without_its_examples() {
        let cases = [
            "The “é—漢字🦀” fare will rise to 95 crowns. The board said so on 3 May.\nNobody knows why it did. Nobody at all knows.",
            "Short",
            "\u{feff}A text with a mark before it is read.\r\nAnd it has two lines, like so.\r\n",
            "It says \"no\" to all of them. It says \"no\" to all of them.",
            "漢字新聞。次の文。",
            "soft\u{AD}hyphen and nothing else here",
            &"word ".repeat(2000),
        ];
        for case in cases {
            let texts = [text("a", case), text("b", "Another text that says another thing.")];
            for texts in [&texts[..], &texts[..1]] {
                let toml = toml("Étude \"漢🦀\"", texts).unwrap();
                for toml in [&toml, &uncommented(&toml)] {
                    let briefing = opened(toml, texts);
                    assert_eq!(
                        briefing
                            .problems
                            .iter()
                            .filter(|problem| problem.severity() == Severity::Error)
                            .map(ToString::to_string)
                            .collect::<Vec<_>>(),
                        [""; 0],
                        "{toml}"
                    );
                    assert_eq!(briefing.title.as_ref(), "Étude \"漢🦀\"");
                }
                let briefing = opened(&uncommented(&toml), texts);
                assert_eq!(briefing.cards.len(), 4);
                assert!(briefing.as_of.is_some());
                for source in &briefing.sources {
                    assert_eq!(&*source.title, "Its headline");
                    assert!(source.date.is_some() && source.note.is_some());
                    assert!(is_on_the_web(source.url.as_deref().unwrap()));
                }
            }
        }
        assert_eq!(toml("x", &[text("a", " \n…\n")]), None);
    }

    #[test]
    fn a_slug_is_plain_whatever_the_name() {
        let cases = [
            ("The Ferry Fare", "the-ferry-fare"),
            ("  ../../etc/passwd ", "etc-passwd"),
            ("Étude 2, E\u{301}lysée: Łódź", "etude-2-elysee-lodz"),
            ("漢字🦀", ""),
            ("a—b__c", "a-b-c"),
            ("-", ""),
        ];
        for (name, want) in cases {
            assert_eq!(slug(name), want, "{name}");
        }
        assert!(slug(&"long name ".repeat(20)).len() <= 40);
    }
}
