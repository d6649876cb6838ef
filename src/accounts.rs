//! Which sentences of a source some card rests on: so that nothing is left out by oversight.

use crate::model::Source;
use crate::sentences::sentences;
use crate::span::{Span, Union};

/// A sentence of a source, outside its asides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the raw text.
    pub span: Span,
    /// What became of it.
    pub account: Account,
}

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A card quotes it, or a part of it.
    Quoted,
    /// It is named as one that no card needs, and all of it.
    Unused,
    /// Nothing accounts for it.
    Open,
}

/// The sentences of a source that are not wholly in asides; none when it could not be read.
#[must_use]
pub fn of(source: &Source) -> Vec<Sentence> {
    let Some(text) = &source.text else { return Vec::new() };
    let asides = Union::new(source.asides.iter().map(|aside| aside.span));
    let unused = source.unused.iter().chain(&source.asides).map(|passage| passage.span);
    let unused = Union::new(unused);
    let quoted = Union::new(source.quoted.iter().map(|quoted| quoted.span));
    let account = |span| {
        if quoted.touching(span).next().is_some() {
            Account::Quoted
        } else if has_all_words(&unused, text.raw(), span) {
            Account::Unused
        } else {
            Account::Open
        }
    };
    let spans = sentences(text.raw()).into_iter();
    let outside = spans.filter(|&span| !has_all_words(&asides, text.raw(), span));
    outside.map(|span| Sentence { span, account: account(span) }).collect()
}

/// Whether some passages leave no letter or digit of a span.
fn has_all_words(passages: &Union, raw: &str, span: Span) -> bool {
    let has_words = |start, end| Span::new(start, end).of(raw).contains(char::is_alphanumeric);
    let mut at = span.start;
    for passage in passages.touching(span) {
        if has_words(at, passage.start) {
            return false;
        }
        at = passage.end;
    }
    at > span.start && !has_words(at, span.end)
}

#[cfg(test)]
mod tests {
    use super::{Account, of};
    use crate::format::{Hashed, TomlFile, read};
    use crate::sanitize::Safe;
    use std::borrow::Cow;

    #[test]
    fn each_sentence_outside_asides_is_accounted_for() {
        let toml = r#"
            schema = 1
            title = "é—漢🦀"
            [[source]]
            id = "s"
            file = "s.txt"
            aside = [{ from = "Subscribe", to = "Right", why = "furniture" }, { exact = " now", why = "furniture" },
                     { exact = "photo: é", why = "caption" }]
            unused = [{ exact = "Nobody needs this.", why = "colour" }, { exact = "A card", why = "as well" },
                      { exact = "The weather", why = "colour" }, { exact = "It rained, ", why = "colour" }]
            [[event]]
            id = "e"
            title = "E"
            date = "2025"
            quote = [{ source = "s", exact = "quotes é—漢🦀", basis = "outlet" }]
        "#;
        let text = "A card quotes é—漢🦀 here. Nobody needs this. This is open. \
                    The weather was fine, and they left. It rained, photo: é.\nSubscribe. Right now.\n";
        let file = TomlFile { path: Safe::line("a.toml"), bytes: Ok(Cow::Borrowed(toml.as_bytes())) };
        let briefing = read("b", &[file], Hashed::All, &mut |_| Ok(Cow::Borrowed(text.as_bytes())));
        assert!(briefing.problems.is_empty(), "{:?}", briefing.problems);
        let source = briefing.sources.first().unwrap();
        let got: Vec<_> = of(source).into_iter().map(|s| (s.span.of(text), s.account)).collect();
        let want = [
            ("A card quotes é—漢🦀 here.", Account::Quoted),
            ("Nobody needs this.", Account::Unused),
            ("This is open.", Account::Open),
            ("The weather was fine, and they left.", Account::Open),
            ("It rained, photo: é.", Account::Unused),
        ];
        assert_eq!(got, want);
    }
}
