//! Several briefings: on the path, in one library, from one to another, searched together.

use crate::desk::{Desk, ferry, pier};
use crate::folders::FERRY;
use crate::printing::{self, out};
use crate::pty::{Pty, Status, brief};
use crate::workbench::Bench;
use brief::app::{Elsewhere, Mode};
use brief::format::{TomlFile, title as title_of};
use brief::model::Briefing;
use brief::sanitize::Safe;
use brief::search::{Index, Query};
use brief::update::{Effect, Msg, update};
use std::path::Path;
use std::process::Output;
use std::{env, fs};

/// The small library, the one for the tables, and the one built in.
const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/library:/no/such/folder:",
    env!("CARGO_MANIFEST_DIR"),
    "/tests/tables:"
);

fn run(path: &str, args: &[&str]) -> Output {
    printing::brief(args).env("BRIEF_PATH", path).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn session(args: &[&str]) -> Pty {
    let mut command = brief();
    command.env("BRIEF_PATH", PATH);
    command.args(args);
    Pty::spawn(command, 120, 36, Status::Answered)
}

#[test]
fn every_library_of_the_path_is_looked_at_in_its_order() {
    let listed = run(PATH, &["list", "briefings"]);
    let names: Vec<String> =
        out(&listed).lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(names, ["ferry", "pier", "us-peace-framework"]);
    assert!(said(&listed).contains("no library at /no/such/folder"), "{}", said(&listed));
    for (path, names) in [("", "us-peace-framework"), (&PATH[..PATH.len() - 1], "pier")] {
        assert!(out(&run(path, &["list", "briefings"])).contains(names), "{path}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(PATH, &["list", "briefings", "--json"]))).unwrap();
    let libraries: Vec<Option<&str>> =
        json["briefings"].as_array().unwrap().iter().map(|one| one["library"].as_str()).collect();
    let pier = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables");
    assert_eq!(libraries, [Some(FERRY), Some(pier), None]);
    let named = run(PATH, &["--library", FERRY, "list", "briefings"]);
    assert_eq!(out(&named).lines().count(), 1, "a library that is named is the only one");
}

#[test]
fn a_briefing_has_its_title_as_far_as_its_files_are_whole() {
    for (head, title) in [
        ("title = \"État—漢🦀\"", Some("État—漢🦀")),
        ("as_of = \"2025\ntitle = \"État\"", Some("État")),
        ("title = \"État\"\n[[event]]\nid = 3\nid = 4", Some("État")),
        ("title = \"\\u001b[2JÉtat\"", Some("␛[2JÉtat")),
        ("title = 7", None),
        ("title = \"  \"", None),
        ("schema = 1", None),
    ] {
        let file =
            |text: &'static str| TomlFile { path: Safe::line("a.toml"), bytes: Ok(text.as_bytes().into()) };
        assert_eq!(title_of(&[file(head)]).as_deref(), title, "{head}");
        // The first that is given counts, whatever it is.
        let title = if head == "schema = 1" { Some("Second") } else { title };
        assert_eq!(title_of(&[file(head), file("title = \"Second\"")]).as_deref(), title, "{head}");
    }
}

#[test]
fn a_briefing_is_found_by_its_name_wherever_it_is() {
    assert!(out(&run(PATH, &["--briefing", "pier", "list", "sources"])).contains("chronicle"));
    let unnamed = run(PATH, &["list", "cards"]);
    assert!(said(&unnamed).ends_with("name one with --briefing: ferry, pier, us-peace-framework\n"));
    assert_eq!(unnamed.status.code(), Some(2));
    let wrong = run(PATH, &["--briefing", "feri", "list", "cards"]);
    assert!(said(&wrong).contains("there is no briefing “feri”; the nearest: ferry"), "{}", said(&wrong));
    let nowhere = run("/no/such/folder", &["list", "briefings"]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn a_guest_reads_the_one_library_whatever_the_environment_says() {
    let printed = out(&run(PATH, &["--restricted", "--plain"]));
    assert!(printed.contains("The US 28-point framework"), "{printed}");
}

#[test]
fn all_briefings_are_searched_together() {
    let found = run(PATH, &["search", "--all", "board", "guarantees"]);
    assert!(!out(&found).is_empty() || found.status.code() == Some(1));
    let found = out(&run(PATH, &["search", "--all", "pier"]));
    assert!(found.lines().any(|line| line.starts_with("ferry: ")), "{found}");
    assert!(found.lines().any(|line| line.starts_with("pier: ")), "{found}");
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(PATH, &["search", "--all", "--json", "pier"]))).unwrap();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["briefings"][1]["briefing"]["name"], "pier");
    assert_eq!(run(PATH, &["search", "--all", "zzzzqqq"]).status.code(), Some(1));
}

#[test]
fn the_reader_lets_choose_goes_to_another_and_comes_back_to_where_it_was() {
    let mut pty = session(&[]);
    pty.shows("Two plans for the pier").shows("ferry");
    pty.press("\x1b").shows("No briefing is open yet; B chooses one.");
    pty.press("B").press("ferry\r").shows("The ferry fare").shows("1 Plan points");
    pty.press("jj").press(":briefing pier\r").shows("Two plans for the pier").shows("as of 10 May 2024");
    pty.press("B").shows("open now").press("ferry\r").shows("4 Plan point").shows("The ferry fare");
    pty.until("the card that was left", |out| {
        out.text().lines().any(|row| row.contains("▌") && row.contains("Pupils pay half"))
    });
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn a_briefing_that_is_taken_away_is_not_taken_for_one_of_its_name_elsewhere() {
    let (ours, theirs) = (Bench::new(), Bench::new());
    theirs.edit("briefings/ferry/briefing.toml", "The ferry fare", "Another fare");
    let mut command = brief();
    let path = env::join_paths([ours.path(), theirs.path()]).unwrap();
    command.env("BRIEF_PATH", path);
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.shows("The ferry fare");
    let folder = ours.path().join("briefings/ferry");
    fs::rename(&folder, folder.with_extension("away")).unwrap();
    pty.shows("The change is not shown").shows("The ferry fare");
    pty.press("e").shows("its folder is not there any more");
    fs::rename(folder.with_extension("away"), &folder).unwrap();
    pty.shows("was read anew").shows("The ferry fare");
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn a_mark_that_is_typed_ahead_into_another_briefing_is_kept() {
    let mut pty = session(&["--briefing", "ferry"]);
    pty.shows("The ferry fare");
    pty.press(":briefing pier\r").shows("Two plans for the pier");
    pty.press(":briefing ferry\rma:briefing us-peace-framework\r").shows("The US 28-point framework");
    pty.press(":briefing ferry\r").shows("The ferry fare");
    pty.press("''").shows("a  ");
    pty.press("\x1b").send("Q");
    assert!(pty.ends().success());
}

#[test]
fn a_search_over_all_leads_into_another_briefing() {
    let mut pty = session(&["--briefing", "ferry"]);
    pty.shows("The ferry fare");
    pty.press("\\").press("crab soup\r").shows("Found in all briefings").shows("Crab soup");
    pty.press("\r").until("the list closed", |out| !out.shows("Found in all")).shows("Crab soup");
    pty.press(":search-all town’s plan\r").shows("pier: ").press("\r");
    pty.shows("Two plans for the pier");
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn a_search_of_all_briefings_tells_of_those_that_it_could_not_open() {
    let bench = Bench::new();
    let mut command = brief();
    command.env(
        "BRIEF_PATH",
        env::join_paths([bench.path(), Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tables"))])
            .unwrap(),
    );
    command.args(["--briefing", "pier"]);
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.shows("Two plans for the pier");
    fs::rename(bench.path().join("briefings/ferry"), bench.path().join("briefings/.away")).unwrap();
    pty.press(":search-all zzzzqqq\r");
    pty.shows("Nothing found in 1 briefing. 1 briefing could not be opened.");
    pty.press(":search-all pier\r").shows("pier: ").shows("1 briefing could not be opened.");
    pty.press("\x1b").send("Q");
    assert!(pty.ends().success());
}

#[test]
fn where_no_briefing_is_open_nothing_is_called_sound_and_no_key_is_offered_for_one() {
    let mut desk = Desk::new(Briefing::default(), 120, 36);
    let text = desk.text();
    assert!(text.contains("No briefing is open yet; B chooses one."), "{text}");
    assert_eq!(text.lines().last(), Some(" ? all keys"), "{text}");
    for keys in ["!", "Ctrl-r"] {
        desk.press(keys);
        assert_eq!(desk.app.note.as_deref(), Some("No briefing is open yet; B chooses one."), "{keys}");
        assert_eq!(desk.effect, Effect::Nothing, "{keys}");
    }
}

/// What a search finds in a briefing, as the shell hands it in.
fn gleaned(briefing: &Briefing, words: &str) -> Vec<Elsewhere> {
    let results = Index::new(briefing).search(briefing, &Query::parse(words), 5);
    results.hits.iter().map(|hit| Elsewhere::new(briefing, hit)).collect()
}

#[test]
fn what_is_found_in_all_briefings_is_shown_as_it_comes_and_nothing_that_was_chosen_moves() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press(": text:search-all_fare Enter");
    let Effect::SearchAll { number, words } = desk.effect.clone() else { panic!("{:?}", desk.effect) };
    assert_eq!(words, "fare");
    assert!(desk.text().contains("Searching …") && desk.text().contains(" 0/0+ "), "{}", desk.text());
    update(&mut desk.app, Msg::FoundAll { number, found: gleaned(&ferry(), "fare"), more: 0 });
    desk.press("Down Down");
    let barred = |desk: &Desk| -> Option<String> {
        let text = desk.text();
        let row = text.lines().find_map(|row| Some(row.split_once("│▌")?.1))?;
        Some(row.split('│').next()?.to_owned())
    };
    let chosen = barred(&desk);
    assert!(chosen.as_ref().is_some_and(|row| row.contains("ferry: ")), "{chosen:?}");
    update(&mut desk.app, Msg::FoundAll { number, found: gleaned(&pier(), "pier"), more: 0 });
    assert_eq!(barred(&desk), chosen);
    assert!(desk.text().contains("10/10+"), "{}", desk.text());
    update(&mut desk.app, Msg::SearchedAll { number, unopened: 0 });
    assert!(desk.text().contains("10/10 "), "{}", desk.text());
}

#[test]
fn of_a_briefing_with_more_finds_than_are_listed_it_is_said_how_many_and_it_can_be_opened() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press(": text:search-all_fare Enter");
    let Effect::SearchAll { number, .. } = desk.effect.clone() else { panic!("{:?}", desk.effect) };
    update(&mut desk.app, Msg::FoundAll { number, found: gleaned(&pier(), "pier"), more: 23 });
    update(&mut desk.app, Msg::SearchedAll { number, unopened: 0 });
    assert!(desk.text().contains("pier: 23 more; open it and search it alone"), "{}", desk.text());
    desk.press("End Enter");
    assert!(matches!(&desk.effect, Effect::Open(there) if &*there.briefing == "pier"), "{:?}", desk.effect);
}

#[test]
fn a_search_of_all_briefings_that_was_left_or_followed_by_another_shows_nothing_more() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press(": text:search-all_fare Enter");
    let Effect::SearchAll { number: first, .. } = desk.effect else { panic!("{:?}", desk.effect) };
    desk.press("Esc");
    let before = desk.picture();
    update(&mut desk.app, Msg::FoundAll { number: first, found: gleaned(&pier(), "pier"), more: 0 });
    update(&mut desk.app, Msg::SearchedAll { number: first, unopened: 0 });
    assert_eq!(desk.picture(), before);
    desk.press(": text:search-all_zebra Enter");
    let Effect::SearchAll { number: second, .. } = desk.effect else { panic!("{:?}", desk.effect) };
    update(&mut desk.app, Msg::FoundAll { number: first, found: gleaned(&pier(), "pier"), more: 0 });
    assert!(desk.text().contains("Searching …"), "{}", desk.text());
    update(&mut desk.app, Msg::SearchedAll { number: second, unopened: 0 });
    assert!(
        matches!(desk.app.mode, Mode::Reading) && desk.text().contains("Nothing found in "),
        "{}",
        desk.text()
    );
}

#[test]
fn what_a_search_still_finds_in_the_briefing_that_was_left_is_not_of_the_next() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press("/ text:fare Enter");
    let (searched, keys) = (desk.app.searched, desk.app.keys.clone());
    assert!(searched > 0);
    let (briefing, memory) = (Box::new(pier()), Box::default());
    update(&mut desk.app, Msg::Opened { briefing, memory, at: None });
    assert_eq!(&*desk.app.briefing.name, "pier");
    assert!(desk.app.searched >= searched && desk.app.keys == keys && desk.app.search.is_none());
}

#[test]
fn a_library_that_is_not_there_is_named_and_the_others_open() {
    let pty = session(&["--briefing", "pier"]);
    pty.shows("BRIEF_PATH: no library at /no/such/folder").shows("Two plans for the pier");
    for args in [
        &[][..],
        &["versions", "--json"],
        &["list", "cards"],
        &["export", "md"],
        &["--briefing", "pier"],
        &["--briefing", "feri"],
        &["--briefing", "pier", "--topic", "é—漢🦀"],
    ] {
        let said = said(&run(PATH, args));
        let told = "brief: BRIEF_PATH: no library at /no/such/folder: ";
        assert_eq!(said.matches(told).count(), 1, "{args:?}: {said}");
    }
    let path = format!("{PATH}:/nor/here");
    assert!(said(&run(&path, &["--briefing", "pier"])).contains("/nor/here"), "each of them");
}
