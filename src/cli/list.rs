//! `brief list`: what there is, a line each, its id first; or the same as JSON.

use super::args::{Args, List, Listed};
use super::{open_at, print, soundness};
use crate::cite::{self, counted, label};
use crate::export::{
    CardEntry, CatalogueEntry, Extract, Head, QuoteEntry, SourceEntry, TopicEntry, catalogue, listing,
};
use crate::glyphs::Glyphs;
use crate::load::Shelf;
use crate::memory::{Change, Memory};
use crate::model::{Card, Ref, Source, Topic};
use crate::store;
use crate::wrap;
use anyhow::{Error, Result};
use serde::Serialize;
use std::io::{self, Write};
use std::process::ExitCode;

/// Where a list goes, and in which form.
struct Printer<'o> {
    json: bool,
    glyphs: Glyphs,
    out: &'o mut dyn Write,
}

impl Printer<'_> {
    /// Prints things under a name, or a line of cells for each. Only what is asked for is made, each
    /// thing as it is printed, and each line twice, as it is first seen how wide its cells are.
    fn list<E: Serialize, I: Iterator<Item = E>, L: Iterator<Item = Vec<String>>>(
        &mut self,
        head: Head<'_>,
        name: &'static str,
        entries: impl Fn() -> I,
        lines: impl Fn() -> L,
    ) -> io::Result<()> {
        if self.json { listing(head, name, entries, self.out) } else { self.table(lines) }
    }

    /// Lines with their cells below one another; the last cell of a line is as long as it is.
    fn table<L: Iterator<Item = Vec<String>>>(&mut self, lines: impl Fn() -> L) -> io::Result<()> {
        let mut widths: Vec<usize> = Vec::new();
        for line in lines() {
            for (column, cell) in line.iter().enumerate() {
                let width = wrap::width(cell);
                match widths.get_mut(column) {
                    Some(widest) => *widest = width.max(*widest),
                    None => widths.push(width),
                }
            }
        }
        for line in lines() {
            let mut text = String::new();
            for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
                text.push_str(cell);
                if column + 1 < line.len() {
                    text.push_str(&" ".repeat(width + 2 - wrap::width(cell)));
                }
            }
            writeln!(self.out, "{}", self.glyphs.text(&text))?;
        }
        Ok(())
    }
}

/// Prints the list that is asked for.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &List, glyphs: Glyphs) -> Result<ExitCode> {
    let json = wanted.json;
    let list = match wanted.what {
        Listed::Briefings => {
            let known = briefings(shelf)?;
            let code = known.iter().map(|known| known.code).max().unwrap_or_default();
            let printed = print::written(|out| {
                if json {
                    let entries: Vec<_> = known.into_iter().map(|known| known.entry).collect();
                    catalogue(&entries, out)
                } else {
                    Printer { json, glyphs, out }.table(|| known.iter().map(|known| known.line.clone()))
                }
            });
            return Ok(print::finish(printed, code));
        }
        Listed::Topics => topics,
        Listed::Cards => cards,
        Listed::Sources => sources,
        Listed::Quotes => quotes,
        Listed::Changes => return changes(shelf, args, wanted, glyphs),
    };
    let (briefing, topic) = open_at(shelf, args)?;
    let extract = Extract::new(&briefing, topic);
    let printed = print::written(|out| list(&extract, Printer { json, glyphs, out }));
    Ok(print::finish(printed, soundness(&briefing)))
}

/// A briefing as it is printed for programs, and for people.
struct Known {
    entry: CatalogueEntry,
    line: Vec<String>,
    /// The exit code that its own errors call for.
    code: u8,
}

/// The briefings, one at a time in memory.
fn briefings(shelf: &Shelf) -> Result<Vec<Known>> {
    let known = |name: &String| {
        let library = shelf.library_of(name)?;
        let folder = library.path().map(|path| path.to_string_lossy().into_owned());
        let briefing = library.open(Some(name))?;
        let as_of = briefing.as_of.map_or_else(|| String::from("no date"), |date| date.to_string());
        let cards = counted(briefing.cards.len(), "card");
        let line = vec![briefing.name.to_string(), as_of, cards, briefing.title.to_string()];
        Ok(Known { entry: CatalogueEntry::new(&briefing, folder), line, code: soundness(&briefing) })
    };
    shelf.names().iter().map(known).collect()
}

fn topics(extract: &Extract<'_>, mut to: Printer<'_>) -> io::Result<()> {
    let all = || extract.briefing.refs();
    let line = |at: Ref<Topic>| {
        let topic = &extract.briefing[at];
        let mut title = topic.title.to_string();
        if !topic.aliases.is_empty() {
            let aliases: Vec<&str> = topic.aliases.iter().map(|alias| &**alias).collect();
            title = format!("{title} ({})", aliases.join(", "));
        }
        vec![topic.id.to_string(), counted(extract.cards_about(at), "card"), title]
    };
    to.list(
        extract.head(),
        "topics",
        || all().map(|topic| TopicEntry::new(extract, topic)),
        || all().map(line),
    )
}

fn cards(extract: &Extract<'_>, mut to: Printer<'_>) -> io::Result<()> {
    let line = |card: Ref<Card>| {
        let card = &extract.briefing[card];
        let (kind, certainty) = (card.kind.family().word(), card.standing.certainty.word());
        [&card.id, kind, certainty, &card.title].map(str::to_owned).to_vec()
    };
    let entries = || extract.cards().map(|card| CardEntry::new(extract, card));
    to.list(extract.head(), "cards", entries, || extract.cards().map(line))
}

fn sources(extract: &Extract<'_>, mut to: Printer<'_>) -> io::Result<()> {
    let sources = extract.sources();
    let line = |&at: &Ref<Source>| {
        let source = &extract.briefing[at];
        let outlet = source.outlet.as_ref().map(|_| format!("{}: ", label(source))).unwrap_or_default();
        let title = format!("{outlet}{}", source.title);
        let quotes = counted(extract.quotes_in(at), "quote");
        vec![source.id.to_string(), source.path(), quotes, title]
    };
    let entries = || sources.iter().map(|&source| SourceEntry::new(extract, source));
    to.list(extract.head(), "sources", entries, || sources.iter().map(line))
}

fn quotes(extract: &Extract<'_>, mut to: Printer<'_>) -> io::Result<()> {
    let entries = || extract.cards().flat_map(|card| QuoteEntry::all(extract, card));
    let lines = || {
        extract.cards().map(|card| &extract.briefing[card]).flat_map(|card| {
            card.quotes.iter().enumerate().map(move |(index, quote)| {
                vec![
                    format!("{}.{}", card.id, index + 1),
                    cite::place(extract.briefing, quote),
                    cite::grade(quote),
                    cite::basis(quote).to_owned(),
                    cite::marked(&quote.words.replace('\n', " ")),
                ]
            })
        })
    };
    to.list(extract.head(), "quotes", entries, lines)
}

/// What has changed since a reader on this machine last left the briefing.
fn changes(shelf: &Shelf, args: &Args, wanted: &List, glyphs: Glyphs) -> Result<ExitCode> {
    #[derive(Serialize)]
    struct ChangeEntry<'b> {
        card: &'b str,
        change: &'static str,
        kind: &'static str,
        title: &'b str,
    }
    fn entry((card, change): (&Card, Change)) -> ChangeEntry<'_> {
        let kind = card.kind.family().written();
        ChangeEntry { card: &card.id, change: change.written(), kind, title: &card.title }
    }
    fn line((card, change): (&Card, Change)) -> Vec<String> {
        [&card.id, change.written(), card.kind.family().word(), &card.title].map(str::to_owned).to_vec()
    }
    let (briefing, topic) = open_at(shelf, args)?;
    let memory = if args.no_state {
        Memory::default()
    } else {
        store::look(shelf.library_of(&briefing.name)?.path(), &briefing.name).map_err(Error::msg)?
    };
    let changes = memory.changes(&briefing);
    let about = || {
        let cards = changes.iter().map(|&(card, change)| (&briefing[card], change));
        cards.filter(|(card, _)| card.is_about(topic))
    };
    let printed = print::written(|out| {
        let mut to = Printer { json: wanted.json, glyphs, out };
        to.list(Head::new(&briefing, topic), "changes", || about().map(entry), || about().map(line))
    });
    Ok(print::finish(printed, soundness(&briefing)))
}

#[cfg(test)]
mod tests {
    use super::Printer;
    use crate::glyphs::Glyphs;

    #[test]
    fn cells_stand_below_one_another_whatever_their_letters() {
        let table = |lines: &[[&str; 3]]| {
            let mut out = Vec::new();
            let mut to = Printer { json: false, glyphs: Glyphs::Unicode, out: &mut out };
            to.table(|| lines.iter().map(|line| line.map(str::to_owned).to_vec())).unwrap();
            String::from_utf8(out).unwrap()
        };
        let lines = [["é—漢🦀", "a", "one two"], ["e\u{301}", "bb", "three"]];
        assert_eq!(table(&lines), "é—漢🦀  a   one two\ne\u{301}       bb  three\n");
        assert_eq!(table(&[]), "");
    }
}
