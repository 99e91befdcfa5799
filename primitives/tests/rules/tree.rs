//! Pages, leaves and roots.

use crate::samples::{chain, entry, equal_book, place};
use codec::{Encode, MaxEncodedLen};
use counterfoil_primitives::{
    tree::{
        chain_page_root, extras_leaves, extras_page_root, extras_page_roots, extras_root, locate,
        locate_in_page, page_count, page_len, slots_leaves, slots_page_root, slots_root, Domain,
        ENTRY_LEN, LEAF_SIZE, PAGE_SIZE,
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
fn a_leaf_is_tag_and_slots_hashed() {
    let slots = [Some(entry(1)), None, Some(entry(2))];
    let preimage = [vec![0, 1], entry(1).encode(), vec![0, 1], entry(2).encode()].concat();
    assert_eq!(slots_leaves(&slots), [BlakeTwo256::hash(&preimage)]);
    let preimage = [vec![1], entry(1).encode(), entry(2).encode()].concat();
    assert_eq!(
        extras_leaves(&[entry(1), entry(2)]),
        [BlakeTwo256::hash(&preimage)]
    );
}

#[test]
fn a_page_has_a_leaf_for_each_16_slots_and_one_for_the_rest() {
    let book = equal_book(&chain(40)).slots;
    let by_leaf = |leaf: &[Option<Entry>]| slots_leaves(leaf)[0];
    let leaves: Vec<_> = book.chunks(LEAF_SIZE as usize).map(by_leaf).collect();
    assert_eq!(slots_leaves(&book), leaves);
    assert_eq!(leaves.len(), 3);
    assert!(slots_leaves(&[]).is_empty());
}

#[test]
fn an_inner_node_is_two_hashes_hashed() {
    let slots = equal_book(&chain(17)).slots;
    let [left, right] = slots_leaves(&slots)[..] else {
        panic!("17 slots are two leaves")
    };
    let preimage = [left.0, right.0].concat();
    assert_eq!(slots_page_root(&slots), BlakeTwo256::hash(&preimage));
}

#[test]
fn a_page_of_one_leaf_has_its_hash_as_root() {
    let slots = [Some(entry(0)), None];
    assert_eq!(slots_page_root(&slots), slots_leaves(&slots)[0]);
}

#[test]
fn a_slot_is_no_extra() {
    assert_ne!(slots_leaves(&[Some(entry(1))]), extras_leaves(&[entry(1)]));
    assert_ne!(
        slots_page_root(&[Some(entry(1))]),
        extras_page_root(&[entry(1)])
    );
}

#[test]
fn a_slot_lies_in_its_leaf() {
    assert_eq!(locate_in_page(0), (0, 0));
    assert_eq!(locate_in_page(15), (0, 15));
    assert_eq!(locate_in_page(16), (1, 0));
    assert_eq!(locate_in_page(255), (15, 15));
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
