//! When a day comes due, as people read it.

use counterfoil_primitives::{
    written::{date, due::words},
    BusinessDay,
};

fn day(text: &str) -> BusinessDay {
    date::read(text).expect("it is a date")
}

#[test]
fn a_day_before_an_open_one_names_no_closed_days() {
    let day = day("2026-11-27");
    assert_eq!(words(day, day), "due on 2026-11-28");
}

#[test]
fn a_single_closed_day_is_named() {
    let [day, last] = ["2026-11-16", "2026-11-17"].map(day);
    assert_eq!(
        words(day, last),
        "due on 2026-11-18, since 2026-11-17 is closed"
    );
}

#[test]
fn several_closed_days_are_named_from_the_first_to_the_last() {
    let [day, last] = ["2026-09-30", "2026-10-08"].map(day);
    assert_eq!(
        words(day, last),
        "due on 2026-10-09, since 2026-10-01 to 2026-10-08 are closed"
    );
}
