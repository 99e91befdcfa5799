//! Who gets a transaction into the pool, and what a transaction looks like.

use super::{on_development_chain, NOON};
use crate::{
    cannot_pay_explained::{NOT_FREE, STRANGER},
    transaction::extension,
    AccountId, Address, Executive, Hash, Nonce, RuntimeCall, Signature, SignedPayload, System,
    TxExtension, UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::{
    envelope::UNORDERED, BusinessDay, Original, Reference, RefundRequest, TradeId, TradeRequest,
    UserId,
};
use counterfoil_support::unordered::NEEDS_NONCE;
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    generic::Era,
    traits::TransactionExtension,
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
    },
};

/// What is published of polkadot.js's extensions.
const KNOWN: [&str; 8] = [
    "CheckNonZeroSender",
    "CheckSpecVersion",
    "CheckTxVersion",
    "CheckGenesis",
    "CheckMortality",
    "CheckNonce",
    "ChargeTransactionPayment",
    "CheckWeight",
];

pub(super) fn trade(sequence: u64) -> TradeRequest {
    // 10 % to the bank, the rest to the company.
    TradeRequest {
        sequence,
        reference: Reference([1; 16]),
        user: UserId([2; 16]),
        product: 1,
        gross: 1_000,
        debit: 900,
        credit: 100,
        occurred_at: NOON - 1,
    }
}

pub(super) fn record() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: vec![trade(1)].try_into().unwrap(),
    })
}

/// A refund by Eve of the whole of [`trade`] of this number, the first one that the day recorded.
pub(super) fn refund_of(paid: u64, sequence: u64) -> RefundRequest {
    let payment = trade(paid);
    let id = TradeId {
        client: 5,
        sequence: paid,
    };
    RefundRequest {
        sequence,
        reference: Reference([3; 16]),
        user: payment.user,
        product: payment.product,
        original: Original {
            id,
            day: BusinessDay(20_780),
            position: 0,
        },
        refunded_before: 0,
        gross: payment.gross,
        debit: payment.debit,
        credit: payment.credit,
        occurred_at: NOON,
    }
}

pub(super) fn refund() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::refund {
        agreement: 1,
        refunds: vec![refund_of(1, 2)].try_into().unwrap(),
    })
}

/// A refund of a part of that payment as a person writes it.
pub(super) fn refund_one() -> RuntimeCall {
    let text = |text: &str| text.try_into().expect("it is short");
    RuntimeCall::Trades(pallet_trades::Call::refund_one {
        agreement: 1,
        original: refund_of(1, 2).original,
        amount: text("1.00"),
        reference: text("B-1"),
        refunded_before: None,
        occurred_at: None,
    })
}

fn batched(call: RuntimeCall) -> RuntimeCall {
    RuntimeCall::Utility(pallet_utility::Call::batch { calls: vec![call] })
}

pub(super) fn remark() -> RuntimeCall {
    RuntimeCall::System(frame_system::Call::remark { remark: vec![1] })
}

pub(super) fn signed(pair: &sr25519::Pair, nonce: Nonce, call: RuntimeCall) -> UncheckedExtrinsic {
    signed_for(pair, Era::Immortal, nonce, call)
}

/// A transaction without a nonce.
pub(super) fn unordered(pair: &sr25519::Pair, call: RuntimeCall) -> UncheckedExtrinsic {
    signed_for(pair, Era::mortal(64, 0), UNORDERED, call)
}

pub(super) fn signed_for(
    pair: &sr25519::Pair,
    era: Era,
    nonce: Nonce,
    call: RuntimeCall,
) -> UncheckedExtrinsic {
    let extension = extension(era, nonce);
    let payload = SignedPayload::new(call.clone(), extension.clone()).unwrap();
    let signature = payload.using_encoded(|bytes| pair.sign(bytes));
    let account = AccountId::from(pair.public());
    let (address, signature) = (Address::Id(account), Signature::Sr25519(signature));
    UncheckedExtrinsic::new_signed(call, address, signature, extension)
}

pub(super) fn validity(transaction: UncheckedExtrinsic) -> TransactionValidity {
    Executive::validate_transaction(TransactionSource::External, transaction, Hash::zero())
}

pub(super) fn refused(validity: TransactionValidity) -> InvalidTransaction {
    match validity {
        Err(TransactionValidityError::Invalid(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn every_extension_is_one_that_wallets_know() {
    let names: Vec<_> = TxExtension::metadata()
        .into_iter()
        .map(|extension| extension.identifier)
        .collect();
    assert_eq!(names, KNOWN);
}

#[test]
fn the_extension_adds_but_era_nonce_and_tip() {
    assert_eq!(extension(Era::Immortal, 0).encode(), [0, 0, 0]);
}

#[test]
fn a_member_without_funds_gets_its_call_in() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, record());
        assert!(validity(transaction).is_ok());
    });
}

#[test]
fn a_stranger_is_refused() {
    on_development_chain(|| {
        let stranger = Sr25519Keyring::One.pair();
        for call in [record(), remark()] {
            let why = refused(validity(signed(&stranger, 0, call)));
            assert_eq!(why, STRANGER);
        }
    });
}

#[test]
fn a_member_without_funds_gets_nothing_in_that_is_not_its_own() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, remark());
        assert_eq!(refused(validity(transaction)), NOT_FREE);
    });
}

#[test]
fn a_batch_of_calls_is_no_way_around_the_fee() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, batched(record()));
        assert_eq!(refused(validity(transaction)), NOT_FREE);
    });
}

#[test]
fn who_issues_the_asset_pays_and_gets_in() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Alice.pair(), 0, remark());
        assert!(validity(transaction).is_ok());
    });
}

#[test]
fn a_members_call_without_a_nonce_gets_in_and_goes_free() {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.pair();
        let transaction = unordered(&eve, record());
        assert!(validity(transaction.clone()).is_ok());
        assert_eq!(Executive::apply_extrinsic(transaction), Ok(Ok(())));
        assert_eq!(System::account_nonce(AccountId::from(eve.public())), 0);
    });
}

#[test]
fn a_strangers_call_without_a_nonce_is_refused() {
    on_development_chain(|| {
        let transaction = unordered(&Sr25519Keyring::One.pair(), record());
        assert_eq!(refused(validity(transaction)), STRANGER);
    });
}

#[test]
fn a_call_that_state_does_not_protect_needs_a_nonce() {
    on_development_chain(|| {
        for (pair, call) in [
            (Sr25519Keyring::Alice.pair(), remark()),
            (Sr25519Keyring::Eve.pair(), batched(record())),
        ] {
            let transaction = unordered(&pair, call);
            assert_eq!(refused(validity(transaction)), NEEDS_NONCE);
        }
    });
}

/// A general transaction, which is signed by nobody.
#[test]
fn a_general_transaction_is_refused() {
    on_development_chain(|| {
        for call in [record(), remark()] {
            for nonce in [0, UNORDERED] {
                let extension = extension(Era::mortal(64, 0), nonce);
                let general = UncheckedExtrinsic::new_transaction(call.clone(), extension);
                assert!(validity(general).is_err());
            }
        }
    });
}

/// The runtime's version is part of what is signed: so an upgrade, which raises it, voids what is under
/// way.
#[test]
fn what_was_signed_for_another_version_of_the_runtime_is_no_proof() {
    on_development_chain(|| {
        let extension = extension(Era::mortal(64, 0), UNORDERED);
        let mut implicit = extension.implicit().expect("genesis is known");
        implicit.1 -= 1;
        let eve = Sr25519Keyring::Eve.pair();
        let payload = SignedPayload::from_raw(record(), extension.clone(), implicit);
        let signature = payload.using_encoded(|bytes| eve.sign(bytes));
        let old = UncheckedExtrinsic::new_signed(
            record(),
            Address::Id(AccountId::from(eve.public())),
            Signature::Sr25519(signature),
            extension,
        );
        assert_eq!(refused(validity(old)), InvalidTransaction::BadProof);
        assert!(validity(unordered(&eve, record())).is_ok());
    });
}

#[test]
fn a_bare_call_is_refused() {
    on_development_chain(|| {
        for call in [record(), remark()] {
            assert!(validity(UncheckedExtrinsic::new_bare(call)).is_err());
        }
    });
}

#[test]
fn a_recorded_trade_is_read_by_staff() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, record());
        Executive::apply_extrinsic(transaction).unwrap().unwrap();

        let today = crate::views::today(1).unwrap();
        assert_eq!(today, BusinessDay(20_780));
        assert_eq!(crate::views::day(1, today).unwrap().trades, 1);
    });
}
