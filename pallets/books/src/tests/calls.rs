//! Commitments and confirmations, signed.

use crate::{mock::*, Commitments, Error, Event, Rejections};
use counterfoil_primitives::{ports, summary::SideStatus, Commitment, MemberId, Side};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::DispatchResult;

fn commit_by(member: MemberId, commitment: Commitment) -> DispatchResult {
    let origin = RuntimeOrigin::signed(operator(member));
    Books::commit(origin, AGREEMENT, DAY_ONE, Side::Credit, commitment)
}

fn confirm_by(member: MemberId, commitment: Commitment) -> DispatchResult {
    let origin = RuntimeOrigin::signed(operator(member));
    Books::confirm_repair(origin, AGREEMENT, DAY_ONE, Side::Credit, commitment)
}

fn reject() {
    <Books as ports::Commitments>::reject(AGREEMENT, DAY_ONE, Side::Credit);
}

fn committed() -> Option<Commitment> {
    <Books as ports::Commitments>::commitment(AGREEMENT, DAY_ONE, Side::Credit)
}

/// A sealed day of three trades.
fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_BOOK)
}

/// A commitment to a book that differs from the chain.
fn other(chain: Commitment) -> Commitment {
    Commitment {
        slots_root: H256::repeat_byte(1),
        ..chain
    }
}

#[test]
fn a_party_commits_to_its_book_of_a_sealed_day() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_ok!(commit_by(BANK, commitment));

        assert_eq!(committed(), Some(commitment));
        System::assert_last_event(
            Event::Committed {
                party: BANK,
                agreement: AGREEMENT,
                day: DAY_ONE,
                date: "1970-04-11".try_into().unwrap(),
                side: Side::Credit,
                commitment,
            }
            .into(),
        );
    });
}

#[test]
fn nobody_commits_before_the_day_is_sealed() {
    build_and_execute(|| {
        record(3);

        assert_noop!(
            commit_by(BANK, Commitment::default()),
            Error::<Test>::NotSealed
        );
    });
}

#[test]
fn the_first_commitment_stands() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_by(BANK, other(commitment)));

        assert_noop!(commit_by(BANK, commitment), Error::<Test>::AlreadyCommitted);
    });
}

#[test]
fn a_member_does_not_commit_for_the_other_side() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_noop!(commit_by(COMPANY, commitment), Error::<Test>::NotTheParty);
    });
}

#[test]
fn a_stranger_does_not_commit() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_noop!(
            commit_by(99, commitment),
            sp_runtime::DispatchError::BadOrigin
        );
    });
}

#[test]
fn there_is_no_book_without_an_agreement() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let origin = RuntimeOrigin::signed(operator(BANK));

        assert_noop!(
            Books::commit(origin, 8, DAY_ONE, Side::Credit, commitment),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_book_has_a_slot_for_each_position() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let shorter = Commitment {
            slots: 2,
            ..commitment
        };

        assert_noop!(commit_by(BANK, shorter), Error::<Test>::WrongSlotCount);
    });
}

#[test]
fn the_chains_roots_with_another_total_are_refused() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let dearer = Commitment {
            total: commitment.total + 1,
            ..commitment
        };

        assert_noop!(commit_by(BANK, dearer), Error::<Test>::WrongTotal);
    });
}

#[test]
fn other_roots_may_have_another_total() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let dearer = Commitment {
            total: commitment.total + 1,
            ..other(commitment)
        };

        assert_ok!(commit_by(BANK, dearer));
    });
}

#[test]
fn a_side_that_lost_its_say_does_not_commit() {
    build_and_execute(|| {
        let commitment = sealed_day();
        chain(|chain| chain.closed.insert((DAY_ONE, Side::Credit)));

        assert_noop!(commit_by(BANK, commitment), Error::<Test>::TooLate);
    });
}

#[test]
fn a_rejected_party_commits_once_more() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_by(BANK, other(commitment)));

        reject();
        assert_eq!(committed(), None);

        assert_ok!(commit_by(BANK, commitment));
        assert_eq!(committed(), Some(commitment));
    });
}

#[test]
fn a_second_rejection_is_the_last() {
    build_and_execute(|| {
        let commitment = sealed_day();
        for _ in 0..2 {
            assert_ok!(commit_by(BANK, other(commitment)));
            reject();
        }

        assert_noop!(
            commit_by(BANK, commitment),
            Error::<Test>::NoMoreCommitments
        );
    });
}

#[test]
fn rejecting_nothing_counts_for_nothing() {
    build_and_execute(|| {
        reject();

        assert_eq!(Rejections::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_proven_side_confirms_its_repair_with_the_chains_commitment() {
    build_and_execute(|| {
        let chain = sealed_day();
        assert_ok!(commit_by(BANK, other(chain)));
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 2 });

        assert_ok!(confirm_by(BANK, chain));

        System::assert_last_event(
            Event::RepairConfirmed {
                party: BANK,
                agreement: AGREEMENT,
                day: DAY_ONE,
                date: "1970-04-11".try_into().unwrap(),
                side: Side::Credit,
            }
            .into(),
        );
        // What was committed to stays on record.
        assert_eq!(
            Commitments::<Test>::get((AGREEMENT, DAY_ONE, Side::Credit)),
            Some(other(chain))
        );
        // Told to the reconciliation: there is nothing to repair any more.
        assert_noop!(confirm_by(BANK, chain), Error::<Test>::NothingToRepair);
    });
}

#[test]
fn a_book_that_still_differs_is_not_repaired() {
    build_and_execute(|| {
        let chain = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 2 });

        assert_noop!(confirm_by(BANK, other(chain)), Error::<Test>::NotRepaired);
    });
}

#[test]
fn a_clean_side_has_nothing_to_repair() {
    build_and_execute(|| {
        let chain = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 0 });

        assert_noop!(confirm_by(BANK, chain), Error::<Test>::NothingToRepair);
    });
}

#[test]
fn a_member_does_not_confirm_the_other_sides_repair() {
    build_and_execute(|| {
        let chain = sealed_day();
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 2 });

        assert_noop!(confirm_by(COMPANY, chain), Error::<Test>::NotTheParty);
    });
}
