//! The kinds of problem, each with its stable code, its severity, its title and its explanation, from
//! one table.

use super::Severity::{self, Error, Hint, Warning};
use std::fmt;

/// What there is to say of a kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it means.
    pub means: &'static str,
    /// What causes it.
    pub example: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Makes the enum of codes and everything that is said of them out of one table.
macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal { $means:literal $example:literal $remedy:literal })+) => {
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

            /// What problems of this kind mean, one that causes them, and what to do about it.
            #[must_use]
            pub const fn explanation(self) -> Explanation {
                match self {
                    $(Self::$name => Explanation { means: $means, example: $example, remedy: $remedy },)+
                }
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
    Unreadable "E001" Error "a file is missing or cannot be read" {
        "The file, or one that it names, is not there, is no plain file, or may not be read."
        "file = \"gazete.txt\", and seeds/ has gazette.txt"
        "Correct the name, or put the file there and see that it may be read."
    }
    OutsideLibrary "E002" Error "a path leads out of the library" {
        "A path may only lead below the library, by plain names and through no link, so that a \
         briefing from somebody else reads none of your files."
        "file = \"../private.txt\""
        "Copy the file into seeds/ and name it from there."
    }
    TooLarge "E003" Error "a file, or the library, is larger than allowed" {
        "A TOML file may have 4 MiB, a text 16 MiB, a briefing with its texts 64 MiB."
        "a whole archive as one source"
        "Make several files or briefings of it."
    }
    NotUtf8 "E004" Error "a file is not UTF-8 text" {
        "Texts and TOML files are UTF-8. What is not is shown as a mark, and cannot be quoted."
        "a text saved as UTF-16 or Latin-1"
        "Save it as UTF-8: iconv -f LATIN1 -t UTF-8 old.txt > new.txt"
    }
    Syntax "E005" Error "a file is not TOML" {
        "The file is not TOML at this line. What stands on other lines is read all the same: a line \
         costs its key, a header its table. Until it is mended, nothing is said of what may only seem \
         to be missing or unused because of it."
        "title = The fare"
        "Mend the line. Words stand in quotation marks, \"...\" or '...'; where they have such marks \
         themselves, write \\\" for each, or put them into '''...'''."
    }
    Schema "E006" Error "the schema is missing or not one that is known" {
        "The head says which format the files have; there is one so far."
        "schema = 2"
        "Write schema = 1."
    }
    UnknownKey "E007" Error "a table has a key that the format does not know" {
        "Most likely a slip of the pen: the key means nothing here, and what it should say is \
         missing. Or it belongs to another table, whose header is missing above it."
        "orgin = \"reuters\""
        "Take the key that is proposed, write the header that is missing, or put the words into a \
         remark."
    }
    UnknownTable "E008" Error "a file has a table that the format does not know" {
        "There is no table of this name; what stands in it, and below it up to the next header that \
         is known, is not read."
        "[[plan-point]]"
        "Take the name that is proposed: [[plan_point]]."
    }
    WrongType "E009" Error "a value is of the wrong type" {
        "The value is, say, a number where words are wanted."
        "topics = \"fares\""
        "Write it as the help says: topics = [\"fares\"]."
    }
    MissingKey "E010" Error "a table lacks a key that it needs" {
        "This kind of table cannot do without the key."
        "[[event]] without date"
        "Add the key."
    }
    HeadTwice "E011" Error "a key of the briefing's head is given twice" {
        "All files of a briefing are read together, and each key of the head may stand once."
        "title in briefing.toml and in timeline.toml"
        "Keep one of them."
    }
    QuoteNotFound "E012" Error "a quote does not stand in its source" {
        "The words are not in the text: the quote was retyped, or the text has changed. Nothing is \
         painted. The nearest passage is shown with what [-went-] and what {+came+}."
        "exact = \"we will never wait\", and the text has \"we will not wait\""
        "Copy the words anew (brief quote SOURCE WORDS), or see brief anchor for what it proposes."
    }
    QuoteAmbiguous "E013" Error "the words of a quote stand more than once in the source" {
        "The words stand at several places, or at more than could be counted in time, and nothing \
         says which is meant; the first is shown."
        "exact = \"The board meets\", twice in the text"
        "Add nth = 2 for the second place, or quote more words. Where all other places are in \
         asides, brief check --fix does it."
    }
    NthOutOfRange "E014" Error "the words of a quote stand less often in the source than `nth` says" {
        "There are fewer places than nth says, or nth is 0."
        "nth = 3, and the words stand twice"
        "Count the places with brief quote SOURCE WORDS; where the text has changed, see what brief \
         anchor proposes."
    }
    KeyNotInQuote "E015" Error "the key words of a quote are not part of it" {
        "The words that matter must be part of the quote, as they stand there."
        "exact = \"Ukraine must accept\", key = \"should accept\""
        "Copy key from exact."
    }
    Empty "E016" Error "a value that must say something is empty" {
        "The value is there but says nothing."
        "title = \" \""
        "Say something, or leave the key out if the table can do without it."
    }
    NoQuotes "E017" Error "a card has no quote to hold it up" {
        "Every line of a briefing is held up by words from a text."
        "[[reaction]] without [[reaction.quote]]"
        "Add a quote: brief quote SOURCE WORDS writes it."
    }
    BadId "E018" Error "an id has other characters than a-z, 0-9 and -" {
        "Ids are typed by people and kept in marks and links: a-z, 0-9 and - only."
        "id = \"Höhe 1\""
        "Write id = \"hoehe-1\"."
    }
    DuplicateId "E019" Error "two things have the same id" {
        "An id names one thing in the whole briefing, whatever its kind."
        "a topic and a card both called fares"
        "Rename one of them, and what refers to it."
    }
    UnknownId "E020" Error "a reference leads to nothing, or to the wrong kind of thing" {
        "The id that is referred to is not there, or is another kind of thing."
        "version = \"drfat\""
        "Take the id that is proposed, or add the table."
    }
    UnknownChoice "E021" Error "a word is not one of those to choose from" {
        "Only certain words can stand here."
        "stance = \"pro\""
        "Take one of the words that the help names."
    }
    BadDate "E022" Error "a date is not a date" {
        "Dates are days, months and years, written as in EDTF, level 1; its intervals and seasons are \
         not read."
        "date = \"19.11.2025\""
        "Write 2025-11-19, 2025-11 or 2025; a ~ behind it for about, a ? for unsure. Of several days \
         write the first."
    }
    Cycle "E023" Error "cards supersede each other in a circle" {
        "Of cards that supersede each other none would be the last."
        "a supersedes b, b supersedes a"
        "Take out one of the relations."
    }
    NoAnswer "E024" Error "a question is answered, but no card answers it" {
        "A question counts as answered when a card answers it."
        "status = \"answered\" alone"
        "Add rel = [{ type = \"answers\", to = \"...\" }] to the card that answers, or set status = \
         \"open\"."
    }
    PassageNotFound "E025" Error "an aside or an unused sentence does not stand in its source" {
        "An aside or an unused sentence is not in the text, as with E012; nothing is dimmed."
        "[[source.aside]] exact = \"Subcribe\""
        "Copy the words anew, or see brief anchor for what it proposes."
    }
    HashDiffers "E026" Error "a source is not the text whose hash was recorded" {
        "The text in seeds/ has changed since its hash was recorded, so its quotes may have \
         drifted."
        "a newer copy of an article put over the old one"
        "See what has drifted (brief anchor). When all is as it should be, brief anchor --accept \
         SOURCE records the new hash; brief check --fix does where every quote stands in one piece and \
         none has nth (W105)."
    }
    NotAContradiction "E027" Error "a contradiction is not between two reports about one version, or of one actor" {
        "Two reports of one version contradict each other, or two of one actor. Versions that \
         differ are not a contradiction."
        "a US and a European point that differ"
        "Leave the relation out; brief versions shows them side by side."
    }
    SameText "E028" Error "two sources are one text" {
        "One text under two ids would count twice as a witness, in one file or in two that are alike."
        "two sources with file = \"gazette.txt\""
        "Keep one of them."
    }
    NothingThere "E029" Error "a briefing or a source has nothing in it" {
        "The briefing has no card, or the text no words."
        "an empty file in seeds/"
        "Put something there."
    }
    TooMany "E030" Error "there are more problems than are shown" {
        "The list is cut so that it can be read."
        "a file of another format"
        "Mend those above first."
    }
    KeyClash "E031" Error "a configuration leaves keys with two meanings, or with none that is needed" {
        "It would not be clear what a key does. This is about the reader's own configuration."
        "[keys] search = [\"q\"]"
        "Give one of the two another key; brief config shows them all."
    }
    LongTitle "W101" Warning "a title is wider than 60 cells" {
        "A list shows 60 cells of a title without cutting it."
        "a whole sentence as a title"
        "Shorten it; text has room for more."
    }
    Typographic "W102" Warning "a quote differs from its source in quotation marks, dashes or spaces" {
        "The words are those of the text but for quotation marks, dashes or spaces. The quote is \
         painted, and graded typographic."
        "exact = \"pupils' sake\", and the text has “pupils’ sake”"
        "brief check --fix writes the characters of the text."
    }
    HiddenCharacters "W103" Warning "a text holds characters that cannot be seen" {
        "There are characters that no screen shows: zero-width ones, bidirectional controls. Marks \
         stand for them."
        "a word joined by U+200B"
        "See whether the text was copied well. Nothing need be done."
    }
    Unused "W104" Warning "a version, topic, actor or origin is used by no card" {
        "It is named, and nothing refers to it."
        "[[actor]] id = \"mayor\", and no reaction of the mayor"
        "Name it on a card, or take it out."
    }
    CountedBefore "W105" Warning "`nth` counts in a text that has changed since its hash was recorded" {
        "The text has changed, and nth counts places in it: with one more or fewer of them before, \
         the same number leads to another place."
        "nth = 1, and the first of two places was taken out of the text"
        "See whether the place is still the one that is meant, change nth if not, and record the new \
         hash: brief anchor --accept SOURCE."
    }
    Astray "W106" Warning "a table does not stand right below the one that it is part of" {
        "A [[plan_point.quote]] is a quote of the last plan point above it, whatever tables stand in \
         between. It may have been meant for the one right above."
        "a [[plan_point.quote]] below a [[reaction]]"
        "Move it up to its own table, or name it after the one right above, if that can have it."
    }
    NoAddress "W107" Warning "the address of a source is none on the web" {
        "Only an address that begins with https:// or http:// is opened, copied and linked to."
        "url = \"example.org/fares\""
        "Write it as a browser shows it once it is copied: https://example.org/fares."
    }
    NameTaken "W108" Warning "a topic, an actor or an origin is called what another is" {
        "One origin under two ids counts twice, and one actor has two rows of stances. Of two topics \
         that answer to one id, title or alias only one is found by it."
        "two [[origin]] with name = \"Reuters\""
        "Keep one of them, or call the other something else."
    }
    NotSaidBy "W109" Warning "the words for who a quote is from do not stand in its source" {
        "`by` is shown in quotation marks: it is how the text itself names its source."
        "by = \"two diplomats\", and the text has \"two European diplomats\""
        "Copy it from the text; leave it out where the text names nobody."
    }
    StaleAnswer "W110" Warning "a question is answered only by a card that another supersedes" {
        "The card that answers is out of date; whether the one that supersedes it answers too is not \
         said."
        "who-pays is answered by a card of May, and a card of June supersedes that"
        "Add rel = [{ type = \"answers\", to = \"...\" }] to the later card, or set another status."
    }
    PartAmbiguous "W111" Warning "a later part of a quote or an aside stands twice behind the one before" {
        "`nth` counts where the first part stands; each later one is the first that follows. It stands \
         again soon after, and that may be the place that is meant."
        "exact = [\"The board\", \"pay\"], and the text has \"pay\" twice behind it"
        "Quote more words of this part, so that it stands there once."
    }
    NoHash "H201" Hint "a source has no hash, so nobody is told when its text changes" {
        "Without its hash nobody is told when the text in seeds/ changes."
        "[[source]] without sha256"
        "brief check --fix records it."
    }
    NotQuoted "H202" Hint "a source is quoted by no card" {
        "The text is in the library and no card rests on it."
        "[[source]] id = \"letter\", and no quote from letter"
        "Quote it, or take it out."
    }
}

impl Code {
    /// The kind of a code, in any case and with or without the zeros that it is printed with.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        let digits = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let (letters, number) = (code.strip_suffix(digits)?, digits.parse::<u16>().ok()?);
        let padded = format!("{letters}{number:03}");
        Self::ALL.iter().copied().find(|known| known.as_str().eq_ignore_ascii_case(&padded))
    }
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
        assert!(Code::ALL.is_sorted_by(|a, b| (a.severity(), a.as_str()) < (b.severity(), b.as_str())));
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Hint => 'H',
            };
            assert!(code.as_str().starts_with(letter), "{code}");
        }
    }
}
