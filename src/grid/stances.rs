//! Stances: actors down, topics or versions across, in each cell which way the actor leans.
//!
//! A cell shows each stance taken there once. A blank cell means that the texts have nothing from
//! the actor; that an actor declined to speak is a stance, and has a sign of its own.

use super::lines::NOTHING;
use super::{Above, Ask, Cell, Entry, Face, Grid, Heading, Row, Widths, grouped};
use crate::galley::Ink;
use crate::model::{Actor, Briefing, Card, Family, Ref, Stance, Subject};

pub(super) fn grid(briefing: &Briefing, ask: &Ask) -> Grid {
    let reactions = briefing.of_family(Family::Reaction).filter(|&card| ask.takes(&briefing[card]));
    let by_actor = grouped(reactions, |card| briefing[card].actor().map(Ref::index));
    let reactions = |actor: Ref<Actor>| by_actor.get(&actor.index()).map_or(&[][..], Vec::as_slice);
    let mut actors: Vec<(Ref<Actor>, &[Ref<Card>])> = briefing
        .refs()
        .map(|actor| (actor, reactions(actor)))
        .filter(|(_, reactions)| ask.topic.is_none() || !reactions.is_empty())
        .collect();
    ask.order.sort(&mut actors, |(actor, _)| &*briefing[*actor].name, |(_, reactions)| reactions.len());
    let row = |(actor, reactions): (Ref<Actor>, &[Ref<Card>])| Row {
        heading: Heading::new(&briefing[actor].id, &briefing[actor].name),
        above: Above::Nothing,
        cells: grouped(reactions.iter().copied(), |card| columns(briefing, ask, card))
            .into_iter()
            .map(|(column, here)| (column, cell(briefing, here)))
            .collect(),
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
        columns: match ask.face {
            Face::Front => briefing
                .refs()
                .filter(|&topic| ask.covers(topic))
                .map(|topic| Heading::new(&briefing[topic].id, &briefing[topic].title))
                .collect(),
            Face::Back => Heading::versions(briefing),
        },
        rows: actors.into_iter().map(row).collect(),
        legend,
        widths: Widths { heading: 26, least: 13, most: 18 },
    }
}

/// The columns of a reaction: its topics, or the versions that it is to or that say what it is to.
fn columns(briefing: &Briefing, ask: &Ask, card: Ref<Card>) -> Vec<usize> {
    let card = &briefing[card];
    let version = |subject: &Subject| match *subject {
        Subject::Version(version) => Some(version.index()),
        Subject::Card(point) => briefing[point].version().map(Ref::index),
    };
    match (ask.face, ask.topic) {
        (Face::Front, None) => card.topics.iter().map(|topic| topic.index()).collect(),
        (Face::Front, Some(_)) => vec![0],
        (Face::Back, _) => card.subjects().iter().filter_map(version).collect(),
    }
}

/// The cell of an actor's reactions under one column.
fn cell(briefing: &Briefing, here: Vec<Ref<Card>>) -> Cell {
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
