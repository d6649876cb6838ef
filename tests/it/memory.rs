//! What a reader leaves behind, and finds again: at the desk, and in sessions of the real program.

use crate::desk::{Desk, ferry, shipped};
use crate::folders::{put_ferry, put_pipe};
use crate::printing;
use crate::pty::{Output as Shown, Pty, Status, brief, program};
use brief::app::{App, Mode, Sight};
use brief::geometry::{List, Size};
use brief::memory::{Freshness, Mark, Memory};
use brief::model::{Briefing, Card, Ref};
use brief::sanitize::Safe;
use brief::theme::Theme;
use brief::update::{Effect, Keep, Session, begin};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::{TempDir, tempdir};

/// A new session that begins where `left` was left, by way of the text that is kept.
fn reopened(left: &Desk, briefing: Briefing) -> Desk {
    let mut desk = Desk::new(briefing, left.app.size.columns, left.app.size.rows);
    let memory = Memory::from_toml(&left.app.remembered().to_toml()).unwrap();
    begin(&mut desk.app, Session { memory, ..Session::default() });
    desk
}

#[test]
fn reopening_lands_where_the_reader_left() {
    let journeys = [
        "",
        "j",
        "2 j j",
        "3",
        "j ]",
        "4 j",
        "Enter",
        "Enter j j j j",
        "2 Enter G k",
        "t text:school Enter",
        "t text:pier Enter 1",
        "z",
        "Enter z d",
    ];
    for keys in journeys {
        for (columns, rows) in [(160, 40), (120, 36), (80, 24), (45, 20)] {
            let mut left = Desk::new(ferry(), columns, rows);
            left.press(keys);
            left.app.note = None;
            let again = reopened(&left, ferry());
            assert_eq!(again.app.spot(), left.app.spot(), "{keys} at {columns}x{rows}");
            assert_eq!(again.text(), left.text(), "{keys} at {columns}x{rows}");
        }
    }
}

#[test]
fn a_card_that_the_briefing_has_lost_for_now_stays_known() {
    let mut left = Desk::new(ferry(), 120, 36);
    left.app.memory.known = [String::from("gone")].into();
    let known = reopened(&left, ferry()).app.memory.known;
    assert!(known.contains("gone") && known.len() == ferry().cards.len() + 1, "{known:?}");
}

#[test]
fn what_was_typed_into_a_prompt_is_there_in_the_next_session() {
    let typed = |desk: &Desk| match &desk.app.mode {
        Mode::Search(prompt) => prompt.line.text().to_owned(),
        Mode::Command(command) => command.list.line.text().to_owned(),
        Mode::Reading | Mode::Picker(_) | Mode::Problems(_) | Mode::Grid(_) | Mode::Selecting(_) => {
            String::new()
        }
    };
    let mut desk = Desk::new(ferry(), 120, 36);
    desk.press("/ text:pier Enter Esc / text:漢字 Enter / text:nowhere_at_all Enter / text:left Esc");
    desk.press(": text:zoom Enter : text:theme_light Enter : text:left Esc");
    assert_eq!((&desk.effect, desk.app.theme), (&Effect::Nothing, Theme::LIGHT));
    let mut desk = reopened(&desk, ferry());
    assert_eq!(desk.app.memory.settings.theme.as_deref(), Some("light"));
    for (keys, want) in [
        (": Up", "theme light"),
        ("Up", "zoom"),
        ("Up", "zoom"),
        ("Down", "theme light"),
        ("Down", ""),
        ("Esc / Up", "nowhere at all"),
        ("Up", "漢字"),
        ("Up", "pier"),
        ("Up", "pier"),
        ("Down", "漢字"),
        ("Down Down", ""),
        ("Up Up text:x", "漢字x"),
    ] {
        desk.press(keys);
        assert_eq!(typed(&desk), want, "{keys}");
    }
    desk.press("Esc / text:pier Down Down Up");
    assert_eq!(typed(&desk), "pier", "among the hits it goes through the hits");
}

#[test]
fn reopening_a_briefing_that_has_lost_what_was_read_goes_as_near_as_it_can() {
    let mut left = Desk::new(ferry(), 80, 24);
    left.press("t text:school Enter 2 j Enter j j m a");
    let mut briefing = ferry();
    briefing.topics.clear();
    briefing.cards.clear();
    for source in &mut briefing.sources {
        source.text = None;
    }
    let mut again = reopened(&left, briefing.clone());
    again.press("' a");
    assert_eq!(again.app.note.as_deref(), Some("The card that mark a was on is no longer here."));
    again.press("j k Enter r R C ' '").text();
    assert_eq!(again.app.memory.marks.len(), 1, "it may come back");
    briefing.sources.clear();
    reopened(&left, briefing).press("' a j").text();
}

#[test]
fn a_card_is_read_once_its_source_is_entered_and_as_the_reader_says() {
    let mut desk = Desk::new(ferry(), 120, 36);
    let first = desk.app.place.card.unwrap();
    assert_eq!(desk.app.freshness(first), Freshness::Unread);
    desk.press("Enter");
    assert_eq!((desk.app.freshness(first), &desk.effect), (Freshness::Read, &Effect::Keep(Keep::Behind)));
    desk.press("q Enter");
    assert_eq!(desk.effect, Effect::Nothing, "nothing new to keep");
    desk.press("q r");
    assert_eq!((desk.app.freshness(first), &desk.effect), (Freshness::Unread, &Effect::Keep(Keep::First)));
    desk.press("r");
    assert_eq!(desk.app.freshness(first), Freshness::Read);

    let mut briefing = ferry();
    briefing.cards[0].title = Safe::line("“é—漢🦀” e\u{301}");
    let mut again = reopened(&desk, briefing);
    assert_eq!(again.app.freshness(first), Freshness::Changed);
    again.press("Enter");
    assert_eq!((again.app.freshness(first), &again.effect), (Freshness::Read, &Effect::Keep(Keep::Behind)));
}

#[test]
fn the_lists_show_what_is_unread_and_what_has_changed() {
    let ends = |desk: &Desk| {
        let (text, list) = (desk.text(), desk.app.layout().lists[List::PlanPoints]);
        let row = text.lines().nth(usize::from(list.y) + 1).unwrap().to_owned();
        row.split('│').nth(1).unwrap().trim_end().chars().next_back().unwrap()
    };
    let mut desk = Desk::new(ferry(), 120, 36);
    assert_eq!(ends(&desk), '•');
    desk.press("r");
    assert!(ends(&desk).is_alphanumeric(), "{}", desk.text());
    let mut briefing = ferry();
    briefing.cards[0].text = Some(Safe::line("More is known."));
    assert_eq!(ends(&reopened(&desk, briefing)), '*');
}

#[test]
fn the_next_unread_card_is_one_key_away_until_there_is_none() {
    let mut desk = Desk::new(ferry(), 120, 36);
    let count: usize = brief::geometry::List::ALL.iter().map(|list| desk.app.list(*list).len()).sum();
    let mut seen = vec![desk.app.place.card.unwrap()];
    for _ in 1..count {
        desk.press("r R");
        let card = desk.app.place.card.unwrap();
        assert!(!seen.contains(&card), "{seen:?} then {card:?}");
        assert_eq!(desk.app.place.pane(), brief::geometry::Pane::List(desk.app.place.list));
        seen.push(card);
    }
    desk.press("R");
    assert_eq!(desk.app.place.card, seen.last().copied(), "it is the only one");
    desk.press("r R");
    assert_eq!(desk.app.note.as_deref(), Some("Every card is read."));
}

#[test]
fn from_source_to_source_each_card_is_read_as_it_comes() {
    let mut desk = Desk::new(ferry(), 120, 36);
    desk.press("5");
    let first = desk.app.place.card.unwrap();
    desk.press("R");
    let second = desk.app.place.card.unwrap();
    assert_ne!(first, second);
    assert_eq!([first, second].map(|card| desk.app.freshness(card)), [Freshness::Read; 2]);
}

#[test]
fn what_is_unread_is_counted_as_it_is_gone_through() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press("t text:school Enter");
    let listed: usize = List::ALL.into_iter().map(|list| desk.app.list(list).len()).sum();
    let said = |desk: &mut Desk| {
        let note = desk.press("C").app.note.clone().unwrap().to_string();
        note.split_once("; ").unwrap().1.to_owned()
    };
    assert_eq!(said(&mut desk), format!("{listed} cards in the lists unread, R goes to the next."));
    for _ in 0..listed {
        desk.press("r R");
    }
    assert_eq!(said(&mut desk), "every card in the lists is read.");
    desk.press("t text:pier Enter");
    assert_eq!(said(&mut desk), "1 card in the lists unread, R goes to the next.");
}

#[test]
fn what_has_changed_since_the_last_time_is_one_key_away() {
    let mut first = Desk::new(ferry(), 80, 24);
    first.press("C");
    assert!(first.app.note.as_deref().unwrap().starts_with("This is the first time"));
    first.press("r");
    let mut same = reopened(&first, ferry());
    same.press("C");
    assert!(same.app.note.as_deref().unwrap().starts_with("Nothing has changed"), "{:?}", same.app.note);

    let mut briefing = ferry();
    briefing.cards[0].text = Some(Safe::line("More is known."));
    let mut new = briefing.cards[1].clone();
    new.id = Safe::line("a-new-card");
    new.title =
        Safe::line("“é—漢🦀” is new, and has so long a title that the line of the list cannot hold it");
    briefing.cards.insert(2, new);
    briefing.derive();
    let mut again = reopened(&first, briefing);
    again.press("C");
    let text = again.text();
    assert!(
        text.contains("2/2") && text.contains("│▌ changed  ") && text.contains("│  new      “é"),
        "{text}"
    );
    again.press("Down Enter");
    assert_eq!(again.app.place.card, Some(Ref::new(2)));
}

#[test]
fn a_mark_leads_back_and_the_list_of_marks_shows_its_words() {
    let mut desk = Desk::new(ferry(), 80, 24);
    desk.press("2 j Enter j j j m a");
    assert_eq!(desk.effect, Effect::Keep(Keep::First));
    let there = desk.app.place.clone();
    let words = desk.app.words_here().to_owned();
    desk.press("1 g t text:school Enter ' a");
    assert_eq!((desk.app.place.card, desk.app.place.pane()), (there.card, there.pane()));
    assert_eq!(desk.app.words_here(), words);
    assert!(matches!(desk.app.place.sight, Sight::Text { .. }));
    desk.press("Ctrl-o");
    assert!(desk.app.place.topic.is_some(), "going to a mark can be undone");

    desk.press("1 m b ' '");
    let text = desk.text();
    assert!(text.contains(words.get(..20).unwrap_or(&words)), "{text}");
    desk.press("Enter");
    assert_eq!(desk.app.words_here(), words);
    desk.press("' z");
    assert_eq!(desk.app.note.as_deref(), Some("There is no mark z; mz sets it."));
    desk.press("m 1");
    assert_eq!(desk.app.memory.marks.len(), 2);
}

#[test]
fn a_mark_whose_card_is_gone_leads_nowhere_and_its_list_says_so() {
    let mut left = Desk::new(ferry(), 120, 36);
    left.press("2 j m a 1 j m b 5 j j m c");
    let mut briefing = ferry();
    let gone = briefing.card_by_id(left.app.memory.marks[&'a'].spot.card.as_deref().unwrap()).unwrap();
    briefing.cards[gone.index()].id = Safe::line("another");
    let mut again = reopened(&left, briefing.clone());
    let before = again.app.place.clone();
    again.press("' a");
    assert_eq!(again.app.note.as_deref(), Some("The card that mark a was on is no longer here."));
    assert!(again.app.place == before && again.app.behind.is_empty(), "nobody is led away");
    again.press("' '");
    let shown = again.text();
    let row = |letter: &str| shown.lines().find(|line| line.contains(&format!("{letter}  "))).unwrap();
    assert!(row("a").contains("no longer here"), "{shown}");
    assert!(!row("b").contains("no longer here") && !row("c").contains("no longer here"), "{shown}");

    // What was marked in a source is there as long as the source is.
    briefing.cards.clear();
    let mut again = reopened(&left, briefing);
    again.press("1 ' c");
    assert_eq!(again.app.words_here(), left.app.words_here());
}

/// A folder for state with the program that uses it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempdir().unwrap())
    }

    fn folder(&self) -> PathBuf {
        self.0.path().join("brief")
    }

    fn command(&self, args: &[&str]) -> CommandBuilder {
        let mut command = brief();
        command.env("XDG_STATE_HOME", self.0.path());
        command.args(args);
        command
    }

    /// A session, once its screen is there.
    fn session(&self, args: &[&str]) -> Pty {
        let pty = Pty::spawn(self.command(args), 120, 36, Status::Answered);
        pty.shows("Plan points");
        pty
    }

    /// The names of the files, sorted, without the lock.
    fn names(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder()) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
        names.sort();
        names
    }

    /// The memory's file, which is there.
    fn file(&self) -> PathBuf {
        let names = self.names();
        self.folder().join(names.iter().find(|name| name.ends_with(".toml")).unwrap())
    }

    fn memory(&self) -> Memory {
        Memory::from_toml(&fs::read_to_string(self.file()).unwrap()).unwrap()
    }

    /// Leaves a mark and a memory behind.
    fn lived_in() -> Self {
        let home = Self::new();
        let mut pty = home.session(&[]);
        pty.press("jma").shows("Mark a").send("q");
        assert!(pty.ends().success());
        home
    }
}

#[test]
fn the_program_remembers_from_one_session_to_the_next() {
    let home = Home::lived_in();
    let memory = home.memory();
    assert_eq!(memory.marks.keys().collect::<Vec<_>>(), [&'a']);
    assert_eq!(memory.last, Some(memory.marks[&'a'].spot.clone()));
    let mut pty = home.session(&[]);
    pty.send("''").shows(&format!("a  {}", memory.marks[&'a'].line.get(..20).unwrap())).send("\r").send("Q");
    assert!(pty.ends().success());
    let topic = home.session(&["--topic", "guarantees"]);
    topic.shows("topic: ");
}

#[test]
fn the_place_outlives_signals_and_lost_connections() {
    for signal in [Some(Signal::HUP), Some(Signal::TERM), Some(Signal::INT), None] {
        let home = Home::lived_in();
        let before = home.memory().last.unwrap();
        let mut pty = home.session(&[]);
        pty.send("2").shows("4 Reaction");
        match signal {
            Some(signal) => drop(pty.signal(signal)),
            None => pty.hang_up(),
        }
        pty.ends();
        let after = home.memory().last.unwrap();
        assert_ne!(after.card, before.card, "{signal:?}");
    }
}

/// What is said of a mark that nothing keeps.
const MARK_B_FOR_NOW: &str = "Mark b is here now; 'b comes back to it. This is for this session only.";

#[test]
fn a_second_reader_writes_nothing_and_says_so() {
    let home = Home::lived_in();
    let mut first = home.session(&[]);
    let mut second = home.session(&[]);
    let who = format!("another reader has this briefing open (process {} on pts/", first.pid());
    second.shows(&who).press("mb").shows(MARK_B_FOR_NOW);
    second.press("r").shows(" This is for this session only.").send("q");
    assert!(second.ends().success());
    assert!(!home.memory().marks.contains_key(&'b'));
    first.press("mc").shows("Mark c is here now; 'c comes back to it.");
    assert!(!first.look(|output| output.shows("for this session only")));
    first.send("q");
    assert!(first.ends().success());
    assert_eq!(home.memory().marks.keys().collect::<Vec<_>>(), [&'a', &'c']);
}

/// What is said of a mark that is kept: the line ends there.
fn says_kept(pty: &Pty, letter: char) {
    let words = format!("Mark {letter} is here now; '{letter} comes back to it.");
    pty.until(&words, |output| output.text().lines().any(|line| line.trim_end().ends_with(&words)));
}

#[test]
fn a_second_reader_keeps_what_it_made_once_the_first_has_gone() {
    let home = Home::lived_in();
    let mut first = home.session(&[]);
    let mut second = home.session(&[]);
    second.shows("Nothing of this session is kept for now: another reader").press("mb").shows(MARK_B_FOR_NOW);
    first.press("jma").shows("Mark a").press("mc").shows("Mark c").send("Q");
    assert!(first.ends().success());
    let moved = home.memory().marks[&'a'].clone();
    says_kept(second.press("jjmd"), 'd');
    let marks = home.memory().marks;
    assert_eq!(marks.keys().collect::<String>(), "abcd");
    assert_eq!(marks[&'a'], moved);
    second.send("Q");
    assert!(second.ends().success());
    assert_eq!(home.memory().marks, marks);
}

#[test]
fn two_readers_never_both_hold_the_memory_whatever_was_taken_away() {
    let home = Home::lived_in();
    let mut first = home.session(&[]);
    fs::remove_dir_all(home.folder()).unwrap();
    let mut second = home.session(&[]);
    says_kept(second.press("jmb"), 'b');
    first.press("mc").shows("This cannot be kept for now: another reader has this briefing open");
    first.press("md").shows("This is for this session only.");
    second.send("Q");
    assert!(second.ends().success());
    says_kept(first.press("me"), 'e');
    assert_eq!(home.memory().marks.keys().collect::<String>(), "abcde");
    first.send("Q");
    assert!(first.ends().success());
}

#[test]
fn a_folder_that_was_taken_away_is_made_again_and_held() {
    let home = Home::lived_in();
    let mut pty = home.session(&[]);
    fs::remove_dir_all(home.0.path()).unwrap();
    says_kept(pty.press("mb"), 'b');
    assert_eq!(home.memory().marks.keys().collect::<String>(), "ab");
    home.session(&[]).shows("another reader has this briefing open");
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn what_stands_in_the_way_is_told_and_once_it_is_gone_all_is_kept() {
    let home = Home::lived_in();
    let name = home.file().file_name().unwrap().to_str().unwrap().to_owned();
    let way = home.folder().join(format!("{name}.new"));
    fs::create_dir(&way).unwrap();
    let mut pty = home.session(&[]);
    let told = format!("This cannot be kept for now: something else stands where {name} is written.");
    pty.press("mc").shows(&told).press("mb").shows(MARK_B_FOR_NOW);
    fs::remove_dir(&way).unwrap();
    says_kept(pty.press("md"), 'd');
    assert_eq!(home.memory().marks.keys().collect::<String>(), "abcd");
    pty.send("Q");
    assert!(pty.ends().success());
}

#[test]
fn with_no_state_nothing_is_read_and_nothing_written() {
    let home = Home::new();
    let mut pty = home.session(&["--no-state"]);
    pty.shows("Nothing of this session will be remembered").press("mb").shows(MARK_B_FOR_NOW).send("q");
    assert!(pty.ends().success());
    assert!(!home.folder().exists());
}

#[test]
fn without_a_folder_to_write_to_the_reader_opens_and_says_so() {
    let home = tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    for folder in [Path::new("/proc/nowhere"), &file] {
        let mut command = brief();
        command.env("HOME", folder);
        command.env_remove("XDG_STATE_HOME");
        let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
        pty.shows("Nothing of this session is kept for now: cannot write")
            .press("mb")
            .shows(MARK_B_FOR_NOW)
            .send("q");
        assert!(pty.ends().success());
    }
}

#[test]
fn on_a_full_disk_the_old_memory_stays_and_the_reader_is_told_once() {
    let home = Home::lived_in();
    let old = fs::read(home.file()).unwrap();
    // A limit of no bytes a file fails a write as a full disk does.
    let mut command = program(Path::new("/bin/sh"));
    command.env("XDG_STATE_HOME", home.0.path());
    command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\"", env!("CARGO_BIN_EXE_brief")]);
    let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
    pty.shows("Plan points")
        .press("mc")
        .shows("This cannot be kept for now")
        .press("mb")
        .shows(MARK_B_FOR_NOW)
        .send("Q");
    pty.ends();
    pty.is_given_back().shows("this session could not be remembered");
    assert_eq!(fs::read(home.file()).unwrap(), old);
    assert_eq!(home.names().len(), 1, "{:?}", home.names());
}

/// What may have become of the file, in a word, and how.
type Damage<'a> = (&'a str, &'a dyn Fn(&Path));

#[test]
fn whatever_is_damaged_is_set_aside_and_the_reader_opens() {
    let whole = fs::read(Home::lived_in().file()).unwrap();
    let damages: [Damage<'_>; 13] = [
        ("emptied", &|file| fs::write(file, "").unwrap()),
        ("cut", &|file| fs::write(file, &whole[..whole.len() / 2]).unwrap()),
        ("cut before its last line", &|file| fs::write(file, &whole[..whole.len() - 6]).unwrap()),
        ("random", &|file| fs::write(file, random(4096)).unwrap()),
        ("zeros", &|file| fs::write(file, [0; 4096]).unwrap()),
        ("one byte not UTF-8", &|file| fs::write(file, [&whole[..], b"\xff"].concat()).unwrap()),
        ("another schema", &|file| fs::write(file, "schema = 99\n# end\n").unwrap()),
        ("20 MB", &|file| fs::write(file, "# é—漢🦀\n".repeat(1 << 20)).unwrap()),
        ("a folder", &|file| fs::create_dir_all(file.join("in/it")).unwrap()),
        ("a fifo", &|file| put_pipe(file)),
        ("a link", &|file| symlink("/dev/zero", file).unwrap()),
        ("a link to a sound one", &|file| {
            fs::write(file.with_extension("sound"), &whole).unwrap();
            symlink(file.with_extension("sound"), file).unwrap();
        }),
        ("a socket", &|file| drop(std::os::unix::net::UnixListener::bind(file).unwrap())),
    ];
    for (what, damage) in damages {
        let home = Home::lived_in();
        let (file, bad) = (home.file(), PathBuf::from(format!("{}.bad", home.file().display())));
        fs::write(&bad, "an older one").unwrap();
        fs::remove_file(&file).unwrap();
        damage(&file);
        let mut pty = home.session(&[]);
        pty.shows("is damaged").press("mb").shows("Mark b").send("q");
        assert!(pty.ends().success(), "{what}");
        assert_eq!(home.memory().marks.keys().collect::<Vec<_>>(), [&'b'], "{what}");
        assert_eq!(fs::read(&bad).unwrap(), b"an older one", "{what}");
        let aside = PathBuf::from(format!("{}.1", bad.display()));
        assert!(fs::symlink_metadata(aside).is_ok(), "{what}: {:?}", home.names());
    }
}

#[test]
fn a_terminal_that_shows_no_screen_leaves_what_is_remembered_alone() {
    let damaged = Home::lived_in();
    fs::write(damaged.file(), "é—漢🦀").unwrap();
    let dumb = |home: &Home| {
        let mut command = home.command(&[]);
        command.env("TERM", "dumb");
        assert!(Pty::spawn(command, 120, 36, Status::Ignored).ends().success());
    };
    let names = damaged.names();
    dumb(&damaged);
    assert_eq!(damaged.names(), names, "the reader sets it aside, who can say so");
    damaged.session(&[]).shows("What was remembered is damaged");

    let new = Home::new();
    dumb(&new);
    assert!(!new.folder().exists());
}

/// Two hundred marks, each on a card of its own: the keys that go to the next card and mark it, the letter,
/// the card. The letters come round again and again.
fn two_hundred_marks() -> Vec<(String, char, Ref<Card>)> {
    let app = App::new(shipped(), Size { columns: 120, rows: 36 });
    let steps = List::ALL.into_iter().flat_map(|list| {
        let cards = app.list(list).to_vec();
        let step = move |at| if at == 0 { format!("{}g", list.index() + 1) } else { String::from("j") };
        cards.into_iter().enumerate().map(move |(at, card)| (step(at), card))
    });
    let marks = steps.zip(('a'..='z').cycle()).take(200);
    marks.map(|((step, card), letter)| (format!("{step}m{letter}"), letter, card)).collect()
}

#[test]
fn killed_at_any_moment_of_two_hundred_marks_every_mark_that_was_seen_is_kept() {
    let (briefing, marks) = (shipped(), two_hundred_marks());
    assert_eq!(marks.len(), 200);
    // Which marks the screen says there are: all up to the one whose letter and card it shows.
    let seen = |output: &Shown| {
        let text = output.text();
        marks.iter().rposition(|(_, letter, card)| {
            let title = &briefing[*card].title;
            let line = title.get(..title.len().min(40)).unwrap_or(title);
            text.contains(&format!("Mark {letter} is here now")) && text.contains(&format!("│  {line}"))
        })
    };
    for moment in random(10) {
        let home = Home::lived_in();
        let mut pty = home.session(&[]);
        // Some as fast as they are answered, the rest all at once.
        let (answered, rest) = marks.split_at(usize::from(moment) * marks.len() / 256);
        for (keys, ..) in answered {
            pty.press(keys);
        }
        for (keys, ..) in rest {
            pty.send(keys);
        }
        if let Some(last) = answered.len().checked_sub(1) {
            pty.until("the last that was answered", |output| seen(output) >= Some(last));
        }
        let last = pty.look(seen);
        pty.signal(Signal::KILL);
        pty.ends();
        let last = last.max(pty.look(seen));
        let memory = home.memory();
        for letter in 'a'..='z' {
            let at = |mark: &Mark| {
                let id = mark.spot.card.as_deref();
                marks
                    .iter()
                    .rposition(|(_, other, card)| *other == letter && Some(&*briefing[*card].id) == id)
            };
            let wanted =
                last.and_then(|last| marks[..=last].iter().rposition(|(_, other, _)| *other == letter));
            let kept = memory.marks.get(&letter).and_then(at);
            assert!(kept >= wanted, "{letter}: {kept:?} of {wanted:?} when {last:?} was seen");
        }
        assert!(home.names().iter().all(|name| !name.contains(".bad")), "{:?}", home.names());
        let mut again = home.session(&[]);
        assert!(!again.look(|output| output.shows("remembered is damaged")));
        again.send("Q");
        assert!(again.ends().success());
        assert_eq!(home.names().len(), 1, "nothing is left lying about: {:?}", home.names());
    }
}

#[test]
fn what_has_changed_is_listed_without_a_screen() {
    let home = Home::new();
    let library = home.0.path().join("library");
    put_ferry(&library);
    let list = |args: &[&str]| -> Output {
        let mut command = printing::brief(args);
        command.env("XDG_STATE_HOME", home.0.path()).arg("--library").arg(&library).output().unwrap()
    };
    let all = ["list", "changes"];
    let changes = |args: &[&str]| {
        let output = list(args);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(changes(&all), "", "it was never read");
    let mut pty = home.session(&["--library", library.to_str().unwrap()]);
    pty.press("r").shows("This card is read").send("q");
    assert!(pty.ends().success());
    assert_eq!(changes(&all), "");

    let file = library.join("briefings/ferry/plan-points.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("winter fare", "winter—é漢🦀 fare", 1)).unwrap();
    let listed = changes(&all);
    assert!(listed.contains("  changed  plan point  ") && listed.lines().count() == 1, "{listed}");
    assert!(changes(&["list", "changes", "--json"]).contains("\"change\": \"changed\""));
    let forgetful = ["--no-state", "list", "changes"];
    assert_eq!(changes(&forgetful), "", "as where nothing is remembered");
    fs::write(home.file(), "é—漢🦀").unwrap();
    let refused = list(&all);
    assert_eq!(refused.status.code(), Some(2));
    let told = format!(
        "brief: {}: what was remembered is damaged: it is not as brief writes it; \
         the reader sets it aside when it opens\n",
        home.file().display()
    );
    assert_eq!(String::from_utf8(refused.stderr).unwrap(), told);
    assert_eq!(changes(&forgetful), "");
    assert_eq!(home.names().len(), 1, "nothing is set aside by looking");
}

/// Bytes without a pattern, the same each time.
fn random(count: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let next = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[0]
    };
    (0..count).map(next).collect()
}
