//! What is wrong with a library, for people: where, what, and what to do about it.
//!
//! Problems are values. They travel to the screen and to `brief check`, and stop nothing. Whatever
//! they say of the library's words is safe to show, and no line of it is wider than 400 cells.

mod code;
mod excerpt;
mod mend;
mod syntax;

pub use code::{Code, Explanation};
pub use excerpt::{Excerpt, Page};
pub use mend::{Mend, Trust, mended};
pub use syntax::Mistake;

use crate::sanitize::Safe;
use crate::wrap::prefix;
use serde::{Serialize, Serializer};
use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The library says something that cannot be so; `brief check` exits 1.
    Error,
    /// Something a careful editor would look at.
    Warning,
    /// Something that could be better; only who writes the briefing is told.
    Hint,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which kind of problem; its code is stable.
    pub code: Code,
    /// The file, relative to the library.
    pub file: Safe,
    /// The place in the file, where there is one.
    pub excerpt: Option<Excerpt>,
    /// What is wrong, as a sentence without a full stop.
    pub message: Safe,
    /// What stands under the caret, or what to do.
    pub help: Option<Safe>,
    /// How its file can be changed so that it goes away.
    pub mend: Option<Mend>,
}

/// The cells that a message or a help may fill.
const SENTENCE: usize = 180;
/// The cells that somebody else's words may fill within a message.
const WORDS: usize = 60;

impl Problem {
    /// A problem with the whole of a file.
    #[must_use]
    pub fn new(code: Code, file: &Safe, message: &str) -> Self {
        let (file, message) = (cut(file, SENTENCE), cut(message, SENTENCE));
        Self { code, file, excerpt: None, message, help: None, mend: None }
    }

    /// The same with something to do about it.
    #[must_use]
    pub fn help(self, help: &str) -> Self {
        Self { help: Some(cut(help, SENTENCE)), ..self }
    }

    /// The same at a place.
    #[must_use]
    pub fn at(self, excerpt: Excerpt) -> Self {
        Self { excerpt: Some(excerpt), ..self }
    }

    /// The same with the line it is about and its caret in rows of at most so many cells.
    #[must_use]
    pub fn within(&self, cells: usize) -> Self {
        let cut = |at: &Excerpt| at.within(cells.saturating_sub(digits(at.line) + " | ".len()));
        Self { excerpt: self.excerpt.as_ref().map(cut), ..self.clone() }
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Where it is: `file:line`, or the file where it concerns the whole of it.
    #[must_use]
    pub fn place(&self) -> String {
        let line = self.excerpt.as_ref().map(|excerpt| format!(":{}", excerpt.line)).unwrap_or_default();
        format!("{}{line}", self.file)
    }

    /// The problem as a command that GitHub shows beside the line of a change, where its file is
    /// relative to the repository.
    #[must_use]
    pub fn github(&self) -> String {
        let level = match self.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
        let place = self.excerpt.as_ref();
        let place = place.map(|at| format!(",line={},col={}", at.line, at.column)).unwrap_or_default();
        let help = self.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        let said = format!("{}{help}", self.message);
        format!("::{level} file={}{place},title={}::{}\n", property(&self.file), self.code, data(&said))
    }
}

/// The library's words as a message quotes them: in backticks, cut to 60 cells.
#[must_use]
pub fn ticked(words: &str) -> String {
    format!("`{}`", cut(words, WORDS))
}

/// The first line's worth of a text, safe and at most so many cells wide, `…` where it was cut.
fn cut(text: &str, cells: usize) -> Safe {
    let (text, was_cut) = head(text, cells);
    if was_cut { Safe::line(&format!("{text}…")) } else { Safe::line(&text) }
}

/// As much of the start of `text`, made safe, as fits into so many cells, and whether that cut it.
fn head(text: &str, cells: usize) -> (String, bool) {
    let end = text.char_indices().nth(cells * 4).map_or(text.len(), |(at, _)| at);
    let safe = Safe::line(text.get(..end).unwrap_or_default());
    let fits = prefix(&safe, cells);
    (safe.get(..fits).unwrap_or_default().to_owned(), end < text.len() || fits < safe.len())
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        })
    }
}

impl fmt::Display for Problem {
    /// Up to three lines without a line end: place and message, the line, the caret with its help.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(excerpt) = &self.excerpt {
            write!(f, ":{}:{}", excerpt.line, excerpt.column)?;
        }
        write!(f, ": {}[{}]: {}", self.severity(), self.code, self.message)?;
        let help = self.help.as_deref().unwrap_or_default();
        match &self.excerpt {
            Some(Excerpt { line, text, caret, width, .. }) => {
                write!(f, "\n{line:>5} | {}", text)?;
                write!(f, "\n{:>margin$} | {:caret$}{}", "", "", "^".repeat(*width), margin = digits(*line))?;
                if !help.is_empty() {
                    write!(f, " {help}")?;
                }
            }
            None if !help.is_empty() => write!(f, "\n{:5} = {help}", "")?,
            None => {}
        }
        Ok(())
    }
}

/// The cells of the line number's column.
fn digits(line: usize) -> usize {
    line.to_string().len().max(5)
}

impl Serialize for Problem {
    /// `{code, severity, file, line, column, message, help}`, lines and columns from 1.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Row<'p> {
            code: &'p str,
            severity: String,
            file: &'p str,
            line: Option<usize>,
            column: Option<usize>,
            message: &'p str,
            help: Option<&'p str>,
        }
        let row = Row {
            code: self.code.as_str(),
            severity: self.severity().to_string(),
            file: &self.file,
            line: self.excerpt.as_ref().map(|excerpt| excerpt.line),
            column: self.excerpt.as_ref().map(|excerpt| excerpt.column),
            message: &self.message,
            help: self.help.as_deref(),
        };
        row.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Page, Problem, ticked};
    use crate::sanitize::Safe;
    use crate::span::Span;

    fn page(text: &str) -> Page<'_> {
        Page::new(Safe::line("briefings/tariffs/reactions.toml"), text)
    }

    #[test]
    fn a_problem_shows_its_place_its_line_and_its_caret() {
        let text = format!("{}exact = \"we will never wait\"\n", "\n".repeat(13));
        let start = text.find('"').unwrap() + 1;
        let problem = page(&text)
            .problem(
                Code::QuoteNotFound,
                Span::new(start, start + 18),
                "quote not found in seeds/gazette.txt",
            )
            .help("nearest is line 31: \"we will not wait\"");
        let shown =
            "briefings/tariffs/reactions.toml:14:10: error[E012]: quote not found in seeds/gazette.txt
   14 | exact = \"we will never wait\"
      |          ^^^^^^^^^^^^^^^^^^ nearest is line 31: \"we will not wait\"";
        assert_eq!(problem.to_string(), shown);
    }

    #[test]
    fn a_problem_without_a_place_says_what_to_do_below() {
        let problem =
            Problem::new(Code::Unreadable, &Safe::line("seeds/a.txt"), "no such file").help("add it");
        assert_eq!(problem.to_string(), "seeds/a.txt: error[E001]: no such file\n      = add it");
    }

    #[test]
    fn the_json_form_carries_the_same() {
        let problem = page("title = 1\n").problem(Code::WrongType, Span::new(8, 9), "`title` is no string");
        let other = Problem::new(Code::Unreadable, &Safe::line("seeds/a.txt"), "no such file").help("add it");
        let want = serde_json::json!([
            {"code": "E009", "severity": "error", "file": "briefings/tariffs/reactions.toml", "line": 1,
             "column": 9, "message": "`title` is no string", "help": null},
            {"code": "E001", "severity": "error", "file": "seeds/a.txt", "line": null,
             "column": null, "message": "no such file", "help": "add it"},
        ]);
        assert_eq!(serde_json::to_value([problem, other]).unwrap(), want);
    }

    #[test]
    fn no_line_of_a_problem_grows_past_400_cells() {
        let long = "é—漢🦀\u{1b}[31m".repeat(3000);
        let page = Page::new(Safe::line(&long), &long);
        let problem = page.problem(Code::WrongType, Span::new(9000, 12000), &long).help(&long);
        let cells = crate::wrap::width;
        assert!(problem.to_string().lines().all(|line| cells(line) <= 400), "{problem}");
        assert!(!problem.to_string().contains('\u{1b}'));
        assert!(cells(&ticked(&long)) <= 63);
    }
}
