//! A day that is given by the digits of its date.

use super::*;
use crate::{Call, Event, FullFetch};
use counterfoil_support::ValidateUnordered;
use sp_runtime::transaction_validity::{TransactionSource, TransactionValidity};

/// The date of [`DAY`], 2024-10-04.
const DIGITS: BusinessDay = BusinessDay(20_241_004);
const NO_DATE: BusinessDay = BusinessDay(20_241_032);

/// The bank's side of a day that is given so.
const fn credit(day: BusinessDay) -> SideId {
    SideId::new(AGREEMENT, day, Side::Credit)
}

fn request_full_fetch(day: BusinessDay) -> DispatchResult {
    Reconciliation::request_full_fetch(signed(RECONCILER), AGREEMENT, day)
}

fn validity(call: &Call<Test>) -> TransactionValidity {
    validity_by(RECONCILER, call)
}

fn validity_by(member: MemberId, call: &Call<Test>) -> TransactionValidity {
    call.validate_unordered(member, TransactionSource::External)
}

#[test]
fn a_broken_side_is_reported_by_the_digits_of_the_date() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        report_whole(credit(DIGITS), &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_clean_side_is_reported_by_the_digits_of_the_date() {
    at_preset(2, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, credit(DIGITS)));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_side_is_marked_by_the_digits_of_the_date() {
    at_preset(2, || {
        assert_ok!(mark_overdue(credit(DIGITS)));
        assert!(Reconciliation::side_summary(CREDIT).overdue);
        set_block_time(deadline());
        assert_ok!(mark_defaulted(credit(DIGITS)));
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_full_fetch_is_asked_for_by_the_digits_of_the_date() {
    at_preset(2, || {
        assert_ok!(request_full_fetch(DIGITS));
        assert!(FullFetch::<Test>::contains_key(AGREEMENT, DAY));
        // What was understood reads as a date.
        assert!(events().contains(&Event::FullFetchRequested {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            member: RECONCILER,
        }));
    });
}

#[test]
fn a_repair_is_confirmed_by_the_digits_of_the_date() {
    at_preset(300, || {
        prove_breaks();
        assert_ok!(confirm_repair(BANK, credit(DIGITS), repaired()));
        assert_eq!(status(CREDIT), SideStatus::Repaired { breaks: 3 });
    });
}

#[test]
fn digits_of_no_date_are_refused_by_every_call() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let side_id = credit(NO_DATE);
        let report = report_of(CREDIT, &book);
        let refused = || Error::<Test>::NoSuchDay;
        assert_noop!(report_clean(RECONCILER, side_id), refused());
        assert_noop!(
            report_header(RECONCILER, side_id, &report.header),
            refused()
        );
        assert_noop!(
            report_slots(RECONCILER, side_id, 0, &report.slots[0].1),
            refused()
        );
        assert_noop!(
            report_extras(RECONCILER, side_id, 0, &report.extras[0].1),
            refused()
        );
        assert_noop!(mark_overdue(side_id), refused());
        assert_noop!(mark_defaulted(side_id), refused());
        assert_noop!(request_full_fetch(NO_DATE), refused());
        assert_noop!(confirm_repair(BANK, side_id, repaired()), refused());
    });
}

#[test]
fn the_pool_knows_a_day_by_its_number_and_by_its_date_as_one() {
    at_preset(2, || {
        let overdue = |day| {
            validity(&Call::mark_overdue {
                agreement: AGREEMENT,
                day,
                side: Side::Credit,
            })
        };
        let full_fetch = |day| {
            validity(&Call::request_full_fetch {
                agreement: AGREEMENT,
                day,
            })
        };
        for of in [overdue as fn(_) -> _, full_fetch] {
            assert!(of(DIGITS).is_ok());
            assert_eq!(of(DIGITS), of(DAY));
            assert!(of(NO_DATE).is_err());
        }
    });
}

#[test]
fn the_pool_knows_a_repair_by_the_days_number_and_by_its_date_as_one() {
    at_preset(300, || {
        prove_breaks();
        let repair = |day| {
            let call = Call::confirm_repair {
                agreement: AGREEMENT,
                day,
                side: Side::Credit,
                commitment: repaired(),
            };
            validity_by(BANK, &call)
        };
        assert!(repair(DIGITS).is_ok());
        assert_eq!(repair(DIGITS), repair(DAY));
        assert!(repair(NO_DATE).is_err());
    });
}
