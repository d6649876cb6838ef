//! The format as it is described: in `briefings/README.md` for people, in `brief schema` for editors.

use crate::printing;
use crate::readme::{between, stands};
use brief::address::is_on_the_web;
use brief::date::Date;
use brief::format::{Bytes, Hashed, TomlFile, json_schema, markdown, read};
use brief::load::Library;
use brief::model::Briefing;
use brief::problem::{Code, Problem, Severity};
use brief::sanitize::Safe;
use proptest::prelude::*;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/briefings/README.md");

/// A block of the page, without its fences.
pub fn block(name: &str) -> String {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let fenced = between(&readme, name).split_once('\n').unwrap().1;
    fenced.strip_suffix("```\n").unwrap().to_owned()
}

/// The page's text and a file, as a library.
fn opened(toml: &str) -> Briefing {
    let bytes: Bytes = Ok(Cow::Owned(toml.as_bytes().to_vec()));
    let file = TomlFile { path: Safe::line("briefings/ferry/briefing.toml"), bytes };
    read("ferry", &[file], Hashed::All, &mut |_| Ok(Cow::Owned(block("text").into_bytes())))
}

fn example() -> toml::Table {
    toml::from_str(&block("example")).unwrap()
}

#[test]
fn the_page_lists_every_key() {
    stands(FILE, "keys", &format!("\n{}", markdown()));
}

/// The tables of the schema, each with the way to it.
fn tables(schema: &Value, way: &str, found: &mut Vec<(String, Value)>) {
    match schema["type"].as_str() {
        Some("object") => {
            found.push((way.to_owned(), schema.clone()));
            for (key, value) in schema["properties"].as_object().unwrap() {
                tables(value, &format!("{way}.{key}"), found);
            }
        }
        Some("array") => tables(&schema["items"], way, found),
        _ => {}
    }
}

/// The first row of a table of the example, in which a change is to be made.
fn row<'t>(root: &'t mut toml::Table, way: &str) -> Vec<&'t mut toml::Table> {
    let mut rows = vec![root];
    for key in way.split('.').filter(|key| !key.is_empty()) {
        rows = rows
            .into_iter()
            .filter_map(|row| row.get_mut(key)?.as_array_mut())
            .flatten()
            .filter_map(toml::Value::as_table_mut)
            .collect();
    }
    rows
}

#[test]
fn its_example_is_a_briefing_and_has_every_key() {
    let briefing = opened(&block("example"));
    assert_eq!((briefing.problems, briefing.hints), (vec![], vec![]));
    assert_eq!(briefing.cards.len(), 5);
    let (mut found, mut example) = (Vec::new(), example());
    tables(&json_schema(), "", &mut found);
    for (way, table) in found {
        let rows = row(&mut example, &way);
        for key in table["properties"].as_object().unwrap().keys() {
            // Quotes and relations are the same for every kind of card.
            let is_there = rows.iter().any(|row| row.contains_key(key))
                || [".quote", ".rel"].iter().any(|end| way.ends_with(end));
            assert!(is_there, "{way}.{key} has no example");
        }
    }
}

#[test]
fn the_schema_knows_the_keys_that_the_loader_knows() {
    let mut found = Vec::new();
    tables(&json_schema(), "", &mut found);
    assert_eq!(found.len(), 19, "tables");
    for (way, table) in found {
        let mut example = example();
        row(&mut example, &way)[0].insert("zzzzzzzzzzzz".into(), 1.into());
        let briefing = opened(&toml::to_string(&example).unwrap());
        let unknown = briefing.problems.iter().find(|problem| problem.code == Code::UnknownKey).unwrap();
        let help = unknown.help.as_deref().unwrap();
        let known: BTreeSet<&str> = help.strip_prefix("known here: ").unwrap().split(", ").collect();
        let keys: BTreeSet<&str> =
            table["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(known, keys, "{way}");
    }
}

#[test]
fn the_schema_requires_what_the_loader_requires() {
    let mut found = Vec::new();
    tables(&json_schema(), "", &mut found);
    for (way, table) in found.iter().filter(|(way, _)| !way.is_empty()) {
        let required: Vec<&str> =
            table["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for key in table["properties"].as_object().unwrap().keys() {
            let mut example = example();
            let taken: Vec<_> =
                row(&mut example, way).into_iter().filter_map(|row| row.remove(key)).collect();
            if taken.is_empty() || (way.ends_with(".aside") && table["oneOf"].to_string().contains(key)) {
                continue;
            }
            let briefing = opened(&toml::to_string(&example).unwrap());
            let misses = briefing
                .problems
                .iter()
                .any(|problem| matches!(problem.code, Code::MissingKey | Code::NoQuotes));
            assert_eq!(misses, required.contains(&key.as_str()), "{way}.{key}");
        }
    }
}

#[test]
fn a_list_that_is_required_has_a_member() {
    let schema = json_schema();
    let mut found = Vec::new();
    tables(&schema, "", &mut found);
    let mut refused = Vec::new();
    for (way, table) in &found {
        for (key, of_key) in table["properties"].as_object().unwrap() {
            if of_key["type"] != "array" {
                continue;
            }
            let mut example = example();
            for row in row(&mut example, way) {
                row.insert(key.clone(), toml::Value::Array(Vec::new()));
            }
            let briefing = opened(&toml::to_string(&example).unwrap());
            let says_so = |problem: &Problem| matches!(problem.code, Code::Empty | Code::NoQuotes);
            let is_refused = briefing.problems.iter().any(says_so);
            let misfits = misfit(&serde_json::to_value(&example).unwrap(), &schema, "").is_some();
            assert_eq!(is_refused, misfits, "{way}.{key}");
            refused.extend(is_refused.then(|| format!("{way}.{key}")));
        }
    }
    let quotes = ["event", "open_question", "plan_point", "reaction"].map(|card| format!(".{card}.quote"));
    let topics = ["open_question", "plan_point", "reaction"].map(|card| format!(".{card}.topics"));
    let wanted: BTreeSet<String> =
        quotes.into_iter().chain(topics).chain([".reaction.on".to_owned()]).collect();
    assert_eq!(refused.into_iter().collect::<BTreeSet<_>>(), wanted);
}

/// Whether a value fits a schema, as far as types, keys, words and numbers go; the way to what does not.
fn misfit(value: &Value, schema: &Value, way: &str) -> Option<String> {
    let fits_one = |of: &str| {
        let of = schema[of].as_array()?;
        Some(of.iter().filter(|form| misfit(value, form, way).is_none()).count())
    };
    let is_of_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        _ => true,
    };
    let has = |words: &Value| words.as_array().is_none_or(|words| words.contains(value));
    let is_enough = schema["minimum"].as_i64().is_none_or(|least| value.as_i64() >= Some(least))
        && schema["maximum"].as_i64().is_none_or(|most| value.as_i64() <= Some(most));
    let members = || value.as_array().map(Vec::len);
    let has_members =
        schema["minItems"].as_u64().is_none_or(|least| members().is_none_or(|count| count as u64 >= least));
    let is_const = schema.get("const").is_none_or(|only| only == value);
    let is_one =
        fits_one("anyOf").is_none_or(|count| count > 0) && fits_one("oneOf").is_none_or(|count| count == 1);
    if schema == false {
        return Some(way.to_owned());
    }
    if !(is_of_type && has(&schema["enum"]) && is_enough && has_members && is_const && is_one) {
        return Some(format!("{way} = {value}"));
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for key in required {
        if value.get(key).is_none() {
            return Some(format!("{way} without {key}"));
        }
    }
    let Some(properties) = schema["properties"].as_object() else {
        let items = value.as_array().into_iter().flatten();
        return items
            .filter(|_| schema["type"] == "array")
            .find_map(|item| misfit(item, &schema["items"], way));
    };
    value.as_object()?.iter().find_map(|(key, value)| {
        let way = format!("{way}.{key}");
        match properties.get(key) {
            Some(schema) => misfit(value, schema, &way),
            None => (schema["additionalProperties"] == false).then(|| format!("unknown {way}")),
        }
    })
}

#[test]
fn every_briefing_here_fits_the_schema_and_a_broken_one_does_not() {
    let schema = json_schema();
    let check = |toml: &str| misfit(&toml::from_str(toml).unwrap(), &schema, "");
    let folders =
        ["briefings/us-peace-framework", "tests/library/briefings/ferry", "tests/tables/briefings/pier"];
    for folder in folders {
        for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = file.unwrap().path();
            assert_eq!(check(&std::fs::read_to_string(&path).unwrap()), None, "{}", path.display());
        }
    }
    let example = block("example");
    assert_eq!(check(&example), None);
    let broken = [
        ("stance = \"against\"", "stance = \"pro\""),
        ("stance = \"against\"\n", ""),
        ("status = \"open\"", "statsu = \"open\""),
        ("nth    = 1", "nth = 0"),
        ("nth    = 1", "nth = \"1\""),
        ("schema = 1", "schema = 2"),
        ("nth    = 1", "nth = 99999999999999"),
        ("to   = \"Share this\"\n", ""),
        ("to   = \"Share this\"\n", "to = \"Share this\"\nexact = \"Share this\"\n"),
        ("type = \"supports\"", "type = \"is like\""),
        ("aliases = [\"Dvorak\"]", "aliases = \"Dvorak\""),
        (
            "  [[event.quote]]\n  source = \"gazette\"\n  exact  = \"The board meets on 12 May.\"\n  basis  = \"outlet\"\n",
            "quote = []\n",
        ),
    ];
    for (was, is) in broken {
        let toml = example.replacen(was, is, 1);
        assert_ne!(toml, example, "{was}");
        assert!(check(&toml).is_some(), "{is}");
        let problems = opened(&toml).problems;
        assert!(problems.iter().any(|problem| problem.severity() == Severity::Error), "{is}");
    }
}

proptest! {
    #[test]
    fn a_date_that_fits_the_schema_is_a_date(date in of_pattern("/properties/as_of")) {
        prop_assert!(date.parse::<Date>().is_ok(), "{}", date);
    }

    #[test]
    fn a_file_that_fits_the_schema_is_looked_for_in_the_library(
        file in of_pattern("/properties/source/items/properties/file"),
    ) {
        let library = tempdir().unwrap();
        let folder = library.path().join("briefings/b");
        fs::create_dir_all(&folder).unwrap();
        let toml = toml::Table::from_iter([("file".to_owned(), toml::Value::from(&*file))]);
        fs::write(folder.join("b.toml"), format!("[[source]]\n{toml}")).unwrap();
        let briefing = Library::at(library.path()).unwrap().open(None).unwrap();
        let outside = briefing.problems.iter().find(|problem| problem.code == Code::OutsideLibrary);
        prop_assert_eq!(outside, None, "{}", file);
    }

    #[test]
    fn an_address_that_fits_the_schema_is_one(url in of_pattern("/properties/source/items/properties/url")) {
        prop_assert!(is_on_the_web(url.trim()), "{}", url);
    }
}

#[test]
fn an_address_that_is_none_is_told() {
    // (the address, what to do)
    let otherwise = "write one that begins with https:// and holds no blank, or leave it out";
    let cases = [
        ("example.org/é漢", Some("write https://example.org/é漢")),
        ("javascript:alert(1)", Some(otherwise)),
        ("https://example.org/a b", Some(otherwise)),
        ("see the paper", Some(otherwise)),
        ("HTTP://example.org", None),
    ];
    for (url, help) in cases {
        let toml = block("example").replace("https://example.org/fares", url);
        let problems = opened(&toml).problems;
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.help.as_deref())).collect();
        assert_eq!(told, Vec::from_iter(help.map(|help| (Code::NoAddress, Some(help)))), "{url}");
    }
}

/// Words of the pattern that the schema has for a value.
fn of_pattern(way: &str) -> impl Strategy<Value = String> {
    let schema = json_schema();
    let pattern = schema.pointer(way).unwrap()["pattern"].as_str().unwrap();
    let inside = pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$')).unwrap();
    proptest::string::string_regex(inside).unwrap()
}

#[test]
fn the_program_prints_it() {
    let output = printing::brief(&["schema"]).output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(printed, json_schema());
    assert_eq!(printed["$schema"], "https://json-schema.org/draft/2020-12/schema");
}
