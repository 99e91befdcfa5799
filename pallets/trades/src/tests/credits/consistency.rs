//! The check of storage finds each kind of damage to what is kept of clients.

use super::*;
use crate::{tests::consistency::verdict_after, OverLimit};
use counterfoil_primitives::SideTotals;

const KEPT: &str =
    "what is kept of a client is not what it recorded on its newest days with limits";
const NOTED: &str = "the days noted are not those on which a client went beyond its limits";

/// What the check says after `damage` to a day on which one client went beyond a limit and another did not.
fn verdict(damage: impl FnOnce()) -> &'static str {
    let mut found = "";
    limited(|| {
        record(at_the_limit());
        record(vec![payment(2, 1)]);
        record_by(OTHER_CLIENT, at_the_limit());
        found = verdict_after(damage);
    });
    found
}

#[test]
fn undamaged_counts_pass() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn a_wrong_sum_of_a_client_is_found() {
    let found = verdict(|| {
        ClientCredits::<Test>::mutate(AGREEMENT, OTHER_CLIENT, |days| days[0].1.payments -= 1);
    });
    assert_eq!(found, KEPT);
}

#[test]
fn a_client_that_was_not_counted_is_found() {
    let found = verdict(|| ClientCredits::<Test>::remove(AGREEMENT, OTHER_CLIENT));
    assert_eq!(found, KEPT);
}

#[test]
fn a_day_without_trades_of_the_client_is_found() {
    let found = verdict(|| {
        ClientCredits::<Test>::mutate(AGREEMENT, CLIENT, |days| {
            days.try_push((day(2), SideTotals::default())).unwrap();
        });
    });
    assert_eq!(found, KEPT);
}

#[test]
fn a_day_that_is_not_noted_is_found() {
    let found = verdict(|| OverLimit::<Test>::remove(AGREEMENT, day(1)));
    assert_eq!(found, NOTED);
}

#[test]
fn a_day_that_is_noted_for_nothing_is_found() {
    let found = verdict(|| OverLimit::<Test>::insert(AGREEMENT, day(2), ()));
    assert_eq!(found, NOTED);
}
