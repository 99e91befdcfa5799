//! What is owed for settlement periods, as a client reads it.

use super::{from_on, last_day, MAX_DAYS_READ};
use crate::Settlement;
use alloc::vec::Vec;
use counterfoil_primitives::{
    ports::Obligations, settlement::ObligationView, AgreementId, BusinessDay,
};

/// What is owed for the settlement period of a day; `None` while no day of the period is reconciled.
pub fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<ObligationView> {
    Settlement::view(agreement, day)
}

/// What is owed and not paid: of periods that are due, and of those under way, the oldest first.
pub fn unpaid_obligations(agreement: AgreementId) -> Vec<ObligationView> {
    Settlement::unpaid(agreement)
}

/// The days from `from` on of settlement periods for which nothing is owed any more, ascending: of a year.
/// With them, the day from which the next answer goes on; `None` where all days to today were looked through.
pub fn settled_days(id: AgreementId, from: BusinessDay) -> (Vec<BusinessDay>, Option<BusinessDay>) {
    let Some((agreement, last)) = last_day(id) else {
        return (Vec::new(), None);
    };
    from_on(agreement.first_day, last, from, MAX_DAYS_READ, |day| {
        Settlement::is_settled(id, day).then_some(day)
    })
}
