//! Words as TOML has them.
//!
//! It promises that a string, read back, is the same words with each line ended by `\n`, and that whoever
//! looks at it sees every character: what cannot be seen is written as an escape.

use crate::sanitize::is_harmless;
use std::fmt::Write as _;

/// Words as a TOML string on one line: in single marks where that spares escapes, and otherwise with
/// an escape for whatever cannot be seen.
#[must_use]
pub fn toml_string(words: &str) -> String {
    let literal = words.chars().all(|c| is_harmless(c) && !matches!(c, '\n' | '\''));
    if literal && words.contains(['"', '\\']) {
        return format!("'{words}'");
    }
    let words = words.replace("\r\n", "\n");
    let mut string = String::with_capacity(words.len() + 2);
    string.push('"');
    for c in words.chars() {
        let _ = match c {
            '"' | '\\' => write!(string, "\\{c}"),
            '\n' => write!(string, "\\n"),
            '\t' => write!(string, "\\t"),
            c if is_harmless(c) => write!(string, "{c}"),
            c if u32::from(c) < 0x1_0000 => write!(string, "\\u{:04X}", u32::from(c)),
            c => write!(string, "\\U{:08X}", u32::from(c)),
        };
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::toml_string;
    use proptest::prelude::*;

    #[test]
    fn a_string_shows_every_character() {
        let cases = [
            ("“é—漢字🦀”", "\"“é—漢字🦀”\""),
            ("it's", "\"it's\""),
            ("say \"no\"", "'say \"no\"'"),
            ("it's \"no\"", r#""it's \"no\"""#),
            ("a\\b", r"'a\b'"),
            ("one\r\ntwo\tthree", r#""one\ntwo\tthree""#),
            ("\"one\"\ntwo", r#""\"one\"\ntwo""#),
            ("\u{1b}[31m \u{85}", r#""\u001B[31m \u0085""#),
            ("\u{202E}\"\u{E0041}", r#""\u202E\"\U000E0041""#),
        ];
        for (words, want) in cases {
            assert_eq!(toml_string(words), want, "{words:?}");
        }
    }

    proptest! {
        #[test]
        fn a_string_read_back_is_the_same_words(words in any::<String>()) {
            let read: toml::Table = format!("k = {}", toml_string(&words)).parse().unwrap();
            prop_assert_eq!(read["k"].as_str().unwrap(), words.replace("\r\n", "\n"));
        }
    }
}
