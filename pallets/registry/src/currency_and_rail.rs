//! Whether a currency is shaped as one, and whether the asset of a rail counts in the decimals of amounts.

use crate::{Config, Error};
use counterfoil_primitives::{ports::AssetDecimals, settlement::Rail};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// Whether text is shaped as an ISO 4217 code.
pub(crate) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Amounts are counted in the currency's minor unit, and paid by the same number in an asset's: so
/// both must be the same part of a whole. A payment outside the chain needs no asset.
pub(crate) fn ensure_rail<T: Config>(rail: Rail, decimals: u8) -> DispatchResult {
    let Some(asset) = rail.asset() else {
        return Ok(());
    };
    let of_asset = T::Decimals::decimals(asset).ok_or(Error::<T>::UnknownAsset)?;
    ensure!(of_asset == decimals, Error::<T>::OtherDecimals);
    Ok(())
}
