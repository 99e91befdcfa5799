//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    weighing::{around_executed, around_proposed, close, set_seats, vote},
    Config, MAX_CALL, MAX_SEATS,
};
use counterfoil_primitives::MemberId;
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};

/// Bytes, rounded up, of a call's arguments that have a fixed size.
const FIXED: usize = 128;

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
