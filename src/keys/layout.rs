//! Letters typed with a Cyrillic layout switched on, as the keys that they stand on.

/// Letters of the Russian, Ukrainian and Belarusian layouts, and below them what the same keys give in
/// the Latin one. A full stop and a comma are what the slash key gives there.
const KEYS: [(&str, &str); 4] = [
    ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
    ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"),
    ("іїєґў.", "s]'\\o/"),
    ("ІЇЄҐЎ,", "S}\"|O?"),
];

/// What the key of a letter gives in the Latin layout.
pub(super) fn latin(letter: char) -> Option<char> {
    KEYS.iter()
        .flat_map(|(typed, meant)| typed.chars().zip(meant.chars()))
        .find_map(|(typed, meant)| (typed == letter).then_some(meant))
}

#[cfg(test)]
mod tests {
    use super::{KEYS, latin};

    #[test]
    fn a_letter_leads_to_the_key_it_stands_on() {
        let cases = [
            ('й', Some('q')),
            ('Й', Some('Q')),
            ('о', Some('j')),
            ('л', Some('k')),
            ('х', Some('[')),
            ('ъ', Some(']')),
            ('ї', Some(']')),
            ('і', Some('s')),
            ('є', Some('\'')),
            ('Ж', Some(':')),
            ('.', Some('/')),
            (',', Some('?')),
            ('q', None),
            ('漢', None),
        ];
        for (typed, meant) in cases {
            assert_eq!(latin(typed), meant, "{typed}");
        }
    }

    #[test]
    fn no_letter_stands_on_two_keys() {
        for (typed, meant) in KEYS {
            assert_eq!(typed.chars().count(), meant.chars().count());
        }
        let mut all: Vec<char> = KEYS.iter().flat_map(|(typed, _)| typed.chars()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
