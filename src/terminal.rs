//! The shell around the terminal: taking it and giving it back, what the reader does, showing frames.
//!
//! Promises: the terminal is given back as it was, however the process ends or stops; a terminal that
//! has gone ends the process; nothing is asked of the terminal before the first frame; a frame is one
//! write, of few bytes; between two events nothing wakes and nothing is sent.

mod colour;
mod flow;
mod gate;
mod glyph;
mod input;
mod motion;
mod paint;
mod pen;
mod raster;
mod shift;
mod signals;
mod tty;

use std::io::{self, Read};
use std::mem;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags};
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGWINCH;
use signal_hook::low_level::raise;

use crate::geometry::Size;
use crate::house::House;
use crate::keys::{Key, Mouse};

pub use self::colour::Depth;
use self::flow::{Flow, Pass, QUESTION};
pub use self::input::{Parser, Token};
use self::paint::Painter;
pub use self::signals::{Bell, hang_up};
use self::signals::{News, end_on_panic, listen, may_stop};
use self::tty::{ENTER, MOUSE_OFF, MOUSE_ON, Phase, Seen, Tty, wait_for};

/// Bytes that a terminal of Linux gives at a time: where it has fewer, nothing is left.
const READ_AT_MOST: usize = 4095;

/// Bytes read before the events in them are handed on.
const READ_AT_ONCE: usize = 64 * 1024;

/// How long leaving waits for answers of the terminal.
const LEFT_WITHIN: Duration = Duration::from_secs(3);

/// How long a signal may take from its coming to its hearing, on a machine that is very busy.
const HEARD_WITHIN: Duration = Duration::from_secs(1);

/// How to take the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether clicks and the wheel are reported from the start.
    pub mouse: bool,
    /// How many colours may be sent.
    pub depth: Depth,
}

/// A terminal that can be taken. From when it was found its signals are heard, and a panic ends the process; its modes are
/// as they were. Found early, it is ready when there is something to show.
#[derive(Debug)]
pub struct Terminal {
    tty: Arc<Tty>,
    news: Arc<News>,
    ear: UnixStream,
    house: House,
}

/// What happened at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, at most 64 KiB of it. It is as it came: unsafe to show, and of any number of lines.
    Paste(String),
    /// The mouse was used.
    Mouse(Mouse),
    /// The screen has this size now, which may be the one it had; it must be drawn.
    Resize(Size),
    /// The process was stopped and goes on; the screen must be drawn.
    Resumed,
    /// Another thread rang the [`Bell`].
    Rung,
    /// The descriptor that [`Screen::listen`] was given has something to read.
    Stirred,
}

/// The terminal, taken. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Screen {
    tty: Arc<Tty>,
    news: Arc<News>,
    ear: UnixStream,
    size: Size,
    parser: Parser,
    painter: Painter,
    /// What the next frame is drawn on.
    canvas: Buffer,
    /// What of the last frame might have come behind the rest.
    late: Rect,
    flow: Flow,
    /// What the next frame brings to the terminal's clipboard, as it is sent.
    copied: Vec<u8>,
    mouse: Mode,
    house: House,
    /// What is waited for beside the terminal.
    other: Option<OwnedFd>,
    /// What has happened and was put back.
    unread: Vec<Event>,
}

/// A mode of the terminal: as it should be from the next frame on, and as it is.
#[derive(Debug)]
struct Mode {
    wanted: bool,
    set: bool,
}

impl Terminal {
    /// Looks for the terminal, and hears its signals from now on; once a process. The house says whether a stop, by
    /// key or by signal, stops the process.
    ///
    /// # Errors
    /// A sentence for the reader when there is no terminal to be had, or `TERM` names none that can
    /// show a screen; the system's own when it has no pipe or no thread to give.
    pub fn find(house: House) -> io::Result<Self> {
        let cannot = match std::env::var("TERM") {
            Ok(term) if term == "dumb" => Some("the terminal is dumb (TERM=dumb)"),
            Ok(term) if !term.is_empty() => None,
            Ok(_) | Err(_) => Some("TERM is not set, so nothing is known of the terminal"),
        };
        if let Some(why) = cannot {
            return Err(io::Error::new(io::ErrorKind::Unsupported, why));
        }
        let tty = Arc::new(Tty::open()?);
        let (news, ear) = News::new()?;
        let news = Arc::new(news);
        listen(Arc::clone(&tty), Arc::clone(&news), house)?;
        end_on_panic(Arc::clone(&tty), Arc::clone(&news));
        Ok(Self { tty, news, ear, house })
    }

    /// Takes it. Nothing is written before the first frame.
    ///
    /// # Errors
    /// When its modes cannot be set.
    pub fn take(self, options: Options) -> io::Result<Screen> {
        let Self { tty, news, ear, house } = self;
        tty.take(Phase::Closed)?;
        Ok(Screen {
            size: tty.size(),
            tty,
            news,
            ear,
            parser: Parser::default(),
            painter: Painter::new(options.depth),
            canvas: Buffer::default(),
            late: Rect::ZERO,
            flow: Flow::default(),
            copied: Vec::new(),
            mouse: Mode { wanted: options.mouse, set: false },
            house,
            other: None,
            unread: Vec::new(),
        })
    }
}

impl Screen {
    /// The screen's size, which has a column and a row at the least.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }

    /// Waits until something happens, without a limit of time, and gives all that has happened.
    ///
    /// The list is empty when nothing did but a frame that was wanted can be drawn now.
    ///
    /// # Errors
    /// When the terminal is gone: the process must end.
    pub fn events(&mut self) -> io::Result<Vec<Event>> {
        let mut events = mem::take(&mut self.unread);
        loop {
            let now = Instant::now();
            let frame = self.flow.due(now);
            if !events.is_empty() || frame.is_some_and(|due| due <= now) {
                return Ok(events);
            }
            self.wait(frame, &mut events)?;
        }
    }

    /// Puts back what was not taken in: [`Screen::events`] gives it again, before all that happens from now on.
    pub fn put_back(&mut self, events: impl Iterator<Item = Event>) {
        self.unread.extend(events);
    }

    /// Waits until something happens or `end` is there, and adds to `events` what happened.
    fn wait(&mut self, end: Option<Instant>, events: &mut Vec<Event>) -> io::Result<()> {
        let wake = [self.parser.due(), end].into_iter().flatten().min();
        let time = wake.map(|wake| wake.saturating_duration_since(Instant::now()));
        let seen = self.tty.wait(&self.ear, self.other.as_ref(), time)?;
        self.take_in(seen, events)
    }

    /// Adds to `events` what has been seen to wait.
    fn take_in(&mut self, seen: Seen, events: &mut Vec<Event>) -> io::Result<()> {
        let mut tokens = Vec::new();
        if seen.input {
            self.read(&mut tokens)?;
        }
        let now = Instant::now();
        self.parser.expire(now, &mut tokens);
        if tokens.iter().any(|token| *token != Token::Ready) {
            self.flow.typed_at(now);
        }
        for token in tokens {
            match token {
                Token::Key(key) => events.push(Event::Key(key)),
                Token::Paste(text) => events.push(Event::Paste(text)),
                Token::Mouse(mouse) => events.push(Event::Mouse(mouse)),
                Token::Ready => self.flow.answered(now),
            }
        }
        if seen.bell {
            self.hear(events);
        }
        if seen.other {
            events.push(Event::Stirred);
        }
        Ok(())
    }

    /// Sends what was copied, without a frame.
    fn send_copied(&mut self) {
        if self.tty.send(&self.copied).is_ok_and(|sent| sent) {
            self.copied.clear();
        }
    }

    /// Gives the terminal to another, or back, with nothing left on the way to it or from it.
    fn leave(&mut self, to: Phase) {
        if self.tty.phase().is_ours() {
            self.send_copied();
            self.tty.leave();
            self.settle();
        }
        self.tty.give_back(to);
    }

    /// Waits for the answers that are out, so that they do not go to the shell: three seconds at the most. What is typed
    /// meanwhile is dropped.
    fn settle(&mut self) {
        let other = self.other.take();
        let mut events = Vec::new();
        let last = Instant::now() + LEFT_WITHIN;
        while let Some(end) = self.flow.expected_until().map(|end| end.min(last))
            && Instant::now() < end
            && self.wait(Some(end), &mut events).is_ok()
        {}
        events.retain(|event| !matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)));
        self.unread.append(&mut events);
        self.other = other;
    }

    fn read(&mut self, tokens: &mut Vec<Token>) -> io::Result<()> {
        let mut buffer = [0; READ_AT_MOST];
        let (mut count, mut total) = (READ_AT_MOST, 0);
        while count == READ_AT_MOST && total < READ_AT_ONCE {
            count = self.tty.read(&mut buffer)?;
            if count > 0 {
                self.parser.feed(buffer.get(..count).unwrap_or_default(), Instant::now(), tokens);
            }
            total += count;
        }
        Ok(())
    }

    /// Takes all rings that there were, so that only a new one wakes.
    fn quiet_bell(&mut self) {
        let mut rings = [0; 64];
        while self.ear.read(&mut rings).is_ok_and(|count| count == rings.len()) {}
    }

    /// Adds to `events` what the bell was rung for.
    fn hear(&mut self, events: &mut Vec<Event>) {
        self.quiet_bell();
        if let Some(gate) = self.news.reached_gate() {
            // It may be the thread of the signals that waits there.
            self.tty.give_back(Phase::Closed);
            gate.open();
        }
        if self.news.rung() {
            events.push(Event::Rung);
        }
        let resumed = self.news.resumed();
        if resumed {
            self.flow.forget();
            events.push(Event::Resumed);
        }
        if self.news.resized() || resumed {
            // Also at the size that it had: a terminal that was small meanwhile has lost what did not fit.
            self.repaint();
            self.size = self.tty.size();
            events.push(Event::Resize(self.size));
        }
    }

    /// Shows what `draw` puts on an empty buffer of the screen's size, with the cursor at the column and row that it
    /// gives, or hidden. What is `late` may come behind the rest, if it was that in the last frame too.
    ///
    /// Where the last frame is still on the way, nothing is drawn, and [`Screen::events`] says when to try again.
    ///
    /// # Errors
    /// When the terminal is gone: the process must end.
    pub fn draw(
        &mut self,
        late: Rect,
        draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>,
    ) -> io::Result<()> {
        let kept = match self.flow.passes(Instant::now(), !late.is_empty() && late == self.late) {
            Pass::Whole => Rect::ZERO,
            Pass::Part => late,
            Pass::Nothing => return Ok(()),
        };
        self.late = late;
        let mut bytes = Vec::new();
        self.paint(draw, kept, &mut bytes);
        self.deliver(bytes)
    }

    /// Adds to `bytes` what makes the terminal show what `draw` puts on the canvas, but for what is kept as it is.
    fn paint(
        &mut self,
        draw: impl FnOnce(&mut Buffer) -> Option<(u16, u16)>,
        kept: Rect,
        bytes: &mut Vec<u8>,
    ) {
        let area = Rect::new(0, 0, self.size.columns, self.size.rows);
        if self.canvas.area == area {
            self.canvas.reset();
        } else {
            self.canvas = Buffer::empty(area);
        }
        let cursor = draw(&mut self.canvas);

        if self.tty.phase() == Phase::Raw {
            self.news.await_thread();
            bytes.extend_from_slice(ENTER);
            self.painter.forget();
            self.mouse.set = false;
            self.tty.raise();
        }
        if self.mouse.set != self.mouse.wanted {
            self.mouse.set = self.mouse.wanted;
            bytes.extend_from_slice(if self.mouse.set { MOUSE_ON } else { MOUSE_OFF });
        }
        self.painter.paint(&self.canvas, cursor, kept, bytes);
    }

    /// Sends what was copied and `bytes`, if any, in one write, and a question behind them where they are many.
    fn deliver(&mut self, mut bytes: Vec<u8>) -> io::Result<()> {
        bytes.splice(..0, self.copied.iter().copied());
        if bytes.is_empty() {
            return Ok(());
        }
        if self.flow.ask_after(bytes.len(), Instant::now()) {
            bytes.extend_from_slice(QUESTION);
        }
        if self.tty.send(&bytes)? {
            self.copied.clear();
        } else {
            // It may be lost, with what is on the way.
            self.repaint();
            self.flow.forget();
        }
        Ok(())
    }

    /// Forgets what the terminal shows, so that the next frame is painted whole.
    pub fn repaint(&mut self) {
        self.painter.forget();
    }

    /// Has clicks and the wheel reported, or not, from the next frame on.
    pub fn mouse(&mut self, on: bool) {
        self.mouse.wanted = on;
    }

    /// Waits for another descriptor too from now on, or no longer: [`Event::Stirred`] says that it has
    /// something to read, each time until that has been read.
    pub fn listen(&mut self, other: Option<OwnedFd>) {
        self.other = other;
    }

    /// Sends text to the terminal's clipboard with the next frame, unless another is sent there first; whether the
    /// terminal takes it, it does not say.
    ///
    /// This is OSC 52, which goes through SSH as it is, and through tmux where `set-clipboard` is on, which
    /// it is not where nobody has set it.
    ///
    /// # Errors
    /// When it cannot be encoded.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        let mut words = String::new();
        CopyToClipboard::to_clipboard_from(text).write_ansi(&mut words).map_err(io::Error::other)?;
        self.copied = words.into_bytes();
        Ok(())
    }

    /// What wakes [`Screen::events`] from another thread.
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell(Arc::clone(&self.news))
    }

    /// Has `work` done if a signal, the terminal's hang-up or a panic ends the process: the last thing, once
    /// the terminal is given back, and mostly on another thread than this one. An abort does not wait for it.
    pub fn on_end(&self, work: impl FnOnce() + Send + 'static) {
        self.news.on_end(work);
    }

    /// Shows text, which must be safe, on the ordinary screen, where the terminal's own means can copy it,
    /// and waits for a key; a key that was typed ahead is one. What was typed behind it is for the reader
    /// again, and so is a Ctrl-z, which is to do there what it does everywhere. The next frame brings our screen back.
    ///
    /// Where the last frame is still on the way, it waits for that; if a key comes meanwhile, nothing is shown.
    ///
    /// # Errors
    /// When the terminal is gone: the process must end.
    pub fn plain(&mut self, text: &str) -> io::Result<()> {
        let is_key = |event: &Event| matches!(event, Event::Key(_));
        let other = self.other.take();
        let mut before = Vec::new();
        let mut in_time = true;
        while self.flow.passes(Instant::now(), false) == Pass::Nothing {
            in_time = false;
            let due = self.flow.due(Instant::now());
            self.wait(due, &mut before)?;
        }
        self.unread.append(&mut before);
        let shown = in_time || !self.unread.iter().any(is_key);
        if shown {
            self.tty.lower()?;
            let page = format!("{text}\n\nPress a key to go back. ");
            self.deliver(page.replace('\n', "\r\n").into_bytes())?;
        }
        loop {
            let mut events = self.events()?.into_iter();
            if let Some(key) = events.find(is_key) {
                let stops = key == Event::Key(Key::Ctrl('z'));
                self.put_back(stops.then_some(key).into_iter().chain(events));
                self.other = other;
                return if shown { self.tty.send(b"\r\n").map(drop) } else { Ok(()) };
            }
        }
    }

    /// Gives the terminal to another program while `work` runs. The next frame brings our screen back.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.leave(Phase::Lent);
        let done = work();
        self.flow.forget();
        self.overtake();
        self.tty.take(Phase::Lent)?;
        Ok(done)
    }

    /// Waits until the signals that have come are heard: a stop before anything is shown, and an interrupt that was
    /// meant for the program that had the terminal before it could be taken for one of ours.
    fn overtake(&mut self) {
        let start = Instant::now();
        self.news.resized();
        // It is heard after all that came before it, and the bell is rung for it.
        let raised = raise(SIGWINCH).is_ok();
        while raised && !self.news.resized() && start.elapsed() < HEARD_WITHIN {
            let mut fds = [PollFd::new(&self.ear, PollFlags::IN)];
            let _ = wait_for(&mut fds, Some(HEARD_WITHIN.saturating_sub(start.elapsed())));
            self.quiet_bell();
        }
        // Nobody rings again for what has been rung for and was not heard.
        let mut events = mem::take(&mut self.unread);
        self.hear(&mut events);
        self.unread = events;
        self.size = self.tty.size();
        self.repaint();
    }

    /// Stops the process and what shares its job, as Ctrl-z does elsewhere; [`Event::Resumed`] follows.
    /// Does nothing in a restricted house, or where nobody could let the process go on.
    ///
    /// # Errors
    /// When the signal cannot be sent.
    pub fn suspend(&mut self) -> io::Result<()> {
        if !may_stop(self.house) {
            return Ok(());
        }
        self.send_copied();
        self.settle();
        kill_current_process_group(Signal::TSTP)?;
        self.overtake();
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave(Phase::Closed);
    }
}
