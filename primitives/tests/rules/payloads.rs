//! What operators sign, and where books lie: nothing stands for anything else.

use counterfoil_primitives::{
    fetch::{Question, Request},
    operator::{signing_payload, OperatorPair},
    store::{key, Item},
    BusinessDay, OperatorSignature, Side,
};
use sp_core::{Pair, H256};
use std::collections::BTreeSet;

fn all_different(payloads: Vec<Vec<u8>>) {
    let count = payloads.len();
    let different: BTreeSet<_> = payloads.into_iter().collect();
    assert_eq!(different.len(), count);
}

fn request() -> Request {
    Request {
        genesis: H256::repeat_byte(1),
        addressee: 3,
        requester: 4,
        agreement: 1,
        day: BusinessDay(20_000),
        side: Side::Credit,
        question: Question::Slots(vec![1]),
        expires_at: 1_000,
        nonce: [0; 16],
    }
}

#[test]
fn an_operators_signature_binds_each_part_of_a_call() {
    let genesis = H256::repeat_byte(1);
    let arguments = (1u32, 2u32);
    all_different(vec![
        signing_payload(genesis, "trades.seal", &arguments, 1, 1_000),
        signing_payload(H256::zero(), "trades.seal", &arguments, 1, 1_000),
        signing_payload(genesis, "trades.record", &arguments, 1, 1_000),
        signing_payload(genesis, "trades.seal", &(1u32, 3u32), 1, 1_000),
        signing_payload(genesis, "trades.seal", &arguments, 2, 1_000),
        signing_payload(genesis, "trades.seal", &arguments, 1, 1_001),
    ]);
}

#[test]
fn an_operators_signature_verifies_for_its_own_payload_alone() {
    let pair = OperatorPair::from_string("//Alice", None).unwrap();
    let payload = |day: u32| signing_payload(H256::zero(), "trades.seal", &(1u32, day), 1, 1_000);
    let signature: OperatorSignature = pair.sign(&payload(5));
    assert!(OperatorPair::verify(&signature, payload(5), &pair.public()));
    assert!(!OperatorPair::verify(
        &signature,
        payload(6),
        &pair.public()
    ));
}

#[test]
fn a_request_binds_each_of_its_parts() {
    let with = |change: fn(&mut Request)| {
        let mut request = request();
        change(&mut request);
        request.signing_payload()
    };
    all_different(vec![
        with(|_| ()),
        with(|request| request.genesis = H256::zero()),
        with(|request| request.addressee = 2),
        with(|request| request.requester = 2),
        with(|request| request.agreement = 2),
        with(|request| request.day = request.day.next()),
        with(|request| request.side = Side::Debit),
        with(|request| request.question = Question::Slots(vec![2])),
        with(|request| request.question = Question::Extras(vec![1])),
        with(|request| request.question = Question::Roots),
        with(|request| request.expires_at += 1),
        with(|request| request.nonce[0] = 1),
    ]);
}

#[test]
fn a_request_is_no_call() {
    let call = signing_payload(H256::zero(), "trades.seal", &(), 1, 1);
    assert_ne!(request().signing_payload()[..20], call[..20]);
}

#[test]
fn each_item_of_each_book_lies_under_a_key_of_its_own() {
    let day = BusinessDay(20_000);
    let import = |generation, page| Item::ImportPage { generation, page };
    let items = [
        Item::Cursor,
        Item::State,
        Item::Slots(0),
        Item::Slots(1),
        Item::Extras(0),
        Item::Suspense,
        Item::Import,
        import(0, 0),
        import(0, 1),
        import(1, 0),
        Item::Result,
    ];
    let keys = items.iter().flat_map(|item| {
        [
            key(1, day, Side::Debit, *item),
            key(1, day, Side::Credit, *item),
            key(1, day.next(), Side::Debit, *item),
            key(2, day, Side::Debit, *item),
        ]
    });
    all_different(keys.collect());
}
