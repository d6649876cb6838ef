//! Search: a query over everything in a briefing, a phrase in one text, a choice from a list.
//!
//! Texts are compared folded: accents, typographic marks and, unless a capital is typed, case make
//! no difference. What is found is told in bytes of the text as it is shown, in whole grapheme
//! clusters. Exact words come above beginnings of words, these above insides of words; letters
//! scattered within one word are looked for when nothing has the words themselves.

mod answer;
mod field;
mod filter;
mod fold;
mod fuzzy;
mod index;
mod language;
mod marks;
mod pick;
mod query;
mod quest;
mod seek;
mod term;

pub use field::{Field, Target};
pub use fold::{Case, fold};
pub use index::{Answers, Hit, Index, Results};
pub use language::language;
pub use marks::{find_all, marks_in};
pub use pick::{Ranked, rank};
pub use query::{Query, heeded};
pub use quest::{Found, Ground, Quest};
pub use seek::{Seek, Trail};
