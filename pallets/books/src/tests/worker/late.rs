//! Sides that defaulted, and whose party commits late.

use super::*;

/// The bank's side of a sealed day that is reconciled and paid; it defaulted, and may be proven late.
fn defaulted_day() {
    record(10);
    seal();
    default_for_now(BANK_SIDE);
    chain(|chain| chain.obligations.insert(DAY_ONE, (12, true)));
}

#[test]
fn the_worker_commits_late_to_a_received_book() {
    build_and_execute(|| {
        defaulted_day();
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn the_worker_commits_late_to_a_ledger_that_is_imported_after_the_default() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        defaulted_day();
        run_worker_and_apply();
        assert_eq!(committed(), None);

        let lines: Vec<_> = (0..10).map(line).collect();
        import(1, &lines, true);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_side_that_cannot_be_proven_late_is_not_committed_to() {
    build_and_execute(|| {
        defaulted_day();
        chain(|chain| chain.late.clear());
        run_worker();
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_day_whose_side_may_be_proven_late_waits_beside_those_that_are_not_paid() {
    build_and_execute(|| {
        defaulted_day();
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[DAY_ONE]));

        chain(|chain| chain.late.clear());
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
    });
}

#[test]
fn a_late_side_is_repaired_and_its_day_done_with() {
    build_and_execute(|| {
        defaulted_day();
        run_worker_and_apply();
        set_status(BANK_SIDE, SideStatus::ProvenLate { breaks: 1 });
        chain(|chain| chain.late.clear());
        run_worker();
        let confirmed = (BANK, BANK_SIDE, chain_commitment(BANK_SIDE));
        assert_eq!(confirmations(), vec![confirmed]);
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[DAY_ONE]));

        set_status(BANK_SIDE, SideStatus::Repaired { breaks: 1 });
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
        let result = result_of(DAY_ONE).unwrap();
        assert!(result.defaulted && result.repaired && result.breaks == 1);
    });
}

#[test]
fn a_side_that_is_proven_late_without_breaks_is_done_with() {
    build_and_execute(|| {
        defaulted_day();
        run_worker_and_apply();
        set_status(BANK_SIDE, SideStatus::ProvenLate { breaks: 0 });
        chain(|chain| chain.late.clear());
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
        assert!(result_of(DAY_ONE).unwrap().defaulted);
    });
}
