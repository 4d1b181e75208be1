//! A report of `urbi eval` for a person.

use std::io::Write;

use urbi::eval::interval::Interval;
use urbi::eval::{Asserted, Change, Placed, Report, Score};
use urbi::query::{sanitized, table};

/// Writes a report.
pub struct Text<'a> {
    /// The report.
    pub report: &'a Report,
    /// Columns of the screen.
    pub width: u16,
}

/// A list of facts in a report of changes: its sign, its title, and what is in it.
type Listed<'a> = (&'static str, &'static str, &'a [Placed]);

impl Text<'_> {
    /// Writes scores and reliability, and lists of rules and facts if they are wanted.
    pub fn write(&self, rules: bool, facts: bool, out: &mut dyn Write) -> anyhow::Result<()> {
        if facts {
            self.facts(out)?;
        }
        self.scores(out)?;
        self.figures(out)?;
        self.reliability(out)?;
        if rules {
            self.rules(out)?;
        }
        Ok(())
    }

    fn table(&self, header: &[&str], rows: Vec<Vec<String>>) -> String {
        table(header.iter().map(|name| (*name).to_owned()).collect(), rows.into_iter(), self.width)
    }

    fn scores(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let scores = &self.report.scores;
        let row = |name: &str, score: &Score| {
            let counts =
                [score.counts.gold, score.counts.predicted, score.counts.correct].map(|count| count.to_string());
            let figures = [score.precision, score.recall, score.f1].map(figure);
            [name.to_owned()].into_iter().chain(counts).chain(figures).collect::<Vec<_>>()
        };
        let mut rows: Vec<Vec<String>> = scores.relations.iter().map(|(name, score)| row(name, score)).collect();
        rows.push(row("all", &scores.all));
        rows.push(row("all but inCountry", &scores.all_but_in_country));
        let header = ["relation", "gold", "asserted", "correct", "precision", "recall", "F1"];
        Ok(writeln!(out, "{}", self.table(&header, rows))?)
    }

    fn figures(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let (scores, intervals) = (&self.report.scores, &self.report.intervals);
        let row = |name: &str, value: f64, interval: Interval| {
            [name.to_owned(), figure(value), figure(interval.low), figure(interval.high)].to_vec()
        };
        let common = format!("macro F1, of {} relations", scores.macro_relations);
        let rows = vec![
            row("precision", scores.all.precision, intervals.precision),
            row("recall", scores.all.recall, intervals.recall),
            row("F1", scores.all.f1, intervals.f1),
            row("F1 but for inCountry", scores.all_but_in_country.f1, intervals.f1_but_in_country),
            row(&common, scores.macro_f1, intervals.macro_f1),
        ];
        write!(out, "{}", self.table(&["figure", "value", "95 % from", "to"], rows))?;
        let (documents, perfect, failed) = (self.report.documents.len(), self.report.perfect(), self.report.failed());
        Ok(writeln!(out, "\ndocuments {documents}, wholly right {perfect}, not readable {failed}\n")?)
    }

    fn reliability(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let reliability = &self.report.reliability;
        let rows = reliability.bins.iter().map(|bin| {
            let last = if bin.below > 1000 { 1000 } else { bin.below - 1 };
            let counts = [bin.asserted, bin.correct].map(|count| count.to_string());
            let figures = [bin.stated, bin.observed].map(figure);
            [format!("{}–{last}", bin.from)].into_iter().chain(counts).chain(figures).collect()
        });
        let header = ["confidence", "facts", "correct", "stated", "observed"];
        write!(out, "{}", self.table(&header, rows.collect()))?;
        Ok(writeln!(out, "\nmean distance of stated and observed: {:.3}", reliability.calibration_error)?)
    }

    /// Rules, those first that claim most beyond what they keep, weighted by facts.
    fn rules(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut rules: Vec<_> = self.report.rules.iter().collect();
        let excess =
            |rule: &urbi::eval::reliability::RuleRecord| rule.stated * rule.asserted as f64 - rule.correct as f64;
        rules.sort_by(|a, b| excess(b).total_cmp(&excess(a)).then_with(|| a.rule.cmp(&b.rule)));
        let rows = rules.into_iter().map(|rule| {
            let counts = [rule.asserted, rule.correct].map(|count| count.to_string());
            let figures = [rule.stated, rule.observed].map(figure);
            [rule.rule.clone()].into_iter().chain(counts).chain(figures).collect()
        });
        let header = ["rule", "facts", "correct", "stated", "observed"];
        Ok(write!(out, "\n{}", self.table(&header, rows.collect()))?)
    }

    fn facts(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        for judged in &self.report.documents {
            let (found, missed) = (judged.correct.len(), judged.missed.len());
            writeln!(out, "{}: {found} of {} found, {} wrong", judged.id, found + missed, judged.wrong.len())?;
            for fact in &judged.missed {
                writeln!(out, "  - {}  {}  {}", line(&fact.subject), fact.relation, line(&fact.object))?;
            }
            for asserted in &judged.wrong {
                wrong(asserted, out)?;
            }
        }
        Ok(writeln!(out)?)
    }

    /// Writes what two reports differ in.
    pub fn write_change(&self, change: &Change, out: &mut dyn Write) -> anyhow::Result<()> {
        let lists: [Listed<'_>; 4] = [
            ("+", "found now, missed before", &change.gained),
            ("-", "missed now, found before", &change.lost),
            ("!", "wrong now, not asserted before", &change.invented),
            ("~", "no longer asserted, and wrong before", &change.withdrawn),
        ];
        for (sign, title, facts) in lists.into_iter().filter(|(_, _, facts)| !facts.is_empty()) {
            writeln!(out, "\n{title}: {}", facts.len())?;
            for Placed { id, fact } in facts {
                writeln!(out, "  {sign} {id}: {}  {}  {}", line(&fact.subject), fact.relation, line(&fact.object))?;
            }
        }
        if !change.not_in_both.is_empty() {
            writeln!(out, "\nnot in both reports: {}", change.not_in_both.join(", "))?;
        }
        if change.is_empty() {
            return Ok(writeln!(out, "\nevery announcement is judged as before")?);
        }
        let rows = change.scores.iter().map(|(name, before, now)| {
            [name.clone(), figure(*before), figure(*now), format!("{:+.3}", now - before)].to_vec()
        });
        Ok(write!(out, "\n{}", self.table(&["F1", "before", "now", "change"], rows.collect()))?)
    }
}

fn wrong(asserted: &Asserted, out: &mut dyn Write) -> anyhow::Result<()> {
    let fact = &asserted.fact;
    writeln!(out, "  + {}  {}  {}", line(&fact.subject), fact.relation, line(&fact.object))?;
    for ground in &asserted.evidence {
        writeln!(out, "      {} {}: {}", ground.rule, ground.confidence, line(&ground.sentence))?;
    }
    Ok(())
}

/// A share with three digits.
fn figure(share: f64) -> String {
    format!("{share:.3}")
}

/// Text on one line, without what would move the cursor.
fn line(text: &str) -> String {
    sanitized(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
