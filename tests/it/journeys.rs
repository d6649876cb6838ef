//! What keys lead to: from the list to the quote, along links, back again.

use crate::desk::{Desk, ferry, pier, shipped};
use crate::workbench::Bench;
use brief::app::{Command, Focus, Mode, Sight};
use brief::geometry::{Layout, List, Pane};
use brief::keys::{Key, Mouse, MouseAct};
use brief::load::Library;
use brief::memory::Freshness;
use brief::model::Ref;
use brief::sanitize::Safe;
use brief::update::{self, Clip, Effect, Keep, Msg, Session, Start, begin};
use std::fs;

fn desk() -> Desk {
    Desk::new(ferry(), 120, 36)
}

#[test]
fn enter_leads_into_the_source_and_back_to_the_cards_that_quote_it() {
    let mut desk = desk();
    desk.press("j Enter");
    assert_eq!(desk.app.place.pane(), Pane::Source);
    assert_eq!(desk.app.cards_at_cursor().len(), 1, "the cursor is on the quoted passage");
    desk.press("Enter");
    assert_eq!((desk.app.place.pane(), desk.card()), (Pane::Card, "free-crossing-ends"));
}

#[test]
fn a_line_that_no_card_quotes_says_so() {
    let mut desk = desk();
    desk.press("5 g Enter");
    assert_eq!(desk.app.place.pane(), Pane::Source);
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
fn a_quote_that_is_chosen_where_only_a_list_is_seen_is_told_of_and_shown_by_enter() {
    let mut desk = Desk::new(ferry(), 40, 12);
    desk.press("]");
    assert_eq!(desk.app.note.as_deref(), Some("Quote 2 of 2; Enter shows it."));
    desk.press("]");
    assert_eq!(desk.app.note.as_deref(), Some("This card has 2 quotes; this is the last one."));
    desk.press("Enter");
    assert_eq!(desk.app.place.pane(), Pane::Card);
    assert!(desk.text().contains("▌ 2 “the harbour board"), "{}", desk.text());
    desk.press("Esc [ Enter");
    assert_eq!(desk.app.place.leaf.top, 0, "the first quote is read from the title on");
}

#[test]
fn a_text_with_nothing_in_it_says_so() {
    for text in ["", " \n\n \n"] {
        let bench = Bench::new();
        fs::write(bench.path().join("seeds/empty.txt"), text).unwrap();
        let source = "[[source]]\nid = \"empty\"\nfile = \"empty.txt\"\ntitle = \"Ω\"\n\n[[version]]";
        bench.edit("briefings/ferry/briefing.toml", "[[version]]", source);
        let mut desk = Desk::new(Library::at(bench.path()).unwrap().open(None).unwrap(), 120, 36);
        desk.press("S text:empty Enter");
        assert!(desk.text().contains("This text is empty; S chooses another."), "{}", desk.text());
        assert!(!desk.text().contains("of 0"), "it has no paragraph to be at: {}", desk.text());
        desk.press("j G V");
        assert!(matches!(desk.app.mode, Mode::Reading), "there is nothing to select");
    }
}

#[test]
fn brackets_lead_through_the_parts_of_a_quote_that_stand_far_apart() {
    let bench = Bench::new();
    let far = |at: usize| format!("Paragraph {at} stands “é—漢🦀” between.");
    let between = (0..40).map(far).collect::<Vec<_>>().join("\n\n");
    bench.edit("seeds/herald.txt", "We will not break it", &format!("\n\n{between}\n\nWe will not break it"));
    let mut desk = Desk::new(Library::at(bench.path()).unwrap().open(None).unwrap(), 120, 36);
    desk.press("2 Enter");
    assert_eq!(desk.app.quote_parts().len(), 2);
    let (first, count) = (desk.app.place.clone(), desk.app.card().unwrap().quotes.len());
    let is_seen = |desk: &Desk, words: &str| {
        let frame = desk.app.layout().source;
        desk.text().lines().skip(usize::from(frame.y)).any(|line| line.contains(words))
    };
    assert!(!is_seen(&desk, "We will not break it"));
    desk.press("]");
    assert!(is_seen(&desk, "We will not break it"), "{}", desk.text());
    assert_eq!(desk.app.note.as_deref(), Some("Part 2 of 2 of this quote."));
    desk.press("[");
    assert_eq!(desk.app.place, first);
    desk.press("] j ]");
    assert_eq!(desk.app.place.quote, 1.min(count - 1), "elsewhere it leads to the next quote, as ever");
    desk.press("Esc [ [ ]");
    assert!(!is_seen(&desk, "We will not break it"), "and so it does from a list");
    assert_eq!(count, 1);
    desk.press("Enter ]");
    let last = desk.app.place.clone();
    desk.press("]");
    assert_eq!(desk.app.note.as_deref(), Some("This card has 1 quote; this is the last one."));
    assert_eq!(desk.app.place, last, "behind the last part of the last quote there is nothing");
}

#[test]
fn a_plan_point_leads_to_the_reactions_to_it_and_back() {
    let mut desk = desk();
    desk.press("j 4 G Enter");
    assert_eq!(desk.card(), "mayor-promise");
    assert_eq!(desk.app.place.list, List::Reactions);
    desk.press("Ctrl-o");
    assert_eq!(desk.card(), "free-crossing-ends");
    desk.press("L");
    assert_eq!(desk.card(), "mayor-promise");
}

#[test]
fn a_card_is_read_whichever_way_leads_into_its_source() {
    let first = |desk: &Desk| desk.app.freshness(Ref::new(0));
    for keys in ["Enter", "5", "l l", "Shift-Tab", "Tab Tab Tab 1 4 Tab", "4 Enter", "] 5", "4 5"] {
        let mut desk = desk();
        desk.press(keys);
        assert_eq!(first(&desk), Freshness::Read, "{keys}");
        assert_eq!(desk.effect, Effect::Keep(Keep::Behind), "{keys}");
        assert_eq!(desk.app.place.pane(), Pane::Source, "{keys}");
    }
    for keys in ["l", "4 ]", "/ text:crab Enter", "5 r", "S text:harbour Enter", "j 5", ""] {
        let mut desk = desk();
        desk.press(keys);
        assert_eq!(first(&desk), Freshness::Unread, "{keys}");
    }
    let mut desk = desk();
    let source = desk.app.layout().source;
    desk.mouse(at(source.x + 1, source.y + 1, MouseAct::Click));
    assert_eq!((first(&desk), &desk.effect), (Freshness::Read, &Effect::Keep(Keep::Behind)));
    for keys in ["c l Enter Enter", "c l l Enter"] {
        let mut desk = Desk::new(pier(), 120, 36);
        desk.press(keys);
        let card = desk.app.place.card.unwrap();
        let state = (desk.app.place.pane(), desk.app.freshness(card));
        assert_eq!(state, (Pane::Source, Freshness::Read), "{keys}");
    }
}

#[test]
fn going_back_and_forward_never_lead_to_where_the_reader_is() {
    let mut desk = desk();
    desk.press("j Enter Esc");
    let first = desk.app.place.clone();
    desk.press("j Enter Esc");
    let second = desk.app.place.clone();
    desk.press("Ctrl-o");
    assert_eq!(desk.app.place, first, "Enter kept the place that Esc came back to");
    desk.press("L");
    assert_eq!(desk.app.place, second);
    desk.press("Ctrl-o k j L");
    assert_eq!(desk.app.place, second);
    desk.press("Ctrl-o Ctrl-o");
    assert_eq!(desk.app.place, first);
    assert_eq!(desk.app.note.as_deref(), Some("This is the first place you visited."));
}

#[test]
fn a_jump_from_a_place_gone_back_to_leaves_nothing_ahead() {
    let mut desk = desk();
    desk.press("j Enter Esc j Enter Esc Ctrl-o 2 Enter");
    let here = desk.app.place.clone();
    desk.press("L");
    assert_eq!(desk.app.place, here);
    assert_eq!(desk.app.note.as_deref(), Some("This is the last place you visited."));
}

#[test]
fn a_search_in_a_source_begins_where_the_reader_is() {
    let mut desk = desk();
    desk.press("5 g / text:the Enter");
    let first = desk.app.place.sight;
    desk.press("n n n / text:the Enter");
    assert_ne!(desk.app.place.sight, first, "the cursor's row is behind it");
}

#[test]
fn going_back_leads_to_where_a_text_was_read() {
    for keys in ["2", "h h j", "]", "n", "g", "G", "4 j", "Esc j", "R"] {
        let mut desk = desk();
        desk.press("S text:harbour Enter Space j");
        let (was, count) = (desk.app.place.clone(), desk.app.behind.len());
        desk.press(keys);
        assert_ne!(desk.app.place.sight, was.sight, "{keys}");
        assert_eq!(desk.app.behind.len(), count + 1, "{keys}: remembered once");
        desk.press("Ctrl-o");
        assert_eq!(desk.app.place.sight, was.sight, "{keys}");
    }
    let mut desk = desk();
    desk.press("S text:harbour Enter");
    let count = desk.app.behind.len();
    desk.press("j j k Space b d u");
    assert_eq!(desk.app.behind.len(), count, "steps are no jumps");
    desk.press("j g g");
    assert_eq!(desk.app.behind.len(), count + 1, "the second time the top is where the reader is");

    desk.press("j");
    let was = desk.app.place.sight;
    let list = desk.app.layout().lists[List::PlanPoints];
    desk.mouse(at(list.x + 2, list.y + 3, MouseAct::Click)).press("Ctrl-o");
    assert_eq!(desk.app.place.sight, was);
    desk.mouse(at(list.x + 2, list.y + 3, MouseAct::WheelDown)).press("Ctrl-o");
    assert_eq!(desk.app.place.sight, was);
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
fn a_search_by_command_leaves_the_focus_where_it_was() {
    for (columns, rows) in [(120, 36), (80, 24), (45, 20)] {
        let mut desk = Desk::new(ferry(), columns, rows);
        desk.press("5 j");
        let was = desk.app.place.clone();
        desk.press(": text:search_Dvorak Enter Esc");
        assert_eq!(desk.app.place, was, "{columns}x{rows}");
        desk.press(": text:search_Dvorak Enter Enter");
        assert_eq!(desk.card(), "mayor-promise");
        desk.press("Ctrl-o");
        assert_eq!(desk.app.place, was, "{columns}x{rows}");
    }
}

#[test]
fn a_search_leads_to_cards_and_to_places_in_the_sources() {
    let mut desk = desk();
    desk.press("/ text:Dvorak Enter");
    assert_eq!(desk.card(), "mayor-promise");
    desk.press("/ text:crab Enter");
    assert_eq!(desk.app.place.pane(), Pane::Source);
    assert!(desk.text().contains("Crab soup at the 漢字 Inn"));
    desk.press("Esc");
    assert!(desk.app.search.is_none(), "the marks are gone");
}

#[test]
fn a_hit_by_another_name_shows_that_name() {
    for (typed, told) in [("tariffs", "topic: Fares · tariffs"), ("fares", "topic: Fares")] {
        let mut desk = desk();
        let shown = desk.press("/").press(&format!("text:{typed}")).text();
        let rows = shown.lines().filter(|row| row.contains("topic: "));
        let rows: Vec<&str> = rows.map(|row| row.split('│').nth(1).unwrap().trim()).collect();
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row.trim_start_matches('▌').trim() == told),
            "{shown}"
        );
    }
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
fn in_a_source_n_goes_on_from_where_the_reader_is() {
    let mut desk = Desk::new(shipped(), 120, 30);
    desk.press("S text:parish Enter / text:ukraine Enter");
    let count = desk.app.search.as_ref().unwrap().count();
    for (keys, hit) in [
        ("n n", 3),
        ("G N", count),
        ("g n", 1),
        ("G n", 1),
        ("g N", count),
        ("g n n k n", 2),
        ("n j n", 4),
        ("1 n", 5),
        ("5 N", 4),
    ] {
        desk.press(keys);
        assert_eq!(desk.app.search.as_ref().unwrap().at.chosen + 1, hit, "{keys}");
    }
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
fn a_choice_lists_scattered_letters_only_where_nothing_has_what_is_typed() {
    let listed = |keys: &str| {
        let mut desk = Desk::new(shipped(), 120, 30);
        desk.press(keys);
        let Some(picker) = desk.app.mode.picker_mut() else { panic!("{keys}") };
        let (shown, guesses) = (picker.shown.len(), picker.shown.iter().filter(|ranked| ranked.scattered));
        (shown, guesses.count())
    };
    assert_eq!(listed("t text:gua"), (1, 0));
    let (shown, guesses) = listed("t text:grnts");
    assert!(shown > 0 && shown == guesses);
}

#[test]
fn the_choice_of_a_topic_begins_at_the_one_there_is() {
    let mut desk = desk();
    desk.press("t text:pier Enter t");
    assert_eq!(desk.app.mode.picker_mut().unwrap().at.chosen, 3);
    desk.press("Enter");
    assert_eq!(desk.app.place.topic, Some(Ref::new(2)), "Enter stays with it");
}

#[test]
fn escape_never_quits_and_q_goes_back_first() {
    let mut desk = desk();
    for _ in 0..5 {
        desk.press("Esc");
        assert_eq!(desk.effect, Effect::Nothing);
    }
    desk.press("Enter q");
    assert_eq!((desk.effect.clone(), desk.app.place.pane()), (Effect::Nothing, Pane::List(List::PlanPoints)));
    desk.press("q");
    assert_eq!(desk.effect, Effect::Quit);
}

#[test]
fn help_finds_an_action_by_the_name_that_the_command_line_has_for_it() {
    for (name, help) in
        [("zoom", "whole screen"), ("stances", "who"), ("coverage", "text"), ("select", "passage")]
    {
        let mut desk = Desk::new(ferry(), 120, 36);
        desk.press("4 Enter ?").press(&format!("text:{name}"));
        let text = desk.text();
        assert!(!text.contains("Nothing is called that") && text.contains(help), "{name}: {text}");
    }
}

#[test]
fn a_slash_that_begins_what_is_typed_into_a_list_is_no_part_of_it() {
    for (keys, found) in
        [("? text:/copy", "copy the quote"), ("? /", "search everything"), ("t text:/pup", "Pupils")]
    {
        let mut desk = Desk::new(ferry(), 120, 36);
        desk.press(keys);
        let Mode::Picker(picker) = &desk.app.mode else { panic!("{keys} opens no list") };
        let best = &picker.choices[picker.shown[0].item];
        assert!(best.line.contains(found), "{keys}: {}", &*best.line);
    }
}

#[test]
fn what_a_key_does_everywhere_it_does_behind_the_first_of_two() {
    for first in ["y", "p", "m", "'"] {
        for (key, effect) in
            [("Ctrl-z", Effect::Suspend), ("Ctrl-l", Effect::Repaint), ("Ctrl-c", Effect::Nothing)]
        {
            let mut desk = desk();
            desk.press(first).press(key);
            assert_eq!(desk.effect, effect, "{first} {key}");
            assert!(desk.app.pending.is_empty(), "{first} {key}");
        }
    }
}

#[test]
fn whoever_leaves_the_topic_is_told() {
    for (topic, keys) in [
        ("army", "/ text:erdogan Enter"),
        ("army", "/ text:zelensky Enter n n n n n n n n n n n n"),
        ("land", "4 G Enter 1 j 4 G Enter 1 j 4 G Enter 1 j 4 G Enter 1 j 4 G Enter"),
    ] {
        let mut desk = Desk::new(shipped(), 120, 36);
        desk.press("t").press(&format!("text:{topic} Enter"));
        assert!(desk.app.place.topic.is_some(), "{keys}");
        let told = keys.split(' ').any(|key| {
            let before = desk.app.place.topic;
            desk.press(key);
            let left =
                before.is_some() && desk.app.place.topic.is_none() && matches!(desk.app.mode, Mode::Reading);
            let text = desk.text();
            assert!(!left || text.contains("not about the topic"), "{key} of {keys}: {text}");
            left
        });
        assert!(told, "{keys}");
    }
}

#[test]
fn from_an_event_the_first_step_leads_to_where_the_list_was_left() {
    for keys in ["j", "k", "1 j"] {
        let mut desk = desk();
        desk.press("j");
        let was = desk.card().to_owned();
        desk.press(": text:card_board-meets Enter Esc").press(keys);
        assert_eq!(desk.card(), was, "{keys}");
        desk.press("j k");
        assert_eq!(desk.card(), was, "{keys}");
    }
}

#[test]
fn a_list_stands_still_behind_a_jump() {
    for keys in ["/ text:erdogan Enter", "t text:rebuilding Enter 2 G t Backspace Esc T"] {
        let mut desk = Desk::new(shipped(), 80, 24);
        desk.press(keys);
        let list = desk.app.place.list;
        desk.press(&(list.index() + 1).to_string());
        let top = desk.app.list_top(list);
        assert!(top > 0, "{keys}");
        desk.press("k");
        assert_eq!(desk.app.list_top(list), top, "{keys}");
    }
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
    let Effect::Copy(Clip { text, .. }) = &desk.effect else { panic!("nothing was copied") };
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
        Effect::Copy(Clip {
            text: String::from("The harbour board wants to raise the winter fare from 80 to 95 crowns"),
            what: "bare quote",
            again: Some(String::from("pq")),
        })
    );
}

#[test]
fn a_passage_that_stands_twice_says_which_one_it_is() {
    let mut desk = desk();
    desk.press("3 j");
    assert_eq!(desk.card(), "mayor-binds");
    assert!(desk.text().contains("place 2 of 2"));
}

#[test]
fn the_cursor_of_the_card_stays_in_sight_as_the_room_changes() {
    let is_seen = |desk: &Desk| {
        let leaf = desk.app.leaf().unwrap();
        let (top, rows) = (desk.app.leaf_top(&leaf), leaf.rows_of(desk.app.place.leaf.chosen));
        rows.start < top + desk.app.page(Pane::Card) && rows.end > top
    };
    let mut desk = Desk::new(shipped(), 120, 24);
    desk.press("4 z j j j j z");
    assert!(is_seen(&desk), "{}", desk.text());
    let mut desk = Desk::new(shipped(), 200, 50);
    desk.press("4 j j j j");
    for (columns, rows) in [(160, 30), (100, 24), (60, 16), (45, 12)] {
        desk.resize(columns, rows);
        assert!(is_seen(&desk), "{columns}x{rows}: {}", desk.text());
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_selects_where_the_mouse_is_on() {
    let mut desk = desk();
    let layout = desk.app.layout();
    let source = layout.inside(layout.source);
    let list = layout.inside(layout.lists[List::Reactions]);
    desk.mouse(Mouse { column: list.x + 4, row: list.y + 2, act: MouseAct::Click });
    assert_eq!(desk.app.place.focus, Focus::Lists);
    assert_eq!(desk.card(), "chair-silent");
    desk.mouse(at(list.x + 4, list.bottom() - 1, MouseAct::Click)).mouse(at(
        list.x,
        list.y - 1,
        MouseAct::Click,
    ));
    assert_eq!(desk.app.place.focus, Focus::Lists, "what stands beside the cards opens none");
    desk.mouse(at(list.x + 4, list.y + 2, MouseAct::Click));
    assert_eq!((desk.card(), desk.app.place.focus), ("chair-silent", Focus::Source), "a second click");
    desk.mouse(Mouse { column: source.x, row: source.y, act: MouseAct::WheelDown });
    assert!(matches!(desk.app.place.sight, Sight::Text { .. }));
    desk.press(": text:mouse Enter");
    assert_eq!(desk.effect, Effect::Mouse(true));
}

#[test]
fn what_the_built_in_briefing_does_not_say_is_looked_for_before_the_frame() {
    for typed in ["kyiv", "nuc", "nuclear pow", "scrty", "nato gurantees", "xyzzy"] {
        let mut desk = Desk::new(shipped(), 80, 24);
        desk.press("/");
        for letter in typed.chars() {
            desk.key(Key::Char(letter));
            assert!(desk.app.unfinished().is_none(), "{letter} of {typed} has two frames");
        }
    }
}

#[test]
fn a_click_runs_a_command_that_what_is_typed_only_has_letters_of() {
    let mut desk = desk();
    desk.press(": text:zm");
    let Mode::Command(Command { list, .. }) = &desk.app.mode else { panic!("the line is open") };
    assert_eq!(list.choices[list.shown[0].item].word, "zoom");
    let inside = list.inside(&desk.app.layout());
    desk.mouse(at(inside.x, inside.y, MouseAct::Click));
    assert!(desk.app.zoomed, "{:?}", desk.app.note);
    desk.press("z : text:zm Enter");
    assert!(!desk.app.zoomed, "Enter does not take a guess for it");
}

#[test]
fn a_click_on_the_heading_of_a_list_shows_it() {
    for (columns, rows) in [(80, 24), (62, 20), (40, 12), (20, 8)] {
        let mut desk = Desk::new(ferry(), columns, rows);
        desk.press("1");
        for (number, list) in [('2', List::Reactions), ('3', List::OpenQuestions), ('1', List::PlanPoints)] {
            let rule = desk.text().lines().nth(1).unwrap().to_owned();
            let column = rule.chars().position(|c| c == number).unwrap().try_into().unwrap();
            desk.mouse(at(column, 1, MouseAct::Click));
            assert_eq!(
                (desk.app.place.list, desk.app.place.focus),
                (list, Focus::Lists),
                "{columns}: {rule}"
            );
            desk.mouse(at(0, 1, MouseAct::Click)).mouse(at(columns - 1, 1, MouseAct::Click));
            assert_eq!(desk.app.place.list, list, "beside the headings {columns}: {rule}");
        }
    }
}

/// A mouse at a cell.
fn at(column: u16, row: u16, act: MouseAct) -> Mouse {
    Mouse { column, row, act }
}

#[test]
fn a_click_chooses_among_results_and_choices_and_a_second_one_opens() {
    let mut desk = desk();
    desk.press("/ text:fare");
    let results = desk.app.layout().inside(desk.app.layout().results);
    let chosen = |desk: &Desk| match &desk.app.mode {
        Mode::Search(prompt) => Some(prompt.search.at.chosen),
        Mode::Picker(picker) => Some(picker.at.chosen),
        Mode::Reading | Mode::Command(_) | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => None,
    };
    desk.mouse(at(results.x + 3, results.y + 3, MouseAct::Click));
    assert_eq!(chosen(&desk), Some(1));
    desk.mouse(at(results.x, results.y, MouseAct::WheelDown));
    assert_eq!(chosen(&desk), Some(2));
    desk.mouse(at(results.x, results.y, MouseAct::WheelUp)).mouse(at(
        results.x,
        results.y + 3,
        MouseAct::Click,
    ));
    assert!(matches!(desk.app.mode, Mode::Reading), "the second click on it opened it");

    desk.press("t");
    let list = Layout::inside_over(desk.app.layout().over(4));
    desk.mouse(at(list.x, list.y + 2, MouseAct::Click)).mouse(at(0, 0, MouseAct::WheelUp));
    assert_eq!(chosen(&desk), Some(1));
    desk.mouse(at(list.x, list.bottom(), MouseAct::Click)).mouse(at(list.x, list.y + 1, MouseAct::Click));
    assert_eq!(
        desk.app.place.topic.map(|topic| desk.app.briefing[topic].id.to_string()).as_deref(),
        Some("fares")
    );
}

#[test]
fn words_over_the_end_of_a_row_of_the_card_are_marked() {
    for columns in [120, 100, 80] {
        let mut desk = Desk::new(ferry(), columns, 36);
        desk.press("/ text:\"three_people_who_have_seen_the_draft\" Enter");
        let buffer = desk.buffer();
        let card = desk.app.layout().card;
        let ground = desk.theme.style(brief::theme::Look::Mark);
        let marked: String = (card.y..card.bottom())
            .flat_map(|y| (card.x..card.right()).map(move |x| (x, y)))
            .filter(|&cell| buffer[cell].style().bg == ground.bg && buffer[cell].style().fg == ground.fg)
            .map(|cell| buffer[cell].symbol())
            .filter(|symbol| *symbol != " ")
            .collect();
        assert!(marked.contains("threepeoplewhohaveseenthedraft"), "{columns}: {marked}");
    }
}

#[test]
fn news_stands_beside_what_is_typed_until_a_key_is_pressed() {
    for columns in [120, 80, 45] {
        let mut desk = Desk::new(ferry(), columns, 24);
        let start = Start { search: Some(String::from("fare")), ..Start::default() };
        let news = Some(Safe::line("Nothing of this will be kept: the disk is full."));
        begin(&mut desk.app, Session { start, news, ..Session::default() });
        let footer = |desk: &Desk| desk.text().lines().last().unwrap().to_owned();
        assert!(footer(&desk).contains("  Nothing of this will"), "{}", footer(&desk));
        desk.press("text:s");
        assert!(
            footer(&desk).starts_with("/fares   ") && footer(&desk).contains(" of "),
            "{}",
            footer(&desk)
        );
        desk.press("text:_and_everything_else_that_is_typed_at_length_into_the_line_below");
        let typed = footer(&desk);
        assert!(typed.contains("into the line below"), "{typed}");
    }
}

#[test]
fn a_list_has_its_own_place_to_come_back_to() {
    let mut desk = desk();
    desk.press("j j 2 j 1");
    assert_eq!(desk.card(), "half-fare");
    desk.press("2");
    assert_eq!(desk.card(), "chair-silent");
}

#[test]
fn help_over_the_problems_leads_back_to_them() {
    let mut desk = desk();
    desk.press("! ? Esc");
    assert!(matches!(desk.app.mode, Mode::Problems(_)));
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

#[test]
fn what_a_table_a_page_and_a_selection_do_has_names_there_too() {
    let order = |desk: &Desk| desk.table().map(|table| (table.ask.order, table.ask.face));
    let (mut named, mut pressed) = (desk(), desk());
    named.press("s : text:sort Enter : text:turn Enter : Esc");
    pressed.press("s o x");
    assert_eq!(order(&named), order(&pressed));
    assert!(order(&named).is_some(), "the table is still open");
    named.press(": text:no_such_thing Enter");
    assert!(order(&named).is_some() && named.app.note.is_some());
    named.press(": text:card_winter-fare Enter");
    assert!(matches!(named.app.mode, Mode::Reading), "a card is for the panes");
    for keys in ["5 V : text:topic_fares Enter", "! : text:topic_fares Enter"] {
        assert!(
            matches!(desk().press(keys).app.mode, Mode::Reading),
            "{keys}: so is a topic, but in a table"
        );
    }
    named.press("s");
    assert!(order(&named).is_some());

    let mut desk = desk();
    desk.press("! : text:edit Enter");
    assert!(matches!(desk.effect, Effect::Edit { .. }));
    assert!(matches!(desk.app.mode, Mode::Problems(_)));
    desk.press("Esc 5 V : text:next-word Enter : text:copy-quote Enter");
    let Effect::Copy(Clip { what, .. }) = &desk.effect else { panic!("nothing was copied") };
    assert_eq!(*what, "bare passage");
}

#[test]
fn a_cursor_that_moves_through_what_is_typed_leaves_what_is_chosen() {
    for keys in ["t", "? text:e", ": text:e", "/ text:e"] {
        let mut desk = desk();
        desk.press(keys).press("Down Down");
        let chosen = |desk: &Desk| match &desk.app.mode {
            Mode::Search(prompt) => prompt.search.at.chosen,
            Mode::Picker(list) | Mode::Command(Command { list, .. }) => list.at.chosen,
            Mode::Reading | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => 0,
        };
        assert_eq!(chosen(&desk), 2, "{keys}");
        assert_eq!(chosen(desk.press("Left Home Right End")), 2, "{keys}");
        assert_eq!(chosen(desk.press("text:e")), 0, "{keys}");
    }
}

#[test]
fn a_command_that_takes_the_nearest_says_so() {
    for (keys, said) in [
        (": text:card_wntr_fr Enter", true),
        (": text:card_winter_fare Enter", false),
        (": text:card_wntr_fr Down Enter", false),
        (": text:topic_prcs Enter", true),
        (": text:topic_prices Enter", false),
        (": text:versions Enter", false),
    ] {
        let shown = desk().press(keys).text();
        assert_eq!(shown.contains("”; this is the nearest."), said, "{keys}: {shown}");
    }
}

#[test]
fn a_command_that_searches_shows_no_more_of_a_paste_than_is_looked_for() {
    for (keys, mode) in [(": text:search_", "Found"), ("\\", "Found in all briefings")] {
        let mut desk = desk();
        desk.press(keys);
        update::update(&mut desk.app, Msg::Paste("漢 a ".repeat(9999)));
        let Mode::Command(Command { list, .. }) = &desk.app.mode else { panic!("{keys}") };
        let shown = &list.choices[list.shown[0].item].line;
        assert!(shown.starts_with("Look for “漢 a 漢 a") && shown.len() < 2000, "{keys}: {shown}");
        assert!(desk.press("Enter").text().contains(mode), "{keys}");
    }
}

#[test]
fn letters_that_come_at_once_are_typed_as_one_by_one() {
    for (before, words) in [
        ("/", "so we will"),
        ("/", "“é—漢🦀” e\u{301}\u{202e}\t"),
        ("5 /", "winter"),
        ("t", "fares"),
        ("?", "search"),
        (":", "topic fa"),
        (": text:topic_ Left Left", "xyz"),
        // What cannot be typed changes nothing.
        ("/ text:fare Down Down", "\u{202e}"),
        ("t Down", "\u{202e}"),
    ] {
        let (mut at_once, mut one_by_one) = (Desk::new(ferry(), 100, 30), Desk::new(ferry(), 100, 30));
        at_once.press(before);
        one_by_one.press(before);
        assert!(words.chars().all(|letter| update::letter(&at_once.app, Key::Char(letter)) == Some(letter)));
        update::update(&mut at_once.app, Msg::Typed(words.to_owned()));
        for letter in words.chars() {
            one_by_one.key(Key::Char(letter));
        }
        assert_eq!(at_once.text(), one_by_one.text(), "{before} {words}");
    }
}

#[test]
fn a_key_that_does_something_is_no_letter() {
    let mut desk = Desk::new(ferry(), 100, 30);
    for (before, keys) in [("", "jx "), ("v", "jx "), ("Esc m", "a")] {
        desk.press(before);
        for key in keys.chars().map(Key::Char).chain([Key::Enter, Key::Backspace]) {
            assert_eq!(update::letter(&desk.app, key), None, "{before} {key:?}");
        }
    }
    desk.press("Esc /");
    assert_eq!(update::letter(&desk.app, Key::Backspace), None);
    assert_eq!(update::letter(&desk.app, Key::Char('q')), Some('q'));
}

#[test]
fn a_resize_to_the_size_that_it_has_moves_nothing() {
    let mut desk = Desk::new(shipped(), 80, 24);
    for _ in 0..12 {
        desk.press("1 j 5 Shift-Tab");
        let before = desk.text();
        desk.resize(80, 24);
        assert_eq!(desk.text(), before);
    }
}

#[test]
fn a_filter_that_nothing_has_says_so_where_nothing_is_found() {
    let mut desk = Desk::new(ferry(), 120, 36);
    desk.press("/ text:topic:pupilz");
    assert!(desk.text().contains("Nothing found: there is no topic “pupilz”"), "{}", desk.text());
    desk.press("Ctrl-u text:topic:pupils_zzz");
    assert!(desk.text().contains("Nothing found; Esc leaves"), "{}", desk.text());
    desk.press("Ctrl-u text:stats:open");
    assert!(desk.text().contains("“stats:”; the nearest: status. Esc leaves"), "{}", desk.text());
    desk.press("Enter");
    let said = "Nothing found: there is no filter “stats:”; the nearest: status.";
    assert_eq!(desk.app.note.as_deref(), Some(said));
}

#[test]
fn what_is_known_of_a_source_is_set_as_prose_is() {
    let mut desk = Desk::new(shipped(), 220, 50);
    desk.press("i");
    let Mode::Picker(picker) = &desk.app.mode else { panic!("{}", desk.text()) };
    let widths: Vec<usize> = picker.choices.iter().map(|choice| brief::wrap::width(&choice.line)).collect();
    assert!(widths.iter().all(|&width| width <= 76) && widths.iter().any(|&width| width > 70), "{widths:?}");
}

#[test]
fn the_address_of_a_source_is_copied_where_it_is_told() {
    let address = format!("https://gazette.example/{}?a=b", "fares-".repeat(30));
    let mut briefing = ferry();
    briefing.sources.iter_mut().for_each(|source| source.url = Some(Safe::line(&address)));
    let mut desk = Desk::new(briefing, 70, 24);
    desk.press("i text:url Enter");
    assert_eq!(desk.effect, Effect::Copy(Clip { text: address, what: "address", again: None }));
    desk.press("i Enter");
    assert_eq!(desk.effect, Effect::Nothing);
}

#[test]
fn what_is_no_address_on_the_web_is_told_of_a_source_and_not_copied() {
    let mut briefing = ferry();
    briefing.sources.iter_mut().for_each(|source| source.url = Some(Safe::line("javascript:alert(1)")));
    let mut desk = Desk::new(briefing, 70, 24);
    desk.press("i text:url");
    assert!(desk.text().contains("url: javascript:alert(1)"), "{}", desk.text());
    desk.press("Enter");
    assert_eq!(desk.effect, Effect::Nothing);
}

#[test]
fn enter_is_offered_in_a_search_once_it_leads_somewhere() {
    let mut desk = Desk::new(ferry(), 120, 36);
    for (keys, leads) in [("/", false), ("text:fare", true), ("Ctrl-u text:zebra", false)] {
        desk.press(keys);
        assert_eq!(desk.text().contains("Enter go there"), leads, "{keys}: {}", desk.text());
    }
}
