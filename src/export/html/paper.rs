//! A source's text with its quoted passages marked: each quote an element whose text is the quote.
//!
//! Elements nest, quotes need not: where two overlap without one holding the other, the shorter is
//! cut where the longer begins or ends, and is marked in pieces. So is a quote of several fragments.
//! Nothing with words of its own stands in an element of the text: numbers and ways back are drawn
//! from attributes.

use super::escaped::{attribute, text};
use crate::cite::percent;
use crate::model::SourceText;
use crate::order;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A source's text, cut for its marks.
pub struct Paper<'b> {
    source: &'b SourceText,
    /// What is to be marked, none across another: outer before inner, in the order of the text.
    pieces: Vec<Piece<'b>>,
    /// Each quote's number with the number of a piece of it, sorted.
    of_quotes: Vec<(usize, usize)>,
}

/// A passage of the shown text that is one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'b> {
    /// Bytes of the shown text.
    pub span: Span,
    /// What it is.
    pub what: What<'b>,
    /// Which of the pieces of its quote, from 0.
    pub nth: usize,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'b> {
    /// A fragment of a quote, or a part of one.
    Quote {
        /// The quote's number in the export.
        quote: usize,
        /// Which of its fragments, from 0.
        fragment: usize,
    },
    /// Page furniture, a caption, or a repeated body, and why it is taken for that.
    Aside(&'b str),
}

/// A quote as the reader of the source meets it.
#[derive(Default)]
pub struct Label<'b> {
    /// The card's id and the quote's number on the card.
    pub id: String,
    /// The card's title.
    pub title: &'b str,
}

impl<'b> Paper<'b> {
    /// Cuts a text for its quotes and asides, which are spans of the raw text.
    pub fn new(
        source: &'b SourceText,
        quotes: impl Iterator<Item = (Span, What<'b>)>,
        asides: impl Iterator<Item = (Span, What<'b>)>,
    ) -> Self {
        let mut quotes: Vec<_> = quotes.map(|(span, what)| (source.shown.to_shown(span), what)).collect();
        order::sort_by_key(&mut quotes, |(span, _)| Reverse(span.len()));
        let asides = asides.flat_map(|(span, what)| {
            let span = source.shown.to_shown(span);
            let on = (source.paragraph_at(span.start)..).map_while(|number| source.paragraph(number));
            let here = on.take_while(move |paragraph| paragraph.start < span.end);
            here.filter_map(move |paragraph| Some((paragraph.overlap(span)?, what)))
        });
        let mut pieces: Vec<Piece<'b>> = Vec::with_capacity(quotes.len());
        // The ends of the pieces, each with its piece: only those inside a span can cut it.
        let mut ends: BTreeSet<(usize, Span)> = BTreeSet::new();
        for (span, what) in quotes.into_iter().chain(asides) {
            let before = (span.start + 1, Span::default());
            let inside = ends.range(before..before.max((span.end, Span::default())));
            let mut cuts: Vec<usize> = inside.filter_map(|&(_, kept)| crossing(span, kept)).collect();
            cuts.extend([span.start, span.end]);
            cuts.sort_unstable();
            cuts.dedup();
            for (&start, &end) in cuts.iter().zip(cuts.iter().skip(1)) {
                let span = Span::new(start, end);
                ends.extend([(start, span), (end, span)]);
                pieces.push(Piece { span, what, nth: 0 });
            }
        }
        order::sort_by_key(&mut pieces, |piece| (piece.span.start, Reverse(piece.span.end)));
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut of_quotes = Vec::with_capacity(pieces.len());
        for (number, piece) in pieces.iter_mut().enumerate() {
            if let What::Quote { quote, .. } = piece.what {
                let count = counts.entry(quote).or_default();
                piece.nth = *count;
                *count += 1;
                of_quotes.push((quote, number));
            }
        }
        order::sort_by_key(&mut of_quotes, |&place| place);
        Self { source, pieces, of_quotes }
    }

    /// The pieces of a quote, in the order of the text.
    pub fn pieces_of(&self, number: usize) -> impl Iterator<Item = &Piece<'b>> {
        let first = self.of_quotes.partition_point(|&(quote, _)| quote < number);
        let rest = self.of_quotes.get(first..).unwrap_or_default();
        let of_it = rest.iter().take_while(move |&&(quote, _)| quote == number);
        of_it.filter_map(|&(_, piece)| self.pieces.get(piece))
    }

    /// The words of a piece.
    pub fn words(&self, piece: &Piece<'_>) -> &'b str {
        piece.span.of(self.source.shown.text())
    }

    /// Writes the text, paragraph by paragraph; those that a quote joins are one.
    pub fn write(&self, page: &mut dyn Write, label: impl Fn(usize) -> Label<'b>) -> io::Result<()> {
        let shown = &self.source.shown;
        let mut pieces = self.pieces.iter().peekable();
        for block in self.blocks() {
            let line = self.source.line_at(shown.to_raw(block).start);
            write!(page, "<p data-line=\"{line}\">")?;
            let mut at = block.start;
            let mut open: Vec<(usize, String)> = Vec::new();
            while at < block.end || !open.is_empty() {
                let end = open.last().map_or(block.end, |(end, _)| *end);
                let next = pieces.next_if(|piece| piece.span.start < end);
                let stop = next.map_or(end, |piece| piece.span.start);
                page.write_all(text(Span::new(at, stop).of(shown.text())).as_bytes())?;
                at = stop;
                if let Some(piece) = next {
                    let (start, end) = tags(piece, &label);
                    page.write_all(start.as_bytes())?;
                    open.push((piece.span.end, end));
                } else if let Some((_, end)) = open.pop() {
                    page.write_all(end.as_bytes())?;
                }
            }
            page.write_all(b"</p>\n")?;
        }
        Ok(())
    }

    /// The paragraphs, those that a quote crosses as one: spans of the shown text, apart and in order.
    fn blocks(&self) -> Vec<Span> {
        let quotes = self.pieces.iter().filter(|piece| matches!(piece.what, What::Quote { .. }));
        let mut blocks: Vec<Span> = self.source.paragraphs().chain(quotes.map(|piece| piece.span)).collect();
        blocks.sort_unstable();
        blocks.dedup_by(|next, kept| {
            let joined = next.start < kept.end;
            if joined {
                kept.end = kept.end.max(next.end);
            }
            joined
        });
        blocks
    }
}

/// Where `kept` cuts `new`, if they overlap and neither holds the other.
fn crossing(new: Span, kept: Span) -> Option<usize> {
    if new.start < kept.start && kept.start < new.end && new.end < kept.end {
        Some(kept.start)
    } else if kept.start < new.start && new.start < kept.end && kept.end < new.end {
        Some(kept.end)
    } else {
        None
    }
}

/// The id of a piece of a quote, by the quote's own id.
pub fn piece_id(quote: &str, nth: usize) -> String {
    if nth == 0 { format!("at-{quote}") } else { format!("at-{quote}.{}", nth + 1) }
}

/// The tags around a piece; behind a quote stands the way back to its card.
fn tags<'b>(piece: &Piece<'_>, label: impl Fn(usize) -> Label<'b>) -> (String, String) {
    match piece.what {
        What::Aside(why) => {
            (format!("<span class=\"aside\" title=\"{}\">", attribute(why)), String::from("</span>"))
        }
        What::Quote { quote, .. } => {
            let Label { id, title } = label(quote);
            let (back, title) = (percent(&id), attribute(title));
            let end = format!(
                "</mark><a class=\"back\" href=\"#quote-{back}\" data-quote=\"{quote}\" title=\"{title}\" \
                 aria-label=\"Back to quote {quote}: {title}\"></a>"
            );
            (format!("<mark id=\"{}\">", attribute(&piece_id(&id, piece.nth))), end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Paper, What};
    use crate::model::SourceText;
    use crate::span::Span;

    /// The page of a text with its quotes, each drawn by its words; marks as brackets with their ids.
    fn drawn(text: &str, quotes: &[&str], aside: Option<&str>) -> String {
        let source = SourceText::new(text.to_owned());
        let place =
            |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap_or_default();
        let spans = quotes.iter().enumerate();
        let spans = spans.map(|(at, words)| (place(words), What::Quote { quote: at + 1, fragment: 0 }));
        let asides = aside.map(|words| (place(words), What::Aside("why")));
        let paper = Paper::new(&source, spans, asides.into_iter());
        let mut page = Vec::new();
        paper.write(&mut page, |quote| Label { id: format!("c.{quote}"), title: "t" }).unwrap();
        let mut page = String::from_utf8(page).unwrap();
        for quote in 1..=quotes.len() {
            let back = format!(
                "</mark><a class=\"back\" href=\"#quote-c.{quote}\" data-quote=\"{quote}\" title=\"t\" \
                 aria-label=\"Back to quote {quote}: t\"></a>"
            );
            page = page.replace(&back, "]");
        }
        page.replace("<mark id=\"at-c.", "[")
            .replace("\">", ":")
            .replace("<span class=\"aside\" title=\"why:", "{")
            .replace("</span>", "}")
            .replace("<p data-line=\"", "¶")
            .replace("</p>\n", "")
    }

    #[test]
    fn every_quote_is_one_element_unless_it_crosses_a_longer_one() {
        let cases: [(&str, &[&str], Option<&str>, &str); 9] = [
            ("so we wait & see", &["we wait"], None, "¶1:so [1:we wait] &amp; see"),
            ("so we wait & see", &["we wait &", "wait"], None, "¶1:so [1:we [2:wait] &amp;] see"),
            ("so we wait", &["we", "we"], None, "¶1:so [1:[2:we]] wait"),
            ("so we wait", &["wait", "we wait"], None, "¶1:so [2:we [1:wait]]"),
            ("é—漢 🦀 so", &["—漢 🦀", "🦀 so"], None, "¶1:é[1:—漢 [2:🦀]][2.2: so]"),
            ("one\n\ntwo\nthree", &["one", "three"], None, "¶1:[1:one]¶3:two¶4:[2:three]"),
            ("one\n\ntwo\nthree", &["ne\n\ntwo"], None, "¶1:o[1:ne\n\ntwo]¶4:three"),
            ("one\ntwo\nthree", &["wo"], Some("ne\ntwo"), "¶1:o{ne}¶2:{t[1:wo]}¶3:three"),
            ("so we wait", &["we wait"], Some("so we"), "¶1:{so }[1:{we} wait]"),
        ];
        for (text, quotes, aside, want) in cases {
            assert_eq!(drawn(text, quotes, aside), want, "{quotes:?} in {text:?}");
        }
    }
}
