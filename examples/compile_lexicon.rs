//! Compiles the list of places: `cargo run --release --example compile_lexicon -- places.tsv data/lexicon`.
//!
//! `places.tsv` is what `data/lexicon/make_places.py` writes; the folder holds the tables and takes `places.bin`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let [places, folder] = &std::env::args().skip(1).collect::<Vec<_>>()[..] else {
        bail!("two arguments are needed: places.tsv and the folder of the lexicon");
    };
    let read = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    let folder = Path::new(folder);
    let file = urbi::lexicon::compile(
        &read(Path::new(places))?,
        &read(&folder.join("countries.tsv"))?,
        &read(&folder.join("stopwords.txt"))?,
    )?;
    let path = folder.join("places.bin");
    fs::write(&path, &file).with_context(|| path.display().to_string())
}
