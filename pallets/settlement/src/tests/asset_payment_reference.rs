use crate::asset_payment_reference::of;
use counterfoil_primitives::{
    written::date::{calendar_date, show},
    BusinessDay,
};
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
    fn every_reference_ends_with_the_digits_of_its_date(agreement: u32, day: u32) {
        let digits = show(BusinessDay(day)).replace('-', "");
        prop_assert_eq!(text(agreement, day), format!("CF-{agreement}-{digits}"));
    }
}
