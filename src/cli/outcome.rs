//! How a command ended, and what the exit code says of it.

use std::io;
use std::process::ExitCode;

use urbi::eval::ReportError;
use urbi::eval::gold::GoldError;
use urbi::query::{QueryError, SavedError, Unfit, UpdateProblem};
use urbi::site::{AskError, folder::FolderError};
use urbi::store::{OpenError, StoreError, UpdateError};

use super::screen::Screen;

/// Exit code: all was done.
pub const DONE: u8 = 0;
/// Exit code: the work found problems, which were named.
pub const PROBLEMS: u8 = 1;
/// Exit code: the command was not used as it can be.
pub const WRONG_USE: u8 = 2;

/// How a command ended that did not break off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All was done.
    Done,
    /// Something was found that a person should look at; it has been named.
    Problems,
}

/// An error that the user makes good by asking otherwise.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
struct WrongUse(anyhow::Error);

/// Marks an error as one of use.
pub fn wrong_use(error: anyhow::Error) -> anyhow::Error {
    WrongUse(error).into()
}

/// Names the error, if there is one, and gives the exit code.
pub fn exit_code(done: anyhow::Result<Outcome>, screen: &Screen) -> ExitCode {
    let code = match done {
        Ok(Outcome::Done) => DONE,
        Ok(Outcome::Problems) => PROBLEMS,
        Err(error) if is_closed_pipe(&error) => DONE,
        Err(error) => {
            screen.error(&error);
            if is_wrong_use(&error) { WRONG_USE } else { PROBLEMS }
        }
    };
    ExitCode::from(code)
}

/// Whether whoever read our output has had enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}

fn is_wrong_use(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.is::<WrongUse>()
            || cause.is::<SavedError>()
            || cause.is::<Unfit>()
            || cause.is::<GoldError>()
            || cause.is::<ReportError>()
            || matches!(
                cause.downcast_ref(),
                Some(OpenError::Missing(_) | OpenError::NotAStore(_) | OpenError::Exists(_) | OpenError::Base { .. })
            )
            || matches!(
                cause.downcast_ref(),
                Some(StoreError::NoRelease { .. } | StoreError::ReleaseName(_) | StoreError::ReleaseExists(_))
            )
            || matches!(
                cause.downcast_ref(),
                Some(
                    QueryError::Syntax(_)
                        | QueryError::Nesting { .. }
                        | QueryError::Service
                        | QueryError::Search(_)
                        | QueryError::Unbindable { .. }
                )
            )
            || matches!(
                cause.downcast_ref(),
                Some(UpdateProblem::Load | UpdateProblem::All(_) | UpdateProblem::Update(UpdateError::Own(_)))
            )
            || matches!(cause.downcast_ref(), Some(FolderError::Occupied(_) | FolderError::Base(_)))
            || cause.downcast_ref::<AskError>().is_some_and(|error| !matches!(error, AskError::Site(_)))
    })
}
