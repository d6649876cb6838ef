//! The problems laid out one below the other, one of them the current one.

use super::{App, Cursor};
use crate::geometry::PROSE;
use crate::problem::Problem;
use crate::span::Span;
use crate::wrap;
use std::iter;
use std::ops::Range;

/// The problems' rows at a width.
pub struct ProblemRows {
    /// The rows of all of them, with an empty one behind each.
    pub rows: Vec<String>,
    /// The row that each begins with.
    starts: Vec<usize>,
}

impl ProblemRows {
    fn new<'p>(problems: impl Iterator<Item = &'p Problem>, width: usize) -> Self {
        let (mut rows, mut starts) = (Vec::new(), Vec::new());
        for problem in problems {
            starts.push(rows.len());
            for line in problem.within(width).to_string().split('\n') {
                rows.extend(set(line, width));
            }
            rows.push(String::new());
        }
        Self { rows, starts }
    }

    /// How many problems there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.starts.len()
    }

    /// The rows of a problem, without the empty one behind it.
    #[must_use]
    pub fn rows_of(&self, problem: usize) -> Range<usize> {
        let start = self.starts.get(problem).copied().unwrap_or(self.rows.len());
        let behind = self.starts.get(problem + 1).copied().unwrap_or(self.rows.len());
        start..behind.saturating_sub(1).max(start)
    }

    /// The problem that a row belongs to.
    #[must_use]
    pub fn problem_at(&self, row: usize) -> usize {
        self.starts.partition_point(|&start| start <= row).saturating_sub(1)
    }

    /// The first row that is seen of a page: the one of the cursor, where any of the current problem is
    /// seen from there.
    #[must_use]
    pub fn top(&self, at: Cursor, page: usize) -> usize {
        let Range { start, end } = self.rows_of(at.chosen);
        let top = at.top.min(self.rows.len().saturating_sub(page));
        if start < top + page && end > top { top } else { self.revealing(at, page) }
    }

    /// The first row nearest to the cursor's from which all of the current problem is seen, or only it.
    #[must_use]
    pub fn revealing(&self, at: Cursor, page: usize) -> usize {
        let Range { start, end } = self.rows_of(at.chosen);
        let last = end.saturating_sub(page);
        at.top.clamp(last.min(start), last.max(start))
    }
}

/// So many cells are room enough for help to stand beside its caret.
const BESIDE: usize = 24;

/// The rows of a line of a problem, of which words of ours are set as prose is. Help that does not fit goes on below
/// itself, behind its caret where there is room, else behind the rule.
///
/// `"      | ^^^ it is no date" -> ["      | ^^^", "      | it is", "      | no date"]`
fn set(line: &str, width: usize) -> Vec<String> {
    let wrapped = |words: &str, room: usize| -> Vec<String> {
        wrap::rows(words, room).into_iter().map(|row| row.of(words).to_owned()).collect()
    };
    let prose = |words: &str, room: usize| wrapped(words, room.min(PROSE.into()));
    let blanks = line.len() - line.trim_start().len();
    let lead = blanks + "| ".len();
    let (rule, rest) = line.split_at_checked(lead).unwrap_or((line, ""));
    let gutter = match rule.trim() {
        "|" => rule.to_owned(),
        "=" => " ".repeat(lead),
        _ if blanks == 0 => return prose(line, width),
        _ => return wrapped(line, width),
    };
    let help = rest.trim_start_matches(' ').trim_start_matches('^').trim_start_matches(' ');
    let fits = wrap::width(line) <= width && wrap::width(help) <= PROSE.into();
    if fits || lead + BESIDE > width {
        return wrapped(line, width);
    }
    let before = Span::new(0, line.len() - help.len()).of(line);
    let (first, indent, words) = if before.len() + BESIDE <= width {
        (None, before.len() - lead, prose(help, width - before.len()))
    } else {
        (Some(before.trim_end().to_owned()), 0, prose(help, width - lead))
    };
    let further = format!("{gutter}{:indent$}", "");
    let leads = first.is_none().then_some(before).into_iter().chain(iter::repeat(&*further));
    let set: Vec<String> = leads.zip(words).map(|(lead, words)| format!("{lead}{words}")).collect();
    first.into_iter().chain(set).collect()
}

impl App {
    /// What is wrong with the files as they are now.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        if self.broken.is_empty() { self.briefing.problems.iter() } else { self.broken.iter() }
    }

    /// The problems laid out for their page.
    #[must_use]
    pub fn problem_rows(&self) -> ProblemRows {
        ProblemRows::new(self.problems(), usize::from(self.size.columns.saturating_sub(2).max(1)))
    }

    /// How many rows their page shows.
    #[must_use]
    pub fn problem_page(&self) -> usize {
        usize::from(self.layout().body.height).saturating_sub(1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::set;
    use crate::wrap;

    #[test]
    fn words_of_ours_are_no_wider_than_prose_and_lines_of_files_are() {
        let words = "é—漢🦀 ".repeat(20);
        for (line, behind) in [
            (format!("b.toml:1:1: {words}"), 0),
            (format!("      | ^^^ {words}"), 12),
            (format!("      = {words}"), 8),
        ] {
            let rows = set(&line, 200);
            assert!(rows.len() > 1 && rows.iter().all(|row| wrap::width(row) <= 76 + behind), "{rows:#?}");
        }
        assert_eq!(set(&format!("    3 | {words}"), 200).len(), 1);
    }

    #[test]
    fn help_goes_on_below_itself() {
        let cases: [(&str, usize, &[&str]); 5] = [
            ("      | ^^^ it is “é—漢🦀”", 40, &["      | ^^^ it is “é—漢🦀”"]),
            (
                "      | ^^^ it is no date, which is as 2025-11-24",
                36,
                &["      | ^^^ it is no date, which is", "      |     as 2025-11-24"],
            ),
            (
                "      |          ^^^^^^ it is no date, which is as 漢",
                34,
                &["      |          ^^^^^^", "      | it is no date, which is as", "      | 漢"],
            ),
            (
                "      = it is no date, which is as 2025",
                34,
                &["      = it is no date, which is as", "        2025"],
            ),
            ("b.toml: it is", 8, &["b.toml:", "it is"]),
        ];
        for (line, width, want) in cases {
            assert_eq!(set(line, width), want, "{line}");
        }
    }
}
