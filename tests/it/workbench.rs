//! Writing with the reader beside: the library changes on disk while it is read.

use crate::desk::Desk;
use crate::folders::put_ferry;
use crate::pty::{Pty, Status, brief};
use brief::app::{Mode, Sight};
use brief::geometry::{List, Pane};
use brief::load::Library;
use brief::model::Written;
use brief::sanitize::Safe;
use brief::update::{Clip, Effect, Msg, update};
use ratatui::layout::Rect;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A copy of the small library, to write in.
pub struct Bench(TempDir);

impl Bench {
    pub fn new() -> Self {
        let bench = Self(tempdir().unwrap());
        put_ferry(bench.path());
        bench
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes other words for some in a file.
    pub fn edit(&self, file: &str, was: &str, is: &str) {
        let path = self.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(was), "{was} is not in {file}");
        fs::write(path, text.replacen(was, is, 1)).unwrap();
    }

    /// A reader at a desk with this library.
    fn desk(&self) -> Desk {
        Desk::new(Library::at(self.path()).unwrap().open(None).unwrap(), 120, 36)
    }

    /// Has the reader take in what is on disk.
    fn reload(&self, desk: &mut Desk) {
        let read = Library::at(self.path()).and_then(|library| library.open(Some("ferry")));
        desk.effect = update(&mut desk.app, Msg::Reloaded(Box::new(read)));
    }

    fn session(&self, args: &[&str]) -> Pty {
        let mut command = brief();
        command.arg("--library");
        command.arg(self.path());
        command.args(args);
        Pty::spawn(command, 120, 36, Status::Answered)
    }
}

const POINTS: &str = "briefings/ferry/plan-points.toml";
const REACTIONS: &str = "briefings/ferry/reactions.toml";

#[test]
fn nothing_moves_when_nothing_has_changed() {
    let bench = Bench::new();
    let journeys = ["", "j", "2 j j", "j ] Enter", "2 Enter j j G k", "t text:school Enter", "4 j", "z", "!"];
    for keys in
        journeys.into_iter().chain([": text:top", "/ text:fare", "5 / text:board", "s l j", "2 j 1 j ]"])
    {
        let mut desk = bench.desk();
        desk.press(keys);
        let (place, behind) = (desk.app.place.clone(), desk.app.behind.clone());
        bench.reload(&mut desk);
        assert_eq!(desk.app.place, place, "{keys}");
        assert_eq!(desk.app.behind, behind, "{keys}");
        desk.app.note = None;
        let mut still = bench.desk();
        still.press(keys);
        still.app.note = None;
        assert_eq!(desk.text(), still.text(), "{keys}");
    }
}

#[test]
fn a_search_that_is_typed_stays_at_its_hit_and_is_made_once() {
    for keys in ["/ text:fare Down Down Down", "5 / text:the_board Down"] {
        let bench = Bench::new();
        let mut desk = bench.desk();
        desk.press(keys);
        let before = desk.picture();
        let searched = desk.app.searched;
        bench.reload(&mut desk);
        desk.app.note = None;
        assert_eq!(desk.picture(), before, "{keys}");
        assert!(desk.app.searched <= searched + 1, "{keys}");

        // The hit is the same one behind cards that come before it.
        let title = desk.app.card().unwrap().title.clone();
        let new = "[[plan_point]]\nid = \"new\"\ntitle = \"The fare\"\nversion = \"draft\"\n\
                   topics = [\"fares\"]\n[[plan_point.quote]]\nsource = \"herald\"\n\
                   exact = \"We will not break it\"\nbasis = \"record\"\n\n[[plan_point]]";
        bench.edit(POINTS, "[[plan_point]]", new);
        bench.reload(&mut desk);
        assert_eq!(desk.app.card().unwrap().title, title, "{keys}");
        desk.press("Esc");
        assert_eq!(desk.card(), "winter-fare", "{keys}");
    }
}

#[test]
fn cards_before_and_quotes_before_move_nothing_but_numbers() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("j j j 2 j 1 k 2 1 G k k 1");
    let (card, list) = (desk.app.card().unwrap().id.clone(), desk.app.place.cursors);
    let new = "[[plan_point]]\nid = \"new\"\ntitle = \"New\"\nversion = \"draft\"\ntopics = [\"fares\"]\n\
               [[plan_point.quote]]\nsource = \"herald\"\nexact = \"We will not break it\"\nbasis = \"record\"\n\n\
               [[plan_point]]";
    bench.edit(POINTS, "[[plan_point]]", new);
    bench.reload(&mut desk);
    assert_eq!(desk.app.card().unwrap().id, card);
    assert_eq!(desk.app.place.cursors[List::PlanPoints].chosen, list[List::PlanPoints].chosen + 1);
    assert_eq!(desk.app.place.cursors[List::Reactions], list[List::Reactions]);

    desk.press("1 g j 4 j");
    let words = desk.app.quote().unwrap().words.clone();
    let quote =
        "[[plan_point.quote]]\nsource = \"herald\"\nexact = \"We will not break it\"\nbasis = \"record\"\n\n";
    bench.edit(
        POINTS,
        "  [[plan_point.quote]]\n  source = \"gazette\"",
        &format!("{quote}[[plan_point.quote]]\nsource = \"gazette\""),
    );
    bench.reload(&mut desk);
    assert_eq!((desk.app.quote().unwrap().words.clone(), desk.app.place.quote), (words, 2));
}

#[test]
fn the_row_of_a_source_stays_where_its_words_go() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("5 j j");
    let words = desk.app.words_here().to_owned();
    bench.edit(
        "seeds/gazette.txt",
        "Island Gazette\n",
        "Island Gazette\nA line — 漢🦀 — that was not there.\n",
    );
    bench.reload(&mut desk);
    assert_eq!(desk.app.words_here(), words);
    assert!(matches!(desk.app.place.sight, Sight::Text { .. }));
}

#[test]
fn a_card_that_is_gone_leaves_the_reader_at_its_neighbour() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("j Enter");
    bench.edit(POINTS, "id      = \"free-crossing-ends\"", "id      = \"crossing\"");
    bench.reload(&mut desk);
    assert_eq!((desk.card(), desk.app.place.pane()), ("crossing", Pane::Card));
    assert!(desk.text().contains("The card that you were at is gone."), "{}", desk.text());
}

/// The tables of a briefing that is saved with some of them gone, each by what it is called here.
const TABLES: [(&str, &str); 9] = [
    ("head", "schema = 1\ntitle = \"T\"\n"),
    ("gazette", "[[source]]\nid = \"gazette\"\nfile = \"gazette.txt\"\n"),
    ("herald", "[[source]]\nid = \"herald\"\nfile = \"herald.txt\"\n"),
    ("letter", "[[source]]\nid = \"letter\"\nfile = \"letter.txt\"\n"),
    (
        "frame",
        "[[version]]\nid = \"draft\"\ntitle = \"Draft\"\n[[topic]]\nid = \"fares\"\ntitle = \"Fares\"\n",
    ),
    ("one", "[[plan_point]]\nid = \"one\"\ntitle = \"One\"\nversion = \"draft\"\ntopics = [\"fares\"]\n"),
    (
        "first of one",
        "[[plan_point.quote]]\nsource = \"herald\"\nexact = \"Pupils would pay half from September\"\nbasis = \"outlet\"\n",
    ),
    (
        "second of one",
        "[[plan_point.quote]]\nsource = \"herald\"\nexact = \"We will not break it\"\nbasis = \"outlet\"\n",
    ),
    (
        "two",
        "[[plan_point]]\nid = \"two\"\ntitle = \"Two\"\nversion = \"draft\"\ntopics = [\"fares\"]\n\
         [[plan_point.quote]]\nsource = \"gazette\"\nexact = \"The board meets on 12 May.\"\nbasis = \"outlet\"\n",
    ),
];

/// Saves that briefing with some of its tables gone.
fn save_without(bench: &Bench, gone: &[&str]) {
    let folder = bench.path().join("briefings/ferry");
    for file in fs::read_dir(&folder).unwrap() {
        fs::write(file.unwrap().path(), "").unwrap();
    }
    let tables = TABLES.iter().filter(|(name, _)| !gone.contains(name));
    fs::write(folder.join("briefing.toml"), tables.map(|(_, table)| *table).collect::<String>()).unwrap();
}

const ONE: [&str; 3] = ["one", "first of one", "second of one"];

#[test]
fn nothing_is_left_of_a_card_that_a_save_takes_away_with_its_source() {
    // At the second quote, in the text of the first, and with either of them to go back to.
    for keys in ["]", "Enter j", "Enter j Esc ] Enter j Esc", "4 j Enter V e e"] {
        for gone in [&["herald"][..], &["gazette", "herald"], &["letter"], &[]] {
            let bench = Bench::new();
            save_without(&bench, &[]);
            let mut desk = bench.desk();
            desk.press(keys);
            let gone = [&ONE, gone].concat();
            save_without(&bench, &gone);
            bench.reload(&mut desk);
            desk.press("Esc");
            assert_eq!(desk.card(), "two", "{keys}");
            assert_eq!((desk.app.place.quote, desk.app.place.sight), (0, Sight::Quote), "{keys}");
            desk.resize(100, 24).press("Ctrl-o Ctrl-o").text();
        }
    }
}

#[test]
fn the_cursor_of_a_card_is_on_a_quote_that_is_left() {
    for (before, after) in [("4 j", ""), ("4 j m a g", "' a"), ("4 j Enter Esc", "Ctrl-o")] {
        let bench = Bench::new();
        save_without(&bench, &[]);
        let mut desk = bench.desk();
        desk.press(before);
        save_without(&bench, &["second of one"]);
        bench.reload(&mut desk);
        desk.press(after);
        assert_eq!((desk.app.place.leaf.chosen, desk.app.place.quote), (0, 0), "{before}");
        desk.press("4 Enter");
        assert_eq!(desk.app.place.pane(), Pane::Source, "{before}");
    }
}

#[test]
fn the_cursor_of_a_card_stays_on_its_link_when_a_quote_comes_or_goes() {
    let bench = Bench::new();
    let more = "  [[plan_point.quote]]\n  source = \"gazette\"\n  exact  = \"after the summer\"\n  basis  = \"outlet\"\n\n";
    let first = "  [[plan_point.quote]]\n  source = \"gazette\"\n  exact  = \"It would also";
    bench.edit(
        POINTS,
        "rel     = [{",
        "rel     = [{ type = \"supports\", to = \"winter-fare\", why = \"é—漢🦀\" }, {",
    );
    let mut desk = bench.desk();
    desk.press(": text:card_free-crossing-ends Enter 4 j j");
    assert_eq!(desk.app.place.leaf.chosen, 2, "the second of two links behind a quote");
    for (old, new, chosen) in [(first, format!("{more}{first}"), 3), (more, String::new(), 2)] {
        bench.edit(POINTS, old, &new);
        bench.reload(&mut desk);
        assert_eq!(desk.app.place.leaf.chosen, chosen, "{new}");
        desk.press("Enter");
        assert_eq!(desk.card(), "winter-fare", "{new}");
        desk.press("Backspace");
        assert_eq!(desk.card(), "free-crossing-ends");
    }
}

#[test]
fn what_is_said_of_reading_anew_is_no_more_than_is_known() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    let mut said = |bench: &Bench| {
        bench.reload(&mut desk);
        desk.app.note.as_ref().map(ToString::to_string).unwrap()
    };
    assert_eq!(said(&bench), "The briefing was read anew: 1 problem, ! shows it.");
    bench.edit("seeds/gazette.txt", "It would also end", "It would perhaps end");
    assert_eq!(said(&bench), "The briefing was read anew: 2 problems, ! shows them.");
}

#[test]
fn a_broken_save_leaves_what_was_there_and_shows_the_problem() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("j");
    let card = desk.app.card().unwrap().title.clone();
    bench.edit(POINTS, "title   = \"Pupils lose", "title   = \"Half a word\ntitle = \"Pupils lose");
    bench.reload(&mut desk);
    assert_eq!(desk.app.card().unwrap().title, card);
    let text = desk.text();
    assert!(
        text.contains("problem, shown as before") || text.contains("problems, shown as before"),
        "{text}"
    );
    assert!(text.contains("plan-points.toml:26:23: error[E005]"), "{text}");
    assert!(text.contains("The change is not shown, ! tells why: "), "{text}");
    desk.press("!");
    assert!(desk.text().contains("not TOML"), "{}", desk.text());
    desk.press("q");
    bench.edit(POINTS, "title   = \"Half a word\ntitle = \"Pupils lose", "title   = \"Pupils still lose");
    bench.reload(&mut desk);
    assert!(desk.app.card().unwrap().title.starts_with("Pupils still lose"));
    assert!(!desk.text().contains("shown as before"));
}

#[test]
fn a_change_is_refused_for_what_cannot_be_read_and_not_for_what_follows_from_it() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    bench.edit(POINTS, "title   = \"Pupils lose", "title   = Pupils lose");
    // It stands above, in a file that is read before.
    bench.edit(
        "briefings/ferry/briefing.toml",
        "[[topic]]",
        "[[topic]]\nid = \"weather\"\ntitle = \" \"\n[[topic]]",
    );
    bench.reload(&mut desk);
    let note = desk.app.note.as_ref().map(ToString::to_string).unwrap();
    assert!(note.contains("plan-points.toml:26:11: error[E005]"), "{note}");
    let first = desk.app.broken.first().map(ToString::to_string).unwrap();
    assert!(first.contains("error[E016]"), "{first}");
}

#[test]
fn the_first_card_of_a_briefing_takes_the_place_of_none() {
    let bench = Bench::new();
    let cards = ["plan-points", "reactions", "open-questions"];
    let files = cards.map(|name| bench.path().join(format!("briefings/ferry/{name}.toml")));
    let points = fs::read_to_string(&files[0]).unwrap();
    files.iter().for_each(|file| fs::write(file, "").unwrap());
    let mut desk = bench.desk();
    assert!(desk.app.card().is_none());
    for (keys, said) in [
        ("4 ]", "There is no card here."),
        ("y c", "There is no card here."),
        ("o", "There is no card here."),
        ("R", "There is no card here to read."),
        ("5 V", "There is no text here to select in; S chooses a source."),
    ] {
        desk.press(keys);
        assert_eq!(desk.app.note.as_ref().map(ToString::to_string).as_deref(), Some(said), "{keys}");
    }
    fs::write(&files[0], points).unwrap();
    bench.reload(&mut desk);
    assert!(desk.app.card().is_some());
    let note = desk.app.note.as_ref().map(ToString::to_string).unwrap();
    assert!(note.starts_with("The briefing was read anew") && !note.contains("gone"), "{note}");
}

#[test]
fn a_quote_whose_source_was_changed_is_painted_no_more() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("j");
    bench.edit("seeds/gazette.txt", "It would also end", "It would perhaps end");
    bench.reload(&mut desk);
    assert!(desk.app.quote_parts().is_empty());
    let text = desk.text();
    let near: Vec<&str> =
        text.lines().filter_map(|line| line.split_once(" ≈ ")).map(|(_, words)| words).collect();
    assert!(near.iter().any(|words| words.contains("It would perhaps end")) && near.len() < 4, "{text}");
    for (keys, called) in [
        ("y q", "bare quote, which is not in its source"),
        ("y y", "quote, which is not in its source, with its provenance"),
    ] {
        desk.press(keys);
        assert!(matches!(&desk.effect, Effect::Copy(copy) if copy.what == called), "{:?}", desk.effect);
    }
    for (columns, rows) in [(120, 36), (100, 30), (60, 24), (40, 16)] {
        desk.resize(columns, rows).press("5");
        let layout = desk.app.layout();
        let (buffer, area) = (desk.buffer(), layout.inside(layout.source));
        let row = |row: Rect| row.columns().map(|cell| buffer[(cell.x, cell.y)].symbol()).collect::<String>();
        let rows: Vec<String> = area.rows().map(|at| row(at).trim().to_owned()).collect();
        let said = rows.join(" ");
        let (is, stands) =
            ("The quote is not here word for word; ", " % of its words stand near this place.");
        assert!(said.contains(is) && said.contains(stands), "{columns}x{rows:?}");
    }
}

#[test]
fn a_list_that_is_open_lists_what_is_there_now() {
    let bench = Bench::new();
    for (keys, words) in
        [("t Down Down", "pupils"), ("S Down", "Pupils may lose"), ("i", "gazette.txt"), ("?", "")]
    {
        let mut desk = bench.desk();
        desk.press(keys);
        let before = desk.picture();
        assert!(before.contains(words), "{before}");
        bench.reload(&mut desk);
        desk.app.note = None;
        assert_eq!(desk.picture(), before, "{keys}");
    }
    let mut desk = bench.desk();
    desk.press("t text:pier");
    bench.edit("briefings/ferry/briefing.toml", "id    = \"pier\"", "id    = \"quay\"");
    bench.reload(&mut desk);
    assert!(desk.text().contains("quay"), "{}", desk.text());
    desk.press("Enter");
    let topic = desk.app.place.topic.map(|topic| desk.app.briefing[topic].id.to_string());
    assert_eq!(topic.as_deref(), Some("quay"));

    let mut desk = bench.desk();
    desk.press("5 G k k k Enter");
    assert!(matches!(desk.app.mode, Mode::Picker(_)), "{}", desk.text());
    bench.reload(&mut desk);
    assert!(desk.text().contains("The list that was open is closed."), "{}", desk.text());
}

#[test]
fn a_selection_keeps_its_words_while_they_are_there() {
    // Also below the keys and a command.
    for over in ["", "?", ":"] {
        let bench = Bench::new();
        let mut desk = bench.desk();
        desk.press("5 g j j j V w w w e").press(over);
        bench.edit("seeds/gazette.txt", "Island Gazette\n", "Island Gazette\nA line — 漢🦀 — before it.\n");
        bench.reload(&mut desk);
        desk.press(if over.is_empty() { "" } else { "Ctrl-g" }).press("y q");
        assert_eq!(copied(&desk), "The harbour board wants", "{over}");

        desk.press("V w w w e").press(over);
        bench.edit("seeds/gazette.txt", "The harbour board wants", "The harbour board would like");
        bench.reload(&mut desk);
        let note = desk.app.note.as_ref().map(ToString::to_string).unwrap();
        assert!(note.ends_with("Nothing is selected any more."), "{note}");
    }
}

#[test]
fn a_table_that_was_left_is_where_it_was_after_a_save() {
    let bench = Bench::new();
    // The last of them is left for another table.
    for (open, keys) in
        [("c", "j j j Enter"), ("s", "l Esc"), ("t Down Enter s", "j l Esc"), ("s", "l v j Esc")]
    {
        let [mut desk, mut still] = [bench.desk(), bench.desk()].map(|mut desk| {
            desk.press(open).press(keys);
            desk
        });
        bench.reload(&mut desk);
        let again = open.rsplit(' ').next().unwrap();
        let [now, was] = [&mut desk, &mut still].map(|desk| {
            let table = desk.press(again).table().unwrap();
            (table.row, table.column)
        });
        assert_ne!(was, (0, 0), "{open}");
        assert_eq!(now, was, "{open}");
    }
}

#[test]
fn an_edit_is_seen_while_it_is_read() {
    let bench = Bench::new();
    let mut pty = bench.session(&["--card", "mayor-promise"]);
    pty.shows("The ferry fare");
    bench.edit(
        REACTIONS,
        "id     = \"mayor-promise\"\ntitle  = \"",
        "id     = \"mayor-promise\"\ntitle  = \"Quite so: ",
    );
    pty.shows("Quite so: ").shows("was read anew");
    bench.edit(REACTIONS, "[[reaction]]", "[[reaction");
    pty.shows("shown as before").shows("Quite so: ");
    bench.edit(REACTIONS, "[[reaction", "[[reaction]]");
    pty.until("the problem gone", |output| !output.shows("shown as before"));
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn a_save_that_an_editor_makes_by_renaming_is_seen_and_the_key_reads_anew_too() {
    let bench = Bench::new();
    let pty = bench.session(&[]);
    pty.shows("The ferry fare");
    let file = bench.path().join("briefings/ferry/briefing.toml");
    let text = fs::read_to_string(&file).unwrap().replace("The ferry fare", "Fares and piers");
    fs::rename(&file, file.with_extension("toml~")).unwrap();
    fs::write(&file, text).unwrap();
    pty.shows("Fares and piers");
    pty.press("j").until("the note gone", |output| !output.shows("was read anew"));
    pty.press("\x12").shows("was read anew");
}

/// A session with an editor that notes what it was called with and does something to the file.
fn with_editor(bench: &Bench, name: &str, does: &str) -> Pty {
    let editor = bench.path().join(name);
    let script = format!("#!/bin/sh\necho \"$@\" >'{}/called'\n{does}\n", bench.path().display());
    fs::write(&editor, script).unwrap();
    fs::set_permissions(&editor, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = brief();
    command.args(["--library", bench.path().to_str().unwrap()]);
    command.env("EDITOR", format!("'{}' -x", editor.display()));
    Pty::spawn(command, 120, 36, Status::Answered)
}

#[test]
fn the_editor_opens_at_the_line_and_the_reader_comes_back_with_what_was_written() {
    let bench = Bench::new();
    let change = "sed -i 's/^title   = \"Pupils lose/title   = \"Some pupils lose/' \"$3\"";
    let mut pty = with_editor(&bench, "vim", change);
    pty.shows("The ferry fare").press("j").shows("Pupils lose the free crossing");
    pty.press("e").shows("Some pupils lose the free crossing").shows("was read anew");
    let called = || fs::read_to_string(bench.path().join("called")).unwrap();
    let file = bench.path().join(POINTS);
    let text = fs::read_to_string(&file).unwrap();
    let line = |words: &str| text.lines().position(|line| line.contains(words)).unwrap() + 1;
    assert_eq!(called(), format!("-x +{} {}\n", line("free-crossing-ends") - 1, file.display()));
    pty.press("4").press("e");
    let quote = line("It would also end") - 2;
    pty.until("the line of the quote", |_| called().contains(&format!("+{quote} ")));
    pty.send("Q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

/// A reader on the problems page of a library with some of them.
fn faulty(bench: &Bench, columns: u16, rows: u16) -> Desk {
    for number in 0..5 {
        let topic = format!("[[topic]]\nid = \"É {number}\"\ntitle = \"é—漢字🦀 {number}\"\naliases = 3\n");
        fs::write(bench.path().join(format!("briefings/ferry/z{number}.toml")), topic).unwrap();
    }
    let briefing = Library::at(bench.path()).unwrap().open(None).unwrap();
    let mut desk = Desk::new(briefing, columns, rows);
    desk.press("!");
    desk
}

#[test]
fn the_editor_opens_at_the_problem_that_the_bar_is_at() {
    let bench = Bench::new();
    let mut desk = faulty(&bench, 120, 36);
    let problems: Vec<(String, usize)> = desk
        .app
        .problems()
        .map(|problem| (problem.file.to_string(), problem.excerpt.as_ref().map_or(1, |excerpt| excerpt.line)))
        .collect();
    assert!(problems.len() > 5, "{problems:?}");
    for (file, line) in problems {
        desk.press("e");
        assert_eq!(desk.effect, Effect::Edit(Written { file: Safe::line(&file), line }));
        let barred: Vec<String> =
            desk.text().lines().filter(|row| row.starts_with('▌')).map(str::to_owned).collect();
        assert!(barred.first().is_some_and(|row| row.contains(&format!("{file}:{line}:"))), "{barred:?}");
        desk.press("j");
    }
    desk.press("g e");
    bench.edit("briefings/ferry/z4.toml", "É 4", "e-4");
    desk.press("G");
    bench.reload(&mut desk);
    desk.press("k j e");
    assert!(matches!(&desk.effect, Effect::Edit(at) if at.file.ends_with("z4.toml")), "{:?}", desk.effect);
}

#[test]
fn problems_that_become_fewer_under_a_list_leave_the_reader_at_the_last() {
    for (over, back) in [("?", "Ctrl-g"), (":", "Esc"), (": text:nothing", "Enter")] {
        let bench = Bench::new();
        let mut desk = faulty(&bench, 120, 36);
        desk.press("G").press(over);
        let folder = bench.path().join("briefings/ferry");
        fs::rename(&folder, folder.with_extension("away")).unwrap();
        bench.reload(&mut desk);
        assert!(!desk.text().contains("6 of 1"), "{}", desk.text());
        desk.press(back);
        assert!(desk.text().contains(" 1 of 1 "), "{}", desk.text());
        desk.press("e");
        assert!(matches!(desk.effect, Effect::Edit(_)), "{:?}", desk.effect);
    }
}

#[test]
fn every_row_of_the_problems_is_seen_on_the_way_down_and_up_at_every_size() {
    let bench = Bench::new();
    for (columns, rows) in [(120, 36), (80, 24), (45, 20), (40, 12), (20, 6), (3, 3)] {
        let mut desk = faulty(&bench, columns, rows);
        let sheet = desk.app.problem_rows().rows;
        for (keys, what) in [("j", "down"), ("k", "up"), ("d", "half pages down"), ("u", "half pages up")] {
            let mut seen = vec![false; sheet.len()];
            for _ in 0..sheet.len() + 5 {
                let Mode::Problems(at) = desk.app.mode else { unreachable!() };
                let (top, page) =
                    (desk.app.problem_rows().top(at, desk.app.problem_page()), desk.app.problem_page());
                seen.iter_mut().skip(top).take(page).for_each(|seen| *seen = true);
                desk.press(keys);
            }
            let unseen: Vec<&String> = sheet
                .iter()
                .zip(&seen)
                .filter(|(row, seen)| !**seen && !row.is_empty())
                .map(|(row, _)| row)
                .collect();
            assert!(unseen.is_empty(), "{what} at {columns}x{rows}: {unseen:#?}");
        }
    }
}

#[test]
fn an_editor_that_fails_is_named() {
    let bench = Bench::new();
    let pty = with_editor(&bench, "strange", "exit 3");
    pty.shows("The ferry fare").press("e").shows("strange ended with exit status: 3");
}

#[test]
fn what_is_inside_the_program_is_not_edited() {
    let pty = Pty::brief(120, 36);
    pty.shows("The US 28-point framework").press("e").shows("This briefing is inside the program");
}

fn copied(desk: &Desk) -> &str {
    let Effect::Copy(Clip { text, .. }) = &desk.effect else {
        panic!("nothing was copied:\n{}", desk.text())
    };
    text
}

#[test]
fn a_passage_is_selected_by_words_and_copied_as_the_table_that_quotes_it() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("5 g j j j V w w w e");
    assert!(desk.text().contains("4 words"), "{}", desk.text());
    desk.press("y t");
    assert_eq!(
        copied(&desk),
        "[[plan_point.quote]]\nsource = \"gazette\"\nexact  = \"The harbour board wants\"\n\
         basis  = \"outlet\"   # or record, document, anonymous, analysis\n"
    );
    assert!(matches!(desk.app.mode, Mode::Reading));
    desk.press("V w w w e y y");
    for part in
        ["“The harbour board wants”", "seeds/gazette.txt:4", "outlet: Island Gazette", "briefing: ferry"]
    {
        assert!(copied(&desk).contains(part), "{}", copied(&desk));
    }
    desk.press("V ) y q");
    assert!(copied(&desk).ends_with("on Monday."), "{}", copied(&desk));
    desk.press("V } y q");
    assert!(copied(&desk).ends_with("declined to comment."), "{}", copied(&desk));
}

#[test]
fn a_passage_that_stands_twice_says_which_one_it_is() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press(": text:source_herald Enter G k V )");
    assert!(desk.text().contains("place 2 of 2"), "{}", desk.text());
    desk.press("y t");
    assert!(
        copied(&desk).contains("exact  = \"The board meets on 12 May.\"\nnth    = 2\n"),
        "{}",
        copied(&desk)
    );
}

#[test]
fn both_ends_move_and_leaving_changes_nothing() {
    let bench = Bench::new();
    let mut desk = bench.desk();
    desk.press("5 g j j j");
    let before = desk.picture();
    desk.press("V j $ o w 0 k G g { h l b ( ? Esc");
    assert!(matches!(desk.app.mode, Mode::Selecting(_)));
    desk.press("Esc 5 g j j j");
    assert_eq!(desk.picture(), before);
    desk.press("1 V");
    assert!(matches!(desk.app.mode, Mode::Reading));
}
