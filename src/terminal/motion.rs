//! Going from cell to cell: the control functions of ECMA-48 that take the terminal to a place, in their fewest bytes.

use std::iter;

/// `ESC [ row ; column H`, without the parts that are 1 anyway.
pub(super) fn stated(x: usize, y: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if (x, y) != (0, 0) {
        number(y + 1, out);
    }
    if x > 0 {
        out.push(b';');
        number(x + 1, out);
    }
    out.push(b'H');
}

/// `ESC [ n` and the letter of a way.
pub(super) fn relative(by: usize, way: u8, out: &mut Vec<u8>) {
    if by > 0 {
        out.extend_from_slice(b"\x1b[");
        if by > 1 {
            number(by, out);
        }
        out.push(way);
    }
}

/// So many rows down.
pub(super) fn down(by: usize, out: &mut Vec<u8>) {
    if by < 5 {
        out.extend(iter::repeat_n(b'\n', by));
    } else {
        relative(by, b'B', out);
    }
}

/// From one column of a row to another, both known.
pub(super) fn across(from: usize, to: usize, out: &mut Vec<u8>) {
    if from <= to {
        relative(to - from, b'C', out);
    } else if from - to < 4 {
        out.extend(iter::repeat_n(b'\x08', from - to));
    } else {
        relative(from - to, b'D', out);
    }
}

/// A number in decimal digits.
pub(super) fn number(n: usize, out: &mut Vec<u8>) {
    if n >= 10 {
        number(n / 10, out);
    }
    out.extend(b"0123456789".get(n % 10));
}
