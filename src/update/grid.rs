//! What the keys do in a table: move over its cells, turn it, sort it, go to what a cell holds.

use super::{Effect, note, picker, reading};
use crate::app::{App, Choice, Mode, Pick};
use crate::cite;
use crate::grid::{Ask, Chart, Sheet, Table};
use crate::keys::{Action, Move};
use crate::model::{QuoteRef, Ref, Topic};

/// Opens a session, or goes on, at a table, with the lists narrowed to its topic. One that was left
/// is where it was left.
pub(super) fn open(app: &mut App, ask: Ask) {
    if app.place.topic != ask.topic {
        app.narrow(ask.topic);
    }
    let left = app.left.remove(&ask.chart).filter(|left| left.ask.topic == ask.topic);
    let table = left.unwrap_or_else(|| Box::new(Table::new(&app.briefing, ask)));
    app.mode = Mode::Grid(table);
}

/// Opens a table of the topic that the lists are narrowed to.
pub(super) fn open_chart(app: &mut App, chart: Chart) {
    open(app, Ask::new(chart, app.place.topic));
}

/// Goes to the panes from whatever is open over them; a table is kept to come back to.
pub(super) fn to_panes(app: &mut App) {
    if let Mode::Grid(table) = std::mem::replace(&mut app.mode, Mode::Reading) {
        app.left.insert(table.ask.chart, table);
    }
}

/// Does what an action means while a table is read.
pub(super) fn run(app: &mut App, action: Action) -> Effect {
    let body = app.layout().body;
    let Mode::Grid(table) = &mut app.mode else { return Effect::Nothing };
    let sheet = Sheet::new(body, &table.grid);
    match action {
        Action::Left => table.sideways(-1, &sheet),
        Action::Right => table.sideways(1, &sheet),
        Action::Open => return enter(app),
        Action::Close => to_panes(app),
        Action::Back => reading::back(app),
        Action::Forward => reading::forward(app),
        Action::Topic => picker::open_topics(app),
        Action::AllTopics => narrow(app, None),
        Action::Turn if table.ask.chart.turns() => {
            change(app, |ask| Ask { face: ask.face.turned(), ..ask });
        }
        Action::Sort if table.ask.chart.sorts() => {
            change(app, |ask| Ask { order: ask.order.next(), ..ask });
        }
        Action::Turn | Action::Sort => note(app, "This table has one form and one order."),
        Action::Table(chart) if chart != table.ask.chart => {
            to_panes(app);
            open_chart(app, chart);
        }
        Action::Move(Move::By(by)) => table.step(by, &sheet),
        Action::Move(way @ (Move::HalfPage(_) | Move::Page(_))) => {
            table.scroll(way.steps(sheet.page()), &sheet);
        }
        Action::Move(Move::First) => table.first(),
        Action::Move(Move::Last) => table.last(&sheet),
        _ => {}
    }
    Effect::Nothing
}

/// Moves what is seen, as a wheel does.
pub(super) fn wheel(app: &mut App, lines: isize) {
    let body = app.layout().body;
    if let Mode::Grid(table) = &mut app.mode {
        let sheet = Sheet::new(body, &table.grid);
        table.scroll(lines, &sheet);
    }
}

/// Narrows the lists, and the table that is read, to a topic, or widens them again.
pub(super) fn narrow(app: &mut App, topic: Option<Ref<Topic>>) {
    reading::narrow(app, topic);
    change(app, |ask| Ask { topic, ..ask });
}

/// Makes the table anew where something else is asked for, as its title then says.
fn change(app: &mut App, other: impl FnOnce(Ask) -> Ask) {
    let Mode::Grid(table) = &mut app.mode else { return };
    let ask = other(table.ask);
    if ask != table.ask {
        **table = table.anew(&app.briefing, ask);
    }
}

/// Goes to what the cursor's cell holds; where that is several cards, offers them.
fn enter(app: &mut App) -> Effect {
    let Mode::Grid(table) = &app.mode else { return Effect::Nothing };
    let entries = table.cell().map(|cell| cell.entries.as_slice()).unwrap_or_default();
    let mut held: Vec<QuoteRef> = Vec::new();
    for entry in entries {
        if held.iter().all(|quote| quote.card != entry.to.card) {
            held.push(entry.to);
        }
    }
    let chart = table.ask.chart;
    match held.as_slice() {
        [] => note(app, "Nothing in these texts: no card stands here."),
        &[quote] => return picker::take(app, pick(chart, quote)),
        _ => picker::open(app, "In this cell", |app| {
            held.iter().map(|&quote| choice(app, chart, quote)).collect()
        }),
    }
    Effect::Nothing
}

fn choice(app: &App, chart: Chart, quote: QuoteRef) -> Choice {
    let found = &app.briefing[quote.card];
    let name = format!("{} {}", found.sign(), found.title);
    Choice::new(&name, &cite::summary(&app.briefing, found), pick(chart, quote))
}

/// Where a chart's cells lead: to the card, or straight to the quote.
const fn pick(chart: Chart, quote: QuoteRef) -> Pick {
    match chart {
        Chart::Versions | Chart::Timeline => Pick::Card(quote),
        Chart::Stances | Chart::Coverage => Pick::Quote(quote),
    }
}
