//! A council with all its seats and motions: what the benchmarks begin with.

use crate::{
    proposing_motions, seats,
    types::{NewSeats, Proposed},
    votes_on_motions, CallOf, Config, SeatList, MAX_SEATS,
};
use alloc::{vec, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_support::traits::Get;
use sp_core::{crypto::AccountId32, H256};

/// What the benchmarks set up behind the port.
pub trait BenchmarkHelper {
    /// Registers a member of this number. Returns the account of its operator key.
    fn put_member(member: MemberId) -> AccountId32;
}

/// The first member with a seat.
pub const FIRST: MemberId = 1_000;
/// The first of the members that come in the place of those with a seat.
pub const OTHERS: MemberId = 2_000;

/// The numbers of `count` members, from `first` on.
pub fn members(first: MemberId, count: u32) -> Vec<MemberId> {
    (first..first + count).collect()
}

/// Registers `count` members from `first` on. Returns the account of the last one's operator key.
pub fn put_members<T: Config>(first: MemberId, count: u32) -> AccountId32 {
    let mut operators: Vec<_> = members(first, count)
        .into_iter()
        .map(T::BenchmarkHelper::put_member)
        .collect();
    operators.pop().expect("there is a member")
}

/// Puts `count` members into seats, all of which have to approve. Returns the account of the last one's
/// operator key.
pub fn put_seats<T: Config>(count: u32) -> AccountId32 {
    let operator = put_members::<T>(FIRST, count);
    seats::accept::<T>(NewSeats {
        seats: SeatList::truncate_from(members(FIRST, count)),
        majority: count,
    });
    operator
}

/// A call of `bytes` bytes that does nothing. `number` makes it another than those of other numbers.
pub fn empty_call<T: Config>(bytes: u32, number: u32) -> CallOf<T> {
    let mut remark = vec![0; (bytes as usize).max(4)];
    remark[..4].copy_from_slice(&number.to_le_bytes());
    frame_system::Call::<T>::remark { remark }.into()
}

/// Puts a call to the vote, and lets the first `voters` seats vote on it. Returns hash and index of the
/// motion.
pub fn put_up<T: Config>(
    proposer: MemberId,
    call: CallOf<T>,
    voters: u32,
    approve: bool,
) -> (H256, u32) {
    let wrapped = proposing_motions::wrapped::<T>(&call);
    let motion = proposing_motions::hash_of::<T>(&wrapped);
    let bytes = call.encoded_size() as u32;
    proposing_motions::accept_propose::<T>(Proposed {
        proposer,
        motion,
        wrapped,
        bytes,
    })
    .expect("the council has room");
    let index = votes_on_motions::ballot::<T>(&motion)
        .expect("it is open")
        .index;
    for voter in members(FIRST, voters).into_iter().map(institution_account) {
        // The proposer's approval counts already.
        let _ = pallet_collective::Pallet::<T>::do_vote(voter, motion, index, approve);
    }
    (motion, index)
}

/// Fills the council with motions that all seats reject, but for one of the last seat and one of the
/// first.
pub fn put_motions<T: Config>() {
    let of_each = T::MaxOpenPerSeat::get();
    for number in 1..MAX_SEATS * of_each - 1 {
        let proposer = FIRST + number / of_each;
        put_up::<T>(proposer, empty_call::<T>(0, number), MAX_SEATS, false);
    }
}
