//! How well a card or a paragraph answers a query, and the best of many answers.

use super::field::{Place, card_texts};
use super::fuzzy::Fuzzy;
use super::query::Query;
use super::term::{Lower, Tier};
use crate::model::Briefing;
use std::cmp::Reverse;

/// A card or a paragraph: cards come first, then paragraphs as the sources have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// The card of this index.
    Card(u32),
    /// The paragraph of the source of this index that begins at this byte of its shown text.
    Paragraph(u32, u32),
}

/// A text that a card or a paragraph is found by.
#[derive(Clone, Copy)]
pub struct Text<'t> {
    /// It, folded to small letters.
    pub lower: Lower<'t>,
    /// What part it is.
    pub place: Place,
    /// Where it is as it is shown.
    pub shown: Shown<'t>,
}

/// A text as it is shown, which is asked for seldom.
#[derive(Clone, Copy)]
pub enum Shown<'t> {
    /// This.
    Here(&'t str),
    /// The one of this number of the card of this index.
    OfCard(&'t Briefing, usize, usize),
}

impl<'t> Shown<'t> {
    fn text(self) -> &'t str {
        match self {
            Self::Here(text) => text,
            Self::OfCard(briefing, card, nth) => {
                let texts = briefing.cards.get(card).map(|card| card_texts(briefing, card));
                texts.unwrap_or_default().get(nth).map_or("", |&(_, text)| text)
            }
        }
    }
}

/// How a text meets a term: best is least.
type Merit = (Tier, Place);

/// Something that answers the query, and its rank: best is least, and no two are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    rank: Rank,
    /// A card by its index and which of its texts met the hardest term; a paragraph, which has one text, by the index
    /// of its source and where it begins there.
    at: (u32, u32),
}

const _: () = assert!(size_of::<Answer>() == 16, "there may be one for each line of a library");

/// Bits that a place takes in a rank.
const PLACE_BITS: u32 = 3;
const _: () = assert!((Place::Aside as u32) < 1 << PLACE_BITS, "the last place has room");

/// How well a thing answers, in one number, as there may be one for each line of a library. From the highest bit on:
/// whether it is an aside, as these come last, whatever they say; the merit of its hardest term, which is a tier of
/// two bits, how scattered its letters are in 24, and a place in three; what the terms cost together, in 32; whether it
/// is a paragraph, so that where it is takes no more than two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u64);

impl Rank {
    fn new(is_aside: bool, (tier, place): Merit, cost: u32, is_paragraph: bool) -> Self {
        let most = (1 << 24) - 1;
        let scattered = match tier {
            Tier::Word | Tier::Prefix | Tier::Inside => 0,
            Tier::Scattered(Reverse(score)) => most - u64::try_from(score).unwrap_or(0).min(most),
        };
        let parts = [
            (1, is_aside.into()),
            (2, level(tier).into()),
            (24, scattered),
            (PLACE_BITS, place as u64),
            (32, cost.into()),
            (1, is_paragraph.into()),
        ];
        Self(parts.into_iter().fold(0, |rank, (bits, part)| rank << bits | part))
    }

    const fn is_paragraph(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Answer {
    /// What answers.
    pub const fn thing(&self) -> Thing {
        let (of, at) = self.at;
        if self.rank.is_paragraph() { Thing::Paragraph(of, at) } else { Thing::Card(of) }
    }

    /// Which of its texts met the hardest term.
    pub const fn text(&self) -> usize {
        if self.rank.is_paragraph() { 0 } else { self.at.1 as usize }
    }
}

/// The answer that a thing gives if its texts meet all the terms of the query.
pub fn weigh<'t>(
    query: &Query,
    mut fuzzy: Option<&mut Fuzzy>,
    thing: Thing,
    texts: impl Iterator<Item = Text<'t>> + Clone,
) -> Option<Answer> {
    let place = texts.clone().next()?.place;
    let (mut worst, mut text, mut sum) = ((Tier::Word, place), 0, 0);
    for term in &query.terms {
        let mut fuzzy = fuzzy.as_deref_mut().filter(|_| !term.not);
        let best = (0..).zip(texts.clone()).filter_map(|(nth, text)| {
            let tier = term.tier(text.lower, || text.shown.text(), fuzzy.as_deref_mut())?;
            Some(((tier, text.place), nth))
        });
        match (best.min(), term.not) {
            (None, true) => {}
            (Some(_), true) | (None, false) => return None,
            (Some((merit, nth)), false) => {
                sum += cost(merit);
                if merit > worst {
                    (worst, text) = (merit, nth);
                }
            }
        }
    }
    let (is_paragraph, at) = match thing {
        Thing::Card(card) => (false, (card, text)),
        Thing::Paragraph(source, start) => (true, (source, start)),
    };
    Some(Answer { rank: Rank::new(place == Place::Aside, worst, sum, is_paragraph), at })
}

/// What a merit adds to an answer's cost: a tier weighs more than any place.
const fn cost((tier, place): Merit) -> u32 {
    (level(tier) << PLACE_BITS) + place as u32
}

/// A tier's number: the best has the least.
const fn level(tier: Tier) -> u32 {
    match tier {
        Tier::Word => 0,
        Tier::Prefix => 1,
        Tier::Inside => 2,
        Tier::Scattered(_) => 3,
    }
}

/// The best of the answers, and how many there were in all.
#[derive(Clone, Debug)]
pub struct Best {
    limit: usize,
    total: usize,
    /// The best, and up to as many that may not be.
    answers: Vec<Answer>,
    /// The best that was let go of: what is behind it is counted only.
    left: Option<Answer>,
}

impl Best {
    /// The best so many of none.
    pub const fn new(limit: usize) -> Self {
        Self { limit, total: 0, answers: Vec::new(), left: None }
    }

    /// How many are kept.
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// How many there were.
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Takes in an answer.
    pub fn add(&mut self, answer: Answer) {
        self.total += 1;
        if self.left.is_some_and(|left| left < answer) {
            return;
        }
        self.answers.push(answer);
        if self.answers.len() > self.limit.saturating_mul(2) {
            self.cut();
        }
    }

    /// Takes in the answers of another.
    pub fn take_in(&mut self, other: Self) {
        self.total += other.total;
        self.answers.extend(other.answers);
        self.cut();
    }

    /// The best, best first.
    pub fn sorted(mut self) -> Vec<Answer> {
        self.cut();
        self.answers.sort_unstable();
        self.answers
    }

    fn cut(&mut self) {
        if self.limit < self.answers.len() {
            self.left = Some(*self.answers.select_nth_unstable(self.limit).1);
            self.answers.truncate(self.limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_orders_as_its_parts_do() {
        let scattered = [(1 << 24) - 1, 900, 1, 0].map(|score| Tier::Scattered(Reverse(score)));
        let tiers = [Tier::Word, Tier::Prefix, Tier::Inside].into_iter().chain(scattered);
        let merits = tiers.flat_map(|tier| {
            [Place::Title, Place::Paragraph, Place::Aside].into_iter().map(move |place| (tier, place))
        });
        let parts: Vec<_> = merits
            .flat_map(|merit| [false, true].map(|aside| [0, 31, u32::MAX].map(|cost| (aside, merit, cost))))
            .flatten()
            .flat_map(|(aside, merit, cost)| [false, true].map(|paragraph| (aside, merit, cost, paragraph)))
            .collect();
        let rank =
            |&(is_aside, merit, cost, is_paragraph): &_| Rank::new(is_aside, merit, cost, is_paragraph);
        for one in &parts {
            for other in &parts {
                assert_eq!(rank(one).cmp(&rank(other)), one.cmp(other), "{one:?} {other:?}");
            }
        }
    }
}
