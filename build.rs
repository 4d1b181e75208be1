//! Puts the files of the standard profile into the program, and those of the web interface if it has been built.
//!
//! Why not `include_dir` or `rust-embed`: they do not notice that a file was added, and have no digests. Those are made
//! here, so that the identity of a profile with a lexicon of many megabytes costs nothing at run time. The web interface is
//! built before, by npm (`scripts/start` does it): a program without it is whole in all else.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

include!("src/profile/layout.rs");

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/profile/layout.rs");
    embed(&root, &FOLDERS, &belongs, "profile.rs");
    embed(&root, &["web/dist"], &|_| true, "web.rs");
}

/// Writes a list of the files below `folders` that `belong`, sorted by path: path, content, SHA-256.
fn embed(root: &Path, folders: &[&str], belong: &dyn Fn(&str) -> bool, list_name: &str) {
    let mut paths = Vec::new();
    for folder in folders {
        // Cargo takes a path that is not there for one that always changes: the folder above it says when it is made.
        let watched = if root.join(folder).exists() { folder } else { folder.split('/').next().unwrap_or(folder) };
        println!("cargo::rerun-if-changed={watched}");
        list(root, folder, belong, &mut paths);
    }
    paths.sort();
    let mut out = String::from("&[\n");
    for path in &paths {
        let file = root.join(path);
        let digest = Sha256::digest(fs::read(&file).expect("a file that was just listed"));
        let digest: &[u8] = &digest;
        // The folder is asked for when the program compiles: two checkouts may share one target folder.
        writeln!(
            out,
            "({path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?})), {digest:?}),"
        )
        .expect("writing to a string");
    }
    out.push_str("]\n");
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join(list_name);
    fs::write(to, out).expect("cargo's output folder can be written");
}

/// Adds the files below `folder` that `belong` to `paths`, relative to `root`, with `/` between their parts.
fn list(root: &Path, folder: &str, belong: &dyn Fn(&str) -> bool, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.map(|entry| entry.expect("a readable folder")) {
        let path = format!("{folder}/{}", entry.file_name().to_str().expect("file names are UTF-8"));
        if entry.path().is_dir() {
            list(root, &path, belong, paths);
        } else if belong(&path) {
            paths.push(path);
        }
    }
}
