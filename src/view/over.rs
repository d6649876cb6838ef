//! What opens over the panes: a list to choose from, the problems.

use super::paper::{Edge, Frame, Paper, Strip};
use crate::app::{App, Choice, ChoiceRow, Cursor, Picker};
use crate::geometry::{self, Layout};
use crate::span::Span;
use crate::theme::Look;
use crate::wrap;

/// Draws a list to choose from, with what is typed below it in the footer.
pub(super) fn picker(picker: &Picker, layout: &Layout, paper: &mut Paper<'_>) {
    let area = picker.frame(layout);
    paper.clear(area);
    let strong = paper.theme.style(Look::Strong);
    let more = if picker.filling.is_some() { "+" } else { "" };
    let count = format!("{}/{}{more}", picker.shown.len(), picker.choices.len());
    let heading = &[(picker.title, strong)];
    paper.frame(Frame { area, edge: Edge::Box, focused: true, heading, right: &count });
    let inside = picker.inside(layout);
    if picker.shown.is_empty() {
        let words = match picker.filling {
            Some(_) => "Searching …",
            None => "Nothing is called that; Backspace takes back a letter.",
        };
        paper.say(inside, words, Look::Quiet);
    }
    let room = Picker::room(layout);
    let top = picker.first_seen(layout);
    let lines = picker.shown.iter().enumerate().skip(top).flat_map(|(at, ranked)| {
        let choice = picker.choices.get(ranked.item);
        let rows = choice.map(|choice| choice.rows(room)).unwrap_or_default();
        let chosen = at == picker.at.chosen;
        rows.into_iter()
            .filter_map(move |row| Some(Line { choice: choice?, row, marks: &ranked.marks, chosen }))
    });
    for (strip, line) in Strip::rows(inside).zip(lines) {
        draw_line(strip, &line, paper);
    }
}

/// One row of a choice.
struct Line<'p> {
    choice: &'p Choice,
    row: ChoiceRow,
    /// The letters that met what is typed: bytes of the choice's line.
    marks: &'p [Span],
    chosen: bool,
}

/// Draws a row of a choice, the name in a look of its own.
fn draw_line(strip: Strip, line: &Line<'_>, paper: &mut Paper<'_>) {
    let Line { choice, row, marks, chosen } = *line;
    if chosen {
        paper.bar(strip);
    }
    let look = if chosen { Look::Strong } else { Look::Plain };
    let mut strip = strip.behind(2).but(1).behind(geometry::cells(row.indent));
    let words = wrap::clip(row.span.of(&choice.line), strip.width.into());
    let kept = Span::new(0, words.trim_end_matches('…').len()).shifted(row.span.start);
    // What was cut is the name only where the name goes on behind it.
    let end = if choice.name > kept.end { words.len() } else { choice.name.saturating_sub(row.span.start) };
    for (part, look) in [(Span::new(0, end), look), (Span::new(end, words.len()), Look::Quiet)] {
        let found: Vec<Span> = marks
            .iter()
            .filter_map(|mark| mark.overlap(part.shifted(row.span.start))?.overlap(kept))
            .map(|mark| mark.back(row.span.start + part.start))
            .collect();
        strip = paper.put_marked(strip, part.of(&words), paper.theme.style(look), &found);
    }
}

/// Draws the problems, the current one with a bar.
pub(super) fn problems(app: &App, at: Cursor, layout: &Layout, paper: &mut Paper<'_>) {
    let area = layout.body;
    paper.clear(area);
    let problems = app.problem_rows();
    let strong = paper.theme.style(Look::Strong);
    let count = format!("{} of {}", at.chosen + 1, problems.count());
    let heading = &[("Problems", strong)];
    paper.frame(Frame { area, edge: Edge::Rule, focused: true, heading, right: &count });
    let style = paper.theme.style(Look::Plain);
    let chosen = problems.rows_of(at.chosen);
    let rows = problems.rows.iter().enumerate().skip(problems.top(at, app.problem_page()));
    for (strip, (number, row)) in Strip::rows(area).skip(1).zip(rows) {
        if chosen.contains(&number) {
            paper.bar(strip);
        }
        paper.put(strip.behind(1), row, style);
    }
}
