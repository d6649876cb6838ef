//! Which characters may be shown as they are, and what stands in for the others.
//!
//! After the Unicode Character Database, version 17: `Default_Ignorable_Code_Point`, general
//! categories Cc, Cf, Zl and Zp, and the noncharacters.

/// What the filter does with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Shown as it is; begins a cluster of its own wherever it stands between others of its kind.
    Plain,
    /// Shown as it is; may join the cluster before it, or the one after it to itself.
    Text,
    /// A line break.
    Break,
    /// A tab.
    Tab,
    /// Shown as this mark in its place.
    Hidden(char),
    /// U+200C or U+200D: passes between letters that need it, and within an emoji.
    Joiner,
    /// U+FE0E or U+FE0F: says how the emoji before it looks.
    Style,
    /// A skin tone: colours the emoji before it.
    Tone,
}

/// The mark for what has none of its own.
pub(super) const MARK: char = '\u{FFFD}';

/// What the filter does with `c`.
pub(super) fn kind(c: char) -> Kind {
    match c {
        ' '..='~' => Kind::Plain,
        '\n' => Kind::Break,
        '\t' => Kind::Tab,
        '\0'..='\u{1F}' => Kind::Hidden(char::from_u32(0x2400 + u32::from(c)).unwrap_or(MARK)),
        '\u{7F}' => Kind::Hidden('␡'),
        '\u{200C}' | '\u{200D}' => Kind::Joiner,
        '\u{FE0E}' | '\u{FE0F}' => Kind::Style,
        '\u{1F3FB}'..='\u{1F3FF}' => Kind::Tone,
        _ if class(c).is_some() => Kind::Hidden(MARK),
        _ if plain(c) => Kind::Plain,
        _ => Kind::Text,
    }
}

/// Whether `c` is shown as it is among others of which this is true.
pub(super) fn is_plain(c: char) -> bool {
    matches!(kind(c), Kind::Plain | Kind::Break)
}

/// Characters of the commonest scripts that are neither marks nor join what follows.
fn plain(c: char) -> bool {
    matches!(c,
        '\u{A0}'..='\u{2FF}' | '\u{370}'..='\u{482}' | '\u{48A}'..='\u{590}'
        | '\u{1E00}'..='\u{1FFF}' | '\u{2000}'..='\u{20CF}' | '\u{2100}'..='\u{2BFF}'
        | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309B}'..='\u{A66E}' | MARK)
}

/// The class of a character that is never shown, for people.
pub(super) fn class(c: char) -> Option<&'static str> {
    Some(match c {
        '\n' | '\t' => return None,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => "control character",
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "bidi control"
        }
        '\u{AD}' => "soft hyphen",
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => "zero-width character",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' => "filler",
        '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            "variation selector"
        }
        '\u{FFF9}'..='\u{FFFB}' => "interlinear annotation",
        '\u{E0000}'..='\u{E0FFF}' => "tag",
        '\u{34F}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180E}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FFF0}'..='\u{FFF8}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' => "format character",
        '\u{FDD0}'..='\u{FDEF}' => "noncharacter",
        _ if u32::from(c) & 0xFFFE == 0xFFFE => "noncharacter",
        _ => return None,
    })
}

/// Whether `c` says no more than where a word may or may not be broken, or what joins: harmless on paper, and part of
/// the text.
pub(super) const fn breaks_or_joins(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

/// Whether `c` is a letter or sign of a script in which joiners change the word.
pub(super) fn takes_joiners(c: char) -> bool {
    let script = matches!(c,
        '\u{600}'..='\u{74F}' // Arabic, Syriac
        | '\u{750}'..='\u{77F}' | '\u{860}'..='\u{8FF}' | '\u{FB50}'..='\u{FDCF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{7C0}'..='\u{7FF}' | '\u{840}'..='\u{85F}' // N'Ko, Mandaic
        | '\u{900}'..='\u{DFF}' // Devanagari to Sinhala
        | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1800}'..='\u{18AF}' // Burmese, Khmer, Mongolian
        | '\u{1A00}'..='\u{1AAF}' | '\u{1B00}'..='\u{1BFF}' | '\u{2D30}'..='\u{2D7F}' // Bugis to Batak, Tifinagh
        | '\u{A840}'..='\u{A87F}' | '\u{A980}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Phags-pa, Javanese, Burmese
    );
    // U+0D4E joins what follows it, and has no width of its own.
    script && (c.is_alphabetic() || virama(c)) && c != '\u{D4E}'
}

/// Whether `c` kills the vowel of the letter before it, so that a joiner may end the word.
pub(super) fn virama(c: char) -> bool {
    matches!(
        c,
        '\u{94D}'
            | '\u{9CD}'
            | '\u{A4D}'
            | '\u{ACD}'
            | '\u{B4D}'
            | '\u{BCD}'
            | '\u{C4D}'
            | '\u{CCD}'
            | '\u{D4D}'
            | '\u{DCA}'
            | '\u{1039}'
            | '\u{17D2}'
            | '\u{1A60}'
            | '\u{1B44}'
            | '\u{A9C0}'
    )
}
