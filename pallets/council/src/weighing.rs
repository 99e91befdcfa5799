//! Call weights, put together from what was measured of their parts.

use crate::{CallOf, Config, WeightInfo, AROUND_A_CALL, MAX_CALL};
use codec::Encode;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

type Measured<T> = <T as Config>::WeightInfo;

/// Of a proposal: whichever is more of what it may come to, and what the call weighs, which comes back
/// where it is not run.
pub(crate) fn propose<T: Config>(call: &CallOf<T>) -> Weight {
    let bytes = call.encoded_size() as u32;
    around_proposed::<T>(bytes).saturating_add(execute::<T>(call))
}

/// Of a proposal that is refused.
pub(crate) fn refused<T: Config>(call: &CallOf<T>) -> Weight {
    put_up::<T>(call.encoded_size() as u32)
}

/// Of a proposal that is put to the vote.
pub(crate) fn put_up<T: Config>(bytes: u32) -> Weight {
    Measured::<T>::put_up(bytes)
}

/// Of a proposal that runs at once, without what it runs.
pub(crate) fn run_at_once<T: Config>(bytes: u32) -> Weight {
    Measured::<T>::run_at_once(bytes)
}

pub(crate) fn around_proposed<T: Config>(bytes: u32) -> Weight {
    put_up::<T>(bytes).max(run_at_once::<T>(bytes))
}

/// Of a vote.
pub(crate) fn vote<T: Config>() -> Weight {
    Measured::<T>::vote()
}

/// Of a close of a motion that is carried: its bounds are what it runs. No motion is longer than the
/// longest call, whatever the bound.
pub(crate) fn close<T: Config>(weight_bound: Weight, length_bound: u32) -> Weight {
    Measured::<T>::close_carried(length_bound.min(MAX_CALL + AROUND_A_CALL))
        .max(close_dropped::<T>())
        .saturating_add(weight_bound)
}

/// Of a close of a motion that runs nothing.
pub(crate) fn close_dropped<T: Config>() -> Weight {
    Measured::<T>::close_dropped()
}

/// Of the end of this many motions, in a block that holds nothing else.
pub(crate) fn end_all<T: Config>(motions: u32) -> Weight {
    close_dropped::<T>().saturating_mul(u64::from(motions) + 1)
}

/// Of what was carried.
pub(crate) fn execute<T: Config>(call: &CallOf<T>) -> Weight {
    around_executed::<T>(call.encoded_size() as u32)
        .saturating_add(call.get_dispatch_info().call_weight)
}

/// Of what was carried, without the call itself.
pub(crate) fn around_executed<T: Config>(bytes: u32) -> Weight {
    Measured::<T>::execute(bytes)
}

/// Of new seats.
pub(crate) fn set_seats<T: Config>() -> Weight {
    Measured::<T>::set_seats()
}
