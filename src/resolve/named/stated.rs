//! What a name says of the thing it names: ordinal, year, series, other names.

use std::ops::Range;

use super::Clusters;
use super::words::tidy;
use crate::mention::{ALIAS, Finder, MentionId, Partial, Value, edition, roman};
use crate::rules::Object;

/// The captures that are further names of the series that a mention rule finds.
const SERIES_ALIAS: &str = "acronym";

/// What the captures of a mention say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stated {
    pub(super) ordinal: Option<u32>,
    pub(super) year: Option<Partial>,
    pub(super) series: Option<MentionId>,
    pub(super) aliases: Vec<String>,
    pub(super) series_aliases: Vec<String>,
}

impl Clusters<'_, '_> {
    pub(super) fn stated(&self, id: MentionId) -> Stated {
        let mention = self.reading.mentions.get(id);
        let Finder::Rule(rule) = mention.finder else { return Stated::default() };
        let rule = &self.rules.mentions[rule];
        let mut stated = Stated::default();
        for (var, tokens) in &mention.captures {
            let name = rule.info.var_names[usize::from(var.0)].as_str();
            let words = tidy(self.reading.scene.text.slice(tokens.clone()));
            match name {
                ALIAS => stated.aliases.push(words),
                SERIES_ALIAS => stated.series_aliases.push(words),
                _ => {}
            }
        }
        for template in &rule.info.then {
            let Object::Var(var, _) = template.object else { continue };
            let Some((_, tokens)) = mention.captures.iter().find(|(v, _)| *v == var) else { continue };
            match self.ontology[template.relation].name.as_str() {
                "ordinal" => stated.ordinal = self.number(tokens),
                "startDate" => stated.year = self.year(tokens),
                "partOfSeries" => {
                    let part = self.reading.mentions.covering(tokens).find(|(_, m)| m.finder == Finder::Part(id));
                    stated.series = part.map(|(id, _)| id);
                }
                _ => {}
            }
        }
        stated
    }

    fn number(&self, tokens: &Range<usize>) -> Option<u32> {
        self.reading
            .mentions
            .covering(tokens)
            .find_map(|(_, m)| match m.value {
                Some(Value::Ordinal(n)) => Some(n),
                Some(Value::Number(n)) => u32::try_from(n).ok(),
                _ => None,
            })
            .or_else(|| roman(self.reading.scene.text.slice(tokens.clone())))
            .or_else(|| edition(self.reading.scene.text.slice(tokens.clone())).map(|(_, number)| number))
    }

    fn year(&self, tokens: &Range<usize>) -> Option<Partial> {
        let text = self.reading.scene.text;
        let by_value = self.reading.mentions.covering(tokens).find_map(|(_, m)| match m.value {
            Some(Value::Date { first, .. }) => Some(first),
            _ => None,
        });
        let words = text.slice(tokens.clone());
        by_value.or_else(|| short_year(edition(words).map_or(words, |(letters, _)| words.trim_start_matches(letters))))
    }
}

/// `'98`, `98`: the year of a short form such as "KAW'98".
fn short_year(words: &str) -> Option<Partial> {
    let digits = words.trim_start_matches(['\'', '’', '-']);
    let n: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Partial { year: if n < 50 { 2000 + n } else { 1900 + n }, month: None, day: None }.checked(),
        4 => Partial { year: n, month: None, day: None }.checked(),
        _ => None,
    }
}
