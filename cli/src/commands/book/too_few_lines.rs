//! A ledger with too few lines for its day may be only a part: somebody confirms that it is complete.

use anyhow::{bail, Result};

/// Whether a ledger is so short that it may be only a part.
pub(super) const fn are_few(lines: usize, trades: usize) -> bool {
    lines < trades.div_ceil(2)
}

/// Makes somebody confirm that a short ledger is complete. `ask` puts a question, if there is a
/// terminal.
pub(super) fn ensure_whole(
    lines: usize,
    trades: usize,
    ask: fn(&str) -> Result<Option<bool>>,
) -> Result<()> {
    let found = format!("the ledger has {lines} lines, and the day {trades} trades");
    match ask(&format!("{found}. Is this the whole ledger of the day?"))? {
        Some(true) => Ok(()),
        Some(false) => bail!("nothing is imported; import the whole ledger"),
        None => bail!(
            "{found}, so nothing is imported; import the whole ledger, or state by --whole that this is all of it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_of_less_than_half_the_trades_is_short() {
        assert!(are_few(0, 1) && are_few(1, 3) && are_few(999, 2_000));
        assert!(!are_few(0, 0) && !are_few(1, 2) && !are_few(1_000, 2_000) && !are_few(5, 4));
    }

    #[test]
    fn a_short_ledger_is_taken_where_somebody_says_that_it_is_whole() {
        ensure_whole(3, 2_000, |question| {
            assert!(
                question.contains("3 lines, and the day 2000 trades"),
                "{question}"
            );
            Ok(Some(true))
        })
        .unwrap();
    }

    #[test]
    fn a_short_ledger_is_not_taken_otherwise() {
        assert!(ensure_whole(3, 2_000, |_| Ok(Some(false))).is_err());
        let error = ensure_whole(3, 2_000, |_| Ok(None))
            .unwrap_err()
            .to_string();
        assert!(error.contains("--whole"), "{error}");
    }
}
