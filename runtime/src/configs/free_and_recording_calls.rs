//! Which calls are free for whom, and which calls record trades.

use crate::{RuntimeCall, RuntimeOrigin};
use frame_support::{
    dispatch::CheckIfFeeless,
    traits::{Contains, ContainsPair},
};

/// For whom a call is free, as the extension that takes fees asks.
pub struct FreeOfFees;

impl ContainsPair<RuntimeOrigin, RuntimeCall> for FreeOfFees {
    fn contains(origin: &RuntimeOrigin, call: &RuntimeCall) -> bool {
        call.is_feeless(origin)
    }
}

/// The calls that record trades.
pub struct Recording;

impl Contains<RuntimeCall> for Recording {
    fn contains(call: &RuntimeCall) -> bool {
        matches!(
            call,
            RuntimeCall::Trades(
                pallet_trades::Call::record { .. }
                    | pallet_trades::Call::record_one { .. }
                    | pallet_trades::Call::refund { .. }
                    | pallet_trades::Call::refund_one { .. }
            )
        )
    }
}
