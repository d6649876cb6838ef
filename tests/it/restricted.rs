//! A guest reads, and every way out is shut: by key, by name, by argument, by environment, by link, by signal.

use crate::folders::FERRY;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use brief::house::House;
use brief::keys::{Keymap, Room};
use brief::update::{Session, begin};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use tempfile::tempdir;

use crate::desk::{Desk, ferry};
use crate::pty::{Pty, Status, program, signal_to};
use crate::trace::{calls, log, traced};

const BRIEF: &str = env!("CARGO_BIN_EXE_brief");
const OPEN: &str = "Plan points";

/// Out of whatever is open: no Esc stands before a key that would make another key of both.
const LEAVE: &str = "\x1b\x0c\x1b\x0c\x1b\x0c";

/// Variables that lead a program out, each to what would leave a trace.
fn lure(command: &mut CommandBuilder, home: &Path) {
    let trap = home.join("trap");
    fs::create_dir_all(home.join("wishes/brief")).unwrap();
    fs::write(home.join("wishes/brief/config.toml"), "[keys]\ndown = [\"J\"]\n").unwrap();
    fs::write(&trap, "#!/bin/sh\ntouch caught\n").unwrap();
    for name in ["EDITOR", "VISUAL", "BROWSER", "PAGER", "LESSOPEN", "SHELL", "BRIEF_EDITOR"] {
        command.env(name, format!("/bin/sh {}", trap.display()));
    }
    for name in ["BRIEF_PATH", "BRIEF_LIBRARY", "BRIEF_CONFIG", "XDG_DATA_HOME", "XDG_DATA_DIRS"] {
        command.env(name, home);
    }
    command.env("SSH_ORIGINAL_COMMAND", "check; touch caught");
    command.env("XDG_CONFIG_HOME", home.join("wishes"));
    command.env("XDG_STATE_HOME", home.join("elsewhere"));
    command.env("HOME", home.join("home"));
    command.cwd(home);
}

#[test]
fn what_leads_out_is_neither_bound_nor_named() {
    let own = Keymap::default();
    let guest = Keymap::default().within(House::Restricted);
    let out = |map: &Keymap| -> Vec<&str> {
        let all = Room::ALL.iter().flat_map(|&room| map.of(room));
        all.filter(|row| row.binding.action.leads_out()).map(|row| row.binding.action.name()).collect()
    };
    assert!(!out(&own).is_empty());
    assert_eq!(out(&guest), [""; 0]);
    assert_eq!(Keymap::default().within(House::Own), own);
}

#[test]
fn a_guest_is_not_told_of_what_only_the_house_can_do() {
    for (house, told) in [(House::Own, true), (House::Restricted, false)] {
        let mut desk = Desk::new(ferry(), 120, 36);
        begin(&mut desk.app, Session { keys: Keymap::default().within(house), ..Session::default() });
        let shown = desk.press("B").text();
        assert!(shown.contains("There is no other briefing"), "{shown}");
        assert_eq!(shown.contains("--library"), told, "{shown}");
    }
}

#[test]
fn no_command_is_obeyed() {
    let home = tempdir().unwrap();
    let home = home.path();
    let mut tried = 0;
    for command in brief::cli::command().get_subcommands().filter(|command| command.get_name() != "help") {
        // Enough for those that take something.
        for rest in [&[][..], &["md"], &["bash"], &["cards"], &["md", "md"]] {
            let mut run = Command::new(BRIEF);
            run.env_clear().current_dir(home).stdin(Stdio::null());
            let output = run.args(["--restricted", command.get_name()]).args(rest).output().unwrap();
            assert_eq!(output.status.code(), Some(2), "{} {rest:?}", command.get_name());
            assert!(output.stdout.is_empty(), "{} {rest:?}", command.get_name());
            tried += usize::from(String::from_utf8_lossy(&output.stderr).contains("obeys no command"));
        }
    }
    assert!(tried >= brief::cli::command().get_subcommands().count() - 1, "{tried} were understood");
    assert_eq!(fs::read_dir(home).unwrap().count(), 0, "something was written");
}

#[test]
fn nothing_is_run_and_nothing_read_or_written_outside_the_library() {
    let home = tempdir().unwrap();
    let home = home.path();
    let log = log("restricted");
    let what = "trace=%file,%process,%network,openat,open,memfd_create,kill,tgkill,tkill";
    let mut command = traced(&["-e", what], &log);
    command.args(["--restricted", "--no-state", "--library", FERRY]);
    lure(&mut command, home);
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.shows(OPEN);
    // Every key and every pair that begins with one that waits for another, from every pane.
    for pane in b"1245" {
        for key in (1..=26).chain(0x20..0x7f).filter(|key| !b"\x03qQ".contains(key)) {
            pty.send([*pane, key]).send(LEAVE);
        }
    }
    for name in Keymap::default().rows().iter().map(|row| row.binding.action.name()) {
        if !["quit", "quit-now"].contains(&name) {
            pty.send(format!(":{name} x\r{LEAVE}:{name}\r{LEAVE}"));
        }
    }
    for words in ["!touch caught", "edit /etc/passwd", "library /", "write caught", "suspend"] {
        pty.send(format!(":{words}\r{LEAVE}"));
    }
    // A page that waits for a key of its own takes the first of these.
    while pty.runs() {
        pty.send(LEAVE).send("Q");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(pty.ends().success(), "{pty:?}");

    let system = ["/etc/ld.so", "/lib", "/usr/lib", "/proc/self/", "/sys/", "/dev/tty", "/dev/pts/"];
    for call in calls(&log) {
        let (name, arguments) = call.split_once('(').unwrap_or((&call, ""));
        let refused = call.contains(" = -1 ");
        match name {
            "execve" => assert!(arguments.starts_with(&format!("\"{BRIEF}\"")), "{call}"),
            "open" | "openat" if refused => {}
            "open" | "openat" => {
                assert!(!call.contains("O_CREAT") && !call.contains("O_TRUNC"), "{call}");
                let named: Vec<&str> = arguments.split('"').collect();
                let path = named.get(1).copied().unwrap_or_default();
                let inside = path.starts_with(FERRY) || call.contains(&format!("<{FERRY}"));
                assert!(inside || system.iter().any(|start| path.starts_with(start)), "{call}");
            }
            "unlink" | "unlinkat" | "rename" | "renameat" | "renameat2" | "mkdir" | "mkdirat" | "link"
            | "linkat" | "symlink" | "symlinkat" | "chmod" | "fchmodat" | "truncate" | "mknod"
            | "mknodat" | "socket" | "connect" | "bind" | "fork" | "vfork" | "kill" | "memfd_create" => {
                panic!("{call}")
            }
            _ => {}
        }
    }
    assert!(!home.join("caught").exists() && !home.join("home").exists() && !home.join("elsewhere").exists());
}

#[test]
fn the_state_lies_where_the_account_has_it() {
    let home = tempdir().unwrap();
    let home = home.path();
    let mut command = program(Path::new(BRIEF));
    command.args(["--restricted", "--library", FERRY]);
    lure(&mut command, home);
    let mut pty = Pty::spawn(command, 80, 24, Status::Answered);
    pty.shows(OPEN).press("r");
    pty.send("Q");
    assert!(pty.ends().success());
    assert!(home.join("home/.local/state/brief").is_dir());
    assert!(!home.join("elsewhere").exists());
}

#[test]
fn links_in_the_library_lead_nowhere() {
    let home = tempdir().unwrap();
    let home = home.path();
    let library = home.join("library");
    for part in ["briefings/ferry", "seeds"] {
        fs::create_dir_all(library.join(part)).unwrap();
    }
    fs::write(home.join("secret.txt"), "the secret of the house").unwrap();
    fs::write(home.join("secret.toml"), "schema = 1\ntitle = \"the secret of the house\"\n").unwrap();
    symlink(home.join("secret.txt"), library.join("seeds/link.txt")).unwrap();
    symlink(home.join("secret.toml"), library.join("briefings/ferry/more.toml")).unwrap();
    symlink(home, library.join("seeds/up")).unwrap();
    let briefing = "schema = 1\ntitle = \"Ferry\"\nas_of = \"2024-05-10\"\n\
        [[source]]\nid = \"a\"\nfile = \"link.txt\"\n\
        [[source]]\nid = \"b\"\nfile = \"up/secret.txt\"\n\
        [[source]]\nid = \"c\"\nfile = \"../../secret.txt\"\n";
    fs::write(library.join("briefings/ferry/briefing.toml"), briefing).unwrap();
    let mut command = program(Path::new(BRIEF));
    command.args(["--restricted", "--no-state", "--library"]);
    command.arg(&library);
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.until("a screen", |output| output.screen().alternate_screen() && !output.text().is_empty());
    for keys in ["!", "\x1b", "S", "\r", "\x1b", "5"] {
        pty.send(keys).press("\x0c");
    }
    pty.send("\x1b").press("\x0c");
    pty.send("Q");
    assert!(pty.ends().success());
    assert!(pty.look(|output| !String::from_utf8_lossy(&output.bytes).contains("secret of the house")));
}

#[test]
fn a_guest_cannot_be_stopped() {
    // Under a shell that could let it go on: only the house is against it.
    let mut shell = program(Path::new("/bin/sh"));
    shell.arg("-i");
    let pty = Pty::spawn(shell, 80, 24, Status::Ignored);
    pty.shows("$").send(format!("sh -c 'echo pid=$$.; exec {BRIEF} --restricted --no-state'\n"));
    pty.until("the reader", |output| output.screen().alternate_screen() && output.shows(OPEN));
    let pid = pty.told_pid();
    pty.send("\x1a");
    signal_to(pid, Signal::TSTP);
    pty.press("/").send("\x1b").send("\x0c");
    pty.until("the reader still", |output| output.screen().alternate_screen() && output.shows(OPEN));
    pty.send("Q").until("the prompt", |output| !output.screen().alternate_screen() && output.shows("$"));
    assert!(pty.look(|output| !String::from_utf8_lossy(&output.bytes).contains("topped")));
}
