//! The briefing that is built in holds what it promises, sentence by sentence.

use crate::desk::shipped;
use brief::accounts::{self, Account};
use brief::geometry::List;
use brief::model::{Grade, Kind, Ref, Subject};
use std::collections::HashSet;

#[test]
fn nothing_is_wrong_with_it() {
    let problems = shipped().problems;
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn every_quote_is_exact() {
    let briefing = shipped();
    for card in &briefing.cards {
        assert!(!card.quotes.is_empty(), "{} has no quote", &*card.id);
        for quote in &card.quotes {
            assert_eq!(quote.grade(), Grade::Exact, "{}: {}", &*card.id, &*quote.words);
        }
    }
}

#[test]
fn every_sentence_outside_asides_is_quoted_or_named_as_unused() {
    for source in &shipped().sources {
        let sentences = accounts::of(source);
        assert!(sentences.len() > 20, "{} has hardly any sentences", &*source.file);
        for sentence in sentences {
            let words = sentence.span.of(source.text.as_ref().unwrap().raw());
            assert_ne!(sentence.account, Account::Open, "{}: {words}", &*source.file);
        }
    }
}

#[test]
fn titles_fit_a_list_and_no_two_are_the_same() {
    let briefing = shipped();
    let mut seen = HashSet::new();
    for card in &briefing.cards {
        assert!(card.title.chars().count() <= 60, "{}", &*card.title);
        assert!(seen.insert(card.title.to_lowercase()), "{} stands twice", &*card.title);
    }
}

#[test]
fn every_version_actor_origin_and_topic_is_used() {
    let briefing = shipped();
    let versions: HashSet<usize> = briefing
        .cards
        .iter()
        .flat_map(|card| match &card.kind {
            Kind::PlanPoint { version } => vec![version.index()],
            Kind::Reaction { on, .. } | Kind::OpenQuestion { on, .. } => on
                .iter()
                .filter_map(|subject| match subject {
                    Subject::Version(version) => Some(version.index()),
                    Subject::Card(_) => None,
                })
                .collect(),
            Kind::Event => Vec::new(),
        })
        .collect();
    let actors: HashSet<usize> = briefing
        .cards
        .iter()
        .filter_map(|card| match card.kind {
            Kind::Reaction { actor, .. } => Some(actor.index()),
            Kind::PlanPoint { .. } | Kind::OpenQuestion { .. } | Kind::Event => None,
        })
        .collect();
    let quotes = || briefing.cards.iter().flat_map(|card| &card.quotes);
    let origins: HashSet<usize> = quotes().filter_map(|quote| quote.origin.map(Ref::index)).collect();
    let topics: HashSet<usize> =
        briefing.cards.iter().flat_map(|card| &card.topics).map(|topic| topic.index()).collect();
    let sources: HashSet<usize> = quotes().map(|quote| quote.source.index()).collect();
    assert_eq!(versions.len(), briefing.versions.len());
    assert_eq!(actors.len(), briefing.actors.len());
    assert_eq!(origins.len(), briefing.origins.len());
    assert_eq!(topics.len(), briefing.topics.len());
    assert_eq!(sources.len(), briefing.sources.len());
}

#[test]
fn the_topic_of_guarantees_has_cards_in_every_list() {
    let briefing = shipped();
    for name in ["guarantees", "Security Guarantees", "SECURITY GUARANTEES"] {
        let topic = briefing.topic_by_name(name).unwrap();
        let mut app = brief::app::App::new(briefing.clone(), brief::geometry::Size { columns: 80, rows: 24 });
        app.narrow(Some(topic));
        for list in List::ALL {
            assert!(app.list(list).len() >= 5, "{} has {}", list.title(), app.list(list).len());
        }
    }
}

#[test]
fn the_texts_are_those_that_were_handed_over() {
    use sha2::{Digest, Sha256};
    let sums = [
        ("000_417d1400180d5128.txt", "b1bf11d2094bd2a072c5494333f2e318bc9f3c4fbab66d7b4c5904f75698ec7a"),
        ("001_6c6cf35d0dc945d1.txt", "7cdb9ec456c196f39735b6bdf93af9d47db66e8370001102f69a3d52e862270d"),
        ("002_c58ad5b90b3567d6.txt", "29d50e376145729c8efb26094a61f401a1b4d136afc62256611df733f1e5f574"),
        ("003_9a9d76f491ca1155.txt", "99eef4e2f09ab6a0760b00974f9e9c1c693cb1a36e10ae0c6c323fd399625ffb"),
        ("004_603d9405ca46e240.txt", "2aaafb17c10682441fa6a582eba534e79363767293c29bc6688e97c6ae651708"),
    ];
    for (file, sum) in sums {
        let bytes = std::fs::read(format!("{}/seeds/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let hex: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, sum, "{file}");
    }
}
