//! Repaired books.

use super::*;
use crate::Event;

#[test]
fn a_side_with_proven_breaks_is_repaired_once() {
    at_preset(300, || {
        prove_breaks();
        assert_ok!(confirm_repair(BANK, CREDIT, repaired()));
        assert_eq!(status(CREDIT), SideStatus::Repaired { breaks: 3 });
        assert_eq!(
            events().last(),
            Some(&Event::SideRepaired {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                side: Side::Credit,
            })
        );
        assert_noop!(
            confirm_repair(BANK, CREDIT, repaired()),
            Error::<Test>::AlreadyRepaired
        );
    });
}

#[test]
fn what_was_committed_to_stays_on_record_after_the_repair() {
    at_preset(300, || {
        prove_breaks();
        let before = Reconciliation::side_summary(CREDIT).commitment;
        assert_ne!(before, Some(repaired()));
        assert_ok!(confirm_repair(BANK, CREDIT, repaired()));
        assert_eq!(Reconciliation::side_summary(CREDIT).commitment, before);
    });
}

#[test]
fn a_book_that_still_differs_is_not_repaired() {
    at_preset(300, || {
        prove_breaks();
        let unrepaired = committed(CREDIT).unwrap();
        assert_noop!(
            confirm_repair(BANK, CREDIT, unrepaired),
            Error::<Test>::NotRepaired
        );
    });
}

#[test]
fn a_clean_side_has_nothing_to_repair() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_noop!(
            confirm_repair(BANK, CREDIT, repaired()),
            Error::<Test>::NothingToRepair
        );
    });
}

#[test]
fn a_side_that_is_not_proven_has_nothing_to_repair() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        assert_noop!(
            confirm_repair(BANK, CREDIT, repaired()),
            Error::<Test>::NothingToRepair
        );
    });
}

#[test]
fn a_defaulted_side_has_nothing_to_repair() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        assert_noop!(
            confirm_repair(BANK, CREDIT, repaired()),
            Error::<Test>::NothingToRepair
        );
    });
}

#[test]
fn nobody_but_its_party_confirms_the_repair_of_a_side() {
    at_preset(300, || {
        prove_breaks();
        for other in [COMPANY, RECONCILER, STRANGER] {
            assert_noop!(
                confirm_repair(other, CREDIT, repaired()),
                Error::<Test>::NotTheParty
            );
        }
        assert_noop!(
            confirm_repair(200, CREDIT, repaired()),
            sp_runtime::DispatchError::BadOrigin
        );
    });
}

#[test]
fn a_repair_of_an_unknown_agreement_is_refused() {
    at_preset(300, || {
        prove_breaks();
        let elsewhere = SideId::new(AGREEMENT + 1, DAY, Side::Credit);
        assert_noop!(
            confirm_repair(BANK, elsewhere, repaired()),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_book_of_the_second_round_is_repaired_too() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        falsify_total(CREDIT, 1);
        report_whole(CREDIT, &report_of(CREDIT, &broken_book()));
        assert_eq!(Reconciliation::round(CREDIT), 1);
        prove_breaks();
        assert_ok!(confirm_repair(BANK, CREDIT, repaired()));
        assert_eq!(status(CREDIT), SideStatus::Repaired { breaks: 3 });
    });
}
