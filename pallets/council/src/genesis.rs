//! The seats that the chain starts with.

use crate::{
    seats::{check, set},
    Config,
};
use alloc::vec::Vec;
use counterfoil_primitives::MemberId;

/// Builds the genesis state, and stops on a wrong one. An empty one is FRAME's default, which has to build;
/// nobody can administer a chain that starts from it.
///
/// It runs while a specification is read, never in a block.
pub(crate) fn build<T: Config>(seats: Vec<MemberId>, majority: u32) {
    if seats.is_empty() && majority == 0 {
        return;
    }
    match check::<T>(seats, majority) {
        Ok(new) => set::<T>(&new.seats, new.majority),
        Err(error) => panic!("the council's genesis is wrong: {error:?}"),
    }
}
