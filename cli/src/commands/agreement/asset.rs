//! The asset in which an agreement is paid, if it is paid on the chain: its currency must be the agreement's.

use anyhow::{bail, Result};
use counterfoil_client::{chain::read::At, printable_text::quoted};

/// What the chain has of an asset.
struct Metadata {
    symbol: String,
    decimals: u8,
}

/// Refuses an asset of another currency than that of a code and its decimals.
pub(super) async fn check(
    at: &At,
    asset: u32,
    currency: (&str, u8),
    other_symbol: bool,
) -> Result<()> {
    let decimals = at.asset_decimals(asset).await?;
    let symbol = at.asset_symbol(asset).await?;
    let said = symbol.zip(decimals);
    let metadata = said.map(|(symbol, decimals)| Metadata { symbol, decimals });
    ensure_currency(asset, metadata.as_ref(), currency, other_symbol)
}

/// Refuses an asset of another currency. The chain itself compares the decimals alone, so an agreement in
/// euros would be paid in crowns.
fn ensure_currency(
    asset: u32,
    metadata: Option<&Metadata>,
    (code, decimals): (&str, u8),
    other_symbol: bool,
) -> Result<()> {
    let Some(Metadata {
        symbol,
        decimals: has,
    }) = metadata
    else {
        bail!(
            "asset {asset} has no symbol and no decimals, so its currency is unknown. Remedy: check that the \
             asset's number is right; a new asset of {code} needs its symbol and {decimals} decimals first"
        );
    };
    if *has != decimals {
        bail!(
            "asset {asset}, {}, has {has} decimals, and {code} has {decimals} by ISO 4217. Remedy: name the asset of \
             {code}",
            quoted(symbol)
        );
    }
    if !other_symbol && !symbol.trim().eq_ignore_ascii_case(code) {
        bail!(
            "asset {asset} has the symbol {}, and the agreement is in {code}: what is owed would be paid in one and \
             counted in the other. Remedy: name the asset of {code}; if asset {asset} is in {code}, say so by \
             --other-symbol",
            quoted(symbol)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether an asset of CZK, or of another symbol and decimals, is one of this currency.
    fn asset(
        currency: (&str, u8),
        symbol: &str,
        decimals: u8,
        other_symbol: bool,
    ) -> Result<(), String> {
        let symbol = symbol.into();
        let metadata = Metadata { symbol, decimals };
        ensure_currency(1, Some(&metadata), currency, other_symbol)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_asset_of_the_agreements_currency_is_taken() {
        asset(("CZK", 2), "CZK", 2, false).unwrap();
        asset(("CZK", 2), "czk", 2, false).unwrap();
    }

    #[test]
    fn an_asset_of_another_currency_is_refused_until_it_is_said_to_be_right() {
        let error = asset(("EUR", 2), "CZK", 2, false).unwrap_err();
        assert!(
            error.contains("has the symbol \"CZK\", and the agreement is in EUR"),
            "{error}"
        );
        assert!(error.contains("--other-symbol"), "{error}");
        asset(("EUR", 2), "EURX", 2, true).unwrap();
    }

    #[test]
    fn an_asset_of_other_decimals_is_refused_and_nobody_is_told_to_change_them() {
        for other_symbol in [false, true] {
            let error = asset(("JPY", 0), "CZK", 2, other_symbol).unwrap_err();
            assert!(error.contains("has 2 decimals, and JPY has 0"), "{error}");
            assert!(error.contains("name the asset of JPY"), "{error}");
        }
    }

    #[test]
    fn an_asset_of_which_nothing_is_known_is_refused() {
        let error = ensure_currency(1, None, ("CZK", 2), true)
            .unwrap_err()
            .to_string();
        assert!(error.contains("asset 1 has no symbol"), "{error}");
    }
}
