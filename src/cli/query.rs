//! `urbi query`.

use std::io::Write;
use std::sync::Arc;

use urbi::export::{self, Content, Settings};
use urbi::ontology::Ontology;
use urbi::profile::Profile;
use urbi::query::{self, Answer, Format, Saved};
use urbi::search::Index;
use urbi::site::Site;
use urbi::store::Store;
use urbi::view::Schema;
use urbi::vocab::PREFIXES;

use super::open;
use super::outcome::Outcome;
use super::plan::{Query, Question, Setting};
use super::query_rows;
use super::screen::{self, Screen};

/// Answers a question from the store.
pub fn run(setting: &Setting, task: Query, screen: &Screen) -> anyhow::Result<Outcome> {
    let profile = setting.profile()?;
    let mut store = Store::open_read_only(&setting.store);
    if let (Ok(open), Some(at_least)) = (&store, task.min_confidence) {
        store = Ok(open.at_least(&Schema::from(&Ontology::load(&profile)?), at_least)?);
    }
    // What is wrong with the question is said before what is wrong with the store.
    let (query, store) = match &task.question {
        Question::Saved(name, given) => {
            let queries = saved(&profile)?;
            let found = query::find(&queries, name)?;
            let origin = profile.place(&format!("queries/{}.rq", found.name));
            let site = Site::new(Arc::new(store?), &profile)?;
            (site.question(&origin, found, given)?, Arc::clone(site.store()))
        }
        other => {
            let (origin, text) = text(other)?;
            (query::Query::parse(&origin, &text, PREFIXES)?, Arc::new(store?))
        }
    };
    let query = with_index(query, &store)?;
    let reader = Arc::clone(&store);
    let question = query.clone();
    let answer = query.run(task.limits, move |prepared| reader.query(prepared))?;
    if task.explain_rows {
        query_rows::write(&answer, &question, task.format, task.limits, &store, &profile)?;
        return Ok(Outcome::Done);
    }
    let format = task.format.unwrap_or_else(|| answer.usual_format(screen::is_terminal()));
    answer.check(format)?;
    screen::result(|out| write(&answer, format, &store, &profile, out))?;
    if format == Format::Table {
        note_rows(&answer, screen);
    }
    Ok(Outcome::Done)
}

/// The query with the full-text index, if it needs one.
pub fn with_index(query: query::Query, store: &Store) -> anyhow::Result<query::Query> {
    if !query.searches() {
        return Ok(query);
    }
    Ok(query.with_index(Arc::new(Index::open(store)?)))
}

/// Says how many rows there are.
pub fn note_rows(answer: &Answer, screen: &Screen) {
    if !matches!(answer, Answer::Boolean(_)) {
        let rows = answer.len();
        screen.note(&format!("{rows} {}", if rows == 1 { "row" } else { "rows" }));
    }
}

/// Lists the saved questions: as a table on a terminal, else name and question with a tab between.
pub fn list(setting: &Setting, screen: &Screen) -> anyhow::Result<Outcome> {
    let queries = saved(&setting.profile()?)?;
    screen::result(|out| {
        if screen::is_terminal() {
            let rows =
                queries.iter().map(|query| [query.name.clone(), query.question.clone(), parameters(query)].to_vec());
            let header = ["name", "question", "parameters"].map(str::to_owned).to_vec();
            return Ok(write!(out, "{}", query::table(header, rows, screen::width()))?);
        }
        for query in &queries {
            writeln!(out, "{}\t{}\t{}", query.name, query.question, parameters(query))?;
        }
        Ok(())
    })?;
    if screen::is_terminal() {
        screen.hint("a name works without its number, and so does the number or the beginning alone: urbi query 1");
    }
    Ok(Outcome::Done)
}

/// The parameters of a query with their values: `city=Medellín`.
fn parameters(query: &Saved) -> String {
    let one = |parameter: &query::Parameter| match &parameter.default {
        Some(default) => format!("{}={default}", parameter.name),
        None => parameter.name.clone(),
    };
    query.parameters.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Where the question comes from, for messages, and its text.
fn text(question: &Question) -> anyhow::Result<(String, String)> {
    match question {
        Question::Given(text) | Question::Saved(text, _) => Ok(("query".to_owned(), text.clone())),
        Question::Stdin => Ok(("standard input".to_owned(), open::standard_input("query")?)),
        Question::File(path) => Ok((path.display().to_string(), open::text(path, "query")?)),
    }
}

/// The saved queries of a profile.
pub fn saved(profile: &Profile) -> anyhow::Result<Vec<Saved>> {
    let paths: Vec<String> = profile.files("queries", "rq").map(|(path, _)| path.to_owned()).collect();
    let files = paths.iter().map(|path| Ok((path.as_str(), profile.text(path)?)));
    Ok(query::saved(files.collect::<anyhow::Result<Vec<_>>>()?))
}

/// Writes an answer.
pub fn write(
    answer: &Answer,
    format: Format,
    store: &Store,
    profile: &Profile,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let graph_format = match format {
        Format::Turtle => Some(export::Format::Turtle),
        Format::NTriples => Some(export::Format::NTriples),
        Format::JsonLd => Some(export::Format::JsonLd),
        Format::Table | Format::Csv | Format::Tsv | Format::Json | Format::Xml => None,
    };
    match (answer, graph_format, format.results()) {
        (Answer::Graph(view), Some(format), _) => {
            let context = open::context(profile)?;
            let settings = Settings::new(store.base(), &context);
            export::write(format, &Content { view, graphs: &[] }, &settings, out)?;
        }
        (_, _, Some(results)) => answer.write_results(results, out)?,
        _ => answer.write_table(out, &open::shortener(store.base()), screen::width())?,
    }
    Ok(())
}
