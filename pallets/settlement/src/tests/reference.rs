use crate::reference::{calendar_date, of};
use counterfoil_primitives::BusinessDay;
use proptest::prelude::*;

fn text(agreement: u32, day: u32) -> String {
    String::from_utf8(of(agreement, BusinessDay(day)).into_inner()).expect("ASCII")
}

#[test]
fn a_reference_names_agreement_and_day() {
    assert_eq!(text(1, 0), "CF-1-19700101");
    assert_eq!(text(7, 20_000), "CF-7-20241004");
    assert_eq!(text(7, 11_016), "CF-7-20000229");
}

#[test]
fn the_longest_reference_is_whole() {
    let (year, month, date) = calendar_date(BusinessDay(u32::MAX));
    assert_eq!(
        text(u32::MAX, u32::MAX),
        format!("CF-4294967295-{year}{month:02}{date:02}")
    );
}

proptest! {
    #[test]
    fn the_next_day_has_the_next_date(day in 0..u32::MAX) {
        let (year, month, date) = calendar_date(BusinessDay(day));
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let next = match (month, date) {
            (12, 31) => (year + 1, 1, 1),
            _ if date == last => (year, month + 1, 1),
            _ => (year, month, date + 1),
        };
        prop_assert_eq!(calendar_date(BusinessDay(day + 1)), next);
    }
}
