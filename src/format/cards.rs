//! Cards: from their tables to the model, with every reference followed.

use super::Making;
use super::fields::{Array, Fragments, List, Words};
use super::names::{Known, Sought, Thing};
use super::raw;
use super::report::{Fault, Placed, Report, Site, Unread};
use crate::anchor::Miss;
use crate::bytes::first_at;
use crate::lines;
use crate::model::{
    Actor, Basis, Briefing, Card, Family, Kind, Quote, Ref, Relation, RelationKind, Stance, Standing, Status,
    Subject, Topic, Version,
};
use crate::problem::{Code, ticked};
use crate::sanitize::{Safe, handed_on};
use crate::span::Span;
use crate::wrap::width;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::mem;

/// What the checks after building need to know of a card: where its parts stand.
pub struct Draft<'t> {
    /// The word that makes it an answered question.
    pub answered: Option<Site>,
    /// For each of its relations, the id it leads to.
    pub relations: Vec<Site>,
    /// For each of its quotes, what to look for.
    pub quotes: Vec<Wanted<'t>>,
}

/// A quote's words as they are looked for.
pub struct Wanted<'t> {
    /// The quote's table.
    pub table: Site,
    /// Where its words stand in the TOML.
    pub at: Site,
    /// The words, in parts where something is left out.
    pub fragments: Vec<Placed<Words<'t>>>,
    /// The words that matter.
    pub key: Option<Placed<Words<'t>>>,
    /// Which of several such places is meant.
    pub nth: Option<Placed<u32>>,
    /// The text's own words for its source.
    pub by: Option<Placed<Words<'t>>>,
}

/// Widest title, in cells, that a list shows whole.
const TITLE: usize = 60;

impl<'t> Making<'t> {
    /// Builds the cards. A reference that a card cannot be without, but that leads nowhere, gets a
    /// stand-in of the same name, so that the card still opens.
    pub fn cards(&mut self) -> Vec<Draft<'t>> {
        let Self { briefing, tables, names, report, .. } = self;
        let count = tables.cards.values().map(Vec::len).sum();
        let mut ids = Vec::with_capacity(count);
        for (index, Placed { at, value: raw }) in tables.cards.values_mut().flatten().enumerate() {
            let thing = Thing::Card(Ref::new(index), raw.family);
            ids.push(names.register(raw.id.take(), *at, thing, report));
        }
        briefing.cards.reserve_exact(count);
        let mut builder = Builder {
            briefing,
            names: names.known(),
            report,
            versions: BTreeMap::new(),
            actors: BTreeMap::new(),
        };
        let mut drafts = Vec::with_capacity(count);
        for (table, id) in mem::take(&mut tables.cards).into_values().flatten().zip(ids) {
            let (card, draft) = builder.card(table, id);
            builder.briefing.cards.push(card);
            drafts.push(draft);
        }
        drafts
    }
}

struct Builder<'b, 'r, 'p, 't> {
    briefing: &'b mut Briefing,
    names: Known<'b, 't>,
    report: &'r mut Report<'p>,
    /// The versions and actors that stand in for those that are not there.
    versions: BTreeMap<Words<'t>, Ref<Version>>,
    actors: BTreeMap<Words<'t>, Ref<Actor>>,
}

impl<'t> Builder<'_, '_, '_, 't> {
    fn card(&mut self, Placed { at, value: mut raw }: Placed<raw::Card<'t>>, id: Safe) -> (Card, Draft<'t>) {
        let what = raw.family.noun();
        self.report.need(at, what, "title", &raw.title);
        let title_at = raw.title.as_ref().map_or(at, |title| at.of(title));
        let title = self.report.line(at, "title", raw.title.take());
        let wide = title.as_deref().map(width).filter(|&cells| cells > TITLE);
        if let Some(cells) = wide {
            let message = format!("the title is {cells} cells wide, {TITLE} fit in a list");
            let fault = Fault::new(Code::LongTitle, title_at, message);
            self.report.add(fault.help("shorten it; `text` has room for more"));
        }
        let (kind, answered) = self.kind(at, &mut raw);
        let is_bare =
            raw.quote.as_ref().is_none_or(|quotes| matches!(&quotes.get().0, Ok(list) if list.is_empty()));
        let (quotes, wanted) = self.quotes(at, raw.family, raw.quote.take());
        // What is wrong with a quote that is there has been said.
        if is_bare && !self.report.is_awry(at, "quote") {
            let message = match kind {
                Kind::Reaction { stance: Stance::Silent, .. } => "silence that no quote speaks of".to_owned(),
                _ => format!("{what} that no quote holds up"),
            };
            let help = format!("add a [[{}.quote]]", raw.family.written());
            self.report.add(Fault::new(Code::NoQuotes, at, message).help(help));
        }
        let (relations, places) = self.relations(at, &id, raw.family, raw.rel.take());
        if raw.family == Family::Event {
            self.report.need(at, what, "date", &raw.date);
        }
        let date = self.report.date(at, "date", raw.date);
        let card = Card {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            text: self.report.words(at, "text", raw.text).map(|text| Safe::text(text.value.trim())),
            date,
            kind,
            topics: self.topics(at, raw.family, raw.topics),
            quotes,
            relations,
            links: Vec::new(),
            standing: Standing::default(),
            at: self.report.written(at),
        };
        (card, Draft { answered, relations: places, quotes: wanted })
    }

    /// What only this kind of card has, and where it says that it is answered.
    fn kind(&mut self, at: Site, raw: &mut raw::Card<'t>) -> (Kind, Option<Site>) {
        let what = raw.family.noun();
        match raw.family {
            Family::PlanPoint => (Kind::PlanPoint { version: self.version(at, what, raw) }, None),
            Family::Reaction => {
                let actor = self.actor(at, what, raw);
                self.report.need(at, what, "stance", &raw.stance);
                let stance = self.report.words(at, "stance", raw.stance.take());
                let stance =
                    stance.and_then(|word| self.report.choice("stance", &word, Stance::ALL, Stance::written));
                let on = self.subjects(at, raw);
                (Kind::Reaction { actor, stance: stance.unwrap_or(Stance::Noncommittal), on }, None)
            }
            Family::OpenQuestion => {
                self.report.need(at, what, "status", &raw.status);
                let word = self.report.words(at, "status", raw.status.take());
                let status = word
                    .as_ref()
                    .and_then(|word| self.report.choice("status", word, Status::ALL, Status::written));
                let status = status.unwrap_or(Status::Open);
                let answered = word.map(|word| word.at).filter(|_| status == Status::Answered);
                (Kind::OpenQuestion { status, on: self.subjects(at, raw) }, answered)
            }
            Family::Event => (Kind::Event, None),
        }
    }

    fn version(&mut self, at: Site, what: &str, raw: &mut raw::Card<'t>) -> Ref<Version> {
        self.report.need(at, what, "version", &raw.version);
        let word = self.report.words(at, "version", raw.version.take());
        let found = word
            .as_ref()
            .and_then(|word| self.names.find(word, Sought::VERSION, Thing::version, self.report));
        found.unwrap_or_else(|| {
            let name = word.map_or_else(|| "unknown".into(), |word| word.value);
            *self.versions.entry(name).or_insert_with_key(|name| {
                let name = Safe::line(name);
                self.briefing.versions.push(Version {
                    id: name.clone(),
                    title: name,
                    date: None,
                    from: None,
                });
                Ref::new(self.briefing.versions.len() - 1)
            })
        })
    }

    fn actor(&mut self, at: Site, what: &str, raw: &mut raw::Card<'t>) -> Ref<Actor> {
        self.report.need(at, what, "actor", &raw.actor);
        let word = self.report.words(at, "actor", raw.actor.take());
        let found =
            word.as_ref().and_then(|word| self.names.find(word, Sought::ACTOR, Thing::actor, self.report));
        found.unwrap_or_else(|| {
            let name = word.map_or_else(|| "unknown".into(), |word| word.value);
            *self.actors.entry(name).or_insert_with_key(|name| {
                let name = Safe::line(name);
                self.briefing.actors.push(Actor { id: name.clone(), name, role: None, aliases: Vec::new() });
                Ref::new(self.briefing.actors.len() - 1)
            })
        })
    }

    fn subjects(&mut self, at: Site, raw: &mut raw::Card<'t>) -> Vec<Subject> {
        if raw.family == Family::Reaction {
            self.report.need_members(at, raw.family.noun(), "on", &raw.on);
        }
        let subject = |thing| match thing {
            Thing::Card(card, Family::PlanPoint) => Some(Subject::Card(card)),
            Thing::Version(version) => Some(Subject::Version(version)),
            Thing::Card(_, Family::Reaction | Family::OpenQuestion | Family::Event)
            | Thing::Source(_)
            | Thing::Topic(_)
            | Thing::Actor(_)
            | Thing::Origin(_) => None,
        };
        self.distinct(at, "on", raw.on.take(), Sought::SUBJECT, subject)
    }

    fn topics(&mut self, at: Site, family: Family, list: List<Words<'_>>) -> Vec<Ref<Topic>> {
        if family != Family::Event {
            self.report.need_members(at, family.noun(), "topics", &list);
        }
        self.distinct(at, "topics", list, Sought::TOPIC, Thing::topic)
    }

    /// What the words of a list lead to, each once.
    fn distinct<T: PartialEq>(
        &mut self,
        at: Site,
        key: &'static str,
        list: List<Words<'_>>,
        sought: Sought,
        pick: impl Fn(Thing) -> Option<T>,
    ) -> Vec<T> {
        let Some(list) = self.report.field(at, key, list) else { return Vec::new() };
        let mut things = Vec::with_capacity(list.value.len());
        for word in list.value {
            let Some(word) = self.report.words(at, key, Some(word)) else { continue };
            let found = self.names.find(&word, sought, &pick, self.report);
            things.extend(found.filter(|thing| !things.contains(thing)));
        }
        things
    }

    /// The relations to other cards: an open question is answered, a card is superseded by its like.
    fn relations(
        &mut self,
        at: Site,
        id: &Safe,
        family: Family,
        array: Array<raw::Relation<'t>>,
    ) -> (Vec<Relation>, Vec<Site>) {
        let (mut relations, mut places) = (Vec::new(), Vec::new());
        for Placed { at, value: raw } in self.report.tables(at, &[family.written(), "rel"], array) {
            self.report.need(at, "a relation", "type", &raw.r#type);
            let kind = self.report.words(at, "type", raw.r#type);
            self.report.need(at, "a relation", "to", &raw.to);
            let to = self.report.words(at, "to", raw.to);
            let why = self.report.line(at, "why", raw.why);
            let kind = kind
                .and_then(|word| self.report.choice("type", &word, RelationKind::ALL, RelationKind::written));
            let Some(to) = to else { continue };
            if to.value == **id {
                let message = format!("{} is this card itself", ticked(&to.value));
                let fault = Fault::new(Code::UnknownId, to.at, message);
                self.report.add(fault.help("name another card"));
                continue;
            }
            let (sought, only) = match kind {
                Some(RelationKind::Answers) => (Sought::of(Family::OpenQuestion), Some(Family::OpenQuestion)),
                Some(RelationKind::Supersedes) => (Sought::of(family), Some(family)),
                Some(RelationKind::Supports | RelationKind::Contradicts) | None => (Sought::CARD, None),
            };
            let fits = |thing: Thing| {
                thing
                    .card()
                    .filter(|(_, family)| only.is_none_or(|only| only == *family))
                    .map(|(card, _)| card)
            };
            let card = self.names.find(&to, sought, fits, self.report);
            if let (Some(kind), Some(card)) = (kind, card) {
                relations.push(Relation { kind, to: card, why });
                places.push(to.at);
            }
        }
        (relations, places)
    }

    /// The quotes that can be looked for; the others are reported.
    fn quotes(
        &mut self,
        at: Site,
        family: Family,
        array: Array<raw::Quote<'t>>,
    ) -> (Vec<Quote>, Vec<Wanted<'t>>) {
        let tables = self.report.tables(at, &[family.written(), "quote"], array);
        let (mut quotes, mut wanted) = (Vec::with_capacity(tables.len()), Vec::with_capacity(tables.len()));
        for table in tables {
            let Some((quote, words)) = self.quote(table) else {
                // It is one of a source all the same, of whatever text it is.
                self.report.leaves(Unread::Name);
                continue;
            };
            quotes.push(quote);
            wanted.push(words);
        }
        (quotes, wanted)
    }

    fn quote(&mut self, Placed { at, value: raw }: Placed<raw::Quote<'t>>) -> Option<(Quote, Wanted<'t>)> {
        let report = &mut *self.report;
        report.need(at, "a quote", "source", &raw.source);
        let source = report.words(at, "source", raw.source);
        let source = source.and_then(|word| self.names.find(&word, Sought::SOURCE, Thing::source, report));
        let origin = report.words(at, "origin", raw.origin);
        let origin = origin.and_then(|word| self.names.find(&word, Sought::ORIGIN, Thing::origin, report));
        report.need(at, "a quote", "basis", &raw.basis);
        let basis = report.words(at, "basis", raw.basis);
        let basis = basis.and_then(|word| report.choice("basis", &word, Basis::ALL, Basis::written));
        let wanted_by = report.words(at, "by", raw.by);
        let by = wanted_by.as_ref().map(|by| report.in_a_line("by", by));
        let nth = report.field(at, "nth", raw.nth);
        report.need(at, "a quote", "exact", &raw.exact);
        let exact = report.field(at, "exact", raw.exact)?;
        let fragments = match exact.value {
            Fragments::One(value) => vec![Placed { at: exact.at, value }],
            Fragments::Several(list) => list.into_iter().map(|words| exact.at.placed(words)).collect(),
        };
        if fragments.is_empty() || fragments.iter().any(|words| words.value.trim_start().is_empty()) {
            let fault = Fault::new(Code::Empty, exact.at, "the quote has no words");
            report.add(fault.help("copy them from the source"));
            return None;
        }
        let given = match fragments.as_slice() {
            [only] => Cow::Borrowed(only.value.trim()),
            several => several.iter().map(|words| words.value.trim()).collect::<Vec<_>>().join(" … ").into(),
        };
        let given = lines::run_on(&given);
        let words = Safe::line(&given);
        let whole = (*words != *given)
            .then(|| handed_on(&given).into_owned())
            .filter(|whole| **whole != *words)
            .map(Into::into);
        let wanted_key = report.words(at, "key", raw.key);
        let key = wanted_key.as_ref().and_then(|key| {
            let is_part = fragments.iter().any(|words| words.value.contains(&*key.value));
            let shown = Safe::line(&lines::run_on(key.value.trim_matches(['\r', '\n'])));
            let span = first_at(words.as_bytes(), shown.as_bytes())
                .map(|start| Span::new(start, start + shown.len()));
            if !is_part {
                let message = format!("{} is not part of the quote", ticked(&key.value));
                let fault = Fault::new(Code::KeyNotInQuote, key.at, message);
                report.add(fault.help("copy it from one part of `exact`"));
            }
            span.filter(|_| is_part)
        });
        let found = Err(Miss::NoText);
        let line = report.line_number(at);
        let quote = Quote { source: source?, words, whole, key, origin, basis, by, found, line };
        Some((quote, Wanted { table: at, at: exact.at, fragments, key: wanted_key, nth, by: wanted_by }))
    }
}
