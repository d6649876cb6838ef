//! Any bytes at all: the loader, the sanitiser, the wrapping, the keys and the saves take them and keep their promises.
//!
//! A target is a function that takes bytes, panics where a promise is broken, and says in a number what it
//! saw; an input that shows something new is kept to be changed further. With the other tests each runs a
//! while from a fixed seed. `BRIEF_FUZZ=SECONDS cargo test --release --test fuzz -- TARGET` runs one as long as it
//! is wanted, from another seed each time. An input that breaks something is kept below `tests/fuzz/finds/`, and
//! is from then on tried first.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that fails here has failed"
)]

mod keys;
mod load;
mod run;
mod sanitise;
mod saves;
mod wrapping;

use ratatui::buffer::Buffer;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A number for what was seen.
fn seen(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Asserts that nothing in a text can act on a terminal, reorder it or hide in it.
fn is_safe(text: &str) {
    for c in text.chars() {
        let hidden = matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
        assert!(c == '\n' || !(c.is_control() || hidden), "{c:?} in {text:?}");
    }
}

/// Asserts that every cell holds what a cell can.
fn is_paintable(buffer: &Buffer) {
    for cell in &buffer.content {
        is_safe(cell.symbol());
        assert!(!cell.symbol().contains('\n') && cell.symbol().chars().count() <= 8, "{:?}", cell.symbol());
    }
}
