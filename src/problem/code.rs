//! The kinds of problem, each with its stable code, its severity and its title, from one table.

use super::Severity::{self, Error, Warning};
use std::fmt;

/// Makes the enum of codes and everything that is said of them out of one table.
macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal,)+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $title, ".")] $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is printed; it never changes its meaning.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How much problems of this kind matter.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => $severity,)+ }
            }

            /// The kind in one line.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    Unreadable "E001" Error "a file is missing or cannot be read",
    OutsideLibrary "E002" Error "a path leads out of the library",
    TooLarge "E003" Error "a file, or the library, is larger than allowed",
    NotUtf8 "E004" Error "a file is not UTF-8 text",
    Syntax "E005" Error "a file is not TOML",
    Schema "E006" Error "the schema is missing or not one that is known",
    UnknownKey "E007" Error "a table has a key that the format does not know",
    UnknownTable "E008" Error "a file has a table that the format does not know",
    WrongType "E009" Error "a value is of the wrong type",
    MissingKey "E010" Error "a table lacks a key that it needs",
    HeadTwice "E011" Error "a key of the briefing's head is given twice",
    QuoteNotFound "E012" Error "a quote does not stand in its source",
    QuoteAmbiguous "E013" Error "the words of a quote stand more than once in the source",
    NthOutOfRange "E014" Error "the words of a quote stand less often in the source than `nth` says",
    KeyNotInQuote "E015" Error "the key words of a quote are not part of it",
    Empty "E016" Error "a text that must say something is empty",
    NoQuotes "E017" Error "a card has no quote to hold it up",
    BadId "E018" Error "an id has other characters than a-z, 0-9 and -",
    DuplicateId "E019" Error "two things have the same id",
    UnknownId "E020" Error "a reference leads to nothing, or to the wrong kind of thing",
    UnknownChoice "E021" Error "a word is not one of those to choose from",
    BadDate "E022" Error "a date is not a date",
    Cycle "E023" Error "cards supersede each other in a circle",
    NoAnswer "E024" Error "a question is answered, but no card answers it",
    PassageNotFound "E025" Error "an aside or an unused sentence does not stand in its source",
    HashDiffers "E026" Error "a source is not the text whose hash was recorded",
    NotAContradiction "E027" Error "a contradiction is not between two reports about one version, or of one actor",
    SameText "E028" Error "two sources are one text",
    NothingThere "E029" Error "a briefing or a source has nothing in it",
    TooMany "E030" Error "there are more problems than are shown",
    KeyClash "E031" Error "a configuration leaves keys with two meanings, or with none that is needed",
    LongTitle "W101" Warning "a title is wider than 60 cells",
    Typographic "W102" Warning "a quote differs from its source in quotation marks, dashes or spaces",
    HiddenCharacters "W103" Warning "a text holds characters that cannot be seen",
    Unused "W104" Warning "a version, topic, actor or origin is used by no card",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Severity};

    #[test]
    fn codes_are_in_order_each_once_and_tell_their_severity() {
        assert!(Code::ALL.is_sorted_by(|a, b| a.as_str() < b.as_str()));
        for code in Code::ALL {
            let letter = if code.severity() == Severity::Error { 'E' } else { 'W' };
            assert!(code.as_str().starts_with(letter), "{code}");
        }
    }
}
