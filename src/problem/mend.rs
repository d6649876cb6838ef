//! What to write into a file so that a problem with it goes away.

use crate::order;
use crate::sanitize::Safe;
use crate::span::Span;

/// How far a mend may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It cannot be wrong; `brief check --fix` makes it.
    Sure,
    /// A person decides; `brief anchor` proposes it.
    Proposed,
}

/// A change to a file that mends a problem with it, and leaves everything else as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What is mended, as a person names it: `winter-fare.1` is a card's first quote.
    pub id: Safe,
    /// How far it may be trusted.
    pub trust: Trust,
    /// What it does, as a clause.
    pub what: Safe,
    /// The line of the source, from 1, on which the words begin that are proposed for others.
    pub near: Option<usize>,
    /// Bytes of the file's text, and what is to stand there instead.
    pub edits: Vec<(Span, String)>,
}

impl Mend {
    /// What it does and where, as a sentence without a full stop.
    #[must_use]
    pub fn said(&self) -> String {
        let line = self.near.map(|line| format!("nearest is line {line}: ")).unwrap_or_default();
        format!("{line}{}", self.what)
    }
}

/// A text after some mends of it; those that touch what another has changed are left out.
///
/// Gives the text and which of the mends were made.
#[must_use]
pub fn mended(text: &str, mends: &[&Mend]) -> (String, Vec<bool>) {
    let mut edits: Vec<&(Span, String)> = Vec::new();
    let touch = |a: Span, b: Span| a.start < b.end && b.start < a.end || a == b;
    let made: Vec<bool> = mends
        .iter()
        .map(|mend| {
            let fits = mend.edits.iter().all(|(span, _)| {
                text.get(span.start..span.end).is_some()
                    && !edits.iter().any(|(other, _)| touch(*span, *other))
            });
            if fits {
                edits.extend(&mend.edits);
            }
            fits
        })
        .collect();
    order::sort_by_key(&mut edits, |(span, _)| *span);
    let mut after = String::with_capacity(text.len());
    let mut from = 0;
    for (span, words) in edits {
        after.push_str(Span::new(from, span.start).of(text));
        after.push_str(words);
        from = span.end;
    }
    after.push_str(Span::new(from, text.len()).of(text));
    (after, made)
}

#[cfg(test)]
mod tests {
    use super::{Mend, Trust, mended};
    use crate::sanitize::Safe;
    use crate::span::Span;

    #[test]
    fn mends_that_do_not_touch_are_made_and_the_rest_stays() {
        let mend = |edits: &[(usize, usize, &str)]| Mend {
            id: Safe::line("é—漢🦀.1"),
            trust: Trust::Sure,
            what: Safe::default(),
            near: None,
            edits: edits.iter().map(|&(a, b, words)| (Span::new(a, b), words.to_owned())).collect(),
        };
        let text = "a = 1 # é—漢🦀\nb = 2\n";
        let two = text.len() - 2;
        let mends = [mend(&[(two, two + 1, "3")]), mend(&[(4, 5, "2"), (5, 5, "0")]), mend(&[(4, 6, "x")])];
        let mends: Vec<&Mend> = mends.iter().collect();
        let (after, made) = mended(text, &mends);
        assert_eq!(after, "a = 20 # é—漢🦀\nb = 3\n");
        assert_eq!(made, [true, true, false]);
        let keys = [mend(&[(5, 5, "0")]), mend(&[(5, 5, "1")])];
        let made = mended(text, &keys.iter().collect::<Vec<_>>());
        assert_eq!(made, ("a = 10 # é—漢🦀\nb = 2\n".to_owned(), vec![true, false]));
        assert_eq!(mended(text, &[&mend(&[(99, 100, "x")])]), (text.to_owned(), vec![false]));
    }
}
