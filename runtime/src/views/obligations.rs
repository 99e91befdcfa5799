//! What is owed for settlement periods, as a client reads it.

use crate::{Runtime, Settlement};
use alloc::vec::Vec;
use counterfoil_primitives::{settlement::ObligationView, AgreementId, BusinessDay};
use pallet_settlement::Obligations;

/// What is owed for the settlement period of a day; `None` while no day of the period is reconciled.
pub fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<ObligationView> {
    Settlement::view(agreement, day)
}

/// What is owed and not paid: of periods that are due, and of those under way, the oldest first.
pub fn unpaid_obligations(agreement: AgreementId) -> Vec<ObligationView> {
    Settlement::unpaid(agreement)
}

/// The days of settlement periods for which nothing is owed any more, ascending.
pub fn settled_days(agreement: AgreementId) -> Vec<BusinessDay> {
    let mut days: Vec<_> = Obligations::<Runtime>::iter_prefix(agreement)
        .filter(|(_, obligation)| obligation.paid_at.is_some())
        .flat_map(|(first, obligation)| (first.0..=obligation.last.0).map(BusinessDay))
        .collect();
    days.sort_unstable();
    days
}
