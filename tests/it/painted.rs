//! Every quote painted is in the source, and where it is painted the cells spell it.

use crate::desk::{Desk, ferry, shipped};
use brief::app::App;
use brief::format::{Hashed, TomlFile, read};
use brief::geometry::{List, Pane};
use brief::model::{Briefing, Ref};
use brief::sanitize::Safe;
use brief::theme::{Look, Theme};
use brief::update::{Session, Start, begin};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;
use std::borrow::Cow;

/// What the cells of a look spell in an area, rows joined by a space, blanks folded.
fn spelled(
    desk: &Desk,
    wanted: impl Fn(&ratatui::buffer::Cell) -> bool,
    area: ratatui::layout::Rect,
) -> String {
    let buffer: Buffer = desk.buffer();
    let mut words = String::new();
    for y in area.y..area.bottom() {
        let mut wide = 0;
        for x in area.x..area.right() {
            let cell = &buffer[(x, y)];
            if wide > 0 {
                wide -= 1;
            } else if wanted(cell) {
                words.push_str(cell.symbol());
                wide = brief::wrap::width(cell.symbol()).saturating_sub(1);
            } else {
                words.push(' ');
            }
        }
        words.push(' ');
    }
    folded(&words)
}

pub fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a briefing's cards, one by one, can be reached, with each of their quotes.
fn quotes(briefing: &Briefing) -> Vec<(usize, usize)> {
    let of = |(at, card): (usize, &brief::model::Card)| {
        (0..card.quotes.len()).map(move |quote| (at, quote)).collect::<Vec<_>>()
    };
    briefing.cards.iter().enumerate().flat_map(of).collect()
}

/// The words of the current quote as they stand in its source: its parts, each as it is shown.
fn words_in_source(app: &App) -> Vec<String> {
    let quote = app.quote().unwrap();
    let text = app.briefing[quote.source].text.as_ref().unwrap();
    let Ok(anchor) = &quote.found else { panic!("{} is not in its source", quote.words.as_ref() as &str) };
    anchor.parts.iter().map(|&part| folded(text.shown.to_shown(part).of(text.shown.text()))).collect()
}

fn every_quote_is_spelled(briefing: &Briefing, theme: Theme) {
    let sizes = [(80, 24), (45, 20), (120, 36), (200, 50)];
    let mut desk = Desk::new(briefing.clone(), 80, 24);
    desk.theme = theme;
    for (card, quote) in quotes(briefing) {
        let start = Start { card: Some(Ref::new(card)), ..Start::default() };
        begin(&mut desk.app, Session { start, ..Session::default() });
        for _ in 0..quote {
            desk.press("]");
        }
        // Into the source, whatever the size: where one pane is shown at a time, this is where it is seen.
        desk.press("5");
        for (columns, rows) in sizes.into_iter().chain(sizes.into_iter().rev()) {
            desk.resize(columns, rows);
            let inside = desk.app.layout().inside(desk.app.layout().source);
            let painted = if theme == Theme::MONO {
                let elsewhere = desk.app.layout().status.union(desk.app.layout().footer);
                spelled(&desk, |cell| cell.modifier.contains(Modifier::UNDERLINED), elsewhere)
            } else {
                let quote = theme.style(Look::Quote).bg.unwrap();
                spelled(&desk, |cell| cell.bg == quote, inside)
            };
            let words = words_in_source(&desk.app);
            let rows_seen = usize::from(inside.height);
            let id = desk.card().to_owned();
            if desk.app.quote_parts().first().zip(desk.app.quote_parts().last()).is_some_and(
                |(first, last)| {
                    let mut window = desk.app.source_window().unwrap();
                    window.rows.distance(first.start, last.end - 1, rows_seen).is_some()
                },
            ) {
                assert_eq!(painted, words.join(" "), "{id} quote {quote} at {columns}x{rows}");
            } else {
                assert!(
                    words.join(" ").starts_with(&painted) && !painted.is_empty(),
                    "{id} quote {quote} at {columns}x{rows}"
                );
            }
        }
    }
}

#[test]
fn every_quote_of_the_shipped_briefing_is_spelled_where_it_is_painted() {
    every_quote_is_spelled(&shipped(), Theme::TERMINAL);
}

#[test]
fn every_quote_is_spelled_around_wide_letters_and_marks() {
    every_quote_is_spelled(&ferry(), Theme::TERMINAL);
}

#[test]
fn without_colour_nothing_but_the_quote_is_underlined() {
    for briefing in [ferry(), shipped()] {
        every_quote_is_spelled(&briefing, Theme::MONO);
    }
}

#[test]
fn a_quote_stays_in_view_after_a_resize() {
    let mut desk = Desk::new(ferry(), 120, 36);
    desk.press("Enter j j j k");
    for (columns, rows) in [(45, 20), (80, 24), (200, 50), (40, 12), (120, 36)] {
        desk.resize(columns, rows);
        let mut window = desk.app.source_window().unwrap();
        let seen = window.rows.distance(window.top, window.cursor, desk.app.page(Pane::Source));
        assert!(seen.is_some(), "the cursor is out of sight at {columns}x{rows}");
    }
    assert_eq!(desk.app.place.list, List::PlanPoints);
}

/// A briefing of one card with one quote of one text.
fn quoting(text: &str, quote: &str) -> Briefing {
    let escaped: String = quote.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    let toml = format!(
        "schema = 1\ntitle = \"é\"\nsource = [{{ id = \"s\", file = \"s\" }}]\nversion = [{{ id = \"v\", title = \"V\" }}]\n\
         topic = [{{ id = \"t\", title = \"T\" }}]\n[[plan_point]]\nid = \"p\"\ntitle = \"P\"\nversion = \"v\"\ntopics = [\"t\"]\n\
         quote = [{{ source = \"s\", exact = \"{escaped}\", basis = \"outlet\" }}]\n"
    );
    let bytes = Ok(Cow::Owned(toml.into_bytes()));
    let file = TomlFile { path: Safe::line("briefings/b/b.toml"), bytes };
    read("b", &[file], Hashed::All, &mut |_| Ok(Cow::Owned(text.as_bytes().to_vec())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_the_text_the_cells_spell_the_quote(
        words in proptest::collection::vec(proptest::sample::select(ODD_WORDS.to_vec()), 1..120),
        from in 0..120_usize,
        count in 1..30_usize,
    ) {
        let text = words.concat();
        let quote: String = words.iter().skip(from % words.len()).take(count).copied().collect();
        let briefing = quoting(&text, &quote);
        let found = briefing.cards.first().and_then(|card| card.quotes.first()).map(|quote| &quote.found);
        prop_assume!(matches!(found, Some(Ok(_))));
        let solid = |words: &str| words.split_whitespace().collect::<String>();
        for (columns, rows) in [(120, 40), (45, 20), (64, 60)] {
            let mut desk = Desk::new(briefing.clone(), columns, rows);
            desk.press("5");
            let inside = desk.app.layout().inside(desk.app.layout().source);
            let look = desk.theme.style(Look::Quote).bg;
            let painted = solid(&spelled(&desk, |cell| Some(cell.bg) == look, inside));
            let words = solid(&words_in_source(&desk.app).concat());
            let is_whole = painted == words;
            prop_assert!(is_whole || words.starts_with(&painted), "{:?} is painted {:?}", words, painted);
            prop_assert!(is_whole || words.chars().count() > usize::from(inside.height), "{:?}: {:?}", words, painted);
        }
    }
}

#[test]
fn a_mark_that_has_lost_its_base_is_painted() {
    for text in ["we \u{1b}\u{301} wait", "we\t\u{301} wait", "we \u{200B}\u{301}\u{302} wait"] {
        let quote: String = text.chars().filter(|&c| matches!(c, '\u{301}' | '\u{302}')).collect();
        let mut desk = Desk::new(quoting(text, &quote), 80, 24);
        desk.press("5");
        let inside = desk.app.layout().inside(desk.app.layout().source);
        let look = desk.theme.style(Look::Quote).bg;
        let painted = spelled(&desk, |cell| Some(cell.bg) == look, inside);
        assert!(painted.starts_with('\u{FFFD}'), "{painted:?} of {text:?}");
        assert_eq!(painted, words_in_source(&desk.app).concat());
    }
}

/// Words, blanks and whatever makes trouble, to make texts of.
const ODD_WORDS: [&str; 31] = [
    "we ",
    "wait ",
    "“é—漢🦀” ",
    "e\u{301} ",
    "漢字新聞",
    "\n\n",
    "\r\n",
    "\t",
    "  ",
    "\u{A0}",
    "a\u{1b}[31mb ",
    "\u{202e}abc\u{202c} ",
    "so\u{AD}ft ",
    "👩\u{200D}👩 ",
    "🇩🇪 ",
    "1\u{FE0F}\u{20E3} ",
    "क\u{94D}ष ",
    "שלום ",
    "a\u{200B}b ",
    "supercalifragilisticexpialidocious",
    "\r",
    "\0",
    "ｶ\u{FF9E} ",
    "…",
    "-",
    "\u{feff}",
    "ᄀ",
    "\u{600}1 ",
    "\u{1b}",
    "\u{301}",
    "\u{903}",
];
