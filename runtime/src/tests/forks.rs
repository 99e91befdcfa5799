//! Forks: what was formed by the blocks of one is refused by name on another, and formed anew it is taken.

use super::{
    amendments::{answer_call, cancellation, origin, propose},
    on_development_chain,
    transactions::{refund_of, refused, signed, trade, unordered, validity},
};
use crate::{
    cannot_pay_explained::NOT_FREE, Executive, Runtime, RuntimeCall, Trades, UncheckedExtrinsic,
};
use counterfoil_primitives::{Amount, MemberId, Original, RefundRequest, Sequence};
use pallet_trades::{Error, Windows};
use sp_keyring::Sr25519Keyring::{self, Alice, Charlie, Eve};
use sp_runtime::{
    traits::Dispatchable, transaction_validity::InvalidTransaction, DispatchError, DispatchResult,
};

/// The client that acts with the key of Eve.
const CLIENT: MemberId = 5;
/// The payment that is given back.
const PAID: Sequence = 1;
/// Another payment of the client.
const OTHER: Sequence = 3;
/// The number of the refund.
const GIVEN_BACK: Sequence = 6;

/// Runs a test on the state from which all forks begin, once one has recorded these payments. Returns what
/// the test does.
fn on_fork<T>(paid: &[Sequence], test: impl FnOnce() -> T) -> T {
    let mut found = None;
    on_development_chain(|| {
        paid.iter().copied().for_each(pay);
        found = Some(test());
    });
    found.expect("it ran")
}

/// Records a payment of 1,000.
fn pay(sequence: Sequence) {
    let trades = vec![trade(sequence)];
    let trades = trades.try_into().expect("the batch is small");
    Trades::record(origin(Eve), 1, trades).expect("it is right");
}

/// A refund of a part of the payment, which is on a position. A tenth of it is the bank's.
fn part(gross: Amount, position: u32, sequence: Sequence) -> RefundRequest {
    let refund = refund_of(PAID, sequence);
    RefundRequest {
        original: Original {
            position,
            ..refund.original
        },
        gross,
        debit: gross - gross / 10,
        credit: gross / 10,
        ..refund
    }
}

fn sent_by(client: Sr25519Keyring, refund: RefundRequest) -> UncheckedExtrinsic {
    let call = RuntimeCall::Trades(pallet_trades::Call::refund {
        agreement: 1,
        refunds: vec![refund].try_into().expect("the batch is small"),
    });
    unordered(&client.pair(), call)
}

/// Applies what the pool takes.
fn apply(sent: UncheckedExtrinsic) -> DispatchResult {
    Executive::apply_extrinsic(sent).expect("the pool takes it")
}

/// A refund of 400 that was formed and signed on a fork with its payment alone, and is taken there.
fn sent_on_first_fork() -> UncheckedExtrinsic {
    on_fork(&[PAID], || {
        let sent = sent_by(Eve, part(400, 0, GIVEN_BACK));
        assert_eq!(apply(sent.clone()), Ok(()));
        sent
    })
}

/// Applies a refund that was formed on another fork: it is refused for a reason, and uses no sequence.
fn assert_refused(sent: UncheckedExtrinsic, reason: Error<Runtime>) {
    let highest = || Windows::<Runtime>::get(CLIENT);
    let before = highest();
    assert_eq!(apply(sent), Err(DispatchError::from(reason)));
    assert_eq!(highest(), before);
}

#[test]
fn a_refund_on_whose_place_a_fork_has_another_id_is_refused_by_name_and_taken_formed_anew() {
    let sent = sent_on_first_fork();
    on_fork(&[OTHER, PAID], || {
        assert_refused(sent, Error::OriginalOtherId);
        let anew = part(400, 1, GIVEN_BACK);
        assert_eq!(apply(sent_by(Eve, anew)), Ok(()));
    });
}

#[test]
fn a_refund_whose_original_a_fork_lacks_is_refused_by_name_and_taken_formed_anew_after_it() {
    let sent = sent_on_first_fork();
    on_fork(&[], || {
        assert_refused(sent, Error::OriginalMissing);
        [OTHER, PAID].into_iter().for_each(pay);
        let anew = part(400, 1, GIVEN_BACK);
        assert_eq!(apply(sent_by(Eve, anew)), Ok(()));
    });
}

#[test]
fn a_refund_before_which_a_fork_has_another_one_is_refused_by_name_and_taken_formed_anew() {
    let sent = sent_on_first_fork();
    on_fork(&[PAID], || {
        let other = part(300, 0, GIVEN_BACK + 1);
        assert_eq!(apply(sent_by(Eve, other)), Ok(()));
        assert_refused(sent, Error::RefundedMeanwhile);
        let anew = RefundRequest {
            refunded_before: 300,
            ..part(400, 0, GIVEN_BACK)
        };
        assert_eq!(apply(sent_by(Eve, anew)), Ok(()));
    });
}

#[test]
fn on_every_fork_a_refund_counts_once_and_one_by_another_client_does_not() {
    for (paid, position) in [(&[PAID][..], 0), (&[OTHER, PAID][..], 1)] {
        on_fork(paid, || {
            let refund = part(400, position, GIVEN_BACK);
            let of_another = DispatchError::from(Error::<Runtime>::OriginalOfAnotherClient);
            assert_eq!(apply(sent_by(Alice, refund)), Err(of_another));
            let sent = sent_by(Eve, refund);
            assert_eq!(apply(sent.clone()), Ok(()));
            assert_eq!(refused(validity(sent)), InvalidTransaction::Stale);
        });
    }
}

/// The bank's answer to a proposal that takes back the first payment of a fork.
fn answer_on(paid: &[Sequence]) -> RuntimeCall {
    on_fork(paid, || answer_call(propose(cancellation())))
}

/// The bank answers what it read on another fork: the pool does not take it, and it fails for a reason.
fn assert_unanswered(answer: RuntimeCall, reason: pallet_amendments::Error<Runtime>) {
    let sent = signed(&Charlie.pair(), 0, answer.clone());
    assert_eq!(refused(validity(sent)), NOT_FREE);
    let failed = answer
        .dispatch(origin(Charlie))
        .expect_err("it does not fit");
    assert_eq!(failed.error, DispatchError::from(reason));
}

#[test]
fn an_answer_to_a_proposal_that_has_other_trades_on_a_fork_is_refused_by_name() {
    let answer = answer_on(&[PAID]);
    on_fork(&[OTHER, PAID], || {
        let number = propose(cancellation());
        assert_unanswered(answer, pallet_amendments::Error::OtherContent);
        let anew = signed(&Charlie.pair(), 0, answer_call(number));
        assert_eq!(apply(anew), Ok(()));
    });
}

#[test]
fn an_answer_to_a_proposal_that_a_fork_lacks_is_refused_by_name() {
    let answer = answer_on(&[PAID]);
    on_fork(&[PAID], || {
        assert_unanswered(answer, pallet_amendments::Error::UnknownProposal);
    });
}
