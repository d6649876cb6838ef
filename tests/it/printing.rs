//! The program without a screen: how it is run, and what it has said once it has ended.

use std::process::{Command, Output, Stdio};

/// The program, whatever the environment of who runs the tests says of it, and with nothing to read.
pub fn brief(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.env("LC_ALL", "C.UTF-8").env("XDG_CONFIG_HOME", "/nowhere").env_remove("BRIEF_PATH");
    command.args(args).stdin(Stdio::null());
    command
}

/// What it printed.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What it printed, what it complained of, and its exit code.
pub fn said(output: &Output) -> (String, String, i32) {
    let complaints = String::from_utf8(output.stderr.clone()).unwrap();
    (out(output), complaints, output.status.code().unwrap())
}
