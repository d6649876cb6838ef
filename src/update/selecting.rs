//! Selecting a passage of a source with the keyboard, in vim's ways: one end stays, the other moves.

use super::moving::Move;
use super::{Copy, Effect, note};
use crate::app::{App, Focus, Mode, Selection, Sight};
use crate::cite;
use crate::coverage;
use crate::geometry::Pane;
use crate::keys::Action;
use crate::scroll::{Row, Rows};
use crate::span::Span;
use crate::wrap;
use unicode_segmentation::UnicodeSegmentation;

/// Begins to select at the cursor's row of the source.
pub(super) fn begin(app: &mut App) {
    let (Focus::Source, Some(source), Some(text)) = (app.place.focus, app.source(), app.source_text()) else {
        return note(app, "A passage is selected in the source: Enter or 5 leads there.");
    };
    let (_, at) = app.source_window();
    let rows = app.source_rows(text);
    let at = match rows.from(at, 1).first() {
        Some(Row::Words { span, .. }) => span.start,
        Some(Row::Gap { .. }) | None => rows.step(at, 1),
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
        Action::Copy | Action::CopyQuote | Action::CopyTable => {
            if let Some(text) = take(app, &selection, action) {
                let what = match action {
                    Action::CopyTable => "table of a quote",
                    Action::CopyQuote => "bare passage",
                    _ => "passage with where it is from",
                };
                // Nothing is selected any more that could be shown again.
                return Effect::Copy(Copy { text, what, again: None });
            }
        }
        Action::Print | Action::PrintQuote | Action::PrintTable => {
            return take(app, &selection, action).map_or(Effect::Nothing, Effect::Print);
        }
        _ => {
            let Some(text) = app.source_text() else { return Effect::Nothing };
            let page = app.page(Pane::Source);
            let shown = text.shown.text();
            let moving = moved(action, selection.moving, shown, &app.source_rows(text), page);
            app.mode = Mode::Selecting(Selection { moving, ..selection });
            follow(app);
        }
    }
    Effect::Nothing
}

/// The selection as an action says it; copying ends the selection, showing does not.
fn take(app: &mut App, selection: &Selection, action: Action) -> Option<String> {
    let (text, raw, shown) = app.selected(selection)?;
    let words = shown.of(text.shown.text());
    let taken = match action {
        Action::CopyTable | Action::PrintTable => app.with_passage(selection, |passage| passage.table()),
        Action::CopyQuote | Action::PrintQuote => Some(words.to_owned()),
        _ => Some(cite::passage(&app.briefing, &app.briefing[selection.source], raw)),
    };
    if taken.is_none() {
        note(app, "These words could not be found again as they are selected; take in whole words.");
    } else if let Action::Copy | Action::CopyQuote | Action::CopyTable = action {
        app.mode = Mode::Reading;
    }
    taken
}

/// Keeps the end that moves in sight.
fn follow(app: &mut App) {
    let Mode::Selecting(Selection { source, moving, .. }) = app.mode else { return };
    let (top, _) = app.source_window();
    let Some(text) = app.source_text() else { return };
    let rows = app.source_rows(text);
    let top = rows.showing(top, moving, app.page(Pane::Source));
    app.place.sight = Sight::Text { source, top, cursor: rows.step(moving, 0) };
}

/// Where the end at byte `at` goes.
fn moved(action: Action, at: usize, text: &str, rows: &Rows<'_>, page: usize) -> usize {
    let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let last = || text.grapheme_indices(true).next_back().map_or(0, |(start, _)| start);
    let clusters = |from: usize| behind.grapheme_indices(true).nth(from).map(|(by, _)| at + by);
    let words = || text.unicode_word_indices().map(|(start, word)| Span::new(start, start + word.len()));
    let end_of = |span: Span| {
        let last = span.of(text).grapheme_indices(true).next_back();
        span.start + last.map_or(0, |(start, _)| start)
    };
    let sentences = || coverage::split(text).into_iter();
    let row = rows.step(at, 0);
    let row_span = match rows.from(at, 1).first() {
        Some(Row::Words { span, .. }) => *span,
        Some(Row::Gap { .. }) | None => Span::new(row, row),
    };
    match action {
        Action::Left => before.grapheme_indices(true).next_back().map_or(0, |(start, _)| start),
        Action::Right => clusters(1).unwrap_or(at),
        Action::NextWord => words().find(|word| word.start > at).map_or_else(last, |word| word.start),
        Action::WordEnd => words().map(end_of).find(|&end| end > at).unwrap_or_else(last),
        Action::PreviousWord => {
            words().take_while(|word| word.start < at).last().map_or(0, |word| word.start)
        }
        Action::NextSentence => sentences().map(end_of).find(|&end| end > at).unwrap_or_else(last),
        Action::PreviousSentence => {
            sentences().take_while(|span| span.start < at).last().map_or(0, |span| span.start)
        }
        Action::NextParagraph => {
            let paragraphs = text.split_inclusive('\n').scan(0, |start, line| {
                let span = Span::new(*start, *start + line.trim_end().len());
                *start += line.len();
                Some(span)
            });
            paragraphs.filter(|span| !span.is_empty()).map(end_of).find(|&end| end > at).unwrap_or_else(last)
        }
        Action::PreviousParagraph => before.trim_end().rfind('\n').map_or(0, |line| line + 1),
        Action::RowStart => row_span.start,
        Action::RowEnd => end_of(row_span),
        _ => match Move::of(action) {
            Some(Move::First) => 0,
            Some(Move::Last) => last(),
            Some(way @ (Move::By(_) | Move::Halves(_))) => {
                let column = wrap::width(Span::new(row_span.start, at).of(text));
                let mut to = rows.step(at, way.steps(page));
                if let Some(Row::Gap { .. }) = rows.from(to, 1).first() {
                    to = rows.step(to, way.steps(page).signum());
                }
                match rows.from(to, 1).first() {
                    Some(Row::Words { span, .. }) => {
                        let by = wrap::prefix(span.of(text), column);
                        (span.start + by).min(end_of(*span))
                    }
                    Some(Row::Gap { .. }) | None => at,
                }
            }
            None => at,
        },
    }
}
