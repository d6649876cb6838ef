//! SHA-256 and its hexadecimal form, for everything that is known again by what it holds.

use sha2::Digest as _;
use std::fmt::Write as _;

/// A SHA-256 (FIPS 180-4) that takes its bytes piece by piece.
#[derive(Default)]
pub struct Digest(sha2::Sha256);

impl Digest {
    /// Adds bytes to those before.
    pub fn add(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.update(bytes);
    }

    /// The digest of everything added, 32 bytes.
    #[must_use]
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// The digest of bytes in hexadecimal, 64 letters.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&sha2::Sha256::digest(bytes))
}

/// Bytes in hexadecimal, two lower-case letters each.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::{Digest, hex, sha256};

    #[test]
    fn bytes_have_the_digest_of_the_standard_whole_or_in_pieces() {
        // The first example of FIPS 180-4, "abc".
        let want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), want);
        let mut digest = Digest::default();
        digest.add("a");
        digest.add("bc");
        assert_eq!(hex(&digest.finish()), want);
        assert_eq!(hex(&[0, 0x0f, 0xf0]), "000ff0");
    }
}
