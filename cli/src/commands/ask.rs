//! Questions to the person at the terminal.

use anyhow::{bail, Result};
use std::io::IsTerminal;

/// Asks the person at the terminal; `None` where there is none.
pub(crate) fn ask(question: &str) -> Result<Option<bool>> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Ok(None);
    }
    eprint!("{question} [y/N] ");
    let mut answer = String::new();
    stdin.read_line(&mut answer)?;
    let is_yes = ["y", "yes"].contains(&answer.trim().to_ascii_lowercase().as_str());
    Ok(Some(is_yes))
}

/// Shows what is about to be sent, and makes somebody confirm it, unless that is done by `--yes`. `ask` puts
/// a question, if there is a terminal.
pub(crate) fn ensure_confirmed(
    yes: bool,
    shown: &str,
    question: &str,
    ask: fn(&str) -> Result<Option<bool>>,
) -> Result<()> {
    eprintln!("{shown}");
    if yes {
        return Ok(());
    }
    match ask(question)? {
        Some(true) => Ok(()),
        Some(false) => bail!("nothing is sent"),
        None => bail!(
            "nothing is sent, since there is no terminal to ask at; look at it with --dry-run, and confirm it by --yes"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_confirms_is_sent() {
        ensure_confirmed(false, "3 payments", "Send it?", |question| {
            assert_eq!(question, "Send it?");
            Ok(Some(true))
        })
        .unwrap();
    }

    #[test]
    fn what_is_confirmed_beforehand_is_not_asked_about() {
        ensure_confirmed(true, "3 payments", "Send it?", |_| bail!("asked")).unwrap();
    }

    #[test]
    fn what_nobody_confirms_is_not_sent() {
        let error = |ask| ensure_confirmed(false, "3 payments", "Send it?", ask).unwrap_err();
        let refused: fn(&str) -> Result<Option<bool>> = |_| Ok(Some(false));
        assert_eq!(error(refused).to_string(), "nothing is sent");
        let unasked: fn(&str) -> Result<Option<bool>> = |_| Ok(None);
        assert!(error(unasked).to_string().contains("--yes"));
    }
}
