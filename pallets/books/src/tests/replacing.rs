//! Commitments that take the place of others before the preset time, signed.

use crate::{mock::*, Error, Event, Replacements};
use counterfoil_primitives::{ports, Commitment, Replacement, Side, MAX_REPLACEMENTS};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::DispatchResult;

/// The bank's commitment under this number, in the first round.
fn commit(replacement: Replacement, commitment: Commitment) -> DispatchResult {
    let (day, side) = (DAY_ONE, Side::Credit);
    let origin = RuntimeOrigin::signed(operator(BANK));
    Books::commit(origin, AGREEMENT, day, side, 0, replacement, commitment)
}

/// A sealed day before its preset time.
fn sealed_day() {
    record(3);
    seal();
    chain(|chain| chain.before_preset = true);
}

/// A commitment to another book than the chain's, the one of this number.
fn other(number: u8) -> Commitment {
    Commitment {
        slots_root: H256::repeat_byte(number),
        ..chain_commitment(BANK_SIDE)
    }
}

fn replacements() -> Replacement {
    <Books as ports::Commitments>::replacements(BANK_SIDE, 0)
}

#[test]
fn the_last_commitment_before_the_preset_time_counts() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        assert_eq!(replacements(), 0);
        assert_ok!(commit(1, other(2)));
        assert_eq!(committed(), Some(other(2)));
        assert_eq!(replacements(), 1);
        System::assert_last_event(
            Event::Committed {
                party: BANK,
                agreement: AGREEMENT,
                day: DAY_ONE,
                date: "1970-04-11".try_into().unwrap(),
                side: Side::Credit,
                round: 0,
                commitment: other(2),
                replacement: 1,
            }
            .into(),
        );
    });
}

#[test]
fn a_commitment_that_is_not_replaced_costs_no_further_state() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        assert_eq!(Replacements::<Test>::iter().count(), 0);
    });
}

#[test]
fn from_the_preset_time_on_nothing_is_replaced() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        chain(|chain| chain.before_preset = false);
        assert_noop!(commit(1, other(2)), Error::<Test>::AlreadyCommitted);
    });
}

#[test]
fn a_commitment_does_not_replace_itself() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        for number in [0, 1] {
            assert_noop!(commit(number, other(1)), Error::<Test>::AlreadyCommitted);
        }
    });
}

#[test]
fn a_commitment_under_another_number_than_the_next_is_refused() {
    build_and_execute(|| {
        sealed_day();
        assert_noop!(commit(1, other(1)), Error::<Test>::OtherReplacement);
        assert_ok!(commit(0, other(1)));
        for number in [0, 2] {
            assert_noop!(commit(number, other(2)), Error::<Test>::OtherReplacement);
        }
        assert_ok!(commit(1, other(2)));
    });
}

#[test]
fn a_party_may_go_back_to_what_it_committed_to_before() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        assert_ok!(commit(1, other(2)));
        assert_noop!(commit(0, other(1)), Error::<Test>::OtherReplacement);
        assert_ok!(commit(2, other(1)));
        assert_eq!(committed(), Some(other(1)));
    });
}

#[test]
fn a_commitment_is_replaced_sixteen_times_at_most() {
    build_and_execute(|| {
        sealed_day();
        for number in 0..=MAX_REPLACEMENTS {
            assert_ok!(commit(number, other(number)));
        }
        assert_eq!(replacements(), MAX_REPLACEMENTS);
        let next = MAX_REPLACEMENTS + 1;
        assert_noop!(commit(next, other(next)), Error::<Test>::NoMoreReplacements);
    });
}

#[test]
fn a_replacement_is_checked_like_any_commitment() {
    build_and_execute(|| {
        sealed_day();
        assert_ok!(commit(0, other(1)));
        let shorter = Commitment {
            slots: 2,
            ..other(2)
        };
        assert_noop!(commit(1, shorter), Error::<Test>::WrongSlotCount);
        chain(|chain| chain.closed.insert(BANK_SIDE));
        assert_noop!(commit(1, other(2)), Error::<Test>::TooLate);
    });
}
