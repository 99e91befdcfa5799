//! Which calls an author takes first.

use super::*;
use core::cmp::Reverse;
use sp_runtime::transaction_validity::{TransactionLongevity, TransactionPriority};

/// The order in which an author takes calls: by priority, then by how soon they end.
fn rank(sent: UncheckedExtrinsic) -> (TransactionPriority, Reverse<TransactionLongevity>) {
    let valid = validity(sent).expect("the pool takes it");
    (valid.priority, Reverse(valid.longevity))
}

#[test]
fn what_records_goes_before_other_calls_of_any_member() {
    on_development_chain(|| {
        let eve = Sr25519Keyring::Eve.pair();
        let [record, refund] =
            [worthless(1), worthless_refunds()].map(|call| rank(unordered(&eve, call)));
        for (era, nonce) in [(Era::mortal(8, 0), 0), (Era::Immortal, 0)] {
            let ferdie = Sr25519Keyring::Ferdie.pair();
            let other = rank(signed_for(&ferdie, era, nonce, endpoint()));
            assert!(record > other && refund > other);
        }
    });
}

#[test]
fn a_seats_call_goes_before_a_flood_of_records() {
    on_development_chain(|| {
        let motion = RuntimeCall::Council(pallet_council::Call::propose {
            call: Box::new(remark()),
        });
        let record = rank(unordered(&Sr25519Keyring::Eve.pair(), worthless(1)));
        let motion = rank(signed(&Sr25519Keyring::Alice.pair(), 0, motion));
        assert!(motion > record);
        assert!(motion < rank(workers_seal()));
    });
}

/// Alice has a seat, and funds: a vote on no motion fails, and she could repeat it.
#[test]
fn a_seats_call_that_costs_a_fee_comes_after_records_and_is_counted() {
    on_development_chain(|| {
        const ALICE: MemberId = 1;
        let alice = Sr25519Keyring::Alice.pair();
        let vote = RuntimeCall::Council(pallet_council::Call::vote {
            motion: Default::default(),
            index: 0,
            approve: true,
        });
        let record = rank(unordered(&Sr25519Keyring::Eve.pair(), worthless(1)));
        assert!(rank(signed(&alice, 0, vote.clone())) < record);
        let applied = Executive::apply_extrinsic(signed(&alice, 0, vote));
        assert!(applied.is_ok_and(|applied| applied.is_err()));
        assert_ne!(used_by(ALICE).here, Load::default());
    });
}

#[test]
fn who_flooded_comes_after_who_did_not() {
    on_development_chain(|| {
        let taken = flood();
        let eve = Sr25519Keyring::Eve.pair();
        let flooder = rank(signed(&eve, taken, worthless(1)));
        let other = rank(signed(&Sr25519Keyring::Alice.pair(), 0, worthless(1)));
        assert!(other > flooder);
        assert!(flooder > rank(signed(&Sr25519Keyring::Ferdie.pair(), 0, endpoint())));
    });
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
