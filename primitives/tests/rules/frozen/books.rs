//! What is kept of books: commitments, and proofs by their roots.

use super::amount;
use crate::samples::place;
use codec::Encode;
use counterfoil_primitives::{
    commitment::Commitment,
    proof::InclusionProof,
    tree::{Domain, FORMAT},
    Entry, SideTotals,
};
use sp_core::H256;

/// A change needs a migration: commitments are stored with their sides.
#[test]
fn a_commitment_is_encoded_as_its_fields() {
    let commitment = Commitment {
        slots_root: H256::repeat_byte(1),
        extras_root: H256::repeat_byte(2),
        slots: 0x0102_0304,
        extras: 0x1112_1314,
        totals: SideTotals {
            payments: 0x5152,
            refunds: 0x6162,
        },
    };
    let bytes = [
        &[1; 32][..],
        &[2; 32],
        &[4, 3, 2, 1],
        &[0x14, 0x13, 0x12, 0x11],
        &amount(0x5152),
        &amount(0x6162),
    ]
    .concat();
    assert_eq!(commitment.encode(), bytes);
}

/// A change needs another format byte: institutions keep proofs for years, and no migration reaches them.
#[test]
fn a_proof_is_encoded_as_the_domain_the_position_the_leaf_the_page_and_the_path() {
    let entry = Entry::default();
    let domain = place().domain(3, 0);
    let proof = InclusionProof {
        domain,
        position: 2,
        leaf: vec![Some(entry), None],
        leaves: vec![H256::repeat_byte(1)],
        in_day: vec![H256::repeat_byte(2), H256::repeat_byte(3)],
        unbound_root: H256::repeat_byte(4),
    };
    // Before each list is its length, fourfold.
    let bytes = [
        &domain.encode()[..],
        &[2, 0, 0, 0],
        &[8, 1],
        &entry.encode(),
        &[0],
        &[4],
        &[1; 32],
        &[8],
        &[2; 32],
        &[3; 32],
        &[4; 32],
    ]
    .concat();
    assert_eq!(proof.encode(), bytes);
}

/// A change needs another format byte: the roots of sealed days are bound to their domains for ever.
#[test]
fn the_domain_of_this_format_begins_with_its_byte() {
    let domain: Domain = place().domain(3, 0);
    let bytes = [
        &[1_u8][..],
        &[7; 32],
        &[1, 0, 0, 0, 0x20, 0x4E, 0, 0, 1],
        &[3, 0, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    assert_eq!(domain.encode(), bytes);
    assert_eq!(FORMAT, 1);
}
