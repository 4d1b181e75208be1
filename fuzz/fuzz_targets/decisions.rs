//! Files of decisions: what is read and written again is the same.
#![no_main]

use urbi::curation::file;
use urbi::vocab::Base;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let base = Base::default();
    if let Ok(ledger) = file::read("fuzz.ttl", text, &base) {
        let written = |ledger: &_| {
            let mut out = Vec::new();
            file::write(ledger, &base, &|_| String::new(), &mut out).expect("written");
            String::from_utf8(out).expect("UTF-8")
        };
        let first = written(&ledger);
        let again = file::read("written.ttl", &first, &base).expect("what was written can be read");
        assert_eq!(written(&again), first);
    }
});
