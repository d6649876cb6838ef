//! Ids: who has which, and what a reference leads to.

use super::Making;
use super::fields::{Value, Words};
use super::report::{Fault, Placed, Report, Site, Unread};
use crate::model::{Actor, Card, Family, Origin, Ref, Source, Topic, Version};
use crate::problem::{Code, ticked};
use crate::punctuation::wording;
use crate::sanitize::Safe;
use foldhash::{HashMap, HashMapExt};
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

/// What a reference is to lead to: what it is called, with its article and without, and the table that declares one.
#[derive(Clone, Copy)]
pub struct Sought {
    what: &'static str,
    word: &'static str,
    table: &'static str,
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

impl Making<'_> {
    /// Builds what refers to nothing: versions, topics, actors and origins.
    pub fn vocabulary(&mut self) {
        let Self { briefing, tables, names, report, .. } = self;
        for Placed { at, value: raw } in tables.versions.drain(..) {
            let thing = Thing::Version(Ref::new(briefing.versions.len()));
            let id = names.register(raw.id, at, thing, report);
            report.need(at, "a version", "title", &raw.title);
            let title = report.line(at, "title", raw.title).unwrap_or_else(|| id.clone());
            let date = report.date(at, "date", raw.date);
            let from = report.line(at, "from", raw.from);
            briefing.versions.push(Version { id, title, date, from });
        }
        let mut called = Called::new("topic", "only one of the topics is found by it; take another");
        for Placed { at, value: raw } in tables.topics.drain(..) {
            let id = names.register(raw.id, at, Thing::Topic(Ref::new(briefing.topics.len())), report);
            report.need(at, "a topic", "title", &raw.title);
            called.take(&id, names.place(&id), at, report);
            let title = called.line(&id, at, "title", raw.title, report);
            let aliases = report.list(at, "aliases", raw.aliases);
            for alias in &aliases {
                called.take(&alias.value, Some(alias.at), at, report);
            }
            let aliases = lines(aliases);
            briefing.topics.push(Topic { id, title, aliases });
        }
        let mut called = Called::new("actor", "one actor under two ids has two rows of stances");
        for Placed { at, value: raw } in tables.actors.drain(..) {
            let id = names.register(raw.id, at, Thing::Actor(Ref::new(briefing.actors.len())), report);
            report.need(at, "an actor", "name", &raw.name);
            let name = called.line(&id, at, "name", raw.name, report);
            let role = report.line(at, "role", raw.role);
            let aliases = lines(report.list(at, "aliases", raw.aliases));
            briefing.actors.push(Actor { id, name, role, aliases });
        }
        let mut called = Called::new("origin", "one origin under two ids would count twice");
        for Placed { at, value: raw } in tables.origins.drain(..) {
            let id = names.register(raw.id, at, Thing::Origin(Ref::new(briefing.origins.len())), report);
            report.need(at, "an origin", "name", &raw.name);
            let name = called.line(&id, at, "name", raw.name, report);
            briefing.origins.push(Origin { id, name });
        }
    }
}

fn lines(words: Vec<Placed<Words<'_>>>) -> Vec<Safe> {
    words.into_iter().map(|words| Safe::line(&words.value)).collect()
}

/// What the things of one kind are called so far, for no two to be called the same.
struct Called {
    /// What they are.
    what: &'static str,
    /// What comes of two of one name.
    why: &'static str,
    /// By its wording, the table whose each name is, and where it stands.
    names: HashMap<String, (Site, Site)>,
}

impl Called {
    fn new(what: &'static str, why: &'static str) -> Self {
        Self { what, why, names: HashMap::new() }
    }

    /// Takes the name that a thing has at a key; without one, it is called by its id.
    fn line(
        &mut self,
        id: &Safe,
        table: Site,
        key: &'static str,
        name: Value<Words<'_>>,
        report: &mut Report<'_>,
    ) -> Safe {
        let at = name.as_ref().map(|name| table.of(name));
        let Some(name) = report.line(table, key, name) else { return id.clone() };
        self.take(&name, at, table, report);
        name
    }

    /// Takes a name of a thing, and reports it where another has it.
    fn take(&mut self, name: &str, at: Option<Site>, table: Site, report: &mut Report<'_>) {
        let Some(at) = at else { return };
        let (owner, first) = *self.names.entry(wording(name)).or_insert((table, at));
        if owner != table {
            let message = format!("{} is what another {} is called", ticked(name), self.what);
            let help = format!("at {}; {}", report.cite(first), self.why);
            report.add(Fault::new(Code::NameTaken, at, message).help(help));
        }
    }
}

impl Thing {
    /// What it is, with its article.
    const fn what(self) -> &'static str {
        match self {
            Self::Source(_) => Sought::SOURCE.what,
            Self::Version(_) => Sought::VERSION.what,
            Self::Topic(_) => Sought::TOPIC.what,
            Self::Actor(_) => Sought::ACTOR.what,
            Self::Origin(_) => Sought::ORIGIN.what,
            Self::Card(_, family) => family.noun(),
        }
    }

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

    /// The card, and of which kind.
    pub const fn card(self) -> Option<(Ref<Card>, Family)> {
        if let Self::Card(card, family) = self { Some((card, family)) } else { None }
    }
}

impl Sought {
    pub const SOURCE: Self = Self { what: "a source", word: "source", table: "source" };
    pub const VERSION: Self = Self { what: "a version", word: "version", table: "version" };
    pub const TOPIC: Self = Self { what: "a topic", word: "topic", table: "topic" };
    pub const ACTOR: Self = Self { what: "an actor", word: "actor", table: "actor" };
    pub const ORIGIN: Self = Self { what: "an origin", word: "origin", table: "origin" };
    /// What a reaction or a question is about.
    pub const SUBJECT: Self =
        Self { what: "a plan point or a version", word: "plan point or version", table: "plan_point" };
    /// A card of any kind.
    pub const CARD: Self = Self { what: "a card", word: "card", table: "plan_point" };

    /// A card of one kind.
    pub const fn of(family: Family) -> Self {
        Self { what: family.noun(), word: family.word(), table: family.written() }
    }

    /// How to declare one.
    fn declaration(self) -> String {
        format!("add [[{}]] with id = \"...\"", self.table)
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
            // What names it may have the id that it is going to have.
            report.leaves(Unread::Thing);
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

    /// The thing that a reference leads to, if it is what is sought, as `pick` takes it.
    pub fn find<T>(
        &self,
        word: &Placed<Words<'_>>,
        sought: Sought,
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
            .unwrap_or_else(|| sought.declaration());
        let message = match thing {
            Some(other) => format!("{} is {}, not {}", ticked(&word.value), other.what(), sought.what),
            None => format!("there is no {} {}", sought.word, ticked(&word.value)),
        };
        report.add(Fault::new(Code::UnknownId, word.at, message).help(help));
        None
    }
}
