//! What operators sign, and where books lie: nothing stands for anything else.

use counterfoil_primitives::{
    book_exchange::{Question, Request},
    store::{key, Item},
    BusinessDay, Side,
};
use sp_core::H256;
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

/// What an account signs of a transaction begins with the call: the index of its pallet, or, where
/// it is long, is a hash.
#[test]
fn a_request_is_no_transaction() {
    let first = request().signing_payload()[0];
    assert!(first > 64, "no pallet has an index as high as {first}");
    assert!(request().signing_payload().len() != 32);
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
