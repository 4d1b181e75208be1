//! The forms of an English word, made when rules are compiled.
//!
//! Rules name a word once; texts use its plural, its past, its participle. Making all forms beforehand costs nothing
//! when a text is read, and a form that does not exist does no harm. Irregular verbs are a closed list.

/// Irregular verbs of announcements: base, past, past participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was", "been"),
    ("have", "had", "had"),
    ("do", "did", "done"),
    ("hold", "held", "held"),
    ("take", "took", "taken"),
    ("undertake", "undertook", "undertaken"),
    ("give", "gave", "given"),
    ("win", "won", "won"),
    ("meet", "met", "met"),
    ("bring", "brought", "brought"),
    ("draw", "drew", "drawn"),
    ("come", "came", "come"),
    ("become", "became", "become"),
    ("go", "went", "gone"),
    ("see", "saw", "seen"),
    ("begin", "began", "begun"),
    ("choose", "chose", "chosen"),
    ("write", "wrote", "written"),
    ("run", "ran", "run"),
    ("lead", "led", "led"),
    ("speak", "spoke", "spoken"),
    ("send", "sent", "sent"),
    ("put", "put", "put"),
    ("set", "set", "set"),
    ("sit", "sat", "sat"),
    ("stand", "stood", "stood"),
    ("say", "said", "said"),
    ("tell", "told", "told"),
    ("make", "made", "made"),
    ("know", "knew", "known"),
    ("show", "showed", "shown"),
    ("find", "found", "found"),
    ("bear", "bore", "borne"),
    ("build", "built", "built"),
    ("leave", "left", "left"),
    ("lie", "lay", "lain"),
    ("rise", "rose", "risen"),
    ("fall", "fell", "fallen"),
    ("get", "got", "got"),
    ("keep", "kept", "kept"),
    ("lay", "laid", "laid"),
    ("let", "let", "let"),
    ("lose", "lost", "lost"),
    ("mean", "meant", "meant"),
    ("pay", "paid", "paid"),
    ("read", "read", "read"),
    ("sign", "signed", "signed"),
    ("teach", "taught", "taught"),
    ("think", "thought", "thought"),
    ("withdraw", "withdrew", "withdrawn"),
    ("break", "broke", "broken"),
    ("drive", "drove", "driven"),
    ("feel", "felt", "felt"),
    ("fly", "flew", "flown"),
    ("grow", "grew", "grown"),
    ("hear", "heard", "heard"),
    ("ride", "rode", "ridden"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("spend", "spent", "spent"),
    ("spread", "spread", "spread"),
    ("throw", "threw", "thrown"),
];

/// Irregular plurals.
const PLURALS: &[(&str, &str)] = &[
    ("person", "people"),
    ("man", "men"),
    ("woman", "women"),
    ("child", "children"),
    ("symposium", "symposia"),
    ("forum", "fora"),
    ("proceedings", "proceedings"),
];

/// All forms of `lemma`, itself first: plural or third person, past, participles.
pub fn forms(lemma: &str) -> Vec<String> {
    let mut out = vec![lemma.to_owned(), third_person(lemma), ing(lemma)];
    match IRREGULAR.iter().find(|(base, ..)| *base == lemma) {
        Some((_, past, participle)) => out.extend([(*past).to_owned(), (*participle).to_owned()]),
        None => out.push(past(lemma)),
    }
    if lemma == "be" {
        out.extend(["is", "are", "were", "am"].map(str::to_owned));
    }
    if lemma == "have" {
        out.push("has".to_owned());
    }
    out.extend(PLURALS.iter().filter(|(one, _)| *one == lemma).map(|(_, many)| (*many).to_owned()));
    out.sort();
    out.dedup();
    out
}

/// True if `form` may be the past participle of a verb: a regular one ends in `-ed`.
pub fn may_be_participle(form: &str) -> bool {
    form.len() > 3 && form.ends_with("ed") || IRREGULAR.iter().any(|(.., participle)| *participle == form)
}

fn ends_consonant_y(word: &str) -> bool {
    word.ends_with('y') && !EndsWithAny::ends_with(word, &["ay", "ey", "oy", "uy"])
}

trait EndsWithAny {
    fn ends_with(&self, ends: &[&str]) -> bool;
}

impl EndsWithAny for str {
    fn ends_with(&self, ends: &[&str]) -> bool {
        ends.iter().any(|e| str::ends_with(self, *e))
    }
}

fn third_person(word: &str) -> String {
    if ends_consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else if EndsWithAny::ends_with(word, &["s", "x", "z", "ch", "sh", "go", "do", "to"]) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

fn past(word: &str) -> String {
    if ends_consonant_y(word) {
        format!("{}ied", &word[..word.len() - 1])
    } else if str::ends_with(word, 'e') {
        format!("{word}d")
    } else if doubles(word) {
        format!("{word}{}ed", &word[word.len() - 1..])
    } else {
        format!("{word}ed")
    }
}

fn ing(word: &str) -> String {
    if str::ends_with(word, 'e') && !EndsWithAny::ends_with(word, &["ee", "ye", "be"]) {
        format!("{}ing", &word[..word.len() - 1])
    } else if doubles(word) {
        format!("{word}{}ing", &word[word.len() - 1..])
    } else {
        format!("{word}ing")
    }
}

/// `plan` doubles its last consonant, and so do a few verbs with the stress on the last syllable.
fn doubles(word: &str) -> bool {
    let bytes = word.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    match bytes {
        [.., a, b, c] if !vowel(*a) && vowel(*b) && !vowel(*c) && !b"wxy".contains(c) => {
            bytes.iter().filter(|b| vowel(**b)).count() == 1 || matches!(word, "admit" | "submit" | "commit" | "permit")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn makes_the_usual_forms() {
        for (lemma, form) in [
            ("launch", "launches"),
            ("launch", "launched"),
            ("hold", "held"),
            ("city", "cities"),
            ("submit", "submitted"),
            ("organize", "organizing"),
            ("host", "hosted"),
            ("open", "opening"),
            ("plan", "planned"),
            ("be", "were"),
        ] {
            assert!(forms(lemma).iter().any(|f| f == form), "{lemma}: {:?}", forms(lemma));
        }
    }
}
