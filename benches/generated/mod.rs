//! Rules that nobody wrote, to see what many of them cost.

use std::fmt::Write as _;

/// So many rules of all kinds, each with words of its own.
pub fn rules(count: usize) -> String {
    let words = include_str!("../../data/lexicon/stopwords.txt")
        .lines()
        .filter(|line| line.len() > 3 && line.bytes().all(|b| b.is_ascii_lowercase()));
    let words: Vec<&str> = words.collect();
    let mut out = String::new();
    for n in 0..count {
        let word = |k: usize| words[(n * 3 + k) % words.len()];
        let (a, b, c) = (word(0), word(1), word(2));
        let rule = match n % 5 {
            0 => format!(
                "frame x{n} \"Made.\"\n  trigger [lemma={a}|{b}]\n  object ?p:@Publication\n  mark ?e:@Event after at | {c}\n  \
                 then ?p :launchedAt ?e\n"
            ),
            1 => format!(
                "span x{n} \"Made.\"\n  match (?e:@Event) ( {a} | {b} )? {c}~ in (?c:@City)\n  then ?e :heldIn ?c\n"
            ),
            2 => format!(
                "mention x{n} @Publication \"Made.\"\n  match [is=capitalised]{{1,6}} [word={a}|{b} & is=capitalised]\n"
            ),
            3 => format!(
                "field x{n} \"Made.\"\n  label < ( {a} | {b} {c} )\n  value (?c:@City)\n  of ?e:@Event\n  then ?e :heldIn ?c\n"
            ),
            _ => format!(
                "list x{n} \"Made.\"\n  head {a} {b} \":\"\n  item (?c:@City)\n  of ?e:@Event\n  then ?e :heldIn ?c\n"
            ),
        };
        // Infallible: writing to a string does not fail.
        let _ = writeln!(out, "{rule}  confidence 900\n");
    }
    out
}
