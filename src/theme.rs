//! What each kind of words looks like: the terminal's own sixteen colours, a palette, or no colour.
//!
//! Without colour nothing is lost: the selection has a bar, the focus a heavier frame, the quote
//! underlined words. Nothing else is ever underlined.

use crate::galley::Ink;
use ratatui::style::{Color, Modifier, Style};

/// A style for each look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// None where it is the reader's own.
    name: Option<&'static str>,
    about: &'static str,
    looks: Looks,
}

/// The style of each look, by its name in the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Looks {
    plain: Style,
    quiet: Style,
    strong: Style,
    accent: Style,
    quote: Style,
    mark: Style,
    warning: Style,
    selection: Style,
}

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Words to be read.
    Plain,
    /// What stands back: numbers, attributions, asides.
    Quiet,
    /// What stands out: titles, the chosen line.
    Strong,
    /// The frame and the heading that have the focus; the bar of the selection.
    Accent,
    /// The words of the current quote, in the source.
    Quote,
    /// What a search has found.
    Mark,
    /// What must not be overlooked.
    Warning,
    /// A passage that is selected.
    Selection,
}

impl Look {
    /// Every look, in order, with its name in the configuration.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Plain, "plain"),
        (Self::Quiet, "quiet"),
        (Self::Strong, "strong"),
        (Self::Accent, "accent"),
        (Self::Quote, "quote"),
        (Self::Mark, "mark"),
        (Self::Warning, "warning"),
        (Self::Selection, "selection"),
    ];
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const BLACK: Style = PLAIN.fg(Color::Black);

impl Theme {
    /// The terminal's sixteen colours, as its owner chose them.
    pub const TERMINAL: Self = Self {
        name: Some("terminal"),
        about: "the sixteen colours of this terminal",
        looks: Looks {
            plain: PLAIN,
            quiet: PLAIN.add_modifier(Modifier::DIM),
            strong: BOLD,
            accent: PLAIN.fg(Color::Magenta),
            quote: BLACK.bg(Color::Yellow),
            mark: BLACK.bg(Color::Cyan),
            warning: PLAIN.fg(Color::Red),
            selection: PLAIN.add_modifier(Modifier::REVERSED),
        },
    };
    /// For a dark ground.
    pub const DARK: Self = Self {
        name: Some("dark"),
        about: "for a dark ground",
        looks: Looks {
            plain: PLAIN,
            quiet: PLAIN.fg(Color::Rgb(0x9a, 0x9a, 0x9a)),
            strong: BOLD,
            accent: PLAIN.fg(Color::Rgb(0xd7, 0xa6, 0xff)),
            quote: BLACK.bg(Color::Rgb(0xf0, 0xc8, 0x60)),
            mark: BLACK.bg(Color::Rgb(0x7f, 0xd0, 0xe0)),
            warning: PLAIN.fg(Color::Rgb(0xff, 0x87, 0x80)),
            selection: PLAIN.add_modifier(Modifier::REVERSED),
        },
    };
    /// For a light ground.
    pub const LIGHT: Self = Self {
        name: Some("light"),
        about: "for a light ground",
        looks: Looks {
            plain: PLAIN,
            quiet: PLAIN.fg(Color::Rgb(0x63, 0x63, 0x63)),
            strong: BOLD,
            accent: PLAIN.fg(Color::Rgb(0x7a, 0x1f, 0xa2)),
            quote: BLACK.bg(Color::Rgb(0xff, 0xdf, 0x80)),
            mark: BLACK.bg(Color::Rgb(0xb0, 0xe2, 0xf2)),
            warning: PLAIN.fg(Color::Rgb(0xb0, 0x00, 0x20)),
            selection: PLAIN.add_modifier(Modifier::REVERSED),
        },
    };
    /// Bold, dim, reverse and underline only.
    pub const MONO: Self = Self {
        name: Some("mono"),
        about: "no colour: bold, dim, reverse, underline",
        looks: Looks {
            plain: PLAIN,
            quiet: PLAIN.add_modifier(Modifier::DIM),
            strong: BOLD,
            accent: BOLD,
            quote: PLAIN.add_modifier(Modifier::UNDERLINED),
            mark: PLAIN.add_modifier(Modifier::REVERSED),
            warning: BOLD,
            selection: BOLD.add_modifier(Modifier::REVERSED),
        },
    };
    /// The themes that are built in.
    pub const ALL: [Self; 4] = [Self::TERMINAL, Self::DARK, Self::LIGHT, Self::MONO];

    /// The theme of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name == Some(name))
    }

    /// What it is for, in a few words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        self.about
    }

    /// Its name; none where it is the reader's own.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        self.name
    }

    /// The same with another style for a look: the reader's own.
    #[must_use]
    pub const fn with(mut self, look: Look, style: Style) -> Self {
        *self.looks.place(look) = style;
        Self { name: None, about: "your own", ..self }
    }

    /// The style of a look.
    #[must_use]
    pub const fn style(mut self, look: Look) -> Style {
        *self.looks.place(look)
    }

    /// The style of an ink.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Style {
        self.style(match ink {
            Ink::Title | Ink::Key => Look::Strong,
            Ink::Plain | Ink::Fact | Ink::Quote => Look::Plain,
            Ink::Quiet => Look::Quiet,
            Ink::Warning => Look::Warning,
        })
    }
}

impl Looks {
    const fn place(&mut self, look: Look) -> &mut Style {
        match look {
            Look::Plain => &mut self.plain,
            Look::Quiet => &mut self.quiet,
            Look::Strong => &mut self.strong,
            Look::Accent => &mut self.accent,
            Look::Quote => &mut self.quote,
            Look::Mark => &mut self.mark,
            Look::Warning => &mut self.warning,
            Look::Selection => &mut self.selection,
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::TERMINAL
    }
}

/// The colours that have a name, in the configuration's words; of the terminal's own, the sixteen.
pub const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "gray",
    "darkgray",
    "lightred",
    "lightgreen",
    "lightyellow",
    "lightblue",
    "lightmagenta",
    "lightcyan",
    "white",
];

/// What letters can be besides coloured, in the configuration's words.
pub const MARKS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// A style from words: `magenta bold`, `black on #f0c860`, `214 underline`; none is `plain`.
///
/// # Errors
///
/// The word that is neither a colour nor a mark.
pub fn style(words: &str) -> Result<Style, &str> {
    let mut style = PLAIN;
    let mut behind = false;
    for word in words.split_whitespace().filter(|&word| word != "plain") {
        if word == "on" && !behind {
            behind = true;
        } else if let Some((_, mark)) = MARKS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*mark);
        } else {
            let colour = word.parse::<Color>().map_err(|_| word)?;
            style = if behind { style.bg(colour) } else { style.fg(colour) };
            behind = false;
        }
    }
    if behind { Err("on") } else { Ok(style) }
}

/// A style in words that [`style`] takes back.
#[must_use]
pub fn words(style: Style) -> String {
    let mut words = Vec::new();
    words.extend(style.fg.map(|colour| colour.to_string().to_lowercase()));
    words.extend(style.bg.map(|colour| format!("on {colour}").to_lowercase()));
    let marks = MARKS.iter().filter(|(_, mark)| style.add_modifier.contains(*mark));
    words.extend(marks.map(|(name, _)| (*name).to_owned()));
    if words.is_empty() { String::from("plain") } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_said_in_words_and_taken_back() {
        for theme in Theme::ALL {
            for (look, name) in Look::ALL {
                assert_eq!(style(&words(theme.style(look))), Ok(theme.style(look)), "{name}");
            }
        }
        let cases = [
            ("magenta bold", Ok("magenta bold")),
            ("on yellow black", Ok("black on yellow")),
            ("bold 214", Ok("214 bold")),
            ("bright-red on #F0C860", Ok("lightred on #f0c860")),
            ("", Ok("plain")),
            ("reddish", Err("reddish")),
            ("black on", Err("on")),
            ("black on on red", Err("on")),
        ];
        for (said, want) in cases {
            assert_eq!(style(said).map(words).as_deref(), want.as_deref(), "{said}");
        }
    }

    #[test]
    fn only_without_colour_is_anything_underlined_and_then_only_the_quote() {
        for theme in Theme::ALL {
            for (look, name) in Look::ALL {
                let underlined = theme.style(look).add_modifier.contains(Modifier::UNDERLINED);
                assert_eq!(underlined, theme == Theme::MONO && look == Look::Quote, "{name}");
            }
        }
    }
}
