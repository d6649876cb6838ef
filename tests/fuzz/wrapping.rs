//! Any text at any width: rows that fit, cut between clusters, that joined spell the text.

use crate::run::Target;
use crate::sanitise::WORDS;
use crate::seen;
use brief::sanitize::Shown;
use brief::span::Span;
use brief::wrap::{clip, prefix, rows, width};
use unicode_segmentation::UnicodeSegmentation;

fn check(input: &[u8]) -> u64 {
    let (first, rest) = input.split_first().unwrap_or((&80, &[]));
    let wide = usize::from(*first) % 132;
    let shown = Shown::new(&String::from_utf8_lossy(rest));
    let mut shapes = Vec::new();
    for text in shown.text().lines() {
        let cut = rows(text, wide);
        assert!(!cut.is_empty());
        let mut end = 0;
        for row in &cut {
            let gap = text.get(end..row.start).unwrap_or("not a place in the text");
            assert!(gap.chars().all(|c| c == ' '), "{gap:?} is left out of {text:?} at {wide}");
            let words = text.get(row.start..row.end).unwrap_or_else(|| panic!("{row:?} of {text:?}"));
            let one = words.graphemes(true).count() <= 1;
            assert!(width(words) <= wide.max(1) || one, "{words:?} is wider than {wide}");
            end = row.end;
        }
        let rest = Span::new(end, text.len()).of(text);
        assert!(rest.chars().all(|c| c == ' '), "{rest:?} is left out at the end of {text:?} at {wide}");
        assert!(width(&clip(text, wide)) <= wide, "{:?} at {wide}", clip(text, wide));
        assert!(text.is_char_boundary(prefix(text, wide)));
        shapes.push(cut.len().min(20));
    }
    shapes.truncate(8);
    seen(&(wide.min(20), shapes))
}

#[test]
fn wrapping() {
    let prose = "\u{14}A no-break  space — “quoted, and dashed” — stands 漢字漢字漢字 between https://words.example/a-b-c";
    let mut seeds: Vec<Vec<u8>> =
        WORDS.iter().map(|word| format!("\u{5}so {word} we{word}").into_bytes()).collect();
    seeds.push(prose.as_bytes().to_vec());
    Target { name: "wrapping", check, seeds, words: WORDS, inputs: 6000 }.run();
}
