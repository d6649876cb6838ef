//! What goes out of the reader: to the clipboard, and to programs that the reader of a briefing names.

use crate::folders::{put_ferry, put_pipe};
use crate::pty::{Pty, Status, brief, program};
use brief::cite;
use brief::load::Library;
use portable_pty::CommandBuilder;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::{TempDir, tempdir};

/// Where the ferry's first quote is on the web.
const THERE: &str = "https://gazette.example/fares?a=b#:~:text=The%20harbour%20board%20wants%20to%20raise%20the\
                     %20winter%20fare%20from%2080%20to%2095%20crowns";

/// The reader on the ferry, whose Gazette is on the web.
struct Abroad {
    home: TempDir,
}

impl Abroad {
    fn new() -> Self {
        let home = tempdir().unwrap();
        put_ferry(home.path());
        let file = home.path().join("briefings/ferry/briefing.toml");
        let head = fs::read_to_string(&file).unwrap();
        let url = "outlet = \"Island Gazette\"\nurl = \"https://gazette.example/fares?a=b\"";
        fs::write(&file, head.replacen("outlet = \"Island Gazette\"", url, 1)).unwrap();
        Self { home }
    }

    fn reader(&self, environment: &[(&str, &str)]) -> CommandBuilder {
        let mut command = brief();
        environment.iter().for_each(|(name, value)| command.env(name, value));
        command.arg("--library");
        command.arg(self.home.path());
        command
    }

    fn opened(&self, environment: &[(&str, &str)]) -> Pty {
        let pty = Pty::spawn(self.reader(environment), 120, 36, Status::Answered);
        pty.shows("all keys");
        pty
    }

    /// A program that says what it was given, and waits for a line.
    fn browser(&self) -> String {
        let file = self.home.path().join("a browser");
        fs::write(&file, "#!/bin/sh\nprintf '<%s>' \"$@\"\nread line\nexit $line\n").unwrap();
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        format!("'{}'", file.display())
    }
}

#[test]
fn a_browser_has_the_screen_until_it_ends() {
    let abroad = Abroad::new();
    for (browser, given) in [
        (format!("/no/such/browser:{}", abroad.browser()), format!("<{THERE}>")),
        (format!("{} -n '%s' b", abroad.browser()), format!("<-n><{THERE}><b>")),
    ] {
        let mut pty = abroad.opened(&[("BROWSER", &browser), ("SSH_TTY", "/dev/pts/0")]);
        let before = pty.look(|output| output.text());
        let unwrapped = |text: String| text.replace('\n', "");
        pty.send("o").until(&given, |output| unwrapped(output.text()).contains(&given)).is_given_back();
        pty.send("0\n").shows("Handed to").press("l");
        pty.press("h").until("the screen as it was", |output| {
            output.screen().alternate_screen() && output.text() == before
        });
        pty.send("q");
        assert!(pty.ends().success());
        pty.is_given_back();
    }
}

#[test]
fn a_browser_beside_the_reader_is_not_waited_for_and_told_of_once_it_has_failed() {
    let abroad = Abroad::new();
    let file = abroad.home.path().join("beside");
    let pipe = abroad.home.path().join("pipe");
    put_pipe(&pipe);
    fs::write(&file, format!("#!/bin/sh\nread line < '{}'\nexit $line\n", pipe.display())).unwrap();
    fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut pty = abroad.opened(&[("BROWSER", &format!("'{}' &", file.display()))]);
    pty.send("o").shows("Handed to").press("j");
    fs::write(&pipe, "3\n").unwrap();
    pty.shows("beside ended with exit status: 3, so this may not be open:");
    pty.send("q");
    assert!(pty.ends().success());
}

#[test]
fn an_interrupt_is_for_the_browser_and_not_for_the_reader() {
    let abroad = Abroad::new();
    let mut pty = abroad.opened(&[("BROWSER", &abroad.browser())]);
    pty.send("o").shows("<https").send("\x03").shows("ended with signal").press("x").shows("pl shows");
    pty.send("q");
    assert!(pty.ends().success());
}

#[test]
fn an_address_that_nothing_opens_is_shown() {
    let abroad = Abroad::new();
    for (environment, why, hinted) in [
        (&[("SSH_CONNECTION", "::1 1 ::1 22"), ("DISPLAY", ":0")][..], "This is a session over SSH.", true),
        (
            &[("BROWSER", "/no/such/browser")],
            "/no/such/browser cannot be run: there is no such program",
            false,
        ),
        (&[("BROWSER", "false")], "false ended with exit status: 1.", false),
    ] {
        let mut pty = abroad.opened(environment);
        pty.send("o").shows(why).shows("https://gazette.example").shows("Press a key");
        let hint = pty.look(|output| output.shows("A browser that $BROWSER names would be opened here."));
        assert_eq!(hint, hinted, "{why}");
        pty.press("x").shows("pl shows the address again").send("q");
        assert!(pty.ends().success());
    }
}

#[test]
fn a_source_that_is_not_on_the_web_is_not_opened() {
    let mut pty = Pty::spawn(brief(), 120, 36, Status::Answered);
    for keys in ["o", "yl", "pl"] {
        pty.shows("Plan points").press("j").press(keys).shows("knows no address");
    }
    pty.send("q");
    assert!(pty.ends().success());
}

#[test]
fn an_address_that_is_none_is_not_passed_over_in_silence() {
    let abroad = Abroad::new();
    let file = abroad.home.path().join("briefings/ferry/briefing.toml");
    let head = fs::read_to_string(&file).unwrap();
    fs::write(&file, head.replacen("https://gazette", "gazette", 1)).unwrap();
    let mut pty = abroad.opened(&[]);
    for keys in ["o", "yl"] {
        pty.press(keys).shows("is none on the web: gazette.example/fares").press("j").press("k");
    }
    pty.send("q");
    assert!(pty.ends().success());
}

/// What `yy`, `yq`, `yc` and `yl` copy on the ferry's first card.
fn copies(abroad: &Abroad) -> [(&'static str, String); 4] {
    let briefing = Library::at(abroad.home.path()).unwrap().open(None).unwrap();
    let card = &briefing.cards[0];
    let quote = &card.quotes[0];
    [
        ("yy", cite::quote(&briefing, card, quote)),
        ("yq", quote.words.to_string()),
        ("yc", cite::card(&briefing, card, 2)),
        ("yl", THERE.to_owned()),
    ]
}

/// The bytes that a base 64 text stands for.
pub fn decoded(base64: &str) -> String {
    let value = |letter: u8| {
        let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['+', '/']);
        letters.zip(0_u32..).find(|(known, _)| *known == char::from(letter)).map(|(_, value)| value)
    };
    let sextets: Vec<u32> = base64.bytes().filter_map(value).collect();
    let bytes = sextets.chunks(4).flat_map(|four| {
        let bits = four.iter().enumerate().fold(0, |bits, (at, six)| bits | six << (18 - 6 * at));
        let [_, bytes @ ..] = bits.to_be_bytes();
        bytes.into_iter().take(four.len().saturating_sub(1)).collect::<Vec<u8>>()
    });
    String::from_utf8(bytes.collect()).unwrap()
}

/// Presses what copies, and looks at what the terminal's clipboard gets.
fn all_arrive(pty: &Pty, copies: &[(&str, String)]) {
    for (at, (keys, text)) in copies.iter().enumerate() {
        pty.send(keys).until(&format!("what {keys} copies"), |output| output.copied().len() > at);
        let copied = pty.look(|output| output.copied().last().cloned()).unwrap();
        assert_eq!(decoded(&copied), *text, "{keys}");
    }
}

#[test]
fn what_is_copied_arrives_in_the_clipboard_of_the_terminal() {
    let abroad = Abroad::new();
    all_arrive(&abroad.opened(&[("SSH_TTY", "/dev/pts/0")]), &copies(&abroad));
}

#[test]
fn what_is_copied_arrives_through_tmux_as_it_comes_and_as_it_is_set_up() {
    let Ok(version) = Command::new("tmux").arg("-V").output() else {
        return eprintln!("there is no tmux here, so copying through it is not tried");
    };
    assert!(version.status.success());
    let reached = "tmux has the link, and gives it to its terminal’s clipboard; pl shows it.";
    let beyond =
        "Sent the link to the terminal’s clipboard (OSC 52), which tmux drops unless set-clipboard is";
    let (as_it_comes, set_up) = (&[][..], &["set", "-g", "set-clipboard", "on", ";"][..]);
    // Without TMUX the reader is as one on another machine, which can only send.
    for (settings, environment, said) in
        [(as_it_comes, &[][..], reached), (set_up, &[], reached), (set_up, &["-u", "TMUX"], beyond)]
    {
        let abroad = Abroad::new();
        let mut tmux = program(Path::new("tmux"));
        let socket = abroad.home.path().join("tmux");
        tmux.args(["-f", "/dev/null", "-S", socket.to_str().unwrap()]);
        tmux.args(settings);
        tmux.args(["new-session", "-x", "120", "-y", "36", "env"]);
        tmux.args(environment);
        tmux.args(abroad.reader(&[]).get_argv());
        let pty = Pty::spawn(tmux, 120, 37, Status::Answered);
        pty.shows("all keys");
        all_arrive(&pty, &copies(&abroad));
        pty.shows(said);
        let killed = Command::new("tmux").arg("-S").arg(&socket).arg("kill-server").status().unwrap();
        assert!(killed.success());
    }
}

#[test]
fn a_tmux_that_takes_nothing_is_not_waited_for() {
    let abroad = Abroad::new();
    let tmux = abroad.home.path().join("tmux");
    fs::write(&tmux, "#!/bin/sh\nexec sleep 600\n").unwrap();
    fs::set_permissions(&tmux, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", abroad.home.path().display());
    let mut pty = abroad.opened(&[("TMUX", "/no/socket,1,0"), ("PATH", &path)]);
    all_arrive(&pty, &copies(&abroad));
    pty.shows("Sent the link").send("Q");
    assert!(pty.ends().success());
}

#[test]
fn what_was_copied_and_how_is_said() {
    let abroad = Abroad::new();
    let mut pty = abroad.opened(&[]);
    for (keys, said) in [
        ("yy", "Sent the quote with its provenance to the terminal’s clipboard (OSC 52); py shows it."),
        ("yq", "Sent the bare quote to the terminal’s clipboard (OSC 52); pq shows it."),
        ("yc", "Sent the card to the terminal’s clipboard (OSC 52); pc shows it."),
        ("yl", "Sent the link to the terminal’s clipboard (OSC 52); pl shows it."),
    ] {
        pty.send(keys).shows(said);
    }
    pty.send("q");
    assert!(pty.ends().success());
}

#[test]
fn keys_typed_ahead_close_the_plain_screen_and_act_in_their_order() {
    let mut pty = Pty::spawn(brief(), 120, 36, Status::Answered);
    let second = "▌○ Washington reportedly wants plan";
    pty.shows("Plan points").send("pqxj").shows(second);
    pty.send("pq").shows("Press a key to go back").send("xk").shows("▌○ Kyiv reportedly must accept");
    pty.send("q");
    assert!(pty.ends().success());
}
