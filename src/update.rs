//! A message and a state give a new state, and at most one thing for the shell to do.

mod beginning;
mod command;
mod editing;
mod grid;
mod handing;
mod moving;
mod picker;
mod pointing;
mod reading;
mod reloading;
mod remembering;
mod searching;
mod selecting;
mod shelf;

pub use beginning::{Session, Start, begin};

use crate::app::{App, Elsewhere, Mode, There};
use crate::cite::Address;
use crate::geometry::Size;
use crate::keys::{Action, Key, Mouse, Reading};
use crate::line::Line;
use crate::load::LoadError;
use crate::memory::{Memory, Spot};
use crate::model::{Briefing, Written};
use crate::sanitize::Safe;
use crate::search::Found;

/// What happens to the reader.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Letters were typed into a line, one hard upon the other. It is as a [`Msg::Key`] of each, except that a
    /// search is made once, for all of them.
    Typed(String),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resize(Size),
    /// The shell has something to tell.
    News(Safe),
    /// The briefing was read anew.
    Reloaded(Box<Result<Briefing, LoadError>>),
    /// Another briefing was opened.
    Opened {
        /// What is read now.
        briefing: Box<Briefing>,
        /// What was left behind in it.
        memory: Box<Memory>,
        /// The place to go to; where it was left where there is none.
        at: Option<Spot>,
    },
    /// A search that went on has found something.
    Found(Box<Found>),
    /// The search of every briefing that has this number found this in one.
    FoundAll {
        /// Its number.
        number: u64,
        /// What it found: the best.
        found: Vec<Elsewhere>,
        /// How many more there are.
        more: usize,
    },
    /// The search of every briefing that has this number is over.
    SearchedAll {
        /// Its number.
        number: u64,
        /// How many of the briefings could not be opened.
        unopened: usize,
    },
}

/// What the shell has to do after a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but showing the new state.
    Nothing,
    /// End the program.
    Quit,
    /// Keep what the reader has made, now.
    Keep(Keep),
    /// Stop the program and come back when it is continued.
    Suspend,
    /// Paint the whole screen anew.
    Repaint,
    /// Hand a text to the clipboard, and say how.
    Copy(Clip),
    /// Show this text on the plain screen until a key is pressed.
    Print(String),
    /// Open an address on the web.
    Browse(Address),
    /// Ask the terminal for mouse reports, or for none.
    Mouse(bool),
    /// Open the reader's editor at a place of the library.
    Edit(Written),
    /// Read the briefing anew.
    Reload,
    /// Open another briefing.
    Open(There),
    /// Search every briefing.
    SearchAll {
        /// The search's number.
        number: u64,
        /// What is searched for.
        words: String,
    },
}

/// When something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Before the next frame, which says that it is done.
    First,
    /// Behind the next frame, which must not wait for the disk.
    Behind,
}

/// What goes to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// The text.
    pub text: String,
    /// What to call it.
    pub what: &'static str,
    /// The keys that show it on the plain screen, if any do from here.
    pub again: Option<String>,
}

/// Takes in one message.
pub fn update(app: &mut App, msg: Msg) -> Effect {
    match msg {
        Msg::Key(key) => {
            app.note = None;
            return press(app, key);
        }
        Msg::Typed(words) => {
            app.note = None;
            typed(app, |line| line.insert(&words));
        }
        Msg::Paste(text) => typed(app, |line| line.insert(&text)),
        Msg::Mouse(mouse) => return pointing::mouse(app, mouse),
        Msg::Resize(size) if size == app.size => {}
        Msg::Resize(size) => moving::lay_out(app, |app| app.size = size),
        Msg::Found(found) => searching::found(app, *found),
        Msg::News(news) => app.note = Some(news),
        Msg::Reloaded(read) => reloading::take_in(app, *read),
        Msg::Opened { briefing, memory, at } => shelf::opened(app, *briefing, *memory, at),
        Msg::FoundAll { number, found, more } => shelf::found(app, number, found, more),
        Msg::SearchedAll { number, unopened } => shelf::searched(app, number, unopened),
    }
    Effect::Nothing
}

fn press(app: &mut App, key: Key) -> Effect {
    let room = app.room();
    let meant = app.keys.meant(room, &app.pending, key);
    app.pending.push(meant);
    match app.keys.read(room, &app.pending) {
        Reading::Run(action) => {
            app.pending.clear();
            run(app, action)
        }
        Reading::RunWith(action, letter) => {
            app.pending.clear();
            remembering::run(app, action, letter)
        }
        Reading::More => Effect::Nothing,
        Reading::Nothing => {
            let is_first = app.pending.len() == 1;
            app.pending.clear();
            if is_first {
                match room.types() {
                    true => typed(app, |line| line.press(key)),
                    false => command::tell_of_key(app, key),
                }
                return Effect::Nothing;
            }
            app.keys.everywhere(room, key).map_or(Effect::Nothing, |action| run(app, action))
        }
    }
}

/// The letter that a key types into a line, where it does nothing else.
#[must_use]
pub fn letter(app: &App, key: Key) -> Option<char> {
    let Key::Char(letter) = key else { return None };
    (app.room().types() && app.pending.is_empty()).then_some(letter)
}

/// Does what an action means in the present mode.
fn run(app: &mut App, action: Action) -> Effect {
    match (action, &mut app.mode) {
        (Action::Repaint, _) => return Effect::Repaint,
        (Action::Suspend, _) => return Effect::Suspend,
        (Action::Help, _) => picker::open_help(app),
        (Action::Command, _) => command::open(app, ""),
        (_, Mode::Reading) => return reading::run(app, action),
        (_, Mode::Search(_)) => searching::run(app, action),
        (_, Mode::Picker(_)) => return picker::run(app, action),
        (_, Mode::Command(_)) => return command::run(app, action),
        (_, Mode::Selecting(_)) => return selecting::run(app, action),
        (_, Mode::Problems(_)) => match action {
            Action::Move(way) => moving::problems(app, way),
            Action::Close => app.mode = Mode::Reading,
            Action::Edit => return editing::mend(app),
            _ => {}
        },
        (_, Mode::Grid(_)) => return grid::run(app, action),
    }
    Effect::Nothing
}

/// Edits the line that something is typed into, where there is one, and takes in what that changes: nothing where
/// only the cursor moves.
fn typed(app: &mut App, edit: impl FnOnce(&mut Line) -> bool) {
    match &mut app.mode {
        Mode::Search(prompt) => {
            if edit(&mut prompt.line) {
                searching::typed(app);
            }
        }
        Mode::Picker(picker) => {
            if edit(&mut picker.line) {
                picker.narrow();
            }
        }
        Mode::Command(command) => {
            if edit(&mut command.list.line) {
                command::typed(app);
            }
        }
        Mode::Reading | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => {}
    }
}

fn note(app: &mut App, words: &str) {
    app.note = Some(Safe::line(words));
}
