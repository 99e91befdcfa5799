//! The reference of a payment: the agreement and the day, as people write them.

use crate::Reference;
use alloc::format;
use counterfoil_primitives::{AgreementId, BusinessDay};

/// The reference of the payment for `day`: `CF-<agreement>-<yyyymmdd>`.
pub fn of(agreement: AgreementId, day: BusinessDay) -> Reference {
    let (year, month, date) = calendar_date(day);
    // At most 27 bytes: ten digits of agreement, eight of year.
    let text = format!("CF-{agreement}-{year:04}{month:02}{date:02}");
    Reference::truncate_from(text.into_bytes())
}

/// Year, month and day of the month in the proleptic Gregorian calendar.
///
/// Counts in eras of 400 years that begin on 1 March, so that a leap day is the last of its year.
/// After Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*.
pub fn calendar_date(day: BusinessDay) -> (u32, u32, u32) {
    const DAYS_TO_1970: u64 = 719_468;
    const ERA: u64 = 146_097;
    let days = u64::from(day.0) + DAYS_TO_1970;
    let (era, of_era) = (days / ERA, days % ERA);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let date = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year as u32, month as u32, date as u32)
}
