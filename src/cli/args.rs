//! What can be asked for on the command line.

use super::manual::{exits, searched};
use crate::house::House;
use crate::model::Family;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Parser, Subcommand, ValueEnum, value_parser};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

/// Reads a briefing whose every line is one key away from the sentence it came from.
///
/// Without a command, opens the briefing in the terminal; where standard output is no terminal,
/// prints it as plain text.
#[derive(Debug, Default, Parser)]
#[command(
    name = "brief",
    version,
    after_help = exits()
)]
pub(super) struct Args {
    /// The library: a folder with `briefings/` and `seeds/`. Where it is not named, check, quote, new and anchor
    /// work on the one around the current folder; all else reads those of BRIEF_PATH or the one built in.
    #[arg(long, value_name = "DIR", global = true)]
    pub(super) library: Option<PathBuf>,
    /// The briefing that is meant, where there are several.
    #[arg(long, value_name = "NAME", global = true)]
    pub(super) briefing: Option<String>,
    /// Open at a topic: its id, title or an alias, in any case.
    #[arg(long, value_name = "TOPIC")]
    pub(super) topic: Option<String>,
    /// Open at the card with this id.
    #[arg(long, value_name = "ID", conflicts_with = "search")]
    pub(super) card: Option<String>,
    /// Open with this searched for.
    #[arg(long, value_name = "QUERY")]
    pub(super) search: Option<String>,
    /// Print plain text, also on a terminal.
    #[arg(long)]
    pub(super) plain: bool,
    /// Wrap plain text at this many cells.
    #[arg(long, value_name = "CELLS")]
    pub(super) width: Option<usize>,
    /// Whether to use colour; NO_COLOR turns it off where this says nothing.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,
    /// Remember nothing of this session, and nothing of those before.
    #[arg(long)]
    pub(super) no_state: bool,
    /// For a guest, as `ForceCommand` of sshd: run no program, write nothing but the state of the
    /// reading, read nothing but the library, and obey no command.
    #[arg(long)]
    pub(super) restricted: bool,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

impl Args {
    /// Reads what was typed, the program's name first. Mostly nothing stands behind it, and then clap, which takes a
    /// twentieth of the time and the memory of opening a briefing, is left alone.
    ///
    /// # Errors
    /// What clap has to say instead, which may be help that was asked for.
    pub(super) fn read(typed: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut typed = typed.into_iter();
        match (typed.next(), typed.next()) {
            (_, None) => Ok(Self::default()),
            (name, first) => {
                Self::try_parse_from(name.into_iter().chain(first).chain(typed)).map_err(told_how)
            }
        }
    }

    /// The name of the topic that a command is narrowed to: its own, else the one that stands before it.
    pub(super) fn topic(&self) -> Option<&str> {
        let own = match self.command.as_ref() {
            Some(Command::List(List { topic, .. })) => topic,
            Some(Command::Search(Search { topic, .. })) => topic,
            Some(Command::Export(Export { topic, .. })) => topic,
            Some(Command::Versions(Table { topic, .. }) | Command::Timeline(Table { topic, .. })) => topic,
            Some(Command::Stances(Stances { table, .. })) => &table.topic,
            Some(Command::Coverage(Coverage { table, .. })) => &table.topic,
            Some(
                Command::Check(_)
                | Command::New(_)
                | Command::Quote(_)
                | Command::Anchor(_)
                | Command::Schema
                | Command::Config
                | Command::Completions(_)
                | Command::Man,
            )
            | None => &None,
        };
        own.as_deref().or(self.topic.as_deref())
    }

    /// The first option that is given and means nothing to the command, and how the command is typed.
    pub(super) fn idle(&self) -> Option<(Aim, &'static str)> {
        let (typed, heeded) = self.command.as_ref()?.heeds();
        let given = [
            (Aim::Briefing, self.briefing.is_some()),
            (Aim::Topic, self.topic().is_some()),
            (Aim::Card, self.card.is_some()),
            (Aim::Search, self.search.is_some()),
            (Aim::Width, self.width.is_some()),
        ];
        let idle = given.into_iter().find(|(aim, is_given)| *is_given && !heeded.contains(aim));
        idle.map(|(aim, _)| (aim, typed))
    }

    /// What the house allows.
    pub(super) const fn house(&self) -> House {
        if self.restricted { House::Restricted } else { House::Own }
    }
}

/// An option that can be given beside any command, and means something to some of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Briefing,
    Topic,
    Card,
    Search,
    Width,
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Briefing => "--briefing",
            Self::Topic => "--topic",
            Self::Card => "--card",
            Self::Search => "--search",
            Self::Width => "--width",
        })
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Also into a pipe.
    Always,
    /// Not at all.
    Never,
}

/// What can be done besides reading.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check every quote against its source, and every reference.
    Check(Check),
    /// List briefings, topics, cards, sources, quotes or changes since the last reading.
    List(List),
    /// Search without a screen; exits 1 when nothing is found.
    #[command(defer(|search| search.after_help(searched())))]
    Search(Search),
    /// Print the briefing in a form for other programs; every quote carries where it comes from.
    Export(Export),
    /// Versions side by side: what each says of each topic, and what of it is not public.
    Versions(Table),
    /// Who leans which way: actors by topics or by versions.
    Stances(Stances),
    /// What happened when, and what has a date.
    Timeline(Table),
    /// How much rests on which text: topics by sources, or cards by texts and origins.
    Coverage(Coverage),
    /// Begin a briefing in the library one stands in, or make the library, from texts.
    #[command(arg(briefing()))]
    New(New),
    /// Find words in a source, and print the tables that quote them; exits 1 when nothing is found.
    Quote(Quote),
    /// Walk through the quotes that have drifted from their changed texts, and accept what is proposed.
    Anchor(Anchor),
    /// Print the JSON Schema of a briefing's files, for editors.
    #[command(args(unoffered()))]
    Schema,
    /// Print the configuration as it is now, with where each value is from, in the form of its file.
    #[command(args(unoffered()))]
    Config,
    /// Print the completions for a shell.
    #[command(args(unoffered()))]
    Completions(Completions),
    /// Print the man page.
    #[command(args(unoffered()))]
    Man,
}

impl Command {
    /// How it is typed, and which of the options that may stand before it mean something to it.
    const fn heeds(&self) -> (&'static str, &'static [Aim]) {
        use Aim::{Briefing, Card, Search as Query, Topic, Width};
        match self {
            Self::Check(_) => ("check", &[Briefing]),
            Self::List(List { what: Listed::Briefings, .. }) => ("list briefings", &[]),
            Self::List(_) => ("list", &[Briefing, Topic]),
            Self::Search(Search { all: true, .. }) => ("search --all", &[]),
            Self::Search(_) => ("search", &[Briefing, Topic]),
            Self::Export(_) => ("export", &[Briefing, Topic]),
            // What is opened in the reader begins where the reader is to begin.
            Self::Versions(_) => ("versions", &[Briefing, Topic, Card, Query, Width]),
            Self::Stances(_) => ("stances", &[Briefing, Topic, Card, Query, Width]),
            Self::Timeline(_) => ("timeline", &[Briefing, Topic, Card, Query, Width]),
            Self::Coverage(_) => ("coverage", &[Briefing, Topic, Card, Query, Width]),
            Self::New(_) => ("new", &[]),
            Self::Quote(_) => ("quote", &[Briefing]),
            Self::Anchor(_) => ("anchor", &[Briefing]),
            // As with --library, which is not refused either.
            Self::Schema => ("schema", &[Briefing]),
            Self::Config => ("config", &[Briefing]),
            Self::Completions(_) => ("completions", &[Briefing]),
            Self::Man => ("man", &[Briefing]),
        }
    }
}

/// What every command takes, for those that read no briefing: not refused, and not offered.
fn unoffered() -> [Arg; 2] {
    let library = Arg::new("library").long("library").value_parser(value_parser!(PathBuf));
    [library.hide(true), briefing()]
}

/// The briefing that is meant, for a command that reads none: not offered.
fn briefing() -> Arg {
    Arg::new("briefing").long("briefing").hide(true)
}

/// What to begin. Where the name comes behind the texts, it is taken for one; so the usage has it before them.
#[derive(Debug, clap::Args)]
#[command(override_usage = "brief new <NAME> --source <FILE>...")]
pub(super) struct New {
    /// What the briefing is called; its folder is named after it.
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// The texts, UTF-8; `-` is standard input. They are copied into seeds/.
    #[arg(long, value_name = "FILE", required = true, num_args = 1..)]
    pub(super) source: Vec<PathBuf>,
}

/// What to do about what has drifted.
#[derive(Debug, clap::Args)]
pub(super) struct Anchor {
    /// Only list what is proposed; exits 1 when something is.
    #[arg(long)]
    pub(super) list: bool,
    /// Accept what is proposed for this quote, without a question.
    #[arg(long, value_name = "ID", conflicts_with = "list")]
    pub(super) accept: Vec<String>,
}

/// What to quote.
#[derive(Debug, clap::Args)]
pub(super) struct Quote {
    /// The source: its id, or its file.
    #[arg(value_name = "SOURCE")]
    pub(super) source: String,
    /// The words, as far as they are known.
    #[arg(value_name = "WORDS", required = true)]
    pub(super) words: Vec<String>,
    /// The kind of card that is to hold the quote.
    #[arg(long, value_name = "KIND", default_value = "plan-point")]
    pub(super) kind: Kind,
}

/// The kinds of card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// What a version says.
    #[value(alias = "plan_point")]
    PlanPoint,
    /// How somebody responded.
    Reaction,
    /// What nobody knows yet.
    #[value(alias = "open_question")]
    OpenQuestion,
    /// What happened.
    Event,
}

impl Kind {
    /// The kind of card, as the content knows it.
    pub(super) const fn family(self) -> Family {
        match self {
            Self::PlanPoint => Family::PlanPoint,
            Self::Reaction => Family::Reaction,
            Self::OpenQuestion => Family::OpenQuestion,
            Self::Event => Family::Event,
        }
    }
}

/// What to complete for.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// How to say a table. Without any of these it opens in the reader.
#[derive(Debug, clap::Args)]
pub(super) struct Table {
    /// Narrow the table to a topic.
    #[arg(long, value_name = "TOPIC")]
    pub(super) topic: Option<String>,
    /// Print plain text, also on a terminal.
    #[arg(long)]
    pub(super) plain: bool,
    /// Print one JSON object.
    #[arg(long, conflicts_with = "plain")]
    pub(super) json: bool,
    /// Wrap plain text at this many cells.
    #[arg(long, value_name = "CELLS")]
    pub(super) width: Option<usize>,
}

/// Which stances.
#[derive(Debug, clap::Args)]
pub(super) struct Stances {
    #[command(flatten)]
    pub(super) table: Table,
    /// What stands across.
    #[arg(long, value_name = "WHAT", default_value = "topic")]
    pub(super) by: By,
    /// The order of the actors.
    #[arg(long, value_name = "ORDER", default_value = "file")]
    pub(super) sort: Sort,
}

/// The coverage of what.
#[derive(Debug, clap::Args)]
pub(super) struct Coverage {
    #[command(flatten)]
    pub(super) table: Table,
    /// What stands down.
    #[arg(long, value_name = "WHAT", default_value = "topics")]
    pub(super) of: Of,
    /// The order of the rows.
    #[arg(long, value_name = "ORDER", default_value = "file")]
    pub(super) sort: Sort,
}

/// What stands across in stances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// The topics.
    Topic,
    /// The versions.
    Version,
}

/// What stands down in coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Of {
    /// Topics, by how many quotes of which source.
    Topics,
    /// Cards, by how many texts and origins.
    Cards,
}

/// The order of a table's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// As the files have them.
    File,
    /// By name.
    Name,
    /// Those with most first.
    Most,
}

/// An error of clap's, with how JSON is asked of a check, where that is asked as all else takes it.
fn told_how(mut error: clap::Error) -> clap::Error {
    let is_json =
        matches!(error.get(ContextKind::InvalidArg), Some(ContextValue::String(typed)) if typed == "--json");
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    // In front of it stands what the program was called as.
    if error.kind() == ErrorKind::UnknownArgument && is_json && usage.contains(" check ") {
        error.insert(ContextKind::SuggestedArg, ContextValue::String("--format json".to_owned()));
    }
    error
}

/// What to check, and how to say it.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The form of the report.
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: Form,
    /// Mend what cannot be wrong: marks and spaces of quotes, missing nth and hashes, the hash of a text in which all
    /// quotes stand.
    #[arg(long)]
    pub(super) fix: bool,
    /// Check again at each change of a file, until it is interrupted.
    #[arg(long, conflicts_with = "fix")]
    pub(super) watch: bool,
    /// Explain a code, as E012, and check nothing.
    #[arg(long, value_name = "CODE")]
    pub(super) explain: Option<String>,
    /// Show how many sentences of each source are quoted.
    #[arg(long)]
    pub(super) coverage: bool,
    /// With --coverage: show the sentences that are not.
    #[arg(long, requires = "coverage")]
    pub(super) verbose: bool,
}

/// What to list, and how to say it.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// What to list.
    #[arg(value_name = "WHAT")]
    pub(super) what: Listed,
    /// Narrow the list to a topic.
    #[arg(long, value_name = "TOPIC")]
    pub(super) topic: Option<String>,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Listed {
    /// Name, title, date and size.
    Briefings,
    /// Id, title, number of cards and aliases.
    Topics,
    /// Id, kind, certainty and title.
    Cards,
    /// Id, file, number of quotes and title.
    Sources,
    /// Card and number, place, grade, basis and words.
    Quotes,
    /// Id, what has become of it since it was last read here, kind and title.
    Changes,
}

/// What to look for, and how to say what was found.
#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// The query, as it is typed after `/`.
    #[arg(value_name = "QUERY", required = true)]
    pub(super) query: Vec<String>,
    /// Narrow the search to the cards about a topic.
    #[arg(long, value_name = "TOPIC")]
    pub(super) topic: Option<String>,
    /// Search every briefing, and say which one each hit is in.
    #[arg(long)]
    pub(super) all: bool,
    /// Print one JSON object.
    #[arg(long)]
    pub(super) json: bool,
}

/// What to export, and as what.
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The form.
    #[arg(value_name = "FORMAT")]
    pub(super) form: Exported,
    /// Narrow the export to a topic.
    #[arg(long, value_name = "TOPIC")]
    pub(super) topic: Option<String>,
}

/// What a briefing can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Exported {
    /// Markdown.
    Md,
    /// One page with the whole texts, each quote linked to its place and back.
    Html,
    /// Everything, as one JSON object.
    Json,
    /// One row a quote; a cell that would be a formula gets an apostrophe in front.
    Csv,
    /// Web Annotations (JSON-LD), one a quote.
    W3c,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Sentences with excerpts.
    #[value(alias = "human")]
    Text,
    /// One JSON object; with --watch one at each check, on a line of its own.
    Json,
    /// Commands that GitHub shows beside the lines of a change.
    Github,
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::Parser;

    #[test]
    fn what_reads_no_briefing_offers_none() {
        for name in ["schema", "config", "completions", "man", "new", "check", "list"] {
            let help = Args::try_parse_from(["brief", name, "--help"]).unwrap_err().to_string();
            assert_eq!(help.contains("--library"), ["new", "check", "list"].contains(&name), "{help}");
            assert_eq!(help.contains("--briefing"), ["check", "list"].contains(&name), "{help}");
        }
        let args = Args::parse_from(["brief", "man", "--library", "here", "--briefing", "é—漢🦀"]);
        assert_eq!((args.library, args.briefing), (Some("here".into()), Some("é—漢🦀".into())));
    }

    #[test]
    fn nothing_typed_is_read_as_clap_reads_it() {
        let parsed = Args::parse_from(["brief"]);
        for typed in [&["brief"][..], &[]] {
            let read = Args::read(typed.iter().map(Into::into)).unwrap();
            assert_eq!(format!("{read:?}"), format!("{parsed:?}"));
        }
    }
}
