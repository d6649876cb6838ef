//! What can be judged only of a briefing as a whole.

use super::Making;
use super::cards::Draft;
use super::names::Names;
use super::report::{Fault, Report, Site};
use crate::model::{Briefing, Card, Kind, Ref, RelationKind, Subject};
use crate::order;
use crate::problem::{Code, Problem, ticked};
use std::collections::HashSet;

impl Making<'_> {
    /// Makes every check.
    pub fn check(&mut self, drafts: &mut [Draft<'_>]) {
        let Self { briefing, folder, names, report, .. } = self;
        if briefing.cards.is_empty() && !report.only_seems(Code::NothingThere) {
            let problem = Problem::new(Code::NothingThere, folder, "the briefing has no cards");
            report
                .push(problem.help("add one: [[plan_point]], [[reaction]], [[open_question]] or [[event]]"));
        }
        contradictions(briefing, drafts, report);
        circles(briefing, drafts, report);
        answers(briefing, drafts, report);
        unused(briefing, names, report);
    }
}

/// A contradiction is between two reports about one version, or of one actor; any other is dropped,
/// so that no card is disputed by it.
fn contradictions(briefing: &mut Briefing, drafts: &mut [Draft<'_>], report: &mut Report<'_>) {
    let mut wrong = Vec::new();
    for (card, number) in relations(briefing, RelationKind::Contradicts) {
        let Some(relation) = briefing[card].relations.get(number) else { continue };
        let other = &briefing[relation.to];
        if let Some((message, help)) = no_contradiction(&briefing[card].kind, &other.kind) {
            wrong.push((card, number, format!("{} {message}", ticked(&other.id)), help));
        }
    }
    for (card, number, message, help) in wrong.into_iter().rev() {
        if let Some(at) = drop_relation(briefing, drafts, card, number) {
            report.add(Fault::new(Code::NotAContradiction, at, message).help(help));
        }
    }
}

/// Why a card of one kind cannot contradict one of the other, and what to do; nothing if it can.
fn no_contradiction(here: &Kind, there: &Kind) -> Option<(&'static str, &'static str)> {
    match (here, there) {
        (Kind::PlanPoint { version: here }, Kind::PlanPoint { version: there }) => {
            let help = "leave it out: two versions that differ are not a contradiction";
            (here != there).then_some(("is about another version", help))
        }
        (Kind::Reaction { actor: here, .. }, Kind::Reaction { actor: there, .. }) => {
            let help = "leave it out: two actors who differ are not a contradiction";
            (here != there).then_some(("is another actor's reaction", help))
        }
        (
            Kind::PlanPoint { .. } | Kind::Reaction { .. } | Kind::OpenQuestion { .. } | Kind::Event,
            Kind::PlanPoint { .. } | Kind::Reaction { .. } | Kind::OpenQuestion { .. } | Kind::Event,
        ) => Some((
            "cannot contradict this card",
            "only two plan points can, of one version, or two reactions, of one actor",
        )),
    }
}

/// Every relation of a kind: whose it is, and its number there.
fn relations(briefing: &Briefing, kind: RelationKind) -> Vec<(Ref<Card>, usize)> {
    let of = |card: Ref<Card>| {
        let relations = briefing[card].relations.iter().enumerate();
        relations.filter(move |(_, relation)| relation.kind == kind).map(move |(number, _)| (card, number))
    };
    briefing.refs::<Card>().flat_map(of).collect()
}

/// Takes a relation away; gives back where it stood.
fn drop_relation(
    briefing: &mut Briefing,
    drafts: &mut [Draft<'_>],
    card: Ref<Card>,
    number: usize,
) -> Option<Site> {
    briefing.cards.get_mut(card.index())?.relations.remove(number);
    Some(drafts.get_mut(card.index())?.relations.remove(number))
}

/// A question that is answered has a card that answers it, and not only such as others have superseded.
fn answers(briefing: &Briefing, drafts: &[Draft<'_>], report: &mut Report<'_>) {
    let none = vec![false; briefing.cards.len()];
    let (mut is_superseded, mut has_answer, mut has_live_answer) = (none.clone(), none.clone(), none);
    let led_to = |card: &Card, kind, marks: &mut [bool]| {
        let relations = card.relations.iter().filter(|relation| relation.kind == kind);
        relations.for_each(|relation| mark(marks, relation.to.index()));
    };
    for card in &briefing.cards {
        led_to(card, RelationKind::Supersedes, &mut is_superseded);
        led_to(card, RelationKind::Answers, &mut has_answer);
    }
    for (card, _) in briefing.cards.iter().zip(is_superseded).filter(|(_, is_superseded)| !is_superseded) {
        led_to(card, RelationKind::Answers, &mut has_live_answer);
    }
    let answers = has_answer.into_iter().zip(has_live_answer);
    for ((card, draft), (has_answer, has_live_answer)) in briefing.cards.iter().zip(drafts).zip(answers) {
        let Some(at) = draft.answered.filter(|_| !has_live_answer) else { continue };
        let rel = format!("rel = [{{ type = \"answers\", to = \"{}\" }}]", card.id);
        report.add(if has_answer {
            let fault =
                Fault::new(Code::StaleAnswer, at, "every card that answers this question is superseded");
            fault.help(format!(
                "add {rel} to the card that supersedes it, if that answers too, or set another status"
            ))
        } else {
            let help = format!("add {rel} to the card that answers");
            Fault::new(Code::NoAnswer, at, "no card answers this question").help(help)
        });
    }
}

/// No card supersedes itself by way of others: the relation that closes a circle is dropped.
fn circles(briefing: &mut Briefing, drafts: &mut [Draft<'_>], report: &mut Report<'_>) {
    let (mut open, mut done) = (HashSet::new(), HashSet::new());
    let mut closing: Vec<(Ref<Card>, usize)> = Vec::new();
    for (start, _) in relations(briefing, RelationKind::Supersedes) {
        // The cards from the start to here, each with the number of its next relation.
        let mut path = if done.contains(&start) { Vec::new() } else { vec![(start, 0)] };
        open.extend(path.first().map(|(card, _)| *card));
        while let Some((card, next)) = path.last_mut() {
            let (card, number) = (*card, *next);
            *next += 1;
            match briefing[card].relations.get(number) {
                Some(relation) if relation.kind != RelationKind::Supersedes => {}
                Some(relation) if open.contains(&relation.to) => closing.push((card, number)),
                Some(relation) if done.contains(&relation.to) => {}
                Some(relation) => {
                    open.insert(relation.to);
                    path.push((relation.to, 0));
                }
                None => {
                    open.remove(&card);
                    done.insert(card);
                    path.pop();
                }
            }
        }
    }
    order::sort_by_key(&mut closing, |(card, number)| (card.index(), *number));
    for (card, number) in closing.into_iter().rev() {
        if let Some(at) = drop_relation(briefing, drafts, card, number) {
            let fault = Fault::new(Code::Cycle, at, "these cards supersede each other");
            report.add(fault.help("the one that came last supersedes the others"));
        }
    }
}

fn mark(marks: &mut [bool], at: usize) {
    if let Some(mark) = marks.get_mut(at) {
        *mark = true;
    }
}

/// What is named must be used.
fn unused(briefing: &Briefing, names: &Names<'_>, report: &mut Report<'_>) {
    let Briefing { versions, topics, actors, origins, .. } = briefing;
    let mut used_versions = vec![false; versions.len()];
    let mut used_topics = vec![false; topics.len()];
    let mut used_actors = vec![false; actors.len()];
    let mut used_origins = vec![false; origins.len()];
    for card in &briefing.cards {
        card.topics.iter().for_each(|topic| mark(&mut used_topics, topic.index()));
        card.quotes
            .iter()
            .filter_map(|quote| quote.origin)
            .for_each(|origin| mark(&mut used_origins, origin.index()));
        for subject in card.subjects() {
            if let Subject::Version(version) = *subject {
                mark(&mut used_versions, version.index());
            }
        }
        match card.kind {
            Kind::PlanPoint { version } => mark(&mut used_versions, version.index()),
            Kind::Reaction { actor, .. } => mark(&mut used_actors, actor.index()),
            Kind::OpenQuestion { .. } | Kind::Event => {}
        }
    }
    let named = (versions.iter().map(|version| &version.id).zip(used_versions))
        .chain(topics.iter().map(|topic| &topic.id).zip(used_topics))
        .chain(actors.iter().map(|actor| &actor.id).zip(used_actors))
        .chain(origins.iter().map(|origin| &origin.id).zip(used_origins));
    for (id, _) in named.filter(|(_, is_used)| !is_used) {
        if let Some(at) = names.place(id) {
            let fault = Fault::new(Code::Unused, at, format!("no card uses {}", ticked(id)));
            report.add(fault.help("name it on a card, or take it out"));
        }
    }
}
