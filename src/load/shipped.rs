//! The library in the binary: the folders `briefings/` and `seeds/` of this repository.

use crate::format::{Bytes, ReadFault, TomlFile};
use crate::sanitize::Safe;
use std::borrow::Cow;

/// A file's path from the library, and what it holds.
type Shipped = (&'static str, &'static [u8]);

/// Takes files into the binary under their paths.
macro_rules! files {
    ($($path:literal)+) => {
        &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $path))),)+]
    };
}

/// Every file of the library, sorted by path.
const FILES: &[Shipped] = files! {
    "briefings/us-peace-framework/briefing.toml"
    "briefings/us-peace-framework/open-questions.toml"
    "briefings/us-peace-framework/plan-points.toml"
    "briefings/us-peace-framework/reactions.toml"
    "briefings/us-peace-framework/timeline.toml"
    "seeds/000_417d1400180d5128.txt"
    "seeds/001_6c6cf35d0dc945d1.txt"
    "seeds/002_c58ad5b90b3567d6.txt"
    "seeds/003_9a9d76f491ca1155.txt"
    "seeds/004_603d9405ca46e240.txt"
};

/// The names of the briefings.
pub fn names() -> Vec<String> {
    let folders = FILES.iter().filter_map(|(path, _)| path.strip_prefix("briefings/")?.split_once('/'));
    let mut names: Vec<String> = folders.map(|(folder, _)| folder.to_owned()).collect();
    names.dedup();
    names
}

/// A briefing's TOML files.
pub fn toml_files(name: &str) -> Vec<TomlFile> {
    let folder = format!("briefings/{name}/");
    let files = FILES.iter().filter(|(path, _)| path.starts_with(&folder));
    files.map(|&(path, bytes)| TomlFile { path: Safe::line(path), bytes: Ok(Cow::Borrowed(bytes)) }).collect()
}

/// A source by its path below `seeds/`.
pub fn source(file: &str) -> Bytes {
    let found = FILES.iter().find(|(path, _)| path.strip_prefix("seeds/") == Some(file));
    found.map(|&(_, bytes)| Cow::Borrowed(bytes)).ok_or(ReadFault::Missing)
}

#[cfg(test)]
mod tests {
    use super::FILES;
    use std::path::Path;

    /// The files of a folder of the repository with one of the endings.
    fn files(folder: &str, ending: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        for entry in root.join(folder).read_dir().unwrap() {
            let path = format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap());
            if root.join(&path).is_dir() {
                files.extend(self::files(&path, ending));
            } else if path.ends_with(ending) {
                files.push(path);
            }
        }
        files
    }

    #[test]
    fn the_table_lists_exactly_the_files_of_the_repository() {
        let mut on_disk = files("briefings", ".toml");
        on_disk.extend(files("seeds", ".txt"));
        on_disk.sort();
        let shipped: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(shipped, on_disk);
    }
}
