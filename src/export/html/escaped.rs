//! Words as they stand in HTML.

use std::borrow::Cow;

/// Words between tags.
pub fn text(words: &str) -> Cow<'_, str> {
    html_escape::encode_text(words)
}

/// Words in an attribute in double quotation marks.
pub fn attribute(words: &str) -> Cow<'_, str> {
    html_escape::encode_double_quoted_attribute(words)
}
