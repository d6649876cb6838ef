//! The briefing as one page: cards, and the whole text of each source, each quote linked both ways.
//!
//! The page needs nothing beside itself and no script. A link from a quote leads to an element whose
//! text is the link's own; what stands on a card in quotation marks are the source's characters, so
//! that the two can be compared. The language of the texts is not known, so none is claimed: a
//! paragraph runs as its first letter does.

mod escaped;
mod paper;

use super::Extract;
use crate::cite::percent;
use crate::cite::{self, Fact, counted, summary};
use crate::lines;
use crate::model::{Briefing, Card, Family, Quote, QuoteRef, Ref, Source};
use escaped::{attribute, text};
use paper::{Fragment, Label, Paper, piece_id};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// What may be loaded, which is nothing, and run, which is nothing either.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// What the page is made from.
struct Page<'b> {
    extract: &'b Extract<'b>,
    /// The quotes in the order of the page: a quote's number is its place here, from 1.
    quotes: Vec<QuoteRef>,
    /// The sources shown, with their texts cut for their marks.
    papers: Vec<(Ref<Source>, Option<Paper<'b>>)>,
}

/// An extract as one HTML page.
///
/// # Errors
/// When it cannot be written.
pub fn html(extract: &Extract<'_>, out: &mut dyn Write) -> io::Result<()> {
    Page::new(extract).write(out)
}

impl<'b> Page<'b> {
    fn new(extract: &'b Extract<'b>) -> Self {
        let briefing = extract.briefing;
        let cards = Family::ALL.iter().flat_map(|&family| extract.of_family(family));
        let of_card =
            |card: Ref<Card>| (0..briefing[card].quotes.len()).map(move |index| QuoteRef::new(card, index));
        let quotes: Vec<QuoteRef> = cards.flat_map(of_card).collect();
        let mut here: BTreeMap<usize, Vec<(usize, &Quote)>> = BTreeMap::new();
        for (number, place) in (1..).zip(&quotes) {
            if let Some(quote) = briefing[place.card].quotes.get(place.index) {
                here.entry(quote.source.index()).or_default().push((number, quote));
            }
        }
        let papers = extract.sources().into_iter().map(|source| {
            let here = here.get(&source.index()).map(Vec::as_slice).unwrap_or_default();
            (source, paper(briefing, source, here))
        });
        Self { extract, papers: papers.collect(), quotes }
    }

    fn write(&self, page: &mut dyn Write) -> io::Result<()> {
        let briefing = self.extract.briefing;
        let title = text(&briefing.title);
        write!(
            page,
            "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#cards\">Skip to the cards</a>\n\
             <a class=\"skip\" href=\"#sources\">Skip to the sources</a>\n<div class=\"desk\">\n",
            include_str!("html/style.css")
        )?;
        page.write_all(b"<main tabindex=\"0\" aria-label=\"Cards\">\n")?;
        self.head(page)?;
        page.write_all(b"<div id=\"cards\">\n")?;
        let mut number = 0;
        for &family in Family::ALL {
            let cards = self.extract.of_family(family);
            if cards.is_empty() {
                continue;
            }
            writeln!(page, "<section id=\"{}\">\n<h2>{}</h2>", family.written(), family.title())?;
            for card in cards {
                self.card(page, card, &mut number)?;
            }
            page.write_all(b"</section>\n")?;
        }
        page.write_all(
            b"</div>\n</main>\n<section id=\"sources\" tabindex=\"0\" aria-labelledby=\"sources-title\">\n",
        )?;
        page.write_all(b"<h2 id=\"sources-title\">Sources</h2>\n")?;
        for (source, paper) in &self.papers {
            self.source(page, *source, paper.as_ref())?;
        }
        page.write_all(b"</section>\n</div>\n</body>\n</html>\n")
    }

    /// The heading, and the ways to everything.
    fn head(&self, page: &mut dyn Write) -> io::Result<()> {
        let briefing = self.extract.briefing;
        writeln!(page, "<header>\n<h1 dir=\"auto\">{}</h1>", text(&briefing.title))?;
        let mut facts: Vec<String> = briefing.as_of.iter().map(|date| format!("As of {date}")).collect();
        facts.push(counted(self.extract.cards().count(), "card"));
        facts.push(counted(self.quotes.len(), "quote"));
        facts.push(counted(self.papers.len(), "source"));
        facts.extend(self.extract.topic.map(|topic| format!("topic: {}", text(&briefing[topic].title))));
        facts.push(format!("briefing: {}", text(&briefing.name)));
        writeln!(page, "<p class=\"facts\">{}</p>\n</header>", facts.join(" · "))?;
        page.write_all(b"<nav aria-label=\"Contents\">\n<ul>\n")?;
        for &family in Family::ALL {
            let count = self.extract.of_family(family).len();
            if count > 0 {
                let (id, title) = (family.written(), family.title());
                writeln!(page, "<li><a href=\"#{id}\">{title}</a> ({count})</li>")?;
            }
        }
        for (source, _) in &self.papers {
            let source = &self.extract.briefing[*source];
            let id = percent(&source.id);
            writeln!(page, "<li>Source: <a href=\"#source-{id}\">{}</a></li>", text(&source.title))?;
        }
        page.write_all(b"</ul>\n</nav>\n")
    }

    /// A card; `number` counts the quotes before it, and then those in it too.
    fn card(&self, page: &mut dyn Write, card: Ref<Card>, number: &mut usize) -> io::Result<()> {
        let briefing = self.extract.briefing;
        let found = &briefing[card];
        writeln!(
            page,
            "<article class=\"card\" id=\"card-{}\">\n<h3 dir=\"auto\">{}</h3>\n<p class=\"facts\">{}</p>",
            attribute(&found.id),
            text(&found.title),
            text(&summary(briefing, found))
        )?;
        if let Some(words) = &found.text {
            for paragraph in lines::filled(words) {
                writeln!(page, "<p dir=\"auto\">{}</p>", text(paragraph))?;
            }
        }
        if let Some(wordings) = cite::wordings(found, |words| format!("<em>{}</em>", text(words)).into()) {
            writeln!(page, "<p>Worded differently: {wordings}</p>")?;
        }
        page.write_all(b"<ol class=\"quotes\">\n")?;
        for (index, quote) in found.quotes.iter().enumerate() {
            *number += 1;
            self.quote(page, QuoteRef::new(card, index), quote, *number)?;
        }
        page.write_all(b"</ol>\n")?;
        self.links(page, found)?;
        page.write_all(b"</article>\n")
    }

    fn quote(&self, page: &mut dyn Write, place: QuoteRef, quote: &Quote, number: usize) -> io::Result<()> {
        let id = quote_id(self.extract.briefing, place);
        let words = self.linked(&id, quote, number);
        let (open, close) = cite::marks(&quote.words);
        let class = if quote.is_sound() { "" } else { " class=\"missing\"" };
        write!(
            page,
            "<li id=\"quote-{}\" value=\"{number}\"{class}>\n\
             <blockquote><p dir=\"auto\">{open}{words}{close}</p></blockquote>\n<p class=\"from\">",
            attribute(&id)
        )?;
        for (fact, value) in cite::provenance(self.extract.briefing, quote) {
            write!(page, "<span><b>{}</b> {}</span> ", fact.name(), value_of(fact, &value))?;
        }
        page.write_all(b"</p>\n</li>\n")
    }

    /// A quote's words, each of its pieces a link to where it stands; just the words where it does not.
    fn linked(&self, id: &str, quote: &Quote, number: usize) -> String {
        let at = self.papers.binary_search_by_key(&quote.source.index(), |(source, _)| source.index());
        let paper = at.ok().and_then(|at| self.papers.get(at));
        let Some(paper) = paper.and_then(|(_, paper)| paper.as_ref()) else {
            return text(quote.handed_on()).into_owned();
        };
        let mut linked = String::new();
        let mut last = 0;
        // Whether nothing of a paragraph is there yet: a line end then ends none.
        let mut begins = true;
        let mut pieces = paper.pieces_of(number).peekable();
        while let Some(piece) = pieces.next() {
            if piece.of.nth != last {
                linked.push_str(" … ");
                (last, begins) = (piece.of.nth, true);
            }
            let words = paper.words(piece);
            let words = if begins { words.trim_start() } else { &words };
            let ends = pieces.peek().is_none_or(|next| next.of.nth != piece.of.nth);
            let words = if ends { words.trim_end() } else { words };
            begins = words.ends_with('\n') || begins && words.is_empty();
            let line = lines::run_on(words);
            let line = text(&line);
            if words.trim().is_empty() {
                linked.push_str(&line);
            } else {
                let _ = write!(linked, "<a href=\"#{}\">{line}</a>", percent(&piece_id(id, piece.nth)));
            }
        }
        if linked.is_empty() { text(quote.handed_on()).into_owned() } else { linked }
    }

    fn links(&self, page: &mut dyn Write, card: &Card) -> io::Result<()> {
        if card.links.is_empty() {
            return Ok(());
        }
        page.write_all(b"<ul class=\"links\">\n")?;
        for link in &card.links {
            let other = &self.extract.briefing[link.to];
            let title = text(&other.title);
            let title = if self.extract.has(link.to) {
                format!("<a href=\"#card-{}\">{title}</a>", percent(&other.id))
            } else {
                title.into_owned()
            };
            let why = link.why.as_ref().map(|why| format!(" · {}", text(why))).unwrap_or_default();
            let lead = cite::lead(self.extract.briefing, other);
            writeln!(page, "<li><b>{}</b> {}{title}{why}</li>", link.role.heading(), text(&lead))?;
        }
        page.write_all(b"</ul>\n")
    }

    fn source(&self, page: &mut dyn Write, source: Ref<Source>, paper: Option<&Paper<'b>>) -> io::Result<()> {
        let facts = self.extract.facts(source);
        let briefing = self.extract.briefing;
        let source = &briefing[source];
        writeln!(
            page,
            "<article class=\"source\" id=\"source-{}\">\n<h3 dir=\"auto\">{}</h3>\n<dl>",
            attribute(&source.id),
            text(&source.title)
        )?;
        for (fact, value) in facts {
            writeln!(page, "<dt>{}</dt><dd>{}</dd>", fact.name(), value_of(fact, &value))?;
        }
        page.write_all(b"</dl>\n")?;
        for line in source.note.iter().flat_map(|note| lines::filled(note)) {
            writeln!(page, "<p class=\"note\" dir=\"auto\">{}</p>", text(line))?;
        }
        match paper {
            None => page.write_all(b"<p class=\"note\">The text could not be read.</p>\n")?,
            Some(paper) => {
                page.write_all(b"<div class=\"paper\">\n")?;
                paper.write(page, |number| self.label(number))?;
                page.write_all(b"</div>\n")?;
            }
        }
        page.write_all(b"</article>\n")
    }

    fn label(&self, number: usize) -> Label<'b> {
        let place = number.checked_sub(1).and_then(|at| self.quotes.get(at));
        let briefing = self.extract.briefing;
        place.map_or_else(Label::default, |&place| Label {
            id: quote_id(briefing, place),
            title: &briefing[place.card].title,
        })
    }
}

/// A source's text, cut for the quotes that are from it, each with its number.
fn paper<'b>(briefing: &'b Briefing, source: Ref<Source>, quotes: &[(usize, &Quote)]) -> Option<Paper<'b>> {
    let text = briefing[source].text.as_ref()?;
    let parts = quotes.iter().flat_map(|&(number, quote)| {
        let parts = quote.places().iter().enumerate();
        parts.map(move |(nth, &part)| (part, Fragment { quote: number, nth }))
    });
    let asides = briefing[source].asides.iter().map(|aside| (aside.span, &*aside.why));
    Some(Paper::new(text, parts, asides))
}

/// A quote's name on the page: its card's id, and its number on the card from 1.
fn quote_id(briefing: &Briefing, QuoteRef { card, index }: QuoteRef) -> String {
    format!("{}.{}", briefing[card].id, index + 1)
}

/// The value of a fact: a web address as a link, all else as words.
fn value_of(fact: Fact, value: &str) -> String {
    if cite::is_address(fact, value) {
        format!("<a href=\"{}\">{}</a>", attribute(value), text(value))
    } else {
        text(value).into_owned()
    }
}
