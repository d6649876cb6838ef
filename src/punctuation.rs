//! Quotation marks and dashes of every shape: in these a quote may differ from its source, and a search does not tell
//! them apart.

/// Whether a character is a blank that keeps a mark on the line of its word, as French has before `»` and `!`.
#[must_use]
pub const fn is_kept_blank(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}')
}

/// The ASCII character that a quotation mark, an apostrophe or a dash of another shape stands for: also an accent that
/// stands alone, as it is typed for an apostrophe, and the geresh, gershayim and maqaf of Hebrew.
#[must_use]
pub const fn plain(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' | '´' | '\u{5F3}' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\u{5F4}' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '\u{5BE}' => Some('-'),
        _ => None,
    }
}

/// Words as they are compared where only what they say counts: in small letters, with plain marks and single spaces.
#[must_use]
pub fn wording(words: &str) -> String {
    // Nearly all names are such, and opening a briefing compares them.
    let bytes = words.as_bytes();
    let is_spaced = words.trim_ascii().len() == words.len() && !bytes.windows(2).any(|two| two == b"  ");
    if is_spaced && bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return words.to_ascii_lowercase();
    }
    let mut wording = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let space = if wording.is_empty() { "" } else { " " };
        wording.push_str(space);
        wording.extend(word.chars().map(|c| plain(c).unwrap_or(c)).flat_map(char::to_lowercase));
    }
    wording
}

#[cfg(test)]
mod tests {
    use super::wording;

    #[test]
    fn words_that_say_the_same_have_one_wording() {
        let same = ["won’t — “Étude” 漢🦀", " WON'T  -\u{A0}\"étude\"\n漢🦀 ", "won‘t – „étude“\t漢🦀"];
        for words in same {
            assert_eq!(wording(words), "won't - \"étude\" 漢🦀");
        }
        for plain in ["Will not", " will not", "will  not", "will not "] {
            assert_eq!(wording(plain), "will not");
        }
        assert_eq!(wording(" \n"), "");
    }
}
