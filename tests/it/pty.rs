//! The real program on a real pty: what a person at a terminal sees, and what the terminal is left with.
//!
//! Tests wait for conditions. The limit only ends a wait that has failed.

use std::fmt;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::ioctl_fionread;
use rustix::process::{Pid, Signal, kill_process};

/// How many columns and rows a terminal has that does not tell.
const USUAL: (NonZeroU16, NonZeroU16) = (NonZeroU16::new(80).unwrap(), NonZeroU16::new(24).unwrap());

/// How long a condition may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// Whether the terminal answers when it is asked for its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Answered,
    /// After so long.
    AnsweredLate(Duration),
    Ignored,
}

/// A terminal with a program in it.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    /// What is typed; a thread of its own writes it, because a program may take it late or never.
    typed: Option<Sender<Vec<u8>>>,
    writing: Option<JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Seen>,
    reading: Option<JoinHandle<()>>,
    /// The terminal's modes before the program started, as text.
    modes: String,
}

/// What came out of the program so far.
pub struct Output {
    pub bytes: Vec<u8>,
    model: vt100::Parser<Ears>,
    reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    On,
    Frozen,
    Over,
}

struct Seen {
    output: Mutex<Output>,
    changed: Condvar,
}

/// What a program says to a terminal beside what is shown.
#[derive(Default)]
struct Ears {
    questions: usize,
    clipboard: Vec<String>,
}

impl vt100::Callbacks for Ears {
    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], base64: &[u8]) {
        self.clipboard.push(String::from_utf8_lossy(base64).into_owned());
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        _: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        self.questions += usize::from(last == 'n' && parameters == [&[5]]);
    }
}

impl Output {
    /// The screen as the terminal would show it.
    pub fn screen(&self) -> &vt100::Screen {
        self.model.screen()
    }

    /// The screen's letters, without the blanks at the ends of rows and of the screen.
    pub fn text(&self) -> String {
        let rows: Vec<String> =
            self.screen().contents().lines().map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// Whether the screen shows these words in one row.
    pub fn shows(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// How often the terminal was asked for its status.
    pub fn questions(&self) -> usize {
        self.model.callbacks().questions
    }

    /// What was copied, each in base 64.
    pub fn copied(&self) -> &[String] {
        &self.model.callbacks().clipboard
    }
}

impl Pty {
    /// The reader on a terminal of some size that answers status questions.
    pub fn brief(columns: u16, rows: u16) -> Self {
        Self::spawn(brief(), columns, rows, Status::Answered)
    }

    /// A program on a terminal.
    pub fn spawn(command: CommandBuilder, columns: u16, rows: u16, status: Status) -> Self {
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let modes = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        let model = model(columns, rows);
        let output = Mutex::new(Output { bytes: Vec::new(), model, reading: Reading::On });
        let seen = Arc::new(Seen { output, changed: Condvar::new() });
        let (typed, typing) = channel::<Vec<u8>>();
        let mut writer = pair.master.take_writer().unwrap();
        let writing = thread::spawn(move || {
            // A program that has gone takes nothing, which is for the test to see.
            while let Ok(bytes) = typing.recv() {
                let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
            }
        });
        let reader = pair.master.try_clone_reader().unwrap();
        let reading = {
            let (seen, answers) = (Arc::clone(&seen), typed.clone());
            thread::spawn(move || seen.read(reader, &answers, status))
        };
        let (typed, writing, reading) = (Some(typed), Some(writing), Some(reading));
        Self { master: Some(pair.master), typed, writing, child, seen, reading, modes }
    }

    /// Waits until what came out satisfies; `what` names it should it not come.
    #[track_caller]
    pub fn until(&self, what: &str, satisfied: impl Fn(&Output) -> bool) -> &Self {
        let start = Instant::now();
        let mut output = self.seen.output.lock().unwrap();
        while !satisfied(&output) {
            let Some(left) = LIMIT.checked_sub(start.elapsed()) else {
                panic!("{what} never came; the screen:\n{}", output.text());
            };
            output = self.seen.changed.wait_timeout(output, left).unwrap().0;
        }
        drop(output);
        self
    }

    /// Waits until the screen shows these words in one row.
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        self.until(&format!("{words:?}"), |output| output.shows(words))
    }

    /// Looks at what came out so far.
    pub fn look<T>(&self, look: impl FnOnce(&Output) -> T) -> T {
        look(&self.seen.output.lock().unwrap())
    }

    /// The number of the process that has told it in a line, as `pid=7.`.
    pub fn told_pid(&self) -> i32 {
        let said = self.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
        said.split("pid=").filter_map(|rest| rest.split('.').next()?.parse().ok()).next().unwrap()
    }

    /// Types bytes.
    pub fn send(&self, bytes: impl AsRef<[u8]>) -> &Self {
        if let Some(typed) = &self.typed {
            typed.send(bytes.as_ref().to_vec()).unwrap();
        }
        self
    }

    /// How many bytes are ready for the program to read, of those that it has not read.
    pub fn unread(&self) -> u64 {
        let name = self.master.as_ref().and_then(|master| master.tty_name()).unwrap();
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK;
        ioctl_fionread(open(name, flags, Mode::empty()).unwrap()).unwrap()
    }

    /// Types bytes, and waits until something comes out for them.
    #[track_caller]
    pub fn press(&self, bytes: impl AsRef<[u8]>) -> &Self {
        let before = self.look(|output| output.bytes.len());
        self.send(bytes).until("an answer to the key", |output| output.bytes.len() > before)
    }

    /// Gives the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) -> &Self {
        if let Some(master) = &self.master {
            let mut output = self.seen.output.lock().unwrap();
            if columns > 0 && rows > 0 {
                output.model.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
            }
            master.resize(size(columns, rows)).unwrap();
        }
        self
    }

    /// Loses what is on the screen, as a terminal does that is made small and large again.
    pub fn forget(&self) -> &Self {
        let mut output = self.seen.output.lock().unwrap();
        let (rows, columns) = output.screen().size();
        output.model.screen_mut().set_size(NonZeroU16::MIN, NonZeroU16::MIN);
        output.model.screen_mut().set_size(rows, columns);
        drop(output);
        self
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) -> &Self {
        signal_to(self.pid(), signal);
        self
    }

    /// The program's process.
    pub fn pid(&self) -> i32 {
        self.child.process_id().unwrap().try_into().unwrap()
    }

    /// Takes nothing more from the program, as a line that has stalled.
    pub fn freeze(&self) -> &Self {
        self.seen.output.lock().unwrap().reading = Reading::Frozen;
        self
    }

    /// Takes what comes again.
    pub fn thaw(&self) -> &Self {
        self.seen.output.lock().unwrap().reading = Reading::On;
        self.seen.changed.notify_all();
        self
    }

    /// Takes the terminal away, as when a connection is lost. The program must be one that paints after a resize.
    pub fn hang_up(&mut self) {
        self.seen.output.lock().unwrap().reading = Reading::Over;
        self.seen.changed.notify_all();
        // Something must come out for the reading to end.
        self.resize(61, 17);
        self.typed.take();
        for thread in [self.reading.take(), self.writing.take()].into_iter().flatten() {
            thread.join().unwrap();
        }
        self.master.take();
    }

    /// Waits until the program ends.
    pub fn ends(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < LIMIT, "the program does not end; {self:?}");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Whether the program runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Asserts that the terminal is as it was before the program: modes, screen, cursor, mouse, pastes.
    pub fn is_given_back(&self) -> &Self {
        self.until("the terminal given back", |output| {
            let screen = output.screen();
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        if let Some(master) = &self.master {
            assert_eq!(modes(master.as_ref()), self.modes, "the modes of the terminal");
        }
        self
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl fmt::Debug for Pty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.look(|output| writeln!(f, "the screen:\n{}", output.text()))
    }
}

impl Seen {
    fn read(&self, mut reader: Box<dyn Read + Send>, answers: &Sender<Vec<u8>>, status: Status) {
        let mut buffer = [0; 16 * 1024];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            // Where the test has failed already, there is nothing to say.
            let Ok(mut output) = self.output.lock() else { return };
            while output.reading == Reading::Frozen {
                output = self.changed.wait(output).unwrap();
            }
            if output.reading == Reading::Over {
                return;
            }
            let asked = output.questions();
            output.bytes.extend_from_slice(&buffer[..count]);
            output.model.process(&buffer[..count]);
            let asked = output.questions() - asked;
            drop(output);
            self.changed.notify_all();
            if asked > 0 {
                let (answers, answer) = (answers.clone(), "\x1b[0n".repeat(asked).into_bytes());
                match status {
                    Status::Answered => drop(answers.send(answer)),
                    Status::AnsweredLate(after) => drop(thread::spawn(move || {
                        thread::sleep(after);
                        let _ = answers.send(answer);
                    })),
                    Status::Ignored => {}
                }
            }
        }
    }
}

/// The reader with a home of its own and a terminal as most are.
pub fn brief() -> CommandBuilder {
    program(Path::new(env!("CARGO_BIN_EXE_brief")))
}

/// A program with a home of its own and a terminal as most are.
pub fn program(path: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(path);
    command.env_clear();
    for (name, value) in [
        ("PATH", std::env::var("PATH").unwrap_or_default().as_str()),
        ("TERM", "xterm-256color"),
        ("LANG", "C.UTF-8"),
        ("PS1", "$ "),
        ("HOME", env!("CARGO_TARGET_TMPDIR")),
        ("XDG_CONFIG_HOME", "/nowhere"),
        ("XDG_STATE_HOME", state().as_str()),
    ] {
        command.env(name, value);
    }
    command.cwd(env!("CARGO_TARGET_TMPDIR"));
    command
}

/// A folder for what is remembered that no session has used.
fn state() -> String {
    static SESSIONS: AtomicUsize = AtomicUsize::new(0);
    let number = SESSIONS.fetch_add(1, Ordering::Relaxed);
    let folder = format!("{}/state-{}-{number}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    // A process of an earlier run may have had the number.
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Sends a signal to a process.
pub fn signal_to(pid: i32, signal: Signal) {
    kill_process(Pid::from_raw(pid).unwrap(), signal).unwrap();
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn model(columns: u16, rows: u16) -> vt100::Parser<Ears> {
    let known = |cells, usual| NonZeroU16::new(cells).unwrap_or(usual);
    let (rows, columns) = (known(rows, USUAL.1), known(columns, USUAL.0));
    vt100::Parser::new_with_callbacks(rows, columns, 0, Ears::default())
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios())
}
