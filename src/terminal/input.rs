//! Bytes from the terminal to keys, pastes and mouse acts.
//!
//! Promises: whatever came before, a key typed after half a second of quiet is that key; a sequence
//! nobody knows is swallowed whole; nothing unfinished grows beyond its cap. The parser is pure: the
//! time is told to it. Sequences are those of xterm (ctlseqs), the Linux console (console_codes(4)),
//! rxvt and the VT220.

use std::mem::discriminant;
use std::time::{Duration, Instant};

use crate::keys::{Key, Mouse, MouseAct};

/// What the terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A key.
    Key(Key),
    /// Pasted text, as it came but for bytes that are no UTF-8.
    Paste(String),
    /// A mouse act.
    Mouse(Mouse),
    /// The answer to a status question: everything sent before it has been taken.
    Ready,
}

/// Bytes of a paste that are kept; the rest is swallowed.
pub(super) const PASTE_CAP: usize = 64 * 1024;
/// Bytes of a control sequence's parameters that are kept.
const PARAMETERS_CAP: usize = 64;
/// How long a lone escape waits for the rest of a sequence that a slow line split.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);
/// How long the middle of a sequence or of a letter waits for its end.
const SEQUENCE_WAIT: Duration = Duration::from_millis(250);
/// How often a paste without its end is asked whether it still flows.
const STREAM_WAIT: Duration = Duration::from_millis(400);
/// Bytes in that time which no hand types.
const STREAM_FLOW: usize = 32;
/// An unfinished paste of at most so many bytes was typed: its start was an accident of the line.
const TYPED_AT_MOST: usize = 8;

const PASTE_END: &[u8] = b"\x1b[201~";

/// The state of the input between two bytes.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// When the state has waited long enough.
    due: Option<Instant>,
    /// Bytes since `due` was set.
    flow: usize,
    /// When the last of them came.
    last: Option<Instant>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// After ESC.
    Escape,
    /// After ESC O, and the modifiers some send there.
    Ss3,
    /// After ESC [, with what came since.
    Csi(Vec<u8>),
    /// After ESC [ [, as the Linux console starts F1 to F5.
    LinuxFunction,
    /// After ESC [ M: button, column and row follow, a byte each.
    OldMouse(Vec<u8>),
    /// In a string, after ESC and its introducer (OSC, DCS, SOS, PM, APC), up to BEL or ST.
    Text { introducer: u8, escaped: bool },
    /// In the middle of a UTF-8 character; with Alt when ESC came first.
    Letter { bytes: Vec<u8>, alt: bool },
    /// In a paste: the text so far, and how many bytes of the end mark came last.
    Paste { text: Vec<u8>, ending: usize },
}

impl State {
    fn patience(&self) -> Option<Duration> {
        match self {
            Self::Ground => None,
            Self::Escape => Some(ESCAPE_WAIT),
            Self::Ss3 | Self::Csi(_) | Self::LinuxFunction | Self::OldMouse(_) | Self::Letter { .. } => {
                Some(SEQUENCE_WAIT)
            }
            Self::Text { .. } | Self::Paste { .. } => Some(STREAM_WAIT),
        }
    }
}

impl Parser {
    /// When to call [`Parser::expire`] if nothing else comes.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Takes bytes that came at `now`; what they say is added to `out`.
    pub fn feed(&mut self, bytes: &[u8], now: Instant, out: &mut Vec<Token>) {
        self.last = Some(now);
        for &byte in bytes {
            self.flow += 1;
            let state = std::mem::take(&mut self.state);
            let kind = discriminant(&state);
            self.state = state.step(byte, out);
            if kind != discriminant(&self.state) || matches!(self.state, State::Escape) {
                self.wait(now);
            }
        }
    }

    /// Gives up at `now` what has waited too long, and gives back the keys in it.
    pub fn expire(&mut self, now: Instant, out: &mut Vec<Token>) {
        if self.due.is_none_or(|due| now < due) {
            return;
        }
        let flows = self.flow >= STREAM_FLOW;
        // What flowed is over once it has been quiet for as long, whenever it was last looked at.
        let since = self.last.filter(|_| flows).unwrap_or(now);
        self.state = match std::mem::take(&mut self.state) {
            stream @ (State::Text { .. } | State::Paste { .. }) if flows => stream,
            State::Ground | State::LinuxFunction | State::OldMouse(_) | State::Letter { .. } => State::Ground,
            State::Escape => give(Key::Esc, out),
            State::Ss3 => give(Key::Alt('O'), out),
            State::Csi(parameters) if parameters.is_empty() => give(Key::Alt('['), out),
            State::Csi(_) => State::Ground,
            State::Text { introducer, .. } if self.flow == 0 => give(Key::Alt(introducer.into()), out),
            State::Text { .. } => State::Ground,
            State::Paste { text, .. } if text.len() <= TYPED_AT_MOST => {
                text.iter().fold(State::Ground, |state, &byte| state.step(byte, out))
            }
            State::Paste { text, .. } => {
                out.push(Token::Paste(pasted(text)));
                State::Ground
            }
        };
        self.wait(since);
    }

    fn wait(&mut self, now: Instant) {
        self.due = self.state.patience().map(|patience| now + patience);
        self.flow = 0;
    }
}

impl State {
    fn step(self, byte: u8, out: &mut Vec<Token>) -> Self {
        match self {
            Self::Ground => ground(byte, false, out),
            Self::Escape => match byte {
                b'[' => Self::Csi(Vec::new()),
                b'O' => Self::Ss3,
                b']' | b'P' | b'X' | b'^' | b'_' => Self::Text { introducer: byte, escaped: false },
                0x08 | 0x7f => give(Key::AltBackspace, out),
                // Escape, then a key that takes no Alt, another escape among them.
                0..=0x1f => {
                    give(Key::Esc, out);
                    ground(byte, false, out)
                }
                _ => ground(byte, true, out),
            },
            Self::Ss3 => match byte {
                b'0'..=b'9' | b';' => Self::Ss3,
                b'M' => give(Key::Enter, out),
                b'P'..=b'S' => give(Key::F(byte - b'P' + 1), out),
                b' '..=b'~' => give_known(arrow(byte, byte.is_ascii_lowercase()), out),
                _ => ground(byte, false, out),
            },
            Self::Csi(parameters) => control_sequence(parameters, byte, out),
            Self::LinuxFunction => match byte {
                b'A'..=b'E' => give(Key::F(byte - b'A' + 1), out),
                b' '..=b'~' => Self::Ground,
                _ => ground(byte, false, out),
            },
            Self::OldMouse(mut report) => {
                report.push(byte);
                let [button, column, row] = report[..] else { return Self::OldMouse(report) };
                let number = |byte: u8| u16::from(byte.saturating_sub(32));
                mouse(number(button), number(column), number(row), out)
            }
            Self::Text { introducer, escaped } => match byte {
                0x07 | 0x18 | 0x1a => Self::Ground,
                0x1b => Self::Text { introducer, escaped: true },
                b'\\' if escaped => Self::Ground,
                // The string was cut off: this begins another sequence.
                _ if escaped => Self::Escape.step(byte, out),
                _ => Self::Text { introducer, escaped },
            },
            Self::Letter { mut bytes, alt } => match byte {
                0x80..=0xbf => {
                    bytes.push(byte);
                    letter(bytes, alt, out)
                }
                _ => ground(byte, false, out),
            },
            Self::Paste { text, ending } => paste(text, ending, byte, out),
        }
    }
}

fn give(key: Key, out: &mut Vec<Token>) -> State {
    give_known(Some(key), out)
}

fn give_known(key: Option<Key>, out: &mut Vec<Token>) -> State {
    out.extend(key.map(Token::Key));
    State::Ground
}

/// A byte outside every sequence.
fn ground(byte: u8, alt: bool, out: &mut Vec<Token>) -> State {
    match byte {
        0x1b => State::Escape,
        0x08 | 0x7f => give(Key::Backspace, out),
        b'\t' => give(Key::Tab, out),
        // What was typed before the terminal was taken has a line feed for Enter.
        b'\r' | b'\n' => give(Key::Enter, out),
        0x01..=0x1a => give(Key::Ctrl((byte - 1 + b'a').into()), out),
        // Ctrl with marks that no binding names.
        0 | 0x1c..=0x1f => State::Ground,
        b' '..=b'~' if alt => give(Key::Alt(byte.into()), out),
        b' '..=b'~' => give(Key::Char(byte.into()), out),
        0xc2..=0xf4 => State::Letter { bytes: vec![byte], alt },
        // Never in UTF-8, or the middle of a character that lost its start.
        0x80..=0xc1 | 0xf5..=0xff => State::Ground,
    }
}

/// A UTF-8 character, once it is whole.
fn letter(bytes: Vec<u8>, alt: bool, out: &mut Vec<Token>) -> State {
    match std::str::from_utf8(&bytes) {
        Ok(text) => {
            let letter = text.chars().find(|c| !c.is_control());
            give_known(letter.map(|c| if alt { Key::Alt(c) } else { Key::Char(c) }), out)
        }
        Err(error) if error.error_len().is_none() => State::Letter { bytes, alt },
        Err(_) => State::Ground,
    }
}

/// A byte after ESC [.
fn control_sequence(mut parameters: Vec<u8>, byte: u8, out: &mut Vec<Token>) -> State {
    match byte {
        b'[' if parameters.is_empty() => State::LinuxFunction,
        b'M' if parameters.is_empty() => State::OldMouse(Vec::new()),
        // rxvt ends sequences with this one for Shift; elsewhere it stands before the last byte.
        b'$' if !parameters.is_empty() && parameters.iter().all(u8::is_ascii_digit) => {
            give_known(numbered(&parameters), out)
        }
        b' '..=b'?' => {
            if parameters.len() < PARAMETERS_CAP {
                parameters.push(byte);
            }
            State::Csi(parameters)
        }
        b'@'..=b'~' => meaning(&parameters, byte, out),
        // A sequence cut off by something else.
        0..=0x1f | 0x7f.. => ground(byte, false, out),
    }
}

/// A whole control sequence.
fn meaning(parameters: &[u8], last: u8, out: &mut Vec<Token>) -> State {
    match (parameters, last) {
        ([b'<', numbers @ ..], b'M') => match numbers_in(numbers)[..] {
            [button, column, row] => mouse(button, column, row, out),
            _ => State::Ground,
        },
        ([b'<'..=b'?', ..], _) => State::Ground,
        (b"0" | b"3", b'n') => {
            out.push(Token::Ready);
            State::Ground
        }
        (b"200", b'~') => State::Paste { text: Vec::new(), ending: 0 },
        (_, b'~' | b'^' | b'@') => give_known(numbered(parameters), out),
        (_, b'Z') => give(Key::BackTab, out),
        _ => give_known(arrow(last, holds_alt_or_ctrl(parameters)), out),
    }
}

/// Whether the second of the parameters, one more than the sum of what is held, has Alt (2) or Ctrl (4) in it.
fn holds_alt_or_ctrl(parameters: &[u8]) -> bool {
    let held = numbers_in(parameters).get(1).map_or(0, |held| held.saturating_sub(1));
    held & (2 | 4) != 0
}

/// The keys that end in a letter, lower case being rxvt's way to send Shift and, behind ESC O, Ctrl. With Alt or Ctrl
/// `held`, those that go along a line go by words.
fn arrow(last: u8, held: bool) -> Option<Key> {
    Some(match last {
        b'A' | b'a' => Key::Up,
        b'B' | b'b' => Key::Down,
        b'C' | b'c' if held => Key::CtrlRight,
        b'D' | b'd' if held => Key::CtrlLeft,
        b'C' | b'c' => Key::Right,
        b'D' | b'd' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        _ => return None,
    })
}

/// The keys that have a number; those of the function keys have gaps, as the VT220 had on its keyboard.
fn numbered(parameters: &[u8]) -> Option<Key> {
    const FUNCTION: [u16; 12] = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24];
    Some(match numbers_in(parameters).first()? {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        number => return (1..).map(Key::F).zip(FUNCTION).find(|(_, of)| of == number).map(|(key, _)| key),
    })
}

/// Numbers with semicolons between them; what is none counts as 0.
fn numbers_in(parameters: &[u8]) -> Vec<u16> {
    let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    parameters.split(|&byte| byte == b';').map(number).collect()
}

/// A report of a button with its modifiers and motion, at a column and row from 1.
fn mouse(button: u16, column: u16, row: u16, out: &mut Vec<Token>) -> State {
    const MODIFIERS: u16 = 4 | 8 | 16;
    let act = match button & !MODIFIERS {
        0 => Some(MouseAct::Click),
        64 => Some(MouseAct::WheelUp),
        65 => Some(MouseAct::WheelDown),
        _ => None,
    };
    if let (Some(act), Some(column), Some(row)) = (act, column.checked_sub(1), row.checked_sub(1)) {
        out.push(Token::Mouse(Mouse { column, row, act }));
    }
    State::Ground
}

/// A byte of a paste, `ending` bytes into its end mark.
fn paste(mut text: Vec<u8>, ending: usize, byte: u8, out: &mut Vec<Token>) -> State {
    if PASTE_END.get(ending) == Some(&byte) {
        if ending + 1 < PASTE_END.len() {
            return State::Paste { text, ending: ending + 1 };
        }
        out.push(Token::Paste(pasted(text)));
        return State::Ground;
    }
    // No end mark after all. Only its first byte can begin another one.
    let room = PASTE_CAP.saturating_sub(text.len());
    text.extend(PASTE_END.iter().take(ending).take(room));
    if byte == 0x1b {
        return State::Paste { text, ending: 1 };
    }
    if text.len() < PASTE_CAP {
        text.push(byte);
    }
    State::Paste { text, ending: 0 }
}

/// A paste as text; a character that the cap cut is left out.
fn pasted(mut text: Vec<u8>) -> String {
    if let Err(error) = std::str::from_utf8(&text)
        && error.error_len().is_none()
    {
        text.truncate(error.valid_up_to());
    }
    String::from_utf8_lossy(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Token::{Mouse as M, Paste, Ready};
    use super::*;

    /// What is said when the bytes come in pieces, each after a wait, and silence follows.
    fn heard(pieces: &[(Duration, &[u8])]) -> Vec<Token> {
        let (mut parser, mut out, mut now) = (Parser::default(), Vec::new(), Instant::now());
        for (wait, bytes) in pieces {
            let then = now + *wait;
            while let Some(due) = parser.due().filter(|&due| due <= then) {
                parser.expire(due, &mut out);
            }
            now = then;
            parser.feed(bytes, now, &mut out);
        }
        while let Some(due) = parser.due() {
            parser.expire(due, &mut out);
        }
        out
    }

    fn at_once(bytes: &[u8]) -> Vec<Token> {
        heard(&[(Duration::ZERO, bytes)])
    }

    fn keys(keys: &[Key]) -> Vec<Token> {
        keys.iter().copied().map(Token::Key).collect()
    }

    #[test]
    fn a_sequence_that_never_ends_takes_no_more_room() {
        let mut parser = Parser::default();
        parser.feed(b"\x1b[", Instant::now(), &mut Vec::new());
        parser.feed(&[b'1'; 100_000], Instant::now(), &mut Vec::new());
        assert!(matches!(&parser.state, State::Csi(parameters) if parameters.len() == PARAMETERS_CAP));
    }

    #[test]
    fn what_a_hand_types_behind_an_accident_of_the_line_is_keys_and_more_is_a_paste() {
        let typed = |words: &str| at_once(format!("\x1b[200~{words}").as_bytes());
        assert_eq!(typed("jjjjjjjj"), keys(&[Key::Char('j'); TYPED_AT_MOST]));
        assert_eq!(typed("jjjjjjjjj"), [Paste("jjjjjjjjj".to_owned())]);
    }

    #[test]
    fn keys_are_told_apart() {
        use Key::*;
        for (bytes, expected) in [
            ("j", vec![Char('j')]),
            ("é—漢🦀", vec![Char('é'), Char('—'), Char('漢'), Char('🦀')]),
            ("e\u{301}", vec![Char('e'), Char('\u{301}')]),
            ("\r\n\t\x7f\x08\x0f", vec![Enter, Enter, Tab, Backspace, Backspace, Ctrl('o')]),
            ("\x1b", vec![Esc]),
            ("\x1b\x1b[A", vec![Esc, Up]),
            ("\x1b\r", vec![Esc, Enter]),
            ("\x1bx\x1bй", vec![Alt('x'), Alt('й')]),
            ("\x1b[", vec![Alt('[')]),
            ("\x1bO", vec![Alt('O')]),
            ("\x1b]", vec![Alt(']')]),
            ("\x1b[A\x1b[B\x1b[C\x1b[D", vec![Up, Down, Right, Left]),
            ("\x1bOA\x1bOB\x1bOC\x1bOD", vec![Up, Down, Right, Left]),
            ("\x1b[1;5A\x1bO5B\x1b[a\x1b[d", vec![Up, Down, Up, Left]),
            ("\x1b[1;5D\x1b[1;3D\x1bOd\x1b[1;2D", vec![CtrlLeft, CtrlLeft, CtrlLeft, Left]),
            ("\x1b[1;5C\x1b[1;3C\x1bOc\x1b[1;2C", vec![CtrlRight, CtrlRight, CtrlRight, Right]),
            ("\x1b\x7f\x1b\x08", vec![AltBackspace; 2]),
            ("\x1bOP\x1b[11~\x1b[[A\x1b[11;2~", vec![F(1); 4]),
            ("\x1bOS\x1b[[E\x1b[15~\x1b[17~\x1b[24~", vec![F(4), F(5), F(5), F(6), F(12)]),
            ("\x1b[H\x1bOH\x1b[1~\x1b[7~\x1b[7$", vec![Home; 5]),
            ("\x1b[F\x1bOF\x1b[4~\x1b[8~\x1b[8^", vec![End; 5]),
            ("\x1b[5~\x1b[6~\x1b[5;2~\x1b[3~", vec![PageUp, PageDown, PageUp, Delete]),
            ("\x1b[Z\x1bOM", vec![BackTab, Enter]),
            ("\x1b]0;title\x07j\x1bPx\x1b\\j\x1b]0;title\x18j\x1bPx\x1aj", vec![Char('j'); 4]),
        ] {
            assert_eq!(at_once(bytes.as_bytes()), keys(&expected), "{bytes:?}");
        }
    }

    #[test]
    fn what_nobody_knows_is_swallowed_whole() {
        for unknown in [
            &b"\x1b[[F"[..],
            b"\x1bOT",
            b"\x1b[16~",
            b"\x1b[2~",
            b"\x1b[12;40R",
            b"\x1b[?62;22c",
            b"\x1b[?2026;2$y",
            b"\x1b[>0;276;0c",
            b"\x1b[I",
            b"\x1b[201~",
            b"\x1b]11;rgb:1111/1111/1111\x07",
            b"\x1b]52;c;cXVpdA==\x1b\\",
            b"\x1bP1+r544e=787465726d\x1b\\",
            b"\x1b[<35;10;10M",
            b"\x1b[<0;10;10m",
            b"\x1b[<0;0;0M",
            b"\x1b[M !",
            b"\xff\xc0\x80\xc2\x9b",
            b"\x00\x1c\x1f",
        ] {
            let mut bytes = unknown.to_vec();
            if unknown == b"\x1b[M !" {
                bytes.push(b'\x20');
            }
            bytes.push(b'q');
            assert_eq!(at_once(&bytes), keys(&[Key::Char('q')]), "{:?}", String::from_utf8_lossy(unknown));
        }
    }

    #[test]
    fn answers_mouse_and_pastes_are_no_keys() {
        let click = |column, row, act| M(Mouse { column, row, act });
        for (bytes, expected) in [
            ("\x1b[0n", vec![Ready]),
            ("\x1b[<0;1;1M\x1b[<0;1;1m", vec![click(0, 0, MouseAct::Click)]),
            ("\x1b[<64;300;20M", vec![click(299, 19, MouseAct::WheelUp)]),
            ("\x1b[<69;3;2M", vec![click(2, 1, MouseAct::WheelDown)]),
            ("\x1b[<4;3;2M\x1b[<8;3;2M\x1b[<16;3;2M", vec![click(2, 1, MouseAct::Click); 3]),
            ("\x1b[M !\"", vec![click(0, 1, MouseAct::Click)]),
            ("\x1b[200~é—漢\x1b[A\rq\x1b[201~", vec![Paste("é—漢\x1b[A\rq".into())]),
            ("\x1b[200~\x1b[20\x1b[201~", vec![Paste("\x1b[20".into())]),
        ] {
            assert_eq!(at_once(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn a_sequence_that_a_slow_line_splits_is_still_one() {
        let ms = Duration::from_millis;
        let up = |wait| heard(&[(ms(0), b"\x1b"), (ms(wait), b"[A")]);
        assert_eq!(up(30), keys(&[Key::Up]));
        assert_eq!(up(60), keys(&[Key::Esc, Key::Char('['), Key::Char('A')]));
        let behind_another = heard(&[(ms(0), b"\x1b"), (ms(40), b"\x1b"), (ms(40), b"[A")]);
        assert_eq!(behind_another, keys(&[Key::Esc, Key::Up]));
        assert_eq!(heard(&[(ms(0), b"\x1b["), (ms(200), b"A")]), keys(&[Key::Up]));
        assert_eq!(heard(&[(ms(0), b"\xf0\x9f"), (ms(200), b"\xa6\x80")]), keys(&[Key::Char('🦀')]));
    }

    #[test]
    fn keys_are_back_after_what_never_ends() {
        let q = keys(&[Key::Char('q')]);
        let flood = [&b"\x1b[200~"[..], &[b'x'; 200_000]].concat();
        let digits = [&b"\x1b["[..], &[b'1'; 200_000]].concat();
        for cut in [
            &b"\x1b[<"[..],
            b"\x1b[?",
            b"\x1b[1;",
            b"\x1b[200",
            b"\xe2\x80",
            b"\x1b]0;title",
            b"\x1bPx",
            &digits,
        ] {
            let said = heard(&[(Duration::ZERO, cut), (Duration::from_millis(500), b"q")]);
            assert_eq!(said, q, "{:?}", String::from_utf8_lossy(&cut[..cut.len().min(20)]));
        }
        let said = heard(&[(Duration::ZERO, &flood), (Duration::from_millis(500), b"q")]);
        let ended = [vec![Paste("x".repeat(PASTE_CAP))], q.clone()].concat();
        assert_eq!(said, ended);
        // However the flood fell between two looks at it.
        let later: Vec<(Duration, &[u8])> = [
            (Duration::ZERO, &flood[..100]),
            (Duration::from_millis(300), &flood[100..]),
            (Duration::from_millis(500), b"q"),
        ]
        .to_vec();
        assert_eq!(heard(&later), ended);
        assert_eq!(heard(&[(Duration::ZERO, b"\x1b[200~"), (Duration::from_millis(100), b"q")]), q);
    }

    #[test]
    fn a_key_pressed_again_and_again_ends_a_paste_without_end() {
        let mut pieces = vec![(Duration::ZERO, &b"\x1b[200~some text without an end"[..])];
        pieces.resize(10, (Duration::from_millis(100), b"q"));
        assert!(heard(&pieces).contains(&Token::Key(Key::Char('q'))));
    }

    #[test]
    fn a_long_paste_is_cut_at_a_character() {
        let text = "é".repeat(PASTE_CAP);
        let said = at_once(format!("\x1b[200~x{text}\x1b[201~q").as_bytes());
        assert_eq!(said, [Paste(format!("x{}", "é".repeat(PASTE_CAP / 2 - 1))), Token::Key(Key::Char('q'))]);
    }

    proptest! {
        #[test]
        fn pieces_say_the_same_as_the_whole(
            parts in prop::collection::vec(prop_oneof![
                any::<Vec<u8>>(),
                "\\PC{0,5}".prop_map(String::into_bytes),
                prop::sample::select(vec!["\x1b", "\x1b[", "\x1b[A", "\x1b[200~", "\x1b[201~", "\x1bO", "\x1b]", "\x1b\\", "\x1b[<0;2;3M"])
                    .prop_map(|s| s.as_bytes().to_vec()),
            ], 0..12),
        ) {
            let whole = parts.concat();
            let pieces: Vec<_> = whole.iter().map(|byte| (Duration::ZERO, std::slice::from_ref(byte))).collect();
            prop_assert_eq!(heard(&pieces), at_once(&whole));
        }

        #[test]
        fn after_a_second_of_quiet_a_key_is_that_key(noise in any::<Vec<u8>>()) {
            let said = heard(&[(Duration::ZERO, &noise), (Duration::from_secs(1), b"q")]);
            prop_assert_eq!(said.last(), Some(&Token::Key(Key::Char('q'))));
        }
    }
}
