//! What a member that floods the chain, or sends what is too large, gets.

use super::{
    on_development_chain,
    transactions::{authority, refused, signed, validity},
    NOON,
};
use crate::{
    configs::{counterfoil::MAX_BATCH, system::RuntimeBlockWeights},
    transaction::authorised,
    Executive, Nonce, RuntimeCall, System, UncheckedExtrinsic,
};
use codec::{Compact, Decode, Encode};
use counterfoil_primitives::{
    compare::{DirtyPage, ReportHeader},
    operator::OperatorPair,
    BusinessDay, MemberId, Reference, Side, TradeRequest, UserId,
};
use frame_support::{dispatch::DispatchClass, traits::Get};
use sp_core::{Pair, H256};
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
        auth: None,
    })
}

fn seal() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::seal {
        agreement: 1,
        day: BusinessDay(20_779),
        auth: None,
    })
}

fn header(pages: u32) -> RuntimeCall {
    let root = H256::repeat_byte(1);
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_header {
        agreement: 1,
        day: BusinessDay(20_779),
        side: Side::Debit,
        header: ReportHeader {
            dirty: (0..pages).map(|page| DirtyPage { page, root }).collect(),
            extras: Vec::new(),
        },
        auth: None,
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

#[test]
fn the_block_after_a_flood_takes_what_others_send() {
    on_development_chain(|| {
        flood();
        System::reset_events();
        System::initialize(&2, &H256::repeat_byte(2), &Default::default());
        let seal = signed(&Sr25519Keyring::Dave.pair(), 0, seal());
        assert_eq!(Executive::apply_extrinsic(seal), Ok(Ok(())));
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

#[test]
fn an_authorised_flood_leaves_as_many_spent_authorities_as_are_kept_of_a_client() {
    on_development_chain(|| {
        let eve = OperatorPair::from_string("//Eve", None).unwrap();
        let most = <pallet_trades::spent::Limit as Get<u32>>::get() as usize;
        for _ in 0..most + 8 {
            let call = with_authority(&eve, 5, worthless(1));
            assert!(Executive::apply_extrinsic(authorised(call))
                .unwrap()
                .is_ok());
        }
        assert_eq!(trades_in_storage(), 0);
        assert_eq!(spent_of_eve(), most);
    });
}

/// The call under the authority of `member`. A signature is never the same twice.
fn with_authority(pair: &OperatorPair, member: MemberId, mut call: RuntimeCall) -> RuntimeCall {
    let own = authority(pair, member, &call);
    if let RuntimeCall::Trades(pallet_trades::Call::record { auth, .. }) = &mut call {
        *auth = Some(own);
    }
    call
}

fn trades_in_storage() -> usize {
    pallet_trades::Days::<crate::Runtime>::iter().count()
        + pallet_trades::Windows::<crate::Runtime>::iter().count()
}

fn spent_of_eve() -> usize {
    pallet_trades::SpentAuthorities::<crate::Runtime>::get(5).len()
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
        [
            index,
            1u32.encode(),
            Compact(count).encode(),
            batch,
            vec![0],
        ]
        .concat()
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
