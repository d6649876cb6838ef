//! The way back from the text as shown to the text as it stands in the file.
//!
//! Only changed places are kept, as their distances from one another, and neighbours changed alike
//! share one entry: a clean text costs nothing, and a hostile one no more than a byte for each of its own.

use crate::span::{Span, in_32_bits};

/// Where the shown text differs from the raw one, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Map {
    /// The first of every [`PAGE`] runs, and how many bytes of `rest` stand before it.
    pages: Vec<(Run, u32)>,
    /// The other runs, each by what it adds to the one before it.
    rest: Vec<u8>,
    /// How many runs are in these two.
    count: usize,
    /// The last run that is complete, and the one behind it, which the next place may join.
    last: Option<Run>,
    open: Option<Run>,
}

/// How many runs are read at most to find one.
const PAGE: usize = 64;

/// The lengths of the pieces that are met most, raw and shown: a mark for a control character, a tab, CR LF,
/// a mark for what has two, three or four bytes, and what is left out of an emoji.
const COMMON: [u8; 8] = [0x13, 0x14, 0x21, 0x23, 0x33, 0x43, 0x30, 0x40];
/// Begins the one byte of a run of one piece of common lengths, less than [`NEAR`] bytes behind the last;
/// lengths alone are smaller, as no character has more than four bytes.
const SHORT: u8 = 0x80;
const NEAR: u8 = 16;

/// Changed places that stand side by side: `count` times `raw_len` bytes became `shown_len` bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    raw: u32,
    shown: u32,
    raw_len: u8,
    shown_len: u8,
    count: u32,
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
            raw: in_32_bits(raw.start),
            shown: in_32_bits(shown.start),
            raw_len: u8::try_from(raw.len()).unwrap_or(u8::MAX),
            shown_len: u8::try_from(shown.len()).unwrap_or(u8::MAX),
            count: 1,
        };
        match &mut self.open {
            Some(open) if open.goes_on_with(run) => open.count += 1,
            Some(_) | None => {
                if let Some(complete) = self.open.replace(run) {
                    self.keep(complete);
                }
            }
        }
    }

    /// Adds a run to those that are complete.
    fn keep(&mut self, run: Run) {
        match self.last.replace(run).filter(|_| !self.count.is_multiple_of(PAGE)) {
            Some(before) => run.write(before, &mut self.rest),
            None => self.pages.push((run, in_32_bits(self.rest.len()))),
        }
        self.count += 1;
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
        let begins_before = |run: &Run| {
            let start = run.shown as usize;
            match edge {
                Edge::Start => start <= shown,
                Edge::End => start < shown || start == shown && run.shown_len == 0,
            }
        };
        let Some(run) = self.last_of(begins_before) else { return shown };
        let inside = shown - run.shown as usize;
        run.raw as usize + scale(inside, run.shown_len, run.raw_len, run.count, edge)
    }

    fn shown_at(&self, raw: usize, edge: Edge) -> usize {
        let begins_before = |run: &Run| match edge {
            Edge::Start => run.raw as usize <= raw,
            Edge::End => (run.raw as usize) < raw,
        };
        let Some(run) = self.last_of(begins_before) else { return raw };
        let inside = raw - run.raw as usize;
        run.shown as usize + scale(inside, run.raw_len, run.shown_len, run.count, edge)
    }

    /// The last run of those at the beginning that `fits` holds for.
    fn last_of(&self, fits: impl Fn(&Run) -> bool) -> Option<Run> {
        if let Some(open) = self.open.filter(&fits) {
            return Some(open);
        }
        let page = self.pages.partition_point(|(run, _)| fits(run)).checked_sub(1)?;
        let &(mut run, from) = self.pages.get(page)?;
        let to = self.pages.get(page + 1).map_or(self.rest.len(), |&(_, next)| next as usize);
        let mut rest = self.rest.get(from as usize..to).unwrap_or_default();
        while let Some(next) = run.read(&mut rest).filter(&fits) {
            run = next;
        }
        Some(run)
    }
}

impl Run {
    /// Whether `next` stands right behind this run and is of the same shape.
    fn goes_on_with(self, next: Self) -> bool {
        let count = self.count;
        (self.raw_len, self.shown_len) == (next.raw_len, next.shown_len)
            && self.raw.saturating_add(count * u32::from(self.raw_len)) == next.raw
            && self.shown.saturating_add(count * u32::from(self.shown_len)) == next.shown
            && self.count < u32::MAX
    }

    /// Where the run ends, in the raw and the shown text.
    const fn end(self) -> (u32, u32) {
        let raw = self.raw.saturating_add(self.count.saturating_mul(self.raw_len as u32));
        (raw, self.shown.saturating_add(self.count.saturating_mul(self.shown_len as u32)))
    }

    /// Writes the run after the one it follows: how long its pieces are, how many bytes lie between the
    /// two, which are alike in both texts, and how many pieces it has. A common one has one byte.
    fn write(self, after: Self, to: &mut Vec<u8>) {
        let between = self.raw.saturating_sub(after.end().0);
        let lengths = self.raw_len << 4 | self.shown_len;
        let common = COMMON.iter().position(|&common| common == lengths);
        match (common, u8::try_from(between)) {
            (Some(common), Ok(between @ 0..NEAR)) if self.count == 1 => {
                to.push(SHORT | between << 3 | common as u8);
            }
            (Some(_) | None, _) => {
                to.push(lengths);
                number(between, to);
                number(self.count, to);
            }
        }
    }

    /// Reads the run behind this one, and takes it off `from`.
    fn read(self, from: &mut &[u8]) -> Option<Self> {
        let (&first, rest) = from.split_first()?;
        *from = rest;
        let (lengths, between, count) = if first & SHORT == 0 {
            (first, take_number(from)?, take_number(from)?)
        } else {
            (*COMMON.get(usize::from(first & 7))?, u32::from(first & !SHORT) >> 3, 1)
        };
        let (raw, shown) = self.end();
        let (raw, shown) = (raw.saturating_add(between), shown.saturating_add(between));
        Some(Self { raw, shown, raw_len: lengths >> 4, shown_len: lengths & 0xF, count })
    }
}

/// Writes a number in groups of seven bits, the least first; the high bit says that more follow.
fn number(mut number: u32, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(0x80 | (number & 0x7F) as u8);
        number >>= 7;
    }
    to.push(number as u8);
}

/// Reads such a number, and takes it off `from`.
fn take_number(from: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let (&byte, rest) = from.split_first()?;
        *from = rest;
        number |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Some(number)
}

/// `inside` bytes of a run whose pieces have `from` bytes here, as bytes where they have `to`.
fn scale(inside: usize, from: u8, to: u8, count: u32, edge: Edge) -> usize {
    let (from, to, count) = (usize::from(from), usize::from(to), count as usize);
    let begun = match edge {
        Edge::Start => inside.checked_div(from),
        Edge::End => (from > 0).then(|| inside.div_ceil(from)),
    };
    let pieces = begun.unwrap_or(count).min(count);
    pieces * to + inside.saturating_sub(from * count)
}

#[cfg(test)]
mod tests {
    use super::{Map, PAGE};
    use crate::span::Span;

    /// A map of `count` places, each of `lengths`, `between` bytes apart.
    fn map(count: usize, (raw, shown): (usize, usize), between: usize) -> Map {
        let mut map = Map::default();
        for place in 0..count {
            let (raw_at, shown_at) = (place * (raw + between), place * (shown + between));
            map.note(Span::new(raw_at, raw_at + raw), Span::new(shown_at, shown_at + shown));
        }
        map
    }

    #[test]
    fn what_is_common_takes_a_byte_a_place_and_neighbours_alike_take_none() {
        // (lengths, between, the most bytes for 64,000 places)
        let cases = [
            ((1, 3), 1, 64_000),
            ((1, 4), 15, 64_000),
            ((4, 3), 1, 64_000),
            ((3, 0), 2, 64_000),
            ((1, 3), 16, 3 * 64_000),
            ((2, 2), 1, 3 * 64_000),
            ((1, 3), 0, 0),
        ];
        for (lengths, between, most) in cases {
            let map = map(64_000, lengths, between);
            assert!(map.rest.len() <= most, "{lengths:?}, {between}: {}", map.rest.len());
            assert!(map.pages.len() <= 64_000 / PAGE);
        }
    }

    #[test]
    fn each_place_is_found_again_however_it_is_kept() {
        for lengths in [(1, 3), (1, 4), (2, 1), (2, 3), (3, 3), (4, 3), (3, 0), (4, 0), (2, 2), (1, 0)] {
            for between in [1, 15, 16, 200, 70_000] {
                let map = map(300, lengths, between);
                for place in [0, 1, PAGE - 1, PAGE, PAGE + 1, 298, 299] {
                    let (raw, shown) = (place * (lengths.0 + between), place * (lengths.1 + between));
                    let (raw, shown) = (Span::new(raw, raw + lengths.0), Span::new(shown, shown + lengths.1));
                    assert_eq!(map.to_shown(raw), shown, "{lengths:?}, {between}, {place}");
                    if lengths.1 > 0 {
                        assert_eq!(map.to_raw(shown), raw, "{lengths:?}, {between}, {place}");
                    }
                }
            }
        }
    }
}
