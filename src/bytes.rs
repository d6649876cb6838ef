//! Runs of bytes of one kind, looked at a block at a time; few bytes among few others.

use memchr::{memchr_iter, memmem};

/// The bytes that are looked at together: fewer are not put into the processor's wide registers.
const BLOCK: usize = 32;

/// How many bytes a text begins with that all are so.
#[must_use]
pub fn run(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> usize {
    let all =
        |block: &[u8; BLOCK]| block.iter().fold(0, |others, &byte| others | u8::from(!is_so(byte))) == 0;
    let (blocks, _) = bytes.as_chunks();
    let whole = BLOCK * blocks.iter().take_while(|block| all(block)).count();
    // The rest of less than a block ends a block too, of which some is looked at again.
    if whole + BLOCK > bytes.len() && bytes.last_chunk().is_some_and(all) {
        return bytes.len();
    }
    let rest = bytes.get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|&&byte| is_so(byte)).count()
}

/// How many bytes a text begins with that are printable ASCII; quicker than [`run`] where these are few.
///
/// Eight bytes are told apart at once by their highest bits: the lowest of these that is set is right, those above it
/// may not be (Henry S. Warren, Hacker's Delight, section 6-1, finds a zero byte so).
#[must_use]
pub fn printable(bytes: &[u8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = EACH << 7;
    let mut rest = bytes;
    while let Some((block, behind)) = rest.split_first_chunk() {
        let block = u64::from_le_bytes(*block);
        let delete = block ^ (0x7f * EACH);
        let small = block.wrapping_sub(0x20 * EACH) & !block;
        let others = (block | small | delete.wrapping_sub(EACH) & !delete) & HIGH;
        if others != 0 {
            return bytes.len() - rest.len() + others.trailing_zeros() as usize / 8;
        }
        rest = behind;
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| matches!(byte, b' '..=b'~')).count()
}

/// Text of so many bytes is searched sooner than a searcher is made for what it is searched for.
const FEW: usize = 2048;

/// Where some bytes stand first in a text, which most often has few.
#[must_use]
pub fn first_at(text: &[u8], sought: &[u8]) -> Option<usize> {
    match sought {
        [first, ..] if text.len() <= FEW => {
            memchr_iter(*first, text).find(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(sought)))
        }
        _ => memmem::find(text, sought),
    }
}

/// How many bytes of a text go on with a letter that began before them: all but the first of each letter's.
#[must_use]
pub fn continued(bytes: &[u8]) -> usize {
    // As many as a byte can count.
    let few = |few: &[u8]| few.iter().map(|byte| u8::from(byte & 0xC0 == 0x80)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(few(bytes))).sum()
}

/// With how many bytes alike two texts begin.
#[must_use]
pub fn begin_alike(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// With how many bytes alike two texts end.
#[must_use]
pub fn end_alike(one: &[u8], other: &[u8]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// Whether a text is all printable ASCII: then each byte is a character in a cell of its own.
#[must_use]
pub fn is_printable(text: &str) -> bool {
    run(text.as_bytes(), |byte| matches!(byte, b' '..=b'~')) == text.len()
}

#[cfg(test)]
mod tests {
    use super::{FEW, continued, first_at, printable, run};

    #[test]
    fn a_run_ends_at_the_first_other_byte() {
        for len in 0..70 {
            for behind in [0, 1, 40, 80] {
                let mut bytes = vec![b'a'; len + behind];
                bytes.iter_mut().skip(len).take(1).for_each(|byte| *byte = b'-');
                assert_eq!(run(&bytes, |byte| byte == b'a'), len, "{behind} behind");
            }
        }
    }

    #[test]
    fn what_is_printable_ends_at_the_first_byte_that_is_not() {
        for other in 0..=u8::MAX {
            for at in 0..18 {
                for behind in ["", "!", "~~~~~~~~~", "    !   ~ "] {
                    let mut bytes = vec![b' '; at];
                    bytes.push(other);
                    bytes.extend(behind.bytes());
                    let all =
                        bytes.iter().take_while(|byte| byte.is_ascii_graphic() || **byte == b' ').count();
                    assert_eq!(printable(&bytes), all, "{other} at {at} before {behind:?}");
                }
            }
        }
    }

    #[test]
    fn all_bytes_of_a_letter_but_its_first_go_on_with_it() {
        for count in [0, 1, 85, 86, 300] {
            let text = "é—a🦀".repeat(count);
            assert_eq!(continued(text.as_bytes()), text.len() - text.chars().count(), "{count}");
        }
    }

    #[test]
    fn bytes_are_found_where_they_stand_first() {
        for pad in [0, 1, 70, FEW] {
            let text = format!("{}“é—漢” e\u{301} “é—漢” ", " é".repeat(pad));
            for sought in ["“é—漢”", " ", "é", "e\u{301}", "漢字", "“é—漢” ", "", &text, &format!("{text} ")]
            {
                assert_eq!(
                    first_at(text.as_bytes(), sought.as_bytes()),
                    text.find(sought),
                    "{sought} in {pad}"
                );
            }
        }
        assert_eq!((first_at(b"", b""), first_at(b"", b"a")), (Some(0), None));
    }
}
