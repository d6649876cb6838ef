//! A card in sixteen letters: the same as long as the card says the same.

use crate::date::Date;
use crate::digest::{Digest, hex};
use crate::model::{Basis, Briefing, Card, Kind, Quote, Ref};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a card says, as the first 64 bits of a SHA-256, in hexadecimal.
///
/// Hashed are its title, text, date as written, and kind, and of each quote the source, the words, the key
/// words, the origin, the basis and the speaker; things by their ids, each part behind its length.
/// What only follows from other cards, or from the files' layout, is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(pub(super) String);

impl Fingerprint {
    /// A card's fingerprint now.
    #[must_use]
    pub fn of(briefing: &Briefing, card: Ref<Card>) -> Self {
        // Taken apart whole, so that whoever adds to a card decides whether a reader is told of it.
        let Card {
            id: _,
            title,
            text,
            date,
            kind,
            topics: _,
            quotes,
            relations: _,
            links: _,
            standing: _,
            at: _,
        } = &briefing[card];
        let mut hash = Parts::default();
        hash.add(Some(title));
        hash.add(text.as_deref());
        hash.add(date.map(Date::iso).as_deref());
        hash.add(Some(kind.family().written()));
        match kind {
            Kind::PlanPoint { version } => hash.add(Some(&briefing[*version].id)),
            Kind::Reaction { actor, stance, on: _ } => {
                hash.add(Some(&briefing[*actor].id));
                hash.add(Some(stance.written()));
            }
            Kind::OpenQuestion { status, on: _ } => hash.add(Some(status.written())),
            Kind::Event => {}
        }
        for Quote { source, words, whole: _, key, origin, basis, by, found: _, line: _ } in quotes {
            hash.add(Some(&briefing[*source].id));
            hash.add(Some(words));
            hash.add(key.map(|key| key.of(words)));
            hash.add(origin.map(|origin| &*briefing[origin].id));
            hash.add(basis.map(Basis::written));
            hash.add(by.as_deref());
        }
        hash.finish()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A hash over parts that cannot run into each other.
#[derive(Default)]
struct Parts(Digest);

impl Parts {
    fn add(&mut self, part: Option<&str>) {
        let length = part.map_or(u64::MAX, |part| part.len() as u64);
        self.0.add(length.to_le_bytes());
        self.0.add(part.unwrap_or_default());
    }

    fn finish(self) -> Fingerprint {
        let [a, b, c, d, e, f, g, h, ..] = self.0.finish();
        Fingerprint(hex(&[a, b, c, d, e, f, g, h]))
    }
}
