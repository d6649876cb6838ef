//! Folding: a text as a reader would type it, and the way back to the bytes it stands for.
//!
//! Accents, the shapes of quotation marks and dashes, the kinds of space and, unless it is kept,
//! the case are given up. The `¶` that a card shows between the paragraphs of a quote is a space
//! as well: words run over it as they run over the end of a line in their source. A character
//! becomes one character or none: combining marks and invisible characters go, also where U+FFFD is
//! shown for one, and so does all white space after the first of a run. So `élan` folds to `elan`
//! however its accent is written, and `Zelensky’s` to `zelensky's`.

use crate::bytes;
use crate::punctuation;
use crate::span::Span;
use unicode_segmentation::GraphemeCursor;

/// What becomes of capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They become small letters.
    Lower,
    /// They stay.
    Kept,
}

/// A folded text that knows the bytes of the original.
pub struct Folded<'a> {
    original: &'a str,
    text: String,
    /// Where the two texts fall out of step: (byte of the folded text, byte of the original).
    /// From there to the next such place they advance together.
    steps: Vec<(usize, usize)>,
}

/// The folded text.
pub fn fold(text: &str, case: Case) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(&mut folded, text, case);
    folded
}

/// Appends the folded text to `folded`.
pub fn fold_onto(folded: &mut String, text: &str, case: Case) {
    append::<false>(folded, text, case);
}

/// Appends the folded lines of a text to `folded`, each as if it stood alone; their ends stay.
pub fn fold_lines_onto(folded: &mut String, text: &str, case: Case) {
    append::<true>(folded, text, case);
}

fn append<const LINES: bool>(folded: &mut String, text: &str, case: Case) {
    let mut after_space = false;
    let mut rest = text;
    while !rest.is_empty() {
        // Most of a text folds byte by byte, and a run of such is taken at once.
        let run = plain_run::<LINES>(rest, after_space);
        let (plain, others) = rest.split_at_checked(run).unwrap_or(("", rest));
        if let Some(last) = plain.bytes().next_back() {
            after_space = last == b' ';
            let start = folded.len();
            folded.push_str(plain);
            if let (Case::Lower, Some(added)) = (case, folded.get_mut(start..)) {
                added.make_ascii_lowercase();
            }
        }
        let mut others = others.chars();
        let next = others.next();
        if LINES && next == Some('\n') {
            folded.push('\n');
            after_space = false;
        } else if let Some(c) = next.and_then(|c| fold_char(c, case)) {
            let space = c == ' ';
            if !space || !after_space {
                folded.push(c);
            }
            after_space = space;
        }
        rest = others.as_str();
    }
}

/// The most bytes that are looked at together: in a text of nothing but double spaces this is done at each of them.
const STRETCH: usize = 256;

/// How many bytes at the beginning are visible ASCII, single spaces and the ends of lines that stay, as far as they are
/// looked at together.
fn plain_run<const LINES: bool>(text: &str, after_space: bool) -> usize {
    let bytes = text.as_bytes();
    let bytes = bytes.get(..STRETCH).unwrap_or(bytes);
    let visible = bytes::run(bytes, |byte| matches!(byte, b' '..=b'~') || LINES && byte == b'\n');
    let (Some(visible), Some(behind)) = (bytes.get(..visible), bytes.get(1..visible)) else { return 0 };
    if after_space && visible.first() == Some(&b' ') {
        return 0;
    }
    let two = |(&byte, &next): (&u8, &u8)| (byte == b' ') & (next == b' ');
    // There are none in most text, and whether there are any is soon told.
    if !visible.iter().zip(behind).fold(false, |any, pair| any | two(pair)) {
        return visible.len();
    }
    visible.iter().zip(behind).position(two).map_or(visible.len(), |first| first + 1)
}

impl<'a> Folded<'a> {
    /// Folds `original`.
    pub fn new(original: &'a str, case: Case) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut steps = Vec::new();
        let mut in_step = (0, 0);
        for (at, c) in folding(original, case) {
            if steps.is_empty() || text.len() - in_step.0 != at - in_step.1 {
                in_step = (text.len(), at);
                steps.push(in_step);
            }
            text.push(c);
        }
        Self { original, text, steps }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a span of the folded text stands for in the original, in whole grapheme clusters.
    ///
    /// `"漢é!"` folds to `"漢e!"`; `"漢[e]!" -> "漢[é]!"`, with every mark that the letter carries.
    pub fn back(&self, span: Span) -> Span {
        let start = self.original_byte(span.start);
        let end = self.original_byte(span.end);
        Span::new(self.cluster_start(start), self.cluster_end(end))
    }

    fn original_byte(&self, at: usize) -> usize {
        let step = self.steps.partition_point(|&(folded, _)| folded <= at).checked_sub(1);
        match step.and_then(|step| self.steps.get(step)) {
            Some(&(folded, original)) if at < self.text.len() => original + (at - folded),
            _ => self.original.len(),
        }
    }

    fn cluster_start(&self, at: usize) -> usize {
        if self.is_boundary(at) {
            at
        } else {
            self.cursor(at).prev_boundary(self.original, 0).ok().flatten().unwrap_or(0)
        }
    }

    fn cluster_end(&self, at: usize) -> usize {
        let end = self.original.len();
        if self.is_boundary(at) {
            at
        } else {
            self.cursor(at).next_boundary(self.original, 0).ok().flatten().unwrap_or(end)
        }
    }

    fn is_boundary(&self, at: usize) -> bool {
        self.cursor(at).is_boundary(self.original, 0).unwrap_or(true)
    }

    fn cursor(&self, at: usize) -> GraphemeCursor {
        GraphemeCursor::new(at, self.original.len(), true)
    }
}

/// The characters that stay, folded, each with the byte of `text` it stands at.
fn folding(text: &str, case: Case) -> impl Iterator<Item = (usize, char)> {
    let mut after_space = false;
    text.char_indices().filter_map(move |(at, c)| {
        let folded = fold_char(c, case)?;
        let space = folded == ' ';
        let repeated = space && after_space;
        after_space = space;
        (!repeated).then_some((at, folded))
    })
}

fn fold_char(c: char, case: Case) -> Option<char> {
    let plain = match c {
        '!'..='~' => c,
        '\u{0300}'..='\u{036f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' => return None,
        // The vowels and other points of Hebrew and Arabic, and what draws an Arabic word out.
        '\u{0591}'..='\u{05bd}'
        | '\u{05bf}'
        | '\u{05c1}'..='\u{05c2}'
        | '\u{05c4}'..='\u{05c5}'
        | '\u{05c7}'
        | '\u{0640}'
        | '\u{064b}'..='\u{065f}'
        | '\u{0670}' => return None,
        '\u{00ad}'
        | '\u{061c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fffd}' => return None,
        // An accent of Greek that stands alone is typed for an apostrophe.
        '\u{1fbd}' | '\u{1fbf}' | '\u{1ffd}' => '\'',
        '¶' => ' ',
        _ if c.is_whitespace() => ' ',
        _ => punctuation::plain(c).unwrap_or_else(|| bare(c)),
    };
    Some(match case {
        Case::Kept => plain,
        Case::Lower => small(plain),
    })
}

/// The small letter, where that is one character; of sigma the one that does not stand at the end of a word only.
fn small(c: char) -> char {
    if c == 'ς' {
        return 'σ';
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The letter without its accent: for precomposed letters what dropping the mark does for others.
fn bare(c: char) -> char {
    let row = |first: char, bases: &[u8]| bases.get((c as usize).checked_sub(first as usize)?).copied();
    let base = match c {
        '\u{00c0}'..='\u{024f}' => row('\u{00c0}', LATIN),
        '\u{1e00}'..='\u{1eff}' => row('\u{1e00}', LATIN_ADDITIONAL),
        '\u{1f00}'..='\u{1fff}' => return bare_greek(c),
        _ => return bare_elsewhere(c),
    };
    base.filter(|&letter| letter != b' ').map_or(c, char::from)
}

/// The Cyrillic or Greek letter without its accent, the Arabic one without its hamza; the ASCII character that an Arabic
/// digit or one as wide as an ideograph stands for.
fn bare_elsewhere(c: char) -> char {
    let from = |first: char, ascii: u32| char::from_u32(c as u32 - first as u32 + ascii).unwrap_or(c);
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ؤ' => 'و',
        'ئ' => 'ي',
        '\u{0660}'..='\u{0669}' => from('\u{0660}', '0' as u32),
        '\u{06f0}'..='\u{06f9}' => from('\u{06f0}', '0' as u32),
        '\u{ff01}'..='\u{ff5e}' => from('\u{ff01}', '!' as u32),
        'й' | 'ѝ' => 'и',
        'Й' | 'Ѝ' => 'И',
        'ї' => 'і',
        'Ї' => 'І',
        'ё' | 'ѐ' => 'е',
        'Ё' | 'Ѐ' => 'Е',
        'ў' => 'у',
        'Ў' => 'У',
        'ѓ' => 'г',
        'Ѓ' => 'Г',
        'ќ' => 'к',
        'Ќ' => 'К',
        'ά' => 'α',
        'Ά' => 'Α',
        'έ' => 'ε',
        'Έ' => 'Ε',
        'ή' => 'η',
        'Ή' => 'Η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'Ί' | 'Ϊ' => 'Ι',
        'ό' => 'ο',
        'Ό' => 'Ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'Ύ' | 'Ϋ' => 'Υ',
        'ώ' => 'ω',
        'Ώ' => 'Ω',
        _ => c,
    }
}

/// The letter of old Greek without its breathing, its accent and the iota below it.
const fn bare_greek(c: char) -> char {
    match c as u32 {
        0x1f00..=0x1f07 | 0x1f70..=0x1f71 | 0x1f80..=0x1f87 | 0x1fb0..=0x1fb7 => 'α',
        0x1f08..=0x1f0f | 0x1f88..=0x1f8f | 0x1fb8..=0x1fbc => 'Α',
        0x1f10..=0x1f17 | 0x1f72..=0x1f73 => 'ε',
        0x1f18..=0x1f1f | 0x1fc8..=0x1fc9 => 'Ε',
        0x1f20..=0x1f27 | 0x1f74..=0x1f75 | 0x1f90..=0x1f97 | 0x1fc2..=0x1fc7 => 'η',
        0x1f28..=0x1f2f | 0x1f98..=0x1f9f | 0x1fca..=0x1fcc => 'Η',
        0x1f30..=0x1f37 | 0x1f76..=0x1f77 | 0x1fbe | 0x1fd0..=0x1fd7 => 'ι',
        0x1f38..=0x1f3f | 0x1fd8..=0x1fdb => 'Ι',
        0x1f40..=0x1f47 | 0x1f78..=0x1f79 => 'ο',
        0x1f48..=0x1f4f | 0x1ff8..=0x1ff9 => 'Ο',
        0x1fe4..=0x1fe5 => 'ρ',
        0x1fec => 'Ρ',
        0x1f50..=0x1f57 | 0x1f7a..=0x1f7b | 0x1fe0..=0x1fe3 | 0x1fe6..=0x1fe7 => 'υ',
        0x1f58..=0x1f5f | 0x1fe8..=0x1feb => 'Υ',
        0x1f60..=0x1f67 | 0x1f7c..=0x1f7d | 0x1fa0..=0x1fa7 | 0x1ff2..=0x1ff7 => 'ω',
        0x1f68..=0x1f6f | 0x1fa8..=0x1faf | 0x1ffa..=0x1ffc => 'Ω',
        _ => c,
    }
}

/// U+00C0 to U+024F: the base letter by the Unicode decompositions, and for a stroke through the
/// letter the letter; a space where the character is a letter of its own.
const LATIN: &[u8] = b"\
    AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y\
    AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi  JjKk LlLlLlL\
    lLlNnNnNnn  OoOoOo  RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs\
    \x20                               Oo             Uu               \
    \x20            AaIiOoUuUuUuUuUu AaAa    GgKkOoOo  j   Gg  NnAa  Oo\
    AaAaEeEeIiIiOoOoRrRrUuUuSsTt  Hh      AaEeOoOoOoOoYy";

/// U+1E00 to U+1EFF, likewise.
const LATIN_ADDITIONAL: &[u8] = b"\
    AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm\
    MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv\
    WwWwWwWwWwXxXxYyZzZzZzhtwy      AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe\
    EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_folds_to_what_a_reader_types() {
        let cases = [
            ("Zelensky’s", "zelensky's"),
            ("“NATO-style” – or—not", "\"nato-style\" - or-not"),
            ("80\u{a0}percent,\u{202f}say", "80 percent, say"),
            ("two  words\n\napart", "two words apart"),
            ("the end. ¶ “The next”", "the end. \"the next\""),
            ("ÉLAN e\u{301}lan Ǻ Ł ø ſ ế", "elan elan a l o s e"),
            ("Straße Æther Þing", "straße æther þing"),
            ("Київ Йосип и\u{306} ї", "киів иосип и і"),
            ("Άθήνα ώ", "αθηνα ω"),
            ("Ἀθῆναι ᾠδὴ ΚΌΣΜΟΣ κόσμος ἀλλ\u{1fbd}", "αθηναι ωδη κοσμοσ κοσμοσ αλλ'"),
            ("İstanbul ı", "istanbul i"),
            ("مُحَمَّد محـمد الأمن ٢٥ ۲۵", "محمد محمد الامن 25 25"),
            ("שָׁלוֹם צה״ל תל־אביב", "שלום צה\"ל תל-אביב"),
            ("２０２５年 ＮＡＴＯ！", "2025年 nato!"),
            ("Sicher\u{fffd}heit \u{fffd}(", "sicherheit ("),
            ("الوزير\u{200f}\u{202e}:", "الوزير:"),
            ("co\u{ad}operate 🦀\u{fe0f} 漢字", "cooperate 🦀 漢字"),
        ];
        for (text, want) in cases {
            assert_eq!(fold(text, Case::Lower), want, "{text}");
            assert_eq!(fold(&fold(text, Case::Lower), Case::Lower), want, "{text}, twice");
        }
    }

    proptest! {
        #[test]
        fn lines_fold_as_each_alone(text in "([a-cA-C ]{0,300}[é’漢\\u{301}\u{a0}\r\t]?[\n]{0,2}[ ]{0,2}){0,6}") {
            for case in [Case::Lower, Case::Kept] {
                let mut together = String::new();
                fold_lines_onto(&mut together, &text, case);
                let alone: Vec<String> = text.split('\n').map(|line| fold(line, case)).collect();
                prop_assert_eq!(together, alone.join("\n"));
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_folds_at_once_as_it_folds_letter_by_letter(text in "([a-eA-E \u{a0}éÉ’—\u{301}\u{200b}\n\tİ漢]|  ){0,24}") {
            for case in [Case::Lower, Case::Kept] {
                let one_by_one: String = folding(&text, case).map(|(_, c)| c).collect();
                prop_assert_eq!(fold(&text, case), one_by_one);
            }
        }
    }

    /// Looked through to its end at every double space, such a text took minutes.
    #[test]
    fn a_long_text_folds_like_a_short_one() {
        for (part, folded) in
            [("a  ", "a "), ("a b", "a b"), ("É—", "e-"), ("plain words, ", "plain words, ")]
        {
            assert_eq!(fold(&part.repeat(1 << 17), Case::Lower), folded.repeat(1 << 17), "{part}");
        }
    }

    #[test]
    fn a_line_folds_alone_wherever_what_is_looked_at_together_ends() {
        for len in STRETCH - 2..STRETCH + 2 {
            let mut folded = String::new();
            fold_lines_onto(&mut folded, &format!("{}\n so\n\n  we", "a".repeat(len)), Case::Lower);
            assert_eq!(folded, format!("{}\n so\n\n we", "a".repeat(len)), "{len}");
        }
    }

    #[test]
    fn case_can_be_kept() {
        assert_eq!(fold("ÉLAN Ελλά—Їжак", Case::Kept), "ELAN Ελλα-Іжак");
    }

    #[test]
    fn the_way_back_takes_whole_clusters() {
        let cases = [
            ("漢e\u{301}\u{323}lan", "elan", "e\u{301}\u{323}lan"),
            ("a 👩\u{200d}🚀 b", "🚀", "👩\u{200d}🚀"),
            ("🦀 Zelensky’s", "zelensky's", "Zelensky’s"),
            ("so  \n many", "so many", "so  \n many"),
            ("ends in e\u{301}", "e", "e"),
            ("e\u{301}", "e", "e\u{301}"),
            ("\u{301}x y\u{308}", "y", "y\u{308}"),
            ("“Sicher\u{fffd}heit”—漢", "sicherheit", "Sicher\u{fffd}heit"),
        ];
        for (text, find, want) in cases {
            let folded = Folded::new(text, Case::Lower);
            let at = folded.text().find(find).unwrap();
            let back = folded.back(Span::new(at, at + find.len()));
            assert_eq!(back.of(text), want, "{find} in {text}");
        }
    }
}
