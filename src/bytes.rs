//! Runs of bytes of one kind, looked at a block at a time.

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

/// Whether a text is all printable ASCII: then each byte is a character in a cell of its own.
#[must_use]
pub fn is_printable(text: &str) -> bool {
    run(text.as_bytes(), |byte| matches!(byte, b' '..=b'~')) == text.len()
}

#[cfg(test)]
mod tests {
    use super::run;

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
}
