//! What is handed on: copied, shown as plain text to be marked by hand, or opened in a browser.

use super::reading::{NO_CARD, for_a_selection};
use super::{Clip, Effect, note};
use crate::app::App;
use crate::cite::{self, Address, Web};
use crate::keys::{Action, Copied};

/// Copies the quote or the card, or what belongs to it.
pub(super) fn copy(app: &mut App, what: Copied) -> Effect {
    let (text, called) = match cited(app, what) {
        Ok(cited) => cited,
        Err(why) => return refuse(app, &why),
    };
    Effect::Copy(Clip { text, what: called, again: app.keys.first(app.room(), Action::Print(what)) })
}

/// Shows as plain text what would be copied.
pub(super) fn print(app: &mut App, what: Copied) -> Effect {
    cited(app, what).map_or_else(|why| refuse(app, &why), |(text, _)| Effect::Print(text))
}

/// Opens the address of the quote or the source.
pub(super) fn browse(app: &mut App) -> Effect {
    address(app).map_or_else(|why| refuse(app, &why), Effect::Browse)
}

/// What is to be copied or shown, and what to call it; or why there is nothing.
fn cited(app: &App, what: Copied) -> Result<(String, &'static str), String> {
    let briefing = &app.briefing;
    let quoted = || app.cited().ok_or_else(|| nothing_cited(app));
    Ok(match what {
        Copied::Cited => {
            let (card, quote) = quoted()?;
            let what = if quote.is_sound() {
                "quote with its provenance"
            } else {
                "quote, which is not in its source, with its provenance"
            };
            (cite::quote(briefing, card, quote), what)
        }
        Copied::Bare => {
            let (_, quote) = quoted()?;
            let what = if quote.is_sound() { "bare quote" } else { "bare quote, which is not in its source" };
            (quote.handed_on().to_owned(), what)
        }
        Copied::Card => (cite::card(briefing, app.card().ok_or_else(|| nothing_cited(app))?, 2), "card"),
        Copied::Link => {
            let is_found = app.cited().is_none_or(|(_, quote)| quote.is_sound());
            let what =
                if is_found { "link" } else { "address of the page only, as the quote is not in its source" };
            (address(app)?.to_string(), what)
        }
        Copied::Table => return Err(for_a_selection(app)),
    })
}

/// Where the quote that copying means is on the web; where it means none, where the source is.
fn address(app: &App) -> Result<Address, String> {
    let briefing = &app.briefing;
    let address = match app.cited() {
        Some((_, quote)) => Web::of(&briefing[quote.source]).map(|web| web.to(quote)),
        None => app.source().and_then(|source| Address::of(&briefing[source])),
    };
    address.ok_or_else(|| {
        let Some(source) = app.source() else { return NO_CARD.to_owned() };
        match &briefing[source].url {
            Some(url) => {
                format!("What stands for an address of this source is none on the web: {url}")
            }
            None => "The briefing knows no address on the web for this source.".to_owned(),
        }
    })
}

/// Why there is nothing to copy.
fn nothing_cited(app: &App) -> String {
    if app.card().is_none() {
        return NO_CARD.to_owned();
    }
    let [next, previous] = [Action::NextQuote, Action::PreviousQuote].map(|action| app.keys_for(action));
    format!("No card quotes this line; {next}/{previous} go back to the card’s quote.")
}

fn refuse(app: &mut App, why: &str) -> Effect {
    note(app, why);
    Effect::Nothing
}
