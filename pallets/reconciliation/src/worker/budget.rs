//! The time that fetching may take.
//!
//! A peer may hang or answer slowly. So each request has a deadline, a side has a share of a run, and
//! a run has a budget for all its requests.

use super::fetch_problem::Problem;
use core::cell::Cell;
use sp_core::offchain::{Duration, Timestamp};

/// How long all requests of a run may take together, in milliseconds.
pub const RUN_BUDGET_MS: u64 = 40_000;

/// How long a side may take of that, in milliseconds: a peer that answers slowly leaves time for
/// the others.
pub const SIDE_BUDGET_MS: u64 = 20_000;

/// How long a request may take, its answer included, in milliseconds.
pub const REQUEST_MS: u64 = 8_000;

/// The time that a run, or a side in it, has for fetching; and what was fetched on it.
pub struct Budget {
    until: Timestamp,
    over: Problem,
    fetched: Cell<Fetched>,
}

/// What the answers of a fetch came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Bytes of their bodies.
    pub bytes: usize,
    /// Milliseconds from the questions to their ends.
    pub millis: u64,
}

impl Budget {
    /// The budget of a run that begins now.
    pub fn of_a_run() -> Self {
        let now = sp_io::offchain::timestamp();
        Self {
            until: now.add(Duration::from_millis(RUN_BUDGET_MS)),
            over: Problem::BudgetSpent,
            fetched: Cell::default(),
        }
    }

    /// The share of a side whose fetch begins now. A side that spends a whole share was too slow;
    /// one that comes last, and has less, was not.
    pub fn of_a_side(&self) -> Self {
        let now = sp_io::offchain::timestamp();
        let until = now.add(Duration::from_millis(SIDE_BUDGET_MS));
        let (until, over) = if until <= self.until {
            (until, Problem::Slow)
        } else {
            (self.until, self.over.clone())
        };
        Self {
            until,
            over,
            fetched: Cell::default(),
        }
    }

    /// What was fetched on this budget so far.
    pub fn fetched(&self) -> Fetched {
        self.fetched.get()
    }

    /// Adds an answer of this length, asked for at `since`.
    pub fn note(&self, bytes: usize, since: Timestamp) {
        let Fetched {
            bytes: before,
            millis,
        } = self.fetched.get();
        self.fetched.set(Fetched {
            bytes: before.saturating_add(bytes),
            millis: millis.saturating_add(sp_io::offchain::timestamp().diff(&since).millis()),
        });
    }

    /// Whether too little time is left for a request: a peer always has all of its own.
    pub fn is_spent(&self) -> bool {
        Self::deadline_of_a_request() > self.until
    }

    fn deadline_of_a_request() -> Timestamp {
        sp_io::offchain::timestamp().add(Duration::from_millis(REQUEST_MS))
    }

    /// When a request that begins now must be answered.
    pub fn deadline(&self) -> Result<Timestamp, Problem> {
        if self.is_spent() {
            return Err(self.over.clone());
        }
        Ok(Self::deadline_of_a_request())
    }
}
