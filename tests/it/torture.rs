//! Each call to the system is made to fail in turn, once, and for good where it is the disk's: no panic,
//! nothing lost, the terminal given back.
//!
//! A session is traced once to learn its calls, and run again for each of them with that one failing.
//! Without more, so many as take some seconds, evenly chosen; all of them, some minutes long, with
//! `BRIEF_TORTURE=1 cargo test --test it -- torture`.

use crate::folders::FERRY;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use brief::memory::Memory;

use crate::pty::{Pty, Status};
use crate::trace::traced;

const OPEN: &str = "Plan points";
/// So many sessions where nobody asks for all of them.
const SOME: usize = 48;

/// What can fail, and how. Memory is not among it: without any, Rust ends the process.
const FAULTS: [(&str, &[&str]); 27] = [
    ("openat", &["EMFILE", "EACCES"]),
    ("read", &["EIO", "EINTR"]),
    ("write", &["EIO", "ENOSPC"]),
    ("poll", &["ENOMEM", "EINTR"]),
    ("ppoll", &["ENOMEM", "EINTR"]),
    ("ioctl", &["EIO"]),
    ("fstat", &["EIO"]),
    ("newfstatat", &["EIO"]),
    ("statx", &["EIO"]),
    ("readlink", &["EACCES"]),
    ("getdents64", &["EIO"]),
    ("mkdir", &["ENOSPC"]),
    ("flock", &["ENOLCK"]),
    ("fsync", &["EIO"]),
    ("rename", &["EIO"]),
    ("renameat2", &["EIO"]),
    ("unlink", &["EIO"]),
    ("close", &["EIO"]),
    ("fcntl", &["EINVAL"]),
    ("lseek", &["EINVAL"]),
    ("socketpair", &["EMFILE"]),
    ("sendto", &["EPIPE"]),
    ("recvfrom", &["EIO"]),
    ("rt_sigaction", &["EINVAL"]),
    ("clone3", &["EAGAIN"]),
    ("getsid", &["EPERM"]),
    ("getpid", &["EPERM"]),
];

/// What can also fail from some moment on: the disk, and nothing that the terminal is given back with.
const FOR_GOOD: [&str; 9] =
    ["openat", "fstat", "newfstatat", "getdents64", "mkdir", "flock", "fsync", "rename", "unlink"];

/// A call of the session: its name, and which one of its thread's it is, from 1.
type Call = (String, usize);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("torture")
}

/// What a session left behind.
struct Left {
    code: u32,
    signal: Option<String>,
    said: String,
    memory: Option<Memory>,
    typed: bool,
}

/// Runs the session with a state of its own, under strace with some options.
fn session(options: &[&str], name: &str, log: &Path) -> Left {
    let state = folder().join(name);
    let _ = fs::remove_dir_all(&state);
    fs::create_dir_all(state.join("brief")).unwrap();
    for entry in fs::read_dir(folder().join("before/brief")).into_iter().flatten() {
        let path = entry.unwrap().path();
        fs::copy(&path, state.join("brief").join(path.file_name().unwrap())).unwrap();
    }
    let mut command = traced(options, log);
    command.args(["--library", FERRY]);
    command.env("XDG_STATE_HOME", &state);
    let mut pty = Pty::spawn(command, 80, 24, Status::Answered);
    let start = Instant::now();
    let patient = || start.elapsed() < Duration::from_secs(20);
    while pty.runs() && patient() && !pty.look(|output| output.shows(OPEN)) {
        thread::sleep(Duration::from_millis(2));
    }
    let typed = pty.runs();
    pty.send("jmbr]yy");
    while pty.runs() && patient() {
        pty.send("Q");
        thread::sleep(Duration::from_millis(20));
    }
    let status = pty.ends();
    pty.is_given_back();
    let memories = fs::read_dir(state.join("brief")).unwrap().map(|entry| entry.unwrap().path());
    let mut memories = memories.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let memory = memories.next().map(|path| {
        let text = fs::read_to_string(path).unwrap();
        Memory::from_toml(&text).unwrap_or_else(|fault| panic!("{name}: {fault:?} in {text}"))
    });
    let said = pty.look(|output| String::from_utf8_lossy(&output.bytes).into_owned());
    let _ = fs::remove_dir_all(&state);
    Left { code: status.exit_code(), signal: status.signal().map(str::to_owned), said, memory, typed }
}

/// The calls of a traced session that can fail, but for those of the loader and of Rust's start.
fn calls(log: &Path) -> BTreeSet<Call> {
    let text = String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut calls = BTreeSet::new();
    let mut begun = false;
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        let count = counts.entry((thread.to_owned(), name.to_owned())).or_default();
        *count += 1;
        // The first thing that the program itself does.
        begun |= line.contains("config.toml");
        if begun && FAULTS.iter().any(|(fault, _)| *fault == name) {
            calls.insert((name.to_owned(), *count));
        }
    }
    calls
}

#[test]
fn whatever_call_fails_nothing_is_lost() {
    let _ = fs::remove_dir_all(folder());
    fs::create_dir_all(folder()).unwrap();
    let log = |name: &str| folder().join(format!("{name}.log"));

    // A mark made in an earlier session must outlive all of this.
    let mut command = traced(&["-e", "trace=none"], &log("before"));
    command.args(["--library", FERRY]);
    command.env("XDG_STATE_HOME", folder().join("before"));
    let mut pty = Pty::spawn(command, 80, 24, Status::Answered);
    pty.shows(OPEN).send("maQ");
    assert!(pty.ends().success());

    let whole = session(&[], "whole", &log("whole"));
    assert_eq!((whole.code, whole.signal.as_deref()), (0, None), "{}", whole.said);
    assert!(
        whole.memory.is_some_and(|memory| memory.marks.contains_key(&'a') && memory.marks.contains_key(&'b'))
    );

    let mut places: Vec<(Call, &str, &str)> = Vec::new();
    for (name, count) in calls(&log("whole")) {
        let errors = FAULTS.iter().find(|(fault, _)| *fault == name).map_or(&[][..], |(_, errors)| errors);
        let times = if FOR_GOOD.contains(&name.as_str()) { &["", "+"][..] } else { &[""] };
        let failures = errors.iter().flat_map(|error| times.iter().map(move |times| (*error, *times)));
        places.extend(failures.map(|(error, times)| ((name.clone(), count), error, times)));
    }
    assert!(places.len() > 100, "{} places", places.len());
    let step = if std::env::var_os("BRIEF_TORTURE").is_some() { 1 } else { places.len().div_ceil(SOME) };
    let (next, failed, faults) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(((call, nth), error, times)) =
                    places.get(next.fetch_add(step, Ordering::Relaxed))
                {
                    let name = format!("{call}-{nth}{times}-{error}");
                    let fault = format!("inject={call}:error={error}:when={nth}{times}");
                    let left = session(&["-e", &format!("trace={call}"), "-e", &fault], &name, &log(&name));
                    let wrong = wrong(&left).map(|wrong| format!("{name}: {wrong}: {:?}", left.said));
                    faults.lock().unwrap().extend(wrong);
                    let traced = fs::read_to_string(log(&name)).unwrap();
                    failed.fetch_add(usize::from(traced.contains("(INJECTED)")), Ordering::Relaxed);
                    let _ = fs::remove_file(log(&name));
                }
            });
        }
    });
    let (sessions, failed) = (places.len().div_ceil(step), failed.into_inner());
    assert!(failed * 10 > sessions * 8, "in {failed} of {sessions} sessions the call was made at all");
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} of {sessions}:\n{}", faults.len(), faults.join("\n"));
    println!("{sessions} sessions, {failed} faults");
}

/// What is wrong with how a session with a fault ended, if anything is.
fn wrong(left: &Left) -> Option<String> {
    let Left { code, signal, said, memory, typed } = left;
    let marked = |letter| memory.as_ref().is_some_and(|memory| memory.marks.contains_key(&letter));
    let told = ["cannot be kept", "kept for now", "will be remembered", "could not be remembered"];
    let told = told.iter().any(|words| said.contains(words));
    let read = *typed && signal.is_none() && *code == 0 && said.contains("\x1b[?1049h");
    match signal.as_deref() {
        _ if said.contains("panicked") => Some(String::from("it panicked")),
        Some(signal) if signal != "Hangup" => Some(format!("it died of {signal}")),
        None if *code > 2 => Some(format!("it ended with {code}")),
        _ if !marked('a') => Some(String::from("an old mark is lost")),
        _ if read && !marked('b') && !told => Some(String::from("a new mark is lost, and nobody says so")),
        _ => None,
    }
}
