//! The reader's configuration: where its file is, what it says, and `brief config`.

use super::{CONTENT, print};
use crate::config::Config;
use crate::format::decode;
use crate::house::House;
use crate::load::whole::{FILE, Unread, whole};
use crate::problem::{Code, Page, Problem};
use crate::sanitize::Safe;
use etcetera::base_strategy::{BaseStrategy, Xdg};
use rustix::fs::{Mode, open};
use rustix::io::Errno;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The most bytes that are read of the file.
const MOST: u64 = 256 << 10;
/// What problems call the file.
const NAME: &str = "config.toml";

/// The configuration, as it was found.
pub(super) struct Wishes {
    /// What is configured.
    pub(super) config: Config,
    /// What is wrong with it.
    problems: Vec<Problem>,
    /// Where its file is, or would be.
    path: Option<PathBuf>,
    /// Whether there is one.
    exists: bool,
}

impl Wishes {
    /// Reads the configuration, which a restricted house has none of. Whatever is wrong with it is in the problems.
    /// `variable` gives the environment's.
    pub(super) fn find(house: House, variable: impl Fn(&str) -> Option<String>) -> Self {
        let path = match house {
            House::Own => Xdg::new().ok().map(|folders| folders.config_dir().join("brief").join(NAME)),
            House::Restricted => None,
        };
        let (name, mut problems) = (Safe::line(NAME), Vec::new());
        let read = path.as_deref().map(read);
        let exists = !matches!(read, None | Some(Ok(None)));
        let text = match read {
            Some(Ok(bytes)) => bytes.and_then(|bytes| decode(&name, Ok(bytes.into()), &mut problems)),
            Some(Err((code, message))) => {
                problems.push(Problem::new(code, &name, &message));
                None
            }
            None => None,
        };
        let page = text.as_deref().map(|text| Page::new(name, text));
        let (config, others) = Config::read(page.as_ref(), variable);
        problems.extend(others);
        Self { config, problems, path, exists }
    }

    /// What is wrong, as one line.
    pub(super) fn news(&self) -> Option<String> {
        let (first, others) = self.problems.split_first()?;
        let place = first.excerpt.as_ref();
        let place = place.map(|found| format!(":{}:{}", found.line, found.column)).unwrap_or_default();
        let others = match others.len() {
            0 => String::new(),
            count => format!(" ({count} more: brief config)"),
        };
        Some(format!("{NAME}{place}: {}{others}", first.message))
    }

    /// Prints the configuration, and what is wrong with it.
    pub(super) fn run(&self) -> ExitCode {
        let path = self.path.as_ref().map_or_else(|| NAME.into(), |path| path.to_string_lossy());
        let there = if self.exists { "" } else { " (there is no such file)" };
        let text = format!("# {}{there}\n{}", Safe::line(&path), self.config);
        for problem in &self.problems {
            print::complain(&problem.to_string());
        }
        let code = if self.problems.is_empty() { 0 } else { CONTENT };
        print::finish(print::text(&self.config.glyphs.value.text(&text)), code)
    }
}

/// The bytes of a file; none where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, (Code, String)> {
    let file = match open(path, FILE, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT | Errno::NOTDIR) => return Ok(None),
        Err(error) => return Err(unreadable(error.into())),
    };
    whole(&file, MOST).map(Some).map_err(|unread| match unread {
        Unread::NoFile(_) => (Code::Unreadable, String::from("this is not a file")),
        Unread::TooLarge => (Code::TooLarge, format!("the file is larger than {} KiB", MOST >> 10)),
        Unread::Refused(error) => unreadable(error),
    })
}

fn unreadable(error: std::io::Error) -> (Code, String) {
    (Code::Unreadable, format!("this cannot be read: {}", error.kind()))
}
