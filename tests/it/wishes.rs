//! The configuration as the program reads it: where it is, what it changes, what is said of a bad one.

use crate::desk::{Desk, ferry};
use crate::folders::FERRY;
use crate::printing::said;
use crate::pty::{self, Pty, Status};
use brief::glyphs::Glyphs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A folder for the configuration of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wishes").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("brief")).unwrap();
    folder
}

/// The program with a configuration, and what it says: output, errors, exit code.
fn brief(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.env_clear().env("XDG_CONFIG_HOME", folder).envs(variables.iter().copied());
    said(&command.args(args).stdin(Stdio::null()).output().unwrap())
}

fn configured(name: &str, text: &str) -> PathBuf {
    let folder = folder(name);
    std::fs::write(folder.join("brief/config.toml"), text).unwrap();
    folder
}

const ON_FERRY: [&str; 2] = ["--library", FERRY];

/// The line of the configuration that sets something, with the blanks between it and its origin as one.
fn set(config: &str, name: &str) -> Option<String> {
    let line = config.lines().find(|line| line.trim_start_matches('#').starts_with(&format!("{name} = ")))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn without_a_file_everything_is_as_it_is_built_in() {
    let folder = folder("none");
    let (out, err, code) = brief(&folder, &[], &["config"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.lines().all(|line| line.is_empty() || line.starts_with('#') || line == "[keys]"), "{out}");
    assert!(out.starts_with(&format!("# {}/brief/config.toml (there is no such file)", folder.display())));
    for (name, line) in [
        ("theme", "#theme = \"terminal\" # default"),
        ("mouse", "#mouse = false # default"),
        ("glyphs", "#glyphs = \"unicode\" # default"),
        ("next-quote", "#next-quote = [\"]\"] # default"),
        ("theme ", ""),
    ] {
        assert_eq!(set(&out, name).unwrap_or_default(), line);
    }
}

#[test]
fn a_byte_that_is_not_utf_8_is_named_with_its_place_and_the_rest_counts() {
    let folder = folder("latin");
    std::fs::write(folder.join("brief/config.toml"), b"theme = \"dark\"\n# caf\xe9\n").unwrap();
    let (out, err, code) = brief(&folder, &[("LC_ALL", "C.UTF-8")], &["config"]);
    let want = "brief: config.toml:2:6: error[E004]: byte 21 is not UTF-8; `\u{fffd}` stands in its place\n";
    assert!(code == 1 && err.starts_with(want), "{err}");
    assert_eq!(set(&out, "theme").as_deref(), Some("theme = \"dark\" # file, line 1"));
}

#[test]
fn each_value_says_where_it_is_from() {
    let folder = configured("origins", "mouse = true\n[keys]\nnext-quote = [\"]\", \"x\"]\nsuspend = []\n");
    let variables = [("LANG", "C"), ("NO_COLOR", "1")];
    let (out, err, code) = brief(&folder, &variables, &["config"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for (name, line) in [
        ("theme", "#theme = \"mono\" # environment, NO_COLOR=1"),
        ("mouse", "mouse = true # file, line 1"),
        ("glyphs", "#glyphs = \"ascii\" # environment, LANG=C"),
        ("next-quote", "next-quote = [\"]\", \"x\"] # file"),
        ("suspend", "suspend = [] # file"),
    ] {
        assert_eq!(set(&out, name).as_deref(), Some(line));
    }
}

#[test]
fn a_bad_file_is_told_with_its_place_and_stops_nothing() {
    let folder = configured("bad", "theme = \"drak\"\n[keys]\nzoom = [\"]\"]\n");
    let (out, err, code) = brief(&folder, &[], &["config"]);
    assert_eq!(code, 1);
    assert!(out.contains("#theme = \"terminal\""), "{out}");
    for part in [
        "config.toml:1:9: error[E021]: `drak` is not one of terminal, dark, light, mono",
        "config.toml:3:1: error[E031]: the keys stay as they are built in: `]` is bound to both `zoom` and `next-quote`",
        "    3 | zoom = [\"]\"]",
    ] {
        assert!(err.contains(part), "{part} is not in {err}");
    }
    let (out, err, code) = brief(&folder, &[], &ON_FERRY);
    assert_eq!(code, 0);
    assert!(out.contains("# Plan points"));
    assert_eq!(err.lines().count(), 1, "{err}");
    assert!(err.starts_with("brief: config.toml:1:9: `drak` is not one of"), "{err}");
}

#[test]
fn what_is_no_file_is_told_too() {
    let folder = folder("no-file");
    std::fs::create_dir(folder.join("brief/config.toml")).unwrap();
    let (_, err, code) = brief(&folder, &[], &["config"]);
    assert_eq!((code, err.as_str()), (1, "brief: config.toml: error[E001]: this is not a file\n"));
    let folder = configured("large", &"#".repeat(300 << 10));
    let (out, err, _) = brief(&folder, &[], &["config"]);
    assert!(err.contains("E003") && !out.contains("there is no such file"), "{out}{err}");
    std::fs::write(folder.join("brief/config.toml"), b"\xff").unwrap();
    assert!(brief(&folder, &[], &["config"]).1.contains("E004"));
}

#[test]
fn where_the_locale_is_not_utf_8_nothing_but_ascii_is_printed_but_to_programs() {
    let folder = folder("ascii");
    for locale in [[("LC_ALL", "C")], [("LANG", "de_DE.ISO-8859-1")]] {
        for args in [&[][..], &["--topic", "pupils"], &["list", "quotes"], &["search", "soup"], &["check"]] {
            let args = [&ON_FERRY[..], args].concat();
            let (out, err, _) = brief(&folder, &locale, &args);
            assert!(out.is_ascii() && err.is_ascii(), "{args:?}\n{out}");
        }
    }
    let args = [&ON_FERRY[..], &["list", "quotes", "--json"]].concat();
    assert!(!brief(&folder, &[("LC_ALL", "C")], &args).0.is_ascii());
    let (out, ..) = brief(&folder, &[], &ON_FERRY);
    assert!(out.contains('“'), "an environment that says nothing says nothing against UTF-8");
    let folder = configured("unicode", "glyphs = \"unicode\"");
    assert!(brief(&folder, &[("LC_ALL", "C")], &ON_FERRY).0.contains('“'), "the file goes before the locale");
}

#[test]
fn every_sign_has_a_sign_in_ascii() {
    for &(sign, meaning) in brief::model::signs::LEGEND {
        let shown = Glyphs::Ascii.text(sign);
        assert!(sign == "?" || !shown.contains('?'), "{sign} {meaning}: {shown}");
    }
}

#[test]
fn every_screen_can_be_shown_in_ascii_cell_by_cell() {
    for keys in ["", "4", "5", "4 Enter", "/ text:fare", "5 / text:the", "t", "?", ":", "z", "y", "!"] {
        for (columns, rows) in [(120, 36), (80, 24), (45, 20), (1, 1)] {
            let mut desk = Desk::new(ferry(), columns, rows);
            desk.press(keys);
            let unicode = desk.buffer();
            let mut ascii = unicode.clone();
            Glyphs::Ascii.dress(&mut ascii);
            for (was, is) in unicode.content.iter().zip(&ascii.content) {
                assert_eq!(is.symbol().len(), 1, "{:?}", is.symbol());
                assert!(is.symbol().is_ascii());
                assert!(!was.symbol().is_ascii() || was.symbol() == is.symbol() || was.symbol() == " ");
                assert!(
                    !"─━│╭╮╰╯┍┑▌▏▸·…“”’–".contains(was.symbol()) || is.symbol() != "?",
                    "{:?}",
                    was.symbol()
                );
            }
        }
    }
}

/// The reader on a terminal, with a configuration and some variables.
fn reader(folder: &Path, variables: &[(&str, &str)]) -> Pty {
    let mut command = pty::brief();
    command.env("XDG_CONFIG_HOME", folder);
    command.args(ON_FERRY);
    for (name, value) in variables {
        command.env(name, value);
    }
    Pty::spawn(command, 80, 24, Status::Answered)
}

#[test]
fn the_reader_opens_with_other_keys_and_says_what_is_wrong() {
    let folder = configured("reader", "mouse = 1\n[keys]\nhelp = [\"X\"]\n");
    let pty = reader(&folder, &[]);
    pty.shows("config.toml:1:9: this must be true or false");
    pty.press("j").shows("X all keys").press("X").shows("Keys");
    let folder = configured("reader-clash", "[keys]\nzoom = [\"y\"]\n");
    reader(&folder, &[]).shows("config.toml:2:1: the keys stay as they are built in: ");
    let folder = configured("reader-good", "theme = \"dark\"\n[keys]\nhelp = [\"X\"]\n");
    let pty = reader(&folder, &[]);
    pty.shows("X all keys").press("X").shows("Keys");
    assert!(pty.look(|output| output.bytes.windows(5).any(|bytes| bytes == b"38;5;")), "{pty:?}");
}

#[test]
fn where_the_locale_is_not_utf_8_no_byte_but_ascii_reaches_the_terminal() {
    let pty = reader(&folder("reader-ascii"), &[("LC_ALL", "C")]);
    pty.shows("Plan points").press("4").press("\r").press("/").press("crab").press("\r").press("?");
    pty.shows("Keys").press("\x1b").press(":").shows("Tab complete");
    assert!(pty.look(|output| output.bytes.is_ascii()), "{pty:?}");
}
