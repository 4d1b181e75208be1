//! Measuring: what is extracted against what careful readers annotated.
//!
//! A [`gold`] folder holds announcements with their facts. Names and values are compared in the [`normal`] form of the gold
//! format; the nodes of an announcement's view are matched with gold entities one for one, and every fact is then right,
//! wrong or missed: a [`Judgement`]. Many of them are a [`Report`], with [`Scores`], [`interval`]s, the [`reliability`] of
//! confidences, and the rules behind each fact; a [`Change`] says what two reports differ in.
//!
//! The figures are those of the gold format's own `score.py`, which a test proves. Not in here: how reports look, and
//! which files are read by which thread.

mod align;
mod change;
mod found;
pub mod gold;
mod grounds;
pub mod interval;
mod judge;
pub mod normal;
pub mod reliability;
mod report;
pub mod score;

pub use change::{Change, Placed};
pub use grounds::{Ground, Grounds};
pub use judge::{Asserted, Fact, Judgement, judge, judge_failure, judge_graph};
pub use report::{Report, ReportError};
pub use score::{Score, Scores};
