//! What the terminal does to the reader, and what the reader leaves it with: sessions of the real program.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, hint, process, thread};

use brief::house::House;
use brief::terminal::{Depth, Event, Options, Screen, Terminal};
use portable_pty::CommandBuilder;
use ratatui::layout::Rect;
use ratatui::style::Style;
use rustix::process::Signal;
use rustix::termios::{Action, tcflow};

use crate::pty::{Output, Pty, Status, brief, program, signal_to};
use crate::trace::{calls, log, traced};

/// What the reader's screen shows before any key.
const OPEN: &str = "Plan points";

fn opened(columns: u16, rows: u16) -> Pty {
    let pty = Pty::brief(columns, rows);
    pty.shows(OPEN);
    pty
}

/// An interactive shell; its prompt is `$ `. It may leave the terminal's modes as a stopped program did, so
/// its lines must end in a line feed.
fn shell() -> Pty {
    let mut command = program(Path::new("/bin/sh"));
    command.arg("-i");
    let pty = Pty::spawn(command, 80, 24, Status::Ignored);
    pty.shows("$");
    pty
}

/// A shell that runs one script.
fn script(text: &str) -> CommandBuilder {
    let mut command = program(Path::new("/bin/sh"));
    command.args(["-c", text]);
    command
}

const BRIEF: &str = env!("CARGO_BIN_EXE_brief");

/// A file of one test's own, which is not there yet.
fn note(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// What a program writes into a file, once it has.
fn written(path: &Path) -> String {
    for _ in 0..2000 {
        match fs::read_to_string(path) {
            Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
            Ok(_) | Err(_) => thread::sleep(Duration::from_millis(10)),
        }
    }
    panic!("{} was never written", path.display())
}

#[test]
fn quitting_gives_the_terminal_back() {
    let mut pty = opened(80, 24);
    assert!(pty.look(|output| output.screen().alternate_screen() && output.screen().hide_cursor()));
    pty.send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
    let bytes = pty.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
    let (before, _) = bytes.rsplit_once("\x1b[?1049l").unwrap();
    let (_, undone) = before.rsplit_once("\x1b[r").unwrap();
    assert!(undone.contains("\x1b[J"), "nothing stays on a screen that has no other: {undone:?}");
}

#[test]
fn what_is_typed_is_read_without_asking_for_more() {
    let log = log("keys");
    let mut pty = Pty::spawn(traced(&["-e", "trace=read"], &log), 80, 24, Status::Answered);
    pty.shows(OPEN);
    for key in ["G", "g", "G", "g"] {
        pty.press(key);
    }
    pty.send("q");
    assert!(pty.ends().success());
    let calls = calls(&log);
    let readings: Vec<&String> =
        calls.iter().filter(|call| call.starts_with("read(") && call.contains("/dev/pts/")).collect();
    // An answer of the terminal may stand before the key, and behind it.
    let end = readings.iter().position(|call| call.contains('q')).unwrap();
    assert!(readings[..end].iter().all(|call| !call.contains("EAGAIN")), "{readings:#?}");
}

#[test]
fn nothing_is_asked_of_the_terminal_by_single_keys() {
    let pty = Pty::spawn(brief(), 80, 24, Status::Ignored);
    pty.shows(OPEN);
    for key in ["/", "p", "l", "a", "n"] {
        pty.press(key);
        thread::sleep(Duration::from_millis(250));
    }
    let bytes = pty.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
    for question in ["\x1b[5n", "\x1b[6n", "\x1b[c", "\x1b[0c", "\x1b[?u", "\x1b]10;?", "\x1b]11;?", "\x1bP"]
    {
        assert!(!bytes.contains(question), "{question:?} in {bytes:?}");
    }
}

#[test]
fn every_deadly_signal_gives_the_terminal_back_and_kills() {
    for signal in [
        Signal::HUP,
        Signal::INT,
        Signal::QUIT,
        Signal::TERM,
        Signal::ABORT,
        Signal::ALARM,
        Signal::USR1,
        Signal::USR2,
        Signal::IO,
        Signal::TRAP,
        Signal::XCPU,
        Signal::PROF,
        Signal::SYS,
        Signal::VTALARM,
    ] {
        let mut pty = opened(80, 24);
        pty.signal(signal);
        let end = pty.ends();
        let code = 128 + signal.as_raw().cast_unsigned();
        assert!(end.signal().is_some() || end.exit_code() == code, "{signal:?}");
        pty.is_given_back();
    }
}

#[test]
fn a_limit_on_the_size_of_files_is_no_end() {
    let mut pty = Pty::spawn(script(&format!("ulimit -f 0; exec {BRIEF}")), 80, 24, Status::Answered);
    pty.shows(OPEN).send("r").shows("cannot be kept").send("Q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn an_abort_may_come_to_any_thread() {
    for name in ["brief", "signals"] {
        let mut pty = opened(80, 24);
        let threads =
            fs::read_dir(format!("/proc/{}/task", pty.pid())).unwrap().map(|thread| thread.unwrap().path());
        let thread = threads
            .filter(|thread| fs::read_to_string(thread.join("comm")).unwrap().trim() == name)
            .find_map(|thread| thread.file_name()?.to_str()?.parse().ok())
            .unwrap();
        // The kernel prefers the thread that is named.
        signal_to(thread, Signal::ABORT);
        assert!(pty.ends().signal().is_some(), "{name}");
        pty.is_given_back();
    }
}

#[test]
fn a_signal_also_ends_a_reader_whose_line_is_frozen() {
    for signal in [Signal::HUP, Signal::TERM] {
        let mut pty = Pty::spawn(brief(), 200, 60, Status::Ignored);
        pty.shows(OPEN).freeze();
        // Repaints, until the line takes no more of them.
        for _ in 0..300 {
            pty.send("\x0c");
            thread::sleep(Duration::from_millis(1));
        }
        assert!(pty.runs());
        pty.signal(signal);
        assert!(pty.ends().signal().is_some(), "{signal:?}");
        pty.thaw().is_given_back();
    }
}

/// What comes out of a shell's next program where a reader was ended that had not read all that was typed.
fn left_behind() -> String {
    let run = format!("sh -c 'echo pid=$$.; exec {BRIEF}'; echo over; exec cat");
    let pty = Pty::spawn(script(&run), 80, 24, Status::Ignored);
    let said = |output: &Output| String::from_utf8_lossy(&output.bytes).into_owned();
    let before = pty.shows(OPEN).look(said);
    let pid = pty.told_pid();
    signal_to(pid, Signal::STOP);
    // It goes to the system in one write, which has it ready four thousand bytes at a time.
    pty.send("rest\n".repeat(8_000));
    while pty.unread() < 4_000 {
        thread::sleep(Duration::from_millis(1));
    }
    signal_to(pid, Signal::TERM);
    signal_to(pid, Signal::CONT);
    pty.until("the next program", |output| said(output).contains("over\r\n"));
    pty.send("end\n").until("the end", |output| said(output).contains("end\r\n"));
    pty.look(said).split_off(before.len())
}

#[test]
fn much_that_was_typed_is_not_left_for_the_shell() {
    // On a busy machine the system may be late with some of it, but hardly ever time and again.
    let much = |said: &String| said.contains("rest");
    let left: Vec<usize> = (0..10).map(|_| left_behind()).take_while(much).map(|said| said.len()).collect();
    assert!(left.len() < 10, "so many bytes were left each time: {left:?}");
}

/// What comes out of a shell's next program where a reader is left while an answer of the terminal is on the way, the
/// first or another.
fn left_by(warm: bool) -> String {
    let late = Status::AnsweredLate(Duration::from_millis(700));
    let pty = Pty::spawn(script(&format!("{BRIEF}; echo over; exec cat")), 120, 40, late);
    let said = |output: &Output| String::from_utf8_lossy(&output.bytes).into_owned();
    let before = pty.shows(OPEN).look(said);
    let ask = |asked| {
        while pty.look(|output| output.questions() <= asked) {
            pty.send("j");
            thread::sleep(Duration::from_millis(10));
        }
    };
    ask(0);
    if warm {
        thread::sleep(Duration::from_millis(1000));
        ask(pty.look(Output::questions));
    }
    pty.send("Q").until("the next program", |output| said(output).contains("over\r\n"));
    thread::sleep(Duration::from_millis(800));
    pty.send("end\n").until("the end", |output| said(output).contains("end\r\n"));
    pty.look(said).split_off(before.len())
}

#[test]
fn an_answer_of_the_terminal_is_not_left_for_the_shell() {
    for warm in [false, true] {
        let said = left_by(warm);
        assert!(!said.contains("0n"), "{said:?}");
    }
}

#[test]
fn a_terminal_that_was_told_to_stop_is_given_back_too() {
    let mut pty = opened(80, 24);
    let terminal = fs::File::open(format!("/proc/{}/fd/1", pty.pid())).unwrap();
    tcflow(&terminal, Action::OOff).unwrap();
    pty.signal(Signal::TERM);
    assert!(pty.ends().signal().is_some());
    pty.is_given_back();
}

#[test]
fn a_lost_terminal_ends_the_reader_though_sighup_is_ignored() {
    let path = note("lost-terminal");
    for _ in 0..5 {
        let _ = fs::remove_file(&path);
        let command = script(&format!("trap '' HUP; {BRIEF}; echo $? > {}", path.display()));
        let mut pty = Pty::spawn(command, 80, 24, Status::Answered);
        pty.shows(OPEN);
        pty.hang_up();
        assert_eq!(written(&path), "129", "as of SIGHUP, whoever saw it first");
    }
}

#[test]
fn a_reader_is_stopped_by_key_and_by_signal_and_goes_on() {
    let pty = shell();
    pty.send(format!("sh -c 'echo pid=$$.; exec {BRIEF}'\n"));
    pty.until("the reader", |output| output.screen().alternate_screen() && output.shows(OPEN));
    let pid = pty.told_pid();

    for (stops, stop) in (1..).zip(["key", "page", "SIGTSTP", "SIGSTOP"]) {
        match stop {
            "key" => drop(pty.send("\x1a")),
            "page" => drop(pty.send("pq").shows("Press a key to go back").send("\x1a")),
            "SIGTSTP" => signal_to(pid, Signal::TSTP),
            _ => signal_to(pid, Signal::STOP),
        }
        // Nobody is told of SIGSTOP but the shell, which says so on our screen.
        pty.until("the shell's word", |output| {
            let text = String::from_utf8_lossy(&output.bytes);
            text.split("topped").nth(stops).is_some_and(|rest| rest.contains("$ "))
        });
        if stop != "SIGSTOP" {
            assert!(pty.look(|output| !output.screen().alternate_screen() && !output.screen().hide_cursor()));
            pty.send(format!("echo {stop}=$((6*7))\n")).shows(&format!("{stop}=42"));
        }
        pty.send("fg\n").until("the reader again", |output| {
            let screen = output.screen();
            screen.alternate_screen() && screen.hide_cursor() && output.shows(OPEN) && !output.shows("topped")
        });
    }
    pty.send("q").until("the prompt", |output| output.bytes.ends_with(b"$ "));
    assert!(pty.look(|output| !output.screen().alternate_screen()));
    pty.send("echo end=$((6*7))\n").shows("end=42");
}

#[test]
fn a_stop_that_nobody_could_undo_is_ignored() {
    // The reader leads its session here: no shell is there to let it go on.
    let mut pty = opened(80, 24);
    let before = pty.look(Output::text);
    pty.signal(Signal::TSTP).send("/").until("the prompt", |output| output.text() != before);
    // The Esc has been taken for one before anything follows it.
    pty.send("\x1b").until("the panes", |output| output.text() == before);
    pty.signal(Signal::TSTP).send("q");
    assert!(pty.ends().success());
    pty.is_given_back();

    // Here a shell leads it that knows no jobs.
    let mut pty = Pty::spawn(script(&format!("{BRIEF}; exit $?")), 80, 24, Status::Answered);
    let taken = |output: &Output| output.bytes.windows(8).filter(|bytes| bytes == b"\x1b[?1049h").count();
    // What is typed before the reader goes on is dropped with the rest of a paste.
    pty.shows(OPEN).send("\x1a").until("the screen taken again", |output| taken(output) == 2);
    pty.shows(OPEN).send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn keys_come_back_after_anything() {
    let noise: Vec<u8> = (0..256 * 1024_u32)
        .scan(1_u32, |state, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Anything but what quits.
            Some((*state >> 24) as u8).map(|byte| if b"qQ:".contains(&byte) { b'x' } else { byte })
        })
        .collect();
    let paste = [&b"\x1b[200~"[..], &vec![b'x'; 2 << 20], b"\x1b[201~"].concat();
    let endless = [&b"\x1b[200~"[..], &vec![b'y'; 300_000]].concat();
    let unmarked = |prompt: &str| format!("{prompt}{}", "so we wait ".repeat(6_000)).into_bytes();
    let (search, choice, command) = (unmarked("/"), unmarked("t"), unmarked(":"));
    for (what, bytes) in [
        ("noise", &noise[..]),
        ("a long paste", &paste),
        ("a paste without end", &endless),
        ("a paste without marks into a search", &search),
        ("a paste without marks into a choice", &choice),
        ("a paste without marks into a command", &command),
        ("a cut-off paste mark", b"\x1b[200~"),
        ("a cut-off mouse report", b"\x1b[<"),
        ("a cut-off answer", b"\x1b[?"),
        ("a cut-off string", b"\x1b]0;"),
        ("half a letter", b"\xe2\x80"),
    ] {
        let mut pty = Pty::spawn(brief(), 80, 24, Status::Ignored);
        pty.shows(OPEN).send(bytes);
        // As a person would, again and again until it is gone; each Esc and q undoes one thing at the most.
        for _ in 0..600 {
            if !pty.runs() {
                break;
            }
            pty.send("\x1b");
            thread::sleep(Duration::from_millis(60));
            pty.send("q");
            thread::sleep(Duration::from_millis(20));
        }
        assert!(!pty.runs(), "{what}");
        pty.is_given_back();
    }
}

#[test]
fn a_paste_outside_the_prompt_does_nothing() {
    let mut pty = opened(80, 24);
    let before = pty.look(Output::text);
    pty.send("\x1b[200~q\rjq\x1b[201~").press("/").press("\x1b");
    pty.until("the screen as it was", |output| output.text() == before);
    pty.send("q");
    assert!(pty.ends().success());
}

#[test]
fn the_reader_lives_at_every_size() {
    let mut pty = opened(80, 24);
    let before = pty.look(Output::text);
    for (columns, rows) in [(1, 1), (0, 0), (500, 2), (2, 200), (40, 12), (1000, 1000), (7, 3)] {
        pty.resize(columns, rows);
    }
    for n in 0..300 {
        pty.resize(20 + n % 60, 5 + n % 20);
    }
    pty.resize(80, 24).until("the first screen", |output| output.text() == before);
    pty.send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn a_terminal_that_was_another_size_meanwhile_is_painted_anew() {
    let pty = opened(80, 24);
    let before = pty.look(Output::text);
    // By the time that the reader hears of it, the terminal is as large again as it was.
    pty.forget().signal(Signal::WINCH).until("the first screen", |output| output.text() == before);
}

#[test]
fn without_colour_none_is_sent_unless_it_is_asked_for() {
    for (args, colours) in
        [(&[][..], false), (&["--color", "never"][..], false), (&["--color", "always"][..], true)]
    {
        let mut command = brief();
        command.env("NO_COLOR", "1");
        command.args(args);
        let pty = Pty::spawn(command, 80, 24, Status::Answered);
        pty.shows(OPEN).press("j").press("/").press("\x1b");
        let is_coloured = |cell: &vt100::Cell| {
            [cell.fgcolor(), cell.bgcolor()].iter().any(|colour| *colour != vt100::Color::Default)
        };
        let coloured = pty.look(|output| {
            let cells =
                (0..24).flat_map(|row| (0..80).filter_map(move |column| output.screen().cell(row, column)));
            cells.filter(|cell| is_coloured(cell)).count()
        });
        assert_eq!(coloured > 0, colours, "{args:?}: {coloured} cells");
    }
}

#[test]
fn plain_text_is_bold_where_it_matters_on_a_terminal_that_has_colours() {
    let cases = [
        (&["--plain"][..], "", true),
        (&["timeline", "--plain"], "", true),
        (&["--plain", "--color", "never"], "", false),
        (&["--plain"], "1", false),
        (&["--plain", "--color", "always"], "1", true),
    ];
    for (args, no_color, bold) in cases {
        let mut command = brief();
        command.env("NO_COLOR", no_color);
        command.args(args);
        let mut pty = Pty::spawn(command, 80, 24, Status::Ignored);
        assert_eq!(pty.ends().exit_code(), 0, "{args:?}");
        pty.until("a word", |output| !output.bytes.is_empty());
        let styled = pty.look(|output| output.bytes.windows(4).any(|bytes| bytes == b"\x1b[1m"));
        assert_eq!(styled, bold, "{args:?} with NO_COLOR={no_color}");
    }
}

#[test]
fn a_terminal_that_shows_no_screen_gets_no_escape() {
    for term in [None, Some(""), Some("dumb")] {
        let mut command = brief();
        match term {
            Some(term) => command.env("TERM", term),
            None => command.env_remove("TERM"),
        }
        let mut pty = Pty::spawn(command, 80, 24, Status::Ignored);
        let status = pty.ends();
        assert!(matches!(status.exit_code(), 0 | 2), "{status}");
        pty.until("a word", |output| !output.bytes.is_empty());
        assert!(pty.look(|output| !output.bytes.contains(&0x1b)), "TERM={term:?}: {pty:?}");
    }
}

#[test]
fn each_kind_of_terminal_gets_the_colours_that_it_has() {
    for (term, colours) in [
        ("vt100", 0),
        ("linux", 16),
        ("screen", 16),
        ("tmux-256color", 256),
        ("xterm-256color", 256),
        ("xterm-direct", 1 << 24),
        ("a-terminal-that-nobody-knows", 16),
    ] {
        let mut command = brief();
        command.env("TERM", term);
        let mut pty = Pty::spawn(command, 80, 24, Status::Answered);
        pty.shows(OPEN).press("j").send(":theme dark\r").send("/the").shows("the");
        pty.send("\x03").send("Q");
        assert!(pty.ends().success(), "{term}");
        pty.is_given_back();
        let sent = pty.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
        let looks = sent.split("\x1b[").filter_map(|rest| rest.split_once('m')).map(|(look, _)| look);
        let looks: Vec<Vec<u32>> = looks
            .filter_map(|look| look.split(';').map(|code| format!("0{code}").parse().ok()).collect())
            .collect();
        let most = looks.iter().flat_map(|look| look.windows(2)).map(|pair| match pair {
            [38 | 48, 2] => 1 << 24,
            [38 | 48, 5] => 256,
            _ => 16,
        });
        let coloured = looks.iter().flatten().any(|code| matches!(code, 30..=49 | 90..=107));
        assert_eq!(coloured, colours > 0, "{term}");
        assert!(most.max().unwrap_or(0) <= colours.max(16), "{term}");
    }
}

#[test]
fn the_reader_opens_at_any_size() {
    for (columns, rows) in [(0, 0), (1, 1), (1, 1000), (1000, 1), (2, 2), (1000, 1000)] {
        let mut pty = Pty::spawn(brief(), columns, rows, Status::Answered);
        pty.send("jk").resize(80, 24).shows(OPEN).send("q");
        assert!(pty.ends().success(), "{columns}x{rows}");
        pty.is_given_back();
    }
}

#[test]
fn a_terminal_that_tells_no_size_is_as_large_as_most_until_it_does() {
    for (columns, rows) in [(0, 0), (80, 0), (0, 24)] {
        let pty = Pty::spawn(brief(), columns, rows, Status::Answered);
        pty.shows(OPEN).shows("all keys").resize(120, 36).shows("Source").shows("Reactions");
    }
}

#[test]
fn standard_input_and_error_may_be_anything() {
    for streams in
        ["</dev/null", "<&-", "</dev/zero", "2>&-", "2>/dev/full", "<&- 2>&-", "</dev/null 2>/dev/null"]
    {
        let mut pty = Pty::spawn(script(&format!("exec {BRIEF} {streams}")), 80, 24, Status::Answered);
        pty.shows(OPEN).press("j").send("q");
        assert!(pty.ends().success(), "{streams}");
        pty.is_given_back();
    }
    let mut pty = Pty::spawn(script(&format!("yes q | {BRIEF}")), 80, 24, Status::Answered);
    pty.shows(OPEN).send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn a_terminal_that_cannot_be_opened_is_used_as_it_is_and_left_so() {
    let nameless = traced(&["-e", "inject=readlink,readlinkat:error=EACCES"], &log("nameless"));
    let words = nameless.get_argv().iter().map(|word| format!("'{}'", word.display()));
    let reader = words.collect::<Vec<_>>().join(" ");
    let flags = "grep flags /proc/self/fdinfo/0";
    // A session of its own has no controlling terminal, as behind `su -c`.
    let mut pty =
        Pty::spawn(script(&format!("{flags}; setsid -w {reader}; {flags}")), 80, 24, Status::Answered);
    pty.shows(OPEN).press("j").send("q");
    assert!(pty.ends().success());
    pty.is_given_back().until("the flags", |output| output.text().matches("flags").count() == 2);
    let rows = pty.look(Output::text);
    let found: Vec<&str> = rows.lines().filter(|row| row.contains("flags")).collect();
    assert_eq!(found[0], found[1]);
}

#[test]
fn keys_come_from_where_the_screen_is_where_there_is_no_other_terminal() {
    let mut pty = Pty::spawn(script(&format!("yes q | setsid -w {BRIEF}")), 80, 24, Status::Answered);
    pty.shows(OPEN).press("j").send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn storms_of_signals_pass() {
    let mut pty = opened(80, 24);
    let before = pty.look(Output::text);
    for _ in 0..2000 {
        pty.signal(Signal::WINCH);
    }
    for _ in 0..50 {
        pty.signal(Signal::STOP).signal(Signal::CONT).signal(Signal::TSTP).signal(Signal::CONT);
    }
    pty.press("\x0c").until("the screen as it was", |output| output.text() == before);
    pty.send("q");
    assert!(pty.ends().success());
    pty.is_given_back();
}

/// Set where a test is itself the program on a terminal.
const PLAYS: &str = "BRIEF_TEST_PLAYS";

/// The terminal taken and drawn on, where this test is the program that does so.
fn played() -> Option<Screen> {
    std::env::var_os(PLAYS)?;
    let terminal = Terminal::find(House::Own).unwrap();
    let mut screen = terminal.take(Options { mouse: true, depth: Depth::Mono }).unwrap();
    let drawn = screen.draw(Rect::ZERO, |buffer| {
        buffer.set_string(0, 0, "all is well", Style::new());
        None
    });
    drawn.unwrap();
    Some(screen)
}

/// A test of this module as the program on a terminal.
fn play(test: &str, (name, value): (&str, &str)) -> Pty {
    let mut command = program(&std::env::current_exe().unwrap());
    command.args(["--exact", &format!("terminal::{test}"), "--nocapture"]);
    command.env(PLAYS, "1");
    command.env(name, value);
    Pty::spawn(command, 80, 24, Status::Answered)
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    for thread in ["that draws", "beside"] {
        let kept = note("kept-by-a-panic");
        if let Some(screen) = played() {
            screen.on_end(move || fs::write(kept, "kept\n").unwrap());
            if std::env::var("THREAD").unwrap() == "beside" {
                let _ = thread::spawn(|| panic!("words that must be read")).join();
                return;
            }
            panic!("words that must be read");
        }
        let mut pty = play("a_panic_gives_the_terminal_back_and_can_be_read", ("THREAD", thread));
        assert_eq!(pty.ends().exit_code(), 101, "the thread {thread}");
        pty.shows("words that must be read").is_given_back();
        let said = pty.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
        let (screen, after) = said.rsplit_once("\x1b[?1049l").unwrap();
        assert!(screen.contains("all is well") && !screen.contains("must be read"), "{said}");
        assert!(after.contains("words that must be read"), "{said}");
        assert_eq!(written(&kept), "kept", "the thread {thread}");
    }
}

/// Goes deeper until there is no stack.
fn deeper(depth: u64) -> u64 {
    if hint::black_box(depth) == u64::MAX { 0 } else { deeper(depth + 1) + hint::black_box(1) }
}

#[test]
fn an_abort_gives_the_terminal_back() {
    let causes: [(&str, fn()); 3] = [
        ("abort", || process::abort()),
        ("no memory", || drop(hint::black_box(Vec::<u8>::with_capacity(isize::MAX.unsigned_abs())))),
        ("no stack", || assert!(deeper(0) > 0)),
    ];
    if let Some(_screen) = played() {
        let asked = std::env::var("CAUSE").unwrap();
        causes.iter().filter(|(cause, _)| asked == *cause).for_each(|(_, abort)| abort());
        return;
    }
    for (cause, _) in causes {
        let mut pty = play("an_abort_gives_the_terminal_back", ("CAUSE", cause));
        assert!(pty.ends().signal().is_some_and(|signal| signal.contains("Abort")), "{cause}");
        pty.is_given_back();
    }
}

#[test]
fn a_reader_that_goes_on_and_ends_before_it_paints_leaves_its_screen_too() {
    if let Some(mut screen) = played() {
        signal_to(std::process::id().cast_signed(), Signal::CONT);
        while !screen.events().unwrap().contains(&Event::Resumed) {}
        return;
    }
    let mut pty =
        play("a_reader_that_goes_on_and_ends_before_it_paints_leaves_its_screen_too", ("CAUSE", ""));
    assert!(pty.ends().success());
    pty.is_given_back();
}

#[test]
fn keys_faster_than_the_line_make_the_reader_wait_for_the_terminal() {
    // Keys one after the other, each as soon as its frame has come.
    let down = |status| {
        let pty = Pty::spawn(brief(), 120, 36, status);
        pty.shows(OPEN);
        for _ in 0..24 {
            pty.press("j");
        }
        pty.look(|output| output.questions())
    };
    assert!(down(Status::Answered) > 1, "a terminal that answers is asked again and again");
    assert_eq!(down(Status::Ignored), 1, "one that does not is asked once");
}

#[test]
fn what_is_copied_goes_to_the_terminals_clipboard() {
    let pty = opened(120, 36);
    pty.send("yq").until("a copy", |output| !output.copied().is_empty());
}
