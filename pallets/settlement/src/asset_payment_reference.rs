//! The reference of a payment: the agreement and the day, as people write them.

use crate::Reference;
use alloc::format;
use counterfoil_primitives::{written::date::calendar_date, AgreementId, BusinessDay};

/// The reference of the payment for `day`: `CF-<agreement>-<yyyymmdd>`.
pub fn of(agreement: AgreementId, day: BusinessDay) -> Reference {
    let (year, month, date) = calendar_date(day);
    // At most 26 bytes: ten digits of agreement, eight of year.
    let text = format!("CF-{agreement}-{year:04}{month:02}{date:02}");
    Reference::truncate_from(text.into_bytes())
}
