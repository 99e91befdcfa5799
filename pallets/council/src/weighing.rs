//! Call weights, and the largest calls, which must fit a block.

use crate::{CallOf, Config, WeightInfo, AROUND_A_CALL, MAX_CALL, MAX_SEATS};
use codec::Encode;
use counterfoil_primitives::MemberId;
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    traits::Get,
    weights::Weight,
};

type Measured<T> = <T as Config>::WeightInfo;

/// Bytes, rounded up, of a call's arguments that have a fixed size.
const FIXED: usize = 128;

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

fn around_proposed<T: Config>(bytes: u32) -> Weight {
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

/// Panics where the runtime's limits do not let the largest calls into a block, or all seats' motions into
/// the collective.
pub(crate) fn assert_limits_fit<T: Config>() {
    let of_seats = MAX_SEATS as usize * core::mem::size_of::<MemberId>();
    let largest = [
        ("propose", around_proposed::<T>(MAX_CALL), MAX_CALL as usize),
        ("vote", vote::<T>(), 0),
        ("close", close::<T>(Weight::zero(), u32::MAX), 0),
        ("execute", around_executed::<T>(MAX_CALL), MAX_CALL as usize),
        ("set_seats", set_seats::<T>(), of_seats),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes + FIXED);
    }
    assert_heaviest_motion_fits::<T>();
    assert!(T::MaxOpenPerSeat::get() > 0, "a seat can propose");
    assert!(
        T::MaxMembers::get() >= MAX_SEATS,
        "the collective has room for all seats"
    );
    assert!(
        T::MaxProposals::get() >= MAX_SEATS * T::MaxOpenPerSeat::get(),
        "the collective has room for all that the seats may propose"
    );
}

/// A motion that could be proposed and not be closed would stay until its time is over.
fn assert_heaviest_motion_fits<T: Config>() {
    let weights = <T as frame_system::Config>::BlockWeights::get();
    let normal = weights.get(DispatchClass::Normal);
    let limit = normal
        .max_extrinsic
        .or(normal.max_total)
        .unwrap_or(weights.max_block);
    let heaviest = T::MaxProposalWeight::get();
    let proposed = around_proposed::<T>(MAX_CALL).saturating_add(heaviest);
    for (call, weight) in [
        ("proposed", proposed),
        ("closed", close::<T>(heaviest, u32::MAX)),
    ] {
        assert!(
            weight.all_lte(limit),
            "the heaviest motion ({weight:?}) cannot be {call} within a block's limit for one call \
             ({limit:?})"
        );
    }
}
