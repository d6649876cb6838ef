//! A row a quote, for spreadsheets: RFC 4180, in UTF-8, with a heading.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such a cell gets
//! an apostrophe in front, which spreadsheets take for "this is text": a quote that begins with a
//! dash differs from its source by that one character here, and in no other form.
//!
//! This holds where cells are read as they are written, with a comma between them. A spreadsheet set
//! to semicolons or tabs finds cells of its own in the middle of the words, behind each `;` and on each
//! of their lines, and one of these may begin so. No quoting helps, as it heeds quotation marks at the
//! beginning of its own cells only; apostrophes there would be in the words that every other reader
//! gets, before each item of a list. So the words stay, and the README says what to read them with.

use super::{Extract, Provenance};
use crate::date::Date;
use crate::model::{Card, Quote, Stance, Status, Subject};
use std::borrow::Cow;
use std::io::{self, Write};

/// What a row is made of.
struct Row<'b> {
    extract: &'b Extract<'b>,
    card: &'b Card,
    number: usize,
    quote: &'b Quote,
    from: Provenance<'b>,
}

/// A column: its heading, and its cell in a row.
type Column = (&'static str, for<'r> fn(&'r Row<'_>) -> Cow<'r, str>);

/// New ones come last, so that the others keep their places.
const COLUMNS: [Column; 31] = [
    ("briefing", |row| row.from.briefing.into()),
    ("card", |row| (*row.card.id).into()),
    ("quote", |row| row.number.to_string().into()),
    ("kind", |row| row.card.kind.family().written().into()),
    ("title", |row| (*row.card.title).into()),
    ("version", |row| words(version(row))),
    ("actor", |row| words(actor(row))),
    ("stance", |row| words(row.card.stance().map(Stance::written))),
    ("status", |row| words(row.card.status().map(Status::written))),
    ("on", |row| on(row).into()),
    ("topics", |row| topics(row).into()),
    ("certainty", |row| row.card.standing.certainty.written().into()),
    ("words", |row| row.quote.handed_on().into()),
    ("by", |row| words(row.from.by)),
    ("basis", |row| words(row.from.basis)),
    ("origin", |row| words(row.from.origin)),
    ("source", |row| row.from.title.into()),
    ("outlet", |row| words(row.from.outlet)),
    ("author", |row| words(row.from.author)),
    ("date", |row| words(row.from.date.as_deref())),
    ("url", |row| words(row.from.url)),
    ("file", |row| (*row.from.file).into()),
    ("line", |row| number(row.from.line)),
    ("grade", |row| row.from.grade.into()),
    ("nth", |row| number(row.from.nth)),
    ("of", |row| number(row.from.of)),
    ("sha256", |row| words(row.from.sha256)),
    ("card_date", |row| row.card.date.map(Date::iso).unwrap_or_default().into()),
    ("card_text", |row| words(row.card.text.as_deref())),
    ("key", |row| words(row.quote.key_handed_on())),
    ("omissions", |row| number(row.from.omissions)),
];

/// Writes every quote of an extract, a row each; lines end in CR LF.
///
/// # Errors
/// When it cannot be written.
pub fn csv(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(line(COLUMNS.iter().map(|&(heading, _)| heading.into())).as_bytes())?;
    for card in extract.cards().map(|card| &extract.briefing[card]) {
        for (index, quote) in card.quotes.iter().enumerate() {
            let from = Provenance::new(extract, quote);
            let row = Row { extract, card, number: index + 1, quote, from };
            out.write_all(line(COLUMNS.iter().map(|(_, of)| of(&row))).as_bytes())?;
        }
    }
    Ok(())
}

fn version<'r>(row: &'r Row<'_>) -> Option<&'r str> {
    row.card.version().map(|version| &*row.extract.briefing[version].title)
}

fn actor<'r>(row: &'r Row<'_>) -> Option<&'r str> {
    row.card.actor().map(|actor| &*row.extract.briefing[actor].name)
}

/// The ids of what a reaction or a question is about.
fn on(row: &Row<'_>) -> String {
    let id = |subject: &Subject| match *subject {
        Subject::Card(card) => &*row.extract.briefing[card].id,
        Subject::Version(version) => &*row.extract.briefing[version].id,
    };
    row.card.subjects().iter().map(id).collect::<Vec<_>>().join(" ")
}

fn topics(row: &Row<'_>) -> String {
    let ids: Vec<&str> = row.card.topics.iter().map(|&topic| &*row.extract.briefing[topic].id).collect();
    ids.join(" ")
}

fn words(words: Option<&str>) -> Cow<'_, str> {
    words.unwrap_or_default().into()
}

fn number(number: Option<usize>) -> Cow<'static, str> {
    number.map(|number| number.to_string()).unwrap_or_default().into()
}

/// One line of the table.
fn line<'r>(cells: impl Iterator<Item = Cow<'r, str>>) -> String {
    let mut line = String::new();
    for (number, cell) in cells.enumerate() {
        line.push_str(if number == 0 { "" } else { "," });
        line.push_str(&quoted(&inert(&cell)));
    }
    line.push_str("\r\n");
    line
}

/// Words that no spreadsheet takes for a formula; the wide forms count, as some read them alike.
fn inert(words: &str) -> Cow<'_, str> {
    let is_formula = words.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula { Cow::Owned(format!("'{words}")) } else { Cow::Borrowed(words) }
}

/// Words as a cell: in quotation marks where they hold what sets cells apart.
fn quoted(words: &str) -> Cow<'_, str> {
    if words.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
        Cow::Owned(format!("\"{}\"", words.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(words)
    }
}

#[cfg(test)]
mod tests {
    use super::line;
    use std::borrow::Cow;

    #[test]
    fn a_cell_is_neither_a_formula_nor_two_cells() {
        let cases = [
            ("“é—漢🦀”", "“é—漢🦀”"),
            ("a, b", "\"a, b\""),
            ("so \"we\" wait", "\"so \"\"we\"\" wait\""),
            ("one\ntwo", "\"one\ntwo\""),
            ("=1+1", "'=1+1"),
            (" =1+1", "' =1+1"),
            ("＝1", "'＝1"),
            ("-- \"so\"", "\"'-- \"\"so\"\"\""),
            ("+1", "'+1"),
            ("@x", "'@x"),
            ("a-b", "a-b"),
            ("", ""),
        ];
        for (words, cell) in cases {
            assert_eq!(
                line([words, "z"].map(Cow::Borrowed).into_iter()),
                format!("{cell},z\r\n"),
                "{words:?}"
            );
        }
    }
}
