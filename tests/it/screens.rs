//! Keys in, screen out: a golden for each mode at three sizes, and what single keys lead to.

use crate::desk::{Desk, ferry, shipped};
use brief::geometry::Pane;
use brief::model::Family;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (45, 20)];

fn golden(name: &str, keys: &str) {
    for (columns, rows) in SIZES {
        let mut desk = Desk::new(ferry(), columns, rows);
        desk.press(keys).golden(&format!("{name}-{columns}x{rows}"));
    }
}

#[test]
fn lists() {
    golden("lists", "j");
}

#[test]
fn card() {
    golden("card", "4 j j");
}

#[test]
fn source() {
    golden("source", "4 Enter");
}

#[test]
fn topic() {
    golden("topic", "t text:school Enter");
}

#[test]
fn picker() {
    golden("picker", "t text:pr");
}

#[test]
fn searching() {
    golden("searching", "/ text:fare");
}

#[test]
fn searching_in_a_source() {
    golden("searching-in-a-source", "5 / text:the_board");
}

#[test]
fn help() {
    golden("help", "?");
}

#[test]
fn problems() {
    golden("problems", "!");
}

#[test]
fn about_a_source() {
    golden("about-a-source", "] i");
}

#[test]
fn second_keys() {
    golden("second-keys", "y");
}

#[test]
fn nothing_about_a_topic() {
    golden("nothing-about-a-topic", "t text:pier Enter 1");
}

#[test]
fn news_that_needs_more_than_a_row() {
    golden("news", "C");
}

#[test]
fn marks() {
    golden("marks", "j m a 2 j m b ' '");
}

#[test]
fn sources() {
    golden("sources", "S");
}

#[test]
fn command_line() {
    golden("command-line", ": text:th");
}

#[test]
fn themes() {
    golden("themes", ": text:theme Tab");
}

#[test]
fn searching_every_briefing() {
    golden("searching-every-briefing", "\\");
}

#[test]
fn selecting() {
    golden("selecting", "5 V w w e");
}

#[test]
fn keys_that_may_follow() {
    golden("keys-that-may-follow", "p");
}

#[test]
fn enter_says_where_it_leads_from_a_list() {
    for (columns, rows, keys, leads, pane) in [
        (80, 24, "", "Enter source", Pane::Source),
        (80, 24, "z", "Enter card", Pane::Card),
        (45, 20, "", "Enter card", Pane::Card),
    ] {
        let mut desk = Desk::new(ferry(), columns, rows);
        let footer = desk.press(keys).text().lines().last().unwrap_or_default().to_owned();
        assert!(footer.contains(leads), "{footer}");
        assert_eq!(desk.press("Enter").app.place.pane(), pane, "{columns}x{rows} {keys}");
    }
}

#[test]
fn the_way_out_is_the_last_key_that_a_footer_loses() {
    for keys in ["v", "s", "w", "c", "!", "5 V w w e", "5 V G"] {
        for columns in (12..=120).step_by(3) {
            let mut desk = Desk::new(ferry(), columns, 20);
            let footer = desk.press(keys).text().lines().last().unwrap_or_default().to_owned();
            assert!(footer.contains("Esc leave") || footer.contains("Esc close"), "{keys}: {footer}");
            assert!(columns < 25 || footer.contains("? all keys"), "{keys}: {footer}");
        }
    }
}

#[test]
fn a_card_says_where_there_is_more_of_it() {
    let right = |desk: &Desk| {
        let shown = desk.text();
        let rule = shown.lines().find(|line| line.contains("4 Plan point")).unwrap_or_default().to_owned();
        ["↑↓ more", "↑ more", "↓ more"].into_iter().find(|more| rule.contains(more)).unwrap_or("")
    };
    let mut desk = Desk::new(ferry(), 80, 24);
    for (keys, more) in [("4", "↓ more"), ("j", "↑↓ more"), ("G", "↑ more"), ("g", "↓ more"), ("z", "")]
    {
        assert_eq!(right(desk.press(keys)), more, "{keys}");
    }
}

#[test]
fn a_list_has_its_bar_on_the_card_that_is_shown_or_on_none() {
    let bars = |desk: &Desk| {
        let shown = desk.text();
        let lists = shown.lines().map(|line| line.chars().take(2).collect::<String>());
        lists.filter(|start| start.contains('▌') || start.contains('▏')).count()
    };
    for (columns, rows) in SIZES {
        let mut desk = Desk::new(ferry(), columns, rows);
        desk.press("j / text:board_meets Enter");
        assert_eq!(desk.app.card().map(|card| &*card.id), Some("board-meets"));
        desk.press("1");
        assert_eq!(bars(&desk), 0, "{}", desk.text());
        desk.press("j");
        assert!(bars(&desk) > 0, "{}", desk.text());
    }
}

#[test]
fn the_heading_of_a_source_says_why_its_cursor_is_on_an_aside() {
    let mut desk = Desk::new(ferry(), 120, 36);
    let heading = |desk: &Desk| {
        let text = desk.text();
        text.lines().find(|line| line.contains("5 Source")).unwrap().to_owned()
    };
    let reading = heading(desk.press("5 / text:Crab_soup Enter"));
    assert!(reading.contains("Island Gazette") && reading.contains(" aside: advertisement ━"), "{reading}");
    let elsewhere = heading(desk.press("1"));
    assert!(!elsewhere.contains("aside"), "{elsewhere}");
    let above = heading(desk.press("5 g"));
    assert!(!above.contains("aside"), "{above}");
}

#[test]
fn the_cards_that_are_counted_are_those_of_the_lists() {
    let mut desk = Desk::new(shipped(), 120, 36);
    let lists = [Family::PlanPoint, Family::Reaction, Family::OpenQuestion];
    let listed: usize = lists.iter().map(|&family| desk.app.briefing.of_family(family).count()).sum();
    let events = desk.app.briefing.cards.len() - listed;
    let told = format!("{listed} cards · {events} events");
    let text = desk.text();
    assert!(
        text.lines().next().unwrap().ends_with(&format!("as of 24 Nov 2025 · 5 texts · {told}")),
        "{text}"
    );
    let text = desk.press("t").text();
    let all = text.lines().find(|line| line.contains("All topics")).unwrap();
    assert!(all.contains(&format!(" {told} ")), "{all}");
    let topic = desk.app.briefing.topic_by_name("guarantees").unwrap();
    for (columns, facts) in [
        (110, "as of 24 Nov 2025 · 5 texts · 209 cards"),
        (100, "as of 24 Nov 2025 · 5 texts"),
        (80, "as of 24 Nov 2025"),
    ] {
        let mut desk = Desk::new(shipped(), columns, 30);
        desk.app.narrow(Some(topic));
        let text = desk.text();
        assert!(text.lines().next().unwrap().ends_with(facts), "{text}");
    }
}
