//! How fast announcements are read and split into words and sentences. Figures: `benches/README.md`.

use std::{fs, path::Path};

use divan::{Bencher, black_box, counter::BytesCount};
use urbi::{source, text::Text};

fn main() {
    divan::main();
}

/// Name and bytes of every sample announcement, so many times over.
fn samples(times: usize) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/announcements");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let all: Vec<_> = paths.iter().map(|p| (p.display().to_string(), fs::read(p).expect("readable"))).collect();
    all.iter().cycle().take(all.len() * times).cloned().collect()
}

fn bytes(samples: &[(String, Vec<u8>)]) -> BytesCount {
    BytesCount::new(samples.iter().map(|(_, bytes)| bytes.len()).sum::<usize>())
}

/// From bytes to blocks.
#[divan::bench(args = [1, 20])]
fn read(bencher: Bencher<'_, '_>, times: usize) {
    let samples = samples(times);
    bencher
        .counter(bytes(&samples))
        .bench(|| samples.iter().filter(|(name, bytes)| source::read(name, black_box(bytes), None).is_ok()).count());
}

/// From blocks to words and sentences.
#[divan::bench(args = [1, 20])]
fn split(bencher: Bencher<'_, '_>, times: usize) {
    let samples = samples(times);
    let announcements: Vec<_> = samples
        .iter()
        .flat_map(|(name, bytes)| source::read(name, bytes, None).expect("samples are readable"))
        .collect();
    let size = announcements.iter().map(|announcement| announcement.text.len()).sum::<usize>();
    bencher
        .counter(BytesCount::new(size))
        .bench(|| announcements.iter().map(|a| Text::new(black_box(a)).sentences.len()).sum::<usize>());
}
