//! Taking the values out of a table, each with a report of what is wrong with it.

use super::fields::{Array, At, Field, List, Row, Table, Unknown, Value, Words};
use super::report::{Fault, Placed, Report, Site, Unread};
use crate::date::Date;
use crate::order;
use crate::problem::{Code, ticked};
use crate::sanitize::{Hidden, Safe, Shown};
use crate::span::Span;

/// `table` is the place of the table's header.
impl Report<'_> {
    /// Notes the keys of a table that the format does not know.
    pub fn unknown_keys<'t, T: Row<'t>>(&mut self, table: Site, keys: &Table<T>) {
        for Unknown { key, tables } in &keys.unknown {
            let at = table.of(key);
            if self.is_begun_unknown(at) {
                return;
            }
            let is_table = Span::new(0, at.span.start).of(self.text(at)).ends_with('[');
            let (code, what) =
                if is_table { (Code::UnknownTable, "table") } else { (Code::UnknownKey, "key") };
            let help = self.suggest_key(key.get(), table, T::KEYS);
            let help = help.unwrap_or_else(|| format!("known here: {}", T::KEYS.join(", ")));
            self.add(Fault::new(code, at, format!("unknown {what} {}", ticked(key.get()))).help(help));
            if table == Site::top(table.file) && !tables.is_empty() {
                self.unknown_tables(table.file, tables);
                self.leaves(Unread::Thing);
            }
        }
    }

    /// Notes where the keys of another table begin among those of one inside of `table`, which has such a name: an id
    /// and more that only such a table can have. The header of that other one is missing.
    fn headless<'t, T: Row<'t>>(&mut self, name: &'static str, table: Site, row: &mut T) {
        let mut found: Vec<Span> = Vec::new();
        for key in T::KEYS {
            let Some(inner) = row.tables(key) else { continue };
            inner.unknown(&mut |start, unknown| {
                let has_header =
                    !Span::new(start.start, start.start + 1).of(self.text(table)).starts_with('{');
                let mut others =
                    unknown.iter().map(|it| &it.key).filter(|key| T::KEYS.contains(&key.get().as_str()));
                let has_id = others.clone().any(|key| key.get() == "id");
                let begun = others.next().zip(others.next()).filter(|_| has_id && has_header);
                found.extend(begun.map(|(first, _)| first.span()));
            });
        }
        order::sort_by_key(&mut found, |span| *span);
        for span in found {
            let at = Site { span, ..table };
            if !self.is_orphan(at) {
                let fault = Fault::new(Code::UnknownKey, at, "keys of a table whose header is missing");
                let help = format!("write it above them: [[{name}]], if it is one like that above");
                self.add(fault.help(help));
                self.begins_unknown(at);
                self.leaves(Unread::Thing);
            }
        }
    }

    /// Keeps where those of a file's tables begin that the format does not know. One that only tables inside of it
    /// name has no header, and does not end the one above.
    fn unknown_tables(&mut self, file: usize, tables: &[Span]) {
        for &span in tables {
            let at = Site { file, span };
            if Span::new(span.start, span.start + 1).of(self.text(at)) == "[" {
                self.begins_unknown(at);
            }
        }
    }

    /// A value, if it is there and of the right type.
    pub fn field<T>(&mut self, table: Site, key: &'static str, value: Value<T>) -> Option<Placed<T>> {
        let value = value?;
        let at = table.of(&value);
        match value.into_inner().0 {
            Ok(value) => Some(Placed { at, value }),
            Err(wrong) => {
                let message = format!("`{key}` should be {}, not {}", wrong.expected.what, wrong.found);
                let instead = wrong.meant.as_deref().unwrap_or(wrong.expected.example);
                let help = format!("write {key} = {instead}");
                self.add(Fault::new(Code::WrongType, at, message).help(help));
                self.goes_awry(table, key);
                None
            }
        }
    }

    /// Keeps a value of the head where it is given for the first time; there must be no second.
    pub fn once<T>(
        &mut self,
        key: &'static str,
        table: Site,
        value: Value<T>,
        kept: &mut Option<(Site, At<Field<T>>)>,
    ) {
        let Some(value) = value else { return };
        match kept {
            None => *kept = Some((table, value)),
            Some((first, given)) => {
                let help = format!("first at {}; keep one of them", self.cite(first.of(given)));
                let message = format!("`{key}` is given twice");
                self.add(Fault::new(Code::HeadTwice, table.of(&value), message).help(help));
            }
        }
    }

    /// Words, if they are there; they must not be empty then.
    pub fn words<'t>(
        &mut self,
        table: Site,
        key: &'static str,
        value: Value<Words<'t>>,
    ) -> Option<Placed<Words<'t>>> {
        let words = self.field(table, key, value)?;
        if words.value.chars().all(char::is_whitespace) {
            self.add(
                Fault::new(Code::Empty, words.at, format!("`{key}` is empty"))
                    .help("say something, or leave it out if the table can do without it"),
            );
            return None;
        }
        Some(words)
    }

    /// Words for one line of the screen, if they are there.
    pub fn line(&mut self, table: Site, key: &'static str, value: Value<Words<'_>>) -> Option<Safe> {
        let words = self.words(table, key, value)?;
        Some(self.in_a_line(key, &words))
    }

    /// Such words as they are shown.
    pub fn in_a_line(&mut self, key: &'static str, words: &Placed<Words<'_>>) -> Safe {
        let said = words.value.trim();
        let safe = Safe::line(said);
        let hidden = if *safe == *said { None } else { first_hidden(&words.value) };
        if let Some(name) = hidden {
            let message = format!("`{key}` holds what cannot be seen: {name}");
            self.add(Fault::new(Code::HiddenCharacters, words.at, message).help("delete it"));
        }
        safe
    }

    /// Notes that a value that must be there is not; `what` is the table in words.
    pub fn need<T>(&mut self, table: Site, what: &str, key: &'static str, value: &Value<T>) {
        if value.is_none() && !self.is_awry(table, key) {
            let message = format!("{what} without `{key}`");
            self.add(Fault::new(Code::MissingKey, table, message).help(format!("add {key} = ...")));
        }
    }

    /// The same of a list, which must have a member too.
    pub fn need_members<T>(&mut self, table: Site, what: &str, key: &'static str, list: &List<T>) {
        self.need(table, what, key, list);
        if let Some(list) = list.as_ref().filter(|list| matches!(&list.get().0, Ok(list) if list.is_empty()))
        {
            let fault = Fault::new(Code::Empty, table.of(list), format!("`{key}` is empty"));
            self.add(fault.help(format!("name one or more: {key} = [\"...\"]")));
        }
    }

    /// The words of a list, if it is there.
    pub fn list<'t>(
        &mut self,
        table: Site,
        key: &'static str,
        list: List<Words<'t>>,
    ) -> Vec<Placed<Words<'t>>> {
        let Some(list) = self.field(table, key, list) else { return Vec::new() };
        let words = |words| self.words(table, key, Some(words));
        list.value.into_iter().filter_map(words).collect()
    }

    /// The tables of an array, without those that are none. Its path is what its header says, name by name.
    pub fn tables<'t, T: Row<'t>>(
        &mut self,
        table: Site,
        path: &[&'static str],
        array: Array<T>,
    ) -> Vec<Placed<T>> {
        let (Some(array), Some(&key)) = (array, path.last()) else { return Vec::new() };
        let is_top = table == Site::top(table.file);
        let unread = if is_top { Unread::Thing } else { Unread::Name };
        let at = table.of(&array);
        let Field(Ok(array)) = array.into_inner() else {
            self.leaves(unread);
            if let Some(header) = self.inner_header(at) {
                self.begins_early(at, header);
                return Vec::new();
            }
            let help = format!("write [[{}]] with double brackets for each one", path.join("."));
            self.add(Fault::new(Code::WrongType, at, format!("`{key}` is not a list of tables")).help(help));
            return Vec::new();
        };
        let known = |item| {
            let Some(Placed { at, mut value }) = self.field(table, key, Some(item)) else {
                self.leaves(unread);
                return None;
            };
            if !is_top && !self.is_inside(table, path, at) {
                return None;
            }
            self.unknown_keys(at, &value);
            if is_top {
                self.begins(key, T::KEYS, at);
                self.headless(key, at, &mut value.row);
            }
            Some(Placed { at, value: value.row })
        };
        array.into_iter().filter_map(known).collect()
    }

    /// What the header says that a place is in, if that is of a table inside another: `event.quote`.
    fn inner_header(&self, at: Site) -> Option<String> {
        let (before, behind) = self.text(at).split_at_checked(at.span.start)?;
        let (header, _) = behind.split_once(']').filter(|_| before.ends_with('['))?;
        header.contains('.').then(|| header.to_owned())
    }

    /// One of the words to choose from.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        word: &Placed<Words<'_>>,
        choices: &[T],
        written: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let found = choices.iter().copied().find(|&choice| written(choice) == word.value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|&choice| written(choice)).collect();
            let help = self.suggest(&word.value, words.iter().copied());
            let help = help.unwrap_or_else(|| format!("choose from {}", words.join(", ")));
            let message = format!("{} is not a `{key}`", ticked(&word.value));
            self.add(Fault::new(Code::UnknownChoice, word.at, message).help(help));
        }
        found
    }

    /// A date, if there is one.
    pub fn date(&mut self, table: Site, key: &'static str, value: Value<Words<'_>>) -> Option<Date> {
        let value = value?;
        let at = table.of(&value);
        let Field(Ok(written)) = value.into_inner() else {
            let message = format!("`{key}` should be a date in quotation marks");
            self.add(Fault::new(Code::WrongType, at, message).help("as \"2025-11-19\""));
            return None;
        };
        match written.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                let message = format!("{} is not a date: {error}", ticked(&written));
                let help = "write \"2025-11-19\", \"2025-11\" or \"2025\", and ~ (about), ? (unsure) or % (both) at the end";
                self.add(Fault::new(Code::BadDate, at, message).help(help));
                None
            }
        }
    }
}

/// The first character of a text that cannot be seen, by name.
fn first_hidden(text: &str) -> Option<String> {
    Shown::new(text).hidden().first().map(Hidden::name)
}
