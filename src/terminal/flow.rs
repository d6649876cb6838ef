//! One frame on the way: on a slow line the next one waits until the terminal has taken the last.
//!
//! A held key over a slow line makes frames faster than the line carries them, and they queue for
//! seconds after the key is let go. So after a frame that follows hard upon others the terminal is asked for
//! its status ([`QUESTION`]), and until it answers no frame is drawn. Small frames, as of a text that moves on by
//! a row, are drawn while few of their bytes are unseen: to wait for each would take longer than the line does.
//! Frames of slower keys wait once more are unseen than the slowest of lines may have left.
//! A single key pays nothing. A terminal that does not answer gets every frame, until it answers after all.

use std::collections::VecDeque;
use std::mem;
use std::time::{Duration, Instant};

/// Device Status Report, ECMA-48 8.3.35: every terminal since the VT100 answers `ESC [ 0 n`.
pub(super) const QUESTION: &[u8] = b"\x1b[5n";

/// Keys further apart than this are not held.
const HARD_UPON: Duration = Duration::from_millis(200);
/// Bytes that may be unseen without a question.
const FREE_BYTES: usize = 512;
/// Bytes that may be unseen when a frame is drawn: what a key that repeats thirty times a second makes of a row of
/// text within the fifth of a second that a line to the other side of the world takes for an answer.
const MOST_BYTES: usize = 768;
/// The same two for keys that are not held: three frames, and four.
const FREE_APART: usize = 8 * 1024;
const MOST_APART: usize = 12 * 1024;
/// Bytes behind a question that are not worth another.
const FEW_BYTES: usize = 128;
/// Bytes a millisecond that any line carries between keys that are not held.
const SLOWEST: usize = 2;
/// How long frames wait for the first answer of a terminal. None is asked for again until it has come.
const PATIENCE: Duration = Duration::from_secs(1);
/// Bytes a millisecond that are sent from then on, as long as it may still come.
const DOUBTED: usize = 10;
/// How long an answer may take, and frames wait for those of a terminal that has answered.
const TRUST: Duration = Duration::from_secs(3);
/// Waits in vain, one after another, until such a terminal is taken for one that answers no more.
const IN_VAIN: u32 = 3;

/// What is on the way, and whether the terminal answers.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The questions that no answer has come to: how many bytes were sent up to each, behind the one before.
    out: VecDeque<usize>,
    /// When the last of them was asked or answered, as long as one is out.
    heard: Option<Instant>,
    /// The bytes that were sent behind the last question.
    behind: usize,
    /// When bytes were sent last.
    sent: Option<Instant>,
    /// When a frame was wanted last, but for the first, which no key makes.
    wanted: Option<Instant>,
    /// Whether frames are wanted hard upon each other, as by a key that is held.
    quick: bool,
    /// A frame was wanted and not drawn.
    owed: bool,
    answers: Answers,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Answers {
    /// It was not asked, or a while ago at the most.
    #[default]
    Unknown,
    /// It has answered; so many answers in a row were then waited for in vain.
    Yes { in_vain: u32 },
    /// It does not, or no longer.
    No,
}

impl Flow {
    /// Whether a frame that is wanted at `now` may be drawn; else it is owed.
    pub fn passes(&mut self, now: Instant) -> bool {
        let hard_upon = self.wanted.is_some_and(|last| now.duration_since(last) <= HARD_UPON);
        self.quick = hard_upon || (self.quick && self.owed);
        self.wanted = self.sent.map(|_| now);
        self.owed = self.held_until(now).is_some();
        !self.owed
    }

    /// When a frame that is owed may be drawn if nothing is heard until then; nothing where none is owed.
    pub fn due(&mut self, now: Instant) -> Option<Instant> {
        self.owed.then(|| self.held_until(now).unwrap_or(now))
    }

    /// Whether the question should follow what is sent at `now`, `bytes` of it; it is then awaited.
    pub fn ask_after(&mut self, bytes: usize, now: Instant) -> bool {
        let before = self.sent.replace(now);
        if let Some(before) = before.filter(|_| !self.quick) {
            let apart = usize::try_from(now.duration_since(before).as_millis()).unwrap_or(usize::MAX);
            self.behind = self.behind.saturating_sub(apart.saturating_mul(SLOWEST));
        }
        self.behind += bytes;
        let free = if self.quick { FREE_BYTES } else { FREE_APART };
        let answers = match self.answers {
            Answers::Unknown => self.heard.is_none_or(|asked| now < asked + PATIENCE),
            Answers::Yes { .. } => true,
            Answers::No => false,
        };
        let ask = answers && before.is_some() && self.behind > FEW_BYTES && self.unseen() > free;
        if ask {
            self.out.push_back(mem::take(&mut self.behind));
            self.heard = Some(now);
        }
        ask
    }

    /// The terminal answered at `now`: it has seen what was sent up to a question.
    pub fn answered(&mut self, now: Instant) {
        self.answers = Answers::Yes { in_vain: 0 };
        self.out.pop_front();
        self.heard = (!self.out.is_empty()).then_some(now);
    }

    /// Until when an answer may come, if one is out at `now`.
    pub fn expected_until(&mut self, now: Instant) -> Option<Instant> {
        let end = self.heard? + TRUST;
        if now < end {
            return Some(end);
        }
        self.heard = None;
        self.out.clear();
        self.answers = match self.answers {
            Answers::Yes { in_vain } if in_vain + 1 < IN_VAIN => Answers::Yes { in_vain: in_vain + 1 },
            Answers::Unknown | Answers::Yes { .. } | Answers::No => Answers::No,
        };
        None
    }

    /// How many answers are out that will come, as far as the terminal is known to give them.
    pub fn sure(&self) -> usize {
        if matches!(self.answers, Answers::Yes { .. }) { self.out.len() } else { 0 }
    }

    /// Forgets what is on the way: it may have been lost, and the answers with it.
    pub fn forget(&mut self) {
        (self.heard, self.behind) = (None, 0);
        self.out.clear();
    }

    /// Until when no frame may be drawn, if that is not over at `now`.
    fn held_until(&mut self, now: Instant) -> Option<Instant> {
        let end = self.expected_until(now)?;
        let most = if self.quick { MOST_BYTES } else { MOST_APART };
        let end = match self.answers {
            Answers::Unknown => {
                let carried = u64::try_from(self.behind / DOUBTED).unwrap_or(u64::MAX);
                end.min(self.heard? + PATIENCE + Duration::from_millis(carried))
            }
            Answers::Yes { .. } => end,
            Answers::No => return None,
        };
        (self.unseen() > most && now < end).then_some(end)
    }

    /// The bytes that were sent, as far as no answer says that they were seen.
    fn unseen(&self) -> usize {
        self.out.iter().sum::<usize>() + self.behind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends a frame of `bytes` each `every` milliseconds, behind a first one; the numbers of those a question follows.
    fn asked(flow: &mut Flow, frames: usize, every: u64, bytes: usize) -> Vec<usize> {
        let start = Instant::now();
        flow.passes(start);
        assert!(!flow.ask_after(bytes, start));
        let start = start + 2 * HARD_UPON;
        let mut asks = |n: usize| {
            let now = start + Duration::from_millis(every) * u32::try_from(n).unwrap_or(0);
            flow.passes(now);
            flow.ask_after(bytes, now)
        };
        (0..frames).filter(|&n| asks(n)).collect()
    }

    #[test]
    fn single_keys_and_small_frames_are_never_asked_about() {
        assert_eq!(asked(&mut Flow::default(), 20, 1500, 3000), [0; 0]);
        assert_eq!(asked(&mut Flow::default(), 20, 300, 500), [0; 0]);
        assert_eq!(asked(&mut Flow::default(), 20, 30, 20), [0; 0]);
    }

    #[test]
    fn a_held_key_is_asked_about_from_its_second_frame() {
        assert_eq!(asked(&mut Flow::default(), 4, 30, 3000), [1, 2, 3]);
    }

    #[test]
    fn keys_that_are_not_held_are_asked_about_once_much_may_be_unseen() {
        assert_eq!(asked(&mut Flow::default(), 6, 300, 3000), [2, 3, 4, 5]);
    }

    /// A key held over a line in virtual time: how many frames were on the way unseen at the most once the
    /// terminal had answered, and by how many milliseconds the last frame came after the key was let go.
    fn held_over(line: &Line, milliseconds: u64) -> (usize, u64) {
        let (mut flow, opened) = (Flow::default(), Instant::now());
        flow.passes(opened);
        flow.ask_after(line.bytes, opened);
        let begun = opened + Duration::from_secs(2);
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
            if wanted && flow.passes(at(now)) {
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

    /// A reader whose key is held for a while, on a terminal that has said nothing yet.
    fn held(flow: &mut Flow) -> Instant {
        asked(flow, 3, 1, 3000);
        let now = flow.sent.unwrap_or_else(Instant::now);
        assert!(!flow.passes(now));
        now
    }

    /// The key goes on to repeat, and no frame is drawn.
    fn keep_waiting(flow: &mut Flow, start: Instant, time: Duration) {
        let repeats = (1..).map(|n| Duration::from_millis(33) * n).take_while(|&after| after < time);
        repeats.for_each(|after| assert!(!flow.passes(start + after), "after {after:?}"));
    }

    #[test]
    fn frames_wait_for_the_first_answer_for_a_second() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        keep_waiting(&mut flow, now, PATIENCE);
        assert_eq!(flow.due(now + PATIENCE / 2), Some(now + PATIENCE));
        assert!(flow.passes(now + PATIENCE));
    }

    #[test]
    fn a_terminal_that_does_not_answer_soon_gets_every_frame() {
        let mut flow = Flow::default();
        let now = held(&mut flow) + PATIENCE;
        assert!(flow.passes(now) && !flow.ask_after(3000, now));
        keep_waiting(&mut flow, now, Duration::from_millis(300));
        assert!(flow.passes(now + Duration::from_millis(300)));
        let now = now + TRUST - PATIENCE;
        assert!((0..9).all(|_| flow.passes(now) && !flow.ask_after(3000, now)));
    }

    #[test]
    fn an_answer_that_comes_late_makes_frames_wait_again() {
        let mut flow = Flow::default();
        let late = held(&mut flow) + 2 * TRUST;
        assert!(flow.passes(late));
        assert!(!flow.ask_after(3000, late));
        flow.answered(late);
        assert!(flow.ask_after(3000, late));
        keep_waiting(&mut flow, late, PATIENCE);
    }

    #[test]
    fn a_terminal_that_answers_no_more_gets_a_frame_now_and_then_and_soon_every_frame() {
        let mut flow = Flow::default();
        let mut now = held(&mut flow);
        flow.answered(now);
        for _ in 0..IN_VAIN {
            flow.ask_after(3000, now);
            keep_waiting(&mut flow, now, TRUST);
            now += TRUST;
            assert!(flow.passes(now));
        }
        assert!(!flow.ask_after(3000, now) && flow.passes(now));
    }

    #[test]
    fn the_answers_that_are_out_are_known_until_they_have_come() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        assert_eq!((flow.sure(), flow.expected_until(now)), (0, Some(now + TRUST)), "it may be dumb");
        flow.answered(now);
        assert_eq!((flow.sure(), flow.expected_until(now)), (1, Some(now + TRUST)));
        flow.answered(now);
        assert_eq!((flow.sure(), flow.expected_until(now)), (0, None));
    }

    #[test]
    fn nothing_is_on_the_way_once_it_is_lost() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        flow.answered(now);
        flow.forget();
        assert!(flow.passes(now));
        assert_eq!((flow.sure(), flow.expected_until(now)), (0, None));
    }

    #[test]
    fn nothing_is_due_unless_a_frame_is_owed() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        flow.answered(now);
        flow.answered(now);
        assert_eq!(flow.due(now), Some(now));
        assert!(flow.passes(now));
        assert_eq!(flow.due(now), None);
    }
}
