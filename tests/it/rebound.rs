//! Whoever gives actions other keys, or none, is told of the keys that there are.

use crate::desk::{Desk, ferry};
use brief::geometry::Pane;
use brief::keys::{Action, BINDINGS, Copied, Key, Keymap};
use std::path::Path;

/// Actions that sentences tell of, with other keys.
const OTHERS: [(Action, Key); 15] = [
    (Action::Open, Key::Ctrl('e')),
    (Action::Focus(Pane::Source), Key::Alt('5')),
    (Action::MarkRead, Key::Char('M')),
    (Action::NextUnread, Key::Char('U')),
    (Action::SetMark, Key::Char('K')),
    (Action::GoToMark, Key::Char('"')),
    (Action::NextHit, Key::Char(';')),
    (Action::PreviousHit, Key::Char(',')),
    (Action::Search, Key::Char('F')),
    (Action::AllTopics, Key::Char('A')),
    (Action::Problems, Key::Char('P')),
    (Action::NextQuote, Key::Char('>')),
    (Action::PreviousQuote, Key::Char('<')),
    (Action::Copy(Copied::Cited), Key::Char('Y')),
    (Action::Copy(Copied::Bare), Key::Ctrl('y')),
];

/// What the screen says once some actions were run by their names and some keys pressed.
fn said(map: &Keymap, keys: &str) -> String {
    let mut desk = Desk::new(ferry(), 140, 40);
    desk.app.keys = map.clone();
    desk.press(keys);
    desk.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn where_another_key_takes_names_sentences_have_that_before_a_name() {
    let none = |action| (action, Vec::new());
    for (command, told) in [
        (vec![vec![Key::Char(';')]], "read; ;next-unread goes to the next that is not."),
        (Vec::new(), "read; next-unread goes to the next that is not."),
    ] {
        let map = Keymap::with(&[none(Action::NextUnread), (Action::Command, command)]).unwrap();
        let said = said(&map, "r");
        assert!(said.contains(told), "{told} is not in {said}");
    }
}

#[test]
fn sentences_tell_of_the_keys_that_there_are() {
    let keys = |of: &dyn Fn(Key) -> Vec<Vec<Key>>| OTHERS.map(|(action, key)| (action, of(key)));
    let maps = [
        Keymap::default(),
        Keymap::with(&keys(&|key| vec![vec![key]])).unwrap(),
        Keymap::with(&keys(&|_| Vec::new())).unwrap(),
    ];
    let cases = [
        (
            ": text:select Enter",
            [
                "in the source: Enter or 5 leads there.",
                "in the source: Ctrl-e or Alt-5 leads there.",
                "in the source: :open or :source leads there.",
            ],
        ),
        (
            ": text:mark-read Enter",
            [
                "read; R goes to the next that is not.",
                "read; U goes to the next that is not.",
                "read; :next-unread goes to the next that is not.",
            ],
        ),
        (
            ": text:set-mark Enter",
            [
                "Press m and a letter to give this place the letter.",
                "Press K and a letter to give this place the letter.",
                "No key gives this place a letter; set-mark in config.toml names one.",
            ],
        ),
        (
            ": text:marks Enter",
            [
                "There are no marks yet; m and a letter set one.",
                "There are no marks yet; K and a letter set one.",
                "There are no marks yet.",
            ],
        ),
        (
            ": text:changes Enter",
            [
                "unread, R goes to the next.",
                "unread, U goes to the next.",
                "unread, :next-unread goes to the next.",
            ],
        ),
        (
            ": text:search_fare Enter Enter",
            [
                "; n goes on, N goes back, Esc lets go.",
                "; ; goes on, , goes back, Esc lets go.",
                "; :next-hit goes on, :previous-hit goes back, Esc lets go.",
            ],
        ),
        (
            ": text:topic_pier Enter",
            [
                "None about this topic; T shows all.",
                "None about this topic; A shows all.",
                "None about this topic; :all-topics shows all.",
            ],
        ),
        (
            ": text:help Enter text:show_what",
            [
                "show what yy copies on the plain screen",
                "show what Y copies on the plain screen",
                "show what :copy copies on the plain screen",
            ],
        ),
    ];
    for (keys, told) in cases {
        for (map, told) in maps.iter().zip(told) {
            let said = said(map, keys);
            assert!(said.contains(told), "{told} is not said of {keys}: {said}");
        }
    }
}

#[test]
fn a_mark_is_told_of_with_the_keys_of_its_letter() {
    let map = Keymap::with(&OTHERS.map(|(action, key)| (action, vec![vec![key]]))).unwrap();
    for (map, keys, told) in [
        (&Keymap::default(), "' z", "There is no mark z; mz sets it."),
        (&Keymap::default(), "m z", "Mark z is here now; 'z comes back to it."),
        (&map, "\" z", "There is no mark z; Kz sets it."),
        (&map, "K z", "Mark z is here now; \"z comes back to it."),
    ] {
        let said = said(map, keys);
        assert!(said.contains(told), "{told} is not said of {keys}: {said}");
    }
}

/// What says a key and means it: where a line is typed into the keys are the same for everybody, a pane
/// has its number, and a sign is no key.
const MEANT: [&str; 8] = [
    "Enter looks for it",
    "Enter runs it",
    "Esc leaves, with everything as it was",
    "Backspace takes back a letter",
    "4 Plan point",
    "4 Open question",
    "5 Source",
    "! {}, shown as before",
];

/// The first word of a sentence that is a key, also with others behind a slash or with a letter put in.
fn key_in(words: &str) -> Option<&str> {
    let keys: Vec<String> =
        BINDINGS.iter().flat_map(|binding| binding.labels()).map(|keys| keys.replace("a–z", "")).collect();
    let is_key = |word: &str| keys.iter().any(|key| key == word);
    if words.split_whitespace().count() < 3 || MEANT.iter().any(|meant| words.contains(meant)) {
        return None;
    }
    words.split_whitespace().find(|word| {
        let word = word.trim_end_matches([',', ';', '.']);
        let before = word.split('{').next().unwrap_or_default();
        is_key(before) || word.len() > 1 && word.split('/').all(is_key)
    })
}

/// The words between quotation marks in a file of the program, without those of its tests.
fn literals(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("'\"'", "").replace("\\\"", "");
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn no_sentence_has_a_key_written_into_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![src.join("leaf.rs"), src.join("update.rs"), src.join("view.rs"), src.join("app.rs")];
    files.extend(["reader.rs", "keeper.rs", "outside.rs"].map(|file| src.join("cli").join(file)));
    for folder in ["update", "view", "app"] {
        files.extend(std::fs::read_dir(src.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    let mut wrong = Vec::new();
    for file in files {
        for words in literals(&std::fs::read_to_string(&file).unwrap()) {
            wrong.extend(key_in(&words).map(|key| format!("{}: {key} in {words:?}", file.display())));
        }
    }
    for binding in BINDINGS {
        wrong.extend(key_in(binding.help).map(|key| format!("{}: {key}", binding.help)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for words in
        ["This is so; ! shows why.", "so mz or m{letter} sets", "so ]/[ go back", "so 'z or '{letter} goes"]
    {
        assert!(key_in(words).is_some(), "{words}");
    }
}
