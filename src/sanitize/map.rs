//! The way back from the text as shown to the text as it stands in the file.
//!
//! Only changed places are kept, and neighbours changed alike share one entry, so that a clean text
//! costs nothing and a hostile one no more than a few times its own size.

use crate::span::Span;

/// Where the shown text differs from the raw one, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Map(Vec<Run>);

/// Changed places that stand side by side: `count` times `raw_len` bytes became `shown_len` bytes.
///
/// Offsets have 32 bits: a source is far below 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    raw: u32,
    shown: u32,
    raw_len: u8,
    shown_len: u8,
    count: u16,
}

/// Which end of a span a position is.
#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

impl Map {
    /// Notes that the bytes `raw` became the bytes `shown`, after all that was noted before.
    pub(super) fn note(&mut self, raw: Span, shown: Span) {
        let run = Run {
            raw: small(raw.start),
            shown: small(shown.start),
            raw_len: u8::try_from(raw.len()).unwrap_or(u8::MAX),
            shown_len: u8::try_from(shown.len()).unwrap_or(u8::MAX),
            count: 1,
        };
        match self.0.last_mut() {
            Some(last) if last.goes_on_with(run) => last.count += 1,
            Some(_) | None => self.0.push(run),
        }
    }

    /// The raw bytes behind shown bytes; a part of a replacement stands for the whole original, and
    /// what was dropped belongs to what stands before it.
    pub(super) fn to_raw(&self, shown: Span) -> Span {
        Span::new(self.raw_at(shown.start, Edge::Start), self.raw_at(shown.end, Edge::End))
    }

    /// The shown bytes that stand for raw bytes.
    pub(super) fn to_shown(&self, raw: Span) -> Span {
        Span::new(self.shown_at(raw.start, Edge::Start), self.shown_at(raw.end, Edge::End))
    }

    fn raw_at(&self, shown: usize, edge: Edge) -> usize {
        let before = self.0.partition_point(|run| match edge {
            Edge::Start => run.shown as usize <= shown,
            Edge::End => {
                let start = run.shown as usize;
                start < shown || start == shown && run.shown_len == 0
            }
        });
        let Some(run) = before.checked_sub(1).and_then(|last| self.0.get(last)) else { return shown };
        let inside = shown - run.shown as usize;
        run.raw as usize + scale(inside, run.shown_len, run.raw_len, run.count, edge)
    }

    fn shown_at(&self, raw: usize, edge: Edge) -> usize {
        let before = self.0.partition_point(|run| match edge {
            Edge::Start => run.raw as usize <= raw,
            Edge::End => (run.raw as usize) < raw,
        });
        let Some(run) = before.checked_sub(1).and_then(|last| self.0.get(last)) else { return raw };
        let inside = raw - run.raw as usize;
        run.shown as usize + scale(inside, run.raw_len, run.shown_len, run.count, edge)
    }
}

impl Run {
    /// Whether `next` stands right behind this run and is of the same shape.
    fn goes_on_with(self, next: Self) -> bool {
        let count = u32::from(self.count);
        (self.raw_len, self.shown_len) == (next.raw_len, next.shown_len)
            && self.raw.saturating_add(count * u32::from(self.raw_len)) == next.raw
            && self.shown.saturating_add(count * u32::from(self.shown_len)) == next.shown
            && self.count < u16::MAX
    }
}

/// `inside` bytes of a run whose pieces have `from` bytes here, as bytes where they have `to`.
fn scale(inside: usize, from: u8, to: u8, count: u16, edge: Edge) -> usize {
    let (from, to, count) = (usize::from(from), usize::from(to), usize::from(count));
    let begun = match edge {
        Edge::Start => inside.checked_div(from),
        Edge::End => (from > 0).then(|| inside.div_ceil(from)),
    };
    let pieces = begun.unwrap_or(count).min(count);
    pieces * to + inside.saturating_sub(from * count)
}

fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
