//! Letters that rows may end between without a space: Chinese and Japanese ones and their marks.

/// The first character of a cluster, if it is such a letter or mark.
pub(super) fn of(cluster: &str) -> Option<char> {
    let c = cluster.chars().next()?;
    let is_one = matches!(
        c,
        '\u{2E80}'..='\u{2FDF}'
            | '\u{3001}'..='\u{30FF}'
            | '\u{3105}'..='\u{312F}'
            | '\u{31A0}'..='\u{31FF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF01}'..='\u{FF60}'
            | '\u{20000}'..='\u{3FFFD}'
    );
    is_one.then_some(c)
}

/// Whether a row may end between two of them: not behind what opens, nor before what closes, what goes on, or a small
/// letter: of Unicode Standard Annex 14 what the classes `OP`, `CL`, `EX`, `NS` and `CJ` have of them.
pub(super) fn may_part(before: char, after: char) -> bool {
    const OPENING: &str = "（［｛｟〈《「『【〔〖〘〚〝";
    const CLOSING: &str = "、。，．：；？！）］｝｠〉》」』】〕〗〙〛〞〟々〻〼〜゛゜ゝゞ゠・ーヽヾ";
    const SMALL: &str = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
    let is_small = SMALL.contains(after) || matches!(after, 'ㇰ'..='ㇿ');
    !OPENING.contains(before) && !CLOSING.contains(after) && !is_small
}
