//! The briefing in Markdown: its cards with their quotes, then its sources.

use super::{Extract, heading};
use crate::cite::{self, counted, inert};
use crate::model::{Family, Ref, Source};
use std::fmt::Write as _;

/// An extract in Markdown.
#[must_use]
pub fn markdown(extract: &Extract<'_>) -> String {
    let briefing = extract.briefing;
    let mut text = format!("# {}\n\n", inert(&briefing.title));
    let as_of = briefing.as_of.map(|date| format!("As of {date} · ")).unwrap_or_default();
    let topic = extract.topic.map(|topic| format!(" · topic: {}", inert(&briefing[topic].title)));
    let cards = counted(extract.cards().count(), "card");
    let _ =
        writeln!(text, "{as_of}{cards} · briefing: {}{}", inert(&briefing.name), topic.unwrap_or_default());
    for &family in Family::ALL {
        let cards = extract.of_family(family);
        if !cards.is_empty() {
            let _ = write!(text, "\n## {}\n", heading(family));
        }
        for card in cards {
            let _ = write!(text, "\n#{}", cite::card(briefing, &briefing[card]));
        }
    }
    text.push_str("\n## Sources\n");
    for source in extract.sources() {
        text.push_str(&about(extract, source));
    }
    text
}

/// What is known of a source.
fn about(extract: &Extract<'_>, source: Ref<Source>) -> String {
    let facts = extract.about(source);
    let source = &extract.briefing[source];
    let mut text = format!("\n### {}\n\n", inert(&source.title));
    for (name, value) in facts {
        let _ = writeln!(text, "- {name}: {}", cite::linked(name, &value));
    }
    if let Some(note) = &source.note {
        let _ = write!(text, "\n{}\n", inert(note));
    }
    text
}
