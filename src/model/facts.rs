//! What follows from a briefing's cards: links both ways, what the quotes amount to, who quotes what.

use super::{
    Basis, Briefing, Card, Certainty, Family, Link, Quote, QuoteRef, Quoted, Ref, RelationKind, Role,
    Standing, Subject,
};
use crate::composition::taken_apart;
use crate::order;
use crate::punctuation::wording;
use crate::sanitize;
use foldhash::{HashSet, HashSetExt};

impl Briefing {
    /// Works out what is derived: each card's links and standing, each source's quoted passages.
    /// To be called when the cards are complete, and again where they have changed.
    pub fn derive(&mut self) {
        let links = self.links();
        let superseded: Vec<bool> =
            links.iter().map(|links| links.iter().any(|link| link.role == Role::SupersededBy)).collect();
        let is_live = |card: Ref<Card>| {
            superseded.get(card.index()) == Some(&false) && self[card].quotes.iter().any(Quote::is_sound)
        };
        let disputed: Vec<bool> = self
            .refs::<Card>()
            .zip(&links)
            .map(|(card, links)| {
                let mut contradicted = links.iter().filter(|link| link.role == Role::Contradicts);
                is_live(card) && contradicted.any(|link| is_live(link.to))
            })
            .collect();
        for ((card, disputed), links) in self.cards.iter_mut().zip(disputed).zip(links) {
            card.standing = standing(&card.quotes, disputed);
            card.links = links;
        }
        self.note_quoted();
    }

    /// Every card's links, from its own relations and subjects and from those of the others.
    fn links(&self) -> Vec<Vec<Link>> {
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); self.cards.len()];
        let mut add = |from: Ref<Card>, role, to: Ref<Card>, why: &Option<_>| {
            if let Some(links) = links.get_mut(from.index()) {
                links.push(Link { role, to, why: why.clone() });
            }
        };
        for card in self.refs::<Card>() {
            for relation in &self[card].relations {
                let (here, there) = roles(relation.kind);
                add(card, here, relation.to, &relation.why);
                add(relation.to, there, card, &relation.why);
            }
            for subject in self[card].subjects() {
                if let Subject::Card(subject) = *subject {
                    add(card, Role::On, subject, &None);
                    add(subject, role_about(self[card].kind.family()), card, &None);
                }
            }
        }
        for links in &mut links {
            order::sort_by_key(links, |link| (link.role, link.to.index()));
            links.dedup_by(|again, first| {
                let same = (again.role, again.to) == (first.role, first.to);
                if same && first.why.is_none() {
                    first.why = again.why.take();
                }
                same
            });
        }
        links
    }

    /// Each source's quoted passages, in the order of the text.
    fn note_quoted(&mut self) {
        self.sources.iter_mut().for_each(|source| source.quoted.clear());
        for (index, card) in self.cards.iter().enumerate() {
            for (number, quote) in card.quotes.iter().enumerate() {
                let Some(source) = self.sources.get_mut(quote.source.index()) else { continue };
                let noted = quote
                    .places()
                    .iter()
                    .map(|&span| Quoted { span, quote: QuoteRef::new(Ref::new(index), number) });
                source.quoted.extend(noted);
            }
        }
        for source in &mut self.sources {
            order::sort_by_key(&mut source.quoted, |quoted| quoted.span);
        }
    }
}

/// How the card a relation leads to stands to the card that declares it, and the other way round.
const fn roles(kind: RelationKind) -> (Role, Role) {
    match kind {
        RelationKind::Supports => (Role::Supports, Role::SupportedBy),
        RelationKind::Contradicts => (Role::Contradicts, Role::Contradicts),
        RelationKind::Answers => (Role::Answers, Role::AnsweredBy),
        RelationKind::Supersedes => (Role::Supersedes, Role::SupersededBy),
    }
}

/// What a card of a family is to the card that it is about.
const fn role_about(family: Family) -> Role {
    match family {
        Family::OpenQuestion => Role::Question,
        Family::PlanPoint | Family::Reaction | Family::Event => Role::Reaction,
    }
}

/// What quotes amount to. Only those that stand in their source count.
fn standing(quotes: &[Quote], disputed: bool) -> Standing {
    let mut sound: Vec<(usize, &Quote)> =
        quotes.iter().enumerate().filter(|(_, quote)| quote.is_sound()).collect();
    let rests_on = |basis| quotes.iter().any(|quote| quote.basis == Some(basis) && quote.is_sound());
    order::sort_by_key(&mut sound, |(_, quote)| quote.source.index());
    let (mut texts, mut unstated) = (0, 0);
    for quotes in sound.chunk_by(|(_, one), (_, two)| one.source == two.source) {
        texts += 1;
        unstated += usize::from(quotes.iter().all(|(_, quote)| quote.origin.is_none()));
    }
    sound.retain(|(_, quote)| quote.origin.is_some());
    order::sort_by_key(&mut sound, |(index, quote)| (quote.origin.map(Ref::index), *index));
    let mut by_origin: Vec<&[(usize, &Quote)]> =
        sound.chunk_by(|(_, one), (_, two)| one.origin == two.origin).collect();
    order::sort_by_key(&mut by_origin, |quotes| quotes.first().map(|(index, _)| *index));
    let certainty = if disputed {
        Certainty::Disputed
    } else if rests_on(Basis::Record) {
        Certainty::OnRecord
    } else if !by_origin.is_empty() || rests_on(Basis::Document) {
        Certainty::Reported
    } else {
        Certainty::Unclear
    };
    let origins = by_origin.iter().filter_map(|quotes| quotes.first()?.1.origin).collect();
    // Most have one quote, and so one wording.
    let several = by_origin.iter().filter(|quotes| quotes.len() > 1);
    let wordings = several.map(|quotes| wordings(quotes)).filter(|wordings| wordings.len() > 1).collect();
    Standing { certainty, texts, origins, unstated, wordings }
}

/// The numbers of quotes with key words, the first of each wording.
fn wordings(quotes: &[(usize, &Quote)]) -> Vec<usize> {
    let mut seen = HashSet::new();
    let keyed = quotes.iter().filter_map(|(index, quote)| Some((*index, quote.key_words()?)));
    keyed.filter(|(_, key)| seen.insert(told(key))).map(|(index, _)| index).collect()
}

/// Key words as a reader tells them from others: neither how their letters are composed nor what stands unseen among
/// them makes another wording.
fn told(key: &str) -> String {
    if key.is_ascii() {
        return wording(key);
    }
    let seen = taken_apart(key).chars().filter(|&c| sanitize::is_seen(c)).collect::<String>();
    wording(&seen)
}

#[cfg(test)]
mod tests {
    use crate::format::{Hashed, TomlFile, read};
    use crate::model::{Briefing, Card, Certainty, Quote, Ref, Role};
    use crate::sanitize::Safe;
    use std::borrow::Cow;

    /// A briefing of plan points `a`, `b`, ... out of their quotes and relations.
    fn briefing(points: &[(&str, &str)], more: &str) -> Briefing {
        let mut toml = String::from(
            r#"schema = 1
            title = "é—漢🦀"
            source = [{ id = "s", file = "s" }, { id = "s2", file = "s2" }]
            version = [{ id = "v", title = "V" }]
            topic = [{ id = "t", title = "T", aliases = ["É—漢"] }, { id = "territory", title = "Land", aliases = ["T"] }]
            actor = [{ id = "x", name = "X" }]
            origin = [{ id = "o", name = "O" }, { id = "o2", name = "O2" }]
            "#,
        );
        for ((quotes, relations), id) in points.iter().zip('a'..) {
            toml += &format!("[[plan_point]]\nid = \"{id}\"\ntitle = \"{id}\"\nversion = \"v\"\n");
            toml += &format!("topics = [\"t\"]\nquote = [{quotes}]\nrel = [{relations}]\n");
        }
        let file = TomlFile { path: Safe::line("f"), bytes: Ok(Cow::Owned((toml + more).into_bytes())) };
        let texts =
            |name: &str| format!("must accept é—漢🦀 should consider {name}. Must accept").into_bytes();
        read("b", &[file], Hashed::All, &mut |name| Ok(Cow::Owned(texts(name))))
    }

    /// `basis` and what else is in a quote of `must accept`.
    fn quote(basis: &str, more: &str) -> String {
        format!("{{ source = \"s\", exact = \"must accept\", basis = \"{basis}\"{more} }},")
    }

    #[test]
    fn certainty_follows_the_quotes_and_the_live_contradictions() {
        let outlet = quote("outlet", "");
        let drifted = outlet.replace("must accept", "must reject").replace("outlet", "record");
        let contradicts = |id| format!("{{ type = \"contradicts\", to = \"{id}\" }},");
        let supersedes = |id| format!("{{ type = \"supersedes\", to = \"{id}\" }},");
        let cases = [
            (outlet.clone(), String::new(), Certainty::Unclear),
            (quote("anonymous", ", origin = \"o\""), String::new(), Certainty::Reported),
            (quote("document", ""), String::new(), Certainty::Reported),
            (quote("record", "") + &outlet, String::new(), Certainty::OnRecord),
            (drifted.clone(), String::new(), Certainty::Unclear),
            (drifted.clone(), contradicts("b"), Certainty::Unclear),
            (quote("record", ""), contradicts("b"), Certainty::Disputed),
            (quote("record", ""), contradicts("b") + &supersedes("b"), Certainty::OnRecord),
        ];
        for (quotes, relations, want) in cases {
            let briefing = briefing(&[(&quotes, &relations), (&outlet, "")], "");
            assert_eq!(briefing.cards.first().unwrap().standing.certainty, want, "{quotes} {relations}");
        }
        let held_up_by_nothing = [(&*quote("record", ""), &*contradicts("b")), (&drifted, "")];
        let briefing = briefing(&held_up_by_nothing, "");
        assert_eq!(briefing.cards.first().unwrap().standing.certainty, Certainty::OnRecord);
    }

    #[test]
    fn a_card_that_another_supersedes_disputes_nothing_any_more() {
        let (record, outlet) = (quote("record", ""), quote("outlet", ""));
        let contradicts = "{ type = \"contradicts\", to = \"b\" }";
        let supersedes = "{ type = \"supersedes\", to = \"a\" }";
        let briefing = briefing(&[(&record, contradicts), (&outlet, ""), (&outlet, supersedes)], "");
        let certainties: Vec<_> = briefing.cards.iter().map(|card| card.standing.certainty).collect();
        assert_eq!(certainties, [Certainty::OnRecord, Certainty::Unclear, Certainty::Unclear]);
    }

    #[test]
    fn a_text_states_an_origin_where_one_quote_of_it_does() {
        let [o, o2] = ["o", "o2"].map(|origin| quote("anonymous", &format!(", origin = \"{origin}\"")));
        let [other, none] = [&o, &quote("outlet", "")].map(|quote| quote.replace("\"s\"", "\"s2\""));
        // (quotes, the origins as the quotes have them, the texts that state none)
        let cases = [
            (quote("outlet", "") + &o, vec!["o"], 0),
            (o.clone() + &none, vec!["o"], 1),
            (o2 + &o + &other, vec!["o2", "o"], 0),
        ];
        for (quotes, origins, unstated) in cases {
            let briefing = briefing(&[(&quotes, "")], "");
            let standing = &briefing.cards.first().unwrap().standing;
            let found: Vec<&str> = standing.origins.iter().map(|&origin| &*briefing[origin].id).collect();
            assert_eq!((found, standing.unstated), (origins, unstated), "{quotes}");
        }
    }

    #[test]
    fn a_relation_shows_on_both_cards_and_counts_once() {
        let outlet = quote("outlet", "");
        let to_b = "{ type = \"contradicts\", to = \"b\" }, { type = \"supports\", to = \"b\" }";
        let to_a = "{ type = \"contradicts\", to = \"a\", why = \"é\" }";
        let reaction = format!(
            "[[reaction]]\nid = \"r\"\ntitle = \"R\"\nactor = \"x\"\nstance = \"for\"\n\
             on = [\"a\", \"v\", \"a\"]\ntopics = [\"t\"]\nquote = [{outlet}]\n"
        );
        let briefing = briefing(&[(&outlet, to_b), (&outlet, to_a)], &reaction);
        let links = |id| {
            let card = &briefing[briefing.card_by_id(id).unwrap()];
            let link = |link: &crate::model::Link| (link.role, briefing[link.to].id.to_string());
            card.links.iter().map(link).collect::<Vec<_>>()
        };
        let link = |role, id: &str| (role, id.to_owned());
        assert_eq!(
            links("a"),
            [link(Role::Contradicts, "b"), link(Role::Supports, "b"), link(Role::Reaction, "r")]
        );
        assert_eq!(links("b"), [link(Role::Contradicts, "a"), link(Role::SupportedBy, "a")]);
        assert_eq!(links("r"), [link(Role::On, "a")]);
        let first = briefing.cards.first().and_then(|card| card.links.first()).unwrap();
        assert_eq!(first.why.as_deref(), Some("é"));
    }

    #[test]
    fn texts_origins_and_wordings_are_counted_once() {
        let key = |source: &str, exact: &str, key: &str, origin: &str| {
            let origin = format!("origin = \"{origin}\", basis = \"anonymous\"");
            format!("{{ source = \"{source}\", exact = \"{exact}\", key = \"{key}\", {origin} }},")
        };
        let quotes = key("s", "must accept", "must accept", "o")
            + &key("s2", "must accept é", "must accept", "o")
            + &key("s2", "Must accept", "Must accept", "o")
            + &key("s2", "should consider", "should consider", "o")
            + &key("s", "é—漢🦀", "漢", "o2");
        let more = key("s2", "é—漢🦀", "é—漢🦀", "o2");
        let one: &[&[&str]] = &[&["must accept", "should consider"]];
        let two: &[&[&str]] = &[&["must accept", "should consider"], &["漢", "é—漢🦀"]];
        for (quotes, want) in [(quotes.clone(), one), (quotes + &more, two)] {
            let briefing = briefing(&[(&quotes, "")], "");
            let card = briefing.cards.first().unwrap();
            assert_eq!((card.standing.texts, card.standing.origins.len()), (2, 2));
            assert_eq!(card.wordings(Quote::key_words).collect::<Vec<_>>(), want);
        }
    }

    /// A briefing of one card, each of whose quotes is one of some words of its text, whole its key words too.
    fn keyed(texts: &[&str]) -> Briefing {
        let quote = |words: &&str| {
            let words = words.replace('"', "\\\"");
            let basis = "origin = \"o\", basis = \"anonymous\"";
            format!("{{ source = \"s\", exact = \"{words}\", key = \"{words}\", {basis} }},")
        };
        let quotes: String = texts.iter().map(quote).collect();
        let toml = format!(
            r#"schema = 1
            title = "T"
            source = [{{ id = "s", file = "s" }}]
            origin = [{{ id = "o", name = "O" }}]
            event = [{{ id = "e", title = "E", date = "2025", quote = [{quotes}] }}]"#
        );
        let file = TomlFile { path: Safe::line("f"), bytes: Ok(Cow::Owned(toml.into_bytes())) };
        let text = texts.join(". ").into_bytes();
        let briefing = read("b", &[file], Hashed::All, &mut |_| Ok(Cow::Owned(text.clone())));
        let card = briefing.cards.first().unwrap();
        assert!(card.quotes.iter().all(|quote| quote.found.is_ok() && quote.key.is_some()));
        briefing
    }

    #[test]
    fn key_words_that_say_the_same_are_one_wording() {
        let briefing = keyed(&["won’t — “é—漢🦀”", "won't – \"é—漢🦀\"", "Won’t\u{A0}— “é—漢🦀”"]);
        assert_eq!(briefing.cards.first().unwrap().standing.wordings, [[0; 0]; 0]);
    }

    #[test]
    fn what_no_eye_tells_apart_is_one_wording() {
        let same = ["phải\u{AD}—漢🦀", "pha\u{309}i—漢🦀", "ph\u{200B}ải—漢\u{202E}🦀\u{FE0F}"];
        let other = "phái—漢🦀";
        for (texts, wordings) in [(&same[..], 0), (&[same[1], other], 2)] {
            let briefing = keyed(texts);
            let card = briefing.cards.first().unwrap();
            assert_eq!(card.wordings(Quote::key_words).map(|found| found.len()).sum::<usize>(), wordings);
        }
    }

    #[test]
    fn a_source_knows_who_quotes_a_passage() {
        let briefing = briefing(&[(&quote("outlet", ""), ""), (&quote("record", ""), "")], "");
        let source = briefing.sources.first().unwrap();
        let who = |start, end| {
            source
                .quoted_in(crate::span::Span::new(start, end))
                .map(|quoted| quoted.quote.card.index())
                .collect::<Vec<_>>()
        };
        assert_eq!(who(0, 4), [0, 1]);
        assert_eq!(who(10, 11), [0, 1]);
        assert_eq!(who(11, 20), [0; 0]);
        assert_eq!(who(3, 3), [0, 1]);
    }

    #[test]
    fn what_is_derived_again_is_as_it_was() {
        let contradicts = "{ type = \"contradicts\", to = \"b\" }";
        let mut briefing = briefing(&[(&quote("outlet", ""), contradicts), (&quote("record", ""), "")], "");
        let derived = |briefing: &Briefing| {
            let of_card = |card: &Card| (card.links.clone(), card.standing.clone());
            let of_cards: Vec<_> = briefing.cards.iter().map(of_card).collect();
            let quoted: Vec<_> = briefing.sources.iter().map(|source| source.quoted.clone()).collect();
            (of_cards, quoted)
        };
        let once = derived(&briefing);
        assert_eq!(once.1.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0]);
        briefing.derive();
        assert_eq!(derived(&briefing), once);
    }

    #[test]
    fn a_topic_has_its_cards_each_once() {
        let outlet = quote("outlet", "");
        let mut briefing = briefing(&[(&outlet, ""), (&outlet, ""), (&outlet, "")], "");
        let [t, territory] = ["t", "territory"].map(|id| briefing.topic_by_id(id).unwrap());
        briefing.cards[1].topics = vec![territory, t, territory];
        let cards = |topic| {
            let cards = briefing.cards_by_topic(topic).into_iter();
            cards.map(|cards| cards.into_iter().map(Ref::index).collect()).collect::<Vec<Vec<_>>>()
        };
        assert_eq!(cards(None), [vec![0, 1, 2], vec![1]]);
        assert_eq!(cards(Some(territory)), [[1], [1]]);
    }

    #[test]
    fn a_topic_answers_to_its_id_title_and_aliases_in_any_case() {
        let briefing = briefing(&[], "");
        let cases = [
            ("t", Ok(0)),
            ("T", Ok(0)),
            ("é—漢", Ok(0)),
            (" LAND ", Ok(1)),
            ("teritory", Err(vec!["territory"])),
        ];
        for (name, want) in cases {
            assert_eq!(briefing.topic_by_name(name).map(|topic| topic.index()), want, "{name}");
        }
    }

    #[test]
    fn a_topic_answers_to_other_spellings_of_its_letters_after_the_very_letters() {
        let mut briefing = briefing(&[], "");
        briefing.topics[0].title = Safe::line("İstanbul é");
        briefing.topics[1].aliases = [Safe::line("ışık"), Safe::line("istanbul e")].into();
        let cases = [
            ("istanbul e\u{301}", Some(0)),
            ("İSTANBUL É", Some(0)),
            ("Istanbul é", Some(0)),
            ("istanbul e", Some(1)),
            ("IŞIK", Some(1)),
            ("ıs\u{327}ık", Some(1)),
            ("isik", None),
        ];
        for (name, want) in cases {
            assert_eq!(briefing.topic_by_name(name).ok().map(|topic| topic.index()), want, "{name}");
        }
        briefing.topics[0].title = Safe::line("isik\u{327}");
        briefing.topics[1].aliases = [Safe::line("ısıķ")].into();
        assert_eq!(briefing.topic_by_name("ISIĶ").ok().map(|topic| topic.index()), Some(0));
        assert_eq!(briefing.topic_by_name("ısıķ").ok().map(|topic| topic.index()), Some(1));
    }
}
