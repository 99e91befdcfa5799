//! The members that hold a post, a seat or a place among the validators, and so cannot leave the registry.

use crate::{Council, Runtime, Validators};
use alloc::vec::Vec;
use counterfoil_primitives::{ports::Posts, MemberId};

/// The members that hold a post, and so cannot leave the registry.
pub struct PostsHeld;

impl Posts for PostsHeld {
    fn holds(member: MemberId) -> bool {
        Council::has_seat(member) || Validators::holds(member)
    }

    fn named() -> Vec<MemberId> {
        let seats = pallet_council::Seats::<Runtime>::get().into_inner();
        [seats, Validators::named()].concat()
    }

    fn left(member: MemberId) {
        Validators::left(member);
    }
}
