//! What the pool takes of calls without a nonce.

use crate::{mock::*, Call};
use counterfoil_primitives::{amendment::Ground, DayTotals, MemberId};
use counterfoil_support::{
    unordered::{tag_of, NEEDS_NONCE},
    ValidateUnordered,
};
use frame_support::{
    assert_ok,
    pallet_prelude::{InvalidTransaction, TransactionSource},
};
use sp_core::H256;
use sp_runtime::transaction_validity::TransactionValidityError;

/// The tags under which the pool takes a call, or why it does not.
fn tags(member: MemberId, call: Call<Test>) -> Result<Vec<Vec<u8>>, InvalidTransaction> {
    match call.validate_unordered(member, TransactionSource::External) {
        Ok(validity) => Ok(validity.provides),
        Err(TransactionValidityError::Invalid(reason)) => Err(reason),
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

fn book_call(number: u32, from: u32) -> Call<Test> {
    Call::book {
        agreement: AGREEMENT,
        number,
        from,
    }
}

fn lapse_call(number: u32) -> Call<Test> {
    Call::lapse {
        agreement: AGREEMENT,
        number,
    }
}

/// A test with a payment, and a proposal of the company that names it.
fn with_proposal(test: impl FnOnce(u32)) {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        test(number);
    });
}

#[test]
fn the_next_step_enters_the_pool_once_whoever_brings_it() {
    with_proposal(|number| {
        accept(number);
        let tag = tag_of(("amend.book", AGREEMENT, number, 1u32));
        for member in [BANK, COMPANY, RECONCILER, CLIENT] {
            assert_eq!(tags(member, book_call(number, 1)), Ok(vec![tag.clone()]));
        }
        let stranger = tags(STRANGER, book_call(number, 1));
        assert_eq!(stranger, Err(InvalidTransaction::BadSigner));
    });
}

#[test]
fn a_step_comes_neither_too_early_nor_twice() {
    with_proposal(|number| {
        let early = tags(BANK, book_call(number, 1));
        assert_eq!(early, Err(InvalidTransaction::Future));
        accept(number);
        let other = tags(BANK, book_call(number, 0));
        assert_eq!(other, Err(InvalidTransaction::Stale));
        book_all(number);
        let twice = tags(BANK, book_call(number, 1));
        assert_eq!(twice, Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_step_of_no_proposal_is_refused() {
    with_proposal(|number| {
        let unknown = tags(BANK, book_call(number + 1, 1));
        assert_eq!(unknown, Err(InvalidTransaction::Call));
    });
}

#[test]
fn a_lapse_enters_the_pool_once_the_time_is_over() {
    with_proposal(|number| {
        let early = tags(BANK, lapse_call(number));
        assert_eq!(early, Err(InvalidTransaction::Future));
        set_time(proposal(number).answer_until + 1);
        let tag = tag_of(("amend.lapse", AGREEMENT, number));
        assert_eq!(tags(RECONCILER, lapse_call(number)), Ok(vec![tag]));
        let stranger = tags(STRANGER, lapse_call(number));
        assert_eq!(stranger, Err(InvalidTransaction::BadSigner));
        assert_ok!(lapse(number));
        let twice = tags(BANK, lapse_call(number));
        assert_eq!(twice, Err(InvalidTransaction::Stale));
        let unknown = tags(BANK, lapse_call(number + 1));
        assert_eq!(unknown, Err(InvalidTransaction::Call));
    });
}

#[test]
fn a_lapse_of_what_is_accepted_enters_the_pool_once_the_agreement_has_closed() {
    with_proposal(|number| {
        close_from(2);
        accept(number);
        let early = tags(BANK, lapse_call(number));
        assert_eq!(early, Err(InvalidTransaction::Stale));
        set_time(at(2, 0, 0));
        let tag = tag_of(("amend.lapse", AGREEMENT, number));
        assert_eq!(tags(BANK, lapse_call(number)), Ok(vec![tag]));
    });
}

#[test]
fn all_else_needs_a_nonce() {
    with_proposal(|number| {
        let proposed = Call::propose {
            agreement: AGREEMENT,
            ground: Ground::Other,
            evidence: H256::zero(),
            content: cancel(&[(0, 0)]),
            stated: DayTotals::default(),
        };
        let answered = Call::answer {
            agreement: AGREEMENT,
            number,
            fingerprint: proposal(number).fingerprint,
            accept: true,
        };
        let fingerprint = proposal(number).fingerprint;
        let withdrawn = Call::withdraw {
            agreement: AGREEMENT,
            number,
            fingerprint,
        };
        let written_off = Call::write_off {
            agreement: AGREEMENT,
            number,
            fingerprint,
        };
        for call in [proposed, answered, withdrawn, written_off] {
            assert_eq!(tags(BANK, call), Err(NEEDS_NONCE));
        }
    });
}

#[test]
fn a_step_waits_for_tomorrow_on_a_full_day() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(CLIENT, 0..255);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        accept(number);
        let early = tags(BANK, book_call(number, 1));
        assert_eq!(early, Err(InvalidTransaction::Future));
        set_time(at(1, 0, 1));
        assert!(tags(BANK, book_call(number, 1)).is_ok());
    });
}
