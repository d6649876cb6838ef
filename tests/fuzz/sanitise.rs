//! Any text is safe to show, and every shown byte leads back to the raw ones.

use crate::run::Target;
use crate::{is_safe, seen};
use brief::sanitize::{Safe, Shown};
use brief::span::Span;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;

/// What hides, acts, joins and piles up.
pub const WORDS: &[&str] = &[
    "\x1b",
    "\x1b[31m",
    "\x1b]52;c;QQ==\x07",
    "\x1bP",
    "\x1b\\",
    "\u{9b}",
    "\u{9d}",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "\x08",
    "\x7f",
    "\0",
    "\u{202e}",
    "\u{2067}",
    "\u{2069}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{fe0f}",
    "\u{fe0e}",
    "\u{2028}",
    "\u{e0041}",
    "\u{3164}",
    "\u{301}",
    "\u{301}\u{302}\u{303}\u{304}\u{305}",
    "é",
    "—",
    "“",
    "漢字",
    "🦀",
    "👨\u{200d}👩\u{200d}👧",
    "👍🏽",
    "🇩🇪",
    "❤\u{fe0f}",
    "שלום",
    "سلام",
    "क्\u{200d}ष",
    "각",
    "\u{fffe}",
    "\u{10ffff}",
    "ab ",
    " ",
    "Zoë Ångström",
];

fn check(input: &[u8]) -> u64 {
    let raw = String::from_utf8_lossy(input).into_owned();
    let shown = Shown::new(&raw);
    let text = shown.text();
    is_safe(text);
    is_safe(&Safe::text(&raw));
    let line = Safe::line(&raw);
    is_safe(&line);
    assert!(!line.contains('\n'), "{line:?}");

    let mut before = Span::default();
    for (at, c) in text.char_indices() {
        let here = Span::new(at, at + c.len_utf8());
        let back = shown.to_raw(here);
        assert!(raw.get(back.start..back.end).is_some(), "{here:?} leads to {back:?} of {raw:?}");
        assert!(
            before.start <= back.start && before.end <= back.end,
            "{here:?} leads back before {before:?}"
        );
        assert!(shown.to_shown(back).covers(here), "{here:?} leads to {back:?} and not back");
        before = back;
    }
    for cluster in text.graphemes(true) {
        assert!(cluster.chars().count() <= 8, "{cluster:?} in one cell");
    }
    for hidden in shown.hidden() {
        assert!(raw.get(hidden.at.start..hidden.at.end).is_some_and(|raw| raw.starts_with(hidden.what)));
    }
    seen(&shown.hidden().iter().map(|hidden| hidden.what).collect::<BTreeSet<char>>())
}

#[test]
fn sanitise() {
    let seeds = WORDS.iter().map(|word| format!("so {word} we{word}").into_bytes());
    Target { name: "sanitise", check, seeds: seeds.collect(), words: WORDS, inputs: 6000 }.run();
}
