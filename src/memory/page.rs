//! The memory of a briefing as TOML text.
//!
//! What this release does not know in a text is left out; what it cannot understand, or what has
//! been cut short, is no memory.

use super::Memory;
use serde::Deserialize;
use std::fmt;
use toml::de::{DeTable, Deserializer};

/// The form of the text; another number is another form.
const SCHEMA: &str = "1";
/// The last line of a text that is whole: a text cut between two tables is TOML all the same.
const END: &str = "# end\n";

/// Why a text is no memory; it displays as a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not the TOML that is written, or not all of it.
    Form,
    /// It is of another form than this release knows.
    Schema,
}

impl Memory {
    /// The memory as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let text = toml::to_string(self).expect("strings, numbers and tables of them are TOML");
        format!("schema = {SCHEMA}\n{text}\n{END}")
    }

    /// The memory that a text holds.
    ///
    /// # Errors
    ///
    /// That it is not one, or not one of this release's.
    pub fn from_toml(text: &str) -> Result<Self, Unreadable> {
        let whole = text.strip_suffix(END).ok_or(Unreadable::Form)?;
        let page = DeTable::parse(whole).map_err(|_| Unreadable::Form)?;
        let schema = page.get_ref().get("schema").and_then(|schema| schema.get_ref().as_integer());
        let is_known = schema.ok_or(Unreadable::Form)?.as_str() == SCHEMA;
        let memory = Self::deserialize(Deserializer::from(page)).map_err(|_| Unreadable::Form)?;
        if is_known { Ok(memory) } else { Err(Unreadable::Schema) }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "it is not as brief writes it",
            Self::Schema => "another release of brief wrote it",
        })
    }
}

/// A pane by its name.
pub(super) mod pane {
    use crate::geometry::Pane;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    pub fn serialize<S: Serializer>(pane: &Pane, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(pane.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Pane, D::Error> {
        let named = String::deserialize(from)?;
        let pane = Pane::ALL.into_iter().find(|pane| pane.name() == named);
        pane.ok_or_else(|| D::Error::custom("no pane is called that"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fingerprint, Mark, Settings, Spot, Within};
    use super::*;
    use crate::geometry::{List, Pane};

    fn spot(pane: Pane) -> Spot {
        let source = Within { id: "é—漢🦀".into(), top: 0, cursor: usize::MAX >> 1 };
        Spot {
            pane,
            topic: None,
            card: Some("a \"b\"\n= [c]".into()),
            quote: 3,
            stop: 4,
            row: 5,
            source: Some(source),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Memory::from_toml(&Memory::default().to_toml()), Ok(Memory::default()));
        for (letter, pane) in ('a'..).zip(Pane::ALL) {
            let mut memory = Memory { last: Some(spot(pane)), ..Memory::default() };
            memory.settings = Settings { mouse: true, zoom: false, theme: Some("é—漢🦀".into()) };
            memory.commands.push("theme dark");
            memory.searches.push("“é—漢🦀” 'e\u{301}");
            memory.known.insert("é—漢🦀.e\u{301}".into());
            memory.read.insert("plan.point = ‘x’".into(), Fingerprint("00ff".into()));
            memory.marks.insert(letter, Mark { line: "“é—漢🦀”\u{1b}[31m".into(), spot: spot(pane) });
            assert_eq!(Memory::from_toml(&memory.to_toml()), Ok(memory));
        }
    }

    #[test]
    fn the_text_is_one_that_people_can_read() {
        let mut memory = Memory { last: Some(spot(Pane::List(List::Reactions))), ..Memory::default() };
        memory.known = ["fare", "pier"].map(str::to_owned).into();
        memory.last.as_mut().unwrap().source = None;
        let want =
            "schema = 1\nknown = [\"fare\", \"pier\"]\n\n[settings]\nmouse = false\nzoom = false\n\n[last]\n";
        assert!(memory.to_toml().starts_with(want), "{}", memory.to_toml());
    }

    #[test]
    fn what_is_not_a_memory_is_refused() {
        let whole = Memory { last: Some(spot(Pane::Card)), ..Memory::default() }.to_toml();
        for (end, _) in whole.char_indices() {
            assert_eq!(Memory::from_toml(whole.split_at(end).0), Err(Unreadable::Form), "cut at {end}");
        }
        let cases = [
            ("schema = 2", Unreadable::Schema),
            ("schema = 1\nknown = 3", Unreadable::Form),
            ("schema = 1\n[last]\npane = \"sauce\"\nquote = 0\nstop = 0\nrow = 0", Unreadable::Form),
            ("schema = 1\n[last]\npane = \"card\"\nquote = -1\nstop = 0\nrow = 0", Unreadable::Form),
            (
                "schema = 1\n[marks.ab]\nline = \"\"\nspot = { pane = \"card\", quote = 0, stop = 0, row = 0 }",
                Unreadable::Form,
            ),
            ("schema = 1\nschema = 1", Unreadable::Form),
            ("<html>é—漢🦀</html>", Unreadable::Form),
        ];
        for (text, want) in cases {
            assert_eq!(Memory::from_toml(&format!("{text}\n{END}")), Err(want), "{text}");
        }
        let older = "schema = 1\nknown = []\n\n[settings]\nmouse = true\nzoom = false\n\n# end\n";
        assert!(
            Memory::from_toml(older).is_ok_and(|memory| memory.settings.mouse),
            "an older release knew less"
        );
        assert!(
            Memory::from_toml("schema = 1\nfont = \"large\"\n# end\n").is_ok(),
            "a later release may know more"
        );
    }
}
