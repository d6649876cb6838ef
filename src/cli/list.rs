//! `brief list`: what there is, a line each, its id first; or the same as JSON.

use super::args::{Args, List, Listed};
use super::{open_at, print};
use crate::cite::{self, counted, label};
use crate::export::{CardEntry, Extract, QuoteEntry, SourceEntry, TopicEntry, catalogue, listing};
use crate::glyphs::Glyphs;
use crate::load::{LoadError, Shelf};
use crate::model::{Briefing, Card, Ref, Topic};
use crate::store;
use crate::wrap;
use anyhow::{Error, Result};
use serde::Serialize;
use std::process::ExitCode;

/// A list in both its forms.
struct Told {
    /// For people: lines of cells.
    lines: Vec<Vec<String>>,
    /// For programs.
    json: String,
}

/// Prints the list that is asked for.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &List, glyphs: Glyphs) -> Result<ExitCode> {
    let of = |list: fn(&Extract<'_>) -> Told| -> Result<Told> {
        let (briefing, topic) = open_at(shelf, args, wanted.topic.as_ref())?;
        Ok(list(&Extract::new(&briefing, topic)))
    };
    let told = match wanted.what {
        Listed::Briefings => briefings(shelf),
        Listed::Topics => of(topics),
        Listed::Cards => of(cards),
        Listed::Sources => of(sources),
        Listed::Quotes => of(quotes),
        Listed::Changes => changes(shelf, args, wanted),
    }?;
    let text = if wanted.json { told.json } else { glyphs.text(&table(&told.lines)).into_owned() };
    Ok(print::finish(print::text(&text), 0))
}

fn briefings(shelf: &Shelf) -> Result<Told> {
    let open = |name: &String| {
        let library = shelf.library_of(name)?;
        let folder = library.path().map(|path| path.to_string_lossy().into_owned());
        Ok::<_, LoadError>((library.open(Some(name))?, folder))
    };
    let all: Vec<(Briefing, Option<String>)> = shelf.names().iter().map(open).collect::<Result<_, _>>()?;
    let line = |(briefing, _): &(Briefing, Option<String>)| {
        let as_of = briefing.as_of.map_or_else(|| String::from("no date"), |date| date.to_string());
        let cards = counted(briefing.cards.len(), "card");
        vec![briefing.name.to_string(), as_of, cards, briefing.title.to_string()]
    };
    Ok(Told { lines: all.iter().map(line).collect(), json: catalogue(&all) })
}

fn topics(extract: &Extract<'_>) -> Told {
    let topics = &extract.briefing.topics;
    let entries: Vec<TopicEntry<'_>> =
        (0..topics.len()).map(|at| TopicEntry::new(extract, Ref::new(at))).collect();
    let line = |(topic, entry): (&Topic, &TopicEntry<'_>)| {
        let mut title = topic.title.to_string();
        if !topic.aliases.is_empty() {
            let aliases: Vec<&str> = topic.aliases.iter().map(|alias| &**alias).collect();
            title = format!("{title} ({})", aliases.join(", "));
        }
        vec![topic.id.to_string(), counted(entry.cards, "card"), title]
    };
    Told {
        lines: topics.iter().zip(&entries).map(line).collect(),
        json: listing(extract, "topics", &entries),
    }
}

fn cards(extract: &Extract<'_>) -> Told {
    let line = |card: &Card| {
        let kind = card.kind.family().written().replace('_', " ");
        vec![card.id.to_string(), kind, card.standing.certainty.word().to_owned(), card.title.to_string()]
    };
    let entries: Vec<CardEntry<'_>> = extract.cards().map(|card| CardEntry::new(extract, card)).collect();
    let lines = extract.cards().map(|card| line(&extract.briefing[card])).collect();
    Told { lines, json: listing(extract, "cards", &entries) }
}

fn sources(extract: &Extract<'_>) -> Told {
    let sources = extract.sources();
    let entries: Vec<SourceEntry<'_>> =
        sources.iter().map(|&source| SourceEntry::new(extract, source)).collect();
    let lines = sources.iter().zip(&entries).map(|(&source, entry)| {
        let source = &extract.briefing[source];
        let outlet = source.outlet.as_ref().map(|_| format!("{}: ", label(source))).unwrap_or_default();
        let title = format!("{outlet}{}", source.title);
        vec![source.id.to_string(), format!("seeds/{}", source.file), counted(entry.quotes, "quote"), title]
    });
    Told { lines: lines.collect(), json: listing(extract, "sources", &entries) }
}

fn quotes(extract: &Extract<'_>) -> Told {
    let entries: Vec<QuoteEntry<'_>> =
        extract.cards().flat_map(|card| QuoteEntry::all(extract, card)).collect();
    let cards = extract.cards().map(|card| &extract.briefing[card]);
    let lines = cards.flat_map(|card| {
        card.quotes.iter().enumerate().map(|(index, quote)| {
            vec![
                format!("{}.{}", card.id, index + 1),
                cite::place(extract.briefing, quote),
                quote.grade().word().to_owned(),
                quote.basis.word().to_owned(),
                format!("“{}”", quote.words.replace('\n', " ")),
            ]
        })
    });
    Told { lines: lines.collect(), json: listing(extract, "quotes", &entries) }
}

/// What has changed since a reader on this machine last left the briefing.
fn changes(shelf: &Shelf, args: &Args, wanted: &List) -> Result<Told> {
    #[derive(Serialize)]
    struct ChangeEntry<'b> {
        card: &'b str,
        change: &'static str,
        kind: &'static str,
        title: &'b str,
    }
    let (briefing, topic) = open_at(shelf, args, wanted.topic.as_ref())?;
    let memory = store::look(shelf.library_of(&briefing.name)?.path(), &briefing.name).map_err(Error::msg)?;
    let changes = memory.changes(&briefing).into_iter().map(|(card, change)| (&briefing[card], change));
    let about = changes.filter(|(card, _)| topic.is_none_or(|topic| card.topics.contains(&topic)));
    let entries: Vec<ChangeEntry<'_>> = about
        .map(|(card, change)| ChangeEntry {
            card: &card.id,
            change: change.word(),
            kind: card.kind.family().written(),
            title: &card.title,
        })
        .collect();
    let line = |entry: &ChangeEntry<'_>| {
        let ChangeEntry { card, change, kind, title } = entry;
        vec![(*card).to_owned(), (*change).to_owned(), kind.replace('_', " "), (*title).to_owned()]
    };
    let lines = entries.iter().map(line).collect();
    Ok(Told { lines, json: listing(&Extract::new(&briefing, topic), "changes", &entries) })
}

/// Lines with their cells below one another; the last cell of a line is as long as it is.
fn table(lines: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width = wrap::width(cell);
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for line in lines {
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            text.push_str(cell);
            if column + 1 < line.len() {
                text.push_str(&" ".repeat(width + 2 - wrap::width(cell)));
            }
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn cells_stand_below_one_another_whatever_their_letters() {
        let lines = [["é—漢🦀", "a", "one two"], ["e\u{301}", "bb", "three"]];
        let lines = lines.map(|line| line.map(str::to_owned).to_vec());
        assert_eq!(table(&lines), "é—漢🦀  a   one two\ne\u{301}       bb  three\n");
        assert_eq!(table(&[]), "");
    }
}
