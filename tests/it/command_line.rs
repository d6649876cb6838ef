//! The command line: what is typed behind `:` does what it says.

use crate::desk::{Desk, ferry, shipped};
use brief::app::{Mode, Sight};
use brief::geometry::Pane;
use brief::keys::{Key, Keymap};
use brief::theme::Theme;
use brief::update::Effect;

fn desk() -> Desk {
    Desk::new(ferry(), 120, 36)
}

fn line(desk: &Desk) -> &str {
    match &desk.app.mode {
        Mode::Command(command) => command.list.line.text(),
        _ => panic!("no command is being typed"),
    }
}

#[test]
fn a_name_runs_its_action() {
    let mut desk = desk();
    desk.press(": text:zoom Enter");
    assert!(desk.app.zoomed);
    desk.press(": text:q Enter");
    assert!(!desk.app.zoomed, "the name that begins so comes first: quit, which goes back");
    desk.press(": text:quit-now Enter");
    assert_eq!(desk.effect, Effect::Quit);
}

#[test]
fn what_it_is_about_stands_behind_the_name() {
    let mut desk = desk();
    desk.press(": text:topic_pupils Enter");
    assert_eq!(desk.app.place.topic, desk.app.briefing.topic_by_name("pupils").ok());
    desk.press(": text:topic_all Enter");
    assert_eq!(desk.app.place.topic, None);
    desk.press(": text:card_mayor-binds Enter");
    assert_eq!(desk.card(), "mayor-binds");
    desk.press(": text:source_herald Enter");
    assert_eq!(desk.app.place.pane(), Pane::Source);
    assert_eq!(&*desk.app.briefing[desk.app.source().unwrap()].id, "herald");
    desk.press(": text:theme_dark Enter");
    assert_eq!(desk.app.theme, Theme::DARK);
    desk.press(": text:search_crab_soup");
    assert_eq!(line(&desk), "search crab soup");
    desk.press("Enter");
    assert!(matches!(desk.app.mode, Mode::Search(_)));
    assert!(desk.text().contains("Crab soup"), "{}", desk.text());
}

#[test]
fn the_mouse_is_on_or_off_as_the_line_says() {
    let mut desk = desk();
    for (line, want) in [("mouse_off", false), ("mouse_on", true), ("mouse_on", true), ("mouse", false)] {
        desk.press(&format!(": text:{line} Enter"));
        assert_eq!((desk.app.mouse, &desk.effect), (want, &Effect::Mouse(want)), "{line}");
    }
    desk.press("v : text:mouse_on Enter");
    assert!(desk.app.mouse && matches!(desk.app.mode, Mode::Grid(_)), "also over a table");
}

#[test]
fn tab_completes_as_far_as_the_names_agree_and_then_with_what_is_chosen() {
    for (typed, completed) in [
        ("zo", "zoom"),
        ("page", "page-"),
        ("page- Down", "page-down"),
        ("top", "top"),
        ("topi", "topic "),
        ("topic_pup", "topic pupils"),
        ("topic_school", "topic pupils"),
        ("card_may", "card mayor-"),
        ("card_mayor-", "card mayor-binds"),
        ("zzzz", "zzzz"),
    ] {
        let mut desk = desk();
        desk.press(&format!(": text:{typed} Tab"));
        assert_eq!(line(&desk), completed, "{typed}");
    }
}

#[test]
fn what_is_no_command_is_answered_with_the_nearest() {
    let mut desk = desk();
    for (typed, answer) in [
        ("zooom", "There is no command “zooom”; the nearest: zoom."),
        ("vrsns", "There is no command “vrsns”; the nearest: versions."),
        ("serch_fare", "There is no command “serch fare”; the nearest: search."),
        ("wq", "There is no command “wq”."),
        ("set_nu", "There is no command “set nu”; the nearest: set-mark."),
        ("topic_pupilz", "There is no topic “pupilz”; the nearest: pupils."),
        ("漢—🦀", "There is no command “漢—🦀”."),
    ] {
        desk.press(&format!(": text:{typed} Enter"));
        assert!(matches!(desk.app.mode, Mode::Reading));
        assert_eq!(desk.app.note.as_ref().map(AsRef::as_ref), Some(answer));
    }
}

#[test]
fn what_begins_a_name_or_a_word_of_what_it_does_is_run() {
    let is_open = |desk: &Desk| matches!(desk.app.mode, Mode::Grid(_));
    for typed in ["ver", "side", "side_by", "versions_topic"] {
        assert!(is_open(desk().press(&format!(": text:{typed} Enter"))), "{typed}");
    }
    let mut desk = desk();
    desk.press(": text:sp Down");
    let Mode::Command(command) = &desk.app.mode else { panic!("the line is open") };
    assert_eq!(command.list.at.chosen, 1);
    desk.press("Enter");
    assert!(desk.app.note.as_deref().is_none_or(|note| !note.contains("no command")), "it was chosen");
}

#[test]
fn the_name_of_a_command_for_another_place_runs_no_other() {
    for (keys, answer) in [
        (": text:sort Enter", "This is for the tables: v, s, w and c open them."),
        (": text:turn Enter", "This is for the tables: v, s, w and c open them."),
        (": text:next-word Enter", "This is for a passage that is selected: V in the source begins."),
        (": text:copy-table Enter", "This is for a passage that is selected: V in the source begins."),
        (": text:complete Enter", "This is for a line that a command is typed into."),
        ("v : text:quit Enter", "“quit” is for the panes; Esc leads there."),
        ("v : text:swap-ends Enter", "This is for a passage that is selected: V in the source begins."),
        ("5 V : text:next-pane Enter", "“next-pane” is for the panes; Esc leads there."),
    ] {
        let mut desk = Desk::new(shipped(), 120, 30);
        desk.press(keys.split_once(':').unwrap().0);
        let table = desk.table().map(|table| table.ask);
        let place = desk.app.place.clone();
        desk.press(&format!(":{}", keys.split_once(':').unwrap().1));
        assert_eq!(desk.app.note.as_deref(), Some(answer), "{keys}");
        assert_eq!((desk.table().map(|table| table.ask), &desk.app.place), (table, &place), "{keys}");
    }
    for (typed, asks) in [("theme", "theme "), ("search", "search "), ("source", "source ")] {
        let mut desk = desk();
        desk.press(&format!("v : text:{typed} Enter"));
        assert_eq!(line(&desk), asks);
        desk.press("Esc");
        assert!(desk.table().is_some(), "the table is still there");
    }
}

#[test]
fn a_number_leads_to_the_paragraph_that_has_it() {
    let mut desk = Desk::new(shipped(), 120, 30);
    desk.press("S text:parish Enter j");
    let (was, text) = (desk.app.place.clone(), desk.app.source_window().unwrap().text.clone());
    let last = text.paragraphs.len();
    assert!(last > 12 && desk.text().contains(&format!(" ¶1 of {last} ")), "{}", desk.text());
    for (typed, number) in
        [("12", 12), ("0", 1), ("007", 7), ("9999", last), ("99999999999999999999999", last), ("1", 1)]
    {
        desk.press(&format!(": text:{typed} Enter"));
        let paragraph = text.paragraph(number - 1).unwrap();
        let Sight::Text { cursor, .. } = desk.app.place.sight else { panic!("{typed}") };
        assert_eq!(cursor, paragraph.start, "{typed}");
        assert!(desk.text().contains(&format!(" ¶{number} of {last} ")), "{typed}");
    }
    desk.press("Ctrl-o Ctrl-o Ctrl-o Ctrl-o Ctrl-o");
    assert_eq!(desk.app.place, was);

    desk.press("1 : text:3 Enter");
    assert_eq!(desk.app.place.pane(), Pane::Source, "also from the lists, where a text is shown");
    desk.press("v : text:42 Enter");
    assert_eq!(desk.app.note.as_deref(), Some("There is no command “42”."));
}

#[test]
fn where_a_text_is_read_its_heading_says_the_paragraph() {
    let mut desk = desk();
    for keys in ["Enter", "j"] {
        let text = desk.press(keys).text();
        assert!(text.contains(" quote 1 of 2 · exact ━"), "on the quote it says its grade: {text}");
    }
    let text = desk.press("g").text();
    assert!(text.contains(" ¶1 of 7 ━") && !text.contains("quote 1 of 2"), "{text}");
    let text = desk.press("]").text();
    assert!(text.contains(" of 2 · exact"), "{text}");
}

#[test]
fn who_is_led_to_the_nearest_card_is_told_of_that_and_of_the_topic() {
    let mut desk = desk();
    desk.press("t text:school Enter : text:card_wntr_fr Enter");
    let note = "There is no card “wntr fr”; this is the nearest. \
                This card is not about the topic: all topics again.";
    assert_eq!(desk.app.note.as_deref(), Some(note));
}

#[test]
fn what_is_taken_for_a_name_is_the_nearest_to_it() {
    let mut desk = Desk::new(shipped(), 120, 36);
    let id = |desk: &Desk| desk.card().to_owned();
    desk.press(": text:card_nato-br Enter");
    assert_eq!(id(&desk), "nato-bar");
    let note = desk.app.note.as_ref().map(AsRef::as_ref);
    assert_eq!(note, Some("There is no card “nato-br”; this is the nearest."));
}

#[test]
fn what_a_theme_is_for_is_no_name_of_it() {
    let mut desk = desk();
    let before = desk.app.theme;
    desk.press(": text:theme_x Enter");
    assert_eq!(desk.app.note.as_ref().map(AsRef::as_ref), Some("There is no theme “x”."));
    assert_eq!(desk.app.theme, before);
    desk.press(": text:theme_drak Enter");
    let note = desk.app.note.as_ref().map(AsRef::as_ref);
    assert_eq!(note, Some("There is no theme “drak”; the nearest: dark."));
}

#[test]
fn up_on_an_empty_line_brings_back_what_was_run() {
    let mut desk = desk();
    desk.press(": text:zoom Enter : text:topic_pup Enter : text:zooom Enter : Up");
    assert_eq!(line(&desk), "zooom", "also what was wrong, to mend it");
    desk.press("Up");
    assert_eq!(line(&desk), "topic pupils");
    desk.press("Ctrl-p Ctrl-p Ctrl-p");
    assert_eq!(line(&desk), "zoom", "the first");
    desk.press("Down Down");
    assert_eq!(line(&desk), "zooom");
    desk.press("Down");
    assert_eq!(line(&desk), "");
    desk.press("Down");
    assert_eq!(line(&desk), "", "among what is listed again");
    desk.press("Esc");
    assert!(matches!(desk.app.mode, Mode::Reading));
}

#[test]
fn every_action_has_a_name_that_finds_it() {
    let names: Vec<&str> = Keymap::default()
        .rows()
        .iter()
        .filter(|row| row.binding.rooms.contains(&brief::keys::Room::List))
        .map(|row| row.binding.action.name())
        .collect();
    for name in names {
        let mut desk = desk();
        desk.press(&format!(": text:{name}"));
        let shown = desk.text();
        assert!(shown.lines().any(|line| line.contains(&format!("▌ {name} "))), "{name}\n{shown}");
    }
}

#[test]
fn keys_work_with_a_cyrillic_layout_left_on() {
    let mut latin = desk();
    let mut cyrillic = desk();
    for (one, other) in
        [("j", "о"), ("j", "о"), ("]", "ъ"), ("[", "х"), ("z", "я"), ("G", "П"), ("y y", "н н")]
    {
        latin.press(one);
        cyrillic.press(other);
        assert_eq!(latin.picture(), cyrillic.picture(), "{one} {other}");
        assert_eq!(latin.effect, cyrillic.effect, "{one} {other}");
    }
    cyrillic.press("/ text:ой");
    let Mode::Search(prompt) = &cyrillic.app.mode else { panic!("no search is being typed") };
    assert_eq!(prompt.line.text(), "ой", "what is typed is typed");
}

#[test]
fn footer_and_help_follow_other_keys() {
    let mut desk = desk();
    let changes = [
        (brief::keys::Action::NextQuote, vec![vec![Key::Char('x')]]),
        (brief::keys::Action::Topic, vec![]),
        (brief::keys::Action::Help, vec![vec![Key::Ctrl('x'), Key::Char('h')]]),
    ];
    desk.app.keys = Keymap::with(&changes).unwrap();
    let shown = desk.text();
    let footer = shown.lines().last().unwrap_or_default();
    assert!(footer.contains("x/[ quote") && footer.ends_with("Ctrl-x all keys"), "{footer}");
    assert!(!footer.contains("topic"), "{footer}");
    desk.press("Ctrl-x");
    assert!(desk.text().contains("h help"), "{}", desk.text());
    desk.press("h text:choose_a_topic");
    assert!(desk.text().contains(":topic"), "{}", desk.text());
}
