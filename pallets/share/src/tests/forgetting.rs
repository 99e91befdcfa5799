//! That storage holds one value for each member that used something lately, and no more.

use crate::{mock::*, usage::MEMORY, weights::WeightInfo, UsedBy};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};

/// Ends the block, with time left.
fn idle(number: u32) {
    Share::on_idle(number, Weight::MAX);
}

#[test]
fn a_member_has_one_value_however_long_it_calls() {
    build_and_execute(|| {
        for block in 2..200 {
            assert_ok!(sent(1, Kind::Other).apply());
            begin_block(block);
        }
        assert_eq!(UsedBy::<Test>::iter().count(), 1);
    });
}

#[test]
fn members_that_used_nothing_for_long_are_forgotten_and_others_are_not() {
    build_and_execute(|| {
        for member in MEMBERS {
            assert_ok!(sent(member, Kind::Other).apply());
        }
        // One value a block goes at most, and chance decides when a member's turn comes.
        for block in 2..MEMORY + 1_000 {
            begin_block(block);
            assert_ok!(sent(1, Kind::Other).apply());
            idle(block);
            if block <= MEMORY {
                assert_eq!(UsedBy::<Test>::iter().count(), MEMBERS.count(), "{block}");
            }
        }
        let left: Vec<_> = UsedBy::<Test>::iter_keys().collect();
        assert_eq!(left, [1]);
    });
}

#[test]
fn a_block_without_time_left_forgets_nobody() {
    build_and_execute(|| {
        UsedBy::<Test>::insert(1, crate::Usage::default());
        let little = <() as WeightInfo>::forget() - Weight::from_parts(1, 0);
        for block in MEMORY..MEMORY + 200 {
            assert_eq!(Share::on_idle(block, little), Weight::zero());
        }
        assert!(UsedBy::<Test>::contains_key(1));
    });
}
