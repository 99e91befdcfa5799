//! Who was late, and which day is proven first, or not at all.

use super::*;

/// Proves both days in this order: from either, the difference is told as a whole.
fn whole_after(late: Late, order: [BusinessDay; 2]) {
    on_chain(|| {
        let mut days = Days::begin(late, &[Side::Credit]);
        for day in order {
            days.prove(bank(day));
        }
        let [recorded, booked] = recorded_and_booked(late);
        let slot = days.end(End::Slot(POSITION), OtherEnd::Found);
        let extra = days.end(End::Extra(0), OtherEnd::Found);
        let found = (told(bank(recorded)), told(bank(booked)));
        assert_eq!(found, (vec![slot], vec![extra]));
    });
}

#[test]
fn a_late_line_is_a_timing_difference_where_the_day_of_its_trade_is_proven_first() {
    whole_after(Late::Ledger, [T, later(Late::Ledger)]);
}

#[test]
fn a_late_line_is_a_timing_difference_where_the_day_of_the_ledger_is_proven_first() {
    whole_after(Late::Ledger, [later(Late::Ledger), T]);
}

#[test]
fn a_late_line_of_a_day_that_defaulted_is_not_compared() {
    on_chain(|| {
        let late = Late::Ledger;
        let mut days = Days::begin(late, &[]);
        days.default_on_t();
        days.prove(bank(later(late)));
        let expected = days.end(End::Extra(0), OtherEnd::NotCompared);
        let found = (told(bank(T)), told(bank(later(late))));
        assert_eq!(found, (vec![], vec![expected]));
    });
}

#[test]
fn a_trade_that_was_recorded_late_is_one_where_the_day_of_the_ledger_is_proven_first() {
    whole_after(Late::Chain, [T, later(Late::Chain)]);
}

#[test]
fn a_trade_that_was_recorded_late_is_one_where_the_day_of_the_chain_is_proven_first() {
    whole_after(Late::Chain, [later(Late::Chain), T]);
}

#[test]
fn a_missing_entry_of_a_late_trade_is_not_compared_where_the_day_of_its_time_defaulted() {
    on_chain(|| {
        let late = Late::Chain;
        let mut days = Days::begin(late, &[]);
        days.default_on_t();
        days.prove(bank(later(late)));
        let expected = days.end(End::Slot(POSITION), OtherEnd::NotCompared);
        let found = (told(bank(T)), told(bank(later(late))));
        assert_eq!(found, (vec![], vec![expected]));
    });
}

#[test]
fn a_day_that_is_proven_late_has_the_other_end() {
    for late in [Late::Ledger, Late::Chain] {
        on_chain(|| {
            let mut days = Days::begin(late, &[]);
            days.default_on_t();
            days.prove(bank(later(late)));
            days.commit(bank(T));
            days.prove(bank(T));
            let [recorded, booked] = recorded_and_booked(late);
            let slot = days.end(End::Slot(POSITION), OtherEnd::Found);
            let extra = days.end(End::Extra(0), OtherEnd::Found);
            let found = (told(bank(recorded)), told(bank(booked)));
            assert_eq!(found, (vec![slot], vec![extra]));
        });
    }
}

#[test]
fn until_the_day_of_its_trade_is_proven_an_extra_is_not_yet_compared() {
    for late in [Late::Ledger, Late::Chain] {
        on_chain(|| {
            let mut days = Days::begin(late, &[Side::Credit]);
            let [_, booked] = recorded_and_booked(late);
            days.prove(bank(booked));
            let expected = days.end(End::Extra(0), OtherEnd::NotYetCompared);
            assert_eq!(told(bank(booked)), [expected]);
        });
    }
}

#[test]
fn until_another_day_has_it_a_missing_entry_is_a_break_alone() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        days.prove(bank(T));
        assert_eq!(told(bank(T)), []);
    });
}

#[test]
fn until_the_day_of_its_time_is_proven_a_missing_entry_of_a_late_trade_is_not_yet_compared() {
    on_chain(|| {
        let late = Late::Chain;
        let mut days = Days::begin(late, &[Side::Credit]);
        days.prove(bank(later(late)));
        let expected = days.end(End::Slot(POSITION), OtherEnd::NotYetCompared);
        assert_eq!(told(bank(later(late))), [expected]);
    });
}

#[test]
fn the_other_side_is_no_other_end() {
    on_chain(|| {
        let late = Late::Ledger;
        let mut days = Days::begin(late, &[Side::Debit]);
        days.prove(SideId::new(AGREEMENT, T, Side::Debit));
        days.prove(bank(later(late)));
        let expected = days.end(End::Extra(0), OtherEnd::NotYetCompared);
        assert_eq!(told(bank(later(late))), [expected]);
    });
}
