//! Paragraphs set in rows: their words in one text, and what of it stands in which row and ink.

use crate::span::Span;
use crate::wrap;
use std::borrow::Cow;
use std::ops::Range;

/// What a run of words is, for the view to give it a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The title of a card.
    Title,
    /// Words of ours.
    Plain,
    /// A fact about the card: certainty, stance, status.
    Fact,
    /// Words of a source.
    Quote,
    /// The words of a quote that matter.
    Key,
    /// Where a quote is from.
    Quiet,
    /// What a reader must not overlook: a dispute, a quote that is not in its source.
    Warning,
}

/// Paragraphs in rows of a width, to which more may be added.
#[derive(Clone, Debug)]
pub struct Galley {
    /// The cells of a row.
    width: usize,
    /// The words of all paragraphs, one behind the other.
    text: String,
    /// The runs of the text, in order: where each begins, and its ink.
    runs: Vec<(usize, Ink)>,
    /// What stands in rows already.
    rows: Vec<Row>,
    /// How much of the text stands in rows already.
    set: usize,
    /// What of the paragraph that is being written is not to be parted.
    tied: Vec<Span>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How many cells stand empty before its words.
    pub indent: usize,
    /// Its words in the galley's text.
    pub words: Span,
    /// The run that it begins in.
    run: usize,
    /// Whether it begins a paragraph.
    begins: bool,
}

impl Galley {
    /// An empty galley for rows of at most `width` cells.
    #[must_use]
    pub const fn new(width: usize) -> Self {
        Self { width, text: String::new(), runs: Vec::new(), rows: Vec::new(), set: 0, tied: Vec::new() }
    }

    /// Takes everything out of it again.
    pub fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.rows.clear();
        self.tied.clear();
        self.set = 0;
    }

    /// Adds words to the paragraph that is being written.
    pub fn push(&mut self, ink: Ink, words: &str) {
        self.push_all(ink, &[words]);
    }

    /// Adds words to the paragraph that is being written, one behind the other.
    pub fn push_all(&mut self, ink: Ink, words: &[&str]) {
        if self.runs.last().is_none_or(|&(_, last)| last != ink) {
            self.runs.push((self.text.len(), ink));
        }
        self.text.extend(words.iter().copied());
    }

    /// Adds words that are not to be parted at their spaces.
    pub fn push_tied(&mut self, ink: Ink, words: &str) {
        self.push(ink, words);
        self.tied.push(Span::new(self.text.len() - words.len(), self.text.len()));
    }

    /// Ends the paragraph that is being written: sets it in rows, the second and later ones
    /// [indented](wrap::indent) by `hang` cells.
    pub fn set(&mut self, hang: usize) {
        let from = std::mem::replace(&mut self.set, self.text.len());
        let words = Span::new(from, self.text.len()).of(&self.text);
        let wrapped = wrap::hanging_rows(&self.parted(words, from), self.width, hang);
        let mut run = self.runs.partition_point(|&(start, _)| start <= from).saturating_sub(1);
        self.rows.reserve(wrapped.len());
        for (nth, row) in wrapped.into_iter().enumerate() {
            let words = row.shifted(from);
            while self.runs.get(run + 1).is_some_and(|&(start, _)| start <= words.start) {
                run += 1;
            }
            let begins = nth == 0;
            let indent = if begins { 0 } else { wrap::indent(self.width, hang) };
            self.rows.push(Row { indent, words, run, begins });
        }
        self.tied.clear();
    }

    /// The paragraph that is being written, which begins at byte `from`, with a letter for each blank that is tied:
    /// it takes as much room and no row ends there.
    fn parted<'t>(&self, words: &'t str, from: usize) -> Cow<'t, str> {
        let mut parted = Cow::Borrowed(words);
        for tied in &self.tied {
            let tied = Span::new(tied.start - from, tied.end - from);
            parted.to_mut().replace_range(tied.start..tied.end, &tied.of(words).replace(' ', "x"));
        }
        parted
    }

    /// Adds a paragraph of one ink.
    pub fn line(&mut self, ink: Ink, words: &str) {
        self.push(ink, words);
        self.set(0);
    }

    /// Adds an empty row.
    pub fn gap(&mut self) {
        self.set(0);
    }

    /// What is set.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The words of all rows.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The runs of a row, as spans of the text.
    pub fn runs(&self, row: &Row) -> impl Iterator<Item = (Ink, Span)> {
        let words = row.words;
        let runs = self.runs.get(row.run..).unwrap_or_default();
        let ends = runs.iter().skip(1).map(|&(start, _)| start).chain([self.text.len()]);
        let runs = runs.iter().zip(ends).take_while(move |((start, _), _)| *start < words.end);
        runs.filter_map(move |(&(start, ink), end)| Some((ink, Span::new(start, end).overlap(words)?)))
    }

    /// The paragraphs of which some row is among `seen`, as spans of the text.
    pub fn paragraphs(&self, seen: Range<usize>) -> impl Iterator<Item = Span> {
        let mut from = 0;
        self.rows.chunk_by(|_, next| !next.begins).filter_map(move |rows| {
            let of = from..from + rows.len();
            from = of.end;
            let (first, last) = (rows.first()?, rows.last()?);
            (of.start < seen.end && seen.start < of.end)
                .then_some(Span::new(first.words.start, last.words.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(galley: &Galley) -> Vec<String> {
        let row = |row: &Row| " ".repeat(row.indent) + row.words.of(galley.text());
        galley.rows().iter().map(row).collect()
    }

    #[test]
    fn a_paragraph_hangs_and_keeps_its_inks() {
        let mut galley = Galley::new(8);
        galley.line(Ink::Title, "so");
        galley.gap();
        galley.push(Ink::Quiet, "1 ");
        galley.push(Ink::Quote, "so we ");
        galley.push(Ink::Key, "will wait");
        galley.set(2);
        assert_eq!(shown(&galley), ["so", "", "1 so we", "  will", "  wait"]);
        let inks: Vec<Vec<_>> = galley
            .rows()
            .iter()
            .map(|row| galley.runs(row).map(|(ink, words)| (ink, words.of(galley.text()))).collect())
            .collect();
        let (one, two, rest) = ((Ink::Quiet, "1 "), (Ink::Quote, "so we"), |words| vec![(Ink::Key, words)]);
        assert_eq!(inks, [vec![(Ink::Title, "so")], vec![], vec![one, two], rest("will"), rest("wait")]);
        let seen: Vec<&str> = galley.paragraphs(3..4).map(|words| words.of(galley.text())).collect();
        assert_eq!(seen, ["1 so we will wait"]);
        galley.clear();
        galley.line(Ink::Plain, "we wait");
        assert_eq!(shown(&galley), ["we wait"]);
    }

    #[test]
    fn words_that_are_tied_stay_together() {
        let mut galley = Galley::new(9);
        galley.line(Ink::Plain, "so we 2 texts");
        galley.push(Ink::Plain, "so we ");
        galley.push_tied(Ink::Quiet, "2 texts");
        galley.set(0);
        assert_eq!(shown(&galley), ["so we 2", "texts", "so we", "2 texts"]);
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_asked(words in "[a-c é漢]{0,40}", width in 4..20_usize, hang in 0..9_usize) {
            let mut galley = Galley::new(width);
            galley.push(Ink::Quiet, "1 ");
            galley.push(Ink::Plain, &words);
            galley.set(hang);
            for row in galley.rows() {
                let runs: String = galley.runs(row).map(|(_, run)| run.of(galley.text())).collect();
                prop_assert_eq!(&runs, row.words.of(galley.text()));
                prop_assert!(row.indent + wrap::width(&runs) <= width, "{:?}", row);
            }
        }
    }
}
