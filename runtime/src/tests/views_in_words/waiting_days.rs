//! What people read of the days that are not completed.

use super::*;
use crate::{
    tests::NOON,
    views::MAX_DAYS_READ,
    views_in_words::{WaitingDayInWords, MAX_DAYS_LISTED},
};
use counterfoil_primitives::day::DAY;
use frame_support::assert_ok;

/// The agreement's first day, 2026-11-22.
const FIRST: BusinessDay = BusinessDay(20_779);
/// What stands for the first day of any agreement.
const FROM_START: BusinessDay = BusinessDay(0);

fn waiting(from: BusinessDay) -> (Vec<WaitingDayInWords>, Option<BusinessDay>) {
    <Runtime as CounterfoilApi<Block>>::waiting_days_in_words(1, from)
}

fn dates(from: BusinessDay) -> Vec<String> {
    waiting(from).0.into_iter().map(|day| day.date).collect()
}

/// Lets as many days pass.
fn pass(days: u32) {
    pallet_timestamp::Now::<Runtime>::put(NOON + u64::from(days) * DAY);
}

#[test]
fn the_days_to_today_that_are_not_settled_wait() {
    on_development_chain(|| {
        let (days, next) = waiting(FROM_START);
        let read: Vec<_> = days.iter().map(|day| (&*day.date, day.status)).collect();
        let open = DayStatus::Open;
        assert_eq!(read, [("2026-11-22", open), ("2026-11-23", open)]);
        assert_eq!(next, None);
        reconcile(FIRST, 0);
        assert_eq!(dates(FROM_START), ["2026-11-23"]);
    });
}

#[test]
fn a_waiting_day_reads_with_what_the_day_waits_for() {
    on_development_chain(|| {
        let (days, _) = waiting(TODAY);
        let [today] = &days[..] else {
            panic!("it is the only one")
        };
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, TODAY);
        let day = day.expect("it has begun");
        assert_eq!(today.awaited, day.awaited);
        assert!(!today.awaited.is_empty());
        assert_eq!(
            (&today.preset_at, &today.deadline_at),
            (&day.preset_at, &day.deadline_at)
        );
    });
}

#[test]
fn a_day_whose_payment_waits_is_not_completed() {
    on_development_chain(|| {
        reconcile(FIRST, 1_250);
        assert_eq!(dates(FROM_START), ["2026-11-22", "2026-11-23"]);
    });
}

#[test]
fn days_wait_after_the_end_of_an_agreement_and_none_from_its_close_on() {
    on_development_chain(|| {
        let end = BusinessDay(20_782);
        assert_ok!(Registry::end_agreement(RuntimeOrigin::root(), 1, end));
        pallet_registry::Agreements::<Runtime>::mutate(1, |agreement| {
            let agreement = agreement.as_mut().expect("it is there");
            (agreement.refund_days, agreement.amend_days) = (1, 0);
        });
        pass(10);
        let (days, next) = waiting(FROM_START);
        assert_eq!(days.last().map(|day| &*day.date), Some("2026-11-25"));
        assert_eq!(next, None);
    });
}

#[test]
fn many_waiting_days_are_listed_by_several_calls() {
    on_development_chain(|| {
        pass(40);
        let (days, next) = waiting(FROM_START);
        assert_eq!(days.len() as u32, MAX_DAYS_LISTED);
        let next = next.expect("more follow");
        assert_eq!(next.0, FIRST.0 + MAX_DAYS_LISTED);
        let (rest, end) = waiting(next);
        assert_eq!((rest.len() as u32, end), (42 - MAX_DAYS_LISTED, None));
        assert_eq!(rest[0].day, next);
    });
}

#[test]
fn a_call_looks_through_a_year() {
    on_development_chain(|| {
        pass(MAX_DAYS_READ);
        for day in (FIRST.0..FIRST.0 + MAX_DAYS_READ).map(BusinessDay) {
            reconcile(day, 0);
        }
        let next = BusinessDay(FIRST.0 + MAX_DAYS_READ);
        assert_eq!(waiting(FROM_START), (vec![], Some(next)));
        assert_eq!(dates(next), ["2027-11-23", "2027-11-24"]);
    });
}

#[test]
fn no_days_wait_where_there_is_no_agreement_or_no_such_date() {
    on_development_chain(|| {
        let other = <Runtime as CounterfoilApi<Block>>::waiting_days_in_words(9, FROM_START);
        assert_eq!(other, (vec![], None));
        assert_eq!(waiting(BusinessDay(20_261_131)), (vec![], None));
        assert_eq!(waiting(BusinessDay(20_261_124)), (vec![], None));
    });
}
