//! The format described: as a JSON Schema (draft 2020-12) for editors, as tables for people. Both are
//! made of the types that a file is read into, so that they know every key and no other.

use super::fields::{Shape, Shaped};
use super::meanings::{Meaning, Need, Rule};
use super::raw::File;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The JSON Schema of one of a briefing's TOML files. Any table may stand in any file, so none of a
/// file's own keys is required.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = form(&File::shape(), "");
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        fields.insert("title".into(), "A file of a briefing".into());
    }
    schema
}

/// What a value at the end of a way may be.
fn form(shape: &Shape, way: &str) -> Value {
    match shape {
        Shape::Words => kept(json!({ "type": "string" }), way),
        Shape::Number => kept(json!({ "type": "integer" }), way),
        Shape::Fragments => {
            let words = form(&Shape::Words, way);
            json!({ "anyOf": [words, { "type": "array", "items": words, "minItems": 1 }] })
        }
        Shape::List(item) => {
            let mut list = json!({ "type": "array", "items": form(item, way) });
            // A list that a table cannot do without says nothing where it is empty.
            if let (Some(Need::Needed), Some(fields)) =
                (Meaning::of(way).map(|it| it.need), list.as_object_mut())
            {
                fields.insert("minItems".into(), 1.into());
            }
            list
        }
        Shape::Table(keys) => table(keys, way),
    }
}

/// The same with what its values keep to.
fn kept(mut form: Value, way: &str) -> Value {
    let limits = match Meaning::of(way).map_or(Rule::None, |meaning| meaning.rule) {
        Rule::None => return form,
        Rule::Pattern(pattern) => vec![("pattern", pattern.into())],
        Rule::Choice(words) => vec![("enum", words().into())],
        Rule::Only(number) => vec![("const", number.into())],
        Rule::Between(least, most) => vec![("minimum", least.into()), ("maximum", most.into())],
    };
    if let Some(fields) = form.as_object_mut() {
        fields.extend(limits.into_iter().map(|(word, limit): (&str, Value)| (word.into(), limit)));
    }
    form
}

fn table(keys: &[(&str, Shape)], way: &str) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (key, shape) in keys {
        let way = format!("{way}.{key}");
        let mut value = form(shape, &way);
        if let (Some(meaning), Some(fields)) = (Meaning::of(&way), value.as_object_mut()) {
            fields.insert("description".into(), meaning.means.into());
            fields.extend(example(meaning).map(|example| ("examples".into(), json!([example]))));
            if meaning.need == Need::Needed {
                required.push(*key);
            }
        }
        properties.insert((*key).into(), value);
    }
    let mut table = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if let Some(fields) = table.as_object_mut() {
        if !required.is_empty() {
            fields.insert("required".into(), required.into());
        }
        if way.ends_with(".aside") {
            let parts = json!([
                { "required": ["exact"], "properties": { "from": false, "to": false } },
                { "required": ["from", "to"], "properties": { "exact": false } },
            ]);
            fields.insert("oneOf".into(), parts);
        }
    }
    table
}

/// A key's example as a value.
fn example(meaning: &Meaning) -> Option<Value> {
    let read: BTreeMap<String, Value> = toml::from_str(&format!("value = {}", meaning.example)).ok()?;
    read.into_values().next()
}

/// A table of the format: where it may stand, what it is, and its keys with the ways to them.
struct Section {
    headers: Vec<String>,
    means: &'static str,
    keys: Vec<(&'static str, String)>,
}

/// The keys of each table in Markdown, as `briefings/README.md` has them. A table that stands in
/// several others is told once.
#[must_use]
pub fn markdown() -> String {
    let mut sections: Vec<Section> = Vec::new();
    let mut open = std::collections::VecDeque::from([(String::new(), File::shape())]);
    while let Some((way, shape)) = open.pop_front() {
        let Shape::Table(keys) = shape else { continue };
        let meaning = Meaning::of(&way);
        let means = meaning.map_or("Once in a briefing, above the first table of a file.", |m| m.means);
        let header = way.trim_start_matches('.').to_owned();
        match sections.iter_mut().find(|section| section.means == means) {
            Some(section) => section.headers.push(header),
            None => sections.push(Section {
                headers: vec![header],
                means,
                keys: keys
                    .iter()
                    .filter(|(_, shape)| !way.is_empty() || shape.rows().is_none())
                    .map(|(key, _)| (*key, format!("{way}.{key}")))
                    .collect(),
            }),
        }
        let below =
            keys.into_iter().filter_map(|(key, shape)| Some((format!("{way}.{key}"), shape.rows()?.clone())));
        open.extend(below);
    }
    let mut text = String::new();
    for section in sections {
        let headers: Vec<String> = section
            .headers
            .iter()
            .filter(|header| !header.is_empty())
            .map(|header| format!("`[[{header}]]`"))
            .collect();
        let title = if headers.is_empty() { "The head".to_owned() } else { headers.join(", ") };
        let _ = writeln!(
            text,
            "### {title}\n\n{}\n\n| key | | for example | |\n|---|---|---|---|",
            section.means
        );
        for (key, way) in section.keys {
            if let Some(meaning) = Meaning::of(&way).filter(|meaning| !meaning.example.is_empty()) {
                let _ = writeln!(
                    text,
                    "| `{key}` | {} | `{}` | {} |",
                    need(meaning.need),
                    meaning.example,
                    said(meaning)
                );
            }
        }
        text.push('\n');
    }
    text
}

const fn need(need: Need) -> &'static str {
    match need {
        Need::Needed => "needed",
        Need::Once => "once",
        Need::Free => "",
    }
}

/// What a key means, with the words to choose from.
fn said(meaning: &Meaning) -> String {
    let words = match meaning.rule {
        Rule::Choice(words) => words(),
        Rule::None | Rule::Pattern(_) | Rule::Only(_) | Rule::Between(..) => return meaning.means.to_owned(),
    };
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    format!("{} One of {}.", meaning.means, words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{File, Shape, Shaped};
    use crate::format::meanings::Meaning;
    use std::collections::BTreeSet;

    /// The ways to every key of a shape.
    fn ways(shape: &Shape, way: &str, found: &mut Vec<String>) {
        match shape {
            Shape::Words | Shape::Number | Shape::Fragments => {}
            Shape::List(item) => ways(item, way, found),
            Shape::Table(keys) => {
                for (key, shape) in keys {
                    let way = format!("{way}.{key}");
                    ways(shape, &way, found);
                    found.push(way);
                }
            }
        }
    }

    #[test]
    fn every_key_means_something_and_every_meaning_has_its_key() {
        let mut found = Vec::new();
        ways(&File::shape(), "", &mut found);
        let silent: Vec<&String> = found.iter().filter(|way| Meaning::of(way).is_none()).collect();
        assert!(silent.is_empty(), "nothing is said of {silent:?}");
        let said: BTreeSet<&str> =
            found.iter().filter_map(|way| Meaning::of(way)).map(|meaning| meaning.key).collect();
        assert_eq!(said, Meaning::keys().collect());
        assert_eq!(said.len(), Meaning::keys().count(), "each is said once");
    }
}
