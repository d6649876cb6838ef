//! `brief new`: a library, or one briefing more in it, from texts.
//!
//! It promises that nothing is overwritten, and that where it fails nothing half made is left.

use super::args::{Args, New};
use super::{folder, print};
use crate::cite::counted;
use crate::digest::sha256;
use crate::format::{Form, form};
use crate::glyphs::Glyphs;
use crate::load::whole::holds;
use crate::load::{self, Library};
use crate::sanitize::Safe;
use crate::skeleton::{self, Text, slug};
use anyhow::{Context, Result, bail};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tempfile::Builder;

/// The most bytes of a text, as many as are read of a source.
const MOST: u64 = load::SOURCE;

/// Begins a briefing in a library's folder, or in a new library where one stands.
pub(super) fn run(args: &Args, wanted: &New, glyphs: Glyphs) -> Result<ExitCode> {
    let name = slug(&wanted.name);
    if name.is_empty() {
        bail!(
            "a name needs a letter a-z or a digit, for its folder: “{}” has none; \
             give it one in Latin letters, and write the title into its briefing.toml",
            Safe::line(&wanted.name)
        );
    }
    let root = &folder(args).unwrap_or_else(|| PathBuf::from("."));
    let target = root.join("briefings").join(&name);
    if fs::symlink_metadata(&target).is_ok() {
        bail!(
            "there is something at {} already, and nothing is overwritten; take another name",
            shown(&target)
        );
    }
    let texts = gather(&wanted.source, &root.join("seeds"))?;
    let Some(toml) = skeleton::toml(&wanted.name, &texts) else {
        bail!("none of the texts has words that can be quoted");
    };
    let mut made = Made::default();
    // A library may stand behind a link; below its folder none is followed.
    if !root.is_dir() {
        made.folder(root)?;
    }
    made.folder(&root.join("seeds"))?;
    for text in &texts {
        made.file(&root.join("seeds").join(&text.file), text.raw.as_bytes())?;
    }
    made.folder(&root.join("briefings"))?;
    made.folder(&target)?;
    let file = target.join("briefing.toml");
    made.file(&file, toml.as_bytes())?;
    let made_in = Library::at(root)?;
    let briefing = made_in.open(Some(&name))?;
    let is_only = made_in.names().len() == 1;
    made.keep();

    let named = format!(" --library {}", typed(root));
    let at = args.library.as_ref().map_or("", |_| named.as_str());
    let which = if is_only { String::new() } else { format!(" --briefing {name}") };
    let first = texts.first().map_or("", |text| text.id.as_str());
    let said = format!(
        "{} holds {} and {}; {}.\n{}\n\
         Next:\n  \
         edit {}\n  \
         brief quote{at}{which} {first} WORDS   finds words in a text, and writes the quote\n  \
         brief check{at}{which}   says what is wrong, and what to do\n  \
         brief{named}{which}   opens it\n",
        shown(&file),
        counted(texts.len(), "text"),
        counted(briefing.cards.len(), "card"),
        match briefing.problems.len() {
            0 => "nothing is wrong with it".to_owned(),
            count => format!("brief check finds {}", counted(count, "problem")),
        },
        renamed(&wanted.source, &texts),
        typed(file.strip_prefix(".").unwrap_or(&file)),
    );
    Ok(print::finish(print::text(&glyphs.text(&said)), 0))
}

/// A line for each text whose file in `seeds/` is called otherwise than the one it was read from.
fn renamed(paths: &[PathBuf], texts: &[Text]) -> String {
    let mut lines = String::new();
    for (path, Text { id, file, .. }) in paths.iter().zip(texts) {
        if path.file_name().is_none_or(|name| *name != **file) {
            let _ = writeln!(lines, "{} is seeds/{file} there, with the id {id}", called(path));
        }
    }
    lines
}

/// What a text that is read is called.
fn called(path: &Path) -> Safe {
    if path == Path::new("-") { Safe::line("standard input") } else { shown(path) }
}

/// A path as it can be shown.
fn shown(path: &Path) -> Safe {
    Safe::line(&path.strip_prefix(".").unwrap_or(path).to_string_lossy())
}

/// A path as a shell takes it for one word.
fn typed(path: &Path) -> Safe {
    let path = path.to_string_lossy();
    Safe::line(&shlex::try_quote(&path).unwrap_or(Cow::Borrowed(&path)))
}

/// Reads the texts, and gives each an id and a file that is free, or that holds the same already.
fn gather(paths: &[PathBuf], seeds: &Path) -> Result<Vec<Text>> {
    let mut texts: Vec<Text> = Vec::with_capacity(paths.len());
    for path in paths {
        let raw = read(path)?;
        let sha256 = sha256(raw.as_bytes());
        if let Some(same) = texts.iter().find(|text| text.sha256 == sha256) {
            bail!("{} is the text of {} again; two would count twice", shown(path), same.file);
        }
        let stem = path.file_stem().filter(|stem| *stem != "-").map(|stem| slug(&stem.to_string_lossy()));
        let stem = stem.filter(|stem| !stem.is_empty()).unwrap_or_else(|| "text".to_owned());
        let names = (1..).map(|number| if number == 1 { stem.clone() } else { format!("{stem}-{number}") });
        let is_free = |id: &String| {
            let file = seeds.join(format!("{id}.txt"));
            let is_taken = skeleton::IDS.contains(&id.as_str()) || texts.iter().any(|text| text.id == *id);
            let is_other =
                fs::symlink_metadata(&file).is_ok() && !matches!(holds(&file, raw.as_bytes()), Ok(true));
            !is_taken && !is_other
        };
        let id = names.take(1000).find(is_free).context("too many texts of one name in seeds/")?;
        texts.push(Text { file: format!("{id}.txt"), id, raw, sha256 });
    }
    Ok(texts)
}

/// The text of a file, or of standard input.
fn read(path: &Path) -> Result<String> {
    let name = called(path);
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        file.take(MOST + 1).read_to_end(&mut bytes)
    };
    read.with_context(|| format!("cannot read {name}"))?;
    if bytes.len() as u64 > MOST {
        bail!("{name} is larger than {} MiB; make several texts of it", MOST >> 20);
    }
    let text = match form(bytes.into()) {
        Form::Utf16 => bail!("{name} is UTF-16; save it as UTF-8: iconv -f UTF-16 -t UTF-8 OLD > NEW"),
        Form::Utf8 { nul: Some(_), .. } => bail!("{name} is not text: it has a NUL byte"),
        Form::Utf8 { invalid: Some(before), .. } => {
            let at = before + 1;
            bail!("{name} is not UTF-8 at byte {at}; save it as UTF-8: iconv -f LATIN1 -t UTF-8 OLD > NEW")
        }
        Form::Utf8 { text, .. } => text.into_owned(),
    };
    if text.trim().is_empty() {
        bail!("{name} is empty");
    }
    Ok(text)
}

/// What has been made so far; it is taken away again unless it is kept.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a folder that is not there.
    fn folder(&mut self, path: &Path) -> Result<()> {
        match fs::symlink_metadata(path) {
            Ok(there) if there.is_dir() => return Ok(()),
            Ok(there) if there.is_symlink() => {
                bail!("{} is a link, and none is followed in a library; make a folder of it", shown(path))
            }
            Ok(_) | Err(_) => {}
        }
        fs::create_dir(path).with_context(|| format!("cannot make the folder {}", shown(path)))?;
        self.0.push(path.to_owned());
        Ok(())
    }

    /// Makes a file that is not there, whole; one that holds the same is left as it is.
    fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        let cannot = || format!("cannot write {}", shown(path));
        if matches!(holds(path, bytes), Ok(true)) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = Builder::new()
            .prefix(".brief-")
            .permissions(Permissions::from_mode(0o644))
            .tempfile_in(folder)
            .with_context(cannot)?;
        file.write_all(bytes).with_context(cannot)?;
        file.as_file().sync_all().with_context(cannot)?;
        file.persist_noclobber(path).with_context(cannot)?;
        self.0.push(path.to_owned());
        Ok(())
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
