//! What `brief` costs: load, verify, wrap, search, a frame. Medians, and bytes a second where there are any.
//!
//! `cargo bench` measures; `cargo test` runs each once on a small library, to prove that it runs.
//! `cargo bench --bench speed -- library DIR CARDS SOURCES PARAGRAPHS BYTES` writes a library to measure with.

#![allow(clippy::indexing_slicing, reason = "a benchmark that fails here has failed")]

mod library;

use brief::anchor::Haystack;
use brief::app::App;
use brief::format::{self, TomlFile};
use brief::geometry::Size;
use brief::keys::Key;
use brief::load;
use brief::model::Briefing;
use brief::problem::Severity;
use brief::sanitize::{Safe, Shown};
use brief::search::{Index, Query};
use brief::theme::Theme;
use brief::update::{Msg, update};
use brief::{view, wrap};
use library::{Extent, Library};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::borrow::Cow;
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

/// What is measured when a person asks, and what when a test does.
const LARGE: Extent = Extent { cards: 2000, sources: 200, paragraphs: 50_000, bytes: 100 };
const SMALL: Extent = Extent { cards: 10, sources: 3, paragraphs: 30, bytes: 100 };

/// How long one thing is measured.
const TIME: Duration = Duration::from_secs(2);

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [first, folder, numbers @ ..] = args.as_slice()
        && first == "library"
    {
        let numbers: Vec<usize> = numbers.iter().map(|n| n.parse()).collect::<Result<_, _>>()?;
        let [cards, sources, paragraphs, bytes] = numbers[..] else {
            return Err("say: library DIR CARDS SOURCES PARAGRAPHS BYTES".into());
        };
        return Ok(Library::new(Extent { cards, sources, paragraphs, bytes }).write(Path::new(folder))?);
    }
    // Cargo says so to what it runs to be measured.
    let measured = std::env::args().any(|arg| arg == "--bench");
    let bench = Bench { measured };
    bench.all(&Library::new(if measured { LARGE } else { SMALL }));
    Ok(())
}

struct Bench {
    measured: bool,
}

impl Bench {
    fn all(&self, library: &Library) {
        let text: String = library.sources.iter().map(|(_, text)| text.as_str()).collect();
        let bytes = text.len();
        self.run("load: the shipped briefing", 0, || load::Library::shipped().open(None).map(drop));
        let tables = tables();
        self.run("load: its tables alone, by the toml crate", tables.iter().map(String::len).sum(), || {
            tables.iter().map(|text| text.parse::<toml::Table>()).collect::<Vec<_>>()
        });
        self.run("load: a large library", bytes, || read(library));
        self.run("sanitize: its texts", bytes, || Shown::new(&text));

        let briefing = read(library);
        let error = briefing.problems.iter().find(|problem| problem.severity() == Severity::Error);
        assert!(error.is_none(), "{}", error.map(ToString::to_string).unwrap_or_default());
        let (name, source) = &library.sources[0];
        let quotes: Vec<&str> = source.lines().collect();
        self.run(&format!("verify: each paragraph of {name}"), source.len(), || {
            let mut haystack = Haystack::new(source);
            quotes.iter().filter(|quote| haystack.find(&[quote], Some(1)).is_ok()).count()
        });
        self.run("wrap: a source", source.len(), || wrap::rows(source, 76));

        self.run("search: the index", bytes, || Index::new(&briefing));
        let index = Index::new(&briefing);
        for typed in ["s", "security", "security plan", "scrty"] {
            let query = Query::parse(typed);
            self.run(&format!("search: {typed}"), bytes, || index.search(&briefing, &query, 1000));
        }
        self.frames(briefing);
    }

    fn frames(&self, briefing: Briefing) {
        let (columns, rows) = (120, 40);
        let mut app = App::new(briefing, Size { columns, rows });
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        self.run("frame: a key down and all its cells", 0, || {
            update(&mut app, Msg::Key(Key::Char('j')));
            buffer.reset();
            view::draw(&app, Theme::default(), &mut buffer)
        });
    }

    /// Does `work` again and again, and prints the median.
    fn run<T>(&self, name: &str, bytes: usize, mut work: impl FnMut() -> T) {
        let begun = Instant::now();
        let mut times = Vec::new();
        while times.is_empty() || (self.measured && begun.elapsed() < TIME) {
            let start = Instant::now();
            black_box(work());
            times.push(start.elapsed());
        }
        times.sort_unstable();
        let median = times[times.len() / 2];
        let rate = match bytes {
            0 => String::new(),
            _ => format!("{:>9.1} MB/s", bytes as f64 / 1e6 / median.as_secs_f64()),
        };
        println!("{name:<40} {median:>12.1?} {rate}");
    }
}

/// The files of the shipped briefing.
fn tables() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/briefings/us-peace-framework");
    let files = fs::read_dir(folder).expect("the briefing's folder");
    files.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a text")).collect()
}

/// Reads a library from memory.
fn read(library: &Library) -> Briefing {
    let files: Vec<TomlFile> = library
        .briefing
        .iter()
        .map(|(path, text)| TomlFile {
            path: Safe::line(path),
            bytes: Ok(Cow::Owned(text.clone().into_bytes())),
        })
        .collect();
    format::read("large", &files, format::Hashed::Recorded, &mut |name| {
        let found = library.sources.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| Cow::Owned(text.clone().into_bytes())).ok_or(format::ReadFault::Missing)
    })
}
