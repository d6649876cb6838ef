//! The words that a briefing's files choose from, and those that programs are told, each enum's in one table.

use super::{Basis, Certainty, Kind, RelationKind, Stance, Status};

/// The kinds of card, without what only that kind has, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Plan points.
    PlanPoint,
    /// Reactions.
    Reaction,
    /// Open questions.
    OpenQuestion,
    /// Events.
    Event,
}

/// Gives an enum its list of variants and the words that stand for them in files.
macro_rules! words {
    ($($type:ident { $($name:ident $word:literal)+ })+) => {$(
        impl $type {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its word, as files and programs write it.
            #[must_use]
            pub const fn written(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }

        $(const _: () = assert!(
            matches!($type::ALL.split_at($type::$name as usize).1, [$type::$name, ..]),
            "a variant's number is its place in the list",
        );)+
    )+};
}

words! {
    Family { PlanPoint "plan_point" Reaction "reaction" OpenQuestion "open_question" Event "event" }
    Stance { For "for" Against "against" Mixed "mixed" Noncommittal "noncommittal" Silent "silent" }
    Status { Open "open" Partly "partly" Answered "answered" Moot "moot" }
    Basis {
        Record "record" Document "document" Anonymous "anonymous" Outlet "outlet" Analysis "analysis"
    }
    RelationKind {
        Supports "supports" Contradicts "contradicts" Answers "answers" Supersedes "supersedes"
    }
    Certainty { Disputed "disputed" OnRecord "on_record" Reported "reported" Unclear "unclear" }
}

impl Kind {
    /// Which kind it is.
    #[must_use]
    pub const fn family(&self) -> Family {
        match self {
            Self::PlanPoint { .. } => Family::PlanPoint,
            Self::Reaction { .. } => Family::Reaction,
            Self::OpenQuestion { .. } => Family::OpenQuestion,
            Self::Event => Family::Event,
        }
    }
}
