//! The check of storage finds each kind of damage.

use crate::{mock::*, Keep, Spent, SpentOfMember, SpentTransactions};
use frame_support::BoundedVec;
use sp_core::H256;

/// What the check says of a member's spent transactions, each a number and the end of its era.
fn verdict(floor: Option<u64>, spent: &[(u64, u64)]) -> Result<(), &'static str> {
    let mut found = Ok(());
    build_and_execute(|| {
        let kept = spent.iter().map(|(number, ends)| Spent {
            digest: H256::from_low_u64_be(*number),
            ends: *ends,
        });
        let kept = BoundedVec::truncate_from(kept.collect());
        SpentTransactions::<Test>::insert(ALICE, SpentOfMember { floor, kept });
        found = Envelope::do_try_state().map_err(|error| match error {
            sp_runtime::DispatchError::Other(why) => why,
            _ => "another error",
        });
        SpentTransactions::<Test>::remove(ALICE);
    });
    found
}

#[test]
fn what_the_pallet_keeps_is_sound() {
    assert_eq!(verdict(Some(4), &[(1, 5), (2, 6)]), Ok(()));
}

#[test]
fn spent_transactions_out_of_order_are_found() {
    assert!(verdict(None, &[(1, 6), (2, 5)]).is_err_and(|why| why.contains("order")));
}

#[test]
fn a_transaction_that_is_kept_twice_is_found() {
    assert!(verdict(None, &[(1, 5), (1, 6)]).is_err_and(|why| why.contains("twice")));
}

#[test]
fn a_transaction_that_the_floor_covers_is_found() {
    assert!(verdict(Some(5), &[(1, 5), (2, 6)]).is_err_and(|why| why.contains("floor")));
}

#[test]
fn a_mark_that_was_left_behind_is_found() {
    build_and_execute(|| {
        Keep::<Test>::put(());
        assert!(Envelope::do_try_state().is_err());
        Keep::<Test>::kill();
    });
}
