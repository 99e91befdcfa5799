//! Which commands take `--best`: they can work on blocks that are not final.

use super::Command;

impl Command {
    /// Whether the command can work on blocks that are not final. What was recorded, proven or paid is
    /// reported from final blocks alone.
    pub(super) const fn takes_best(&self) -> bool {
        match self {
            Self::Trade(_) | Self::Book(_) | Self::Day(_) | Self::Report(_) => false,
            Self::Corrections(_) | Self::Amendment(_) | Self::Obligation(_) => false,
            Self::Export(_) => false,
            Self::Agreement(_) | Self::Calendar(_) | Self::Product(_) | Self::Member(_) => true,
            Self::Council(_) | Self::Validator(_) => true,
            Self::Doctor(_) | Self::Completions(_) | Self::Man(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::commands::Cli;
    use clap::Parser;

    /// Whether a command line takes `--best`.
    fn takes_best(line: &str) -> bool {
        let line = format!("counterfoil --best {line}");
        let cli = Cli::try_parse_from(line.split_whitespace()).unwrap();
        assert!(cli.global.best);
        cli.command.takes_best()
    }

    #[test]
    fn administration_may_work_on_best_blocks_and_payments_may_not() {
        assert!(takes_best("council list"));
        assert!(takes_best("validator list"));
        assert!(takes_best("member show --id 1"));
        assert!(!takes_best("day list"));
        assert!(!takes_best("obligation list 1"));
        assert!(takes_best("agreement suspend-client 1 5"));
        assert!(!takes_best(
            "trade import --agreement 1 --file a.csv --mapping a.toml"
        ));
    }

    #[tokio::test]
    async fn best_blocks_are_refused_to_a_command_that_works_on_final_ones() {
        let line = "counterfoil --best --url ws://127.0.0.1:9 day list";
        let cli = Cli::try_parse_from(line.split(' ')).unwrap();
        let error = cli.run().await.unwrap_err().to_string();
        assert!(error.contains("leave --best out"), "{error}");
    }
}
