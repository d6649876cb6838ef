//! The briefing as plain text: for pipes, for paper, for those who read line by line.

use crate::cite::{counted, label};
use crate::galley::{Galley, Ink};
use crate::leaf::{self, Medium, Places};
use crate::lines;
use crate::model::{Briefing, Card, Family, Ref, Source, Topic};
use crate::search::{Answers, Target};
use std::io;

/// Tells the whole briefing, or what it has on a topic, in rows of at most `width` cells: `tell` is given a part after
/// the other, which is the head, the title of a section, a card, or a source.
///
/// # Errors
///
/// Those of `tell`.
pub fn briefing(
    briefing: &Briefing,
    topic: Option<Ref<Topic>>,
    width: usize,
    mut tell: impl FnMut(&Galley) -> io::Result<()>,
) -> io::Result<()> {
    let mut galley = Galley::new(width);
    let mut part = |add: &dyn Fn(&mut Galley)| {
        galley.clear();
        add(&mut galley);
        tell(&galley)
    };
    part(&|galley| head(galley, briefing, topic))?;
    for &family in Family::ALL {
        let cards = briefing.in_order(family).into_iter().map(|card| &briefing[card]);
        let cards: Vec<&Card> = cards.filter(|card| card.is_about(topic)).collect();
        if !cards.is_empty() {
            part(&|galley| section(galley, family.title(), cards.len()))?;
        }
        for found in cards {
            part(&|galley| {
                galley.gap();
                card(galley, briefing, found);
            })?;
        }
    }
    part(&|galley| section(galley, "Sources", briefing.sources.len()))?;
    briefing.sources.iter().try_for_each(|about| part(&|galley| source(galley, about)))
}

/// Tells what a search found, best first, in rows of at most `width` cells, one after the other.
///
/// # Errors
///
/// Those of `tell`.
pub fn found(
    briefing: &Briefing,
    answers: &Answers,
    width: usize,
    mut tell: impl FnMut(&Galley) -> io::Result<()>,
) -> io::Result<()> {
    let mut galley = Galley::new(width);
    for (told, hit) in answers.hits(briefing).enumerate() {
        galley.clear();
        if told > 0 {
            galley.gap();
        }
        match hit.target {
            Target::Card(found) => card(&mut galley, briefing, &briefing[found]),
            Target::Paragraph { source, paragraph } => {
                let source = &briefing[source];
                let line = source.text.as_ref().and_then(|text| text.line_of(paragraph)).unwrap_or(0);
                galley.line(Ink::Plain, hit.text(briefing));
                galley.line(Ink::Quiet, &format!("{} · {}:{line}", label(source), source.path()));
            }
        }
        tell(&galley)?;
    }
    Ok(())
}

/// Adds one card.
pub fn card(galley: &mut Galley, briefing: &Briefing, card: &Card) {
    leaf::set(galley, briefing, card, Medium { places: Places::File, why: "`brief check`" });
}

/// Adds what the briefing is, and what of it is told.
fn head(galley: &mut Galley, briefing: &Briefing, topic: Option<Ref<Topic>>) {
    galley.line(Ink::Title, &briefing.title);
    if let Some(date) = &briefing.as_of {
        galley.push(Ink::Quiet, &format!("As of {date} · "));
    }
    galley.line(Ink::Quiet, &counted(briefing.sources.len(), "text"));
    if let Some(topic) = topic {
        galley.push_all(Ink::Fact, &["Topic: ", &briefing[topic].title]);
        galley.set(0);
    }
}

/// Adds the title of a section with so many parts.
fn section(galley: &mut Galley, title: &str, parts: usize) {
    galley.gap();
    galley.line(Ink::Title, &format!("# {title} ({parts})"));
}

/// Adds what is known of a source.
fn source(galley: &mut Galley, source: &Source) {
    galley.gap();
    galley.line(Ink::Plain, &source.title);
    let mut facts = Vec::new();
    facts.extend(source.outlet.as_ref().map(ToString::to_string));
    facts.extend(source.author.as_ref().map(|author| format!("by {author}")));
    facts.extend(source.date.as_ref().map(ToString::to_string));
    facts.extend(source.url.as_ref().map(ToString::to_string));
    facts.push(source.path());
    galley.line(Ink::Quiet, &facts.join(" · "));
    for line in source.note.iter().flat_map(|note| lines::filled(note)) {
        galley.line(Ink::Quiet, line);
    }
}
