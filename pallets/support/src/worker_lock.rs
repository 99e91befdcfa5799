//! Locks of off-chain workers in the node's database, which outlive the node.
//!
//! **Owner.** Each run that takes a lock draws a random owner and writes it with the lock. A run
//! that outlived its lock finds another owner there: it learns that it lost the lock, and does not
//! release what is another's.
//!
//! **End.** A lock ends by the node's clock, so that a run that dies does not hold it for ever. An
//! end further ahead than a lock may last was left by a clock that was ahead, or overwritten; the
//! lock would then hold for as long as the clock was wrong, and keep a node from its commitment or
//! its payment. Such an end does not count. Clocks are also set back a little, by time servers; a
//! step of up to [`CLOCK_STEP`] leaves the locks in force.
//!
//! Two runs may still hold a lock one after the other while the first one works on: what they
//! write must be sound without it.

use codec::{Decode, Encode};
use sp_io::offchain::{random_seed, timestamp};
use sp_runtime::offchain::storage::{StorageRetrievalError, StorageValueRef};

/// How far a clock may be set back, in milliseconds, while ends that it gave before still count.
pub const CLOCK_STEP: u64 = 5_000;

/// Whether `end` is still to come at `now`, for something that lasts `lasts` at most; all in
/// milliseconds. An end further ahead than that, and than a [`CLOCK_STEP`] explains, is not.
pub const fn is_to_come(end: u64, lasts: u64, now: u64) -> bool {
    now < end && end - now <= lasts.saturating_add(CLOCK_STEP)
}

/// A lock as the database holds it. `None` in its place is a lock that was released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Held {
    owner: [u8; 32],
    /// Unix time in milliseconds.
    end: u64,
}

/// A lock that is held, for `MILLIS` milliseconds unless it is extended. It is released when this
/// is dropped.
#[derive(Debug)]
pub struct Guard<'a, const MILLIS: u64> {
    name: &'a [u8],
    owner: [u8; 32],
}

/// Takes the lock under `name`. `None`: another run holds it.
pub fn try_take<const MILLIS: u64>(name: &[u8]) -> Option<Guard<'_, MILLIS>> {
    let owner = random_seed();
    let taken = replace(name, |held| match held {
        Some(held) if is_to_come(held.end, MILLIS, now()) => None,
        _ => Some(Some(Held {
            owner,
            end: end_of::<MILLIS>(),
        })),
    });
    taken.then_some(Guard { name, owner })
}

impl<const MILLIS: u64> Guard<'_, MILLIS> {
    /// Extends the lock to `MILLIS` milliseconds from now. Returns whether it still is this run's:
    /// a lock that lapsed is, as long as no other run has taken it.
    pub fn extend(&mut self) -> bool {
        self.replace_own(Some(Held {
            owner: self.owner,
            end: end_of::<MILLIS>(),
        }))
    }

    /// Leaves the lock in force until its end, as a pause after what was done under it.
    pub fn forget(self) {
        core::mem::forget(self);
    }

    /// Puts `new` in the place of the lock. Returns whether it was this run's.
    fn replace_own(&self, new: Option<Held>) -> bool {
        replace(self.name, |held| {
            held.filter(|held| held.owner == self.owner).map(|_| new)
        })
    }
}

impl<const MILLIS: u64> Drop for Guard<'_, MILLIS> {
    fn drop(&mut self) {
        self.replace_own(None);
    }
}

/// Replaces what is stored under `name` by what `change` makes of it, if anything. Returns whether
/// it was replaced; not so where another run changed it in between. What does not decode is no
/// lock.
fn replace(name: &[u8], change: impl FnOnce(Option<Held>) -> Option<Option<Held>>) -> bool {
    let change = |stored: Result<Option<Option<Held>>, StorageRetrievalError>| {
        change(stored.ok().flatten().flatten()).ok_or(())
    };
    StorageValueRef::persistent(name).mutate(change).is_ok()
}

fn end_of<const MILLIS: u64>() -> u64 {
    now().saturating_add(MILLIS)
}

fn now() -> u64 {
    timestamp().unix_millis()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sp_core::offchain::{
        testing::TestOffchainExt, OffchainDbExt, OffchainWorkerExt, Timestamp,
    };

    const NAME: &[u8] = b"a lock";
    const LASTS: u64 = 20_000;
    const NOON: u64 = 1_800_000_000_000;

    /// The clock and the randomness of a node.
    struct Node {
        set_clock: Box<dyn Fn(u64)>,
        set_seed: Box<dyn Fn(u8)>,
    }

    fn on_a_node(test: impl FnOnce(Node)) {
        let (offchain, state) = TestOffchainExt::new();
        let mut ext = sp_io::TestExternalities::default();
        ext.register_extension(OffchainDbExt::new(offchain.clone()));
        ext.register_extension(OffchainWorkerExt::new(offchain));
        let of_seed = state.clone();
        let node = Node {
            set_clock: Box::new(move |now| {
                state.write().timestamp = Timestamp::from_unix_millis(now)
            }),
            set_seed: Box::new(move |seed| of_seed.write().seed = [seed; 32]),
        };
        (node.set_clock)(NOON);
        ext.execute_with(|| test(node));
    }

    impl Node {
        /// Another run takes the lock.
        fn take(&self, run: u8) -> Option<Guard<'static, LASTS>> {
            (self.set_seed)(run);
            try_take(NAME)
        }

        fn clock(&self, now: u64) {
            (self.set_clock)(now);
        }
    }

    #[test]
    fn a_lock_is_taken_by_one_run_at_a_time() {
        on_a_node(|node| {
            let first = node.take(1).unwrap();
            assert!(node.take(2).is_none());
            drop(first);
            assert!(node.take(2).is_some());
        });
    }

    #[test]
    fn a_lock_lapses_at_its_end() {
        on_a_node(|node| {
            node.take(1).unwrap().forget();
            node.clock(NOON + LASTS - 1);
            assert!(node.take(2).is_none());
            node.clock(NOON + LASTS);
            assert!(node.take(2).is_some());
        });
    }

    #[test]
    fn an_extended_lock_lasts_from_then_on() {
        on_a_node(|node| {
            let mut first = node.take(1).unwrap();
            node.clock(NOON + LASTS - 1);
            assert!(first.extend());
            node.clock(NOON + 2 * LASTS - 2);
            assert!(node.take(2).is_none());
        });
    }

    #[test]
    fn a_lock_that_lapsed_and_was_taken_is_lost() {
        on_a_node(|node| {
            let mut first = node.take(1).unwrap();
            node.clock(NOON + LASTS);
            let _second = node.take(2).unwrap();
            assert!(!first.extend());
        });
    }

    #[test]
    fn a_lock_that_lapsed_and_that_no_other_run_took_is_extended() {
        on_a_node(|node| {
            let mut first = node.take(1).unwrap();
            node.clock(NOON + 3 * LASTS);
            assert!(first.extend());
            assert!(node.take(2).is_none());
        });
    }

    #[test]
    fn a_lock_that_another_run_took_and_released_is_lost() {
        on_a_node(|node| {
            let mut first = node.take(1).unwrap();
            node.clock(NOON + LASTS);
            drop(node.take(2).unwrap());
            assert!(!first.extend());
        });
    }

    #[test]
    fn a_run_does_not_release_the_lock_that_another_took() {
        on_a_node(|node| {
            let first = node.take(1).unwrap();
            node.clock(NOON + LASTS);
            let _second = node.take(2).unwrap();
            drop(first);
            assert!(node.take(3).is_none());
        });
    }

    #[test]
    fn a_clock_that_steps_back_a_little_leaves_a_lock_in_force() {
        on_a_node(|node| {
            node.take(1).unwrap().forget();
            for step in [1, CLOCK_STEP] {
                node.clock(NOON - step);
                assert!(node.take(2).is_none());
            }
        });
    }

    #[test]
    fn a_lock_that_was_left_while_the_clock_was_ahead_does_not_hold() {
        on_a_node(|node| {
            node.take(1).unwrap().forget();
            node.clock(NOON - CLOCK_STEP - 1);
            assert!(node.take(2).is_some());
        });
    }

    #[test]
    fn what_is_no_lock_does_not_hold() {
        on_a_node(|node| {
            for bytes in [vec![1], vec![1; 8], vec![0xFF; 41]] {
                sp_io::offchain::local_storage_set(
                    sp_core::offchain::StorageKind::PERSISTENT,
                    NAME,
                    &bytes,
                );
                assert!(node.take(1).is_some(), "{bytes:?}");
            }
        });
    }
}
