//! What accounts hold, and what is issued to them.

use crate::{agreement::ASSET, chain::Chain, submit::with_funds_of_the_administrator};
use anyhow::Result;
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
