//! The reader's loop: events in, one frame out, and the few things that only the shell can do.

use crate::app::App;
use crate::terminal::{Event, Screen};
use crate::update::{Effect, Msg, update};
use crate::view::{self, Theme};
use std::io;

/// Reads until the reader quits.
///
/// # Errors
/// When the terminal is gone.
pub(super) fn run(screen: &mut Screen, app: &mut App, theme: Theme) -> io::Result<()> {
    loop {
        screen.draw(|buffer| view::draw(app, theme, buffer))?;
        for event in screen.events()? {
            let msg = match event {
                Event::Key(key) => Msg::Key(key),
                Event::Paste(text) => Msg::Paste(text),
                Event::Mouse(mouse) => Msg::Mouse(mouse),
                Event::Resize(size) => Msg::Resize(size),
                Event::Resumed => continue,
            };
            match update(app, msg) {
                Effect::Nothing => {}
                Effect::Quit => return Ok(()),
                Effect::Suspend => screen.suspend()?,
                Effect::Repaint => screen.repaint(),
                Effect::Copy(text) => screen.copy(&text)?,
                Effect::Print(text) => screen.plain(&text)?,
                Effect::Mouse(on) => screen.mouse(on),
            }
        }
    }
}
