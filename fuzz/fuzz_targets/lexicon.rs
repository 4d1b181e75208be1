//! Files that are imported as names: the first byte says of which format. What is imported can be loaded.
#![no_main]

use std::sync::LazyLock;

use urbi::lexicon::Kind;
use urbi::lexicon::import::{Format, Source, import};
use urbi::profile::Profile;

static PROFILE: LazyLock<Profile> = LazyLock::new(Profile::embedded);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let format = Format::ALL[usize::from(*first) % Format::ALL.len()];
    let kind = Some(Kind::Theme);
    let source = Source { file: "fuzz", bytes, format, dataset: "fuzz", kind, languages: &[], alternate_names: None };
    if let Err(error) = import(&source, &PROFILE) {
        assert!(error.to_string().contains("fuzz"), "{error}");
    }
});
