//! The lines typed into a prompt before.

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

    /// The line so many steps back, 1 being the last one; none where that is further than any.
    #[must_use]
    pub fn back(&self, steps: usize) -> Option<&str> {
        self.0.iter().rev().nth(steps.checked_sub(1)?).map(String::as_str)
    }

    /// How many steps back `by` more lead from `steps`: 0 for a new line.
    #[must_use]
    pub fn step(&self, steps: usize, by: isize) -> usize {
        steps.saturating_add_signed(by).min(self.0.len())
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
        assert_eq!([0, 1, 2, 3].map(|steps| history.back(steps)), [None, Some("“é—漢🦀”"), Some("so"), None]);
        assert_eq!([history.step(0, -1), history.step(1, 1), history.step(2, 1)], [0, 2, 2]);
        for number in 0..=MOST {
            history.push(&number.to_string());
        }
        assert_eq!((history.back(MOST), history.back(MOST + 1)), (Some("1"), None));
    }
}
