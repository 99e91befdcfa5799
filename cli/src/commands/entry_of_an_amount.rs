//! An entry for tests of which only the kind and the amount matter.

use counterfoil_primitives::{Amount, Entry, Kind};

/// An entry of a kind and an amount.
pub(super) fn entry(kind: Kind, amount: Amount) -> Entry {
    Entry {
        kind,
        amount,
        ..Entry::default()
    }
}
