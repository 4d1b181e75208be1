//! `urbi extract`: the same as a store of that file alone; and the JSON as its schema says.

use serde_json::Value;

use super::{project, sample_files, text, urbi};

#[test]
fn equals_a_store_of_the_file_alone() {
    for file in sample_files() {
        let folder = tempfile::tempdir().expect("a folder");
        urbi(folder.path(), &["build", "-q", text(&file)]).done();
        for format in ["turtle", "trig", "nquads", "jsonld"] {
            let extracted = urbi(folder.path(), &["extract", "-q", text(&file), "--format", format]).done();
            assert_eq!(
                extracted,
                urbi(folder.path(), &["export", "--format", format]).done(),
                "{} {format}",
                file.display()
            );
        }
    }
}

#[test]
fn json_is_what_its_schema_says() {
    let schema = std::fs::read_to_string(project().join("docs/extract.schema.json")).expect("readable");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let folder = tempfile::tempdir().expect("a folder");
    let files = sample_files();
    let arguments: Vec<&str> =
        ["extract", "-q", "--format", "json"].into_iter().chain(files.iter().map(|f| text(f))).collect();
    let json: Value = serde_json::from_str(&urbi(folder.path(), &arguments).done()).expect("JSON");
    let mut problems = Vec::new();
    check(&json, &schema, &schema, "$", &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(json["documents"].as_array().map(Vec::len), Some(files.len()));
    let facts = json["facts"].as_array().expect("a list");
    assert!(!facts.is_empty());
    for fact in facts {
        let evidence = fact["evidence"].as_array().expect("a list");
        assert!(!evidence.is_empty(), "no evidence: {fact}");
        for passage in evidence.iter().map(|evidence| &evidence["passage"]) {
            let at = json["documents"].as_array().expect("a list").iter().position(|d| d["id"] == passage["document"]);
            quoted(&std::fs::read(&files[at.expect("a document of this run")]).expect("readable"), passage);
        }
    }
}

/// The bytes that a passage names hold its first and last word.
fn quoted(original: &[u8], passage: &Value) {
    let quote = passage["quote"].as_str().expect("text");
    let ranges = passage["bytes"].as_array().expect("ranges");
    let number = |range: &Value, at: usize| range[at].as_u64().expect("a number") as usize;
    let bytes: Vec<u8> = ranges.iter().flat_map(|r| original[number(r, 0)..number(r, 1)].to_vec()).collect();
    let shown = String::from_utf8_lossy(&bytes).into_owned();
    let first = quote.split_whitespace().next().unwrap_or_default();
    assert!(shown.contains(first), "{quote:?} is not in {shown:?}");
}

/// As much of JSON Schema as the schemas use.
pub fn check(value: &Value, schema: &Value, root: &Value, place: &str, problems: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("the schema defines it");
        return check(value, target, root, place, problems);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| {
            let mut found = Vec::new();
            check(value, choice, root, place, &mut found);
            found.is_empty()
        };
        if choices.iter().filter(fits).count() != 1 {
            problems.push(format!("{place}: fits not exactly one of the choices: {value}"));
        }
        return;
    }
    if schema.get("const").is_some_and(|constant| constant != value) {
        problems.push(format!("{place}: is {value}"));
    }
    let right = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.as_u64().is_some_and(|n| schema["maximum"].as_u64().is_none_or(|max| n <= max)),
        Some(other) => panic!("{other} is no type that the schema uses"),
        None => true,
    };
    if !right {
        problems.push(format!("{place}: {value} is no {}", schema["type"]));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            problems.push(format!("{place}: lacks {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => check(inner, schema, root, &format!("{place}.{name}"), problems),
            None => problems.push(format!("{place}: has {name}, which the schema does not know")),
        }
    }
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if schema["minItems"].as_u64().is_some_and(|min| (items.len() as u64) < min) {
        problems.push(format!("{place}: has too few items"));
    }
    if schema["maxItems"].as_u64().is_some_and(|max| items.len() as u64 > max) {
        problems.push(format!("{place}: has too many items"));
    }
    for (at, item) in items.iter().enumerate() {
        check(item, &schema["items"], root, &format!("{place}[{at}]"), problems);
    }
}
