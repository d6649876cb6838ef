//! What is an address on the web.

/// Whether words are the address of a page on the web and nothing besides: one word that begins with `http://` or
/// `https://` in any case and goes on, without what no address holds as it is.
#[must_use]
pub fn is_on_the_web(words: &str) -> bool {
    let Some((scheme, rest)) = words.split_once("://") else { return false };
    let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let is_part = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '<' | '>' | '"' | '\\' | '`' | '{' | '}' | '|' | '^')
    };
    let has_host = !rest.is_empty() && !rest.starts_with(['/', '?', '#']);
    is_web && has_host && rest.chars().all(is_part)
}
