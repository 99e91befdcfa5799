//! Books with more breaks than the agreement's caps allow.

use super::*;
use crate::{Event, Rejection};
use counterfoil_primitives::ports::CommitRefused;

/// Rejects the bank's book once, by its extras.
fn reject_once() {
    let mut book = chain_book(CREDIT);
    book.extras = (0..601).map(unknown).collect();
    commit(CREDIT, &book);
    assert_ok!(report_header(RECONCILER, CREDIT, &Default::default()));
}

#[test]
fn as_many_pages_as_the_cap_are_accepted() {
    at_preset(5 * 256, || {
        let mut book = chain_book(CREDIT);
        for page in 0..4 {
            book.slots[page * 256] = None;
        }
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 4 });
    });
}

#[test]
fn one_page_more_than_the_cap_rejects_the_book() {
    at_preset(5 * 256, || {
        let mut book = chain_book(CREDIT);
        for page in 0..5 {
            book.slots[page * 256] = None;
        }
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert!(events().contains(&Event::BookRejected {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            reason: Rejection::TooManyPages,
            again: true,
        }));
    });
}

#[test]
fn a_false_header_does_not_reject_a_book_however_long() {
    at_preset(5 * 256, || {
        let mut book = chain_book(CREDIT);
        for page in 0..5 {
            book.slots[page * 256] = None;
        }
        let header = report_of(CREDIT, &book).header;
        commit(CREDIT, &chain_book(CREDIT));
        assert_noop!(
            report_header(RECONCILER, CREDIT, &header),
            Error::<Test>::SlotsRootMismatch
        );
    });
}

#[test]
fn as_many_extras_as_the_cap_are_accepted() {
    at_preset(2, || {
        let mut book = chain_book(CREDIT);
        book.extras = (0..600).map(unknown).collect();
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 600 });
    });
}

#[test]
fn more_extras_than_the_cap_reject_the_book_without_a_proof() {
    at_preset(2, || {
        reject_once();
        assert!(events().contains(&Event::BookRejected {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            reason: Rejection::TooManyExtras,
            again: true,
        }));
    });
}

#[test]
fn a_rejected_party_may_commit_once_more_and_be_proven() {
    at_preset(2, || {
        reject_once();
        assert_ok!(Reconciliation::may_commit(CREDIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_rejected_side_is_awaited_again_in_the_next_round() {
    at_preset(2, || {
        reject_once();
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!(
            (summary.status, summary.round, summary.commitment),
            (SideStatus::Awaited, 1, None)
        );
        assert_eq!(Reconciliation::round(CREDIT), 1);
        commit(CREDIT, &chain_book(CREDIT));
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!(
            (summary.status, summary.round, summary.commitment),
            (SideStatus::Committed, 1, committed(CREDIT))
        );
    });
}

#[test]
fn the_commitment_of_a_rejected_book_counts_no_more() {
    at_preset(2, || {
        reject_once();
        assert!(MockWorld::commitment(CREDIT, 0).is_some());
        assert_noop!(
            report_clean(RECONCILER, CREDIT),
            Error::<Test>::NotCommitted
        );
        assert_noop!(
            report_header(RECONCILER, CREDIT, &Default::default()),
            Error::<Test>::NotCommitted
        );
    });
}

#[test]
fn a_commitment_of_a_round_to_come_does_not_count() {
    at_preset(2, || {
        let own = commitment_of(CREDIT, &chain_book(CREDIT));
        world(|world| world.commitments.insert((CREDIT, 1), own));
        assert_eq!(status(CREDIT), SideStatus::Awaited);
        assert_noop!(
            report_clean(RECONCILER, CREDIT),
            Error::<Test>::NotCommitted
        );
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_second_rejection_stands() {
    at_preset(2, || {
        reject_once();
        reject_once();
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::NoMoreRounds)
        );
        assert_eq!(Reconciliation::round(CREDIT), crate::MAX_ROUNDS);
        assert_eq!(status(CREDIT), SideStatus::Awaited);
        assert!(events().contains(&Event::BookRejected {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            reason: Rejection::TooManyExtras,
            again: false,
        }));
    });
}

#[test]
fn a_rejected_side_is_not_overdue() {
    at_preset(2, || {
        reject_once();
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::WasRejected);
    });
}
