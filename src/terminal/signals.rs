//! The thread that hears signals and the hang-up of the terminal, and the panic hook.
//!
//! Promises: whatever ends the process, the terminal is given back first, and the process then ends
//! as the signal or the panic would have ended it, nothing being unwound; a stop is a real one, and undone when
//! the process goes on; the thread sleeps until there is something to hear. As it opens the [`Gate`] for a thread
//! that aborts, it allocates nothing before that.

use std::io::{self, Write};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use std::{fmt, panic, process, thread};

use rustix::event::{PollFd, PollFlags};
use rustix::process::{getpid, getsid};
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
    SIGTTIN, SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::backend::SignalDelivery;
use signal_hook::iterator::exfiltrator::SignalOnly;
use signal_hook::low_level::{emulate_default_handler, raise};

use super::gate::Gate;
use super::tty::{Phase, Tty, wait_for};
use crate::house::House;

/// How long after a stop to wait for the signal that it is over; none comes when the kernel refused to stop.
const CONTINUED_WITHIN: Duration = Duration::from_millis(100);

/// The signals that end a process which does not hear them. Those of a fault in the program itself are
/// not among them, as nothing can be run any more then, but for SIGABRT, in which faults that Rust sees end.
const DEADLY: [i32; 14] = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGALRM, SIGIO, SIGPROF, SIGSYS, SIGTRAP, SIGUSR1, SIGUSR2,
    SIGVTALRM, SIGXCPU,
];

/// News for the thread that draws, and the bell that wakes it.
#[derive(Debug)]
pub(super) struct News {
    bell: UnixStream,
    resized: AtomicBool,
    resumed: AtomicBool,
    rung: AtomicBool,
    /// Set once the thread runs; without a gate a thread that aborts does not wait.
    gate: OnceLock<Option<Gate>>,
    end: Mutex<Option<End>>,
}

/// What is done last.
struct End(Box<dyn FnOnce() + Send>);

impl fmt::Debug for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("End")
    }
}

impl News {
    /// Nothing new, and the end at which to hear the bell.
    pub fn new() -> io::Result<(Self, UnixStream)> {
        let (bell, ear) = UnixStream::pair()?;
        bell.set_nonblocking(true)?;
        ear.set_nonblocking(true)?;
        Ok((
            Self {
                bell,
                resized: AtomicBool::new(false),
                resumed: AtomicBool::new(false),
                rung: AtomicBool::new(false),
                gate: OnceLock::new(),
                end: Mutex::new(None),
            },
            ear,
        ))
    }

    /// Whether the terminal may have a new size; asking takes the news.
    pub fn resized(&self) -> bool {
        self.resized.swap(false, SeqCst)
    }

    /// Whether the process was stopped and goes on; asking takes the news.
    pub fn resumed(&self) -> bool {
        self.resumed.swap(false, SeqCst)
    }

    /// Whether another thread rang; asking takes the news.
    pub fn rung(&self) -> bool {
        self.rung.swap(false, SeqCst)
    }

    /// Waits until the thread runs, so that it opens the gate for whoever aborts from now on.
    pub fn await_thread(&self) {
        self.gate.wait();
    }

    /// The gate, if somebody came to it.
    pub fn reached_gate(&self) -> Option<&Gate> {
        self.gate.get()?.as_ref().filter(|gate| gate.is_reached())
    }

    /// Has `work` done before a signal, a hang-up or a panic ends the process.
    pub fn on_end(&self, work: impl FnOnce() + Send + 'static) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(End(Box::new(work)));
    }

    fn end(&self) {
        let end = self.end.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(End(work)) = end {
            work();
        }
    }

    fn tell(&self, news: &AtomicBool) {
        if !news.swap(true, SeqCst) {
            // A full pipe rings already.
            let _ = (&self.bell).write(&[0]);
        }
    }
}

/// Wakes the thread that draws, from any other.
#[derive(Clone, Debug)]
pub struct Bell(pub(super) Arc<News>);

impl Bell {
    /// Has [`Event::Rung`](super::Event::Rung) happen, once for all the rings that nobody has heard yet.
    pub fn ring(&self) {
        self.0.tell(&self.0.rung);
    }
}

/// Starts the thread. It lives as long as the process.
///
/// # Errors
/// When there is no pipe or no thread to be had.
pub(super) fn listen(tty: Arc<Tty>, news: Arc<News>, house: House) -> io::Result<()> {
    let (read, write) = UnixStream::pair()?;
    let signals = DEADLY.iter().chain(&[SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ]);
    let delivery = SignalDelivery::with_pipe(read, write, SignalOnly, signals)?;
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || Listener { tty, news, house }.run(delivery))
        .map(drop)
}

struct Listener {
    tty: Arc<Tty>,
    news: Arc<News>,
    house: House,
}

impl Listener {
    fn run(&self, mut delivery: SignalDelivery<UnixStream, SignalOnly>) {
        self.news.gate.get_or_init(|| self.news.bell.try_clone().and_then(Gate::shut).ok());
        let mut stopped = false;
        let mut watched = true;
        loop {
            let time = stopped.then_some(CONTINUED_WITHIN);
            let signals = PollFd::new(delivery.get_read(), PollFlags::IN);
            let (waited, terminal) = if watched {
                let mut fds = [signals, PollFd::new(self.tty.input(), PollFlags::empty())];
                (wait_for(&mut fds, time), fds[1].revents())
            } else {
                (wait_for(&mut [signals], time), PollFlags::empty())
            };
            if terminal.intersects(PollFlags::HUP | PollFlags::ERR) {
                self.die(SIGHUP);
            }
            // Some systems cannot poll a terminal.
            watched &= !terminal.contains(PollFlags::NVAL);

            let mut go_on = stopped && matches!(waited, Ok(0));
            for signal in delivery.pending() {
                match signal {
                    // The write that was too large for a limit fails, as on a full disk.
                    SIGXFSZ => {}
                    SIGWINCH => self.news.tell(&self.news.resized),
                    SIGTSTP => stopped |= self.stop(),
                    SIGCONT => go_on = true,
                    // Meant for the program that has the terminal.
                    SIGINT | SIGQUIT if self.tty.phase() == Phase::Lent => {}
                    deadly => self.die(deadly),
                }
            }
            if go_on {
                stopped = false;
                self.resume();
            }
        }
    }

    /// Stops the process as SIGTSTP would; false where it is not to be stopped.
    fn stop(&self) -> bool {
        if !may_stop(self.house) {
            return false;
        }
        if self.tty.phase() != Phase::Lent {
            self.tty.give_back(Phase::Stopped);
        }
        // SIGTSTP itself is ours by now. This one stops in the same way, and unlike SIGSTOP the kernel
        // drops it where no shell could let us go on. Raised, not sent: it must reach this very thread,
        // so that the next line comes after the stop.
        let _ = raise(SIGTTIN);
        true
    }

    /// Takes the terminal again after a stop, also after SIGSTOP, of which nobody is told.
    fn resume(&self) {
        let phase = self.tty.phase();
        match phase {
            Phase::Stopped | Phase::Raw | Phase::Full => {
                if self.tty.take(phase).is_ok() {
                    self.news.tell(&self.news.resumed);
                }
            }
            Phase::Closed | Phase::Lent | Phase::Taking | Phase::Leaving => {}
        }
    }

    fn die(&self, signal: i32) -> ! {
        self.tty.give_back(Phase::Closed);
        if let Some(Some(gate)) = self.news.gate.get() {
            gate.open();
        }
        self.news.end();
        die_of(signal)
    }
}

/// Whether the process may be stopped: nobody could let a session leader go on, and a guest has no shell.
pub(super) fn may_stop(house: House) -> bool {
    house == House::Own && getsid(None).is_ok_and(|leader| leader != getpid())
}

/// Ends the process as it ends when its terminal hangs up, whichever thread sees that first and whether
/// or not it would hear the signal.
pub fn hang_up() -> ! {
    die_of(SIGHUP)
}

fn die_of(signal: i32) -> ! {
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal)
}

/// The exit code of a program that panicked.
const PANICKED: i32 = 101;

/// Sees to it that a panic, of whatever thread, gives the terminal back before its message is printed, and then
/// ends the process as a deadly signal does: a reader without one of its threads would not be what it seems.
pub(super) fn end_on_panic(tty: Arc<Tty>, news: Arc<News>) {
    let print = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        tty.give_back(Phase::Closed);
        print(panic);
        news.end();
        process::exit(PANICKED);
    }));
}
