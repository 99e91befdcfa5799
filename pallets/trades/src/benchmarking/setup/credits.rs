//! Limits of what clients cause, and what is kept of a client.

use super::*;
use crate::{
    client_credits::{KeptDays, MAX_KEPT_DAYS},
    ClientCredits,
};
use counterfoil_primitives::{settlement::ClientLimits, AgreementView, Amount, SideTotals};

/// The limit of either kind: its words are as long as those of amounts get.
pub const LIMIT: Amount = Amount::MAX / 2;

/// Puts an agreement there that limits what clients cause, and as many days of the client as are kept.
/// Returns the agreement.
pub fn put_limits<T: BenchmarkRuntime>() -> AgreementView {
    set_time::<T>(NOW);
    let limits = ClientLimits {
        payments: LIMIT,
        refunds: LIMIT,
    };
    let conditions = Conditions {
        client_limits: Some(limits),
        ..registry::conditions()
    };
    let agreement = registry::put_agreement::<T>(&[(FIRST, conditions)], Caps::MAX);
    let days = (0..MAX_KEPT_DAYS).map(|day| (open_day(day), SideTotals::default()));
    let kept = KeptDays::truncate_from(days.collect());
    ClientCredits::<T>::insert(AGREEMENT, CLIENT, kept);
    agreement
}

/// What a call added to a day of which the client caused nothing before: beyond the limit, or up to it.
pub fn caused(is_beyond: bool) -> SideTotals {
    SideTotals {
        payments: LIMIT + Amount::from(is_beyond),
        refunds: 0,
    }
}
