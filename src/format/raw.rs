//! The tables of the format as they stand in the files. These types are the format's definition.

use super::fields::{Array, Field, Fragments, Headed, Keys, List, Row, Shape, Shaped, Table, Value};
use super::parsed::Parsed;
use super::report::{Fault, Placed, Report, Site};
use crate::model::Family;
use crate::problem::Code;
use memchr::memchr2_iter;
use toml::Spanned;
use toml::de::DeValue;

/// The keys of a briefing's head.
pub struct Head {
    pub schema: Value<i64>,
    pub title: Value<String>,
    pub as_of: Value<String>,
}

/// A key as it is written in a file, of its name in this one.
const fn key(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Makes a table's type, of its values and then its arrays of tables; reads it, and tells its shape.
macro_rules! tables {
    ($($kind:ident { $($key:ident: $type:ty,)+ } $([$($array:ident: $row:ty,)+])?)+) => {$(
        #[derive(Debug, Default)]
        pub struct $kind {
            $(pub $key: $type,)+
            $($(pub $array: Array<$row>,)+)?
        }

        impl Row for $kind {
            const KEYS: &'static [&'static str] =
                &[$(key(stringify!($key)),)+ $($(stringify!($array),)+)?];
        }

        impl Keys for $kind {
            fn keep(&mut self, name: &str, value: Spanned<DeValue<'_>>) -> bool {
                $(if name == const { key(stringify!($key)) } {
                    return self.$key.replace(Field::read(value)).is_none();
                })+
                $($(if name == stringify!($array) {
                    return self.$array.replace(Field::read(value)).is_none();
                })+)?
                false
            }

            fn tables(&mut self, name: &str) -> Option<&mut dyn Headed> {
                match name {
                    $($(stringify!($array) => Some(&mut self.$array),)+)?
                    _ => None,
                }
            }
        }

        impl Shaped for $kind {
            fn shape() -> Shape {
                Shape::Table(vec![
                    $((const { key(stringify!($key)) }, <$type>::shape()),)+
                    $($((stringify!($array), <Array<$row>>::shape()),)+)?
                ])
            }
        }
    )+};
}

tables! {
    File {
        schema: Value<i64>,
        title: Value<String>,
        as_of: Value<String>,
    } [
        source: Source,
        version: Version,
        topic: Topic,
        actor: Actor,
        origin: Origin,
        plan_point: PlanPoint,
        reaction: Reaction,
        open_question: OpenQuestion,
        event: Event,
    ]
    Source {
        id: Value<String>,
        file: Value<String>,
        title: Value<String>,
        outlet: Value<String>,
        author: Value<String>,
        date: Value<String>,
        url: Value<String>,
        sha256: Value<String>,
        note: Value<String>,
    } [
        aside: Aside,
        unused: Unused,
    ]
    Aside {
        exact: Value<String>,
        nth: Value<u32>,
        from: Value<String>,
        to: Value<String>,
        why: Value<String>,
    }
    Unused {
        exact: Value<String>,
        nth: Value<u32>,
        why: Value<String>,
    }
    Version {
        id: Value<String>,
        title: Value<String>,
        date: Value<String>,
        from: Value<String>,
    }
    Topic {
        id: Value<String>,
        title: Value<String>,
        aliases: List<String>,
    }
    Actor {
        id: Value<String>,
        name: Value<String>,
        role: Value<String>,
        aliases: List<String>,
    }
    Origin {
        id: Value<String>,
        name: Value<String>,
    }
    Quote {
        source: Value<String>,
        exact: Value<Fragments>,
        nth: Value<u32>,
        key: Value<String>,
        origin: Value<String>,
        basis: Value<String>,
        by: Value<String>,
    }
    Relation {
        r#type: Value<String>,
        to: Value<String>,
        why: Value<String>,
    }
}

/// A card of any kind; the keys that its kind does not have are absent.
pub struct Card {
    pub family: Family,
    pub id: Value<String>,
    pub title: Value<String>,
    pub text: Value<String>,
    pub date: Value<String>,
    pub topics: List<String>,
    pub version: Value<String>,
    pub actor: Value<String>,
    pub stance: Value<String>,
    pub status: Value<String>,
    pub on: List<String>,
    pub rel: Array<Relation>,
    pub quote: Array<Quote>,
}

/// Makes a table for each kind of card, and a `Card` of each.
macro_rules! cards {
    ($($kind:ident { $($key:ident: $type:ty,)+ } [$($array:ident: $row:ty,)+])+) => {$(
        tables! { $kind { $($key: $type,)+ } [$($array: $row,)+] }

        impl From<$kind> for Card {
            fn from(table: $kind) -> Self {
                Self { $($key: table.$key,)+ $($array: table.$array,)+ ..Self::blank(Family::$kind) }
            }
        }
    )+};
}

cards! {
    PlanPoint {
        id: Value<String>,
        title: Value<String>,
        version: Value<String>,
        topics: List<String>,
        text: Value<String>,
        date: Value<String>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    Reaction {
        id: Value<String>,
        title: Value<String>,
        actor: Value<String>,
        stance: Value<String>,
        on: List<String>,
        topics: List<String>,
        text: Value<String>,
        date: Value<String>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    OpenQuestion {
        id: Value<String>,
        title: Value<String>,
        status: Value<String>,
        topics: List<String>,
        text: Value<String>,
        on: List<String>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    Event {
        id: Value<String>,
        title: Value<String>,
        date: Value<String>,
        topics: List<String>,
    } [
        quote: Quote,
    ]
}

impl Card {
    const fn blank(family: Family) -> Self {
        Self {
            family,
            id: None,
            title: None,
            text: None,
            date: None,
            topics: None,
            version: None,
            actor: None,
            stance: None,
            status: None,
            on: None,
            rel: None,
            quote: None,
        }
    }
}

/// All tables of a briefing, in the order of the files; the cards of one family after those of another.
#[derive(Default)]
pub struct Tables {
    pub heads: Vec<Placed<Head>>,
    pub sources: Vec<Placed<Source>>,
    pub versions: Vec<Placed<Version>>,
    pub topics: Vec<Placed<Topic>>,
    pub actors: Vec<Placed<Actor>>,
    pub origins: Vec<Placed<Origin>>,
    pub cards: Vec<Placed<Card>>,
}

/// The most brackets of all files: each opens a table or a list, which can cost 500 bytes of memory.
const MOST_BRACKETS: usize = 800_000;

/// What a file may hold.
pub fn shape() -> Shape {
    File::shape()
}

impl Tables {
    /// Reads every file, until there are more tables than can be read.
    pub fn read(report: &mut Report<'_>) -> Self {
        let mut tables = Self::default();
        let mut brackets = 0;
        let pages = report.pages();
        let fit = pages.iter().take_while(|page| {
            brackets += memchr2_iter(b'[', b'{', page.text().as_bytes()).count();
            brackets <= MOST_BRACKETS
        });
        let fit = fit.count();
        for (number, page) in pages.iter().take(fit).enumerate() {
            let parsed = Parsed::new(page.text());
            if !parsed.mistakes.is_empty() {
                report.syntax(number, parsed.mistakes, parsed.incomplete);
            }
            tables.take(parsed.file, number, report);
        }
        if fit < pages.len() {
            let fault = Fault::new(Code::TooLarge, Site::top(fit), "more tables than can be read");
            report.add(fault.help("make two briefings of this one"));
        }
        tables.cards.sort_by_key(|card| card.value.family);
        tables
    }

    /// Adds the tables of one file.
    fn take(&mut self, file: Table<File>, number: usize, report: &mut Report<'_>) {
        let top = Site::top(number);
        report.unknown_keys(top, &file);
        let file = file.row;
        self.heads.push(Placed {
            at: top,
            value: Head { schema: file.schema, title: file.title, as_of: file.as_of },
        });
        self.sources.extend(report.tables(top, "source", file.source));
        self.versions.extend(report.tables(top, "version", file.version));
        self.topics.extend(report.tables(top, "topic", file.topic));
        self.actors.extend(report.tables(top, "actor", file.actor));
        self.origins.extend(report.tables(top, "origin", file.origin));
        self.cards.extend(cards(report.tables(top, "plan_point", file.plan_point)));
        self.cards.extend(cards(report.tables(top, "reaction", file.reaction)));
        self.cards.extend(cards(report.tables(top, "open_question", file.open_question)));
        self.cards.extend(cards(report.tables(top, "event", file.event)));
    }
}

/// Tables of one kind as cards.
fn cards<T: Into<Card>>(tables: Vec<Placed<T>>) -> impl Iterator<Item = Placed<Card>> {
    tables.into_iter().map(|table| Placed { at: table.at, value: table.value.into() })
}
