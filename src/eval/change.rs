//! What became better and worse since another report.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::judge::{Asserted, Fact, Judgement};
use super::report::Report;
use super::score::Score;

/// The difference between two reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Gold facts that are asserted now and were missed.
    pub gained: Vec<Placed>,
    /// Gold facts that are missed now and were asserted.
    pub lost: Vec<Placed>,
    /// Wrong facts that are asserted now and were not.
    pub invented: Vec<Placed>,
    /// Wrong facts that were asserted and are not now.
    pub withdrawn: Vec<Placed>,
    /// Announcements that only one report has, which count for nothing above.
    pub not_in_both: Vec<String>,
    /// F1 before and now: `all`, `all but inCountry`, `macro average`, and each relation whose F1 changed.
    pub scores: Vec<(String, f64, f64)>,
}

/// A fact and the announcement that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Placed {
    /// The name of the gold file.
    pub id: String,
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
}

impl Change {
    /// From an earlier report to a later one.
    pub fn new(before: &Report, now: &Report) -> Change {
        let (old, new) = (by_id(before), by_id(now));
        let mut change = Change::default();
        for (id, judged) in &new {
            let Some(earlier) = old.get(id) else {
                change.not_in_both.push((*id).to_owned());
                continue;
            };
            let newly = |now: &[Asserted], before: &[Asserted]| -> Vec<Placed> {
                let before: BTreeSet<&Fact> = before.iter().map(|asserted| &asserted.fact).collect();
                let new = now.iter().map(|asserted| &asserted.fact).filter(|fact| !before.contains(fact));
                new.map(|fact| Placed { id: (*id).to_owned(), fact: fact.clone() }).collect()
            };
            change.gained.extend(newly(&judged.correct, &earlier.correct));
            change.lost.extend(newly(&earlier.correct, &judged.correct));
            change.invented.extend(newly(&judged.wrong, &earlier.wrong));
            change.withdrawn.extend(newly(&earlier.wrong, &judged.wrong));
        }
        change.not_in_both.extend(old.keys().filter(|id| !new.contains_key(*id)).map(|id| (*id).to_owned()));
        change.not_in_both.sort();
        change.scores = scores(before, now);
        change
    }

    /// Whether every announcement is judged as before.
    pub fn is_empty(&self) -> bool {
        [&self.gained, &self.lost, &self.invented, &self.withdrawn].iter().all(|facts| facts.is_empty())
            && self.not_in_both.is_empty()
    }
}

fn by_id(report: &Report) -> BTreeMap<&str, &Judgement> {
    report.documents.iter().map(|judged| (judged.id.as_str(), judged)).collect()
}

fn scores(before: &Report, now: &Report) -> Vec<(String, f64, f64)> {
    let (old, new) = (&before.scores, &now.scores);
    let mut scores = vec![
        ("all".to_owned(), old.all.f1, new.all.f1),
        ("all but inCountry".to_owned(), old.all_but_in_country.f1, new.all_but_in_country.f1),
        ("macro average".to_owned(), old.macro_f1, new.macro_f1),
    ];
    let names: BTreeSet<&String> = old.relations.keys().chain(new.relations.keys()).collect();
    for name in names {
        let f1 = |relations: &BTreeMap<String, Score>| relations.get(name).map_or(0.0, |score| score.f1);
        let (old, new) = (f1(&old.relations), f1(&new.relations));
        if old != new {
            scores.push((name.clone(), old, new));
        }
    }
    scores
}
