//! Libraries that are too large to be searched between a key and its frame.

#[path = "../../benches/speed/library.rs"]
mod library;

use crate::desk::Desk;
use crate::export::library as library_of;
use crate::pty::{Pty, Status, brief as program};
use brief::app::{Finds, Reach};
use brief::load::Library;
use brief::model::Briefing;
use brief::update::{Msg, update};
use library::Extent;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A library of some four megabytes in a folder of the test's own.
fn written(name: &str) -> PathBuf {
    let folder = PathBuf::from(format!("{}/{name}", env!("CARGO_TARGET_TMPDIR")));
    let extent = Extent { cards: 30, sources: 3, paragraphs: 40_000, bytes: 100 };
    library::Library::new(extent).write(&folder).unwrap();
    folder
}

/// How many hits the search being typed has, and whether these are all.
fn told(desk: &Desk) -> (usize, bool) {
    match desk.app.marked().map(|search| &search.found) {
        Some(Finds::Everywhere { results, reach }) => (results.total, *reach == Reach::Whole),
        Some(Finds::Within { .. }) | None => panic!("no search of everything"),
    }
}

#[test]
fn a_search_shows_what_it_has_and_goes_on_until_the_count_is_whole() {
    let briefing = Library::at(&written("large-inline")).unwrap().open(None).unwrap();
    let mut desk = Desk::new(briefing, 120, 36);
    desk.press("/ text:security");
    let (first, whole) = told(&desk);
    assert!(first > 0 && !whole);
    assert!(desk.text().contains(&format!("1 of {first}+")), "{}", desk.text());

    let mut quest = desk.app.unfinished().unwrap();
    quest.advance(1 << 20, 2);
    update(&mut desk.app, Msg::Found(Box::new(quest.found())));
    let (second, whole) = told(&desk);
    assert!(second > first && !whole);

    quest.advance(usize::MAX, 1);
    let last = quest.found();
    update(&mut desk.app, Msg::Found(Box::new(last.clone())));
    let (all, whole) = told(&desk);
    assert!(all > second && whole);
    assert!(desk.text().contains(&format!("1 of {all} ")), "{}", desk.text());

    // What is found for a question that nobody asks any more changes nothing; the next one has a head start.
    desk.press("text:_plan");
    let narrowed = told(&desk);
    update(&mut desk.app, Msg::Found(Box::new(last)));
    assert_eq!(told(&desk), narrowed);
    assert!(narrowed.0 < all);
}

/// A text of which a search sees only the beginning at once: a word that holds `ferry` first, `ferry` itself last.
fn beyond() -> Desk {
    let mut text = String::from("é—漢: a midferry.\n");
    (0..40_000).for_each(|n| writeln!(text, "Paragraph {n} of the council’s plan, 漢字.").unwrap());
    text.push_str("The ferry waits.\n");
    let folder = library_of(
        &text,
        "[[event]]\nid = \"e\"\ntitle = \"E\"\ndate = \"2025\"\n\
         quote = [{ source = \"a\", exact = \"é—漢\", basis = \"outlet\" }]\n",
    );
    Desk::new(Library::at(folder.path()).unwrap().open(None).unwrap(), 120, 36)
}

/// Lets the search go on to its end.
fn finish(desk: &mut Desk) {
    let mut quest = desk.app.unfinished().unwrap();
    quest.advance(usize::MAX, 1);
    update(&mut desk.app, Msg::Found(Box::new(quest.found())));
}

#[test]
fn what_is_not_found_yet_is_waited_for() {
    let mut desk = beyond();
    desk.press("/ text:waits Enter");
    assert!(desk.text().contains("Searching on."), "{}", desk.text());
    finish(&mut desk);
    let told = desk.text();
    assert!(told.contains("The ferry waits.") && told.contains("1 of 1"), "{told}");

    // Whoever has gone on is led nowhere, until a key asks for it.
    let mut desk = beyond();
    desk.press("/ text:waits Enter Tab");
    let place = desk.app.place.clone();
    finish(&mut desk);
    assert_eq!(desk.app.place, place);
    desk.press("n");
    assert!(desk.text().contains("The ferry waits."), "{}", desk.text());

    let mut desk = beyond();
    desk.press("/ text:zebra Enter n");
    assert!(desk.text().contains("Searching on."), "{}", desk.text());
    finish(&mut desk);
    assert!(desk.text().contains("Nothing found."), "{}", desk.text());
}

#[test]
fn a_save_does_not_end_the_wait_for_a_first_hit() {
    let reload = |desk: &mut Desk| {
        let read = Briefing::clone(&desk.app.briefing);
        update(&mut desk.app, Msg::Reloaded(Box::new(Ok(read))));
    };
    let mut desk = beyond();
    desk.press("/ text:waits Enter");
    reload(&mut desk);
    finish(&mut desk);
    let told = desk.text();
    assert!(told.contains("The ferry waits.") && told.contains("1 of 1"), "{told}");

    // Where nothing comes, the search before is marked again, also of the new state.
    let mut desk = beyond();
    desk.press("/ text:é—漢 Enter / text:waitz Enter");
    reload(&mut desk);
    finish(&mut desk);
    assert!(desk.text().contains("Nothing found."), "{}", desk.text());
    desk.press("n");
    assert!(desk.text().contains("2 of 2"), "{}", desk.text());

    // Whoever had gone on is still led nowhere.
    let mut desk = beyond();
    desk.press("/ text:waits Enter Tab");
    reload(&mut desk);
    let place = desk.app.place.clone();
    finish(&mut desk);
    assert_eq!(desk.app.place, place);
}

#[test]
fn a_search_that_finds_nothing_in_the_end_leaves_the_one_before_it() {
    let mut desk = beyond();
    desk.press("/ text:é—漢 Enter");
    assert!(desk.text().contains("1 of 2+"), "{}", desk.text());
    desk.press("/ text:waitz Enter n");
    assert!(desk.text().contains("Searching on."), "{}", desk.text());
    finish(&mut desk);
    assert!(desk.text().contains("Nothing found."), "{}", desk.text());
    desk.press("n");
    assert!(desk.text().contains("2 of 2"), "{}", desk.text());
}

#[test]
fn a_hit_that_the_reader_went_to_stays_the_current_one() {
    let mut desk = beyond();
    desk.press("/ text:ferry Enter");
    assert!(desk.text().contains("1 of 1+"), "{}", desk.text());
    finish(&mut desk);
    desk.press("N");
    let told = desk.text();
    assert!(told.contains("The ferry waits.") && told.contains("1 of 2"), "{told}");
}

#[test]
fn a_search_that_another_one_broke_off_goes_on_when_that_one_is_left() {
    let library = Library::at(&written("large-kept")).unwrap();
    let mut desk = Desk::new(library.open(None).unwrap(), 120, 36);
    desk.press("/ text:security Enter 1");
    assert!(!told(&desk).1);
    // While nothing is typed yet, what the first still finds has no place; then the second takes its thread.
    for keys in ["/", "/ text:plan"] {
        desk.press(keys);
        if desk.app.quest.is_some() {
            finish(&mut desk);
        }
        desk.press("Esc");
        finish(&mut desk);
        assert!(told(&desk).1, "{keys}");
        desk.press("/ text:security Enter 1");
    }
    // The same where both are made anew because the briefing was.
    desk.press("/ text:plan");
    update(&mut desk.app, Msg::Reloaded(Box::new(library.open(None))));
    finish(&mut desk);
    assert!(told(&desk).1);
    desk.press("Esc");
    assert!(!told(&desk).1);
    finish(&mut desk);
    assert!(told(&desk).1);
}

#[test]
fn a_search_goes_on_by_itself_in_the_real_program() {
    let folder = written("large-pty");
    for keys in ["/security", "/security plan", "/secur\x7f\x7f\x7f"] {
        let mut command = program();
        command.args(["--library", folder.to_str().unwrap()]);
        let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
        pty.shows("Plan points").send(keys);
        pty.until("the whole count", |output| {
            let text = output.text();
            let count = text.split_once(" Found ").and_then(|(_, rest)| rest.split_once('╮'));
            count.is_some_and(|(count, _)| count.contains(" of ") && !count.contains('+'))
        });
        pty.send("\x1b").until("the lists again", |output| !output.shows(" Found ")).send("q");
        assert!(pty.ends().success());
    }
}
