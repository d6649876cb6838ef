//! The other briefings: choosing one, reading it, what a search finds in all of them.

use super::remembering::stand;
use super::{Effect, Session, begin, command, note, picker, reading};
use crate::app::{App, Choice, Elsewhere, Pick, Picker, There};
use crate::cite::counted;
use crate::keys::Action;
use crate::load::Offer;
use crate::memory::{Memory, Spot};
use crate::model::Briefing;

/// Opens the choice of a briefing, where there is one to make.
pub fn choose(app: &mut App) {
    if let [_] | [] = app.offers.as_slice() {
        let more = if app.keys.leads_out() { "; --library and BRIEF_PATH say where more are" } else { "" };
        return note(app, &format!("There is no other briefing{more}."));
    }
    picker::open(app, "Briefing", choices);
}

/// Every briefing.
pub(super) fn choices(app: &App) -> Vec<Choice> {
    let choice = |offer: &Offer| {
        let here = if offer.name == app.briefing.name { " · open now" } else { "" };
        let pick = Pick::Briefing(There { briefing: offer.name.clone(), at: None });
        Choice::new(&offer.title, &format!("{}{here}", offer.name), pick).called(&offer.name)
    };
    app.offers.iter().map(choice).collect()
}

/// Goes to a briefing: to a place in it, or where it was left.
pub(super) fn go(app: &mut App, there: There) -> Effect {
    if there.briefing != app.briefing.name {
        return Effect::Open(there);
    }
    if let Some(spot) = there.at {
        reading::remember(app);
        stand(app, &spot);
    }
    Effect::Nothing
}

/// Reads another briefing: from a place in it, or from where it was left.
pub(super) fn opened(app: &mut App, briefing: Briefing, memory: Memory, at: Option<Spot>) {
    let new = App::new(briefing, app.size);
    let old = std::mem::replace(app, new);
    // What a search of the old briefing still finds must not be taken for what one of this finds.
    app.searched = old.searched;
    let App { keys, theme, mouse, offers, .. } = old;
    begin(app, Session { memory, keys, theme, mouse, offers, ..Session::default() });
    if let Some(spot) = at {
        stand(app, &spot);
    }
}

/// Asks for what a search finds in every briefing; without words, for the words.
pub(super) fn search(app: &mut App, words: &str) -> Effect {
    if words.trim().is_empty() {
        command::open_for(app, Action::SearchAll);
        return Effect::Nothing;
    }
    app.searched += 1;
    let number = app.searched;
    picker::open(app, "Found in all briefings", |_| Vec::new());
    if let Some(picker) = app.mode.picker_mut() {
        picker.filling = Some(number);
    }
    Effect::SearchAll { number, words: words.to_owned() }
}

/// Offers what a search has found in one of the briefings, where the reader still looks at what it finds; and, where
/// it has found more than that, the briefing.
pub(super) fn found(app: &mut App, number: u64, found: Vec<Elsewhere>, more: usize) {
    let rest = found.last().filter(|_| more > 0).map(|last| {
        let name = format!("{}: {more} more; open it and search it alone", last.briefing);
        Choice::new(&name, "", Pick::Briefing(There { briefing: last.briefing.clone(), at: None }))
    });
    let choice = |found: Elsewhere| {
        let detail = if found.title == found.words { "" } else { &*found.title };
        let name = format!("{}: {}", found.briefing, found.words);
        let there = There { briefing: found.briefing, at: Some(found.spot) };
        Choice::new(&name, detail, Pick::Briefing(there))
    };
    if let Some(picker) = filled_by(app, number) {
        picker.grow(found.into_iter().map(choice).chain(rest));
    }
}

/// Says which briefings the search was not made in, and ends the choice where it has found nothing at all.
pub(super) fn searched(app: &mut App, number: u64, unopened: usize) {
    let searched = counted(app.offers.len().saturating_sub(unopened), "briefing");
    let Some(picker) = filled_by(app, number) else { return };
    picker.filling = None;
    let is_empty = picker.choices.is_empty();
    let mut words = Vec::new();
    if is_empty {
        picker::close(app);
        words.push(format!("Nothing found in {searched}."));
    }
    if unopened > 0 {
        words.push(format!("{} could not be opened.", counted(unopened, "briefing")));
    }
    if !words.is_empty() {
        note(app, &words.join(" "));
    }
}

/// The choice that a search fills.
fn filled_by(app: &mut App, number: u64) -> Option<&mut Picker> {
    app.mode.picker_mut().filter(|picker| picker.filling == Some(number))
}
