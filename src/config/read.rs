//! A configuration from the text of its file and the variables of the environment.

use super::{Config, Origin, Setting};
use crate::glyphs::Glyphs;
use crate::keys::{Action, BINDINGS, Key, Keymap};
use crate::nearest::nearest;
use crate::order;
use crate::problem::{Code, Mistake, Page, Problem, ticked};
use crate::span::Span;
use crate::theme::{self, Look, Theme};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of the file's head.
const SETTINGS: [&str; 4] = ["theme", "mouse", "glyphs", "keys"];

/// A value of the file, with its place.
type Value<'t> = Spanned<DeValue<'t>>;

/// A file being read.
struct Reader<'p> {
    page: &'p Page<'p>,
    problems: Vec<Problem>,
}

impl Config {
    /// Reads a configuration, with what is wrong in it. The file goes before the environment, but for
    /// `NO_COLOR`, which goes before everything.
    pub fn read(page: Option<&Page<'_>>, variable: impl Fn(&str) -> Option<String>) -> (Self, Vec<Problem>) {
        let mut config = Self::default();
        if let Some((value, from)) = Glyphs::of_locale(&variable) {
            config.glyphs = Setting { value, origin: Origin::Environment(from) };
        }
        let mut problems = Vec::new();
        if let Some(page) = page {
            let mut reader = Reader { page, problems };
            reader.file(&mut config);
            problems = reader.problems;
            order::sort_by_key(&mut problems, |problem| {
                problem.excerpt.as_ref().map(|place| (place.line, place.column))
            });
        }
        if let Some(value) = variable("NO_COLOR").filter(|value| !value.is_empty()) {
            let origin = Origin::Environment(format!("NO_COLOR={value}"));
            config.theme = Setting { value: Theme::MONO, origin };
        }
        (config, problems)
    }
}

impl Reader<'_> {
    fn file(&mut self, config: &mut Config) {
        let (table, errors) = DeTable::parse_recoverable(self.page.text());
        if let Some(mistake) = errors.first().map(|error| Mistake::new(error, self.page.text())) {
            self.problem(Code::Syntax, mistake.span, &mistake.message(), Some(mistake.help()));
        }
        for (key, value) in table.get_ref() {
            let origin = Origin::File(self.page.line(key.span().start));
            match key.get_ref().as_ref() {
                "theme" => {
                    if let Some(value) = self.theme(value) {
                        config.theme = Setting { value, origin };
                    }
                }
                "mouse" => match value.get_ref().as_bool() {
                    Some(value) => config.mouse = Setting { value, origin },
                    None => self.wrong(value, "true or false"),
                },
                "glyphs" => {
                    if let Some(value) = self.choice(value, &Glyphs::ALL) {
                        config.glyphs = Setting { value, origin };
                    }
                }
                "keys" => {
                    if let Some(keys) = self.keys(value) {
                        config.keys = keys;
                    }
                }
                other => self.unknown(key.span().into(), "there is no setting", other, &SETTINGS),
            }
        }
    }

    /// A theme by its name, or the reader's own.
    fn theme(&mut self, value: &Value<'_>) -> Option<Theme> {
        let themes = Theme::ALL.map(|theme| (theme, theme.name().unwrap_or_default()));
        let Some(table) = value.get_ref().as_table() else { return self.choice(value, &themes) };
        let base = table.iter().find(|(key, _)| key.get_ref() == "base");
        let mut theme = base.and_then(|(_, value)| self.choice(value, &themes)).unwrap_or_default();
        let names = Look::ALL.map(|(_, name)| name);
        for (key, value) in table.iter().filter(|(key, _)| key.get_ref() != "base") {
            let Some((look, _)) = Look::ALL.into_iter().find(|(_, name)| key.get_ref() == name) else {
                self.unknown(key.span().into(), "there is no look", key.get_ref(), &names);
                continue;
            };
            match value.get_ref().as_str().map(theme::style) {
                Some(Ok(style)) => theme = theme.with(look, style),
                Some(Err(word)) => {
                    let message = format!("{} is neither a colour nor a mark", ticked(word));
                    self.problem(
                        Code::UnknownChoice,
                        value.span().into(),
                        &message,
                        Some(&right_style(word)),
                    );
                }
                None => self.wrong(value, "words such as \"magenta bold\""),
            }
        }
        Some(theme)
    }

    /// The table of keys. What is wrong leaves its action the keys that are built in, and a clash all of them.
    fn keys(&mut self, value: &Value<'_>) -> Option<Keymap> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, "a table: [keys]");
            return None;
        };
        let settable = BINDINGS.iter().filter(|binding| !binding.is_fixed());
        let names: Vec<&str> = settable.map(|binding| binding.action.name()).collect();
        let mut changes: Vec<(Action, Vec<Vec<Key>>)> = Vec::new();
        let mut places = Vec::new();
        for (name, value) in table {
            let name_known = |name: &&str| names.contains(name);
            let Some(action) = Some(name.get_ref().as_ref()).filter(name_known).and_then(Action::named)
            else {
                self.unknown(name.span().into(), "there is no action", name.get_ref(), &names);
                continue;
            };
            let Some(list) = value.get_ref().as_array() else {
                self.wrong(value, "a list of keys: [\"x\", \"Ctrl-x\"]");
                continue;
            };
            // Every wrong one is told of.
            let keys: Vec<_> = list.iter().map(|keys| self.sequence(keys)).collect();
            if let Some(keys) = keys.into_iter().collect() {
                places.push((action, Span::from(name.span())));
                changes.push((action, keys));
            }
        }
        match Keymap::with(&changes) {
            Ok(map) => Some(map),
            Err(clash) => {
                let place = places.iter().find(|(action, _)| *action == clash.action());
                let place = place.map_or_else(|| value.span().into(), |(_, place)| *place);
                let message = format!("the keys stay as they are built in: {clash}");
                self.problem(Code::KeyClash, place, &message, None);
                None
            }
        }
    }

    /// Keys pressed one after another.
    fn sequence(&mut self, value: &Value<'_>) -> Option<Vec<Key>> {
        let Some(words) = value.get_ref().as_str() else {
            self.wrong(value, "the name of a key: \"x\"");
            return None;
        };
        let mut keys = Vec::new();
        for word in words.split(' ') {
            if let Ok(key) = word.parse() {
                keys.push(key);
                continue;
            }
            let message = format!("there is no key {}", ticked(word));
            self.problem(Code::UnknownChoice, value.span().into(), &message, Some(&right_key(word)));
            return None;
        }
        Some(keys)
    }

    /// One of several words.
    fn choice<T: Copy>(&mut self, value: &Value<'_>, choices: &[(T, &str)]) -> Option<T> {
        let names: Vec<&str> = choices.iter().map(|(_, name)| *name).collect();
        let Some(word) = value.get_ref().as_str() else {
            self.wrong(value, &format!("one of {}", names.join(", ")));
            return None;
        };
        let found = choices.iter().find(|(_, name)| *name == word).map(|(choice, _)| *choice);
        if found.is_none() {
            let message = format!("{} is not one of {}", ticked(word), names.join(", "));
            self.problem(Code::UnknownChoice, value.span().into(), &message, None);
        }
        found
    }

    fn unknown(&mut self, place: Span, what: &str, name: &str, names: &[&str]) {
        let near = nearest(name, names.iter().copied(), 3);
        let near = if near.is_empty() && names.len() < 10 { names.to_vec() } else { near };
        let help = (!near.is_empty()).then(|| format!("the nearest: {}", near.join(", ")));
        let message = format!("{what} {}", ticked(name));
        self.problem(Code::UnknownKey, place, &message, help.as_deref());
    }

    fn wrong(&mut self, value: &Value<'_>, wanted: &str) {
        self.problem(Code::WrongType, value.span().into(), &format!("this must be {wanted}"), None);
    }

    fn problem(&mut self, code: Code, place: Span, message: &str, help: Option<&str>) {
        let problem = self.page.problem(code, place, message);
        self.problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }
}

/// What to write where there is no key of a name.
fn right_key(word: &str) -> String {
    if let Some(key) = spelt_otherwise(word) {
        return format!("write {key}");
    }
    let names: Vec<&str> = Key::names().collect();
    let held = ["Ctrl-x", "Alt-x"];
    if let [near] = nearest(word, names.iter().copied().chain(held), 1)[..] {
        return format!("the nearest: {near}");
    }
    if word.chars().all(char::is_alphabetic) {
        return "keys pressed one after another are set apart by a space: \"y y\"".to_owned();
    }
    format!("a key is a letter or a sign, {}, F1 to F12, or {}", held.join(", "), names.join(", "))
}

/// The key of a name as vim or Emacs write it: `<C-n>`, `M-x`, `^n`.
fn spelt_otherwise(word: &str) -> Option<Key> {
    let inner = word.strip_prefix('<').and_then(|word| word.strip_suffix('>')).unwrap_or(word);
    let name = match inner.split_once('-').or_else(|| Some(("C", inner.strip_prefix('^')?))) {
        Some(("C" | "c", key)) => format!("Ctrl-{key}"),
        Some(("A" | "a" | "M" | "m", key)) => format!("Alt-{key}"),
        Some(("S" | "s", key)) => format!("Shift-{key}"),
        Some(_) | None => inner.to_owned(),
    };
    name.parse().ok()
}

/// What to write where a word of a style is none.
fn right_style(word: &str) -> String {
    let marks = theme::MARKS.map(|(name, _)| name);
    let near = nearest(word, theme::COLOURS.into_iter().chain(marks), 3);
    if !near.is_empty() {
        return format!("the nearest: {}", near.join(", "));
    }
    format!("a colour is {}, 0 to 255 or #rrggbb", theme::COLOURS.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Copied, Reading, Room};
    use crate::sanitize::Safe;

    fn read(text: &str, variables: &[(&str, &str)]) -> (Config, Vec<String>) {
        let page = Page::new(Safe::line("config.toml"), text);
        let variable =
            |name: &str| variables.iter().find(|(set, _)| *set == name).map(|(_, value)| (*value).to_owned());
        let (config, problems) = Config::read(Some(&page), variable);
        let heads = problems.iter().map(|problem| problem.to_string());
        (config, heads.map(|problem| problem.lines().next().unwrap_or_default().to_owned()).collect())
    }

    #[test]
    fn a_file_changes_what_it_names() {
        let text = "theme = \"dark\"\nmouse = true\nglyphs = \"ascii\"\n[keys]\n\
                    next-quote = [\"]\", \"x\"]\nsuspend = []\ncopy = [\"Y\", \"y y\"]\nset-mark = [\"M\"]\n";
        let (config, problems) = read(text, &[("LANG", "C.UTF-8")]);
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(config.theme, Setting { value: Theme::DARK, origin: Origin::File(1) });
        assert_eq!(config.mouse, Setting { value: true, origin: Origin::File(2) });
        assert_eq!(config.glyphs, Setting { value: Glyphs::Ascii, origin: Origin::File(3) });
        let cases = [
            (vec![Key::Char('x')], Reading::Run(Action::NextQuote)),
            (vec![Key::Ctrl('z')], Reading::Nothing),
            (vec![Key::Char('Y')], Reading::Run(Action::Copy(Copied::Cited))),
            (vec![Key::Char('M'), Key::Char('a')], Reading::RunWith(Action::SetMark, 'a')),
        ];
        for (keys, reading) in cases {
            assert_eq!(config.keys.read(Room::Card, &keys), reading, "{keys:?}");
        }
    }

    #[test]
    fn the_environment_speaks_where_the_file_is_silent_and_no_color_always() {
        let (config, _) = read("theme = \"dark\"", &[("LC_ALL", "C"), ("NO_COLOR", "1")]);
        assert_eq!(config.glyphs.value, Glyphs::Ascii);
        assert_eq!(config.glyphs.origin, Origin::Environment(String::from("LC_ALL=C")));
        assert_eq!(config.theme.value, Theme::MONO);
    }

    #[test]
    fn a_theme_of_ones_own_begins_with_another() {
        let (config, problems) = read("[theme]\nbase = \"light\"\nquote = \"black on #f0c860 bold\"\n", &[]);
        assert_eq!(problems, Vec::<String>::new());
        let theme = config.theme.value;
        assert_eq!(theme.name(), None);
        assert_eq!(theme.style(Look::Accent), Theme::LIGHT.style(Look::Accent));
        assert_eq!(theme::words(theme.style(Look::Quote)), "black on #f0c860 bold");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_the_rest_stands() {
        let cases = [
            ("thme = 1", "config.toml:1:1: error[E007]: there is no setting `thme`"),
            (
                "theme = \"drak\"",
                "config.toml:1:9: error[E021]: `drak` is not one of terminal, dark, light, mono",
            ),
            ("mouse = \"on\"", "config.toml:1:9: error[E009]: this must be true or false"),
            ("[theme]\nqote = \"red\"", "config.toml:2:1: error[E007]: there is no look `qote`"),
            (
                "[theme]\nquote = \"redd\"",
                "config.toml:2:9: error[E021]: `redd` is neither a colour nor a mark",
            ),
            ("[keys]\nnxt = [\"x\"]", "config.toml:2:1: error[E007]: there is no action `nxt`"),
            ("[keys]\nzoom = [\"Ctl-x\"]", "config.toml:2:9: error[E021]: there is no key `Ctl-x`"),
            ("[keys]\nzoom = [\"yy\"]", "config.toml:2:9: error[E021]: there is no key `yy`"),
            (
                "[keys]\nzoom = \"x\"",
                "config.toml:2:8: error[E009]: this must be a list of keys: [\"x\", \"Ctrl-x\"]",
            ),
            (
                "[keys]\nzoom = [\"]\"]",
                "config.toml:2:1: error[E031]: the keys stay as they are built in: `]` is bound to both `zoom` and `next-quote`",
            ),
        ];
        for (text, want) in cases {
            let (config, problems) = read(&format!("{text}\n"), &[]);
            assert!(problems.iter().any(|problem| problem.starts_with(want)), "{text}: {problems:?}");
            assert_eq!(config.keys, Keymap::default(), "{text}");
        }
        let (config, problems) = read("mouse = 1\nglyphs = \"ascii\"\n", &[]);
        assert_eq!((problems.len(), config.glyphs.value), (1, Glyphs::Ascii));
        let (config, problems) =
            read("[keys]\nhelp = [\"X\", \"F13\"]\nnxt = [\"x\"]\nzoom = [\"Z\"]\n", &[]);
        let keys = [Action::Help, Action::Zoom].map(|action| config.keys.first(Room::List, action));
        assert_eq!((problems.len(), keys), (2, ["?", "Z"].map(|keys| Some(keys.to_owned()))));
    }

    #[test]
    fn what_is_no_key_and_no_colour_is_answered_with_what_there_is() {
        let keys = "a key is a letter or a sign, Ctrl-x, Alt-x, F1 to F12, or Enter, Esc, Tab, ";
        let colours = "a colour is black, red, green, ";
        let cases = [
            ("[keys]\nzoom = [\"C-n\"]", "write Ctrl-n"),
            ("[keys]\nzoom = [\"<C-N>\"]", "write Ctrl-n"),
            ("[keys]\nzoom = [\"^n\"]", "write Ctrl-n"),
            ("[keys]\nzoom = [\"M-é\"]", "write Alt-é"),
            ("[keys]\nzoom = [\"<S-Tab>\"]", "write Shift-Tab"),
            ("[keys]\nzoom = [\"<Space>\"]", "write Space"),
            ("[keys]\nzoom = [\"Entr\"]", "the nearest: Enter"),
            ("[keys]\nzoom = [\"F13\"]", keys),
            ("[keys]\nzoom = [\"yy\"]", "keys pressed one after another are set apart by a space: \"y y\""),
            ("[theme]\nquote = \"magneta\"", "the nearest: magenta"),
            ("[theme]\nquote = \"blod\"", "the nearest: bold"),
            ("[theme]\nquote = \"purpel\"", colours),
            ("[theme]\nquote = \"é—漢🦀\"", ", white, 0 to 255 or #rrggbb"),
        ];
        for (text, want) in cases {
            let page = Page::new(Safe::line("config.toml"), text);
            let (_, problems) = Config::read(Some(&page), |_| None);
            let help = problems.first().and_then(|problem| problem.help.as_deref()).unwrap_or_default();
            assert!(help.contains(want), "{text}: {help}");
        }
        for name in theme::COLOURS {
            assert!(theme::style(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_not_toml_is_said_in_plain_words_with_what_to_do() {
        let neither = "neither a key with its value nor the header of a table";
        let remark = "write key = \"...\", or # in front of a remark";
        let unmarked = "write key = \"...\"; true, false and numbers need no marks";
        let value = "write true, false, a number, or words in quotation marks";
        // (text, where, what, what to do)
        let cases = [
            ("theme = dark", "1:9", "a value is missing, or has no quotation marks", unmarked),
            ("mouse = yes", "1:9", "a value is missing, or has no quotation marks", unmarked),
            ("mouse = tru", "1:9", "not a value", value),
            ("zoom = 1_", "1:9", "not a value", value),
            ("zoom = 01", "1:8", "not a value", value),
            ("zoom = 2025-13-01", "1:8", "not a value", value),
            (
                "theme = \"é—漢🦀",
                "1:14",
                "a string ends with its line",
                "close it on its line, or use three quotation marks",
            ),
            (
                "[keys\nzoom = [\"x\"]",
                "1:6",
                "the header of a table is not closed",
                "write as many brackets behind it as in front of it",
            ),
            (
                "[keys]\nzoom = [\"x\" \"y\"]",
                "2:13",
                "not a list",
                "write [\"...\", \"...\"] with a comma between",
            ),
            (
                "mouse = true\nmouse = false",
                "2:1",
                "the key is given twice",
                "give it once; or begin another table with a header above it",
            ),
            ("glyphs = \"é—漢🦀\" x", "1:17", neither, remark),
        ];
        for (text, place, what, help) in cases {
            let page = Page::new(Safe::line("config.toml"), text);
            let (config, problems) = Config::read(Some(&page), |_| None);
            let shown = problems.iter().map(ToString::to_string).find(|problem| problem.contains("E005"));
            let shown = shown.unwrap_or_default();
            let head = format!("config.toml:{place}: error[E005]: not TOML: {what}\n");
            assert!(shown.starts_with(&head) && shown.ends_with(&format!("^ {help}")), "{text}: {shown}");
            assert_eq!(config.keys, Keymap::default(), "{text}");
        }
    }

    #[test]
    fn what_is_printed_asks_for_the_same() {
        let texts = [
            "",
            "theme = \"mono\"\nmouse = true\n[keys]\nzoom = [\"Z\", \"Ctrl-x z\"]\nset-mark = [\"M\"]\nmarks = []\n",
            "glyphs = \"ascii\"\n[theme]\nwarning = \"bold\"\n[keys]\nsearch-all = []\nzoom = [\"\\\"\", \"\\\\\", \"Alt-Space\"]\n",
        ];
        for text in texts {
            let (config, problems) = read(text, &[]);
            assert_eq!(problems, Vec::<String>::new(), "{text}");
            let (again, problems) = read(&config.to_string(), &[]);
            assert_eq!(problems, Vec::<String>::new(), "{config}");
            let values = |config: &Config| {
                let styles = Look::ALL.map(|(look, _)| config.theme.value.style(look));
                (styles, config.mouse.value, config.glyphs.value, config.keys.clone())
            };
            assert_eq!(values(&again), values(&config), "{config}");
            assert_eq!(
                again.to_string().replace(|c: char| c.is_ascii_digit(), ""),
                config.to_string().replace(|c: char| c.is_ascii_digit(), "")
            );
        }
    }
}
