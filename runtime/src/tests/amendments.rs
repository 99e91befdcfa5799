//! Amendments as members send them: what the pool takes of them, and for whom they are free.

use super::{
    on_development_chain,
    transactions::{record, refused, signed, trade, unordered, validity},
};
use crate::{
    cannot_pay_explained::NOT_FREE, Amendments, Executive, Runtime, RuntimeCall, RuntimeOrigin,
    Trades,
};
use counterfoil_primitives::{
    amendment::{Content, Correction, Ground, MissingPayment, Selection, Span, Standing},
    BusinessDay, DayTotals, KindTotals, Reference, TradeRequest, UserId,
};
use counterfoil_support::unordered::NEEDS_NONCE;
use pallet_amendments::{Call, Proposals};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

/// The day of [`super::NOON`].
pub(super) const TODAY: BusinessDay = BusinessDay(20_780);

/// What the trades of [`recorded`] and [`missing`] come to.
const ONE: DayTotals = DayTotals {
    payments: KindTotals {
        count: 1,
        gross: 1_000,
        debit: 900,
        credit: 100,
    },
    refunds: KindTotals {
        count: 0,
        gross: 0,
        debit: 0,
        credit: 0,
    },
};

pub(super) fn origin(of: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(of.to_account_id())
}

/// Records a payment by Eve on today's first position.
pub(super) fn recorded() {
    let trades = vec![trade(1)].try_into().expect("it is one");
    Trades::record(origin(Eve), 1, trades).expect("it is right");
}

/// Takes the trade on today's first position back.
pub(super) fn cancellation() -> Content {
    let span = Span { first: 0, last: 0 };
    Content::Cancel {
        day: TODAY,
        selection: Selection::Positions(vec![span].try_into().expect("it is one")),
    }
}

/// Puts back what the cancellation on today's second position took.
pub(super) fn of_refund() -> Content {
    let span = Span { first: 1, last: 1 };
    Content::Cancel {
        day: TODAY,
        selection: Selection::Positions(vec![span].try_into().expect("it is one")),
    }
}

/// States the payment on today's first position right.
pub(super) fn replacement() -> Content {
    let TradeRequest {
        product,
        occurred_at,
        ..
    } = trade(1);
    let right = Correction {
        position: 0,
        user: UserId([4; 16]),
        product,
        gross: 2_000,
        occurred_at,
    };
    Content::Replace {
        day: TODAY,
        corrections: vec![right].try_into().expect("it is one"),
    }
}

/// A payment that Eve did not record.
pub(super) fn missing() -> Content {
    let TradeRequest {
        user,
        product,
        gross,
        occurred_at,
        ..
    } = trade(1);
    let payment = MissingPayment {
        client: 5,
        reference: Reference([7; 16]),
        user,
        product,
        gross,
        occurred_at,
    };
    Content::Supplement {
        payments: vec![payment].try_into().expect("it is one"),
    }
}

/// What a content comes to: one payment, or the refund that took it back.
fn stated(content: &Content) -> DayTotals {
    if *content == of_refund() {
        DayTotals {
            payments: ONE.refunds,
            refunds: ONE.payments,
        }
    } else {
        ONE
    }
}

/// The company proposes a content. Returns its number.
pub(super) fn propose(content: Content) -> u32 {
    let ground = Ground::WrongFile;
    let stated = stated(&content);
    Amendments::propose(origin(Bob), 1, ground, H256::zero(), content, stated)
        .expect("it is right");
    Amendments::last_amendment(1)
}

/// The bank accepts a proposal.
pub(super) fn accept(number: u32) {
    let fingerprint = fingerprint(number);
    Amendments::answer(origin(Charlie), 1, number, fingerprint, true).expect("it is awaited");
}

/// The bank rejects a proposal, so that it is a claim.
pub(super) fn reject(number: u32) {
    let fingerprint = fingerprint(number);
    Amendments::answer(origin(Charlie), 1, number, fingerprint, false).expect("it is awaited");
}

/// Bank and company agree to a content, and it is booked at once.
pub(super) fn amend(content: Content) {
    let number = propose(content);
    accept(number);
    Amendments::book(origin(Bob), 1, number, next(number)).expect("it was agreed");
}

fn fingerprint(number: u32) -> H256 {
    let proposal = Proposals::<Runtime>::get(1, number);
    proposal.map_or(H256::zero(), |proposal| proposal.fingerprint)
}

/// Where the booking of a proposal goes on.
fn next(number: u32) -> u32 {
    match Proposals::<Runtime>::get(1, number).map(|proposal| proposal.standing) {
        Some(Standing::Accepted { progress, .. }) => progress.next,
        _ => 0,
    }
}

pub(super) fn propose_call(content: Content) -> RuntimeCall {
    RuntimeCall::Amendments(Call::propose {
        agreement: 1,
        ground: Ground::WrongFile,
        evidence: H256::zero(),
        content,
        stated: ONE,
    })
}

pub(super) fn answer_call(number: u32) -> RuntimeCall {
    RuntimeCall::Amendments(Call::answer {
        agreement: 1,
        number,
        fingerprint: fingerprint(number),
        accept: true,
    })
}

pub(super) fn book_call(number: u32) -> RuntimeCall {
    RuntimeCall::Amendments(Call::book {
        agreement: 1,
        number,
        from: next(number),
    })
}

pub(super) fn withdraw_call(number: u32) -> RuntimeCall {
    RuntimeCall::Amendments(Call::withdraw {
        agreement: 1,
        number,
        fingerprint: fingerprint(number),
    })
}

pub(super) fn write_off_call(number: u32) -> RuntimeCall {
    RuntimeCall::Amendments(Call::write_off {
        agreement: 1,
        number,
        fingerprint: fingerprint(number),
    })
}

pub(super) fn lapse_call(number: u32) -> RuntimeCall {
    RuntimeCall::Amendments(Call::lapse {
        agreement: 1,
        number,
    })
}

/// Sets the time to when no answer to a proposal counts any more.
pub(super) fn pass_answers(number: u32) {
    let proposal = Proposals::<Runtime>::get(1, number).expect("it is there");
    pallet_timestamp::Now::<Runtime>::put(proposal.answer_until + 1);
}

/// Lets a proposal lapse, so that it is a claim.
pub(super) fn lapse(number: u32) {
    pass_answers(number);
    Amendments::lapse(origin(Bob), 1, number).expect("its time is over");
}

#[test]
fn whoever_may_amend_gets_a_proposal_in_and_nobody_else() {
    on_development_chain(|| {
        recorded();
        for who in [Bob, Charlie, Eve] {
            let call = propose_call(cancellation());
            assert!(validity(signed(&who.pair(), 0, call)).is_ok(), "{who:?}");
        }
        for who in [Dave, Ferdie] {
            let call = propose_call(cancellation());
            assert_eq!(refused(validity(signed(&who.pair(), 0, call))), NOT_FREE);
        }
    });
}

#[test]
fn an_institution_whose_answer_is_awaited_gets_it_in_and_nobody_else() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        for who in [Bob, Dave, Eve, Ferdie] {
            let sent = signed(&who.pair(), 0, answer_call(number));
            assert_eq!(refused(validity(sent)), NOT_FREE, "{who:?}");
        }
        assert!(validity(signed(&Charlie.pair(), 0, answer_call(number))).is_ok());
    });
}

#[test]
fn whoever_proposed_gets_a_withdrawal_in_and_nobody_else() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        for who in [Charlie, Dave, Eve, Ferdie] {
            let sent = signed(&who.pair(), 0, withdraw_call(number));
            assert_eq!(refused(validity(sent)), NOT_FREE, "{who:?}");
        }
        assert!(validity(signed(&Bob.pair(), 0, withdraw_call(number))).is_ok());
    });
}

#[test]
fn whoever_proposed_gets_a_claim_written_off_and_nobody_else() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let by = |who: Sr25519Keyring| validity(signed(&who.pair(), 0, write_off_call(number)));
        assert_eq!(refused(by(Bob)), NOT_FREE, "it is no claim yet");
        lapse(number);
        for who in [Charlie, Dave, Eve, Ferdie] {
            assert_eq!(refused(by(who)), NOT_FREE, "{who:?}");
        }
        assert!(by(Bob).is_ok());
    });
}

#[test]
fn what_the_chain_could_apply_twice_needs_a_nonce() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        for (who, call) in [
            (Bob, propose_call(missing())),
            (Charlie, answer_call(number)),
            (Bob, withdraw_call(number)),
            (Bob, write_off_call(number)),
        ] {
            assert_eq!(refused(validity(unordered(&who.pair(), call))), NEEDS_NONCE);
        }
    });
}

#[test]
fn a_worker_books_a_step_once_both_institutions_agree() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let early = unordered(&Bob.pair(), book_call(number));
        assert_eq!(refused(validity(early)), InvalidTransaction::Future);
        accept(number);
        let step = unordered(&Bob.pair(), book_call(number));
        assert!(validity(step.clone()).is_ok());
        assert_eq!(Executive::apply_extrinsic(step.clone()), Ok(Ok(())));
        assert_eq!(refused(validity(step)), InvalidTransaction::Stale);
        let later = unordered(&Charlie.pair(), book_call(number));
        assert_eq!(refused(validity(later)), InvalidTransaction::Stale);
    });
}

#[test]
fn the_pool_holds_one_step_whichever_institution_sends_it() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        accept(number);
        let [company, bank] = [Bob, Charlie].map(|who| {
            let step = unordered(&who.pair(), book_call(number));
            validity(step).expect("it is due").provides
        });
        assert_eq!(company, bank);
    });
}

#[test]
fn a_worker_lets_lapse_what_was_not_answered_in_time_and_not_before() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let lapse = || unordered(&Charlie.pair(), lapse_call(number));
        assert_eq!(refused(validity(lapse())), InvalidTransaction::Future);
        pass_answers(number);
        assert_eq!(Executive::apply_extrinsic(lapse()), Ok(Ok(())));
        assert_eq!(refused(validity(lapse())), InvalidTransaction::Stale);
    });
}

#[test]
fn a_member_that_the_agreement_does_not_name_books_nothing_without_a_nonce() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        accept(number);
        let step = unordered(&Ferdie.pair(), book_call(number));
        assert_eq!(refused(validity(step)), InvalidTransaction::BadSigner);
        let second = propose(missing());
        pass_answers(second);
        let lapse = unordered(&Ferdie.pair(), lapse_call(second));
        assert_eq!(refused(validity(lapse)), InvalidTransaction::BadSigner);
    });
}

#[test]
fn a_payment_that_an_amendment_recorded_its_client_does_not_record_again() {
    on_development_chain(|| {
        amend(missing());
        let RuntimeCall::Trades(pallet_trades::Call::record { agreement, trades }) = record()
        else {
            panic!("it records");
        };
        let again = trades.into_iter().map(|trade| TradeRequest {
            reference: Reference([7; 16]),
            ..trade
        });
        let again: Vec<_> = again.collect();
        let again = again.try_into().expect("it is one");
        let error = Trades::record(origin(Eve), agreement, again).expect_err("it is recorded");
        let supplemented = pallet_trades::Error::<Runtime>::Supplemented;
        assert_eq!(error.error, DispatchError::from(supplemented));
    });
}
