//! What programs read of the days that wait.

use super::*;
use counterfoil_primitives::{
    awaited_of_day::{of_day, WaitingDay, What},
    ports::Directory,
    Side, SideId,
};
use pallet_reconciliation::{SideRecord, Sides};

/// The agreement's first day, 2026-11-22.
const FIRST: BusinessDay = BusinessDay(20_779);
/// What stands for the first day of any agreement.
const FROM_START: BusinessDay = BusinessDay(0);

fn waiting(from: BusinessDay) -> (Vec<WaitingDay>, Option<BusinessDay>) {
    <Runtime as CounterfoilApi<Block>>::waiting_days(1, from)
}

fn days(from: BusinessDay) -> Vec<BusinessDay> {
    waiting(from).0.iter().map(|day| day.summary.day).collect()
}

/// Lets as many days pass.
fn pass(days: u32) {
    pallet_timestamp::Now::<Runtime>::put(crate::tests::NOON + u64::from(days) * DAY);
}

/// A side of a day is proven to have this number of breaks.
fn prove(day: BusinessDay, side: Side, breaks: u32) {
    let record = SideRecord {
        proven: Some(breaks),
        ..SideRecord::default()
    };
    Sides::<Runtime>::insert(SideId::new(1, day, side), record);
}

/// Nothing is to be done for a day any more.
fn complete(day: BusinessDay) {
    reconcile(day, 0);
    for side in Side::BOTH {
        prove(day, side, 0);
    }
}

#[test]
fn a_waiting_day_has_its_summary_and_what_it_waits_for_by_the_rule() {
    on_development_chain(|| {
        let (days, next) = waiting(TODAY);
        let [today] = &days[..] else {
            panic!("it is the only one")
        };
        assert_eq!(next, None);
        assert_eq!(Some(today.summary), views::day(1, TODAY));
        let agreement = Registry::agreement(1).expect("it is there");
        let expected = of_day(&agreement, &today.summary, crate::tests::NOON);
        assert_eq!(today.awaited, expected);
        assert_eq!(today.awaited[0].what, What::Trades);
    });
}

#[test]
fn a_settled_day_waits_as_long_as_a_book_is_to_be_repaired() {
    on_development_chain(|| {
        complete(FIRST);
        assert_eq!(days(FROM_START), [TODAY]);
        prove(FIRST, Side::Debit, 1);
        let (days, _) = waiting(FROM_START);
        assert_eq!(days[0].summary.status, DayStatus::Settled);
        assert_eq!(days[0].awaited[0].what, What::Repair(Side::Debit));
    });
}

#[test]
fn waiting_days_that_fill_an_answer_need_no_other() {
    on_development_chain(|| {
        // The first day has passed already.
        pass(views::MAX_WAITING_DAYS - 2);
        let (days, next) = waiting(FROM_START);
        assert_eq!(days.len() as u32, views::MAX_WAITING_DAYS);
        assert_eq!(next, None);
    });
}

#[test]
fn more_waiting_days_are_listed_by_several_calls() {
    on_development_chain(|| {
        pass(views::MAX_WAITING_DAYS - 1);
        let (days_of_first, next) = waiting(FROM_START);
        assert_eq!(days_of_first.len() as u32, views::MAX_WAITING_DAYS);
        let next = next.expect("one more follows");
        assert_eq!(next.0, FIRST.0 + views::MAX_WAITING_DAYS);
        assert_eq!(days(next), [next]);
        assert_eq!(waiting(next).1, None);
    });
}

#[test]
fn a_call_for_waiting_days_looks_through_a_year() {
    on_development_chain(|| {
        pass(views::MAX_DAYS_READ);
        let end = BusinessDay(FIRST.0 + views::MAX_DAYS_READ);
        (FIRST.0..end.0).for_each(|day| complete(BusinessDay(day)));
        assert_eq!(waiting(FROM_START), (vec![], Some(end)));
        assert_eq!(days(end), [end, end.next()]);
    });
}

#[test]
fn nothing_waits_where_there_is_no_agreement_or_no_such_date() {
    on_development_chain(|| {
        let other = <Runtime as CounterfoilApi<Block>>::waiting_days(9, FROM_START);
        assert_eq!(other, (vec![], None));
        assert_eq!(waiting(BusinessDay(20_261_131)), (vec![], None));
        assert_eq!(waiting(BusinessDay(20_261_124)), (vec![], None));
    });
}
