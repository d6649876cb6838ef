//! The README says what is so.

use crate::desk::{Desk, shipped};
use brief::config::Config;
use brief::keys::{self, Key};
use brief::load::Library;
use brief::model::signs::LEGEND;
use brief::problem::Page;
use brief::sanitize::Safe;
use brief::theme::{COLOURS, Look, MARKS, Theme};
use std::path::Path;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// What stands between the marks of a name.
pub fn between<'r>(readme: &'r str, name: &str) -> &'r str {
    let (_, rest) = readme.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

/// Compares what stands between the marks of a name in a file with what should; with `BRIEF_BLESS` set, writes it.
pub fn stands(file: &str, name: &str, wanted: &str) {
    let readme = std::fs::read_to_string(file).unwrap();
    let now = between(&readme, name);
    if std::env::var_os("BRIEF_BLESS").is_some() {
        let marked = |words: &str| format!("<!-- {name} -->\n{words}<!-- /{name} -->");
        std::fs::write(file, readme.replace(&marked(now), &marked(wanted))).unwrap();
    } else {
        assert_eq!(now, wanted, "what {file} has as {name}");
    }
}

/// One test for all, since each may write the file.
#[test]
fn its_keys_its_commands_and_its_picture_are_those_of_the_program() {
    stands(FILE, "keys", &keys::markdown());
    let signs: String = LEGEND.iter().map(|(sign, meaning)| format!("| `{sign}` | {meaning} |\n")).collect();
    stands(FILE, "signs", &format!("| sign | means |\n|---|---|\n{signs}"));
    stands(FILE, "search", &brief::cli::searched_markdown());
    stands(FILE, "commands", &brief::cli::markdown());
    stands(FILE, "guests", &brief::cli::guests_markdown());
    let mut desk = Desk::new(shipped(), 104, 30);
    let topic = desk.app.briefing.topic_by_name("guarantees").unwrap();
    desk.app.narrow(Some(topic));
    stands(FILE, "picture", &format!("```text\n{}```\n", desk.text()));
}

#[test]
fn whatever_can_be_listed_is_named() {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let command = brief::cli::command();
    let list = command.find_subcommand("list").unwrap();
    let about = list.get_about().unwrap().to_string();
    let what = list.get_arguments().find(|argument| argument.get_id() == "what").unwrap();
    let listed: Vec<String> =
        what.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    assert!(readme.contains(&format!("`brief list {}`", listed.join("|"))), "{listed:?}");
    for listed in listed {
        assert!(about.contains(&listed), "{about} does not name {listed}");
    }
}

#[test]
fn its_configuration_is_one() {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let toml =
        between(&readme, "configuration").trim().trim_start_matches("```toml\n").trim_end_matches("```");
    let page = Page::new(Safe::line("config.toml"), toml);
    let (config, problems) = Config::read(Some(&page), |_| None);
    assert_eq!(problems, []);
    assert_eq!((config.theme.value, config.mouse.value), (Theme::DARK, true));
}

#[test]
fn it_names_every_look() {
    let readme = std::fs::read_to_string(FILE).unwrap().replace('\n', " ");
    let looks = Look::ALL.map(|(_, name)| format!("`{name}`")).join(", ");
    assert!(readme.contains(&format!("then {looks}, each")), "{looks}");
}

#[test]
fn its_keys_and_colours_of_a_configuration_are_all_that_there_are() {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    for names in [
        Key::names().collect::<Vec<_>>().join(", "),
        COLOURS.join(", "),
        MARKS.map(|(name, _)| name).join(", "),
    ] {
        assert!(readme.contains(&format!(" {names}")), "{names}");
    }
}

#[test]
fn its_package_has_what_its_steps_make() {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let manifest = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")).unwrap();
    let steps = between(&readme, "package");
    for made in ["target/package/brief.1", "target/release/brief"] {
        assert!(steps.contains(made) && manifest.contains(&format!("[\"{made}\", ")), "{made}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(steps.contains(shell) && manifest.contains(&format!("[\"target/package/brief.{shell}\", ")));
    }
}

#[test]
fn its_example_is_a_briefing() {
    let readme = std::fs::read_to_string(FILE).unwrap();
    let example = between(&readme, "example");
    let toml = example.trim().trim_start_matches("```toml\n").trim_end_matches("```");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-example");
    std::fs::create_dir_all(folder.join("briefings/ferry")).unwrap();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::write(folder.join("briefings/ferry/briefing.toml"), toml).unwrap();
    let gazette = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/library/seeds/gazette.txt");
    std::fs::copy(gazette, folder.join("seeds/gazette.txt")).unwrap();
    let briefing = Library::at(&folder).unwrap().open(None).unwrap();
    assert_eq!(briefing.problems, []);
    assert_eq!(briefing.cards.len(), 2);
}
