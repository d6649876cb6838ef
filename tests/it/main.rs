//! The tests that see the program from outside: keys in, screen out.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that fails here has failed"
)]

mod annotations;
mod audit;
mod codes;
mod command_line;
mod commands;
mod content;
mod desk;
mod direction;
mod export;
mod folders;
mod hostile;
mod journeys;
mod large;
mod library;
mod many;
mod memory;
mod on_a_pty;
mod one_table;
mod outside;
mod painted;
mod parted;
mod printing;
mod pty;
mod readme;
mod rebound;
mod restricted;
mod schema;
mod screens;
mod shelf;
mod slow_line;
mod ssh;
mod sweep;
mod tables;
mod terminal;
mod torture;
mod trace;
mod watching;
mod wishes;
mod workbench;
mod writing;
