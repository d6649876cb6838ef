//! What follows from a briefing's cards: links both ways, what the quotes amount to, who quotes what.

use super::{
    Basis, Briefing, Card, Certainty, Family, Link, Origin, Quote, Quoted, Ref, RelationKind, Role, Standing,
    Subject,
};
use crate::span::Span;

impl Briefing {
    /// Works out what is derived: each card's links and standing, each source's quoted passages.
    /// To be called once, when the cards are complete.
    pub fn derive(&mut self) {
        let links = self.links();
        let superseded: Vec<bool> =
            links.iter().map(|links| links.iter().any(|link| link.role == Role::SupersededBy)).collect();
        let is_live = |card: Ref<Card>| superseded.get(card.index()) == Some(&false);
        for ((index, card), links) in self.cards.iter_mut().enumerate().zip(links) {
            let disputed = is_live(Ref::new(index))
                && links.iter().any(|link| link.role == Role::Contradicts && is_live(link.to));
            card.standing = standing(&card.quotes, disputed);
            card.links = links;
        }
        self.note_quoted();
    }

    /// Every card's links, from its own relations and subjects and from those of the others.
    fn links(&self) -> Vec<Vec<Link>> {
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); self.cards.len()];
        let mut add = |from: Ref<Card>, role, to: Ref<Card>, why: &Option<_>| {
            if let Some(links) = links.get_mut(from.index()) {
                links.push(Link { role, to, why: why.clone() });
            }
        };
        for card in self.card_refs() {
            for relation in &self[card].relations {
                let (here, there) = roles(relation.kind);
                add(card, here, relation.to, &relation.why);
                add(relation.to, there, card, &relation.why);
            }
            for subject in self[card].subjects() {
                if let Subject::Card(subject) = *subject {
                    add(card, Role::On, subject, &None);
                    add(subject, role_about(self[card].kind.family()), card, &None);
                }
            }
        }
        for links in &mut links {
            links.sort_by_key(|link| (link.role, link.to.index()));
            links.dedup_by(|again, first| {
                let same = (again.role, again.to) == (first.role, first.to);
                if same && first.why.is_none() {
                    first.why = again.why.take();
                }
                same
            });
        }
        links
    }

    /// Each source's quoted passages, in the order of the text.
    fn note_quoted(&mut self) {
        for (index, card) in self.cards.iter().enumerate() {
            for (number, quote) in card.quotes.iter().enumerate() {
                let Some(source) = self.sources.get_mut(quote.source.index()) else { continue };
                let noted =
                    quote.places().iter().map(|&span| Quoted { span, card: Ref::new(index), quote: number });
                source.quoted.extend(noted);
            }
        }
        for source in &mut self.sources {
            source.quoted.sort_by_key(|quoted| quoted.span);
        }
    }
}

/// How the card a relation leads to stands to the card that declares it, and the other way round.
const fn roles(kind: RelationKind) -> (Role, Role) {
    match kind {
        RelationKind::Supports => (Role::Supports, Role::SupportedBy),
        RelationKind::Contradicts => (Role::Contradicts, Role::Contradicts),
        RelationKind::Answers => (Role::Answers, Role::AnsweredBy),
        RelationKind::Supersedes => (Role::Supersedes, Role::SupersededBy),
    }
}

/// What a card of a family is to the card that it is about.
const fn role_about(family: Family) -> Role {
    match family {
        Family::OpenQuestion => Role::Question,
        Family::PlanPoint | Family::Reaction | Family::Event => Role::Reaction,
    }
}

/// What quotes amount to. Only those that stand in their source count.
fn standing(quotes: &[Quote], disputed: bool) -> Standing {
    let sound = || quotes.iter().enumerate().filter(|(_, quote)| !quote.places().is_empty());
    let mut sources: Vec<usize> = sound().map(|(_, quote)| quote.source.index()).collect();
    sources.sort_unstable();
    sources.dedup();
    let mut origins: Vec<Ref<Origin>> = Vec::new();
    for origin in sound().filter_map(|(_, quote)| quote.origin) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    let rests_on = |basis| sound().any(|(_, quote)| quote.basis == basis);
    let certainty = if disputed {
        Certainty::Disputed
    } else if rests_on(Basis::Record) {
        Certainty::OnRecord
    } else if !origins.is_empty() || rests_on(Basis::Document) {
        Certainty::Reported
    } else {
        Certainty::Unclear
    };
    let wordings = origins.iter().flat_map(|&origin| wordings(quotes, origin)).collect();
    Standing { certainty, texts: sources.len(), origins, wordings }
}

/// The key words under one origin, each once, if they differ.
fn wordings(quotes: &[Quote], origin: Ref<Origin>) -> Vec<(usize, Span)> {
    let mut found: Vec<(usize, Span, String)> = Vec::new();
    for (index, quote) in quotes.iter().enumerate() {
        let Some(key) = quote.key else { continue };
        let words = key.of(&quote.words).to_lowercase();
        let new = found.iter().all(|(_, _, other)| *other != words);
        if new && quote.origin == Some(origin) && !quote.places().is_empty() {
            found.push((index, key, words));
        }
    }
    if found.len() < 2 { Vec::new() } else { found.into_iter().map(|(index, key, _)| (index, key)).collect() }
}
