//! Reading: golden cases (a folder each in `tests/golden/source`) and the way back to the original bytes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use urbi::source::{self, Announcement, BlockKind, Form};

/// The blocks as `kind<tab>words`, a line break in a block as ` / `, metadata first.
pub(crate) fn show(announcement: &Announcement) -> String {
    let mut out = String::new();
    let metadata = &announcement.metadata;
    let stated = [
        ("title", &metadata.title),
        ("date", &metadata.date),
        ("author", &metadata.author),
        ("publisher", &metadata.publisher),
    ];
    for (name, value) in stated {
        if let Some(stated) = value {
            let _ = writeln!(out, "@{name}\t{} [{}-{}]", stated.value, stated.bytes.start, stated.bytes.end);
        }
    }
    for (name, value) in [("language", &metadata.language), ("url", &metadata.url)] {
        if let Some(value) = value {
            let _ = writeln!(out, "@{name}\t{value}");
        }
    }
    for block in &announcement.blocks {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("heading {level}"),
            BlockKind::ListItem(level) => format!("item {level}"),
            BlockKind::TableCell { row, column } => format!("cell {row} {column}"),
            other => format!("{other:?}").to_lowercase(),
        };
        let words = announcement.words(block).replace('\n', " / ").replace('\t', " | ");
        let _ = writeln!(out, "{kind}\t{words}");
    }
    for link in &announcement.links {
        let _ = writeln!(out, "@link\t{} -> {}", &announcement.text[link.range.clone()], link.target);
    }
    out
}

#[test]
fn golden_blocks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/source");
    let mut cases: Vec<_> = fs::read_dir(&root).expect("cases").map(|entry| entry.expect("entry").path()).collect();
    cases.sort();
    for case in cases {
        let input = fs::read_dir(&case)
            .expect("case")
            .map(|entry| entry.expect("entry").path())
            .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
            .expect("an input file");
        let bytes = fs::read(&input).expect("input");
        let found = source::read(&input.to_string_lossy(), &bytes, None).expect("readable");
        let shown = found.iter().map(show).collect::<Vec<_>>().join("----\n");
        let golden = case.join("blocks.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &shown).expect("written");
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        assert!(shown == wanted, "{}: the blocks differ (UPDATE_GOLDEN=1 writes them):\n{shown}", case.display());
        let form = Form::of_media_type(&found[0].media_type).expect("a form");
        let unpacked = source::unpacked("input", &bytes, form).expect("of its form");
        for announcement in &found {
            check(announcement, &unpacked);
        }
    }
}

/// What must hold for every announcement: blocks in order, and the bytes at the offsets, decoded, are the text.
pub(crate) fn check(announcement: &Announcement, bytes: &[u8]) {
    let text = &announcement.text;
    let mut end = 0;
    for block in &announcement.blocks {
        assert!(block.range.start >= end && block.range.start < block.range.end, "{block:?} behind {end}");
        assert!(text.is_char_boundary(block.range.start) && text.is_char_boundary(block.range.end));
        if end > 0 {
            assert_eq!(&text[end..block.range.start], "\n\n");
        }
        end = block.range.end;
        assert_eq!(announcement.words(block).trim(), announcement.words(block));
        if let Some((label, value)) = announcement.field(block) {
            assert!(label.end <= value.start && text.is_char_boundary(label.end));
        }
        // All characters of long blocks would take quadratic time.
        let step = (block.range.len() / 200).max(1);
        for (at, c) in announcement.words(block).char_indices().step_by(step) {
            let from = block.range.start + at;
            same(announcement, bytes, from..from + c.len_utf8());
            let to = text[from..block.range.end].char_indices().nth(17).map_or(block.range.end, |(n, _)| from + n);
            same(announcement, bytes, from..to);
        }
    }
    assert_eq!(end, text.len());
    for link in &announcement.links {
        assert!(text.get(link.range.clone()).is_some());
    }
    for stated in [&announcement.metadata.title, &announcement.metadata.date].into_iter().flatten() {
        assert!(stated.bytes.start <= stated.bytes.end && stated.bytes.end <= bytes.len() as u64);
    }
}

/// What fuzzing has found, and what is like it: each file is read in every form.
#[test]
fn hostile_files_are_read_or_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/fuzz");
    for entry in fs::read_dir(&root).expect("cases") {
        let bytes = fs::read(entry.expect("entry").path()).expect("a file");
        for form in Form::ALL.iter().copied().map(Some).chain([None]) {
            check_parts(&bytes, form);
        }
    }
}

/// Checks all documents that are or lie in some bytes.
fn check_parts(bytes: &[u8], form: Option<Form>) {
    let settings = source::Settings { form, ..source::Settings::default() };
    let mut take = |found| {
        if let source::Found::Part(part) = found
            && let Ok(announcement) = source::read_part(&part)
        {
            let form = part.form.unwrap_or(Form::Text);
            check(&announcement, &source::unpacked("input", &part.bytes, form).expect("it was read"));
        }
        source::Flow::Continue(())
    };
    let input = source::Input::Memory(bytes.to_vec());
    let _ = source::Unpacker::new(&settings, &mut take).unpack(
        source::Place::named("x"),
        input,
        source::Carried::default(),
    );
}

/// The bytes at the original of `range`, decoded, are the text, joins and escapes aside.
fn same(announcement: &Announcement, bytes: &[u8], range: std::ops::Range<usize>) {
    let text: String = announcement.text[range.clone()].split_whitespace().collect();
    // What the codes of an embedded font mean, only the font knows; those of others are in this encoding.
    let label = if announcement.charset == "PDF" { "windows-1252" } else { announcement.charset };
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("known");
    let mut original = String::new();
    let mail = announcement.media_type == "message/rfc822";
    let in_base64 = |mark: &[u8]| bytes.windows(mark.len()).any(|w| w.eq_ignore_ascii_case(mark));
    if mail && (in_base64(b"base64") || in_base64(b"?b?")) {
        return;
    }
    for piece in announcement.origin.original(range) {
        let piece = &bytes[piece.start as usize..piece.end as usize];
        let piece =
            if mail && bytes.windows(16).any(|w| w == b"quoted-printable") { &unquoted(piece)[..] } else { piece };
        original.extend(encoding.decode_without_bom_handling(piece).0.split_whitespace());
    }
    let coded = label != announcement.charset && original.contains('\0');
    let word = mail && original.contains('_');
    if word || original.contains(['&', '=', '\\', '`']) || original.contains("\"\"") || coded {
        return;
    }
    assert_eq!(original, text);
}

/// Undoes quoted-printable.
pub(crate) fn unquoted(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).replace("=\r\n", "").replace("=\n", "");
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = (*first == b'=').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}

#[test]
fn gold_pages_keep_their_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold/announcements");
    for name in [
        "inclusive-cities-2021.txt",
        "yeonsu-gu-host-fifth-iclc.txt",
        "iswc-2023-research-track.md",
        "yeonsu-conference-concludes.html",
        "ancient-arbela-erbil-cfp.eml",
    ] {
        let Ok(bytes) = fs::read(folder.join(name)) else { continue };
        for announcement in source::read(name, &bytes, None).expect("readable") {
            check(&announcement, &bytes);
            assert!(!announcement.text.contains("archived web page") && !announcement.text.contains("Loading media"));
        }
    }
}

#[test]
fn bad_input_is_named() {
    let error = |bytes: &[u8]| source::read("a.txt", bytes, None).expect_err("an error").to_string();
    assert_eq!(error(b""), "a.txt: the file is empty");
    assert_eq!(error(b" \n\t\r\n"), "a.txt: the file is empty");
    assert!(error(b"***\n---\n").starts_with("a.txt: no text found in 8 bytes"));
    assert!(error(b"\x89PNG\r\n\x1a\n\0\0").starts_with("a.txt: byte 8 is 0x00, so this is not text"));
    assert!(error(b"Medell\xc3\xadn\nMalm\xc3\xb6 \xff").starts_with("a.txt: line 2, byte 17: not valid UTF-8"));
}

#[test]
fn one_line_of_fifty_megabytes() {
    for part in
        ["word and more ", "x", "- ", "a: ", "http://a.org/ ", "é", "a   b   ", "-a", "*", "[", "> ", "|a", "a\n"]
    {
        for form in Form::ALL {
            let size = if *form == Form::Text && part.len() == 14 { 50 << 20 } else { 1 << 20 };
            let text = part.repeat(size / part.len());
            if let Ok(found) = source::read("long", text.as_bytes(), Some(*form)) {
                assert!(found[0].text.len() <= text.len() + 2);
            }
        }
    }
}

fn any_lines() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("Call for papers\n".to_owned()),
        Just("\n".to_owned()),
        Just("   * item\n".to_owned()),
        Just("# Title\n".to_owned()),
        Just("| a | b |\n|--|--|\n| c&amp;d | ~~e~~ f |\n".to_owned()),
        Just("Deadline ...... 3 May 1999\n".to_owned()),
        Just("Date:\t3 May 1999\r\n".to_owned()),
        Just("====\n".to_owned()),
        Just("-- \n".to_owned()),
        Just("---\ntitle: x\n---\n".to_owned()),
        Just("<div class=nav><p>a&nbsp;b<li>c</div>\n".to_owned()),
        Just("<table><tr><td>a<td>b</table><h1>x</h1>".to_owned()),
        Just("{\"a\": [\"b\\n\", 2, {\"c\": null}]}\n".to_owned()),
        Just("a;\"b \"\"c\"\"\";d\r\n".to_owned()),
        Just("<script type=application/ld+json>{\"@type\":\"Event\",\"name\":\"a\"}</script>".to_owned()),
        Just("<p itemscope itemtype=https://schema.org/Event><b itemprop=name>x</b>".to_owned()),
        Just("Subject: =?utf-8?Q?M=C3=A9?=\nFrom: a@b.org\n".to_owned()),
        "[ -~]{0,90}\n",
        "\\PC{0,40}",
        "[a-zé ]{60,90}\n",
    ];
    prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn bytes_lead_back(text in any_lines()) {
        for form in Form::ALL {
            check_parts(text.as_bytes(), Some(*form));
            let wide: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            check_parts(&wide, Some(*form));
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for form in Form::ALL.iter().copied().map(Some).chain([None]) {
            check_parts(&bytes, form);
        }
    }
}
