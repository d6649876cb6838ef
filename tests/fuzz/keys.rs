//! Any bytes typed, whatever happens in between: keys, halves of sequences, pastes without end; saves, other briefings,
//! other sizes; and then a key is that key again.

use crate::run::Target;
use crate::saves::{STATES, meanwhile};
use crate::{is_paintable, is_safe, seen};
use brief::app::App;
use brief::geometry::{List, Size};
use brief::keys::Key;
use brief::terminal::{Parser, Token};
use brief::theme::Theme;
use brief::update::{Effect, Msg, update};
use brief::view::draw;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::mem;
use std::time::{Duration, Instant};

/// A quiet time on the line.
pub const QUIET: &str = "\u{fffd}";
/// Something else happens; the byte behind it says what.
pub const MEANWHILE: &str = "\u{fffc}";

const WORDS: &[&str] = &[
    "j",
    "k",
    "d",
    "u",
    " ",
    "b",
    "g",
    "G",
    "h",
    "l",
    "\t",
    "\x1b[Z",
    "1",
    "2",
    "3",
    "4",
    "5",
    "\r",
    "]",
    "[",
    "\x0f",
    "\x7f",
    "H",
    "L",
    "/",
    "fare",
    "topic:fares ",
    "!",
    "'",
    "^",
    "$",
    "\"",
    "n",
    "N",
    "\x1b",
    "t",
    "T",
    "y",
    "yy",
    "yq",
    "yc",
    "pp",
    "v",
    "s",
    "w",
    "c",
    "x",
    "o",
    "ma",
    "'a",
    "''",
    "r",
    "R",
    "C",
    "z",
    "S",
    "i",
    "?",
    ":",
    ":theme dark\r",
    ":card ",
    ":mouse\r",
    "\x0c",
    "\x1a",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1bOA",
    "\x1b[1;5C",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[H",
    "\x1b[F",
    "\x1b[[A",
    "\x1b[M !!",
    "\x1b[<0;10;5M",
    "\x1b[<64;10;5M",
    "\x1b[<0;9999;9999m",
    "\x1b[<",
    "\x1b[?",
    "\x1b[0n",
    "\x1b[200~",
    "\x1b[201~",
    "\x1b]0;",
    "\x07",
    "\x1bP",
    "\x1b\\",
    "\x18",
    "й",
    "о",
    "ї",
    "漢",
    "🦀",
    "e\u{301}",
    "\u{200d}",
    "\u{301}\u{302}\u{303}\u{304}\u{305}",
    "\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}\u{1100}",
    "👍🏽",
    "\u{fff9}",
    "\u{202e}",
    "\u{9b}",
    QUIET,
    QUIET,
];

/// A reader whom bytes come to.
struct Reader {
    app: App,
    parser: Parser,
    now: Instant,
}

impl Reader {
    fn hears(&mut self, tokens: Vec<Token>) {
        for token in tokens {
            let msg = match token {
                Token::Key(key) => Msg::Key(key),
                Token::Paste(text) => {
                    assert!(text.len() <= 64 << 10);
                    Msg::Paste(text)
                }
                Token::Mouse(mouse) => Msg::Mouse(mouse),
                Token::Ready => continue,
            };
            if let Effect::Print(text) = update(&mut self.app, msg) {
                is_safe(&text);
            }
        }
    }

    fn meets(&mut self, what: u8) {
        let msg = meanwhile(&self.app, what);
        update(&mut self.app, msg);
        self.looks();
    }

    fn rests(&mut self, time: Duration) {
        self.now += time;
        let mut tokens = Vec::new();
        self.parser.expire(self.now, &mut tokens);
        self.hears(tokens);
    }

    fn looks(&self) {
        let Size { columns, rows } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let _ = draw(&self.app, Theme::TERMINAL, &mut buffer);
        is_paintable(&buffer);
        self.is_somewhere();
    }

    /// Asserts that the reader is at what is there.
    fn is_somewhere(&self) {
        let Self { app, .. } = self;
        for list in List::ALL {
            assert!(app.place.cursors[list].chosen < app.list(list).len().max(1), "{list:?}");
        }
        let quotes = app.card().map_or(0, |card| card.quotes.len());
        assert!(app.place.quote < quotes.max(1), "quote {} of {quotes}", app.place.quote);
        let stops = app.leaf().map_or(0, |leaf| leaf.stops.len());
        assert!(app.place.leaf.chosen < stops.max(1), "stop {} of {stops}", app.place.leaf.chosen);
        let _ = app.remembered();
    }
}

pub fn check(input: &[u8]) -> u64 {
    let (&[columns, rows], bytes) = input.split_first_chunk::<2>().unwrap_or((&[80, 24], input));
    let size = Size { columns: u16::from(columns), rows: u16::from(rows) % 80 };
    let app = App::new(STATES[0].clone(), size);
    let mut reader = Reader { app, parser: Parser::default(), now: Instant::now() };
    let mut shapes = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let marks = [QUIET, MEANWHILE].map(str::as_bytes);
        let end = rest.windows(3).position(|some| marks.contains(&some)).unwrap_or(rest.len());
        let mut tokens = Vec::new();
        reader.parser.feed(&rest[..end], reader.now, &mut tokens);
        shapes.push(tokens.len().min(30));
        reader.hears(tokens);
        reader.rests(Duration::from_millis(300));
        reader.looks();
        let (mark, behind) = rest[end..].split_at_checked(3).unwrap_or_default();
        rest = behind;
        if mark == MEANWHILE.as_bytes()
            && let Some((&what, behind)) = rest.split_first()
        {
            reader.meets(what);
            rest = behind;
        }
    }
    // Two quiet times at the most, since what still flowed in the first has stopped by the second.
    for _ in 0..2 {
        reader.rests(Duration::from_millis(500));
    }
    let mut tokens = Vec::new();
    reader.parser.feed(b"j", reader.now, &mut tokens);
    assert_eq!(tokens, [Token::Key(Key::Char('j'))]);
    reader.looks();
    let mode = mem::discriminant(&reader.app.mode);
    shapes.truncate(4);
    seen(&(mode, reader.app.place.pane(), reader.app.layout().shape.is_boxed(), shapes))
}

#[test]
fn keys() {
    let seeds = WORDS.iter().map(|word| format!("P\u{18}{word}j{QUIET}{word}").into_bytes());
    Target { name: "keys", check, seeds: seeds.collect(), words: WORDS, inputs: 600 }.run();
}
