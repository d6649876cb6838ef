//! `brief check --watch`: what is wrong, said anew at each save.

use crate::folders::FERRY;
use crate::pty::{Pty, Status, brief};
use crate::trace::{log, traced};
use crate::workbench::Bench;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

#[test]
fn each_change_of_a_file_or_a_text_is_checked_until_it_is_interrupted() {
    let bench = Bench::new();
    let mut command = brief();
    command.args(["check", "--watch", "--library"]);
    command.arg(bench.path());
    let mut pty = Pty::spawn(command, 120, 60, Status::Ignored);
    pty.shows("1 problem,").shows("waits for a change");
    bench.edit("seeds/gazette.txt", "It would also end", "It would perhaps end");
    pty.shows("error[E012]").shows("2 problems,");
    bench.edit("briefings/ferry/plan-points.toml", "topics  = [\"fares\"]", "topics  = [\"farse\"]");
    pty.shows("did you mean `fares`?").shows("3 problems,");
    bench.edit("briefings/ferry/plan-points.toml", "[[plan_point]]", "[[plan_point");
    pty.shows("error[E005]");
    std::fs::create_dir(bench.path().join("briefings/second")).unwrap();
    std::fs::write(bench.path().join("briefings/second/briefing.toml"), "schema = 3\n").unwrap();
    pty.shows("second/briefing.toml:1:10: error[E006]");
    pty.send("\x03");
    assert!(!pty.ends().success());
}

#[test]
fn only_a_library_that_is_named_or_stood_in_is_watched() {
    for path in ["", FERRY] {
        let output = Command::new(env!("CARGO_BIN_EXE_brief"))
            .env("BRIEF_PATH", path)
            .args(["check", "--watch"])
            .current_dir("/")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        let told = "\nbrief: a library is watched where it is stood in, or where --library names it\n";
        assert!(said.ends_with(told), "{said}");
    }
}

#[test]
fn what_keeps_changes_from_being_heard_is_said() {
    for (call, error, said) in [
        ("inotify_init1", "EMFILE", "as many programs listen as may (fs.inotify.max_user_instances)"),
        (
            "inotify_add_watch",
            "ENOSPC",
            "as many folders are listened to as may be (fs.inotify.max_user_watches)",
        ),
    ] {
        let bench = Bench::new();
        let fault = format!("inject={call}:error={error}");
        let mut reader = traced(&["-e", &fault], &log(call));
        reader.arg("--library");
        reader.arg(bench.path());
        let mut check = reader.clone();
        check.args(["check", "--watch"]);
        let mut pty = Pty::spawn(reader, 180, 36, Status::Answered);
        pty.shows(&format!("Changes are not heard: {said}; Ctrl-r reads anew."));
        pty.send("q");
        assert!(pty.ends().success());
        let mut pty = Pty::spawn(check, 180, 36, Status::Ignored);
        pty.shows(&format!("changes are not heard, so run brief check after each: {said}"));
        assert_eq!(pty.ends().exit_code(), 2);
    }
}

#[test]
fn a_watch_ends_when_nobody_reads_it_any_longer() {
    let bench = Bench::new();
    bench.edit("seeds/gazette.txt", "It would also end", "It would perhaps end");
    let mut child = Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(["check", "--watch", "--library"])
        .arg(bench.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    assert_eq!(said.next().unwrap().unwrap(), "brief: waits for a change; Ctrl-C ends it");
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(said.next().is_none());
}
