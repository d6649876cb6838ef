//! Selecting a passage of a source with the keyboard, in vim's ways: one end stays, the other moves.

use super::{Clip, Effect, note};
use crate::app::{App, Focus, Mode, Selection, Sight, Window};
use crate::cite;
use crate::geometry::Pane;
use crate::keys::{Action, Copied, Move, Stride};
use crate::lines;
use crate::rows::Rows;
use crate::sanitize::handed_on;
use crate::sentences::sentences_from;
use crate::span::Span;
use crate::wrap;
use std::iter;
use unicode_segmentation::UnicodeSegmentation;

/// So many bytes back a stride looks at first, and so many times as far where that is not enough: a text is long, and
/// the next word is near.
const NEAR: usize = 1 << 12;
const FURTHER: usize = 4;

/// Begins to select at the cursor's row of the source.
pub(super) fn begin(app: &mut App) {
    let window = app.source_window().filter(|window| !window.text.paragraphs.is_empty());
    let (Focus::Source, Some(source), Some(mut window)) = (app.place.focus, app.source(), window) else {
        if app.place.focus == Focus::Source {
            let sources = app.keys_for(Action::Sources);
            return note(app, &format!("There is no text here to select in; {sources} chooses a source."));
        }
        let [open, source] = [Action::Open, Action::Focus(Pane::Source)].map(|action| app.keys_for(action));
        return note(app, &format!("A passage is selected in the source: {open} or {source} leads there."));
    };
    let at = match window.rows.words(window.cursor) {
        Some(words) => words.start,
        None => window.rows.step(window.cursor, 1),
    };
    app.mode = Mode::Selecting(Selection { source, fixed: at, moving: at });
    follow(app);
}

/// Does what an action means while a passage is selected.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    let Mode::Selecting(selection) = &app.mode else { return Effect::Nothing };
    let selection = *selection;
    match action {
        Action::Close => app.mode = Mode::Reading,
        Action::SwapEnds => {
            let swapped = Selection { fixed: selection.moving, moving: selection.fixed, ..selection };
            app.mode = Mode::Selecting(swapped);
            follow(app);
        }
        Action::Copy(what) => {
            if let Some((text, what)) = take(app, &selection, what) {
                app.mode = Mode::Reading;
                // Nothing is selected any more that could be shown again.
                return Effect::Copy(Clip { text, what, again: None });
            }
        }
        Action::Print(what) => {
            return take(app, &selection, what).map_or(Effect::Nothing, |(text, _)| Effect::Print(text));
        }
        Action::Left => go(app, |end| end.left()),
        Action::Right => go(app, |end| end.right()),
        Action::Stride(stride) => go(app, |end| end.stride(stride)),
        Action::Move(way) => {
            let page = app.page(Pane::Source);
            go(app, |end| end.moved(way, page));
        }
        _ => {}
    }
    Effect::Nothing
}

/// The selection as it is to be copied or shown, and what to call it.
fn take(app: &mut App, selection: &Selection, what: Copied) -> Option<(String, &'static str)> {
    let (text, raw, _) = app.selected(selection)?;
    let taken = match what {
        Copied::Table => {
            app.with_clipping(selection, |clipping| clipping.table()).map(|table| (table, "table of a quote"))
        }
        Copied::Bare => Some((handed_on(raw.of(text.raw())).into_owned(), "bare passage")),
        Copied::Cited => {
            let passage = cite::passage(&app.briefing, &app.briefing[selection.source], raw);
            Some((passage, "passage with where it is from"))
        }
        Copied::Card | Copied::Link => None,
    };
    if taken.is_none() {
        note(app, "These words could not be found again as they are selected; take in whole words.");
    }
    taken
}

/// Keeps the end that moves in sight.
fn follow(app: &mut App) {
    let Mode::Selecting(Selection { source, moving, .. }) = app.mode else { return };
    let Some(Window { mut rows, top, .. }) = app.source_window() else { return };
    let top = rows.showing(top, moving, app.page(Pane::Source));
    app.place.sight = Sight::Text { source, top, cursor: rows.step(moving, 0) };
}

/// Moves the end that moves to a byte of the text.
fn go(app: &mut App, to: impl FnOnce(&mut End<'_>) -> usize) {
    let (Mode::Selecting(selection), Some(Window { text, rows, .. })) = (&app.mode, app.source_window())
    else {
        return;
    };
    let mut end = End { text: text.shown.text(), rows, at: selection.moving };
    app.mode = Mode::Selecting(Selection { moving: to(&mut end), ..*selection });
    follow(app);
}

/// The end of a selection that moves; each way gives the byte that it leads to.
struct End<'t> {
    text: &'t str,
    rows: Rows<'t>,
    /// The byte that it is at.
    at: usize,
}

impl End<'_> {
    fn before(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    fn left(&self) -> usize {
        self.before().grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    fn right(&self) -> usize {
        let behind = self.text.get(self.at..).unwrap_or_default();
        behind.grapheme_indices(true).nth(1).map_or(self.at, |(by, _)| self.at + by)
    }

    /// The last character of the text.
    fn last(&self) -> usize {
        self.text.grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    /// The last character of a part of the text.
    fn end_of(&self, part: Span) -> usize {
        let last = part.of(self.text).grapheme_indices(true).next_back();
        part.start + last.map_or(0, |(start, _)| start)
    }

    /// A place so many bytes back, or less: the first blank behind it, or the beginning of the text.
    fn near(&self, reach: usize) -> usize {
        let from = self.text.floor_char_boundary(self.at.saturating_sub(reach));
        let rest = Span::new(from, self.at).of(self.text);
        let blank = if from == 0 { None } else { rest.find(char::is_whitespace) };
        from + blank.unwrap_or(0)
    }

    /// The first of the parts' last characters that is further on.
    fn next_end(&self, parts: impl Iterator<Item = Span>) -> usize {
        parts.map(|part| self.end_of(part)).find(|&end| end > self.at).unwrap_or_else(|| self.last())
    }

    /// The last of the parts' first characters that is further back; `parts` gives those from a byte on, the first of
    /// which may have begun before it.
    fn previous_start<P: Iterator<Item = Span>>(&self, parts: impl Fn(usize) -> P) -> usize {
        let mut reach = NEAR;
        loop {
            let from = self.near(reach);
            let begun = usize::from(from > 0);
            let before = parts(from).take_while(|part| part.start < self.at).skip(begun).last();
            match before {
                Some(part) => return part.start,
                None if from == 0 => return 0,
                None => reach = reach.saturating_mul(FURTHER),
            }
        }
    }

    /// The words of the row.
    fn row(&mut self) -> Span {
        self.rows.words(self.at).unwrap_or_else(|| {
            let row = self.rows.step(self.at, 0);
            Span::new(row, row)
        })
    }

    fn stride(&mut self, stride: Stride) -> usize {
        let text = self.text;
        match stride {
            Stride::NextWord => words_from(text, self.near(NEAR))
                .find(|word| word.start > self.at)
                .map_or_else(|| self.last(), |word| word.start),
            Stride::WordEnd => self.next_end(words_from(text, self.near(NEAR))),
            Stride::PreviousWord => self.previous_start(|from| words_from(text, from)),
            Stride::NextSentence => {
                let before = self.previous_start(|from| sentences_from(text, from));
                self.next_end(sentences_from(text, before))
            }
            Stride::PreviousSentence => self.previous_start(|from| sentences_from(text, from)),
            Stride::NextParagraph => self.next_end(paragraphs_from(text, lines::around(text, self.at).start)),
            Stride::PreviousParagraph => self.before().trim_end().rfind('\n').map_or(0, |line| line + 1),
            Stride::RowStart => self.row().start,
            Stride::RowEnd => {
                let row = self.row();
                self.end_of(row)
            }
        }
    }

    /// By rows, in the column that it is in, or to the ends of the text.
    fn moved(&mut self, way: Move, page: usize) -> usize {
        let steps = match way {
            Move::First => return 0,
            Move::Last => return self.last(),
            Move::By(_) | Move::HalfPage(_) | Move::Page(_) => way.steps(page),
        };
        let column = wrap::width(Span::new(self.row().start, self.at).of(self.text));
        let mut to = self.rows.step(self.at, steps);
        if self.rows.words(to).is_none() {
            to = self.rows.step(to, steps.signum());
        }
        self.rows.words(to).map_or(self.at, |row| {
            let by = wrap::prefix(row.of(self.text), column);
            (row.start + by).min(self.end_of(row))
        })
    }
}

/// The words of a text from byte `from` on.
fn words_from(text: &str, from: usize) -> impl Iterator<Item = Span> {
    let words = text.get(from..).unwrap_or_default().unicode_word_indices();
    words.map(move |(at, word)| Span::new(from + at, from + at + word.len()))
}

/// The lines of a text from byte `from` on, where one begins, that hold anything; each without the blanks at its end.
fn paragraphs_from(text: &str, mut from: usize) -> impl Iterator<Item = Span> {
    iter::from_fn(move || {
        let rest = text.get(from..)?.trim_start();
        // A mark may stand on the last of the blanks before it, and is one character with it.
        let line = lines::around(text, text.len() - rest.len());
        from = line.end;
        (!rest.is_empty()).then(|| Span::new(line.start, line.start + line.of(text).trim_end().len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraphs::Paragraphs;
    use crate::sentences::sentences;
    use proptest::prelude::*;

    const STRIDES: [Stride; 6] = [
        Stride::NextWord,
        Stride::WordEnd,
        Stride::PreviousWord,
        Stride::NextSentence,
        Stride::PreviousSentence,
        Stride::NextParagraph,
    ];

    /// Where a stride leads, told by looking at the whole text.
    fn told_by_the_whole(text: &str, at: usize, stride: Stride) -> usize {
        let words = || words_from(text, 0);
        let lines = text.lines().map(|line| {
            let start = line.as_ptr().addr() - text.as_ptr().addr();
            Span::new(start, start + line.trim_end().len())
        });
        let last = |part: Span| {
            let last = part.of(text).grapheme_indices(true).next_back();
            part.start + last.map_or(0, |(start, _)| start)
        };
        let further = |mut ends: Box<dyn Iterator<Item = usize>>| ends.find(|&end| end > at);
        let on = match stride {
            Stride::NextWord => further(Box::new(words().map(|word| word.start))),
            Stride::WordEnd => further(Box::new(words().map(last))),
            Stride::NextSentence => further(Box::new(sentences(text).into_iter().map(last))),
            _ => further(Box::new(lines.filter(|line| !line.is_empty()).map(last))),
        };
        let back = |parts: &mut dyn Iterator<Item = Span>| {
            parts.map(|part| part.start).take_while(|&start| start < at).last().unwrap_or(0)
        };
        match stride {
            Stride::PreviousWord => back(&mut words()),
            Stride::PreviousSentence => back(&mut sentences(text).into_iter()),
            _ => on.unwrap_or_else(|| last(Span::new(0, text.len()))),
        }
    }

    fn end<'t>(text: &'t str, paragraphs: &'t Paragraphs, at: usize) -> End<'t> {
        End { text, rows: Rows::new(text, paragraphs, 40), at }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_stride_leads_where_the_whole_text_says(
            parts in prop::collection::vec(
                "([ab漢é]{1,4}|Mr[.]|[.!。]”?|カナ| \u{301}?|\n){1,20}|(- ){3000}|[ab]{3000}|[. ]{3000}|[\n]{3000}|(漢。){900}|(b a[.] ){900}", 1..6
            ),
            place in 0.0..1.0_f64,
        ) {
            let text = parts.concat();
            let paragraphs = Paragraphs::new(&text);
            let places: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            let at = places.get((places.len() as f64 * place) as usize).copied().unwrap_or(0);
            for stride in STRIDES {
                let found = end(&text, &paragraphs, at).stride(stride);
                prop_assert_eq!(found, told_by_the_whole(&text, at, stride), "{:?} from {}", stride, at);
            }
        }
    }

    #[test]
    fn a_stride_ends_at_a_whole_character() {
        let text = "\n \u{301}\n";
        let paragraphs = Paragraphs::new(text);
        assert_eq!(end(text, &paragraphs, 0).stride(Stride::NextParagraph), 1);
    }

    #[test]
    fn a_stride_looks_at_what_is_near_alone() {
        let text = "An é—漢🦀. So\n".repeat(100_000);
        let paragraphs = Paragraphs::new(&text);
        let middle = text.floor_char_boundary(text.len() / 2);
        let end = end(&text, &paragraphs, middle);
        let looked_at = std::cell::Cell::new(0);
        let counted = |part: &Span| {
            assert!(part.start > middle - NEAR, "{part:?}");
            looked_at.set(looked_at.get() + 1);
        };
        assert!(end.previous_start(|from| words_from(&text, from).inspect(counted)) < middle);
        assert!(end.previous_start(|from| sentences_from(&text, from).inspect(counted)) < middle);
        let ahead = words_from(&text, end.near(NEAR)).inspect(counted);
        assert!(ahead.map(|word| word.start).any(|start| start > middle));
        assert!((1..NEAR).contains(&looked_at.get()));
    }
}
