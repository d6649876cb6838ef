//! The floor: a list in ratatui with crossterm, and nothing else. No program of that make does less.
//!
//! The lines of a file, one of them chosen; j, k, space, b, g, G, q. A frame is one write, all keys that wait make one
//! frame, and it sleeps between keys. Where it has no terminal to write to, it copies the file.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{Event, KeyCode, poll, read};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, List, ListState};

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).ok_or_else(|| io::Error::other("say: floor FILE"))?;
    let text = std::fs::read_to_string(path)?;
    if !io::stdout().is_terminal() {
        return io::stdout().write_all(text.as_bytes());
    }
    let lines: Vec<&str> = text.lines().collect();
    enable_raw_mode()?;
    let mut out = BufWriter::with_capacity(256 * 1024, io::stdout());
    execute!(out, EnterAlternateScreen)?;
    let mut terminal = Terminal::new(CrosstermBackend::new(out))?;
    let (mut chosen, mut top) = (0_usize, 0_usize);
    loop {
        terminal.draw(|frame| {
            let page = usize::from(frame.area().height.saturating_sub(2)).max(1);
            top = top.min(chosen).max((chosen + 1).saturating_sub(page));
            let seen = lines.iter().skip(top).take(page).copied();
            let list = List::new(seen)
                .block(Block::bordered().title("Floor"))
                .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
            let mut state = ListState::default().with_selected(Some(chosen - top));
            frame.render_stateful_widget(list, frame.area(), &mut state);
        })?;
        loop {
            if let Event::Key(key) = read()? {
                let page = usize::from(terminal.size()?.height.saturating_sub(2));
                chosen = match key.code {
                    KeyCode::Char('q') => {
                        disable_raw_mode()?;
                        execute!(terminal.backend_mut(), LeaveAlternateScreen)?;
                        terminal.show_cursor()?;
                        return terminal.backend_mut().flush();
                    }
                    KeyCode::Char('j') => chosen + 1,
                    KeyCode::Char('k') => chosen.saturating_sub(1),
                    KeyCode::Char(' ') => chosen + page,
                    KeyCode::Char('b') => chosen.saturating_sub(page),
                    KeyCode::Char('g') => 0,
                    KeyCode::Char('G') => usize::MAX,
                    _ => chosen,
                }
                .min(lines.len().saturating_sub(1));
            }
            if !poll(Duration::ZERO)? {
                break;
            }
        }
    }
}
