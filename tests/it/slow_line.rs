//! A key held over a slow line: a relay between the reader and the terminal that carries so many bytes a tick,
//! delays both ways, and keeps whatever waits. Bytes are counted, not seconds.

use std::collections::VecDeque;
use std::thread;
use std::time::Duration;

use crate::pty::{Output, Pty, Status, brief};

/// How long a tick is: keys repeat thirty times a second.
const TICK: Duration = Duration::from_millis(33);
/// So many ticks the key is held.
const HELD: usize = 60;
/// So many ticks the last frame is waited for, on a machine that has much else to do.
const MOST: usize = 2_000;

/// Whether the terminal answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminal {
    Answers,
    IsDumb,
}

/// A line: the bytes that it carries in a tick, and the ticks that each is on its way.
struct Line {
    bytes: usize,
    delay: usize,
}

impl Line {
    /// Holds `key`, and carries until nothing waits and `is_last` knows the last frame. Gives the most bytes that
    /// ever waited.
    fn hold(&self, pty: &Pty, key: &str, terminal: Terminal, is_last: impl Fn(&Output) -> bool) -> usize {
        let (mut carried, mut asked, mut most) = (pty.look(|output| output.bytes.len()), 0, 0);
        let first = carried;
        // When the keys reach the reader, and when the answers do.
        let mut keys: VecDeque<usize> = (self.delay..self.delay + HELD).collect();
        let mut answers: VecDeque<usize> = VecDeque::new();
        for tick in 0.. {
            for (due, bytes) in [(&mut keys, key), (&mut answers, "\x1b[0n")] {
                while due.front().is_some_and(|&at| at <= tick) {
                    due.pop_front();
                    pty.send(bytes);
                }
            }
            thread::sleep(TICK);
            let come = pty.look(|output| output.bytes.len());
            most = most.max(come - carried);
            carried = come.min(carried + self.bytes);
            let questions = pty.look(|output| questions(&output.bytes[first..carried]));
            let new = if terminal == Terminal::Answers { questions - asked } else { 0 };
            answers.extend(std::iter::repeat_n(tick + 2 * self.delay, new));
            asked = questions;
            let is_quiet = keys.is_empty() && answers.is_empty() && carried == come;
            if is_quiet && tick > HELD + 4 * self.delay + 40 && pty.look(&is_last) {
                break;
            }
            assert!(tick < MOST, "the last frame never came; the screen:\n{}", pty.look(Output::text));
        }
        most
    }
}

fn questions(bytes: &[u8]) -> usize {
    bytes.windows(4).filter(|four| four == b"\x1b[5n").count()
}

fn opened() -> Pty {
    let pty = Pty::spawn(brief(), 120, 40, Status::Ignored);
    pty.shows("Plan points");
    pty
}

/// A reader who pressed the key as often one by one, and the most bytes that one key sent.
fn one_by_one() -> (Pty, usize) {
    let pty = opened();
    let mut most = 0;
    for _ in 0..HELD {
        let before = pty.look(|output| output.bytes.len());
        pty.press("j");
        most = most.max(pty.look(|output| output.bytes.len()) - before);
    }
    (pty, most)
}

#[test]
fn of_a_key_held_over_a_slow_line_no_more_than_two_frames_wait() {
    let (other, frame) = one_by_one();
    // On these the first answer comes well within the second that it is waited for.
    for (bytes, delay) in [(320, 3), (960, 3), (1920, 6)] {
        let line = Line { bytes, delay };
        let pty = opened();
        let most =
            line.hold(&pty, "j", Terminal::Answers, |output| output.text() == other.look(Output::text));
        assert!(most <= 2 * frame + 64, "{most} bytes waited where a frame has {frame}");
    }
}

#[test]
fn what_paints_the_screen_anew_or_leaves_it_waits_too() {
    // Painted anew; copied; shown on the plain screen, and back.
    for keys in ["\x0c", "yc", "pc "] {
        let most = Line { bytes: 960, delay: 3 }.hold(&opened(), keys, Terminal::Answers, |_| true);
        assert!(most <= 4 * 120 * 40, "{most} bytes waited for {keys:?}, which are more than four screens");
    }
}

#[test]
fn a_terminal_that_does_not_answer_gets_every_frame() {
    let (other, frame) = one_by_one();
    let (pty, line) = (opened(), Line { bytes: 320, delay: 3 });
    line.hold(&pty, "j", Terminal::IsDumb, |output| output.text() == other.look(Output::text));
    // By now no answer is expected any more.
    let most = line.hold(&pty, "k", Terminal::IsDumb, |_| true);
    assert!(most > 4 * frame, "{most} bytes waited where a frame has {frame}");
}

/// What stands left of the card's frame, and the rest, row by row.
fn halves(output: &Output) -> (Vec<String>, Vec<String>) {
    let cut = |line: &str| {
        let columns = line.char_indices().nth(45).map_or(line.len(), |(at, _)| at);
        (line[..columns].to_owned(), line[columns..].to_owned())
    };
    output.text().lines().map(cut).unzip()
}

#[test]
fn where_answers_take_long_a_held_key_moves_the_list_before_the_card_follows() {
    let other = opened();
    let mut whole = vec![other.look(halves)];
    whole.extend((0..HELD).map(|_| other.press("j").look(halves)));
    let is_whole = |output: &Output| whole.contains(&halves(output));

    let pty = Pty::spawn(brief(), 120, 40, Status::AnsweredLate(Duration::from_millis(400)));
    pty.shows("Plan points");
    let is_ahead = |output: &Output| {
        let (list, _) = halves(output);
        whole.iter().any(|(known, _)| *known == list) && !is_whole(output)
    };
    let mut keys = (0..MOST).map(|n| if (n / HELD).is_multiple_of(2) { "j" } else { "k" });
    let went_ahead = keys.any(|key| {
        pty.send(key);
        thread::sleep(TICK);
        pty.look(is_ahead)
    });
    assert!(went_ahead, "the list and the card always moved together");
    pty.until("the card that is chosen", is_whole);
}
