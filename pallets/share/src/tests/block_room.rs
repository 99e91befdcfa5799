//! How much of a block a member gets.

use crate::{block_room, mock::*, UsedBy, OTHERS};
use counterfoil_primitives::MemberId;
use frame_support::{assert_ok, dispatch::DispatchClass, weights::Weight};
use sp_runtime::transaction_validity::InvalidTransaction;

/// Sends a call until the block takes no more. Returns how much of the block the calls took.
fn fill(call: Sent) -> Weight {
    let before = block_room::taken::<Test>().weight;
    loop {
        match call.apply() {
            Ok(()) => {}
            Err(why) => {
                assert_eq!(why, InvalidTransaction::ExhaustsResources.into());
                return block_room::taken::<Test>().weight - before;
            }
        }
    }
}

/// Whether it is `wanted` but for two calls of a millisecond: the last one did not fit.
fn is_nearly(taken: Weight, wanted: Weight) -> bool {
    taken.ref_time().abs_diff(wanted.ref_time()) <= 2 * MILLI.ref_time()
}

#[test]
fn one_member_gets_half_of_a_block() {
    build_and_execute(|| {
        assert!(is_nearly(fill(sent(1, Kind::Other)), BUDGET / 2));
    });
}

#[test]
fn the_room_halves_with_each_member_that_comes_before() {
    build_and_execute(|| {
        for (member, part) in [(1, 2), (2, 4), (3, 8), (4, 16)] {
            let taken = fill(sent(member, Kind::Recording));
            assert!(is_nearly(taken, BUDGET / part), "{member}: {taken:?}");
        }
    });
}

#[test]
fn bytes_are_shared_out_as_weight_is() {
    build_and_execute(|| {
        for (member, part) in [(1, 2), (2, 4), (3, 8)] {
            let call = Sent {
                charged: Weight::zero(),
                bytes: 10_000,
                ..sent(member, Kind::Other)
            };
            fill(call);
            let bytes = used(member).here.bytes;
            let wanted = BUDGET_BYTES / part;
            assert!(
                bytes <= wanted && bytes + 11_000 > wanted,
                "{member}: {bytes}"
            );
        }
    });
}

fn used(member: MemberId) -> crate::Usage {
    UsedBy::<Test>::get(member).expect("it used something")
}

#[test]
fn what_a_call_gives_back_is_not_counted() {
    build_and_execute(|| {
        let call = Sent {
            charged: MILLI * 16,
            actual: Some(MILLI / 10),
            ..sent(1, Kind::Other)
        };
        for _ in 0..100 {
            assert_ok!(call.apply());
        }
        assert!(used(1).here.weight.ref_time() < 30 * MILLI.ref_time());
        assert_eq!(used(1).here.bytes, 100 * call.bytes);
    });
}

#[test]
fn a_call_that_would_use_more_than_the_room_waits_though_it_might_give_back() {
    build_and_execute(|| {
        let call = |milli| Sent {
            charged: MILLI * milli,
            actual: Some(MILLI),
            ..sent(1, Kind::Other)
        };
        assert_eq!(
            call(64).apply(),
            Err(InvalidTransaction::ExhaustsResources.into())
        );
        assert!(!UsedBy::<Test>::contains_key(1));
        assert_ok!(call(63).apply());
    });
}

#[test]
fn a_call_that_is_charged_for_what_it_used_counts_with_what_was_checked_around_it() {
    build_and_execute(|| {
        assert_ok!(sent(1, Kind::Other).apply());
        assert_eq!(used(1).here.weight, block_room::taken::<Test>().weight);
        assert!(used(1).here.weight.ref_time() > MILLI.ref_time());
    });
}

#[test]
fn the_next_block_is_shared_out_anew() {
    build_and_execute(|| {
        fill(sent(1, Kind::Other));
        begin_block(2);
        assert!(is_nearly(fill(sent(1, Kind::Other)), BUDGET / 2));
    });
}

#[test]
fn workers_calls_have_a_room_of_their_own() {
    build_and_execute(|| {
        fill(sent(1, Kind::Other));
        let before = used(1);
        let taken = fill(sent(1, Kind::Worker));
        assert!(is_nearly(taken, BUDGET / 4), "{taken:?}");
        assert_eq!(used(1).here, before.here);
    });
}

#[test]
fn the_room_of_workers_halves_with_each_member_that_comes_before() {
    build_and_execute(|| {
        for (member, part) in [(1, 4), (2, 8), (3, 16)] {
            let taken = fill(sent(member, Kind::Worker));
            assert!(is_nearly(taken, BUDGET / part), "{member}: {taken:?}");
        }
    });
}

#[test]
fn all_workers_together_leave_half_of_a_block() {
    build_and_execute(|| {
        MEMBERS.for_each(|member| {
            fill(sent(member, Kind::Worker));
        });
        let left = BUDGET - block_room::taken::<Test>().weight;
        assert!(left.all_gte(BUDGET / 2), "{left:?}");
    });
}

#[test]
fn what_workers_took_is_no_members_room() {
    build_and_execute(|| {
        for _ in 0..30 {
            assert_ok!(sent(1, Kind::Worker).apply());
        }
        let left = BUDGET - block_room::taken::<Test>().weight;
        assert!(is_nearly(fill(sent(2, Kind::Other)), left / 2));
    });
}

#[test]
fn workers_have_their_room_anew_in_the_next_block() {
    build_and_execute(|| {
        fill(sent(1, Kind::Worker));
        begin_block(2);
        assert!(is_nearly(fill(sent(1, Kind::Worker)), BUDGET / 4));
    });
}

#[test]
fn operational_calls_are_counted_as_others() {
    build_and_execute(|| {
        let call = Sent {
            class: DispatchClass::Operational,
            ..sent(1, Kind::Other)
        };
        assert!(is_nearly(fill(call), BUDGET / 2));
        assert_eq!(
            sent(1, Kind::Other).apply(),
            Err(InvalidTransaction::ExhaustsResources.into())
        );
    });
}

#[test]
fn whoever_is_no_member_shares_one_room_with_all_such() {
    build_and_execute(|| {
        assert!(is_nearly(fill(sent(NOBODY, Kind::Other)), BUDGET / 2));
        assert_eq!(fill(sent(ANOTHER_NOBODY, Kind::Other)), Weight::zero());
        assert_eq!(UsedBy::<Test>::iter_keys().collect::<Vec<_>>(), [OTHERS]);
    });
}

#[test]
fn an_administrator_that_is_no_member_is_not_limited() {
    build_and_execute(|| {
        assert!(is_nearly(fill(sent(ADMINISTRATOR, Kind::Other)), BUDGET));
        assert_eq!(UsedBy::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_member_that_administers_is_limited_but_where_it_does() {
    build_and_execute(|| {
        let own = fill(sent(ADMINISTERING_MEMBER, Kind::Other));
        assert!(is_nearly(own, BUDGET / 2), "{own:?}");
        let council = fill(sent(ADMINISTERING_MEMBER, Kind::Council));
        assert!(is_nearly(council, BUDGET / 2), "{council:?}");
    });
}

#[test]
fn a_member_that_pays_to_administer_is_limited_as_elsewhere() {
    build_and_execute(|| {
        let paid = fill(sent(ADMINISTERING_MEMBER, Kind::PaidCouncil));
        assert!(is_nearly(paid, BUDGET / 2), "{paid:?}");
        assert!(sent(ADMINISTERING_MEMBER, Kind::Other).apply().is_err());
        // What is free goes on.
        assert_ok!(sent(ADMINISTERING_MEMBER, Kind::Council).apply());
    });
}

#[test]
fn nobody_but_an_administrator_administers() {
    build_and_execute(|| {
        let refused = Err(InvalidTransaction::BadSigner.into());
        for signer in [1, NOBODY] {
            for kind in [Kind::Council, Kind::PaidCouncil] {
                let call = sent(signer, kind);
                assert_eq!(call.apply(), refused);
                assert_eq!(call.validate().map(|_| ()), refused);
            }
        }
        for signer in [ADMINISTERING_MEMBER, ADMINISTRATOR] {
            assert_ok!(sent(signer, Kind::Council).apply());
        }
    });
}

#[test]
fn a_dear_check_is_not_made_for_a_call_that_finds_no_room() {
    build_and_execute(|| {
        let dear = Sent {
            checks: MILLI * 2,
            ..sent(1, Kind::Worker)
        };
        assert_ok!(dear.apply());
        fill(sent(1, Kind::Worker));
        fill(sent(1, Kind::Other));
        let checked = checks();
        assert_eq!(
            dear.apply(),
            Err(InvalidTransaction::ExhaustsResources.into())
        );
        assert_eq!(checks(), checked);
        assert!(sent(1, Kind::Worker).apply().is_err());
        assert_eq!(checks(), checked + 1);
    });
}

#[test]
fn a_pool_takes_what_the_block_has_no_room_for() {
    build_and_execute(|| {
        let call = sent(1, Kind::Other);
        fill(call);
        assert_ok!(call.validate());
    });
}
