//! Locks of off-chain workers in the node's database, which outlive the node.
//!
//! The SDK's lock by time asks only whether its end has passed. One that was left while the node's
//! clock was ahead, or that was overwritten, would then hold for as long as the clock was wrong, and
//! keep a node from its commitment or its payment. Here an end further away than a lock may last does
//! not count.

use sp_core::offchain::{Duration, Timestamp};
use sp_io::offchain::{sleep_until, timestamp};
use sp_runtime::offchain::storage_lock::{Lockable, StorageLock, StorageLockGuard};

/// A lock that lasts `MILLIS` milliseconds at most, unless it is extended.
pub type Lock<'a, const MILLIS: u64> = StorageLock<'a, Lasting<MILLIS>>;

/// The guard of a [`Lock`].
pub type Guard<'a, 'b, const MILLIS: u64> = StorageLockGuard<'a, 'b, Lasting<MILLIS>>;

/// How long a lock lasts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lasting<const MILLIS: u64>;

/// The lock under `name`, not taken yet.
pub fn named<const MILLIS: u64>(name: &[u8]) -> Lock<'_, MILLIS> {
    StorageLock::with_lockable(name, Lasting)
}

impl<const MILLIS: u64> Lockable for Lasting<MILLIS> {
    type Deadline = Timestamp;

    fn deadline(&self) -> Timestamp {
        timestamp().add(Duration::from_millis(MILLIS))
    }

    fn has_expired(end: &Timestamp) -> bool {
        let now = timestamp();
        now > *end || *end > now.add(Duration::from_millis(MILLIS))
    }

    fn snooze(end: &Timestamp) {
        sleep_until(*end);
    }
}
