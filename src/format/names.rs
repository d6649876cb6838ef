//! Ids: who has which, and what a reference leads to.

use super::fields::{Value, Words};
use super::raw;
use super::report::{Fault, Placed, Report, Site};
use crate::model::{Actor, Briefing, Card, Family, Origin, Ref, Source, Topic, Version};
use crate::problem::{Code, ticked};
use crate::sanitize::Safe;
use foldhash::HashMap;
use std::cell::OnceCell;

/// What an id can stand for.
#[derive(Clone, Copy)]
pub enum Thing {
    Source(Ref<Source>),
    Version(Ref<Version>),
    Topic(Ref<Topic>),
    Actor(Ref<Actor>),
    Origin(Ref<Origin>),
    Card(Ref<Card>, Family),
}

/// Everything that has an id.
#[derive(Default)]
pub struct Names<'t> {
    things: HashMap<Words<'t>, (Thing, Site)>,
}

/// Everything that has an id, for references to be followed.
pub struct Known<'n, 't> {
    names: &'n Names<'t>,
    /// The ids in order. Only what is said of a wrong one needs them so.
    in_order: OnceCell<Vec<(&'n str, Thing)>>,
}

/// Builds what refers to nothing: versions, topics, actors and origins.
pub fn build<'t>(
    briefing: &mut Briefing,
    tables: &mut raw::Tables<'t>,
    names: &mut Names<'t>,
    report: &mut Report<'_>,
) {
    for Placed { at, value: raw } in tables.versions.drain(..) {
        let thing = Thing::Version(Ref::new(briefing.versions.len()));
        let id = names.register(raw.id, at, thing, report);
        report.need(at, "a version", "title", &raw.title);
        let title = report.line(at, "title", raw.title).unwrap_or_else(|| id.clone());
        let date = report.date(at, "date", raw.date);
        let from = report.line(at, "from", raw.from);
        briefing.versions.push(Version { id, title, date, from });
    }
    for Placed { at, value: raw } in tables.topics.drain(..) {
        let id = names.register(raw.id, at, Thing::Topic(Ref::new(briefing.topics.len())), report);
        report.need(at, "a topic", "title", &raw.title);
        let title = report.line(at, "title", raw.title).unwrap_or_else(|| id.clone());
        let aliases = aliases(report.list(at, "aliases", raw.aliases));
        briefing.topics.push(Topic { id, title, aliases });
    }
    for Placed { at, value: raw } in tables.actors.drain(..) {
        let id = names.register(raw.id, at, Thing::Actor(Ref::new(briefing.actors.len())), report);
        report.need(at, "an actor", "name", &raw.name);
        let name = report.line(at, "name", raw.name).unwrap_or_else(|| id.clone());
        let role = report.line(at, "role", raw.role);
        let aliases = aliases(report.list(at, "aliases", raw.aliases));
        briefing.actors.push(Actor { id, name, role, aliases });
    }
    for Placed { at, value: raw } in tables.origins.drain(..) {
        let id = names.register(raw.id, at, Thing::Origin(Ref::new(briefing.origins.len())), report);
        report.need(at, "an origin", "name", &raw.name);
        let name = report.line(at, "name", raw.name).unwrap_or_else(|| id.clone());
        briefing.origins.push(Origin { id, name });
    }
}

fn aliases(words: Vec<Placed<Words<'_>>>) -> Vec<Safe> {
    words.into_iter().map(|alias| Safe::line(&alias.value)).collect()
}

impl Thing {
    /// What it is, with its article.
    const fn what(self) -> &'static str {
        match self {
            Self::Source(_) => "a source",
            Self::Version(_) => "a version",
            Self::Topic(_) => "a topic",
            Self::Actor(_) => "an actor",
            Self::Origin(_) => "an origin",
            Self::Card(_, family) => family.noun(),
        }
    }
}

impl<'t> Names<'t> {
    /// Gives a thing its id. Without a good one it gets its place for an id, which nobody can refer to.
    pub fn register(
        &mut self,
        id: Value<Words<'t>>,
        table: Site,
        thing: Thing,
        report: &mut Report<'_>,
    ) -> Safe {
        report.need(table, thing.what(), "id", &id);
        let Some(id) = report.words(table, "id", id) else { return Safe::line(&report.cite(table)) };
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        if !id.value.bytes().all(is_plain) || id.value.starts_with('-') {
            let message = format!("{} is not an id", ticked(&id.value));
            report.add(Fault::new(Code::BadId, id.at, message).help("an id is made of a-z, 0-9 and -"));
        }
        if let Some((first, at)) = self.things.get(&id.value) {
            let message = format!("the id {} is taken", ticked(&id.value));
            let help = format!("{} has it, at {}", first.what(), report.cite(*at));
            report.add(Fault::new(Code::DuplicateId, id.at, message).help(help));
            return Safe::line(&report.cite(table));
        }
        let safe = Safe::line(&id.value);
        self.things.insert(id.value, (thing, id.at));
        safe
    }

    /// The names as references are followed by them: there are no more to come.
    pub const fn known(&self) -> Known<'_, 't> {
        Known { names: self, in_order: OnceCell::new() }
    }

    /// Where the id of a thing stands.
    pub fn place(&self, id: &str) -> Option<Site> {
        self.things.get(id).map(|(_, at)| *at)
    }
}

impl<'n> Known<'n, '_> {
    fn in_order(&self) -> &[(&'n str, Thing)] {
        self.in_order.get_or_init(|| {
            let things = self.names.things.iter().map(|(id, (thing, _))| (id.as_ref(), *thing));
            let mut things: Vec<_> = things.collect();
            things.sort_unstable_by_key(|(id, _)| *id);
            things
        })
    }

    /// The thing that a reference leads to, if it is of the kind that `pick` takes; `what` names it
    /// with its article.
    pub fn find<T>(
        &self,
        word: &Placed<Words<'_>>,
        what: &str,
        pick: impl Fn(Thing) -> Option<T>,
        report: &mut Report<'_>,
    ) -> Option<T> {
        let thing = self.names.things.get(&word.value).map(|(thing, _)| *thing);
        if let Some(found) = thing.and_then(&pick) {
            return Some(found);
        }
        let fitting = self.in_order().iter().filter(|(_, thing)| pick(*thing).is_some());
        let fitting = fitting.map(|(id, _)| *id);
        let help = report
            .suggest(&word.value, fitting.clone())
            .or_else(|| report.known(fitting))
            .unwrap_or_else(|| declaration(what));
        let message = match thing {
            Some(other) => format!("{} is {}, not {what}", ticked(&word.value), other.what()),
            None => format!("there is no {} {}", bare(what), ticked(&word.value)),
        };
        report.add(Fault::new(Code::UnknownId, word.at, message).help(help));
        None
    }
}

/// How to declare a thing of a kind, or of the first of several.
fn declaration(what: &str) -> String {
    let table = bare(what.split(" or ").next().unwrap_or(what)).replace(' ', "_");
    format!("add [[{table}]] with id = \"...\"")
}

/// A noun without its article.
fn bare(what: &str) -> &str {
    what.split_once(' ').map_or(what, |(_, noun)| noun)
}

/// The thing itself, of one kind or another.
impl Thing {
    pub const fn source(self) -> Option<Ref<Source>> {
        if let Self::Source(source) = self { Some(source) } else { None }
    }

    pub const fn version(self) -> Option<Ref<Version>> {
        if let Self::Version(version) = self { Some(version) } else { None }
    }

    pub const fn topic(self) -> Option<Ref<Topic>> {
        if let Self::Topic(topic) = self { Some(topic) } else { None }
    }

    pub const fn actor(self) -> Option<Ref<Actor>> {
        if let Self::Actor(actor) = self { Some(actor) } else { None }
    }

    pub const fn origin(self) -> Option<Ref<Origin>> {
        if let Self::Origin(origin) = self { Some(origin) } else { None }
    }

    pub const fn card(self) -> Option<(Ref<Card>, Family)> {
        if let Self::Card(card, family) = self { Some((card, family)) } else { None }
    }
}
