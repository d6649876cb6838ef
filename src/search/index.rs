//! Everything that cards are found by, folded once, and the search over it and over the sources.
//!
//! The sources' texts are not kept a second time: [`Seek`] folds them as it reads them.
//! The order of the results is total: the same search always gives the same list.

use super::answer::{Answer, Shown, Text, Thing};
use super::field::{Field, Place, Target, asides, card_texts, paragraph_text};
use super::fold::{Case, fold_onto};
use super::marks::marks_in;
use super::query::Query;
use super::term::{Lower, mask};
use crate::model::{Briefing, Ref, Source, Topic};
use crate::span::{Span, Union};
use std::cmp::Reverse;
use std::ops::Range;

/// The folded texts of the cards of one briefing, and the asides of its sources.
#[derive(Clone, Debug)]
pub struct Index {
    /// The folded texts, one after another.
    folded: String,
    /// For each text where it ends in `folded`, in bytes.
    ends: Vec<usize>,
    /// For each text its letters.
    masks: Vec<u32>,
    /// For each text what part it is of its card.
    places: Vec<Place>,
    /// For each card its texts.
    cards: Vec<Range<usize>>,
    /// For each source its asides.
    asides: Vec<Union>,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Results {
    /// The query as it was answered: `marks_in` with it marks what was found, and no more.
    pub query: Query,
    /// The best, best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
}

/// Everything that a search found, best first: of each no more than where it is, until it is asked for.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The query as it was answered.
    pub query: Query,
    pub(super) answers: Vec<Answer>,
}

/// One thing found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub target: Target,
    /// The part of it that met the query's hardest term: what its title alone does not show.
    pub field: Field,
}

impl Index {
    /// Folds everything that the briefing's cards are found by, and gathers the asides of its sources.
    #[must_use]
    pub fn new(briefing: &Briefing) -> Self {
        let mut index = Self {
            folded: String::new(),
            ends: Vec::new(),
            masks: Vec::new(),
            places: Vec::new(),
            cards: Vec::with_capacity(briefing.cards.len()),
            asides: briefing.sources.iter().map(asides).collect(),
        };
        for card in &briefing.cards {
            let first = index.ends.len();
            for (field, text) in card_texts(briefing, card) {
                index.add(field.place(), text);
            }
            index.cards.push(first..index.ends.len());
        }
        index
    }

    fn add(&mut self, place: Place, text: &str) {
        let start = self.folded.len();
        fold_onto(&mut self.folded, text, Case::Lower);
        self.ends.push(self.folded.len());
        self.masks.push(mask(self.folded.get(start..).unwrap_or_default()));
        self.places.push(place);
    }

    /// How many cards there are.
    pub(super) const fn cards(&self) -> usize {
        self.cards.len()
    }

    /// Whether a span of a source's shown text is nothing but asides.
    pub(super) fn is_aside(&self, source: Ref<Source>, shown: Span) -> bool {
        self.asides.get(source.index()).is_some_and(|asides| asides.covers(shown))
    }

    /// The texts that a card is found by, its title first.
    pub(super) fn texts<'t>(
        &'t self,
        briefing: &'t Briefing,
        card: usize,
    ) -> impl Iterator<Item = Text<'t>> + Clone {
        let texts = self.cards.get(card).cloned().unwrap_or_default();
        let first = texts.start;
        texts.filter_map(move |text| {
            let start = text.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
            Some(Text {
                lower: Lower {
                    text: self.folded.get(start..*self.ends.get(text)?)?,
                    mask: *self.masks.get(text)?,
                },
                place: *self.places.get(text)?,
                shown: Shown::OfCard(briefing, card, text - first),
            })
        })
    }
}

impl Answers {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// A sentence for each filter whose value nothing in the briefing has; where nothing was found, also for a filter
    /// that there is not.
    #[must_use]
    pub fn doubts(&self, briefing: &Briefing) -> Vec<String> {
        let misnamed = if self.is_empty() { self.query.misnamed() } else { None };
        self.query.unknown(briefing).into_iter().chain(misnamed).collect()
    }

    /// Those of them that are cards about a topic; where none is asked for, all of them.
    #[must_use]
    pub fn about(mut self, briefing: &Briefing, topic: Option<Ref<Topic>>) -> Self {
        let is_about = |answer: &Answer| match answer.thing() {
            Thing::Card(card) => briefing.cards.get(card as usize).is_some_and(|card| card.is_about(topic)),
            Thing::Paragraph(..) => topic.is_none(),
        };
        self.answers.retain(is_about);
        self
    }

    /// Each, in the briefing that was searched.
    pub fn hits(&self, briefing: &Briefing) -> impl Iterator<Item = Hit> {
        self.answers.iter().filter_map(|answer| Hit::of(briefing, answer))
    }
}

impl Hit {
    /// What an answer leads to.
    pub(super) fn of(briefing: &Briefing, answer: &Answer) -> Option<Self> {
        let (target, field) = match answer.thing() {
            Thing::Card(card) => {
                let target = Ref::new(card as usize);
                let texts = card_texts(briefing, briefing.cards.get(target.index())?);
                (Target::Card(target), texts.get(answer.text())?.0)
            }
            Thing::Paragraph(source, start) => {
                let source = Ref::new(source as usize);
                let text = briefing.sources.get(source.index())?.text.as_ref()?;
                let paragraph = text.paragraph_at(start as usize);
                (Target::Paragraph { source, paragraph }, Field::Paragraph)
            }
        };
        Some(Self { target, field })
    }

    /// The text of its field, of which `marks_in` gives the letters that met the query: with the query of the
    /// [`Results`], which may have become one that lets letters stand scattered.
    #[must_use]
    pub fn text<'b>(&self, briefing: &'b Briefing) -> &'b str {
        let shown = match self.target {
            Target::Card(card) => {
                briefing.cards.get(card.index()).and_then(|card| self.field.text(briefing, card))
            }
            Target::Paragraph { source, paragraph } => paragraph_text(briefing, source, paragraph),
        };
        shown.unwrap_or_default()
    }

    /// The other name of its actor or its topic that met the query, where the one that is shown does not meet as much.
    #[must_use]
    pub fn alias<'b>(&self, briefing: &'b Briefing, query: &Query) -> Option<&'b str> {
        let Target::Card(card) = self.target else { return None };
        if !matches!(self.field, Field::Actor | Field::Topic(_)) {
            return None;
        }
        let names = card_texts(briefing, briefing.cards.get(card.index())?);
        let names = names.into_iter().filter(|(field, _)| *field == self.field).map(|(_, name)| name);
        let met = |name: &&str| marks_in(query, name).into_iter().map(Span::len).sum::<usize>();
        let best = names.min_by_key(|name| Reverse(met(name)))?;
        (best != self.text(briefing)).then_some(best)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{
        Actor, Basis, Card, Certainty, Kind, Origin, Passage, Quote, Source, SourceText, Stance, Standing,
        Status, Subject, Topic, Version, samples,
    };
    use crate::sanitize::Safe;
    use crate::search::marks_in;
    use crate::span::Span;

    const SEED: &str = "Kyiv weighs the guarantees—漢字🦀.\n\nPoland guaranteed nothing in E\u{301}lysée.\nRead more: guarantees\n";

    fn quote(words: &str, by: Option<&str>, origin: Option<usize>, basis: Basis) -> Quote {
        let (by, origin, basis) = (by.map(Safe::line), origin.map(Ref::new), Some(basis));
        Quote { by, origin, basis, ..samples::quote(words) }
    }

    /// Four cards and three paragraphs, the last of them an aside.
    pub fn briefing() -> Briefing {
        let aside = SEED.find("Read more").unwrap();
        let source = Source {
            title: Safe::line("Kyiv at risk?"),
            text: Some(SourceText::new(SEED.to_owned())),
            asides: vec![Passage { span: Span::new(aside, SEED.len() - 1), why: Safe::default() }],
            ..samples::source("gazette")
        };
        let on = vec![Subject::Card(Ref::new(0))];
        let reaction = Kind::Reaction { actor: Ref::new(0), stance: Stance::Against, on };
        let on = vec![Subject::Version(Ref::new(0))];
        let question = Kind::OpenQuestion { status: Status::Open, on };
        Briefing {
            sources: vec![source],
            topics: vec![
                Topic {
                    id: Safe::line("guarantees"),
                    title: Safe::line("Security pledges"),
                    aliases: vec![Safe::line("article five")],
                },
                Topic { id: Safe::line("article"), title: Safe::line("Law"), aliases: Vec::new() },
            ],
            actors: vec![Actor {
                id: Safe::line("ze"),
                name: Safe::line("Volodymyr Zelensky"),
                role: None,
                aliases: vec![Safe::line("Zelenskyy")],
            }],
            origins: vec![
                Origin { id: Safe::line("reuters"), name: Safe::line("Reuters") },
                Origin { id: Safe::line("axios"), name: Safe::line("Axios") },
            ],
            cards: vec![
                Card {
                    text: Some(Safe::line("All in exchange for guarantees.")),
                    topics: vec![Ref::new(0)],
                    quotes: vec![
                        quote("guaranteed by the US", Some("two people"), Some(0), Basis::Anonymous),
                        quote("in return for land", None, Some(1), Basis::Document),
                    ],
                    ..samples::card("Land is given up")
                },
                Card { topics: vec![Ref::new(1)], ..samples::card("Guarantees for Ukraine") },
                Card {
                    kind: reaction,
                    quotes: vec![quote("Zelensky’s pledge", None, None, Basis::Record)],
                    standing: Standing { certainty: Certainty::OnRecord, ..Standing::default() },
                    ..samples::card("Kyiv rejects land for pledges")
                },
                Card { kind: question, ..samples::card("Who guaranteed it?") },
            ],
            versions: vec![Version {
                id: Safe::line("us"),
                title: Safe::line("American draft"),
                date: None,
                from: None,
            }],
            ..Briefing::default()
        }
    }

    #[test]
    fn asides_that_cover_a_paragraph_together_make_it_one() {
        let mut briefing = briefing();
        let (half, end) = (SEED.find(' ').unwrap(), SEED.find('\n').unwrap());
        let passage = |start, end| Passage { span: Span::new(start, end), why: Safe::default() };
        briefing.sources[0].asides = vec![passage(half, end), passage(0, half)];
        let hits = Index::new(&briefing).search(&briefing, &Query::parse("guarantees"), 99).hits;
        let first = Target::Paragraph { source: Ref::new(0), paragraph: 0 };
        assert_eq!(hits.last().map(|hit| hit.target), Some(first));
    }

    /// What a search finds, best first: a card by its index, a paragraph by its own after a `p`; the
    /// field; and the field's text with its marks in brackets.
    fn found(query: &str) -> Vec<(String, Field, String)> {
        let briefing = briefing();
        let results = Index::new(&briefing).search(&briefing, &Query::parse(query), 99);
        assert_eq!(results.hits.len(), results.total, "{query}");
        let told = |hit: &Hit| {
            let target = match hit.target {
                Target::Card(card) => card.index().to_string(),
                Target::Paragraph { paragraph, .. } => format!("p{paragraph}"),
            };
            let mut painted = hit.text(&briefing).to_owned();
            for mark in marks_in(&results.query, &painted).iter().rev() {
                painted.insert(mark.end, ']');
                painted.insert(mark.start, '[');
            }
            (target, hit.field, painted)
        };
        results.hits.iter().map(told).collect()
    }

    fn targets(query: &str) -> String {
        found(query).into_iter().map(|(target, ..)| target).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn of_equal_hardest_terms_the_sum_decides_and_in_it_tiers_above_places() {
        let mut briefing = briefing();
        let quotes = vec![quote("land", None, None, Basis::Outlet)];
        briefing.cards = vec![
            samples::card("Promised landing"),
            Card { quotes, ..samples::card("Promised") },
            samples::card("Promised land"),
        ];
        let hits = Index::new(&briefing).search(&briefing, &Query::parse("promise land"), 99).hits;
        let found: Vec<Target> = hits.iter().map(|hit| hit.target).collect();
        assert_eq!(found, [2, 1, 0].map(|card| Target::Card(Ref::new(card))));
    }

    #[test]
    fn a_hit_is_in_the_text_of_the_first_of_equally_hard_terms() {
        for (query, nth) in [("guaranteed return", 0), ("return guaranteed", 1)] {
            let fields: Vec<Field> = found(query).into_iter().map(|(_, field, _)| field).collect();
            assert_eq!(fields, [Field::Quote(nth)], "{query}");
        }
    }

    #[test]
    fn words_come_above_beginnings_and_titles_above_texts() {
        let cases = [
            ("guarantees", "1 0 p0 p2"),
            ("guarantee", "1 3 0 p0 p1 p2"),
            ("zelensky's", "2"),
            ("elysee", "p1"),
            ("zelenskyy", "2"),
            ("article", "0"),
            ("two people", "0"),
            ("reuters", "0"),
            ("american", "0 1 3"),
            ("land guarantees", "0"),
            ("land return", "0"),
            ("xyzzy", ""),
        ];
        for (query, want) in cases {
            assert_eq!(targets(query), want, "{query}");
        }
    }

    #[test]
    fn an_origin_leads_to_the_first_quote_that_it_reported() {
        let mut briefing = briefing();
        let again = briefing.cards[0].quotes[1].clone();
        briefing.cards[0].quotes.push(again);
        let hits = Index::new(&briefing).search(&briefing, &Query::parse("axios"), 99).hits;
        assert_eq!(hits, [Hit { target: Target::Card(Ref::new(0)), field: Field::Origin(1) }]);
        assert_eq!((hits[0].text(&briefing), hits[0].field.quote()), ("Axios", Some(1)));
    }

    #[test]
    fn operators_narrow() {
        let cases = [
            ("land", "0 2 p1"),
            ("land !pledges", "p1"),
            ("land !rejects", "0 p1"),
            ("^land", "0"),
            ("ukraine$", "1"),
            ("\"land for\"", "2"),
            ("'and", "0 2 p1"),
            ("Land", "0"),
            ("LAND", ""),
            ("!land", "1 3 p0 p2"),
            ("", "0 1 2 3 p0 p1 p2"),
            ("topic:", "0 1 2 3 p0 p1 p2"),
        ];
        for (query, want) in cases {
            assert_eq!(targets(query), want, "{query}");
        }
    }

    #[test]
    fn filters_narrow() {
        let cases = [
            ("topic:guar", "0"),
            ("topic:\"article five\"", "0"),
            ("topic:rantees", ""),
            ("topic:artic", "0 1"),
            ("topic:article", "1"),
            ("!topic:guarantees land", "2 p1"),
            ("actor:zel", "2"),
            ("stance:against", "2"),
            ("stance:ag guarantees", ""),
            ("origin:axios", "0"),
            ("origin:axios basis:document", "0"),
            ("origin:axios basis:anonymous", ""),
            ("basis:rec", "2"),
            ("certainty:\"on record\"", "2"),
            ("certainty:on_record", "2"),
            ("certainty:rec", "2"),
            ("certainty:recorded", ""),
            ("!basis:record land", "0 p1"),
            ("kind:reaction", "2"),
            ("kind:plan", "0 1"),
            ("kind:\"open question\"", "3"),
            ("kind:event", ""),
            ("version:us", "0 1 2 3"),
            ("version:american kind:reaction", "2"),
            ("!version:us", "p0 p1 p2"),
            ("status:open", "3"),
            ("!status:open guaranteed", "0 p1"),
            ("status:moot", ""),
            ("source:gazette", "0 2 p0 p1 p2"),
            ("source:\"at risk\" kyiv", "2 p0"),
            ("!source:gazette", "1 3"),
        ];
        for (query, want) in cases {
            assert_eq!(targets(query), want, "{query}");
        }
    }

    #[test]
    fn a_hit_shows_the_field_that_its_title_does_not() {
        let cases = [
            ("land return", 0, Field::Quote(1), "in [return] for [land]"),
            ("people", 0, Field::By(0), "two [people]"),
            ("pledges security", 0, Field::Topic(Ref::new(0)), "[Security] [pledges]"),
            ("zelenskyy", 0, Field::Actor, "Volodymyr Zelensky"),
            ("elysee", 0, Field::Paragraph, "Poland guaranteed nothing in [E\u{301}lysée]."),
            ("字", 0, Field::Paragraph, "Kyiv weighs the guarantees—漢[字]🦀."),
        ];
        for (query, nth, field, painted) in cases {
            let found = found(query);
            let (_, got, text) = found.get(nth).unwrap();
            assert_eq!((*got, text.as_str()), (field, painted), "{query}");
        }
    }

    #[test]
    fn letters_scatter_only_when_nothing_has_the_words() {
        assert_eq!(
            found("pldgs"),
            [
                (String::from("2"), Field::Title, String::from("Kyiv rejects land for [pl]e[dg]e[s]")),
                (String::from("0"), Field::Topic(Ref::new(0)), String::from("Security [pl]e[dg]e[s]")),
            ]
        );
        assert_eq!(targets("lnd"), "0 2");
        assert_eq!(targets("ldr"), "", "letters of several words are not a match");
    }

    #[test]
    fn a_limit_keeps_the_best_and_counts_the_rest() {
        let briefing = briefing();
        let index = Index::new(&briefing);
        for typed in ["", "guarantee", "land", "!land", "pldgs", "e"] {
            let query = Query::parse(typed);
            let all = index.search(&briefing, &query, 99);
            for limit in 0..=all.total {
                let some = index.search(&briefing, &query, limit);
                assert_eq!((some.hits.as_slice(), some.total), (&all.hits[..limit], all.total), "{typed}");
            }
        }
    }
}
