//! `brief`: a reader for briefings whose every line is one key away from a checked sentence.
//!
//! This page is the table of contents. The groups stand foundation first, and a module imports
//! only from groups above its own; a test holds the modules to it.

// House: what may be done at all.
pub mod house;

// Words: the small vocabulary that everything else is written in.
pub mod address;
pub mod bytes;
pub mod composition;
pub mod date;
pub mod digest;
pub mod geometry;
pub mod nearest;
pub mod order;
pub mod punctuation;
pub mod span;
pub mod threads;

// Keys: what is pressed, and what it asks for.
pub mod keys;

// Text: made safe to show, searched for a quote, wrapped.
pub mod anchor;
pub mod difference;
pub mod lines;
pub mod paragraphs;
pub mod sanitize;
pub mod sentences;
pub mod wrap;

// Writing: words as TOML has them.
pub mod toml_string;

// Lines: one that is typed into, paragraphs set in rows.
pub mod galley;
pub mod line;

// Faults: what is wrong, for people.
pub mod problem;

// Content: the briefing and what follows from it; windows over rows and lists.
pub mod model;
pub mod rows;
pub mod scroll;

// Memory: what a reader leaves behind in a briefing.
pub mod memory;

// Pasting: a passage as the table that quotes it.
pub mod paste;

// Making: TOML to model, a search over it, a quote as it is cited.
pub mod accounts;
pub mod cite;
pub mod format;
pub mod search;

// Beginning: the first file of a briefing.
pub mod skeleton;

// Setting: a card as it is read; where a terminal has few characters, with those it has.
pub mod glyphs;
pub mod leaf;

// Tables: what follows from the cards, side by side.
pub mod grid;

// Looks: what each kind of words is shown as.
pub mod theme;

// Input: a file read whole; the libraries, on disk and in the binary.
pub mod load;

// State: the one owner of what the reader sees; the memory on disk.
pub mod app;
pub mod store;

// Change: a message and a state give a new state.
pub mod update;

// Sight: the state as cells, the briefing as plain text and in forms for other programs.
pub mod export;
pub mod plain;
pub mod view;

// Wishes: what the reader's configuration asks for.
pub mod config;

// Shell: taking the terminal, showing frames, giving it back.
pub mod terminal;

// Command: what is asked for, and the exit code.
pub mod cli;
