//! Who gets a transaction into the pool, and what a transaction looks like.

use super::{on_development_chain, NOON};
use crate::{
    transaction::{authorised, extension},
    AccountId, Address, Executive, Hash, Nonce, RuntimeCall, Signature, SignedPayload, System,
    TxExtension, UncheckedExtrinsic,
};
use codec::Encode;
use counterfoil_primitives::{
    operator::{signing_payload, OperatorPair},
    BusinessDay, MemberId, Moment, OperatorAuth, Reference, TradeRequest, UserId,
};
use sp_core::{sr25519, Pair};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
    generic::Era,
    traits::TransactionExtension,
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
    },
};

/// What is published of polkadot.js's extensions, and `AuthorizeCall`, which it takes for one of
/// no effect since it carries nothing.
const KNOWN: [&str; 9] = [
    "AuthorizeCall",
    "CheckNonZeroSender",
    "CheckSpecVersion",
    "CheckTxVersion",
    "CheckGenesis",
    "CheckMortality",
    "CheckNonce",
    "CheckWeight",
    "ChargeTransactionPayment",
];

fn trade(sequence: u64) -> TradeRequest {
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

pub(super) fn record(auth: Option<OperatorAuth>) -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: vec![trade(1)].try_into().unwrap(),
        auth,
    })
}

pub(super) fn remark() -> RuntimeCall {
    RuntimeCall::System(frame_system::Call::remark { remark: vec![1] })
}

pub(super) fn signed(pair: &sr25519::Pair, nonce: Nonce, call: RuntimeCall) -> UncheckedExtrinsic {
    let extension = extension(Era::Immortal, nonce);
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

/// The authority of `member` for a batch, for a minute.
fn authority(pair: &OperatorPair, member: MemberId, call: &RuntimeCall) -> OperatorAuth {
    authority_until(pair, member, call, NOON + 60_000)
}

pub(super) fn authority_until(
    pair: &OperatorPair,
    member: MemberId,
    call: &RuntimeCall,
    expires_at: Moment,
) -> OperatorAuth {
    let RuntimeCall::Trades(pallet_trades::Call::record {
        agreement, trades, ..
    }) = call
    else {
        panic!("not a record");
    };
    let arguments = (agreement, trades);
    let genesis = System::block_hash(0);
    let payload = signing_payload(genesis, "trades.record", &arguments, member, expires_at);
    OperatorAuth {
        member,
        expires_at,
        signature: pair.sign(&payload),
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
fn an_authorised_transaction_begins_as_a_general_one() {
    let transaction = authorised(remark()).encode();
    let expected = [&[0x45, 0, 0, 0, 0], &remark().encode()[..]].concat();
    assert_eq!(transaction, expected.encode());
}

#[test]
fn a_member_without_funds_gets_its_call_in() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, record(None));
        assert!(validity(transaction).is_ok());
    });
}

#[test]
fn a_stranger_is_refused() {
    on_development_chain(|| {
        let stranger = Sr25519Keyring::One.pair();
        for call in [record(None), remark()] {
            let why = refused(validity(signed(&stranger, 0, call)));
            assert_eq!(why, InvalidTransaction::Payment);
        }
    });
}

#[test]
fn a_member_without_funds_gets_nothing_in_that_is_not_its_own() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, remark());
        assert_eq!(refused(validity(transaction)), InvalidTransaction::Payment);
    });
}

#[test]
fn a_batch_of_calls_is_no_way_around_the_fee() {
    on_development_chain(|| {
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch {
            calls: vec![record(None)],
        });
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, batch);
        assert_eq!(refused(validity(transaction)), InvalidTransaction::Payment);
    });
}

#[test]
fn the_administrator_pays_and_gets_in() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Alice.pair(), 0, remark());
        assert!(validity(transaction).is_ok());
    });
}

#[test]
fn an_authorised_call_of_a_member_gets_in() {
    on_development_chain(|| {
        let operator = OperatorPair::from(Sr25519Keyring::Eve.pair());
        let auth = authority(&operator, 5, &record(None));
        assert!(validity(authorised(record(Some(auth)))).is_ok());
    });
}

#[test]
fn an_authorised_call_by_another_key_is_refused() {
    on_development_chain(|| {
        let operator = OperatorPair::from(Sr25519Keyring::One.pair());
        let auth = authority(&operator, 5, &record(None));
        refused(validity(authorised(record(Some(auth)))));
    });
}

#[test]
fn a_general_transaction_without_authority_is_refused() {
    on_development_chain(|| {
        for call in [record(None), remark()] {
            assert!(validity(authorised(call)).is_err());
        }
    });
}

#[test]
fn a_bare_call_is_refused() {
    on_development_chain(|| {
        for call in [record(None), remark()] {
            assert!(validity(UncheckedExtrinsic::new_bare(call)).is_err());
        }
    });
}

#[test]
fn a_recorded_trade_is_read_by_staff() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, record(None));
        Executive::apply_extrinsic(transaction).unwrap().unwrap();

        let today = crate::views::today(1).unwrap();
        assert_eq!(today, BusinessDay(20_780));
        assert_eq!(crate::views::day(1, today).unwrap().trades, 1);
    });
}
