//! A day that is given by the digits of its date.

use crate::{mock::*, Call, Error};
use counterfoil_primitives::{ports, summary::SideStatus, BusinessDay, Commitment, Side};
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
    Books::commit(origin, AGREEMENT, day, Side::Credit, commitment)
}

fn confirm(day: BusinessDay, commitment: Commitment) -> sp_runtime::DispatchResult {
    let origin = RuntimeOrigin::signed(operator(BANK));
    Books::confirm_repair(origin, AGREEMENT, day, Side::Credit, commitment)
}

fn sealed_day() -> Commitment {
    record(3);
    seal();
    chain_commitment(BANK_BOOK)
}

fn validity(call: Call<Test>) -> TransactionValidity {
    call.validate_unordered(BANK, TransactionSource::External)
}

#[test]
fn a_party_commits_and_confirms_by_the_digits_of_the_date() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_ok!(commit(DIGITS, commitment));
        assert_eq!(
            <Books as ports::Commitments>::commitment(AGREEMENT, DAY_ONE, Side::Credit),
            Some(commitment)
        );
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 1 });
        assert_ok!(confirm(DIGITS, commitment));
    });
}

#[test]
fn digits_of_no_date_commit_and_confirm_nothing() {
    build_and_execute(|| {
        let commitment = sealed_day();
        assert_noop!(commit(NO_DATE, commitment), Error::<Test>::NoSuchDate);
        assert_noop!(confirm(NO_DATE, commitment), Error::<Test>::NoSuchDate);
    });
}

#[test]
fn the_pool_knows_a_day_by_its_number_and_by_its_date_as_one() {
    build_and_execute(|| {
        let commitment = sealed_day();
        let commit = |day| {
            validity(Call::commit {
                agreement: AGREEMENT,
                day,
                side: Side::Credit,
                commitment,
            })
        };
        let confirm = |day| {
            validity(Call::confirm_repair {
                agreement: AGREEMENT,
                day,
                side: Side::Credit,
                commitment,
            })
        };
        assert!(commit(DIGITS).is_ok());
        assert_eq!(commit(DIGITS), commit(DAY_ONE));
        assert_eq!(commit(NO_DATE), Err(InvalidTransaction::Call.into()));
        set_status(BANK_BOOK, SideStatus::Proven { breaks: 1 });
        assert!(confirm(DIGITS).is_ok());
        assert_eq!(confirm(DIGITS), confirm(DAY_ONE));
        assert_eq!(confirm(NO_DATE), Err(InvalidTransaction::Call.into()));
    });
}
