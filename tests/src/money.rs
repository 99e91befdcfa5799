//! What accounts hold, and what is issued to them.

use crate::{agreement::ASSET, chain::Chain, submit::with_funds_of_the_administrator};
use anyhow::Result;
use counterfoil_primitives::Amount;
use counterfoil_runtime::{Runtime, RuntimeCall};
use sp_core::crypto::AccountId32;

/// What an account holds of the settlement asset.
pub async fn balance(chain: &Chain, account: &AccountId32) -> Result<u128> {
    let key = pallet_assets::Account::<Runtime>::hashed_key_for(ASSET, account);
    let held: Option<pallet_assets::AssetAccountOf<Runtime, ()>> = chain.storage(&key).await?;
    Ok(held.map_or(0, |account| account.balance))
}

/// Issues an amount of the settlement asset to an account.
pub async fn issue(chain: &Chain, account: AccountId32, amount: u128) -> Result<()> {
    let mint = pallet_assets::Call::mint {
        id: ASSET,
        beneficiary: account.into(),
        amount,
    };
    with_funds_of_the_administrator(chain, RuntimeCall::Assets(mint)).await?;
    Ok(())
}

/// An amount of a currency of two decimals, as people write it: `12.50`.
pub fn amount_text(amount: Amount) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_two_decimals() {
        assert_eq!(amount_text(1_250), "12.50");
        assert_eq!(amount_text(7), "0.07");
    }
}
