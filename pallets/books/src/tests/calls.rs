//! Commitments, signed.

use crate::{mock::*, Error, Event};
use counterfoil_primitives::{ports, Commitment, Kind, MemberId, Round, Side};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::DispatchResult;

/// A member's commitment to the bank's book, in the first round.
fn commit_by(member: MemberId, commitment: Commitment) -> DispatchResult {
    let origin = RuntimeOrigin::signed(operator(member));
    Books::commit(origin, AGREEMENT, DAY_ONE, Side::Credit, 0, 0, commitment)
}

/// The bank's first commitment of a round.
fn commit_in(round: Round, commitment: Commitment) -> DispatchResult {
    let origin = RuntimeOrigin::signed(operator(BANK));
    Books::commit(
        origin,
        AGREEMENT,
        DAY_ONE,
        Side::Credit,
        round,
        0,
        commitment,
    )
}

fn committed_in(round: Round) -> Option<Commitment> {
    <Books as ports::Commitments>::commitment(BANK_SIDE, round)
}

/// A sealed day of three trades.
fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_SIDE)
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

        assert_eq!(committed_in(0), Some(commitment));
        System::assert_last_event(
            Event::Committed {
                party: BANK,
                agreement: AGREEMENT,
                day: DAY_ONE,
                date: "1970-04-11".try_into().unwrap(),
                side: Side::Credit,
                round: 0,
                commitment,
                replacement: 0,
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
fn from_the_preset_time_on_the_commitment_stands() {
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
            Books::commit(origin, 8, DAY_ONE, Side::Credit, 0, 0, commitment),
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
fn the_chains_roots_with_another_total_of_either_kind_are_refused() {
    build_and_execute(|| {
        let commitment = sealed_day();
        for kind in Kind::BOTH {
            let mut dearer = commitment;
            dearer.totals.add(kind, 1);

            assert_noop!(commit_by(BANK, dearer), Error::<Test>::WrongTotal);
        }
    });
}

#[test]
fn other_roots_may_have_other_totals() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let mut dearer = other(commitment);
        dearer.totals.add(Kind::Payment, 1);
        dearer.totals.add(Kind::Refund, 1);

        assert_ok!(commit_by(BANK, dearer));
    });
}

#[test]
fn a_side_that_lost_its_say_does_not_commit() {
    build_and_execute(|| {
        let commitment = sealed_day();
        chain(|chain| chain.closed.insert(BANK_SIDE));

        assert_noop!(commit_by(BANK, commitment), Error::<Test>::TooLate);
    });
}

#[test]
fn a_rejected_party_commits_once_more() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_in(0, other(commitment)));

        reject(BANK_SIDE);
        assert_eq!(committed(), None);

        assert_ok!(commit_in(1, commitment));
        assert_eq!(committed(), Some(commitment));
    });
}

#[test]
fn the_commitments_of_both_rounds_stay_readable() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_in(0, other(commitment)));
        reject(BANK_SIDE);
        assert_ok!(commit_in(1, commitment));
        reject(BANK_SIDE);

        assert_eq!(committed_in(0), Some(other(commitment)));
        assert_eq!(committed_in(1), Some(commitment));
    });
}

#[test]
fn a_party_may_commit_to_the_rejected_book_again_in_the_next_round() {
    build_and_execute(|| {
        let rejected = other(sealed_day());
        assert_ok!(commit_in(0, rejected));
        reject(BANK_SIDE);

        assert_ok!(commit_in(1, rejected));
    });
}

#[test]
fn the_commitment_of_a_later_round_stands_too() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_in(0, other(commitment)));
        reject(BANK_SIDE);
        assert_ok!(commit_in(1, commitment));

        assert_noop!(
            commit_in(1, other(commitment)),
            Error::<Test>::AlreadyCommitted
        );
    });
}

#[test]
fn a_commitment_of_an_earlier_round_is_refused() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit_in(0, other(commitment)));
        reject(BANK_SIDE);

        for any in [other(commitment), commitment] {
            assert_noop!(commit_in(0, any), Error::<Test>::OtherRound);
        }
    });
}

#[test]
fn a_commitment_of_a_round_to_come_is_refused() {
    build_and_execute(|| {
        let commitment = sealed_day();

        assert_noop!(commit_in(1, commitment), Error::<Test>::OtherRound);
    });
}

#[test]
fn a_second_rejection_is_the_last() {
    build_and_execute(|| {
        let commitment = sealed_day();
        for round in 0..2 {
            assert_ok!(commit_in(round, other(commitment)));
            reject(BANK_SIDE);
        }

        assert_noop!(commit_in(2, commitment), Error::<Test>::NoMoreCommitments);
    });
}
