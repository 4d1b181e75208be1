//! `urbi eval`: how well a profile reads announcements whose facts are known.

use rayon::prelude::*;
use serde::Serialize;
use urbi::engine::Engine;
use urbi::eval::gold::{self, Case};
use urbi::eval::{Change, Judgement, Report, judge, judge_failure};
use urbi::fact::Confidence;
use urbi::vocab::Base;

use super::eval_text;
use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Eval, Setting};
use super::reading;
use super::screen::{self, Screen};

/// A report, and what has changed since another.
#[derive(Serialize)]
struct Output {
    #[serde(flatten)]
    report: Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Change>,
}

/// Measures, and says what was measured.
pub fn run(setting: &Setting, task: &Eval, screen: &Screen) -> anyhow::Result<Outcome> {
    // Before the work: a name that is wrong should not cost minutes.
    let earlier = task.against.as_deref().map(|path| {
        let bytes = open::read(path).map_err(wrong_use)?;
        anyhow::Ok(Report::parse(&path.display().to_string(), &bytes)?)
    });
    let earlier = earlier.transpose()?;
    let profile = setting.profile()?;
    let base = Base::default();
    let engine = Engine::new(&profile, &base)?;
    let cases = gold::cases(&task.folder, engine.ontology())?;
    let bar = screen.progress(cases.len());
    let judged: Vec<Judgement> = cases
        .par_iter()
        .map(|case| {
            let judged = judged(&engine, &base, case, task.min_confidence);
            bar.inc(1);
            judged
        })
        .collect();
    bar.finish_and_clear();
    let measured = format!("urbi {} profile {}", env!("CARGO_PKG_VERSION"), profile.digest());
    let report = Report::new(measured, judged);
    let outcome = outcome(&report, task, screen);
    let against = earlier.map(|earlier| Change::new(&earlier, &report));
    let output = Output { report, against };
    screen::result(|out| {
        if task.json {
            serde_json::to_writer_pretty(&mut *out, &output).map_err(std::io::Error::from)?;
            return Ok(writeln!(out)?);
        }
        let text = eval_text::Text { report: &output.report, width: screen::width() };
        text.write(task.rules, task.facts, out)?;
        output.against.as_ref().map_or(Ok(()), |change| text.write_change(change, out))
    })?;
    Ok(outcome)
}

/// How one announcement is read.
pub fn judged(engine: &Engine, base: &Base, case: &Case, at_least: Confidence) -> Judgement {
    match reading::extract_file(engine, &case.file) {
        Ok(read) => judge(case, &read, base, engine.ontology(), at_least),
        Err(failure) => judge_failure(case, failure.message(), engine.ontology()),
    }
}

/// Names what is not as it should be.
fn outcome(report: &Report, task: &Eval, screen: &Screen) -> Outcome {
    let mut outcome = Outcome::Done;
    for failure in report.documents.iter().filter_map(|judged| judged.failure.as_ref()) {
        screen.warning(failure);
        outcome = Outcome::Problems;
    }
    let all = report.scores.all;
    for (name, figure, least) in [("F1", all.f1, task.min_f1), ("precision", all.precision, task.min_precision)] {
        if let Some(least) = least.filter(|least| figure < *least) {
            screen.warning(&format!("{name} is {figure:.3} and should be at least {least}"));
            outcome = Outcome::Problems;
        }
    }
    outcome
}
