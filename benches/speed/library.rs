//! Large libraries for measuring: as many cards, sources and paragraphs as are wanted.
//!
//! Promises: the same numbers give the same bytes; the words are those of the shipped sources, in runs
//! as they stand there, so letters, accents and marks are as common as in the news; every quote
//! is in its source, with `nth` where it stands there more than once.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// The texts that the words are taken from.
const TEXTS: [&str; 5] = [
    include_str!("../../seeds/000_417d1400180d5128.txt"),
    include_str!("../../seeds/001_6c6cf35d0dc945d1.txt"),
    include_str!("../../seeds/002_c58ad5b90b3567d6.txt"),
    include_str!("../../seeds/003_9a9d76f491ca1155.txt"),
    include_str!("../../seeds/004_603d9405ca46e240.txt"),
];
/// So many cards stand in one file.
const CARDS_A_FILE: usize = 2000;
/// So many topics, and so many actors, there are.
const NAMES: usize = 12;

/// How large a library is to be.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Cards, with a quote each.
    pub cards: usize,
    /// Sources.
    pub sources: usize,
    /// Paragraphs of all the sources together.
    pub paragraphs: usize,
    /// Bytes of a paragraph, on the average and about.
    pub bytes: usize,
}

/// The files of a library: paths from its folder, and what they hold.
pub struct Library {
    /// The briefing's TOML files.
    pub briefing: Vec<(String, String)>,
    /// The sources, by their names below `seeds/`.
    pub sources: Vec<(String, String)>,
}

impl Library {
    /// Makes a library.
    pub fn new(extent: Extent) -> Self {
        let mut writer = Writer::new();
        let sources: Vec<(String, String)> = (0..extent.sources)
            .map(|n| {
                let share = |n: usize| n * extent.paragraphs / extent.sources.max(1);
                let text = (share(n)..share(n + 1)).map(|_| writer.paragraph(extent.bytes) + "\n");
                (format!("{n:04}.txt"), text.collect())
            })
            .collect();
        let mut briefing = vec![("briefings/large/a.toml".to_owned(), head(&sources))];
        for first in (0..extent.cards).step_by(CARDS_A_FILE) {
            let cards = first..(first + CARDS_A_FILE).min(extent.cards);
            let text = cards.map(|n| writer.card(n, &sources)).collect();
            briefing.push((format!("briefings/large/cards-{:04}.toml", first / CARDS_A_FILE), text));
        }
        Self { briefing, sources }
    }

    /// Writes it into a folder.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder.join("briefings/large"))?;
        fs::create_dir_all(folder.join("seeds"))?;
        for (path, text) in &self.briefing {
            fs::write(folder.join(path), text)?;
        }
        for (name, text) in &self.sources {
            fs::write(folder.join("seeds").join(name), text)?;
        }
        Ok(())
    }
}

fn head(sources: &[(String, String)]) -> String {
    let mut text = "schema = 1\ntitle = \"A large library\"\nas_of = \"2025-11-24\"\n".to_owned();
    for (n, (name, _)) in sources.iter().enumerate() {
        let _ = write!(text, "\n[[source]]\nid = \"s{n}\"\nfile = \"{name}\"\ntitle = \"Text {n}\"\n");
    }
    text.push_str("\n[[version]]\nid = \"draft\"\ntitle = \"The draft\"\n");
    for n in 0..NAMES {
        let _ = write!(text, "\n[[topic]]\nid = \"t{n}\"\ntitle = \"Topic {n}\"\n");
        let _ = write!(text, "\n[[actor]]\nid = \"a{n}\"\nname = \"Actor {n}\"\n");
    }
    text
}

/// Recombines the words of the texts, the same way each time.
struct Writer {
    words: Vec<&'static str>,
    /// The state of xorshift64, Marsaglia, "Xorshift RNGs", 2003.
    state: u64,
}

impl Writer {
    fn new() -> Self {
        let words = TEXTS.iter().flat_map(|text| text.split_whitespace()).collect();
        Self { words, state: 0x9e37_79b9_7f4a_7c15 }
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % limit.max(1)
    }

    /// Runs of words, of about so many bytes.
    fn paragraph(&mut self, bytes: usize) -> String {
        let least = bytes / 2 + self.below(bytes);
        let mut text = String::with_capacity(least + 16);
        while text.len() < least {
            let length = 2 + self.below(5);
            let start = self.below(self.words.len() - length);
            for word in &self.words[start..start + length] {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        text
    }

    /// A card, of each kind in turn, with a quote of up to twelve words.
    fn card(&mut self, n: usize, sources: &[(String, String)]) -> String {
        let at = self.below(sources.len());
        let source = &sources[at].1;
        let lines = source.lines().count();
        let line = source.lines().nth(self.below(lines)).unwrap_or_default();
        let words: Vec<&str> = line.split(' ').collect();
        let first = self.below(words.len().saturating_sub(12));
        let exact = words[first..words.len().min(first + 12)].join(" ");
        let nth = match source.matches(&exact).count() {
            2.. => "nth = 1\n",
            _ => "",
        };
        let title = self.paragraph(40);
        let (topic, actor) = (self.below(NAMES), self.below(NAMES));
        let (kind, own) = match n % 3 {
            0 => ("plan_point", "version = \"draft\"".to_owned()),
            1 => ("reaction", format!("actor = \"a{actor}\"\nstance = \"mixed\"\non = [\"draft\"]")),
            _ => ("open_question", "status = \"open\"".to_owned()),
        };
        format!(
            "[[{kind}]]\nid = \"c{n}\"\ntitle = {title:?}\n{own}\ntopics = [\"t{topic}\"]\n\
             [[{kind}.quote]]\nsource = \"s{at}\"\nexact = {exact:?}\n{nth}basis = \"outlet\"\n\n"
        )
    }
}
