//! Every kind of problem is one that some library has.

use brief::format::{Bytes, Hashed, ReadFault, TomlFile, read};
use brief::model::Briefing;
use brief::problem::Code;
use brief::sanitize::Safe;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What is done to a sound briefing, the one that `briefings/README.md` has.
enum Harm {
    /// Other words for some of its file.
    Edit(&'static str, &'static str),
    /// Another file beside it.
    File(String),
    /// Other bytes for its text, or none.
    Text(Bytes),
    /// No library has this problem: why.
    Elsewhere(&'static str),
}

/// What brings a problem of a kind about.
fn harm(code: Code) -> Harm {
    use Harm::{Edit, Elsewhere, File, Text};
    let topic = |id: &str| format!("[[topic]]\nid = \"{id}\"\ntitle = \"é—漢🦀\"\n");
    match code {
        Code::Unreadable => Text(Err(ReadFault::Missing)),
        Code::OutsideLibrary => Text(Err(ReadFault::Outside)),
        Code::TooLarge => Text(Err(ReadFault::TooLarge(16 << 20))),
        Code::NotUtf8 => Text(Ok(Cow::Borrowed(b"caf\xe9"))),
        Code::Syntax => Edit("title  = \"The ferry fare\"", "title  = The ferry fare"),
        Code::Schema => Edit("schema = 1", "schema = 2"),
        Code::UnknownKey => Edit("outlet = ", "outlat = "),
        Code::UnknownTable => Edit("[[event]]", "[[evnt]]"),
        Code::WrongType => Edit("topics  = [\"fares\"]", "topics  = \"fares\""),
        Code::MissingKey => Edit("stance = \"against\"\n", ""),
        Code::HeadTwice => File("title = \"Again\"\n".to_owned()),
        Code::QuoteNotFound => Edit("exact  = \"The board meets", "exact  = \"The board never meets"),
        Code::QuoteAmbiguous => Edit("  nth    = 1\n", ""),
        Code::NthOutOfRange => Edit("  nth    = 1\n", "  nth    = 9\n"),
        Code::KeyNotInQuote => Edit("\"wants to raise\"", "\"will raise\""),
        Code::Empty => Edit("role    = \"mayor\"", "role    = \" \""),
        Code::NoQuotes => Edit("  [[event.quote]]", "  [[source.unused]]"),
        Code::BadId => Edit("id     = \"board-meets\"", "id     = \"Höhe 1\""),
        Code::DuplicateId => File(topic("mayor")),
        Code::UnknownId => Edit("actor  = \"mayor\"", "actor  = \"major\""),
        Code::UnknownChoice => Edit("basis  = \"record\"", "basis  = \"hearsay\""),
        Code::BadDate => Edit("as_of  = \"2024-05-10\"", "as_of  = \"10.5.2024\""),
        Code::Cycle => {
            let point = |id: &str, other: &str| {
                format!(
                    "[[plan_point]]\nid = \"{id}\"\ntitle = \"T\"\nversion = \"draft\"\ntopics = [\"fares\"]\n\
                     rel = [{{ type = \"supersedes\", to = \"{other}\" }}]\n\
                     quote = [{{ source = \"gazette\", exact = \"By Ingrid\", basis = \"outlet\" }}]\n"
                )
            };
            File(point("one", "two") + &point("two", "one"))
        }
        Code::NoAnswer => Edit("status = \"open\"", "status = \"answered\""),
        Code::PassageNotFound => {
            Edit("exact = \"The weather was fine.\"", "exact = \"The weather was bad.\"")
        }
        Code::HashDiffers => Edit("sha256 = \"", "sha256 = \"0"),
        Code::NotAContradiction => {
            Edit("\"supports\", to = \"who-pays\"", "\"contradicts\", to = \"who-pays\"")
        }
        Code::SameText => File("[[source]]\nid = \"copy\"\nfile = \"gazette.txt\"\n".to_owned()),
        Code::NothingThere => Text(Ok(Cow::Borrowed(b""))),
        Code::TooMany => File((0..1100).map(|number| topic(&format!("unused-{number}"))).collect()),
        Code::KeyClash => Elsewhere("it is about the reader's own configuration; `config` tests it"),
        Code::LongTitle => Edit(
            "title  = \"The board meets\"",
            "title  = \"The board meets, and what it will do then has been the talk of the whole island\"",
        ),
        Code::Typographic => Edit("exact  = \"The board meets on", "exact  = \"The  board meets on"),
        Code::HiddenCharacters => Edit("title  = \"The board meets\"", "title  = \"The board\\u200B meets\""),
        Code::Unused => File(topic("weather")),
        Code::CountedBefore => Edit("sha256 = \"", "sha256 = \"0"),
        Code::Astray => Edit(
            "  [[open_question.quote]]\n",
            "  [[plan_point.quote]]\n  source = \"gazette\"\n  exact = \"By Ingrid\"\n  basis = \"outlet\"\n\n\
             [[open_question.quote]]\n",
        ),
        Code::NoAddress => Edit("url    = \"https://", "url    = \""),
        Code::NameTaken => File("[[origin]]\nid = \"paper\"\nname = \"ISLAND Gazette\"\n".to_owned()),
        Code::NotSaidBy => Edit("by     = \"three people", "by     = \"four people"),
        Code::StaleAnswer => {
            let point = |id: &str, relation: &str, to: &str| {
                format!(
                    "[[plan_point]]\nid = \"{id}\"\ntitle = \"T\"\nversion = \"draft\"\ntopics = [\"fares\"]\n\
                     rel = [{{ type = \"{relation}\", to = \"{to}\" }}]\n\
                     quote = [{{ source = \"gazette\", exact = \"By Ingrid\", basis = \"outlet\" }}]\n"
                )
            };
            let question = "[[open_question]]\nid = \"who\"\ntitle = \"T\"\nstatus = \"answered\"\ntopics = [\"fares\"]\n\
                            quote = [{ source = \"gazette\", exact = \"By Ingrid\", basis = \"outlet\" }]\n";
            File(point("one", "answers", "who") + &point("two", "supersedes", "one") + question)
        }
        Code::PartAmbiguous => Edit("exact  = \"The board meets on 12 May.\"", "exact  = [\"It is\", \"o\"]"),
        Code::NoHash => Edit("sha256 = ", "# sha256 = "),
        Code::NotQuoted => File("[[source]]\nid = \"letter\"\nfile = \"letter.txt\"\n".to_owned()),
    }
}

/// The briefing that comes of it.
fn harmed(harm: Harm, hashed: Hashed) -> Option<Briefing> {
    let (mut toml, mut more) = (crate::schema::block("example"), String::new());
    let mut text: Bytes = Ok(Cow::Owned(crate::schema::block("text").into_bytes()));
    match harm {
        Harm::Edit(was, is) => {
            assert!(toml.contains(was), "{was}");
            toml = toml.replacen(was, is, 1);
        }
        Harm::File(file) => more = file,
        Harm::Text(other) => text = other,
        Harm::Elsewhere(why) => {
            assert!(!why.is_empty());
            return None;
        }
    }
    let file = |name: &str, toml: String| TomlFile {
        path: Safe::line(name),
        bytes: Ok(Cow::Owned(toml.into_bytes())),
    };
    let files = [file("briefings/ferry/a.toml", toml), file("briefings/ferry/b.toml", more)];
    Some(read("ferry", &files, hashed, &mut |_| text.clone()))
}

#[test]
fn a_text_is_hashed_for_nothing_but_a_hash_that_is_recorded_or_is_going_to_be() {
    for &code in Code::ALL {
        let told = |hashed| {
            let briefing = harmed(harm(code), hashed)?;
            Some(briefing.problems.iter().chain(&briefing.hints).cloned().collect::<Vec<_>>())
        };
        let (Some(recorded), Some(mut all)) = (told(Hashed::Recorded), told(Hashed::All)) else { continue };
        for problem in all.iter_mut().filter(|problem| problem.code == Code::NoHash) {
            assert!(problem.mend.take().is_some(), "{problem}");
        }
        assert_eq!(recorded, all, "{code:?}");
    }
}

#[test]
fn every_code_is_that_of_a_library() {
    for &code in Code::ALL {
        let Some(briefing) = harmed(harm(code), Hashed::All) else { continue };
        let found: Vec<_> = briefing.problems.iter().chain(&briefing.hints).cloned().collect();
        let codes: BTreeSet<Code> = found.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&code), "{code}: {codes:?}");
        for row in serde_json::to_value(&found).unwrap().as_array().unwrap() {
            let keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["code", "column", "file", "help", "line", "message", "severity"], "{code}");
        }
    }
}
