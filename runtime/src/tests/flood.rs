//! What a member that floods the chain, or sends what is too large, gets.

use super::{
    on_development_chain,
    transactions::{refused, signed, unordered, validity},
    NOON,
};
use crate::{
    configs::{counterfoil::MAX_BATCH, system::RuntimeBlockWeights},
    Executive, Nonce, RuntimeCall, System, UncheckedExtrinsic,
};
use codec::{Compact, Decode, Encode};
use counterfoil_primitives::{
    compare::{DirtyPage, ReportHeader},
    BusinessDay, Reference, Side, TradeRequest, UserId,
};
use frame_support::{dispatch::DispatchClass, traits::Get};
use pallet_envelope::spent::OUTNUMBERED;
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::transaction_validity::InvalidTransaction;

/// The largest batch, of trades that are refused one by one: what costs a client nothing.
fn worthless_batch() -> RuntimeCall {
    worthless(MAX_BATCH)
}

/// A batch of so many trades that are refused.
fn worthless(count: u32) -> RuntimeCall {
    let trade = |sequence| TradeRequest {
        sequence,
        reference: Reference([1; 16]),
        user: UserId([1; 16]),
        product: 1,
        gross: 0,
        debit: 0,
        credit: 0,
        occurred_at: NOON - 1,
    };
    let trades: Vec<_> = (0..u64::from(count)).map(trade).collect();
    RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: trades.try_into().unwrap(),
    })
}

fn seal() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::seal {
        agreement: 1,
        day: BusinessDay(20_779),
    })
}

fn header(pages: u32) -> RuntimeCall {
    let root = H256::repeat_byte(1);
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_header {
        agreement: 1,
        day: BusinessDay(20_779),
        side: Side::Debit,
        rejections: 0,
        header: ReportHeader {
            dirty: (0..pages).map(|page| DirtyPage { page, root }).collect(),
            extras: Vec::new(),
        },
    })
}

/// Sends worthless batches until a block takes no more. Gives how many it took.
fn flood() -> Nonce {
    let pair = Sr25519Keyring::Eve.pair();
    let takes = |nonce: &Nonce| {
        let batch = signed(&pair, *nonce, worthless_batch());
        match Executive::apply_extrinsic(batch) {
            Ok(applied) => applied.is_ok(),
            Err(why) => {
                assert_eq!(why, InvalidTransaction::ExhaustsResources.into());
                false
            }
        }
    };
    (0..).take_while(takes).count() as Nonce
}

#[test]
fn a_flood_ends_at_the_blocks_limit() {
    on_development_chain(|| {
        assert!(flood() > 0);
        let limit = RuntimeBlockWeights::get()
            .get(DispatchClass::Normal)
            .max_total;
        let used = *System::block_weight().get(DispatchClass::Normal);
        assert!(used.all_lte(limit.expect("normal calls are limited")));
    });
}

/// The seal as the reconciler's worker sends it.
fn workers_seal() -> UncheckedExtrinsic {
    unordered(&Sr25519Keyring::Dave.pair(), seal())
}

#[test]
fn what_a_worker_sends_goes_before_a_flood() {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.pair();
        let floods = [
            signed(&eve, 0, worthless_batch()),
            unordered(&eve, worthless_batch()),
        ];
        let priority = |sent| validity(sent).unwrap().priority;
        let of_worker = priority(workers_seal());
        for flood in floods {
            assert!(of_worker > priority(flood));
        }
    });
}

#[test]
fn a_flood_that_goes_on_leaves_room_for_what_went_before_it() {
    on_development_chain(|| {
        assert_eq!(Executive::apply_extrinsic(workers_seal()), Ok(Ok(())));
        assert!(flood() > 0);
    });
}

#[test]
fn a_signed_flood_leaves_nothing_in_storage_but_its_nonce() {
    on_development_chain(|| {
        flood();
        assert_eq!(trades_in_storage(), 0);
        assert_eq!(spent_of_eve(), 0);
    });
}

/// Sends more batches without a nonce, each refused, than are kept of a client as spent.
fn unordered_flood() -> Vec<UncheckedExtrinsic> {
    let eve = Sr25519Keyring::Eve.pair();
    let send = |count| {
        let batch = unordered(&eve, worthless(count));
        assert_eq!(Executive::apply_extrinsic(batch.clone()), Ok(Ok(())));
        batch
    };
    (1..=most_spent() as u32 + 8).map(send).collect()
}

fn most_spent() -> usize {
    <pallet_envelope::spent::Limit as Get<u32>>::get() as usize
}

#[test]
fn a_flood_without_nonces_leaves_at_most_as_much_spent_as_is_kept_of_a_client() {
    on_development_chain(|| {
        unordered_flood();
        assert_eq!(trades_in_storage(), 0);
        assert!(spent_of_eve() <= most_spent());
    });
}

#[test]
fn nothing_of_a_flood_without_nonces_comes_back() {
    on_development_chain(|| {
        for batch in unordered_flood() {
            let again = refused(validity(batch));
            assert!([InvalidTransaction::Stale, OUTNUMBERED].contains(&again));
        }
    });
}

fn trades_in_storage() -> usize {
    pallet_trades::Days::<crate::Runtime>::iter().count()
        + pallet_trades::Windows::<crate::Runtime>::iter().count()
}

fn spent_of_eve() -> usize {
    pallet_envelope::SpentTransactions::<crate::Runtime>::get(5)
        .kept
        .len()
}

#[test]
fn a_batch_of_more_trades_than_a_call_takes_does_not_decode() {
    let RuntimeCall::Trades(pallet_trades::Call::record { trades, .. }) = worthless_batch() else {
        panic!("it is a batch");
    };
    let call = |count: u32| {
        let index = worthless_batch().encode()[..2].to_vec();
        let batch: Vec<_> = trades.iter().cycle().take(count as usize).collect();
        let batch: Vec<u8> = batch.iter().flat_map(|trade| trade.encode()).collect();
        [index, 1u32.encode(), Compact(count).encode(), batch].concat()
    };
    assert!(RuntimeCall::decode(&mut &call(MAX_BATCH)[..]).is_ok());
    assert!(RuntimeCall::decode(&mut &call(MAX_BATCH + 1)[..]).is_err());
}

#[test]
fn a_header_that_fits_no_block_is_refused() {
    on_development_chain(|| {
        let transaction = |pages| signed(&Sr25519Keyring::Dave.pair(), 0, header(pages));
        // It enters, and fails: the day is not sealed.
        assert!(validity(transaction(1)).is_ok());
        let too_long = transaction(300_000);
        assert_eq!(
            refused(validity(too_long)),
            InvalidTransaction::ExhaustsResources
        );
    });
}

#[test]
fn a_call_nested_too_deep_does_not_decode() {
    let mut nested = seal();
    for _ in 0..300 {
        nested = RuntimeCall::Utility(pallet_utility::Call::batch {
            calls: vec![nested],
        });
    }
    on_development_chain(|| {
        let transaction: UncheckedExtrinsic = signed(&Sr25519Keyring::Alice.pair(), 0, nested);
        assert_eq!(refused(validity(transaction)), InvalidTransaction::Call);
    });
}
