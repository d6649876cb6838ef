//! A source's text with its quoted passages marked: each quote an element whose text is the quote.
//!
//! Elements nest, quotes need not: where two overlap without one holding the other, the shorter is
//! cut where the longer begins or ends, and is marked in pieces; where very many do, both may be. So is a quote of
//! several fragments. An aside is an element in each paragraph, where asides overlap only the innermost.
//! Nothing with words of its own stands in an element of the text: numbers and ways back are drawn
//! from attributes.

mod asides;
mod cut;

use super::escaped::{attribute, text};
use crate::cite::percent;
use crate::model::SourceText;
use crate::order;
use crate::sanitize::handed_on;
use crate::span::Span;
use crate::wrap::clip;
use cut::Edges;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// The most cells of words that are told again at each piece, and are whole at another place of the page.
const AGAIN: usize = 200;

/// A source's text, cut for its marks.
pub struct Paper<'b> {
    source: &'b SourceText,
    /// What is to be marked of quotes, none across another: outer before inner, in the order of the text.
    pieces: Vec<Piece>,
    /// Where these begin and end.
    edges: Edges,
    /// Each quote's number with the number of a piece of it, sorted.
    of_quotes: Vec<(usize, usize)>,
    /// Why each aside is one.
    whys: Vec<&'b str>,
    /// What the asides hold, apart and in the order of the text: spans of the shown text, each with an aside's number.
    asides: Vec<(Span, usize)>,
}

/// A fragment of a quote, or a part of one: a passage of the shown text that is one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the shown text.
    pub span: Span,
    /// What it is a piece of.
    pub of: Fragment,
    /// Which of the pieces of its quote, from 0.
    pub nth: usize,
}

/// A fragment of a quote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// The quote's number in the export.
    pub quote: usize,
    /// Which of its fragments, from 0.
    pub nth: usize,
}

/// What an element of the text is: a piece of a quote, or of an aside of some number.
#[derive(Clone, Copy)]
enum What<'p> {
    Quote(&'p Piece),
    Aside(usize),
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
    /// Cuts a text for its quotes and asides, which are spans of the raw text; an aside with why it is one.
    pub fn new(
        source: &'b SourceText,
        quotes: impl Iterator<Item = (Span, Fragment)>,
        asides: impl Iterator<Item = (Span, &'b str)>,
    ) -> Self {
        let mut quotes: Vec<_> = quotes.map(|(span, of)| (source.shown.to_shown(span), of)).collect();
        order::sort_by_key(&mut quotes, |(span, _)| Reverse(span.len()));
        let (spans, fragments): (Vec<Span>, Vec<Fragment>) = quotes.into_iter().unzip();
        let (cut, edges) = cut::cut(&spans);
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut pieces = Vec::with_capacity(cut.len());
        let mut of_quotes = Vec::with_capacity(cut.len());
        for (span, number) in cut {
            let of = fragments.get(number).copied().unwrap_or_default();
            let count = counts.entry(of.quote).or_default();
            of_quotes.push((of.quote, pieces.len()));
            pieces.push(Piece { span, of, nth: *count });
            *count += 1;
        }
        order::sort_by_key(&mut of_quotes, |&place| place);
        let (spans, whys): (Vec<Span>, Vec<&str>) =
            asides.map(|(span, why)| (source.shown.to_shown(span), why)).unzip();
        Self { source, pieces, edges, of_quotes, whys, asides: asides::apart(&spans) }
    }

    /// The pieces of a quote, in the order of the text.
    pub fn pieces_of(&self, number: usize) -> impl Iterator<Item = &Piece> {
        let first = self.of_quotes.partition_point(|&(quote, _)| quote < number);
        let rest = self.of_quotes.get(first..).unwrap_or_default();
        let of_it = rest.iter().take_while(move |&&(quote, _)| quote == number);
        of_it.filter_map(|&(_, piece)| self.pieces.get(piece))
    }

    /// The words of a piece.
    pub fn words(&self, piece: &Piece) -> Cow<'b, str> {
        self.letters(piece.span)
    }

    /// What stands in a span of the shown text, as it is handed on.
    fn letters(&self, span: Span) -> Cow<'b, str> {
        handed_on(self.source.shown.to_raw(span).of(self.source.raw()))
    }

    /// Writes the text, paragraph by paragraph; those that a quote joins are one.
    pub fn write(&self, page: &mut dyn Write, label: impl Fn(usize) -> Label<'b>) -> io::Result<()> {
        let mut pieces = self.pieces.iter().peekable();
        let mut paragraphs = self.source.paragraphs().peekable();
        let mut told = BTreeSet::new();
        for block in self.blocks() {
            let mut elements: Vec<(Span, What<'_>)> = Vec::new();
            while let Some(piece) = pieces.next_if(|piece| piece.span.start < block.end) {
                elements.push((piece.span, What::Quote(piece)));
            }
            while let Some(paragraph) = paragraphs.next_if(|paragraph| paragraph.start < block.end) {
                elements.extend(self.asides_in(paragraph));
            }
            order::sort_by_key(&mut elements, |(span, _)| (span.start, Reverse(span.end)));
            self.paragraph(page, block, elements, |what| match what {
                What::Quote(piece) => marks(piece, &label(piece.of.quote)),
                What::Aside(number) => self.spans(number, told.insert(number)),
            })?;
        }
        Ok(())
    }

    /// Writes a paragraph with its elements, outer before inner; `tags` are those around one.
    fn paragraph<'p>(
        &self,
        page: &mut dyn Write,
        block: Span,
        elements: Vec<(Span, What<'p>)>,
        mut tags: impl FnMut(What<'p>) -> (String, String),
    ) -> io::Result<()> {
        let line = self.source.line_at(self.source.shown.to_raw(block).start);
        write!(page, "<p dir=\"auto\" data-line=\"{line}\">")?;
        let mut elements = elements.into_iter().peekable();
        let mut at = block.start;
        let mut open: Vec<(usize, String)> = Vec::new();
        while at < block.end || !open.is_empty() {
            let end = open.last().map_or(block.end, |(end, _)| *end);
            let next = elements.next_if(|(span, _)| span.start < end);
            let stop = next.map_or(end, |(span, _)| span.start);
            page.write_all(text(&self.letters(Span::new(at, stop))).as_bytes())?;
            at = stop;
            if let Some((span, what)) = next {
                let (start, end) = tags(what);
                page.write_all(start.as_bytes())?;
                open.push((span.end, end));
            } else if let Some((_, end)) = open.pop() {
                page.write_all(end.as_bytes())?;
            }
        }
        page.write_all(b"</p>\n")
    }

    /// The paragraphs, those that a quote crosses as one: spans of the shown text, apart and in order.
    fn blocks(&self) -> Vec<Span> {
        let quotes = self.pieces.iter().map(|piece| piece.span);
        let mut blocks: Vec<Span> = self.source.paragraphs().chain(quotes).collect();
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

    /// What asides hold of a paragraph, cut where it crosses pieces of quotes.
    fn asides_in(&self, paragraph: Span) -> impl Iterator<Item = (Span, What<'_>)> {
        let first = self.asides.partition_point(|(span, _)| span.end <= paragraph.start);
        let rest = self.asides.get(first..).unwrap_or_default().iter();
        let here = rest.map_while(move |&(span, number)| Some((span.overlap(paragraph)?, number)));
        here.flat_map(|(span, number)| self.edges.cut(span).map(move |part| (part, What::Aside(number))))
    }

    /// The tags around a piece of an aside, the first of which says why whatever its length.
    fn spans(&self, aside: usize, is_first: bool) -> (String, String) {
        let why = self.whys.get(aside).copied().unwrap_or_default();
        let why = if is_first { why.into() } else { clip(why, AGAIN) };
        (format!("<span class=\"aside\" title=\"{}\">", attribute(&why)), String::from("</span>"))
    }
}

/// The id of a piece of a quote, by the quote's own id, which ends in a full stop and a number.
pub fn piece_id(quote: &str, nth: usize) -> String {
    if nth == 0 { format!("at-{quote}") } else { format!("at-{quote}-{}", nth + 1) }
}

/// The tags around a piece of a quote; behind it stands the way back to its card.
fn marks(piece: &Piece, Label { id, title }: &Label<'_>) -> (String, String) {
    let (quote, back) = (piece.of.quote, percent(id));
    let title = clip(title, AGAIN);
    let title = attribute(&title);
    let end = format!(
        "</mark><a class=\"back\" href=\"#quote-{back}\" data-quote=\"{quote}\" title=\"{title}\" \
         aria-label=\"Back to quote {quote}: {title}\"></a>"
    );
    (format!("<mark id=\"{}\">", attribute(&piece_id(id, piece.nth))), end)
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Label, Paper};
    use crate::model::SourceText;
    use crate::span::Span;

    /// The page of a text with its quotes, each drawn by its words; marks as brackets with their ids.
    fn drawn(text: &str, quotes: &[&str], asides: &[&str]) -> String {
        let source = SourceText::new(text.to_owned());
        let place =
            |words: &str| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap_or_default();
        let spans = quotes.iter().enumerate();
        let spans = spans.map(|(at, words)| (place(words), Fragment { quote: at + 1, nth: 0 }));
        let asides = asides.iter().map(|words| (place(words), "why"));
        let paper = Paper::new(&source, spans, asides);
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
            .replace("<p dir=\"auto\" data-line=\"", "¶")
            .replace("</p>\n", "")
    }

    #[test]
    fn a_line_is_one_paragraph_however_long() {
        let line = "so we wait — ".repeat(2000);
        assert_eq!(drawn(&format!("“é”\n{line}\n"), &[], &[]), format!("¶1:“é”¶2:{line}"));
    }

    #[test]
    fn every_quote_is_one_element_unless_it_crosses_a_longer_one() {
        let cases: [(&str, &[&str], &[&str], &str); 10] = [
            ("so we wait & see", &["we wait"], &[], "¶1:so [1:we wait] &amp; see"),
            ("so we wait & see", &["we wait &", "wait"], &[], "¶1:so [1:we [2:wait] &amp;] see"),
            ("so we wait", &["we", "we"], &[], "¶1:so [1:[2:we]] wait"),
            ("so we wait", &["wait", "we wait"], &[], "¶1:so [2:we [1:wait]]"),
            ("é—漢 🦀 so", &["—漢 🦀", "🦀 so"], &[], "¶1:é[1:—漢 [2:🦀]][2-2: so]"),
            ("one\n\ntwo\nthree", &["one", "three"], &[], "¶1:[1:one]¶3:two¶4:[2:three]"),
            ("one\n\ntwo\nthree", &["ne\n\ntwo"], &[], "¶1:o[1:ne\n\ntwo]¶4:three"),
            ("one\ntwo\nthree", &["wo"], &["ne\ntwo"], "¶1:o{ne}¶2:{t[1:wo]}¶3:three"),
            ("so we wait", &["we wait"], &["so we"], "¶1:{so }[1:{we} wait]"),
            ("so we wait", &["we"], &["so we wait", "we wait", "wait"], "¶1:{so }{[1:we] }{wait}"),
        ];
        for (text, quotes, asides, want) in cases {
            assert_eq!(drawn(text, quotes, asides), want, "{quotes:?} in {text:?}");
        }
    }

    #[test]
    fn a_page_grows_with_its_text_and_not_with_asides_that_hold_all_of_it() {
        let source = SourceText::new("é—漢🦀\n".repeat(1_000));
        let all = Span::new(0, source.raw().len());
        let why = "so ".repeat(1_000);
        let written = |asides: usize| {
            let asides = (0..asides).map(|at| (Span::new(at * 13, all.end - at * 13), why.as_str()));
            let mut page = Vec::new();
            Paper::new(&source, [].into_iter(), asides).write(&mut page, |_| Label::default()).unwrap();
            page.len()
        };
        let (none, one, ten) = (written(0), written(1), written(10));
        assert!(one < none + why.len() + 1_000 * 300, "{one} after {none}");
        assert!(ten < one + 10 * why.len() + 10 * 300, "{ten} after {one}");
    }
}
