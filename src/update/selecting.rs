//! Selecting a passage of a source with the keyboard, in vim's ways: one end stays, the other moves.

use super::{Copy, Effect, note};
use crate::app::{App, Focus, Mode, Selection, Sight, Window};
use crate::cite;
use crate::geometry::Pane;
use crate::keys::{Action, Copied, Move, Stride};
use crate::rows::Rows;
use crate::sentences::sentences;
use crate::span::Span;
use crate::wrap;
use unicode_segmentation::UnicodeSegmentation;

/// Begins to select at the cursor's row of the source.
pub(super) fn begin(app: &mut App) {
    let (Focus::Source, Some(source), Some(mut window)) =
        (app.place.focus, app.source(), app.source_window())
    else {
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
                return Effect::Copy(Copy { text, what, again: None });
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
    let (text, raw, shown) = app.selected(selection)?;
    let taken = match what {
        Copied::Table => {
            app.with_passage(selection, |passage| passage.table()).map(|table| (table, "table of a quote"))
        }
        Copied::Bare => Some((shown.of(text.shown.text()).to_owned(), "bare passage")),
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

    /// The first of the parts' last characters that is further on.
    fn next_end(&self, parts: impl Iterator<Item = Span>) -> usize {
        parts.map(|part| self.end_of(part)).find(|&end| end > self.at).unwrap_or_else(|| self.last())
    }

    /// The last of the parts' first characters that is further back.
    fn previous_start(&self, parts: impl Iterator<Item = Span>) -> usize {
        parts.take_while(|part| part.start < self.at).last().map_or(0, |part| part.start)
    }

    /// The words of the row.
    fn row(&mut self) -> Span {
        self.rows.words(self.at).unwrap_or_else(|| {
            let row = self.rows.step(self.at, 0);
            Span::new(row, row)
        })
    }

    fn stride(&mut self, stride: Stride) -> usize {
        let words =
            || self.text.unicode_word_indices().map(|(start, word)| Span::new(start, start + word.len()));
        let sentences = || sentences(self.text).into_iter();
        match stride {
            Stride::NextWord => {
                words().find(|word| word.start > self.at).map_or_else(|| self.last(), |word| word.start)
            }
            Stride::WordEnd => self.next_end(words()),
            Stride::PreviousWord => self.previous_start(words()),
            Stride::NextSentence => self.next_end(sentences()),
            Stride::PreviousSentence => self.previous_start(sentences()),
            Stride::NextParagraph => {
                let paragraphs = self.text.split_inclusive('\n').scan(0, |start, line| {
                    let span = Span::new(*start, *start + line.trim_end().len());
                    *start += line.len();
                    Some(span)
                });
                self.next_end(paragraphs.filter(|span| !span.is_empty()))
            }
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
            Move::By(_) | Move::Halves(_) => way.steps(page),
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
