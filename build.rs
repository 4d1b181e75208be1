//! Puts the files of the standard profile into the program.
//!
//! Why not `include_dir`: it does not notice that a file was added, and it has no digests. Those are made here, so that
//! the identity of a profile with a lexicon of many megabytes costs nothing at run time.

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
    let mut paths = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        list(&root, folder, &mut paths);
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
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("profile.rs");
    fs::write(to, out).expect("cargo's output folder can be written");
}

/// Adds the files below `folder` to `paths`, relative to `root`, with `/` between their parts.
fn list(root: &Path, folder: &str, paths: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.map(|entry| entry.expect("a readable folder")) {
        let path = format!("{folder}/{}", entry.file_name().to_str().expect("file names are UTF-8"));
        if entry.path().is_dir() {
            list(root, &path, paths);
        } else if belongs(&path) {
            paths.push(path);
        }
    }
}
