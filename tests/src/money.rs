//! What accounts hold.

use crate::{agreement::ASSET, chain::Chain};
use anyhow::Result;
use counterfoil_runtime::Runtime;
use sp_core::crypto::AccountId32;

/// What an account holds of the settlement asset.
pub async fn balance(chain: &Chain, account: &AccountId32) -> Result<u128> {
    let key = pallet_assets::Account::<Runtime>::hashed_key_for(ASSET, account);
    let held: Option<pallet_assets::AssetAccountOf<Runtime, ()>> = chain.storage(&key).await?;
    Ok(held.map_or(0, |account| account.balance))
}
