//! The contents page is true: a module imports only from groups above its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The modules of `src/lib.rs` with the number of their group, counted from the top.
fn groups() -> BTreeMap<String, usize> {
    let contents = std::fs::read_to_string(src().join("lib.rs")).unwrap();
    let mut groups = BTreeMap::new();
    let mut group = 0;
    for line in contents.lines() {
        if line.starts_with("// ") {
            group += 1;
        }
        if let Some(module) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            groups.insert(module.to_owned(), group);
        }
    }
    groups
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file below `src`, with the module at the top that it belongs to.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn module_of(file: &Path) -> String {
    let below = file.strip_prefix(src()).unwrap();
    let first = below.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a file names: `crate::scroll`, and `{app, line}` in `use crate::{app, line}`.
fn imports(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut named = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => named.push(word(rest)),
            Some(list) => {
                let mut depth = 1;
                let mut start = true;
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 1 => start = true,
                        c if start && c.is_alphabetic() => {
                            named.push(word(&list[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
        }
    }
    named
}

#[test]
fn a_module_imports_only_from_groups_above_its_own() {
    let groups = groups();
    let mut found = Vec::new();
    files(&src(), &mut found);
    let mut wrong = Vec::new();
    for file in found {
        let module = module_of(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(own) = groups.get(&module) else {
            wrong.push(format!("{module} is not on the contents page"));
            continue;
        };
        for import in imports(&std::fs::read_to_string(&file).unwrap()) {
            match groups.get(&import) {
                Some(group) if import == module || group < own => {}
                Some(_) => wrong.push(format!("{} imports {import}", file.display())),
                None => wrong.push(format!("{} names crate::{import}", file.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_knows_no_terminal_no_file_and_no_clock() {
    let mut found = Vec::new();
    files(&src(), &mut found);
    for file in found {
        let module = module_of(&file);
        if ["load", "store", "cli", "terminal", "main"].contains(&module.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for forbidden in ["println!", "std::fs", "crossterm", "Instant", "std::env"] {
            let there = code.iter().any(|line| line.contains(forbidden));
            assert!(!there, "{} says {forbidden}", file.display());
        }
    }
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let mut found = Vec::new();
    files(&src(), &mut found);
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//"))
            .count();
        assert!(lines <= 400, "{} has {lines} lines of code", file.display());
    }
}
