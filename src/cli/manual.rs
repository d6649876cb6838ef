//! The man page, the completions and the README's table of commands, all from the tables that the
//! program itself obeys: the command line, the keys, and what stands here.

use super::args::Args;
use crate::keys::Keymap;
use crate::search::language;
use clap::builder::PossibleValue;
use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fmt::Write as _;
use std::io;

/// The exit codes, and what each says.
pub const EXITS: [(&str, &str); 3] =
    [("0", "fine"), ("1", "content problems or nothing found"), ("2", "cannot run")];

/// The files, and what each is for.
pub const FILES: [(&str, &str); 2] = [
    (
        "$XDG_CONFIG_HOME/brief/config.toml",
        "keys, theme, mouse and glyphs; brief config prints it with everything that it can say. \
         Without XDG_CONFIG_HOME it is in ~/.config.",
    ),
    (
        "$XDG_STATE_HOME/brief/",
        "what is remembered of each briefing: the last place, cards read, marks. \
         Without XDG_STATE_HOME it is in ~/.local/state.",
    ),
];

/// The variables of the environment that count, and what each does.
pub const ENVIRONMENT: [(&str, &str); 9] = [
    ("VISUAL, EDITOR", "the first that is set says what e opens a card with; vi where none is"),
    (
        "BRIEF_PATH",
        "the folders of libraries, with colons between them, looked at in this order; an empty one stands for \
         the library built in, and so does the variable where it is not set",
    ),
    (
        "NO_COLOR",
        "where it is set and not empty, no colour is used unless --color always is given; the quote is underlined",
    ),
    (
        "LC_ALL, LC_CTYPE, LANG",
        "the first that is set says what the terminal can show: where it does not name UTF-8, \
         everything is shown in ASCII. Where none is set, the terminal is taken to know UTF-8.",
    ),
    ("TMUX", "set by tmux: what is copied is handed to tmux, which gives it to its terminal’s clipboard"),
    ("STY", "set by GNU screen, which drops what is copied; the line at the bottom says so then"),
    (
        "BROWSER",
        "what opens an address: command lines set apart by colons, the first that can be run is taken; \
         the address stands where one says %s, else behind it; one that ends in & runs beside the reader",
    ),
    ("TERM, COLORTERM", "how many colours the terminal has; without TERM, or where it is dumb, plain text"),
    (
        "COLUMNS, LINES",
        "the size of a terminal that does not tell it, as a serial line does not; else it is 80 by 24",
    ),
];

/// What stands behind the colon in a search.
const SEARCHED: &str =
    "A NAME is whole, or how a word of one begins; one of several words stands in quotation marks.";

/// What lets a guest in over SSH to read and nothing else, in the words of `sshd_config(5)`.
const SSHD: &str = "\
Match User reader
    ForceCommand /usr/bin/brief --restricted --no-state --library /srv/library
    PermitTTY yes
    PermitUserRC no
    DisableForwarding yes
    AllowAgentForwarding no
    X11Forwarding no
";

/// What such a guest may and may not do.
const GUEST: [(&str, &str); 4] = [
    (
        "A guest can",
        "read, search, follow links and sources, see every table, set marks, copy to the clipboard of the guest's own \
         terminal, and quit; without a terminal (no ssh -t) the guest gets the plain text.",
    ),
    (
        "A guest cannot",
        "run a program, stop the reader to get at a shell, name another library, or read any file outside the one that \
         the command line names, in which no link is followed. What is typed behind ssh HOST is not looked at.",
    ),
    (
        "What is written",
        "is the state of the reading, in ~/.local/state/brief of the account, and with --no-state nothing at all. \
         Many guests on one account need --no-state: one reader at a time keeps what it remembers.",
    ),
    (
        "Of the environment",
        "count TERM, COLORTERM, NO_COLOR, COLUMNS, LINES, LC_ALL, LC_CTYPE, LANG, which say what the terminal can show, \
         and HOME, which sshd sets. Nothing else does: no BRIEF_PATH, EDITOR, VISUAL, BROWSER, PAGER, TMUX, XDG_CONFIG_HOME or XDG_STATE_HOME; \
         and no configuration is read.",
    ),
];

/// The command line, from which its help, the man page and the completions are made.
#[must_use]
pub fn command() -> Command {
    let mut command = Args::command();
    command.build();
    command
}

/// The exit codes in one sentence.
pub(super) fn exits() -> String {
    let codes = EXITS.map(|(code, meaning)| format!("{code} {meaning}"));
    format!("Exit codes: {}.", codes.join(", "))
}

/// What can be typed into a search, a line each.
pub(super) fn searched() -> String {
    let lines = language().into_iter().map(|(typed, finds)| format!("  {typed:<15} {finds}\n"));
    format!("What is typed finds:\n{}{SEARCHED}", lines.collect::<String>())
}

/// What can be typed into a search, in Markdown, as the README has it.
#[must_use]
pub fn searched_markdown() -> String {
    let rows = language().into_iter().map(|(typed, finds)| format!("| `{typed}` | {finds} |\n"));
    format!("| typed in a search | finds |\n|---|---|\n{}\n{SEARCHED}\n", rows.collect::<String>())
}

/// The completions for a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut command = Args::command();
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "brief", &mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    match shell {
        Shell::Fish => text + &words_for_fish(&command),
        // With two colons an argument that takes several words takes options for words too.
        Shell::Zsh => text.replace("'*::", "'*:"),
        _ => text,
    }
}

/// What fish is told of the arguments that are one of a few words: clap_complete tells it of options alone, and it
/// would offer files.
fn words_for_fish(command: &Command) -> String {
    let mut lines = String::new();
    for sub in command.get_subcommands() {
        for words in sub.get_positionals().map(Arg::get_possible_values).filter(|words| !words.is_empty()) {
            let words: Vec<&str> = words.iter().map(PossibleValue::get_name).collect();
            let (sub, words) = (sub.get_name(), words.join(" "));
            let typed = format!("__fish_brief_using_subcommand {sub}");
            let _ = writeln!(lines, "complete -c brief -n \"{typed}\" -f -a \"{words}\"");
        }
    }
    lines
}

/// The man page.
///
/// # Errors
/// None: it is written to memory.
pub(super) fn man() -> io::Result<Vec<u8>> {
    let command = command();
    let mut text = Vec::new();
    let page = Man::new(command.clone()).manual("User Commands");
    page.render_title(&mut text)?;
    page.render_name_section(&mut text)?;
    page.render_synopsis_section(&mut text)?;
    page.render_description_section(&mut text)?;
    page.render_options_section(&mut text)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        subcommand(sub).to_writer(&mut text)?;
    }
    search().to_writer(&mut text)?;
    keys().to_writer(&mut text)?;
    for (title, table) in [("EXIT STATUS", &EXITS[..]), ("FILES", &FILES), ("ENVIRONMENT", &ENVIRONMENT)] {
        let mut section = Roff::new();
        section.control("SH", [title]);
        for (name, meaning) in table {
            section.control("TP", []);
            section.text([bold(*name)]).text([roman(*meaning)]);
        }
        section.to_writer(&mut text)?;
    }
    guests().to_writer(&mut text)?;
    Ok(text)
}

/// How to let guests in over SSH, and what they may do.
fn guests() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["GUESTS OVER SSH"]);
    section.text([roman("In sshd_config(5), for an account that guests share:")]);
    section.control("PP", []).control("nf", []);
    for line in SSHD.lines() {
        section.text([roman(line)]);
    }
    section.control("fi", []);
    for (who, what) in GUEST {
        section.control("TP", []);
        section.text([bold(who)]).text([roman(what)]);
    }
    section
}

/// How to let guests in over SSH, and what they may do, in Markdown, as the README has it.
#[must_use]
pub fn guests_markdown() -> String {
    let mut words = format!("```text\n{SSHD}```\n\n");
    for (who, what) in GUEST {
        let _ = writeln!(words, "- **{who}** {what}");
    }
    words
}

/// A command with what it takes, those taken by every command left out.
fn subcommand(command: &Command) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [format!("BRIEF {}", command.get_name()).to_uppercase().as_str()]);
    section.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    for Argument { name, help, .. } in arguments(command) {
        section.control("TP", []);
        section.text([bold(name)]).text([roman(help)]);
    }
    section
}

/// An argument or an option, as it is shown.
struct Argument {
    name: String,
    help: String,
    /// Whether the command cannot be without it.
    is_required: bool,
}

/// The arguments and options of a command alone.
fn arguments(command: &Command) -> impl Iterator<Item = Argument> {
    let own = command.get_arguments().filter(|arg| {
        !arg.is_global_set() && !arg.is_hide_set() && !["help", "version"].contains(&arg.get_id().as_str())
    });
    own.map(|arg| {
        let value = arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
        let name = match (arg.get_long(), value.filter(|_| arg.get_action().takes_values())) {
            (Some(long), Some(value)) => format!("--{long} {value}"),
            (Some(long), None) => format!("--{long}"),
            (None, value) => value.unwrap_or_else(|| arg.get_id().to_string()),
        };
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let values: Vec<String> =
            arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        if !values.is_empty() && arg.get_action().takes_values() {
            let _ = write!(help, " [{}]", values.join(", "));
        }
        Argument { name, help, is_required: arg.is_required_set() }
    })
}

/// What can be typed into a search.
fn search() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["SEARCHING"]);
    for (typed, finds) in language() {
        section.control("TP", []);
        section.text([bold(typed)]).text([roman(finds)]);
    }
    section.control("PP", []).text([roman(SEARCHED)]);
    section
}

/// The keys of the reader.
fn keys() -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["KEYS"]);
    let map = Keymap::default();
    for row in map.rows() {
        section.control("TP", []);
        let keys: Vec<String> = row.binding.labels().collect();
        section.text([bold(keys.join("  ")), roman(format!("  ({})", row.binding.place()))]);
        section.text([roman(map.help(row))]);
    }
    section
}

/// The commands and options in Markdown, as the README has them.
#[must_use]
pub fn markdown() -> String {
    let command = command();
    let mut table = String::from("| command | does |\n|---|---|\n");
    let about = |command: &Command| command.get_about().map(ToString::to_string).unwrap_or_default();
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let taken: Vec<String> = arguments(sub)
            .map(|arg| if arg.is_required { arg.name } else { format!("[{}]", arg.name) })
            .collect();
        let line = format!("brief {} {}", sub.get_name(), taken.join(" "));
        let _ = writeln!(table, "| `{}` | {} |", line.trim_end(), about(sub));
    }
    table.push_str("\n| option | does |\n|---|---|\n");
    let global = command.get_arguments().filter(|arg| arg.is_global_set());
    for arg in global.filter_map(|arg| Some((arg.get_long()?, arg))) {
        let value = arg.1.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
        let help = arg.1.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(table, "| `--{} {}` | {help} |", arg.0, value.unwrap_or_default());
    }
    for Argument { name, help, .. } in arguments(&command) {
        let _ = writeln!(table, "| `{name}` | {} |", help.replace('|', "\\|"));
    }
    table
}
