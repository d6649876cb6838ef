//! Quotes of several parts: what is left out between them is told wherever a quote is.

use crate::desk::Desk;
use crate::export::{library, written};
use brief::cite;
use brief::export::{self, Extract};
use brief::load::Library;
use brief::sanitize::Safe;
use brief::update::{Clip, Effect};
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

#[test]
fn a_quote_over_the_end_of_a_paragraph_has_a_sign_there() {
    let folder = library(
        "So the board — é漢🦀 said.\r\n\r\nIt is 👩\u{200D}🚒 late.\r\n",
        "[[open_question]]\nid = \"e\"\ntitle = \"E\"\nstatus = \"open\"\ntopics = [\"t\"]\non = [\"v\"]\n\
         quote = [{ source = \"a\", basis = \"record\",\n\
         exact = \"\"\"é漢🦀 said.\n\nIt is 👩\u{200D}🚒\"\"\", key = \"said.\\n\\nIt\" }]\n",
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    assert_eq!(briefing.problems, []);
    let text = Desk::new(briefing.clone(), 100, 30).press("3").text();
    assert!(text.contains("“é漢🦀 said. ¶ It is 👩"), "{text}");
    let (words, key) = ("é漢🦀 said. ¶ It is 👩\u{200D}🚒", "said. ¶ It");
    assert!(printed(&folder, &["list", "quotes"]).contains("é漢🦀 said. ¶ It is 👩"));
    let extract = Extract::new(&briefing, None);
    for form in [export::markdown, export::csv, export::html] {
        assert!(written(form, &extract).contains(words));
    }
    let json: Value = serde_json::from_str(&written(export::json, &extract)).unwrap();
    let quote = &json["cards"][0]["quotes"][0];
    assert_eq!((&quote["words"], &quote["key"]), (&words.into(), &key.into()));
    assert_eq!(quote["fragments"][0]["exact"], "é漢🦀 said.\r\n\r\nIt is 👩\u{200D}🚒");
    let card = &briefing.cards[0];
    assert!(cite::quote(&briefing, card, &card.quotes[0]).starts_with(&format!("“{words}”\n")));
}

#[test]
fn a_page_has_the_sign_of_a_paragraph_between_words_only_and_once() {
    // (what one quote has, what another has, the words of the first)
    let cases = [
        ("é漢🦀 said.\\n\\n", "late", "é漢🦀 said."),
        ("\\n\\nIt is", "late", "It is"),
        ("é漢🦀 said.\\n\\nIt is", "said.", "é漢🦀 said. ¶ It is"),
        ("é漢🦀 said.\\n\\nIt is", "said.\\n", "é漢🦀 said. ¶ It is"),
        ("é漢🦀 said.\\n\\nIt is", "\\n\\n", "é漢🦀 said. ¶ It is"),
        ("é漢🦀 said.\\n\\nIt is", "board — é漢🦀 said.\\n", "é漢🦀 said. ¶ It is"),
    ];
    for (words, other, told) in cases {
        let quote = |exact| format!("{{ source = \"a\", basis = \"record\", exact = \"{exact}\" }}");
        let folder = library(
            "So the board — é漢🦀 said.\n\nIt is late.\n",
            &format!(
                "[[event]]\nid = \"e\"\ntitle = \"E\"\ndate = \"2024\"\nquote = [{}, {}]\n",
                quote(words),
                quote(other)
            ),
        );
        let page = printed(&folder, &["export", "html"]);
        let shown = page.lines().find(|line| line.starts_with("<blockquote>")).unwrap();
        let mut rest = shown;
        let mut text = String::new();
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').unwrap().1;
        }
        assert_eq!(text, format!("“{told}”"), "{words} {other}: {shown}");
    }
}

#[test]
fn a_link_to_a_quote_that_is_not_in_its_source_says_that_it_leads_to_the_page() {
    let folder = parted();
    let mut briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    briefing.sources[0].url = Some(Safe::line("https://example.org/a"));
    let mut desk = Desk::new(briefing, 100, 30);
    for (keys, called, address) in [
        ("3 y l", "link", "https://example.org/a#:~:text=the%20board"),
        ("] ] y l", "address of the page only, as the quote is not in its source", "https://example.org/a"),
    ] {
        let effect = &desk.press(keys).effect;
        let is_so = |copy: &Clip| {
            copy.what == called
                && copy.text.starts_with(address)
                && copy.text.contains('#') == address.contains('#')
        };
        assert!(matches!(effect, Effect::Copy(copy) if is_so(copy)), "{effect:?}");
    }
}

#[test]
fn a_search_tells_of_a_quote_that_it_is_not_in_its_source() {
    let folder = parted();
    assert_eq!(printed(&folder, &["search", "'moon"]), "e: E · the board … went to the moon · ✗ missing\n");
    assert_eq!(
        printed(&folder, &["search", "'will wait"]).lines().next(),
        Some("e: E · the board … will wait")
    );
}

#[test]
fn which_of_several_places_is_meant_is_told_once() {
    let folder = library(
        "We wait. We wait.\n",
        "[[open_question]]\nid = \"e\"\ntitle = \"E\"\nstatus = \"open\"\ntopics = [\"t\"]\non = [\"v\"]\n\
         quote = [{ source = \"a\", exact = \"We wait\", nth = 2, basis = \"record\" }]\n",
    );
    let plain = printed(&folder, &["--plain", "--width", "200"]);
    assert!(plain.contains("seeds/a.txt:1 (place 2 of 2) · on the record · ✓ exact\n"), "{plain}");
    let text = Desk::new(Library::at(folder.path()).unwrap().open(None).unwrap(), 100, 30).press("3").text();
    assert!(text.contains("¶1 · on the record · ✓ exact, place 2 of 2"), "{text}");
}
