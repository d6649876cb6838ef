//! A card as it is read: its rows at a width, and the stops on them that the cursor visits.

use crate::cite::{self, evidence, label};
use crate::model::{Briefing, Card, Certainty, Found, Kind, Link, Quote, Ref, Role, Subject};
use crate::span::Span;
use crate::wrap;

/// A card laid out at a width.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
    /// Its rows, from the title on.
    pub rows: Vec<Row>,
    /// What Enter can follow, in the order of the rows.
    pub stops: Vec<Stop>,
    places: Places,
}

/// One row of a card.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// How many cells stand empty before its words.
    pub indent: usize,
    /// Its words, each run in its ink.
    pub runs: Vec<Run>,
    /// The stop it belongs to.
    pub stop: Option<usize>,
    /// How it goes on with the row above.
    pub follows: Follows,
}

/// How a row goes on with the one above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Follows {
    /// It begins a paragraph.
    #[default]
    Nothing,
    /// The spaces between the two are left out.
    Spaces,
    /// There is nothing between the two: a word is wider than a row.
    Half,
}

/// Words in one ink.
#[derive(Clone, Debug)]
pub struct Run {
    /// The ink.
    pub ink: Ink,
    /// The words.
    pub words: String,
}

/// What a run of words is, for the view to give it a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The card's title.
    Title,
    /// Words of ours.
    Plain,
    /// A fact about the card: certainty, stance, status.
    Fact,
    /// Words of a source.
    Quote,
    /// The words of a quote that matter.
    Key,
    /// Where a quote is from.
    Quiet,
    /// What a reader must not overlook: a dispute, a quote that is not in its source.
    Warning,
}

/// What the cursor stops at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The card's quote at this index.
    Quote(usize),
    /// A link to another card.
    Link(Ref<Card>),
}

/// How the place of a quote is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Places {
    /// By its paragraph: the source is a key away.
    #[default]
    Paragraph,
    /// By file and line: there is nothing but the text.
    File,
}

/// How a card is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'s> {
    /// The cells of a row.
    pub width: usize,
    /// How the place of a quote is told.
    pub places: Places,
    /// What shows why a quote could not be read, as a sentence calls it: keys, or a command.
    pub why: &'s str,
}

impl Leaf {
    /// Lays out `card`.
    #[must_use]
    pub fn new(briefing: &Briefing, card: &Card, Setting { width, places, why }: Setting<'_>) -> Self {
        let mut leaf = Self { places, ..Self::default() };
        leaf.prose(width, 0, &[(Ink::Title, &card.title)]);
        let mut facts = facts(briefing, card);
        if places == Places::File {
            facts.push((Ink::Quiet, format!(" · id {}", card.id)));
        }
        leaf.prose(width, 0, &facts.iter().map(|(ink, words)| (*ink, words.as_str())).collect::<Vec<_>>());
        if let Some(text) = &card.text {
            leaf.gap();
            for paragraph in text.split('\n').filter(|line| !line.trim().is_empty()) {
                leaf.prose(width, 0, &[(Ink::Plain, paragraph)]);
            }
        }
        leaf.wordings(card, width);
        for (index, quote) in card.quotes.iter().enumerate() {
            leaf.gap();
            leaf.quote(briefing, quote, index, width);
        }
        if card.quotes.is_empty() {
            leaf.gap();
            let words = format!("No quote of this card could be read; {why} shows why.");
            leaf.prose(width, 0, &[(Ink::Warning, &words)]);
        }
        leaf.links(briefing, &card.links, width);
        leaf
    }

    /// The first row of a stop.
    #[must_use]
    pub fn row_of(&self, stop: usize) -> usize {
        self.rows.iter().position(|row| row.stop == Some(stop)).unwrap_or(0)
    }

    /// How many rows a stop has.
    #[must_use]
    pub fn height_of(&self, stop: usize) -> usize {
        self.rows.iter().filter(|row| row.stop == Some(stop)).count()
    }

    fn wordings(&mut self, card: &Card, width: usize) {
        let mut runs = Vec::new();
        for wordings in card.wordings() {
            let mut between = if runs.is_empty() { "Worded differently: " } else { "; " };
            for words in wordings {
                runs.extend([(Ink::Plain, between), (Ink::Key, words)]);
                between = " / ";
            }
        }
        if !runs.is_empty() {
            self.gap();
            self.prose(width, 0, &runs);
        }
    }

    fn quote(&mut self, briefing: &Briefing, quote: &Quote, index: usize, width: usize) {
        let stop = self.stop(Stop::Quote(index));
        let from = self.rows.len();
        let number = format!("{} ", index + 1);
        let key = quote.key.unwrap_or_default();
        let words = &quote.words;
        let (open, close) = cite::marks(words);
        self.prose(
            width,
            wrap::width(&number),
            &[
                (Ink::Quiet, &number),
                (Ink::Quote, open),
                (Ink::Quote, Span::new(0, key.start).of(words)),
                (Ink::Key, key.of(words)),
                (Ink::Quote, Span::new(key.end, words.len()).of(words)),
                (Ink::Quote, close),
            ],
        );
        let (ink, grade) = grade(quote);
        let rests_on = rests_on(briefing, quote, self.places);
        let indent = " ".repeat(wrap::width(&number));
        self.prose(width, indent.len(), &[(Ink::Quiet, &indent), (Ink::Quiet, &rests_on), (ink, &grade)]);
        self.belongs(from, stop);
    }

    fn links(&mut self, briefing: &Briefing, links: &[Link], width: usize) {
        let mut role = None;
        for link in links {
            if role != Some(link.role) {
                role = Some(link.role);
                self.gap();
                self.prose(width, 0, &[(Ink::Fact, link.role.heading())]);
            }
            let stop = self.stop(Stop::Link(link.to));
            let from = self.rows.len();
            let card = &briefing[link.to];
            let ink = if link.role == Role::Contradicts { Ink::Warning } else { Ink::Quiet };
            let lead = lead(briefing, card);
            let mut runs = vec![(ink, "→ "), (Ink::Quiet, lead.as_str()), (Ink::Plain, card.title.as_ref())];
            if let Some(why) = &link.why {
                runs.extend([(Ink::Quiet, " · "), (Ink::Quiet, why.as_ref())]);
            }
            self.prose(width, 2, &runs);
            self.belongs(from, stop);
        }
    }

    fn stop(&mut self, stop: Stop) -> usize {
        self.stops.push(stop);
        self.stops.len() - 1
    }

    fn belongs(&mut self, from: usize, stop: usize) {
        for row in self.rows.iter_mut().skip(from) {
            row.stop = Some(stop);
        }
    }

    fn gap(&mut self) {
        self.rows.push(Row::default());
    }

    /// Adds one paragraph made of `runs`, its second and later rows indented by `hang` cells.
    fn prose(&mut self, width: usize, hang: usize, runs: &[(Ink, &str)]) {
        self.rows.extend(set(width, hang, runs));
    }
}

/// One paragraph made of `runs`, set in rows of `width` cells, the second and later ones
/// [indented](wrap::indent) by `hang` cells.
pub fn set(width: usize, hang: usize, runs: &[(Ink, &str)]) -> impl Iterator<Item = Row> {
    let mut text = String::with_capacity(runs.iter().map(|(_, words)| words.len()).sum());
    let mut inks = Vec::with_capacity(runs.len());
    for (ink, words) in runs {
        inks.push((Span::new(text.len(), text.len() + words.len()), *ink));
        text.push_str(words);
    }
    let mut above: Option<Span> = None;
    wrap::hanging_rows(&text, width, hang).into_iter().map(move |row| {
        let follows = match above.replace(row) {
            None => Follows::Nothing,
            Some(above) if above.end < row.start => Follows::Spaces,
            Some(_) => Follows::Half,
        };
        let indent = if follows == Follows::Nothing { 0 } else { wrap::indent(width, hang) };
        let words =
            |&(span, ink): &(Span, Ink)| Some(Run { ink, words: span.overlap(row)?.of(&text).to_owned() });
        Row { indent, runs: inks.iter().filter_map(words).collect(), stop: None, follows }
    })
}

/// The second line of a card: what it is about, how sure it is, and on what it rests.
fn facts(briefing: &Briefing, card: &Card) -> Vec<(Ink, String)> {
    let standing = &card.standing;
    let mut facts = vec![match card.kind {
        Kind::PlanPoint { version } => (Ink::Fact, briefing[version].title.to_string()),
        Kind::Reaction { actor, stance, .. } => {
            let actor = &briefing[actor];
            let role = actor.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
            (Ink::Fact, format!("{} {} · {}{role}", stance.glyph(), stance.word(), actor.name))
        }
        Kind::OpenQuestion { status, .. } => (Ink::Fact, format!("{} {}", status.glyph(), status.word())),
        Kind::Event => (Ink::Fact, String::from("event")),
    }];
    let versions: Vec<&str> = card
        .subjects()
        .iter()
        .filter_map(|subject| match subject {
            Subject::Version(version) => Some(briefing[*version].title.as_ref()),
            Subject::Card(_) => None,
        })
        .collect();
    if !versions.is_empty() {
        facts.push((Ink::Fact, format!(" · on {}", versions.join(", "))));
    }
    facts.extend(card.date.as_ref().map(|date| (Ink::Fact, format!(" · {date}"))));
    let certainty = standing.certainty;
    let ink = if certainty == Certainty::Disputed { Ink::Warning } else { Ink::Fact };
    facts.push((ink, format!(" · {} {}", certainty.glyph(), certainty.word())));
    facts.push((Ink::Quiet, format!(" · {}", evidence(briefing, card))));
    facts
}

/// What a quote rests on, in one line: where it stands, who says so, on what, reported first by whom.
fn rests_on(briefing: &Briefing, quote: &Quote, places: Places) -> String {
    let source = &briefing[quote.source];
    let mut line = label(source).to_string();
    match (places, quote.places().first(), &source.text) {
        (Places::Paragraph, Some(part), Some(text)) => {
            let at = text.shown.to_shown(*part).start;
            line.extend([" ¶", &(text.paragraph_at(at) + 1).to_string()]);
        }
        (Places::Paragraph, ..) => {}
        (Places::File, ..) => line.extend([" · ", &cite::place(briefing, quote)]),
    }
    if let Some(by) = &quote.by {
        line.extend([" · by ", &cite::marked(by)]);
    }
    line.extend([" · ", quote.basis.word()]);
    if let Some(origin) = quote.origin {
        line.extend([" · origin ", &briefing[origin].name]);
    }
    line + " · "
}

/// A quote's grade in words, and where it stands if it stands twice.
fn grade(quote: &Quote) -> (Ink, String) {
    let word = cite::grade(quote);
    match &quote.found {
        Found::Verbatim(anchor) => {
            let which = cite::which(anchor).map(|which| format!(", {which}")).unwrap_or_default();
            (Ink::Quiet, format!("✓ {word}{which}"))
        }
        Found::Missing(_) => (Ink::Warning, format!("✗ {word}")),
    }
}

/// What stands before a linked card's title: who reacts and how, or how far a question is answered.
fn lead(briefing: &Briefing, card: &Card) -> String {
    match card.kind {
        Kind::Reaction { actor, stance, .. } => format!("{} {}: ", stance.glyph(), briefing[actor].name),
        Kind::OpenQuestion { status, .. } => format!("{} ", status.glyph()),
        Kind::PlanPoint { .. } | Kind::Event => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_row_says_how_it_goes_on() {
        let (first, spaces, half) = ((0, Follows::Nothing), (2, Follows::Spaces), (2, Follows::Half));
        for (words, rows) in [
            ("so we", &[first][..]),
            ("so we will wait", &[first, spaces, spaces]),
            ("漢字漢字漢字", &[first, half]),
        ] {
            let found: Vec<_> =
                set(8, 2, &[(Ink::Plain, words)]).map(|row| (row.indent, row.follows)).collect();
            assert_eq!(found, rows, "{words}");
        }
    }

    proptest! {
        #[test]
        fn no_row_is_wider_than_asked(words in "[a-c é漢]{0,40}", width in 4..20_usize, hang in 0..9_usize) {
            for row in set(width, hang, &[(Ink::Quiet, "1 "), (Ink::Plain, &words)]) {
                let cells: usize = row.runs.iter().map(|run| wrap::width(&run.words)).sum();
                prop_assert!(row.indent + cells <= width, "{row:?}");
            }
        }
    }
}
