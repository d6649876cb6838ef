//! At most a frame or two on the way: on a slow line the next one waits until the terminal has taken the last.
//!
//! A held key over a slow line makes frames faster than the line carries them, and they queue for
//! seconds after the key is let go. So after a frame that follows hard upon others the terminal is asked for
//! its status ([`QUESTION`]), and until it answers no frame is drawn. A single key pays nothing;
//! a terminal that has never answered is asked once.

use std::time::{Duration, Instant};

/// Device Status Report, ECMA-48 8.3.35: every terminal since the VT100 answers `ESC [ 0 n`.
pub(super) const QUESTION: &[u8] = b"\x1b[5n";

/// Frames further apart than this do not queue, for any line worth the name.
const HARD_UPON: Duration = Duration::from_millis(200);
/// Frames in a row that are sent without a question.
const FREE_FRAMES: u32 = 2;
/// Bytes that are sent without a question.
const FREE_BYTES: usize = 512;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is on the way, and whether the terminal answers.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Until when frames wait for an answer.
    held: Option<Instant>,
    last_frame: Option<Instant>,
    frames: u32,
    bytes: usize,
    answers: Answers,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Answers {
    /// Nobody asked yet.
    #[default]
    Unknown,
    Yes,
    No,
}

impl Flow {
    /// Whether the question should follow a frame of `bytes` sent at `now`; it is then awaited.
    pub fn ask_after(&mut self, bytes: usize, now: Instant) -> bool {
        if self.last_frame.is_none_or(|last| now.duration_since(last) > HARD_UPON) {
            (self.frames, self.bytes) = (0, 0);
        }
        self.last_frame = Some(now);
        self.frames += 1;
        self.bytes += bytes;
        let ask = self.answers != Answers::No && self.frames > FREE_FRAMES && self.bytes > FREE_BYTES;
        if ask {
            self.held = Some(now + PATIENCE);
        }
        ask
    }

    /// The terminal answered.
    pub fn answered(&mut self) {
        self.answers = Answers::Yes;
        self.held = None;
        self.bytes = 0;
    }

    /// Until when no frame may be drawn, if that is not over at `now`.
    pub fn held_until(&mut self, now: Instant) -> Option<Instant> {
        if self.held.is_some_and(|end| end <= now) {
            self.held = None;
            if self.answers == Answers::Unknown {
                self.answers = Answers::No;
            }
        }
        self.held
    }

    /// Until when an answer is worth waiting for, by one who began to wait at `start` with nothing else to do.
    pub fn expected_until(&self, start: Instant) -> Option<Instant> {
        match self.answers {
            Answers::Yes => self.held,
            Answers::Unknown => self.held.map(|end| end.min(start + HARD_UPON)),
            Answers::No => None,
        }
    }

    /// Forgets the question that is out, when what was sent may have been lost.
    pub fn release(&mut self) {
        self.held = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends a frame of `bytes` each `every` milliseconds; the numbers of those a question follows.
    fn asked(flow: &mut Flow, frames: usize, every: u64, bytes: usize) -> Vec<usize> {
        let start = Instant::now();
        (0..frames)
            .filter(|&n| {
                flow.ask_after(bytes, start + Duration::from_millis(every) * u32::try_from(n).unwrap_or(0))
            })
            .collect()
    }

    #[test]
    fn single_keys_and_small_frames_are_never_asked_about() {
        assert_eq!(asked(&mut Flow::default(), 20, 300, 9000), [0; 0]);
        assert_eq!(asked(&mut Flow::default(), 20, 30, 20), [0; 0]);
    }

    #[test]
    fn a_held_key_is_asked_about_from_its_third_frame() {
        assert_eq!(asked(&mut Flow::default(), 4, 30, 3000), [2, 3]);
    }

    #[test]
    fn frames_wait_for_the_answer_and_no_longer_than_a_second() {
        let (mut flow, now) = (Flow::default(), Instant::now());
        asked(&mut flow, 3, 0, 3000);
        assert!(flow.held_until(now).is_some());
        flow.answered();
        assert_eq!(flow.held_until(now), None);
        asked(&mut flow, 3, 0, 3000);
        assert!(flow.held_until(now).is_some());
        assert_eq!(flow.held_until(now + 2 * PATIENCE), None);
        assert!(!asked(&mut flow, 3, 0, 3000).is_empty(), "it has answered before");
    }

    #[test]
    fn a_terminal_that_never_answered_is_asked_once() {
        let mut flow = Flow::default();
        assert_eq!(asked(&mut flow, 3, 0, 3000), [2]);
        assert_eq!(flow.held_until(Instant::now() + 2 * PATIENCE), None);
        assert_eq!(asked(&mut flow, 9, 0, 3000), [0; 0]);
    }
}
