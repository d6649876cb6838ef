//! The `brief` program: its arguments in, its exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    brief::cli::run(std::env::args_os())
}
