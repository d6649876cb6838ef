//! One term of a query: what it asks of a text, and how closely a text meets it.
//!
//! Terms meet folded texts only. A term with a capital is first looked for without regard to case,
//! which rejects nearly everything, and then in the text with its capitals kept.

use super::fold::{Case, fold};
use super::fuzzy::{self, Fuzzy, Scattered};
use crate::span::Span;
use memchr::memmem::Finder;
use std::cmp::Reverse;

/// Where in a text a term must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Anywhere, and where it stands nowhere its letters may stand scattered in one word. A term of
    /// one or two plain letters must begin a word.
    Plain,
    /// Anywhere, just so.
    Exact,
    /// At the beginning, opening punctuation aside.
    Start,
    /// At the end, closing punctuation aside.
    End,
    /// It is the whole text, punctuation round it aside.
    Whole,
}

/// How closely a text meets a term, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As a whole word, or whole words.
    Word,
    /// As the beginning of a word.
    Prefix,
    /// Inside a word.
    Inside,
    /// Its letters only, in order; by the matcher's score, more being closer.
    Scattered(Reverse<i64>),
}

/// A text folded to small letters.
#[derive(Clone, Copy)]
pub struct Lower<'t> {
    /// It, folded.
    pub text: &'t str,
    /// The letters in it, as of [`mask`]; all of them where that is not known.
    pub mask: u32,
}

/// What one term of a query asks.
#[derive(Clone, Debug)]
pub struct Term {
    /// Whether a text must do without it.
    pub not: bool,
    lower: Needle,
    kept: Option<Needle>,
    mask: u32,
}

/// The places of a folded text at which a term may be met: at no other it is.
pub struct Ahead<'a> {
    needle: &'a Needle,
    folded: &'a str,
    /// The place found last at which the letters stand together, or that there is none any more.
    exact: Option<Option<usize>>,
    /// Whether they may stand scattered.
    loose: bool,
}

impl Ahead<'_> {
    /// The first such place from byte `from` on; `from` must not lie before that of an earlier call.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        let exact = self.exact.filter(|exact| exact.is_none_or(|at| at >= from));
        let exact = exact.unwrap_or_else(|| self.needle.first(self.folded, from));
        self.exact = Some(exact);
        if !self.loose || !self.needle.scatters() {
            return exact;
        }
        let until = exact.unwrap_or(self.folded.len());
        self.needle.beginnings(self.folded, Span::new(from, until)).next().or(exact)
    }
}

/// Folded letters to look for in a folded text.
#[derive(Clone, Debug)]
pub struct Needle {
    how: How,
    text: String,
    finder: Finder<'static>,
}

impl Term {
    /// The term of some words, which are folded with their case kept and are not empty.
    pub fn new(words: &str, how: How, not: bool) -> Self {
        let lower = fold(words, Case::Lower);
        let kept = (lower != words).then(|| Needle::new(words, how));
        Self { not, mask: mask(&lower), lower: Needle::new(&lower, how), kept }
    }

    /// How closely the text meets it, if it does: `lower` is the text folded, and `original` gives the
    /// text itself. Letters may stand scattered if there is a matcher.
    pub fn tier<'t>(
        &self,
        lower: Lower<'t>,
        original: impl FnOnce() -> &'t str,
        mut fuzzy: Option<&mut Fuzzy>,
    ) -> Option<Tier> {
        if self.mask & !lower.mask != 0 {
            return None;
        }
        let tier = self.lower.tier(lower.text, fuzzy.as_deref_mut())?;
        match &self.kept {
            Some(kept) => kept.tier(&fold(original(), Case::Kept), fuzzy),
            None => Some(tier),
        }
    }

    /// Whether every text that meets this meets `other`, the term that it was as it was being typed.
    pub fn narrows(&self, other: &Self) -> bool {
        let grows = self.lower.grows_from(&other.lower) && !self.not;
        let same = self.lower.is_same(&other.lower);
        let kept = match (&self.kept, &other.kept) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(kept), Some(other)) => {
                if same {
                    kept.is_same(other)
                } else {
                    kept.grows_from(other)
                }
            }
        };
        let not = !self.not || (self.kept.is_none() && other.kept.is_none());
        self.not == other.not && kept && not && (same || grows)
    }

    /// Its bytes, folded to small letters.
    pub const fn len(&self) -> usize {
        self.lower.text.len()
    }

    /// Where it may be met in a text folded to small letters, from its beginning on.
    pub const fn ahead<'a>(&'a self, folded: &'a str, loose: bool) -> Ahead<'a> {
        Ahead { needle: &self.lower, folded, exact: None, loose }
    }

    /// The letters that decide, and the folding that they are to be looked for in.
    pub fn needle(&self) -> (&Needle, Case) {
        match &self.kept {
            Some(kept) => (kept, Case::Kept),
            None => (&self.lower, Case::Lower),
        }
    }
}

impl Needle {
    fn new(text: &str, how: How) -> Self {
        Self { how, text: text.to_owned(), finder: Finder::new(text).into_owned() }
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.how, &self.text) == (other.how, &other.text)
    }

    /// Whether it is `other` with more letters, and stands only where that stands.
    fn grows_from(&self, other: &Self) -> bool {
        let anywhere = match self.how {
            // A short one stands at the beginnings of words only.
            How::Plain => self.is_short() || !other.is_short(),
            How::Exact | How::Start => true,
            How::End | How::Whole => false,
        };
        self.how == other.how && anywhere && self.text.starts_with(&other.text)
    }

    fn is_short(&self) -> bool {
        self.how == How::Plain && self.text.len() <= 2 && self.text.bytes().all(|b| b.is_ascii_alphanumeric())
    }

    /// Where it stands in the folded text, first to last, without overlaps.
    pub fn places(&self, folded: &str) -> impl Iterator<Item = (Tier, Span)> {
        let anywhere = matches!(self.how, How::Plain | How::Exact);
        let found = anywhere.then(|| self.finder.find_iter(folded.as_bytes())).into_iter().flatten();
        let short = self.is_short();
        self.at_an_end(folded)
            .into_iter()
            .chain(found)
            .map(|at| Span::new(at, at + self.text.len()))
            .map(|place| (self.tier_at(folded, place), place))
            .filter(move |&(tier, _)| !short || tier < Tier::Inside)
    }

    /// Its letters scattered through one word of the folded text, the one where they stand closest:
    /// the word begins with the first, and the last comes soon after.
    pub fn scattered_in_word(&self, folded: &str, fuzzy: &mut Fuzzy) -> Option<Scattered> {
        if !self.scatters() {
            return None;
        }
        let (first, longest) = (self.text.chars().next()?, self.longest_word());
        let beginnings = self.beginnings(folded, Span::new(0, folded.len())).filter_map(|at| {
            let word = folded.get(at..)?;
            word.starts_with(first).then_some((at, word))
        });
        beginnings
            .filter_map(|(at, word)| {
                let ends = |&(nth, (_, c)): &(usize, (usize, char))| nth == longest || !c.is_alphanumeric();
                let end = word.char_indices().enumerate().find(ends).map_or(word.len(), |(_, (end, _))| end);
                Some((at, fuzzy.find_word(word.get(..end)?, &self.text)?))
            })
            .min_by_key(|(at, found)| (Reverse(found.score), *at))
            .map(|(at, mut found)| {
                found.letters.iter_mut().for_each(|letter| *letter = letter.shifted(at));
                found
            })
    }

    /// Whether its letters may stand scattered in a word.
    fn scatters(&self) -> bool {
        let mut letters = self.text.chars();
        self.how == How::Plain && letters.clone().nth(2).is_some() && letters.all(char::is_alphanumeric)
    }

    /// How many letters of a word they may be scattered through.
    fn longest_word(&self) -> usize {
        2 * self.text.chars().count() + 2
    }

    /// Where in the folded text, from byte `from` on, its letters stand together first; a short one begins a word there.
    fn first(&self, folded: &str, from: usize) -> Option<usize> {
        let rest = folded.as_bytes().get(from..)?;
        let found = if self.is_short() {
            self.finder.find_iter(rest).find(|at| !is_inside(folded.as_bytes(), from + at))
        } else {
            self.finder.find(rest)
        };
        Some(from + found?)
    }

    /// Where in a span of the folded text words begin that may have its letters: no other word has them.
    fn beginnings(&self, folded: &str, span: Span) -> impl Iterator<Item = usize> {
        let (letters, bytes) = (self.text.as_bytes(), folded.as_bytes());
        let most = 4 * self.longest_word();
        let within = span.of(folded).as_bytes();
        let first = letters.first().filter(|_| letters.len() <= fuzzy::LONGEST).into_iter();
        let places = first.flat_map(move |&first| memchr::memchr_iter(first, within));
        places.map(move |at| span.start + at).filter(move |&at| {
            let rest = bytes.get(at..).unwrap_or_default();
            let begins = !is_inside(bytes, at)
                && folded.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
            begins && may_scatter(rest.get(..most).unwrap_or(rest), letters)
        })
    }

    /// Its letters scattered through the whole of the folded text.
    pub fn scattered(&self, folded: &str, fuzzy: &Fuzzy) -> Option<Scattered> {
        fuzzy.find(folded, &self.text)
    }

    fn tier(&self, folded: &str, fuzzy: Option<&mut Fuzzy>) -> Option<Tier> {
        if let ([letter], true, true) = (self.text.as_bytes(), self.is_short(), folded.is_ascii()) {
            return begun(folded.as_bytes(), *letter);
        }
        let mut best = None;
        for (tier, _) in self.places(folded) {
            best = best.into_iter().chain([tier]).min();
            if best == Some(Tier::Word) {
                break;
            }
        }
        best.or_else(|| Some(Tier::Scattered(Reverse(self.scattered_in_word(folded, fuzzy?)?.score))))
    }

    /// The one place that `^` or `$` allow, if it stands there. Punctuation counts only if it is asked for.
    fn at_an_end(&self, folded: &str) -> Option<usize> {
        let aside = |c: char| !c.is_alphanumeric();
        let opens = || match self.text.starts_with(aside) {
            true => 0,
            false => folded.len() - folded.trim_start_matches(aside).len(),
        };
        let closes = || match self.text.ends_with(aside) {
            true => folded.len(),
            false => folded.trim_end_matches(aside).len(),
        };
        let at = match self.how {
            How::Plain | How::Exact => return None,
            How::Start => opens(),
            How::End => closes().checked_sub(self.text.len())?,
            How::Whole => closes().checked_sub(self.text.len()).filter(|&at| at == opens())?,
        };
        folded.get(at..)?.starts_with(&self.text).then_some(at)
    }

    fn tier_at(&self, folded: &str, place: Span) -> Tier {
        let before = folded.get(..place.start).unwrap_or_default();
        let after = folded.get(place.end..).unwrap_or_default();
        match (joined(before, &self.text), joined(&self.text, after)) {
            (false, false) => Tier::Word,
            (false, true) => Tier::Prefix,
            (true, _) => Tier::Inside,
        }
    }
}

/// Whether an ASCII letter or digit stands before a byte of a text.
fn is_inside(text: &[u8], at: usize) -> bool {
    text.get(..at).and_then(<[u8]>::last).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the bytes of some letters may stand in order in the word that a text begins with: nearly no word has them, and
/// its bytes tell so fast. A word ends at ASCII that belongs to none; where one of other letters ends is not told here.
fn may_scatter(text: &[u8], letters: &[u8]) -> bool {
    let word = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    fuzzy::in_order(word, letters)
}

/// How closely folded ASCII meets one letter, which must begin a word. Nearly every text has any letter, and many times:
/// so all of its places are looked at together rather than one after the other.
fn begun(text: &[u8], letter: u8) -> Option<Tier> {
    const PREFIX: u8 = 1;
    const WORD: u8 = 2;
    let apart = |byte: u8| !byte.is_ascii_alphanumeric();
    let place = |before: u8, byte: u8, after: u8| {
        let begins = u8::from(byte == letter) & u8::from(apart(before));
        (begins * PREFIX) | ((begins & u8::from(apart(after))) * WORD)
    };
    let (second, third) = (text.get(1..).unwrap_or_default(), text.get(2..).unwrap_or_default());
    let inside = text.iter().zip(second).zip(third);
    let inside = inside.fold(0, |all, ((&before, &byte), &after)| all | place(before, byte, after));
    let ends = match *text {
        [] => 0,
        [only] => place(b' ', only, b' '),
        [first, second, ..] => {
            let last = text.last_chunk().map_or(0, |&[before, last]| place(before, last, b' '));
            place(b' ', first, second) | last
        }
    };
    match inside | ends {
        0 => None,
        PREFIX => Some(Tier::Prefix),
        _ => Some(Tier::Word),
    }
}

/// Whether a word goes on from the one text to the other.
fn joined(left: &str, right: &str) -> bool {
    match (left.as_bytes().last(), right.as_bytes().first()) {
        (Some(last), Some(first)) if last.is_ascii() && first.is_ascii() => {
            last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric()
        }
        _ => left.ends_with(char::is_alphanumeric) && right.starts_with(char::is_alphanumeric),
    }
}

/// Which letters occur in a folded text: a bit each for `a` to `z`, and one each for digits, spaces,
/// other ASCII and everything else. A text without a bit of a term's mask cannot meet the term.
pub fn mask(folded: &str) -> u32 {
    folded.bytes().fold(0, |mask, byte| {
        mask | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << 26,
            b' ' => 1 << 27,
            0x80.. => 1 << 28,
            _ => 1 << 29,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_letter_meets_a_text_as_its_places_do(text in "[abS0 .'é-]{0,70}", letter in "[abS0]") {
            let (needle, folded) = (Needle::new(&letter, How::Plain), fold(&text, Case::Kept));
            let places = needle.places(&folded).map(|(tier, _)| tier).min();
            prop_assert_eq!(needle.tier(&folded, None), places, "{:?}", folded);
        }
    }

    /// How well letters stand scattered in one word, told by looking at every word.
    fn scattered_slowly(letters: &str, folded: &str) -> Option<i64> {
        let (fuzzy, first) = (Fuzzy::new(), letters.chars().next()?);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(first));
        let most = 2 * letters.chars().count() + 2;
        let starts = words.map(|word| word.chars().take(most).collect::<String>());
        starts.filter_map(|word| fuzzy.find(&word, letters)).map(|found| found.score).max()
    }

    proptest! {
        #[test]
        fn scattered_letters_are_found_in_whichever_word_has_them(
            text in "([abcбв]{1,14}[é漢бв]{0,3}[ .'—]){0,8}", letters in "[abc]{3,4}|[бв]{3}"
        ) {
            let folded = fold(&text, Case::Lower);
            let found = Needle::new(&letters, How::Plain).scattered_in_word(&folded, &mut Fuzzy::new());
            prop_assert_eq!(found.map(|found| found.score), scattered_slowly(&letters, &folded), "{:?}", folded);
        }
    }

    fn tier(words: &str, how: How, text: &str) -> Option<Tier> {
        let lower = fold(text, Case::Lower);
        Term::new(&fold(words, Case::Kept), how, false).tier(
            Lower { text: &lower, mask: mask(&lower) },
            || text,
            Some(&mut Fuzzy::new()),
        )
    }

    #[test]
    fn a_text_meets_a_term_as_closely_as_its_best_place() {
        use Tier::{Inside, Prefix, Word};
        let cases = [
            ("guarantees", "Security guarantees, it said", Some(Word)),
            ("guarantee", "guaranteed, not a guarantee", Some(Word)),
            ("guarantee", "guaranteed and guarantees", Some(Prefix)),
            ("rant", "guarantee", Some(Inside)),
            ("elan", "漢字 e\u{301}lan", Some(Word)),
            ("Zelensky's", "🦀 Zelensky’s plan", Some(Word)),
            ("Zelensky", "Zelensky’s plan", Some(Word)),
            ("字", "漢字学", Some(Inside)),
            ("eu", "neutral", None),
            ("eu", "the EU—and", Some(Word)),
            ("28", "a 28-point plan", Some(Word)),
            ("EU", "the eu", None),
            ("US", "thus US", Some(Word)),
            ("mCd", "McDonald mCd", Some(Word)),
            ("urge", "tongue on rough edges", None),
            ("gap", "give a pass", None),
            ("rtee", "guarantee", None),
            ("abc", "abcess", Some(Prefix)),
        ];
        for (words, text, want) in cases {
            assert_eq!(tier(words, How::Plain, text), want, "{words} in {text}");
        }
    }

    #[test]
    fn letters_scatter_within_one_word_only() {
        let cases = [
            ("grnt", "guarantee", true),
            ("nclr", "the nuclear question", true),
            ("Zlnsk", "Zelensky", true),
            ("Zlnsk", "zelensky", false),
            ("nclp", "nuclear plant", false),
            ("kv", "Kyiv", false),
            ("tns", "the transcontinental line", true),
            ("tcl", "the transcontinental line", false),
        ];
        for (words, text, want) in cases {
            let scattered = matches!(tier(words, How::Plain, text), Some(Tier::Scattered(_)));
            assert_eq!(scattered, want, "{words} in {text}");
        }
    }

    #[test]
    fn the_ends_of_a_text_can_be_asked_for() {
        let cases = [
            (How::Start, "kyiv", "“Kyiv rejects”", true),
            (How::Start, "rejects", "Kyiv rejects", false),
            (How::End, "europe", "and for Europe.”", true),
            (How::End, "for", "and for Europe.", false),
            (How::End, "europe.", "for Europe.", true),
            (How::Whole, "kyiv", "“Kyiv!”", true),
            (How::Whole, "kyiv", "Kyiv, Kyiv", false),
            (How::Exact, "yi", "Kyiv", true),
            (How::Exact, "kyv", "Kyiv", false),
            (How::Start, "x", "—", false),
        ];
        for (how, words, text, want) in cases {
            assert_eq!(tier(words, how, text).is_some(), want, "{how:?} {words} in {text}");
        }
    }
}
