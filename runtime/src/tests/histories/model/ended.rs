//! Until when an agreement takes what, by words of the model's own.

use super::Model;
use crate::Trades;
use counterfoil_primitives::{ports::DayTrades, AgreementId, AgreementView, BusinessDay};

/// Whether clients record payments of `day`: it is not the first day without them, nor a later one.
pub fn takes_payments(agreement: &AgreementView, day: BusinessDay) -> bool {
    agreement.end.is_none_or(|end| day < end)
}

/// Whether nothing happens on `day` any more: on it, no payment of the last day can be given back, and no
/// trade of the last day amended.
pub fn has_closed(agreement: &AgreementView, day: BusinessDay) -> bool {
    if takes_payments(agreement, day) {
        return false;
    }
    let last = agreement.end.map_or(0, |end| end.0 - 1);
    let ago = day.0 - last;
    [agreement.refund_days, agreement.amend_days]
        .iter()
        .all(|days| ago > u32::from(*days))
}

/// Whether `day` is sealed, compared and paid.
pub fn is_kept(agreement: &AgreementView, day: BusinessDay) -> bool {
    day >= agreement.first_day && !has_closed(agreement, day)
}

/// A day after the close takes no trades, and nobody seals it.
pub(super) fn check_closed_day(agreement: AgreementId, day: BusinessDay) {
    let kept = Trades::totals(agreement, day).count();
    assert_eq!(kept, 0, "{day:?} is after the close");
    let is_sealed = Trades::is_sealed(agreement, day);
    assert!(!is_sealed, "{day:?} is after the close");
}

impl Model {
    /// Notes whether an agreement has closed by today. One that has stays closed.
    pub(super) fn observe_close(
        &mut self,
        id: AgreementId,
        agreement: &AgreementView,
        today: BusinessDay,
    ) {
        let is_closed = has_closed(agreement, today);
        if is_closed {
            self.closed.insert(id);
        }
        let was_closed = self.closed.contains(&id);
        assert_eq!(was_closed, is_closed, "agreement {id} is open again");
    }
}
