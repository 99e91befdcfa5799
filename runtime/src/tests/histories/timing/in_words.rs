//! What people read of timing differences.

use super::*;
use crate::views_in_words::{BreakInWords, DayInWords};

fn day(day: BusinessDay) -> DayInWords {
    let day = <Runtime as CounterfoilApi<Block>>::day_in_words(AGREEMENT, day);
    day.expect("it has begun")
}

/// The only break of the bank's side of a day.
pub(super) fn one_break(day: BusinessDay) -> BreakInWords {
    let mut breaks =
        <Runtime as CounterfoilApi<Block>>::breaks_in_words(AGREEMENT, day, Side::Credit, 0);
    assert_eq!(breaks.len(), 1);
    breaks.remove(0)
}

#[test]
fn timing_differences_read_in_words_and_are_counted_apart() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        let later = later(Late::Ledger);
        days.prove(bank(T));
        assert_eq!(day(T).bank_side, "proven, 1 breaks");
        assert_eq!(one_break(T).timing, None);
        days.prove(bank(later));
        for (on, words) in [
            (T, "booked on 2026-11-25: nothing to do"),
            (later, "booked on 2026-11-23: nothing to do"),
        ] {
            let bank_side = day(on).bank_side;
            assert_eq!(bank_side, "proven, no breaks, 1 timing difference");
            assert_eq!(one_break(on).timing.as_deref(), Some(words));
        }
    });
}

#[test]
fn a_timing_difference_reads_with_nothing_to_correct_once_both_days_are_proven() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        let later = later(Late::Ledger);
        days.prove(bank(later));
        let early = day(later).bank_breaks;
        assert_eq!((early.count, early.timing_differences), (1, 0));
        let words = "not known: it may be a timing difference";
        assert_eq!(early.first[0].correction, words);
        days.prove(bank(T));
        for on in [T, later] {
            let whole = day(on).bank_breaks;
            assert_eq!((whole.count, whole.timing_differences), (1, 1));
            let words = "nothing: it is a timing difference";
            assert_eq!(whole.first[0].correction, words);
        }
    });
}

#[test]
fn a_side_that_is_proven_late_reads_with_its_timing_differences() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[]);
        days.default_on_t();
        days.prove(bank(later(Late::Ledger)));
        days.commit(bank(T));
        days.prove(bank(T));
        let words = "proven late, no breaks, 1 timing difference";
        assert_eq!(day(T).bank_side, words);
    });
}

#[test]
fn either_break_reads_that_the_day_that_defaulted_was_not_compared() {
    for late in [Late::Ledger, Late::Chain] {
        on_chain(|| {
            let mut days = Days::begin(late, &[]);
            days.default_on_t();
            days.prove(bank(later(late)));
            let found = one_break(later(late));
            let words = "2026-11-23 was not compared: see whether its ledger has the entry too";
            assert_eq!(found.timing.as_deref(), Some(words));
            let words = "not known: it may be a timing difference";
            assert_eq!(found.correction, words);
        });
    }
}

#[test]
fn timing_differences_are_read_by_the_digits_of_a_date() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        let later = later(Late::Ledger);
        days.prove(bank(later));
        assert_eq!(told(bank(BusinessDay(20_261_125))), told(bank(later)));
        assert_eq!(told(bank(later)).len(), 1);
        assert_eq!(told(bank(BusinessDay(20_261_131))), []);
    });
}
