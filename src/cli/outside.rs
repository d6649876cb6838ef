//! Other programs that the reader asks for: the one place that runs any, with the screen lent to them.
//!
//! Promises: what runs is a command line of the reader's own, taken into words as a shell takes it, but by
//! no shell; what it is to open is one of its words; and whatever fails is a sentence for the reader.

use crate::cite::Address;
use crate::house::House;
use crate::sanitize::Safe;
use crate::terminal::{Bell, Screen};
use crate::update::Clip;
use rustix::stdio::stdin;
use rustix::termios::isatty;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What the system opens an address with.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// What a file is edited with where nothing else is named.
const EDITOR: &str = "vi";

/// The editors that take a line, by the words that they take a file with: `{line}` and `{file}` stand in them.
const AT_LINE: [(&[&str], &[&str]); 3] = [
    (
        &[
            "vi",
            "vim",
            "nvim",
            "gvim",
            "view",
            "elvis",
            "nano",
            "pico",
            "emacs",
            "emacsclient",
            "mg",
            "jed",
            "joe",
            "kak",
            "micro",
            "ne",
            "zile",
        ],
        &["+{line}", "{file}"],
    ),
    (&["hx", "helix", "subl", "zed", "zeditor"], &["{file}:{line}"]),
    (&["code", "code-insiders", "codium", "cursor"], &["-g", "{file}:{line}"]),
];

/// Why nothing is run where no key should have led here.
const GUEST: &str = "No other program is run here";

/// What to do where no program opens an address.
const HINT: &str = "A browser that $BROWSER names would be opened here.";

/// What hands its input to tmux, and by tmux to the clipboard of the terminal that tmux is shown in.
const TMUX: [&str; 4] = ["tmux", "load-buffer", "-w", "-"];

/// How long that may take.
const FED_WITHIN: Duration = Duration::from_millis(500);
/// How long it is left to itself at a time.
const GLANCE: Duration = Duration::from_millis(1);

/// What the reader's environment says of other programs, and whether any may be run.
pub(super) struct Outside {
    house: House,
    /// Command lines for an address, set apart by colons.
    browser: Option<String>,
    /// The command line for a file.
    editor: String,
    /// Where a window would open that the reader sees, or why nowhere.
    windows: Result<(), &'static str>,
    /// What stands between the reader and the terminal.
    between: Between,
    /// Where it is told of a program beside the reader that it has failed, and where that is heard.
    late: (Sender<String>, Receiver<String>),
}

/// What stands between the reader and the terminal, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    /// Nothing that matters for the clipboard.
    Nothing,
    /// A tmux that takes commands.
    Tmux,
    /// A tmux out of reach: on another machine, or not to be run.
    FarTmux,
    /// A GNU screen.
    Screen,
    /// A tmux out of reach or a GNU screen, which call themselves the same.
    Either,
}

/// A command line, ready to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    name: String,
    arguments: Vec<OsString>,
    stay: Stay,
}

/// Where a program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    /// On the screen, which is lent to it until it ends.
    Screen,
    /// Beside the reader, which does not wait for it.
    Beside,
}

impl Outside {
    /// What a house allows and an environment says.
    pub(super) fn find(house: House, of: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| of(name).is_some_and(|value| !value.is_empty());
        let windows = if set("SSH_CONNECTION") || set("SSH_TTY") {
            Err("This is a session over SSH")
        } else if cfg!(target_os = "macos") || set("DISPLAY") || set("WAYLAND_DISPLAY") {
            Ok(())
        } else {
            Err("There is no display here")
        };
        let named = |name| of(name).filter(|lines: &String| !lines.trim().is_empty());
        let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| EDITOR.to_owned());
        let term = of("TERM").unwrap_or_default();
        let between = match house {
            House::Own if set("TMUX") => Between::Tmux,
            House::Own | House::Restricted if term.starts_with("tmux") => Between::FarTmux,
            House::Own if term.starts_with("screen") && set("STY") => Between::Screen,
            House::Own | House::Restricted if term.starts_with("screen") => Between::Either,
            House::Own | House::Restricted => Between::Nothing,
        };
        Self { house, browser: named("BROWSER"), editor, windows, between, late: channel() }
    }

    /// Hands a text to the clipboard, and says in a sentence how. A tmux that nobody has set up drops what a
    /// program sends to the terminal's clipboard, but takes it when asked to.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn copy(&self, screen: &mut Screen, clip: &Clip) -> io::Result<String> {
        let Clip { text, what, again } = clip;
        let shows = again.as_ref().map(|keys| format!("; {keys} shows it")).unwrap_or_default();
        if self.between == Between::Tmux && fed(text).is_ok_and(|status| status.success()) {
            return Ok(format!("tmux has the {what}, and gives it to its terminal’s clipboard{shows}."));
        }
        screen.copy(text)?;
        Ok(format!("Sent the {what} to the terminal’s clipboard (OSC 52){}{shows}.", self.between.drops()))
    }

    /// Opens a file in the reader's editor, at a line where the editor is known to take one, and waits
    /// until it is closed. The inner error is a clause.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    pub(super) fn edit(
        &self,
        screen: &mut Screen,
        file: &Path,
        line: usize,
    ) -> io::Result<Result<(), String>> {
        match Program::editing(&self.editor, file, line) {
            _ if self.house == House::Restricted => Ok(Err(String::from(GUEST))),
            Some(program) => program.lent(screen),
            None => Ok(Err(String::from("$VISUAL or $EDITOR leaves a quotation open"))),
        }
    }

    /// Opens an address: in the reader's browser, else as the system does. Gives the name of what has taken
    /// it, or why nothing has, as a clause. Of what runs beside the reader [`Outside::late`] tells later.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn browse(
        &self,
        screen: &mut Screen,
        address: &Address,
    ) -> io::Result<Result<String, String>> {
        let (programs, mut why) = match self.house {
            House::Own => self.programs(address.as_str()),
            House::Restricted => (Vec::new(), String::from(GUEST)),
        };
        for program in programs {
            let taken = match program.stay {
                Stay::Screen => program.lent(screen)?,
                Stay::Beside => program.beside(address, screen.bell(), self.late.0.clone()),
            };
            match taken {
                Ok(()) => return Ok(Ok(program.name)),
                Err(failed) => why = failed,
            }
        }
        Ok(Err(why))
    }

    /// What has become known of the programs beside the reader: a sentence where one has failed.
    pub(super) fn late(&self) -> Option<String> {
        self.late.1.try_iter().last()
    }

    /// What to do where nothing has opened an address; nothing where a browser is named, which has failed.
    pub(super) fn hint(&self) -> Option<&'static str> {
        self.browser.is_none().then_some(HINT)
    }

    /// What could open an address, the first choice first, and why nothing could, where nothing is named.
    fn programs(&self, address: &str) -> (Vec<Program>, String) {
        match (&self.browser, self.windows) {
            (Some(lines), _) => {
                let programs = lines.split(':').filter_map(|line| Program::at(line, address)).collect();
                (programs, String::from("$BROWSER names no program"))
            }
            (None, Ok(())) => {
                let (name, arguments) = (OPENER.to_owned(), vec![address.into()]);
                (vec![Program { name, arguments, stay: Stay::Beside }], String::new())
            }
            (None, Err(why)) => (Vec::new(), why.to_owned()),
        }
    }
}

impl Between {
    /// What becomes there of words for the terminal's clipboard, as a clause behind that they were sent.
    const fn drops(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Tmux | Self::FarTmux => ", which tmux drops unless set-clipboard is on",
            Self::Screen => ", which GNU screen drops",
            Self::Either => ", which tmux drops unless set-clipboard is on, and GNU screen always",
        }
    }
}

impl Program {
    /// The name and the arguments that a command line is made of; nothing where it is blank or leaves a
    /// quotation open.
    fn words(line: &str) -> Option<(String, impl Iterator<Item = String>)> {
        let mut words = shlex::split(line)?.into_iter();
        Some((words.next()?, words))
    }

    /// A command line of an editor with a file and a line in it; the file alone where it is not known how
    /// the editor takes a line.
    fn editing(editor: &str, file: &Path, line: usize) -> Option<Self> {
        let (name, own) = Self::words(editor)?;
        let known = |names: &&(&[&str], &[&str])| names.0.contains(&name.rsplit('/').next().unwrap_or(&name));
        let words = AT_LINE.iter().find(known).map_or(&["{file}"][..], |(_, words)| words);
        // The file last, so that nothing in its name is taken for a place to fill.
        let filled = words.iter().map(|word| {
            let word = word.replace("{line}", &line.to_string());
            word.split("{file}").map(OsStr::new).collect::<Vec<_>>().join(file.as_os_str())
        });
        let arguments = own.map(OsString::from).chain(filled).collect();
        Some(Self { name, arguments, stay: Stay::Screen })
    }

    /// A command line of `$BROWSER` with an address: where it says `%s`, else behind it. A line that ends in
    /// `&` runs beside the reader.
    fn at(line: &str, address: &str) -> Option<Self> {
        let (line, stay) = match line.trim_end().strip_suffix('&') {
            Some(line) => (line, Stay::Beside),
            None => (line, Stay::Screen),
        };
        let (name, words) = Self::words(line)?;
        let behind = (!line.contains("%s")).then(|| address.into());
        let arguments = words.map(|word| word.replace("%s", address).into()).chain(behind).collect();
        Some(Self { name, arguments, stay })
    }

    /// Runs it with the screen to itself until it ends; the inner error is a clause.
    ///
    /// # Errors
    /// When the terminal cannot be taken again.
    fn lent(&self, screen: &mut Screen) -> io::Result<Result<(), String>> {
        let ended = screen.lend(|| on_screen(&mut self.command()))?;
        Ok(told(&self.name, ended))
    }

    /// Starts it with an address, to live on without the terminal. Where it fails later, a sentence goes to
    /// `late`, and the bell is rung; an error is a clause.
    fn beside(&self, address: &Address, bell: Bell, late: Sender<String>) -> Result<(), String> {
        let (name, address) = (self.name.clone(), address.to_string());
        let ended = move |ended| {
            if let Err(why) = told(&name, ended) {
                // A reader who has left is not told.
                let _ = late.send(format!("{why}, so this may not be open: {address}"));
                bell.ring();
            }
        };
        let started = beside(&mut self.command(), ended);
        told(&self.name, started.map(|()| ExitStatus::default()))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        command
    }
}

/// What is told of how a program has ended: a clause where it has failed.
fn told(name: &str, ended: io::Result<ExitStatus>) -> Result<(), String> {
    let name = Safe::line(name);
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("{name} cannot be run: there is no such program"))
        }
        Err(error) => Err(format!("{name} cannot be run: {}", error.kind())),
    }
}

/// Runs a command that has the terminal to itself, also where the reader's own input is another.
fn on_screen(command: &mut Command) -> io::Result<ExitStatus> {
    if !isatty(stdin()) {
        command.stdin(File::open("/dev/tty")?);
    }
    command.status()
}

/// Gives a text to tmux, which is ended where it takes too long: no key is heard meanwhile.
fn fed(text: &str) -> io::Result<ExitStatus> {
    let [name, arguments @ ..] = TMUX;
    let mut child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (input, text) = (child.stdin.take(), text.to_owned());
    // What is not taken would be waited for here. How the command ends says whether it has taken all.
    let feeding = thread::Builder::new()
        .name("feeding".into())
        .spawn(move || input.map(|mut input| input.write_all(text.as_bytes())));
    let end = Instant::now() + FED_WITHIN;
    loop {
        match child.try_wait()? {
            Some(ended) => return Ok(ended),
            None if feeding.is_ok() && Instant::now() < end => thread::sleep(GLANCE),
            None => {
                child.kill()?;
                child.wait()?;
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
}

/// Starts a command that lives on without the terminal, and hands on how it has ended once it has.
fn beside(
    command: &mut Command,
    ended: impl FnOnce(io::Result<ExitStatus>) + Send + 'static,
) -> io::Result<()> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = quiet.process_group(0).spawn()?;
    thread::Builder::new().name("beside".into()).spawn(move || ended(child.wait())).map(drop)
}

#[cfg(test)]
mod tests {
    use super::{Between, House, OPENER, Outside, Program, Stay};
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;
    use std::path::Path;

    fn found(house: House, environment: &[(&str, &str)]) -> Outside {
        Outside::find(house, |wanted| {
            environment.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned())
        })
    }

    fn shown(arguments: &[OsString]) -> String {
        arguments.join(OsStr::new("|")).into_string().unwrap()
    }

    /// What an environment would open an address with: a line each, `&` behind what runs beside the reader.
    fn opened(environment: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let (programs, why) = found(House::Own, environment).programs("https://a.org/?b='c' &d;$(e)");
        let line = |Program { name, arguments, stay }: Program| {
            let end = if stay == Stay::Beside { " &" } else { "" };
            format!("{name} [{}]{end}", shown(&arguments))
        };
        if programs.is_empty() { Err(why) } else { Ok(programs.into_iter().map(line).collect()) }
    }

    #[test]
    fn an_address_is_one_word_of_the_command_line_that_the_reader_names() {
        let cases = [
            ("w3m", vec!["w3m [https://a.org/?b='c' &d;$(e)]"]),
            ("fire\\ fox -new 'a  b' &", vec!["fire fox [-new|a  b|https://a.org/?b='c' &d;$(e)] &"]),
            (
                "lynx -a=%s -b: :w3m",
                vec!["lynx [-a=https://a.org/?b='c' &d;$(e)|-b]", "w3m [https://a.org/?b='c' &d;$(e)]"],
            ),
        ];
        for (browser, want) in cases {
            for others in [&[][..], &[("SSH_TTY", "/dev/pts/1"), ("DISPLAY", ":0")]] {
                let environment = [&[("BROWSER", browser)], others].concat();
                assert_eq!(
                    opened(&environment),
                    Ok(want.iter().map(ToString::to_string).collect()),
                    "{browser}"
                );
            }
        }
    }

    #[test]
    fn the_system_opens_an_address_only_where_the_reader_would_see_it() {
        let window = format!("{OPENER} [https://a.org/?b='c' &d;$(e)] &");
        for display in ["DISPLAY", "WAYLAND_DISPLAY"] {
            assert_eq!(opened(&[("BROWSER", " "), (display, ":0")]), Ok(vec![window.clone()]));
            let ssh = [(display, ":0"), ("SSH_CONNECTION", "::1 1 ::1 22")];
            assert_eq!(opened(&ssh), Err(String::from("This is a session over SSH")));
        }
        if !cfg!(target_os = "macos") {
            assert_eq!(opened(&[("DISPLAY", "")]), Err(String::from("There is no display here")));
        }
    }

    #[test]
    fn a_tmux_is_asked_only_by_a_reader_of_its_own_machine_and_house() {
        let (tmux, sty) = (("TMUX", "/run/tmux/default,1,0"), ("STY", "7.pts-0.here"));
        let cases = [
            (House::Own, &[("TERM", "xterm-256color")][..], Between::Nothing),
            (House::Own, &[("TERM", "screen"), tmux], Between::Tmux),
            (House::Own, &[("TERM", "tmux-256color")], Between::FarTmux),
            (House::Own, &[("TERM", "tmux-256color"), sty], Between::FarTmux),
            (House::Own, &[("TERM", "screen.xterm-256color"), sty], Between::Screen),
            (House::Own, &[("TERM", "screen"), tmux, sty], Between::Tmux),
            (House::Own, &[("TERM", "screen")], Between::Either),
            (House::Own, &[("TERM", "xterm"), sty], Between::Nothing),
            (House::Restricted, &[("TERM", "screen-256color"), tmux], Between::Either),
            (House::Restricted, &[("TERM", "screen-256color"), sty], Between::Either),
            (House::Restricted, &[("TERM", "xterm"), tmux], Between::Nothing),
        ];
        for (house, environment, between) in cases {
            assert_eq!(found(house, environment).between, between, "{environment:?}");
        }
    }

    #[test]
    fn what_drops_a_copy_is_named_as_far_as_it_is_known() {
        let cases = [
            (&[("TERM", "xterm")][..], ""),
            (&[("TERM", "tmux")], ", which tmux drops unless set-clipboard is on"),
            (&[("TERM", "screen"), ("STY", "7.pts-0.here")], ", which GNU screen drops"),
            (&[("TERM", "screen")], ", which tmux drops unless set-clipboard is on, and GNU screen always"),
        ];
        for (environment, told) in cases {
            assert_eq!(found(House::Own, environment).between.drops(), told, "{environment:?}");
        }
    }

    #[test]
    fn an_editor_is_given_the_line_in_its_own_way() {
        let cases = [
            ("vi", "vi [+7|/a b/{line}.toml]"),
            ("/usr/bin/nvim -n", "/usr/bin/nvim [-n|+7|/a b/{line}.toml]"),
            ("emacsclient -t", "emacsclient [-t|+7|/a b/{line}.toml]"),
            ("hx", "hx [/a b/{line}.toml:7]"),
            ("code --wait", "code [--wait|-g|/a b/{line}.toml:7]"),
            ("'my editor' -x", "my editor [-x|/a b/{line}.toml]"),
        ];
        for (editor, want) in cases {
            let program = Program::editing(editor, Path::new("/a b/{line}.toml"), 7).unwrap();
            assert_eq!(format!("{} [{}]", program.name, shown(&program.arguments)), want);
        }
        assert_eq!(Program::editing("vi '", Path::new("a"), 1), None);
    }

    #[test]
    fn an_editor_is_given_a_path_of_any_bytes() {
        let file = Path::new(OsStr::from_bytes(b"/\xffcaf\xe9/b.toml"));
        for (editor, want) in [("vi", &b"/\xffcaf\xe9/b.toml"[..]), ("hx", b"/\xffcaf\xe9/b.toml:7")] {
            let program = Program::editing(editor, file, 7).unwrap();
            assert_eq!(program.arguments.last().unwrap().as_bytes(), want, "{editor}");
        }
    }

    #[test]
    fn a_command_line_that_names_nothing_is_told_of() {
        for browser in ["'", ":", "&", "\"w3m"] {
            assert_eq!(
                opened(&[("BROWSER", browser)]),
                Err(String::from("$BROWSER names no program")),
                "{browser}"
            );
        }
    }
}
