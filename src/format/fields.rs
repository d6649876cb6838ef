//! Values and tables of a TOML file that keep what is wrong with them.
//!
//! A value of the wrong type and a key that is not known are values themselves, so that one reading
//! of a file yields everything that is right in it and everything that is wrong.

use crate::order;
use crate::span::{Span, in_32_bits};
use std::borrow::Cow;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Words, of the file itself where it has them as they are meant.
pub type Words<'t> = Cow<'t, str>;

/// A value and its place, in half the room that `Spanned` has for one: the tables of a briefing are mostly places.
#[derive(Clone, Debug)]
pub struct At<T> {
    start: u32,
    end: u32,
    value: T,
}

impl<T> At<T> {
    /// A value at a range of bytes.
    pub fn new(place: Range<usize>, value: T) -> Self {
        Self { start: in_32_bits(place.start), end: in_32_bits(place.end), value }
    }

    /// Where it stands.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// The value.
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// The value, to be changed.
    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// The value without its place.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// What becomes of the value, at its place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At { start: self.start, end: self.end, value: change(self.value) }
    }

    /// What the value is read as, at its place, or what it is instead.
    fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<At<U>, E> {
        Ok(At { start: self.start, end: self.end, value: change(self.value)? })
    }
}

/// A value as it is written.
#[derive(Debug)]
pub enum Given<'t> {
    /// A string.
    Words(Words<'t>),
    /// A whole number, unless it is larger than was asked for, and its digits.
    Number(Option<i64>, Words<'t>),
    /// A list.
    List(Vec<At<Self>>),
    /// A table.
    Table(Vec<Entry<'t>>),
    /// What no key has for a value, in words.
    Other(String),
}

/// A key of a table and its value; no two of a table have the same key.
pub type Entry<'t> = (At<Words<'t>>, At<Given<'t>>);

/// A value that may be absent, with its place.
pub type Value<T> = Option<At<Field<T>>>;
/// A list that may be absent, each of its values with its place.
pub type List<T> = Value<Vec<At<Field<T>>>>;
/// An array of tables, each with the place of its header.
pub type Array<T> = List<Table<T>>;

/// A value, or what stands in its place.
#[derive(Clone, Debug)]
pub struct Field<T>(pub Result<T, Box<WrongType>>);

/// A value that is of another type than it should be.
#[derive(Clone, Debug)]
pub struct WrongType {
    /// What it is, in words.
    pub found: String,
    /// What it should be.
    pub expected: Expected,
    /// What was most likely meant, as it is written.
    pub meant: Option<String>,
}

/// What a value should be.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// In words.
    pub what: &'static str,
    /// An example of one.
    pub example: &'static str,
}

/// A table: its known keys, and those that are not known.
#[derive(Clone, Debug, Default)]
pub struct Table<T> {
    /// What is known.
    pub row: T,
    /// The keys that are not.
    pub unknown: Vec<Unknown>,
}

/// A key that is not known.
#[derive(Clone, Debug)]
pub struct Unknown {
    /// The key.
    pub key: At<String>,
    /// Where the tables begin that it stands for, each at its header where it has one.
    pub tables: Vec<Span>,
}

/// What a table's known keys are kept in.
pub trait Row<'t>: Keys<'t> + Default {
    /// The known keys, in order.
    const KEYS: &'static [&'static str];
}

/// The known keys of some table.
pub trait Keys<'t> {
    /// Keeps the value of a key that is known. False where it is not, or had a value.
    fn keep(&mut self, key: &str, value: At<Given<'t>>) -> bool;

    /// The array of tables that a key stands for, if it stands for one.
    fn tables(&mut self, key: &str) -> Option<&mut dyn Headed<'t>>;
}

/// An array of some tables that headers add to.
pub trait Headed<'t> {
    /// Adds the table of a header; nothing where the array is written as a list.
    fn add(&mut self, header: At<()>) -> Option<&mut dyn Keys<'t>>;

    /// The last of them.
    fn last(&mut self) -> Option<&mut dyn Keys<'t>>;

    /// Shows those that have keys that are not known: where each begins, and these keys.
    fn unknown(&self, see: &mut dyn FnMut(Span, &[Unknown]));
}

impl<'t, T: Row<'t>> Headed<'t> for Array<T> {
    fn add(&mut self, header: At<()>) -> Option<&mut dyn Keys<'t>> {
        let table = header.clone().map(|()| Field(Ok(Table::default())));
        match self {
            None => *self = Some(header.map(|()| Field(Ok(vec![table])))),
            Some(array) => {
                let array = array.get_mut().0.as_mut().ok()?;
                push(array, table);
            }
        }
        self.last()
    }

    fn last(&mut self) -> Option<&mut dyn Keys<'t>> {
        let array = self.as_mut()?;
        let place = array.span();
        let tables = array.get_mut().0.as_mut().ok()?;
        // An array of tables with headers stands where its first header does.
        tables.first().filter(|first| first.span() == place)?;
        Some(&mut tables.last_mut()?.get_mut().0.as_mut().ok()?.row)
    }

    fn unknown(&self, see: &mut dyn FnMut(Span, &[Unknown])) {
        let tables = self.iter().flat_map(|array| &array.get().0).flatten();
        for table in tables {
            if let Some(read) = table.get().0.as_ref().ok().filter(|read| !read.unknown.is_empty()) {
                see(table.span(), &read.unknown);
            }
        }
    }
}

/// A string, or a list of strings, each with its place.
#[derive(Clone, Debug)]
pub enum Fragments<'t> {
    /// One string.
    One(Words<'t>),
    /// A list.
    Several(Vec<At<Words<'t>>>),
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Words,
    /// A whole number.
    Number,
    /// A string, or a list of strings.
    Fragments,
    /// A list.
    List(Box<Self>),
    /// A table: its keys, in order.
    Table(Vec<(&'static str, Self)>),
}

impl Shape {
    /// What the tables are that a key of this one is an array of, if it is.
    #[must_use]
    pub fn tables(&self, key: &str) -> Option<&Self> {
        let Self::Table(keys) = self else { return None };
        keys.iter().find(|(name, _)| *name == key)?.1.rows()
    }

    /// What the tables are that this one is an array of, if it is.
    #[must_use]
    pub fn rows(&self) -> Option<&Self> {
        match self {
            Self::List(row) if matches!(**row, Self::Table(_)) => Some(row),
            Self::Words | Self::Number | Self::Fragments | Self::List(_) | Self::Table(_) => None,
        }
    }
}

/// What can tell what its values may be.
pub trait Shaped {
    /// What its values may be.
    fn shape() -> Shape;
}

/// Gives types their shapes.
macro_rules! shapes {
    ($($type:ty: $shape:expr;)+) => {$(
        impl Shaped for $type {
            fn shape() -> Shape {
                $shape
            }
        }
    )+};
}

shapes! {
    Words<'_>: Shape::Words;
    i64: Shape::Number;
    u32: Shape::Number;
    Fragments<'_>: Shape::Fragments;
}

/// What only keeps a value, or what is wrong with it, has the value's shape.
macro_rules! kept {
    ($($keeper:ident)+) => {$(
        impl<T: Shaped> Shaped for $keeper<T> {
            fn shape() -> Shape {
                T::shape()
            }
        }
    )+};
}

kept! { Option At Field Table }

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

/// Adds to a list that mostly has one member or two, where a vector would make room for four at once.
pub fn push<T>(list: &mut Vec<T>, member: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().max(1));
    }
    list.push(member);
}

/// What a TOML value can be read as.
pub trait Read<'t>: Sized {
    /// What the value should be.
    const EXPECTED: Expected;

    /// Reads it, or gives back what is something else.
    fn read(value: Given<'t>) -> Result<Self, Given<'t>>;

    /// How something else is written as such a value, where it says one.
    fn meant(_: &Given<'t>) -> Option<String> {
        None
    }
}

impl<'t> Read<'t> for Words<'t> {
    const EXPECTED: Expected = Expected { what: "a string", example: "\"...\"" };

    fn read(value: Given<'t>) -> Result<Self, Given<'t>> {
        match value {
            Given::Words(words) => Ok(words),
            other => Err(other),
        }
    }
}

/// Reads whole numbers.
macro_rules! numbers {
    ($($type:ty)+) => {$(
        impl<'t> Read<'t> for $type {
            const EXPECTED: Expected = Expected { what: "a small whole number", example: "1" };

            fn read(value: Given<'t>) -> Result<Self, Given<'t>> {
                match value {
                    Given::Number(Some(number), digits) => {
                        Self::try_from(number).map_err(|_| Given::Number(None, digits))
                    }
                    other => Err(other),
                }
            }

            fn meant(value: &Given<'t>) -> Option<String> {
                let Given::Words(words) = value else { return None };
                // Whatever is counted or numbered here begins with 1.
                words.trim().parse().ok().filter(|number| *number > 0).map(|number: Self| number.to_string())
            }
        }
    )+};
}

numbers! { i64 u32 }

impl<'t> Read<'t> for Fragments<'t> {
    const EXPECTED: Expected = Expected { what: "a string or a list of strings", example: "\"...\"" };

    fn read(value: Given<'t>) -> Result<Self, Given<'t>> {
        let list = match value {
            Given::List(list) => list,
            other => return Words::read(other).map(Self::One),
        };
        let fragments = list.into_iter().map(|words| words.try_map(Words::read));
        fragments.collect::<Result<_, _>>().map(Self::Several)
    }
}

impl<'t, T: Read<'t>> Read<'t> for Vec<At<Field<T>>> {
    const EXPECTED: Expected = Expected { what: "a list", example: "[\"...\"]" };

    fn read(value: Given<'t>) -> Result<Self, Given<'t>> {
        match value {
            Given::List(list) => Ok(list.into_iter().map(Field::read).collect()),
            other => Err(other),
        }
    }
}

impl<'t, T: Row<'t>> Read<'t> for Table<T> {
    const EXPECTED: Expected = Expected { what: "a table", example: "{ ... }" };

    fn read(value: Given<'t>) -> Result<Self, Given<'t>> {
        match value {
            Given::Table(table) => Ok(Self::of(table)),
            other => Err(other),
        }
    }
}

impl<'t, T: Row<'t>> Table<T> {
    /// The table of such entries.
    pub fn of(entries: impl IntoIterator<Item = Entry<'t>>) -> Self {
        let (mut row, mut unknown) = (T::default(), Vec::new());
        for (key, value) in entries {
            if T::KEYS.contains(&key.get().as_ref()) {
                row.keep(key.get(), value);
            } else {
                unknown.push(Unknown { tables: tables(&value), key: key.map(Cow::into_owned) });
            }
        }
        order::sort_by_key(&mut unknown, |unknown| unknown.key.span());
        Self { row, unknown }
    }
}

/// Where the tables begin that a value is made of.
fn tables(value: &At<Given<'_>>) -> Vec<Span> {
    let is_table = |value: &&At<Given<'_>>| matches!(value.get(), Given::Table(_));
    match value.get() {
        Given::List(list) => list.iter().filter(is_table).map(At::span).collect(),
        Given::Table(_) => vec![value.span()],
        Given::Words(_) | Given::Number(..) | Given::Other(_) => Vec::new(),
    }
}

impl<'t, T: Read<'t>> Field<T> {
    /// Reads a value at its place.
    pub fn read(value: At<Given<'t>>) -> At<Self> {
        let wrong = |other| {
            Box::new(WrongType { found: in_words(&other), expected: T::EXPECTED, meant: T::meant(&other) })
        };
        value.map(|value| Self(T::read(value).map_err(wrong)))
    }
}

/// A value as it is spoken of where another was expected.
fn in_words(value: &Given<'_>) -> String {
    match value {
        Given::Words(words) => format!("string {words:?}"),
        Given::Number(_, digits) => format!("integer `{digits}`"),
        Given::List(_) => "a list".to_owned(),
        Given::Table(_) => "a table".to_owned(),
        Given::Other(what) => what.clone(),
    }
}

impl<'t> From<DeValue<'t>> for Given<'t> {
    fn from(value: DeValue<'t>) -> Self {
        match value {
            DeValue::String(words) => Self::Words(words),
            DeValue::Integer(digits) => {
                let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
                Self::Number(number, digits.to_string().into())
            }
            DeValue::Float(digits) => Self::Other(format!("floating point `{digits}`")),
            DeValue::Boolean(truth) => Self::Other(format!("boolean `{truth}`")),
            DeValue::Datetime(_) => Self::Other("a date without quotation marks".to_owned()),
            DeValue::Array(list) => Self::List(list.into_iter().map(At::from).collect()),
            DeValue::Table(table) => Self::Table(entries(table).collect()),
        }
    }
}

impl<'t> From<Spanned<DeValue<'t>>> for At<Given<'t>> {
    fn from(value: Spanned<DeValue<'t>>) -> Self {
        Self::new(value.span(), value.into_inner().into())
    }
}

/// What a table that the crate has read holds; each value is made ours as it is asked for.
pub fn entries(table: DeTable<'_>) -> impl Iterator<Item = Entry<'_>> {
    table.into_iter().map(|(key, value)| (At::new(key.span(), key.into_inner()), value.into()))
}
