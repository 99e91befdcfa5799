//! What transactions weigh in a block beside their calls.

use super::{
    on_development_chain,
    transactions::{record, remark, signed, unordered},
};
use crate::{
    extension_weights::Charged, Executive, Runtime, RuntimeCall, System, TxExtension,
    UncheckedExtrinsic,
};
use frame_support::{
    dispatch::{DispatchClass, GetDispatchInfo},
    weights::Weight,
};
use pallet_share::priority::MAX_OF_A_FEE;
use pallet_skip_feeless_payment::SkipCheckIfFeeless;
use pallet_transaction_payment::{ChargeTransactionPayment, WeightInfo as _};
use sp_keyring::Sr25519Keyring;
use sp_runtime::traits::TransactionExtension;

type Fee = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;

/// What a block was charged for a transaction, and what it was charged before its call ran.
fn charged(transaction: UncheckedExtrinsic) -> (Weight, Weight) {
    let taken = || *System::block_weight().get(DispatchClass::Normal);
    let info = transaction.get_dispatch_info();
    let base = <Runtime as frame_system::Config>::BlockWeights::get()
        .get(DispatchClass::Normal)
        .base_extrinsic;
    let before = taken();
    assert_eq!(Executive::apply_extrinsic(transaction), Ok(Ok(())));
    (taken() - before, base + info.total_weight())
}

fn set_endpoint() -> RuntimeCall {
    RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
        endpoint: "http://127.0.0.1:9944".try_into().expect("it is short"),
    })
}

#[test]
fn the_fee_of_a_free_call_takes_no_room_in_the_block() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, set_endpoint());
        let (charged, before) = charged(transaction);
        let given_back = before.ref_time() - charged.ref_time();
        assert!(given_back > Fee::charge_transaction_payment().ref_time() / 2);
        assert!(given_back < Fee::charge_transaction_payment().ref_time());
    });
}

#[test]
fn a_call_that_is_paid_for_gives_nothing_of_its_fee_back() {
    on_development_chain(|| {
        let (charged, before) = charged(signed(&Sr25519Keyring::Alice.pair(), 0, remark()));
        assert_eq!(charged.ref_time(), before.ref_time());
    });
}

#[test]
fn a_later_record_of_one_trade_takes_a_fraction_of_what_it_was_charged_before() {
    on_development_chain(|| {
        let of = |sequence| {
            let RuntimeCall::Trades(pallet_trades::Call::record { agreement, trades }) = record()
            else {
                panic!("it records");
            };
            let trades: Vec<_> = trades
                .into_iter()
                .map(|trade| counterfoil_primitives::TradeRequest { sequence, ..trade })
                .collect();
            let trades = trades.try_into().expect("it is one");
            let call = pallet_trades::Call::record { agreement, trades };
            unordered(&Sr25519Keyring::Alice.pair(), RuntimeCall::Trades(call))
        };
        let (first, _) = charged(of(1));
        let (later, before) = charged(of(2));
        assert!(
            later.ref_time() < first.ref_time() / 2,
            "{later:?} of {first:?}"
        );
        assert!(
            later.ref_time() < before.ref_time() / 3,
            "{later:?} of {before:?}"
        );
    });
}

#[test]
fn no_tip_leads_out_of_a_band() {
    type Fees = SkipCheckIfFeeless<Runtime, ChargeTransactionPayment<Runtime>>;
    assert_eq!(Fees::MAX_PRIORITY, MAX_OF_A_FEE);
    on_development_chain(|| {
        let tipped = |tip| {
            crate::wrapped_extension::Wrapped(Fees::from(ChargeTransactionPayment::from(tip)))
        };
        let priority = |tip| {
            let call = remark();
            let origin = crate::RuntimeOrigin::signed(Sr25519Keyring::Alice.to_account_id());
            let info = call.get_dispatch_info();
            sp_runtime::traits::DispatchTransaction::validate_only(
                &tipped(tip),
                origin,
                &call,
                &info,
                10,
                sp_runtime::transaction_validity::TransactionSource::External,
                0,
            )
            .expect("the issuer can pay")
            .0
            .priority
        };
        let large = 100 * crate::constants::UNIT;
        assert_eq!(priority(large), MAX_OF_A_FEE);
        assert!(priority(0) < MAX_OF_A_FEE);
    });
}

#[test]
fn what_books_the_weight_comes_last_of_what_gives_some_back() {
    let names: Vec<_> = TxExtension::metadata()
        .into_iter()
        .map(|extension| extension.identifier)
        .collect();
    assert_eq!(names.last(), Some(&"CheckWeight"));
}
