//! A file's bytes to text, whatever they are.

use super::ReadFault;
use crate::problem::{Code, Page, Problem};
use crate::sanitize::Safe;
use crate::span::Span;
use std::borrow::Cow;

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
            let problem = Problem::new(fault.code(), path, &format!("it {fault}"));
            problems.push(problem.help(fault.help()));
            return None;
        }
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let problem = Problem::new(Code::NotUtf8, path, "the file is UTF-16");
        problems.push(problem.help("save it as UTF-8"));
        return None;
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
    if let Some(at) = invalid {
        let message = format!("byte {} is not UTF-8; `�` stands in its place", at + 1);
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 3), &message);
        problems.push(problem.help("save the file as UTF-8"));
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let message = "a NUL byte: this may not be text";
        let problem = Page::new(path.clone(), &text).problem(Code::NotUtf8, Span::new(at, at + 1), message);
        problems.push(problem.help("save the file as UTF-8 text"));
    }
    Some(text)
}
