//! One frame on the way: on a slow line the next one waits until the terminal has taken the last.
//!
//! A held key over a slow line makes frames faster than the line carries them, and they queue for
//! seconds after the key is let go. So after a frame that follows hard upon others the terminal is asked for
//! its status ([`QUESTION`]), and until it answers no frame is drawn. Small frames, as of a text that moves on by
//! a row, are drawn while few of their bytes are unseen: to wait for each would take longer than the line does.
//! A single key pays nothing; a terminal that has never answered is asked once.

use std::collections::VecDeque;
use std::mem;
use std::time::{Duration, Instant};

/// Device Status Report, ECMA-48 8.3.35: every terminal since the VT100 answers `ESC [ 0 n`.
pub(super) const QUESTION: &[u8] = b"\x1b[5n";

/// Frames further apart than this do not queue, for any line worth the name.
const HARD_UPON: Duration = Duration::from_millis(200);
/// Frames in a row that are sent without a question.
const FREE_FRAMES: u32 = 1;
/// Bytes that may be unseen without a question.
const FREE_BYTES: usize = 512;
/// Bytes that may be unseen when a frame is drawn: what a key that repeats thirty times a second makes of a row of
/// text within the fifth of a second that a line to the other side of the world takes for an answer.
const MOST_BYTES: usize = 768;
/// Bytes behind a question that are not worth another.
const FEW_BYTES: usize = 128;
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is on the way, and whether the terminal answers.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The questions that no answer has come to: how many bytes were sent up to each, behind the one before.
    out: VecDeque<usize>,
    /// Until when their answers may come.
    expected: Option<Instant>,
    /// The bytes that were sent behind the last question.
    behind: usize,
    /// When the last frame was sent, or one was seen.
    last: Option<Instant>,
    frames: u32,
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
            (self.frames, self.behind) = (0, 0);
        }
        self.last = Some(now);
        self.frames += 1;
        self.behind += bytes;
        let ask = self.answers != Answers::No
            && self.frames > FREE_FRAMES
            && self.behind > FEW_BYTES
            && self.unseen() > FREE_BYTES;
        if ask {
            self.out.push_back(mem::take(&mut self.behind));
            self.expected = Some(now + PATIENCE);
        }
        ask
    }

    /// The terminal answered at `now`: it has seen what was sent up to a question, so what follows soon follows hard
    /// upon that, however long the line took.
    pub fn answered(&mut self, now: Instant) {
        self.answers = Answers::Yes;
        self.out.pop_front();
        if self.out.is_empty() {
            self.expected = None;
        }
        self.last = Some(now);
    }

    /// Until when no frame may be drawn, if that is not over at `now`.
    pub fn held_until(&mut self, now: Instant) -> Option<Instant> {
        if self.expected.is_some_and(|end| end <= now) {
            self.expected = None;
            self.out.clear();
            if self.answers == Answers::Unknown {
                self.answers = Answers::No;
            }
        }
        self.expected.filter(|_| self.unseen() > MOST_BYTES)
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
        self.out.iter_mut().for_each(|bytes| *bytes = 0);
        self.behind = 0;
    }

    /// The bytes that were sent, as far as no answer says that they were seen.
    fn unseen(&self) -> usize {
        self.out.iter().sum::<usize>() + self.behind
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
                if flow.ask_after(line.bytes, at(now)) {
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
        /// The bytes of a frame.
        bytes: usize,
        /// How long the line takes for them.
        frame: u64,
        /// How often the key repeats.
        repeat: u64,
    }

    #[test]
    fn of_a_held_key_one_frame_at_the_most_is_on_the_way_unseen() {
        for (delay, frame) in [(100, 300), (100, 30), (300, 100), (5, 500), (0, 1)] {
            let line = Line { delay, bytes: 3000, frame, repeat: 33 };
            let (most, lag) = held_over(&line, 4000);
            assert!(most <= 1, "{most} with {delay} ms and {frame} ms a frame");
            // The frame on the way, its answer, and the last frame.
            let least = 4 * delay + 2 * frame + 2 * line.repeat;
            assert!(lag <= least, "{lag} ms of {least} with {delay} ms and {frame} ms a frame");
        }
    }

    #[test]
    fn small_frames_of_a_held_key_wait_for_no_answer_that_the_line_is_quicker_than() {
        let line = Line { delay: 100, bytes: 115, frame: 12, repeat: 33 };
        for milliseconds in (1500..3000).step_by(37) {
            let (most, lag) = held_over(&line, milliseconds);
            assert!(most * line.bytes <= MOST_BYTES + line.bytes, "{most} after {milliseconds} ms");
            // A key's way and its frame's, and a repeat that this waited for.
            let least = 2 * line.delay + line.frame + line.repeat;
            assert!(lag <= least, "{lag} ms of {least} after {milliseconds} ms");
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
