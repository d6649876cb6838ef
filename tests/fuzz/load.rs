//! Any library: it opens, its problems can be shown, and what it paints stands in its sources.

use crate::run::Target;
use crate::{is_paintable, is_safe, seen};
use brief::app::App;
use brief::export::{Extract, markdown};
use brief::format::{Bytes, Hashed, TomlFile, read};
use brief::geometry::Size;
use brief::sanitize::Safe;
use brief::theme::Theme;
use brief::view::draw;
use brief::{plain, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Sets the files of an input apart: the briefing, then its sources in the order they are asked for.
const NEXT: &str = "\n%%%%\n";

const FERRY: [&str; 4] = [
    include_str!("../library/briefings/ferry/briefing.toml"),
    include_str!("../library/seeds/gazette.txt"),
    include_str!("../library/seeds/herald.txt"),
    include_str!("../library/seeds/letter.txt"),
];

const WORDS: &[&str] = &[
    "[[source]]\nid = \"a\"\nfile = \"a.txt\"\n",
    "[[plan_point]]\n",
    "[[plan_point.quote]]\n",
    "[[reaction]]\n",
    "[[reaction.quote]]\n",
    "[[open_question]]\n",
    "[[event]]\n",
    "[[topic]]\n",
    "[[actor]]\n",
    "[[version]]\n",
    "[[origin]]\n",
    "exact = ",
    "key = ",
    "nth = 2\n",
    "nth = -9223372036854775808\n",
    "nth = 9223372036854775807\n",
    "rel = [{ type = \"contradicts\", to = \"",
    "aside = [{ from = \"",
    "unused = [{ exact = \"",
    "sha256 = \"",
    "date = \"2025-11-20~\"\n",
    "as_of = ",
    "\"\"\"",
    "'''",
    "''",
    "\"\"",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    ".",
    ".a.a.a",
    "=",
    "#",
    ",",
    "\\u001b",
    "\\ud800",
    "\\U0010ffff",
    "\u{feff}",
    "\r\n",
    "\0",
    "\u{202e}",
    "\u{200d}",
    "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "漢字",
    "🦀",
    "…",
    "“",
    "”",
    "—",
    NEXT,
    "<<<<<<< ",
    "../../etc/passwd",
];

fn check(input: &[u8]) -> u64 {
    let next = NEXT.as_bytes();
    let mut files: Vec<Vec<u8>> = vec![Vec::new()];
    let mut rest = input;
    while let Some((byte, after)) = rest.split_first() {
        if rest.starts_with(next) && files.len() < 8 {
            files.push(Vec::new());
            rest = &rest[next.len()..];
        } else {
            files.last_mut().unwrap().push(*byte);
            rest = after;
        }
    }
    let sources = files.split_off(1);
    let path = Safe::line("briefings/ferry/briefing.toml");
    let toml = TomlFile { path, bytes: Ok(Cow::Owned(files.remove(0))) };
    let mut asked = 0;
    let mut source = |_: &str| -> Bytes {
        asked += 1;
        Ok(Cow::Owned(sources.get((asked - 1) % sources.len().max(1)).cloned().unwrap_or_default()))
    };
    let briefing = read("ferry", &[toml], Hashed::Recorded, &mut source);

    for problem in &briefing.problems {
        let said = problem.to_string();
        is_safe(&said);
        for line in said.lines() {
            assert!(wrap::width(line) <= 400, "{} cells: {line}", wrap::width(line));
        }
    }
    for quote in briefing.cards.iter().flat_map(|card| &card.quotes) {
        if let Ok(anchor) = &quote.found {
            let text = briefing[quote.source].text.as_ref().unwrap();
            assert!(!anchor.parts.is_empty());
            for part in &anchor.parts {
                assert!(
                    text.raw().get(part.start..part.end).is_some_and(|words| !words.is_empty()),
                    "{part:?}"
                );
            }
        }
    }
    let mut form = Vec::new();
    markdown(&Extract::new(&briefing, None), &mut form).expect("memory takes it");
    is_safe(&String::from_utf8_lossy(&form));
    let told = plain::briefing(&briefing, None, 60, |galley| {
        is_safe(galley.text());
        Ok(())
    });
    assert!(told.is_ok());
    let codes: BTreeSet<&str> = briefing.problems.iter().map(|problem| problem.code.as_str()).collect();
    let shape = (briefing.cards.len().min(6), briefing.sources.len().min(4), codes.clone());
    let shape = seen(&shape);
    for (columns, rows) in [(120, 36), (45, 14)] {
        let app = App::new(briefing.clone(), Size { columns, rows });
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let _ = draw(&app, Theme::TERMINAL, &mut buffer);
        is_paintable(&buffer);
    }
    shape
}

#[test]
fn load() {
    let seeds = vec![FERRY.join(NEXT).into_bytes(), FERRY[..2].join(NEXT).into_bytes()];
    Target { name: "load", check, seeds, words: WORDS, inputs: 500 }.run();
}
