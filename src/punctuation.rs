//! Quotation marks and dashes of every shape: in these a quote may differ from its source, and a search does not tell
//! them apart.

/// The ASCII character that a quotation mark, an apostrophe or a dash of another shape stands for.
#[must_use]
pub const fn plain(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        _ => None,
    }
}
