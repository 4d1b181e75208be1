//! The part of the graph that pictures and measures are about, as given on the command line.

use anyhow::ensure;
use clap::Args;
use urbi::graph::{Focus, Years};

/// Which part of the graph. `export` takes it for pictures, and `graph` for all it does.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which part of the graph")]
pub struct FocusArgs {
    /// Only what is near this entity (name, IRI or prefixed name)
    #[arg(long, value_name = "NAME")]
    pub around: Option<String>,
    /// How many relations away from it [default: 2]
    #[arg(long, value_name = "N", requires = "around")]
    pub hops: Option<usize>,
    /// Only what lies on short chains between two entities
    #[arg(long, value_names = ["NAME", "NAME"], num_args = 2)]
    pub between: Option<Vec<String>>,
    /// Only entities of this class, such as Conference or City; may be repeated, or have commas
    #[arg(long = "class", value_name = "CLASS", value_delimiter = ',')]
    pub classes: Vec<String>,
    /// Only what has this theme, and what that is related to
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Only what was in these years (2019, 2015-2020, 2015-), and what without a date is related to it
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true)]
    pub years: Option<Years>,
    /// The greatest number of entities in a picture; the most central are shown, and what they leave out is counted
    /// [default: 150]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

impl FocusArgs {
    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.around.is_none()
            && self.between.is_none()
            && self.classes.is_empty()
            && self.theme.is_none()
            && self.years.is_none()
            && self.limit.is_none()
    }

    /// What it means.
    pub fn focus(self) -> anyhow::Result<Focus> {
        ensure!(self.limit != Some(0), "--limit must be at least 1");
        let usual = Focus::default();
        Ok(Focus {
            around: self.around,
            hops: self.hops.unwrap_or(usual.hops),
            between: self.between.and_then(|names| names.try_into().ok()),
            theme: self.theme,
            classes: self.classes,
            years: self.years,
            limit: self.limit.unwrap_or(usual.limit),
        })
    }
}
