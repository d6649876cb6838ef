//! Searching: what is typed finds at once, and what is found is shown while it is typed.

use super::{moving, note, reading};
use crate::app::{App, Cursor, Finds, Focus, Mode, Prompt, Reach, Search, Wait};
use crate::keys::{Action, Move};
use crate::line::Line;
use crate::model::{Briefing, QuoteRef, Ref, Source};
use crate::search::{self, Found, Query, Quest, Results, Target, marks_in};
use crate::span::Span;

/// So many hits are kept to step through; the count says how many there are in all.
const MOST: usize = 1000;
/// So many bytes are searched at once, between a key and its frame; the rest while the frame is seen.
const AT_ONCE: usize = 1 << 20;

/// Opens the line that a search is typed into: in the source that has the focus, else over everything.
pub(super) fn open(app: &mut App) {
    let within = app.source().filter(|_| app.place.focus == Focus::Source);
    type_in(app, Line::default(), within);
}

/// Makes a search over everything, whatever has the focus, with the line still open.
pub(super) fn launch(app: &mut App, query: &str) {
    type_in(app, Line::new(query), None);
    refresh(app);
}

/// Opens a line for a search over everything, or within a source.
fn type_in(app: &mut App, line: Line, within: Option<Ref<Source>>) {
    let query = Query::parse("");
    let found = match within {
        None => nothing(query),
        Some(source) => Finds::Within { query, source, spans: Vec::new() },
    };
    let search = Search { found, at: Cursor::default(), awaited: None };
    let prompt = Prompt { line, search, was: app.place.clone(), before: app.search.take(), back: 0 };
    app.mode = Mode::Search(Box::new(prompt));
}

/// Does what an action means while a search is typed.
pub(super) fn run(app: &mut App, action: Action) {
    match action {
        Action::Move(way) => travel(app, way),
        Action::Open => accept(app),
        Action::Close => leave(app),
        _ => {}
    }
}

/// A key that was typed into the line.
pub(super) fn typed(app: &mut App) {
    if let Some(prompt) = app.mode.prompt_mut() {
        prompt.back = 0;
    }
    refresh(app);
}

/// Moves among the hits, or from the first of them to the searches made before.
fn travel(app: &mut App, way: Move) {
    let Some(prompt) = app.mode.prompt_mut() else { return };
    let recalled = app.memory.searches.recall(prompt.back, prompt.line.text(), way);
    match recalled.filter(|_| prompt.search.at.chosen == 0) {
        None => choose(app, way),
        Some((earlier, words)) => {
            (prompt.back, prompt.line) = (earlier, Line::new(words));
            refresh(app);
        }
    }
}

/// Searches for what has been typed, from where the reader was when the line was opened.
fn refresh(app: &mut App) {
    let Some(prompt) = app.mode.prompt() else { return };
    let (text, was) = (prompt.line.text().to_owned(), prompt.was.clone());
    let within = match prompt.search.found {
        Finds::Everywhere { .. } => None,
        Finds::Within { source, .. } => Some(source),
    };
    let found = find(app, Query::parse(&text), within);
    app.arrive(was);
    let chosen = match &found {
        Finds::Everywhere { .. } => 0,
        Finds::Within { spans, .. } => {
            let cursor = app.source_window().map_or(0, |window| window.cursor);
            let next = spans.partition_point(|span| span.end <= cursor);
            if next < spans.len() { next } else { 0 }
        }
    };
    if let Some(prompt) = app.mode.prompt_mut() {
        prompt.search = Search { found, at: Cursor { chosen, top: 0 }, awaited: None };
    }
    preview(app);
}

/// What a query finds: everywhere, or within a source.
fn find(app: &mut App, query: Query, within: Option<Ref<Source>>) -> Finds {
    match within {
        None if query.is_empty() => {
            app.quest = None;
            nothing(query)
        }
        None => everywhere(app, query),
        Some(source) => {
            let text = app.briefing[source].text.as_ref();
            let spans = text.map_or_else(Vec::new, |text| search::find_all(text.shown.text(), &query));
            Finds::Within { query, source, spans }
        }
    }
}

/// A search of an old state of the briefing made anew, at the hit that it was at, or at the one that has its number;
/// nothing where the source that it was in is gone.
pub(super) fn anew(app: &mut App, search: Search, old: &Briefing) -> Option<Search> {
    let target = search.target().and_then(|target| carried(target, old, &app.briefing));
    let (query, within) = match search.found {
        Finds::Everywhere { results, .. } => (results.query, None),
        Finds::Within { query, source, .. } => (query, Some(app.briefing.source_by_id(&old[source].id)?)),
    };
    // Begun first, as one search goes on at a time: this one.
    let awaited = search.awaited.map(|Wait { place, before }| Wait {
        place,
        before: before.and_then(|before| anew(app, *before, old)).map(Box::new),
    });
    let mut search = Search { found: find(app, query, within), at: search.at, awaited };
    let last = search.count().saturating_sub(1);
    search.at.chosen = search.place_of(target).unwrap_or(search.at.chosen).min(last);
    Some(search)
}

/// What a hit of an old state of the briefing is in, as far as it is still there.
fn carried(target: Target, old: &Briefing, new: &Briefing) -> Option<Target> {
    Some(match target {
        Target::Card(card) => Target::Card(new.card_by_id(&old[card].id)?),
        Target::Paragraph { source, paragraph } => {
            Target::Paragraph { source: new.source_by_id(&old[source].id)?, paragraph }
        }
    })
}

const fn nothing(query: Query) -> Finds {
    Finds::Everywhere { results: Results { query, hits: Vec::new(), total: 0 }, reach: Reach::Whole }
}

/// Searches everything, as far as there is time for it; the rest is left to be gone on with.
fn everywhere(app: &mut App, query: Query) -> Finds {
    app.searched += 1;
    let mut quest = Quest::new(app.searched, app.ground(), query, MOST, app.trail.take());
    quest.advance(AT_ONCE, 1);
    let found = quest.found();
    app.quest = Some(quest).filter(|quest| !quest.is_over());
    take_in(app, found)
}

fn take_in(app: &mut App, found: Found) -> Finds {
    let Found { number, results, is_over, trail } = found;
    let reach = if is_over { Reach::Whole } else { Reach::SoFar(number) };
    app.trail = trail;
    Finds::Everywhere { results, reach }
}

/// Shows what the search that goes on has found: whether it is still typed or not, if it is the last one made.
pub(super) fn found(app: &mut App, found: Found) {
    let is_meant = |search: &Search| match search.found {
        Finds::Everywhere { reach: Reach::SoFar(number), .. } => number == found.number,
        Finds::Everywhere { reach: Reach::Whole, .. } | Finds::Within { .. } => false,
    };
    if !app.marked().is_some_and(is_meant) {
        return;
    }
    let finds = take_in(app, found);
    match (app.mode.prompt_mut(), &mut app.search) {
        (Some(prompt), _) => {
            let target = prompt.search.target().filter(|_| prompt.search.at.chosen > 0);
            prompt.search.renew(finds, target);
            preview(app);
        }
        (None, Some(search)) => {
            search.renew(finds, search.target());
            lead(app);
        }
        (None, None) => {}
    }
}

/// Goes to another hit while the line is still open.
pub(super) fn choose(app: &mut App, way: Move) {
    let (_, page) = app.hits_seen();
    if let Some(Prompt { search, .. }) = app.mode.prompt_mut() {
        search.at.chosen = way.among(search.count(), search.at.chosen, page);
    }
    let (first, _) = app.hits_seen();
    if let Some(prompt) = app.mode.prompt_mut() {
        prompt.search.at.top = first;
    }
    preview(app);
}

/// Shows the current hit in the reading panes, over the place where the reader was.
pub(super) fn preview(app: &mut App) {
    let Some(prompt) = app.mode.prompt() else { return };
    app.arrive(prompt.was.clone());
    if let Some(destination) = app.marked().and_then(|search| search.destination(&app.briefing)) {
        go(app, destination);
    }
}

/// Ends the typing: goes to the current hit, or waits for one where none is found yet.
fn accept(app: &mut App) {
    let Mode::Search(prompt) = std::mem::replace(&mut app.mode, Mode::Reading) else { return };
    app.memory.searches.push(prompt.line.text());
    let Some(destination) = prompt.search.destination(&app.briefing) else {
        let typed = !prompt.line.text().trim().is_empty();
        app.arrive(prompt.was);
        if prompt.search.goes_on() {
            app.search = Some(prompt.search);
            return wait(app, prompt.before.map(Box::new));
        }
        let why = match &prompt.search.found {
            Finds::Everywhere { results, .. } => results.query.why_nothing(&app.briefing),
            Finds::Within { .. } => None,
        };
        take_up(app, prompt.before);
        if typed {
            note(
                app,
                &why.map_or_else(|| "Nothing found.".to_owned(), |why| format!("Nothing found: {why}.")),
            );
        }
        return;
    };
    app.arrive(prompt.was);
    take_to(app, prompt.search, destination);
}

/// Goes to the current hit of a search for good, and keeps its marks.
fn take_to(app: &mut App, search: Search, destination: Destination) {
    reading::remember(app);
    let words = match search.count() {
        1 => search.position(),
        _ => {
            let keys = [Action::NextHit, Action::PreviousHit, Action::Close];
            let [next, previous, close] = keys.map(|action| app.keys_for(action));
            let position = search.position();
            format!("{position}; {next} goes on, {previous} goes back, {close} lets go.")
        }
    };
    app.search = Some(Search { awaited: None, ..search });
    note(app, &words);
    land(app, destination);
}

/// Lets a search that has found nothing yet go on, to lead to its first hit; where none comes, the one before is marked
/// again.
fn wait(app: &mut App, before: Option<Box<Search>>) {
    if let Some(search) = &mut app.search {
        search.awaited = Some(Wait { place: app.place.clone(), before });
        note(app, "Searching on.");
    }
}

/// Goes to the first hit of a search that is waited for, where the reader still waits; or says that there is none.
pub(super) fn lead(app: &mut App) {
    let Some(search) = app.search.take_if(|search| search.awaited.is_some()) else { return };
    let is_there = search.awaited.as_ref().is_some_and(|wait| wait.place == app.place);
    let waits = is_there && matches!(app.mode, Mode::Reading);
    match search.destination(&app.briefing) {
        Some(destination) if waits => take_to(app, search, destination),
        None if !search.goes_on() => {
            take_up(app, search.awaited.and_then(|wait| wait.before).map(|before| *before));
            note(app, "Nothing found.");
        }
        Some(_) | None => app.search = Some(search),
    }
}

/// Leaves everything as it was.
fn leave(app: &mut App) {
    let Mode::Search(prompt) = std::mem::replace(&mut app.mode, Mode::Reading) else { return };
    app.arrive(prompt.was);
    take_up(app, prompt.before);
}

/// Marks the search again that was marked before. What was not over is begun anew: another search may
/// have broken it off, and what it found meanwhile was not taken in.
fn take_up(app: &mut App, before: Option<Search>) {
    app.search = before.map(|mut search| {
        if search.goes_on() {
            let found = everywhere(app, search.query().clone());
            search.renew(found, search.target());
        }
        search
    });
}

/// Steps to the next hit, or the one before, round the ends.
pub(super) fn step(app: &mut App, by: isize) {
    let passed = passed(app);
    let Some(search) = &mut app.search else { return };
    let count = search.count();
    if count == 0 && search.goes_on() {
        let before = search.awaited.take().and_then(|wait| wait.before);
        return wait(app, before);
    }
    if count == 0 {
        return note(app, "Nothing found.");
    }
    let by = if search.awaited.take().is_some() { 0 } else { by };
    // Between two hits a step on is counted from the one behind the reader, a step back from the one ahead.
    let from = passed.map_or(search.at.chosen, |passed| if by > 0 { passed + count - 1 } else { passed });
    search.at.chosen = (from.cast_signed() + by).rem_euclid(count.cast_signed()).unsigned_abs();
    let words = search.position();
    let destination = search.destination(&app.briefing);
    note(app, &words);
    if let Some(destination) = destination {
        reading::remember(app);
        land(app, destination);
    }
}

/// How many hits stand before the reader's row, where the reader has gone from the current one's row in the source
/// that was searched.
fn passed(app: &App) -> Option<usize> {
    let search = app.search.as_ref()?;
    let Finds::Within { source, spans, .. } = &search.found else { return None };
    if app.place.focus != Focus::Source || app.source() != Some(*source) {
        return None;
    }
    let mut window = app.source_window()?;
    let hit = window.rows.step(spans.get(search.at.chosen)?.start, 0);
    (hit != window.cursor).then(|| spans.partition_point(|span| span.start < window.cursor))
}

/// Where a hit leads.
#[derive(Clone, Copy)]
enum Destination {
    /// To a card, at one of its quotes.
    Card(QuoteRef),
    /// To a passage of a source's shown text.
    Passage(Ref<Source>, Span),
}

impl Search {
    /// Takes in more finds, and is at the hit that is in `target`, or at the best.
    fn renew(&mut self, found: Finds, target: Option<Target>) {
        self.found = found;
        self.at.chosen = self.place_of(target).unwrap_or(0);
    }

    /// The card or the paragraph that the current hit is in, where everything is searched.
    fn target(&self) -> Option<Target> {
        match &self.found {
            Finds::Everywhere { results, .. } => Some(results.hits.get(self.at.chosen)?.target),
            Finds::Within { .. } => None,
        }
    }

    /// Which of the hits is in a card or a paragraph.
    fn place_of(&self, target: Option<Target>) -> Option<usize> {
        match &self.found {
            Finds::Everywhere { results, .. } => {
                results.hits.iter().position(|hit| Some(hit.target) == target)
            }
            Finds::Within { .. } => None,
        }
    }

    /// Where the current hit leads.
    fn destination(&self, briefing: &Briefing) -> Option<Destination> {
        let hit = match &self.found {
            Finds::Everywhere { results, .. } => results.hits.get(self.at.chosen)?,
            Finds::Within { source, spans, .. } => {
                return Some(Destination::Passage(*source, *spans.get(self.at.chosen)?));
            }
        };
        Some(match hit.target {
            Target::Card(card) => Destination::Card(QuoteRef::new(card, hit.field.quote().unwrap_or(0))),
            Target::Paragraph { source, paragraph } => {
                let text = briefing[source].text.as_ref();
                let start = text.and_then(|text| text.paragraph(paragraph)).map_or(0, |span| span.start);
                let mark = marks_in(self.query(), hit.text(briefing)).first().copied().unwrap_or_default();
                Destination::Passage(source, mark.shifted(start))
            }
        })
    }
}

/// Shows what a hit leads to, leaving the focus where it is.
fn go(app: &mut App, destination: Destination) {
    match destination {
        Destination::Card(QuoteRef { card, index }) => {
            app.show(Some(card), index);
            moving::to_quote(app, index);
        }
        Destination::Passage(source, span) => moving::to_passage(app, source, span),
    }
}

/// Goes to what a hit leads to, and gives the pane that holds it the focus.
fn land(app: &mut App, destination: Destination) {
    match destination {
        Destination::Card(QuoteRef { card, index }) => {
            let topic = app.place.topic;
            reading::open_at(app, card);
            moving::to_quote(app, index);
            reading::tell_of_topic(app, topic);
        }
        Destination::Passage(..) => {
            go(app, destination);
            app.place.focus = Focus::Source;
        }
    }
}
