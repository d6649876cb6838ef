//! What each key of the format means: for people in `briefings/README.md`, for editors in the schema.
//!
//! Which keys there are is not decided here but by the types in `raw`; a test finds a key that is not here.

use super::SCHEMA;
use crate::model::{Basis, RelationKind, Stance, Status};

/// What a key means.
#[derive(Debug)]
pub struct Meaning {
    /// The key, with as much of the way to it as tells it from others: `event.date`
    /// before `date`, and `.title` for that of the head.
    pub key: &'static str,
    /// Whether a table can do without it.
    pub need: Need,
    /// What its values keep to.
    pub rule: Rule,
    /// A value as it stands in a file; empty for tables, whose keys have their own.
    pub example: &'static str,
    /// What it says, in one or two sentences.
    pub means: &'static str,
}

/// Whether a table can do without a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// No.
    Needed,
    /// Yes.
    Free,
    /// One of the briefing's files has it, and no other.
    Once,
}

/// What the values of a key keep to.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// What each of them is.
    None,
    /// They match a regular expression.
    Pattern(&'static str),
    /// They are one of a few words.
    Choice(fn() -> Vec<&'static str>),
    /// They are this number.
    Only(i64),
    /// They are no smaller than the first, and no larger than the second.
    Between(i64, i64),
}

/// A date, as `date` reads it: February has 29 days in the years that 4 divides, and of whole centuries 400.
const DATE: Rule = Rule::Pattern(
    "^([0-9]{4}(-((0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31))?\
     |([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)[~?%]?$",
);
/// An id, as `names` takes it.
const ID: Rule = Rule::Pattern("^[a-z0-9][a-z0-9-]*$");
/// Words, at least one.
const WORDS: Rule = Rule::Pattern("\\S");
/// An address on the web, as `address` knows it, with blanks around it.
const ADDRESS: Rule = Rule::Pattern(
    r#"^\s*[hH][tT][tT][pP][sS]?://[^\s\x00-\x1F\x7F-\x9F<>"\\`{}|^/?#][^\s\x00-\x1F\x7F-\x9F<>"\\`{}|^]*\s*$"#,
);
/// The path of a file below `seeds/`: plain names, as `load` opens them.
const FILE: Rule = Rule::Pattern(concat!(
    r"^([^\s/\\:~.\x00-\x1F\x7F-\x9F]|\.{1,2}[^\s/\\:.\x00-\x1F\x7F-\x9F])[^/\\:\x00-\x1F\x7F-\x9F]*",
    r"(/([^\s/\\:~.\x00-\x1F\x7F-\x9F]|\.{1,2}[^\s/\\:.\x00-\x1F\x7F-\x9F])[^/\\:\x00-\x1F\x7F-\x9F]*)*$",
));
/// Which of several places, as the loader can count them.
const NTH: Rule = Rule::Between(1, 0xFFFF_FFFF);
/// A SHA-256.
const HASH: Rule = Rule::Pattern("^[0-9a-fA-F]{64}$");
/// A table, whose keys have rules of their own.
const TABLE: Rule = Rule::None;
const BASIS: Rule = Rule::Choice(|| Basis::ALL.iter().map(|basis| basis.written()).collect());
const STANCE: Rule = Rule::Choice(|| Stance::ALL.iter().map(|stance| stance.written()).collect());
const STATUS: Rule = Rule::Choice(|| Status::ALL.iter().map(|status| status.written()).collect());
const RELATION: Rule = Rule::Choice(|| RelationKind::ALL.iter().map(|kind| kind.written()).collect());

/// Makes the list of meanings.
macro_rules! meanings {
    ($($key:literal $need:ident $rule:expr, $example:literal $means:literal)+) => {
        const MEANINGS: &[Meaning] =
            &[$(Meaning { key: $key, need: Need::$need, rule: $rule, example: $example, means: $means },)+];
    };
}

meanings! {
    "schema" Once Rule::Only(SCHEMA), "1" "The format that the files have; there is one so far."
    "as_of" Free DATE, "\"2024-05-10\"" "The day that the briefing was last brought up to date."
    ".title" Once WORDS, "\"The ferry fare\"" "What the briefing is called."
    "title" Needed WORDS, "\"The winter fare rises\"" "What it is called, in your words; a list shows 60 cells of it."

    "source" Free TABLE, "" "A text that is quoted. It is never edited."
    "source.title" Free WORDS, "\"Fares to rise, says board\"" "Its headline; without one it is called after its file."
    "file" Needed FILE, "\"gazette.txt\"" "Its file, from `seeds/`."
    "outlet" Free WORDS, "\"Island Gazette\"" "Who published it."
    "author" Free WORDS, "\"Ingrid Berg\"" "Who wrote it."
    "url" Free ADDRESS, "\"https://example.org/fares\"" "Where it can be read; `o` opens it. `brief` never does by itself."
    "sha256" Free HASH, "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"" "The SHA-256 of its file, which tells when it has changed; `brief check --fix` records it."
    "note" Free WORDS, "\"The day is worked out from “on Monday”.\"" "What a reader should know of it."
    "aside" Free TABLE, "" "A part of a text that is furniture, a caption or a repeated body: dimmed, never removed. It has `exact`, or `from` and `to`."
    "aside.exact" Free WORDS, "\"Advertisement: crab soup\"" "All its words."
    "from" Free WORDS, "\"Read also\"" "The words that it begins with."
    "to" Needed ID, "\"winter-fare\"" "The id of the card that it leads to."
    "aside.to" Free WORDS, "\"Share this\"" "The words that it ends with."
    "unused" Free TABLE, "" "A sentence that no card needs, so that every sentence is accounted for."
    "exact" Needed WORDS, "\"The weather was fine.\"" "All its words."
    "aside.why" Needed WORDS, "\"advertisement\"" "What it is."
    "unused.why" Needed WORDS, "\"colour\"" "Why no card needs it."
    "nth" Free NTH, "2" "Which of several places is meant, from 1; needed where the words stand more than once."

    "version" Free TABLE, "" "A state of what is discussed: a draft, a counter-proposal, a text that was agreed."
    "version.date" Free DATE, "\"2024-05-06\"" "When it was made."
    "version.from" Free WORDS, "\"the harbour board\"" "Who made it."
    "topic" Free TABLE, "" "What cards are about; `--topic` names it."
    "aliases" Free WORDS, "[\"prices\", \"tariffs\"]" "Other words that find it."
    "actor" Free TABLE, "" "Who speaks or acts."
    "origin" Free TABLE, "" "Who first reported something: an agency, a paper, a person's own public words. Five texts can have one origin."
    "name" Needed WORDS, "\"Tomáš Dvořák\"" "What it is called."
    "role" Free WORDS, "\"mayor\"" "What the texts say they are."
    "id" Needed ID, "\"winter-fare\"" "What other tables name it by: a-z, 0-9 and -, once in the whole briefing, never used again for something else."

    "plan_point" Free TABLE, "" "A card: something that a version says."
    "reaction" Free TABLE, "" "A card: how an actor responded."
    "open_question" Free TABLE, "" "A card: what nobody knows yet."
    "event" Free TABLE, "" "A card: what happened, for the timeline."
    "plan_point.version" Needed ID, "\"draft\"" "The id of the version that says it."
    "topics" Needed ID, "[\"fares\"]" "Ids of topics."
    "event.topics" Free ID, "[\"fares\"]" "Ids of topics."
    "text" Free WORDS, "\"Both texts rest on one report.\"" "More in your words, where the title is not enough."
    "date" Free DATE, "\"2024-05-06~\"" "When: a day, a month or a year; `~` behind it for about, `?` for unsure, `%` for both."
    "event.date" Needed DATE, "\"2024-05-12\"" "When: a day, a month or a year; `~` behind it for about, `?` for unsure, `%` for both."
    "reaction.actor" Needed ID, "\"mayor\"" "The id of the actor."
    "stance" Needed STANCE, "\"against\"" "Where the actor leans; `silent` needs a quote that says so."
    "status" Needed STATUS, "\"open\"" "How far it is answered; `answered` needs a card with an `answers` relation to it."
    "on" Free ID, "[\"winter-fare\", \"draft\"]" "Ids of the plan points or versions that it is about."
    "reaction.on" Needed ID, "[\"winter-fare\", \"draft\"]" "Ids of the plan points or versions that it is about."

    "rel" Free TABLE, "" "How a card stands to another; also written `rel = [{ type = \"supports\", to = \"winter-fare\" }]`."
    "type" Needed RELATION, "\"contradicts\"" "How: `contradicts` is for two reports about one version or of one actor, `answers` leads to an open question, `supersedes` to a card of the same kind."
    "why" Free WORDS, "\"The two give different sums.\"" "Why you say so."

    "quote" Needed TABLE, "" "Words copied from a source that hold a card up. A card has one or more."
    "quote.source" Needed ID, "\"gazette\"" "The id of the source."
    "quote.exact" Needed WORDS, "\"The board wants to raise the winter fare\"" "The words, as they stand there; a list of parts, in order, where you leave something out."
    "key" Free WORDS, "\"wants to raise\"" "The words that matter, a part of `exact`: where they differ under one origin, the card shows it."
    "quote.origin" Free ID, "\"island-gazette\"" "The id of the origin; left out where the text does not say, and then it counts for nothing."
    "basis" Needed BASIS, "\"anonymous\"" "What the passage rests on."
    "by" Free WORDS, "\"three people who have seen the draft\"" "The text's own words for its source."
}

impl Meaning {
    /// What the key at the end of a way means, in which `.` is between tables and keys.
    pub fn of(way: &str) -> Option<&'static Self> {
        let mut end = Some(way);
        while let Some(key) = end {
            if let Some(meaning) = MEANINGS.iter().find(|meaning| meaning.key == key) {
                return Some(meaning);
            }
            end = key.split_once('.').map(|(_, rest)| rest);
        }
        None
    }

    /// Every key that something is said of.
    #[cfg(test)]
    pub fn keys() -> impl Iterator<Item = &'static str> {
        MEANINGS.iter().map(|meaning| meaning.key)
    }
}
