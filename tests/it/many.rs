//! Libraries of thousands of briefings, and briefings of files as large as may be: all of it is there, what
//! is broken is named, and what is printed of many is printed as it is found.

use crate::folders::put_pipe;
use crate::printing::{self, out};
use crate::pty::{Pty, Status, brief};
use brief::load::Library;
use brief::model::Briefing;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::{TempDir, tempdir};

/// How many briefings the large library has, whatever has become of them.
const MANY: usize = 3_000;

/// What has become of a briefing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Sound,
    Empty,
    Nonsense,
    Pipe,
    Link,
}

/// Every hundredth is broken in each of the ways.
fn state(number: usize) -> State {
    match number % 100 {
        7 => State::Empty,
        13 => State::Nonsense,
        21 => State::Pipe,
        31 => State::Link,
        _ => State::Sound,
    }
}

fn name(number: usize) -> String {
    format!("b-{number:04}")
}

/// A library with a text and no briefing.
fn bare() -> TempDir {
    let library = tempdir().unwrap();
    fs::create_dir(library.path().join("seeds")).unwrap();
    fs::create_dir(library.path().join("briefings")).unwrap();
    fs::write(library.path().join("seeds/s.txt"), "Here we shall “wait — 漢🦀”.\n").unwrap();
    library
}

/// A briefing with one card and one quote.
fn sound(number: usize) -> String {
    format!(
        "schema = 1\ntitle = \"Number {number} é\"\n[[source]]\nid = \"s\"\nfile = \"s.txt\"\n\
         [[topic]]\nid = \"t\"\ntitle = \"T\"\n\
         [[open_question]]\nid = \"q{number}\"\ntitle = \"Question {number}\"\nstatus = \"open\"\ntopics = [\"t\"]\n\
         [[open_question.quote]]\nsource = \"s\"\nexact = \"“wait — 漢🦀”\"\nbasis = \"outlet\"\n"
    )
}

/// The library of thousands.
fn thousands() -> TempDir {
    let library = bare();
    for number in 0..MANY {
        let briefing = library.path().join("briefings").join(name(number));
        if state(number) == State::Link {
            symlink("/etc", briefing).unwrap();
            continue;
        }
        fs::create_dir(&briefing).unwrap();
        let file = briefing.join("briefing.toml");
        match state(number) {
            State::Sound => fs::write(file, sound(number)).unwrap(),
            State::Nonsense => fs::write(file, "nonsense [[").unwrap(),
            State::Pipe => put_pipe(&file),
            State::Empty | State::Link => {}
        }
    }
    library
}

fn run(library: &Path, args: &[&str]) -> Command {
    let mut command = printing::brief(args);
    command.arg("--library").arg(library);
    command
}

#[test]
fn each_of_thousands_of_briefings_opens_by_its_name() {
    let folder = thousands();
    let library = Library::at(folder.path()).unwrap();
    let names: BTreeSet<String> = library.names().into_iter().collect();
    assert_eq!(names.len(), MANY - MANY / 100);
    assert_eq!(library.problems().len(), MANY / 100);
    for number in 0..MANY {
        let opened = library.open(Some(&name(number)));
        let Ok(briefing) = opened else {
            assert!(state(number) == State::Link, "{number}");
            continue;
        };
        match state(number) {
            State::Sound => {
                assert_eq!(&*briefing.title, format!("Number {number} é"));
                assert!(all_are_found(&briefing, 1), "{number}");
            }
            State::Empty | State::Nonsense | State::Pipe => {
                assert!(!briefing.problems.is_empty(), "{number}")
            }
            State::Link => panic!("a link was followed: {number}"),
        }
    }
}

/// Whether a briefing has so many cards, each with a quote that was found.
fn all_are_found(briefing: &Briefing, count: usize) -> bool {
    let mut quotes = briefing.cards.iter().flat_map(|card| &card.quotes);
    briefing.cards.len() == count && quotes.all(|quote| !quote.places().is_empty())
}

#[test]
fn each_of_thousands_of_briefings_is_listed_checked_and_searched() {
    let library = thousands();
    let library = library.path();
    let listed = out(&run(library, &["list", "briefings"]).output().unwrap());
    let checked = run(library, &["check"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(1));
    let checked = out(&checked);
    let found = out(&run(library, &["search", "--all", "question"]).output().unwrap());
    let has = |text: &str, line: &str| text.lines().any(|found| found.starts_with(line));
    let path = library.display();
    for number in (0..MANY).filter(|number| number % 100 < 32) {
        let name = name(number);
        assert_eq!(has(&listed, &format!("{name}  ")), state(number) != State::Link, "{name}");
        assert_eq!(
            has(&found, &format!("{name}: q{number}: Question")),
            state(number) == State::Sound,
            "{name}"
        );
        let told = match state(number) {
            State::Sound => format!("{name}: 1 card, 1 quote, 1 source, 0 problems"),
            State::Empty => format!("{path}/briefings/{name}: error[E029]: the briefing has no cards"),
            State::Nonsense => format!("{path}/briefings/{name}/briefing.toml:1:10: error[E005]: not TOML"),
            State::Pipe => format!("{path}/briefings/{name}/briefing.toml: error[E001]: it is a pipe"),
            State::Link => format!("{path}/briefings/{name}: error[E002]: not opened: it is a link"),
        };
        assert!(has(&checked, &told), "{told}");
    }
}

#[test]
fn one_of_thousands_of_briefings_is_chosen() {
    let library = thousands();
    let mut command = brief();
    command.arg("--library");
    command.arg(library.path());
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.shows("Number 0 é").send("2998").shows("Number 2998 é");
    pty.until("the others gone", |output| !output.shows("Number 0 é"));
    pty.send("\r").shows("Question 2998").shows("“wait — 漢🦀”").send("Q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn large_files_are_read_one_after_the_other_and_nothing_of_them_is_lost() {
    const FILES: usize = 4;
    const CARDS: usize = 400;
    let library = bare();
    let library = library.path();
    let briefing = library.join("briefings/large");
    fs::create_dir_all(&briefing).unwrap();
    let words = "so we wait — ".repeat(680);
    let mut number = 0;
    for file in 0..FILES {
        let mut toml = if file == 0 { sound(0) } else { String::new() };
        for _ in usize::from(file == 0)..CARDS {
            number += 1;
            write!(
                toml,
                "[[open_question]]\nid = \"q{number}\"\ntitle = \"é\"\nstatus = \"open\"\ntopics = [\"t\"]\ntext = \"{words}\"\n\
                 quote = [{{ source = \"s\", exact = \"wait — 漢🦀\", basis = \"outlet\" }}]\n"
            )
            .unwrap();
        }
        assert!((3 << 20..4 << 20).contains(&toml.len()), "{}", toml.len());
        fs::write(briefing.join(format!("{file}.toml")), toml).unwrap();
    }
    let briefing = Library::at(library).unwrap().open(None).unwrap();
    assert!(all_are_found(&briefing, FILES * CARDS));
    let ids: BTreeSet<&str> = briefing.cards.iter().map(|card| &*card.id).collect();
    assert_eq!(ids.len(), FILES * CARDS);
    assert!(briefing.problems.iter().all(|problem| problem.file.starts_with("briefings/large/0.toml")));
}

/// A library in which a few hundred things are to be said of each of its briefings.
fn talkative() -> TempDir {
    let folder = bare();
    let library = folder.path();
    for number in 0..20 {
        let briefing = library.join("briefings").join(name(number));
        fs::create_dir_all(&briefing).unwrap();
        let unknown: String = (0..200).map(|key| format!("bogus_{key} = 1\n")).collect();
        let head = sound(number).replace("s.txt", &format!("{number}.txt"));
        fs::write(briefing.join("briefing.toml"), format!("{unknown}{head}")).unwrap();
        let text = "Here we shall “wait — 漢🦀”, and nobody knows for how long.\n\n".repeat(200);
        fs::write(library.join(format!("seeds/{number}.txt")), text).unwrap();
    }
    folder
}

#[test]
fn what_is_printed_of_many_is_printed_before_the_last_is_read() {
    let library = talkative();
    let library = library.path();
    for args in [
        &["check"][..],
        &["check", "--format", "json", "--coverage"],
        &["check", "--format", "github"],
        &["search", "--all", "wait"],
        &["search", "--all", "--json", "wait"],
    ] {
        let last = library.join("briefings").join(name(19)).join("z.toml");
        let _ = fs::remove_file(&last);
        fs::write(library.join("seeds/19.txt"), "Nobody.").unwrap();
        let mut child = run(library, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        let mut said = vec![0];
        pipe.read_exact(&mut said).unwrap();
        // The pipe is full long before the last is read, and is emptied only now.
        fs::write(&last, "zebra = 1\n").unwrap();
        fs::write(library.join("seeds/19.txt"), "Here we shall “wait — 漢🦀”, zebra.").unwrap();
        pipe.read_to_end(&mut said).unwrap();
        let said = String::from_utf8(said).unwrap();
        assert!(said.contains("zebra"), "{args:?}: {}", said.chars().take(2_000).collect::<String>());
        let error = child.wait_with_output().unwrap().stderr;
        let error = String::from_utf8(error).unwrap();
        assert!(error.lines().all(|line| line.ends_with("; `brief check` shows them")), "{args:?}: {error}");
        if args.contains(&"json") || args.contains(&"--json") {
            let json: serde_json::Value = serde_json::from_str(&said).unwrap();
            assert_eq!(json["schema"], 1, "{args:?}");
            for list in ["problems", "coverage", "briefings"] {
                assert!(json.get(list).is_none_or(|list| list.as_array().unwrap().len() >= 20), "{args:?}");
            }
            let hits = json["briefings"].as_array().into_iter().flatten();
            let total: u64 = hits.map(|briefing| briefing["total"].as_u64().unwrap()).sum();
            assert_eq!(json["total"].as_u64().unwrap_or_default(), total, "{args:?}");
        }
    }
}

#[test]
fn a_closed_pipe_and_a_full_disk_are_told_apart_whatever_is_printed() {
    let library = talkative();
    let library = library.path();
    // (what is asked for, the code where all is well)
    for (args, code) in [
        (&["check"][..], 1),
        (&["check", "--format", "json"], 1),
        (&["check", "--format", "github"], 1),
        (&["search", "--all", "wait"], 0),
        (&["search", "--all", "--json", "wait"], 0),
        (&["search", "--briefing", "b-0003", "--json", "wait"], 0),
        (&["--briefing", "b-0003", "--search", "wait"], 1),
    ] {
        let mut child: Child =
            run(library, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdout.take().unwrap();
        pipe.read_exact(&mut [0]).unwrap();
        drop(pipe);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(!said.contains("cannot write"), "{args:?}: {said}");

        let Ok(full) = File::options().write(true).open("/dev/full") else { continue };
        let output = run(library, args).stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("brief: cannot write to standard output: "), "{args:?}: {said}");
    }
}
