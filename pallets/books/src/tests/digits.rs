//! A day that is given by the digits of its date.

use crate::{mock::*, Call, Error};
use counterfoil_primitives::{BusinessDay, Commitment, Side};
use counterfoil_support::ValidateUnordered;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};

/// The date of [`DAY_ONE`], 1970-04-11.
const DIGITS: BusinessDay = BusinessDay(19_700_411);
const NO_DATE: BusinessDay = BusinessDay(19_700_431);

fn commit(day: BusinessDay, commitment: Commitment) -> sp_runtime::DispatchResult {
    let origin = RuntimeOrigin::signed(operator(BANK));
    Books::commit(origin, AGREEMENT, day, Side::Credit, 0, 0, commitment)
}

fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_SIDE)
}

fn validity(day: BusinessDay, commitment: Commitment) -> TransactionValidity {
    let call = Call::<Test>::commit {
        agreement: AGREEMENT,
        day,
        side: Side::Credit,
        round: 0,
        replacement: 0,
        commitment,
    };
    call.validate_unordered(BANK, TransactionSource::External)
}

#[test]
fn a_party_commits_by_the_digits_of_the_date() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit(DIGITS, commitment));
        assert_eq!(committed(), Some(commitment));
    });
}

#[test]
fn digits_of_no_date_commit_nothing() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_noop!(commit(NO_DATE, commitment), Error::<Test>::NoSuchDate);
    });
}

#[test]
fn the_pool_knows_a_day_by_its_number_and_by_its_date_as_one() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert!(validity(DIGITS, commitment).is_ok());
        assert_eq!(validity(DIGITS, commitment), validity(DAY_ONE, commitment));
        assert_eq!(
            validity(NO_DATE, commitment),
            Err(InvalidTransaction::Call.into())
        );
    });
}
