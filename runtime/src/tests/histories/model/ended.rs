//! Until when an agreement takes what, by words of the model's own.

use counterfoil_primitives::{AgreementView, BusinessDay};

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
