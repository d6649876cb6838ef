//! What opens over the panes: a list to choose from, the problems.

use super::lists::spans;
use super::paper::Paper;
use super::theme::Look;
use crate::app::{App, Cursor, Picker};
use crate::geometry::Layout;
use crate::search::Ranked;
use crate::span::Span;
use crate::wrap;

/// Draws a list to choose from, with what is typed below it in the footer.
pub(super) fn picker(picker: &Picker, layout: &Layout, paper: &mut Paper<'_>) {
    let area = layout.over(picker.choices.len());
    paper.clear(area);
    let strong = paper.theme.style(Look::Strong);
    let count = format!("{}/{}", picker.shown.len(), picker.choices.len());
    paper.frame(area, true, true, &[(picker.title, strong)], &count);
    let inside = layout.over_inside(picker.choices.len());
    if picker.shown.is_empty() && !inside.is_empty() {
        let words = "Nothing is called that; Backspace takes back a letter.";
        paper.put(inside.x + 1, inside.y, inside.width - 1, words, paper.theme.style(Look::Quiet));
    }
    let top = picker.at.first_seen(picker.shown.len(), usize::from(inside.height));
    let shown = picker.shown.iter().enumerate().skip(top);
    for (y, (at, Ranked { item, marks })) in (inside.y..inside.bottom()).zip(shown) {
        let Some(choice) = picker.choices.get(*item) else { continue };
        let chosen = at == picker.at.chosen;
        if chosen {
            paper.put(inside.x, y, 1, "▌", paper.theme.style(Look::Accent));
        }
        let look = if chosen { Look::Strong } else { Look::Plain };
        let room = inside.width.saturating_sub(3);
        let line = wrap::clip(&choice.line, usize::from(room)).into_owned();
        let kept = Span::new(0, line.trim_end_matches('…').len());
        let name = Span::new(0, if choice.name > kept.end { line.len() } else { choice.name });
        let of = |part: Span| -> Vec<Span> {
            let cut = |mark: &Span| {
                Some(mark.overlap(part)?.overlap(kept)?)
                    .map(|mark| Span::new(mark.start - part.start, mark.end - part.start))
            };
            marks.iter().filter_map(cut).collect()
        };
        let rest = Span::new(name.end, line.len());
        let used = spans(paper, inside.x + 2, y, room, name.of(&line), paper.theme.style(look), &of(name));
        let quiet = paper.theme.style(Look::Quiet);
        spans(paper, inside.x + 2 + used, y, room.saturating_sub(used), rest.of(&line), quiet, &of(rest));
    }
}

/// Draws the problems, the current one with a bar.
pub(super) fn problems(app: &App, at: Cursor, layout: &Layout, paper: &mut Paper<'_>) {
    let area = layout.body;
    paper.clear(area);
    let sheet = app.problem_sheet();
    let strong = paper.theme.style(Look::Strong);
    let count = format!("{} of {}", at.chosen + 1, sheet.count());
    paper.frame(area, false, true, &[("Problems", strong)], &count);
    let style = paper.theme.style(Look::Plain);
    let chosen = sheet.rows_of(at.chosen);
    let rows = sheet.rows.iter().enumerate().skip(sheet.top(at, app.problem_page()));
    for (y, (number, row)) in (area.y + 1..area.bottom()).zip(rows) {
        if chosen.contains(&number) {
            paper.put(area.x, y, 1, "▌", paper.theme.style(Look::Accent));
        }
        paper.put(area.x + 1, y, area.width.saturating_sub(1), row, style);
    }
}
