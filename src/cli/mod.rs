//! The command line.
//!
//! Arguments go two steps: as they were given ([`args`], which clap reads) and as a plan that can be carried out
//! ([`plan`], checked for what clap cannot check). Then one module a command. Only the result goes to standard output,
//! whole; everything said about the work goes to standard error. Exit codes: 0 done, 1 the work found problems (named),
//! 2 wrong use. A reader that closes the pipe is no error.
//!
//! Not in here: anything that a server or another program would want, too. That is in the library.

mod args;
mod brief;
mod build;
mod builder;
mod check;
mod check_text;
mod curate;
mod diff;
mod eval;
mod eval_text;
mod explain;
mod explain_text;
mod export;
mod extract;
mod extract_json;
mod failures;
mod files;
mod focus;
mod graph;
mod keep;
mod lexicon;
mod names;
mod open;
mod outcome;
mod places;
mod plan;
mod query;
mod query_rows;
mod reading;
mod repl;
mod repl_words;
mod rules;
mod rules_check;
mod rules_trace;
mod rules_try;
mod screen;
mod serve;
mod show;
mod show_text;
mod site;
mod summary;
mod update;
mod watch;
mod why_args;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::Args;
use outcome::Outcome;
use plan::{Plan, Task};
use screen::Screen;

/// Reads the arguments, does what they say, and says how it went.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        // Help and version come this way, too; a closed pipe is none of our problems.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { outcome::WRONG_USE } else { outcome::DONE });
        }
    };
    let screen = Screen::new(args.common.quiet, args.common.color);
    let done = Plan::new(args).map_err(outcome::wrong_use).and_then(|plan| carry_out(plan, &screen));
    outcome::exit_code(done, &screen)
}

fn carry_out(plan: Plan, screen: &Screen) -> anyhow::Result<Outcome> {
    let Plan { setting, task } = plan;
    match task {
        Task::Build(task) => build::run(&setting, &task, screen),
        Task::Extract(task) => extract::run(&setting, &task, screen),
        Task::Query(task) => query::run(&setting, task, screen),
        Task::Converse(limits) => repl::run(&setting, limits, screen),
        Task::Update(task) => update::run(&setting, &task, screen),
        Task::Site { folder, quotes } => site::run(&setting, &folder, quotes, screen),
        Task::ListQueries => query::list(&setting, screen),
        Task::Export(task) => export::run(&setting, &task, screen),
        Task::Graph(task) => graph::run(&setting, &task, screen),
        Task::Lexicon(task) => lexicon::run(&setting, &task, screen),
        Task::Serve(task) => serve::run(&setting, task, screen),
        Task::Eval(task) => eval::run(&setting, &task, screen),
        Task::Explain(task) => explain::run(&setting, &task, screen),
        Task::Curate(task) => curate::run(&setting, &task, screen),
        Task::Keep(task) => keep::run(&setting, &task, screen),
        Task::Rules(task) => rules::run(&setting, &task, screen),
        Task::Check(task) => check::run(&setting, &task, screen),
        Task::Show(task) => show::run(&setting, &task, screen),
        Task::Diff(task) => diff::run(&task, screen),
        Task::Completions(shell) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "urbi", &mut script);
            screen::result(|out| Ok(out.write_all(&script)?))?;
            Ok(Outcome::Done)
        }
    }
}
