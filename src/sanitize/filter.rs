//! The one pass that makes text safe: a character at a time, knowing only what it has let through.
//!
//! Nothing is parsed, so nothing can be unterminated. Each decision rests on the cluster that stands
//! at the end of the output and on one character, so the pass is linear and its output passes
//! unchanged.

use super::map::Map;
use super::tables::{Kind, MARK, breaks_or_joins, is_plain, kind, takes_joiners, virama};
use super::{Hidden, Shown};
use crate::bytes;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The most combining marks on one base.
const MARKS: usize = 4;
/// The most code points in one cluster, and so in one cell.
const CLUSTER: usize = 8;
/// The code points of the longest emoji in use; of a longer one the rest is reported.
const EMOJI: usize = 10;
/// What stands behind a black flag in those of England, Scotland and Wales, the three of this form in use (Unicode
/// Technical Standard 51, ED-14a): tags for `gbeng`, `gbsct` and `gbwls`, and the tag that ends them.
pub(super) const NATIONS: [&str; 3] = [
    "\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
    "\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
];
/// The most places that are kept for a report.
const REPORTED: usize = 1_000;
/// What a tab becomes: always the same, so that a part of a line is shown as in the whole.
const TAB: &str = "    ";

/// Makes `raw` safe to show.
pub(super) fn filter(raw: &str) -> Shown {
    if all_plain(raw) { Shown { text: raw.to_owned().into(), ..Shown::default() } } else { by_character(raw) }
}

/// Makes `raw` safe to show, plain or not.
pub(super) fn by_character(raw: &str) -> Shown {
    let filter = Filter::default().run(raw);
    Shown { text: filter.out.into(), map: filter.map, hidden: filter.hidden, unseen: filter.unseen }
}

/// Makes `raw` safe to show but for what counts in cells alone: its emoji keep all their parts, and its words the breaks
/// and joiners that no eye can see.
pub(super) fn as_written(raw: &str) -> String {
    let filter = Filter { kept: Some(Vec::new()), ..Filter::default() }.run(raw);
    let mut whole = String::with_capacity(raw.len());
    let mut done = 0;
    for (at, c) in filter.kept.unwrap_or_default() {
        whole.push_str(Span::new(done, at.start).of(&filter.out));
        whole.push(c);
        done = at.end;
    }
    whole.push_str(Span::new(done, filter.out.len()).of(&filter.out));
    whole
}

#[derive(Default)]
struct Filter {
    out: String,
    map: Map,
    hidden: Vec<Hidden>,
    unseen: usize,
    /// The cluster at the end of `out`.
    cluster: Cluster,
    /// A joiner that waits for the character after it.
    joiner: Option<(Span, char)>,
    natures: Natures,
    /// What is kept of the text where cells do not count, and in place of which bytes of the output: the parts of
    /// emoji, as many as one may have, and what breaks and joins words unseen. Where that is wanted.
    kept: Option<Vec<(Span, char)>>,
}

/// What is known of the cluster at the end of the output.
#[derive(Clone, Copy, Default)]
struct Cluster {
    /// Its first byte in the output.
    start: usize,
    /// Its code points.
    len: usize,
    /// The marks since its last base.
    marks: usize,
    /// The code points of an emoji that were left out.
    left_out: usize,
    /// Whether nothing plain can join it.
    plain: bool,
    /// Whether it stands in place of something else, which no mark behind it would have joined.
    stands_in: bool,
}

impl Filter {
    fn run(mut self, raw: &str) -> Self {
        let mut at = 0;
        if raw.starts_with('\u{FEFF}') {
            at = '\u{FEFF}'.len_utf8();
            self.drop_quietly(Span::new(0, at));
        }
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            at += match self.clean_run(rest) {
                0 => self.next(at, rest),
                run => run,
            };
        }
        self.settle_joiner(None);
        self
    }

    /// Copies the printable ASCII and line breaks that `rest` begins with; the bytes copied.
    fn clean_run(&mut self, rest: &str) -> usize {
        if self.joiner.is_some() || !(self.cluster.plain || self.out.is_empty()) {
            return 0;
        }
        let run = clean(rest);
        if run > 0 {
            self.out.push_str(Span::new(0, run).of(rest));
            self.cluster = Cluster { start: self.out.len() - 1, len: 1, plain: true, ..Cluster::default() };
        }
        run
    }

    /// Takes the character at byte `at`; how many bytes of `rest` that was.
    fn next(&mut self, at: usize, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 0 };
        let here = Span::new(at, at + c.len_utf8());
        if self.settle_joiner(Some((here, c))) {
            return here.len();
        }
        match kind(c) {
            Kind::Plain | Kind::Text => self.put(here, c),
            Kind::Break => self.write("\n"),
            Kind::Tab => self.replace(here, TAB),
            Kind::Hidden('␍') if rest.starts_with("\r\n") => {
                self.replace(Span::new(at, at + 2), "\n");
                return 2;
            }
            Kind::Hidden(mark) => match self.nation(rest) {
                Some(tags) => {
                    for (behind, tag) in tags.char_indices() {
                        self.leave_out(Span::new(at + behind, at + behind + tag.len_utf8()), tag);
                    }
                    return tags.len();
                }
                None => self.hide(here, c, mark),
            },
            Kind::Joiner if self.may_join(c) => self.joiner = Some((here, c)),
            Kind::Style if self.in_emoji() || self.on_keycap() => self.leave_out(here, c),
            Kind::Tone if self.in_emoji() => self.leave_out(here, c),
            Kind::Joiner | Kind::Style | Kind::Tone => self.hide(here, c, MARK),
        }
        here.len()
    }

    /// Lets the waiting joiner through if the character after it bears it out; whether that
    /// character was the next part of an emoji, and is done with.
    fn settle_joiner(&mut self, next: Option<(Span, char)>) -> bool {
        let Some((here, joiner)) = self.joiner.take() else { return false };
        if joiner == '\u{200D}' && self.in_emoji() {
            if let Some((part, c)) = next.filter(|&(_, c)| is_emoji(c)) {
                self.leave_out(here, joiner);
                self.leave_out(part, c);
                return true;
            }
            self.hide(here, joiner, MARK);
            return false;
        }
        let wanted = next.is_some_and(|(_, c)| takes_joiners(c)) || self.last().is_some_and(virama);
        let room = self.cluster.len + 2 <= CLUSTER && self.cluster.marks + 2 <= MARKS;
        if wanted && room {
            self.put(here, joiner);
        } else {
            self.hide(here, joiner, MARK);
        }
        false
    }

    /// Shows `c` as it is, unless it is more than a cell holds or nothing would be seen of it.
    fn put(&mut self, here: Span, c: char) {
        if self.cluster.stands_in && self.natures.of(c).mark {
            // It has lost its base, and is no part of what is shown for that.
            self.hide(here, c, MARK);
            self.cluster.stands_in = false;
            return;
        }
        if !self.joins(c) {
            if c.width() == Some(0) {
                self.hide(here, c, MARK);
            } else {
                self.begin(c);
            }
            return;
        }
        let Nature { mark, takes } = self.natures.of(c);
        if takes {
            // A sign that takes what follows into its cluster: one of them is enough.
            self.hide(here, c, MARK);
        } else if self.cluster.len == CLUSTER || mark && self.cluster.marks == MARKS {
            self.report(here, c);
            self.drop_quietly(here);
        } else {
            self.join(c);
            self.cluster.marks = if mark { self.cluster.marks + 1 } else { 0 };
        }
    }

    /// Shows `mark` in place of `c`, and says so.
    fn hide(&mut self, here: Span, c: char, mark: char) {
        self.report(here, c);
        let start = self.out.len();
        self.replace(here, mark.encode_utf8(&mut [0; 4]));
        if let Some(kept) = self.kept.as_mut().filter(|_| breaks_or_joins(c)) {
            kept.push((Span::new(start, self.out.len()), c));
        }
    }

    /// Leaves out a part of an emoji: a look that terminals disagree on, and no words.
    fn leave_out(&mut self, here: Span, c: char) {
        let behind = Span::new(self.out.len(), self.out.len());
        self.cluster.left_out += 1;
        if self.cluster.left_out >= EMOJI {
            self.report(here, c);
            // A joiner whose part is left out would join what comes next.
            if let Some(kept) = &mut self.kept {
                kept.pop_if(|last| *last == (behind, '\u{200D}'));
            }
        } else if let Some(kept) = &mut self.kept {
            kept.push((behind, c));
        }
        self.drop_quietly(here);
    }

    fn drop_quietly(&mut self, here: Span) {
        self.replace(here, "");
    }

    /// Shows `with` in place of the raw bytes `here`.
    fn replace(&mut self, here: Span, with: &str) {
        let start = self.out.len();
        self.write(with);
        self.cluster.stands_in |= !matches!(with, "" | "\n");
        self.map.note(here, Span::new(start, self.out.len()));
    }

    fn report(&mut self, here: Span, what: char) {
        self.unseen += 1;
        let repeated = |last: &&mut Hidden| last.what == what && last.at.end == here.start;
        if let Some(last) = self.hidden.last_mut().filter(repeated) {
            last.at.end = here.end;
        } else if self.hidden.len() < REPORTED {
            self.hidden.push(Hidden { at: here, what });
        }
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            if self.joins(c) {
                self.join(c);
            } else {
                self.begin(c);
            }
        }
    }

    fn begin(&mut self, c: char) {
        self.cluster = Cluster { start: self.out.len(), len: 1, plain: is_plain(c), ..Cluster::default() };
        self.out.push(c);
    }

    fn join(&mut self, c: char) {
        self.cluster.len += 1;
        self.cluster.plain = false;
        self.out.push(c);
    }

    /// The tags that `rest` begins with, where they make the flag of a nation of the black one before them.
    fn nation(&self, rest: &str) -> Option<&'static str> {
        let is_bare = self.cluster.left_out == 0 && self.cluster() == "🏴";
        NATIONS.into_iter().find(|tags| is_bare && rest.starts_with(tags))
    }

    /// Whether `c` would join the cluster at the end of the output.
    fn joins(&mut self, c: char) -> bool {
        if self.out.is_empty() || self.cluster.plain && kind(c) == Kind::Plain {
            return false;
        }
        if self.natures.of(c).mark {
            // UAX 29, GB9 and GB9a: a mark joins whatever stands before it but a line end.
            return self.last() != Some('\n');
        }
        let len = self.out.len();
        self.out.push(c);
        let joins = self.cluster().graphemes(true).nth(1).is_none();
        self.out.truncate(len);
        joins
    }

    /// The cluster at the end of the output.
    fn cluster(&self) -> &str {
        Span::new(self.cluster.start, self.out.len()).of(&self.out)
    }

    fn last(&self) -> Option<char> {
        self.out.chars().next_back()
    }

    fn in_emoji(&self) -> bool {
        self.cluster().chars().next().is_some_and(is_emoji)
    }

    fn on_keycap(&self) -> bool {
        matches!(self.cluster(), "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "#" | "*")
    }

    fn may_join(&self, joiner: char) -> bool {
        joiner == '\u{200D}' && self.in_emoji() || self.last().is_some_and(takes_joiners)
    }
}

/// Whether every letter of a text is shown as it is.
pub(super) fn all_plain(text: &str) -> bool {
    let mut rest = text;
    loop {
        let mut behind = rest.get(clean(rest)..).unwrap_or_default().chars();
        match behind.next() {
            None => return true,
            Some(c) if is_plain(c) => rest = behind.as_str(),
            Some(_) => return false,
        }
    }
}

/// How many bytes a text begins with that are printable ASCII or line breaks.
fn clean(text: &str) -> usize {
    bytes::run(text.as_bytes(), |byte| matches!(byte, b' '..=b'~' | b'\n'))
}

/// How a character stands in a cluster.
#[derive(Clone, Copy, Default)]
struct Nature {
    /// It joins the letter before it.
    mark: bool,
    /// It takes the letter behind it into its cluster.
    takes: bool,
}

/// What the characters met last are: a flood is made of a few.
#[derive(Default)]
struct Natures([(char, Nature); NATURES]);

const NATURES: usize = 32;

impl Natures {
    fn of(&mut self, c: char) -> Nature {
        let nature = || Nature { mark: one_cluster(&['a', c]), takes: one_cluster(&[c, 'a']) };
        match self.0.get_mut(c as usize % NATURES) {
            Some((known, nature)) if *known == c => *nature,
            Some(place) => {
                *place = (c, nature());
                place.1
            }
            None => nature(),
        }
    }
}

/// Whether `c` can be part of an emoji sequence: what a joiner ties to another emoji is one.
fn is_emoji(c: char) -> bool {
    c > '~' && one_cluster(&[c, '\u{200D}', '👩'])
}

fn one_cluster(chars: &[char]) -> bool {
    let text: String = chars.iter().collect();
    text.graphemes(true).nth(1).is_none()
}
