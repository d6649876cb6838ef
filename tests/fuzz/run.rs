//! Inputs made of inputs: what is known, changed a little, again and again.

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What is tried, and with what.
pub struct Target {
    pub name: &'static str,
    /// Panics where a promise is broken; gives a number for what it saw.
    pub check: fn(&[u8]) -> u64,
    /// Inputs to begin with.
    pub seeds: Vec<Vec<u8>>,
    /// What is worth putting in.
    pub words: &'static [&'static str],
    /// So many inputs with the other tests.
    pub inputs: usize,
}

/// The longest input that is made.
const LONGEST: usize = 64 << 10;
/// So many inputs are kept to be changed.
const KEPT: usize = 4096;

impl Target {
    /// Tries what was found before, then new inputs.
    pub fn run(&self) {
        for entry in fs::read_dir(self.finds()).into_iter().flatten() {
            self.take(&fs::read(entry.unwrap().path()).unwrap());
        }
        let seconds = std::env::var("BRIEF_FUZZ").ok().and_then(|seconds| seconds.parse().ok());
        let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
        let seed = end.map_or(1, |_| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64);
        let mut random = Random(seed | 1);
        let mut known = HashSet::new();
        let mut kept = self.seeds.clone();
        kept.push(Vec::new());
        known.extend(kept.iter().map(|input| self.take(input)));
        let mut tried = 0;
        while end.map_or(tried < self.inputs, |end| Instant::now() < end) {
            let input = self.change(&kept, &mut random);
            tried += 1;
            if known.insert(self.take(&input)) && input.len() <= LONGEST {
                if kept.len() < KEPT {
                    kept.push(input);
                } else {
                    let at = random.below(kept.len());
                    kept[at] = input;
                }
            }
        }
        println!("{}: {tried} inputs from seed {seed}, {} things seen", self.name, known.len());
    }

    fn finds(&self) -> PathBuf {
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/finds")).join(self.name)
    }

    /// Tries an input; keeps one that breaks something.
    fn take(&self, input: &[u8]) -> u64 {
        match catch_unwind(AssertUnwindSafe(|| (self.check)(input))) {
            Ok(seen) => seen,
            Err(panic) => {
                let file = self.finds().join(format!("{:016x}", crate::seen(&input)));
                fs::create_dir_all(self.finds()).unwrap();
                fs::write(&file, input).unwrap();
                println!("{}: broken by {}", self.name, file.display());
                resume_unwind(panic)
            }
        }
    }

    /// An input like one or two of those kept.
    fn change(&self, kept: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
        let mut input = kept[random.below(kept.len())].clone();
        for _ in 0..=random.below(6) {
            let at = random.below(input.len() + 1);
            let to = at + random.below((input.len() - at).min(64) + 1);
            match random.below(8) {
                0 => drop(input.drain(at..to)),
                1 => input.truncate(at),
                2 => drop(input.splice(at..at, [random.byte()])),
                3 if at < input.len() => input[at] ^= 1 << random.below(8),
                4 => {
                    let twice = input[at..to].repeat(1 + random.below(8));
                    drop(input.splice(at..at, twice));
                }
                5 => {
                    let other = &kept[random.below(kept.len())];
                    let from = random.below(other.len() + 1);
                    let some = from + random.below((other.len() - from).min(512) + 1);
                    drop(input.splice(at..to, other[from..some].iter().copied()));
                }
                _ => {
                    let word = self.words[random.below(self.words.len())];
                    drop(input.splice(at..to.min(at + random.below(4)), word.bytes()));
                }
            }
        }
        input
    }
}

/// The generator xorshift64* (Vigna 2016): the same seed gives the same inputs everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end
    }

    fn byte(&mut self) -> u8 {
        (self.next() >> 32) as u8
    }
}
