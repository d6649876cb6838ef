//! Frames wait while much of what was sent is unseen, so that on a slow line one is on the way at a time.
//!
//! A held key over a slow line makes frames faster than the line carries them, and they queue for
//! seconds after the key is let go. So behind a frame of a key that follows hard upon another the terminal is asked
//! for its status ([`QUESTION`]), and until it answers no frame is drawn. Small frames, as of a text that moves on by
//! a row, are drawn while few of their bytes are unseen: to wait for each would take longer than the line does.
//! Of other frames more may be unseen, and a single key pays nothing.
//!
//! Where such an answer takes long, what follows the key elsewhere on the screen, and is most of a frame, waits until
//! the key rests. What the key moves is drawn with each, as it is little.
//!
//! A terminal that has not answered yet holds frames for a second, and slows them for two more. One that
//! does not answer gets every frame from then on, until it answers after all.

use std::collections::VecDeque;
use std::mem;
use std::time::{Duration, Instant};

/// Device Status Report, ECMA-48 8.3.35: every terminal since the VT100 answers `ESC [ 0 n`.
pub(super) const QUESTION: &[u8] = b"\x1b[5n";

/// Keys further apart than this are not held.
const HARD_UPON: Duration = Duration::from_millis(200);
/// Keys further apart than this are each followed by all of their frame: the slowest consoles repeat every 92 ms.
const APART: Duration = Duration::from_millis(100);
/// A key rests after this at the least.
const REST: Duration = Duration::from_millis(50);
/// Where the answer to a frame takes longer than this, parts of frames wait until the key rests.
const LONG: Duration = Duration::from_millis(250);
/// Bytes that may be unseen without a question.
const FREE_BYTES: usize = 512;
/// Bytes that may be unseen when a frame is drawn: what a key that repeats thirty times a second makes of a row of
/// text within the fifth of a second that a line to the other side of the world takes for an answer.
const MOST_BYTES: usize = 768;
/// Bytes that may be unseen when what waited for the key to rest is drawn: more than its own parts come to, and less
/// than a frame.
const MOST_RESTING: usize = 1536;
/// Bytes that may be unseen without a question where no key is held: what a line of 9,600 bytes a second carries in
/// about a second.
const FREE_APART: usize = 8 * 1024;
/// Bytes that may be unseen when a frame is drawn where no key is held.
const MOST_APART: usize = 12 * 1024;
/// Bytes a millisecond that are taken for carried between frames where no key is held.
const CARRIED_APART: usize = 2;
/// Bytes behind a question that are not worth another.
const FEW_BYTES: usize = 128;
/// How long frames wait for the first answer of a terminal.
const PATIENCE: Duration = Duration::from_secs(1);
/// Bytes a millisecond that are sent once frames have waited for it, as long as the first answer may still come.
const DOUBTED: usize = 10;
/// How long an answer may take.
const TRUST: Duration = Duration::from_secs(3);
/// Bytes a millisecond that a terminal which has answered is waited for to carry before it answers again.
const SLOWEST: usize = 1;
/// How much longer, at most, an answer may take for those bytes.
const LONGEST: Duration = Duration::from_secs(9);
/// Answers waited for in vain, one after another, until such a terminal is taken for one that answers no more.
const IN_VAIN: u32 = 3;

/// What is on the way, and whether the terminal answers.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The questions that no answer has come to.
    out: VecDeque<Question>,
    /// When an answer came last.
    heard: Option<Instant>,
    /// How long the last answer took that came to a frame: to more bytes than parts of frames have.
    taken: Duration,
    /// The bytes that were sent behind the last question.
    behind: usize,
    /// When bytes were sent last.
    sent: Option<Instant>,
    /// When a key came last.
    typed: Option<Instant>,
    /// How long before that another came.
    apart: Option<Duration>,
    /// Whether keys follow hard upon each other, as of one that is held, or did when the last question was asked.
    held: bool,
    owed: Owed,
    answers: Answers,
}

/// A question that no answer has come to.
#[derive(Clone, Copy, Debug)]
struct Question {
    asked: Instant,
    /// The bytes that were sent up to it, behind the one before.
    bytes: usize,
}

/// How much of a frame may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pass {
    /// All of it.
    Whole,
    /// What the key moves.
    Part,
    /// Nothing.
    Nothing,
}

/// What was wanted and not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Owed {
    #[default]
    Nothing,
    /// What follows what the key has moved.
    Rest,
    /// A frame, of which a part can be drawn by itself or not.
    Frame { in_parts: bool },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Answers {
    /// It has not answered yet, and may.
    #[default]
    Unknown,
    /// It has answered; so many answers in a row were then waited for in vain.
    Yes { in_vain: u32 },
    /// It does not, or no longer.
    No,
}

impl Flow {
    /// A key came at `now`, or several.
    pub fn typed_at(&mut self, now: Instant) {
        self.apart = self.typed.replace(now).map(|before| now.duration_since(before));
        let hard_upon = self.apart.is_some_and(|apart| apart <= HARD_UPON);
        self.held = hard_upon || (self.held && !self.out.is_empty());
    }

    /// How much may be drawn of a frame that is wanted at `now`, of which a part can be drawn by itself or not; what may
    /// not is owed.
    pub fn passes(&mut self, now: Instant, in_parts: bool) -> Pass {
        self.give_up(now);
        if self.out.is_empty() && self.typed.is_none_or(|typed| now.duration_since(typed) > HARD_UPON) {
            self.held = false;
        }
        let moves = in_parts && self.rests_at().is_some_and(|rest| now < rest);
        let (owed, pass) = if self.whole_from(now, in_parts).is_none() {
            (Owed::Nothing, Pass::Whole)
        } else if moves && self.waits_until(now, self.most()).is_none() {
            (Owed::Rest, Pass::Part)
        } else {
            (Owed::Frame { in_parts }, Pass::Nothing)
        };
        self.owed = owed;
        pass
    }

    /// When what is owed may be drawn if nothing is heard until then; nothing where nothing is owed.
    pub fn due(&mut self, now: Instant) -> Option<Instant> {
        self.give_up(now);
        let due = match self.owed {
            Owed::Nothing => return None,
            Owed::Rest => self.whole_from(now, true),
            Owed::Frame { in_parts } => {
                self.waits_until(now, self.most()).min(self.whole_from(now, in_parts))
            }
        };
        Some(due.unwrap_or(now))
    }

    /// Whether the question should follow what is sent at `now`, `bytes` of it; it is then awaited.
    pub fn ask_after(&mut self, bytes: usize, now: Instant) -> bool {
        let before = self.sent.replace(now);
        if let Some(before) = before.filter(|_| !self.held) {
            let apart = usize::try_from(now.duration_since(before).as_millis()).unwrap_or(usize::MAX);
            self.behind = self.behind.saturating_sub(apart.saturating_mul(CARRIED_APART));
        }
        self.behind += bytes;
        let free = if self.held { FREE_BYTES } else { FREE_APART };
        let answers = match self.answers {
            Answers::Unknown => self.out.is_empty(),
            Answers::Yes { .. } => true,
            Answers::No => false,
        };
        let ask = answers && before.is_some() && self.behind > FEW_BYTES && self.unseen() > free;
        if ask {
            self.out.push_back(Question { asked: now, bytes: mem::take(&mut self.behind) });
        }
        ask
    }

    /// The terminal answered at `now`: it has seen what was sent up to a question.
    pub fn answered(&mut self, now: Instant) {
        self.answers = Answers::Yes { in_vain: 0 };
        if let Some(Question { asked, .. }) =
            self.out.pop_front().filter(|question| question.bytes > MOST_BYTES)
        {
            self.taken = now.duration_since(asked);
        }
        self.heard = Some(now);
    }

    /// Until when an answer may come, if one is out.
    pub fn expected_until(&self) -> Option<Instant> {
        let end = self.since()? + TRUST;
        match self.answers {
            Answers::Unknown | Answers::No => Some(end),
            Answers::Yes { .. } => Some(end + carried(self.asked_about(), SLOWEST).min(LONGEST)),
        }
    }

    /// Forgets what is on the way: it may have been lost, and the answers with it.
    pub fn forget(&mut self) {
        self.behind = 0;
        self.out.clear();
    }

    /// Waits no longer for answers that have not come by `now`. Should one come after all, it is taken for the next.
    fn give_up(&mut self, now: Instant) {
        if self.expected_until().is_none_or(|end| now < end) {
            return;
        }
        self.out.clear();
        self.answers = match self.answers {
            Answers::Yes { in_vain } if in_vain + 1 < IN_VAIN => Answers::Yes { in_vain: in_vain + 1 },
            Answers::Unknown | Answers::Yes { .. } | Answers::No => Answers::No,
        };
    }

    /// The bytes that may be unseen when a frame is drawn.
    const fn most(&self) -> usize {
        if self.held { MOST_BYTES } else { MOST_APART }
    }

    /// Until when nothing may be drawn, if `most` bytes may be unseen and that is not over at `now`.
    fn waits_until(&self, now: Instant, most: usize) -> Option<Instant> {
        let end = self.expected_until()?;
        let end = match self.answers {
            Answers::Unknown => end.min(self.since()? + PATIENCE + carried(self.behind, DOUBTED)),
            Answers::Yes { .. } => end,
            Answers::No => return None,
        };
        (self.unseen() > most && now < end).then_some(end)
    }

    /// When the last question was asked that is out, or one before it was answered.
    fn since(&self) -> Option<Instant> {
        Some(self.out.back()?.asked).max(self.heard)
    }

    /// From when all of a frame may be drawn, of which a part can be drawn by itself or not, if not at `now`.
    fn whole_from(&self, now: Instant, in_parts: bool) -> Option<Instant> {
        match self.rests_at().filter(|_| in_parts) {
            Some(rest) => self.waits_until(now, MOST_RESTING).max(Some(rest).filter(|&rest| now < rest)),
            None => self.waits_until(now, self.most()),
        }
    }

    /// When a key that is held is taken to rest, where it matters.
    fn rests_at(&self) -> Option<Instant> {
        let apart = self.apart.filter(|&apart| apart <= APART && self.taken > LONG && self.held)?;
        Some(self.typed? + (2 * apart).clamp(REST, APART))
    }

    /// The bytes that were sent up to a question, as far as no answer says that they were seen.
    fn asked_about(&self) -> usize {
        self.out.iter().map(|question| question.bytes).sum()
    }

    /// The bytes that were sent, as far as no answer says that they were seen.
    fn unseen(&self) -> usize {
        self.asked_about() + self.behind
    }
}

/// How long a line takes for some bytes that carries so many in a millisecond.
fn carried(bytes: usize, rate: usize) -> Duration {
    Duration::from_millis(u64::try_from(bytes / rate).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a frame that is one piece may be drawn.
    fn passes(flow: &mut Flow, now: Instant) -> bool {
        match flow.passes(now, false) {
            Pass::Whole => true,
            Pass::Part => panic!("part of what is in one piece"),
            Pass::Nothing => false,
        }
    }

    /// Sends a frame of `bytes` each `every` milliseconds, behind a first one; the numbers of those a question follows.
    fn asked(flow: &mut Flow, frames: usize, every: u64, bytes: usize) -> Vec<usize> {
        let start = Instant::now();
        passes(flow, start);
        assert!(!flow.ask_after(bytes, start));
        let start = start + 2 * HARD_UPON;
        let mut asks = |n: usize| {
            let now = start + Duration::from_millis(every) * u32::try_from(n).unwrap_or(0);
            flow.typed_at(now);
            passes(flow, now);
            flow.ask_after(bytes, now)
        };
        (0..frames).filter(|&n| asks(n)).collect()
    }

    /// That of a terminal which has answered.
    fn trusted() -> Flow {
        let mut flow = Flow::default();
        flow.answered(Instant::now());
        flow
    }

    #[test]
    fn single_keys_and_small_frames_are_never_asked_about() {
        assert_eq!(asked(&mut Flow::default(), 20, 1500, 3000), [0; 0]);
        assert_eq!(asked(&mut Flow::default(), 20, 300, 500), [0; 0]);
        assert_eq!(asked(&mut Flow::default(), 20, 30, 20), [0; 0]);
    }

    #[test]
    fn a_held_key_is_asked_about_from_its_second_frame() {
        assert_eq!(asked(&mut trusted(), 4, 30, 3000), [1, 2, 3]);
        assert_eq!(asked(&mut Flow::default(), 4, 30, 3000), [1], "and once, where none has come yet");
    }

    #[test]
    fn a_frame_that_news_bring_behind_a_key_is_none_of_a_held_key() {
        let (mut flow, mut now) = (trusted(), Instant::now());
        for _ in 0..9 {
            now += 3 * HARD_UPON;
            flow.typed_at(now);
            assert!(passes(&mut flow, now) && !flow.ask_after(900, now));
            assert!(passes(&mut flow, now) && !flow.ask_after(300, now));
        }
    }

    #[test]
    fn keys_that_are_not_held_are_asked_about_once_much_may_be_unseen() {
        assert_eq!(asked(&mut Flow::default(), 6, 300, 3000), [2]);
    }

    /// A key held over a line in virtual time: how many bytes were on the way unseen at the most once the
    /// terminal had answered, and by how many milliseconds the last frame came after the key was let go.
    fn held_over(mut flow: Flow, line: &Line, milliseconds: u64) -> (usize, u64) {
        let opened = Instant::now();
        passes(&mut flow, opened);
        flow.ask_after(line.bytes, opened);
        let begun = opened + Duration::from_secs(2);
        let at = |time: u64| begun + Duration::from_millis(time);
        // When the line is free, when each frame of so many bytes is seen, and when each answer comes.
        let (mut free, mut seen, mut answers) = (0, Vec::<(u64, usize)>::new(), Vec::<u64>::new());
        let (mut wanted, mut most, mut answered) = (false, 0, false);
        let mut now = 0;
        loop {
            let key = now >= line.delay && (now - line.delay).is_multiple_of(line.repeat);
            if key && now < milliseconds + line.delay {
                flow.typed_at(at(now));
                wanted = true;
            }
            if answers.contains(&now) {
                flow.answered(at(now));
                answered = true;
            }
            let due = flow.due(at(now)).is_some_and(|due| due <= at(now));
            let pass = if wanted || due { flow.passes(at(now), line.part.is_some()) } else { Pass::Nothing };
            if pass != Pass::Nothing {
                wanted = false;
                let bytes = line.part.filter(|_| pass == Pass::Part).unwrap_or(line.bytes);
                free = free.max(now) + line.frame * bytes as u64 / line.bytes as u64;
                seen.push((free + line.delay, bytes));
                if flow.ask_after(bytes, at(now)) {
                    answers.push(free + 2 * line.delay);
                }
                if answered {
                    most =
                        most.max(seen.iter().filter(|(seen, _)| *seen > now).map(|(_, bytes)| bytes).sum());
                }
            }
            now += 1;
            if now > milliseconds + line.delay && !wanted && flow.due(at(now)).is_none() {
                let last = seen.last().map(|(seen, _)| *seen).unwrap_or_default();
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
        /// Those of the part that can be drawn by itself, if one can.
        part: Option<usize>,
        /// How long the line takes for a frame.
        frame: u64,
        /// How often the key repeats.
        repeat: u64,
    }

    #[test]
    fn of_a_held_key_one_frame_at_the_most_is_on_the_way_unseen() {
        let hold = |flow, delay, frame, milliseconds| {
            let line = Line { delay, bytes: 3000, part: None, frame, repeat: 33 };
            let (most, lag) = held_over(flow, &line, milliseconds);
            assert!(most <= line.bytes, "{most} bytes with {delay} ms and {frame} ms a frame");
            // The frame on the way, its answer, and the last frame.
            let least = 4 * delay + 2 * frame + 2 * line.repeat;
            assert!(lag <= least, "{lag} ms of {least} with {delay} ms and {frame} ms a frame");
        };
        for (delay, frame) in [(100, 300), (100, 30), (300, 100), (5, 500), (0, 1)] {
            hold(Flow::default(), delay, frame, 4000);
        }
        for (delay, frame) in [(100, 1500), (100, 2500), (1000, 30)] {
            hold(trusted(), delay, frame, 40_000);
        }
    }

    #[test]
    fn a_line_that_is_too_slow_for_the_first_answer_is_not_filled_for_ever() {
        let line = Line { delay: 100, bytes: 3000, part: None, frame: 1500, repeat: 33 };
        let (most, lag) = held_over(Flow::default(), &line, 120_000);
        assert!(most < 40 * line.bytes && lag < 10_000, "{most} bytes, {lag} ms");
    }

    #[test]
    fn small_frames_of_a_held_key_wait_for_no_answer_that_the_line_is_quicker_than() {
        let line = Line { delay: 100, bytes: 115, part: None, frame: 12, repeat: 33 };
        for milliseconds in (1500..3000).step_by(37) {
            let (most, lag) = held_over(Flow::default(), &line, milliseconds);
            assert!(most <= MOST_BYTES + line.bytes, "{most} bytes after {milliseconds} ms");
            // A key's way and its frame's, and a repeat that this waited for.
            let least = 2 * line.delay + line.frame + line.repeat;
            assert!(lag <= least, "{lag} ms of {least} after {milliseconds} ms");
        }
    }

    #[test]
    fn what_follows_a_held_key_waits_until_it_rests_where_the_line_is_slow() {
        for (delay, frame, repeat) in [(100, 220, 33), (100, 1500, 33), (200, 30, 92)] {
            let line = Line { delay, bytes: 2100, part: Some(60), frame, repeat };
            for milliseconds in (4000..5000).step_by(37) {
                let (most, lag) = held_over(trusted(), &line, milliseconds);
                let what = || format!("{delay}, {frame}, {repeat} ms; held for {milliseconds} ms");
                assert!(most <= MOST_BYTES + line.bytes, "{most} bytes: {}", what());
                // The key's way, its rest, what still moves, and the way of the frame.
                let least = 2 * delay + 2 * repeat.max(25) + frame / 4 + frame;
                assert!(lag <= least, "{lag} ms of {least}: {}", what());
            }
        }
    }

    #[test]
    fn a_key_that_is_not_held_and_a_quick_line_get_all_of_a_frame() {
        let frames = |taken, apart| {
            let (mut flow, mut now) = (trusted(), Instant::now());
            let mut frame = || {
                now += apart;
                flow.typed_at(now);
                let pass = flow.passes(now, true);
                if flow.ask_after(2100, now) {
                    flow.answered(now + taken);
                }
                pass
            };
            [(); 5].map(|()| frame())
        };
        let ms = Duration::from_millis;
        assert_eq!(frames(ms(240), ms(40)), [Pass::Whole; 5]);
        assert_eq!(frames(ms(900), ms(120)), [Pass::Whole; 5]);
        let held = [Pass::Whole, Pass::Whole, Pass::Part, Pass::Part, Pass::Part];
        assert_eq!(frames(ms(900), ms(40)), held);
    }

    /// A reader whose key is held for a while, on a terminal that has said nothing yet.
    fn held(flow: &mut Flow) -> Instant {
        asked(flow, 2, 1, 3000);
        let now = flow.sent.unwrap_or_else(Instant::now);
        flow.typed_at(now);
        assert!(!passes(flow, now));
        now
    }

    /// The key goes on to repeat, and no frame is drawn.
    fn keep_waiting(flow: &mut Flow, start: Instant, time: Duration) {
        flow.typed_at(start);
        let repeats = (1..).map(|n| Duration::from_millis(33) * n).take_while(|&after| after < time);
        for after in repeats {
            flow.typed_at(start + after);
            assert!(!passes(flow, start + after), "after {after:?}");
        }
    }

    #[test]
    fn frames_wait_for_the_first_answer_for_a_second() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        keep_waiting(&mut flow, now, PATIENCE);
        assert_eq!(flow.due(now + PATIENCE / 2), Some(now + PATIENCE));
        assert!(passes(&mut flow, now + PATIENCE));
    }

    #[test]
    fn a_terminal_that_does_not_answer_soon_gets_every_frame() {
        let mut flow = Flow::default();
        let now = held(&mut flow) + PATIENCE;
        assert!(passes(&mut flow, now) && !flow.ask_after(3000, now));
        keep_waiting(&mut flow, now, Duration::from_millis(300));
        assert!(passes(&mut flow, now + Duration::from_millis(300)));
        let now = now + TRUST - PATIENCE;
        assert!((0..9).all(|_| passes(&mut flow, now) && !flow.ask_after(3000, now)));
    }

    #[test]
    fn an_answer_that_comes_late_makes_frames_wait_again() {
        let mut flow = Flow::default();
        let late = held(&mut flow) + 2 * TRUST;
        flow.typed_at(late);
        assert!(passes(&mut flow, late) && !flow.ask_after(3000, late));
        flow.typed_at(late);
        flow.answered(late);
        assert!(flow.ask_after(3000, late));
        keep_waiting(&mut flow, late, PATIENCE);
    }

    #[test]
    fn a_terminal_that_answers_no_more_gets_a_frame_now_and_then_and_soon_every_frame() {
        let mut flow = trusted();
        let mut now = held(&mut flow);
        for _ in 0..IN_VAIN {
            let end = flow.expected_until().unwrap_or(now);
            keep_waiting(&mut flow, now, end - now);
            now = end;
            assert!(passes(&mut flow, now));
            flow.ask_after(3000, now);
        }
        flow.typed_at(now);
        assert!(passes(&mut flow, now) && !flow.ask_after(3000, now));
    }

    #[test]
    fn no_answer_is_waited_for_as_long_as_much_that_was_copied_may_take() {
        let mut flow = trusted();
        asked(&mut flow, 2, 1, 300_000);
        assert_eq!(flow.expected_until(), flow.sent.map(|sent| sent + TRUST + LONGEST));
    }

    #[test]
    fn an_answer_is_expected_until_it_has_come_or_is_lost() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        assert_eq!(flow.expected_until(), Some(now + TRUST));
        flow.answered(now);
        assert_eq!(flow.expected_until(), None);
        let mut flow = Flow::default();
        let now = held(&mut flow);
        flow.forget();
        assert!(passes(&mut flow, now) && flow.expected_until().is_none());
    }

    #[test]
    fn nothing_is_due_unless_a_frame_is_owed() {
        let mut flow = Flow::default();
        let now = held(&mut flow);
        flow.answered(now);
        assert_eq!(flow.due(now), Some(now));
        assert!(passes(&mut flow, now));
        assert_eq!(flow.due(now), None);
    }
}
