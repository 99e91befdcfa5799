//! Repaired books.

use super::*;

fn on_repaired() -> DispatchResult {
    Reconciliation::on_repaired(AGREEMENT, DAY, Side::Credit)
}

#[test]
fn a_side_with_proven_breaks_is_repaired_once() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_ok!(on_repaired());
        assert_eq!(status(CREDIT), SideStatus::Repaired { breaks: 3 });
        assert_noop!(on_repaired(), Error::<Test>::AlreadyRepaired);
    });
}

#[test]
fn a_clean_side_has_nothing_to_repair() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_noop!(on_repaired(), Error::<Test>::NothingToRepair);
    });
}

#[test]
fn a_side_that_is_not_proven_has_nothing_to_repair() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        assert_noop!(on_repaired(), Error::<Test>::NothingToRepair);
    });
}
