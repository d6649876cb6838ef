//! The tables: what stands in which cell, what keys lead to, how they look, and their plain forms.

use crate::desk::{Desk, ferry, pier, shipped};
use crate::printing::{brief, out};
use brief::app::Mode;
use brief::export;
use brief::format::{Hashed, TomlFile, read};
use brief::geometry::{List, Pane};
use brief::grid::{self, Ask, Chart, Face, Grid, Order, Sheet, State, Table};
use brief::keys::{Mouse, MouseAct};
use brief::model::Briefing;
use brief::sanitize::Safe;
use brief::theme::Theme;
use brief::wrap;
use serde_json::Value;
use std::borrow::Cow;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (45, 20)];

fn ask(chart: Chart) -> Ask {
    Ask::new(chart, None)
}

/// Each row of a grid with what its cells show, `·` where there is nothing: signs for a list.
fn shown(briefing: &Briefing, ask: Ask) -> Vec<(String, Vec<String>)> {
    let cell = |cell: &grid::Cell| match (&cell.short, cell.entries.as_slice()) {
        (Some(short), _) => short.words.clone(),
        (None, []) => String::from("·"),
        (None, entries) => entries.iter().map(|entry| entry.sign.words.as_str()).collect(),
    };
    let grid = Grid::new(briefing, &ask);
    let cells = |row: &grid::Row| (0..grid.columns.len()).map(|column| cell(row.cell(column))).collect();
    grid.rows.iter().map(|row| (row.heading.id.clone(), cells(row))).collect()
}

fn expect(briefing: &Briefing, ask: Ask, want: &[(&str, &[&str])]) {
    let found = shown(briefing, ask);
    let found: Vec<(&str, Vec<&str>)> =
        found.iter().map(|(id, cells)| (id.as_str(), cells.iter().map(String::as_str).collect())).collect();
    let want: Vec<(&str, Vec<&str>)> = want.iter().map(|(id, cells)| (*id, cells.to_vec())).collect();
    assert_eq!(found, want, "{ask:?}");
}

#[test]
fn versions_show_how_sure_each_plan_point_is() {
    let want: &[(&str, &[&str])] =
        &[("length", &["●≠≠", "·"]), ("quay", &["○", "◌"]), ("money", &["·", "?◌"]), ("birds", &["·", "?"])];
    expect(&pier(), ask(Chart::Versions), want);
}

#[test]
fn a_table_of_many_rows_and_columns_keeps_the_cells_that_hold_anything() {
    const MANY: usize = 500;
    let mut toml = String::from("schema = 1\ntitle = \"é\"\n[[source]]\nid = \"s\"\nfile = \"s.txt\"\n");
    let quote = "quote = [{ source = \"s\", exact = \"“é—漢🦀”\", basis = \"outlet\" }]\n";
    for n in 0..MANY {
        toml +=
            &format!("[[topic]]\nid = \"t{n}\"\ntitle = \"T\"\n[[version]]\nid = \"v{n}\"\ntitle = \"V\"\n");
        toml +=
            &format!("[[actor]]\nid = \"a{n}\"\nname = \"A\"\n[[source]]\nid = \"s{n}\"\nfile = \"s.txt\"\n");
        toml += &format!(
            "[[plan_point]]\nid = \"p{n}\"\ntitle = \"P\"\nversion = \"v{n}\"\ntopics = [\"t{n}\"]\n{quote}"
        );
        toml += &format!(
            "[[reaction]]\nid = \"r{n}\"\ntitle = \"R\"\nactor = \"a{n}\"\nstance = \"for\"\non = [\"p{n}\"]\n\
             topics = [\"t{n}\"]\n{quote}"
        );
    }
    let file = TomlFile { path: Safe::line("a.toml"), bytes: Ok(Cow::Owned(toml.into_bytes())) };
    let text = "“é—漢🦀”".as_bytes();
    let briefing = read("b", &[file], Hashed::All, &mut |_| Ok(Cow::Borrowed(text)));
    // (chart, face, cells of a row)
    for (chart, face, each) in [
        (Chart::Versions, Face::Front, 1),
        (Chart::Stances, Face::Front, 1),
        (Chart::Stances, Face::Back, 1),
        (Chart::Coverage, Face::Front, 2),
    ] {
        let grid = Grid::new(&briefing, &Ask { face, ..ask(chart) });
        assert!(grid.rows.len() == MANY && grid.columns.len() >= MANY, "{chart:?}");
        assert!(grid.rows.iter().all(|row| row.cells().count() == each), "{chart:?}");
        assert_eq!(grid.cell(0, MANY - 1).map(|cell| cell.state), Some(State::Nothing), "{chart:?}");
        assert!(grid.cell(0, grid.columns.len()).is_none(), "{chart:?}");
    }
}

#[test]
fn a_click_chooses_a_cell_and_a_second_one_opens_it() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("v");
    let cursor = |desk: &Desk| desk.table().map(|table| (table.row, table.column));
    let shown = desk.text();
    let row = shown.lines().position(|line| line.contains("The old quay stays open")).unwrap();
    let column = wrap::width(shown.lines().nth(row).unwrap().split("The old quay stays").next().unwrap());
    let click = |desk: &mut Desk, column: usize, row: usize| {
        let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
        desk.mouse(Mouse { column, row, act: MouseAct::Click });
    };
    for (x, y) in [(column, 0), (0, row), (column, 30), (119, row)] {
        click(&mut desk, x, y);
        assert_eq!(cursor(&desk), Some((0, 0)), "nothing is at {x},{y}");
    }
    click(&mut desk, column, row);
    assert_eq!(cursor(&desk), Some((1, 1)));
    click(&mut desk, column, row);
    assert_eq!(cursor(&desk), None);
    assert_eq!(desk.app.card().map(|card| &*card.title), Some("The old quay stays open"));
}

#[test]
fn the_footer_offers_what_a_table_can_do() {
    for (key, offers) in [("v", false), ("s", true), ("w", false), ("c", true)] {
        let mut desk = Desk::new(pier(), 120, 36);
        let shown = desk.press(key).text();
        let footer = shown.lines().last().unwrap();
        assert_eq!((footer.contains("x turn"), footer.contains("o sort")), (offers, offers), "{footer}");
        // Time has one column, and several cards may have one date.
        assert_eq!(footer.contains("h/l column"), key != "w", "{footer}");
        assert_eq!(shown.contains(" card 1/"), key == "w", "{shown}");
    }
}

#[test]
fn a_cell_is_not_public_where_all_that_is_said_is_what_raises_the_question() {
    let briefing = pier();
    let states = |briefing: &Briefing| -> Vec<State> {
        let rows = Grid::new(briefing, &ask(Chart::Versions)).rows;
        rows.iter().map(|row| row.cell(1).state).collect()
    };
    // The town's plan: nothing, a plan point, a question with the same sentence, a question alone.
    assert_eq!(states(&briefing), [State::Nothing, State::Known, State::NotPublic, State::Known]);
    let mut answered = briefing;
    for card in &mut answered.cards {
        if let brief::model::Kind::OpenQuestion { status, .. } = &mut card.kind {
            *status = brief::model::Status::Answered;
        }
    }
    assert_eq!(states(&answered), [State::Nothing, State::Known, State::Known, State::Nothing]);
}

#[test]
fn the_shipped_briefing_says_what_of_geneva_is_not_public() {
    let briefing = shipped();
    let grid = Grid::new(&briefing, &ask(Chart::Versions));
    let mut found = Vec::new();
    for row in &grid.rows {
        for (column, cell) in row.cells() {
            if cell.state == State::NotPublic {
                found.push((row.heading.id.as_str(), grid.columns[column].id.as_str()));
            }
        }
    }
    assert!(found.contains(&("guarantees", "geneva-text")), "{found:?}");
    assert!(found.iter().all(|(_, version)| *version == "geneva-text"), "{found:?}");
}

#[test]
fn stances_tell_silence_from_nothing_and_show_several_together() {
    let briefing = pier();
    let by_topic: &[(&str, &[&str])] = &[
        ("mayor", &["+", "+ −", "·", "·"]),
        ("master", &["·", "∅", "·", "·"]),
        ("fishermen", &["−", "·", "·", "·"]),
    ];
    expect(&briefing, ask(Chart::Stances), by_topic);
    let by_version: &[(&str, &[&str])] =
        &[("mayor", &["+ −", "·"]), ("master", &["∅", "·"]), ("fishermen", &["−", "·"])];
    expect(&briefing, Ask { face: Face::Back, ..ask(Chart::Stances) }, by_version);
}

#[test]
fn rows_are_sorted_by_name_and_by_how_much_they_have() {
    let briefing = pier();
    let rows = |chart, order| -> Vec<String> {
        let rows = Grid::new(&briefing, &Ask { order, ..ask(chart) }).rows;
        rows.into_iter().map(|row| row.heading.id).collect()
    };
    assert_eq!(rows(Chart::Stances, Order::Name), ["fishermen", "master", "mayor"]);
    assert_eq!(rows(Chart::Stances, Order::Most), ["mayor", "master", "fishermen"]);
    assert_eq!(rows(Chart::Coverage, Order::Most), ["quay", "length", "money", "birds"]);
}

#[test]
fn the_timeline_is_in_order_and_says_what_is_approximate_and_how_far_apart() {
    let briefing = pier();
    let rows = Grid::new(&briefing, &ask(Chart::Timeline)).rows;
    let found: Vec<(String, String, String, usize)> = rows
        .iter()
        .map(|row| {
            let entry = &row.cell(0).entries[0];
            let id = briefing[entry.to.card].id.to_string();
            (row.heading.words.clone(), entry.sign.words.clone(), id, row.above.tall())
        })
        .collect();
    let want = [
        ("1931", "◆", "built", 0),
        ("3 May 2024", "◆", "longer", 1),
        ("~6 May 2024", "◇", "town-answers", 2),
        ("~6 May 2024", "◇", "master-silent", 0),
    ];
    let want = want.map(|(date, sign, id, above)| (date.to_owned(), sign.to_owned(), id.to_owned(), above));
    assert_eq!(found, want);
    assert_eq!(rows[1].above, grid::Above::Break(String::from("92 years")));
    assert_eq!(rows[2].above, grid::Above::Steps(2), "the 4th and the 5th of May");
}

#[test]
fn coverage_counts_quotes_and_marks_what_rests_on_one_text() {
    let briefing = pier();
    let topics: &[(&str, &[&str])] = &[
        ("length", &["2", "██ 4", "░░ 1", "1"]),
        ("quay", &["2", "██ 5", "░░ 1", "1"]),
        ("money", &["1 !", "██ 4", "·", "·"]),
        ("birds", &["1 !", "░░ 1", "·", "·"]),
    ];
    expect(&briefing, ask(Chart::Coverage), topics);
    let cards = shown(&briefing, Ask { face: Face::Back, ..ask(Chart::Coverage) });
    let of = |id: &str| cards.iter().find(|(card, _)| card == id).unwrap().1.clone();
    assert_eq!(of("quay-closes"), ["■■ 2", "■ 1 Chronicle", "○ reported"], "two texts, one origin");
    assert_eq!(of("built"), ["■ 1", "·", "◌ unclear"]);
}

#[test]
fn a_topic_narrows_every_table() {
    let briefing = pier();
    let topic = briefing.topic_by_name("length").ok();
    let rows =
        |chart| shown(&briefing, Ask::new(chart, topic)).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(rows(Chart::Versions), ["length"]);
    assert_eq!(rows(Chart::Stances), ["mayor", "fishermen"], "who says nothing about it is left out");
    assert_eq!(rows(Chart::Timeline), ["2024-05-03"]);
    assert_eq!(rows(Chart::Coverage), ["length"]);
}

#[test]
fn the_cursors_cell_is_always_seen() {
    for chart in Chart::ALL {
        for (columns, rows) in [(120, 36), (80, 24), (45, 20), (40, 12), (20, 6), (9, 4)] {
            let mut desk = Desk::new(shipped(), columns, rows);
            desk.press(key_of(chart));
            for keys in
                ["j j j j j j", "l l l", "d", "k k", "Space Space", "G", "k", "u", "l l l l", "b", "g", "h"]
            {
                desk.press(keys);
                let Mode::Grid(table) = &desk.app.mode else { panic!("{chart:?}") };
                assert!(cursor_is_seen(table, &desk), "{chart:?} after {keys} at {columns}x{rows}");
            }
        }
    }
}

const fn key_of(chart: Chart) -> &'static str {
    match chart {
        Chart::Versions => "v",
        Chart::Stances => "s",
        Chart::Timeline => "w",
        Chart::Coverage => "c",
    }
}

/// Whether the bar of the cursor is on the screen, in the column of its cell.
fn cursor_is_seen(table: &Table, desk: &Desk) -> bool {
    let sheet = Sheet::new(desk.app.layout().body, &table.grid);
    let (_, left) = table.window(&sheet);
    let Some(nth) = table.column.checked_sub(left) else { return false };
    let column = sheet.column(nth);
    let buffer = desk.buffer();
    (column.y..column.bottom()).any(|y| buffer[(column.x, y)].symbol() == "▌")
}

#[test]
fn pages_lead_to_the_end_whatever_the_cursors_cell_holds() {
    for (columns, rows) in [(80, 24), (45, 20), (40, 12)] {
        for beside in ["", "l", "l l", "l l l"] {
            let mut desk = Desk::new(shipped(), columns, rows);
            desk.press("v").press(beside);
            let place = |desk: &Desk| {
                let Mode::Grid(table) = &desk.app.mode else { panic!("no table") };
                (table.row, table.top, table.grid.rows.len() - 1)
            };
            for (keys, wanted) in [("Space", true), ("b", false), ("d", true), ("u", false)] {
                let (mut was, mut presses) = (place(&desk), 0);
                loop {
                    let is = place(desk.press(keys));
                    presses += 1;
                    if is == was || presses > 1_000 {
                        break;
                    }
                    was = is;
                }
                let end = if wanted { was.2 } else { 0 };
                assert_eq!(was.0, end, "{keys} behind {beside:?} at {columns}x{rows} after {presses}");
            }
        }
    }
}

#[test]
fn a_row_is_as_tall_as_what_is_seen_of_it() {
    let mut desk = Desk::new(shipped(), 80, 24);
    desk.press("v l l");
    let Mode::Grid(table) = &desk.app.mode else { panic!("no table") };
    let sheet = Sheet::new(desk.app.layout().body, &table.grid);
    let (_, left) = table.window(&sheet);
    assert!(left > 0 && sheet.seen < table.grid.columns.len());
    for row in &table.grid.rows {
        let seen = (left..left + sheet.seen).map(|at| row.cell(at).lines(sheet.words()).rows().len()).max();
        let heading = wrap::rows(&row.heading.words, sheet.heading_words()).len();
        assert_eq!(row.tall(&sheet, left), row.above.tall() + seen.unwrap().max(heading));
    }
}

#[test]
fn the_cursor_stays_on_its_row_when_the_table_is_turned_or_sorted() {
    let mut desk = Desk::new(shipped(), 120, 36);
    let heading = |desk: &Desk| {
        let Mode::Grid(table) = &desk.app.mode else { panic!("no table") };
        table.grid.rows[table.row].heading.id.clone()
    };
    desk.press("s j j j j j j j j j l l");
    let actor = heading(&desk);
    for keys in ["o", "o", "x", "x", "o"] {
        assert_eq!(heading(desk.press(keys)), actor, "{keys}");
    }
}

#[test]
fn the_cursor_reaches_every_row_and_comes_back() {
    for chart in Chart::ALL {
        let mut desk = Desk::new(shipped(), 45, 20);
        desk.press(key_of(chart));
        let (mut rows, mut presses) = (vec![0], 0);
        let last = loop {
            let Mode::Grid(table) = &desk.app.mode else { panic!("{chart:?}") };
            let last = table.grid.rows.len() - 1;
            rows.push(table.row);
            presses += 1;
            if table.row == last || presses > 5_000 {
                break last;
            }
            desk.press("j");
        };
        rows.dedup();
        assert_eq!(rows, (0..=last).collect::<Vec<_>>(), "{chart:?}");
        desk.press("G d g");
        let Mode::Grid(table) = &desk.app.mode else { panic!("{chart:?}") };
        assert_eq!((table.row, table.top), (0, grid::Top::default()), "{chart:?}");
    }
}

#[test]
fn enter_goes_to_the_card_and_the_table_is_where_it_was() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("v j l Enter");
    assert_eq!((desk.app.place.pane(), desk.card()), (Pane::Card, "quay-stays"));
    desk.press("v");
    let Mode::Grid(table) = &desk.app.mode else { panic!("no table") };
    assert_eq!((table.row, table.column), (1, 1));
    desk.press("q Ctrl-o Esc");
    assert!(matches!(desk.app.mode, Mode::Reading));
    assert_eq!(desk.card(), "longer", "back to where the reader was before");
}

#[test]
fn each_table_is_where_it_was_left_when_others_were_read_in_between() {
    let mut desk = Desk::new(pier(), 120, 36);
    let cursor = |desk: &Desk| desk.table().map(|table| (table.row, table.column));
    desk.press("v j l s l x c j q s");
    assert_eq!(cursor(&desk), Some((0, 0)), "it was turned");
    assert!(desk.text().contains("Stances by version"), "{}", desk.text());
    for (chart, want) in [("c", (1, 0)), ("v", (1, 1)), ("s", (0, 0)), ("v", (1, 1))] {
        desk.press(chart);
        assert_eq!(cursor(&desk), Some(want), "{chart}");
    }
    desk.press("q t text:length Enter v");
    assert_eq!(cursor(&desk), Some((0, 0)), "of a topic it is another table");
}

#[test]
fn a_cell_with_several_cards_offers_them_and_leaving_brings_the_table_back() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("s l Enter");
    assert!(desk.text().contains("In this cell"), "{}", desk.text());
    desk.press("Esc");
    assert!(matches!(desk.app.mode, Mode::Grid(_)));
    desk.press("Enter Down Enter");
    assert_eq!((desk.app.place.pane(), desk.card()), (Pane::Source, "mayor-regrets"), "at the quote");
}

#[test]
fn a_cell_that_is_not_public_leads_to_the_sentence_that_says_so() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("v j j l");
    let text = desk.text();
    assert!(text.contains("? not public: ") && text.contains("“No public statement"), "{text}");
    desk.press("Enter Enter");
    assert_eq!(desk.card(), "town-money");
}

#[test]
fn an_empty_cell_says_so_and_keeps_the_table() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("v l Enter");
    assert!(matches!(desk.app.mode, Mode::Grid(_)));
    assert!(desk.text().contains("Nothing in these texts: no card stands here."));
}

#[test]
fn a_key_of_the_panes_says_in_a_table_where_it_means_something() {
    for (keys, what) in
        [("v /", "/"), ("s y", "y"), ("w Tab", "Tab"), ("c m", "m"), ("v .", "."), ("5 V n", "n")]
    {
        let mut desk = Desk::new(pier(), 120, 36);
        desk.press(keys);
        let said = format!("“{what}” is for the panes; Esc leads there.");
        assert_eq!(desk.app.note.as_deref(), Some(&*said), "{keys}");
        assert!(desk.app.pending.is_empty() && !matches!(desk.app.mode, Mode::Reading), "{keys}");
        assert_eq!(desk.press("漢").app.note, None, "this one means nothing anywhere");
    }
}

#[test]
fn help_over_a_table_runs_what_is_chosen_in_it() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("s ? text:other_table Enter");
    assert!(desk.text().contains("Stances by version"), "{}", desk.text());
}

#[test]
fn the_way_back_leads_to_the_cell_of_a_table_that_a_card_was_opened_from() {
    for (keys, ways) in
        [("s l", "Enter Down Enter"), ("s l", ": text:card_mayor-regrets Enter"), ("v j", "Enter")]
    {
        let mut desk = Desk::new(pier(), 120, 36);
        desk.press("j").press(keys);
        let table = desk.text();
        desk.press(ways);
        assert!(desk.table().is_none(), "{keys} {ways}");
        let card = desk.app.place.clone();
        desk.press("Ctrl-o");
        assert_eq!(desk.text(), table, "{keys} {ways}");
        desk.press("L");
        assert_eq!((desk.table().is_none(), &desk.app.place), (true, &card), "{keys} {ways}");
        desk.press("H Esc");
        assert!(desk.table().is_none(), "closed, it leaves the panes as they were");
        assert_eq!(desk.app.place.cursors[List::PlanPoints].chosen, 1);
    }
}

#[test]
fn the_way_back_from_a_table_leads_to_the_place_before_it() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("t text:length Enter v Ctrl-o");
    assert_eq!((desk.table().is_none(), desk.app.place.topic), (true, None));
    desk.press("L");
    assert!(desk.table().is_some() && desk.app.place.topic.is_some(), "{:?}", desk.app.note);
}

#[test]
fn a_topic_chosen_before_narrows_the_table_and_is_cleared_in_it() {
    let mut desk = Desk::new(pier(), 120, 36);
    desk.press("t text:length Enter v");
    assert!(desk.text().contains("topic 1/1"), "{}", desk.text());
    desk.press("T");
    assert!(desk.text().contains("topic 1/4"), "{}", desk.text());
    assert_eq!(desk.app.place.topic, None);
    desk.press("q Ctrl-o");
    assert!(desk.app.place.topic.is_some(), "back to where the topic was: {:?}", desk.app.note);
}

#[test]
fn a_topic_is_chosen_in_a_table_which_stays_open() {
    let mut before = Desk::new(ferry(), 120, 36);
    before.press("t text:school Enter s x");
    for keys in ["t text:school Enter", ": text:topic_school Enter", ": text:topic Enter text:school Enter"] {
        let mut desk = Desk::new(ferry(), 120, 36);
        desk.press("s x").press(keys);
        assert_eq!(desk.text(), before.text(), "{keys}");
        let all = desk.press("T").table().map(|table| table.ask.topic);
        assert_eq!((all, desk.app.place.topic), (Some(None), None), "{keys}");
        desk.press("t Esc");
        assert!(desk.table().is_some(), "{keys}");
    }
}

#[test]
fn all_topics_changes_nothing_where_there_is_no_topic() {
    for keys in ["v j l", "s j l", "2 j", "4 j", "5 j"] {
        let mut desk = Desk::new(pier(), 120, 36);
        desk.press(keys);
        let before = desk.picture();
        desk.press("T");
        assert_eq!(desk.picture(), before, "{keys}");
        assert!(desk.app.behind.is_empty(), "{keys}");
    }
}

#[test]
fn the_cursor_is_seen_without_colour() {
    for chart in Chart::ALL {
        let mut desk = Desk::new(pier(), 80, 24);
        desk.theme = Theme::MONO;
        let one = desk.press(key_of(chart)).text();
        assert!(one.contains('▌') && one.contains('━'), "{chart:?}");
        assert_ne!(one, desk.press("j").text(), "{chart:?}");
    }
}

#[test]
fn tables_as_they_look() {
    for (name, keys) in [
        ("versions", "v"),
        ("versions-not-public", "v j j l"),
        ("stances", "s l"),
        ("stances-by-version", "s x"),
        ("timeline", "w j"),
        ("coverage", "c l"),
        ("coverage-of-cards", "c x j"),
        ("table-cell", "s l Enter"),
    ] {
        for (columns, rows) in SIZES {
            let mut desk = Desk::new(pier(), columns, rows);
            desk.press(keys).golden(&format!("{name}-{columns}x{rows}"));
        }
    }
}

#[test]
fn plain_tables_fit_and_name_everything() {
    for briefing in [ferry(), pier(), shipped()] {
        for chart in Chart::ALL {
            for face in [Face::Front, Face::Back] {
                for width in [20, 45, 80] {
                    let ask = Ask { face, ..ask(chart) };
                    let grid = Grid::new(&briefing, &ask);
                    let galley = grid::plain(&briefing, &ask, &grid, width);
                    for row in galley.rows() {
                        let words = row.words.of(galley.text());
                        assert!(row.indent + brief::wrap::width(words) <= width, "{words:?} at {width}");
                    }
                    let whole: String = galley.text().split_whitespace().collect();
                    for row in grid.rows {
                        let heading: String = row.heading.words.split_whitespace().collect();
                        assert!(whole.contains(&heading), "{heading} is not in {ask:?} at {width}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_sign_of_a_plain_table_stands_on_the_line_of_its_meaning() {
    let briefing = pier();
    let ask = ask(Chart::Timeline);
    let grid = Grid::new(&briefing, &ask);
    assert!(grid.legend.contains(&("┊", "longer")), "{:?}", grid.legend);
    for width in 70..90 {
        let galley = grid::plain(&briefing, &ask, &grid, width);
        let rows: Vec<&str> = galley.rows().iter().map(|row| row.words.of(galley.text())).collect();
        assert!(rows.iter().any(|row| row.contains("┊ longer")), "{rows:?}");
    }
}

fn json(briefing: &Briefing, ask: Ask) -> Value {
    let mut out = Vec::new();
    export::table(briefing, &ask, &Grid::new(briefing, &ask), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn json_tables_have_one_form() {
    for briefing in [pier(), shipped()] {
        for chart in Chart::ALL {
            for face in [Face::Front, Face::Back] {
                let table = json(&briefing, Ask { face, ..ask(chart) });
                assert_eq!(table["schema"], 1);
                assert_eq!(table["view"], chart.name());
                let columns: Vec<&Value> =
                    table["columns"].as_array().unwrap().iter().map(|column| &column["id"]).collect();
                for row in table["rows"].as_array().unwrap() {
                    let cells = row["cells"].as_array().unwrap();
                    let named: Vec<&Value> = cells.iter().map(|cell| &cell["column"]).collect();
                    assert_eq!(named, columns, "{row}");
                    for cell in cells {
                        let empty = cell["cards"].as_array().unwrap().is_empty();
                        assert_eq!(cell["state"] == "nothing", empty, "{cell}");
                        for card in cell["cards"].as_array().unwrap() {
                            let id = card["card"].as_str().unwrap();
                            assert!(briefing.card_by_id(id).is_some() && card["words"].is_string(), "{card}");
                            let from = &card["provenance"];
                            assert!(from["grade"].is_string() && from["basis"].is_string(), "{card}");
                        }
                    }
                }
            }
        }
    }
    let table = json(&pier(), ask(Chart::Versions));
    assert_eq!(table["rows"][2]["cells"][1]["state"], "not_public");
    let table = json(&pier(), ask(Chart::Coverage));
    assert_eq!(table["rows"][1]["cells"][1]["count"], 5, "quotes, not cards");
}

/// What the program prints, and how it ends.
fn printed(args: &[&str]) -> (String, Option<i32>) {
    let library = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables");
    let output = brief(&["--library", library]).args(args).output().unwrap();
    (out(&output), output.status.code())
}

#[test]
fn the_commands_print_the_tables() {
    let cases: [(&[&str], &str); 7] = [
        (&["versions"], "? not public: Who pays"),
        (&["--topic", "quay", "versions", "--plain"], "The old quay stays open"),
        (&["stances"], "∅ The harbour master declines to comment"),
        (&["stances", "--by", "version"], "Stances by version"),
        (&["timeline", "--topic", "length"], "◆ 3 May 2024: The pier grows"),
        (
            &["coverage", "--sort", "most"],
            "The old quay: texts 2 · chronicle ██ 5 · bulletin ░░ 1 · origins 1",
        ),
        (&["coverage", "--of", "cards", "--width", "200"], "origins ■ 1 Chronicle · certainty ○ reported"),
    ];
    for (args, words) in cases {
        let (text, code) = printed(args);
        assert_eq!(code, Some(0), "{args:?}");
        assert!(text.contains(words), "{words} is not in {text}");
    }
    for command in Chart::ALL.map(Chart::name) {
        let (text, code) = printed(&[command, "--json", "--topic", "quay"]);
        let table: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&table["view"], &table["topic"], code),
            (&command.into(), &"quay".into(), ending(&table))
        );
    }
    assert_eq!(printed(&["versions", "--topic", "whales"]).1, Some(2));
    let (text, code) = printed(&["timeline", "--topic", "birds"]);
    assert!(text.ends_with("\n\nNothing about this topic for this table.\n") && code == Some(1), "{text}");
}

/// A table without rows is nothing found.
fn ending(table: &Value) -> Option<i32> {
    Some(i32::from(table["rows"].as_array().unwrap().is_empty()))
}

#[test]
fn who_drew_up_a_version_and_when_stands_above_its_column() {
    let mut desk = Desk::new(shipped(), 100, 30);
    let top =
        |keys: &str, desk: &mut Desk| desk.press(keys).text().lines().nth(1).unwrap_or_default().to_owned();
    for (keys, told) in [
        ("v", "━ Versions · The United States, ~19 Nov 2025 ━"),
        ("l", "━ Versions · Ukraine's European allies, ~Nov 2025 ━"),
        ("l l", "━ Versions · The United States ━"),
    ] {
        let top = top(keys, &mut desk);
        assert!(top.contains(told), "{top}");
    }
    let briefing = shipped();
    let ask = ask(Chart::Versions);
    let grid = Grid::new(&briefing, &ask);
    let text = grid::plain(&briefing, &ask, &grid, 80).text().to_owned();
    assert!(text.contains("US draft: The United States, ~19 Nov 2025"), "{text}");
    let mut json = Vec::new();
    export::table(&briefing, &ask, &grid, &mut json).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    let column = |column: usize| [&json["columns"][column]["date"], &json["columns"][column]["from"]];
    assert_eq!(column(0), [&Value::from("2025-11-19~"), &Value::from("The United States")]);
    assert_eq!(column(3), [&Value::Null, &Value::from("The United States")]);
}

#[test]
fn the_legend_is_whole_on_a_small_screen() {
    for (columns, rows) in [(60, 16), (40, 16), (45, 20), (80, 24)] {
        for keys in ["v", "s", "w", "c"] {
            let mut desk = Desk::new(ferry(), columns, rows);
            desk.press(keys);
            let Mode::Grid(table) = &desk.app.mode else { panic!("{keys}") };
            let shown = desk.text();
            for (sign, word) in &table.grid.legend {
                assert!(
                    shown.contains(&format!("{sign} {word}")),
                    "{sign} {word} at {columns}x{rows}:\n{shown}"
                );
            }
        }
    }
}
