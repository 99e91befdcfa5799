//! Calls that are too large, or nested too deep.

use super::*;
use crate::tests::transactions::trade;
use codec::{Compact, Decode, Encode};

#[test]
fn a_batch_of_more_than_a_call_takes_does_not_decode() {
    let batches = [
        (worthless_batch(), trade(1).encode(), MAX_BATCH),
        (worthless_refunds(), refund_of(1, 2).encode(), MAX_REFUNDS),
    ];
    for (batch, item, most) in batches {
        let index = batch.encode()[..2].to_vec();
        let decodes = |count: u32| {
            let items = item.repeat(count as usize);
            let head = [index.clone(), 1u32.encode(), Compact(count).encode()].concat();
            RuntimeCall::decode(&mut &[head, items].concat()[..]).is_ok()
        };
        assert!(decodes(most));
        assert!(!decodes(most + 1));
    }
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
