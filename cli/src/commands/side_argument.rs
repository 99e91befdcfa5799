//! The argument by which a command names a side.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use counterfoil_primitives::Side;

/// Reads a side by its name.
pub(super) fn side_parser() -> impl TypedValueParser<Value = Side> {
    let names = Side::BOTH
        .map(|side| PossibleValue::new(side.name()).help(side.pick("The company's", "The bank's")));
    PossibleValuesParser::new(names)
        .try_map(|name| Side::from_name(&name).ok_or("no side has this name"))
}

/// The sides that a command is about: the named one, or both.
pub(crate) fn sides(side: Option<Side>) -> Vec<Side> {
    side.map_or_else(|| Side::BOTH.to_vec(), |side| vec![side])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{report, Cli, Command};
    use clap::Parser;

    #[test]
    fn a_side_is_named_debit_or_credit() {
        let shown = |side: &str| {
            let line =
                format!("counterfoil report show --agreement 1 --day 2026-11-22 --side {side}");
            Cli::try_parse_from(line.split(' ')).map(|cli| match cli.command {
                Command::Report(report::Report::Show(show)) => show.side,
                other => panic!("another command: {other:?}"),
            })
        };
        for side in Side::BOTH {
            assert_eq!(shown(side.name()).unwrap(), Some(side));
        }
        let error = shown("left").unwrap_err().to_string();
        assert!(error.contains("debit, credit"), "{error}");
    }
}
