//! The program under strace: what it asks of the system, and what it does when the system refuses.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;

use crate::pty::program;

/// A file of one test's own for what strace writes.
pub fn log(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("trace-{name}"));
    let _ = fs::remove_file(&path);
    path
}

/// The reader under strace, which writes what it saw to `log`; `options` say what to look at.
///
/// # Panics
/// Where there is no strace, or it may not trace: a test that cannot look has not looked.
pub fn traced(options: &[&str], log: &Path) -> CommandBuilder {
    let can = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    match can {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("strace may not trace here: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic!("strace is needed (apt-get install strace): {error}"),
    }
    let mut command = program(Path::new("strace"));
    command.args(["-f", "-q", "-y", "-s", "4096", "-o"]);
    command.arg(log);
    command.args(options);
    command.arg(OsStr::new(env!("CARGO_BIN_EXE_brief")));
    command
}

/// What strace wrote, a line a call, without the thread's number. A call during which another thread made
/// one stands in two pieces, which are put together where it ends; those that never ended are last.
pub fn calls(log: &Path) -> Vec<String> {
    let text = String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned();
    let mut begun: HashMap<&str, &str> = HashMap::new();
    let mut calls = Vec::new();
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(start) = call.strip_suffix("<unfinished ...>") {
            begun.insert(thread, start);
        } else if let Some((_, end)) =
            call.strip_prefix("<... ").and_then(|call| call.split_once(" resumed>"))
        {
            calls.push(format!("{}{end}", begun.remove(thread).unwrap_or_default()));
        } else {
            calls.push(call.to_owned());
        }
    }
    calls.extend(begun.into_values().map(str::to_owned));
    calls
}
