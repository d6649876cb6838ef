//! The texts of a briefing's sources, looked through while the next are read.
//!
//! Promises: what comes out does not depend on how many processors there are; texts that are small
//! together are looked through by one; and beside the thread that reads there are never more than there
//! are processors: the reading waits for the first of them.

use super::decode::decode;
use crate::digest::sha256;
use crate::model::{Ref, Source, SourceText};
use crate::problem::{Code, Problem};
use crate::sanitize::Safe;
use crate::threads::{self, Task};
use std::borrow::Cow;
use std::collections::VecDeque;
use std::mem;
use std::thread::Scope;

/// So many bytes are looked through sooner than a thread is started for them.
const WORTH_A_THREAD: usize = 256 << 10;
/// Each thread is given twice as much as the one before, up to so many bytes: few threads do for many texts.
const ENOUGH: usize = 4 << 20;

/// A text that was looked through.
pub struct Examined {
    /// Whose it is.
    pub source: Ref<Source>,
    /// It, unless it is none.
    pub text: Option<SourceText>,
    /// Its SHA-256, where that was wanted.
    pub hash: Option<String>,
    /// What is odd about it.
    pub problems: Vec<Problem>,
}

/// What a source's file holds.
pub struct Contents {
    /// Whose it is.
    pub source: Ref<Source>,
    /// The file's path in the library.
    pub path: Safe,
    /// The file's bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Whether its SHA-256 is wanted.
    pub is_hashed: bool,
}

/// The texts that were read, in their order.
pub struct Texts<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    /// Those that nobody looks through yet.
    waiting: Vec<Contents>,
    /// How many bytes these have.
    bytes: usize,
    /// How many are worth a thread.
    share: usize,
    /// Those being looked through, the first of them first; they stand before those that wait.
    running: VecDeque<Task<'scope, Vec<Examined>>>,
    /// Those that were looked through; they stand before all others.
    done: Vec<Examined>,
    /// How many threads there may be, once that has been asked.
    threads: Option<usize>,
}

impl<'scope, 'env> Texts<'scope, 'env> {
    /// None yet.
    pub const fn new(scope: &'scope Scope<'scope, 'env>) -> Self {
        Self {
            scope,
            waiting: Vec::new(),
            bytes: 0,
            share: WORTH_A_THREAD,
            running: VecDeque::new(),
            done: Vec::new(),
            threads: None,
        }
    }

    /// Takes a source's text to look through.
    pub fn take(&mut self, contents: Contents) {
        self.bytes += contents.bytes.len();
        self.waiting.push(contents);
        if self.bytes < self.share {
            return;
        }
        self.bytes = 0;
        self.share = ENOUGH.min(2 * self.share);
        if self.running.len() >= *self.threads.get_or_insert_with(threads::available) {
            self.await_one();
        }
        let contents = mem::take(&mut self.waiting);
        self.running.push_back(threads::spawn_or_run(self.scope, contents, examine));
    }

    /// Waits until all are looked through.
    pub fn finish(mut self) -> Vec<Examined> {
        let last = examine(mem::take(&mut self.waiting));
        while !self.running.is_empty() {
            self.await_one();
        }
        self.done.extend(last);
        self.done
    }

    fn await_one(&mut self) {
        let Some(task) = self.running.pop_front() else { return };
        self.done.extend(task.join());
    }
}

fn examine(contents: Vec<Contents>) -> Vec<Examined> {
    let one = |Contents { source, path, bytes, is_hashed }: Contents| {
        let mut problems = Vec::new();
        let hash = is_hashed.then(|| sha256(&bytes));
        let text = decode(&path, Ok(bytes), &mut problems);
        let text = text.map(|text| {
            // Of a file that is not UTF-8 the text does not tell the bytes.
            let tells = problems.is_empty() || !text.contains(char::REPLACEMENT_CHARACTER);
            let text = SourceText::new(text);
            if hash.is_none() && tells { text } else { text.with_digest(hash.clone()) }
        });
        problems.extend(text.iter().flat_map(|text| oddities(path.clone(), text)));
        Examined { source, text, hash, problems }
    };
    contents.into_iter().map(one).collect()
}

/// What is odd about a text, which may well be meant.
fn oddities(path: Safe, text: &SourceText) -> Vec<Problem> {
    let mut found = Vec::new();
    if text.paragraphs.is_empty() {
        let problem = Problem::new(Code::NothingThere, &path, "the source is empty");
        found.push(problem.help("put its text there"));
    }
    if let Some(first) = text.shown.hidden().first() {
        let (count, name) = (text.shown.unseen(), first.name());
        let message = match count {
            1 => format!("{name} cannot be seen; a mark stands in its place"),
            _ => {
                format!("{count} characters cannot be seen, {name} is the first; marks stand in their places")
            }
        };
        let problem = text.page(path).problem(Code::HiddenCharacters, first.at, &message);
        found.push(problem.help("nothing is lost; see whether the text was copied well"));
    }
    found
}
