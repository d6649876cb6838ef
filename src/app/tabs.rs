//! The headings of the three lists in one rule, where only one of them has room.

use super::App;
use crate::geometry::List;
use crate::wrap;

/// The cells before the first heading: the rule and a blank.
const BEFORE: usize = 3;

impl App {
    /// The headings, the list in use marked, in as many words as a rule of `width` cells has room for; one blank
    /// stands between two of them.
    #[must_use]
    pub fn tabs(&self, width: u16) -> [String; 3] {
        let shown = self.place.list;
        let open = |list| if list == shown { "▸" } else { " " };
        let whole = |list: List| format!("{} {}", list.title(), self.count(list));
        let short = |list| format!("{} {}", short_title(list), self.list(list).len());
        let sayings: [&dyn Fn(List) -> String; 5] = [
            &whole,
            &short,
            &|list| if list == shown { short(list) } else { short_title(list).to_owned() },
            &|list| if list == shown { short(list) } else { wrap::clip(short_title(list), 5).into_owned() },
            &|list| if list == shown { short(list) } else { String::new() },
        ];
        let room = usize::from(width).saturating_sub(2 * BEFORE);
        let mut headings = sayings.into_iter().map(|words| {
            List::ALL.map(|list| {
                format!("{}{} {}", open(list), list.index() + 1, words(list)).trim_end().to_owned()
            })
        });
        let wide = |words: &[String; 3]| words.iter().map(|words| wrap::width(words)).sum::<usize>() + 2;
        let fitting = headings.find(|words| wide(words) <= room);
        fitting.unwrap_or_else(|| List::ALL.map(|list| (list.index() + 1).to_string()))
    }

    /// The list whose heading is at a cell of such a rule, counted from its first.
    #[must_use]
    pub fn tab_at(&self, width: u16, cell: u16) -> Option<List> {
        let mut rest = usize::from(cell).checked_sub(BEFORE)?;
        for (list, words) in List::ALL.into_iter().zip(self.tabs(width)) {
            let wide = wrap::width(&words);
            if rest < wide {
                return Some(list);
            }
            rest = rest.checked_sub(wide + 1)?;
        }
        None
    }

    /// How many cards a list has: with a topic, of how many.
    #[must_use]
    pub fn count(&self, list: List) -> String {
        let shown = self.list(list).len();
        match self.place.topic {
            Some(_) => format!("{shown}/{}", self.list_total(list)),
            None => shown.to_string(),
        }
    }
}

/// A list's heading where there is little room.
const fn short_title(list: List) -> &'static str {
    match list {
        List::PlanPoints => "Points",
        List::Reactions => "Reactions",
        List::OpenQuestions => "Questions",
    }
}
