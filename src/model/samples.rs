//! Parts of a briefing that say as little as they can: what a test is about is put into them.

use super::{Basis, Card, Kind, Quote, Ref, Source, Standing, Written};
use crate::anchor::Miss;
use crate::sanitize::Safe;

/// A source of which nothing is known but its id, and that could not be read.
pub fn source(id: &str) -> Source {
    Source {
        id: Safe::line(id),
        file: Safe::line("gazette.txt"),
        title: Safe::line("Gazette"),
        outlet: None,
        author: None,
        date: None,
        url: None,
        note: None,
        text: None,
        asides: Vec::new(),
        unused: Vec::new(),
        quoted: Vec::new(),
    }
}

/// Words on the record that are said to stand in the first source, and were not looked for.
pub fn quote(words: &str) -> Quote {
    Quote {
        source: Ref::new(0),
        words: Safe::line(words),
        whole: None,
        key: None,
        origin: None,
        basis: Some(Basis::Record),
        by: None,
        found: Err(Miss::NoText),
        line: 1,
    }
}

/// A plan point of the first version, called as its title says, without a quote.
pub fn card(title: &str) -> Card {
    Card {
        id: Safe::line(title),
        title: Safe::line(title),
        text: None,
        date: None,
        kind: Kind::PlanPoint { version: Ref::new(0) },
        topics: Vec::new(),
        quotes: Vec::new(),
        relations: Vec::new(),
        links: Vec::new(),
        standing: Standing::default(),
        at: Written::default(),
    }
}
