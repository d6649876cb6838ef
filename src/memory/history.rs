//! The lines typed into a prompt before.

use crate::keys::Move;
use serde::{Deserialize, Serialize};

/// So many lines are remembered.
const MOST: usize = 100;
/// A line of more bytes is not.
const LONGEST: usize = 1024;

/// Lines typed before, each once, the last one last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct History(Vec<String>);

impl History {
    /// Remembers a line that was typed, unless it is blank or very long; the oldest makes room.
    pub fn push(&mut self, line: &str) {
        if line.trim().is_empty() || line.len() > LONGEST {
            return;
        }
        self.0.retain(|kept| kept != line);
        self.0.push(line.to_owned());
        self.0.drain(..self.0.len().saturating_sub(MOST));
    }

    /// Remembers the lines of a history behind these.
    pub(super) fn extend(&mut self, later: &Self) {
        later.0.iter().for_each(|line| self.push(line));
    }

    /// Where a move leads from a line that was taken from so many steps back, 0 for a new one, and holds `typed`:
    /// how many steps back that is, 1 being the last line, and what stands there. Only up and down lead anywhere;
    /// up not from a new line that something was typed into, down not from any.
    #[must_use]
    pub fn recall(&self, back: usize, typed: &str, way: Move) -> Option<(usize, &str)> {
        let back = match way {
            Move::By(-1) if back > 0 || typed.is_empty() => (back + 1).min(self.0.len()),
            Move::By(1) => back.checked_sub(1)?,
            Move::By(_) | Move::HalfPage(_) | Move::Page(_) | Move::First | Move::Last => return None,
        };
        let line = back.checked_sub(1).and_then(|at| self.0.iter().rev().nth(at));
        Some((back, line.map_or("", String::as_str)))
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_keeps_each_line_once_and_the_newest() {
        let mut history = History::default();
        for line in ["“é—漢🦀”", "so", " ", "“é—漢🦀”", &"x".repeat(LONGEST + 1)] {
            history.push(line);
        }
        assert_eq!(history.0, ["so", "“é—漢🦀”"]);
        for number in 0..=MOST {
            history.push(&number.to_string());
        }
        assert_eq!((history.0.len(), history.0.first().map(String::as_str)), (MOST, Some("1")));
    }

    #[test]
    fn up_leads_to_earlier_lines_and_down_back_to_a_new_one() {
        let (up, down) = (Move::By(-1), Move::By(1));
        let mut history = History::default();
        assert_eq!(history.recall(0, "", up), Some((0, "")));
        history.push("one");
        history.push("two");
        let leads = |back, typed, way| history.recall(back, typed, way);
        assert_eq!([leads(0, "", up), leads(1, "two", up)], [Some((1, "two")), Some((2, "one"))]);
        assert_eq!(leads(2, "one", up), Some((2, "one")), "the first is the last there is");
        assert_eq!([leads(2, "one", down), leads(1, "two", down)], [Some((1, "two")), Some((0, ""))]);
        assert_eq!([leads(0, "t", up), leads(0, "", down), leads(1, "two", Move::Last)], [None; 3]);
    }
}
