//! Hostile libraries: the small library with one thing changed. Each opens as far as it is sound, its
//! fault is named, and nothing that is printed of it can act on a terminal or goes unseen.

use crate::export::written;
use crate::folders::{put_ferry, put_pipe};
use brief::export::{Extract, csv, html, json, markdown, w3c};
use brief::load::Library;
use brief::model::{Briefing, Grade};
use brief::{plain, wrap};
use rustix::io::Errno;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::{fs, thread};

/// Where the cards stand that no case changes; the source of each is sound as well.
const SOUND: [&str; 2] = ["reactions.toml", "open-questions.toml"];

/// The small library in a folder of its own, to be damaged.
struct Ferry(tempfile::TempDir);

impl Ferry {
    fn new() -> Self {
        let ferry = Self(tempfile::tempdir().unwrap());
        put_ferry(ferry.0.path());
        ferry
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    /// Puts a file more into the briefing.
    fn with(words: impl AsRef<[u8]>) -> Self {
        let ferry = Self::new();
        fs::write(ferry.at(EXTRA), words).unwrap();
        ferry
    }

    /// Opens it, and looks at all that would be printed of it; gives back the problems' first lines.
    fn open(&self, case: &str) -> Vec<String> {
        let briefing = self.open_whole(case);
        audit(&briefing, case);
        let lines = briefing.problems.iter().map(ToString::to_string);
        lines.map(|lines| lines.lines().next().unwrap_or_default().to_owned()).collect()
    }

    /// Opens it; what is sound must be there.
    fn open_whole(&self, case: &str) -> Briefing {
        let briefing = Library::at(self.0.path()).unwrap().open(Some("ferry")).unwrap();
        let sound =
            briefing.cards.iter().filter(|card| SOUND.iter().any(|file| card.at.file.ends_with(file)));
        let quotes: Vec<_> = sound.flat_map(|card| &card.quotes).collect();
        assert!(quotes.len() >= 6, "{case}: the rest does not open");
        assert!(quotes.iter().all(|quote| quote.grade() == Grade::Exact), "{case}: a sound quote is lost");
        briefing
    }
}

const EXTRA: &str = "briefings/ferry/extra.toml";

/// Looks at everything that is printed of a briefing.
fn audit(briefing: &Briefing, case: &str) {
    let extract = Extract::new(briefing, None);
    for problem in &briefing.problems {
        let shown = problem.to_string();
        harmless(&shown, case);
        assert!(shown.lines().all(|line| wrap::width(line) <= 400), "{case}: {shown}");
        assert!(problem.help.is_some(), "{case}: {shown}");
    }
    let told = plain::briefing(briefing, None, 60, |galley| {
        harmless(galley.text(), case);
        assert!(!galley.text().contains('\n'), "{case}: {}", galley.text());
        Ok(())
    });
    assert!(told.is_ok(), "{case}");
    // Words are handed on with what breaks and joins them unseen.
    let handed_on = |text: String| harmless(&text.replace(['\u{AD}', '\u{200B}', '\u{2060}'], ""), case);
    handed_on(written(csv, &extract).replace("\r\n", "\n"));
    for form in [markdown, html, json, w3c] {
        handed_on(written(form, &extract));
    }
}

/// No character but the line end acts on a terminal, and none goes unseen but the joiners of words.
fn harmless(text: &str, case: &str) {
    let is_harmless = |c: char| match c {
        '\n' => true,
        '\t' => false,
        '\u{200C}' | '\u{200D}' => true,
        c => brief::sanitize::is_harmless(c),
    };
    if let Some((at, c)) = text.char_indices().find(|&(_, c)| !is_harmless(c)) {
        panic!("{case}: {c:?} at byte {at} of {:?}", text.chars().take(300).collect::<String>());
    }
}

/// What acts on a terminal, hides, reorders or swells.
const PAYLOADS: [(&str, &str); 34] = [
    ("colour", "\x1b[31m"),
    ("cursor", "\x1b[99;99H"),
    ("title", "\x1b]0;owned\x07"),
    ("clipboard", "\x1b]52;c;b3duZWQ=\x07"),
    ("link", "\x1b]8;;http://x\x1b\\x\x1b]8;;\x1b\\"),
    ("device string", "\x1bP$q\"p\x1b\\"),
    ("passthrough", "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\"),
    ("program command", "\x1b_Gf=24;AAAA\x1b\\"),
    ("reset", "\x1bc"),
    ("charset", "\x1b(0\x0e\x0f"),
    ("unterminated", "\x1b]0;never"),
    ("escape at the end", "end\x1b"),
    ("escape split by NUL", "\x1b\0[31m"),
    ("escape split by CR", "\x1b\r[31m"),
    ("C1", "\u{9b}31m\u{9d}0;x\u{9c}"),
    ("carriage return", "seen\rHIDDEN"),
    ("backspace", "a\u{8}\u{8}b\u{7f}"),
    ("form feed", "a\u{b}\u{c}b"),
    ("bidi override", "a\u{202e}b\u{202c}"),
    ("bidi isolate", "a\u{2066}b\u{2069}"),
    ("direction mark", "a\u{200f}\u{61c}b"),
    ("zero width", "a\u{200b}b\u{2060}c\u{feff}d"),
    ("lone joiner", "a\u{200d}b\u{200c}c"),
    ("tags", "a\u{e0041}\u{e0042}"),
    ("soft hyphen", "so\u{ad}ft"),
    ("fillers", "\u{3164}\u{115f}\u{2800}\u{ffa0}x"),
    ("variation selectors", "a\u{fe0f}\u{e0100}\u{180b}"),
    ("line separators", "a\u{2028}b\u{2029}c"),
    ("annotation", "\u{fff9}a\u{fffa}b\u{fffb}"),
    ("noncharacters", "\u{fffe}\u{1fffe}\u{fdd0}x"),
    ("marks", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}"),
    ("tone", "\u{1f3fd}\u{1f3fd}"),
    ("joined", "👩\u{200d}👩\u{200d}👩\u{200d}👩\u{200d}👩\u{200d}👩\u{200d}👩\u{200d}👩\u{200d}👩"),
    ("long", "漢字🦀"),
];

/// A string of TOML, with everything but plain ASCII as an escape.
fn quoted(words: &str) -> String {
    let escape = |c: char| match c {
        ' '..='~' if !matches!(c, '"' | '\\') => c.to_string(),
        c => format!("\\U{:08X}", u32::from(c)),
    };
    format!("\"{}\"", words.chars().map(escape).collect::<String>())
}

/// A file with a card, where each `%` is a string.
const CARD: &str = r#"
[[source]]
id = %
file = "extra.txt"
title = %
outlet = %
author = %
url = %
note = %
aside = [{ exact = %, why = % }]
[[topic]]
id = "more"
title = %
aliases = [%]
[[actor]]
id = "more-actor"
name = %
role = %
[[origin]]
id = "more-origin"
name = %
[[plan_point]]
id = %
title = %
text = %
version = "draft"
topics = ["more", %]
rel = [{ type = "contradicts", to = "winter-fare", why = % }, { type = %, to = % }]
quote = [
  { source = "gazette", exact = %, key = %, origin = "more-origin", basis = "anonymous", by = % },
  { source = %, exact = "Second", basis = % },
]
[[reaction]]
id = "more-reaction"
title = "é"
actor = "more-actor"
stance = %
on = [%]
topics = ["more"]
date = %
quote = [{ source = "letter", exact = "never there at all", basis = "outlet" }]
"#;

#[test]
fn no_word_of_a_card_acts_wherever_it_stands() {
    let places = CARD.matches('%').count();
    for (name, payload) in PAYLOADS {
        let bare = CARD.split('%').collect::<Vec<_>>();
        // Everywhere at once, then in some of the places alone, each of them with some of the payloads.
        for place in 0..=places {
            if place != places && place % 6 != name.len() % 6 {
                continue;
            }
            let mut toml = String::new();
            for (at, part) in bare.iter().enumerate() {
                let is_here = place == places || at == place;
                toml += part;
                if at < places {
                    toml += &if is_here { quoted(&format!("x{payload}y")) } else { quoted("gazette") };
                }
            }
            let ferry = Ferry::with(toml);
            fs::write(
                ferry.at("seeds/extra.txt"),
                format!("First {payload}.\n\n{payload}\nSecond{payload}\n"),
            )
            .unwrap();
            let case = format!("{name}, place {place}");
            let problems = ferry.open(&case);
            assert!(
                problems.iter().any(|line| line.starts_with(&format!("{EXTRA}:"))),
                "{case}: {problems:?}"
            );
        }
    }
}

/// What is said of a file whose name is not shown as it is.
const UNNAMED: &str = ": error[E002]: it has a name that cannot be typed";

#[test]
fn no_bad_line_and_no_name_of_a_file_acts() {
    for (name, payload) in PAYLOADS {
        let raw = [
            format!("x = {payload} broken\n"),
            format!("{payload} = 1\n"),
            format!("title = \"a{payload}\n[[plan_point]\n"),
            format!("[[{payload}]]\nid = 'x'\n"),
            format!("{} = 1\n", quoted(payload)),
            format!("[[{}]]\nid = 'x'\n", quoted(payload)),
            format!("[[source]]\nid = 'x'\nfile = {}\n", quoted(payload)),
        ];
        for (number, toml) in raw.into_iter().enumerate() {
            let ferry = Ferry::with(toml);
            let problems = ferry.open(&format!("{name}, line {number}"));
            let has_place =
                |line: &String| line.starts_with(&format!("{EXTRA}:")) && line.contains(" error[E0");
            assert!(problems.iter().any(has_place), "{name}, line {number}: {problems:?}");
        }
        let ferry = Ferry::new();
        let file = format!("briefings/ferry/{}.toml", payload.replace(['/', '\0'], ""));
        fs::write(ferry.at(&file), "nonsense").unwrap();
        let problems = ferry.open(name);
        let is_told = |line: &String| line.contains(".toml:1:") || line.ends_with(UNNAMED);
        assert!(problems.iter().any(is_told), "{name}: {problems:?}");
    }
}

#[test]
fn a_file_cut_anywhere_costs_no_card_of_another() {
    let whole = fs::read(Ferry::new().at("briefings/ferry/plan-points.toml")).unwrap();
    for cut in (0..whole.len()).step_by(29) {
        let ferry = Ferry::new();
        fs::write(ferry.at("briefings/ferry/plan-points.toml"), &whole[..cut]).unwrap();
        let problems = ferry.open(&format!("cut at {cut}"));
        // Cards that others refer to are gone.
        assert!(!problems.is_empty() || cut > whole.len() / 2, "cut at {cut}");
    }
}

#[test]
fn a_line_lost_doubled_or_garbled_costs_no_card_of_another() {
    let path = "briefings/ferry/plan-points.toml";
    let whole = fs::read_to_string(Ferry::new().at(path)).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    for number in 0..lines.len() {
        let line = lines[number];
        let changes = [
            String::new(),
            format!("{line}\n{line}"),
            line.replacen('"', "", 1),
            line.replace('=', ""),
            line.replace('[', "{"),
            line.chars().rev().collect(),
        ];
        for (kind, change) in changes.into_iter().enumerate().skip(number % 3).step_by(3) {
            let mut changed = lines.clone();
            changed[number] = &change;
            let ferry = Ferry::new();
            fs::write(ferry.at(path), changed.join("\n")).unwrap();
            ferry.open(&format!("line {}, change {kind}", number + 1));
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let utf16: Vec<u8> = "a = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8]); 9] = [
        ("Latin-1", b"# caf\xe9\n"),
        ("UTF-16", b"\xff\xfea\0=\0"),
        ("UTF-16 without a mark", &utf16),
        ("NUL", b"a = \"\0\"\n"),
        ("half a character", b"a = \"\xe6\xbc\"\n"),
        ("a surrogate", b"a = \"\xed\xa0\x80\"\n"),
        ("too long a form", b"a = \"\xc0\xaf\"\n"),
        ("a program", b"\x7fELF\x02\x01\x01\0\0\0\0\0"),
        ("a page", b"<!doctype html><html></html>"),
    ];
    for (name, bytes) in cases {
        let problems = Ferry::with(bytes).open(name);
        assert!(problems.iter().any(|line| line.starts_with(EXTRA)), "{name}: {problems:?}");
        let ferry = Ferry::with("[[source]]\nid = 'x'\nfile = 'x.txt'\n");
        fs::write(ferry.at("seeds/x.txt"), bytes).unwrap();
        ferry.open(name);
    }
}

#[test]
fn what_is_no_file_is_named_and_not_opened() {
    type Make = fn(&Path);
    let makes: [(&str, Make, &str); 8] = [
        ("pipe", put_pipe, "is a pipe"),
        ("folder", |path| fs::create_dir(path).unwrap(), "is a folder"),
        ("socket", |path| drop(UnixListener::bind(path).unwrap()), "is a socket"),
        ("link out", |path| symlink("/etc/passwd", path).unwrap(), "leads out"),
        ("link to a device", |path| symlink("/dev/zero", path).unwrap(), "leads out"),
        ("link in a circle", |path| symlink(path, path).unwrap(), "leads out"),
        ("link to nothing", |path| symlink("/no/such", path).unwrap(), "leads out"),
        ("large", |path| fs::File::create(path).unwrap().set_len(1 << 30).unwrap(), "is larger than"),
    ];
    for (name, make, want) in makes {
        let ferry = Ferry::with("[[source]]\nid = 'x'\nfile = 'x.txt'\n");
        make(&ferry.at("seeds/x.txt"));
        make(&ferry.at("briefings/ferry/z.toml"));
        let problems = ferry.open(name);
        for file in [&format!("{EXTRA}:3:8:"), "briefings/ferry/z.toml:"] {
            let is_named = |line: &String| line.starts_with(file) && line.contains(want);
            assert!(problems.iter().any(is_named), "{name}: {problems:?}");
        }
    }
    let ferry = Ferry::new();
    fs::write(ferry.at("briefings/ferry").join(std::ffi::OsStr::from_bytes(b"x\xff\x9b.toml")), "bad")
        .unwrap();
    let problems = ferry.open("a name that is no text");
    let want = format!("briefings/ferry/x\u{fffd}\u{fffd}.toml{UNNAMED}");
    assert!(problems.contains(&want), "{problems:?}");
}

#[test]
fn with_too_few_descriptors_a_library_is_not_taken_for_an_empty_one() {
    let ferry = Ferry::new();
    // Three are taken; with one more the library's folder is opened, and none is left for those in it.
    for most in 4..=8 {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -n {most}; exec \"$0\" --library \"$1\" --plain"));
        let run = command.args([env!("CARGO_BIN_EXE_brief").as_ref(), ferry.0.path()]).output().unwrap();
        let error = String::from_utf8_lossy(&run.stderr);
        match run.status.code() {
            Some(2) => assert!(error.contains(&Errno::MFILE.to_string()), "{most}: {error}"),
            _ => assert!(most > 4 && !run.stdout.is_empty(), "{most}: {error}"),
        }
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_is_a_problem_at_the_worst() {
    type Change = fn(&Path, &str);
    let changes: [(&str, Change); 4] = [
        ("cut", |path, words| {
            fs::write(path, words).unwrap();
            fs::File::options().write(true).open(path).unwrap().set_len(words.len() as u64 / 3).unwrap();
        }),
        ("grown", |path, words| {
            fs::write(path, "").unwrap();
            for part in words.as_bytes().chunks(words.len() / 4 + 1) {
                fs::File::options().append(true).open(path).unwrap().write_all(part).unwrap();
            }
        }),
        ("replaced", |path, words| {
            let beside = path.with_extension("new");
            fs::write(&beside, words).unwrap();
            fs::rename(beside, path).unwrap();
        }),
        ("removed", |path, words| {
            let _ = fs::remove_file(path);
            fs::write(path, words).unwrap();
        }),
    ];
    for (kind, change) in changes {
        let ferry = Ferry::with("[[source]]\nid = 'x'\nfile = 'x.txt'\n");
        let (text, toml) = (ferry.at("seeds/x.txt"), ferry.at("briefings/ferry/z.toml"));
        let words = |letter: &str| letter.repeat(200_000);
        change(&text, &words("a"));
        change(&toml, "");
        let read_enough = AtomicBool::new(false);
        thread::scope(|threads| {
            threads.spawn(|| {
                // Not for ever, should an open fail.
                let letters = ["b", "c"].iter().cycle().take(50_000);
                for letter in letters.take_while(|_| !read_enough.load(SeqCst)) {
                    change(&text, &words(letter));
                    change(&toml, &format!("[[topic]]\nid = '{letter}'\ntitle = '{letter}'\n"));
                }
            });
            for _ in 0..25 {
                let briefing = ferry.open_whole(kind);
                let source = briefing.sources.iter().find(|source| &*source.id == "x").unwrap();
                let is_named = briefing.problems.iter().any(|problem| problem.to_string().contains("x.txt"));
                match &source.text {
                    None => assert!(is_named, "{kind}: {:?}", briefing.problems),
                    Some(text) if kind == "replaced" => {
                        assert_eq!(text.raw(), words(&text.raw()[..1]), "neither the old text nor the new");
                    }
                    Some(_) => {}
                }
            }
            read_enough.store(true, SeqCst);
        });
    }
}

#[test]
fn of_a_long_circle_the_last_relation_is_dropped() {
    const CARDS: usize = 200;
    let card = |n: usize| {
        let next = (n + 1) % CARDS;
        format!(
            "[[plan_point]]\nid = \"e{n}\"\ntitle = \"é\"\nrel = [{{ type = \"supersedes\", to = \"e{next}\" }}]\n"
        )
    };
    let problems = Ferry::with((0..CARDS).map(card).collect::<String>()).open("a circle");
    let circles: Vec<_> = problems.iter().filter(|line| line.contains("supersede each other")).collect();
    let last = format!("{EXTRA}:{}:", 4 * CARDS);
    assert!(matches!(circles[..], [only] if only.starts_with(&last)), "{circles:?} {}", problems.len());
}

/// Its quotes were gone through once for each origin: twice as many took four times as long.
#[test]
fn a_card_of_many_quotes_opens_like_one_of_few() {
    const QUOTES: usize = 1 << 14;
    let numbers = || 0..QUOTES;
    let origin = |n| format!("[[origin]]\nid = \"o{n}\"\nname = \"O{n}\"\n");
    let quote = |n| {
        let key = if n % 2 == 0 { "guarantees" } else { "land" };
        let words = "exact = \"guarantees in return for land\", basis = \"outlet\"";
        format!("  {{ source = \"x\", origin = \"o{n}\", key = \"{key}\", {words} }},\n")
    };
    let ferry = Ferry::with(format!(
        "{}[[source]]\nid = \"x\"\nfile = \"x.txt\"\n[[event]]\nid = \"e\"\ntitle = \"é\"\ndate = \"2025\"\nquote = [\n{}{}]\n",
        numbers().map(origin).collect::<String>(),
        numbers().map(quote).collect::<String>(),
        quote(0).replace("\"guarantees\"", "\"land\"")
    ));
    fs::write(ferry.at("seeds/x.txt"), "é “guarantees in return for land”\n").unwrap();
    let briefing = ferry.open_whole("many quotes");
    let card = &briefing[briefing.card_by_id("e").unwrap()];
    assert_eq!((card.quotes.len(), card.standing.origins.len()), (QUOTES + 1, QUOTES));
    assert_eq!(card.wordings(brief::model::Quote::key_words).collect::<Vec<_>>(), [["guarantees", "land"]]);
}

#[test]
fn depth_and_length_have_an_end() {
    let cases = [
        ("lists", format!("a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000))),
        ("open lists", format!("a = {}", "[".repeat(100_000))),
        ("tables", format!("a = {}1{}\n", "{b=".repeat(50_000), "}".repeat(50_000))),
        ("dotted", format!("{} = 1\n", vec!["a"; 50_000].join("."))),
        ("dotted header", format!("[{}]\n", vec!["a"; 50_000].join("."))),
        ("signs", "=".repeat(100_000)),
        ("strings", "\"".repeat(100_000)),
        ("a number", format!("[[event]]\nid = \"e\"\nquote = [{{ nth = {} }}]\n", "9".repeat(400))),
        ("a long key", format!("{} = 1\n", "k".repeat(100_000))),
        ("a long id", format!("[[topic]]\nid = \"{}\"\n", "i".repeat(100_000))),
    ];
    for (name, toml) in cases {
        let problems = Ferry::with(toml).open(name);
        let has_place = |line: &String| line.starts_with(&format!("{EXTRA}:"));
        assert!(problems.iter().any(has_place), "{name}: {problems:?}");
        assert!(
            problems.iter().all(|line| !line.contains("i128") && !line.contains("u32")),
            "{name}: {problems:?}"
        );
    }
}
