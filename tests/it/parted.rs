//! Quotes of several parts: what is left out between them is told wherever a quote is.

use crate::desk::Desk;
use crate::export::{library, written};
use brief::export::{self, Extract};
use brief::load::Library;
use serde_json::Value;
use std::process::Command;
use tempfile::TempDir;

/// Three quotes: of one part, of two parts on two lines, and of two of which the second is not in the source.
fn parted() -> TempDir {
    let quote = |exact: &str| format!("{{ source = \"a\", exact = {exact}, basis = \"record\" }}");
    let quotes =
        ["\"the board — é漢🦀\"", "[\"the board\", \"will wait\"]", "[\"the board\", \"went to the moon\"]"];
    library(
        "So the board — é漢🦀 said.\n\nIt is late.\n\nSo it will wait.\n",
        &format!(
            "[[open_question]]\nid = \"e\"\ntitle = \"E\"\nstatus = \"open\"\ntopics = [\"t\"]\non = [\"v\"]\n\
             quote = [{}]\n",
            quotes.map(quote).join(", ")
        ),
    )
}

/// What a command prints about the library in a folder.
fn printed(folder: &TempDir, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.env("LC_ALL", "C.UTF-8").env("XDG_CONFIG_HOME", "/nowhere");
    let output = command.arg("--library").arg(folder.path()).args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_a_quote_leaves_out_is_told_wherever_its_grade_is() {
    let folder = parted();
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let list = printed(&folder, &["list", "quotes"]);
    let grades = ["  exact  ", "  exact, with omissions  ", "  missing  "];
    for (line, grade) in list.lines().zip(grades) {
        assert!(line.contains(grade), "{line}");
    }
    let json: Value = serde_json::from_str(&printed(&folder, &["list", "quotes", "--json"])).unwrap();
    let omissions: Vec<&Value> =
        (0..3).map(|quote| &json["quotes"][quote]["provenance"]["omissions"]).collect();
    assert_eq!(omissions, [&Value::from(0), &Value::from(1), &Value::Null]);
    let table = written(export::csv, &Extract::new(&briefing, None));
    let last: Vec<&str> = table.lines().filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(last, ["omissions", "0", "1", ""]);
}

#[test]
fn the_heading_of_a_source_tells_what_a_quote_leaves_out_where_there_is_room() {
    let folder = parted();
    let briefing = || Library::at(folder.path()).unwrap().open(None).unwrap();
    for (columns, told) in [(100, "quote 2 of 3 · exact, with omissions ─"), (60, "quote 2 of 3 · exact ─")]
    {
        let text = Desk::new(briefing(), columns, 30).press("3 ]").text();
        let heading = text.lines().find(|line| line.contains("5 Source · a")).unwrap();
        assert!(heading.contains(told), "{heading}");
    }
}

#[test]
fn the_place_of_a_quote_is_that_of_each_of_its_parts() {
    let folder = parted();
    let text = Desk::new(Library::at(folder.path()).unwrap().open(None).unwrap(), 100, 30).press("3").text();
    assert!(text.contains("a.txt ¶1 ·") && text.contains("a.txt ¶1, 3 ·"), "{text}");
    for args in [&["list", "quotes"][..], &["--plain"], &["export", "md"], &["export", "html"]] {
        let told = printed(&folder, args);
        assert_eq!(told.matches("seeds/a.txt:1, 5").count(), 1, "{told}");
    }
}
