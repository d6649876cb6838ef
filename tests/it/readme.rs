//! The README says what is so.

use brief::keys;

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

#[test]
fn its_keys_are_those_of_the_table() {
    let readme = readme();
    let table = keys::markdown();
    if std::env::var_os("BRIEF_BLESS").is_some() {
        let (before, rest) = readme.split_once("<!-- keys -->\n").unwrap();
        let (_, after) = rest.split_once("<!-- /keys -->").unwrap();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        std::fs::write(file, format!("{before}<!-- keys -->\n{table}<!-- /keys -->{after}")).unwrap();
        return;
    }
    assert!(readme.contains(&table), "the README’s keys should be:\n{table}");
}
