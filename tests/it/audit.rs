//! Every byte that comes out is of a known kind, whatever a library says.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use brief::sanitize::is_harmless;

use crate::pty::{Pty, Status, brief};

/// What a library could say to act on a terminal, hide in it or reorder it.
const PAYLOADS: [&str; 22] = [
    "\x1b[31mred",
    "\x1b[2J\x1b[H",
    "\x1b]0;title\x07",
    "\x1b]52;c;QUFB\x07",
    "\x1b]8;;http://x.example\x1b\\link",
    "\x1bP$qm\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b_Ga=T\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x1b[?1049l",
    "\x1b[6n",
    "\x1b",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "over\rwritten",
    "gone\x08\x08\x08\x08\x08\x08",
    "\u{202e}desrever\u{202c}",
    "zero\u{200b}width\u{feff}",
    "\u{e0041}\u{e0042}",
    "a\u{2028}b\u{2029}c",
    "\x07\x0b\x0c\x0e\x0f\x7f\u{85}",
];

/// A library that says something wherever a library can.
fn library(number: usize, payload: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit").join(number.to_string());
    let _ = fs::remove_dir_all(&folder);
    let briefing = folder.join("briefings/ferry");
    fs::create_dir_all(&briefing).unwrap();
    fs::create_dir_all(folder.join("seeds")).unwrap();
    let said: String = payload.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    let ferry = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/briefings/ferry");
    for file in fs::read_dir(ferry).unwrap() {
        let file = file.unwrap();
        let mut text = fs::read_to_string(file.path()).unwrap();
        // In each title, name, wording and reason; the quotes stay what they are.
        for key in ["title", "name", "by", "why", "note", "outlet", "text"] {
            for blanks in [" ", "  ", "   ", "    "] {
                let key = format!("{key}{blanks}= \"");
                text = text.replace(&key, &format!("{key}{said}"));
            }
        }
        fs::write(briefing.join(file.file_name()), text).unwrap();
    }
    let wrong = format!(
        "\n[[plan_point]]\nid = \"{said}\"\ntitle = \"{said}\"\ntopics = [\"{said}\"]\n\"{said}\" = 1\n"
    );
    fs::write(briefing.join("wrong.toml"), wrong).unwrap();
    fs::write(briefing.join("bad.toml"), format!("a = {payload}\n{payload} = 1\n[[{payload}]]\n")).unwrap();
    let named = payload.replace(['/', '\0'], "");
    fs::write(briefing.join(format!("{named}.toml")), "a = \n").unwrap();
    for source in ["gazette.txt", "herald.txt", "letter.txt"] {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/seeds");
        let text = fs::read_to_string(seeds.join(source)).unwrap();
        fs::write(folder.join("seeds").join(source), text.replace(". ", &format!(". {payload} ")) + payload)
            .unwrap();
    }
    folder
}

/// What is not of a known kind: in letters, or in what the reader itself says to a terminal.
fn faults(said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut rest = said;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match (c, after.strip_prefix('[')) {
            ('\x1b', Some(sequence)) => {
                let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';' | '?')).unwrap_or(0);
                let (parameters, last) = (&sequence[..end], sequence[end..].chars().next().unwrap_or('\x1b'));
                let mode =
                    || matches!(parameters, "?1049" | "?25" | "?7" | "?2004" | "?1000" | "?1006" | "?2026");
                let known = match last {
                    'h' | 'l' => mode(),
                    'n' => parameters == "5",
                    'H' | 'm' | 'J' | 'K' | 'r' | 'S' | 'T' | 'L' | 'M' | 'X' | 'A' | 'B' | 'C' | 'D'
                    | 'G' | 'd' => !parameters.contains('?'),
                    _ => false,
                };
                if !known {
                    faults.push(format!("ESC [ {parameters} {last:?}"));
                }
                sequence.get(end + last.len_utf8()..).unwrap_or_default()
            }
            // A row comes in at the top; and the cursor goes back by a cell, never by as many as a payload.
            ('\x1b', None) if after.starts_with('M') => &after[1..],
            ('\x08', _) if !rest.starts_with("\x08\x08\x08\x08") => after,
            ('\r' | '\n', _) => after,
            _ => {
                if !is_harmless(c) {
                    faults.push(format!("{c:?} before {:?}", after.chars().take(8).collect::<String>()));
                }
                after
            }
        };
    }
    faults
}

#[test]
fn nothing_that_a_library_says_comes_out_as_it_is() {
    for (number, payloads) in PAYLOADS.chunks(2).enumerate() {
        let payload = &payloads.join(" ");
        let library = library(number, payload);
        let mut command = brief();
        command.args(["--no-state", "--library"]);
        command.arg(&library);
        let mut pty = Pty::spawn(command, 120, 36, Status::Answered);
        pty.shows("Plan points");
        for keys in
            ["j", "2", "3", "4jjj", "5jjjj", "]", "i", "S", "!", "?", "t", ":", "v", "s", "w", "c", "/e", "!"]
        {
            pty.send(keys);
            // An Esc before a key that would not make a sequence of both.
            for _ in 0..4 {
                pty.press("\x1b\x0c");
            }
        }
        pty.send("Q");
        assert!(pty.ends().success(), "{payload:?}");
        let said = pty.look(|output| String::from_utf8(output.bytes.clone()).unwrap());
        assert_eq!(faults(&said), [""; 0], "{payload:?} on the terminal");

        for arguments in [
            &["--plain"][..],
            &["check"],
            &["check", "--coverage", "--verbose"],
            &["check", "--format", "json"],
            &["check", "--format", "github"],
            &["list", "briefings"],
            &["list", "briefings", "--json"],
            &["list", "topics"],
            &["list", "topics", "--json"],
            &["list", "cards"],
            &["list", "cards", "--json"],
            &["list", "quotes"],
            &["list", "quotes", "--json"],
            &["list", "sources"],
            &["list", "sources", "--json"],
            &["list", "changes"],
            &["list", "changes", "--json"],
            &["search", "fare"],
            &["search", "fare", "--json"],
            &["search", "fare", "--all"],
            &["search", payload],
            &["--search", "fare", "--plain"],
            &["--card", payload],
            &["quote", "gazette", "the"],
            &["quote", payload, payload],
            &["quote", "herald", payload],
            &["anchor", "--list"],
            &["anchor", "--accept", payload],
            &["versions", "--plain"],
            &["versions", "--json"],
            &["stances", "--plain"],
            &["stances", "--json"],
            &["timeline", "--plain"],
            &["timeline", "--json"],
            &["coverage", "--plain"],
            &["coverage", "--json"],
            &["export", "md"],
            &["export", "html"],
            &["export", "json"],
            &["export", "csv"],
            &["export", "w3c"],
            &["--briefing", payload],
            &["--topic", payload],
        ] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
            command.env_clear().arg("--library").arg(&library).args(arguments).stdin(Stdio::null());
            let output = command.output().unwrap();
            assert!(matches!(output.status.code(), Some(0..=2)), "{payload:?} by {arguments:?}");
            for stream in [output.stdout, output.stderr] {
                let mut said = String::from_utf8(stream).unwrap();
                if arguments.first() == Some(&"export") || arguments.contains(&"--json") {
                    // Words are handed on with what breaks and joins them unseen.
                    said.retain(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}'));
                }
                assert_eq!(faults(&said), [""; 0], "{payload:?} by {arguments:?}");
            }
        }
    }
}
