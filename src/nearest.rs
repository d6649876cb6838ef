//! The nearest of some names to what somebody typed: "did you mean".

use strsim::normalized_damerau_levenshtein;

/// How alike two names must be, of 1.
const ALIKE: f64 = 0.6;
/// How alike a name and a part of it are taken to be.
const PART: f64 = 0.85;
/// What is compared of a name, in characters: the comparison is quadratic.
const LENGTH: usize = 40;

/// At most `most` of the names, the most alike first; none when all are far from the word. Case does
/// not count, and a name that holds the word, or is held by it, is near.
#[must_use]
pub fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>, most: usize) -> Vec<&'n str> {
    among(word, &mut names.into_iter(), most)
}

/// The nearest of names that are given one after the other, whatever gives them: so it stands in the program once.
fn among<'n>(word: &str, names: &mut dyn Iterator<Item = &'n str>, most: usize) -> Vec<&'n str> {
    let word = folded(word);
    let mut near: Vec<(f64, &str)> = names
        .map(|name| (likeness(&word, &folded(name)), name))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut found = Vec::new();
    for (_, name) in near {
        if found.len() < most && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// How alike two words are by their letters alone, from 0 to 1.
#[must_use]
pub fn by_letters(word: &str, other: &str) -> f64 {
    normalized_damerau_levenshtein(word, other)
}

/// From 0 to 1.
fn likeness(word: &str, name: &str) -> f64 {
    let by_letters = by_letters(word, name);
    let short = word.chars().count().min(name.chars().count());
    if short >= 3 && (name.contains(word) || word.contains(name)) { by_letters.max(PART) } else { by_letters }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.chars().take(LENGTH).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_come_first_and_the_far_not_at_all() {
        let names = ["guarantees", "territory", "security guarantees", "état—漢🦀"];
        let cases: [(&str, &[&str]); 6] = [
            ("garantees", &["guarantees"]),
            ("Guarantee", &["guarantees", "security guarantees"]),
            ("security", &["security guarantees"]),
            ("etat—漢🦀", &["état—漢🦀"]),
            ("zebra", &[]),
            ("", &[]),
        ];
        for (word, want) in cases {
            assert_eq!(nearest(word, names, 3), want, "{word}");
        }
    }

    #[test]
    fn a_name_is_given_once() {
        assert_eq!(nearest("fares", ["fared", "farem", "fared", "farét"], 3), ["fared", "farem", "farét"]);
    }
}
