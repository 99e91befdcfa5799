//! The days on which clients are counted, and for how long that is kept.

use super::*;

/// Records a payment of 100.00 on the day `FIRST + index`, at noon. The bank's amount is 98.50 on the second
/// day, and 97.00 on later ones.
fn pay_on(index: u32, sequence: Sequence) {
    set_time(at(index, 12, 0));
    record(vec![priced(sequence, PRODUCT, 10_000, at(index, 10, 0))]);
}

/// The days kept of the client.
fn kept_days() -> Vec<u32> {
    kept(CLIENT).into_iter().map(|(day, ..)| day).collect()
}

#[test]
fn limits_hold_from_their_day_on() {
    build_and_execute(|| {
        limit_clients(1, 0, 0);
        record(trades([0]));
        assert_eq!((kept(CLIENT), is_over(0)), (vec![], false));
        pay_on(1, 1);
        assert_eq!((kept(CLIENT), is_over(1)), (vec![(1, 9_850, 0)], true));
    });
}

#[test]
fn a_day_without_limits_is_not_counted() {
    build_and_execute(|| {
        limit_clients(1, 0, 0);
        Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, day(2), conditions(60)).unwrap();
        pay_on(1, 0);
        pay_on(2, 1);
        assert_eq!(kept_days(), [1]);
        assert!(!is_over(2));
    });
}

#[test]
fn each_day_has_the_limits_of_its_own_conditions() {
    build_and_execute(|| {
        limit_clients(1, 9_850, 0);
        limit_clients(2, 9_699, 0);
        pay_on(1, 0);
        pay_on(2, 1);
        assert_eq!([1, 2].map(is_over), [false, true]);
    });
}

#[test]
fn each_day_begins_at_zero() {
    build_and_execute(|| {
        limit_clients(1, 9_850, 0);
        pay_on(1, 0);
        pay_on(2, 1);
        assert_eq!(kept(CLIENT), [(1, 9_850, 0), (2, 9_700, 0)]);
        assert_eq!([1, 2].map(is_over), [false; 2]);
    });
}

#[test]
fn a_late_trade_counts_for_the_day_that_takes_it() {
    build_and_execute(|| {
        limit_clients(1, 9_849, 0);
        set_time(at(2, 12, 0));
        record(vec![payment(0, 10_000)]);
        assert_eq!(kept(CLIENT), [(2, 9_850, 0)]);
        assert_eq!([1, 2].map(is_over), [false, true]);
    });
}

#[test]
fn a_late_trade_of_a_day_without_limits_counts_for_one_that_has_them() {
    build_and_execute(|| {
        limit_clients(1, 9_850, 0);
        set_time(at(1, 12, 0));
        record(trades([0]));
        assert_eq!(kept(CLIENT), [(1, 9_850, 0)]);
    });
}

#[test]
fn a_batch_over_two_days_is_counted_by_day() {
    build_and_execute(|| {
        limit_clients(1, 9_800, 0);
        // A quarter past midnight both days take trades.
        set_time(at(2, 0, 15));
        record(vec![
            priced(0, PRODUCT, 10_000, at(2, 0, 5)),
            priced(1, PRODUCT, 10_000, at(1, 23, 0)),
        ]);
        assert_eq!(kept(CLIENT), [(1, 9_850, 0), (2, 9_700, 0)]);
        assert_eq!([1, 2].map(is_over), [true, false]);
    });
}

#[test]
fn the_day_before_is_counted_on_until_its_cut_off() {
    build_and_execute(|| {
        limit_clients(1, 9_850, 0);
        pay_on(1, 0);
        set_time(at(2, 0, 15));
        record(vec![priced(1, PRODUCT, 10_000, at(2, 0, 5))]);
        record(vec![payment(2, 1)]);
        assert_eq!(kept(CLIENT), [(1, 9_851, 0), (2, 9_700, 0)]);
        assert_eq!([1, 2].map(is_over), [true, false]);
    });
}

#[test]
fn four_days_are_kept_of_a_client() {
    build_and_execute(|| {
        limit_clients(1, 0, 0);
        (1..=4).for_each(|index| pay_on(index, index.into()));
        assert_eq!(kept_days(), [1, 2, 3, 4]);
        pay_on(5, 5);
        assert_eq!(kept_days(), [2, 3, 4, 5]);
    });
}

#[test]
fn a_day_that_is_kept_no_more_stays_noted() {
    build_and_execute(|| {
        limit_clients(1, 9_700, 0);
        (1..=5).for_each(|index| pay_on(index, index.into()));
        assert_eq!([1, 2, 5].map(is_over), [true, false, false]);
    });
}
