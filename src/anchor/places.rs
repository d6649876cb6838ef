//! The places where fragments stand in order in a text.

use super::samples::{Candidates, Samples};
use super::{Anchor, Match, Miss};
use crate::span::Span;
use memchr::memmem::Finder;
use std::{mem, slice};
use unicode_segmentation::GraphemeCursor;

/// How many bytes of a needle are searched for.
const HEAD: usize = 16;
/// What an occurrence costs besides its own bytes, in bytes.
const EACH: usize = 32;
/// How many bytes before a position decide whether it is inside a cluster: more than any that people write.
const CONTEXT: usize = 256;

/// A text to look for needles in.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    /// Its words.
    pub(super) text: &'t str,
    /// Samples of it, where it is searched often.
    pub(super) samples: Option<&'t Samples>,
    /// As what an occurrence in it matches.
    pub(super) matched: Match,
}

/// What may be read came to its end.
struct Spent;

/// Which of the places is asked for.
#[derive(Clone, Copy)]
pub(super) enum Which<'p> {
    /// The one of a number, from 1.
    Nth(usize),
    /// The one where the fragments are these raw bytes.
    At(&'p [Span]),
}

impl Which<'_> {
    fn is(self, number: usize, parts: &[Span]) -> bool {
        match self {
            Self::Nth(nth) => nth == number,
            Self::At(place) => place == parts,
        }
    }
}

/// The place that is asked for where all `fragments` stand in the text, if there is any place at all.
///
/// `accept` gives the raw bytes of an occurrence, or nothing if it is none. What is read is taken off
/// `left`; where that does not suffice the search is given up.
pub(super) fn choose(
    text: Text<'_>,
    fragments: &[impl AsRef<str>],
    which: Which<'_>,
    left: &mut usize,
    accept: impl Fn(Span) -> Option<Span>,
) -> Option<Result<Anchor, Miss>> {
    // Nearly every quote is of one fragment, and opening a briefing looks for them all.
    let (mut one, mut several);
    let needles: &mut [Needle<'_>] = if let [only] = fragments {
        one = Needle::new(only.as_ref(), text);
        slice::from_mut(&mut one)
    } else {
        several = fragments.iter().map(|fragment| Needle::new(fragment.as_ref(), text)).collect::<Vec<_>>();
        &mut several
    };
    let mut count = 0;
    let mut chosen = None;
    let mut from = 0;
    let mut parts = Vec::with_capacity(needles.len());
    let of = 'places: loop {
        parts.clear();
        let mut behind = from;
        for needle in &mut *needles {
            let (here, raw) = match needle.first(text.text, behind, &accept, left) {
                Ok(Some(occurrence)) => occurrence,
                Ok(None) => break 'places Some(count),
                Err(Spent) => break 'places None,
            };
            behind = here.end;
            if parts.is_empty() {
                from = here.end;
            }
            parts.push(raw);
        }
        count += 1;
        if which.is(count, &parts) {
            chosen = Some((count, mem::take(&mut parts)));
        }
    };
    match (chosen, of) {
        (Some((nth, parts)), of) => Some(Ok(Anchor { parts, matched: text.matched, nth, of })),
        (None, None) => Some(Err(Miss::GivenUp)),
        (None, Some(0)) => None,
        (None, Some(of)) => Some(Err(Miss::Beyond { of })),
    }
}

/// A fragment and how far the search for it has come.
struct Needle<'n> {
    words: &'n str,
    search: Search<'n>,
    /// Its last occurrence: where it stands in the text searched, and in the raw one.
    last: Option<(Span, Span)>,
}

/// How the places are found where a fragment may stand.
enum Search<'n> {
    /// By samples of the text.
    Samples(Candidates<'n>),
    /// By how the fragment begins: to make a finder for the whole of it costs more than to compare the rest.
    Head(Box<Finder<'n>>),
}

impl<'n> Needle<'n> {
    fn new(fragment: &'n str, text: Text<'n>) -> Self {
        let head = || Finder::new(fragment.as_bytes().get(..HEAD).unwrap_or(fragment.as_bytes()));
        let candidates = text.samples.and_then(|samples| samples.candidates(fragment));
        // Where they are many, the text is sooner read.
        let few = candidates.filter(|few| few.count() * (fragment.len() + EACH) <= text.text.len());
        let search = few.map_or_else(|| Search::Head(Box::new(head())), Search::Samples);
        Self { words: fragment, search, last: None }
    }

    /// The first occurrence at or behind byte `from`, which never comes before an earlier `from`.
    fn first(
        &mut self,
        text: &str,
        mut from: usize,
        accept: impl Fn(Span) -> Option<Span>,
        left: &mut usize,
    ) -> Result<Option<(Span, Span)>, Spent> {
        if let Some((here, _)) = self.last
            && here.start >= from
        {
            *left = left.checked_sub(1).ok_or(Spent)?;
            return Ok(self.last);
        }
        let len = self.words.len();
        loop {
            let at = match &mut self.search {
                Search::Samples(candidates) => candidates.first(from),
                Search::Head(finder) => {
                    let rest = text.as_bytes().get(from..).unwrap_or_default();
                    let found = finder.find(rest);
                    *left = left.checked_sub(found.unwrap_or(rest.len())).ok_or(Spent)?;
                    found.map(|at| from + at)
                }
            };
            let Some(at) = at else { return Ok(None) };
            *left = left.checked_sub(len + EACH).ok_or(Spent)?;
            let here = Span::new(at, at + len);
            if here.of(text) == self.words {
                let edges = [here.start, here.end].into_iter().filter(|&at| !is_plain_edge(text, at));
                *left = left.checked_sub(edges.count() * CONTEXT).ok_or(Spent)?;
                if let Some(raw) = accept(here) {
                    self.last = Some((here, raw));
                    return Ok(self.last);
                }
            }
            from = at + 1;
        }
    }
}

/// The span, if it neither begins nor ends inside a cluster of `text`.
pub(super) fn whole(text: &str, span: Span) -> Option<Span> {
    (between_clusters(text, span.start) && between_clusters(text, span.end)).then_some(span)
}

fn between_clusters(text: &str, at: usize) -> bool {
    if is_plain_edge(text, at) {
        return true;
    }
    let start = text.ceil_char_boundary(at.saturating_sub(CONTEXT));
    let window = Span::new(start, text.ceil_char_boundary(at + 1)).of(text);
    GraphemeCursor::new(at - start, window.len(), true).is_boundary(window, 0).unwrap_or(false)
}

/// Whether a byte is an end of the text, or stands between ASCII characters other than CR LF: then clusters end there.
fn is_plain_edge(text: &str, at: usize) -> bool {
    let around = (text.as_bytes().get(at.wrapping_sub(1)), text.as_bytes().get(at));
    let (Some(before), Some(behind)) = around else { return true };
    before.is_ascii() && behind.is_ascii() && (*before, *behind) != (b'\r', b'\n')
}
