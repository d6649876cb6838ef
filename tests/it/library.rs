//! Broken libraries: each fault is named with its place, and the rest opens.

use crate::folders::put_pipe;
use crate::pty::{Pty, Status};
use crate::trace::{calls, log, traced};
use brief::load::Library;
use brief::model::{Briefing, Certainty, Grade};
use brief::problem::{Code, Problem};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;

/// A sound briefing, which every case adds one file to.
const SOUND: &str = r#"schema = 1
title = "Étude — 漢字🦀"
as_of = "2025-11-24"
source = [{ id = "s", file = "s.txt", unused = [{ exact = "Twice.", nth = 2, why = "repeated" }] }]
version = [{ id = "v", title = "V" }]
topic = [{ id = "t", title = "T", aliases = ["tea"] }]
actor = [{ id = "a", name = "A" }]
origin = [{ id = "o", name = "O" }]
[[plan_point]]
id = "p"
title = "P"
version = "v"
topics = ["t"]
quote = [{ source = "s", exact = "“é—漢🦀” we wait", basis = "record", origin = "o", key = "wait" }]
[[reaction]]
id = "r"
title = "R"
actor = "a"
stance = "for"
on = ["p", "v"]
topics = ["t"]
quote = [{ source = "s", exact = ["they wait", "for long"], basis = "outlet" }]
"#;

/// The source of the sound briefing.
const TEXT: &str = "The “é—漢🦀” we wait for.\nTwice. And they wait, so far, for long.\n\nTwice.\n";

/// A library's folder, gone with the test.
struct Shelf(tempfile::TempDir);

impl Shelf {
    /// The sound library.
    fn new() -> Self {
        let shelf = Self(tempfile::tempdir().unwrap());
        shelf.put("briefings/b/briefing.toml", SOUND);
        shelf.put("seeds/s.txt", TEXT);
        shelf
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The sound library with one source more, of the file that is named.
    fn with_source(file: &str) -> Self {
        let shelf = Self::new();
        shelf.put("briefings/b/extra.toml", format!("[[source]]\nid = \"x\"\nfile = '{file}'\n"));
        shelf
    }

    fn open(&self) -> Briefing {
        Library::at(self.0.path()).unwrap().open(Some("b")).unwrap()
    }
}

/// The first line of each problem.
fn faults(briefing: &Briefing) -> Vec<String> {
    let first = |problem: &Problem| problem.to_string().lines().next().map(str::to_owned);
    briefing.problems.iter().filter_map(first).collect()
}

/// Whether the sound cards are there, their quotes found.
fn the_sound_opens(briefing: &Briefing) -> bool {
    ["p", "r"].iter().all(|id| {
        let card = briefing.card_by_id(id).map(|card| &briefing[card]);
        card.is_some_and(|card| {
            card.quotes.len() == 1 && card.quotes.iter().all(|q| q.grade() == Grade::Exact)
        })
    })
}

/// Opens the sound briefing with a file more; what is wrong with it should be as wanted.
fn check(extra: &str, want: &[&str]) -> Result<(), String> {
    let shelf = Shelf::new();
    shelf.put("briefings/b/extra.toml", extra);
    let briefing = shelf.open();
    let got = faults(&briefing).join("\n").replace("briefings/b/extra.toml:", "");
    if got != want.join("\n") {
        return Err(format!("{extra}\n{got}\n"));
    }
    if let Some(problem) = briefing.problems.iter().find(|problem| problem.help.is_none()) {
        return Err(format!("{extra}\n{problem}\nwithout what to do\n"));
    }
    if the_sound_opens(&briefing) { Ok(()) } else { Err(format!("{extra}\nhides what is sound\n")) }
}

#[test]
fn the_sound_library_has_no_problems() {
    let shelf = Shelf::new();
    assert_eq!(faults(&shelf.open()), [""; 0]);
    shelf.put("briefings/b/briefing.toml", format!("\u{feff}{}", SOUND.replace('\n', "\r\n")));
    shelf.put("seeds/s.txt", format!("\u{feff}{}", TEXT.replace('\n', "\r\n")));
    let briefing = shelf.open();
    assert_eq!(faults(&briefing), [""; 0], "with byte order marks and CRLF");
    assert!(the_sound_opens(&briefing));
}

#[test]
fn every_fault_of_a_table_is_named_with_its_place() {
    let event = |rest: &str| format!("[[event]]\nid = \"e\"\ntitle = \"é—漢🦀\"\ndate = \"2025\"\n{rest}\n");
    let quote = |rest: &str| event(&format!("quote = [{{ source = \"s\", basis = \"outlet\", {rest} }}]"));
    let question = |rest: &str| {
        let quote = "quote = [{ source = \"s\", basis = \"outlet\", exact = \"we wait\" }]";
        format!("[[open_question]]\nid = \"q\"\ntitle = \"Q\"\ntopics = [\"t\"]\n{quote}\n{rest}\n")
    };
    let exact = "exact = \"we wait\"";
    let answers = |id: &str, relation: &str, to: &str| {
        format!(
            "[[plan_point]]\nid = \"{id}\"\ntitle = \"T\"\nversion = \"v\"\ntopics = [\"t\"]\n\
             quote = [{{ source = \"s\", basis = \"outlet\", {exact} }}]\nrel = [{{ type = \"{relation}\", to = \"{to}\" }}]\n"
        )
    };
    let cases: Vec<(String, &[&str])> = vec![
        // Syntax.
        ("[[event]]\ndate = \n[[topic]\n".into(), &["2:8: error[E005]: not TOML: a value is missing, or has no quotation marks",
            "3:9: error[E005]: not TOML: the header of a table is not closed"]),
        (format!("{}  [event.quote]\n", event("quote = [7]")), &["5:10: error[E009]: `quote` should be a table, not integer `7`",
            "6:3: error[E005]: not TOML: single brackets are for a table that stands once"]),
        (event("topics = [\"t\"]\nquote = [{ source = \"s\", exact = \"we wait\", basis = \"record\" }]")
            .replace("topics = [\"t\"]\n", "<<<<<<< HEAD\ntopics = [\"t\"]\n=======\ntopics = [\"x\"]\n[[event]]\n>>>>>>> é/漢\n"),
            &["5:1: error[E005]: not TOML: a merge was not finished, from here down to the line with >>>>>>>"]),
        // Keys and tables.
        (quote(&format!("{exact}, orgin = \"o\"")), &["5:63: error[E007]: unknown key `orgin`"]),
        ("[[sorce]]\nid = \"x\"\n".into(), &["1:3: error[E008]: unknown table `sorce`"]),
        ("titel = 1\n".into(), &["1:1: error[E007]: unknown key `titel`"]),
        ("title = \"again\"\n".into(), &["1:9: error[E011]: `title` is given twice"]),
        ("[source]\nid = \"x\"\n".into(), &["1:1: error[E009]: `source` is not a list of tables"]),
        ("schema = \"1\"\n".into(), &["1:10: error[E011]: `schema` is given twice"]),
        ("source = 3\n".into(), &["1:10: error[E009]: `source` is not a list of tables"]),
        // Wrong types, each on its own.
        ("[[topic]]\nid = 3\ntitle = [\"é\"]\naliases = \"x\"\n".into(), &[
            "2:6: error[E009]: `id` should be a string, not integer `3`",
            "3:9: error[E009]: `title` should be a string, not a list",
            "4:11: error[E009]: `aliases` should be a list, not string \"x\"",
        ]),
        (event(&format!("quote = [7, {{ source = \"s\", basis = \"outlet\", {exact} }}]")),
            &["5:10: error[E009]: `quote` should be a table, not integer `7`"]),
        // Missing keys.
        ("[[event]]\n".into(), &[
            "1:1: error[E010]: an event without `id`",
            "1:1: error[E010]: an event without `title`",
            "1:1: error[E017]: an event that no quote holds up",
            "1:1: error[E010]: an event without `date`",
        ]),
        (event("quote = []"), &["1:1: error[E017]: an event that no quote holds up"]),
        (event("quote = [{}]"), &[
            "5:10: error[E010]: a quote without `source`",
            "5:10: error[E010]: a quote without `basis`",
            "5:10: error[E010]: a quote without `exact`",
        ]),
        // Ids and references.
        (event("").replace("\"e\"", "\"É!\"") + "quote = [{ source = \"s\", basis = \"outlet\", exact = \"we wait\" }]",
            &["2:6: error[E018]: `É!` is not an id"]),
        (quote(exact).replace("\"e\"", "\"p\""), &["2:6: error[E019]: the id `p` is taken"]),
        (quote(exact).replace("\"s\"", "\"z\""), &["5:21: error[E020]: there is no source `z`"]),
        (quote(&format!("{exact}, origin = \"a\"")), &["5:72: error[E020]: `a` is an actor, not an origin"]),
        (question("status = \"opne\"\non = [\"r\"]"), &[
            "6:10: error[E021]: `opne` is not a `status`",
            "7:7: error[E020]: `r` is a reaction, not a plan point or a version",
        ]),
        (question("status = \"open\"\non = [\"zz\"]"), &[
            "7:7: error[E020]: there is no plan point or version `zz`",
        ]),
        (question("status = \"answered\""), &["6:10: error[E024]: no card answers this question"]),
        (question("status = \"open\"\nrel = [{ type = \"answers\", to = \"q\" }, { type = \"supports\", to = \"pp\" }]"), &[
            "7:33: error[E020]: `q` is this card itself",
            "7:66: error[E020]: there is no card `pp`",
        ]),
        (question("status = \"answered\"") + &answers("x", "answers", "q"), &[]),
        (question("status = \"answered\"") + &answers("x", "answers", "q") + &answers("y", "supersedes", "x"),
            &["6:10: warning[W110]: every card that answers this question is superseded"]),
        (question("status = \"answered\"") + &answers("x", "answers", "q") + &answers("y", "supersedes", "x") + &answers("z", "answers", "q"), &[]),
        // Dates.
        (quote(exact).replace("\"2025\"", "\"2025-02-30\""), &["4:8: error[E022]: `2025-02-30` is not a date: that month has 28 days"]),
        (quote(exact).replace("\"2025\"", "2025-02-28"), &["4:8: error[E009]: `date` should be a date in quotation marks"]),
        // Quotes.
        (quote("exact = \"we will wait\""), &["5:52: error[E012]: quote not found in seeds/s.txt"]),
        (quote("exact = \"\""), &["5:52: error[E016]: the quote has no words"]),
        (quote("exact = \"Twice.\""), &["5:52: error[E013]: these words stand 2 times in seeds/s.txt"]),
        (quote("exact = \"Twice.\", nth = 3"), &["5:68: error[E014]: these words stand 2 times in seeds/s.txt, not 3 times"]),
        (quote(&format!("{exact}, nth = 2")), &["5:69: error[E014]: these words stand once in seeds/s.txt, not 2 times"]),
        (quote("exact = \"Twice.\", nth = 0"), &["5:68: error[E014]: `nth` counts from 1"]),
        (quote(&format!("{exact}, key = \"nowhere\"")), &["5:69: error[E015]: `nowhere` is not part of the quote"]),
        (quote("exact = '\"é—漢🦀\" we wait'"), &["5:52: warning[W102]: marks or spaces are not those of seeds/s.txt"]),
        (quote("exact = [\"we\", \"wait\", \"long\"]"), &["5:59: warning[W111]: `wait` stands twice behind the part before it"]),
        (quote("exact = [\"Twice.\", \"o\"], nth = 1"), &["5:63: warning[W111]: `o` stands twice behind the part before it"]),
        (quote("exact = [\"Twice.\", \"they\"], nth = 1"), &[]),
        (quote("exact = \"Twice.\", nth = \"2\""), &["5:68: error[E009]: `nth` should be a small whole number, not string \"2\""]),
        (quote("exact = \"Twice.\", nht = 2"), &["5:62: error[E007]: unknown key `nht`"]),
        (quote(&format!("{exact}, by = \"they wait\"")), &[]),
        (quote(&format!("{exact}, by = ' \"É-漢🦀\"  We '")), &[]),
        (quote(&format!("{exact}, by = \"é, who waits\"")), &["5:68: warning[W109]: `é, who waits` does not stand in seeds/s.txt"]),
        (quote("exact = \"we will wait\", by = \"é, who waits\""), &[
            "5:52: error[E012]: quote not found in seeds/s.txt",
            "5:73: warning[W109]: `é, who waits` does not stand in seeds/s.txt",
        ]),
        // Titles.
        (quote(exact).replace("é—漢🦀", &"漢".repeat(31)), &["3:9: warning[W101]: the title is 62 cells wide, 60 fit in a list"]),
        (quote(exact).replace("é—漢🦀", "a\\u202Eb"), &["3:9: warning[W103]: `title` holds what cannot be seen: U+202E bidi control"]),
        // What is named and not used.
        ("[[topic]]\nid = \"x\"\ntitle = \"X\"\n".into(), &["2:6: warning[W104]: no card uses `x`"]),
        // What is called the same.
        ("[[origin]]\nid = \"x\"\nname = \" o \"\n[[actor]]\nid = \"y\"\nname = \"a\"\n".into(), &[
            "2:6: warning[W104]: no card uses `x`",
            "3:8: warning[W108]: `o` is what another origin is called",
            "5:6: warning[W104]: no card uses `y`",
            "6:8: warning[W108]: `a` is what another actor is called",
        ]),
        ("[[topic]]\nid = \"tea\"\ntitle = \"Tea\"\naliases = [\"é’\", \"É'\", \"T\"]\n".into(), &[
            "2:6: warning[W108]: `tea` is what another topic is called",
            "2:6: warning[W104]: no card uses `tea`",
            "3:9: warning[W108]: `Tea` is what another topic is called",
            "4:24: warning[W108]: `T` is what another topic is called",
        ]),
        // Passages.
        ("[[source]]\nid = \"x\"\nfile = \"s.txt\"\naside = [{ exact = \"zebra\", why = \"w\" }, { from = \"The\" }]\n".into(), &[
            "3:8: error[E028]: `s.txt` is another source already",
            "4:20: error[E025]: passage not found in seeds/s.txt",
            "4:42: error[E010]: an aside without `why`",
            "4:42: error[E010]: an aside is `exact`, or `from` and `to`",
        ]),
    ];
    let wrong: Vec<String> = cases.iter().filter_map(|(extra, want)| check(extra, want).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_part_that_stands_again_only_far_behind_its_place_stands_there_once() {
    for (between, is_named) in [(4000, true), (5000, false)] {
        let text = format!("é—漢🦀 they wait{}wait.\n", " ".repeat(between));
        for last in ["", ", \".\""] {
            let quotes = format!("exact = [\"é—漢🦀\", \"wait\"{last}]");
            let folder = crate::export::library(
                &text,
                &format!(
                    "[[event]]\nid = \"e\"\ntitle = \"E\"\ndate = \"2024\"\n\
                     quote = [{{ source = \"a\", basis = \"record\", {quotes} }}]\n"
                ),
            );
            let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
            let is_told = briefing.problems.iter().any(|problem| problem.code == Code::PartAmbiguous);
            assert_eq!(is_told, is_named, "{between} {last}");
        }
    }
}

#[test]
fn a_text_in_two_files_is_one_text() {
    let source = |id: &str| format!("[[source]]\nid = \"{id}\"\nfile = \"{id}.txt\"\n");
    let shelf = Shelf::new();
    shelf.put(
        "briefings/b/extra.toml",
        ["x", "y", "z"].map(source).concat() + &source("x").replacen("\"x\"", "\"x2\"", 1),
    );
    shelf.put("seeds/x.txt", TEXT);
    shelf.put("seeds/y.txt", TEXT.replace("漢", "字"));
    shelf.put("seeds/z.txt", TEXT);
    let same =
        |line| format!("briefings/b/extra.toml:{line}:8: error[E028]: `{{}}.txt` holds the text of `s.txt`");
    // A file that is named twice is told once.
    let twice = "briefings/b/extra.toml:12:8: error[E028]: `x.txt` is another source already".to_owned();
    let want = [same(3).replace("{}", "x"), same(9).replace("{}", "z"), twice];
    let briefing = shelf.open();
    assert_eq!(faults(&briefing), want);
    let help = briefing.problems.first().and_then(|problem| problem.help.as_deref());
    assert_eq!(help, Some("at briefings/b/briefing.toml:4; two sources with one text would count twice"));
}

#[test]
fn a_reference_that_nothing_can_meet_is_helped_with_the_table_to_add() {
    let cases = [
        ("plan_point", "version = \"x\"", "version"),
        ("reaction", "actor = \"x\"", "actor"),
        ("reaction", "on = [\"x\"]", "plan_point"),
        ("event", "topics = [\"x\"]", "topic"),
        ("event", "quote = [{ source = \"x\" }]", "source"),
        ("event", "quote = [{ origin = \"x\" }]", "origin"),
        ("plan_point", "rel = [{ type = \"answers\", to = \"x\" }]", "open_question"),
        ("reaction", "rel = [{ type = \"supersedes\", to = \"x\" }]", "reaction"),
        ("plan_point", "rel = [{ type = \"supports\", to = \"x\" }]", "plan_point"),
    ];
    for (family, reference, table) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/briefing.toml", "schema = 1\ntitle = \"é—漢🦀\"\n");
        shelf.put("briefings/b/extra.toml", format!("[[{family}]]\n{reference}\n"));
        let briefing = shelf.open();
        let of_reference = |problem: &&Problem| problem.code == Code::UnknownId;
        let help: Vec<&str> = briefing
            .problems
            .iter()
            .filter(of_reference)
            .filter_map(|problem| problem.help.as_deref())
            .collect();
        assert_eq!(help, [format!("add [[{table}]] with id = \"...\"")], "{family}: {reference}");
    }
}

#[test]
fn what_follows_from_a_slip_is_no_other_problem() {
    let cases = [
        // What is declared and named once.
        ("actor = \"a\"", "actor = \"b\"", Code::UnknownId),
        ("origin = \"o\"", "origin = \"off\"", Code::UnknownId),
        ("origin = \"o\"", "orgin = \"o\"", Code::UnknownKey),
        ("version = \"v\"", "version = 1", Code::WrongType),
        ("{ id = \"a\"", "{ id = \"A\"", Code::BadId),
        ("id = \"s\"", "id = \"S 1\"", Code::BadId),
        ("id = \"p\"", "id = \"P\"", Code::BadId),
        // What stands in the key that was meant.
        ("stance =", "stanc =", Code::UnknownKey),
        ("basis = \"outlet\"", "bassis = \"outlet\"", Code::UnknownKey),
        ("{ id = \"t\", title =", "{ id = \"t\", titel =", Code::UnknownKey),
        ("quote = [{ source = \"s\", exact = [", "qoute = [{ source = \"s\", exact = [", Code::UnknownKey),
    ];
    for (from, to, code) in cases {
        let shelf = Shelf::new();
        let slip = SOUND.replace("on = [\"p\", \"v\"]", "on = [\"p\"]").replacen(from, to, 1);
        shelf.put("briefings/b/briefing.toml", slip);
        let briefing = shelf.open();
        let found = briefing.problems.iter().chain(&briefing.hints).map(|problem| problem.code);
        let found: Vec<Code> = found.filter(|code| *code != Code::NoHash).collect();
        assert_eq!(found, [code], "{to}");
    }
}

#[test]
fn a_circle_of_cards_is_reported_once_and_opens() {
    let card = |id: &str, to: &str| {
        format!(
            "[[plan_point]]\nid = \"{id}\"\ntitle = \"é\"\nversion = \"v\"\ntopics = [\"t\"]\n\
             rel = [{{ type = \"supersedes\", to = \"{to}\" }}]\n\
             quote = [{{ source = \"s\", exact = \"we wait\", basis = \"record\" }}]\n"
        )
    };
    let extra = ["x", "y", "z"].iter().zip(["y", "z", "x"]).map(|(id, to)| card(id, to)).collect::<String>();
    check(&extra, &["20:36: error[E023]: these cards supersede each other"]).unwrap();
}

#[test]
fn a_string_that_is_not_closed_costs_its_line_and_no_card() {
    let card = |id: &str| {
        let quote = "[[event.quote]]\nsource = \"s\"\nexact = \"we wait\"\nbasis = \"record\"\n";
        format!("[[event]]\nid = \"{id}\"\ntitle = \"é—漢🦀\"\ndate = \"2025\"\n{quote}")
    };
    let cards = ["x", "y", "z"].map(card).concat();
    // (what is broken, by what, the faults)
    let cases = [
        (
            "id = \"x\"\n",
            "id = \"x\"\ntopics = [\"t\nea\"]\n",
            "3:13: error[E005]: not TOML: a string ends with its line",
        ),
        (
            "basis = \"record\"\n[[event]]\nid = \"y\"",
            "basis = \"record\"\nby = \"two\npeople\"\n[[event]]\nid = \"y\"",
            "9:10: error[E005]: not TOML: a string ends with its line",
        ),
        (
            "[[event]]\nid = \"x\"",
            "as_of = \"2025\n[[event]]\nid = \"x\"",
            "1:14: error[E005]: not TOML: a string ends with its line",
        ),
    ];
    for (from, to, want) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/extra.toml", cards.replacen(from, to, 1));
        let briefing = shelf.open();
        let got = faults(&briefing).join("\n").replace("briefings/b/extra.toml:", "");
        assert_eq!(got, want, "{to}");
        assert!(the_sound_opens(&briefing), "{to}");
        for id in ["x", "y", "z"] {
            let card = briefing.card_by_id(id).map(|card| briefing[card].quotes.len());
            assert_eq!(card, Some(1), "{id}: {to}");
        }
        let help = briefing.problems.first().and_then(|problem| problem.help.clone()).unwrap();
        assert_eq!(&*help, "close it on its line, or use three quotation marks");
    }
}

#[test]
fn a_table_inside_one_whose_name_is_misspelt_is_no_mistake_of_its_own() {
    let toml = "schema = 1\ntitle = \"é—漢🦀\"\n[[events]]\nid = \"x\"\n[[event.quote]]\nsource = \"s\"\n";
    let shelf = Shelf::new();
    shelf.put("briefings/b/briefing.toml", toml);
    assert_eq!(faults(&shelf.open()), ["briefings/b/briefing.toml:3:3: error[E008]: unknown table `events`"]);
}

#[test]
fn the_keys_of_a_quote_whose_header_is_missing_are_one_mistake() {
    let quote = "source = \"s\"\nexact = \"we wait\"\nbasis = \"record\"\n";
    let event = "[[event]]\nid = \"x\"\ntitle = \"é—漢🦀\"\ndate = \"2025\"\n[[event.quote]]\n";
    let want = "9:1: error[E005]: not TOML: the key is given twice";
    check(&format!("{event}{quote}{quote}"), &[want]).unwrap();
    check(
        &format!("{event}{quote}source = \"s\"\n\nexact = \"\"\n"),
        &[want, "11:1: error[E005]: not TOML: the key is given twice"],
    )
    .unwrap();
}

#[test]
fn a_quote_of_a_card_that_has_not_begun_is_helped_with_its_name() {
    let quote = "  [[plan_point.quote]]\n  source = \"s\"\n  exact = \"we wait\"\n  basis = \"record\"\n";
    let event = format!("[[event]]\nid = \"x\"\ntitle = \"é—漢🦀\"\ndate = \"2025\"\n{quote}");
    let cases = [
        (event.clone(), "5:5", "write [[event.quote]], as it stands below [[event]]"),
        (event.replace(".quote", ".rel"), "5:5", "put it below its own [[plan_point]]"),
        (
            event.replace("[[plan_point.quote]]", "[plan_point.quote]"),
            "5:4",
            "write [[event.quote]], as it stands below [[event]]",
        ),
        (quote.to_owned(), "1:5", "put it below its own [[plan_point]]"),
    ];
    for (extra, place, want) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/extra.toml", &extra);
        let [problem] = <[Problem; 1]>::try_from(shelf.open().problems).unwrap();
        assert!(
            problem.to_string().starts_with(&format!("briefings/b/extra.toml:{place}: error[E009]: ")),
            "{problem}"
        );
        assert!(
            problem.message.ends_with("is part of a [[plan_point]], and none stands above it"),
            "{problem}"
        );
        assert_eq!(problem.help.as_deref(), Some(want));
    }
    let shelf = Shelf::new();
    shelf.put("briefings/b/extra.toml", event.replace("[[plan_point.quote]]", "[[event.quote]]"));
    assert_eq!(faults(&shelf.open()), [""; 0], "the advice leads to a sound briefing");
}

#[test]
fn what_stands_below_an_unknown_table_joins_no_other_card() {
    let quote = |family: &str, exact: &str| {
        format!("  [[{family}.quote]]\n  source = \"s\"\n  exact = \"{exact}\"\n  basis = \"record\"\n")
    };
    let event =
        |header: &str, id: &str| format!("{header}\nid = \"{id}\"\ntitle = \"é—漢🦀\"\ndate = \"2025\"\n");
    let first = event("[[event]]", "x") + &quote("event", "we wait");
    let second =
        |header: &str| event(header, "y") + &quote("event", "they wait") + &quote("event", "for long");
    let third = event("[[event]]", "z") + &quote("event", "we wait");
    // (the second header, or the file, the faults)
    let cases = [
        (format!("{first}{}{third}", second("[[events]]")), "9:3: error[E008]: unknown table `events`"),
        (format!("{first}{}{third}", second("[events]")), "9:2: error[E008]: unknown table `events`"),
        (format!("{}{first}{third}", second("[[events]]")), "1:3: error[E008]: unknown table `events`"),
        (
            format!("{first}{}{third}", second("")),
            "10:1: error[E007]: keys of a table whose header is missing",
        ),
        (
            format!("{first}{}{third}", second("").replace("id =", "titel = \"é\"\nid =")),
            "10:1: error[E007]: unknown key `titel`\n11:1: error[E007]: keys of a table whose header is missing",
        ),
        (
            format!("{first}{}{third}", second("[[new event]]")),
            "9:6: error[E005]: not TOML: a blank in the name of a table",
        ),
        // A quote whose own header is misspelt leaves those below it where they are.
        (
            format!("{first}{}{third}", quote("events", "they wait")),
            "9:5: error[E008]: unknown table `events`",
        ),
    ];
    for (extra, want) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/extra.toml", &extra);
        let briefing = shelf.open();
        let got = faults(&briefing).join("\n").replace("briefings/b/extra.toml:", "");
        assert_eq!(got, want, "{extra}");
        for id in ["x", "z"] {
            let card = briefing.card_by_id(id).map(|card| briefing[card].quotes.len());
            assert_eq!(card, Some(1), "{id}: {extra}");
        }
        assert!(the_sound_opens(&briefing), "{extra}");
    }
    // Whichever kinds the cards are of, and whatever stands in braces.
    let point = |quotes: &str| {
        format!("[[plan_point]]\nid = \"z\"\ntitle = \"Z\"\nversion = \"v\"\ntopics = [\"t\"]\n{quotes}")
    };
    let shelf = Shelf::new();
    let quotes = [quote("plan_point", "we wait"), second("").replace("event.", "plan_point.")];
    let below = point(&quotes[0])
        + &first
        + &quotes[1]
        + "[[reaction]]\nid = \"w\"\ntitle = \"W\"\nactor = \"a\"\n\
        stance = \"for\"\non = [\"y\"]\ntopics = [\"t\"]\n[[reaction.quote]]\nsource = \"s\"\nexact = \"we wait\"\nbasis = \"record\"\n";
    shelf.put("briefings/b/extra.toml", below);
    let briefing = shelf.open();
    assert_eq!(
        faults(&briefing),
        ["briefings/b/extra.toml:19:1: error[E007]: keys of a table whose header is missing"]
    );
    for id in ["x", "z"] {
        assert_eq!(briefing.card_by_id(id).map(|card| briefing[card].quotes.len()), Some(1), "{id}");
    }
    let braces =
        "quote = [{ source = \"s\", exact = \"we wait\", basis = \"record\", id = \"y\", title = \"é\" }]\n";
    check(&point(braces), &["6:63: error[E007]: unknown key `id`", "6:73: error[E007]: unknown key `title`"])
        .unwrap();
    // A key of the card's in a quote costs the quotes below it nothing.
    let shelf = Shelf::new();
    let with_id = first.clone() + "id = \"y\"\n" + &quote("event", "for long");
    shelf.put("briefings/b/extra.toml", with_id);
    let briefing = shelf.open();
    assert_eq!(faults(&briefing), ["briefings/b/extra.toml:9:1: error[E007]: unknown key `id`"]);
    assert_eq!(briefing.card_by_id("x").map(|card| briefing[card].quotes.len()), Some(2));
    let shelf = Shelf::new();
    let misspelt = first.clone() + &quote("events", "they wait") + &quote("event", "for long");
    shelf.put("briefings/b/extra.toml", misspelt);
    let briefing = shelf.open();
    assert_eq!(briefing.card_by_id("x").map(|card| briefing[card].quotes.len()), Some(2));
}

#[test]
fn words_that_stand_too_often_to_be_counted_are_not_taken_for_one_place() {
    let shelf = Shelf::new();
    shelf.put("seeds/s.txt", TEXT.to_owned() + &"漢 ".repeat(2 << 20));
    let quote = "quote = [{ source = \"s\", exact = \"漢 \", basis = \"record\" }]";
    shelf.put(
        "briefings/b/more.toml",
        format!("[[event]]\nid = \"x\"\ntitle = \"X\"\ndate = \"2025\"\n{quote}"),
    );
    let want = "briefings/b/more.toml:5:34: error[E013]: \
                counting how often these words stand in seeds/s.txt took too long";
    assert_eq!(faults(&shelf.open()), [want]);
}

#[test]
fn a_head_that_is_not_toml_hides_no_card() {
    let shelf = Shelf::new();
    shelf.put("briefings/b/briefing.toml", SOUND.replace("title = \"Étude", "title = \"Ét\nude"));
    let briefing = shelf.open();
    let want = "briefings/b/briefing.toml:2:12: error[E005]: not TOML: a string ends with its line";
    assert_eq!(faults(&briefing), [want]);
    assert!(the_sound_opens(&briefing));
}

#[test]
fn a_relation_leads_to_the_right_kind_of_card_or_nowhere() {
    let point = |id: &str, version: &str, kind: &str, to: &str| {
        format!(
            "[[plan_point]]\nid = \"{id}\"\ntitle = \"é\"\nversion = \"{version}\"\ntopics = [\"t\"]\n\
             rel = [{{ type = \"{kind}\", to = \"{to}\" }}]\n\
             quote = [{{ source = \"s\", exact = \"we wait\", basis = \"record\" }}]\n"
        )
    };
    // (version, relation, to, the fault)
    let cases = [
        ("v", "contradicts", "p", ""),
        ("w", "contradicts", "p", "6:37: error[E027]: `p` is about another version"),
        ("w", "contradicts", "r", "6:37: error[E027]: `r` cannot contradict this card"),
        ("w", "answers", "p", "6:33: error[E020]: `p` is a plan point, not an open question"),
        ("w", "supersedes", "p", ""),
        ("w", "supersedes", "r", "6:36: error[E020]: `r` is a reaction, not a plan point"),
        ("w", "supports", "r", ""),
    ];
    for (version, kind, to, want) in cases {
        let shelf = Shelf::new();
        let other = "[[version]]\nid = \"w\"\ntitle = \"W\"\n";
        let other = if version == "w" { other } else { "" };
        shelf.put("briefings/b/extra.toml", point("x", version, kind, to) + other);
        let briefing = shelf.open();
        let got = faults(&briefing).join("\n").replace("briefings/b/extra.toml:", "");
        assert_eq!(got, want, "{kind} {to}");
        let links = &briefing[briefing.card_by_id("x").unwrap()].links;
        assert_eq!(links.is_empty(), !want.is_empty(), "{kind} {to}");
        let disputed = briefing.cards.iter().any(|card| card.standing.certainty == Certainty::Disputed);
        assert_eq!(disputed, version == "v", "{kind} {to}");
    }
}

#[test]
fn a_name_that_is_like_none_is_answered_with_those_there_are() {
    let shelf = Shelf::new();
    let quote = "quote = [{ source = \"s\", exact = \"we wait\", basis = \"record\" }]";
    let event =
        format!("[[event]]\nid = \"e\"\ntitle = \"E\"\ndate = \"2025\"\ntopics = [\"zebra\"]\n{quote}\n");
    let question = format!(
        "[[open_question]]\nid = \"q\"\ntitle = \"Q\"\nstatus = \"open\"\ntopics = [\"t\"]\n\
         rel = [{{ type = \"answers\", to = \"zebra\" }}]\n{quote}\n"
    );
    shelf.put("briefings/b/extra.toml", event + &question);
    let helps: Vec<_> = shelf.open().problems.iter().filter_map(|problem| problem.help.clone()).collect();
    assert_eq!(helps.iter().map(|help| &**help).collect::<Vec<_>>(), ["known are `t`", "known are `q`"]);
}

#[test]
fn the_words_that_were_meant_are_named() {
    let shelf = Shelf::new();
    let extra = "[[event]]\nid = \"e\"\ntitel = \"E\"\ndate = \"2025\"\ntopics = [\"T\"]\nquote = [{ source = \"s\", \
                 exact = \"we shall wait for\", basis = \"recrod\" }]\n";
    shelf.put("briefings/b/extra.toml", extra);
    let problems: Vec<String> = shelf.open().problems.iter().map(ToString::to_string).collect();
    let shown = problems.join("\n");
    for help in [
        "    3 | titel = \"E\"\n      | ^^^^^ did you mean `title`?",
        "^^^ did you mean `t`?",
        "^^^^^^^^ did you mean `record`?",
        "^^^^^^^^^^^^^^^^^^^ nearest is line 1: we [-shall-] wait for",
    ] {
        assert!(shown.contains(help), "{help}\n\n{shown}");
    }
}

#[test]
fn what_to_write_for_a_list_and_a_date_can_be_copied() {
    let event = |rest: &str| format!("[[event]]\nid = \"e\"\ntitle = \"é—漢🦀\"\n{rest}\n");
    let date =
        "write \"2025-11-19\", \"2025-11\" or \"2025\", and ~ (about), ? (unsure) or % (both) at the end";
    let cases = [
        (
            event(
                "date = \"2025\"\nquote = [{ source = \"s\", exact = \"Twice.\", nth = \" 2\", basis = \"outlet\" }]",
            ),
            "`nth` should be",
            "write nth = 2",
        ),
        (
            event(
                "date = \"2025\"\nquote = [{ source = \"s\", exact = \"Twice.\", nth = \"0\", basis = \"outlet\" }]",
            ),
            "`nth` should be",
            "write nth = 1",
        ),
        ("topic = 3".to_owned(), "`topic` is not a list", "write [[topic]] with"),
        (event("date = \"2025\"\nquote = 3"), "`quote` is not a list", "write [[event.quote]] with"),
        (
            "[[plan_point]]\nid = \"x\"\nrel = 3".to_owned(),
            "`rel` is not a list",
            "write [[plan_point.rel]] with",
        ),
        (
            "[[source]]\nid = \"x\"\nfile = \"s.txt\"\naside = 3\n".to_owned(),
            "`aside` is not a list",
            "write [[source.aside]] with",
        ),
        (event("date = \"~2025-11-20\""), "`~2025-11-20` is not a date: dates are written otherwise", date),
        (event("date = \"2025-02-30\""), "`2025-02-30` is not a date: that month has 28 days", date),
    ];
    for (extra, message, help) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/extra.toml", &extra);
        let problems = shelf.open().problems;
        let said = problems.iter().find(|problem| problem.message.starts_with(message));
        let told = said.and_then(|problem| problem.help.as_deref()).unwrap_or_default();
        assert!(told.starts_with(help), "{extra}: {told}: {problems:?}");
    }
}

#[test]
fn who_counts_what_stands_once_is_told_to_leave_it_out() {
    let shelf = Shelf::new();
    shelf.put("briefings/b/briefing.toml", SOUND.replace("key = \"wait\"", "nth = 3"));
    let [problem] = <[Problem; 1]>::try_from(shelf.open().problems).unwrap();
    assert_eq!(&*problem.message, "these words stand once in seeds/s.txt, not 3 times");
    assert_eq!(problem.help.as_deref(), Some("leave `nth` out if this one place is meant"));
}

#[test]
fn a_library_without_a_head_or_cards_opens() {
    let shelf = Shelf::new();
    shelf.put("briefings/b/briefing.toml", "");
    let want = [
        "briefings/b: error[E006]: no schema is given",
        "briefings/b: error[E010]: no title is given",
        "briefings/b: error[E029]: the briefing has no cards",
    ];
    assert_eq!(faults(&shelf.open()), want);
    shelf.put("briefings/b/briefing.toml", SOUND.replace("schema = 1", "schema = '1'"));
    let want = "briefings/b/briefing.toml:1:10: error[E009]: `schema` should be a small whole number, not string \"1\"";
    assert_eq!(faults(&shelf.open()), [want], "one fault, one problem");
    shelf.put("briefings/b/briefing.toml", SOUND.replace("schema = 1", "schema = 2"));
    let briefing = shelf.open();
    assert_eq!(faults(&briefing), ["briefings/b/briefing.toml:1:10: error[E006]: schema 2 is not known"]);
    assert!(the_sound_opens(&briefing));
}

#[test]
fn what_the_head_lacks_is_named_whatever_key_is_unknown() {
    let schema = "briefings/b: error[E006]: no schema is given";
    let title = "briefings/b: error[E010]: no title is given";
    let cards = "briefings/b: error[E029]: the briefing has no cards";
    let unknown = |key: &str| format!("briefings/b/briefing.toml:1:1: error[E007]: unknown key `{key}`");
    let table = "briefings/b/briefing.toml:3:3: error[E008]: unknown table `odd`".to_owned();
    // (the file, what is said of it besides)
    let cases = [
        ("odd = \"é—漢🦀\"", vec![unknown("odd"), schema.into(), title.into(), cards.into()]),
        ("titel = \"é—漢🦀\"", vec![unknown("titel"), schema.into(), cards.into()]),
        ("shema = 1\ntitle = \"é—漢🦀\"", vec![unknown("shema"), cards.into()]),
        ("title = \"é—漢🦀\"\n\n[[odd]]\n", vec![table, schema.into()]),
    ];
    for (file, want) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/briefing.toml", file);
        assert_eq!(faults(&shelf.open()), want, "{file}");
    }
}

#[test]
fn a_source_that_cannot_be_read_is_named_where_it_is_asked_for() {
    let missing = "error[E001]: `seeds/x.txt` is not there";
    type Case<'c> = (&'c str, &'c dyn Fn(&Shelf), &'c str);
    let cases: [Case<'_>; 10] = [
        ("x.txt", &|_| {}, missing),
        (
            "x.txt/y",
            &|shelf| drop(shelf.put("seeds/x.txt", "é")),
            "error[E001]: `seeds/x.txt/y` is not there",
        ),
        ("deep/x.txt", &|shelf| drop(shelf.put("seeds/deep/x.txt", "é")), ""),
        (
            "x.txt",
            &|shelf| fs::create_dir(shelf.0.path().join("seeds/x.txt")).unwrap(),
            "error[E001]: `seeds/x.txt` is a folder, not a file",
        ),
        (
            "x.txt",
            &|shelf| put_pipe(&shelf.0.path().join("seeds/x.txt")),
            "error[E001]: `seeds/x.txt` is a pipe, not a file",
        ),
        (
            "x.txt",
            &|shelf| drop(UnixListener::bind(shelf.0.path().join("seeds/x.txt")).unwrap()),
            "error[E001]: `seeds/x.txt` is a socket, not a file",
        ),
        (
            "x.txt",
            &|shelf| symlink("s.txt", shelf.0.path().join("seeds/x.txt")).unwrap(),
            "error[E002]: `seeds/x.txt` leads out of the library",
        ),
        (
            "x.txt",
            &|shelf| symlink("x.txt", shelf.0.path().join("seeds/x.txt")).unwrap(),
            "error[E002]: `seeds/x.txt` leads out of the library",
        ),
        (
            "deep/passwd",
            &|shelf| symlink("/etc", shelf.0.path().join("seeds/deep")).unwrap(),
            "error[E002]: `seeds/deep/passwd` leads out of the library",
        ),
        (
            "x.txt",
            &|shelf| drop(shelf.put("seeds/x.txt", vec![b'x'; (16 << 20) + 1])),
            "error[E003]: `seeds/x.txt` is larger than 16 MiB",
        ),
    ];
    for (file, make, want) in cases {
        let shelf = Shelf::with_source(file);
        make(&shelf);
        let briefing = shelf.open();
        let got = faults(&briefing);
        match got.as_slice() {
            [] => assert_eq!(want, "", "{file}"),
            [only] => {
                assert!(only.contains(&format!("extra.toml:3:8: {want}")), "{file}: {only}, not {want}")
            }
            more => panic!("{file}: {more:?}"),
        }
        assert!(the_sound_opens(&briefing), "{file}");
    }
}

#[test]
fn a_path_out_of_seeds_is_refused() {
    for path in [
        "../s.txt",
        "/etc/passwd",
        "./s.txt",
        "a//s.txt",
        "s.txt/",
        "..",
        ".",
        "~/x",
        "~root",
        "C:x",
        "a\\b",
        "file:s.txt",
        "\\\\host\\x",
        "deep/../s.txt",
        "é/../../x",
    ] {
        let shelf = Shelf::with_source(path);
        let briefing = shelf.open();
        let got = faults(&briefing);
        assert!(matches!(got.as_slice(), [only] if only.contains(":3:8: error[E002]")), "{path}: {got:?}");
        assert!(the_sound_opens(&briefing), "{path}");
    }
}

#[test]
fn odd_bytes_in_a_source_are_named_with_their_place() {
    let bells = "é\x07".repeat(1_234);
    let cases: [(&[u8], &str); 9] = [
        ("é—漢🦀 e\u{301}\n".as_bytes(), ""),
        (b"", "seeds/x.txt: error[E029]: the source is empty"),
        (
            b"one\n\xe9t\xe9\n",
            "seeds/x.txt:2:1: error[E004]: byte 5 is not UTF-8; `\u{fffd}` stands in its place",
        ),
        (b"one\n two\0\n", "seeds/x.txt:2:5: error[E004]: a NUL byte: this may not be text"),
        (b"\xff\xfeo\0n\0e\0", "seeds/x.txt: error[E004]: the file is UTF-16"),
        (
            b"one\n\x1b[2J\n",
            "seeds/x.txt:2:1: warning[W103]: U+001B control character cannot be seen; a mark stands in its place",
        ),
        (
            "one\u{202e}".as_bytes(),
            "seeds/x.txt:1:4: warning[W103]: U+202E bidi control cannot be seen; a mark stands in its place",
        ),
        (
            "one\u{200b}\u{200b}\u{200b} two\u{200b}\u{200b}".as_bytes(),
            "seeds/x.txt:1:4: warning[W103]: 5 characters cannot be seen, U+200B zero-width character is the first; \
             marks stand in their places",
        ),
        (
            bells.as_bytes(),
            "seeds/x.txt:1:2: warning[W103]: 1234 characters cannot be seen, U+0007 control character is the first; \
             marks stand in their places",
        ),
    ];
    for (bytes, want) in cases {
        let shelf = Shelf::with_source("x.txt");
        shelf.put("seeds/x.txt", bytes);
        let briefing = shelf.open();
        let got = faults(&briefing);
        assert_eq!(got.first().map_or("", String::as_str), want);
        assert!(the_sound_opens(&briefing), "{want}");
    }
}

#[test]
fn odd_bytes_in_toml_are_named_and_the_other_files_open() {
    let large = vec![b'#'; (4 << 20) + 1];
    let cases: [(&[u8], &str); 5] = [
        (b"\n# \xe9\n", "extra.toml:2:3: error[E004]: byte 4 is not UTF-8; `\u{fffd}` stands in its place"),
        (b"\xfe\xff\0#", "extra.toml: error[E004]: the file is UTF-16"),
        (b"#\n#\0\n", "extra.toml:2:2: error[E005]: not TOML: a character that cannot be seen"),
        (
            b"<<<<<<< HEAD\n",
            "extra.toml:1:1: error[E005]: not TOML: neither a key with its value nor the header of a table",
        ),
        (&large, "extra.toml: error[E003]: it is larger than 4 MiB"),
    ];
    for (bytes, want) in cases {
        let shelf = Shelf::new();
        shelf.put("briefings/b/extra.toml", bytes);
        let briefing = shelf.open();
        let got = faults(&briefing);
        assert_eq!(got.first().map_or("", String::as_str), format!("briefings/b/{want}"));
        assert!(the_sound_opens(&briefing), "{want}");
    }
}

#[test]
fn what_a_file_that_is_not_read_may_hold_is_not_missed_elsewhere() {
    let utf16 = |toml: &str| {
        [b"\xff\xfe".to_vec(), toml.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
    };
    let (declared, cards) = SOUND.split_at(SOUND.find("[[plan_point]]").unwrap());
    let question = "[[open_question]]\nid = \"q\"\ntitle = \"Q\"\nstatus = \"answered\"\ntopics = [\"t\"]\n\
                    quote = [{ source = \"s\", exact = \"we wait\", basis = \"record\" }]\n";
    let read = format!("{cards}{question}odd = 1\n");
    let ways = [
        (utf16(declared), "error[E004]: the file is UTF-16"),
        (declared.repeat(1 << 15).into_bytes(), "error[E003]: it is larger than 4 MiB"),
        (
            format!("#{}\n{declared}", "[".repeat(1 << 20)).into_bytes(),
            "error[E003]: more tables than can be read",
        ),
        (format!("{declared}é = 1\n{}", "# 漢🦀\n".repeat(1 << 17)).into_bytes(), "error[E005]: not TOML"),
    ];
    for (bytes, want) in ways {
        let shelf = Shelf::new();
        shelf.put("briefings/b/briefing.toml", &read);
        shelf.put("briefings/b/topics.toml", bytes);
        let briefing = shelf.open();
        let [first, second] = <[String; 2]>::try_from(faults(&briefing)).unwrap();
        assert!(first.starts_with("briefings/b/topics.toml:") && first.contains(want), "{first}");
        assert!(second.contains("error[E007]: unknown key `odd`"), "{second}");
        assert_eq!((briefing.cards.len(), briefing.hints.len()), (3, 0), "{want}");
    }
    // A line, a header, and a table that is unknown, of what the cards name and of what they are.
    let slips = [
        ("[[topic]]\nid = \"x\ntitle = \"X\"\n", Code::Syntax),
        ("[topic]\nid = \"x\"\ntitle = \"X\"\n", Code::WrongType),
        ("[[topics]]\nid = \"x\"\ntitle = \"X\"\n", Code::UnknownTable),
    ];
    for (slip, code) in slips {
        let shelf = Shelf::new();
        shelf.put("briefings/b/briefing.toml", SOUND.replace("topics = [\"t\"]", "topics = [\"t\", \"x\"]"));
        shelf.put("briefings/b/topics.toml", slip);
        let codes: Vec<Code> = shelf.open().problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [code], "{slip}");
    }
    for (from, to) in
        [("actor = \"a\"", "actor = a"), ("[[reaction]]", "[reaction"), ("[[reaction]]", "[[reactions]]")]
    {
        let shelf = Shelf::new();
        shelf.put("briefings/b/briefing.toml", SOUND.replace(from, to));
        let briefing = shelf.open();
        assert_eq!(briefing.problems.len(), 1, "{to}: {:?}", faults(&briefing));
        let hints: Vec<Code> = briefing.hints.iter().map(|hint| hint.code).collect();
        assert_eq!(hints, [Code::NoHash], "{to}");
    }
    let shelf = Shelf::new();
    shelf.put("briefings/b/briefing.toml", declared);
    shelf.put("briefings/b/cards.toml", utf16(&read));
    let briefing = shelf.open();
    let found = briefing.problems.iter().chain(&briefing.hints);
    let codes: Vec<Code> = found.map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::NotUtf8, Code::NoHash], "what the cards would use is not taken for unused");
}

#[test]
fn toml_files_that_are_none_are_named_and_hidden_ones_are_not_read() {
    let shelf = Shelf::new();
    let folder = shelf.0.path().join("briefings/b");
    fs::create_dir(folder.join("folder.toml")).unwrap();
    symlink("/etc/passwd", folder.join("link.toml")).unwrap();
    put_pipe(&folder.join("pipe.toml"));
    shelf.put("briefings/b/.#draft.toml", "nonsense");
    shelf.put("briefings/b/notes.txt", "nonsense");
    let briefing = shelf.open();
    let got = faults(&briefing);
    assert_eq!(got.len(), 3, "{got:?}");
    for (line, name) in
        got.iter().zip(["folder.toml: error[E001]", "link.toml: error[E002]", "pipe.toml: error[E001]"])
    {
        assert!(line.starts_with(&format!("briefings/b/{name}")), "{line}");
    }
    assert!(the_sound_opens(&briefing));
}

#[test]
fn toml_files_whose_names_are_shown_otherwise_are_not_read() {
    let shelf = Shelf::new();
    let folder = shelf.0.path().join("briefings/b");
    for name in ["a\u{1b}[31m.toml", "b\u{200b}.toml", "c\u{202e}.toml", "“é—漢字🦀” e\u{301} ש.toml"]
    {
        fs::write(folder.join(name), "nonsense").unwrap();
    }
    fs::write(folder.join(std::ffi::OsStr::from_bytes(b"d\xff.toml")), "nonsense").unwrap();
    let got = faults(&shelf.open());
    let unnamed = got.iter().filter(|line| line.contains("error[E002]: it has a name that cannot be typed"));
    assert_eq!(unnamed.count(), 4, "{got:?}");
    assert!(got.iter().any(|line| line.starts_with("briefings/b/“é—漢字🦀” e\u{301} ש.toml:1:")), "{got:?}");
}

#[test]
fn a_changed_text_is_known_by_its_hash() {
    let shelf = Shelf::with_source("x.txt");
    shelf.put("seeds/x.txt", "é");
    let hash = "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c";
    let source = format!("[[source]]\nid = \"x\"\nfile = \"x.txt\"\nsha256 = \"{hash}\"\n");
    shelf.put("briefings/b/extra.toml", &source);
    assert_eq!(faults(&shelf.open()), [""; 0]);
    shelf.put("seeds/x.txt", "è");
    let want = "briefings/b/extra.toml:4:10: error[E026]: `seeds/x.txt` is not the text whose hash this is";
    assert_eq!(faults(&shelf.open()), [want]);
}

/// A file that is no UTF-8, and one that holds the mark of what is none.
#[test]
fn a_hash_is_of_the_file_as_it_is() {
    let shelf = Shelf::with_source("x.txt");
    for bytes in [&b"caf\xe9"[..], "caf\u{FFFD}".as_bytes()] {
        shelf.put("seeds/x.txt", bytes);
        let source = |hash: &str| format!("[[source]]\nid = \"x\"\nfile = \"x.txt\"\n{hash}");
        let of_hash =
            |briefing: &Briefing| faults(briefing).iter().filter(|line| line.contains("hash")).count();

        let hash = brief::digest::sha256(bytes);
        shelf.put("briefings/b/extra.toml", source(&format!("sha256 = \"{hash}\"\n")));
        assert_eq!(of_hash(&shelf.open()), 0, "{bytes:?}");

        shelf.put("briefings/b/extra.toml", source("sha256 = \"00\"\n"));
        let briefing = shelf.open();
        assert_eq!(of_hash(&briefing), 1, "{bytes:?}");
        let mends = briefing.problems.iter().filter_map(|problem| problem.mend.as_ref());
        let edits: Vec<&str> = mends.flat_map(|mend| &mend.edits).map(|(_, words)| words.as_str()).collect();
        assert_eq!(edits, [format!("\"{hash}\"")], "{bytes:?}");
    }
}

#[test]
fn more_problems_than_anyone_reads_are_counted() {
    let shelf = Shelf::new();
    for (extra, want) in [
        ("[[topic]]\n".repeat(2000), "and 3000 more problems"),
        ("[[topic]]\n".repeat(500) + "[[\"é—漢🦀\"]]\n", "and 1 more problem"),
    ] {
        shelf.put("briefings/b/extra.toml", extra);
        let briefing = shelf.open();
        assert_eq!(briefing.problems.len(), 1001);
        assert_eq!(*faults(&briefing).last().unwrap(), format!("briefings/b: error[E030]: {want}"));
        assert!(the_sound_opens(&briefing));
    }
}

#[test]
fn what_looks_like_a_briefing_and_is_not_opened_is_named() {
    let shelf = Shelf::new();
    let briefings = shelf.0.path().join("briefings");
    symlink("/etc", briefings.join("d")).unwrap();
    for name in [&b"e\x1b[31m"[..], b"a:b", b"~t", b"x\xff", b"z\xe2\x80\x8b"] {
        fs::create_dir(briefings.join(std::ffi::OsStr::from_bytes(name))).unwrap();
    }
    fs::create_dir(briefings.join(".hidden")).unwrap();
    shelf.put("briefings/README.txt", "é");
    let library = Library::at(shelf.0.path()).unwrap();
    assert_eq!(library.names(), ["b"]);
    let problems: Vec<String> = library.problems().iter().map(|problem| problem.file.to_string()).collect();
    assert!(!library.has("z\u{200b}"));
    let names = ["a:b", "d", "e␛[31m", "x\u{fffd}", "z\u{fffd}", "~t"];
    assert_eq!(problems, names.map(|name| format!("briefings/{name}")));
}

#[test]
fn a_library_that_cannot_be_listed_says_why() {
    let shelf = Shelf::new();
    let library = Library::at(shelf.0.path()).unwrap();
    let path = shelf.0.path().display();
    let told = || library.problems().iter().map(|problem| problem.to_string()).collect::<Vec<_>>();
    let error = |name| library.open(name).unwrap_err().to_string();
    assert_eq!(told(), [""; 0]);
    fs::remove_dir_all(shelf.0.path().join("briefings")).unwrap();
    assert_eq!(library.names(), [""; 0]);
    let want = "briefings: error[E001]: it is not there\n      = add it, or correct the name";
    assert_eq!(told(), [want]);
    for name in [None, Some("b")] {
        assert_eq!(error(name), format!("no library at {path}: it has no folder briefings/"));
    }
    fs::rename(shelf.0.path(), shelf.0.path().with_extension("away")).unwrap();
    for name in [None, Some("b")] {
        assert_eq!(error(name), format!("no library at {path}: there is no such folder"));
    }
    fs::rename(shelf.0.path().with_extension("away"), shelf.0.path()).unwrap();
    fs::create_dir(shelf.0.path().join("briefings")).unwrap();
    assert_eq!(told(), [""; 0]);
    assert!(error(None).starts_with("there is no briefing: "));
    symlink("/etc", shelf.0.path().join("briefings/é—漢🦀")).unwrap();
    assert!(error(None).starts_with("no briefing can be opened: briefings/é—漢🦀: not opened: it is a link"));
}

#[test]
fn which_briefing_is_meant_must_be_clear() {
    let shelf = Shelf::new();
    shelf.put("briefings/c/briefing.toml", SOUND);
    symlink("/etc", shelf.0.path().join("briefings/d")).unwrap();
    let library = Library::at(shelf.0.path()).unwrap();
    assert_eq!(library.names(), ["b", "c"]);
    assert!(library.open(None).unwrap_err().to_string().ends_with("b, c"));
    assert!(library.open(Some("d")).is_err());
    assert!(library.open(Some("../briefings/b")).is_err());
    assert_eq!(faults(&library.open(Some("c")).unwrap()), [""; 0]);
    assert!(Library::at(&shelf.0.path().join("seeds")).is_err());
    assert!(Library::at(&shelf.0.path().join("seeds/s.txt")).is_err());
}

#[test]
fn a_text_is_opened_looked_at_and_read_in_one_go() {
    let shelf = Shelf::new();
    let text = "“é—漢🦀” e\u{301}\n".repeat(2000);
    let names: Vec<String> = (0..4).map(|number| format!("deep/{number}.txt")).collect();
    let source = |(at, name): (usize, &String)| format!("[[source]]\nid = \"s{at}\"\nfile = {name:?}\n");
    let sources: String = names.iter().enumerate().map(source).collect();
    shelf.put("briefings/b/briefing.toml", format!("schema = 1\ntitle = \"T\"\n\n{sources}"));
    names.iter().for_each(|name| drop(shelf.put(&format!("seeds/{name}"), &text)));
    let log = log("texts");
    let mut command = traced(&["-e", "trace=%desc"], &log);
    command.args(["list", "sources", "--library"]);
    command.arg(shelf.0.path());
    let mut pty = Pty::spawn(command, 80, 24, Status::Ignored);
    // Who wrote them, and when, is not said.
    assert_eq!(pty.ends().exit_code(), 1, "{pty:?}");
    let calls = calls(&log);
    let count = |name: &str, what: &str| {
        calls.iter().filter(|call| call.starts_with(name) && call.contains(what)).count()
    };
    assert_eq!((count("openat(", "\"seeds\""), count("openat(", "\"deep\"")), (1, 1), "{calls:#?}");
    // Before and behind; the text, and that nothing follows.
    assert_eq!((count("fstat(", "/deep/"), count("read(", "/deep/")), (2 * 4, 2 * 4), "{calls:#?}");
}
