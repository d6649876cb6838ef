//! Web Annotations as another program reads them: nothing here is taken from how they are written.
//!
//! The reader follows the W3C's Web Annotation Data Model, <https://www.w3.org/TR/annotation-model/>, and knows
//! only the document and the texts that it names. Each selector is resolved by itself.

use crate::desk::{ferry, pier, shipped};
use crate::export::written;
use brief::export::{self, Extract};
use brief::model::Briefing;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// A passage of a text: its first code point, and the one behind its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Passage {
    start: usize,
    end: usize,
}

/// The one object that a property has, or all of them (section 2.1: one value or an array).
fn each(value: &Value) -> Vec<&Map<String, Value>> {
    match value {
        Value::Array(values) => values.iter().map(|value| value.as_object().unwrap()).collect(),
        value => vec![value.as_object().unwrap()],
    }
}

fn string<'v>(object: &'v Map<String, Value>, name: &str) -> &'v str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A relative IRI as a path (RFC 3986, section 2.1: percent-encoded octets).
fn path(iri: &str) -> PathBuf {
    let mut parts = iri.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    PathBuf::from(String::from_utf8(bytes).unwrap())
}

/// The text of a resource: the copy that its state names (section 4.3.1), else the resource itself.
fn text(resource: &Map<String, Value>, folder: &Path) -> Vec<char> {
    let cached = resource.get("state").map(|state| each(state)[0]);
    let iri = cached.map_or_else(|| string(resource, "source"), |state| string(state, "cached"));
    fs::read_to_string(folder.join(path(iri))).unwrap().chars().collect()
}

/// What a selector selects; all of it where it fits several passages (section 4.2.4).
fn selected(selector: &Map<String, Value>, text: &[char]) -> Vec<Passage> {
    match string(selector, "type") {
        "TextPositionSelector" => {
            let at = |name: &str| usize::try_from(selector[name].as_u64().unwrap()).unwrap();
            // Section 4.2.5: the first character is at 0, and the end is not part of the text.
            vec![Passage { start: at("start"), end: at("end") }]
        }
        "TextQuoteSelector" => {
            let [prefix, exact, suffix] =
                ["prefix", "exact", "suffix"].map(|part| string(selector, part).chars().collect::<Vec<_>>());
            let fits = |at: &usize| {
                let (before, behind) = text.split_at(*at);
                before.ends_with(&prefix)
                    && behind.starts_with(&exact)
                    && behind.get(exact.len()..).is_some_and(|behind| behind.starts_with(&suffix))
            };
            (0..=text.len()).filter(fits).map(|start| Passage { start, end: start + exact.len() }).collect()
        }
        other => panic!("{other} is no selector that is written here"),
    }
}

/// The annotations of a document: all of its collection's only page.
fn annotations(document: &Value) -> Vec<&Map<String, Value>> {
    assert_eq!(document["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(document["type"], "AnnotationCollection");
    let page = document["first"].as_object().unwrap();
    assert_eq!((string(page, "type"), page.get("next")), ("AnnotationPage", None));
    let items = each(&page["items"]);
    assert_eq!(document["total"], items.len());
    items
}

/// The briefings that there are here, each with the folder of its library.
fn libraries() -> [(Briefing, PathBuf); 3] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [(ferry(), root.join("tests/library")), (pier(), root.join("tests/tables")), (shipped(), root.to_owned())]
}

#[test]
fn each_selector_leads_by_itself_to_the_one_passage_that_is_quoted() {
    for (briefing, folder) in libraries() {
        let document: Value =
            serde_json::from_str(&written(export::w3c, &Extract::new(&briefing, None))).unwrap();
        let quotes = briefing.cards.iter().flat_map(|card| &card.quotes);
        let quotes: Vec<_> = quotes.filter(|quote| !quote.places().is_empty()).collect();
        let annotations = annotations(&document);
        assert_eq!(annotations.len(), quotes.len());
        let mut ids = Vec::new();
        for (annotation, quote) in annotations.into_iter().zip(quotes) {
            assert_eq!(string(annotation, "type"), "Annotation");
            let id = string(annotation, "id");
            let mut passages = Vec::new();
            for resource in each(&annotation["target"]) {
                let text = text(resource, &folder);
                let selectors = each(&resource["selector"]);
                let kinds: Vec<&str> = selectors.iter().map(|selector| string(selector, "type")).collect();
                assert_eq!(kinds, ["TextQuoteSelector", "TextPositionSelector"], "{id}");
                let [by_words, by_position] = [0, 1].map(|at| selected(selectors[at], &text));
                assert_eq!(by_words.len(), 1, "{id} is ambiguous: {by_words:?}");
                assert_eq!(by_words, by_position, "{id}");
                passages.push(text[by_words[0].start..by_words[0].end].iter().collect::<String>());
            }
            // The briefing's own words, as its file has them: fragments with an omission between.
            let words = quote.words.replace('\n', " ");
            let found = passages.join(" … ").split_whitespace().collect::<Vec<_>>().join(" ");
            let folded = |words: &str| -> String {
                let fold = |c| match c {
                    '“' | '”' | '„' => '"',
                    '‘' | '’' => '\'',
                    '–' | '—' => '-',
                    c => c,
                };
                words.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(fold).collect()
            };
            assert_eq!(folded(&found), folded(&words), "{id}");
            ids.push(id.to_owned());
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "an annotation has an id of its own");
    }
}

#[test]
fn positions_count_code_points_and_not_bytes_or_code_units() {
    let document: Value = serde_json::json!({ "target": { "source": "a%20b.txt", "selector": [
        { "type": "TextQuoteSelector", "exact": "字", "prefix": "漢", "suffix": "🦀" },
        { "type": "TextPositionSelector", "start": 4, "end": 5 },
    ] } });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a b.txt"), "“é—漢字🦀” 字").unwrap();
    let resource = each(&document["target"])[0];
    let text = text(resource, folder.path());
    for selector in each(&resource["selector"]) {
        assert_eq!(selected(selector, &text), [Passage { start: 4, end: 5 }]);
    }
}
