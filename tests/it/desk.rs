//! A reader at a desk without a terminal: keys go in, cells come out.

use crate::folders::FERRY;
use brief::app::{App, Mode};
use brief::geometry::Size;
use brief::grid::Table;
use brief::keys::{Key, Mouse};
use brief::load::Library;
use brief::model::Briefing;
use brief::theme::{Look, Theme};
use brief::update::{Effect, Msg, update};
use brief::view::draw;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use std::path::{Path, PathBuf};

/// A session, with the last effect that it asked for.
pub struct Desk {
    pub app: App,
    pub theme: Theme,
    pub effect: Effect,
}

/// The small library that was written for the tests.
pub fn ferry() -> Briefing {
    Library::at(Path::new(FERRY)).unwrap().open(None).unwrap()
}

/// The library that was written for the tables.
pub fn pier() -> Briefing {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables");
    Library::at(&folder).unwrap().open(None).unwrap()
}

/// The library that is built in.
pub fn shipped() -> Briefing {
    Library::shipped().open(None).unwrap()
}

impl Desk {
    pub fn new(briefing: Briefing, columns: u16, rows: u16) -> Self {
        let app = App::new(briefing, Size { columns, rows });
        Self { app, theme: Theme::TERMINAL, effect: Effect::Nothing }
    }

    /// Presses keys, each by its name, set apart by spaces; `text:WORDS` types words, `_` a space.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            if let Some(words) = name.strip_prefix("text:") {
                for c in words.chars() {
                    self.key(Key::Char(if c == '_' { ' ' } else { c }));
                }
            } else {
                self.key(named(name));
            }
        }
        self
    }

    pub fn key(&mut self, key: Key) -> &mut Self {
        self.effect = update(&mut self.app, Msg::Key(key));
        self
    }

    pub fn mouse(&mut self, mouse: Mouse) -> &mut Self {
        self.effect = update(&mut self.app, Msg::Mouse(mouse));
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.effect = update(&mut self.app, Msg::Resize(Size { columns, rows }));
        self
    }

    /// The id of the card that is shown.
    pub fn card(&self) -> &str {
        &self.app.card().unwrap().id
    }

    /// The table that is read.
    pub fn table(&self) -> Option<&Table> {
        if let Mode::Grid(table) = &self.app.mode { Some(table) } else { None }
    }

    /// The screen as it is now.
    pub fn buffer(&self) -> Buffer {
        let Size { columns, rows } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = draw(&self.app, self.theme, &mut buffer);
        if let Some((x, y)) = cursor {
            assert!(x < columns && y < rows, "the cursor is at {x},{y} of {columns}x{rows}");
        }
        buffer
    }

    /// The letters of the screen, a line a row, without blanks at the ends.
    pub fn text(&self) -> String {
        letters(&self.buffer())
    }

    /// The letters, and below them, in the same shape, a mark for each cell's look.
    pub fn picture(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        format!("{}\n{}\n{}", letters(&buffer), "~".repeat(width), looks(&buffer, self.theme))
    }

    /// Compares the picture with the golden file of a name; with `BRIEF_BLESS` set, writes it.
    pub fn golden(&self, name: &str) {
        let file: PathBuf =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(format!("{name}.txt"));
        let now = self.picture() + "\n";
        if std::env::var_os("BRIEF_BLESS").is_some() {
            std::fs::write(&file, now).unwrap();
            return;
        }
        let golden = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(golden == now, "{} is not what is on the screen:\n{now}", file.display());
    }
}

fn named(name: &str) -> Key {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Key::Char(c);
    }
    if let Some(c) = name.strip_prefix("Ctrl-").and_then(|rest| rest.chars().next()) {
        return Key::Ctrl(c);
    }
    match name {
        "Space" => Key::Char(' '),
        "Enter" => Key::Enter,
        "Esc" => Key::Esc,
        "Tab" => Key::Tab,
        "Shift-Tab" => Key::BackTab,
        "Backspace" => Key::Backspace,
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        other => panic!("no key is called {other}"),
    }
}

fn letters(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut row = String::new();
        let mut wide = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer[(x, y)].symbol();
            if wide == 0 {
                row.push_str(symbol);
                wide = brief::wrap::width(symbol).saturating_sub(1);
            } else {
                wide -= 1;
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

fn looks(buffer: &Buffer, theme: Theme) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width).map(|x| look(&buffer[(x, y)], theme)).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// A letter for a cell's look; blank for plain words and for empty cells.
fn look(cell: &ratatui::buffer::Cell, theme: Theme) -> char {
    let looks = [
        (Look::Quiet, '·'),
        (Look::Strong, 'S'),
        (Look::Accent, 'A'),
        (Look::Quote, 'Q'),
        (Look::Mark, 'M'),
        (Look::Warning, 'W'),
    ];
    let of = |style: Style| (style.fg.unwrap_or_default(), style.bg.unwrap_or_default(), style.add_modifier);
    let here = (cell.fg, cell.bg, cell.modifier);
    if here == of(Style::new()) || (cell.symbol() == " " && cell.bg == Color::Reset) {
        return ' ';
    }
    let same = |&(look, _): &(Look, char)| of(theme.style(look)) == here;
    let ground = |&(look, _): &(Look, char)| of(theme.style(look)).1 == cell.bg && cell.bg != Color::Reset;
    let named = looks.iter().find(|look| same(look)).or_else(|| looks.iter().find(|look| ground(look)));
    match named {
        Some((_, letter)) => *letter,
        None if cell.fg == of(theme.style(Look::Accent)).0 => 'A',
        None => '?',
    }
}
