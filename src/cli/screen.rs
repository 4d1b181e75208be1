//! What a person sees beside the result: notes, warnings, errors, progress. All of it goes to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Color;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Green.on_default();

/// Standard error, as loud as the user wants it.
pub struct Screen {
    quiet: bool,
}

impl Screen {
    /// Sets the colours for the whole program.
    pub fn new(quiet: bool, color: Color) -> Screen {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Screen { quiet }
    }

    /// Whether only the result and errors are wanted.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Something good to know.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            say(Style::new(), "", text);
        }
    }

    /// What to do next.
    pub fn hint(&self, text: &str) {
        if !self.quiet {
            say(HINT, "hint: ", text);
        }
    }

    /// A problem that the work goes on after.
    pub fn warning(&self, text: &str) {
        say(WARNING, "warning: ", text);
    }

    /// A problem that ends the work, with its causes.
    pub fn error(&self, error: &anyhow::Error) {
        let mut text = String::new();
        // Messages often hold those of their causes; a cause is not said twice.
        for message in error.chain().map(ToString::to_string) {
            if !text.contains(&message) {
                text.push_str(if text.is_empty() { "" } else { "\n  because " });
                text.push_str(&message);
            }
        }
        say(ERROR, "error: ", &text);
    }

    /// A bar for `length` steps; nothing is drawn unless standard error is a terminal.
    pub fn progress(&self, length: usize) -> ProgressBar {
        self.bar(length as u64, "{bar:30} {pos}/{len} {elapsed} {wide_msg}")
    }

    /// A bar for `length` bytes.
    pub fn bytes(&self, length: u64) -> ProgressBar {
        self.bar(length, "{bar:30} {bytes}/{total_bytes} {elapsed} {wide_msg}")
    }

    fn bar(&self, length: u64, template: &str) -> ProgressBar {
        if self.quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}

/// Standard error may be closed; then nobody wants to know.
fn say(style: Style, label: &str, text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{style}{label}{style:#}{text}");
}

/// Writes a result to standard output, whole.
pub fn result(write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Whether a person reads the result as it is.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether a person types, and reads what is answered.
pub fn is_conversation() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Columns of the screen; 120 if there is no screen.
pub fn width() -> u16 {
    comfy_table::Table::new().width().unwrap_or(120).max(40)
}

/// Whether a result that a person reads has colours.
pub fn is_coloured() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Whether messages have colours.
pub fn is_stderr_coloured() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Writes a part of a result that has styles in it; they are left out where nobody would see colours.
pub fn styled(text: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    if is_coloured() {
        return Ok(out.write_all(text.as_bytes())?);
    }
    Ok(write!(out, "{}", anstream::adapter::strip_str(text))?)
}
