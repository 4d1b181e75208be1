//! How fast the lexicon loads and finds names: `cargo bench --bench lexicon`.

use divan::{Bencher, black_box, counter::ItemsCount};
use urbi::lexicon::Lexicon;
use urbi::profile::Profile;

fn main() {
    divan::main();
}

const TEXT: &str = "the fifth international conference on learning cities iclc took place in yeonsu republic of korea from \
                    27 to 30 october 2021 under the theme from emergency to resilience building healthy and resilient \
                    cities through learning unesco institute for lifelong learning and new york city san jose costa rica";

#[divan::bench]
fn load(bencher: Bencher) {
    let profile = Profile::embedded();
    bencher.bench(|| Lexicon::load(black_box(&profile)).is_ok());
}

/// The longest name at each token of a text; an item is a token.
#[divan::bench]
fn longest_at_each_token(bencher: Bencher) {
    let lexicon = Lexicon::embedded().expect("the embedded lexicon loads");
    let tokens: Vec<&str> = TEXT.split_whitespace().collect();
    bencher.counter(ItemsCount::new(tokens.len())).bench(|| {
        (0..tokens.len())
            .filter_map(|at| lexicon.longest(tokens[at..].iter().copied()))
            .map(|m| m.tokens)
            .sum::<usize>()
    });
}

/// Every hit of an ambiguous name, with its entry.
#[divan::bench(args = ["San José", "Yeonsu-gu", "Republic of Korea", "Cambridge"])]
fn entries_of(bencher: Bencher, name: &str) {
    let lexicon = Lexicon::embedded().expect("the embedded lexicon loads");
    bencher.bench(|| lexicon.hits(black_box(name)).iter().map(|hit| lexicon.entry(hit.entry).population).max());
}
