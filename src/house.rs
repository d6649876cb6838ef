//! What the house allows: all that a program of the reader's own may do, or reading and nothing else.
//!
//! Restricted is for a reader who is a guest on the machine, as `ForceCommand` of sshd lets one in. Such
//! a reader runs no program, writes nothing but the state of the reading, reads nothing but the library
//! that the command line names, and neither the environment nor a signal leads to more.

/// Whose house it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// The reader's own: other programs may be run, the reader may be stopped, configuration counts.
    Own,
    /// Somebody else's: there is reading, and nothing leads out of it.
    Restricted,
}
