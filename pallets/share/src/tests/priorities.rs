//! What comes first.

use crate::{
    mock::*,
    priority::{self, COUNCIL, MAX_OF_A_FEE, OTHER, RECORDING},
    usage::WHOLE,
};
use counterfoil_primitives::MemberId;
use counterfoil_support::worker_priority::WORKER_PRIORITY;
use frame_support::assert_ok;
use sp_runtime::transaction_validity::TransactionPriority;

fn priority_of(member: MemberId, kind: Kind) -> TransactionPriority {
    sent(member, kind)
        .validate()
        .expect("a pool takes it")
        .priority
}

/// Takes all that a member gets of a block.
fn use_half(member: MemberId) {
    while sent(member, Kind::Other).apply().is_ok() {}
}

/// Uses half of each of a number of blocks, and begins the next one.
fn use_half_of_blocks(member: MemberId, blocks: u32) {
    for block in 1..=blocks {
        use_half(member);
        begin_block(block + 1);
    }
}

#[test]
fn council_goes_before_recording_and_recording_before_the_rest() {
    build_and_execute(|| {
        assert!(priority_of(ADMINISTERING_MEMBER, Kind::Council) > priority_of(1, Kind::Recording));
        assert!(priority_of(1, Kind::Recording) > priority_of(1, Kind::Other));
    });
}

#[test]
fn a_little_use_all_the_time_counts_nothing() {
    // A thirty-second of each block sums up to a quarter; a block that catches up adds an eighth.
    let little = WHOLE / 4 + WHOLE / 8;
    assert_eq!(priority::of(RECORDING, little), priority::of(RECORDING, 0));
    assert!(priority::of(RECORDING, little + 1) < priority::of(RECORDING, 0));
}

#[test]
fn no_use_leads_from_one_band_to_another() {
    let bands = [0, OTHER, RECORDING, COUNCIL, WORKER_PRIORITY];
    for two in bands.windows(2) {
        let (below, band) = (two[0], two[1]);
        assert!(priority::of(below, 0) < band);
        assert!(priority::of(band, u32::MAX) >= band);
    }
}

#[test]
fn who_used_much_lately_comes_after_who_used_little() {
    build_and_execute(|| {
        use_half_of_blocks(1, 1);
        assert!(priority_of(1, Kind::Recording) < priority_of(2, Kind::Recording));
        assert!(priority_of(1, Kind::Recording) > priority_of(2, Kind::Other));
    });
}

#[test]
fn a_priority_falls_with_each_block_that_is_flooded() {
    build_and_execute(|| {
        let mut last = priority_of(1, Kind::Other);
        for block in 2..8 {
            use_half(1);
            begin_block(block);
            let next = priority_of(1, Kind::Other);
            assert!(next < last, "block {block}");
            last = next;
        }
    });
}

#[test]
fn a_flood_that_ended_is_forgotten_within_blocks() {
    build_and_execute(|| {
        let fresh = priority_of(1, Kind::Other);
        use_half_of_blocks(1, 40);
        assert!(priority_of(1, Kind::Other) < fresh);
        // Half of each block sums up to three and a half; a sixteenth of that takes 31 blocks more.
        begin_block(40 + 8);
        assert!(priority_of(1, Kind::Other) < fresh);
        begin_block(40 + 32);
        assert_eq!(priority_of(1, Kind::Other), fresh);
    });
}

#[test]
fn a_small_use_changes_no_priority() {
    build_and_execute(|| {
        let fresh = priority_of(1, Kind::Recording);
        for _ in 0..6 {
            assert_ok!(sent(1, Kind::Recording).apply());
        }
        begin_block(2);
        assert_eq!(priority_of(1, Kind::Recording), fresh);
    });
}

#[test]
fn no_tip_leads_from_one_band_to_another() {
    let bands = [OTHER, RECORDING, COUNCIL, WORKER_PRIORITY];
    for two in bands.windows(2) {
        assert!(priority::of(two[0], 0) + MAX_OF_A_FEE < two[1]);
    }
}

#[test]
fn to_pay_for_a_call_of_the_council_is_not_to_come_first() {
    build_and_execute(|| {
        assert_eq!(
            priority_of(ADMINISTERING_MEMBER, Kind::PaidCouncil),
            priority_of(ADMINISTERING_MEMBER, Kind::Other)
        );
    });
}

#[test]
fn an_administrator_that_is_no_member_comes_with_the_council() {
    build_and_execute(|| {
        assert_eq!(
            priority_of(ADMINISTRATOR, Kind::Other),
            priority_of(ADMINISTERING_MEMBER, Kind::Council)
        );
    });
}

#[test]
fn whoever_is_no_member_comes_as_a_member_does() {
    build_and_execute(|| {
        assert_eq!(
            priority_of(NOBODY, Kind::Other),
            priority_of(1, Kind::Other)
        );
        use_half(NOBODY);
        assert!(priority_of(ANOTHER_NOBODY, Kind::Other) < priority_of(1, Kind::Other));
    });
}
