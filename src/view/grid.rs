//! A table: headings that stay, the cells that are seen, what the cursor's cell holds, the legend.

use super::paper::{Edge, Frame, Paper, Strip};
use crate::app::App;
use crate::cite;
use crate::galley::{Galley, Ink, Row as Line};
use crate::geometry::{self, Layout, STACK_COLUMNS};
use crate::grid::{Above, Order, Row, Sheet, Table, Top, legend};
use crate::keys::Action;
use crate::theme::Look;
use crate::wrap;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Draws a table over the body of the screen.
pub(super) fn draw(app: &App, table: &Table, layout: &Layout, paper: &mut Paper<'_>) {
    paper.clear(layout.body);
    let sheet = Sheet::new(layout.body, &table.grid);
    let (top, left) = table.window(&sheet);
    let drawn = Drawn { table, sheet, top, left };
    drawn.frame(app, paper);
    drawn.column_headings(paper);
    if table.grid.rows.is_empty() {
        let way = match table.ask.topic {
            Some(_) => format!(" {} shows all.", app.keys_for(Action::AllTopics)),
            None => format!(" {} leads back.", app.keys_for(Action::Close)),
        };
        paper.say(sheet.body, &format!("{}{way}", table.ask.emptiness()), Look::Quiet);
    }
    drawn.rows(paper);
    drawn.detail(paper);
    drawn.legend(paper);
}

/// A table as it is drawn.
struct Drawn<'a> {
    table: &'a Table,
    sheet: Sheet,
    /// The first line that is seen.
    top: Top,
    /// The first column that is seen.
    left: usize,
}

/// What of a row is seen, and where.
struct Band<'a> {
    at: usize,
    row: &'a Row,
    /// The lines of it that are scrolled away.
    skipped: usize,
    area: Rect,
}

impl Drawn<'_> {
    /// The rule on top, with what the table is, who drew up the version of the cursor's column, and what of it is seen.
    fn frame(&self, app: &App, paper: &mut Paper<'_>) {
        let ask = &self.table.ask;
        let order = match ask.order {
            Order::File => String::new(),
            order @ (Order::Name | Order::Most) => format!(", {}", order.words()),
        };
        let title = format!("{}{order}", ask.title());
        let version = self.table.grid.columns.get(self.table.column).and_then(|column| column.version);
        let drawn_up = version.and_then(|version| cite::drawn_up(&app.briefing[version]));
        let drawn_up = drawn_up.map(|drawn_up| format!(" · {drawn_up}")).unwrap_or_default();
        let heading = &[(&*title, paper.heading(true)), (&*drawn_up, paper.theme.style(Look::Plain))];
        let right = &*self.whereabouts();
        paper.frame(Frame { area: self.sheet.frame, edge: Edge::Rule, focused: true, heading, right });
    }

    /// Which row and which columns of how many; where there is little room, without their nouns.
    fn whereabouts(&self) -> String {
        let Self { table, sheet, left, .. } = *self;
        let grid = &table.grid;
        let (down, across) = if sheet.frame.width < STACK_COLUMNS {
            (String::new(), String::new())
        } else {
            (format!("{} ", grid.row_noun), format!("{} ", grid.across))
        };
        let rows = format!("{down}{}/{}", (table.row + 1).min(grid.rows.len()), grid.rows.len());
        let columns = grid.columns.len();
        if sheet.seen >= columns {
            return rows;
        }
        let before = if left > 0 { "‹ " } else { "" };
        let after = if left + sheet.seen < columns { " ›" } else { "" };
        let first = if sheet.seen > 1 { format!("{}–", left + 1) } else { String::new() };
        format!("{rows} · {before}{across}{first}{}/{columns}{after}", left + sheet.seen)
    }

    fn column_headings(&self, paper: &mut Paper<'_>) {
        let Self { table, sheet, left, .. } = *self;
        let area = sheet.headings;
        if area.is_empty() {
            return;
        }
        let quiet = paper.theme.style(Look::Quiet);
        let lines = area.height.saturating_sub(1).max(1);
        let seen = table.grid.columns.iter().enumerate().skip(left).take(sheet.seen);
        for (nth, (at, heading)) in seen.enumerate() {
            let column = sheet.column(nth);
            let strong = paper.theme.style(Look::Strong);
            let style = if at == table.column { paper.heading(true) } else { strong };
            let words = wrap::at_most(&heading.words, sheet.words(), usize::from(lines));
            // Short headings stand on the rule.
            let empty = usize::from(lines).saturating_sub(words.len());
            let strips = Strip::rows(Rect { x: column.x, width: column.width, ..area });
            for (strip, words) in strips.skip(empty).zip(words) {
                paper.put(strip.behind(1), &words, style);
            }
        }
        let corner = Strip { x: area.x, y: area.y + lines - 1, width: sheet.first };
        paper.put(corner.behind(1).but(1), table.grid.down, quiet);
        if area.height > lines {
            paper.rule(Strip { y: area.bottom() - 1, ..area.into() });
        }
    }

    fn rows(&self, paper: &mut Paper<'_>) {
        let Self { table, sheet, top, left } = *self;
        let mut y = sheet.body.y;
        let mut skipped = top.line;
        for (at, row) in table.grid.rows.iter().enumerate().skip(top.row) {
            if y >= sheet.body.bottom() {
                break;
            }
            let tall = row.tall(&sheet, left).saturating_sub(skipped);
            let height = geometry::cells(tall).min(sheet.body.bottom() - y);
            self.row(&Band { at, row, skipped, area: Rect { y, height, ..sheet.body } }, paper);
            y += height;
            skipped = 0;
        }
    }

    fn row(&self, band: &Band<'_>, paper: &mut Paper<'_>) {
        let Self { table, sheet, left, .. } = *self;
        let above = band.row.above.tall();
        self.above(band, paper);
        let body = Rect {
            y: band.area.y + geometry::cells(above.saturating_sub(band.skipped)).min(band.area.height),
            ..band.area
        };
        let body = Rect { height: band.area.bottom() - body.y, ..body };
        let skipped = band.skipped.saturating_sub(above);
        let chosen = band.at == table.row;
        self.row_heading(band, body, paper);
        for (nth, at) in (left..table.grid.columns.len()).take(sheet.seen).enumerate() {
            let column = sheet.column(nth);
            let here = chosen && at == table.column;
            let lines = band.row.cell(at).lines(sheet.words());
            let area = Rect { x: column.x, width: column.width, ..body };
            if here {
                // One stands also where all of the cell is scrolled away.
                let bars = lines.rows().len().saturating_sub(skipped).max(1);
                Strip::rows(area).take(bars).for_each(|strip| paper.bar(strip));
            }
            for (strip, line) in Strip::rows(area).zip(lines.rows().iter().skip(skipped)) {
                put_line(paper, strip.behind(1).but(1), &lines, line, here);
            }
        }
    }

    /// What stands above a row: a rule, or the time that has passed since the row above.
    fn above(&self, band: &Band<'_>, paper: &mut Paper<'_>) {
        let quiet = paper.theme.style(Look::Quiet);
        let area = band.area;
        match &band.row.above {
            Above::Nothing => {}
            Above::Rule if band.skipped > 0 || self.top.row == band.at => {}
            Above::Rule => {
                paper.rule(area.into());
            }
            above @ (Above::Steps(_) | Above::Break(_)) => {
                let words = above.words();
                for strip in Strip::rows(area).take(above.tall().saturating_sub(band.skipped)) {
                    paper.put(strip.behind(self.sheet.first + 1), &words, quiet);
                }
            }
        }
    }

    /// A row's heading stays in sight as long as any of its row does; one like that of the row above is not said again.
    fn row_heading(&self, band: &Band<'_>, body: Rect, paper: &mut Paper<'_>) {
        let Self { table, sheet, top, .. } = *self;
        let chosen = band.at == table.row;
        let before = band.at.checked_sub(1).filter(|before| *before >= top.row);
        let again = before
            .and_then(|before| table.grid.rows.get(before))
            .is_some_and(|row| row.heading == band.row.heading);
        if again && !chosen {
            return;
        }
        let style = if chosen { paper.heading(true) } else { paper.theme.style(Look::Plain) };
        let words = wrap::at_most(&band.row.heading.words, sheet.heading_words(), usize::from(body.height));
        for (strip, words) in Strip::rows(Rect { width: sheet.first, ..body }).zip(words) {
            paper.put(strip.behind(1), &words, style);
        }
    }

    /// What the cursor's cell holds, where the cell itself says it in short.
    fn detail(&self, paper: &mut Paper<'_>) {
        let (table, area) = (self.table, self.sheet.detail);
        if area.is_empty() {
            return;
        }
        let (Some(row), Some(column), Some(cell)) =
            (table.grid.rows.get(table.row), table.grid.columns.get(table.column), table.cell())
        else {
            return;
        };
        let heading = format!("{} · {}", row.heading.words, column.words);
        let plain: Style = paper.theme.style(Look::Plain);
        let (heading, right) = (&[(heading.as_str(), plain)], &*cell.tally());
        paper.frame(Frame { area, edge: Edge::Rule, focused: false, heading, right });
        let mut lines = cell.list(usize::from(area.width.saturating_sub(2)));
        if cell.entries.is_empty() {
            lines.line(Ink::Quiet, "Nothing in these texts.");
        }
        for (strip, line) in Strip::rows(area).skip(1).zip(lines.rows()) {
            put_line(paper, strip.behind(1), &lines, line, false);
        }
    }

    fn legend(&self, paper: &mut Paper<'_>) {
        let area = self.sheet.legend;
        let plain = paper.theme.style(Look::Plain);
        let lines = legend(&self.table.grid, usize::from(area.width.saturating_sub(1)));
        for (strip, line) in Strip::rows(area).zip(lines) {
            line.into_iter()
                .fold(strip.behind(1), |strip, (sign, word)| paper.put_sign(strip, sign, plain, word));
        }
    }
}

/// Draws a line of a cell; what the cursor's cell says in words of ours is stronger.
fn put_line(paper: &mut Paper<'_>, strip: Strip, lines: &Galley, line: &Line, here: bool) {
    let mut rest = strip.behind(geometry::cells(line.indent));
    for (ink, words) in lines.runs(line) {
        let style = match (here, ink) {
            (true, Ink::Plain) => paper.theme.style(Look::Strong),
            (_, ink) => paper.theme.ink(ink),
        };
        rest = paper.put(rest, &wrap::clip(words.of(lines.text()), rest.width.into()), style);
    }
}
