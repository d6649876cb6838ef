//! A file's bytes to text, whatever they are.

use super::ReadFault;
use crate::problem::{Code, Page, Problem};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;

/// What a file's bytes are.
pub enum Form<'b> {
    /// UTF-16, as the mark that they begin with says.
    Utf16,
    /// A text in UTF-8, as far as it is one.
    Utf8 {
        /// The text, with `�` for what is not UTF-8.
        text: Cow<'b, str>,
        /// The first byte that is not UTF-8.
        invalid: Option<usize>,
        /// The first NUL of the text.
        nul: Option<usize>,
    },
}

/// Tells what a file's bytes are.
#[must_use]
pub fn form(bytes: Cow<'_, [u8]>) -> Form<'_> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Form::Utf16;
    }
    let text = match bytes {
        Cow::Borrowed(bytes) => {
            str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| (error, bytes.into()))
        }
        Cow::Owned(bytes) => String::from_utf8(bytes)
            .map(Cow::Owned)
            .map_err(|error| (error.utf8_error(), Cow::Owned(error.into_bytes()))),
    };
    let (text, invalid) = match text {
        Ok(text) => (text, None),
        Err((error, bytes)) => {
            (String::from_utf8_lossy(&bytes).into_owned().into(), Some(error.valid_up_to()))
        }
    };
    let nul = memchr::memchr(0, text.as_bytes());
    Form::Utf8 { text, invalid, nul }
}

/// A file's bytes as text. What is not UTF-8 becomes `�` and a problem; a
/// file that is not text at all is only a problem.
pub fn decode<'b>(
    path: &Safe,
    bytes: Result<Cow<'b, [u8]>, &ReadFault>,
    problems: &mut Vec<Problem>,
) -> Option<Cow<'b, str>> {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(fault) => {
            problems.push(fault.problem(path));
            return None;
        }
    };
    let (text, invalid, nul) = match form(bytes) {
        Form::Utf16 => {
            let problem = Problem::new(Code::NotUtf8, path, "the file is UTF-16");
            problems.push(problem.help("save it as UTF-8"));
            return None;
        }
        Form::Utf8 { text, invalid, nul } => (text, invalid, nul),
    };
    if let Some(at) = invalid {
        let message = format!("byte {} is not UTF-8; `�` stands in its place", at + 1);
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 3), &message);
        problems.push(problem.help("save the file as UTF-8"));
    }
    if let Some(at) = nul {
        let message = "a NUL byte: this may not be text";
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 1), message);
        problems.push(problem.help("save the file as UTF-8 text"));
    }
    Some(text)
}
