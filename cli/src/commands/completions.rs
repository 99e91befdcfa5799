//! `completions`: what a shell completes of these commands, from the commands' own definition.

use super::Cli;
use crate::output::Rendered;
use anyhow::Result;
use clap::{Args, CommandFactory as _};
use clap_complete::{generate, Shell};
use serde_json::json;

/// The command's name in a shell.
const NAME: &str = "counterfoil";

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Rendered> {
        let script = script(self.shell)?;
        let json = json!({ "shell": self.shell.to_string(), "script": script });
        Ok(Rendered::new(json, script))
    }
}

/// What a shell reads.
fn script(shell: Shell) -> Result<String> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), NAME, &mut script);
    Ok(String::from_utf8(script)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, Parser as _, ValueEnum as _};

    /// The names of a command's commands, and of theirs.
    fn names(command: &Command) -> Vec<String> {
        let own = command.get_subcommands().filter(|own| !own.is_hide_set());
        own.flat_map(|own| [vec![own.get_name().to_owned()], names(own)].concat())
            .collect()
    }

    /// The long options of a command, and of the commands below it, as many levels down.
    fn options(command: &Command, levels: u8) -> Vec<String> {
        let own = command.get_arguments().filter_map(|own| own.get_long());
        let own: Vec<String> = own.map(str::to_owned).collect();
        let Some(levels) = levels.checked_sub(1) else {
            return own;
        };
        let below = command.get_subcommands();
        let below = below.flat_map(|below| options(below, levels));
        own.into_iter().chain(below).collect()
    }

    #[test]
    fn each_shell_completes_each_command() {
        let names = names(&Cli::command());
        assert!(names.iter().any(|name| name == "set-conditions"));
        for shell in Shell::value_variants() {
            let script = script(*shell).unwrap();
            for name in &names {
                assert!(script.contains(name.as_str()), "{shell} lacks {name}");
            }
        }
    }

    /// The scripts of fish go two levels down: `amendment propose`, but not `amendment propose cancel`.
    #[test]
    fn each_shell_completes_each_option() {
        for shell in Shell::value_variants() {
            let levels = if *shell == Shell::Fish { 2 } else { u8::MAX };
            let options = options(&Cli::command(), levels);
            assert!(options.iter().any(|option| option == "key-file"));
            let script = script(*shell).unwrap();
            for option in &options {
                assert!(script.contains(option.as_str()), "{shell} lacks {option}");
            }
        }
    }

    #[test]
    fn programs_read_the_shell_and_its_script() {
        let said = Completions { shell: Shell::Fish }.run().unwrap();
        assert_eq!(said.json["shell"], "fish");
        assert_eq!(said.json["script"], said.text);
    }

    #[test]
    fn an_unknown_shell_is_refused_with_those_that_are_known() {
        let error = Cli::try_parse_from(["counterfoil", "completions", "ksh"]).unwrap_err();
        assert!(error.to_string().contains("bash"), "{error}");
    }
}
