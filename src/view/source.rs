//! The source: its paragraphs with their numbers, the quote painted where it stands.

use super::paper::{Edge, Frame, Paper, Strip};
use crate::anchor::Miss;
use crate::app::{App, Finds, Focus, Mode, Sight, Window};
use crate::cite::{self, label};
use crate::geometry::{self, GUTTER, Layout, Shape};
use crate::keys::Action;
use crate::model::{SourceText, signs};
use crate::rows::Row;
use crate::search;
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// So many cells of the heading are left to tell which text it is, where what stands at the right could be long.
const FOR_THE_NAME: usize = 26;

pub(super) fn draw(app: &App, layout: &Layout, paper: &mut Paper<'_>) {
    if layout.source.is_empty() {
        return;
    }
    let focused = app.place.focus == Focus::Source;
    let style = paper.heading(focused);
    let (heading, date, right) = heading(app, layout, focused);
    let heading = &[(heading.as_str(), style), (date.as_str(), style)];
    paper.frame(Frame { area: layout.source, edge: Edge::of(layout), focused, heading, right: &right });
    let area = layout.inside(layout.source);
    if area.is_empty() {
        return;
    }
    match app.source_window() {
        Some(window) if !window.text.paragraphs.is_empty() => draw_text(app, window, area, focused, paper),
        window => {
            let words = match app.source() {
                Some(_) if window.is_some() => {
                    &*format!("This text is empty; {} chooses another.", app.keys_for(Action::Sources))
                }
                Some(_) => {
                    &*format!("This text could not be read; {} shows why.", app.keys_for(Action::Problems))
                }
                None => &*format!(
                    "No quote, so no source to show; {} chooses one.",
                    app.keys_for(Action::Sources)
                ),
            };
            paper.say(area, words, Look::Quiet);
        }
    }
}

/// The heading, the date behind it, and what stands at the right: which quote, which place, which grade; where the
/// reader has moved away from it in the text, the paragraph of the cursor, or of an aside why it is one.
fn heading(app: &App, layout: &Layout, focused: bool) -> (String, String, String) {
    let Some(source) = app.source() else {
        return (String::from("5 Source"), String::new(), String::new());
    };
    let briefing = &app.briefing;
    let source = &briefing[source];
    let date = source.date.as_ref().map(|date| format!(" · {date}")).unwrap_or_default();
    // Where there is little room, which text it is says more than that it is one.
    let noun = if layout.shape == Shape::Single { "" } else { "Source · " };
    let heading = format!("5 {noun}{}", label(source));
    let room = usize::from(layout.source.width).saturating_sub(FOR_THE_NAME);
    let is_read = focused && matches!(app.place.sight, Sight::Text { .. });
    if is_read && let Some(aside) = app.aside_at_cursor() {
        return (heading, date, wrap::clip(&format!("aside: {}", aside.why), room).into_owned());
    }
    if let (Sight::Text { cursor, .. }, Some(text)) = (app.place.sight, &source.text) {
        let here = text.paragraph_at(cursor);
        let quoted =
            |part: &Span| text.paragraph_at(part.start)..=text.paragraph_at(part.end.saturating_sub(1));
        if !app.quote_parts().iter().any(|part| quoted(part).contains(&here)) {
            let of = text.paragraphs.len();
            let right = if of == 0 { String::new() } else { format!("¶{} of {of}", of.min(here + 1)) };
            return (heading, date, right);
        }
    }
    let right = match (app.card(), app.quote()) {
        (Some(card), Some(quote)) => {
            let which = format!("quote {} of {}", app.place.quote + 1, card.quotes.len());
            let place = quote.found.as_ref().ok().and_then(cite::which);
            let place = place.map(|which| format!(" · {which}")).unwrap_or_default();
            let told = |grade: &str| format!("{which}{place} · {grade}");
            let whole = told(&cite::grade(quote));
            if wrap::width(&whole) <= room { whole } else { told(quote.grade().word()) }
        }
        _ => String::new(),
    };
    (heading, date, right)
}

/// The spans of the shown text that look otherwise than the rest.
struct Paint {
    quote: Vec<Span>,
    /// Where the quote may have gone.
    near: Option<Span>,
    asides: Vec<Span>,
    marks: Vec<Span>,
    quoted: Vec<Span>,
    selected: Span,
}

fn draw_text(app: &App, window: Window<'_>, area: Rect, focused: bool, paper: &mut Paper<'_>) {
    let Window { text, mut rows, top, cursor } = window;
    let rows = rows.from(top, usize::from(area.height));
    let paint = paint(app, text, &rows);
    let notice = notice(app);
    for (strip, row) in Strip::rows(area).zip(&rows) {
        let begins = match *row {
            Row::Words { span, begins, .. } => {
                gutter(paper, strip, begins.map(|paragraph| paragraph + 1), &paint, span);
                words(paper, strip.behind(GUTTER), text.shown.text(), span, &paint);
                span.start
            }
            Row::Gap { at } => at,
        };
        if focused && begins == cursor {
            paper.bar(strip);
        }
    }
    if let Some(notice) = notice {
        let (room, most) = (area.width.saturating_sub(1), (area.height / 3).max(1));
        let rows = wrap::at_most(&notice, usize::from(room), usize::from(most));
        let height = geometry::cells(rows.len());
        let below = Rect { y: area.bottom() - height, height, ..area };
        paper.clear(below);
        for (strip, words) in Strip::rows(below).zip(rows) {
            paper.put(strip.behind(1), &words, paper.theme.style(Look::Warning));
        }
    }
}

/// Why nothing is painted, where the quote is not in the source.
fn notice(app: &App) -> Option<String> {
    match (&app.place.sight, &app.quote()?.found) {
        (Sight::Quote, Err(miss)) => Some(match miss {
            Miss::Drifted { agreement, .. } => {
                format!(
                    "The quote is not here word for word; {agreement} % of its words stand near this place."
                )
            }
            Miss::Absent | Miss::NoText => String::from("The quote is not in this text; nothing is painted."),
            Miss::GivenUp => String::from("Looking for the quote here took too long; nothing is painted."),
            Miss::Beyond { of } => {
                let times = if *of == 1 { "once".to_owned() } else { format!("{of} times") };
                format!("The quote stands here {times}, not as often as its nth says.")
            }
        }),
        (Sight::Quote | Sight::Text { .. }, Ok(_)) | (Sight::Text { .. }, Err(_)) => None,
    }
}

/// What of a text is painted in these rows.
fn paint(app: &App, text: &SourceText, rows: &[Row]) -> Paint {
    let words = |row: &Row| match *row {
        Row::Words { span, .. } => Some(span),
        Row::Gap { .. } => None,
    };
    let seen = match (rows.iter().find_map(words), rows.iter().rev().find_map(words)) {
        (Some(first), Some(last)) => Span::new(first.start, last.end),
        _ => Span::default(),
    };
    let source = app.source().map(|source| &app.briefing[source]);
    let raw = text.shown.to_raw(seen);
    let asides = source.map(|source| source.asides.as_slice()).unwrap_or_default().iter();
    let asides = asides.filter(|aside| aside.span.overlap(raw).is_some());
    Paint {
        quote: app.quote_parts(),
        near: app.near_miss(),
        asides: asides.map(|aside| text.shown.to_shown(aside.span)).collect(),
        marks: seen_marks(app, text, seen, rows),
        quoted: app.quoted_in(seen).into_iter().map(|(span, ..)| span).collect(),
        selected: selected(app, text),
    }
}

/// The passage that is selected.
fn selected(app: &App, text: &SourceText) -> Span {
    match &app.mode {
        Mode::Selecting(selection) => selection.span(text.shown.text()),
        Mode::Reading
        | Mode::Search(_)
        | Mode::Picker(_)
        | Mode::Command(_)
        | Mode::Problems(_)
        | Mode::Grid(_) => Span::default(),
    }
}

/// The hits of a search in these rows: places found in this text, or words found in its paragraphs.
fn seen_marks(app: &App, text: &SourceText, seen: Span, rows: &[Row]) -> Vec<Span> {
    let Some(search) = app.marked() else { return Vec::new() };
    if let Finds::Within { source, spans, .. } = &search.found {
        let here = spans.iter().copied().filter(|span| span.overlap(seen).is_some());
        return if Some(*source) == app.source() { here.collect() } else { Vec::new() };
    }
    let mut marks = Vec::new();
    let mut last = None;
    for row in rows {
        if let Row::Words { part, .. } = *row
            && last != Some(part)
        {
            last = Some(part);
            let found = search::marks_in(search.query(), part.of(text.shown.text()));
            marks.extend(found.into_iter().map(|mark| mark.shifted(part.start)));
        }
    }
    marks
}

/// What stands before a row's words: the number of the paragraph that it begins, and whether it is quoted.
fn gutter(paper: &mut Paper<'_>, strip: Strip, number: Option<usize>, paint: &Paint, row: Span) {
    let quiet = paper.theme.style(Look::Quiet);
    let accent = paper.theme.style(Look::Accent);
    if let Some(number) = number {
        paper.put(strip, &numeral(number), quiet);
    }
    let touches = |spans: &[Span]| spans.iter().any(|span| span.overlap(row).is_some());
    let mark = if touches(&paint.quote) {
        Some((signs::PAINTED, accent))
    } else if paint.near.is_some_and(|near| near.overlap(row).is_some()) {
        Some((signs::NEAR, paper.theme.style(Look::Warning)))
    } else if touches(&paint.quoted) {
        Some((signs::QUOTED, quiet))
    } else {
        None
    };
    if let Some((glyph, style)) = mark {
        paper.put(strip.behind(GUTTER - 2), glyph, style);
    }
}

/// A paragraph's number in the five cells that the gutter has for it, of which the cursor's bar takes the first: of
/// six digits and more the last.
fn numeral(number: usize) -> String {
    match number {
        ..10_000 => format!(" {number:>3}"),
        10_000..100_000 => number.to_string(),
        _ => format!("…{:04}", number % 10_000),
    }
}

/// Writes a row's words, each run in the style of what it is.
fn words(paper: &mut Paper<'_>, strip: Strip, text: &str, row: Span, paint: &Paint) {
    let within = |spans: &[Span], at: usize| spans.iter().any(|span| span.contains(at));
    let style_at = |at: usize| -> Style {
        let aside = within(&paint.asides, at);
        let mut style = paper.theme.style(if aside { Look::Quiet } else { Look::Plain });
        if within(&paint.marks, at) {
            style = style.patch(paper.theme.style(Look::Mark));
        }
        if within(&paint.quote, at) {
            style = style.patch(paper.theme.style(Look::Quote));
        }
        if paint.selected.contains(at) {
            style = paper.theme.style(Look::Selection);
        }
        style
    };
    let mut runs: Vec<(Span, Style)> = Vec::new();
    for (at, cluster) in wrap::clusters(row.of(text)) {
        let span = Span::new(row.start + at, row.start + at + cluster.len());
        let style = style_at(span.start);
        match runs.last_mut() {
            Some((run, same)) if *same == style => run.end = span.end,
            _ => runs.push((span, style)),
        }
    }
    let runs: Vec<(&str, Style)> = runs.iter().map(|(span, style)| (span.of(text), *style)).collect();
    paper.put_runs(strip, &runs);
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn a_number_leaves_room_for_the_mark_behind_it() {
        let numerals = [1, 999, 9_999, 10_000, 99_999, 100_000, 1_234_056].map(numeral);
        assert_eq!(numerals, ["   1", " 999", " 9999", "10000", "99999", "…0000", "…4056"]);
    }
}
