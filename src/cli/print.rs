//! Printing: a closed pipe is no error, a full disk is.

use super::CANNOT;
use crate::galley::{Galley, Ink};
use crate::glyphs::Glyphs;
use crate::sanitize::Safe;
use crate::wrap;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

/// How many bytes are written at once, so that much is written in few goes.
const PAGE: usize = 32 * 1024;

/// Standard output, without the buffer of its own that it has for lines: what stands behind the last line end of a page
/// would be written in a go by itself.
fn pages() -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(PAGE, io::stdout().as_fd().try_clone_to_owned()?.into()))
}

/// How plain text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dress {
    /// Whether what matters is bold, and what matters less dim.
    pub(super) styled: bool,
    /// The characters that it may have.
    pub(super) glyphs: Glyphs,
}

impl Dress {
    /// Writes what is set, row by row.
    pub(super) fn write(self, galley: &Galley, out: &mut dyn Write) -> io::Result<()> {
        for row in galley.rows() {
            for _ in 0..row.indent {
                out.write_all(b" ")?;
            }
            for (ink, words) in galley.runs(row) {
                let words = self.glyphs.text(words.of(galley.text()));
                match sgr(ink).filter(|_| self.styled) {
                    Some(code) => write!(out, "\x1b[{code}m{words}\x1b[0m")?,
                    None => out.write_all(words.as_bytes())?,
                }
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Prints to standard output what is written piece by piece.
pub(super) fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = pages()?;
    write(&mut out)?;
    out.flush()
}

/// Prints a text to standard output.
pub(super) fn text(text: &str) -> io::Result<()> {
    bytes(text.as_bytes())
}

/// Prints bytes to standard output.
pub(super) fn bytes(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// The exit code after printing: `code`, unless printing failed.
pub(super) fn finish(printed: io::Result<()>, code: u8) -> ExitCode {
    match printed {
        Ok(()) => ExitCode::from(code),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(code),
        Err(error) => {
            complain(&format!("cannot write to standard output: {error}"));
            ExitCode::from(CANNOT)
        }
    }
}

/// Says on standard error why the program cannot do what it was asked; nobody hears it there if
/// standard error is closed.
pub(super) fn complain(words: &str) {
    let glyphs =
        Glyphs::of_locale(|name| std::env::var(name).ok()).map_or(Glyphs::Unicode, |(glyphs, _)| glyphs);
    let _ = writeln!(io::stderr().lock(), "brief: {}", glyphs.text(&bounded(&Safe::text(words))));
}

/// The widest line of a complaint, in cells, and the widest word of a line that would be wider.
const WIDEST: (usize, usize) = (390, 120);

/// Lines that have an end, whatever was typed: of a word that has none its beginning stays, and what
/// is said of it.
fn bounded(words: &str) -> String {
    let (line_width, word_width) = WIDEST;
    let bound = |line: &str| {
        if wrap::width(line) <= line_width {
            return line.to_owned();
        }
        let words: Vec<_> = line.split(' ').map(|word| wrap::clip(word, word_width)).collect();
        wrap::clip(&words.join(" "), line_width).into_owned()
    };
    words.split('\n').map(bound).collect::<Vec<_>>().join("\n")
}

const fn sgr(ink: Ink) -> Option<u8> {
    match ink {
        Ink::Title | Ink::Key => Some(1),
        Ink::Quiet => Some(2),
        Ink::Warning => Some(31),
        Ink::Plain | Ink::Fact | Ink::Quote => None,
    }
}

#[cfg(test)]
mod tests {
    use super::bounded;
    use crate::wrap::width;

    #[test]
    fn a_complaint_has_an_end_and_still_says_what_is_wrong() {
        let long = "“é—漢🦀”".repeat(2_000);
        let said = bounded(&format!("there is no card {long}, but fares\n  tip: see `brief list`"));
        assert!(said.lines().all(|line| width(line) <= 400), "{said}");
        assert!(said.starts_with("there is no card “é—漢🦀”"), "{said}");
        assert!(said.ends_with("but fares\n  tip: see `brief list`"), "{said}");
        assert!(width(&bounded(&"so we wait ".repeat(500))) <= 400);
        assert_eq!(bounded("short\n"), "short\n");
    }
}
