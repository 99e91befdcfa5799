//! What an agreement takes after its end, and until when.

use crate::{refund, samples::trade};
use counterfoil_primitives::{
    booking_day::{book, book_amendment, NotBookable},
    day::DAY,
    found_trade::Found,
    refund_check::link,
    AgreementView, BusinessDay, Kind, Moment, Original, RefundRequest,
};
use proptest::prelude::*;

/// The first day without payments.
const END: BusinessDay = BusinessDay(20_000);

/// The sample agreement with this end, and these days for refunds and amendments.
fn agreement(end: Option<BusinessDay>, refund_days: u16, amend_days: u16) -> AgreementView {
    AgreementView {
        end,
        refund_days,
        amend_days,
        max_late_minutes: u32::MAX,
        ..refund::agreement()
    }
}

/// The close of an agreement that ends, in days after its end.
fn close(refund_days: u16, amend_days: u16) -> Option<u32> {
    let close = agreement(Some(END), refund_days, amend_days).close()?;
    Some(close.0 - END.0)
}

/// Noon of the day `END + days`, which may be below zero.
fn noon(days: i32) -> Moment {
    Moment::from(END.0.saturating_add_signed(days)) * DAY + DAY / 2
}

#[test]
fn an_agreement_without_an_end_neither_ends_nor_closes() {
    let agreement = agreement(None, 30, 365);
    let last = BusinessDay(u32::MAX);
    assert_eq!(agreement.close(), None);
    assert!(!agreement.has_ended(last) && !agreement.has_closed(last));
}

#[test]
fn the_close_is_the_end_plus_the_longer_of_the_terms() {
    assert_eq!(close(30, 365), Some(365));
    assert_eq!(close(30, 7), Some(30));
}

#[test]
fn without_time_for_refunds_and_amendments_the_end_is_the_close() {
    assert_eq!(close(0, 0), Some(0));
}

#[test]
fn an_agreement_ends_first_and_closes_later() {
    let agreement = agreement(Some(END), 2, 1);
    let of = |days| {
        let day = BusinessDay(END.0 + days - 1);
        (agreement.has_ended(day), agreement.has_closed(day))
    };
    assert_eq!(of(0), (false, false));
    assert_eq!([1, 2].map(of), [(true, false); 2]);
    assert_eq!(of(3), (true, true));
}

#[test]
fn days_between_end_and_close_are_of_the_agreement() {
    let agreement = agreement(Some(END), 2, 1);
    let last = BusinessDay(END.0 + 1);
    assert!(agreement.includes(END) && agreement.includes(last));
    assert!(!agreement.includes(last.next()));
}

#[test]
fn a_close_beyond_all_days_never_comes() {
    let agreement = agreement(Some(BusinessDay(u32::MAX - 1)), 30, 365);
    assert_eq!(agreement.close(), Some(BusinessDay(u32::MAX)));
}

/// Whether the terms let the sample payment, of noon of the day `END + paid`, be given back at noon of the
/// day `END + given`.
fn may_be_given_back(agreement: &AgreementView, paid: i32, given: i32) -> bool {
    let mut payment = trade();
    payment.occurred_at = noon(paid);
    let request = RefundRequest {
        sequence: 43,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        original: Original {
            id: payment.id,
            day: END,
            position: 0,
        },
        refunded_before: 0,
        gross: 1,
        debit: 1,
        credit: 0,
        occurred_at: noon(given),
    };
    let found = Found::recorded(payment, 0);
    link(&request, |_| true, agreement, &found).is_ok()
}

proptest! {
    /// What the terms let be given back of a payment that was taken, a day before the close takes.
    #[test]
    fn each_refund_that_the_terms_allow_finds_a_day(
        refund_days in 0u16..40,
        amend_days in 0u16..40,
        paid in -60i32..0,
        waited in 0i32..120,
    ) {
        let agreement = agreement(Some(END), refund_days, amend_days);
        let given = paid + waited;
        let is_taken = book(&agreement, Kind::Refund, noon(given), noon(given)).is_ok();
        prop_assert!(is_taken || !may_be_given_back(&agreement, paid, given));
    }

    /// The close is no later than what it waits for: on the day before it, a payment of the last day could
    /// still be given back or amended.
    #[test]
    fn the_day_before_the_close_is_the_last_of_the_terms(
        refund_days in 0u16..40,
        amend_days in 0u16..40,
    ) {
        let agreement = agreement(Some(END), refund_days, amend_days);
        let close = (agreement.close().unwrap().0 - END.0) as i32;
        let is_amendable = |day: i32| day < i32::from(amend_days);
        let of = |day| may_be_given_back(&agreement, -1, day) || is_amendable(day);
        prop_assert!(of(close - 1));
        prop_assert!(!of(close));
    }

    /// From the end on a client's payments are refused, whenever they come, and nothing else is before the
    /// close.
    #[test]
    fn payments_end_and_all_else_closes(
        refund_days in 0u16..10,
        amend_days in 0u16..10,
        day in -5i32..15,
        waited in 0i32..4,
    ) {
        let agreement = agreement(Some(END), refund_days, amend_days);
        let (occurred_at, now) = (noon(day), noon(day + waited));
        let close = i32::from(refund_days.max(amend_days));
        let ended = Err(NotBookable::AgreementEnded);
        let booked = |kind| book(&agreement, kind, occurred_at, now).map(|found| found.booked);
        let today = BusinessDay(END.0.saturating_add_signed(day + waited));
        let expected = |is_over: bool| if is_over { ended } else { Ok(today) };
        prop_assert_eq!(booked(Kind::Payment), expected(day + waited >= 0));
        prop_assert_eq!(booked(Kind::Refund), expected(day + waited >= close));
        prop_assert_eq!(book_amendment(&agreement, now), expected(day + waited >= close));
    }
}
