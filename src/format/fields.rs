//! Values and tables of a TOML file that keep what is wrong with them.
//!
//! serde stops at the first error. Here a value of the wrong type and a key that is not known are
//! values themselves, so that one deserialisation of a file yields everything that is right in it
//! and everything that is wrong. The names of the known keys come from serde's own field lists.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use std::fmt;
use std::marker::PhantomData;
use toml::Spanned;

/// A value that may be absent, with its place.
pub type Value<T> = Option<Spanned<Field<T>>>;
/// A list that may be absent, each of its values with its place.
pub type List<T> = Value<Vec<Spanned<Field<T>>>>;
/// An array of tables, each with the place of its header.
pub type Array<T> = List<Table<T>>;

/// A value, or why it is of the wrong type.
#[derive(Clone, Debug)]
pub struct Field<T>(pub Result<T, String>);

/// A table: its known keys, and those that are not known.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// What is known.
    pub row: T,
    /// The keys that are not.
    pub unknown: Vec<Spanned<String>>,
    /// The keys that would be.
    pub known: &'static [&'static str],
}

/// A string, or a list of strings, each with its place.
#[derive(Clone, Debug)]
pub enum Fragments {
    /// One string.
    One(String),
    /// A list.
    Several(Vec<Spanned<String>>),
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
    String: Shape::Words;
    i64: Shape::Number;
    u32: Shape::Number;
    Fragments: Shape::Fragments;
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

kept! { Option Spanned Field Table }

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(T::deserialize(deserializer).map_err(|error| error.to_string())))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TableVisitor(PhantomData))
    }
}

struct TableVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for TableVisitor<T> {
    type Value = Table<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Table<T>, A::Error> {
        let (mut unknown, mut known): (_, &[&str]) = (Vec::new(), &[]);
        let row = T::deserialize(Sieve { map, unknown: &mut unknown, known: &mut known })?;
        Ok(Table { row, unknown, known })
    }
}

/// Hands a struct the keys that it knows, and keeps the others.
struct Sieve<'s, A> {
    map: A,
    unknown: &'s mut Vec<Spanned<String>>,
    known: &'s mut &'static [&'static str],
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Sieve<'_, A> {
    type Error = A::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        *self.known = fields;
        visitor.visit_map(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Sieve<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key::<Spanned<String>>()? {
            if self.known.contains(&key.get_ref().as_str()) {
                let key: StrDeserializer<'_, A::Error> = key.get_ref().as_str().into_deserializer();
                return seed.deserialize(key).map(Some);
            }
            self.map.next_value::<IgnoredAny>()?;
            self.unknown.push(key);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

impl<'de> Deserialize<'de> for Fragments {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FragmentsVisitor)
    }
}

struct FragmentsVisitor;

impl<'de> Visitor<'de> for FragmentsVisitor {
    type Value = Fragments;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string or a list of strings")
    }

    fn visit_str<E: Error>(self, words: &str) -> Result<Fragments, E> {
        Ok(Fragments::One(words.to_owned()))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Fragments, A::Error> {
        let mut fragments = Vec::new();
        while let Some(words) = list.next_element()? {
            fragments.push(words);
        }
        Ok(Fragments::Several(fragments))
    }
}
