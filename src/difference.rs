//! Two wordings of one passage: which words have gone, and which are new.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// How many words stay on either side of a change.
const AROUND: usize = 3;
/// The most words of both wordings together: comparing costs at most their square.
const MOST: usize = 4000;

/// What became of words, as wdiff writes it: `we will [-never-] {+not+} wait`. Longer stretches that
/// are alike are cut to `…`. Nothing where both have the same words, or too many to compare.
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
        if !was.is_empty() {
            written.push(format!("[-{}-]", slice(&old, was.start, was.end)));
        }
        if !is.is_empty() {
            written.push(format!("{{+{}+}}", slice(&new, is.start, is.end)));
        }
    }
    written.retain(|words| !words.is_empty());
    Some(written.join(" "))
}

#[cfg(test)]
mod tests {
    use super::between;

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
    fn texts_too_long_to_compare_are_not_compared() {
        let long = "a ".repeat(3000);
        assert_eq!(between(&long, &"b ".repeat(3000)), None);
    }
}
