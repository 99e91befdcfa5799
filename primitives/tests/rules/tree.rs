//! Pages, leaves and roots.

use crate::samples::{chain, entry, equal_book, place};
use codec::{Encode, MaxEncodedLen};
use counterfoil_primitives::{
    tree::{
        chain_page_root, extra_leaf, extras_page_root, extras_page_roots, extras_root, locate,
        page_count, page_len, slot_leaf, slots_page_root, slots_root, Domain, ENTRY_LEN, PAGE_SIZE,
    },
    Entry,
};
use sp_runtime::traits::{BlakeTwo256, Hash};

#[test]
fn an_entry_encodes_to_the_stated_length() {
    assert_eq!(entry(1).encode().len(), ENTRY_LEN);
    assert_eq!(Entry::default().encode().len(), ENTRY_LEN);
    assert_eq!(Entry::max_encoded_len(), ENTRY_LEN);
}

#[test]
fn a_domain_encodes_to_the_stated_length() {
    assert_eq!(place().domain(1, 2).encode().len(), Domain::LEN);
    assert_eq!(Domain::max_encoded_len(), Domain::LEN);
}

#[test]
fn a_leaf_is_tag_and_entry_hashed() {
    let preimage = [vec![0, 1], entry(1).encode()].concat();
    assert_eq!(slot_leaf(&Some(entry(1))), BlakeTwo256::hash(&preimage));
    assert_eq!(slot_leaf(&None), BlakeTwo256::hash(&[0, 0]));
    let preimage = [vec![1], entry(1).encode()].concat();
    assert_eq!(extra_leaf(&entry(1)), BlakeTwo256::hash(&preimage));
}

#[test]
fn an_inner_node_is_two_hashes_hashed() {
    let slots = [Some(entry(0)), Some(entry(1))];
    let preimage = [slot_leaf(&slots[0]).0, slot_leaf(&slots[1]).0].concat();
    assert_eq!(slots_page_root(&slots), BlakeTwo256::hash(&preimage));
}

#[test]
fn a_slot_is_no_extra() {
    assert_ne!(slot_leaf(&Some(entry(1))), extra_leaf(&entry(1)));
    assert_ne!(
        slots_page_root(&[Some(entry(1))]),
        extras_page_root(&[entry(1)])
    );
}

#[test]
fn the_roots_of_slots_and_extras_differ_even_when_empty() {
    let domain = place().domain(0, 0);
    assert_ne!(slots_root(&domain, []), extras_root(&domain, []));
}

#[test]
fn pages_hold_256_positions() {
    assert_eq!(page_count(0), 0);
    assert_eq!(page_count(1), 1);
    assert_eq!(page_count(PAGE_SIZE), 1);
    assert_eq!(page_count(PAGE_SIZE + 1), 2);
    assert_eq!(page_count(u32::MAX), 1 << 24);
}

#[test]
fn the_last_page_holds_the_rest() {
    assert_eq!(page_len(600, 0), PAGE_SIZE);
    assert_eq!(page_len(600, 2), 88);
    assert_eq!(page_len(512, 1), PAGE_SIZE);
    assert_eq!(page_len(512, 2), 0);
    assert_eq!(page_len(600, u32::MAX), 0);
}

#[test]
fn a_position_lies_on_its_page() {
    assert_eq!(locate(0), (0, 0));
    assert_eq!(locate(255), (0, 255));
    assert_eq!(locate(256), (1, 0));
    assert_eq!(locate(u32::MAX), ((1 << 24) - 1, 255));
}

#[test]
fn a_page_of_the_chain_is_a_book_with_no_slot_empty() {
    let chain = chain(200);
    let book = equal_book(&chain);
    assert_eq!(chain_page_root(&chain), slots_page_root(&book.slots));
}

#[test]
fn extras_are_paged_in_their_order() {
    let extras = chain(300);
    assert_eq!(
        extras_page_roots(&extras),
        vec![
            extras_page_root(&extras[..256]),
            extras_page_root(&extras[256..])
        ]
    );
}
