//! What the reader's configuration asks for: keys, colours, mouse, glyphs, each with where it is from.
//!
//! Promise: nothing in it stops the reader. What cannot be understood is a problem with its place, and
//! what is built in stands in its stead.

mod read;

use crate::glyphs::Glyphs;
use crate::keys::Keymap;
use crate::theme::{self, Look, Theme};
use crate::toml_string::toml_string;
use std::fmt;

/// Everything that can be configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// What words look like.
    pub theme: Setting<Theme>,
    /// Whether the mouse is reported from the start.
    pub mouse: Setting<bool>,
    /// Which characters may be shown.
    pub glyphs: Setting<Glyphs>,
    /// What the keys do.
    pub keys: Keymap,
}

/// A value, and where it is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it is from.
    pub origin: Origin,
}

/// Where a value is from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It is built in.
    #[default]
    BuiltIn,
    /// A line of the file, from 1.
    File(usize),
    /// A variable of the environment, as `NAME=VALUE`.
    Environment(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("default"),
            Self::File(line) => write!(f, "file, line {line}"),
            Self::Environment(variable) => write!(f, "environment, {variable}"),
        }
    }
}

impl fmt::Display for Config {
    /// A file that asks for the same, to be kept and changed: what no file asks for now stands
    /// behind a `#`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Theme::ALL.iter().filter_map(|theme| theme.name()).collect();
        writeln!(f, "# {}, or a table [theme]", names.join(", "))?;
        if let Some(name) = self.theme.value.name() {
            setting(f, &format!("theme = \"{name}\""), &self.theme.origin)?;
        }
        setting(f, &format!("mouse = {}", self.mouse.value), &self.mouse.origin)?;
        let names = Glyphs::ALL.map(|(_, name)| name);
        writeln!(f, "# {}", names.join(", "))?;
        setting(f, &format!("glyphs = \"{}\"", self.glyphs.value.name()), &self.glyphs.origin)?;
        if self.theme.value.name().is_none() {
            setting(f, "\n[theme]", &self.theme.origin)?;
            for (look, name) in Look::ALL {
                writeln!(f, "{name} = \"{}\"", theme::words(self.theme.value.style(look)))?;
            }
        }
        f.write_str("\n[keys]\n")?;
        let mut told = Vec::new();
        for row in self.keys.rows().iter().filter(|row| !row.binding.is_fixed()) {
            let name = row.binding.action.name();
            if !told.contains(&name) {
                told.push(name);
                let keys: Vec<String> = row.settable().map(toml_string).collect();
                let origin = if row.is_built_in() { "default" } else { "file" };
                let line =
                    format!("{}{name} = [{}]", if row.is_built_in() { "#" } else { "" }, keys.join(", "));
                writeln!(f, "{line:<44} # {origin}")?;
            }
        }
        Ok(())
    }
}

/// One setting on its line.
fn setting(f: &mut fmt::Formatter<'_>, line: &str, origin: &Origin) -> fmt::Result {
    let line = match origin {
        Origin::File(_) => line.to_owned(),
        Origin::BuiltIn | Origin::Environment(_) => format!("#{line}"),
    };
    writeln!(f, "{line:<44} # {origin}")
}
