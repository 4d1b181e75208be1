//! How JSON is laid out for people: what fits a line stands on one.

use serde_json::{Map, Value};

/// Columns that a line may have before it is broken.
const WIDTH: usize = 110;

/// `value` as JSON, its continuation lines indented by `indent` blanks and more. An object has a line for each of its
/// entries, however short; those inside it only if they are long.
pub(super) fn pretty(value: &Value, indent: usize) -> String {
    let mut out = String::new();
    match value {
        Value::Object(entries) if !entries.is_empty() => object(entries, indent, &mut out),
        other => write(other, indent, indent, &mut out),
    }
    out
}

/// `column` is where the value starts, `indent` where its closing bracket would stand.
fn write(value: &Value, indent: usize, column: usize, out: &mut String) {
    let short = inline(value);
    let fits = column + short.chars().count() <= WIDTH;
    match value {
        Value::Array(items) if !fits || (items.len() > 1 && items.iter().any(Value::is_object)) => {
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "[" } else { "," });
                line(indent + 2, out);
                write(item, indent + 2, indent + 2, out);
            }
            line(indent, out);
            out.push(']');
        }
        Value::Object(entries) if !fits => object(entries, indent, out),
        _ => out.push_str(&short),
    }
}

fn object(entries: &Map<String, Value>, indent: usize, out: &mut String) {
    for (at, (key, item)) in entries.iter().enumerate() {
        out.push_str(if at == 0 { "{" } else { "," });
        line(indent + 2, out);
        let key = Value::from(key.as_str()).to_string();
        out.push_str(&key);
        out.push_str(": ");
        write(item, indent + 2, indent + key.chars().count() + 4, out);
    }
    line(indent, out);
    out.push('}');
}

/// On one line, with blanks after colons and commas and inside braces.
fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, item)| format!("{}: {}", Value::from(key.as_str()), inline(item))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

fn line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}
