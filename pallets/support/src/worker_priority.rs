//! The priority of workers' calls in the pool, and what else the pool is told of one.

use crate::unordered::tag_of;
use alloc::vec;
use codec::Encode;
use sp_runtime::transaction_validity::ValidTransaction;

/// The priority of workers' calls: above everything that a member sends, whatever its fee and its tip
/// add.
pub const WORKER_PRIORITY: u64 = u64::MAX / 2;

/// The validity of a worker's call. `tag` names what it does, so that the pool holds it once.
pub fn worker_call(tag: impl Encode) -> ValidTransaction {
    ValidTransaction {
        priority: WORKER_PRIORITY,
        requires: vec![],
        provides: vec![tag_of(tag)],
        longevity: u64::MAX,
        propagate: true,
    }
}
