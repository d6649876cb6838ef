//! What the reader makes while reading: cards read, marks; and going back to them.

use super::{Effect, Keep, note, picker, reading};
use crate::app::{App, Cursor, Focus, Sight};
use crate::cite::counted;
use crate::geometry::List;
use crate::keys::Action;
use crate::memory::{Freshness, Mark, Spot};
use crate::model::{Card, QuoteRef, Ref};
use crate::span::Span;

/// Opens a session where the last one was left.
pub(super) fn resume(app: &mut App) {
    app.zoomed = app.memory.settings.zoom;
    if let Some(spot) = app.memory.last.clone() {
        stand(app, &spot);
    }
}

/// Does what an action means with the letter that was pressed for it.
pub(super) fn run(app: &mut App, action: Action, letter: char) -> Effect {
    match action {
        Action::SetMark => set(app, letter),
        Action::GoToMark => go(app, letter),
        _ => Effect::Nothing,
    }
}

/// Gives the place where the reader is a letter.
fn set(app: &mut App, letter: char) -> Effect {
    let mark = Mark { line: app.words_here().to_owned(), spot: app.spot() };
    app.memory.marks.insert(letter, mark);
    let keys = app.keys.lettered(app.room(), Action::GoToMark, &letter.to_string());
    let back = keys.unwrap_or_else(|| format!("{} {letter}", app.keys_for(Action::GoToMark)));
    note(app, &format!("Mark {letter} is here now; {back} comes back to it."));
    Effect::Keep(Keep::First)
}

/// Says how a place is given a letter, which takes a key.
pub(super) fn tell_of_letters(app: &mut App) {
    let words = match app.keys.lettered(app.room(), Action::SetMark, AND_A_LETTER) {
        Some(keys) => format!("Press {keys} to give this place the letter."),
        None => String::from("No key gives this place a letter; set-mark in config.toml names one."),
    };
    note(app, &words);
}

/// What a sentence calls any letter, behind the keys that it follows.
const AND_A_LETTER: &str = " and a letter";

/// Goes to the place with a letter.
pub(super) fn go(app: &mut App, letter: char) -> Effect {
    match app.memory.marks.get(&letter).cloned() {
        Some(Mark { spot, .. }) => {
            if app.has(&spot) {
                reading::remember(app);
                stand(app, &spot);
            }
            if spot.card.is_some_and(|id| app.briefing.card_by_id(&id).is_none()) {
                note(app, &format!("The card that mark {letter} was on is no longer here."));
            }
        }
        None => {
            let keys = app.keys.lettered(app.room(), Action::SetMark, &letter.to_string());
            let set = keys.map(|keys| format!("; {keys} sets it")).unwrap_or_default();
            note(app, &format!("There is no mark {letter}{set}."));
        }
    }
    Effect::Nothing
}

/// Lists the marks.
pub(super) fn marks(app: &mut App) {
    if app.memory.marks.is_empty() {
        let keys = app.keys.lettered(app.room(), Action::SetMark, AND_A_LETTER);
        let set = keys.map(|keys| format!("; {keys} set one")).unwrap_or_default();
        note(app, &format!("There are no marks yet{set}."));
    } else {
        picker::open(app, "Marks", picker::marks);
    }
}

/// Puts the reader at a place, as far as the briefing still has it.
pub(super) fn stand(app: &mut App, spot: &Spot) {
    app.narrow(spot.topic.as_deref().and_then(|id| app.briefing.topic_by_id(id)));
    reading::focus(app, spot.pane);
    if let Some(card) = spot.card.as_deref().and_then(|id| app.briefing.card_by_id(id)) {
        let Card { quotes, links, .. } = &app.briefing[card];
        let quote = spot.quote.min(quotes.len().saturating_sub(1));
        let last = (quotes.len() + links.len()).saturating_sub(1);
        let chosen = if spot.stop == spot.quote { quote } else { spot.stop.min(last) };
        app.show_listed(card, quote);
        app.place.leaf = Cursor { chosen, top: spot.row };
    }
    let Some(within) = &spot.source else { return };
    let Some(source) = app.briefing.source_by_id(&within.id) else { return };
    if let Some(text) = &app.briefing[source].text {
        let shown = |raw: usize| {
            let at = raw.min(text.raw().len());
            text.shown.to_shown(Span::new(at, at)).start
        };
        app.place.sight = Sight::Text { source, top: shown(within.top), cursor: shown(within.cursor) };
    }
}

/// Marks the card as read: the reader went into its source.
pub(super) fn note_read(app: &mut App) -> Effect {
    match app.place.card {
        Some(card) if app.freshness(card) != Freshness::Read => {
            app.memory.mark_read(&app.briefing, card);
            Effect::Keep(Keep::Behind)
        }
        Some(_) | None => Effect::Nothing,
    }
}

/// Marks the card as read, or as unread if it was.
pub(super) fn toggle_read(app: &mut App) -> Effect {
    let Some(card) = app.place.card else {
        note(app, "There is no card here to mark as read.");
        return Effect::Nothing;
    };
    match app.freshness(card) {
        Freshness::Read => {
            app.memory.mark_unread(&app.briefing, card);
            note(app, "This card is unread again.");
        }
        Freshness::Unread | Freshness::Changed => {
            app.memory.mark_read(&app.briefing, card);
            let next = app.keys_for(Action::NextUnread);
            note(app, &format!("This card is read; {next} goes to the next that is not."));
        }
    }
    Effect::Keep(Keep::First)
}

/// Goes to the next card of the lists that is unread or changed, round the end; where the source has the focus, that
/// card is read with it.
pub(super) fn next_unread(app: &mut App) -> Effect {
    let cards = listed(app);
    let at = cards.iter().position(|&card| Some(card) == app.place.card);
    let (before, after) = cards.split_at(at.map_or(0, |at| at + 1));
    let next = after.iter().chain(before).find(|&&card| app.freshness(card) != Freshness::Read);
    match next {
        Some(&card) if Some(card) == app.place.card => {
            let mark = app.keys_for(Action::MarkRead);
            note(app, &format!("This is the only card left to read; {mark} marks it."));
        }
        Some(&card) => {
            reading::visit(app, QuoteRef::new(card, 0));
            if app.place.focus == Focus::Source {
                return note_read(app);
            }
        }
        None if cards.is_empty() => note(app, "There is no card here to read."),
        None if app.place.topic.is_some() => {
            let all = app.keys_for(Action::AllTopics);
            note(app, &format!("Every card about this topic is read; {all} shows all."));
        }
        None => note(app, "Every card is read."),
    }
    Effect::Nothing
}

/// The cards of the lists, in their order.
fn listed(app: &App) -> Vec<Ref<Card>> {
    List::ALL.into_iter().flat_map(|list| app.list(list).to_vec()).collect()
}

/// Lists what has changed since the briefing was last left.
pub(super) fn changes(app: &mut App) {
    let changes = app.memory.changes(&app.briefing);
    if !changes.is_empty() {
        return picker::open_changes(app, &changes);
    }
    let since = if app.memory.is_first_time() {
        "This is the first time that you read this briefing"
    } else {
        "Nothing has changed since you last read"
    };
    let listed = listed(app);
    let unread = listed.iter().filter(|&&card| app.freshness(card) != Freshness::Read).count();
    let rest = match (listed.len(), unread) {
        (0, _) => String::from("there is no card in the lists"),
        (_, 0) => String::from("every card in the lists is read"),
        _ => {
            let next = app.keys_for(Action::NextUnread);
            format!("{} in the lists unread, {next} goes to the next", counted(unread, "card"))
        }
    };
    note(app, &format!("{since}; {rest}."));
}
