//! What keys lead to: from the list to the quote, along links, back again.

use crate::desk::{Desk, ferry};
use brief::app::{Mode, Sight};
use brief::geometry::{List, Pane};
use brief::keys::{Mouse, MouseAct};
use brief::update::Effect;

fn desk() -> Desk {
    Desk::new(ferry(), 120, 36)
}

fn card(desk: &Desk) -> &str {
    &desk.app.card().unwrap().id
}

#[test]
fn enter_leads_into_the_source_and_back_to_the_cards_that_quote_it() {
    let mut desk = desk();
    desk.press("j Enter");
    assert_eq!(desk.app.place.focus, Pane::Source);
    assert_eq!(desk.app.cards_at_cursor().len(), 1, "the cursor is on the quoted passage");
    desk.press("Enter");
    assert_eq!((desk.app.place.focus, card(&desk)), (Pane::Card, "free-crossing-ends"));
}

#[test]
fn a_line_that_no_card_quotes_says_so() {
    let mut desk = desk();
    desk.press("5 g Enter");
    assert_eq!(desk.app.place.focus, Pane::Source);
    assert!(desk.text().contains("No card quotes this line"));
}

#[test]
fn brackets_visit_the_quotes_of_a_card_across_sources() {
    let mut desk = desk();
    let first = desk.app.source();
    desk.press("]");
    assert_eq!(desk.app.place.quote, 1);
    assert_ne!(desk.app.source(), first);
    desk.press("]");
    assert_eq!(desk.app.place.quote, 1, "there are two");
    desk.press("[");
    assert_eq!(desk.app.source(), first);
}

#[test]
fn a_plan_point_leads_to_the_reactions_to_it_and_back() {
    let mut desk = desk();
    desk.press("j 4 G Enter");
    assert_eq!(card(&desk), "mayor-promise");
    assert_eq!(desk.app.place.list, List::Reactions);
    desk.press("Ctrl-o");
    assert_eq!(card(&desk), "free-crossing-ends");
    desk.press("L");
    assert_eq!(card(&desk), "mayor-promise");
}

#[test]
fn leaving_a_search_brings_back_exactly_where_the_reader_was() {
    for keys in ["", "j", "2 j", "4 j", "5 j j", "t text:school Enter j"] {
        let mut desk = desk();
        desk.press(keys);
        let was = desk.app.place.clone();
        let screen = desk.picture();
        desk.press("/ text:the Down Down Esc");
        assert_eq!(desk.app.place, was, "{keys}");
        assert_eq!(desk.picture(), screen, "{keys}");
    }
}

#[test]
fn a_search_leads_to_cards_and_to_places_in_the_sources() {
    let mut desk = desk();
    desk.press("/ text:Dvorak Enter");
    assert_eq!(card(&desk), "mayor-promise");
    desk.press("/ text:crab Enter");
    assert_eq!(desk.app.place.focus, Pane::Source);
    assert!(desk.text().contains("Crab soup at the 漢字 Inn"));
    desk.press("Esc");
    assert!(desk.app.search.is_none(), "the marks are gone");
}

#[test]
fn in_a_source_n_steps_round_through_the_hits() {
    let mut desk = desk();
    desk.press("5 / text:the_board");
    assert!(desk.text().contains("1 of 2"), "{}", desk.text());
    desk.press("Enter n");
    assert!(desk.text().contains("2 of 2"));
    desk.press("n");
    assert!(desk.text().contains("1 of 2"));
    desk.press("N");
    assert!(desk.text().contains("2 of 2"));
}

#[test]
fn a_topic_narrows_every_list_and_is_cleared() {
    let mut desk = desk();
    desk.press("t text:school Enter");
    assert_eq!(desk.app.list(List::PlanPoints).len(), 2);
    assert!(desk.text().contains("2/4"));
    desk.press("T");
    assert_eq!(desk.app.list(List::PlanPoints).len(), 4);
}

#[test]
fn escape_never_quits_and_q_goes_back_first() {
    let mut desk = desk();
    for _ in 0..5 {
        desk.press("Esc");
        assert_eq!(desk.effect, Effect::Nothing);
    }
    desk.press("Enter q");
    assert_eq!((desk.effect.clone(), desk.app.place.focus), (Effect::Nothing, Pane::List(List::PlanPoints)));
    desk.press("q");
    assert_eq!(desk.effect, Effect::Quit);
}

#[test]
fn help_runs_the_key_that_is_chosen() {
    let mut desk = desk();
    desk.press("? text:whole_screen Enter");
    assert!(matches!(desk.app.mode, Mode::Reading));
    assert!(desk.app.zoomed);
}

#[test]
fn what_is_copied_carries_its_provenance() {
    let mut desk = desk();
    desk.press("y y");
    let Effect::Copy(text) = &desk.effect else { panic!("nothing was copied") };
    for part in [
        "“The harbour board wants to raise the winter fare from 80 to 95 crowns”",
        "three people who have seen the draft",
        "basis: anonymous",
        "origin: Island Gazette",
        "6 May 2024",
        "seeds/gazette.txt:4",
        "grade: exact",
        "briefing: ferry",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    desk.press("y q");
    assert_eq!(
        desk.effect,
        Effect::Copy(String::from("The harbour board wants to raise the winter fare from 80 to 95 crowns"))
    );
}

#[test]
fn a_passage_that_stands_twice_says_which_one_it_is() {
    let mut desk = desk();
    desk.press("3 j");
    assert_eq!(card(&desk), "mayor-binds");
    assert!(desk.text().contains("place 2 of 2"));
}

#[test]
fn the_wheel_scrolls_and_a_click_selects_where_the_mouse_is_on() {
    let mut desk = desk();
    let layout = desk.app.layout();
    let source = layout.inside(layout.source);
    let list = layout.inside(layout.lists[List::Reactions]);
    desk.mouse(Mouse { column: list.x + 4, row: list.y + 2, act: MouseAct::Click });
    assert_eq!(card(&desk), "chair-silent");
    desk.mouse(Mouse { column: source.x, row: source.y, act: MouseAct::WheelDown });
    assert!(matches!(desk.app.place.sight, Sight::Text { .. }));
    desk.press(": text:mouse Enter");
    assert_eq!(desk.effect, Effect::Mouse(true));
}

#[test]
fn a_list_has_its_own_place_to_come_back_to() {
    let mut desk = desk();
    desk.press("j j 2 j 1");
    assert_eq!(card(&desk), "half-fare");
    desk.press("2");
    assert_eq!(card(&desk), "chair-silent");
}

#[test]
fn help_over_the_problems_leads_back_to_them() {
    let mut desk = desk();
    desk.press("! ? Esc");
    assert!(matches!(desk.app.mode, Mode::Problems { .. }));
    desk.press("? text:close Enter");
    assert!(matches!(desk.app.mode, Mode::Reading), "the key that was chosen closed the page");
}

#[test]
fn what_is_known_of_a_source_can_be_read() {
    let mut desk = desk();
    desk.press("] i");
    assert!(desk.text().contains("note: The text names no outlet."), "{}", desk.text());
    desk.press("Esc");
    assert!(matches!(desk.app.mode, Mode::Reading));
}
