//! What a preview gets of another day.

use super::*;

#[test]
fn of_what_a_book_lacks_only_the_positions_that_are_asked_for_are_told() {
    afterwards(|| {
        prove_side(Side::Credit, T, Late::Ledger);
        let lacked = (POSITION, Cause::Missing, entry());
        for (asked, slots) in [
            (vec![POSITION], Some(lacked)),
            (vec![POSITION + 1], None),
            (vec![], None),
        ] {
            let expected = Compared::Proven(Ends::new(slots, []));
            assert_eq!(compared_on(T, asked), expected);
        }
    });
}

#[test]
fn the_extras_of_other_days_are_told_without_a_position() {
    afterwards(|| {
        prove_side(Side::Credit, LATER, Late::Ledger);
        let witness = Witness {
            day: T,
            position: POSITION,
        };
        let repeated = (entry(), Cause::OtherDay, Some(witness));
        let expected = Compared::Proven(Ends::new([], [repeated]));
        assert_eq!(compared_on(LATER, vec![]), expected);
    });
}

#[test]
fn a_side_that_is_not_proven_tells_its_state() {
    afterwards(|| {
        default_on(T);
        assert_eq!(compared_on(T, vec![POSITION]), Compared::Defaulted);
        assert_eq!(compared_on(LATER, vec![POSITION]), Compared::NotYet);
        // Digits that are no date.
        let no_day = BusinessDay(20_261_131);
        assert_eq!(compared_on(no_day, vec![]), Compared::NotYet);
    });
}
