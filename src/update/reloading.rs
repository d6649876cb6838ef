//! The briefing read anew while it is read: the reader stays where the reader was.
//!
//! A place is kept by ids; in a source, by the bytes before and behind what has changed. Where what
//! was saved cannot be read, what was there before stays, and the problem is shown.

use super::remembering::stand;
use super::{command, moving, note, picker, searching};
use crate::app::{App, Cursor, Focus, Mode, Picker, Place, Selection, Sight, Under, Visit, Wait};
use crate::bytes;
use crate::cite::counted;
use crate::geometry::List;
use crate::grid::{Ask, Table};
use crate::keys::{Action, Move};
use crate::load::LoadError;
use crate::memory::{Spot, Within};
use crate::model::{Briefing, Card, Quote, Ref, SourceText, Topic};
use crate::problem::{Code, Problem};
use crate::span::Span;

/// Takes in what reading the briefing anew came to.
pub(super) fn take_in(app: &mut App, read: Result<Briefing, LoadError>) {
    bring_in(app, read);
    moving::problems(app, Move::By(0));
}

fn bring_in(app: &mut App, read: Result<Briefing, LoadError>) {
    let name = app.briefing.name.clone();
    let cause = match read {
        Ok(briefing) => match briefing.lack().filter(|_| app.briefing.is_whole()).cloned() {
            Some(lack) => {
                app.broken = briefing.problems;
                lack
            }
            None => return show(app, briefing),
        },
        Err(error) => {
            let cause = Problem::new(Code::Unreadable, &name, &error.to_string());
            app.broken = vec![cause.clone()];
            cause
        }
    };
    let cause = cause.to_string();
    let first = cause.lines().next().unwrap_or_default();
    let problems = app.keys_for(Action::Problems);
    note(app, &format!("The change is not shown, {problems} tells why: {first}"));
}

/// Shows the new state with everything where it was.
fn show(app: &mut App, briefing: Briefing) {
    let old = app.renew(briefing);
    let first = app.place.clone();
    let place = |app: &mut App, place: &Place| {
        app.arrive(first.clone());
        stand(app, &carried(&old.spot_of(place), &old.briefing, &app.briefing));
        app.place.clone()
    };
    let visit = |app: &mut App, visit: &Visit| Visit { place: place(app, &visit.place), table: visit.table };
    app.behind = old.behind.iter().map(|behind| visit(app, behind)).collect();
    app.ahead = old.ahead.iter().map(|ahead| visit(app, ahead)).collect();
    let was = old.mode.prompt().map(|prompt| place(app, &prompt.was));
    place(app, &old.place);
    let gone = settle(app, &old);
    let App { briefing: old, place: was_at, mode, mut search, left, .. } = old;
    if let Some(search) = &mut search {
        let wait = search.awaited.take().filter(|wait| wait.place == was_at);
        search.awaited = wait.map(|wait| Wait { place: app.place.clone(), ..wait });
    }
    app.search = search.and_then(|search| searching::anew(app, search, &old));
    let left = left.into_iter().map(|(chart, table)| {
        let topic = table.ask.topic.and_then(|topic| app.briefing.topic_by_id(&old[topic].id));
        (chart, remade(&app.briefing, &table, topic))
    });
    app.left = left.collect();
    let (selected, listed) = (selects(&mode), matches!(mode, Mode::Picker(_)));
    go_on(app, mode, was, &old);
    let wrong = match app.briefing.problems.len() {
        0 => String::from("nothing is wrong"),
        count => {
            let (problems, keys) = (counted(count, "problem"), app.keys_for(Action::Problems));
            format!("{problems}, {keys} shows {}", if count == 1 { "it" } else { "them" })
        }
    };
    let lost = [
        (gone, " The card that you were at is gone."),
        (selected && !selects(&app.mode), " Nothing is selected any more."),
        (listed && !matches!(app.mode, Mode::Picker(_)), " The list that was open is closed."),
    ];
    let lost: String = lost.into_iter().filter(|(lost, _)| *lost).map(|(_, words)| words).collect();
    note(app, &format!("The briefing was read anew: {wrong}.{lost}"));
    searching::lead(app);
}

/// Puts the cursor of each list on the card that it was on, or on what stands in its place. Gives whether the card that
/// was shown is gone: its neighbour in the list is shown then.
fn settle(app: &mut App, old: &App) -> bool {
    for list in List::ALL {
        let at = old.place.cursors[list];
        let id = old.list(list).get(at.chosen).map(|&card| &old.briefing[card].id);
        let found = id.and_then(|id| app.list(list).iter().position(|&card| app.briefing[card].id == *id));
        let last = app.list(list).len().saturating_sub(1);
        app.place.cursors[list] = Cursor { chosen: found.unwrap_or(at.chosen).min(last), ..at };
    }
    let list = old.place.list;
    app.place.list = list;
    let gone = old.card().is_some_and(|was| app.card().is_none_or(|card| card.id != was.id));
    let neighbour = app.list(list).get(app.place.cursors[list].chosen).copied();
    if gone {
        app.show(neighbour, 0);
        if app.place.focus == Focus::Source {
            app.place.focus = Focus::Card;
        }
    } else if old.place.card.is_none() {
        app.place.card = neighbour;
    }
    gone
}

/// Whether a passage is being selected, also under a list.
fn selects(mode: &Mode) -> bool {
    matches!(mode, Mode::Selecting(_)) || matches!(mode.under(), Some(Under::Selecting(_)))
}

/// Goes on with what was open over the panes, if it still has something to be about; `was` is the place that a search
/// goes back to.
fn go_on(app: &mut App, mode: Mode, was: Option<Place>, old: &Briefing) {
    match mode {
        Mode::Search(mut prompt) => {
            prompt.was = was.unwrap_or_else(|| app.place.clone());
            prompt.before = prompt.before.and_then(|search| searching::anew(app, search, old));
            if let Some(search) = searching::anew(app, prompt.search, old) {
                prompt.search = search;
                app.mode = Mode::Search(prompt);
                searching::preview(app);
            }
        }
        Mode::Command(mut command) => {
            command.list.under = still(app, command.list.under, old);
            app.mode = Mode::Command(command);
            command::refresh(app);
        }
        Mode::Picker(mut list) => {
            let under = still(app, list.under.take(), old);
            app.mode = match picker::anew(app, list) {
                Some(list) => Mode::Picker(Picker { under, ..list }),
                None => under.into(),
            };
        }
        Mode::Reading | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => {
            app.mode = still(app, mode.without_list(), old).into();
        }
    }
}

/// What lists are opened over, in the new state; nothing where it has nothing to be about any more.
fn still(app: &App, under: Option<Under>, old: &Briefing) -> Option<Under> {
    match under? {
        Under::Problems(_) if app.briefing.problems.is_empty() => None,
        Under::Problems(at) => Some(Under::Problems(at)),
        Under::Grid(table) => Some(Under::Grid(remade(&app.briefing, &table, app.place.topic))),
        Under::Selecting(selection) => reselected(app, &selection, old).map(Under::Selecting),
    }
}

/// A table of the new state, of a topic.
fn remade(briefing: &Briefing, table: &Table, topic: Option<Ref<Topic>>) -> Box<Table> {
    Box::new(table.anew(briefing, Ask { topic, ..table.ask }))
}

/// A selection in the new state, where the reader is still in its source and its words are still there.
fn reselected(app: &App, selection: &Selection, old: &Briefing) -> Option<Selection> {
    let Sight::Text { source, .. } = app.place.sight else { return None };
    let (was, is) = (&old[selection.source], &app.briefing[source]);
    let (before, after) = (was.text.as_ref()?, is.text.as_ref()?);
    let carried = |at| {
        let raw = before.shown.to_raw(Span::new(at, at)).start;
        let at = shifted(before.raw(), after.raw(), raw);
        after.shown.to_shown(Span::new(at, at)).start
    };
    let (fixed, moving) = (carried(selection.fixed), carried(selection.moving));
    let carried = Selection { source, fixed, moving };
    let words = |selection: &Selection, text: &SourceText| -> String {
        let text = text.shown.text();
        selection.span(text).of(text).to_owned()
    };
    (was.id == is.id && words(selection, before) == words(&carried, after)).then_some(carried)
}

/// A spot of the old state as it is in the new one.
fn carried(spot: &Spot, old: &Briefing, new: &Briefing) -> Spot {
    let mut spot = spot.clone();
    if let (Some(was), Some(is)) = (card(old, &spot), card(new, &spot)) {
        // The links stand behind the quotes.
        let link = spot.stop.checked_sub(was.quotes.len());
        let at = was.quotes.get(spot.quote).and_then(|quote| {
            let source = &old[quote.source].id;
            let same = |other: &Quote| other.words == quote.words && new[other.source].id == *source;
            is.quotes.iter().position(same)
        });
        spot.stop = match (link, at) {
            (Some(link), _) => is.quotes.len() + link,
            (None, Some(at)) if spot.stop == spot.quote => at,
            (None, _) => spot.stop,
        };
        spot.quote = at.unwrap_or(spot.quote);
    }
    if let Some(Within { id, top, cursor }) = &mut spot.source
        && let (Some(was), Some(is)) = (raw(old, id), raw(new, id))
    {
        (*top, *cursor) = (shifted(was, is, *top), shifted(was, is, *cursor));
    }
    spot
}

/// The card that a spot is at.
fn card<'b>(briefing: &'b Briefing, spot: &Spot) -> Option<&'b Card> {
    Some(&briefing[briefing.card_by_id(spot.card.as_deref()?)?])
}

/// The text of the source with an id.
fn raw<'b>(briefing: &'b Briefing, id: &str) -> Option<&'b str> {
    Some(briefing[briefing.source_by_id(id)?].text.as_ref()?.raw())
}

/// Where byte `at` of a text is after the text was changed in one place: as far from the beginning
/// before it, as far from the end behind it, and at its beginning inside.
///
/// `"so we [wait]" to "so then we [wait]": 6 -> 11`
fn shifted(was: &str, is: &str, at: usize) -> usize {
    let before = bytes::begin_alike(was.as_bytes(), is.as_bytes());
    let most = was.len().min(is.len()) - before;
    let behind = bytes::end_alike(was.as_bytes(), is.as_bytes()).min(most);
    let shifted = match at {
        at if at <= before => at,
        at if at >= was.len() - behind => at + is.len() - was.len(),
        _ => before,
    };
    is.floor_char_boundary(shifted.min(is.len()))
}

#[cfg(test)]
mod tests {
    use super::shifted;

    #[test]
    fn a_place_moves_with_the_words_around_it() {
        let cases = [
            ("so we wait", "so we wait", 6, 6),
            ("so we wait", "so then we wait", 6, 11),
            ("so then we wait", "so we wait", 11, 6),
            ("so we wait", "so we stay", 3, 3),
            ("so é waits", "so 漢字 waits", 6, 10),
            ("é", "è", 1, 0),
            ("", "so", 0, 0),
            ("so", "", 2, 0),
        ];
        for (was, is, at, want) in cases {
            assert_eq!(shifted(was, is, at), want, "{was:?} to {is:?} at {at}");
        }
    }
}
