//! Syntax errors in words for people: the TOML parser's own are those of its grammar.

use crate::span::Span;

/// A syntax error: where it is, what it is, what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// In bytes of the text that was parsed.
    pub span: Span,
    phrasing: &'static Phrasing,
}

/// How the parser's messages are put.
#[derive(Debug, PartialEq, Eq)]
struct Phrasing {
    /// What the parser's messages begin with, without their quotation marks.
    begins: &'static [&'static str],
    message: &'static str,
    help: &'static str,
}

const BROKEN: &Phrasing = &Phrasing {
    begins: &["invalid basic string, expected `\"`", "invalid literal string, expected `'`"],
    message: "a string ends with its line",
    help: "close it on its line, or use three quotation marks",
};

const TWICE: &Phrasing = &Phrasing {
    begins: &["duplicate key"],
    message: "the key is given twice",
    help: "give it once; or begin another table with a header above it",
};

/// The first that fits is taken; the last fits everything.
const PHRASINGS: &[&Phrasing] = &[
    BROKEN,
    &Phrasing {
        begins: &[
            "invalid multi-line basic string, expected `\"`",
            "invalid multi-line literal string, expected `'`",
        ],
        message: "a string of several lines is not closed",
        help: "close it with three quotation marks",
    },
    &Phrasing {
        begins: &["missing escaped value", "too few unicode", "invalid value"],
        message: "nothing that a backslash can stand before",
        help: "write two backslashes for one, or put the words into '...'",
    },
    &Phrasing {
        begins: &[
            "invalid basic",
            "invalid literal",
            "invalid multi-line",
            "invalid comment",
            "carriage return",
        ],
        message: "a character that cannot be seen",
        help: "delete it",
    },
    &Phrasing {
        begins: &[
            "invalid boolean",
            "invalid date",
            "invalid time",
            "invalid float",
            "invalid fraction",
            "unexpected leading zero",
            "`_` may only",
        ],
        message: "not a value",
        help: "write true, false, a number, or words in quotation marks",
    },
    &Phrasing {
        begins: &["string values must be quoted", "missing value", "missing opening quote", "invalid string"],
        message: "a value is missing, or has no quotation marks",
        help: "write key = \"...\"; true, false and numbers need no marks",
    },
    &Phrasing {
        begins: &["unclosed array table", "unclosed table", "missing table open"],
        message: "the header of a table is not closed",
        help: "write as many brackets behind it as in front of it",
    },
    &Phrasing {
        begins: &[
            "unclosed array",
            "missing array",
            "missing comma between array",
            "extra comma in array",
            "unexpected `=`",
        ],
        message: "not a list",
        help: "write [\"...\", \"...\"] with a comma between",
    },
    &Phrasing {
        begins: &[
            "unclosed inline",
            "missing inline",
            "invalid inline",
            "extra comma in inline",
            "missing comma between key",
            "missing key for inline",
            "missing assignment",
            "extra assignment",
        ],
        message: "not a table in braces",
        help: "write { key = \"...\", key = \"...\" }",
    },
    TWICE,
    &Phrasing {
        begins: &["cannot recurse"],
        message: "too many lists or tables inside each other",
        help: "take them apart",
    },
    &Phrasing { begins: &["recursion limit"], message: "a key with too many dots", help: "take it apart" },
    OTHER,
];

/// What is TOML line by line, and not as a whole.
const SINGLE: &Phrasing = &Phrasing {
    begins: &[],
    message: "single brackets are for a table that stands once",
    help: "write double brackets around it, [[...]], as for each of several",
};

const EARLY: &Phrasing = &Phrasing {
    begins: &[],
    message: "the table that this one is inside of has not begun",
    help: "put it below the header of that table, or correct its name",
};

const UNMERGED: &Phrasing = &Phrasing {
    begins: &[],
    message: "a merge was not finished, from here down to the line with >>>>>>>",
    help: "keep one of the two sides, and take out the lines with <<<<<<<, ======= and >>>>>>>",
};

const TWOFOLD: &Phrasing = &Phrasing {
    begins: &[],
    message: "tables with this name in their headers are a list already",
    help: "take this key out, or write its tables with headers too",
};

/// What the parser has no name for, and what people write all the same.
const ENDED: &Phrasing = &Phrasing {
    begins: &[],
    message: "the string ends at this mark, and words stand behind it",
    help: "write \\\" for a mark inside of \"...\"; or put the words into '''...''', which holds both kinds",
};

const CURLY: &Phrasing = &Phrasing {
    begins: &[],
    message: "these are quotation marks of print, and TOML knows only \" and '",
    help: "write \" in their places",
};

const COMMA: &Phrasing = &Phrasing {
    begins: &[],
    message: "a comma behind a value",
    help: "take it away: commas stand only inside of [...] and {...}",
};

const COLON: &Phrasing = &Phrasing {
    begins: &[],
    message: "a colon behind a key",
    help: "write key = \"...\", with = for the colon",
};

const BLANK: &Phrasing = &Phrasing {
    begins: &[],
    message: "a blank in the name of a table",
    help: "write _ in its place, as in [[plan_point]]",
};

const REMARK: &Phrasing =
    &Phrasing { begins: &[], message: "a remark does not begin with //", help: "write # in its place" };

const OTHER: &Phrasing = &Phrasing {
    begins: &[""],
    message: "neither a key with its value nor the header of a table",
    help: "write key = \"...\", or # in front of a remark",
};

/// The line of a text with the most dots.
fn most_dots(text: &str) -> Span {
    let (mut most, mut found, mut at) = (0, Span::default(), 0);
    for line in text.split_inclusive('\n') {
        let dots = line.bytes().filter(|&byte| byte == b'.').count();
        if dots > most {
            (most, found) = (dots, Span::new(at, at + line.trim_end().len()));
        }
        at += line.len();
    }
    found
}

/// The quotation marks of print.
const PRINTED: [char; 12] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›'];

/// What the words at an error show that the parser does not say, with its place.
fn shown(message: &str, span: Span, text: &str) -> Option<(Span, &'static Phrasing)> {
    let (before, after) = text.split_at_checked(span.start)?;
    let is_behind_value = message.starts_with("unexpected key or value");
    let is_in_list = message.starts_with("missing comma between");
    if after.starts_with("//") {
        return Some((span, REMARK));
    }
    if is_behind_value && after.starts_with(',') {
        return Some((span, COMMA));
    }
    // Between the members of a list, what is not a value shows that a string has ended too soon.
    let has_words =
        is_behind_value && !is_key(after) || is_in_list && after.starts_with(char::is_alphanumeric);
    let value = before.trim_end_matches([' ', '\t']);
    if let Some(mark) = value.chars().next_back().filter(|mark| has_words && matches!(mark, '"' | '\'')) {
        // No further than to the next such mark: a line can have many mistakes.
        let has_more = || after.chars().find(|&c| c == mark || c == '\n') == Some(mark);
        if value.len() == before.len() || has_more() {
            return Some((Span::new(value.len() - 1, value.len()), ENDED));
        }
    }
    let is_split = || after.trim_start_matches(' ').starts_with(char::is_alphanumeric);
    let is_open = message.starts_with("unclosed array table") || message.starts_with("unclosed table");
    if is_open && after.starts_with(' ') && is_split() {
        return Some((span, BLANK));
    }
    if message.starts_with("invalid unquoted key") && after.starts_with(':') {
        return Some((span, COLON));
    }
    let is_word =
        message.starts_with("string values must be quoted") || message.starts_with("invalid unquoted key");
    (is_word && after.starts_with(PRINTED)).then_some((span, CURLY))
}

/// Whether a text begins with a key and what stands before its value.
fn is_key(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    rest.len() < text.len() && rest.trim_start_matches(' ').starts_with('=')
}

impl Mistake {
    /// An error that the parser found in a text. Where a key has too many dots, it does not say.
    #[must_use]
    pub fn new(error: &toml::de::Error, text: &str) -> Self {
        let place = error.span().map(Span::from);
        if let Some((span, phrasing)) = place.and_then(|span| shown(error.message(), span, text)) {
            return Self { span, phrasing };
        }
        let fits =
            |phrasing: &&Phrasing| phrasing.begins.iter().any(|begin| error.message().starts_with(begin));
        let phrasing = PHRASINGS.iter().copied().find(fits).unwrap_or(OTHER);
        Self { span: place.unwrap_or_else(|| most_dots(text)), phrasing }
    }

    /// A header in single brackets where there can be several tables.
    #[must_use]
    pub const fn single(span: Span) -> Self {
        Self { span, phrasing: SINGLE }
    }

    /// The header of a table inside one that has not begun.
    #[must_use]
    pub const fn early(span: Span) -> Self {
        Self { span, phrasing: EARLY }
    }

    /// The first line of two sides that were not made one.
    #[must_use]
    pub const fn unmerged(span: Span) -> Self {
        Self { span, phrasing: UNMERGED }
    }

    /// A key with the name of tables that have headers.
    #[must_use]
    pub const fn twofold(span: Span) -> Self {
        Self { span, phrasing: TWOFOLD }
    }

    /// The same in a longer text, in which the one that was parsed begins at byte `by`.
    #[must_use]
    pub const fn moved(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), ..self }
    }

    /// Whether it is part of the one in the line above: the rest of a string that breaks over its line, or
    /// another key of a table whose header is missing.
    #[must_use]
    pub fn is_rest_of(self, above: Self) -> bool {
        above.phrasing == BROKEN || above.phrasing == TWICE && self.phrasing == TWICE
    }

    /// What is wrong, as a sentence.
    #[must_use]
    pub fn message(self) -> String {
        format!("not TOML: {}", self.phrasing.message)
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        self.phrasing.help
    }
}

#[cfg(test)]
mod tests {
    use super::Mistake;
    use toml::de::DeTable;

    #[test]
    fn what_people_write_is_named_where_it_stands() {
        let ended = "the string ends at this mark, and words stand behind it";
        let printed = "these are quotation marks of print, and TOML knows only \" and '";
        let other = "neither a key with its value nor the header of a table";
        // (the line, where the mistake begins, what it is)
        let cases = [
            ("a = \"é: \"Our students\"\"", "\"Our", ended),
            ("a = \"\"漢🦀\" he said\"", "\"漢", ended),
            ("a = 'The city's draft'", "'s", ended),
            ("a = \"a 5\" pipe, a 6\" pipe\"", "\" pipe, a", ended),
            ("a = [\"we \"will\" wait\", \"b\"]", "\"will", ended),
            ("a = [{ b = \"we \"will\" wait\" }]", "\"will", ended),
            ("a = \"we\",", ",", "a comma behind a value"),
            ("a = 1,", ",", "a comma behind a value"),
            ("a = \"we\" // é", "//", "a remark does not begin with //"),
            ("// é", "//", "a remark does not begin with //"),
            ("[[plan point]]", " point", "a blank in the name of a table"),
            ("[[plan # point", " #", "the header of a table is not closed"),
            ("a: \"we\"", ":", "a colon behind a key"),
            ("a = “we wait”", "“", printed),
            ("a = «we»", "«", printed),
            ("a = [„we“]", "„", printed),
            ("“a” = 1", "“", printed),
            ("a = \"we\" wait", "wait", other),
            ("a = \"we\" b = \"wait\"", "b", other),
            ("a \"we\"", "\"", other),
            ("a = [\"we\" \"wait\"]", "\"wait", "not a list"),
        ];
        for (line, at, want) in cases {
            let text = format!("# é\n{line}\n");
            let (_, errors) = DeTable::parse_recoverable(&text);
            let mut found: Vec<Mistake> = errors.iter().map(|error| Mistake::new(error, &text)).collect();
            found.sort_by_key(|mistake| mistake.span);
            let first = found.first().unwrap();
            assert_eq!(first.message(), format!("not TOML: {want}"), "{line}");
            assert_eq!(first.span.start, text.find(line).unwrap() + line.find(at).unwrap(), "{line}");
        }
    }
}
