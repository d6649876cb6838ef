//! Any save while anything is read: the reader is at what is there, whatever is gone.

use crate::keys::{MEANWHILE, QUIET, check};
use crate::run::{Random, Target};
use brief::app::App;
use brief::format::{Bytes, Hashed, TomlFile, read};
use brief::geometry::Size;
use brief::load::LoadError;
use brief::model::Briefing;
use brief::sanitize::Safe;
use brief::update::Msg;
use std::borrow::Cow;
use std::sync::LazyLock;

const WORDS: &[&str] = &[
    "j",
    "j",
    "k",
    "d",
    "G",
    "1",
    "2",
    "3",
    "4",
    "5",
    "\r",
    "\r",
    "]",
    "]",
    "[",
    "\x0f",
    "L",
    "/",
    "/fare\r",
    "/topic:fares ",
    "n",
    "N",
    "t",
    "t\x1b[B\r",
    "T",
    "v",
    "s",
    "w",
    "c",
    "x",
    "\\the\r",
    "ma",
    "'a",
    "r",
    "R",
    "C",
    "z",
    "S",
    "S\x1b[B\r",
    "i",
    "?",
    ":",
    ":card ",
    "V",
    "Vee",
    "o",
    "e",
    "yq",
    "!",
    "q",
];

const FERRY: [&str; 4] = [
    include_str!("../library/briefings/ferry/briefing.toml"),
    include_str!("../library/briefings/ferry/plan-points.toml"),
    include_str!("../library/briefings/ferry/reactions.toml"),
    include_str!("../library/briefings/ferry/open-questions.toml"),
];
const TEXTS: [&str; 3] = [
    include_str!("../library/seeds/gazette.txt"),
    include_str!("../library/seeds/herald.txt"),
    include_str!("../library/seeds/letter.txt"),
];
const SIZES: [(u16, u16); 7] = [(120, 36), (80, 24), (59, 16), (40, 12), (20, 5), (1, 1), (0, 0)];
/// So many states of the briefing are saved.
const SAVES: usize = 24;

/// The briefing as it was written, and with tables gone, in another order or cut, and texts changed.
pub static STATES: LazyLock<Vec<Briefing>> = LazyLock::new(|| {
    let mut random = Random(1);
    (0..SAVES).map(|save| if save == 0 { state(|_| 1) } else { state(|end| random.below(end)) }).collect()
});

/// A state of the briefing, by numbers below those that `some` is given.
fn state(mut some: impl FnMut(usize) -> usize) -> Briefing {
    let whole = FERRY.concat();
    let mut tables: Vec<&str> = whole.split_inclusive("\n\n").collect();
    for _ in 1..some(tables.len()) {
        tables.remove(some(tables.len()));
    }
    if some(3) == 0 {
        let first = some(tables.len());
        tables.rotate_left(first);
    }
    let mut file = tables.concat();
    if some(8) == 0 {
        file.truncate(file.floor_char_boundary(some(file.len())));
    }
    let path = Safe::line("briefings/ferry/briefing.toml");
    let toml = TomlFile { path, bytes: Ok(Cow::Owned(file.into_bytes())) };
    read("ferry", &[toml], Hashed::Recorded, &mut |path| -> Bytes {
        let text =
            TEXTS[["gazette", "herald", "letter"].iter().position(|name| path.contains(name)).unwrap()];
        Ok(match some(4) {
            0 => Cow::Owned(format!("é—漢字🦀\n\n{text}").into_bytes()),
            2 => Cow::Borrowed(&text.as_bytes()[text.floor_char_boundary(some(text.len()))..]),
            _ => Cow::Borrowed(text.as_bytes()),
        })
    })
}

/// What happens beside the keys, by a number: a save, one that cannot be read, another size, another briefing.
pub fn meanwhile(app: &App, what: u8) -> Msg {
    let which = usize::from(what / 8);
    let briefing = STATES[which % SAVES].clone();
    match what % 8 {
        0..=4 => Msg::Reloaded(Box::new(Ok(briefing))),
        5 => Msg::Reloaded(Box::new(Err(LoadError::Empty { wrong: None }))),
        6 => {
            let (columns, rows) = SIZES[which % SIZES.len()];
            Msg::Resize(Size { columns, rows })
        }
        _ => {
            let memory = Box::new(app.remembered());
            Msg::Opened { briefing: Box::new(briefing), memory, at: None }
        }
    }
}

/// Keys with something that happens now and then.
fn journey(random: &mut Random) -> Vec<u8> {
    let mut bytes = b"x$".to_vec();
    for _ in 0..40 {
        match random.below(10) {
            0 | 1 => {
                bytes.extend(MEANWHILE.bytes());
                bytes.push(random.below(256) as u8);
            }
            2 => bytes.extend(format!("\x1b{QUIET}").bytes()),
            _ => bytes.extend(WORDS[random.below(WORDS.len())].bytes()),
        }
    }
    bytes
}

#[test]
fn saves() {
    let mut random = Random(1);
    let seeds = (0..100).map(|_| journey(&mut random)).collect();
    Target { name: "saves", check, seeds, words: WORDS, inputs: 30 }.run();
}
