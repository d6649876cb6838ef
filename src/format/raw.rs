//! The tables of the format as they stand in the files. These types are the format's definition.

use super::fields::{
    Array, At, Field, Fragments, Given, Headed, Keys, List, Row, Shape, Shaped, Table, Value, Words,
};
use super::parsed::{Parsed, Rewritten};
use super::report::{Placed, Report, Site};
use crate::model::Family;
use crate::problem::{Code, Page};
use crate::span::Span;
use std::collections::BTreeMap;

/// The keys of a briefing's head.
pub struct Head<'t> {
    pub schema: Value<i64>,
    pub title: Value<Words<'t>>,
    pub as_of: Value<Words<'t>>,
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
    ($($kind:ident { $($key:ident: $type:ty,)+ } $([$($array:ident: $row:ident,)+])?)+) => {$(
        #[derive(Debug, Default)]
        pub struct $kind<'t> {
            $(pub $key: $type,)+
            $($(pub $array: Array<$row<'t>>,)+)?
        }

        impl<'t> Row<'t> for $kind<'t> {
            const KEYS: &'static [&'static str] =
                &[$(key(stringify!($key)),)+ $($(stringify!($array),)+)?];
        }

        impl<'t> Keys<'t> for $kind<'t> {
            fn keep(&mut self, name: &str, value: At<Given<'t>>) -> bool {
                $(if name == const { key(stringify!($key)) } {
                    return self.$key.replace(Field::read(value)).is_none();
                })+
                $($(if name == stringify!($array) {
                    return self.$array.replace(Field::read(value)).is_none();
                })+)?
                false
            }

            fn tables(&mut self, name: &str) -> Option<&mut dyn Headed<'t>> {
                match name {
                    $($(stringify!($array) => Some(&mut self.$array),)+)?
                    _ => None,
                }
            }
        }

        impl<'t> Shaped for $kind<'t> {
            fn shape() -> Shape {
                Shape::Table(vec![
                    $((const { key(stringify!($key)) }, <$type as Shaped>::shape()),)+
                    $($((stringify!($array), <Array<$row<'t>>>::shape()),)+)?
                ])
            }
        }
    )+};
}

tables! {
    File {
        schema: Value<i64>,
        title: Value<Words<'t>>,
        as_of: Value<Words<'t>>,
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
        id: Value<Words<'t>>,
        file: Value<Words<'t>>,
        title: Value<Words<'t>>,
        outlet: Value<Words<'t>>,
        author: Value<Words<'t>>,
        date: Value<Words<'t>>,
        url: Value<Words<'t>>,
        sha256: Value<Words<'t>>,
        note: Value<Words<'t>>,
    } [
        aside: Aside,
        unused: Unused,
    ]
    Aside {
        exact: Value<Words<'t>>,
        nth: Value<u32>,
        from: Value<Words<'t>>,
        to: Value<Words<'t>>,
        why: Value<Words<'t>>,
    }
    Unused {
        exact: Value<Words<'t>>,
        nth: Value<u32>,
        why: Value<Words<'t>>,
    }
    Version {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        date: Value<Words<'t>>,
        from: Value<Words<'t>>,
    }
    Topic {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        aliases: List<Words<'t>>,
    }
    Actor {
        id: Value<Words<'t>>,
        name: Value<Words<'t>>,
        role: Value<Words<'t>>,
        aliases: List<Words<'t>>,
    }
    Origin {
        id: Value<Words<'t>>,
        name: Value<Words<'t>>,
    }
    Quote {
        source: Value<Words<'t>>,
        exact: Value<Fragments<'t>>,
        nth: Value<u32>,
        key: Value<Words<'t>>,
        origin: Value<Words<'t>>,
        basis: Value<Words<'t>>,
        by: Value<Words<'t>>,
    }
    Relation {
        r#type: Value<Words<'t>>,
        to: Value<Words<'t>>,
        why: Value<Words<'t>>,
    }
}

/// A card of any kind; the keys that its kind does not have are absent.
pub struct Card<'t> {
    pub family: Family,
    pub id: Value<Words<'t>>,
    pub title: Value<Words<'t>>,
    pub text: Value<Words<'t>>,
    pub date: Value<Words<'t>>,
    pub topics: List<Words<'t>>,
    pub version: Value<Words<'t>>,
    pub actor: Value<Words<'t>>,
    pub stance: Value<Words<'t>>,
    pub status: Value<Words<'t>>,
    pub on: List<Words<'t>>,
    pub rel: Array<Relation<'t>>,
    pub quote: Array<Quote<'t>>,
}

/// Makes a table for each kind of card, and a `Card` of each.
macro_rules! cards {
    ($($kind:ident { $($key:ident: $type:ty,)+ } [$($array:ident: $row:ident,)+])+) => {$(
        tables! { $kind { $($key: $type,)+ } [$($array: $row,)+] }

        impl<'t> From<$kind<'t>> for Card<'t> {
            fn from(table: $kind<'t>) -> Self {
                Self { $($key: table.$key,)+ $($array: table.$array,)+ ..Self::blank(Family::$kind) }
            }
        }
    )+};
}

cards! {
    PlanPoint {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        version: Value<Words<'t>>,
        topics: List<Words<'t>>,
        text: Value<Words<'t>>,
        date: Value<Words<'t>>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    Reaction {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        actor: Value<Words<'t>>,
        stance: Value<Words<'t>>,
        on: List<Words<'t>>,
        topics: List<Words<'t>>,
        text: Value<Words<'t>>,
        date: Value<Words<'t>>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    OpenQuestion {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        status: Value<Words<'t>>,
        topics: List<Words<'t>>,
        text: Value<Words<'t>>,
        on: List<Words<'t>>,
    } [
        rel: Relation,
        quote: Quote,
    ]
    Event {
        id: Value<Words<'t>>,
        title: Value<Words<'t>>,
        date: Value<Words<'t>>,
        topics: List<Words<'t>>,
    } [
        quote: Quote,
    ]
}

impl Card<'_> {
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

/// All tables of a briefing, those of one kind in the order of the files.
#[derive(Default)]
pub struct Tables<'t> {
    pub heads: Vec<Placed<Head<'t>>>,
    pub sources: Vec<Placed<Source<'t>>>,
    pub versions: Vec<Placed<Version<'t>>>,
    pub topics: Vec<Placed<Topic<'t>>>,
    pub actors: Vec<Placed<Actor<'t>>>,
    pub origins: Vec<Placed<Origin<'t>>>,
    pub cards: BTreeMap<Family, Vec<Placed<Card<'t>>>>,
}

/// The most bytes of memory that the tables of all files may take.
const MOST: usize = 480 << 20;

/// The bytes of memory that what a byte begins can take: a table or a list, a member of one, a line with a key.
const fn cost(byte: u8) -> usize {
    match byte {
        b'[' | b'{' => DEAREST,
        b',' => 380,
        b'\n' => 300,
        _ => 0,
    }
}

/// No byte begins anything that takes more.
const DEAREST: usize = 950;

/// How many of the files take no more memory together than they may.
fn fitting(pages: &[Page<'_>]) -> usize {
    let bytes: usize = pages.iter().map(|page| page.text().len()).sum();
    if bytes <= MOST / DEAREST {
        return pages.len();
    }
    let mut costs = 0;
    let fit = pages.iter().take_while(|page| {
        costs += page.text().bytes().map(cost).sum::<usize>();
        costs <= MOST
    });
    fit.count()
}

impl<'t> Tables<'t> {
    /// Reads every file, until there are more tables than can be read. What a file must be rewritten to is kept in
    /// `rewritten`, which has as many as there are files.
    pub fn read(rewritten: &'t [Rewritten], report: &mut Report<'t>) -> Self {
        let mut tables = Self::default();
        let pages = report.pages();
        let fit = fitting(pages);
        if let Some(page) = pages.get(fit) {
            let problem = page.problem(Code::TooLarge, Span::default(), "more tables than can be read");
            report.unread(problem.help("make two briefings of this one"));
        }
        for (number, (page, rewritten)) in pages.iter().zip(rewritten).take(fit).enumerate() {
            match Parsed::new(page.text(), rewritten) {
                Ok(parsed) => {
                    if !parsed.mistakes.is_empty() {
                        report.syntax(number, parsed.mistakes);
                    }
                    tables.take(parsed.file, number, report);
                }
                Err(mistake) => {
                    let problem = page.problem(Code::Syntax, mistake.span, &mistake.message());
                    report.unread(problem.help(mistake.help()));
                }
            }
        }
        tables
    }

    /// Adds the tables of one file.
    fn take(&mut self, file: Table<File<'t>>, number: usize, report: &mut Report<'_>) {
        let top = Site::top(number);
        report.unknown_keys(top, &file);
        let file = file.row;
        self.heads.push(Placed {
            at: top,
            value: Head { schema: file.schema, title: file.title, as_of: file.as_of },
        });
        self.sources.extend(report.tables(top, &["source"], file.source));
        self.versions.extend(report.tables(top, &["version"], file.version));
        self.topics.extend(report.tables(top, &["topic"], file.topic));
        self.actors.extend(report.tables(top, &["actor"], file.actor));
        self.origins.extend(report.tables(top, &["origin"], file.origin));
        self.add_cards(Family::PlanPoint, report.tables(top, &["plan_point"], file.plan_point));
        self.add_cards(Family::Reaction, report.tables(top, &["reaction"], file.reaction));
        self.add_cards(Family::OpenQuestion, report.tables(top, &["open_question"], file.open_question));
        self.add_cards(Family::Event, report.tables(top, &["event"], file.event));
        report.all_begun();
    }

    fn add_cards<T: Into<Card<'t>>>(&mut self, family: Family, tables: Vec<Placed<T>>) {
        let cards = tables.into_iter().map(|table| Placed { at: table.at, value: table.value.into() });
        self.cards.entry(family).or_default().extend(cards);
    }
}
