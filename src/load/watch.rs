//! Hearing of changes to the files of briefings, without ever asking for them.
//!
//! It promises one word for one save, however an editor goes about it: by renaming, in several
//! writes, by way of files of its own; and no word of what the briefing does not consist of.

use super::Newcomers;
use super::disk::placed;
use crate::model::{Briefing, Source};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::inotify::{CreateFlags, ReadFlags, Reader, WatchFlags, add_watch, init};
use rustix::fs::{Access, access};
use rustix::io::Errno;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::mem::MaybeUninit;
use std::path::{Path, PathBuf};

/// What is heard of in every folder: names in it that come or go, and who may read them.
const HEARD: WatchFlags = WatchFlags::CREATE
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MOVE)
    .union(WatchFlags::DELETE_SELF)
    .union(WatchFlags::MOVE_SELF)
    .union(WatchFlags::ONLYDIR);
/// What is heard of in a folder whose own place matters, and nothing in it.
const PLACE: WatchFlags = WatchFlags::DELETE_SELF.union(WatchFlags::MOVE_SELF).union(WatchFlags::ONLYDIR);
/// What is heard of in a folder with files that are read: also what has been written.
const READ: WatchFlags = HEARD.union(WatchFlags::CLOSE_WRITE);
/// A save is over once nothing has been heard for so many nanoseconds.
const QUIET: Timespec = Timespec { tv_sec: 0, tv_nsec: 40_000_000 };
/// So many times a save may be found to go on.
const PATIENCE: usize = 10;

/// Hears of changes to the files of briefings.
#[derive(Debug)]
pub struct Watch {
    inotify: OwnedFd,
    root: PathBuf,
    /// What matters in the folders that are watched.
    folders: BTreeMap<i32, Matters>,
}

/// What matters in a folder.
#[derive(Clone, Debug)]
enum Matters {
    /// Every TOML file that is read.
    Toml,
    /// What has one of these names.
    Names(BTreeSet<String>),
    /// What has one of these names, and every folder.
    Folders(BTreeSet<String>),
}

impl Watch {
    /// A watch in the library at `root`.
    ///
    /// # Errors
    /// Why the system has none to give, as a clause.
    pub fn new(root: &Path) -> io::Result<Self> {
        let inotify = init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).map_err(refused)?;
        Ok(Self { inotify, root: placed(root)?, folders: BTreeMap::new() })
    }

    /// Hears of the files that briefings consist of now, also of those that are missing, from now on; and of another
    /// library that takes the place of this one, also where a folder above it does.
    ///
    /// # Errors
    /// Why some folder is not heard of, as a clause; the others are.
    pub fn follow<'b>(
        &mut self,
        briefings: impl IntoIterator<Item = &'b Briefing>,
        others: Newcomers,
    ) -> io::Result<()> {
        self.folders.clear();
        // First, so that a library that a link in it leads to is followed as one.
        let mut followed = self.follow_place();
        for (folder, matters) in folders(briefings, others) {
            let follow = if folder.is_empty() { WatchFlags::empty() } else { WatchFlags::DONT_FOLLOW };
            followed = followed.and(self.add(&self.root.join(&folder), heard(&folder) | follow, matters));
        }
        followed
    }

    /// Hears of where the library stands. Each folder on the way tells itself that it is taken away, whatever comes and
    /// goes beside it; of a link, and of what is not there or may not be read, the folder above must tell.
    fn follow_place(&mut self) -> io::Result<()> {
        let root = self.root.clone();
        let way = root.ancestors().filter_map(|place| place.parent().zip(place.file_name()).zip(Some(place)));
        way.map(|((above, name), place)| {
            let is_folder = place.symlink_metadata().is_ok_and(|found| found.is_dir());
            if is_folder && access(place, Access::READ_OK).is_ok() {
                self.add(above, PLACE, Matters::Names(BTreeSet::new()))
            } else {
                self.add(above, HEARD, Matters::Names([name.to_string_lossy().into_owned()].into()))
            }
        })
        .fold(Ok(()), Result::and)
    }

    /// Hears of a folder. One that is not there, or is no folder that may be read, is no fault: of its coming the one
    /// above it tells.
    fn add(&mut self, folder: &Path, heard: WatchFlags, matters: Matters) -> io::Result<()> {
        match add_watch(&self.inotify, folder, heard) {
            Ok(watch) => {
                self.folders.insert(watch, matters);
                Ok(())
            }
            Err(error @ (Errno::NOSPC | Errno::NOMEM)) => Err(refused(error)),
            Err(_) => Ok(()),
        }
    }

    /// Another descriptor for what is heard, to wait for.
    ///
    /// # Errors
    /// When there are too many.
    pub fn descriptor(&self) -> io::Result<OwnedFd> {
        self.inotify.try_clone()
    }

    /// Waits until something that matters has changed, and the save is over.
    ///
    /// # Errors
    /// When the system cannot wait; [`io::ErrorKind::BrokenPipe`] when nobody reads any longer what is written to `out`.
    pub fn wait(&mut self, out: impl AsFd) -> io::Result<()> {
        while !self.changed() {
            let mut fds = [PollFd::new(&self.inotify, PollFlags::IN), PollFd::new(&out, PollFlags::empty())];
            match poll(&mut fds, None) {
                Ok(_) if !fds[1].revents().is_empty() => return Err(io::ErrorKind::BrokenPipe.into()),
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Whether something that matters has changed since this was last asked. Where it has, waits
    /// until the save is over.
    pub fn changed(&mut self) -> bool {
        let changed = self.hear();
        if changed {
            for _ in 0..PATIENCE {
                let mut fds = [PollFd::new(&self.inotify, PollFlags::IN)];
                if is_over(poll(&mut fds, Some(&QUIET))) {
                    break;
                }
                self.hear();
            }
        }
        changed
    }

    /// Takes in what waits, and says whether any of it matters.
    fn hear(&self) -> bool {
        let mut buffer = [MaybeUninit::uninit(); 4096];
        let mut reader = Reader::new(&self.inotify, &mut buffer);
        let mut matters = false;
        while let Ok(event) = reader.next() {
            let name = event.file_name().map(|name| name.to_string_lossy());
            let folder = self.folders.get(&event.wd());
            matters |= match (folder, name) {
                (Some(folder), Some(name)) => folder.has(&name, event.events()),
                (Some(_), None) => true,
                (None, _) => event.events().contains(ReadFlags::QUEUE_OVERFLOW),
            };
        }
        matters
    }
}

/// Why the system gives no watch. What it says itself is of files and of disks.
fn refused(error: Errno) -> io::Error {
    match error {
        Errno::MFILE => io::Error::other("as many programs listen as may (fs.inotify.max_user_instances)"),
        Errno::NOSPC => {
            io::Error::other("as many folders are listened to as may be (fs.inotify.max_user_watches)")
        }
        other => other.into(),
    }
}

/// Whether a wait for more of a save came to its end without any. One that a signal has broken off did not.
const fn is_over(waited: Result<usize, Errno>) -> bool {
    !matches!(waited, Ok(1..) | Err(Errno::INTR))
}

/// What is heard of in a folder of a library. In the first two only other folders matter, and what is written beside
/// them wakes nobody.
fn heard(folder: &str) -> WatchFlags {
    if matches!(folder, "" | "briefings") { HEARD } else { READ }
}

impl Matters {
    fn has(&self, name: &str, what: ReadFlags) -> bool {
        match self {
            Self::Toml => name.ends_with(".toml") && !name.starts_with('.'),
            Self::Names(names) => names.contains(name),
            Self::Folders(names) => {
                names.contains(name) || what.contains(ReadFlags::ISDIR) && !name.starts_with('.')
            }
        }
    }
}

/// The folders of briefings, as paths from their library, and what matters in each.
fn folders<'b>(
    briefings: impl IntoIterator<Item = &'b Briefing>,
    others: Newcomers,
) -> BTreeMap<String, Matters> {
    let mut folders = BTreeMap::new();
    folders.insert(String::new(), Matters::Names(["briefings".to_owned()].into()));
    if others == Newcomers::Heard {
        folders.insert("briefings".to_owned(), Matters::Folders(BTreeSet::new()));
    }
    for briefing in briefings {
        let folder = format!("briefings/{}", briefing.name);
        let texts = briefing.sources.iter().map(Source::path);
        for path in texts.chain([folder.clone()]) {
            let mut rest = path.as_str();
            while !rest.is_empty() {
                let (parent, name) = rest.rsplit_once('/').unwrap_or(("", rest));
                let matters =
                    folders.entry(parent.to_owned()).or_insert_with(|| Matters::Names(BTreeSet::new()));
                match matters {
                    Matters::Names(names) | Matters::Folders(names) => {
                        names.insert(name.to_owned());
                    }
                    Matters::Toml => {}
                }
                rest = parent;
            }
        }
        folders.insert(folder, Matters::Toml);
    }
    folders
}

#[cfg(test)]
mod tests {
    use super::{Errno, Newcomers, PollFd, PollFlags, Timespec, Watch, is_over, poll};
    use crate::load::Library;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use tempfile::{TempDir, tempdir};

    const HEAD: &str = "schema = 1\ntitle = \"T\"\n\n[[source]]\nid = \"s\"\nfile = \"deep/s.txt\"\n";

    fn watched() -> (TempDir, Watch) {
        let shelf = tempdir().unwrap();
        let root = shelf.path();
        fs::create_dir_all(root.join("briefings/b")).unwrap();
        fs::create_dir_all(root.join("seeds/deep")).unwrap();
        fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap();
        fs::write(root.join("seeds/deep/s.txt"), "é—漢字🦀\n").unwrap();
        let mut watch = Watch::new(root).unwrap();
        watch.follow([&Library::at(root).unwrap().open(None).unwrap()], Newcomers::Ignored).unwrap();
        (shelf, watch)
    }

    #[test]
    fn a_save_is_heard_once_however_it_is_made() {
        type Save = fn(&std::path::Path);
        let saves: [(&str, Save); 7] = [
            ("in place", |root| fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap()),
            ("twice", |root| {
                fs::write(root.join("briefings/b/briefing.toml"), "").unwrap();
                fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap();
            }),
            ("by renaming", |root| {
                fs::write(root.join("briefings/b/.new"), HEAD).unwrap();
                fs::rename(root.join("briefings/b/.new"), root.join("briefings/b/briefing.toml")).unwrap();
            }),
            ("with the old one set aside", |root| {
                let file = root.join("briefings/b/briefing.toml");
                fs::rename(&file, root.join("briefings/b/briefing.toml~")).unwrap();
                fs::write(&file, HEAD).unwrap();
            }),
            ("of a new file", |root| fs::write(root.join("briefings/b/more.toml"), "").unwrap()),
            ("of a text", |root| fs::write(root.join("seeds/deep/s.txt"), "so").unwrap()),
            ("of a text with its folder", |root| {
                fs::rename(root.join("seeds/deep"), root.join("seeds/old")).unwrap();
                fs::create_dir(root.join("seeds/deep")).unwrap();
            }),
        ];
        for (how, save) in saves {
            let (shelf, mut watch) = watched();
            assert!(!watch.changed(), "{how}: before");
            save(shelf.path());
            assert!(watch.changed(), "{how}");
            assert!(!watch.changed(), "{how}: a second time");
        }
    }

    #[test]
    fn a_save_goes_on_while_it_is_heard_of_and_past_a_signal() {
        for (waited, over) in
            [(Ok(0), true), (Ok(1), false), (Err(Errno::INTR), false), (Err(Errno::NOMEM), true)]
        {
            assert_eq!(is_over(waited), over, "{waited:?}");
        }
    }

    #[test]
    fn what_an_editor_puts_beside_the_files_is_not_heard() {
        let (shelf, mut watch) = watched();
        for name in [".briefing.toml.swp", "4913", "briefing.toml~", ".briefing.toml"] {
            let name = format!("briefings/b/{name}");
            fs::write(shelf.path().join(&name), "").unwrap();
            fs::remove_file(shelf.path().join(&name)).unwrap();
        }
        fs::write(shelf.path().join("seeds/deep/other.txt"), "").unwrap();
        assert!(!watch.changed());
    }

    #[test]
    fn nobody_is_woken_by_what_is_written_beside_the_folders() {
        let shelf = tempdir().unwrap();
        let root = shelf.path().join("lib");
        fs::create_dir_all(root.join("briefings/b")).unwrap();
        fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap();
        let beside = ["other", "lib/README.md", "lib/briefings/schema.json"];
        let write = || beside.map(|name| fs::write(shelf.path().join(name), "é—漢字🦀").unwrap());
        write();
        let come_and_go = || {
            fs::create_dir(shelf.path().join("new")).and_then(|()| fs::remove_dir(shelf.path().join("new")))
        };
        let mut watch = Watch::new(&root).unwrap();
        watch.follow([&Library::at(&root).unwrap().open(None).unwrap()], Newcomers::Heard).unwrap();
        write();
        come_and_go().unwrap();
        let mut fds = [PollFd::new(&watch.inotify, PollFlags::IN)];
        assert_eq!(poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(0));
    }

    #[test]
    fn what_may_be_read_again_is_heard() {
        for name in ["briefings/b/briefing.toml", "briefings/b", "seeds/deep/s.txt", "seeds/deep", "seeds"] {
            let (shelf, mut watch) = watched();
            let may =
                |mode| fs::set_permissions(shelf.path().join(name), Permissions::from_mode(mode)).unwrap();
            may(0o000);
            assert!(watch.changed(), "{name}");
            watch
                .follow([&Library::at(shelf.path()).unwrap().open(Some("b")).unwrap()], Newcomers::Ignored)
                .unwrap();
            assert!(!watch.changed(), "{name}: reading it is no change");
            may(0o755);
            assert!(watch.changed(), "{name}: again");
        }
    }

    #[test]
    fn a_folder_that_takes_the_place_of_another_is_followed() {
        let (shelf, mut watch) = watched();
        let folder = shelf.path().join("briefings/b");
        fs::rename(&folder, shelf.path().join("briefings/old")).unwrap();
        fs::create_dir(&folder).unwrap();
        assert!(watch.changed());
        watch
            .follow([&Library::at(shelf.path()).unwrap().open(Some("b")).unwrap()], Newcomers::Ignored)
            .unwrap();
        fs::write(folder.join("briefing.toml"), HEAD).unwrap();
        assert!(watch.changed());
    }

    #[test]
    fn a_library_that_takes_the_place_of_another_is_read_and_followed() {
        type Swap = fn(&std::path::Path);
        let swaps: [(&str, Swap); 3] = [
            ("by renaming", |root| {
                fs::rename(root, root.with_file_name("old")).unwrap();
                fs::rename(root.with_file_name("new"), root).unwrap();
            }),
            ("by a link", |root| {
                fs::rename(root, root.with_file_name("old")).unwrap();
                symlink("new", root).unwrap();
            }),
            ("by removing and making", |root| {
                fs::remove_dir_all(root).unwrap();
                fs::create_dir(root).unwrap();
                fs::rename(root.with_file_name("new/briefings"), root.join("briefings")).unwrap();
            }),
        ];
        // The second is how one stands in a library.
        let paths = ["lib", "lib/briefings/.."];
        for ((how, swap), path) in swaps.into_iter().flat_map(|swap| paths.map(|path| (swap, path))) {
            let shelf = tempdir().unwrap();
            let root = shelf.path().join("lib");
            for (folder, title) in [("lib", "one"), ("new", "two")] {
                let folder = shelf.path().join(folder).join("briefings/b");
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join("briefing.toml"), HEAD.replace("\"T\"", &format!("{title:?}")))
                    .unwrap();
            }
            let path = shelf.path().join(path);
            let library = Library::at(&path).unwrap();
            let title = || library.open(Some("b")).map(|briefing| briefing.title.to_string()).unwrap();
            let mut watch = Watch::new(&path).unwrap();
            watch.follow([&library.open(None).unwrap()], Newcomers::Ignored).unwrap();
            assert_eq!((title().as_str(), watch.changed()), ("one", false), "{how}");
            swap(&root);
            assert!(watch.changed(), "{how}");
            assert_eq!(title(), "two", "{how}");
            watch.follow([&library.open(None).unwrap()], Newcomers::Ignored).unwrap();
            assert!(!watch.changed(), "{how}: nothing since");
            fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap();
            assert!(watch.changed(), "{how}: what is there now");
        }
    }

    #[test]
    fn a_library_that_is_back_after_a_while_is_heard() {
        let shelf = tempdir().unwrap();
        let root = shelf.path().join("lib");
        fs::create_dir_all(root.join("briefings/b")).unwrap();
        fs::write(root.join("briefings/b/briefing.toml"), HEAD).unwrap();
        let briefing = Library::at(&root).unwrap().open(None).unwrap();
        let mut watch = Watch::new(&root).unwrap();
        watch.follow([&briefing], Newcomers::Ignored).unwrap();
        fs::rename(&root, shelf.path().join("away")).unwrap();
        assert!(watch.changed(), "it is gone");
        watch.follow([&briefing], Newcomers::Ignored).unwrap();
        fs::rename(shelf.path().join("away"), &root).unwrap();
        assert!(watch.changed(), "it is back");
    }

    #[test]
    fn a_folder_above_the_library_that_is_replaced_is_heard_also_after_a_while() {
        let shelf = tempdir().unwrap();
        let at = |path: &str| shelf.path().join(path);
        for (folder, title) in [("a", "one"), ("new", "two"), ("third", "three")] {
            let folder = at(folder).join("b/lib/briefings/b");
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("briefing.toml"), HEAD.replace("\"T\"", &format!("{title:?}"))).unwrap();
        }
        let library = Library::at(&at("a/b/lib")).unwrap();
        let briefing = library.open(None).unwrap();
        let title = || library.open(Some("b")).map(|briefing| briefing.title.to_string()).unwrap();
        let mut watch = Watch::new(&at("a/b/lib")).unwrap();
        let mut heard = |what: &str, change: &dyn Fn()| {
            watch.follow([&briefing], Newcomers::Ignored).unwrap();
            assert!(!watch.changed(), "before: {what}");
            change();
            assert!(watch.changed(), "{what}");
        };
        heard("the second above is gone", &|| fs::rename(at("a"), at("old")).unwrap());
        heard("another is there", &|| fs::rename(at("new"), at("a")).unwrap());
        assert_eq!(title(), "two");
        heard("the next above is gone", &|| fs::rename(at("a/b"), at("a/c")).unwrap());
        heard("the second is gone too", &|| fs::rename(at("a"), at("gone")).unwrap());
        heard("it is there without the next", &|| fs::create_dir(at("a")).unwrap());
        heard("the next is there", &|| fs::rename(at("old/b"), at("a/b")).unwrap());
        assert_eq!(title(), "one");
        heard("a link is in its place", &|| {
            fs::rename(at("a"), at("old/a")).unwrap();
            symlink("old/a", at("a")).unwrap();
        });
        heard("a link leads elsewhere", &|| {
            symlink("third", at("link")).unwrap();
            fs::rename(at("link"), at("a")).unwrap();
        });
        assert_eq!(title(), "three");
    }

    #[test]
    fn where_more_happens_than_can_be_told_there_may_be_a_change() {
        let most = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
        let most: usize = most.trim().parse().unwrap();
        let (shelf, mut watch) = watched();
        let other = |number: usize| shelf.path().join(format!("seeds/deep/other{number}"));
        // Each is told of twice: that it is there, and that it was written.
        (0..=most / 2).for_each(|number| fs::write(other(number), "").unwrap());
        fs::write(shelf.path().join("seeds/deep/s.txt"), "so").unwrap();
        assert!(watch.changed());
    }

    #[test]
    fn a_new_briefing_is_heard_of_where_that_is_wanted() {
        for (others, heard) in [(Newcomers::Heard, true), (Newcomers::Ignored, false)] {
            let (shelf, mut watch) = watched();
            watch.follow([&Library::at(shelf.path()).unwrap().open(None).unwrap()], others).unwrap();
            fs::write(shelf.path().join("briefings/schema.json"), "{}").unwrap();
            fs::create_dir(shelf.path().join("briefings/.git")).unwrap();
            assert!(!watch.changed(), "{others:?}: what is none");
            fs::create_dir(shelf.path().join("briefings/new")).unwrap();
            assert_eq!(watch.changed(), heard, "{others:?}");
        }
    }
}
