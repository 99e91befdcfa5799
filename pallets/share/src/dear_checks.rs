//! Calls whose checks are dear: a block refuses them before they are checked, where it has no room for them.

use crate::{
    charge::{Account, Charge},
    Config,
};
use counterfoil_primitives::ports::Directory;
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    traits::OriginTrait,
    weights::constants::WEIGHT_REF_TIME_PER_MILLIS,
};
use sp_runtime::{traits::Dispatchable, transaction_validity::TransactionValidityError};

/// Checks that weigh more are dear, in picoseconds.
const DEAR: u64 = WEIGHT_REF_TIME_PER_MILLIS;

/// Refuses a call whose checks are dear, before they are made, where the block has no room for it as a
/// member's own nor as its worker's. An author would else spend its time on checks of calls that it
/// leaves out, which nobody is charged for.
pub(crate) fn ensure_room_for_dear_checks<T>(
    origin: &T::RuntimeOrigin,
    info: &DispatchInfo,
    len: usize,
) -> Result<(), TransactionValidityError>
where
    T: Config,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
{
    if info.extension_weight.ref_time() <= DEAR {
        return Ok(());
    }
    let Some(member) = origin.as_signer().and_then(T::Directory::member_of) else {
        return Ok(());
    };
    Charge::begin::<T>(Account::Worker(member), info, len)
        .or_else(|_| Charge::begin::<T>(Account::Own(member), info, len))
        .map(|_| ())
}
