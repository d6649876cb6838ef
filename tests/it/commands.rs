//! The program as a whole, without a terminal: what it prints, and its exit codes.

use crate::folders::FERRY;
use crate::printing::{self, said};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Output, Stdio};

fn brief(args: &[&str]) -> Output {
    printing::brief(args).output().unwrap()
}

#[test]
fn without_a_terminal_the_briefing_is_plain_text() {
    let (out, err, code) = said(&brief(&[]));
    assert_eq!((code, err.as_str()), (0, ""));
    for part in
        ["# Plan points", "# Reactions", "# Open questions", "# Sources (5)", "1 origin: Reuters", "✓ exact"]
    {
        assert!(out.contains(part), "{part}");
    }
    assert!(!out.contains('\x1b'), "no escape goes into a pipe");
    let wide = out.lines().find(|line| brief::wrap::width(line) > 80);
    assert_eq!(wide, None);
}

#[test]
fn the_width_of_plain_text_can_be_chosen() {
    let (out, _, code) = said(&brief(&["--plain", "--width", "50"]));
    assert_eq!(code, 0);
    let wide = out.lines().find(|line| brief::wrap::width(line) > 50 && line.contains(' '));
    assert_eq!(wide, None);
}

#[test]
fn colour_goes_into_a_pipe_only_when_it_is_asked_for() {
    let (plain, ..) = said(&brief(&["--library", FERRY]));
    assert!(!plain.contains('\x1b'));
    let (coloured, ..) = said(&brief(&["--library", FERRY, "--color", "always"]));
    assert!(coloured.starts_with("\x1b[1m"));
    let codes = ["\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"];
    let without = codes.iter().fold(coloured, |words, code| words.replace(code, ""));
    assert_eq!(without, plain);
}

#[test]
fn a_topic_is_found_by_id_title_or_alias_in_any_case() {
    let (by_id, _, _) = said(&brief(&["--library", FERRY, "--topic", "pupils"]));
    for name in ["PUPILS", "Pupils’ crossings", "School"] {
        let (out, err, code) = said(&brief(&["--library", FERRY, "--topic", name]));
        assert_eq!((code, err.as_str(), out.as_str()), (0, "", by_id.as_str()), "{name}");
    }
    assert!(by_id.contains("# Plan points (2)"));
    assert!(!by_id.contains("The winter fare reportedly rises"));
}

#[test]
fn an_unknown_topic_names_the_nearest_and_exits_2() {
    let (out, err, code) = said(&brief(&["--topic", "guarantes"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("guarantees"), "{err}");
    let (_, err, code) = said(&brief(&["--library", FERRY, "--card", "winter-far"]));
    assert_eq!(code, 2);
    assert!(err.contains("winter-fare"), "{err}");
    let (_, err, code) = said(&brief(&["--library", "/no/such/folder"]));
    assert_eq!(code, 2);
    assert!(err.contains("/no/such/folder"), "{err}");
}

#[test]
fn an_option_that_means_nothing_to_a_command_is_refused_and_not_dropped() {
    for (args, option, command) in [
        (&["--card", "winter-fare", "export", "json"][..], "--card", "export"),
        (&["--search", "fare", "export", "csv"], "--search", "export"),
        (&["--card", "nope", "list", "cards"], "--card", "list"),
        (&["--width", "50", "list", "cards"], "--width", "list"),
        (&["--topic", "pupils", "list", "briefings"], "--topic", "list briefings"),
        (&["list", "briefings", "--topic", "pupils"], "--topic", "list briefings"),
        (&["list", "briefings", "--briefing", "ferry"], "--briefing", "list briefings"),
        (&["--topic", "pupils", "check"], "--topic", "check"),
        (&["--briefing", "ferry", "search", "fare", "--all"], "--briefing", "search --all"),
        (&["search", "fare", "--all", "--briefing", "ferry"], "--briefing", "search --all"),
        (&["search", "fare", "--all", "--topic", "pupils"], "--topic", "search --all"),
        (&["--card", "winter-fare", "search", "fare"], "--card", "search"),
        (&["--topic", "pupils", "quote", "herald", "fare"], "--topic", "quote"),
        (&["--topic", "pupils", "anchor"], "--topic", "anchor"),
        (&["--briefing", "ferry", "new", "é—漢🦀", "--source", "-"], "--briefing", "new"),
        (&["--topic", "pupils", "config"], "--topic", "config"),
    ] {
        let (out, err, code) = said(&brief(&[&["--library", FERRY], args].concat()));
        let told = format!(
            "brief: `brief {command}` has no use for {option}; `brief {command} --help` shows what it takes\n"
        );
        assert_eq!((code, out.as_str(), err), (2, "", told), "{args:?}");
    }
    for args in [
        &["--card", "winter-fare", "--width", "60", "versions", "--plain"][..],
        &["--briefing", "ferry", "--plain", "--no-state", "list", "cards"],
        &["--color", "never", "export", "json"],
        &["--briefing", "ferry", "schema"],
    ] {
        let (_, err, code) = said(&brief(&[&["--library", FERRY], args].concat()));
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn one_card_or_the_finds_of_a_search_can_be_printed() {
    let (out, _, code) = said(&brief(&["--library", FERRY, "--card", "mayor-promise"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("The mayor says the promise to pupils will be kept\n"), "{out}");
    assert!(out.contains("seeds/herald.txt:5"), "{out}");
    let (out, _, code) = said(&brief(&["--library", FERRY, "--search", "crab"]));
    assert_eq!(code, 0);
    assert!(out.contains("Crab soup"), "{out}");
    let (out, _, code) = said(&brief(&["--library", FERRY, "--search", "zeppelin"]));
    assert_eq!((code, out.as_str()), (1, ""));
}

#[test]
fn check_finds_nothing_wrong_with_what_is_built_in() {
    let (out, err, code) = said(&brief(&["check"]));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("0 problems"), "{out}");
    let (out, _, code) = said(&brief(&["check", "--format", "json"]));
    assert_eq!(code, 0);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&json["schema"], &json["problems"]), (&serde_json::json!(1), &serde_json::json!([])));
}

#[test]
fn check_shows_what_no_card_quotes() {
    let (out, _, code) = said(&brief(&["check", "--library", FERRY, "--coverage", "--verbose"]));
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("letter.txt: 4 sentences outside asides, 1 quoted"), "{out}");
    assert!(out.contains("seeds/letter.txt:3 (unaccounted for): I have crossed every day"), "{out}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    // (what is printed, how much of it is read)
    for (args, read) in [(&["--plain"][..], 16), (&["export", "html"], 0)] {
        let mut command = printing::brief(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut vec![0; read]).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]), "{args:?}");
    }
}

#[test]
fn a_full_disk_is_an_error_that_says_so() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = printing::brief(&["--plain"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let mut said = Vec::new();
    said.write_all(&output.stderr).unwrap();
    assert!(String::from_utf8(said).unwrap().starts_with("brief: cannot write to standard output"));
}

#[test]
fn an_argument_cannot_act_on_the_terminal() {
    for argument in
        ["--bogus\u{1b}]0;x\u{7}\u{1b}[31m", "\u{1b}]0;x\u{7}", "--color=\u{9b}31m", "--color=\u{202e}"]
    {
        let (out, err, code) = said(&brief(&[argument]));
        assert_eq!((code, out.as_str()), (2, ""), "{argument:?}");
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!err.contains(acts), "{err:?}");
    }
}

#[test]
fn a_search_without_a_screen_is_narrowed_to_the_cards_about_a_topic() {
    let searched = |args: &[&str]| said(&brief(&[&["--library", FERRY], args].concat()));
    let cards = |args: &[&str]| {
        let (out, err, code) = searched(args);
        assert_eq!((err.as_str(), code), ("", 0), "{args:?}");
        out.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect::<Vec<_>>()
    };
    let all = cards(&["search", "promise"]);
    let about = cards(&["--topic", "pupils", "search", "promise"]);
    assert!(about.contains(&"mayor-promise".to_owned()), "{about:?}");
    assert!(about.len() < all.len() && about.iter().all(|card| all.contains(card)), "{about:?} {all:?}");
    assert_eq!(cards(&["search", "promise", "--topic", "School"]), about);
    let (out, _, _) = searched(&["search", "--json", "--topic", "pupils", "promise"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((json["topic"].as_str(), json["total"].as_u64()), (Some("pupils"), Some(about.len() as u64)));
    assert_eq!(searched(&["--topic", "prices", "search", "crab soup"]).2, 1, "no card says it, a text does");
    assert_eq!(searched(&["--topic", "pupilz", "search", "promise"]).2, 2);
}

#[test]
fn a_question_that_asks_nothing_finds_nothing() {
    for query in ["", "!", "\"", "topic:", "^"] {
        let (out, _, code) = said(&brief(&["search", query]));
        assert_eq!((code, out.as_str()), (1, ""), "{query:?}");
    }
}

#[test]
fn a_filter_that_nothing_in_the_briefing_has_is_named_with_the_nearest() {
    let cases = [
        ("origin:iland-gazete", "there is no origin “iland-gazete”; the nearest: island-gazette"),
        ("!topic:pupilz fare", "there is no topic “pupilz”; the nearest: pupils"),
        ("source:é—漢🦀", "there is no source “e-漢🦀”"),
        ("topic:Pupilz", "there is no topic “Pupilz”; the nearest: pupils"),
        ("stance:agin", "there is no stance “agin”; there are: for, against, mixed, noncommittal, silent"),
        ("certainty:sure", "there is no certainty “sure”; there are: disputed, on_record, reported, unclear"),
        ("stats:open", "there is no filter “stats:”; the nearest: status"),
    ];
    for (query, want) in cases {
        let want = format!("brief: {want}\n");
        let (out, err, code) = said(&brief(&["--library", FERRY, "search", query]));
        assert_eq!((err.as_str(), code), (want.as_str(), i32::from(out.is_empty())), "{query}");
        let (_, err, _) = said(&brief(&["--library", FERRY, "--search", query]));
        assert_eq!(err, want, "{query}");
    }
    for query in ["origin:isl", "stance:against", "certainty:on", "topic:\"pupils' crossings\"", "zebra"] {
        let (_, err, _) = said(&brief(&["--library", FERRY, "search", query]));
        assert_eq!(err, "", "{query}");
    }
}

#[test]
fn every_command_that_reads_says_where_something_could_not_be_read() {
    let library = tempfile::tempdir().unwrap();
    let briefing = library.path().join("briefings/broken");
    fs::create_dir_all(&briefing).unwrap();
    fs::write(briefing.join("briefing.toml"), "é—漢🦀 = =\n").unwrap();
    let path = library.path().to_str().unwrap();
    for args in [
        &["--plain"][..],
        &["export", "json"],
        &["versions", "--plain"],
        &["list", "briefings"],
        &["list", "briefings", "--json"],
        &["list", "cards"],
        &["list", "quotes", "--json"],
        &["list", "changes"],
        &["search", "wait"],
        &["search", "--json", "wait"],
        &["search", "--all", "wait"],
    ] {
        let (_, err, code) = said(&brief(&[&["--library", path], args].concat()));
        assert_eq!(
            (code, err.as_str()),
            (1, "brief: 1 error in broken; `brief check` shows it\n"),
            "{args:?}"
        );
    }
}

#[test]
fn who_asks_a_check_for_json_as_elsewhere_is_told_how() {
    let (out, err, code) = said(&brief(&["check", "--json"]));
    assert_eq!((out.as_str(), code), ("", 2));
    assert!(err.contains("unexpected argument '--json'") && err.contains("'--format json'"), "{err}");
    let (_, err, _) = said(&brief(&["quote", "--json"]));
    assert!(!err.contains("--format json"), "{err}");
    let mut by_another_name = Command::new(env!("CARGO_BIN_EXE_brief"));
    let (_, err, _) = said(&by_another_name.arg0("b").args(["check", "--json"]).output().unwrap());
    assert!(err.contains("'--format json'"), "{err}");
}
