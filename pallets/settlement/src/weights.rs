//! What the settlement's calls weigh.
//!
//! `()` carries estimates: database accesses by the weights of ParityDB, and a stated time for
//! the work between them. A day is paid once.

use frame_support::weights::{constants::ParityDbWeight, Weight};

/// What the settlement's calls weigh.
pub trait WeightInfo {
    /// [`crate::Pallet::pay`].
    fn pay() -> Weight;
    /// The check of a payment before it enters the pool.
    fn authorize_pay() -> Weight;
}

/// Decoding, a transfer of the asset, two events.
const PAYMENT: u64 = 60_000_000;

/// An sr25519 signature checked.
const SIGNATURE: u64 = 60_000_000;

fn work(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(time, 0).saturating_add(ParityDbWeight::get().reads_writes(reads, writes))
}

impl WeightInfo for () {
    // Reads: key, agreement, payable, two members, time, asset, two balances of it, two
    // accounts. Writes: payable, due, asset, two balances of it, two accounts.
    fn pay() -> Weight {
        work(PAYMENT, 11, 7)
    }

    // Reads: company, bank, time, genesis hash, agreement, payable, asset, two balances of it,
    // account.
    fn authorize_pay() -> Weight {
        work(SIGNATURE, 10, 0)
    }
}
