//! The briefing in Markdown: its cards with their quotes, then its sources.

use super::Extract;
use crate::cite::{self, counted, inert};
use crate::lines;
use crate::model::{Family, Ref, Source};
use std::io::{self, Write};

/// Writes an extract in Markdown.
///
/// # Errors
/// When it cannot be written.
pub fn markdown(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    let briefing = extract.briefing;
    let as_of = briefing.as_of.map(|date| format!("As of {date} · ")).unwrap_or_default();
    let topic = extract.topic.map(|topic| format!(" · topic: {}", inert(&briefing[topic].title)));
    let cards = counted(extract.cards().count(), "card");
    write!(out, "# {}\n\n{as_of}{cards} · ", inert(&briefing.title))?;
    writeln!(out, "briefing: {}{}", inert(&briefing.name), topic.unwrap_or_default())?;
    for &family in Family::ALL {
        let cards = extract.of_family(family);
        if !cards.is_empty() {
            write!(out, "\n## {}\n", family.title())?;
        }
        for card in cards {
            write!(out, "\n{}", cite::card(briefing, &briefing[card], 3))?;
        }
    }
    out.write_all(b"\n## Sources\n")?;
    for source in extract.sources() {
        about(extract, source, out)?;
    }
    Ok(())
}

/// What is known of a source.
fn about(extract: &Extract<'_>, source: Ref<Source>, out: &mut dyn Write) -> io::Result<()> {
    let facts = extract.facts(source);
    let source = &extract.briefing[source];
    write!(out, "\n### {}\n\n", inert(&source.title))?;
    for (fact, value) in facts {
        writeln!(out, "- {}: {}", fact.name(), cite::linked(fact, &value))?;
    }
    for line in source.note.iter().flat_map(|note| lines::filled(note)) {
        write!(out, "\n{}\n", inert(line))?;
    }
    Ok(())
}
