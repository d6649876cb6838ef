//! Writing mends into a library's files.
//!
//! It promises that a file is whole at every moment, the old one or the new; that nothing is written
//! that does not prove sound when it is read back; and that nothing somebody else saves meanwhile is lost,
//! except in the moment before the writing where a system cannot exchange two files.

use crate::format::TomlFile;
use crate::load::Library;
use crate::load::whole::holds;
use crate::model::Briefing;
use crate::problem::{Code, Mend, Problem, Severity, mended};
use crate::sanitize::Safe;
use anyhow::{Context, Result, bail};
#[cfg(any(target_os = "linux", target_os = "android"))]
use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// The briefing whose files are changed.
pub(super) struct Bench<'l> {
    pub(super) library: &'l Library,
    pub(super) name: &'l str,
}

/// A mend that was made.
pub(super) struct Made {
    /// What was mended.
    pub(super) id: Safe,
    /// Where and how, for people.
    pub(super) line: String,
    /// The file that it changed.
    file: Safe,
}

/// The files of a briefing, and what they amount to.
struct State {
    files: Vec<TomlFile>,
    briefing: Briefing,
}

impl Bench<'_> {
    /// Makes the mends that are wanted, as far as they prove sound; gives those that were made.
    pub(super) fn mend(&self, is_wanted: &dyn Fn(&Mend) -> bool) -> Result<Vec<Made>> {
        let files = self.library.files(self.name);
        let old = State { briefing: self.library.open_with(self.name, &files), files };
        let mut now = State { files: old.files.clone(), briefing: old.briefing.clone() };
        let mut made = Vec::new();
        // All at once; then, one after the other, those that do not go with the rest.
        while let Some((next, more)) = self.next(&now, is_wanted) {
            now = next;
            made.extend(more);
        }
        let ids: Vec<String> = mends(&now.briefing)
            .filter(|(_, mend)| is_wanted(mend))
            .map(|(_, mend)| mend.id.to_string())
            .collect();
        for id in ids {
            if let Some((next, more)) = self.next(&now, &|mend| is_wanted(mend) && *mend.id == *id) {
                now = next;
                made.extend(more);
            }
        }
        self.write(&old.files, &now.files, &made)?;
        Ok(made)
    }

    /// The files after the wanted mends, if there are any and all of them prove sound.
    fn next(&self, now: &State, is_wanted: &dyn Fn(&Mend) -> bool) -> Option<(State, Vec<Made>)> {
        let mut made = Vec::new();
        let files: Vec<TomlFile> =
            now.files.iter().map(|file| self.change(file, &now.briefing, is_wanted, &mut made)).collect();
        let briefing = self.library.open_with(self.name, &files);
        let open = |briefing| mends(briefing).filter(|(_, mend)| is_wanted(mend)).count();
        let is_mended = open(&briefing) + made.len() <= open(&now.briefing);
        let is_sound = !made.is_empty() && is_mended && is_no_worse(&now.briefing, &briefing);
        is_sound.then_some((State { files, briefing }, made))
    }

    /// Replaces the files that have changed. Where one cannot be, those behind it stay as they are, and the error
    /// names the mends that were written before.
    fn write(&self, old: &[TomlFile], new: &[TomlFile], made: &[Made]) -> Result<()> {
        let mut written = String::new();
        for (old, new) in old.iter().zip(new) {
            let (Ok(before), Ok(after)) = (&old.bytes, &new.bytes) else { continue };
            if before == after {
                continue;
            }
            let Some(folder) = self.library.path() else {
                bail!("the library built in cannot be changed; name one with --library");
            };
            if let Err(error) = replace(&folder.join(&*old.path), before, after) {
                bail!("cannot change {}: {error:#}{written}", self.library.way_to(&old.path));
            }
            for made in made.iter().filter(|made| made.file == old.path) {
                let _ = write!(written, "\nmended before that: {}", made.line);
            }
        }
        Ok(())
    }

    /// A file after the wanted mends of it. One that is not TOML throughout stays as it is.
    fn change(
        &self,
        file: &TomlFile,
        briefing: &Briefing,
        is_wanted: &dyn Fn(&Mend) -> bool,
        made: &mut Vec<Made>,
    ) -> TomlFile {
        let of_file = |problem: &&Problem| *problem.file == *file.path;
        let is_garbled = briefing.problems.iter().filter(of_file).any(|problem| problem.code == Code::Syntax);
        let text = file.bytes.as_ref().ok().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text.filter(|_| !is_garbled) else { return file.clone() };
        let wanted: Vec<(&Problem, &Mend)> =
            mends(briefing).filter(|(problem, mend)| of_file(problem) && is_wanted(mend)).collect();
        let (after, fits) = mended(text, &wanted.iter().map(|(_, mend)| *mend).collect::<Vec<_>>());
        for ((problem, mend), _) in wanted.iter().zip(fits).filter(|(_, fits)| *fits) {
            let line = format!("{}: {}: {}", self.library.seen(problem).place(), mend.id, mend.what);
            made.push(Made { id: mend.id.clone(), line, file: file.path.clone() });
        }
        TomlFile { path: file.path.clone(), bytes: Ok(Cow::Owned(after.into_bytes())) }
    }
}

/// Every mend of a briefing's problems and hints.
pub(super) fn mends(briefing: &Briefing) -> impl Iterator<Item = (&Problem, &Mend)> {
    let all = briefing.problems.iter().chain(&briefing.hints);
    all.filter_map(|problem| Some((problem, problem.mend.as_ref()?)))
}

/// Whether no kind of error has become more frequent. Key words that a proposal leaves behind are
/// for the person who accepted it.
fn is_no_worse(before: &Briefing, after: &Briefing) -> bool {
    let errors =
        |briefing: &Briefing, code| briefing.problems.iter().filter(|problem| problem.code == code).count();
    let counted = Code::ALL.iter().copied();
    let counted = counted.filter(|code| code.severity() == Severity::Error && *code != Code::KeyNotInQuote);
    counted.into_iter().all(|code| errors(after, code) <= errors(before, code))
}

/// Replaces a file by one that has its permissions and, where the system allows it, its group and owner, unless
/// somebody has changed it since it was read. Another name of the same file keeps the old words.
fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = Builder::new().prefix(".brief-").tempfile_in(folder)?;
    file.write_all(after)?;
    let there = fs::metadata(path)?;
    // Each by itself: to give a file to another group of one's own is allowed, to another owner hardly ever. Before the
    // permissions, of which a new owner takes some away.
    let _ = fchown(file.as_file(), None, Some(there.gid()));
    let _ = fchown(file.as_file(), Some(there.uid()), None);
    file.as_file().set_permissions(there.permissions())?;
    file.as_file().sync_all()?;
    if !holds(path, before)? {
        bail!(CHANGED);
    }
    put(file, path, before)
}

/// What is said where somebody else has changed a file.
const CHANGED: &str = "it has been changed meanwhile; run this again";

/// Puts a file in the place of one that was found to hold `before`. The two are exchanged, where the system can, and
/// what comes out is looked at: a save between that look and this goes back to its place.
fn put(mut file: NamedTempFile, path: &Path, before: &[u8]) -> Result<()> {
    match exchange(file.path(), path) {
        Ok(()) if matches!(holds(file.path(), before), Ok(true)) => Ok(()),
        Ok(()) => {
            // Until it is back, this is the only name that somebody else's words have.
            file.disable_cleanup(true);
            exchange(file.path(), path).map_err(io::Error::from).with_context(|| {
                format!("what was saved meanwhile is in {}", Safe::line(&file.path().to_string_lossy()))
            })?;
            file.disable_cleanup(false);
            bail!(CHANGED)
        }
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {
            file.persist(path)?;
            Ok(())
        }
        Err(error) => Err(io::Error::from(error).into()),
    }
}

/// Exchanges two files, so that there is no moment at which a path has none.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn exchange(one: &Path, other: &Path) -> rustix::io::Result<()> {
    rustix::fs::renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)
}

/// Other systems are not asked.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const fn exchange(_: &Path, _: &Path) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
}

#[cfg(test)]
mod tests {
    use super::{Bench, CHANGED, Made, is_no_worse, put, replace};
    use crate::format::TomlFile;
    use crate::load::Library;
    use crate::model::Briefing;
    use crate::problem::{Code, Problem};
    use crate::sanitize::Safe;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
    use std::path::Path;
    use tempfile::{NamedTempFile, tempdir};

    #[test]
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn what_has_come_between_the_last_look_and_the_writing_goes_back() {
        let folder = tempdir().unwrap();
        let at = folder.path().join("a.toml");
        fs::write(&at, "é—漢🦀 others").unwrap();
        let error = put(NamedTempFile::new_in(folder.path()).unwrap(), &at, "é—漢🦀".as_bytes());
        assert_eq!(error.unwrap_err().to_string(), CHANGED);
        assert_eq!(fs::read_to_string(&at).unwrap(), "é—漢🦀 others");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_change_that_brings_more_of_an_error_is_no_mend() {
        let with = |codes: &[Code]| Briefing {
            problems: codes.iter().map(|&code| Problem::new(code, &Safe::line("f"), "é—漢🦀")).collect(),
            ..Briefing::default()
        };
        let before = with(&[Code::QuoteNotFound, Code::Typographic]);
        // (what is wrong afterwards, whether that is no worse)
        let cases: [(&[Code], bool); 5] = [
            (&[], true),
            (&[Code::QuoteNotFound, Code::Typographic, Code::Typographic], true),
            (&[Code::QuoteNotFound, Code::KeyNotInQuote], true),
            (&[Code::QuoteNotFound, Code::QuoteNotFound], false),
            (&[Code::NthOutOfRange], false),
        ];
        for (after, is_fine) in cases {
            assert_eq!(is_no_worse(&before, &with(after)), is_fine, "{after:?}");
        }
    }

    #[test]
    fn what_has_come_to_stand_in_a_files_place_is_not_replaced() {
        // (what stands in the place, how it gets there)
        type Case = (&'static str, fn(&Path));
        let cases: [Case; 3] = [
            ("other words", |at| fs::write(at, "é—漢🦀 others").unwrap()),
            ("a link to the same words", |at| symlink("same", at).unwrap()),
            ("a pipe", |at| mknodat(CWD, at, FileType::Fifo, Mode::RUSR, 0).unwrap()),
        ];
        for (what, put) in cases {
            let folder = tempdir().unwrap();
            fs::write(folder.path().join("same"), "é—漢🦀").unwrap();
            let at = folder.path().join("a.toml");
            put(&at);
            let error = replace(&at, "é—漢🦀".as_bytes(), b"new").unwrap_err();
            assert_eq!(error.to_string(), CHANGED, "{what}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{what}: nothing is left behind");
        }
    }

    #[test]
    fn a_file_keeps_its_owner_its_group_and_its_permissions() {
        let folder = tempdir().unwrap();
        let at = folder.path().join("a.toml");
        fs::write(&at, "é—漢🦀").unwrap();
        // Only root can, and so only root sees more than that nothing is lost.
        let _ = chown(&at, Some(65534), Some(65533));
        fs::set_permissions(&at, fs::Permissions::from_mode(0o440)).unwrap();
        let of = || {
            let there = fs::metadata(&at).unwrap();
            (there.uid(), there.gid(), there.mode())
        };
        let before = of();
        replace(&at, "é—漢🦀".as_bytes(), b"new").unwrap();
        assert_eq!((of(), fs::read(&at).unwrap().as_slice()), (before, &b"new"[..]));
    }

    #[test]
    fn what_was_written_before_a_file_that_cannot_be_is_told() {
        let folder = tempdir().unwrap();
        let library = folder.path();
        fs::create_dir_all(library.join("briefings/b")).unwrap();
        let paths = ["a", "b", "c", "d"].map(|name| Safe::line(&format!("briefings/b/{name}.toml")));
        let files = |words: &str| {
            let bytes = || Ok(words.as_bytes().to_vec().into());
            paths.clone().map(|path| TomlFile { path, bytes: bytes() })
        };
        let there = ["old", "old", "“é—漢🦀” of others", "old"];
        for (path, words) in paths.iter().zip(there) {
            fs::write(library.join(&**path), words).unwrap();
        }
        let made =
            paths.clone().map(|file| Made { id: Safe::line("é.1"), line: format!("{file}:1: é.1"), file });
        let library = Library::at(library).unwrap();
        let error = Bench { library: &library, name: "b" }.write(&files("old"), &files("new"), &made);
        assert_eq!(
            error.unwrap_err().to_string(),
            format!(
                "cannot change {}/briefings/b/c.toml: it has been changed meanwhile; run this again\n\
                 mended before that: briefings/b/a.toml:1: é.1\n\
                 mended before that: briefings/b/b.toml:1: é.1",
                folder.path().display()
            )
        );
        let now = paths.map(|path| fs::read_to_string(folder.path().join(&*path)).unwrap());
        assert_eq!(now, ["new", "new", there[2], "old"]);
    }
}
