//! Paragraphs set in rows: their words in one text, and what of it stands in which row and ink.

use crate::span::Span;
use crate::wrap;
use std::borrow::Cow;
use std::ops::Range;

/// What a run of words is, for the view to give it a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A title: of a card, a section, a table.
    Title,
    /// Words of ours.
    Plain,
    /// A fact: certainty, stance, status.
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
    /// The runs of the text, in order and without gaps: the ink of each, and its words.
    runs: Vec<(Ink, Span)>,
    /// The rows of the paragraphs before the one that is being written.
    rows: Vec<Row>,
    /// Where the paragraph that is being written begins in the text.
    from: usize,
    /// What of it is to stay in one row.
    tied: Vec<Span>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How many cells stand empty before its words.
    pub indent: usize,
    /// Its words in the galley's text.
    pub words: Span,
    /// Whether it begins a paragraph.
    begins: bool,
}

impl Galley {
    /// An empty galley for rows of at most `width` cells.
    #[must_use]
    pub const fn new(width: usize) -> Self {
        Self { width, text: String::new(), runs: Vec::new(), rows: Vec::new(), from: 0, tied: Vec::new() }
    }

    /// Takes everything out of it again.
    pub fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.rows.clear();
        self.tied.clear();
        self.from = 0;
    }

    /// Adds words to the paragraph that is being written.
    pub fn push(&mut self, ink: Ink, words: &str) {
        self.push_all(ink, &[words]);
    }

    /// Adds words to the paragraph that is being written, one behind the other.
    pub fn push_all(&mut self, ink: Ink, words: &[&str]) {
        let from = self.text.len();
        self.text.extend(words.iter().copied());
        let end = self.text.len();
        match self.runs.last_mut() {
            Some((last, run)) if *last == ink => run.end = end,
            _ if from == end => {}
            _ => self.runs.push((ink, Span::new(from, end))),
        }
    }

    /// Adds words that are to stay in one row, where one has room for them.
    pub fn push_tied(&mut self, ink: Ink, words: &str) {
        self.push(ink, words);
        self.tied.push(Span::new(self.text.len() - words.len(), self.text.len()));
    }

    /// Ends the paragraph that is being written: sets it in rows, the second and later ones
    /// [indented](wrap::indent) by `hang` cells.
    pub fn set(&mut self, hang: usize) {
        let indent = wrap::indent(self.width, hang);
        let written = Span::new(self.from, self.text.len());
        let wrapped = wrap::hanging_rows(&self.bound(written, self.width - indent), self.width, hang);
        self.rows.extend(wrapped.into_iter().enumerate().map(|(nth, row)| {
            let begins = nth == 0;
            Row { indent: if begins { 0 } else { indent }, words: row.shifted(written.start), begins }
        }));
        self.from = written.end;
        self.tied.clear();
    }

    /// A paragraph with a letter for each blank of what is tied and has room in `width` cells: it takes as much room,
    /// and no row ends there.
    fn bound(&self, paragraph: Span, width: usize) -> Cow<'_, str> {
        let mut bound = Cow::Borrowed(paragraph.of(&self.text));
        for tied in &self.tied {
            let words = tied.of(&self.text);
            if wrap::width(words) <= width {
                let at = tied.back(paragraph.start);
                bound.to_mut().replace_range(at.start..at.end, &words.replace(' ', "x"));
            }
        }
        bound
    }

    /// Adds a paragraph of one ink.
    pub fn line(&mut self, ink: Ink, words: &str) {
        self.push(ink, words);
        self.set(0);
    }

    /// Adds an empty row between two paragraphs.
    pub fn gap(&mut self) {
        self.rows.push(Row { indent: 0, words: Span::new(self.from, self.from), begins: true });
    }

    /// What is set.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The words of all paragraphs, one behind the other, with the blanks that rows leave out.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The runs of a row, as spans of the text.
    pub fn runs(&self, row: &Row) -> impl Iterator<Item = (Ink, Span)> {
        let words = row.words;
        let first = self.runs.partition_point(|(_, run)| run.end <= words.start);
        let runs = self.runs.get(first..).unwrap_or_default();
        runs.iter().map_while(move |&(ink, run)| Some((ink, run.overlap(words)?)))
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

    fn inks(galley: &Galley) -> Vec<Vec<(Ink, &str)>> {
        let runs = |row| galley.runs(row).map(|(ink, words)| (ink, words.of(galley.text()))).collect();
        galley.rows().iter().map(runs).collect()
    }

    #[test]
    fn a_paragraph_hangs_and_keeps_its_inks() {
        let mut galley = Galley::new(8);
        galley.line(Ink::Title, "so");
        galley.gap();
        galley.push(Ink::Quiet, "1 ");
        galley.push(Ink::Quote, "so ");
        galley.push(Ink::Key, "");
        galley.push(Ink::Quote, "we ");
        galley.push(Ink::Key, "will wait");
        galley.set(2);
        assert_eq!(shown(&galley), ["so", "", "1 so we", "  will", "  wait"]);
        let (one, two, rest) = ((Ink::Quiet, "1 "), (Ink::Quote, "so we"), |words| vec![(Ink::Key, words)]);
        assert_eq!(
            inks(&galley),
            [vec![(Ink::Title, "so")], vec![], vec![one, two], rest("will"), rest("wait")]
        );
        let seen: Vec<&str> = galley.paragraphs(3..4).map(|words| words.of(galley.text())).collect();
        assert_eq!(seen, ["1 so we will wait"]);
        galley.clear();
        galley.line(Ink::Plain, "we wait");
        assert_eq!(inks(&galley), [[(Ink::Plain, "we wait")]]);
    }

    #[test]
    fn words_that_are_tied_stay_together_where_a_row_has_room() {
        let mut galley = Galley::new(9);
        galley.line(Ink::Plain, "so we 2 texts");
        galley.push(Ink::Plain, "so we ");
        galley.push_tied(Ink::Quiet, "2 texts");
        galley.set(0);
        galley.push(Ink::Plain, "we ");
        galley.push_tied(Ink::Quiet, "2 texts");
        galley.set(3);
        galley.push(Ink::Plain, "so we 2 ");
        galley.push_tied(Ink::Quiet, "2 text");
        galley.set(3);
        let (free, tied) = (["so we 2", "texts"], ["so we", "2 texts"]);
        let (wider, as_wide) = (["we 2", "   texts"], ["so we 2", "   2 text"]);
        assert_eq!(shown(&galley), [free, tied, wider, as_wide].concat());
    }

    /// Words to push, with whether they are tied.
    fn pushes() -> impl Strategy<Value = Vec<(Ink, String, bool)>> {
        let ink = proptest::sample::select(vec![Ink::Title, Ink::Plain, Ink::Quiet]);
        proptest::collection::vec((ink, "[a-c é漢]{0,20}", any::<bool>()), 0..6)
    }

    proptest! {
        #[test]
        fn rows_fit_and_their_runs_are_what_was_pushed(
            paragraphs in proptest::collection::vec((pushes(), 0..9_usize), 0..5),
            width in 1..20_usize,
        ) {
            let mut galley = Galley::new(width);
            let (mut pushed, mut of) = (Vec::new(), Vec::new());
            for (pushes, hang) in &paragraphs {
                let from = galley.text().len();
                for (ink, words, tied) in pushes {
                    if *tied { galley.push_tied(*ink, words) } else { galley.push(*ink, words) }
                    pushed.extend(words.bytes().map(|_| *ink));
                }
                let rows = galley.rows().len();
                galley.set(*hang);
                prop_assert!(galley.rows().len() > rows);
                of.extend((rows..galley.rows().len()).map(|_| Span::new(from, galley.text().len())));
            }
            let last = galley.text().len();
            prop_assert_eq!(pushed.len(), last);
            for (at, (row, of)) in galley.rows().iter().zip(&of).enumerate() {
                let words = row.words.of(galley.text());
                prop_assert!(row.indent + wrap::width(words) <= width || words.chars().count() == 1, "{:?}", row);
                let mut end = row.words.start;
                for (ink, run) in galley.runs(row) {
                    prop_assert_eq!(run.start, end);
                    prop_assert!(pushed[run.start..run.end].iter().all(|other| *other == ink), "{:?}", row);
                    end = run.end;
                }
                prop_assert_eq!(end, row.words.end);
                let paragraphs: Vec<Span> = galley.paragraphs(at..at + 1).collect();
                prop_assert!(matches!(paragraphs.as_slice(), [only] if of.covers(*only) && only.covers(row.words)));
            }
        }
    }
}
