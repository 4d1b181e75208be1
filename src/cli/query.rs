//! `urbi query`.

use std::io::{Read, Write};
use std::sync::Arc;

use anyhow::Context as _;
use urbi::export::{self, Content, Picture, Settings};
use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::query::{self, Answer, Format, Saved};
use urbi::store::Store;
use urbi::view::Schema;
use urbi::vocab::PREFIXES;

use super::open;
use super::outcome::{Outcome, wrong_use};
use super::plan::{Query, Question, Setting};
use super::screen::{self, Screen};

/// Answers a question from the store.
pub fn run(setting: &Setting, task: Query, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let (origin, text) = text(&task.question, &profile)?;
    let query = query::Query::parse(&origin, &text, PREFIXES)?;
    let mut store = Store::open_read_only(&setting.store)?;
    if let Some(at_least) = task.min_confidence {
        store = store.at_least(&Schema::from(&Ontology::load(&profile)?), at_least)?;
    }
    let store = Arc::new(store);
    let reader = Arc::clone(&store);
    let answer = query.run(task.limits, move |prepared| reader.query(prepared))?;
    let format = task.format.unwrap_or_else(|| answer.usual_format(screen::is_terminal()));
    answer.check(format)?;
    screen::result(|out| write(&answer, format, &store, &profile, out))?;
    if format == Format::Table && !matches!(answer, Answer::Boolean(_)) {
        let rows = answer.len();
        screen.note(&format!("{rows} {}", if rows == 1 { "row" } else { "rows" }));
    }
    Ok(Outcome::Done)
}

/// Lists the saved questions: as a table on a terminal, else name and question with a tab between.
pub fn list(setting: &Setting, screen: &Screen) -> anyhow::Result<Outcome> {
    let queries = saved(&setting.profile()?)?;
    screen::result(|out| {
        if screen::is_terminal() {
            let rows = queries.iter().map(|query| [query.name.clone(), query.question.clone()].to_vec());
            let header = ["name", "question"].map(str::to_owned).to_vec();
            return Ok(write!(out, "{}", query::table(header, rows, screen::width()))?);
        }
        for query in &queries {
            writeln!(out, "{}\t{}", query.name, query.question)?;
        }
        Ok(())
    })?;
    if screen::is_terminal() {
        screen.hint("a name works without its number, and so does the number or the beginning alone: urbi query 1");
    }
    Ok(Outcome::Done)
}

/// Where the question comes from, for messages, and its text.
fn text(question: &Question, profile: &Profile) -> anyhow::Result<(String, String)> {
    let utf8 = |name: &str, bytes| {
        String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8, so it is no query")).map_err(wrong_use)
    };
    match question {
        Question::Given(text) => Ok(("query".to_owned(), text.clone())),
        Question::Stdin => {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
            Ok(("standard input".to_owned(), utf8("standard input", bytes)?))
        }
        Question::File(path) => {
            let name = path.display().to_string();
            let text = utf8(&name, open::read(path).map_err(wrong_use)?)?;
            Ok((name, text))
        }
        Question::Saved(name) => {
            let queries = saved(profile)?;
            let found = query::find(&queries, name)?;
            Ok((profile.place(&format!("queries/{}.rq", found.name)), found.text.clone()))
        }
    }
}

fn saved(profile: &Profile) -> anyhow::Result<Vec<Saved>> {
    let paths: Vec<String> = profile.files("queries", "rq").map(|(path, _)| path.to_owned()).collect();
    let files = paths.iter().map(|path| Ok((path.as_str(), profile.text(path)?)));
    Ok(query::saved(files.collect::<anyhow::Result<Vec<_>>>()?))
}

fn write(answer: &Answer, format: Format, store: &Store, profile: &Profile, out: &mut dyn Write) -> anyhow::Result<()> {
    let graph_format = match format {
        Format::Turtle => Some(export::Format::Turtle),
        Format::NTriples => Some(export::Format::NTriples),
        Format::JsonLd => Some(export::Format::JsonLd),
        Format::Table | Format::Csv | Format::Tsv | Format::Json | Format::Xml => None,
    };
    match (answer, graph_format, format.results()) {
        (Answer::Graph(view), Some(format), _) => {
            let context = open::context(profile)?;
            let settings = Settings { base: store.base(), context: &context, picture: Picture::default() };
            export::write(format, Content { view, graphs: &[] }, &settings, out)?;
        }
        (_, _, Some(results)) => answer.write_results(results, out)?,
        _ => answer.write_table(out, &open::shortener(store.base()), screen::width())?,
    }
    Ok(())
}
