//! The command line: arguments to what is opened, and one place where exit codes are decided.

mod anchor;
mod args;
mod check;
mod export;
mod find;
mod gleaner;
mod keeper;
mod list;
mod manual;
mod mending;
mod new;
mod outside;
mod print;
mod quote;
mod reader;
mod seeker;
mod table;
mod wishes;

pub use manual::{ENVIRONMENT, EXITS, FILES, command, guests_markdown, markdown, searched_markdown};

use crate::app::App;
use crate::cite::counted;
use crate::config::{Origin, Setting};
use crate::format;
use crate::galley::Galley;
use crate::house::House;
use crate::load::{Library, LoadError, Shelf};
use crate::model::{Briefing, Card, Ref, Topic};
use crate::nearest::nearest;
use crate::plain;
use crate::problem::Severity;
use crate::sanitize::Safe;
use crate::search::{Index, Query};
use crate::store::Opened;
use crate::terminal::{Depth, Options, Terminal};
use crate::theme::Theme;
use crate::update::{self, Session, Start};
use anyhow::{Context, Result, bail};
use args::{Args, Check, Command, When};
use print::Dress;
use reader::{Around, Keeping};
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, iter};
use table::Wanted;
use wishes::Wishes;

/// Something is wrong with the content, or nothing was found.
const CONTENT: u8 = 1;
/// The program could not do what it was asked.
const CANNOT: u8 = 2;

/// Runs `brief` with its arguments. Gives the exit code: 0 fine, 1 content problems or nothing
/// found, 2 cannot run.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::read(args) {
        Ok(args) => args,
        Err(asked) => {
            if asked.use_stderr() {
                print::complain(&asked.render().to_string());
                return ExitCode::from(CANNOT);
            }
            return print::finish(asked.print(), 0);
        }
    };
    match go(&args) {
        Ok(code) => code,
        Err(error) => {
            print::complain(&format!("{error:#}"));
            ExitCode::from(CANNOT)
        }
    }
}

fn go(args: &Args) -> Result<ExitCode> {
    let house = args.house();
    if house == House::Restricted && args.command.is_some() {
        bail!("--restricted lets a guest read, and obeys no command");
    }
    if let Some((option, command)) = args.idle() {
        bail!("`brief {command}` has no use for {option}; `brief {command} --help` shows what it takes");
    }
    let wishes = Wishes::find(house, environment(args.color));
    let glyphs = wishes.config.glyphs.value;
    let shelf = || shelf(args);
    let told = || {
        let shelf = shelf()?;
        remarks(args, &shelf).iter().for_each(|remark| print::complain(remark));
        Ok::<_, LoadError>(shelf)
    };
    // Who writes stands in the library that is written.
    let desk = || {
        let Some(folder) = folder(args) else {
            let read = if path(args).is_some() { "those of BRIEF_PATH are" } else { "the one built in is" };
            print::complain(&format!("there is no library here: {read} taken"));
            return told();
        };
        Shelf::new([Some(folder)])
    };
    match &args.command {
        Some(Command::Config) => Ok(wishes.run()),
        Some(Command::Completions(wanted)) => {
            Ok(print::finish(print::text(&manual::completions(wanted.shell)), 0))
        }
        Some(Command::Man) => Ok(print::finish(print::bytes(&manual::man()?), 0)),
        Some(Command::Schema) => Ok(print::finish(print::text(&format!("{:#}\n", format::json_schema())), 0)),
        Some(Command::Check(Check { explain: Some(code), .. })) => check::explain(code, glyphs),
        Some(Command::Check(wanted)) => check::run(&desk()?, args, wanted, glyphs),
        Some(Command::New(wanted)) => new::run(args, wanted, glyphs),
        Some(Command::Anchor(wanted)) => anchor::run(&desk()?, args, wanted),
        Some(Command::Quote(wanted)) => quote::run(&desk()?, args.briefing.as_deref(), wanted),
        Some(Command::List(wanted)) => list::run(&told()?, args, wanted, glyphs),
        Some(Command::Search(wanted)) => find::run(&told()?, args, wanted, glyphs),
        Some(Command::Export(wanted)) => export::run(&told()?, args, wanted),
        Some(Command::Versions(_) | Command::Stances(_) | Command::Timeline(_) | Command::Coverage(_))
        | None => read(shelf()?, args, wishes),
    }
}

/// The libraries that are asked for: the one that is named, else those of `BRIEF_PATH`, in which nothing
/// between two colons stands for the one built in; else that one. A guest is not asked.
fn shelf(args: &Args) -> Result<Shelf, LoadError> {
    let Some(path) = path(args) else { return Shelf::new([args.library.clone()]) };
    let folders = env::split_paths(&path);
    Shelf::new(folders.map(|folder| Some(folder).filter(|folder| !folder.as_os_str().is_empty())))
}

/// The `BRIEF_PATH` that is heeded.
fn path(args: &Args) -> Option<OsString> {
    let heeds = args.library.is_none() && args.house() == House::Own;
    env::var_os(PATH).filter(|path| heeds && !path.is_empty())
}

/// What to say of the libraries that are read: those of the path that are not there, and that the one
/// that is stood in is not among them.
fn remarks(args: &Args, shelf: &Shelf) -> Vec<String> {
    let mut remarks: Vec<String> = shelf.missing().iter().map(|error| format!("{PATH}: {error}")).collect();
    let is_built_in = args.library.is_none() && path(args).is_none() && args.house() == House::Own;
    let Some(folder) = folder(args).filter(|_| is_built_in) else { return remarks };
    let (read, here) = (shelf.names(), Library::at(&folder).map(|library| library.names()));
    if here.is_ok_and(|here| here.iter().any(|name| !read.contains(name))) {
        let folder = folder.display();
        remarks.push(format!("this is the library built in; --library {folder} reads the one you stand in"));
    }
    remarks
}

/// The variable that holds the folders of libraries, with colons between them.
const PATH: &str = "BRIEF_PATH";

/// Opens the reader, or prints where there is no terminal that can show one. Where there are several
/// briefings and nothing says which, the reader lets choose.
fn read(shelf: Shelf, args: &Args, wishes: Wishes) -> Result<ExitCode> {
    let house = args.house();
    let asks = args.topic.is_some() || args.card.is_some() || args.search.is_some() || args.plain;
    let on_terminal = io::stdout().is_terminal();
    let chooses = !asks && args.command.is_none() && on_terminal;
    let is_shown = on_terminal && !table::is_printed(args);
    let terminal = is_shown.then(|| Terminal::find(house));
    let remarks = remarks(args, &shelf);
    let remark = || remarks.iter().for_each(|remark| print::complain(remark));
    let briefing = match shelf.open(args.briefing.as_deref()) {
        Err(LoadError::Several { .. }) if chooses => Briefing::default(),
        opened => opened.inspect_err(|_| remark())?,
    };
    let (start, table) = find_start(&briefing, args).inspect_err(|_| remark())?;
    let wrong = wishes.news();
    let config = wishes.config;
    let plain = |briefing: Briefing| {
        wrong.iter().for_each(|wrong| print::complain(wrong));
        remark();
        let briefing = Held::new(briefing);
        let dress = Dress { styled: styled(args.color), glyphs: config.glyphs.value };
        Ok(match &table {
            Some(table) => table.print(&briefing, dress),
            None => print_plain(&briefing, &start, width(args.width), dress),
        })
    };
    let Some(terminal) = terminal.map_or(Ok(None), able)? else { return plain(briefing) };
    let depth = depth(args.color);
    let keeping = if args.no_state { Keeping::Nothing } else { Keeping::Memories(house) };
    let Opened { memory, store, news } = keeping.open(&shelf, &briefing.name);
    let mouse = wished(config.mouse, Some(memory.settings.mouse));
    let theme = wished(config.theme, memory.settings.theme.as_deref().and_then(Theme::named));
    let screen = terminal.take(Options { mouse, depth }).context(NO_TERMINAL)?;
    let news = wrong.as_ref().or(remarks.first()).map(|wrong| Safe::line(wrong)).or(news);
    let mut app = App::new(briefing, screen.size());
    let keys = config.keys.within(house);
    let offers = shelf.offers();
    update::begin(&mut app, Session { memory, keys, theme, mouse, offers, start, news });
    let shelf = Arc::new(shelf);
    let around = Around { house, shelf, keeping, depth, glyphs: config.glyphs.value };
    reader::run(screen, app, &around, store)?;
    Ok(ExitCode::SUCCESS)
}

/// What is configured; else what was chosen while reading, else what is built in.
fn wished<T>(configured: Setting<T>, chosen: Option<T>) -> T {
    match configured.origin {
        Origin::BuiltIn => chosen.unwrap_or(configured.value),
        Origin::File(_) | Origin::Environment(_) => configured.value,
    }
}

/// The terminal that was found; nothing where it can show no screen.
fn able(found: io::Result<Terminal>) -> Result<Option<Terminal>> {
    match found {
        Ok(terminal) => Ok(Some(terminal)),
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error).context(NO_TERMINAL),
    }
}

/// What stands before why no terminal can be had.
const NO_TERMINAL: &str = "cannot open the terminal; --plain prints the briefing";

/// Where a session begins, and its table as it is printed where there is no session.
fn find_start(briefing: &Briefing, args: &Args) -> Result<(Start, Option<Wanted>)> {
    let topic = find_topic(briefing, args.topic.as_deref())?;
    let card = args.card.as_deref().map(|id| find_card(briefing, id)).transpose()?;
    let table = Wanted::find(briefing, args)?;
    let ask = table.as_ref().map(|table| table.ask);
    Ok((Start { topic, card, search: args.search.clone(), table: ask }, table))
}

/// A briefing that is held until the program ends, which lets go of it all at once.
type Held = ManuallyDrop<Briefing>;

/// Opens the briefing that is asked for, and finds the topic that a command is narrowed to.
fn open_at(shelf: &Shelf, args: &Args) -> Result<(Held, Option<Ref<Topic>>)> {
    let briefing = Held::new(shelf.open(args.briefing.as_deref())?);
    let topic = find_topic(&briefing, args.topic())?;
    Ok((briefing, topic))
}

/// The topic of a name, where one is asked for.
fn find_topic(briefing: &Briefing, name: Option<&str>) -> Result<Option<Ref<Topic>>> {
    let Some(name) = name else { return Ok(None) };
    match briefing.topic_by_name(name) {
        Ok(topic) => Ok(Some(topic)),
        Err(near) if near.is_empty() => {
            let all: Vec<&str> = briefing.topics.iter().map(|topic| topic.id.as_ref()).collect();
            bail!("there is no topic “{name}”; the topics are: {}", all.join(", "))
        }
        Err(near) => bail!("there is no topic “{name}”; the nearest: {}", near.join(", ")),
    }
}

fn find_card(briefing: &Briefing, id: &str) -> Result<Ref<Card>> {
    briefing.card_by_id(id).with_context(|| {
        let near = nearest(id, briefing.cards.iter().map(|card| card.id.as_ref()), 3);
        match near.as_slice() {
            [] => format!("there is no card “{id}”; `brief list cards` lists them"),
            near => format!("there is no card “{id}”; the nearest: {}", near.join(", ")),
        }
    })
}

fn print_plain(briefing: &Briefing, start: &Start, width: usize, dress: Dress) -> ExitCode {
    let mut code = 0;
    let printed = print::written(|out| {
        let mut tell = |galley: &Galley| dress.write(galley, out);
        match (start.card, &start.search) {
            (Some(card), _) => {
                let mut galley = Galley::new(width);
                plain::card(&mut galley, briefing, &briefing[card]);
                tell(&galley)
            }
            (None, Some(query)) => {
                let answers = Index::new(briefing).all(briefing, Query::parse(query));
                let answers = answers.about(briefing, start.topic);
                answers.doubts(briefing).iter().for_each(|doubt| print::complain(doubt));
                if answers.is_empty() {
                    code = CONTENT;
                }
                plain::found(briefing, &answers, width, tell)
            }
            (None, None) => plain::briefing(briefing, start.topic, width, tell),
        }
    });
    print::finish(printed, code.max(soundness(briefing)))
}

/// The exit code that a briefing's own errors call for; says on standard error that there are some.
fn soundness(briefing: &Briefing) -> u8 {
    let errors = briefing.problems.iter().filter(|problem| problem.severity() == Severity::Error).count();
    if errors == 0 {
        return 0;
    }
    let them = if errors == 1 { "it" } else { "them" };
    print::complain(&format!(
        "{} in {}; `brief check` shows {them}",
        counted(errors, "error"),
        briefing.name
    ));
    CONTENT
}

/// The width that plain text is wrapped at.
fn width(asked: Option<usize>) -> usize {
    asked.unwrap_or(80).max(20)
}

/// Whether plain text is styled: on a terminal that has colours, unless it is asked for otherwise.
fn styled(color: When) -> bool {
    let on_terminal = || {
        let known = env::var("TERM").is_ok_and(|term| !["", "dumb"].contains(&term.as_str()));
        known && io::stdout().is_terminal() && depth(color) > Depth::Mono
    };
    match color {
        When::Always => true,
        When::Auto => on_terminal(),
        When::Never => false,
    }
}

/// How many colours may be sent to the terminal.
fn depth(color: When) -> Depth {
    let depth = Depth::of(environment(color));
    match color {
        When::Auto => depth,
        When::Always => depth.max(Depth::Sixteen),
        When::Never => Depth::Mono,
    }
}

/// The environment's variables. `NO_COLOR` counts unless colour is asked for.
fn environment(color: When) -> impl Fn(&str) -> Option<String> {
    move |name| env::var(name).ok().filter(|_| name != "NO_COLOR" || color != When::Always)
}

/// The folder of the library that is written: the one that is named, else the one that is stood in.
fn folder(args: &Args) -> Option<PathBuf> {
    args.library.clone().or_else(stood_in)
}

/// The nearest folder that holds `briefings`, from the current one up to the root, as a path from the current one.
fn stood_in() -> Option<PathBuf> {
    let depth = env::current_dir().ok()?.ancestors().count();
    let up = |levels| if levels == 0 { PathBuf::from(".") } else { iter::repeat_n("..", levels).collect() };
    (0..depth).map(up).find(|folder: &PathBuf| folder.join("briefings").is_dir())
}
