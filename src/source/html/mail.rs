//! What stands in a mail of HTML beside what its sender has to say: the mail that it answers, and the signature. Mail programs
//! mark both, each in its own way.

use super::tree::Tree;

/// Names of classes and ids of the mail that is answered. Programs that pass a mail on put `x_` before them.
const ANSWERED: [&str; 9] = [
    "gmail_quote",
    "gmail_quote_container",
    "moz-cite-prefix",
    "yahoo_quoted",
    "protonmail_quote",
    "appendonsend",
    "divrplyfwdmsg",
    "outlookmessageheader",
    "zmail_extra",
];

/// Names of classes and ids of signatures.
const SIGNATURES: [&str; 5] =
    ["gmail_signature", "moz-signature", "protonmail_signature_block", "apple-signature", "signature"];

/// Leaves out what a mail answers, with all behind it, and signatures. A mail that is passed on is what the sender has to say.
pub(super) fn leave_out(text: &str, tree: &Tree, left_out: &mut [bool]) {
    let forwards = |at: usize| {
        let words = super::words_of(text, tree, at).to_lowercase();
        words.contains("forwarded message") || words.contains("weitergeleitete nachricht")
    };
    let mut answered = false;
    for (at, node) in tree.nodes.iter().enumerate().skip(1) {
        let names = [node.get("class"), node.get("id")].into_iter().flatten().flat_map(str::split_whitespace);
        let names: Vec<String> = names.map(|name| name.trim_start_matches("x_").to_ascii_lowercase()).collect();
        let is_any = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
        let cited = node.is(&["blockquote"]) && node.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite"));
        if (cited || is_any(&ANSWERED)) && !forwards(at) {
            left_out[at] = true;
            // Outlook marks where the other mail begins, and not where it ends.
            answered |= is_any(&["appendonsend", "divrplyfwdmsg"]);
        }
        left_out[at] |= is_any(&SIGNATURES) || answered;
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Form, read};

    fn words(body: &str) -> String {
        let mail = format!(
            "From: a@example.org\nSubject: Re: x\nMessage-ID: <1>\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{body}"
        );
        read("a.eml", mail.as_bytes(), Some(Form::Mail)).expect("readable")[0].text.clone()
    }

    #[test]
    fn answers_and_signatures() {
        let news = "<p>The congress takes place in Cork, and all of you are welcome.</p>";
        let quoted = "<p>The congress takes place in Oslo, somebody had written before.</p>";
        for body in [
            format!(
                "{news}<div class=gmail_quote><div>On Monday, B wrote:</div><blockquote>{quoted}</blockquote></div>"
            ),
            format!("{news}<div class=moz-cite-prefix>B wrote:</div><blockquote type=cite>{quoted}</blockquote>"),
            format!(
                "{news}<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> B</div><div>{quoted}</div>"
            ),
            format!("{news}<div class=x_gmail_signature>{quoted}</div>"),
        ] {
            assert_eq!(words(&body), "The congress takes place in Cork, and all of you are welcome.", "{body}");
        }
        let forwarded = format!("<div class=gmail_quote><div>---------- Forwarded message ---------</div>{news}</div>");
        assert!(words(&forwarded).contains("Cork"));
    }
}
