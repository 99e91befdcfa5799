//! Inclusion proofs: each verifies for its own place and for no other.

use crate::samples::{chain, day_and_book, entry, equal_book, other_places, place};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    align::Book,
    proof::InclusionProof,
    tree::{slots_leaves, slots_page_root, slots_root, Domain, FORMAT, LEAF_SIZE},
    Commitment, Entry,
};
use proptest::{prelude::*, sample::Index};
use sp_core::H256;

fn page_roots(book: &Book) -> Vec<H256> {
    book.slots.chunks(256).map(slots_page_root).collect()
}

fn domain(book: &Book) -> Domain {
    place().domain(book.slots.len() as u32, book.extras.len() as u32)
}

fn prove(book: &Book, position: u32) -> InclusionProof {
    let page = book.slots.chunks(256).nth(position as usize / 256).unwrap();
    InclusionProof::new(domain(book), position, page, &page_roots(book)).unwrap()
}

fn root(book: &Book) -> H256 {
    Commitment::of_book(&place(), &book.slots, &book.extras).slots_root
}

#[test]
fn a_proof_survives_its_encoding() {
    let book = equal_book(&chain(600));
    let proof = prove(&book, 599);
    let decoded = InclusionProof::decode(&mut &proof.encode()[..]).unwrap();
    assert_eq!(decoded, proof);
    assert!(decoded.verify(root(&book)));
}

#[test]
fn a_proof_begins_with_its_format() {
    let proof = prove(&equal_book(&chain(3)), 0);
    assert_eq!(proof.encode()[0], FORMAT);
}

#[test]
fn a_proof_of_another_format_does_not_verify() {
    let book = equal_book(&chain(600));
    let roots = page_roots(&book);
    let mut proof = prove(&book, 300);
    for format in [FORMAT - 1, FORMAT + 1] {
        proof.domain.format = format;
        assert!(!proof.verify(slots_root(&proof.domain, roots.clone())));
    }
}

#[test]
fn an_empty_slot_can_be_proven() {
    let mut book = equal_book(&chain(300));
    book.slots[270] = None;
    let proof = prove(&book, 270);
    assert_eq!(proof.entry(), None);
    assert!(proof.verify(root(&book)));
}

#[test]
fn there_is_no_proof_for_what_does_not_fit_together() {
    let book = equal_book(&chain(300));
    let (first, last) = book.slots.split_at(256);
    let roots = page_roots(&book);
    let new = |position, page: &[Option<Entry>], roots: &[H256]| {
        InclusionProof::new(domain(&book), position, page, roots)
    };
    assert!(new(299, last, &roots).is_some());
    assert_eq!(new(300, last, &roots), None);
    assert_eq!(new(299, first, &roots), None);
    assert_eq!(new(299, last, &roots[..1]), None);
    assert_eq!(new(0, last, &roots), None);
    let mut wrong = first.to_vec();
    wrong[1] = None;
    assert_eq!(new(0, &wrong, &roots), None);
}

#[test]
fn the_last_page_of_three_is_not_the_second() {
    // The last page root of an odd row moves up alone; its shorter path must not pass for the
    // second's.
    let book = equal_book(&chain(513));
    let mut proof = prove(&book, 512);
    proof.position = 256;
    assert!(!proof.verify(root(&book)));
}

/// A proof holds for each position of its leaf, and shows what stands there; for no other.
fn holds_for_its_leaf_alone(book: &Book, position: u32) -> bool {
    let honest = prove(book, position);
    let root = root(book);
    let count = book.slots.len() as u32;
    (0..count + LEAF_SIZE + 1).all(|other| {
        let mut proof = honest.clone();
        proof.position = other;
        let in_leaf = other < count && other / LEAF_SIZE == position / LEAF_SIZE;
        proof.verify(root) == in_leaf && (!in_leaf || proof.entry() == book.slots[other as usize])
    })
}

#[test]
fn no_proof_of_a_small_page_verifies_outside_of_its_leaf() {
    for count in (1..=80).step_by(3) {
        let book = equal_book(&chain(count));
        for position in 0..count as u32 {
            assert!(
                holds_for_its_leaf_alone(&book, position),
                "{position} of {count}"
            );
        }
    }
}

#[test]
fn a_leaf_cut_short_or_drawn_out_does_not_verify() {
    let book = equal_book(&chain(600));
    let root = root(&book);
    for position in [20, 599] {
        let honest = prove(&book, position);
        let changes: [fn(&mut InclusionProof); 5] = [
            |proof| proof.leaf.truncate(1),
            |proof| proof.leaf.clear(),
            |proof| proof.leaf.push(None),
            |proof| proof.leaf.extend(proof.leaf.clone()),
            |proof| proof.leaf.reverse(),
        ];
        for change in changes {
            let mut proof = honest.clone();
            change(&mut proof);
            assert!(!proof.verify(root));
        }
    }
}

/// No proof of position 300 verifies once one of the changes was made.
fn none_verifies(changes: &[fn(&mut InclusionProof)]) {
    let book = equal_book(&chain(600));
    let honest = prove(&book, 300);
    let root = root(&book);
    for change in changes {
        let mut proof = honest.clone();
        change(&mut proof);
        assert_ne!(proof, honest);
        assert!(!proof.verify(root));
    }
}

#[test]
fn other_leaves_do_not_verify() {
    none_verifies(&[
        |proof| proof.leaves.clear(),
        |proof| proof.leaves.truncate(15),
        |proof| proof.leaves = proof.leaves.split_off(1),
        |proof| proof.leaves.push(H256::zero()),
        |proof| proof.leaves.swap(0, 1),
        |proof| proof.leaves.reverse(),
    ]);
}

#[test]
fn a_path_cut_short_or_drawn_out_does_not_verify() {
    none_verifies(&[
        |proof| proof.in_day.truncate(1),
        |proof| proof.in_day.push(H256::zero()),
        |proof| proof.in_day.reverse(),
    ]);
}

#[test]
fn a_forged_leaf_with_its_hash_does_not_verify() {
    none_verifies(&[|proof| {
        proof.leaf[0] = None;
        // Position 300 lies in the third leaf of its page.
        proof.leaves[2] = slots_leaves(&proof.leaf)[0];
    }]);
}

#[test]
fn equal_leaves_of_a_page_have_one_proof() {
    let mut book = equal_book(&chain(300));
    book.slots[..32].fill(None);
    let mut proof = prove(&book, 3);
    proof.position = 20;
    assert!(proof.verify(root(&book)));
    assert_eq!(proof.entry(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_proof_verifies_for_its_own_leaf_and_for_no_other(
        count in 1usize..1_400,
        at in any::<Index>(),
    ) {
        let book = equal_book(&chain(count));
        prop_assert!(holds_for_its_leaf_alone(&book, at.index(count) as u32));
    }

    #[test]
    fn a_proof_verifies_for_its_own_book(
        (_, book) in day_and_book(),
        (_, other) in day_and_book(),
        at in any::<Index>(),
    ) {
        prop_assume!(!book.slots.is_empty());
        let position = at.index(book.slots.len());
        let proof = prove(&book, position as u32);
        prop_assert_eq!(proof.entry(), book.slots[position]);
        prop_assert!(proof.verify(root(&book)));
        prop_assert_eq!(proof.verify(root(&other)), root(&book) == root(&other));
    }

    #[test]
    fn a_proof_of_another_entry_does_not_verify(
        (_, book) in day_and_book(),
        at in any::<Index>(),
        instead in prop_oneof![Just(None), (0u32..1_000).prop_map(|at| Some(entry(at)))],
    ) {
        prop_assume!(!book.slots.is_empty());
        let position = at.index(book.slots.len()) as u32;
        let mut proof = prove(&book, position);
        prop_assume!(proof.entry() != instead);
        proof.leaf[(position % LEAF_SIZE) as usize] = instead;
        prop_assert!(!proof.verify(root(&book)));
    }

    #[test]
    fn a_proof_of_another_place_or_count_does_not_verify(
        (_, book) in day_and_book(),
        at in any::<Index>(),
    ) {
        prop_assume!(!book.slots.is_empty());
        let honest = prove(&book, at.index(book.slots.len()) as u32);
        let Domain { slots, extras, .. } = honest.domain;
        let mut domains: Vec<Domain> = other_places()
            .into_iter()
            .map(|(_, there)| there.domain(slots, extras))
            .collect();
        domains.push(place().domain(slots + 1, extras));
        domains.push(place().domain(slots, extras + 1));
        domains.push(Domain {
            format: FORMAT + 1,
            ..honest.domain
        });
        for domain in domains {
            // Claimed of another place, against this root; and this proof against that root.
            let mut proof = honest.clone();
            proof.domain = domain;
            prop_assert!(!proof.verify(root(&book)));
        }
        for (_, there) in other_places() {
            let elsewhere = Commitment::of_book(&there, &book.slots, &book.extras).slots_root;
            prop_assert!(!honest.verify(elsewhere));
        }
    }
}
