//! The reader's loop: events in, one frame out, and the few things that only the shell can do.

use super::keeper::Keeper;
use super::outside::Outside;
use super::print;
use crate::app::App;
use crate::glyphs::Glyphs;
use crate::sanitize::Safe;
use crate::store::Store;
use crate::terminal::{Depth, Event, Screen, hang_up};
use crate::theme::Theme;
use crate::update::{Effect, Msg, update};
use crate::view;
use std::{env, io, mem};

/// What to do where no program opens an address.
const HINT: &str = "A browser that $BROWSER names would be opened here.";

/// What the terminal can show.
pub(super) struct Dress {
    /// How many colours.
    pub(super) depth: Depth,
    /// Which characters.
    pub(super) glyphs: Glyphs,
}

/// Reads until the reader quits, and keeps what was made. Does not return where the terminal is gone.
///
/// # Errors
/// When the terminal fails.
pub(super) fn run(mut screen: Screen, mut app: App, dress: &Dress, store: Option<Store>) -> io::Result<()> {
    let keeper = Keeper::new(store, &app);
    let last = keeper.clone();
    // Nobody is left to hear why it could not be kept.
    screen.on_end(move || drop(last.save()));
    let read = follow(&mut screen, &mut app, dress, &keeper);
    drop(screen);
    if let Err(error) = keeper.close(&app) {
        print::complain(&format!("this session could not be remembered: {error}"));
    }
    match read {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => hang_up(),
        read => read,
    }
}

/// Follows the reader until the reader quits.
fn follow(screen: &mut Screen, app: &mut App, dress: &Dress, keeper: &Keeper) -> io::Result<()> {
    let outside = Outside::find(|name| env::var(name).ok());
    let mut made = false;
    loop {
        if app.size != screen.size() {
            update(app, Msg::Resize(screen.size()));
        }
        let theme = if dress.depth == Depth::Mono { Theme::MONO } else { app.theme };
        screen.draw(|buffer| {
            let cursor = view::draw(app, theme, buffer);
            dress.glyphs.dress(buffer);
            cursor
        })?;
        // Only now, so that no frame waits for the disk.
        if mem::take(&mut made)
            && let Some(news) = keeper.keep(app)
        {
            update(app, Msg::News(news));
            continue;
        }
        keeper.note(app);
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
                Effect::Keep => made = true,
                Effect::Suspend => {
                    keep(keeper, app);
                    screen.suspend()?;
                }
                Effect::Repaint => screen.repaint(),
                Effect::Copy(text) => screen.copy(&text)?,
                Effect::Print(text) => {
                    keep(keeper, app);
                    screen.plain(&dress.glyphs.text(&text))?;
                }
                Effect::Browse(address) => {
                    keep(keeper, app);
                    let news = match outside.browse(screen, &address)? {
                        Ok(name) => format!("Handed to {name}: {address}"),
                        Err(why) => {
                            let page = format!("{why}. The address is:\n\n{address}\n\n{HINT}");
                            screen.plain(&dress.glyphs.text(&page))?;
                            format!("{why}; pl shows the address again.")
                        }
                    };
                    update(app, Msg::News(Safe::line(&news)));
                }
                Effect::Mouse(on) => screen.mouse(on),
            }
        }
    }
}

/// Keeps everything, before the reader's screen is left for a while.
fn keep(keeper: &Keeper, app: &mut App) {
    if let Some(news) = keeper.keep(app) {
        update(app, Msg::News(news));
    }
}
