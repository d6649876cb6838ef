//! Runs of bytes of one kind, looked at a block at a time.

/// The bytes that are looked at together, without a branch for each.
const BLOCK: usize = 16;

/// How many bytes a text begins with that all are so.
#[must_use]
pub fn run(text: &str, is_so: impl Fn(u8) -> bool) -> usize {
    let (blocks, _) = text.as_bytes().as_chunks::<BLOCK>();
    let all = |block: &&[u8; BLOCK]| block.iter().fold(true, |all, &byte| all & is_so(byte));
    let whole = BLOCK * blocks.iter().take_while(all).count();
    let rest = text.as_bytes().get(whole..).unwrap_or_default();
    whole + rest.iter().take_while(|&&byte| is_so(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn a_run_ends_at_the_first_other_byte() {
        for len in 0..70 {
            for other in ["", "-", "é", "-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
                assert_eq!(
                    run(&format!("{}{other}", "a".repeat(len)), |byte| byte == b'a'),
                    len,
                    "{other:?}"
                );
            }
        }
    }
}
