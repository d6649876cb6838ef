//! The reader's loop: events in, one frame out, and the few things that only the shell can do.

use super::gleaner::Gleaner;
use super::keeper::{Keeper, Outcome};
use super::outside::Outside;
use super::print;
use super::seeker::Seeker;
use crate::app::{App, There};
use crate::cite::Address;
use crate::glyphs::Glyphs;
use crate::house::House;
use crate::keys::{Action, Copied, Key};
use crate::load::{Library, Newcomers, Shelf, Watch};
use crate::model::{Briefing, Written};
use crate::sanitize::Safe;
use crate::store::{self, Opened, Store};
use crate::terminal::{Depth, Event, Screen, hang_up};
use crate::theme::Theme;
use crate::update::{self, Effect, Keep, Msg, update};
use crate::view;
use std::iter::{self, Peekable};
use std::path::{self, PathBuf};
use std::sync::Arc;
use std::{env, io, mem};

/// Why the briefing that is built in is not edited.
const BUILT_IN: &str = "This briefing is inside the program; brief --library DIR reads one of your own.";

/// Why a briefing is not edited whose folder was taken away.
const GONE: &str = "It cannot be edited: its folder is not there any more.";

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
    screen: Screen,
    keeper: Keeper,
    /// What the keeper is to do at the next frame.
    due: Due,
    /// The programs that the reader may ask for.
    outside: Outside,
    /// Finds what is searched for in every briefing.
    gleaner: Gleaner,
    /// The library of the briefing that is open: another may have one of the same name. Nothing while none is open.
    library: Option<&'a Library>,
    /// Tells of changes to the briefing; nothing where nothing can.
    watch: Option<Watch>,
}

/// When everything is to be kept: before the next frame, behind it.
#[derive(Default)]
struct Due {
    /// What is said then, if anything is to be kept.
    first: Option<Safe>,
    behind: bool,
}

impl Keeping {
    /// What is remembered of a briefing, if anything is.
    pub(super) fn open(self, shelf: &Shelf, name: &str) -> Opened {
        match shelf.library_of(name) {
            Ok(library) => self.open_in(library, name),
            Err(error) => {
                let opened = store::forgetful(&error.to_string());
                if name.is_empty() { Opened { news: None, ..opened } } else { opened }
            }
        }
    }

    fn open_in(self, library: &Library, name: &str) -> Opened {
        match self {
            Self::Memories(house) => store::open(house, library.path(), name),
            Self::Nothing => store::forgetful("--no-state was given"),
        }
    }
}

/// Reads until the reader quits, and keeps what was made. Does not return where the terminal is gone.
///
/// # Errors
/// When the terminal fails.
pub(super) fn run(screen: Screen, mut app: App, around: &Around, store: Option<Store>) -> io::Result<()> {
    let keeper = Keeper::new(store);
    let last = keeper.clone();
    // Nobody is left to hear why it could not be kept.
    screen.on_end(move || drop(last.save()));
    let outside = Outside::find(around.house, |name| env::var(name).ok());
    let gleaner = Gleaner::new(Arc::clone(&around.shelf), screen.bell());
    let library = around.shelf.library_of(&app.briefing.name).ok();
    let due = Due::default();
    let mut session = Session { around, screen, keeper, due, outside, gleaner, library, watch: None };
    session.listen(&mut app);
    let read = session.follow(&mut app);
    let Session { screen, keeper, .. } = session;
    drop(screen);
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

/// Says, behind what is said already, why changes are not heard of.
fn tell_unheard(app: &mut App, heard: io::Result<()>) {
    // Where the system never tells of them, each session would begin with it.
    if let Err(error) = heard
        && error.kind() != io::ErrorKind::Unsupported
    {
        let said = app.note.as_ref().map(|said| format!("{said} ")).unwrap_or_default();
        let again = app.keys_for(Action::Reload);
        let news = format!("{said}Changes are not heard: {error}; {again} reads anew.");
        update(app, Msg::News(Safe::line(&news)));
    }
}

impl Session<'_> {
    /// Follows the reader until the reader quits.
    fn follow(&mut self, app: &mut App) -> io::Result<()> {
        let mut seeker = Seeker::new(self.screen.bell());
        loop {
            seeker.follow(app);
            self.gleaner.follow(app);
            if let Some(news) = self.outside.late() {
                update(app, Msg::News(Safe::line(&news)));
            }
            if app.size != self.screen.size() {
                update(app, Msg::Resize(self.screen.size()));
            }
            // What says that it is kept is not shown before it is.
            if let Some(said) = self.due.first.take() {
                self.keep_said(app, &said);
            }
            if self.due.behind {
                // A line that has stalled may take this frame late, or never.
                self.keeper.take_in(app);
            }
            self.show(app)?;
            // Only now, so that this frame does not wait for the disk.
            if mem::take(&mut self.due.behind)
                && let Outcome::Failed(news) = self.keeper.write()
            {
                update(app, Msg::News(news));
                continue;
            }
            self.keeper.note(app);
            let mut events = self.screen.events()?.into_iter().peekable();
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
                    Effect::Quit => return Ok(()),
                    effect => self.perform(effect, app, events.by_ref())?,
                }
            }
        }
    }

    /// Shows a frame.
    fn show(&mut self, app: &App) -> io::Result<()> {
        let Around { depth, glyphs, .. } = *self.around;
        let theme = if depth == Depth::Mono { Theme::MONO } else { app.theme };
        self.screen.draw(view::followers(app), |buffer| {
            let cursor = view::draw(app, theme, buffer);
            glyphs.dress(buffer);
            cursor
        })
    }

    /// Does what a message has come to. What waits behind it is put back where the screen is left.
    fn perform(
        &mut self,
        effect: Effect,
        app: &mut App,
        waiting: impl Iterator<Item = Event>,
    ) -> io::Result<()> {
        match effect {
            // To quit is to follow no more.
            Effect::Nothing | Effect::Quit => {}
            Effect::Keep(Keep::First) => self.due.first = Some(app.note.clone().unwrap_or_default()),
            Effect::Keep(Keep::Behind) => self.due.behind = true,
            Effect::Suspend => {
                self.keep(app);
                self.screen.suspend()?;
            }
            Effect::Repaint => self.screen.repaint(),
            Effect::Copy(clip) => {
                let news = self.outside.copy(&mut self.screen, &clip)?;
                update(app, Msg::News(Safe::line(&news)));
            }
            Effect::Print(text) => {
                self.keep(app);
                self.screen.put_back(waiting);
                self.screen.plain(&self.around.glyphs.text(&text))?;
            }
            Effect::Browse(address) => {
                self.keep(app);
                self.screen.put_back(waiting);
                self.browse(app, &address)?;
            }
            Effect::Mouse(on) => self.screen.mouse(on),
            Effect::Edit(at) => self.edit(app, &at)?,
            Effect::Reload => self.reload(app),
            Effect::Open(there) => self.open(app, there),
            Effect::SearchAll { number, words } => self.gleaner.search(app, number, &words),
        }
        Ok(())
    }

    /// Keeps everything, before the reader's screen is left for a while.
    fn keep(&self, app: &mut App) {
        if let Outcome::Failed(news) = self.keeper.keep(app) {
            update(app, Msg::News(news));
        }
    }

    /// Keeps everything, what was made with these words among it; where it is not kept, they are followed by that.
    fn keep_said(&self, app: &mut App, said: &Safe) {
        match self.keeper.keep(app) {
            Outcome::Kept => {}
            Outcome::Failed(news) => drop(update(app, Msg::News(news))),
            Outcome::Failing if app.note.as_ref() == Some(said) => {
                let news = Safe::line(&format!("{said} This is for this session only."));
                update(app, Msg::News(news));
            }
            Outcome::Failing => {}
        }
    }

    /// Hears of changes to the briefing from now on, or says why not.
    fn listen(&mut self, app: &mut App) {
        let heard = self.attend(&app.briefing);
        tell_unheard(app, heard);
    }

    fn attend(&mut self, briefing: &Briefing) -> io::Result<()> {
        self.watch = None;
        self.screen.listen(None);
        let Some(path) = self.library.and_then(Library::path) else { return Ok(()) };
        let watch = self.watch.insert(Watch::new(path)?);
        self.screen.listen(Some(watch.descriptor()?));
        watch.follow([briefing], Newcomers::Ignored)
    }

    /// Opens an address, and says what has taken it; shows it where nothing has.
    fn browse(&mut self, app: &mut App, address: &Address) -> io::Result<()> {
        let news = match self.outside.browse(&mut self.screen, address)? {
            Ok(name) => format!("Handed to {name}: {address}"),
            Err(why) => {
                let hint = self.outside.hint().map(|hint| format!("\n\n{hint}")).unwrap_or_default();
                let page = format!("{why}. The address is:\n\n{address}{hint}");
                self.screen.plain(&self.around.glyphs.text(&page))?;
                let again = app.keys_for(Action::Print(Copied::Link));
                format!("{why}; {again} shows the address again.")
            }
        };
        update(app, Msg::News(Safe::line(&news)));
        Ok(())
    }

    /// Where the file of a place is, or why it is not edited.
    fn file(&self, app: &App, at: &Written) -> Result<PathBuf, String> {
        let library = self.library.filter(|library| library.has(&app.briefing.name)).ok_or(GONE)?;
        let root = library.path().ok_or(BUILT_IN)?;
        path::absolute(root.join(&*at.file)).map_err(|error| format!("It cannot be edited: {error}"))
    }

    /// Opens the reader's editor at a place, and reads anew what comes of it.
    fn edit(&mut self, app: &mut App, at: &Written) -> io::Result<()> {
        let path = match self.file(app, at) {
            Ok(path) => path,
            Err(why) => {
                update(app, Msg::News(Safe::line(&why)));
                return Ok(());
            }
        };
        self.keep(app);
        let edited = self.outside.edit(&mut self.screen, &path, at.line)?;
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
    fn open(&mut self, app: &mut App, There { briefing: name, at }: There) {
        let library = self.around.shelf.library_of(&name);
        let opened = library.and_then(|library| Ok((library, Box::new(library.open(Some(&name))?))));
        let (library, briefing) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                update(app, Msg::News(Safe::line(&error.to_string())));
                return;
            }
        };
        let unkept = self.keeper.close(app).err();
        let Opened { memory, store, news } = self.around.keeping.open_in(library, &name);
        update(app, Msg::Opened { briefing, memory: Box::new(memory), at });
        let unkept =
            unkept.map(|error| Safe::line(&format!("What was left could not be remembered: {error}")));
        if let Some(news) = unkept.or(news) {
            update(app, Msg::News(news));
        }
        self.keeper.turn(store);
        self.library = Some(library);
        // What is typed ahead comes before the next frame, and must be seen to differ from this.
        self.keeper.note(app);
        self.listen(app);
    }

    /// Reads the briefing anew. A folder may have taken the place of another, so it is listened to
    /// before and, for what the briefing consists of now, behind.
    fn reload(&mut self, app: &mut App) {
        let Some(library) = self.library else { return };
        let mut heard = Ok(());
        if let Some(watch) = &mut self.watch {
            heard = watch.follow([&*app.briefing], Newcomers::Ignored);
        }
        let read = library.open(Some(&app.briefing.name));
        if let (Some(watch), Ok(briefing)) = (&mut self.watch, &read) {
            heard = watch.follow([briefing], Newcomers::Ignored);
        }
        update(app, Msg::Reloaded(Box::new(read)));
        tell_unheard(app, heard);
    }
}
