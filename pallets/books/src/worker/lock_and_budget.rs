//! Lock and budget of a run over one side of an agreement.
//!
//! The lock spares double work; it does not carry the book's soundness, as a run may outlive it.
//! That rests on the state, which is replaced only where it still is what the run began from, and
//! on reading back what was written before a book is frozen: against the chain's roots, or against
//! the roots, the number and the sums of what the run has in memory.

use codec::Encode;
use counterfoil_primitives::{AgreementId, Side};
use counterfoil_support::worker_lock::{self, Guard};

/// How long a lock outlives its run where the run dies, in milliseconds. A run that lives extends it.
const LOCK_MS: u64 = 20_000;

/// Pages after which a lock is extended.
const PAGES_PER_EXTENSION: u32 = 256;

/// Maximum pages that a run writes or reads back for a side, where the work can be divided.
pub const PAGES_PER_RUN: u32 = 1024;

/// Another run has taken the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockLost;

/// A run over one side of an agreement, which no other run tends meanwhile.
pub struct Session<'a> {
    guard: Guard<'a, LOCK_MS>,
    pages_left: u32,
    steps: u32,
    lost: bool,
}

/// Runs `job` unless another run tends the side.
pub fn with_lock(agreement: AgreementId, side: Side, job: impl FnOnce(&mut Session)) {
    let key = (b"counterfoil/book-lock", agreement, side).encode();
    let Some(guard) = worker_lock::try_take::<LOCK_MS>(&key) else {
        return;
    };
    let mut session = Session {
        guard,
        pages_left: PAGES_PER_RUN,
        steps: 0,
        lost: false,
    };
    job(&mut session);
}

impl Session<'_> {
    /// Whether the run may go on with a further piece of work.
    pub fn goes_on(&self) -> bool {
        self.pages_left > 0 && !self.lost
    }

    /// Takes a page of what the run may turn. False: the rest is the next run's.
    pub fn turn_page(&mut self) -> bool {
        if !self.goes_on() || !self.step() {
            return false;
        }
        self.pages_left -= 1;
        true
    }

    /// Notes a page of work that cannot be divided between runs. False: the lock is lost.
    pub fn step(&mut self) -> bool {
        self.steps = self.steps.wrapping_add(1);
        if self.steps.is_multiple_of(PAGES_PER_EXTENSION) {
            self.hold();
        }
        !self.lost
    }

    /// Notes a page of work that cannot be divided between runs.
    pub fn keep_lock(&mut self) -> Result<(), LockLost> {
        if self.step() {
            Ok(())
        } else {
            Err(LockLost)
        }
    }

    /// Extends the lock, before or after a long piece of work. False: the lock is lost.
    pub fn hold(&mut self) -> bool {
        self.lost |= !self.guard.extend();
        !self.lost
    }
}
