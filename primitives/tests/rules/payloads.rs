//! What operators sign, and where books lie: nothing stands for anything else. What is signed and hashed
//! of a side is pinned byte by byte.

use codec::Encode;
use counterfoil_primitives::{
    book_exchange::{Question, Request},
    book_storage::{key, Item},
    commitment::Place,
    tree::Domain,
    BusinessDay, Entry, Kind, Reference, Side, SideId, TradeId, UserId,
};
use sp_core::H256;
use std::collections::BTreeSet;

const SIDE_ID: SideId = SideId::new(1, BusinessDay(20_000), Side::Credit);

/// The encoding of [`SIDE_ID`]: the agreement, the day and the side, one after the other.
const SIDE_ID_BYTES: [u8; 9] = [1, 0, 0, 0, 0x20, 0x4E, 0, 0, 1];

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
        side_id: SIDE_ID,
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
        with(|request| request.side_id.agreement = 2),
        with(|request| request.side_id.day = request.side_id.day.next()),
        with(|request| request.side_id.side = Side::Debit),
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
            key(SideId::new(1, day, Side::Debit), *item),
            key(SideId::new(1, day, Side::Credit), *item),
            key(SideId::new(1, day.next(), Side::Debit), *item),
            key(SideId::new(2, day, Side::Debit), *item),
        ]
    });
    all_different(keys.collect());
}

#[test]
fn a_side_id_is_encoded_as_its_fields() {
    assert_eq!(SIDE_ID.encode(), SIDE_ID_BYTES);
    let key = key(SIDE_ID, Item::State);
    assert!(key.ends_with(&[&SIDE_ID_BYTES[..], &[1]].concat()));
}

#[test]
fn a_place_is_encoded_as_the_chain_and_the_fields_of_the_side() {
    let place = Place {
        genesis: H256::repeat_byte(7),
        side_id: SIDE_ID,
    };
    assert_eq!(place.encode(), [&[7; 32][..], &SIDE_ID_BYTES].concat());
}

#[test]
fn a_domain_is_encoded_as_the_format_the_place_and_the_counts() {
    let domain = Domain {
        format: 9,
        genesis: H256::repeat_byte(7),
        side_id: SIDE_ID,
        slots: 600,
        extras: 3,
    };
    let counts = [0x58, 2, 0, 0, 3, 0, 0, 0];
    let bytes = [&[9][..], &[7; 32], &SIDE_ID_BYTES, &counts].concat();
    assert_eq!(domain.encode(), bytes);
}

#[test]
fn an_entry_is_encoded_as_its_fields() {
    let entry = Entry {
        id: TradeId {
            client: 3,
            sequence: 258,
        },
        kind: Kind::Refund,
        reference: Reference([5; 16]),
        user: UserId([6; 16]),
        product: 7,
        amount: 1_000,
        occurred_at: 1_001,
    };
    let mut amount = [0u8; 16];
    amount[..2].copy_from_slice(&[0xE8, 3]);
    let bytes = [
        &[3, 0, 0, 0][..],
        &[2, 1, 0, 0, 0, 0, 0, 0],
        &[1],
        &[5; 16],
        &[6; 16],
        &[7, 0, 0, 0],
        &amount,
        &[0xE9, 3, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    assert_eq!(entry.encode(), bytes);
    assert_eq!(Kind::Payment.encode(), [0]);
}

#[test]
fn a_request_is_encoded_as_its_fields_and_those_of_the_side() {
    let members = [3, 0, 0, 0, 4, 0, 0, 0];
    // Of the slots, page 1.
    let question = [1, 4, 1, 0, 0, 0];
    let expires_at = [0xE8, 3, 0, 0, 0, 0, 0, 0];
    let bytes = [
        &[1; 32][..],
        &members,
        &SIDE_ID_BYTES,
        &question,
        &expires_at,
        &[0; 16],
    ]
    .concat();
    assert_eq!(request().encode(), bytes);
    let signed = [&[80][..], b"counterfoil fetch v1", &bytes].concat();
    assert_eq!(request().signing_payload(), signed);
}
