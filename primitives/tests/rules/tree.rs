//! Pages, leaves and roots.

use crate::samples::{chain, entry, equal_book, place};
use codec::{Encode, MaxEncodedLen};
use counterfoil_primitives::{
    tree::{
        chain_page_root, chapter_count, chapter_of, extras_leaves, extras_page_root,
        extras_page_roots, extras_root, locate, locate_in_page, page_count, page_len, page_root,
        slots_leaves, slots_page_root, slots_root, Domain, CHAPTER_SIZE, ENTRY_LEN, LEAF_SIZE,
        PAGE_SIZE,
    },
    Entry,
};
use sp_core::H256;
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

/// What a page root is the hash of.
fn preimage_of_page(count: [u8; 4], leaves: &[H256]) -> Vec<u8> {
    let leaves: Vec<u8> = leaves.iter().flat_map(|leaf| leaf.0).collect();
    [&[4][..], &count, &leaves].concat()
}

#[test]
fn a_page_root_is_tag_count_and_leaves_hashed() {
    for (count, bytes) in [(1, [1, 0, 0, 0]), (17, [17, 0, 0, 0]), (256, [0, 1, 0, 0])] {
        let slots = equal_book(&chain(count)).slots;
        let preimage = preimage_of_page(bytes, &slots_leaves(&slots));
        assert_eq!(slots_page_root(&slots), BlakeTwo256::hash(&preimage));
    }
}

#[test]
fn a_page_root_of_extras_is_tag_count_and_leaves_hashed() {
    let extras = chain(17);
    let preimage = preimage_of_page([17, 0, 0, 0], &extras_leaves(&extras));
    assert_eq!(extras_page_root(&extras), BlakeTwo256::hash(&preimage));
}

#[test]
fn a_page_of_one_leaf_is_not_that_leaf() {
    let slots = [Some(entry(0)), None];
    assert_ne!(slots_page_root(&slots), slots_leaves(&slots)[0]);
}

#[test]
fn pages_of_equal_leaves_and_another_count_have_other_roots() {
    let leaves = slots_leaves(&equal_book(&chain(32)).slots);
    assert_ne!(page_root(31, &leaves), page_root(32, &leaves));
}

#[test]
fn an_inner_node_is_two_hashes_hashed() {
    let domain = place().domain(257, 0);
    let [left, right] = [H256::repeat_byte(1), H256::repeat_byte(2)];
    let top = BlakeTwo256::hash(&[left.0, right.0].concat());
    let preimage = [&[2][..], &domain.encode(), &top.0].concat();
    assert_eq!(
        slots_root(&domain, [left, right]),
        BlakeTwo256::hash(&preimage)
    );
}

#[test]
fn the_tree_over_nothing_is_zeros() {
    let domain = place().domain(0, 0);
    let preimage = [&[2][..], &domain.encode(), &[0; 32]].concat();
    assert_eq!(slots_root(&domain, []), BlakeTwo256::hash(&preimage));
    let preimage = [&[3][..], &domain.encode(), &[0; 32]].concat();
    assert_eq!(extras_root(&domain, []), BlakeTwo256::hash(&preimage));
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
fn chapters_hold_256_pages() {
    assert_eq!(chapter_count(0), 0);
    assert_eq!(chapter_count(1), 1);
    assert_eq!(chapter_count(CHAPTER_SIZE), 1);
    assert_eq!(chapter_count(CHAPTER_SIZE + 1), 2);
}

#[test]
fn a_page_lies_in_its_chapter() {
    assert_eq!(chapter_of(0), 0);
    assert_eq!(chapter_of(255), 0);
    assert_eq!(chapter_of(256), 1);
}

/// The top over hashes. Each pair of a row is hashed; the last one of an odd row moves up alone.
fn top(mut row: Vec<H256>) -> H256 {
    while row.len() > 1 {
        row = row
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => BlakeTwo256::hash(&[left.0, right.0].concat()),
                alone => alone[0],
            })
            .collect();
    }
    row[0]
}

#[test]
fn the_tops_of_chapters_have_the_top_of_their_pages() {
    for pages in [1, 255, 256, 257, 511, 512, 700, 1_025] {
        let domain = place().domain(pages * PAGE_SIZE, 0);
        let roots: Vec<H256> = (0..pages)
            .map(|page| BlakeTwo256::hash(&page.encode()))
            .collect();
        let chapters = roots.chunks(CHAPTER_SIZE as usize);
        let tops = chapters.map(|chapter| top(chapter.to_vec())).collect();
        let preimage = [&[2][..], &domain.encode(), &top(tops).0].concat();
        assert_eq!(slots_root(&domain, roots), BlakeTwo256::hash(&preimage));
    }
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
