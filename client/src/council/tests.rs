use super::{
    closing::{may_close, undecided},
    proposing::{check_proposal, opened},
    standing::tests::standing,
    *,
};
use crate::chain::events::Event;
use serde_json::{json, Value as Json};
use sp_core::H256;

fn council(motions: Vec<MotionView>) -> CouncilView {
    CouncilView {
        seats: vec![1, 2, 4],
        majority: 2,
        motions,
    }
}

/// An open motion of another number and call.
fn motion(index: u32, proposer: MemberId, call: &[u8]) -> MotionView {
    MotionView {
        motion: H256::repeat_byte(index as u8),
        index,
        proposer,
        call: call.to_vec(),
        ..standing(&[proposer], &[]).motion
    }
}

fn event(pallet: &str, name: &str, fields: Json) -> Event {
    Event {
        pallet: pallet.into(),
        name: name.into(),
        fields,
        extrinsic: Some(1),
    }
}

fn included(events: Vec<Event>) -> Included {
    Included {
        block: H256::zero(),
        events,
    }
}

#[test]
fn a_motion_is_found_by_number_and_by_hash() {
    let motions = || vec![motion(3, 1, &[1]), motion(5, 2, &[2])];
    let by = |name| find(council(motions()), name).unwrap().motion.index;
    assert_eq!(by(MotionName::Index(5)), 5);
    assert_eq!(by(MotionName::Hash(H256::repeat_byte(3))), 3);
}

#[test]
fn a_motion_that_is_not_open_is_refused_with_those_that_are() {
    let motions = vec![motion(3, 1, &[1]), motion(5, 2, &[2])];
    let refusal = find(council(motions), MotionName::Index(4)).unwrap_err();
    let (asked, open) = ("4".into(), vec![3, 5]);
    assert_eq!(refusal, CouncilRefusal::UnknownMotion { asked, open });
}

#[test]
fn a_call_of_which_a_motion_is_open_is_not_proposed_again() {
    let council = council(vec![motion(3, 2, &[1])]);
    assert_eq!(
        check_proposal(&council, 1, &[1], 2),
        Err(CouncilRefusal::AlreadyProposed { motion: 3 })
    );
    assert_eq!(check_proposal(&council, 1, &[2], 2), Ok(()));
}

#[test]
fn a_seat_proposes_no_more_than_it_may_have_open() {
    let motions = vec![motion(3, 1, &[1]), motion(4, 2, &[2]), motion(5, 1, &[3])];
    let council = council(motions);
    assert_eq!(
        check_proposal(&council, 1, &[9], 2),
        Err(CouncilRefusal::TooManyOpen {
            member: 1,
            open: vec![3, 5]
        })
    );
    assert_eq!(check_proposal(&council, 2, &[9], 2), Ok(()));
}

#[test]
fn a_motion_is_closed_when_it_is_decided_or_its_time_is_over() {
    let open = standing(&[1], &[]);
    assert!(!may_close(&open, 898));
    assert!(may_close(&open, 899));
    assert!(may_close(&standing(&[1, 2], &[]), 5));
    assert!(may_close(&standing(&[1], &[2, 4]), 5));
}

#[test]
fn an_undecided_motion_names_whose_votes_it_waits_for() {
    let refusal = undecided(&standing(&[1], &[]));
    assert_eq!(
        refusal,
        CouncilRefusal::Undecided {
            motion: 3,
            missing: 1,
            waiting: vec![2, 4],
            ends_at: 900
        }
    );
}

#[test]
fn a_motion_that_was_opened_is_read_from_its_events() {
    let hash = format!("0x{}", "07".repeat(32));
    let included = included(vec![
        event(
            "Collective",
            "Proposed",
            json!({ "proposal_index": 3, "proposal_hash": hash, "threshold": 2 }),
        ),
        event("Collective", "Voted", json!({ "yes": 1, "no": 0 })),
    ]);
    let Some(Proposed::Open {
        motion,
        index,
        ayes,
        majority,
    }) = opened(&included)
    else {
        panic!("a motion is open")
    };
    assert_eq!(motion, H256::repeat_byte(7));
    assert_eq!((index, ayes, majority), (3, 1, 2));
}

#[test]
fn without_its_events_no_motion_is_read() {
    assert!(opened(&included(Vec::new())).is_none());
}

#[test]
fn only_a_refused_close_may_come_of_a_motion_that_another_seat_closed() {
    let refused = Error::Dispatch {
        call: "Council.close".into(),
        refusal: crate::error::DispatchRefusal::Other("no".into()),
    };
    assert!(is_late(&refused));
    assert!(!is_late(&Error::NoBlock(1)));
}
