//! The decimals of an asset, which agreements must share, and whether the asset is there at all.

use crate::{AccountId, Assets};
use counterfoil_primitives::ports::AssetDecimals;
use frame_support::traits::{
    fungibles::{metadata, Inspect},
    tokens::WithdrawConsequence,
};

/// The decimals that agreements must share with their assets: those that wallets show.
pub struct DecimalsByMetadata;

impl AssetDecimals for DecimalsByMetadata {
    fn decimals(asset: u32) -> Option<u8> {
        // What is being destroyed is still there, and pays nobody any more.
        let anybody = AccountId::new([0; 32]);
        let is_there =
            Assets::can_withdraw(asset, &anybody, 0) != WithdrawConsequence::UnknownAsset;
        is_there.then(|| <Assets as metadata::Inspect<AccountId>>::decimals(asset))
    }
}
