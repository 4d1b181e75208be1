//! "Did you mean …?"

/// The candidate most similar to `name`, if one is similar enough to be worth proposing. Among equals the first wins.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let folded = candidate.to_lowercase();
        let similarity = strsim::normalized_damerau_levenshtein(&name, &folded);
        // A part of the right name ("awards" for "cities-and-awards") is a good guess too.
        let part = name.len() >= 3 && folded.contains(&name);
        let score = if part { similarity.max(0.75) } else { similarity };
        if score >= 0.5 && best.is_none_or(|(s, _)| score > s) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn proposes_only_what_is_similar() {
        let names = ["turtle", "ntriples", "jsonld"];
        assert_eq!(nearest("turtel", names), Some("turtle"));
        assert_eq!(nearest("triples", names), Some("ntriples"));
        assert_eq!(nearest("xlsx", names), None);
        assert_eq!(nearest("", names), None);
    }
}
