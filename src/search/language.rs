//! What can be typed into a search, for people: help, man page and README have it from here.

use super::filter::Name;

/// What is typed, and what it finds.
#[must_use]
pub fn language() -> Vec<(String, String)> {
    let words = [
        ("one two", "both words, in any order"),
        ("'word", "these letters just so, and none scattered"),
        ("^word", "the word at the beginning"),
        ("word$", "the word at the end"),
        ("!word", "what has not the word"),
        ("\"two words\"", "the words together"),
        ("Word", "the word with its capital; without one, either"),
    ];
    let words = words.map(|(typed, finds)| (typed.to_owned(), finds.to_owned()));
    let filters = Name::ALL.into_iter().map(|name| (format!("{}:NAME", name.word()), name.meaning()));
    words.into_iter().chain(filters).collect()
}
