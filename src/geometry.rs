//! The size of the terminal to the rectangles of the panes; nothing else decides where a pane is.

use ratatui::layout::Rect;
use std::ops::{Index, IndexMut};

/// From this many columns the lists, the card and the source stand side by side.
const THREE_COLUMNS: u16 = 160;
/// From this many columns the lists stand beside the card and the source.
const TWO_COLUMNS: u16 = 100;
/// Below this many columns one pane is shown at a time.
pub const STACK_COLUMNS: u16 = 60;
/// Below this many rows one pane is shown at a time.
const STACK_ROWS: u16 = 16;
/// Prose is set at most this many cells wide, whatever the pane.
pub const PROSE: u16 = 76;
/// The cells left of a source's words: cursor bar, paragraph number, quote mark, space.
pub const GUTTER: u16 = 7;
/// The cells left of a list's titles: selection bar, glyph, space.
pub const LIST_GUTTER: u16 = 3;
/// The cells left of a card's words: selection bar, space.
pub const CARD_GUTTER: u16 = 2;

/// The terminal's size in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Cells in a row.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The three lists, in the order they are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// What the plan says and how it came about.
    PlanPoints,
    /// How somebody responded.
    Reactions,
    /// What nobody knows yet.
    OpenQuestions,
}

/// One thing for each list: `things[list]` is that list's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PerList<T>([T; 3]);

/// The panes, in the order that Tab visits them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// One of the lists.
    List(List),
    /// The card.
    Card,
    /// The source.
    Source,
}

/// How the panes are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Lists, card, source: three columns.
    Columns,
    /// Lists beside card above source.
    Pair,
    /// One list with tabs, card, source: above each other.
    Stack,
    /// The focused pane alone.
    Single,
}

/// What fills the body of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// The panes.
    Panes,
    /// The panes, with the results of a search in place of the lists.
    Results,
}

/// Where everything is. A rectangle without cells is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How the panes are arranged.
    pub shape: Shape,
    /// The line on top.
    pub status: Rect,
    /// The three lists, frames included; in a stack only the list in use has cells.
    pub lists: PerList<Rect>,
    /// The results of a search, frame included.
    pub results: Rect,
    /// The card, frame included.
    pub card: Rect,
    /// The source, frame included.
    pub source: Rect,
    /// Everything between the status and the footer.
    pub body: Rect,
    /// The line at the bottom.
    pub footer: Rect,
}

impl List {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::PlanPoints, Self::Reactions, Self::OpenQuestions];

    /// Its place in `ALL`.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::PlanPoints => 0,
            Self::Reactions => 1,
            Self::OpenQuestions => 2,
        }
    }

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::PlanPoints => "Plan points",
            Self::Reactions => "Reactions",
            Self::OpenQuestions => "Open questions",
        }
    }
}

impl<T> Index<List> for PerList<T> {
    type Output = T;

    fn index(&self, list: List) -> &T {
        let Self([plan_points, reactions, open_questions]) = self;
        match list {
            List::PlanPoints => plan_points,
            List::Reactions => reactions,
            List::OpenQuestions => open_questions,
        }
    }
}

impl<T> IndexMut<List> for PerList<T> {
    fn index_mut(&mut self, list: List) -> &mut T {
        let Self([plan_points, reactions, open_questions]) = self;
        match list {
            List::PlanPoints => plan_points,
            List::Reactions => reactions,
            List::OpenQuestions => open_questions,
        }
    }
}

impl Pane {
    /// All of them, in the order that Tab visits them.
    pub const ALL: [Self; 5] = [
        Self::List(List::PlanPoints),
        Self::List(List::Reactions),
        Self::List(List::OpenQuestions),
        Self::Card,
        Self::Source,
    ];

    /// Its place in `ALL`.
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::List(list) => list.index(),
            Self::Card => 3,
            Self::Source => 4,
        }
    }

    /// Its name, in what the reader types and in what is remembered.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::List(List::PlanPoints) => "plan-points",
            Self::List(List::Reactions) => "reactions",
            Self::List(List::OpenQuestions) => "open-questions",
            Self::Card => "card",
            Self::Source => "source",
        }
    }
}

impl Shape {
    /// The arrangement for a terminal of this size.
    #[must_use]
    pub const fn of(size: Size) -> Self {
        if size.columns < STACK_COLUMNS || size.rows < STACK_ROWS {
            Self::Single
        } else if size.columns < TWO_COLUMNS {
            Self::Stack
        } else if size.columns < THREE_COLUMNS {
            Self::Pair
        } else {
            Self::Columns
        }
    }

    /// Whether panes have a frame all round, not only a rule on top.
    #[must_use]
    pub const fn is_boxed(self) -> bool {
        matches!(self, Self::Columns | Self::Pair)
    }
}

/// What the screen is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The pane that has the focus.
    pub pane: Pane,
    /// The list in use.
    pub list: List,
    /// Whether that pane has the body to itself.
    pub zoomed: bool,
    /// What else the body holds.
    pub body: Body,
}

impl Layout {
    /// The rectangles for a terminal of `size`.
    #[must_use]
    pub fn new(size: Size, Stage { pane, list, zoomed, body }: Stage) -> Self {
        let Size { columns, rows } = size;
        let status_rows = u16::from(rows >= 3);
        let footer_rows = u16::from(rows >= 2);
        let whole = Rect::new(0, status_rows, columns, rows - status_rows - footer_rows);
        let shape = if zoomed { Shape::Single } else { Shape::of(size) };
        let mut layout = Self {
            shape,
            status: Rect::new(0, 0, columns, status_rows),
            lists: PerList::default(),
            results: Rect::ZERO,
            card: Rect::ZERO,
            source: Rect::ZERO,
            body: whole,
            footer: Rect::new(0, rows - footer_rows, columns, footer_rows),
        };
        let left = layout.place_reading_panes(pane, body);
        match body {
            Body::Results => layout.results = left,
            Body::Panes if shape.is_boxed() => layout.lists = PerList(thirds(left)),
            Body::Panes => layout.lists[list] = left,
        }
        layout
    }

    /// Places card and source, and gives what is left for the lists or the results.
    fn place_reading_panes(&mut self, pane: Pane, body: Body) -> Rect {
        let whole = self.body;
        match self.shape {
            Shape::Columns => {
                let list = (whole.width / 4).clamp(40, 62);
                let reading = whole.width - list;
                let source = (reading / 2).max(PROSE + GUTTER + 3).min(reading - 50);
                let (left, rest) = beside(whole, list);
                (self.card, self.source) = beside(rest, rest.width - source);
                left
            }
            Shape::Pair => {
                let list = (whole.width * 3 / 8).clamp(38, 60);
                let (left, right) = beside(whole, list);
                (self.card, self.source) = above(right, (right.height / 2).min(16));
                left
            }
            Shape::Stack => {
                let list = match body {
                    Body::Panes => (whole.height / 3).clamp(4, 12),
                    Body::Results => whole.height / 2,
                };
                let (top, rest) = above(whole, list);
                (self.card, self.source) = above(rest, rest.height / 2);
                top
            }
            Shape::Single => match (body, pane) {
                (Body::Results, _) | (Body::Panes, Pane::List(_)) => whole,
                (Body::Panes, Pane::Card) => {
                    self.card = whole;
                    Rect::ZERO
                }
                (Body::Panes, Pane::Source) => {
                    self.source = whole;
                    Rect::ZERO
                }
            },
        }
    }

    /// The cells inside a pane's frame.
    #[must_use]
    pub fn inside(&self, frame: Rect) -> Rect {
        let top = frame.height.min(1);
        if self.shape.is_boxed() {
            let side = frame.width.min(1);
            let bottom = frame.height.saturating_sub(top).min(1);
            Rect::new(
                frame.x + side,
                frame.y + top,
                frame.width.saturating_sub(2),
                frame.height - top - bottom,
            )
        } else {
            Rect::new(frame.x, frame.y + top, frame.width, frame.height - top)
        }
    }

    /// The frame of a list of `rows` that opens over the panes: as large as it needs and may be.
    #[must_use]
    pub fn over(&self, rows: usize) -> Rect {
        let body = self.body;
        let width = if body.width < 70 { body.width } else { (body.width / 5 * 4).min(100) };
        let most = if body.height < 12 { body.height } else { body.height - body.height / 5 };
        let height = cells(rows.max(1)).saturating_add(2).min(most);
        Rect::new(body.x + (body.width - width) / 2, body.y + (body.height - height) / 3, width, height)
    }

    /// The inside of such a frame.
    #[must_use]
    pub fn inside_over(frame: Rect) -> Rect {
        let (side, top) = (frame.width.min(1), frame.height.min(1));
        let (width, height) = (frame.width.saturating_sub(2), frame.height.saturating_sub(2));
        Rect::new(frame.x + side, frame.y + top, width, height)
    }

    /// The frame of a pane.
    #[must_use]
    pub fn frame(&self, pane: Pane) -> Rect {
        match pane {
            Pane::List(list) => self.lists[list],
            Pane::Card => self.card,
            Pane::Source => self.source,
        }
    }

    /// The pane at a cell, if one is there.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|&pane| self.frame(pane).contains((column, row).into()))
    }

    /// The width in cells of a source's words.
    #[must_use]
    pub fn prose_width(&self) -> usize {
        usize::from(self.inside(self.source).width.saturating_sub(GUTTER + 1).clamp(1, PROSE))
    }

    /// The width in cells of a card's words.
    #[must_use]
    pub fn card_width(&self) -> usize {
        usize::from(self.inside(self.card).width.saturating_sub(CARD_GUTTER + 1).clamp(1, PROSE))
    }

    /// The width in cells of a hit's title in the results.
    #[must_use]
    pub fn hit_width(&self) -> usize {
        usize::from(self.inside(self.results).width.saturating_sub(LIST_GUTTER).max(1))
    }

    /// The width in cells of a list’s titles: between the gutter and the cell at the right that says whether a card was read.
    #[must_use]
    pub fn title_width(&self, frame: Rect) -> usize {
        usize::from(self.inside(frame).width.saturating_sub(LIST_GUTTER + 2).max(1))
    }
}

/// Cuts `area` into its left `width` columns and the rest.
fn beside(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}

/// Cuts `area` into its upper `height` rows and the rest.
fn above(area: Rect, height: u16) -> (Rect, Rect) {
    let height = height.min(area.height);
    (Rect { height, ..area }, Rect { y: area.y + height, height: area.height - height, ..area })
}

/// Cuts `area` into three, one above the other; what does not divide goes to the first.
fn thirds(area: Rect) -> [Rect; 3] {
    let third = area.height / 3;
    let (first, rest) = above(area, area.height - 2 * third);
    let (second, last) = above(rest, third);
    [first, second, last]
}

/// So many cells or rows as the terminal counts them, or the most that it counts.
#[must_use]
pub fn cells(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pane_leaves_the_screen_and_no_two_overlap() {
        for columns in [0, 1, 2, 20, 39, 40, 59, 60, 99, 100, 120, 159, 160, 200, 1000] {
            for rows in [0, 1, 2, 3, 4, 11, 12, 15, 16, 24, 36, 50, 1000] {
                for pane in Pane::ALL {
                    for (zoomed, body) in [(false, Body::Panes), (true, Body::Panes), (false, Body::Results)]
                    {
                        let size = Size { columns, rows };
                        let stage = Stage { pane, list: List::Reactions, zoomed, body };
                        let layout = Layout::new(size, stage);
                        let screen = Rect::new(0, 0, columns, rows);
                        let mut frames = vec![layout.status, layout.footer, layout.card, layout.source];
                        frames.push(layout.results);
                        frames.extend(layout.lists.0);
                        frames.retain(|frame| !frame.is_empty());
                        for (at, frame) in frames.iter().enumerate() {
                            assert_eq!(frame.intersection(screen), *frame, "{size:?} {pane:?}");
                            let inside = layout.inside(*frame);
                            assert_eq!(inside.intersection(*frame), inside, "{size:?} {pane:?}");
                            for other in &frames[at + 1..] {
                                assert!(frame.intersection(*other).is_empty(), "{size:?} {pane:?}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_width_and_the_height_decide_the_shape() {
        let cases = [
            (160, 16, Shape::Columns),
            (159, 50, Shape::Pair),
            (100, 16, Shape::Pair),
            (99, 24, Shape::Stack),
            (60, 16, Shape::Stack),
            (59, 24, Shape::Single),
            (200, 15, Shape::Single),
        ];
        for (columns, rows, want) in cases {
            assert_eq!(Shape::of(Size { columns, rows }), want, "{columns}x{rows}");
        }
    }
}
