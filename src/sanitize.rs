//! Text made safe to show: nothing in it can act on the terminal, reorder it or hide in it.
//!
//! It promises that what comes out holds no control character but the line break, no bidirectional
//! control, nothing without width of its own, and no cluster that a cell could not hold; that what
//! was hidden is seen to be hidden (`␛`, `␍`, `�`); and that every shown byte leads back to the raw
//! ones. Right-to-left letters pass, and so do the joiners between letters that need them. An emoji
//! is shown as the first of its parts, in the width that all terminals agree on, and handed on whole.

mod filter;
mod map;
mod tables;

use crate::bytes;
use crate::span::Span;
use map::Map;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A text that may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Safe(String);

impl Safe {
    /// `raw` as one line: a line break, with the blanks around it, becomes one space,
    /// and nothing at either end.
    #[must_use]
    pub fn line(raw: &str) -> Self {
        if bytes::is_printable(raw) { Self(raw.to_owned()) } else { Self::text(&joined(raw)) }
    }

    /// `raw` with its line breaks; CR LF is one.
    #[must_use]
    pub fn text(raw: &str) -> Self {
        Self(filter::filter(raw).text.into_owned())
    }
}

/// The lines of `raw` as one, with a space between any two that hold something.
fn joined(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\n') {
        return Cow::Borrowed(raw);
    }
    let blank = |c| matches!(c, ' ' | '\t');
    let mut line = String::with_capacity(raw.len());
    for part in raw.split('\n').map(|part| part.strip_suffix('\r').unwrap_or(part).trim_matches(blank)) {
        if !line.is_empty() && !part.is_empty() {
            line.push(' ');
        }
        line.push_str(part);
    }
    Cow::Owned(line)
}

impl Deref for Safe {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// `raw` as [`Safe::text`] makes it, with all parts of its emoji and with what breaks and joins its words unseen, as soft
/// hyphens: for a copy or a file, where no cells are counted. What reorders text or acts on a terminal stays a mark.
#[must_use]
pub fn handed_on(raw: &str) -> Cow<'_, str> {
    if filter::all_plain(raw) { Cow::Borrowed(raw) } else { Cow::Owned(filter::as_written(raw)) }
}

/// Whether a character, wherever it stands, neither acts on a terminal nor goes unseen.
#[must_use]
pub fn is_harmless(c: char) -> bool {
    tables::class(c).is_none()
}

/// Whether a character of a shown text is seen, and is not the mark for one that is not.
#[must_use]
pub fn is_seen(c: char) -> bool {
    is_harmless(c) && c != tables::MARK
}

/// A long text made safe to show, with the way back to its raw bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    text: Cow<'static, str>,
    map: Map,
    hidden: Vec<Hidden>,
    unseen: usize,
}

/// Characters that are not shown as they are: a mark stands for them, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The raw bytes: one character, or several of the same in a row.
    pub at: Span,
    /// The character.
    pub what: char,
}

impl Shown {
    /// Makes `raw` safe to show; a text is below 4 GiB.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        filter::filter(raw)
    }

    /// Makes `raw` safe to show as [`Shown::new`] does, and gives it back where that is not the same. One of
    /// nothing but plain letters is not copied.
    #[must_use]
    pub fn of(raw: Cow<'static, str>) -> (Self, Option<Cow<'static, str>>) {
        if filter::all_plain(&raw) {
            return (Self { text: raw, ..Self::default() }, None);
        }
        let shown = filter::by_character(&raw);
        let differing = (raw != shown.text).then_some(raw);
        (shown, differing)
    }

    /// The text as it can be shown, its lines separated by `\n`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The raw bytes behind a span of the shown text.
    ///
    /// A part of a replacement stands for the whole original, and what was dropped belongs to what
    /// stands before it: so an emoji leads to all its parts.
    #[must_use]
    pub fn to_raw(&self, shown: Span) -> Span {
        self.map.to_raw(shown)
    }

    /// The bytes of the shown text that stand for a span of the raw one.
    #[must_use]
    pub fn to_shown(&self, raw: Span) -> Span {
        self.map.to_shown(raw)
    }

    /// What is not shown as it is, in order: the first thousand places. A tab, a CR LF, a byte order
    /// mark at the very start and the look of an emoji hide nothing.
    #[must_use]
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// How many characters are not shown as they are, wherever they stand.
    #[must_use]
    pub const fn unseen(&self) -> usize {
        self.unseen
    }
}

impl Hidden {
    /// What it is: `U+202E bidi control`.
    #[must_use]
    pub fn name(&self) -> String {
        let class = tables::class(self.what).unwrap_or("combining character");
        format!("U+{:04X} {class}", u32::from(self.what))
    }
}

#[cfg(test)]
mod tests {
    use super::tables::Kind;
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;
    use unicode_width::UnicodeWidthStr;

    /// (raw, shown, names of what is reported as hidden)
    const CASES: &[(&str, &str, &[&str])] = &[
        ("“é—漢字🦀” e\u{301}\n", "“é—漢字🦀” e\u{301}\n", &[]),
        ("\u{FEFF}a\r\nb", "a\nb", &[]),
        ("a\u{FEFF}b", "a\u{FFFD}b", &["U+FEFF zero-width character"]),
        ("\x1b]52;c;Zm9v\x07", "␛]52;c;Zm9v␇", &["U+001B control character", "U+0007 control character"]),
        ("\x1b\0[", "␛␀[", &["U+001B control character", "U+0000 control character"]),
        ("a\rHIDDEN\x7f", "a␍HIDDEN␡", &["U+000D control character", "U+007F control character"]),
        ("a\r\r\nb", "a␍\nb", &["U+000D control character"]),
        ("\u{9b}31m", "\u{FFFD}31m", &["U+009B control character"]),
        ("a\tb", "a    b", &[]),
        ("שלום \u{202E}abc", "שלום \u{FFFD}abc", &["U+202E bidi control"]),
        (
            "a\u{2028}b\u{2029}",
            "a\u{FFFD}b\u{FFFD}",
            &["U+2028 line separator", "U+2029 paragraph separator"],
        ),
        (
            "so\u{AD}ft\u{200B}\u{200B}",
            "so\u{FFFD}ft\u{FFFD}\u{FFFD}",
            &["U+00AD soft hyphen", "U+200B zero-width character"],
        ),
        ("a\u{E0061}\u{3164}", "a\u{FFFD}\u{FFFD}", &["U+E0061 tag", "U+3164 filler"]),
        ("a\u{FE0F}\u{1FFFE}", "a\u{FFFD}\u{FFFD}", &["U+FE0F variation selector", "U+1FFFE noncharacter"]),
        // Joiners: between Persian letters, after a final virama; not between Latin ones.
        ("می\u{200C}خواهم", "می\u{200C}خواهم", &[]),
        ("क\u{94D}\u{200D} ", "क\u{94D}\u{200D} ", &[]),
        (
            "क\u{94D}षक\u{94D}ष\u{94D}क\u{94D}ष\u{94D}\u{200D} ",
            "क\u{94D}षक\u{94D}ष\u{94D}क\u{94D}ष\u{94D}\u{FFFD} ",
            &["U+200D zero-width character"],
        ),
        ("ab\u{200D}c", "ab\u{FFFD}c", &["U+200D zero-width character"]),
        ("می\u{200C} x", "می\u{FFFD} x", &["U+200C zero-width character"]),
        ("م\u{200C}\u{200C}خ", "م\u{FFFD}\u{FFFD}خ", &["U+200C zero-width character"]),
        // Emoji: the first part, in the width all terminals agree on.
        ("❤\u{FE0F} 1\u{FE0F}\u{20E3} 🇩🇪", "❤ 1\u{20E3} 🇩🇪", &[]),
        ("👩🏽\u{200D}❤\u{FE0F}\u{200D}💋\u{200D}👨🏽!", "👩!", &[]),
        ("🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}!", "🏴!", &[]),
        (
            "🏴\u{E0067}\u{E0062}\u{E0073}\u{E007F}",
            "🏴\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}",
            &["U+E0067 tag", "U+E0062 tag", "U+E0073 tag", "U+E007F tag"],
        ),
        ("👩\u{200D}x", "👩\u{FFFD}x", &["U+200D zero-width character"]),
        ("a🏽", "a\u{FFFD}", &["U+1F3FD combining character"]),
        // Marks: four a base, none without one; a letter that would not be seen.
        (
            "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{305}b",
            "a\u{301}\u{302}\u{303}\u{304}b",
            &["U+0305 combining character"],
        ),
        (
            "\u{301}a\n\u{301}",
            "\u{FFFD}a\n\u{FFFD}",
            &["U+0301 combining character", "U+0301 combining character"],
        ),
        ("\u{1161}", "\u{FFFD}", &["U+1161 combining character"]),
        (
            "a\x1b\u{301}\u{302}b",
            "a␛\u{FFFD}\u{302}b",
            &["U+001B control character", "U+0301 combining character"],
        ),
        ("a\t\u{301}\r\n\u{903}", "a    \u{FFFD}\n\u{903}", &["U+0301 combining character"]),
        ("ᄀᄀᄀᄀᄀᄀᄀᄀᄀ", "ᄀᄀᄀᄀᄀᄀᄀᄀ", &["U+1100 combining character"]),
        ("\u{600}\u{600}\u{600}12", "\u{600}\u{FFFD}\u{600}12", &["U+0600 combining character"]),
    ];

    #[test]
    fn what_acts_or_hides_is_shown_as_a_mark() {
        for &(raw, text, names) in CASES {
            let shown = Shown::new(raw);
            assert_eq!(shown.text(), text, "{raw:?}");
            let found: Vec<String> = shown.hidden().iter().map(Hidden::name).collect();
            assert_eq!(found, names, "{raw:?}");
            assert_eq!(&*Safe::text(raw), text, "{raw:?}");
        }
    }

    #[test]
    fn a_line_has_no_breaks() {
        let cases = [
            ("two \r\n\t lines\n", "two lines"),
            ("\n\n a\n\n\nb", "a b"),
            ("  kept  as it is ", "  kept  as it is "),
            ("a\rb", "a␍b"),
        ];
        for (raw, want) in cases {
            assert_eq!(&*Safe::line(raw), want, "{raw:?}");
        }
        assert_eq!(format!("[{:<4}]", Safe::line("é")), "[é   ]");
    }

    #[test]
    fn a_part_of_a_replacement_leads_to_the_whole() {
        let raw = "a\tb\r\n👩\u{200D}👩c\x1bd";
        let shown = Shown::new(raw);
        assert_eq!(shown.text(), "a    b\n👩c␛d");
        // (shown, the raw text behind it, and that shown again)
        let cases = [
            ((0, 1), "a", (0, 1)),
            ((2, 3), "\t", (1, 5)),
            ((5, 7), "b\r\n", (5, 7)),
            ((7, 11), "👩\u{200D}👩", (7, 11)),
            ((11, 12), "c", (11, 12)),
            ((12, 16), "\x1bd", (12, 16)),
            ((3, 3), "\t", (1, 5)),
        ];
        for ((start, end), want, (from, to)) in cases {
            let back = shown.to_raw(Span::new(start, end));
            assert_eq!(back.of(raw), want, "{start}..{end}");
            assert_eq!(shown.to_shown(back), Span::new(from, to), "{want:?}");
        }
        assert_eq!(shown.to_raw(Span::new(0, shown.text().len())), Span::new(0, raw.len()));
    }

    #[test]
    fn a_plain_letter_is_shown_as_it_is_beside_any_other() {
        let plain: String = ('\0'..=char::MAX).filter(|&c| tables::is_plain(c)).collect();
        assert!(plain.chars().count() > 30_000);
        for text in [&plain, &plain.chars().rev().collect()] {
            let shown = filter::by_character(text);
            assert_eq!((shown.text(), &shown.map, shown.hidden()), (&**text, &Map::default(), &[][..]));
            assert_eq!(shown, Shown::new(text));
        }
    }

    #[test]
    fn a_mark_flood_is_one_place() {
        let raw = format!("e{}!", "\u{301}".repeat(70_000));
        let shown = Shown::new(&raw);
        assert_eq!(shown.text(), "e\u{301}\u{301}\u{301}\u{301}!");
        assert_eq!(shown.hidden(), [Hidden { at: Span::new(9, raw.len() - 1), what: '\u{301}' }]);
        assert_eq!(shown.unseen(), 70_000 - 4);
        assert_eq!(shown.to_raw(Span::new(0, 9)), Span::new(0, raw.len() - 1));
        assert_eq!(shown.to_raw(Span::new(9, 10)), Span::new(raw.len() - 1, raw.len()));
    }

    #[test]
    fn each_of_many_places_leads_back() {
        let raw = "\ta\x1b漢\r\n\x1b\x1bab".repeat(500);
        let shown = Shown::new(&raw);
        let mut at = 0;
        for (start, c) in raw.char_indices() {
            let here = Span::new(start, start + c.len_utf8());
            let len = match c {
                '\t' => 4,
                '\x1b' => 3,
                '\r' => 0,
                other => other.len_utf8(),
            };
            if !matches!(c, '\r' | '\n') {
                assert_eq!(shown.to_shown(here), Span::new(at, at + len), "{start}");
                assert_eq!(shown.to_raw(Span::new(at, at + len)), here, "{at}");
            }
            at += len;
        }
        assert_eq!(at, shown.text().len());
    }

    /// Any text, rich in what makes trouble.
    fn texts() -> impl Strategy<Value = String> {
        let odd = "\0\t\n\r\x1b\x7f\u{85}\u{9b}\u{AD}\u{301}\u{34F}\u{600}\u{605}\u{61C}\u{64E}\u{915}\u{93C}\u{93F}\u{94D}\
            \u{D4E}\u{1100}\u{1161}\u{11A8}\u{17D2}\u{1780}\u{200B}\u{200C}\u{200D}\u{202E}\u{2028}\u{20E3}\u{2800}\u{3099}\
            \u{3164}\u{FE0F}\u{FEFF}\u{FF9E}\u{FFFD}\u{E0061}\u{E01EF}\u{1F1E9}\u{1F1EA}\u{1F3FD}\u{1F469}\u{111C2}\u{113D1}\
             aé—漢🦀1#©❤مש";
        let odd: Vec<char> = odd.chars().collect();
        let one = prop_oneof![6 => proptest::sample::select(odd), 2 => any::<char>()].prop_map(String::from);
        let flag = proptest::sample::select(&filter::NATIONS).prop_map(|tags| format!("🏴{tags}"));
        proptest::collection::vec(prop_oneof![9 => one, 1 => flag], 0..40).prop_map(|parts| parts.concat())
    }

    #[test]
    fn an_emoji_and_a_word_are_handed_on_whole_and_what_acts_is_not() {
        let [england, ..] = filter::NATIONS;
        let marks = "\u{FFFD}".repeat(6);
        let cases = [
            ("so", "so"),
            (
                "👩\u{200D}👩\u{200D}👧 ❤\u{FE0F} 👍🏽 1\u{FE0F}\u{20E3}",
                "👩\u{200D}👩\u{200D}👧 ❤\u{FE0F} 👍🏽 1\u{FE0F}\u{20E3}",
            ),
            ("é\u{1b}[2J\r\n—\u{202E}\u{200B}漢", "é␛[2J\n—�\u{200B}漢"),
            ("a\u{FE0F}🦀\u{200D}b", "a�🦀\u{200D}b"),
            ("Sicher\u{AD}heit\u{200F} \u{2060}\u{200C}\u{FEFF}", "Sicher\u{AD}heit� \u{2060}\u{200C}�"),
            (&*format!("🏴{england} {england}🏴a{england}"), &*format!("🏴{england} {marks}🏴a{marks}")),
            (&*format!("👩{}🔥", "\u{200D}👩".repeat(5)), &*format!("👩{}🔥", "\u{200D}👩".repeat(4))),
        ];
        for (raw, want) in cases {
            assert_eq!(handed_on(raw), want, "{raw:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn what_is_handed_on_is_shown_as_the_text_is(raw in texts()) {
            prop_assert_eq!(Safe::text(&handed_on(&raw)), Safe::text(&raw));
            let parts = |c: char| matches!(tables::kind(c), Kind::Joiner | Kind::Style | Kind::Tone);
            let nation = |text: String, tags: &&str| text.replace(&format!("🏴{tags}"), "🏴");
            for c in filter::NATIONS.iter().fold(handed_on(&raw).into_owned(), nation).chars() {
                let passes = c == '\n' || parts(c) || tables::breaks_or_joins(c);
                prop_assert!(passes || tables::class(c).is_none(), "{:?}", c);
            }
        }

        #[test]
        fn nothing_acts_and_nothing_is_unseen(raw in texts()) {
            let text = Safe::text(&raw);
            for c in text.chars() {
                prop_assert!(c == '\n' || !c.is_control());
                prop_assert!(matches!(c, '\u{200C}' | '\u{200D}') || tables::class(c).is_none(), "{:?}", c);
            }
            for cluster in text.graphemes(true) {
                prop_assert!(cluster == "\n" || cluster.width() > 0, "{:?}", cluster);
                prop_assert!(cluster.chars().count() <= 8, "{:?}", cluster);
            }
            prop_assert!(!Safe::line(&raw).contains('\n'));
        }

        #[test]
        fn safe_text_stays_as_it_is(raw in texts()) {
            let (text, line) = (Safe::text(&raw), Safe::line(&raw));
            prop_assert_eq!(&Safe::text(&text), &text);
            prop_assert_eq!(&Safe::line(&line), &line);
            let shown = Shown::new(&text);
            prop_assert!(shown.hidden().is_empty());
            prop_assert_eq!(&shown.map, &Map::default());
        }

        #[test]
        fn a_text_is_shown_alike_owned_borrowed_and_by_character(raw in texts()) {
            let (shown, differing) = Shown::of(raw.clone().into());
            prop_assert_eq!(&shown, &Shown::new(&raw));
            prop_assert_eq!(&shown, &filter::by_character(&raw));
            prop_assert_eq!(differing.as_ref().unwrap_or(&shown.text), &raw);
        }

        #[test]
        fn every_shown_span_leads_back(raw in texts(), a in 0..200_usize, b in 0..200_usize) {
            let shown = Shown::new(&raw);
            let len = shown.text().len();
            let (a, b) = (a % (len + 1), b % (len + 1));
            let span = Span::new(a.min(b), a.max(b));
            let back = shown.to_raw(span);
            prop_assert!(back.end <= raw.len());
            prop_assert!(raw.is_char_boundary(back.start) && raw.is_char_boundary(back.end) || !is_clean(&shown, span));
            prop_assert!(shown.to_shown(back).covers(span));
            let all = shown.to_shown(Span::new(0, raw.len()));
            prop_assert_eq!(all, Span::new(0, len));
        }

        #[test]
        fn what_is_hidden_is_where_it_says(raw in texts()) {
            for hidden in Shown::new(&raw).hidden() {
                prop_assert!(hidden.at.of(&raw).starts_with(hidden.what));
            }
        }
    }

    /// Whether the ends of the span fall between shown characters.
    fn is_clean(shown: &Shown, span: Span) -> bool {
        shown.text().is_char_boundary(span.start) && shown.text().is_char_boundary(span.end)
    }
}
