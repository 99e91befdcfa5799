//! What a preview gets of another day.

use super::*;
use counterfoil_primitives::timing::Ends;

#[test]
fn of_what_a_book_lacks_only_the_positions_that_are_asked_for_are_told() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        days.prove(bank(T));
        let lacked = (POSITION, Cause::Missing, days.payment.entry(Side::Credit));
        for (asked, slots) in [
            (vec![POSITION], Some(lacked)),
            (vec![POSITION + 1], None),
            (vec![], None),
        ] {
            let expected = Compared::Proven(Ends::new(slots, []));
            assert_eq!(compared_on(bank(T), asked), expected);
        }
    });
}

#[test]
fn the_extras_of_other_days_are_told_without_a_position() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[Side::Credit]);
        let side_id = bank(later(Late::Ledger));
        days.prove(side_id);
        let witness = Witness {
            day: T,
            position: POSITION,
        };
        let entry = days.payment.entry(Side::Credit);
        let repeated = (entry, Cause::OtherDay, Some(witness));
        let expected = Compared::Proven(Ends::new([], [repeated]));
        assert_eq!(compared_on(side_id, vec![]), expected);
    });
}

#[test]
fn a_side_that_is_not_proven_tells_its_state() {
    on_chain(|| {
        let mut days = Days::begin(Late::Ledger, &[]);
        days.default_on_t();
        let not_yet = bank(later(Late::Ledger));
        assert_eq!(compared_on(bank(T), vec![POSITION]), Compared::Defaulted);
        assert_eq!(compared_on(not_yet, vec![POSITION]), Compared::NotYet);
        // Digits that are no date.
        let no_day = bank(BusinessDay(20_261_131));
        assert_eq!(compared_on(no_day, vec![]), Compared::NotYet);
    });
}
