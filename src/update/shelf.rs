//! The other briefings: choosing one, reading it, what a search finds in all of them.

use super::remembering::stand;
use super::{Effect, Session, begin, command, note, picker, reading};
use crate::app::{App, Choice, Elsewhere, Pick};
use crate::cite::counted;
use crate::load::Offer;
use crate::memory::{Memory, Spot};
use crate::model::Briefing;

/// Opens the choice of a briefing, where there is one to make.
pub fn choose(app: &mut App) {
    if let [_] | [] = app.offers.as_slice() {
        return note(app, "There is no other briefing; --library and BRIEF_PATH say where more are.");
    }
    let choices = choices(app);
    picker::open(app, "Briefing", choices);
}

/// Every briefing.
pub(super) fn choices(app: &App) -> Vec<Choice> {
    let choice = |offer: &Offer| {
        let here = if offer.name == app.briefing.name { " · open now" } else { "" };
        let pick = Pick::Briefing(offer.name.to_string(), None);
        Choice::new(&offer.title, &format!("{}{here}", offer.name), pick).called(&offer.name)
    };
    app.offers.iter().map(choice).collect()
}

/// Goes to a briefing: to a place in it, or where it was left.
pub(super) fn go(app: &mut App, name: String, at: Option<Spot>) -> Effect {
    match at {
        _ if *app.briefing.name != *name => return Effect::Open(name, at),
        Some(spot) => {
            reading::remember(app);
            stand(app, &spot);
        }
        None => {}
    }
    Effect::Nothing
}

/// Reads another briefing: from a place in it, or from where it was left.
pub(super) fn opened(app: &mut App, briefing: Briefing, memory: Memory, at: Option<Spot>) {
    let new = App::new(briefing, app.size);
    let old = std::mem::replace(app, new);
    // What a search of the old briefing still finds must not be taken for what one of this finds.
    app.searches = old.searches;
    let App { keys, theme, mouse, offers, .. } = old;
    begin(app, Session { memory, keys, theme, mouse, offers, ..Session::default() });
    if let Some(spot) = at {
        stand(app, &spot);
    }
}

/// Asks for what a search finds in every briefing; without words, for the words.
pub(super) fn search(app: &mut App, words: &str) -> Effect {
    if words.trim().is_empty() {
        command::open(app, "search-all ");
        return Effect::Nothing;
    }
    Effect::SearchAll(words.to_owned())
}

/// Offers what a search has found in every briefing.
pub(super) fn found(app: &mut App, found: Vec<Elsewhere>) {
    if found.is_empty() {
        return note(app, &format!("Nothing found in {}.", counted(app.offers.len(), "briefing")));
    }
    let choice = |found: Elsewhere| {
        let detail = if found.title == found.words { "" } else { &*found.title };
        let name = format!("{}: {}", found.briefing, found.words);
        Choice::new(&name, detail, Pick::Briefing(found.briefing.to_string(), Some(found.spot)))
    };
    let choices = found.into_iter().map(choice).collect();
    picker::open(app, "Found in all briefings", choices);
}
