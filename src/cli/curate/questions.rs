//! Asking a person, or a script: a key on a terminal, a line in a pipe.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use console::{Key, Term};
use dialoguer::Input;

/// An answer: what to do, and what stands behind it.
pub struct Answer {
    /// The key, in lower case.
    pub key: char,
    /// In a script, the rest of the line: a reason or a value.
    pub more: Option<String>,
}

/// Where questions are asked and answers come from.
pub struct Questions {
    /// None if answers come from a script.
    terminal: Option<Term>,
}

impl Questions {
    /// Asks on the terminal if standard input is one.
    pub fn new() -> Questions {
        let by_hand = io::stdin().is_terminal() && io::stderr().is_terminal();
        Questions { terminal: by_hand.then(Term::stderr) }
    }

    /// The next answer; None if there are no more.
    pub fn ask(&mut self, choices: &str) -> anyhow::Result<Option<Answer>> {
        let Some(terminal) = &self.terminal else {
            let mut line = String::new();
            if io::stdin().lock().read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let line = line.trim();
            let Some(key) = line.chars().next() else { return self.ask(choices) };
            let more = line[key.len_utf8()..].trim();
            let more = (!more.is_empty()).then(|| more.to_owned());
            return Ok(Some(Answer { key: key.to_ascii_lowercase(), more }));
        };
        terminal.write_str(&format!("{choices} > "))?;
        loop {
            match terminal.read_key() {
                Ok(Key::Char(key)) => {
                    terminal.write_line(&key.to_string())?;
                    return Ok(Some(Answer { key: key.to_ascii_lowercase(), more: None }));
                }
                Ok(Key::Escape | Key::CtrlC | Key::UnknownEscSeq(_)) => {
                    terminal.write_line("q")?;
                    return Ok(None);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                    terminal.write_line("q")?;
                    return Ok(None);
                }
                Ok(_) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Why: what a script gave, or what a person types.
    pub fn reason(&mut self, given: Option<String>) -> anyhow::Result<Option<String>> {
        self.text("why (may stay empty)", given)
    }

    /// The new value: what a script gave, or what a person types; None if nothing.
    pub fn value(&mut self, given: Option<String>) -> anyhow::Result<Option<String>> {
        self.text("what is true instead (+name for an entity that is new)", given)
    }

    fn text(&mut self, prompt: &str, given: Option<String>) -> anyhow::Result<Option<String>> {
        let Some(terminal) = &self.terminal else { return Ok(given) };
        let typed: String = Input::new().with_prompt(prompt).allow_empty(true).interact_text_on(terminal)?;
        let typed = typed.trim();
        Ok((!typed.is_empty()).then(|| typed.to_owned()))
    }

    /// Says that an answer cannot be used.
    pub fn complain(&mut self, text: &str) -> anyhow::Result<()> {
        let line = format!("  {text}");
        match &self.terminal {
            Some(terminal) => terminal.write_line(&line)?,
            None => writeln!(io::stderr().lock(), "{line}")?,
        }
        Ok(())
    }
}
