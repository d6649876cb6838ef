//! One frame on the way: on a slow line the next one waits until the terminal has taken the last.
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
const FREE_FRAMES: u32 = 1;
/// Bytes that are sent without a question.
const FREE_BYTES: usize = 512;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is on the way, and whether the terminal answers.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Until when frames wait for an answer.
    held: Option<Instant>,
    /// How many answers have not come.
    out: u32,
    /// Until when they may.
    expected: Option<Instant>,
    /// When the last frame was sent, or was seen.
    last: Option<Instant>,
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
        if self.last.is_none_or(|last| now.duration_since(last) > HARD_UPON) {
            (self.frames, self.bytes) = (0, 0);
        }
        self.last = Some(now);
        self.frames += 1;
        self.bytes += bytes;
        let ask = self.answers != Answers::No && self.frames > FREE_FRAMES && self.bytes > FREE_BYTES;
        if ask {
            self.out += 1;
            self.expected = Some(now + PATIENCE);
            self.held = self.expected;
        }
        ask
    }

    /// The terminal answered at `now`. Where this was the last answer to come it has seen the last frame, so
    /// what follows soon follows hard upon it, however long the line took.
    pub fn answered(&mut self, now: Instant) {
        self.answers = Answers::Yes;
        self.out = self.out.saturating_sub(1);
        if self.out == 0 {
            (self.held, self.expected) = (None, None);
            self.bytes = 0;
            self.last = Some(now);
        }
    }

    /// Until when no frame may be drawn, if that is not over at `now`.
    pub fn held_until(&mut self, now: Instant) -> Option<Instant> {
        if self.expected.is_some_and(|end| end <= now) {
            (self.held, self.expected, self.out) = (None, None, 0);
            if self.answers == Answers::Unknown {
                self.answers = Answers::No;
            }
        }
        self.held
    }

    /// Until when an answer is worth waiting for, by one who began to wait at `start` with nothing else to do.
    pub fn expected_until(&self, start: Instant) -> Option<Instant> {
        match self.answers {
            Answers::Yes => self.expected,
            Answers::Unknown => self.expected.map(|end| end.min(start + HARD_UPON)),
            Answers::No => None,
        }
    }

    /// Lets the next frame pass, as what was sent may have been lost; an answer may still come.
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
    fn a_held_key_is_asked_about_from_its_second_frame() {
        assert_eq!(asked(&mut Flow::default(), 4, 30, 3000), [1, 2, 3]);
    }

    /// A key held over a line in virtual time: how many frames were on the way unseen at the most once the
    /// terminal had answered, and by how many milliseconds the last frame came after the key was let go.
    fn held_over(line: &Line, milliseconds: u64) -> (usize, u64) {
        let (mut flow, begun) = (Flow::default(), Instant::now());
        let at = |time: u64| begun + Duration::from_millis(time);
        // When the line is free, when each frame is seen, and when each answer comes.
        let (mut free, mut seen, mut answers) = (0, Vec::<u64>::new(), Vec::<u64>::new());
        let (mut wanted, mut most, mut answered) = (false, 0, false);
        let mut now = 0;
        loop {
            let key = now >= line.delay && (now - line.delay).is_multiple_of(line.repeat);
            wanted |= key && now < milliseconds + line.delay;
            if answers.contains(&now) {
                flow.answered(at(now));
                answered = true;
            }
            if wanted && flow.held_until(at(now)).is_none() {
                wanted = false;
                free = free.max(now) + line.frame;
                seen.push(free + line.delay);
                if flow.ask_after(3000, at(now)) {
                    answers.push(free + 2 * line.delay);
                }
                if answered {
                    most = most.max(seen.iter().filter(|&&seen| seen > now).count());
                }
            }
            now += 1;
            if now > milliseconds + line.delay && !wanted {
                let last = seen.last().copied().unwrap_or_default();
                return (most, last.saturating_sub(milliseconds));
            }
        }
    }

    /// A line, in milliseconds.
    struct Line {
        /// How long a byte is on its way, each way.
        delay: u64,
        /// How long the line takes for a frame.
        frame: u64,
        /// How often the key repeats.
        repeat: u64,
    }

    #[test]
    fn of_a_held_key_one_frame_at_the_most_is_on_the_way_unseen() {
        for (delay, frame) in [(100, 300), (100, 30), (300, 100), (5, 500), (0, 1)] {
            let line = Line { delay, frame, repeat: 33 };
            let (most, lag) = held_over(&line, 4000);
            assert!(most <= 1, "{most} with {delay} ms and {frame} ms a frame");
            // The frame on the way, its answer, and the last frame.
            let least = 4 * delay + 2 * frame + 2 * line.repeat;
            assert!(lag <= least, "{lag} ms of {least} with {delay} ms and {frame} ms a frame");
        }
    }

    #[test]
    fn frames_wait_for_the_answer_and_no_longer_than_a_second() {
        let (mut flow, now) = (Flow::default(), Instant::now());
        asked(&mut flow, 2, 0, 3000);
        assert!(flow.held_until(now).is_some());
        flow.answered(now);
        assert_eq!(flow.held_until(now), None);
        asked(&mut flow, 3, 0, 3000);
        assert!(flow.held_until(now).is_some());
        assert_eq!(flow.held_until(now + 2 * PATIENCE), None);
        assert!(!asked(&mut flow, 3, 0, 3000).is_empty(), "it has answered before");
    }

    #[test]
    fn a_frame_that_does_not_wait_for_the_answer_does_not_make_it_unexpected() {
        let (mut flow, now) = (Flow::default(), Instant::now());
        flow.answered(now);
        asked(&mut flow, 2, 0, 3000);
        flow.release();
        assert_eq!(flow.held_until(now), None);
        assert!(flow.expected_until(now).is_some());
        asked(&mut flow, 1, 0, 3000);
        flow.answered(now);
        assert!(flow.held_until(now).is_some() && flow.expected_until(now).is_some(), "the second is out");
        flow.answered(now);
        assert_eq!((flow.held_until(now), flow.expected_until(now)), (None, None));
        asked(&mut flow, 2, 0, 3000);
        flow.release();
        assert_eq!(flow.held_until(now + 2 * PATIENCE), None);
        assert_eq!(flow.expected_until(now), None, "it never came");
    }

    #[test]
    fn a_terminal_that_never_answered_is_asked_once() {
        let mut flow = Flow::default();
        assert_eq!(asked(&mut flow, 2, 0, 3000), [1]);
        assert_eq!(flow.held_until(Instant::now() + 2 * PATIENCE), None);
        assert_eq!(asked(&mut flow, 9, 0, 3000), [0; 0]);
    }
}
