//! Two wordings of one passage: which words have gone, which are new, and what of that no eye can see.

use crate::composition::taken_apart;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// How many words stay on either side of a change.
const AROUND: usize = 3;
/// The most words of both wordings together: comparing costs at most their square.
const MOST: usize = 4000;

/// What became of words, as wdiff writes it: `we will [-never-] {+not+} wait`. Longer stretches that
/// are alike are cut to `…`, and why words differ that look the same is said behind them. Nothing where both have the
/// same words, or too many to compare.
///
/// A word is what stands between blanks, so a comma more is another word.
#[must_use]
pub fn between(old: &str, new: &str) -> Option<String> {
    let words = |text: &'_ str| text.split_whitespace().take(MOST + 1).map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (words(old), words(new));
    if old == new || old.len() + new.len() > MOST {
        return None;
    }
    let slice = |words: &[String], from: usize, to: usize| words.get(from..to).unwrap_or_default().join(" ");
    let mut written: Vec<String> = Vec::new();
    let mut why = None;
    for step in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, was, is) = step.as_tag_tuple();
        if tag == DiffTag::Equal {
            let head = if was.start == 0 { 0 } else { AROUND };
            let tail = if was.end == old.len() { 0 } else { AROUND };
            if was.len() <= head + tail + 1 {
                written.push(slice(&old, was.start, was.end));
            } else {
                written.push(slice(&old, was.start, was.start + head));
                written.push("…".to_owned());
                written.push(slice(&old, was.end - tail, was.end));
            }
            continue;
        }
        if was.len() == is.len() && why.is_none() {
            let mut pairs =
                was.clone().zip(is.clone()).filter_map(|(was, is)| Some((old.get(was)?, new.get(is)?)));
            why = pairs.find_map(|(was, is)| unseen(was, is));
        }
        if !was.is_empty() {
            written.push(format!("[-{}-]", slice(&old, was.start, was.end)));
        }
        if !is.is_empty() {
            written.push(format!("{{+{}+}}", slice(&new, is.start, is.end)));
        }
    }
    written.retain(|words| !words.is_empty());
    let why = why.map(|why| format!("; {why}")).unwrap_or_default();
    Some(written.join(" ") + &why)
}

/// Why two words differ that look the same: by nothing but letters that are composed otherwise, by marks that are easily
/// overlooked, or by letters of another alphabet among those of one.
fn unseen(was: &str, is: &str) -> Option<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.graphemes(true).collect(), is.graphemes(true).collect());
    if old.len() != new.len() {
        return None;
    }
    let why = |(old, new): (&str, &str)| {
        composed_otherwise(old, new)
            .or_else(|| marked_otherwise(old, new))
            .or_else(|| stray(old, was, new, "here"))
            .or_else(|| stray(new, is, old, "in the text"))
    };
    let whys = old.into_iter().zip(new).filter(|(old, new)| old != new).map(why);
    whys.collect::<Option<Vec<String>>>()?.into_iter().next()
}

/// That a letter of a word is of another alphabet than those beside it, and than the one that stands in its place.
fn stray(letter: &str, word: &str, other: &str, place: &str) -> Option<String> {
    let (own, others) = (alphabet(letter)?, alphabet(other)?);
    let is_among = word.graphemes(true).any(|letter| alphabet(letter) == Some(others));
    (own != others && is_among)
        .then(|| format!("`{letter}` {place} is {own}, among letters that are {others}"))
}

/// That a letter is one character in one place and a letter with its marks in the other, as `é` and `e\u{301}`.
fn composed_otherwise(was: &str, is: &str) -> Option<String> {
    (parts(was) == parts(is)).then(|| {
        let (old, new) = (was.chars().count(), is.chars().count());
        let plural = if old == 1 { "" } else { "s" };
        format!("`{was}` here is {old} character{plural}, `{is}` in the text {new} (NFC, NFD)")
    })
}

/// A letter and its marks, these in one order however they are written.
fn parts(letter: &str) -> Vec<char> {
    let mut parts: Vec<char> = taken_apart(letter).chars().collect();
    if let Some((_, marks)) = parts.split_first_mut() {
        marks.sort_unstable();
    }
    parts
}

/// That a letter has marks more than the one in its place, where these are easily overlooked: those of the alphabets
/// below are not.
fn marked_otherwise(was: &str, is: &str) -> Option<String> {
    let (old, new) = (parts(was), parts(is));
    let (letter, place, more) = match (old.strip_prefix(&*new), new.strip_prefix(&*old)) {
        (_, Some(more)) => (is, "in the text", more),
        (Some(more), None) => (was, "here", more),
        (None, None) => return None,
    };
    let (first, mark) = (letter.chars().next()?, more.first()?);
    let is_overlooked = first.is_alphabetic() && alphabet(letter).is_none();
    is_overlooked.then(|| format!("`{letter}` {place} has a mark more, U+{:04X}", u32::from(*mark)))
}

/// The alphabet of a letter, of those whose letters look like others'.
fn alphabet(letter: &str) -> Option<&'static str> {
    match letter.chars().next()? {
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' => Some("Latin"),
        '\u{370}'..='\u{3FF}' => Some("Greek"),
        '\u{400}'..='\u{52F}' => Some("Cyrillic"),
        _ => None,
    }
}

/// Which blank a text has where another has its own, for the first of those that differ. Nothing where more than
/// blanks differs, or none does.
#[must_use]
pub fn blanks(old: &str, new: &str) -> Option<String> {
    if !old.split_whitespace().eq(new.split_whitespace()) {
        return None;
    }
    let runs = |text| str::split(text, |c: char| !c.is_whitespace()).filter(|run| !run.is_empty());
    let (was, is) = runs(old).zip(runs(new)).find(|(was, is)| was != is)?;
    Some(format!("{} where this has {}", blank(is), blank(was)))
}

/// A run of blanks, for people.
fn blank(run: &str) -> String {
    let mut chars = run.chars();
    match (chars.next(), chars.next()) {
        (Some(' '), None) => "a space".to_owned(),
        (Some('\u{A0}'), None) => "a no-break space (U+00A0)".to_owned(),
        (Some('\t'), None) => "a tab".to_owned(),
        (Some('\n'), None) => "a line end".to_owned(),
        (Some(only), None) => format!("the blank U+{:04X}", u32::from(only)),
        _ => format!("{} blanks", run.chars().count()),
    }
}

#[cfg(test)]
mod tests {
    use super::{between, blanks};

    #[test]
    fn what_went_and_what_came_is_marked_with_the_words_around_it() {
        let cases = [
            ("we will never wait", "we will not wait", Some("we will [-never-] {+not+} wait")),
            ("we will wait", "we will not wait", Some("we will {+not+} wait")),
            ("“é—漢字🦀” we wait", "we wait", Some("[-“é—漢字🦀”-] we wait")),
            ("a b c d e f g h i j k l", "a b c d e f x h i j k l", Some("… d e f [-g-] {+x+} h i j …")),
            ("x b c d e f g h i y", "1 b c d e f g h i 2", Some("[-x-] {+1+} b c d … g h i [-y-] {+2+}")),
            ("one  two", "one\ntwo", None),
            ("", "", None),
        ];
        for (old, new, want) in cases {
            assert_eq!(between(old, new).as_deref(), want, "{old} / {new}");
        }
    }

    #[test]
    fn words_that_look_the_same_are_told_apart() {
        let cases = [
            (
                "чужои\u{306}",
                "чужой",
                Some("`и\u{306}` here is 2 characters, `й` in the text 1 (NFC, NFD)".to_owned()),
            ),
            (
                "чужой два",
                "чужои\u{306} три",
                Some("`й` here is 1 character, `и\u{306}` in the text 2 (NFC, NFD)".to_owned()),
            ),
            (
                "カ\u{3099}イト\u{3099}",
                "ガイド",
                Some("`カ\u{3099}` here is 2 characters, `ガ` in the text 1 (NFC, NFD)".to_owned()),
            ),
            (
                "Нев\u{69}домо,",
                "Невідомо,",
                Some("`i` here is Latin, among letters that are Cyrillic".to_owned()),
            ),
            (
                "Невідомо",
                "Нев\u{69}домо",
                Some("`i` in the text is Latin, among letters that are Cyrillic".to_owned()),
            ),
            (
                "вế",
                "вe\u{302}\u{301}",
                Some("`ế` here is 1 character, `e\u{302}\u{301}` in the text 3 (NFC, NFD)".to_owned()),
            ),
            ("مال", "م\u{64F}ال", Some("`م\u{64F}` in the text has a mark more, U+064F".to_owned())),
            ("ש\u{5C1}לום", "שלום", Some("`ש\u{5C1}` here has a mark more, U+05C1".to_owned())),
            ("नाराज", "नाराज\u{93C}", Some("`ज\u{93C}` in the text has a mark more, U+093C".to_owned())),
            ("วา", "ว\u{E48}า", Some("`ว\u{E48}` in the text has a mark more, U+0E48".to_owned())),
            ("م\u{64E}", "م\u{64F}", None),
            ("café", "cafe\u{300}", None),
            ("o\u{308}de", "äde", None),
            ("и\u{301}", "і", None),
            ("Nevidomo", "Невідомо", None),
            ("Нев\u{69}домо", "Невідома", None),
            ("cafe", "cafe\u{301}", None),
            ("漢字", "漢語", None),
        ];
        for (old, new, why) in cases {
            let told = between(old, new).unwrap();
            assert_eq!(told.split_once("; ").map(|(_, why)| why), why.as_deref(), "{old} / {new}: {told}");
        }
    }

    #[test]
    fn blanks_that_differ_are_named() {
        let cases = [
            ("we wait é", "we wait\u{A0}é", Some("a no-break space (U+00A0) where this has a space")),
            ("a\u{2009}b", "a\u{A0}b", Some("a no-break space (U+00A0) where this has the blank U+2009")),
            ("a\u{A0}b", "a b", Some("a space where this has a no-break space (U+00A0)")),
            ("a b", "a  b", Some("2 blanks where this has a space")),
            ("a\tb", "a\nb", Some("a line end where this has a tab")),
            ("a 'b'", "a\u{A0}‘b’", None),
            ("a b", "a b", None),
            ("", "", None),
        ];
        for (old, new, want) in cases {
            assert_eq!(blanks(old, new).as_deref(), want, "{old:?} / {new:?}");
        }
    }

    #[test]
    fn texts_too_long_to_compare_are_not_compared() {
        let long = "a ".repeat(3000);
        assert_eq!(between(&long, &"b ".repeat(3000)), None);
    }
}
