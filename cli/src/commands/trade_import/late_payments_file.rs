//! Payments that come later than the agreement takes them from their client: a file of them, ready to be
//! proposed as a supplement.

use super::{Import, Ready};
use crate::commands::{refused_file, Context};
use anyhow::{anyhow, Result};
use counterfoil_client::{chain::DEFAULT_URL, mapping::Sheet, time::day_text};
use counterfoil_primitives::MemberId;
use std::path::{Path, PathBuf};

/// The file of payments that come too late.
pub(super) struct LateFile {
    pub(super) path: PathBuf,
    /// The command that proposes them.
    pub(super) command: String,
}

impl Import {
    /// Where payments go that come too late: beside the file.
    fn late_path(&self) -> PathBuf {
        let mut name = self.file.file_stem().unwrap_or_default().to_os_string();
        name.push(".too_late.csv");
        self.file.with_file_name(name)
    }

    /// Refuses to write such payments over another file.
    pub(super) fn check_late_path(&self, context: &Context, inputs: &[&Path]) -> Result<()> {
        let (path, refused) = (self.late_path(), self.refused_path());
        let mut others = inputs.to_vec();
        others.push(&refused);
        refused_file::check(context, &path, &others, !self.dry_run).map_err(|_| {
            anyhow!(
                "payments that come too late would go to {}, which is another file; move that away, or rename {}",
                path.display(),
                self.file.display()
            )
        })
    }

    /// Writes the payments that come too late, and notes what becomes of an older file of such payments.
    pub(super) fn write_late(
        &self,
        context: &Context,
        sheet: &Sheet,
        client: MemberId,
        ready: &mut Ready,
    ) -> Result<Option<LateFile>> {
        if ready.late.is_empty() {
            return Ok(None);
        }
        let path = self.late_path();
        ready.late.sort_by_key(|late| late.record);
        let late = &ready.late;
        let old = refused_file::replace(&path, |path| sheet.write_refused(path, late))?;
        let note = old.map(|old| refused_file::kept_note(&path, &old));
        ready.notes.extend(note);
        let command = self.command(&context.global.url, client, &path);
        Ok(Some(LateFile { path, command }))
    }

    /// The command that proposes the payments of a file as never recorded, at the node of this one.
    fn command(&self, url: &str, client: MemberId, file: &Path) -> String {
        let node = match url {
            DEFAULT_URL => String::new(),
            url => format!(" --url {}", shell_word(url)),
        };
        let day = self.day.map(day_text);
        let day = day.map_or_else(String::new, |day| format!(" --day {day}"));
        format!(
            "counterfoil{node} amendment propose supplement --agreement {} --client {client} --file {} --mapping {}{day}",
            self.agreement,
            shell_word(&file.display().to_string()),
            shell_word(&self.mapping.display().to_string())
        )
    }
}

/// What is said of payments that come too late.
pub(super) fn late_text(late: Option<&LateFile>) -> String {
    late.map_or_else(String::new, |late| {
        format!(
            "\npayments that come too late are in {}; with your key (--key-file), this proposes to record them, which bank \
             and company answer: {}",
            late.path.display(),
            late.command
        )
    })
}

/// A word as a shell reads it.
fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{trade::Trade, trade_import::Import, Cli, Command};
    use clap::Parser;

    fn import(rest: &str) -> Import {
        let line = format!("counterfoil trade import --agreement 7 --mapping m.toml {rest}");
        let cli = Cli::try_parse_from(line.split(' ')).unwrap();
        match cli.command {
            Command::Trade(Trade::Import(import)) => import,
            other => panic!("another command: {other:?}"),
        }
    }

    #[test]
    fn late_payments_go_to_a_file_beside_the_payments() {
        let import = import("--file in/payments.csv");
        assert_eq!(
            import.late_path(),
            PathBuf::from("in/payments.too_late.csv")
        );
    }

    #[test]
    fn the_command_that_proposes_late_payments_is_one() {
        for (rest, has_day) in [
            ("--file in/payments.csv", false),
            ("--file in/payments.csv --day 2026-11-22", true),
        ] {
            let import = import(rest);
            let command = import.command(DEFAULT_URL, 5, &import.late_path());
            assert_eq!(command.contains("--day 2026-11-22"), has_day);
            assert!(command.contains("--client 5"), "{command}");
            let cli = Cli::try_parse_from(command.split(' ')).unwrap();
            assert!(matches!(cli.command, Command::Amendment(_)));
        }
    }

    #[test]
    fn the_command_that_proposes_late_payments_names_the_node_of_the_import() {
        let import = import("--file in/payments.csv");
        let command = |url: &str| import.command(url, 5, &import.late_path());
        assert!(!command(DEFAULT_URL).contains("--url"));
        let elsewhere = command("ws://10.0.0.7:9944");
        assert!(
            elsewhere.contains("--url ws://10.0.0.7:9944"),
            "{elsewhere}"
        );
        assert!(Cli::try_parse_from(elsewhere.split(' ')).is_ok());
    }

    #[test]
    fn a_path_is_quoted_where_a_shell_would_read_it_otherwise() {
        assert_eq!(shell_word("in/payments.csv"), "in/payments.csv");
        assert_eq!(shell_word("my payments.csv"), "'my payments.csv'");
        assert_eq!(shell_word("it's.csv"), r"'it'\''s.csv'");
    }
}
