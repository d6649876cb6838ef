//! Where what the reader is at was written, or is wrong: the line that an editor is opened at.

use super::{Effect, note};
use crate::app::{App, Focus, Mode};
use crate::leaf::Goal;
use crate::model::Written;

/// Asks for the editor at the card's line, or, where a quote of it is what the reader is at, at the quote's.
pub(super) fn edit(app: &mut App) -> Effect {
    let Some(card) = app.card() else {
        note(app, "There is no card here to edit.");
        return Effect::Nothing;
    };
    let quote = match app.place.focus {
        Focus::Lists => None,
        Focus::Source => app.quote(),
        Focus::Card => app.leaf().and_then(|leaf| match leaf.stops.get(app.place.leaf.chosen)?.goal {
            Goal::Quote(quote) => card.quotes.get(quote),
            Goal::Card(_) => None,
        }),
    };
    let line = quote.map_or(card.at.line, |quote| quote.line);
    Effect::Edit(Written { line, ..card.at.clone() })
}

/// Asks for the editor at the line of a problem; at the first where the whole file is meant.
pub(super) fn mend(app: &App) -> Effect {
    let Mode::Problems(at) = app.mode else { return Effect::Nothing };
    let Some(problem) = app.problems().nth(at.chosen) else { return Effect::Nothing };
    let line = problem.excerpt.as_ref().map_or(1, |excerpt| excerpt.line);
    Effect::Edit(Written { file: problem.file.clone(), line })
}
