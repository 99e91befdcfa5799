//! The list of what is spent.

use crate::{mock::*, spent, Spent, SpentTransactions};
use counterfoil_primitives::MemberId;
use frame_support::traits::Get;
use sp_core::H256;
use sp_runtime::transaction_validity::InvalidTransaction;

fn limit() -> u64 {
    <spent::Limit as Get<u32>>::get().into()
}

/// The transaction of this number, which ends at that block.
fn one(number: u64, ends: u64) -> Spent<u64> {
    let digest = H256::from_low_u64_be(number);
    Spent { digest, ends }
}

fn note(member: MemberId, spent: &[Spent<u64>]) {
    spent
        .iter()
        .for_each(|one| spent::note::<Test>(member, *one));
}

fn is_spent(member: MemberId, one: &Spent<u64>) -> bool {
    spent::ensure_unspent::<Test>(member, one).is_err()
}

/// Two more than are kept, one a block.
fn too_many() -> Vec<Spent<u64>> {
    (0..limit() + 2)
        .map(|index| one(index, 200 + index))
        .collect()
}

#[test]
fn what_is_spent_stays_spent_however_much_there_is() {
    for backwards in [false, true] {
        build_and_execute(|| {
            let mut spent = too_many();
            if backwards {
                spent.reverse();
            }
            note(ALICE, &spent);
            assert!(spent.iter().all(|one| is_spent(ALICE, one)));
            assert_eq!(
                SpentTransactions::<Test>::get(ALICE).kept.len() as u64,
                limit()
            );
        });
    }
}

#[test]
fn what_ends_at_one_block_stays_spent_however_much_there_is() {
    build_and_execute(|| {
        let spent: Vec<_> = (0..limit() + 2).map(|index| one(index, 200)).collect();
        note(ALICE, &spent);
        assert!(spent.iter().all(|one| is_spent(ALICE, one)));
    });
}

#[test]
fn what_ends_no_later_than_a_dropped_one_counts_as_spent() {
    build_and_execute(|| {
        note(ALICE, &too_many());
        let fresh = |ends| one(9_999, ends);
        assert_eq!(
            spent::ensure_unspent::<Test>(ALICE, &fresh(201)),
            Err(spent::OUTNUMBERED)
        );
        assert!(!is_spent(ALICE, &fresh(202)));
    });
}

#[test]
fn what_is_kept_is_stale() {
    build_and_execute(|| {
        note(ALICE, &[one(1, 200)]);
        assert_eq!(
            spent::ensure_unspent::<Test>(ALICE, &one(1, 200)),
            Err(InvalidTransaction::Stale)
        );
    });
}

#[test]
fn members_use_up_none_but_their_own() {
    build_and_execute(|| {
        note(ALICE, &too_many());
        assert!(!is_spent(2, &one(0, 200)));
    });
}

#[test]
fn what_has_ended_is_forgotten() {
    build_and_execute(|| {
        note(ALICE, &[one(1, 150), one(2, 160)]);
        at_block(151);
        note(ALICE, &[one(3, 170)]);
        let kept = SpentTransactions::<Test>::get(ALICE).kept;
        let ends: Vec<_> = kept.iter().map(|one| one.ends).collect();
        assert_eq!(ends, [160, 170]);
    });
}
