//! The terminal itself: its descriptors, its modes, and giving it back.
//!
//! Promises: [`Tty::give_back`] works from any thread at any moment, waits for no lock, allocates nothing, blocks
//! for less than a second, prints nothing of its own, and never stops the process.
//! Both descriptors are our own and never block, so the shell's stay as they were; where none can be had but the
//! shell's, these do not block while the terminal is ours.

use std::env;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, fcntl_getfl, fcntl_setfl, open};
use rustix::io::{Errno, fcntl_dupfd_cloexec};
use rustix::process::getpgrp;
use rustix::termios::{
    Action, LocalModes, OptionalActions, QueueSelector, Termios, isatty, tcflow, tcflush, tcgetattr,
    tcgetpgrp, tcgetwinsize, tcsetattr, ttyname,
};

use crate::geometry::Size;

/// Alternate screen, no wrapping at the edge, pastes marked as such. The first frame hides the cursor.
pub(super) const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h";
/// Clicks and the wheel reported, in the encoding that knows no widest column.
pub(super) const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Clicks and the wheel reported no longer.
pub(super) const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1000l";
/// All of that undone, with the look, the scrolling region and the mouse. The screen is emptied from its first cell on,
/// where the region's end leads: a terminal without an alternate screen would keep the frame under what comes next.
pub(super) const LEAVE: &[u8] =
    b"\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[r\x1b[m\x1b[J\x1b[?7h\x1b[?25h\x1b[?1049l";
/// Ends a string that was cut off, as a copy can be on a frozen line.
const END_OF_STRING: &[u8] = b"\x1b\\";

/// How long leaving waits for a terminal that takes nothing.
const PATIENCE: Duration = Duration::from_millis(200);
/// How long leaving goes on to drop what was typed.
const EMPTIED_WITHIN: Duration = Duration::from_millis(45);
/// How long it waits for something to drop, and for more where there was something.
const FIRST_WITHIN: Duration = Duration::from_millis(2);
const MORE_WITHIN: Duration = Duration::from_millis(15);
/// How a terminal is opened.
const FLAGS: OFlags = OFlags::RDWR.union(OFlags::NOCTTY).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);
/// The widest and highest screen that is painted.
const LARGEST: u16 = 1000;
/// The size of a terminal that does not tell it, as a serial line does not.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// Who has the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// It is as we found it, and stays so.
    Closed,
    /// It is as we found it until the process goes on.
    Stopped,
    /// Another program has it.
    Lent,
    /// It is being taken.
    Taking,
    /// It is being given back.
    Leaving,
    /// Keys come to us one by one; nothing was written.
    Raw,
    /// Our screen is up.
    Full,
}

impl Phase {
    const ALL: [Self; 7] =
        [Self::Closed, Self::Stopped, Self::Lent, Self::Taking, Self::Leaving, Self::Raw, Self::Full];

    /// Whether this process has it, and is not about to give it back.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Raw | Self::Full)
    }

    /// Whether a thread is at it this moment.
    fn passes(self) -> bool {
        matches!(self, Self::Taking | Self::Leaving)
    }
}

/// The terminal, shared by the threads that may have to give it back.
#[derive(Debug)]
pub(super) struct Tty {
    input: Line,
    output: Line,
    found: Termios,
    raw: Termios,
    phase: AtomicU8,
    /// Our screen may be up, whoever has the terminal: what went on after a stop that nobody announced has it up.
    up: AtomicBool,
    /// A write is being made this moment; they never block.
    writing: AtomicBool,
    /// Some of what was to be written is not yet.
    unfinished: AtomicBool,
}

/// A descriptor of the terminal.
#[derive(Debug)]
struct Line {
    fd: OwnedFd,
    /// The flags that it had, where it is the shell's; nothing where it is our own.
    shared: Option<OFlags>,
}

/// What [`Tty::wait`] saw.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Bytes wait to be read.
    pub input: bool,
    /// The bell was rung.
    pub bell: bool,
    /// The other descriptor has something to read.
    pub other: bool,
}

impl Tty {
    /// Opens the terminal of standard output, and of standard input where that is one. Where keys come from the
    /// controlling one and there is none, they come from that of standard output.
    ///
    /// # Errors
    /// When standard output is no terminal, or none can be opened.
    pub fn open() -> io::Result<Self> {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        if !isatty(&stdout) {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "standard output is not a terminal"));
        }
        let output = Line::open(stdout.as_fd())?;
        let input = if isatty(&stdin) {
            Line::open(stdin.as_fd())?
        } else {
            Line::controlling().or_else(|_| Line::open(stdout.as_fd()))?
        };
        let found = tcgetattr(&input.fd)?;
        let mut raw = found.clone();
        raw.make_raw();
        Ok(Self {
            input,
            output,
            found,
            raw,
            phase: AtomicU8::new(Phase::Closed as u8),
            up: AtomicBool::new(false),
            writing: AtomicBool::new(false),
            unfinished: AtomicBool::new(false),
        })
    }

    /// Who has the terminal now.
    pub fn phase(&self) -> Phase {
        Phase::ALL.get(usize::from(self.phase.load(SeqCst))).copied().unwrap_or(Phase::Closed)
    }

    /// The screen's size; what the terminal does not know of it is as the environment has it, else as it is most often.
    pub fn size(&self) -> Size {
        let (columns, rows) =
            twice(|| tcgetwinsize(&self.output.fd)).map_or((0, 0), |size| (size.ws_col, size.ws_row));
        let set = |name| env::var(name).ok();
        Size {
            columns: side(columns, || set("COLUMNS"), USUAL.columns),
            rows: side(rows, || set("LINES"), USUAL.rows),
        }
    }

    /// Takes the terminal, unless its phase is no longer `from`.
    pub fn take(&self, from: Phase) -> io::Result<()> {
        if !self.become_if(from, Phase::Taking) {
            return Ok(());
        }
        self.block(false);
        let taken = self.set(&self.raw).inspect_err(|_| self.block(true));
        self.become_if(Phase::Taking, if taken.is_ok() { Phase::Raw } else { from });
        taken
    }

    fn set(&self, modes: &Termios) -> io::Result<()> {
        Ok(twice(|| tcsetattr(&self.input.fd, OptionalActions::Now, modes))?)
    }

    /// Has reads and writes wait, or not, where others read and write there too.
    fn block(&self, blocks: bool) {
        for Line { fd, shared } in [&self.input, &self.output] {
            if let &Some(found) = shared {
                // It fails for no descriptor that is open.
                let _ = fcntl_setfl(fd, if blocks { found } else { found | OFlags::NONBLOCK });
            }
        }
    }

    /// Says that our screen is up, if the terminal is ours.
    pub fn raise(&self) {
        self.up.store(true, SeqCst);
        self.become_if(Phase::Raw, Phase::Full);
    }

    /// Leaves our screen for the ordinary one, the terminal staying ours.
    pub fn lower(&self) -> io::Result<()> {
        if self.phase() == Phase::Full && self.send(LEAVE)? {
            self.lowered();
        }
        Ok(())
    }

    /// Leaves our screen as [`Tty::lower`] does, unless the terminal takes nothing.
    pub fn leave(&self) {
        if self.phase() == Phase::Full && self.push(LEAVE, Instant::now() + PATIENCE).is_ok() {
            self.lowered();
        }
    }

    /// Says that our screen is up no longer, the terminal being ours.
    fn lowered(&self) {
        self.up.store(false, SeqCst);
        self.become_if(Phase::Full, Phase::Raw);
    }

    fn become_if(&self, from: Phase, to: Phase) -> bool {
        self.phase.compare_exchange(from as u8, to as u8, SeqCst, SeqCst).is_ok()
    }

    /// Waits for input, for the bell, for the other descriptor if there is one, or for the time to pass.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn wait(&self, bell: impl AsFd, other: Option<&OwnedFd>, time: Option<Duration>) -> io::Result<Seen> {
        let mut fds = vec![PollFd::new(&self.input.fd, PollFlags::IN), PollFd::new(&bell, PollFlags::IN)];
        fds.extend(other.map(|other| PollFd::new(other, PollFlags::IN)));
        wait_for(&mut fds, time)?;
        let seen = |at: usize| fds.get(at).map_or(PollFlags::empty(), PollFd::revents);
        if seen(0).intersects(PollFlags::HUP | PollFlags::ERR) {
            return Err(gone());
        }
        Ok(Seen { input: !seen(0).is_empty(), bell: !seen(1).is_empty(), other: !seen(2).is_empty() })
    }

    /// Reads what waits, at most what `buffer` holds; 0 when nothing does.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match rustix::io::read(&self.input.fd, buffer) {
            Ok(0) | Err(Errno::IO) => Err(gone()),
            Ok(count) => Ok(count),
            Err(Errno::AGAIN | Errno::INTR) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes all of `bytes`, in one write where the terminal takes them; sleeps while it takes none.
    ///
    /// False when the terminal was given back meanwhile, or was not ours: the rest is not written then.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&self, mut bytes: &[u8]) -> io::Result<bool> {
        while !bytes.is_empty() {
            self.writing.store(true, SeqCst);
            let ours = self.phase().is_ours();
            let written = if ours { rustix::io::write(&self.output.fd, bytes) } else { Ok(0) };
            let left = bytes.get(written.unwrap_or(0)..).unwrap_or_default();
            if ours {
                self.unfinished.store(!left.is_empty(), SeqCst);
            }
            self.writing.store(false, SeqCst);
            match written {
                _ if !ours => return Ok(false),
                Ok(_) => bytes = left,
                Err(Errno::AGAIN) => {
                    let mut fds = [PollFd::new(&self.output.fd, PollFlags::OUT)];
                    wait_for(&mut fds, None)?;
                    if fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) {
                        return Err(gone());
                    }
                }
                Err(Errno::INTR) => {}
                Err(Errno::IO) => return Err(gone()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }

    /// Gives the terminal back as it was found; what was typed and not read is dropped, so that the
    /// rest of a paste does not run in the shell. Where another thread is at it, waits until it is done.
    pub fn give_back(&self, to: Phase) {
        let start = Instant::now();
        self.pass(start);
        let before = self.phase();
        if !before.is_ours() || !self.become_if(before, Phase::Leaving) {
            self.pass(start);
            if before == Phase::Stopped || before == Phase::Lent {
                self.become_if(before, to);
            }
            return;
        }
        while self.writing.load(SeqCst) && start.elapsed() < PATIENCE {
            thread::yield_now();
        }
        // In the background, where only SIGSTOP leads from here, the modes are the shell's own,
        // and changing them would stop this process.
        let foreground = tcgetpgrp(&self.input.fd).map_or(true, |group| group == getpgrp());
        let spoken = foreground || !self.found.local_modes.contains(LocalModes::TOSTOP);
        if spoken && self.up.swap(false, SeqCst) {
            let unfinished = self.unfinished.load(SeqCst);
            let words = if unfinished { END_OF_STRING } else { &[] };
            let farewell = |end| self.push(words, end).and_then(|()| self.push(LEAVE, end));
            if farewell(start + PATIENCE).is_err() && foreground {
                // What the frozen terminal has not taken of our frame makes room for our farewell;
                // where it was told to stop, it takes none before it is told to go on.
                let _ = tcflow(&self.output.fd, Action::OOn);
                let _ = tcflush(&self.output.fd, QueueSelector::OFlush);
                let _ = farewell(start);
            }
        }
        if foreground {
            self.drop_input();
            let _ = self.set(&self.found);
            let _ = tcflush(&self.input.fd, QueueSelector::IFlush);
        }
        self.block(true);
        self.phase.store(to as u8, SeqCst);
    }

    /// Drops what was typed and not read. The system holds a few thousand bytes ready, and of more than these
    /// it hands on the next only to one who reads.
    fn drop_input(&self) {
        let start = Instant::now();
        let (mut last, mut patience) = (start, FIRST_WITHIN);
        let mut buffer = [0; 4096];
        while last.elapsed() < patience && start.elapsed() < EMPTIED_WITHIN {
            match self.read(&mut buffer) {
                Ok(0) => {
                    let left = patience.saturating_sub(last.elapsed());
                    let _ = wait_for(&mut [PollFd::new(&self.input.fd, PollFlags::IN)], Some(left));
                }
                Ok(_) => (last, patience) = (Instant::now(), MORE_WITHIN),
                Err(_) => return,
            }
        }
    }

    /// Waits while another thread takes the terminal or gives it back.
    fn pass(&self, start: Instant) {
        while self.phase().passes() && start.elapsed() < 2 * PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Writes, and gives up when the terminal takes nothing until `end`.
    fn push(&self, mut bytes: &[u8], end: Instant) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.output.fd, bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(Errno::AGAIN) => {
                    let time = end.saturating_duration_since(Instant::now());
                    let mut fds = [PollFd::new(&self.output.fd, PollFlags::OUT)];
                    if time.is_zero() || wait_for(&mut fds, Some(time))? == 0 {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The descriptor to watch for hang-up.
    pub fn input(&self) -> &OwnedFd {
        &self.input.fd
    }
}

impl Line {
    /// Opens a terminal anew, so that how it is read and written changes for nobody else; where it may not be opened
    /// by name, the controlling one. Where there is none, as behind `su -c`, it is taken as it is.
    fn open(fd: BorrowedFd<'_>) -> io::Result<Self> {
        let named = ttyname(fd, Vec::new()).and_then(|name| open(name, FLAGS, Mode::empty()));
        match named {
            Ok(fd) => Ok(Self { fd, shared: None }),
            Err(_) => Self::controlling().or_else(|_| Self::share(fd)),
        }
    }

    fn controlling() -> io::Result<Self> {
        Ok(Self { fd: open("/dev/tty", FLAGS, Mode::empty())?, shared: None })
    }

    fn share(fd: BorrowedFd<'_>) -> io::Result<Self> {
        Ok(Self { fd: fcntl_dupfd_cloexec(fd, 0)?, shared: Some(fcntl_getfl(fd)?) })
    }
}

/// How many cells a side of the screen has: what the terminal tells, what a variable holds, what is usual.
fn side(told: u16, set: impl FnOnce() -> Option<String>, usual: u16) -> u16 {
    let set = || set()?.parse().ok();
    let known = Some(told).filter(|&cells| cells > 0).or_else(|| set().filter(|&cells| cells > 0));
    known.unwrap_or(usual).min(LARGEST)
}

/// poll(2), to which a signal is no reason to wake anyone: 0 then, as when the time has passed.
pub(super) fn wait_for(fds: &mut [PollFd<'_>], time: Option<Duration>) -> io::Result<usize> {
    let time = time.map(|time| Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: time.subsec_nanos().into(),
    });
    match poll(fds, time.as_ref()) {
        Err(Errno::INTR) => Ok(0),
        done => Ok(done?),
    }
}

/// Asks again where the terminal refuses once what a session cannot go without.
fn twice<T>(ask: impl Fn() -> rustix::io::Result<T>) -> rustix::io::Result<T> {
    ask().or_else(|_| ask())
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the terminal is gone")
}

#[cfg(test)]
mod tests {
    use super::side;

    #[test]
    fn a_side_that_the_terminal_does_not_tell_is_as_the_environment_has_it() {
        for (told, set, cells) in [
            (100, Some("60"), 100),
            (0, Some("60"), 60),
            (0, None, 80),
            (0, Some(""), 80),
            (0, Some("0"), 80),
            (0, Some("-1"), 80),
            (0, Some("65000"), 1000),
            (65000, None, 1000),
        ] {
            assert_eq!(side(told, || set.map(str::to_owned), 80), cells, "{told} {set:?}");
        }
    }
}
