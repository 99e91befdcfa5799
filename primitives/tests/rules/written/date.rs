//! Business days as people write them.

use counterfoil_primitives::{
    written::{
        date::{calendar_date, read, show, words},
        day_of_input, UnreadableDate,
    },
    BusinessDay,
};
use proptest::prelude::*;

/// The last day whose year has four digits.
const LAST: u32 = 2_932_896;

#[test]
fn a_date_is_read_with_and_without_dashes() {
    for text in ["2026-11-28", "20261128"] {
        assert_eq!(read(text), Ok(BusinessDay(20_785)), "{text}");
    }
    assert_eq!(read("1970-01-01"), Ok(BusinessDay(0)));
    assert_eq!(read("2024-02-29"), Ok(BusinessDay(19_782)));
    assert_eq!(read("9999-12-31"), Ok(BusinessDay(LAST)));
}

#[test]
fn a_date_that_no_calendar_shows_is_refused() {
    for text in [
        "2026-02-29",
        "2026-11-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-01-32",
        "1900-02-29",
        "1969-12-31",
        "00000000",
        "28112026",
    ] {
        assert_eq!(read(text), Err(UnreadableDate::NoSuchDate), "{text}");
    }
}

#[test]
fn another_form_of_a_date_is_refused() {
    for text in [
        "",
        "28.11.2026",
        "11/28/2026",
        "2026/11/28",
        "2026-11-8",
        "26-11-28",
        " 2026-11-28",
        "2026-11-28 ",
        "2026-1128",
        "+026-11-28",
        "2026-+1-28",
        "２０",
        "year-mo-da",
        "ěšč-ř-ž",
        "20 785",
    ] {
        assert_eq!(read(text), Err(UnreadableDate::NotADate), "{text}");
    }
}

#[test]
fn a_day_shows_as_its_date() {
    assert_eq!(show(BusinessDay(20_785)), "2026-11-28");
    assert_eq!(show(BusinessDay(0)), "1970-01-01");
}

#[test]
fn the_words_of_a_day_are_whole() {
    assert_eq!(&*words(BusinessDay(20_785)), "2026-11-28");
    let last = BusinessDay(u32::MAX);
    assert_eq!(&*words(last), show(last));
}

#[test]
fn the_digits_of_a_date_are_that_date_as_input() {
    assert_eq!(
        day_of_input(BusinessDay(20_261_128)),
        Ok(BusinessDay(20_785))
    );
    assert_eq!(day_of_input(BusinessDay(19_700_101)), Ok(BusinessDay(0)));
    assert_eq!(day_of_input(BusinessDay(99_991_231)), Ok(BusinessDay(LAST)));
}

#[test]
fn digits_that_are_no_date_are_refused_as_input() {
    for number in [
        9_999_999,
        10_000_000,
        19_691_231,
        20_260_229,
        20_261_300,
        28_112_026,
        99_991_232,
        100_000_101,
        u32::MAX,
    ] {
        assert_eq!(
            day_of_input(BusinessDay(number)),
            Err(UnreadableDate::NoSuchDate),
            "{number}"
        );
    }
}

#[test]
fn a_date_that_lacks_a_digit_is_no_count_of_days() {
    let last = BusinessDay(100_000);
    assert_eq!(show(last), "2243-10-17");
    assert_eq!(day_of_input(last), Ok(last));
    for number in [100_001, 261_128, 2_026_123, 2_026_112] {
        assert_eq!(
            day_of_input(BusinessDay(number)),
            Err(UnreadableDate::NoSuchDate),
            "{number}"
        );
    }
}

proptest! {
    #[test]
    fn a_count_of_days_is_itself_as_input(day in 0u32..=100_000) {
        prop_assert_eq!(day_of_input(BusinessDay(day)), Ok(BusinessDay(day)));
    }

    #[test]
    fn a_number_between_the_counts_and_the_digits_is_refused(number in 100_001u32..19_700_101) {
        prop_assert_eq!(
            day_of_input(BusinessDay(number)),
            Err(UnreadableDate::NoSuchDate)
        );
    }

    #[test]
    fn what_is_shown_reads_back(day in 0..=LAST) {
        let day = BusinessDay(day);
        let text = show(day);
        prop_assert_eq!(read(&text), Ok(day));
        let digits = text.replace('-', "");
        prop_assert_eq!(read(&digits), Ok(day));
        prop_assert_eq!(day_of_input(BusinessDay(digits.parse().unwrap())), Ok(day));
    }

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

    #[test]
    fn no_text_makes_it_panic(text in ".{0,12}") {
        let _ = read(&text);
    }
}
