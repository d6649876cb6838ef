//! Text and a width in cells to rows, in ratatui's own measure and no other.
//!
//! It promises that a row fits unless it is one cluster too wide for any, that rows are cut only
//! between clusters, and that nothing but spaces is left out between them: joined, the rows spell
//! the text.

mod fit;
mod ideograph;
mod plain;

pub use fit::{at_most, clip, one_or_two, side_by_side};

use crate::bytes;
use crate::span::Span;
use std::iter;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many cells `text` is painted in.
#[must_use]
pub fn width(text: &str) -> usize {
    if bytes::is_printable(text) {
        return text.len();
    }
    clusters(text).map(|(_, cluster)| cells(cluster)).sum()
}

/// The clusters of `text`, each with the byte at which it begins.
///
/// Between two ASCII characters there is a boundary, except between CR and LF (Unicode Standard Annex 29, GB3):
/// in most text that is all that has to be looked at.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text;
    iter::from_fn(move || {
        let bytes = match rest.as_bytes() {
            [] => return None,
            [first] if first.is_ascii() => 1,
            [first, second, ..] if first.is_ascii() && second.is_ascii() && *first != b'\r' => 1,
            _ => first_cluster(rest),
        };
        let at = text.len() - rest.len();
        let (cluster, behind) = rest.split_at_checked(bytes)?;
        rest = behind;
        Some((at, cluster))
    })
}

/// The bytes of a text's first cluster.
fn first_cluster(text: &str) -> usize {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if stands_alone(first) && second.is_none_or(stands_alone) => first.len_utf8(),
        _ => text.graphemes(true).next().map_or(text.len(), str::len),
    }
}

/// Whether a character, beside another such one, is a cluster (Unicode Standard Annex 29): Latin and Cyrillic letters, the
/// marks that prose is full of, and arrows, lines and signs.
const fn stands_alone(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{C}'
            | '\u{E}'..='\u{2FF}'
            | '\u{400}'..='\u{482}'
            | '\u{48A}'..='\u{52F}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2190}'..='\u{2BFF}'
    )
}

/// The rows of a paragraph, which holds no line break, at `width` cells; at least one row.
///
/// Rows end at spaces, which they leave out, or between two ideographs; a word wider than a row is cut
/// behind a hyphen, or else between clusters. Indentation stays where it leaves room for the first word.
///
/// `"  so we wait", 7 -> ["  so we", "wait"]`
#[must_use]
pub fn rows(text: &str, width: usize) -> Vec<Span> {
    let width = width.max(1);
    if let Some(row) = one_row(text, width) {
        return vec![row];
    }
    plain::rows(text, width, width).unwrap_or_else(|| filled(&pieces(text, width), width, width))
}

/// By how many cells rows of `width` cells are indented that are to be by `hang`: not at all where that takes more than
/// half of them.
#[must_use]
pub const fn indent(width: usize, hang: usize) -> usize {
    if hang * 2 > width { 0 } else { hang }
}

/// The rows of a paragraph, set as those of [`rows`], of which the second and all later ones are narrower, as they are
/// [indented](indent) by `hang` cells.
#[must_use]
pub fn hanging_rows(text: &str, width: usize, hang: usize) -> Vec<Span> {
    let hang = indent(width, hang);
    if hang == 0 {
        return rows(text, width);
    }
    let narrow = width - hang;
    plain::rows(text, width, narrow).unwrap_or_else(|| match rows(text, width).as_slice() {
        [first, second, ..] => {
            let rest = rows(Span::new(second.start, text.len()).of(text), narrow);
            iter::once(*first).chain(rest.into_iter().map(|row| row.shifted(second.start))).collect()
        }
        rows => rows.to_vec(),
    })
}

/// The one row of a text that has no more bytes than the row has cells: no letter takes more cells than bytes.
///
/// There are letters that a space behind them belongs to; among printable ones there are none.
fn one_row(text: &str, width: usize) -> Option<Span> {
    let end = text.trim_end_matches(' ').len();
    let fits = text.len() <= width && (end == text.len() || bytes::is_printable(text));
    fits.then(|| Span::new(0, end))
}

/// Rows filled with words: the first of them `first` cells wide, all others `rest`.
fn filled(words: &[Piece], first: usize, rest: usize) -> Vec<Span> {
    wrap_first_fit(words, &[first as f64, rest as f64])
        .into_iter()
        .map(|row| match row {
            [] => Span::default(),
            [only] => only.span,
            [first, .., last] => Span::new(first.span.start, last.span.end),
        })
        .collect()
}

/// How many bytes of `text`, in whole clusters from its start, fit in `width` cells.
#[must_use]
pub fn prefix(text: &str, width: usize) -> usize {
    // No letter takes more cells than bytes.
    if text.len() <= width {
        return text.len();
    }
    let mut used = 0;
    clusters(text)
        .find(|(_, cluster)| {
            used += cells(cluster);
            used > width
        })
        .map_or(text.len(), |(at, _)| at)
}

/// The cells that one cluster is painted in: as `ratatui::buffer::CellWidth` has them, which counts a half-width sound mark
/// once more than `unicode-width` does, and one more for a spacing mark; control characters are not painted.
#[must_use]
pub fn cells(cluster: &str) -> usize {
    match cluster.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        // Dashes and quotation marks, U+2010 to U+2027; lines, U+2500 to U+257F.
        [0xE2, 0x80, 0x90..=0xA7] | [0xE2, 0x94..=0x95, _] => 1,
        // A letter of Latin, Greek or Cyrillic, U+00C0 to U+07FF; an arrow, a line or a sign, U+2000 to U+2FFF.
        [0xC3..=0xDF, _] | [0xE2, _, _] => cluster.width(),
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width() + cluster.chars().filter(|&c| takes_a_cell_more(c)).count(),
    }
}

/// Whether terminals give a cell to a character that has none by itself in `unicode-width`: half-width sound marks, and the
/// spacing marks (general category Mc) that extend a cluster, as vowel signs of Bengali and Tamil do. tmux and xterm go
/// by `wcwidth`, which gives these one; without the room for it, what stands behind is painted over the sign.
fn takes_a_cell_more(c: char) -> bool {
    matches!(
        c,
        '\u{ff9e}'..='\u{ff9f}'
            | '\u{9be}' | '\u{9d7}' | '\u{b3e}' | '\u{b57}' | '\u{bbe}' | '\u{bd7}'
            | '\u{cc0}' | '\u{cc2}' | '\u{cc7}'..='\u{cc8}' | '\u{cca}'..='\u{ccb}' | '\u{cd5}'..='\u{cd6}' | '\u{d3e}'
            | '\u{d57}' | '\u{dcf}' | '\u{ddf}' | '\u{1715}' | '\u{1734}' | '\u{1b35}'
            | '\u{1b3b}' | '\u{1b3d}' | '\u{1b43}'..='\u{1b44}' | '\u{1baa}' | '\u{1bf2}'..='\u{1bf3}' | '\u{a953}'
            | '\u{a9c0}' | '\u{111c0}' | '\u{11235}' | '\u{1133e}' | '\u{1134d}' | '\u{11357}'
            | '\u{114b0}' | '\u{114bd}' | '\u{115af}' | '\u{116b6}' | '\u{11930}' | '\u{1193d}'
    )
}

/// A word, or as much of one as fits a row, with the spaces behind it.
#[derive(Debug)]
struct Piece {
    span: Span,
    /// The cells of the word.
    word: usize,
    /// The cells of the spaces, which are not in the span.
    spaces: usize,
}

impl Piece {
    /// What of the word stands behind its last hyphen, if that takes at most `width` cells.
    fn behind_hyphen(&self, text: &str, width: usize) -> Option<Span> {
        let mut clusters = self.span.of(text).grapheme_indices(true).rev();
        let (hyphen, _) = clusters.find(|(_, cluster)| *cluster == "-")?;
        let rest = Span::new(self.span.start + hyphen + 1, self.span.end);
        (self::width(rest.of(text)) <= width).then_some(rest)
    }
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.word as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.spaces as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Cuts a paragraph into pieces that fit a row of `width` cells.
fn pieces(text: &str, width: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 5);
    let (mut at, mut before) = (0, None);
    loop {
        let rest = Span::new(at, text.len()).of(text);
        let Some((_, cluster)) = clusters(rest).next() else { break };
        let cells = self::cells(cluster);
        let here = ideograph::of(cluster);
        let parted = before.zip(here).is_some_and(|(before, here)| ideograph::may_part(before, here));
        before = here;
        let place = Span::new(at, at + cluster.len());
        at = place.end;
        match (cluster, pieces.last_mut()) {
            (" ", None) => {}
            (" ", Some(last)) => last.spaces += 1,
            (_, Some(last)) if last.spaces == 0 && !parted && last.word + cells <= width => {
                last.word += cells;
                last.span.end = place.end;
            }
            (_, last) => {
                let rest = last.filter(|last| last.spaces == 0 && !parted).and_then(|last| {
                    let rest = last.behind_hyphen(text, width.checked_sub(cells)?)?;
                    last.word -= self::width(rest.of(text));
                    last.span.end = rest.start;
                    Some(rest)
                });
                pieces.push(match rest {
                    None => Piece { span: place, word: cells, spaces: 0 },
                    Some(rest) => {
                        let span = Span::new(rest.start, place.end);
                        Piece { span, word: self::width(span.of(text)), spaces: 0 }
                    }
                });
            }
        }
    }
    // What stands before the first word are plain spaces: as many bytes as cells.
    if let Some(first) = pieces.first_mut().filter(|first| first.span.start + first.word <= width) {
        first.word += first.span.start;
        first.span.start = 0;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rows_break_at_spaces_and_between_ideographs() {
        let cases: &[(&str, usize, &[&str])] = &[
            ("", 5, &[""]),
            ("   ", 5, &[""]),
            ("so we wait", 10, &["so we wait"]),
            ("so we wait", 9, &["so we", "wait"]),
            ("so   we wait  ", 5, &["so", "we", "wait"]),
            ("no-fly zone", 4, &["no-", "fly", "zone"]),
            ("word—word", 20, &["word—word"]),
            ("  so we wait", 7, &["  so we", "wait"]),
            ("    wait", 6, &["wait"]),
            ("“é—漢字🦀” e\u{301}e\u{301}", 6, &["“é—漢", "字🦀”", "e\u{301}e\u{301}"]),
            ("漢a", 1, &["漢", "a"]),
            ("EU 各国は構成", 8, &["EU 各国", "は構成"]),
            ("EU 各国（構成）。", 8, &["EU 各国", "（構", "成）。"]),
            ("各国、構成", 6, &["各国、", "構成"]),
            ("「各国」構", 5, &["「各", "国」", "構"]),
            ("so 2025年の", 9, &["so 2025年", "の"]),
            ("한국어 말", 4, &["한국", "어", "말"]),
            ("-\u{200B}\u{FF9E}", 1, &["-\u{200B}", "\u{FF9E}"]),
            ("abc", 0, &["a", "b", "c"]),
            ("a \u{301}b c", 3, &["a \u{301}b", "c"]),
            ("a\u{A0}b c", 3, &["a\u{A0}b", "c"]),
            ("\u{600} ", 5, &["\u{600} "]),
            ("\u{600}  ", 5, &["\u{600} "]),
            ("“é” ", 9, &["“é”"]),
        ];
        for &(text, width, want) in cases {
            let found: Vec<&str> = rows(text, width).into_iter().map(|row| row.of(text)).collect();
            assert_eq!(found, want, "{text:?} at {width}");
        }
    }

    #[test]
    fn a_row_may_be_as_wide_as_can_be() {
        for text in ["é ", "漢 b"] {
            assert_eq!(rows(text, usize::MAX), [Span::new(0, text.trim_end().len())]);
        }
    }

    fn paragraphs() -> impl Strategy<Value = String> {
        let odd: Vec<char> =
            "    aabcdeé-—漢🦀\u{301}\u{A0}\u{200D}\u{FE0F}ｶ\u{FF9E}🇩🇪क\u{94D}\u{600}".chars().collect();
        let one = prop_oneof![4 => proptest::sample::select(odd), 1 => any::<char>()];
        proptest::collection::vec(one, 0..60)
            .prop_map(|chars| chars.into_iter().filter(|c| !c.is_control()).collect())
    }

    #[test]
    fn marks_that_are_known_are_as_wide_as_any() {
        for c in ('\0'..='\u{2FFF}').filter(|c| !c.is_control()) {
            let letter = c.to_string();
            assert_eq!(cells(&letter), letter.width() + usize::from(takes_a_cell_more(c)), "{c:?}");
        }
    }

    #[test]
    fn no_letter_takes_more_cells_than_bytes() {
        for c in '\0'..=char::MAX {
            assert!(cells(c.encode_utf8(&mut [0; 4])) <= c.len_utf8(), "{c:?}");
        }
    }

    /// With time that grows with its square this would take hours.
    #[test]
    fn a_million_spaces_are_gone_over_once() {
        let spaces = " ".repeat(1_000_000);
        for text in [format!("{spaces}a"), format!("a{spaces}漢 b"), format!("{}{spaces}漢", "a".repeat(90))]
        {
            let rows = rows(&text, 80);
            assert!(rows.last().is_some_and(|row| row.end == text.len()), "{rows:?}");
        }
    }

    /// The rows of a paragraph, filled word by word.
    fn word_by_word(text: &str, width: usize) -> Vec<Span> {
        let width = width.max(1);
        filled(&pieces(text, width), width, width)
    }

    /// The same of one whose second and later rows are narrower, in two goes.
    fn hung(text: &str, width: usize, hang: usize) -> Vec<Span> {
        let hang = indent(width, hang);
        let whole = word_by_word(text, width);
        let Some(&second) = whole.get(1).filter(|_| hang > 0) else { return whole };
        let rest = word_by_word(Span::new(second.start, text.len()).of(text), width - hang);
        whole.into_iter().take(1).chain(rest.into_iter().map(|row| row.shifted(second.start))).collect()
    }

    #[test]
    fn vowel_signs_beside_their_letter_take_a_cell() {
        for (word, cells) in [("বা", 2), ("নে", 2), ("மா", 2), ("ก็", 1), ("é", 1)] {
            assert_eq!(width(word), cells, "{word}");
        }
    }

    proptest! {
        #[test]
        fn rows_are_those_that_are_filled_word_by_word(
            text in prop_oneof![paragraphs(), " {0,3}([a-eé—]{1,7} {1,2}){0,40}"],
            width in 0..90_usize,
            hang in 0..9_usize,
        ) {
            prop_assert_eq!(rows(&text, width), word_by_word(&text, width));
            prop_assert_eq!(hanging_rows(&text, width, hang), hung(&text, width, hang));
        }
    }

    proptest! {
        #[test]
        fn rows_fit_and_spell_the_text(text in paragraphs(), width in 0..20_usize) {
            let rows = rows(&text, width);
            let edges: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let mut at = 0;
            for row in &rows {
                let words = row.of(&text);
                prop_assert!(super::width(words) <= width.max(1) || words.graphemes(true).count() == 1);
                prop_assert!(edges.contains(&row.start) && edges.contains(&row.end));
                prop_assert!(Span::new(at, row.start).of(&text).bytes().all(|byte| byte == b' '));
                prop_assert!(at <= row.start && (!row.is_empty() || rows.len() == 1));
                at = row.end;
            }
            prop_assert!(text.is_char_boundary(at) && text.split_at(at).1.bytes().all(|byte| byte == b' '));
        }

        #[test]
        fn clusters_are_unicodes(text in "(\\PC|[a-z\r\n\t]|[\u{2190}-\u{2BFF}]|[\u{400}-\u{52F}]|\u{301}|\u{200D}|\u{600}|[🇩🇪क\u{94D}]){0,40}") {
            prop_assert!(clusters(&text).eq(text.grapheme_indices(true)));
        }

        #[test]
        fn widths_are_ratatuis_but_for_spacing_marks(text in paragraphs()) {
            use ratatui::buffer::CellWidth;
            let text = text.replace(|c| takes_a_cell_more(c) && c < '\u{ff00}', "");
            let painted: usize = text.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum();
            prop_assert_eq!(width(&text), painted);
        }

        #[test]
        fn what_is_cut_fits(text in paragraphs(), cells in 0..20_usize) {
            prop_assert!(width(&clip(&text, cells)) <= cells);
            prop_assert!(width(Span::new(0, prefix(&text, cells)).of(&text)) <= cells);
        }
    }
}
