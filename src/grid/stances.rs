//! Stances: actors down, topics or versions across, in each cell which way the actor leans.
//!
//! A cell shows each stance taken there once. A blank cell means that the texts have nothing from
//! the actor; that an actor declined to speak is a stance, and has a sign of its own.

use super::lines::NOTHING;
use super::{Above, Ask, Cell, Entry, Face, Grid, Heading, Row, Widths};
use crate::galley::Ink;
use crate::model::{Actor, Briefing, Card, Family, Ref, Stance, Subject, Topic, Version};

/// What a column is about.
#[derive(Clone, Copy)]
enum Across {
    Topic(Ref<Topic>),
    Version(Ref<Version>),
}

pub(super) fn grid(briefing: &Briefing, ask: &Ask) -> Grid {
    let across: Vec<Across> = match ask.face {
        Face::Front => ask.topics(briefing).into_iter().map(|(topic, _)| Across::Topic(topic)).collect(),
        Face::Back => briefing.refs().map(Across::Version).collect(),
    };
    let reactions = |actor: Ref<Actor>| -> Vec<Ref<Card>> {
        let by = |card: &Ref<Card>| briefing[*card].actor() == Some(actor) && ask.takes(&briefing[*card]);
        briefing.of_family(Family::Reaction).filter(by).collect()
    };
    let mut actors: Vec<(Ref<Actor>, Vec<Ref<Card>>)> = briefing
        .refs()
        .map(|actor| (actor, reactions(actor)))
        .filter(|(_, reactions)| ask.topic.is_none() || !reactions.is_empty())
        .collect();
    ask.order.sort(
        &mut actors,
        |(actor, _)| briefing[*actor].name.to_lowercase(),
        |(_, reactions)| reactions.len(),
    );
    let row = |(actor, reactions): (Ref<Actor>, Vec<Ref<Card>>)| Row {
        heading: Heading::new(&briefing[actor].id, &briefing[actor].name),
        above: Above::Nothing,
        cells: across.iter().map(|&across| cell(briefing, &reactions, across)).collect(),
    };
    let heading = |across: &Across| match *across {
        Across::Topic(topic) => Heading::new(&briefing[topic].id, &briefing[topic].title),
        Across::Version(version) => Heading::new(&briefing[version].id, &briefing[version].title),
    };
    let mut legend: Vec<_> = Stance::ALL.iter().map(|stance| (stance.glyph(), stance.word())).collect();
    legend.push((NOTHING, "nothing in these texts"));
    Grid {
        down: "actor",
        row_noun: "actor",
        across: match ask.face {
            Face::Front => "topic",
            Face::Back => "version",
        },
        columns: across.iter().map(heading).collect(),
        rows: actors.into_iter().map(row).collect(),
        legend,
        widths: Widths { heading: 26, least: 13, most: 18 },
    }
}

fn cell(briefing: &Briefing, reactions: &[Ref<Card>], across: Across) -> Cell {
    let here: Vec<Ref<Card>> =
        reactions.iter().copied().filter(|&card| is_about(briefing, card, across)).collect();
    if here.is_empty() {
        return Cell::default();
    }
    let mut stances: Vec<Stance> = here.iter().filter_map(|&card| briefing[card].stance()).collect();
    stances.sort_unstable();
    stances.dedup();
    let signs: Vec<&str> = stances.into_iter().map(Stance::glyph).collect();
    let count = here.len();
    let entries = here.into_iter().map(|card| {
        let stance = briefing[card].stance().map(Stance::word).unwrap_or_default();
        Entry::of(briefing, card, 0, stance)
    });
    Cell::short(count, Ink::Plain, signs.join(" "), entries.collect())
}

/// Whether a reaction is under a topic, or to a version or something that the version says.
fn is_about(briefing: &Briefing, card: Ref<Card>, across: Across) -> bool {
    let card = &briefing[card];
    match across {
        Across::Topic(topic) => card.topics.contains(&topic),
        Across::Version(version) => card.subjects().iter().any(|subject| match *subject {
            Subject::Version(other) => other == version,
            Subject::Card(point) => briefing[point].version() == Some(version),
        }),
    }
}
