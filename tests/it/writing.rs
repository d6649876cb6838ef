//! Writing a briefing: the commands that a writer is helped by, run as a writer runs them.

use crate::desk::Desk;
use crate::folders::{FERRY, put_pipe};
use crate::printing::{self, said};
use crate::pty::{self, Pty, Status};
use brief::load::Library;
use brief::model::Grade;
use brief::problem::Code;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use tempfile::tempdir;

/// Runs `brief` in a folder.
fn brief(folder: &Path, args: &[&str]) -> (String, String, i32) {
    said(&printing::brief(args).current_dir(folder).output().unwrap())
}

/// An empty folder of a test's own. Who begins a library needs one with none around it, as there may be here.
fn desk(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("writing").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn quote_prints_the_place_and_the_table_with_the_exact_characters() {
    let ferry = Path::new(FERRY);
    let (out, err, code) = brief(ferry, &["quote", "herald", "We will not break it for the pupils' sake"]);
    let want = "# seeds/herald.txt:5: typographic: the marks and spaces below are the source's\n\
        #   Mayor Tomáš Dvořák said: “A fare is a promise. [We will not break it for the pupils’ sake] or for ours.”\n\
        [[plan_point.quote]]\n\
        source = \"herald\"\n\
        exact  = \"We will not break it for the pupils’ sake\"\n\
        basis  = \"outlet\"   # or record, document, anonymous, analysis\n";
    assert_eq!((out.as_str(), err.as_str(), code), (want, "", 0));
}

#[test]
fn quote_numbers_the_places_where_words_stand_more_than_once() {
    let (out, _, code) =
        brief(Path::new(FERRY), &["quote", "seeds/herald.txt", "The board meets", "--kind", "open-question"]);
    assert_eq!(code, 0);
    for part in [":7: exact, place 1 of 2", ":9: exact, place 2 of 2", "nth    = 1", "nth    = 2"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(out.matches("[[open_question.quote]]").count(), 2);
}

#[test]
fn quote_takes_a_source_in_any_case_where_no_other_is_called_so() {
    for name in ["Herald", "HERALD.txt", "seeds/Herald.TXT"] {
        let (out, err, code) = brief(Path::new(FERRY), &["quote", name, "The board meets"]);
        assert!(code == 0 && out.starts_with("# seeds/herald.txt:7: "), "{name}: {out}{err}");
    }
    let folder = lighthouse("case");
    let other = "\n[[source]]\nid = \"Paper\"\nfile = \"other.txt\"\n";
    std::fs::write(folder.join("seeds/other.txt"), "Another text of nearly the same name — é漢🦀.\n")
        .unwrap();
    std::fs::write(folder.join("briefings/lighthouse/other.toml"), other).unwrap();
    for (name, file) in [("paper", "# seeds/paper.txt:"), ("Paper", "# seeds/other.txt:")] {
        let (out, err, _) = brief(&folder, &["quote", name, "the"]);
        assert!(out.starts_with(file), "{name}: {out}{err}");
    }
    let (_, err, code) = brief(&folder, &["quote", "PAPER", "the"]);
    assert_eq!((code, err.contains("there is no source “PAPER”; the nearest: ")), (2, true), "{err}");
}

#[test]
fn quote_takes_a_kind_as_the_files_write_it() {
    let words = ["quote", "herald", "The board meets", "--kind", "open_question"];
    let (out, _, _) = brief(Path::new(FERRY), &words);
    assert_eq!(out.matches("[[open_question.quote]]").count(), 2, "{out}");
}

#[test]
fn who_stands_in_a_library_and_reads_another_is_told() {
    for (folder, library) in [("", "."), ("seeds", ".."), ("briefings/ferry", "../..")] {
        let told =
            format!("brief: this is the library built in; --library {library} reads the one you stand in\n");
        for what in [&["list", "topics"][..], &["search", "guarantees"], &["--plain"]] {
            let (_, err, code) = brief(&Path::new(FERRY).join(folder), what);
            assert_eq!((err, code), (told.clone(), 0), "{folder} {what:?}");
        }
    }
    for (folder, what) in [
        (FERRY, &["--library", ".", "list", "topics"][..]),
        (FERRY, &["--restricted", "--plain"]),
        (env!("CARGO_MANIFEST_DIR"), &["list", "topics"]),
    ] {
        let (_, err, _) = brief(Path::new(folder), what);
        assert_eq!(err, "", "{folder} {what:?}");
    }
}

#[test]
fn who_writes_works_on_the_library_around_the_folder_that_is_stood_in() {
    let folder = lighthouse("around");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    for (inside, up) in [("seeds", ".."), ("briefings", ".."), ("briefings/lighthouse", "../..")] {
        let inside = folder.join(inside);
        let (out, err, code) = brief(&inside, &["check"]);
        assert_eq!((code, err.as_str()), (1, ""), "{out}");
        assert!(out.starts_with(&format!("{up}/briefings/lighthouse/briefing.toml:")), "{out}");
        let (out, err, code) = brief(&inside, &["quote", "paper", "The vote is set"]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        let (out, err, code) = brief(&inside, &["anchor", "--list"]);
        assert!(code == 1 && out.starts_with("vote.1  "), "{out}{err}");
    }
    let inside = folder.join("briefings/lighthouse");
    std::fs::write(inside.join("é—漢🦀.txt"), "Another text, written in a folder further down.\n").unwrap();
    let (out, err, code) = brief(&inside, &["new", "second", "--source", "é—漢🦀.txt"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.starts_with("../../briefings/second/briefing.toml holds 1 text"), "{out}");
    assert!(out.contains("\n  brief --library ../.. --briefing second   opens it\n"), "{out}");
    assert!(folder.join("briefings/second/briefing.toml").exists() && !inside.join("briefings").exists());
}

#[test]
fn who_writes_where_no_library_is_is_told_what_is_taken_for_it() {
    let nowhere = tempdir().unwrap();
    for what in [&["check"][..], &["quote", "parish", "guarantees"], &["anchor", "--list"]] {
        let (_, err, _) = brief(nowhere.path(), what);
        assert_eq!(err, "brief: there is no library here: the one built in is taken\n", "{what:?}");
    }
    for what in [&["check", "--explain", "E012"][..], &["check", "--library", FERRY]] {
        let (_, err, _) = brief(nowhere.path(), what);
        assert_eq!(err, "", "{what:?}");
    }
    let mut check = printing::brief(&["check"]);
    let (out, err, _) = said(&check.env("BRIEF_PATH", FERRY).current_dir(nowhere.path()).output().unwrap());
    assert_eq!(err, "brief: there is no library here: those of BRIEF_PATH are taken\n");
    assert!(out.contains("\nferry: "), "{out}");
}

#[test]
fn quote_shows_what_is_like_the_words_and_how_it_differs() {
    let (out, _, code) =
        brief(Path::new(FERRY), &["quote", "herald", "we shall not break it for the pupils"]);
    assert_eq!(code, 0);
    for part in [
        "not these words, 87 % of them: ",
        "[-we shall-] {+We will+} not break it",
        "exact  = \"We will not break it for the pupils\"",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (out, err, code) = brief(Path::new(FERRY), &["quote", "herald", "zebra\u{1b}[31m"]);
    assert_eq!((out.as_str(), code), ("", 1));
    assert!(err.contains("nothing like “zebra␛[31m” stands in seeds/herald.txt"), "{err}");
    let (_, err, code) = brief(Path::new(FERRY), &["quote", "herold", "fare"]);
    assert_eq!(code, 2);
    assert!(err.contains("the nearest: herald"), "{err}");
}

/// Ten sentences, each quoted by a card of its own.
const TEXT: &str = "\
The island council met on 3 May to talk about the old lighthouse.
Keeper Žofie Černá said: “The lamp has burned for ninety years.”

An engineer’s report puts the cost of a new roof at 40,000 crowns.
The council’s treasurer doubts that the island can pay for it.
A museum on the mainland has offered to take the lamp — and only the lamp.

Nobody asked the fishermen. They light their own way home, they say.
The vote is set for 17 June.
Children of the school painted the lighthouse white and red.
A second report, on the stairs, is due in autumn.
";

/// What each card quotes.
const QUOTES: [(&str, &str); 10] = [
    ("met", "The island council met on 3 May"),
    ("lamp", "“The lamp has burned for ninety years.”"),
    ("cost", "An engineer’s report puts the cost of a new roof at 40,000 crowns."),
    ("doubt", "The council’s treasurer doubts that the island can pay for it."),
    ("museum", "has offered to take the lamp — and only the lamp."),
    ("fishermen", "They light their own way home, they say."),
    ("vote", "The vote is set for 17 June."),
    ("children", "Children of the school painted the lighthouse white and red."),
    ("stairs", "A second report, on the stairs, is due in autumn."),
    ("nobody", "Nobody asked the fishermen."),
];

/// A library about a lighthouse, its ten quotes found and its hash recorded.
fn lighthouse(name: &str) -> PathBuf {
    let folder = desk(name);
    std::fs::create_dir_all(folder.join("briefings/lighthouse")).unwrap();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::write(folder.join("seeds/paper.txt"), TEXT).unwrap();
    let mut toml = String::from(
        "# A remark that stays.\nschema = 1\ntitle = \"The lighthouse\"\n\n[[source]]\nid     = \"paper\"   # the island's\nfile   = \"paper.txt\"  # in seeds/\n",
    );
    for (id, quote) in QUOTES {
        toml += &format!(
            "\n[[event]]\nid    = \"{id}\"\ntitle = \"About {id}\"\ndate  = \"2025\"\n\n  [[event.quote]]\n  source = \"paper\"\n  exact  = '{quote}'  # é—漢🦀\n  basis  = \"outlet\"\n"
        );
    }
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), toml).unwrap();
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("mended: ") && out.contains("0 problems"), "{out}");
    folder
}

fn toml_of(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("briefings/lighthouse/briefing.toml")).unwrap()
}

/// A check finds nothing, and so many cards of a quote each.
#[track_caller]
fn is_sound(folder: &Path, cards: usize) {
    let (out, _, code) = brief(folder, &["check"]);
    assert_eq!(out, format!("lighthouse: {cards} cards, {cards} quotes, 1 source, 0 problems\n"));
    assert_eq!(code, 0);
}

#[test]
fn fix_records_a_hash_below_the_file_and_touches_nothing_else() {
    let folder = lighthouse("hash");
    let toml = toml_of(&folder);
    let hash = brief::digest::sha256(TEXT.as_bytes());
    assert!(
        toml.contains(&format!("file   = \"paper.txt\"  # in seeds/\nsha256 = \"{hash}\"\n\n[[event]]")),
        "{toml}"
    );
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    assert_eq!((code, out.as_str()), (0, "lighthouse: 10 cards, 10 quotes, 1 source, 0 problems\n"));
    assert_eq!(toml_of(&folder), toml, "mending twice is mending once");
    // As some tools write it.
    let capitals = toml.replace(&hash, &hash.to_uppercase());
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), &capitals).unwrap();
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    assert_eq!((code, out.as_str()), (0, "lighthouse: 10 cards, 10 quotes, 1 source, 0 problems\n"));
    assert_eq!(toml_of(&folder), capitals);
}

#[test]
fn fix_records_a_hash_where_an_empty_one_stands() {
    let folder = lighthouse("empty-hash");
    let toml = toml_of(&folder);
    let hash = brief::digest::sha256(TEXT.as_bytes());
    for empty in ["", " "] {
        std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), toml.replace(&hash, empty))
            .unwrap();
        let (out, _, code) = brief(&folder, &["check"]);
        let told = "error[E016]: `sha256` is empty\n";
        assert!(code == 1 && out.contains(told) && out.contains("^ brief check --fix records it\n"), "{out}");
        assert!(out.ends_with(", 1 problem\n"), "{out}");
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        assert_eq!((code, toml_of(&folder).as_str()), (0, toml.as_str()), "{out}");
    }
}

#[test]
fn no_second_hash_is_written_beside_one_that_cannot_be_read() {
    let folder = lighthouse("awry-hash");
    let toml = toml_of(&folder);
    // (what is there instead, what is said of it)
    let cases = [
        (toml.replace("sha256 =", "sha265 ="), "did you mean `sha256`?"),
        (
            toml.replace(&format!("\"{}\"", brief::digest::sha256(TEXT.as_bytes())), "5"),
            "write sha256 = \"...\"",
        ),
    ];
    for (awry, said) in cases {
        assert_ne!(awry, toml);
        std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), &awry).unwrap();
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        assert!(code == 1 && out.contains(said) && out.ends_with(", 1 problem\n"), "{out}");
        assert_eq!(toml_of(&folder), awry);
    }
}

#[test]
fn no_new_hash_is_recorded_while_a_quote_lacks_its_source_or_its_words() {
    let folder = lighthouse("quote-in-part");
    let toml = toml_of(&folder);
    std::fs::write(folder.join("seeds/paper.txt"), format!("{TEXT}é—漢🦀.\n")).unwrap();
    let part = folder.join("briefings/lighthouse/part.toml");
    let missing = card("part", "\"It is gone.\"").replace("source = \"paper\", ", "");
    for (part_toml, told) in [(missing, "a quote without `source`"), (card("part", "\" \""), "has no words")]
    {
        std::fs::write(&part, part_toml).unwrap();
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        assert!(code == 1 && out.contains(told) && out.contains("error[E026]"), "{out}");
        assert!(!out.contains("mended") && out.ends_with(", 2 problems\n"), "{out}");
        assert_eq!(toml_of(&folder), toml);
    }
    std::fs::remove_file(&part).unwrap();
    assert_eq!(brief(&folder, &["check", "--fix"]).2, 0);
}

#[test]
fn a_text_that_is_named_otherwise_is_found() {
    let folder = lighthouse("misnamed");
    std::fs::create_dir(folder.join("seeds/é漢")).unwrap();
    std::fs::write(folder.join("seeds/é漢/b.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    // (the name, what to do)
    let cases = [
        ("seeds/paper.txt", "write file = \"paper.txt\""),
        ("./paper.txt", "write file = \"paper.txt\""),
        ("./seeds/paper.txt", "write file = \"paper.txt\""),
        ("Paper.TXT", "write file = \"paper.txt\""),
        ("paper", "write file = \"paper.txt\""),
        ("é漢\\\\b.txt", "write file = \"é漢/b.txt\""),
        ("other.txt", "add it, or correct the name"),
        ("../paper.txt", "copy the file into the library"),
    ];
    let toml = toml_of(&folder);
    for (name, help) in cases {
        let toml = toml.replace("\"paper.txt\"", &format!("\"{name}\""));
        std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), toml).unwrap();
        let (out, _, code) = brief(&folder, &["check"]);
        assert!(code == 1 && out.contains(&format!("^ {help}\n")), "{name}: {out}");
    }
}

/// A named edit of the text, and the grade that each touched quote ends in.
type Edit = (&'static str, fn(&str) -> String, &'static [(&'static str, Grade)]);

#[test]
fn after_ten_edits_of_a_text_every_quote_has_the_right_grade_and_only_quotes_are_painted() {
    use Grade::{Drifted, Exact, Missing, Typographic};
    let edits: [Edit; 10] = [
        ("a word changed", |t| t.replace("cost of a new roof", "price of a new roof"), &[("cost", Drifted)]),
        (
            "a paragraph moved",
            |t| {
                let (head, tail) = t.split_once("\n\n").unwrap();
                format!("{tail}\n{head}\n")
            },
            &[("met", Exact), ("lamp", Exact)],
        ),
        (
            "quotation marks changed",
            |t| t.replace(['“', '”'], "\"").replace('’', "'"),
            &[("lamp", Typographic), ("cost", Typographic), ("doubt", Typographic)],
        ),
        (
            "a passage deleted",
            |t| t.replace("Children of the school painted the lighthouse white and red.\n", ""),
            &[("children", Missing)],
        ),
        ("a passage doubled", |t| format!("{t}\nThe vote is set for 17 June.\n"), &[("vote", Exact)]),
        ("a word added", |t| t.replace("is due in autumn", "is now due in autumn"), &[("stairs", Drifted)]),
        (
            "a word taken out",
            |t| t.replace("their own way home", "their way home"),
            &[("fishermen", Drifted)],
        ),
        ("dashes and spaces changed", |t| t.replace(" — ", "  –\u{A0}"), &[("museum", Typographic)]),
        (
            "a sentence broken into two lines",
            |t| t.replace("the stairs, is due", "the stairs,\nis due"),
            &[("stairs", Drifted)],
        ),
        ("everything replaced", |_| "漢字🦀 Something else altogether.\n".to_owned(), &QUOTES_MISSING),
    ];
    for (name, edit, want) in edits {
        let folder = lighthouse(&format!("edit-{}", name.replace(' ', "-")));
        let text = edit(TEXT);
        assert_ne!(text, TEXT, "{name}");
        std::fs::write(folder.join("seeds/paper.txt"), &text).unwrap();
        let before = toml_of(&folder);
        let briefing = Library::at(&folder).unwrap().open(None).unwrap();
        assert!(
            briefing.problems.iter().any(|problem| problem.code.as_str() == "E026"),
            "{name}: the hash tells"
        );
        for (id, words) in QUOTES {
            let quote = &briefing[briefing.card_by_id(id).unwrap()].quotes[0];
            let wanted = want.iter().find(|(touched, _)| *touched == id).map_or(Exact, |(_, grade)| *grade);
            assert_eq!(quote.grade(), wanted, "{name}: {id}");
            let folded = |words: &str| {
                let mut words = words.replace(['“', '”'], "\"").replace('’', "'").replace(['—', '–'], "-");
                words = words.replace('\u{A0}', " ");
                words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            };
            for place in quote.places() {
                assert_eq!(folded(place.of(&text)), folded(words), "{name}: {id} is painted");
            }
        }
        // A listing changes nothing, and mending never takes other words.
        brief(&folder, &["anchor", "--list"]);
        brief(&folder, &["anchor"]);
        assert_eq!(toml_of(&folder), before, "{name}: nothing is anchored silently");
        brief(&folder, &["check", "--fix"]);
        let mended = Library::at(&folder).unwrap().open(None).unwrap();
        for (id, grade) in want {
            let quote = &mended[mended.card_by_id(id).unwrap()].quotes[0];
            let wanted = if *grade == Typographic { Exact } else { *grade };
            assert_eq!(quote.grade(), wanted, "{name}: {id} after mending");
        }
        let has_drifted =
            want.iter().any(|(_, grade)| matches!(grade, Drifted | Missing)) || name == "a passage doubled";
        let tells = mended.problems.iter().any(|problem| problem.code.as_str() == "E026");
        assert_eq!(tells, has_drifted, "{name}: a new hash hides no drift");
        assert!(toml_of(&folder).starts_with("# A remark that stays.\n"), "{name}");
        assert_eq!(toml_of(&folder).matches("# é—漢🦀").count(), 10, "{name}");
    }
}

#[test]
fn a_number_that_was_counted_before_the_text_changed_is_not_followed_silently() {
    let folder = lighthouse("counted");
    let toml =
        toml_of(&folder).replace("exact  = 'The vote is set for 17 June.'", "exact  = 'the'\n  nth    = 2");
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), &toml).unwrap();
    is_sound(&folder, 10);
    let text = TEXT.replace("talk about the old", "talk about an old");
    std::fs::write(folder.join("seeds/paper.txt"), text).unwrap();
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    for part in [
        "warning[W105]: `nth` counts in seeds/paper.txt, which has changed",
        "see whether line 5 is meant; brief anchor then records the new hash",
        "error[E026]",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!((code, toml_of(&folder)), (1, toml), "nothing is mended");
    let (out, _, _) = brief(&folder, &["anchor", "--list"]);
    assert!(
        out.contains(
            "the hash of seeds/paper.txt as it is now; see first which place `nth` means in vote.1 (line 5)"
        ),
        "{out}"
    );
    let (_, _, code) = brief(&folder, &["anchor", "--accept", "paper"]);
    assert_eq!(code, 0);
    is_sound(&folder, 10);
}

#[test]
fn a_place_that_went_when_the_text_changed_is_no_other_place_without_a_person() {
    let text = |monday: &str, friday: &str| {
        format!(
            "{TEXT}Monday’s draft: the é—漢🦀 fare stays at {monday}.\nFriday’s: the é—漢🦀 fare {friday}.\n"
        )
    };
    // (what became of Friday's fare, where it is proposed to be, what of it is written when that is accepted)
    let cases = [
        ("stays at 95 crowns", "13", "… fare stays at [-80-] {+95+} crowns", "95 crowns"),
        ("is to go up", "12", "nth = 1, if that place is meant", "80 crowns"),
    ];
    for (at, (friday, line, what, written)) in cases.into_iter().enumerate() {
        let folder = lighthouse(&format!("went-{at}"));
        std::fs::write(folder.join("seeds/paper.txt"), text("80 crowns", "stays at 80 crowns")).unwrap();
        let part = folder.join("briefings/lighthouse/friday.toml");
        let toml = card("friday", "\"the é—漢🦀 fare stays at 80 crowns\", nth = 2");
        std::fs::write(&part, &toml).unwrap();
        let (_, _, code) = brief(&folder, &["anchor", "--accept", "paper"]);
        assert_eq!(code, 0);
        let (out, _, code) = brief(&folder, &["check"]);
        assert_eq!(code, 0, "{out}");
        std::fs::write(folder.join("seeds/paper.txt"), text("80 crowns", friday)).unwrap();
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        let told = "error[E014]: these words stand once in seeds/paper.txt, not 2 times";
        assert!(code == 1 && out.contains(told) && !out.contains("leave `nth` out"), "{out}");
        assert!(out.contains(&format!("^ nearest is line {line}: {what}\n")), "{out}");
        assert_eq!(std::fs::read_to_string(&part).unwrap(), toml);
        let (out, _, _) = brief(&folder, &["anchor", "--list"]);
        assert!(out.contains(&format!("    nearest is line {line}\n    {what}\n")), "{out}");
        assert!(out.contains("which place `nth` means in friday.1 (there is no place 2)\n"), "{out}");
        let (_, _, code) = brief(&folder, &["anchor", "--accept", "friday.1"]);
        let toml = std::fs::read_to_string(&part).unwrap();
        assert!(code == 0 && toml.contains(&format!("{written}\", nth = 1, ")), "{toml}");
        // It is named until the hash is accepted, too.
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        assert!(code == 1 && out.contains("warning[W105]") && out.contains("error[E026]"), "{out}");
        let (_, _, code) = brief(&folder, &["anchor", "--accept", "paper"]);
        assert_eq!(code, 0);
        is_sound(&folder, 11);
    }
}

#[test]
fn parts_that_a_changed_text_may_have_joined_anew_are_shown_before_its_hash_is_recorded() {
    let folder = lighthouse("joined");
    let text = |first: &str| {
        format!("{TEXT}Line 2 — é—漢🦀 — has fourteen stops, {first} says.\nIt has a depot, the plan says.\n")
    };
    std::fs::write(folder.join("seeds/paper.txt"), text("the plan")).unwrap();
    let part = folder.join("briefings/lighthouse/joined.toml");
    std::fs::write(&part, card("stops", "[\"fourteen stops\", \"the plan says\"]")).unwrap();
    brief(&folder, &["anchor", "--accept", "paper"]);
    let (out, _, code) = brief(&folder, &["check"]);
    assert_eq!(code, 0, "{out}");
    std::fs::write(folder.join("seeds/paper.txt"), text("the mayor")).unwrap();
    let before = toml_of(&folder);
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    assert!(code == 1 && out.contains("brief anchor shows what may have drifted"), "{out}");
    assert_eq!(toml_of(&folder), before, "no new hash is recorded");
    let (out, _, _) = brief(&folder, &["anchor", "--list"]);
    let told =
        "as it is now; see first whether the parts of stops.1 (lines 12 to 13) still belong together\n";
    assert!(out.contains(told), "{out}");
    let (out, _, code) = brief(&folder, &["anchor", "--accept", "paper"]);
    assert_eq!(code, 0, "{out}");
    is_sound(&folder, 11);
}

#[test]
fn what_differs_is_told_alike_by_check_and_anchor() {
    // (an edit of the text, what differs)
    type Case = (fn(&str) -> String, &'static str);
    let cases: [Case; 3] = [
        (
            |t| t.replace("lamp has burned", "lamp had burned"),
            "“The lamp [-has-] {+had+} burned for ninety years.”",
        ),
        (|t| t.replace("only the lamp", "just the lamp"), "… lamp — and [-only-] {+just+} the lamp."),
        (
            |t| t.replace("way home, they", "way\nhome, they"),
            "the same words, with other line breaks between them",
        ),
    ];
    for (at, (edit, differs)) in cases.into_iter().enumerate() {
        let folder = lighthouse(&format!("differs-{at}"));
        std::fs::write(folder.join("seeds/paper.txt"), edit(TEXT)).unwrap();
        let (checked, _, _) = brief(&folder, &["check"]);
        assert!(checked.contains(&format!(": {differs}\n")), "{differs}: {checked}");
        let (listed, _, _) = brief(&folder, &["anchor", "--list"]);
        assert!(listed.contains(&format!("    {differs}\n")), "{differs}: {listed}");
    }
}

#[test]
fn anchor_asks_again_after_an_answer_that_is_none_and_says_what_there_is() {
    let folder = lighthouse("asks");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("lamp has", "lamp had")).unwrap();
    let before = toml_of(&folder);
    let mut pty = anchoring(&folder);
    pty.shows("accept, skip or quit? [a/s/q]").send("yes\r");
    pty.shows("“yes” is none of them: a accepts this one, s leaves it as it is, q ends");
    assert_eq!(toml_of(&folder), before);
    // The model of a terminal drops the mark that stands for what is not UTF-8.
    pty.send(b"ja\xff\r").shows("“ja” is none of them: ");
    pty.send("a\r").shows("accepted").send("q\r");
    assert!(pty.ends().success());
    assert_eq!(
        toml_of(&folder),
        before.replace(
            "'“The lamp has burned for ninety years.”'",
            "\"“The lamp had burned for ninety years.”\""
        )
    );
}

/// `brief anchor` on a terminal, in a library.
fn anchoring(folder: &Path) -> Pty {
    let mut command = pty::brief();
    command.args(["anchor", "--library"]);
    command.arg(folder);
    Pty::spawn(command, 100, 40, Status::Ignored)
}

#[test]
fn anchor_writes_no_words_that_came_while_it_waited_and_shows_them_first() {
    let folder = lighthouse("waits-for-an-answer");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("cost of", "price of")).unwrap();
    let before = toml_of(&folder);
    let mut pty = anchoring(&folder);
    pty.shows("{+price+}").shows("[a/s/q]");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("cost of", "“é—漢🦀” of")).unwrap();
    pty.send("a\r").shows("nothing is written: it has changed meanwhile").shows("{+“é—漢🦀”+}");
    assert_eq!(toml_of(&folder), before);
    pty.send("a\r").shows("accepted").send("q\r");
    assert!(pty.ends().success());
    assert!(toml_of(&folder).contains("puts the “é—漢🦀” of a new roof"), "{}", toml_of(&folder));
}

#[test]
fn anchor_records_the_hash_once_all_that_has_drifted_is_accepted() {
    let folder = lighthouse("hash-last");
    let text = TEXT.replace("cost of", "price of").replace("17 June", "18 June");
    std::fs::write(folder.join("seeds/paper.txt"), &text).unwrap();
    let mut pty = anchoring(&folder);
    pty.shows("cost.1  ").send("a\r").shows("vote.1  ").send("a\r").shows("paper  ").send("a\r");
    pty.shows("nothing more is proposed");
    assert!(pty.ends().success());
    let hash = brief::digest::sha256(text.as_bytes());
    assert!(toml_of(&folder).contains(&hash), "{}", toml_of(&folder));
    // One after the other, too; and where nothing but the hash is left.
    std::fs::write(folder.join("seeds/paper.txt"), text.replace("18 June", "19 June")).unwrap();
    for id in ["vote.1", "paper"] {
        let (out, _, code) = brief(&folder, &["anchor", "--list"]);
        assert!(code == 1 && out.contains("\n    the hash of seeds/paper.txt as it is now\n"), "{out}");
        let (out, err, code) = brief(&folder, &["anchor", "--accept", id]);
        assert!(code == 0 && out.contains(&format!(": {id}: ")), "{out}{err}");
    }
    is_sound(&folder, 10);
}

/// Every quote, missing.
const QUOTES_MISSING: [(&str, Grade); 10] = {
    let mut all = [("", Grade::Missing); 10];
    let mut at = 0;
    while at < all.len() {
        all[at].0 = QUOTES[at].0;
        at += 1;
    }
    all
};

#[test]
fn anchor_lists_what_is_proposed_and_writes_what_is_accepted() {
    let folder = lighthouse("anchor");
    let text = TEXT.replace("cost of a new roof", "price of a new roof").replace("own way home", "way home");
    std::fs::write(folder.join("seeds/paper.txt"), &text).unwrap();
    let before = toml_of(&folder);
    let (out, _, code) = brief(&folder, &["anchor", "--list"]);
    assert_eq!(code, 1);
    for part in [
        "cost.1  briefings/lighthouse/briefing.toml:",
        "    nearest is line 4\n    … report puts the [-cost-] {+price+} of a new …",
        "fishermen.1  ",
        "paper  briefings/lighthouse/briefing.toml:8  `seeds/paper.txt` is not the text whose hash this is",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(out.find("fishermen.1  ") < out.find("paper  "), "the hash comes last: {out}");
    let (_, err, code) = brief(&folder, &["anchor", "--accept", "coast.1"]);
    assert_eq!((code, err.contains("the nearest: cost.1")), (2, true), "{err}");
    assert_eq!(toml_of(&folder), before);
    let (out, _, code) = brief(&folder, &["anchor", "--accept", "cost.1"]);
    assert_eq!(code, 0, "{out}");
    let after = before.replace(
        "'An engineer’s report puts the cost of a new roof at 40,000 crowns.'",
        "\"An engineer’s report puts the price of a new roof at 40,000 crowns.\"",
    );
    assert_ne!(after, before);
    assert_eq!(toml_of(&folder), after, "only the quote has changed");
    let (_, _, code) = brief(&folder, &["anchor", "--accept", "fishermen.1"]);
    assert_eq!(code, 0);
    let (out, _, code) = brief(&folder, &["check", "--fix"]);
    assert_eq!(code, 0, "now nothing has drifted, and the hash is recorded: {out}");
    let (out, _, code) = brief(&folder, &["anchor", "--list"]);
    assert_eq!((out.as_str(), code), ("", 0));
}

/// A card's file, with a quote of the island's paper.
fn card(id: &str, exact: &str) -> String {
    format!(
        "[[event]]\nid = \"{id}\"\ntitle = \"É—漢字🦀\"\ndate = \"2025\"\n\
         quote = [{{ source = \"paper\", exact = {exact}, basis = \"outlet\" }}]\n"
    )
}

#[test]
fn check_and_anchor_say_the_same_of_a_quote_in_parts() {
    // (the quote, what is proposed or why nothing is)
    let cases = [
        (
            "[\"The island council met on 3 May\", \"Nobody asked the fishermen\"]",
            Ok("The island council [-met-] {+meets+} on 3 May … Nobody asked the {+old+} fishermen"),
        ),
        (
            "[\"Nobody asked the fishermen\", \"The vote is set\", \"has burned for ninety years\"]",
            Err("its parts, or words like them, stand there, but not in this order; \
                 take the order of the text: they are on lines 9, 10, 3"),
        ),
        (
            "[\"Nobody asked the fishermen\", \"asked the old fishermen\"]",
            Err("two of its parts, or words like them, share words there; make one of them"),
        ),
        (
            "[\"The island council met on 3 May\", \"a zebra of é—漢🦀\"]",
            Err("nothing like one of its parts stands there: `a zebra of é—漢🦀`"),
        ),
        ("[\"a zebra of é—漢🦀\"]", Err("nothing like it stands there")),
    ];
    let folder = lighthouse("parts");
    let text = TEXT.replace("met on 3 May", "meets on 3 May").replace("the fishermen", "the old fishermen");
    std::fs::write(folder.join("seeds/paper.txt"), format!("é—漢🦀\n{text}")).unwrap();
    for (exact, want) in cases {
        std::fs::write(folder.join("briefings/lighthouse/parts.toml"), card("parts", exact)).unwrap();
        let (checked, _, _) = brief(&folder, &["check"]);
        let (listed, _, _) = brief(&folder, &["anchor", "--list"]);
        let proposal = listed.split_once("parts.1  ").map(|(_, proposal)| proposal);
        let rest = match (want, proposal) {
            (Ok(what), Some(proposal)) => {
                assert!(checked.contains(&format!("^ nearest is line 2: {what}\n")), "{what}: {checked}");
                assert!(proposal.contains(&format!("\n    nearest is line 2\n    {what}\n")), "{proposal}");
                ""
            }
            (Err(help), None) => {
                assert!(checked.contains(&format!("^ {help}\n")), "{help}: {checked}");
                "1 more was not found in its source, and nothing is proposed for it; brief check shows it\n"
            }
            (want, _) => panic!("{want:?}: {listed}"),
        };
        assert!(listed.ends_with(rest), "{listed}");
    }
}

#[test]
fn who_leaves_words_out_with_an_ellipsis_is_told_how_the_format_does() {
    let told = "to leave words out, give a list of parts: exact = [\"...\", \"...\"]";
    // (the quote, whether its words stand there around what is left out)
    let cases = [
        ("The lamp has … ninety years", true),
        ("“The lamp has ... ninety years", true),
        ("The lamp […] ninety years. ... An engineer’s report", true),
        ("ninety years (…) The lamp has", false),
        ("The lamp has … a zebra of é—漢🦀", false),
        ("… a zebra of é—漢🦀", false),
        ("… The lamp has burned", false),
        ("…", false),
    ];
    let folder = lighthouse("ellipsis");
    for (exact, is_told) in cases {
        let toml = card("ellipsis", &format!("'{exact}'"));
        std::fs::write(folder.join("briefings/lighthouse/ellipsis.toml"), toml).unwrap();
        let (out, _, code) = brief(&folder, &["check"]);
        assert_eq!((code, out.contains(told)), (1, is_told), "{exact}: {out}");
    }
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace('\n', "\r\n")).unwrap();
    let toml = card("ellipsis", "\"Keeper …\\nThe lamp has …\\n\\nAn engineer\"");
    std::fs::write(folder.join("briefings/lighthouse/ellipsis.toml"), toml).unwrap();
    let (out, _, _) = brief(&folder, &["check"]);
    assert!(out.contains(told), "{out}");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("has burned", "… has burned")).unwrap();
    let toml = card("ellipsis", "\"The lamp … has burned\"");
    std::fs::write(folder.join("briefings/lighthouse/ellipsis.toml"), toml).unwrap();
    let (out, _, _) = brief(&folder, &["check"]);
    assert!(!out.contains("ellipsis.toml"), "what the text has itself is quoted as it is: {out}");
}

#[test]
fn what_is_proposed_is_the_place_that_was_found() {
    let folder = lighthouse("whole");
    let text = format!("{TEXT}They talked of peace dealings.\nThey hope for a peace deal.\n");
    std::fs::write(folder.join("seeds/paper.txt"), &text).unwrap();
    let part = folder.join("briefings/lighthouse/whole.toml");
    std::fs::write(&part, card("whole", "\"Peace deal\"")).unwrap();
    let (listed, _, _) = brief(&folder, &["anchor", "--list"]);
    let line = format!("\n    nearest is line {}\n", text.lines().count());
    assert!(listed.contains(&line), "{listed}");
    let (_, _, code) = brief(&folder, &["anchor", "--accept", "whole.1"]);
    let after = std::fs::read_to_string(&part).unwrap();
    assert_eq!(code, 0, "{after}");
    assert!(after.contains("exact = \"peace deal\"") && after.contains("nth = 2"), "{after}");
}

#[test]
fn what_differs_and_looks_the_same_is_named() {
    let folder = lighthouse("unseen");
    std::fs::write(folder.join("seeds/paper.txt"), format!("{TEXT}Чужой\u{A0}план — é漢🦀.\n")).unwrap();
    let part = folder.join("briefings/lighthouse/unseen.toml");
    let cases = [
        (
            "Чужой план",
            "^ it has a no-break space (U+00A0) where this has a space; brief check --fix writes it so\n",
        ),
        ("план - é漢🦀.", "^ it has “план — é漢🦀.”; brief check --fix writes it so\n"),
        ("Чужои\u{306} план — é漢🦀", "; `и\u{306}` here is 2 characters, `й` in the text 1 (NFC, NFD)\n"),
        ("Чужой плaн — é漢🦀", "; `a` here is Latin, among letters that are Cyrillic\n"),
    ];
    for (exact, told) in cases {
        std::fs::write(&part, card("unseen", &format!("\"{exact}\""))).unwrap();
        let (out, _, _) = brief(&folder, &["check"]);
        assert!(out.contains(told), "{exact}: {out}");
    }
}

#[test]
fn fix_takes_blanks_away_that_are_all_that_differs() {
    let folder = lighthouse("blanks");
    let text = format!("{TEXT}“So é—漢🦀,” he said.\nSo.\n\nAgain:\nSo.\n");
    std::fs::write(folder.join("seeds/paper.txt"), text).unwrap();
    let part = folder.join("briefings/lighthouse/blanks.toml");
    let with = "the same words, without the blanks around them; brief check --fix writes them so";
    // (the words, what is said of them, how they are written)
    let cases = [
        ("\"The vote is set for 17 June. \"", with, "\"The vote is set for 17 June.\""),
        ("\" Nobody asked the fishermen.\"", with, "\"Nobody asked the fishermen.\""),
        ("\"'So é-漢🦀,' he said. \"", "nearest is line 12: [-'So", "\"'So é-漢🦀,' he said. \""),
        ("\"\\\"So é-漢🦀,\\\" he said.\\t\"", with, "\"“So é—漢🦀,” he said.\""),
        ("\"\"\"\n  The vote is set for 17 June.\n  \"\"\"", with, "\"The vote is set for 17 June.\""),
        (
            "[\"The vote is set for 17 June. \", \" A second report\"]",
            with,
            "[\"The vote is set for 17 June.\", \"A second report\"]",
        ),
        ("\"So. \", nth = 2", with, "\"So.\", nth = 2"),
        // Which of the places is meant is for a person.
        ("\"So. \"", "the same words, without the blanks around them\n", "\"So. \""),
        (
            "\"The vote was set for 17 June. \"",
            "vote [-was-] {+is+} set",
            "\"The vote was set for 17 June. \"",
        ),
    ];
    for (exact, said, written) in cases {
        std::fs::write(&part, card("blanks", exact)).unwrap();
        let (out, _, code) = brief(&folder, &["check"]);
        assert!(code == 1 && out.contains("error[E012]") && out.contains(said), "{exact}: {out}");
        brief(&folder, &["check", "--fix"]);
        assert_eq!(std::fs::read_to_string(&part).unwrap(), card("blanks", written), "{exact}");
    }
    std::fs::write(&part, card("blanks", "\"The vote was set for 17 June. \"")).unwrap();
    let (out, _, _) = brief(&folder, &["anchor", "--accept", "blanks.1"]);
    let toml = std::fs::read_to_string(&part).unwrap();
    assert_eq!(toml, card("blanks", "\"The vote is set for 17 June.\""), "with its stop: {out}");
}

#[test]
fn fix_leaves_it_to_a_person_which_place_an_nth_of_0_means() {
    let folder = lighthouse("nth-of-0");
    std::fs::write(folder.join("seeds/paper.txt"), format!("{TEXT}so — é—漢🦀.\nSo so — é—漢🦀.\n")).unwrap();
    let part = folder.join("briefings/lighthouse/nth.toml");
    let written = card("nth", "\"so - é—漢🦀\", nth = 0");
    std::fs::write(&part, &written).unwrap();
    let (out, _, _) = brief(&folder, &["check", "--fix"]);
    assert!(out.contains("error[E014]: `nth` counts from 1") && out.contains("warning[W102]"), "{out}");
    assert_eq!(std::fs::read_to_string(&part).unwrap(), written);
}

/// A lighthouse's text that has changed, and beside its briefing a file that is not TOML throughout,
/// so that nothing is written into it.
fn garbled(name: &str) -> PathBuf {
    let folder = lighthouse(name);
    let text = TEXT.replace("cost of a new roof", "price of a new roof").replace("17 June", "18 June");
    std::fs::write(folder.join("seeds/paper.txt"), text).unwrap();
    let garbled = card("garbled", "\"puts the cost of a new roof\"") + "why = é\n";
    std::fs::write(folder.join("briefings/lighthouse/garbled.toml"), garbled).unwrap();
    folder
}

#[test]
fn accept_takes_an_id_given_twice_for_one_and_names_what_cannot_be_written() {
    let folder = garbled("unwritten");
    let accept = |ids: &[&str]| {
        let args: Vec<&str> = ids.iter().flat_map(|id| ["--accept", *id]).collect();
        brief(&folder, &[&["anchor"], &args[..]].concat())
    };
    let (out, err, code) = accept(&["cost.1", "cost.1"]);
    assert_eq!((out.lines().count(), err.as_str(), code), (1, "", 0), "{out}");
    let (out, err, code) = accept(&["garbled.1", "vote.1", "garbled.1"]);
    assert!(out.lines().count() == 1 && out.contains("vote.1: "), "{out}");
    let want = "brief: garbled.1 could not be written so that the file reads back well; \
                mend by hand what brief anchor --list shows\n";
    assert_eq!((err.as_str(), code), (want, 1));
    assert!(toml_of(&folder).contains("price of a new roof") && toml_of(&folder).contains("18 June"));
}

#[test]
fn anchor_leaves_a_row_empty_behind_what_cannot_be_written() {
    let folder = garbled("refused-by-anchor");
    let mut pty = anchoring(&folder);
    pty.shows("cost.1  ").send("s\rs\ra\r");
    let apart = "it cannot be written; mend it by hand\n\npaper  ";
    pty.until(apart, |output| output.text().contains(apart)).send("q\r");
    assert!(pty.ends().success());
}

#[test]
fn fix_numbers_a_quote_where_all_other_places_are_in_asides() {
    let folder = lighthouse("asides");
    std::fs::write(
        folder.join("seeds/paper.txt"),
        format!("{TEXT}\nREPEATED\nThe vote is set for 17 June.\nEND\n"),
    )
    .unwrap();
    let aside =
        "\n  [[source.aside]]\n  from = \"REPEATED\"\n  to   = \"END\"\n  why  = \"the same again\"\n";
    let toml = toml_of(&folder);
    let at = toml.find("\n[[event]]").unwrap();
    let toml = format!("{}{aside}{}", &toml[..at], &toml[at..]);
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), &toml).unwrap();
    let (out, _, _) = brief(&folder, &["check", "--fix"]);
    assert!(out.contains("vote.1: nth = 1, the only place outside asides"), "{out}");
    assert!(out.contains("warning[W105]: `nth` counts in seeds/paper.txt, which has changed"), "{out}");
    assert!(
        toml_of(&folder).contains("exact  = 'The vote is set for 17 June.'  # é—漢🦀\n  nth    = 1\n"),
        "{}",
        toml_of(&folder)
    );
}

#[test]
fn fix_numbers_no_quote_that_may_stand_outside_asides_elsewhere() {
    let folder = lighthouse("asides-in-part");
    let toml = toml_of(&folder);
    let vote = "The vote is set for 17 June.\n";
    // (what stands behind the text, where the aside in it ends)
    let cases = [
        // The aside ends inside of the second place.
        (format!("REPEATED\n{vote}"), "The vote is"),
        // Not all places are looked at.
        (format!("REPEATED\n{}END\n{vote}", vote.repeat(100)), "END"),
    ];
    for (behind, to) in cases {
        std::fs::write(folder.join("seeds/paper.txt"), format!("{TEXT}\n{behind}")).unwrap();
        let aside =
            format!("\n  [[source.aside]]\n  from = \"REPEATED\"\n  to   = \"{to}\"\n  why  = \"again\"\n");
        let toml = toml.replacen("\n[[event]]", &format!("{aside}\n[[event]]"), 1);
        std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), &toml).unwrap();
        let (out, _, _) = brief(&folder, &["check", "--fix"]);
        assert!(out.contains("these words stand ") && !out.contains("mended: "), "{out}");
        assert_eq!(toml_of(&folder), toml);
    }
}

#[test]
fn fix_records_no_new_hash_while_quotes_could_not_be_looked_for() {
    let folder = lighthouse("unread-quotes");
    let toml = toml_of(&folder);
    let (source, cards) = toml.split_at(toml.find("[[event]]").unwrap());
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), source).unwrap();
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    let utf16: Vec<u8> = cards.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in
        [[&b"\xff\xfe"[..], &utf16].concat(), cards.replace("exact  = '", "exact  = é'").into_bytes()]
    {
        std::fs::write(folder.join("briefings/lighthouse/cards.toml"), bytes).unwrap();
        let (out, _, code) = brief(&folder, &["check", "--fix"]);
        assert_eq!((toml_of(&folder).as_str(), code), (source, 1), "{out}");
        assert!(
            out.contains("error[E026]") && out.contains("brief anchor shows what may have drifted"),
            "{out}"
        );
    }
}

#[test]
fn fix_adds_a_key_behind_a_whole_value_however_the_table_is_written() {
    let folder = lighthouse("behind");
    let twice = "So {é—漢🦀} we wait.\n";
    std::fs::write(folder.join("seeds/paper.txt"), format!("{TEXT}{twice}REPEATED\n{twice}END\n")).unwrap();
    let aside = "  [[source.aside]]\n  from = \"REPEATED\"\n  to = \"END\"\n  why = \"again\"\n\n";
    let toml = toml_of(&folder).replacen("\n[[event]]", &format!("{aside}\n[[event]]"), 1);
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), toml).unwrap();
    let part = folder.join("briefings/lighthouse/part.toml");
    let cases = [
        (
            "[[event.quote]]\nsource = \"paper\"\nexact  = [\n  \"So\",\n  \"wait.\", # why\n]  # é—漢🦀",
            "\nnth    = 1",
            "\nbasis = \"outlet\"\n",
        ),
        (
            "[[event.quote]]\nsource = \"paper\"\n  exact = [\"So {é\", \"wait.\"]",
            "\n  nth   = 1",
            "\nbasis = \"outlet\"\n",
        ),
        ("[[event.quote]]\nsource = \"paper\"\nbasis = \"outlet\"\nexact = \"So {é\"", "\nnth   = 1", ""),
        (
            "quote = [{ source = \"paper\", exact = [\n  \"So {é\",\n  \"wait.\", # why\n]",
            ", nth = 1",
            ", basis = \"outlet\" }]\n",
        ),
        (
            "quote = [{\n  source = \"paper\", basis = \"outlet\",\n  exact = \"So {é\"",
            ", nth = 1",
            " # why\n}]\n",
        ),
    ];
    for (before, added, after) in cases {
        let head = "[[event]]\nid = \"part\"\ntitle = \"É—漢字🦀\"\ndate = \"2025\"\n";
        for line_end in ["\n", "\r\n"] {
            let ended = |toml: String| toml.replace('\n', line_end);
            std::fs::write(&part, ended(format!("{head}{before}{after}"))).unwrap();
            let (out, _, _) = brief(&folder, &["check", "--fix"]);
            let want = ended(format!("{head}{before}{added}{after}"));
            assert_eq!(std::fs::read_to_string(&part).unwrap(), want, "{out}");
        }
    }
}

#[test]
fn every_code_is_explained() {
    let folder = Path::new(FERRY);
    let (out, _, code) = brief(folder, &["check", "--explain", "e012"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("E012: error: a quote does not stand in its source\n\n"), "{out}");
    assert!(out.contains("brief quote SOURCE WORDS") && out.contains("For example: "), "{out}");
    for short in ["e12", "E012"] {
        assert_eq!(brief(folder, &["check", "--explain", short]).0, out);
    }
    let (_, err, code) = brief(folder, &["check", "--explain", "E999"]);
    assert_eq!((code, err.contains("E001, E002")), (2, true), "{err}");
    for code in Code::ALL {
        let told = code.explanation();
        for part in [told.means, told.example, told.remedy] {
            assert!(!part.trim().is_empty(), "{code}");
        }
        assert!(told.means.ends_with('.'), "{code}: {}", told.means);
    }
}

#[test]
fn check_speaks_to_github() {
    let folder = lighthouse("github");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    let (out, _, code) = brief(&folder, &["check", "--format", "github"]);
    assert_eq!(code, 1);
    let start = "::error file=briefings/lighthouse/briefing.toml,line=";
    assert!(out.lines().all(|line| line.starts_with(start)), "{out}");
    assert!(out.contains("title=E012::quote not found in seeds/paper.txt%0Anearest is line 9: "), "{out}");
    let (out, _, _) =
        brief(folder.parent().unwrap(), &["check", "--library", "github", "--format", "github"]);
    assert!(out.starts_with("::error file=github/briefings/lighthouse/"), "{out}");
}

#[test]
fn check_names_files_as_they_are_found_from_where_one_stands() {
    let folder = lighthouse("é—漢🦀");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    let above = folder.parent().unwrap();
    for (stood_in, args, file) in [
        (folder.clone(), &["check"][..], "briefings/lighthouse/briefing.toml"),
        (folder.join("seeds"), &["check"], "../briefings/lighthouse/briefing.toml"),
        (above.into(), &["check", "--library", "é—漢🦀"], "é—漢🦀/briefings/lighthouse/briefing.toml"),
    ] {
        let (out, _, code) = brief(&stood_in, args);
        let (place, _) = out.split_once(": error[").unwrap();
        let (named, _) = place.split_once(".toml:").unwrap();
        assert_eq!((code, format!("{named}.toml").as_str()), (1, file), "{out}");
        assert!(stood_in.join(file).is_file());
        let (out, _, _) = brief(&stood_in, &[args, &["--coverage", "--verbose"]].concat());
        let seed = file.replace("briefings/lighthouse/briefing.toml", "seeds/paper.txt");
        assert!(out.contains(&format!("\n  {seed}:")), "{out}");
        let (json, _, _) = brief(&stood_in, &[args, &["--format", "json"]].concat());
        assert!(json.contains("\"file\": \"briefings/lighthouse/briefing.toml\""), "{json}");
        let (listed, _, _) = brief(&stood_in, &[&["anchor", "--list"], &args[1..]].concat());
        assert!(listed.contains(&format!("  {file}:")), "{listed}");
    }
    let toml = toml_of(&folder).replace("sha256", "# sha256");
    std::fs::write(folder.join("briefings/lighthouse/briefing.toml"), toml).unwrap();
    let (out, _, _) = brief(above, &["check", "--fix", "--library", "é—漢🦀"]);
    assert!(out.starts_with("mended: é—漢🦀/briefings/lighthouse/briefing.toml:"), "{out}");
}

#[test]
fn check_names_the_files_of_each_library_of_the_path() {
    let folder = lighthouse("in-a-path");
    std::fs::write(folder.join("seeds/paper.txt"), TEXT.replace("17 June", "18 June")).unwrap();
    let other = tempdir().unwrap();
    std::fs::create_dir_all(other.path().join("briefings")).unwrap();
    symlink(folder.join("briefings/lighthouse"), other.path().join("briefings/é—漢🦀")).unwrap();
    let elsewhere = tempdir().unwrap();
    let mut check = printing::brief(&["check"]);
    check.env("BRIEF_PATH", std::env::join_paths([&folder, other.path()]).unwrap());
    let (out, _, _) = said(&check.current_dir(elsewhere.path()).output().unwrap());
    for (library, name) in [(other.path(), "é—漢🦀: error["), (&folder, "lighthouse/briefing.toml:")] {
        let place = library.join("briefings").join(name).to_string_lossy().into_owned();
        assert!(out.lines().any(|line| line.starts_with(&place)), "{place}: {out}");
    }
}

#[test]
fn new_makes_a_library_that_has_nothing_wrong_with_it_and_overwrites_nothing() {
    let home = tempdir().unwrap();
    let folder = home.path();
    std::fs::write(folder.join("My Text (1).txt"), TEXT).unwrap();
    std::fs::write(folder.join("other.txt"), "A dog barked all night — nobody slept on the island.\n")
        .unwrap();
    let args = ["new", "The Lighthouse", "--source", "My Text (1).txt", "other.txt"];
    let (out, err, code) = brief(folder, &args);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.starts_with("briefings/the-lighthouse/briefing.toml holds 2 texts and 1 card; nothing is wrong"),
        "{out}"
    );
    assert_eq!(std::fs::read_to_string(folder.join("seeds/my-text-1.txt")).unwrap(), TEXT);
    let (out, _, code) = brief(folder, &["check"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 card, 1 quote, 2 sources, 0 problems"), "{out}");
    let toml = std::fs::read_to_string(folder.join("briefings/the-lighthouse/briefing.toml")).unwrap();
    let (_, err, code) = brief(folder, &args);
    assert_eq!((code, err.contains("nothing is overwritten")), (2, true), "{err}");
    assert_eq!(std::fs::read_to_string(folder.join("briefings/the-lighthouse/briefing.toml")).unwrap(), toml);
    // A second briefing shares a text that is there, and numbers one that only has its name.
    std::fs::write(folder.join("other.txt"), "Quite another text of the same name, on other things.\n")
        .unwrap();
    let (out, _, code) = brief(folder, &["new", "second", "--source", "My Text (1).txt", "other.txt"]);
    assert_eq!(code, 0, "{out}");
    let mut seeds: Vec<String> = std::fs::read_dir(folder.join("seeds"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    seeds.sort();
    assert_eq!(seeds, ["my-text-1.txt", "other-2.txt", "other.txt"]);
}

#[test]
fn new_shows_the_name_before_the_texts_that_would_take_it_for_one() {
    let (_, err, code) = brief(desk("name-last").as_path(), &["new", "--source", "a.txt", "Étude"]);
    assert_eq!((code, err.contains("\nUsage: brief new <NAME> --source <FILE>...\n")), (2, true), "{err}");
}

#[test]
fn one_of_a_thing_is_told_as_one() {
    let folder = lighthouse("one");
    let toml = card("one", "\"The vote is set for 17 June.\", nth = 2");
    std::fs::write(folder.join("briefings/lighthouse/one.toml"), toml).unwrap();
    let (_, err, _) = brief(&folder, &["--library", ".", "--plain"]);
    assert_eq!(err, "brief: 1 error in lighthouse; `brief check` shows it\n");
    let briefing = Library::at(&folder).unwrap().open(None).unwrap();
    let id = briefing.card_by_id("one").unwrap();
    let mut desk = Desk::new(briefing, 120, 40);
    desk.app.show(Some(id), 0);
    assert!(
        desk.text().contains("The quote stands here once, not as often as its nth says."),
        "{}",
        desk.text()
    );
}

#[test]
fn new_says_which_text_is_called_otherwise() {
    let home = tempdir().unwrap();
    let folder = home.path();
    for (at, name) in ["朝日.txt", "Вісник 🦀.txt", "Blog_2024.TXT", "paper.txt"].iter().enumerate()
    {
        std::fs::write(folder.join(name), format!("{at}. {TEXT}")).unwrap();
    }
    let new = |name: &str, sources: &[&str]| {
        let (out, err, code) = brief(folder, &[&["new", name, "--source"][..], sources].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        out.split_once("\n\nNext:\n").unwrap().0.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let told = [
        "朝日.txt is seeds/text.txt there, with the id text",
        "Вісник 🦀.txt is seeds/text-2.txt there, with the id text-2",
        "Blog_2024.TXT is seeds/blog-2024.txt there, with the id blog-2024",
    ];
    assert_eq!(new("one", &["朝日.txt", "Вісник 🦀.txt", "Blog_2024.TXT", "paper.txt"]), told);
    assert_eq!(new("two", &["paper.txt"]), [""; 0], "what has its name is not told of");
    std::fs::write(folder.join("paper.txt"), TEXT).unwrap();
    assert_eq!(new("three", &["paper.txt"]), ["paper.txt is seeds/paper-2.txt there, with the id paper-2"]);
}

#[test]
fn new_numbers_a_text_whose_name_a_pipe_or_a_link_has() {
    // (what stands in the place, how it gets there)
    type Case = (&'static str, fn(&Path));
    let cases: [Case; 3] = [
        ("pipe", put_pipe),
        ("link", |at| symlink("../paper.txt", at).unwrap()),
        ("link-to-nothing", |at| symlink("é—漢🦀", at).unwrap()),
    ];
    for (what, put) in cases {
        let home = tempdir().unwrap();
        let folder = home.path();
        std::fs::create_dir(folder.join("seeds")).unwrap();
        std::fs::write(folder.join("paper.txt"), TEXT).unwrap();
        put(&folder.join("seeds/paper.txt"));
        let (out, err, code) = brief(folder, &["new", "lighthouse", "--source", "paper.txt"]);
        assert_eq!((code, err.as_str()), (0, ""), "{what}");
        assert!(out.contains("holds 1 text and 1 card; nothing is wrong with it"), "{what}: {out}");
        assert!(toml_of(folder).contains("\"paper-2.txt\""), "{what}: {}", toml_of(folder));
        assert_eq!(std::fs::read_to_string(folder.join("seeds/paper-2.txt")).unwrap(), TEXT, "{what}");
        let (out, _, code) = brief(folder, &["check"]);
        assert_eq!(code, 0, "{what}: {out}");
    }
}

#[test]
fn new_writes_through_no_link_but_the_one_to_the_library() {
    for link in ["seeds", "briefings"] {
        let folder = desk(&format!("through-{link}"));
        std::fs::create_dir_all(folder.join("library")).unwrap();
        std::fs::create_dir(folder.join("outside")).unwrap();
        std::fs::write(folder.join("paper.txt"), TEXT).unwrap();
        symlink("../outside", folder.join("library").join(link)).unwrap();
        symlink("library", folder.join("l")).unwrap();
        let new = ["new", "lighthouse", "--library", "l", "--source", "paper.txt"];
        let (out, err, code) = brief(&folder, &new);
        let want =
            format!("brief: l/{link} is a link, and none is followed in a library; make a folder of it\n");
        assert_eq!((out.as_str(), err.as_str(), code), ("", want.as_str(), 2));
        assert_eq!(std::fs::read_dir(folder.join("outside")).unwrap().count(), 0, "{link}");
        assert_eq!(std::fs::read_dir(folder.join("library")).unwrap().count(), 1, "{link}");
        std::fs::remove_file(folder.join("library").join(link)).unwrap();
        let (_, err, code) = brief(&folder, &new);
        assert_eq!((err.as_str(), code), ("", 0), "{link}");
        assert!(folder.join("library/seeds/paper.txt").is_file(), "{link}");
    }
}

#[test]
fn the_commands_that_new_says_are_next_work_in_a_shell() {
    let folder = desk("next");
    std::fs::write(folder.join("paper.txt"), TEXT).unwrap();
    for library in [".", "l", "“é—漢字🦀” 7;echo it's $HOME"] {
        let (out, err, code) =
            brief(&folder, &["new", "lighthouse", "--library", library, "--source", "paper.txt"]);
        assert_eq!((err.as_str(), code), ("", 0), "{library}");
        let next: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("  ")).collect();
        let [edit, _, check, read] = next.as_slice() else { panic!("{out}") };
        let words = |line: &str| shlex::split(line.split_once("   ").map_or(line, |(line, _)| line)).unwrap();
        let file = Path::new(library).join("briefings/lighthouse/briefing.toml");
        let file = file.strip_prefix(".").unwrap_or(&file).to_str().unwrap();
        assert_eq!(words(edit), ["edit", file], "{out}");
        assert_eq!(words(check), ["brief", "check", "--library", library], "{out}");
        assert_eq!(words(read), ["brief", "--library", library], "{out}");
    }
}

#[test]
fn new_waits_for_a_text_that_comes_through_a_pipe() {
    let home = tempdir().unwrap();
    let folder = home.path();
    let text = folder.join("text");
    put_pipe(&text);
    std::thread::scope(|scope| {
        scope.spawn(|| std::fs::write(&text, TEXT).unwrap());
        let (out, err, code) = brief(folder, &["new", "lighthouse", "--source", "text"]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
    });
    assert_eq!(std::fs::read_to_string(folder.join("seeds/text.txt")).unwrap(), TEXT);
}

#[test]
fn new_refuses_what_is_no_text_and_leaves_nothing_behind() {
    let home = tempdir().unwrap();
    let folder = home.path();
    std::fs::write(folder.join("sixteen.txt"), b"\xff\xfea\0b\0").unwrap();
    std::fs::write(folder.join("latin.txt"), b"caf\xe9").unwrap();
    std::fs::write(folder.join("binary.txt"), b"a\0b").unwrap();
    std::fs::write(folder.join("empty.txt"), " \n").unwrap();
    std::fs::write(folder.join("dots.txt"), "…\n…\n").unwrap();
    let cases = [
        ("a", "sixteen.txt", "is UTF-16"),
        ("a", "latin.txt", "is not UTF-8 at byte 4"),
        ("a", "binary.txt", "NUL byte"),
        ("a", "empty.txt", "is empty"),
        ("a", "dots.txt", "words that can be quoted"),
        ("a", "none.txt", "cannot open none.txt"),
        ("漢字", "latin.txt", "“漢字” has none; give it one in Latin letters, and write the title into"),
    ];
    for (name, file, want) in cases {
        let (_, err, code) = brief(folder, &["new", name, "--source", file]);
        assert_eq!((code, err.contains(want)), (2, true), "{file}: {err}");
        assert!(!folder.join("briefings").exists() && !folder.join("seeds").exists(), "{file}");
    }
    // What had been made when it failed is taken away again.
    std::fs::write(folder.join("good.txt"), TEXT).unwrap();
    std::fs::write(folder.join("briefings"), "in the way").unwrap();
    let (_, err, code) = brief(folder, &["new", "a", "--source", "good.txt"]);
    assert_eq!((code, err.contains("cannot make the folder")), (2, true), "{err}");
    assert!(!folder.join("seeds").exists());
}
