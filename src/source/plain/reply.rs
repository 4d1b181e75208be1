//! What stands in a mail beside what its sender has to say: quoted replies, list and legal footers.

use super::lines::Line;

/// Takes the lines of quoted replies and of footers out of the body of a mail.
pub(super) fn cut(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut footer = false;
    for (i, line) in lines.iter().enumerate() {
        let words = line.words(text);
        if words.starts_with("-----Original Message") || words.starts_with("-----Ursprüngliche Nachricht") {
            break;
        }
        if answers(text, &lines[i..], &out) {
            break;
        }
        let begins = i == 0 || lines[i - 1].is_blank();
        footer = !line.is_blank() && (footer || begins && is_footer(words));
        let quoted = words.starts_with('>');
        // "On 3 May 2020, Ann Example wrote:"
        let next = lines[i + 1..].iter().find(|l| !l.is_blank()).map_or("", |l| l.words(text));
        let introduces = words.ends_with(':') && next.starts_with('>');
        if !(footer || quoted || introduces) {
            out.push(line.clone());
        }
    }
    out
}

/// True if the header of another mail begins here, with an answer above it, as Outlook puts it. A mail that is passed on stands
/// below such a header, too, with little or nothing above; it is what the sender has to say.
fn answers(text: &str, lines: &[Line], above: &[Line]) -> bool {
    const FIELDS: [[&str; 2]; 3] = [["From:", "Sent:"], ["Von:", "Gesendet:"], ["De :", "Envoyé :"]];
    let mut words = lines.iter().map(|line| line.words(text)).filter(|words| !words.is_empty());
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let header = FIELDS.iter().any(|[from, sent]| first.starts_with(from) && second.starts_with(sent));
    let written: usize = above.iter().map(|line| line.words(text).len()).sum();
    header && written >= 80
}

fn is_footer(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "to unsubscribe",
        "you received this message because",
        "you are receiving this",
        "you have received this email because",
        "this e-mail and any",
        "this email and any",
        "this message is confidential",
        "this message and any attach",
        "confidentiality notice",
        "disclaimer:",
        "the information contained in this",
        "the information in this e-mail",
        "this e-mail is confidential",
        "please consider the environment",
        "sent from my ",
        "unsubscribe",
        "if you no longer wish to receive",
        "if you are not the intended recipient",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}
