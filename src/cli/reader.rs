//! The reader's loop: events in, one frame out, and the few things that only the shell can do.

use super::gleaner::Gleaner;
use super::keeper::Keeper;
use super::outside::Outside;
use super::print;
use super::seeker::Seeker;
use crate::app::{App, There};
use crate::glyphs::Glyphs;
use crate::house::House;
use crate::keys::{Action, Copied, Key};
use crate::load::{Library, Newcomers, Shelf, Watch};
use crate::model::Written;
use crate::sanitize::Safe;
use crate::store::{self, Opened, Store};
use crate::terminal::{Depth, Event, Screen, hang_up};
use crate::theme::Theme;
use crate::update::{self, Effect, Keep, Msg, update};
use crate::view;
use std::iter::{self, Peekable};
use std::sync::Arc;
use std::{env, io, mem, path};

/// What to do where no program opens an address.
const HINT: &str = "A browser that $BROWSER names would be opened here.";

/// Why the briefing that is built in is not edited.
const BUILT_IN: &str = "This briefing is inside the program; brief --library DIR reads one of your own.";

/// What stays as it is for a whole session.
pub(super) struct Around {
    /// What the house allows.
    pub(super) house: House,
    /// Where briefings are looked for.
    pub(super) shelf: Arc<Shelf>,
    /// What is remembered.
    pub(super) keeping: Keeping,
    /// How many colours the terminal has.
    pub(super) depth: Depth,
    /// Which characters it can show.
    pub(super) glyphs: Glyphs,
}

/// What is remembered of briefings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeping {
    /// What the reader makes in them, where the house allows it.
    Memories(House),
    /// Nothing.
    Nothing,
}

/// A session, with what it reads now.
struct Session<'a> {
    around: &'a Around,
    keeper: Keeper,
    /// The programs that the reader may ask for.
    outside: Outside,
    /// Tells of changes to the briefing; nothing where nothing can.
    watch: Option<Watch>,
}

impl Keeping {
    /// What is remembered of a briefing, if anything is.
    pub(super) fn open(self, shelf: &Shelf, name: &str) -> Opened {
        match (self, shelf.library_of(name)) {
            (Self::Memories(house), Ok(library)) => store::open(house, library.path(), name),
            (Self::Nothing, Ok(_)) => store::forgetful(),
            (_, Err(_)) if name.is_empty() => Opened { news: None, ..store::forgetful() },
            (_, Err(error)) => {
                let news = Safe::line(&format!("Nothing of this session will be remembered: {error}."));
                Opened { news: Some(news), ..store::forgetful() }
            }
        }
    }
}

/// Reads until the reader quits, and keeps what was made. Does not return where the terminal is gone.
///
/// # Errors
/// When the terminal fails.
pub(super) fn run(mut screen: Screen, mut app: App, around: &Around, store: Option<Store>) -> io::Result<()> {
    let keeper = Keeper::new(store);
    let last = keeper.clone();
    // Nobody is left to hear why it could not be kept.
    screen.on_end(move || drop(last.save()));
    let outside = Outside::find(around.house, |name| env::var(name).ok());
    let mut session = Session { around, keeper, outside, watch: None };
    session.listen(&mut screen, &app);
    let read = session.follow(&mut screen, &mut app);
    drop(screen);
    let keeper = session.keeper;
    if let Err(error) = keeper.close(&app) {
        print::complain(&format!("this session could not be remembered: {error}"));
    }
    match read {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => hang_up(),
        read => read,
    }
}

/// What a key says: where it types a letter, with the letters that wait behind it.
fn typed(app: &App, key: Key, events: &mut Peekable<impl Iterator<Item = Event>>) -> Msg {
    let letter = |event: &Event| match event {
        Event::Key(key) => update::letter(app, *key),
        Event::Paste(_)
        | Event::Mouse(_)
        | Event::Resize(_)
        | Event::Resumed
        | Event::Rung
        | Event::Stirred => None,
    };
    let Some(first) = update::letter(app, key) else { return Msg::Key(key) };
    let behind = iter::from_fn(|| {
        let next = events.peek().and_then(letter)?;
        events.next();
        Some(next)
    });
    Msg::Typed(iter::once(first).chain(behind).collect())
}

impl Session<'_> {
    /// Follows the reader until the reader quits.
    fn follow(&mut self, screen: &mut Screen, app: &mut App) -> io::Result<()> {
        let (mut first, mut behind) = (false, false);
        let mut seeker = Seeker::new(screen.bell());
        let gleaner = Gleaner::new(Arc::clone(&self.around.shelf), screen.bell());
        loop {
            seeker.follow(app);
            gleaner.follow(app);
            if app.size != screen.size() {
                update(app, Msg::Resize(screen.size()));
            }
            // What says that it is kept is not shown before it is.
            if mem::take(&mut first) {
                self.keep(app);
            }
            let theme = if self.around.depth == Depth::Mono { Theme::MONO } else { app.theme };
            screen.draw(|buffer| {
                let cursor = view::draw(app, theme, buffer);
                self.around.glyphs.dress(buffer);
                cursor
            })?;
            // Only now, so that this frame does not wait for the disk.
            if mem::take(&mut behind)
                && let Some(news) = self.keeper.keep(app)
            {
                update(app, Msg::News(news));
                continue;
            }
            self.keeper.note(app);
            let mut events = screen.events()?.into_iter().peekable();
            while let Some(event) = events.next() {
                let msg = match event {
                    Event::Key(key) => typed(app, key, &mut events),
                    Event::Paste(text) => Msg::Paste(text),
                    Event::Mouse(mouse) => Msg::Mouse(mouse),
                    Event::Resize(size) => Msg::Resize(size),
                    Event::Resumed | Event::Rung => continue,
                    Event::Stirred => {
                        if self.watch.as_mut().is_some_and(Watch::changed) {
                            self.reload(app);
                        }
                        continue;
                    }
                };
                match update(app, msg) {
                    Effect::Nothing => {}
                    Effect::Quit => return Ok(()),
                    Effect::Keep(Keep::First) => first = true,
                    Effect::Keep(Keep::Behind) => behind = true,
                    Effect::Suspend => {
                        self.keep(app);
                        screen.suspend()?;
                    }
                    Effect::Repaint => screen.repaint(),
                    Effect::Copy(copy) => {
                        let news = self.outside.copy(screen, &copy)?;
                        update(app, Msg::News(Safe::line(&news)));
                    }
                    Effect::Print(text) => {
                        self.keep(app);
                        screen.put_back(events.by_ref());
                        screen.plain(&self.around.glyphs.text(&text))?;
                    }
                    Effect::Browse(address) => {
                        self.keep(app);
                        screen.put_back(events.by_ref());
                        let news = match self.outside.browse(screen, &address)? {
                            Ok(name) => format!("Handed to {name}: {address}"),
                            Err(why) => {
                                let page = format!("{why}. The address is:\n\n{address}\n\n{HINT}");
                                screen.plain(&self.around.glyphs.text(&page))?;
                                let again = app.keys_for(Action::Print(Copied::Link));
                                format!("{why}; {again} shows the address again.")
                            }
                        };
                        update(app, Msg::News(Safe::line(&news)));
                    }
                    Effect::Mouse(on) => screen.mouse(on),
                    Effect::Edit(at) => self.edit(screen, app, &at)?,
                    Effect::Reload => self.reload(app),
                    Effect::Open(there) => self.open(screen, app, there),
                    Effect::SearchAll { number, words } => gleaner.search(app, number, &words),
                }
            }
        }
    }

    /// Keeps everything, before the reader's screen is left for a while.
    fn keep(&self, app: &mut App) {
        if let Some(news) = self.keeper.keep(app) {
            update(app, Msg::News(news));
        }
    }

    /// Hears of changes to the briefing from now on.
    fn listen(&mut self, screen: &mut Screen, app: &App) {
        let library = self.around.shelf.library_of(&app.briefing.name).ok();
        self.watch = library.and_then(Library::path).and_then(Watch::new);
        if let Some(watch) = &mut self.watch {
            watch.follow([&*app.briefing], Newcomers::Ignored);
        }
        screen.listen(self.watch.as_ref().and_then(|watch| watch.descriptor().ok()));
    }

    /// Opens the reader's editor at a place, and reads anew what comes of it.
    fn edit(&mut self, screen: &mut Screen, app: &mut App, at: &Written) -> io::Result<()> {
        let library = self.around.shelf.library_of(&app.briefing.name).ok();
        let Some(root) = library.and_then(Library::path) else {
            update(app, Msg::News(Safe::line(BUILT_IN)));
            return Ok(());
        };
        self.keep(app);
        let path = path::absolute(root.join(&*at.file))?;
        let edited = self.outside.edit(screen, &path.to_string_lossy(), at.line)?;
        if let Some(watch) = &mut self.watch {
            watch.changed();
        }
        self.reload(app);
        if let Err(why) = edited {
            update(app, Msg::News(Safe::line(&format!("{why}; $VISUAL or $EDITOR says what edits."))));
        }
        Ok(())
    }

    /// Reads another briefing from now on, and keeps what was made in this one.
    fn open(&mut self, screen: &mut Screen, app: &mut App, There { briefing: name, at }: There) {
        let briefing = match self.around.shelf.open(Some(&name)) {
            Ok(briefing) => Box::new(briefing),
            Err(error) => {
                update(app, Msg::News(Safe::line(&error.to_string())));
                return;
            }
        };
        let unkept = self.keeper.close(app).err();
        let Opened { memory, store, news } = self.around.keeping.open(&self.around.shelf, &name);
        update(app, Msg::Opened { briefing, memory: Box::new(memory), at });
        let unkept =
            unkept.map(|error| Safe::line(&format!("What was left could not be remembered: {error}")));
        if let Some(news) = unkept.or(news) {
            update(app, Msg::News(news));
        }
        self.keeper.turn(store);
        // What is typed ahead comes before the next frame, and must be seen to differ from this.
        self.keeper.note(app);
        self.listen(screen, app);
    }

    /// Reads the briefing anew. A folder may have taken the place of another, so it is listened to
    /// before and, for what the briefing consists of now, behind.
    fn reload(&mut self, app: &mut App) {
        if let Some(watch) = &mut self.watch {
            watch.follow([&*app.briefing], Newcomers::Ignored);
        }
        let read = self.around.shelf.open(Some(&app.briefing.name));
        if let (Some(watch), Ok(briefing)) = (&mut self.watch, &read) {
            watch.follow([briefing], Newcomers::Ignored);
        }
        update(app, Msg::Reloaded(Box::new(read)));
    }
}
