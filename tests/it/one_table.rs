//! Help, footer, README, man page and completions all say what the tables say.

use crate::desk::{Desk, ferry};
use crate::printing::{brief, out};
use brief::cli;
use brief::keys::{Action, BINDINGS, Keymap, Room};

/// Where nothing is being typed, and the keys that lead there.
const ROOMS: [(Room, &str); 6] = [
    (Room::List, ""),
    (Room::Card, "4"),
    (Room::Source, "5"),
    (Room::Grid, "s"),
    (Room::Selection, "5 V"),
    (Room::Page, "!"),
];

fn printed(args: &[&str]) -> String {
    let output = brief(args).output().unwrap();
    assert!(output.status.success());
    out(&output)
}

/// A man page without the marks of roff.
fn read(man: &str) -> String {
    let text = man.replace("\\-", "-").replace("\\*(Aq", "'").replace("\\(aq", "'").replace("\\&", "");
    let text = text.replace("\\fB", "").replace("\\fR", "").replace("\\fI", "").replace("\\\\", "\\");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

#[test]
fn every_key_is_in_help_in_the_readme_and_in_the_man_page() {
    let (readme, man) = (readme(), read(&printed(&["man"])));
    let map = Keymap::default();
    for built_in in map.rows() {
        let (binding, help) = (built_in.binding, map.help(built_in));
        let keys: Vec<String> = binding.labels().collect();
        let code = |keys: &String| {
            if keys.contains('`') { format!("``` {keys} ```") } else { format!("`{keys}`") }
        };
        let row = keys.iter().map(code).collect::<Vec<_>>().join(" ");
        assert!(readme.contains(&format!("| {row} | {} | {help} |", binding.place())), "{row}");
        let entry = format!("{} ({}) {help}", keys.join(" "), binding.place());
        assert!(man.contains(&entry), "{entry} is not in {man}");
        for (room, to) in ROOMS {
            if binding.rooms.contains(&room) {
                let mut desk = Desk::new(ferry(), 140, 36);
                desk.press(to).press("? Esc ?");
                let needle = format!("{:<23} {help}", keys.join(" "));
                let found = match &desk.app.mode {
                    brief::app::Mode::Picker(picker) => {
                        picker.choices.iter().any(|choice| choice.line.contains(&needle))
                    }
                    _ => false,
                };
                assert!(found, "{needle} is not among the keys of {room:?}");
            }
        }
    }
}

#[test]
fn the_footer_says_the_keys_and_words_of_the_table() {
    let typed = [(Room::Picker, "t"), (Room::Command, ":"), (Room::Search, "/ text:fare")];
    for (room, to) in ROOMS.into_iter().chain(typed) {
        let mut desk = Desk::new(ferry(), 160, 36);
        desk.press(to);
        let shown = desk.text();
        let footer = shown.lines().last().unwrap_or_default();
        for binding in BINDINGS.iter().filter(|binding| binding.rooms.contains(&room)) {
            let key = binding.keys.first().and_then(|keys| keys.split(' ').next());
            let is_seen = binding.action == Action::Close && binding.rooms.contains(&Room::List);
            if let (Some(key), false) = (key, binding.hint.is_empty() || is_seen) {
                assert!(
                    footer.contains(key) && footer.contains(binding.hint),
                    "{key} {}: {footer}",
                    binding.hint
                );
            }
        }
    }
}

#[test]
fn the_footer_says_how_to_come_back_where_not_all_panes_are_seen() {
    // (columns, keys, whether the way back is named)
    for (columns, keys, is_named) in [
        (120, "4", false),
        (45, "j", false),
        (45, "4", true),
        (45, "5", true),
        (120, "z", true),
        (45, "z", false),
        (45, "/ text:fare Enter", false),
        (45, "/ text:fare Enter Esc", true),
    ] {
        let mut desk = Desk::new(ferry(), columns, 20);
        desk.press(keys).app.note = None;
        let shown = desk.text();
        let footer = shown.lines().last().unwrap_or_default();
        assert_eq!(footer.contains("Esc back"), is_named, "{keys} at {columns}: {footer}");
    }
}

#[test]
fn every_action_can_be_run_by_its_name_where_its_keys_work() {
    for (room, to) in ROOMS {
        let mut desk = Desk::new(ferry(), 140, 36);
        desk.press(to).press(":");
        let brief::app::Mode::Command(command) = &desk.app.mode else {
            panic!("no command line in {room:?}")
        };
        for binding in BINDINGS.iter().filter(|binding| binding.rooms.contains(&room)) {
            let named = command.list.choices.iter().any(|choice| choice.word == binding.action.name());
            assert!(named, "{} has no name in {room:?}", binding.action.name());
        }
    }
}

#[test]
fn every_command_and_option_is_in_the_readme_the_man_page_and_the_completions() {
    let (readme, man) = (readme(), read(&printed(&["man"])));
    let shells = ["bash", "zsh", "fish"].map(|shell| printed(&["completions", shell]));
    let command = cli::command();
    let subs = || command.get_subcommands().filter(|sub| sub.get_name() != "help");
    for sub in subs() {
        let about = sub.get_about().unwrap().to_string();
        assert!(readme.contains(&format!("`brief {}", sub.get_name())), "{}", sub.get_name());
        assert!(readme.contains(&about) && man.contains(&about), "{about}");
        assert!(shells.iter().all(|shell| shell.contains(sub.get_name())), "{}", sub.get_name());
    }
    for arg in subs().chain([&command]).flat_map(|command| command.get_arguments()) {
        let Some(long) = arg.get_long().filter(|long| !["help", "version"].contains(long)) else { continue };
        assert!(man.contains(&format!("--{long}")) && readme.contains(&format!("--{long}")), "--{long}");
        assert!(shells.iter().all(|shell| shell.contains(long)), "--{long}");
    }
}

#[test]
fn completions_know_the_words_of_arguments_and_the_options_behind_them() {
    let [zsh, fish] = ["zsh", "fish"].map(|shell| printed(&["completions", shell]));
    let command = cli::command();
    for sub in command.get_subcommands() {
        let name = sub.get_name();
        for argument in sub.get_positionals().map(|argument| argument.get_possible_values()) {
            let words: Vec<&str> = argument.iter().map(|value| value.get_name()).collect();
            let line = format!("subcommand {name}\" -f -a \"{}\"\n", words.join(" "));
            assert!(words.is_empty() || fish.contains(&line), "{line}");
        }
    }
    assert!(fish.contains("subcommand export\" -f -a \"md "));
    // What `_arguments` of zsh reads as `*::message:action` takes all that follows, and no option among it.
    assert!(zsh.contains("'*:query -- ") && !zsh.contains("'*::"));
}

#[test]
fn what_can_be_typed_into_a_search_is_in_its_help_the_man_page_and_the_readme() {
    let (readme, man, help) = (readme(), read(&printed(&["man"])), read(&printed(&["search", "--help"])));
    for (typed, finds) in brief::search::language() {
        let said = format!("{typed} {finds}");
        assert!(man.contains(&said) && help.contains(&said), "{said}");
        assert!(readme.contains(&format!("| `{typed}` | {finds} |")), "{said}");
    }
}

#[test]
fn exit_codes_files_and_variables_are_in_the_man_page_and_the_readme() {
    let (readme, man) = (readme(), read(&printed(&["man"])));
    let help = printed(&["--help"]);
    for (code, meaning) in cli::EXITS {
        let said = format!("{code} {meaning}");
        assert!(man.contains(&said) && readme.contains(&said) && help.contains(&said), "{said}");
    }
    for (name, meaning) in cli::FILES.iter().chain(&cli::ENVIRONMENT) {
        assert!(man.contains(&format!("{name} {meaning}")), "{name}");
        assert!(name.split(", ").all(|name| readme.contains(name)), "{name}");
    }
}
