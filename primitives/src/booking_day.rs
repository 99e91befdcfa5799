//! Which business day takes a trade.

use crate::{day::MINUTE, AgreementView, BusinessDay, Kind, Moment};

/// The days of a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booking {
    /// The day on which it occurred; its terms count.
    pub occurred: BusinessDay,
    /// The day that takes it: a later one where the trade is late.
    pub booked: BusinessDay,
}

/// Why no day takes a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBookable {
    /// It occurred before the agreement's first day.
    BeforeFirstDay,
    /// Its day's cut-off is further back than the agreement lets a trade be late.
    TooLate,
    /// The day that would take it lies at or after the agreement's end; of a refund or an amendment, at or
    /// after its close.
    AgreementEnded,
}

/// Days before today whose cut-off can still lie ahead: a cut-off is at most a day after its
/// day's end, and a change of offset moves the borders of days by at most 28 hours.
pub const OPEN_DAYS_BACK: u32 = 3;

/// The most days that take trades at a moment: those, today, and tomorrow for a clock that is a
/// little ahead.
pub const OPEN_DAYS: u32 = OPEN_DAYS_BACK + 2;

/// Finds the day that takes a trade of `kind` and `occurred_at` that a client records at `now`.
///
/// That is the day on which it occurred until its cut-off, and from then on the earliest later
/// day whose cut-off has not passed; today's never has. A day is sealed after its cut-off, so no
/// such day is sealed. Days from the agreement's end on take no payments, so that one of the last day
/// that comes after its cut-off is refused; they take refunds until the close.
pub fn book(
    agreement: &AgreementView,
    kind: Kind,
    occurred_at: Moment,
    now: Moment,
) -> Result<Booking, NotBookable> {
    let occurred = agreement
        .day_of(occurred_at)
        .filter(|day| *day >= agreement.first_day)
        .ok_or(NotBookable::BeforeFirstDay)?;
    let cut_off = agreement
        .cut_off_of(occurred)
        .ok_or(NotBookable::BeforeFirstDay)?;
    if agreement.is_over_for(kind, occurred) {
        return Err(NotBookable::AgreementEnded);
    }
    if now < cut_off {
        return Ok(Booking {
            occurred,
            booked: occurred,
        });
    }
    let longest = Moment::from(agreement.max_late_minutes) * MINUTE;
    if now > cut_off.saturating_add(longest) {
        return Err(NotBookable::TooLate);
    }
    let today = agreement.day_of(now).ok_or(NotBookable::TooLate)?;
    let from = occurred.0.max(today.0.saturating_sub(OPEN_DAYS_BACK + 1)) + 1;
    let booked = (from..=today.0)
        .map(BusinessDay)
        .find(|day| agreement.cut_off_of(*day).is_some_and(|end| now < end))
        .ok_or(NotBookable::TooLate)?;
    // So a payment of the last day is refused after that day's cut-off, and a refund that would go to the
    // close.
    if agreement.is_over_for(kind, booked) {
        return Err(NotBookable::AgreementEnded);
    }
    Ok(Booking { occurred, booked })
}

/// Finds the day that takes what an amendment books at `now`: today, until the agreement's close.
pub fn book_amendment(agreement: &AgreementView, now: Moment) -> Result<BusinessDay, NotBookable> {
    let today = agreement
        .day_of(now)
        .filter(|day| *day >= agreement.first_day)
        .ok_or(NotBookable::BeforeFirstDay)?;
    match agreement.has_closed(today) {
        true => Err(NotBookable::AgreementEnded),
        false => Ok(today),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        day::{DAY, MINUTES_PER_DAY},
        Caps, Conditions, Currency, TimeOfDay, UtcOffset,
    };
    use alloc::{vec, vec::Vec};
    use proptest::prelude::*;

    const FIRST: BusinessDay = BusinessDay(1_000);

    fn conditions(offset: i16, cut_off: u16) -> Conditions {
        Conditions {
            utc_offset: UtcOffset(offset),
            cut_off: TimeOfDay(cut_off),
            preset: TimeOfDay(cut_off + 1),
            ..Default::default()
        }
    }

    fn agreement(conditions: Vec<(BusinessDay, Conditions)>) -> AgreementView {
        AgreementView {
            bank: 1,
            company: 2,
            reconcilers: vec![(FIRST, 3)],
            clients: vec![],
            suspended: vec![],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            first_day: FIRST,
            end: None,
            max_gross: None,
            caps: Caps {
                pages: 1,
                extras: 1,
            },
            deadline_minutes: 60,
            max_late_minutes: 3 * u32::from(MINUTES_PER_DAY),
            refund_days: 0,
            amend_days: 365,
            answer_days: 10,
            conditions,
        }
    }

    fn utc() -> AgreementView {
        agreement(vec![(FIRST, conditions(0, 30))])
    }

    /// A moment `minutes` after the start of day `FIRST + days`, by UTC.
    fn at(days: u64, minutes: u64) -> Moment {
        (u64::from(FIRST.0) + days) * DAY + minutes * MINUTE
    }

    fn day(days: u32) -> BusinessDay {
        BusinessDay(FIRST.0 + days)
    }

    #[test]
    fn a_trade_is_booked_on_its_day_until_the_cut_off() {
        let booked =
            |now| book(&utc(), Kind::Payment, at(0, 60), now).map(|booking| booking.booked);
        assert_eq!(booked(at(0, 60)), Ok(day(0)));
        assert_eq!(booked(at(1, 30) - 1), Ok(day(0)));
        assert_eq!(booked(at(1, 30)), Ok(day(1)));
    }

    #[test]
    fn a_late_trade_keeps_its_day_of_occurrence() {
        let booking = book(&utc(), Kind::Payment, at(0, 60), at(2, 60));
        let expected = Booking {
            occurred: day(0),
            booked: day(2),
        };
        assert_eq!(booking, Ok(expected));
    }

    #[test]
    fn a_late_trade_goes_to_the_earliest_day_still_open() {
        // Ten minutes after midnight of day 2, day 1 takes trades until half past.
        let booked =
            book(&utc(), Kind::Payment, at(0, 60), at(2, 10)).map(|booking| booking.booked);
        assert_eq!(booked, Ok(day(1)));
    }

    #[test]
    fn the_longest_lateness_counts_from_the_cut_off() {
        let limit = at(1, 30) + 3 * DAY;
        assert!(book(&utc(), Kind::Payment, at(0, 60), limit).is_ok());
        assert_eq!(
            book(&utc(), Kind::Payment, at(0, 60), limit + 1),
            Err(NotBookable::TooLate)
        );
    }

    #[test]
    fn nothing_is_booked_before_the_first_day() {
        assert!(book(&utc(), Kind::Payment, at(0, 0), at(0, 60)).is_ok());
        let before = at(0, 0) - 1;
        assert_eq!(
            book(&utc(), Kind::Payment, before, at(0, 60)),
            Err(NotBookable::BeforeFirstDay)
        );
        let mut later = utc();
        later.first_day = day(1);
        assert_eq!(
            book(&later, Kind::Payment, at(0, 60), at(1, 60)),
            Err(NotBookable::BeforeFirstDay)
        );
    }

    /// An agreement that ends after its first day, and closes two days later.
    fn ending() -> AgreementView {
        AgreementView {
            end: Some(day(1)),
            refund_days: 2,
            amend_days: 1,
            ..utc()
        }
    }

    /// The day that takes a trade, or why none does.
    fn booked(kind: Kind, occurred_at: Moment, now: Moment) -> Result<BusinessDay, NotBookable> {
        book(&ending(), kind, occurred_at, now).map(|booking| booking.booked)
    }

    #[test]
    fn days_from_the_end_on_take_no_payments() {
        let ended = Err(NotBookable::AgreementEnded);
        assert_eq!(booked(Kind::Payment, at(1, 0) - 1, at(1, 0)), Ok(day(0)));
        assert_eq!(booked(Kind::Payment, at(1, 0), at(1, 0)), ended);
        // Late payments of the last day would go to the day after it.
        assert_eq!(booked(Kind::Payment, at(0, 60), at(1, 30) - 1), Ok(day(0)));
        assert_eq!(booked(Kind::Payment, at(0, 60), at(1, 30)), ended);
    }

    #[test]
    fn days_from_the_end_on_take_refunds_until_the_close() {
        let ended = Err(NotBookable::AgreementEnded);
        assert_eq!(booked(Kind::Refund, at(1, 0), at(1, 0)), Ok(day(1)));
        // A late refund of the last day goes to the day after it.
        assert_eq!(booked(Kind::Refund, at(0, 60), at(1, 30)), Ok(day(1)));
        assert_eq!(booked(Kind::Refund, at(3, 0) - 1, at(3, 0)), Ok(day(2)));
        assert_eq!(booked(Kind::Refund, at(3, 0), at(3, 0)), ended);
        // One that is late on the day before the close would go to the close.
        assert_eq!(booked(Kind::Refund, at(2, 60), at(3, 30) - 1), Ok(day(2)));
        assert_eq!(booked(Kind::Refund, at(2, 60), at(3, 30)), ended);
    }

    #[test]
    fn amendments_are_booked_on_the_current_day_until_the_close() {
        let booked = |now| book_amendment(&ending(), now);
        assert_eq!(booked(at(0, 0) - 1), Err(NotBookable::BeforeFirstDay));
        assert_eq!(booked(at(0, 0)), Ok(day(0)));
        assert_eq!(booked(at(1, 0)), Ok(day(1)));
        assert_eq!(booked(at(3, 0) - 1), Ok(day(2)));
        assert_eq!(booked(at(3, 0)), Err(NotBookable::AgreementEnded));
    }

    #[test]
    fn a_new_offset_moves_the_border_of_the_days() {
        let changed = agreement(vec![
            (FIRST, conditions(0, 30)),
            (day(1), conditions(60, 30)),
        ]);
        let occurred = |moment| {
            book(&changed, Kind::Payment, moment, at(1, 0)).map(|booking| booking.occurred)
        };
        let border = at(1, 0) - 60 * MINUTE;
        assert_eq!(occurred(border - 1), Ok(day(0)));
        assert_eq!(occurred(border), Ok(day(1)));
    }

    #[test]
    fn a_trade_of_the_next_day_is_taken_within_the_clocks_tolerance() {
        let booked =
            book(&utc(), Kind::Payment, at(1, 0), at(1, 0) - 1).map(|booking| booking.booked);
        assert_eq!(booked, Ok(day(1)));
    }

    proptest! {
        /// The search of a few days finds the same day as a search of all of them.
        #[test]
        fn the_earliest_open_day_is_found_across_offset_changes(
            before in -840i16..=840,
            after in -840i16..=840,
            cut_offs in (0u16..1439, 0u16..1439),
            occurred_at in 0u64..6 * 24 * 60,
            waited in 0u64..3 * 24 * 60,
            kind in prop_oneof![Just(Kind::Payment), Just(Kind::Refund)],
        ) {
            let mut agreement = agreement(vec![
                (FIRST, conditions(before, cut_offs.0)),
                (day(4), conditions(after, cut_offs.1)),
            ]);
            agreement.max_late_minutes = u32::MAX;
            let occurred_at = at(1, occurred_at);
            let now = occurred_at + waited * MINUTE;
            let occurred = agreement.day_of(occurred_at).unwrap();
            let expected = (0..)
                .map(|days| BusinessDay(occurred.0 + days))
                .find(|day| now < agreement.cut_off_of(*day).unwrap());
            let booking = book(&agreement, kind, occurred_at, now).unwrap();
            prop_assert_eq!(Some(booking.booked), expected);
            let today = agreement.day_of(now).unwrap();
            prop_assert!(booking.booked.0 + OPEN_DAYS_BACK >= today.0);
            prop_assert!(booking.booked <= today);
        }
    }
}
