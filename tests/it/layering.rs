//! The modules stand in one line, and each uses only those before it. The line is the order in which `src/lib.rs`
//! declares them, which is the order in which an announcement passes through them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Modules that must not know each other although one of them stands before the other.
const STRANGERS: [(&str, &str); 2] = [("query", "export"), ("query", "graph")];

/// What only one module may name.
const OWNED: [(&str, &str); 4] =
    [("oxigraph::store", "store"), ("clap::", "cli"), ("axum::", "server"), ("hyper::", "server")];

/// Lines that a file may have without saying why.
const LINES: usize = 400;

struct File {
    path: PathBuf,
    /// The first folder or file below `src`.
    module: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<File> {
    let folder = root().join(folder);
    let paths = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let paths = paths.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|end| end == "rs"));
    paths
        .map(|path| {
            let inside = path.strip_prefix(&folder).expect("below it");
            let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("UTF-8");
            File { module: first.trim_end_matches(".rs").to_owned(), text, path }
        })
        .collect()
}

/// The modules in the order of `src/lib.rs`, and behind them those of the program.
fn order() -> Vec<String> {
    let declared = |path: &str, start: &str| -> Vec<String> {
        let text = fs::read_to_string(root().join(path)).expect("a source file");
        text.lines().filter_map(|line| Some(line.strip_prefix(start)?.strip_suffix(';')?.to_owned())).collect()
    };
    let mut order = declared("src/lib.rs", "pub mod ");
    order.extend(declared("src/main.rs", "mod "));
    order
}

/// The text without what stands after `//`: documentation may name what comes later.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The modules that `code` names after `crate::`, in groups (`crate::{fact, view::{…}}`) too.
fn used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            used.insert(identifier(rest));
            continue;
        };
        let mut depth = 1;
        let mut start = true;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => start = true,
                c if start && !c.is_whitespace() => {
                    used.insert(identifier(&group[at..]));
                    start = false;
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }
    used
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_module_uses_only_those_before_it() {
    let order = order();
    assert!(order.len() > 5, "{order:?}");
    let mut upward = Vec::new();
    for file in files("src").iter().filter(|file| order.contains(&file.module)) {
        let place = |module: &str| order.iter().position(|other| other == module);
        for other in used(&code(&file.text)) {
            let Some(at) = place(&other) else { continue };
            let strangers = STRANGERS
                .iter()
                .any(|pair| [*pair, (pair.1, pair.0)].contains(&(file.module.as_str(), other.as_str())));
            if place(&file.module) < Some(at) || strangers {
                upward.push(format!("{} uses crate::{other}", file.path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "against the order {order:?}:\n{}", upward.join("\n"));
}

#[test]
fn the_architecture_page_shows_the_same_line() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let table = page.split("\n## ").find(|section| section.starts_with("The line of modules")).expect("the section");
    let mut rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for module in order() {
        assert!(rows.any(|row| row == module), "the table of ARCHITECTURE.md lacks `{module}`, or has another order");
    }
}

#[test]
fn every_file_belongs_to_a_module_of_the_line() {
    let order = order();
    for file in files("src").iter().filter(|file| !["lib", "main"].contains(&file.module.as_str())) {
        assert!(order.contains(&file.module), "{} is in no module of src/lib.rs", file.path.display());
    }
}

#[test]
fn what_one_module_owns_no_other_names() {
    for file in files("src") {
        let code = code(&file.text);
        for (name, owner) in OWNED {
            let others = file.module != owner && file.module != "main";
            assert!(!(others && code.contains(name)), "{} names {name}: only `{owner}` may", file.path.display());
        }
    }
}

#[test]
fn long_files_say_why() {
    let mut long = Vec::new();
    for file in files("src").into_iter().chain(files("tests")) {
        let lines = file.text.lines().count();
        if lines > LINES && !file.text.lines().any(|line| line.starts_with("//! Long because ")) {
            long.push(format!("{} has {lines} lines", file.path.display()));
        }
    }
    assert!(long.is_empty(), "split them, or say `//! Long because …`:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in files("src").into_iter().filter(|file| !file.path.ends_with("tests.rs")) {
        let first = file.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        assert!(first.starts_with("//"), "{} has no `//!` at its top", file.path.display());
    }
}

#[test]
fn names_after_crate_are_found() {
    let found = used("use crate::{fact::{Evidence, Passage}, view, vocab::*};\nlet x = crate::store::open;");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["fact", "store", "view", "vocab"]);
}
