//! Input that is made to do harm: each kind ends in a clear message, and the rest is read.

use std::fs;
use std::io::Write;

use urbi::source::{Limits, Settings};

use super::super::cli::urbi;
use super::*;

const NOTE: &[u8] = b"Cork will host the congress\n\nThe congress takes place in Cork.\n";

/// Limits that can be reached in a test.
pub fn small() -> Settings {
    Settings { limits: Limits { document: 1 << 20, depth: 4, unpacked: 4 << 20, ratio: 4 }, ..Settings::default() }
}

/// The message that says this; there must be one, and no other.
#[track_caller]
fn only(given: &Given, words: &str) {
    assert_eq!(given.errors.len(), 1, "{:?}", given.errors);
    assert!(given.errors[0].contains(words), "{:?}", given.errors);
}

#[test]
fn a_member_that_is_too_large() {
    let large = vec![b' '; 2 << 20];
    for bytes in [zip(&[("big.txt", &large), ("note.txt", NOTE)]), tar(&[("big.txt", &large), ("note.txt", NOTE)])] {
        let given = unpack("x", &bytes, &small());
        only(&given, "x#big.txt: more than 1048576 bytes, the limit of a document");
        assert_eq!(given.places(), ["x#note.txt"]);
    }
    only(&unpack("x.gz", &gzip(&large), &small()), "x.gz: more than 1048576 bytes");
}

#[test]
fn a_bomb_of_many_members() {
    let zeros = vec![b'0'; 1 << 20];
    let names: Vec<String> = (0..100).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    let bytes = zip(&files);
    assert!(bytes.len() < 200_000);
    let given = unpack("x.zip", &bytes, &small());
    only(&given, "out of all proportion to its size");
    assert!(given.parts.len() < 6, "{}", given.parts.len());
}

#[test]
fn a_bomb_in_layers() {
    // A hundred kilobytes in the end, but three times compressed.
    let inner = gzip(&gzip(&gzip(&vec![b'0'; 100 << 20])));
    let given = unpack_stream("x.gz", &inner, &Settings { limits: Limits { depth: 9, ..small().limits }, ..small() });
    assert_eq!((given.parts.len(), given.errors.len()), (0, 1), "{:?}", given.errors);
}

#[test]
fn archives_in_archives_without_end() {
    let mut bytes = zip(&[("note.txt", NOTE)]);
    for level in 0..9 {
        bytes = zip(&[("inner.zip", &bytes), (&format!("{level}.txt"), NOTE)]);
    }
    let given = unpack("x.zip", &bytes, &small());
    only(&given, "lies in more than 4 containers");
    assert_eq!(given.parts.len(), 4);
}

#[test]
fn names_that_lead_out_of_the_archive() {
    for name in ["../../etc/passwd.txt", "/etc/motd.txt", "a/../../b.txt", "c:\\x.txt"] {
        for bytes in [zip(&[(name, NOTE), ("note.txt", NOTE)]), tar(&[(name, NOTE), ("note.txt", NOTE)])] {
            let given = unpack("x", &bytes, &small());
            only(&given, "the name leads out of the archive");
            assert_eq!(given.places(), ["x#note.txt"]);
        }
    }
    let given = unpack("x", &tar(&[("a\u{1b}[2Jb.txt", NOTE)]), &small());
    assert_eq!(given.places(), ["x#a\\u{1b}[2Jb.txt"]);
}

#[test]
fn archives_that_are_cut_off() {
    let files: [(&str, &[u8]); 2] = [("one.txt", NOTE), ("two.txt", NOTE)];
    let whole = zip(&files);
    // Without the directory, and within the second member.
    for end in [whole.len() - 60, whole.len() / 2 - 10] {
        let given = unpack("x.zip", &whole[..end], &small());
        assert!(!given.errors.is_empty() && given.places()[0] == "x.zip#one.txt", "{given:?}");
    }
    let whole = tar(&files);
    let given = unpack("x.tar", &whole[..1560], &small());
    assert_eq!(given.places(), ["x.tar#one.txt"]);
    assert!(given.errors[0].contains("x.tar#two.txt: byte 24: it ends too early"), "{:?}", given.errors);
    let whole = gzip(NOTE);
    only(&unpack("x.txt.gz", &whole[..whole.len() - 9], &small()), "ends too early");
    let mut wrong = gzip(&tar(&files));
    let middle = wrong.len() / 2;
    wrong[middle] ^= 0x55;
    assert!(!unpack("x.tgz", &wrong, &small()).errors.is_empty());
}

/// A file with holes: as long as it says, and hardly there.
#[test]
fn a_line_of_two_gigabytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = fs::File::create(folder.path().join("long.txt")).expect("made");
    file.write_all(b"Cork ").expect("written");
    file.set_len(2 << 30).expect("a file system with holes");
    fs::write(folder.path().join("note.txt"), NOTE).expect("written");
    let run = urbi(folder.path(), &["extract", "long.txt", "note.txt"]);
    assert!(run.out.contains("Cork"), "{}", run.out);
    let message = run.failed(1);
    assert!(message.contains("long.txt: more than 67108864 bytes"), "{message}");
}
