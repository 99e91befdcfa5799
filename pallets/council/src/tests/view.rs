//! That staff sees what the council is asked to run.

use crate::{mock::*, Call};
use codec::{Decode, Encode};
use counterfoil_primitives::council::MotionView;
use frame_support::{assert_ok, dispatch::GetDispatchInfo};

#[test]
fn a_motion_is_listed_with_its_call_its_votes_and_its_bounds() {
    build_and_execute(|| {
        System::set_block_number(3);
        let (motion, index) = put_up(2, set(7));
        assert_ok!(vote(1, (motion, index), true));
        assert_ok!(vote(4, (motion, index), false));
        let runs: RuntimeCall = Call::execute {
            call: Box::new(set(7)),
        }
        .into();
        let expected = MotionView {
            motion,
            index,
            proposer: 2,
            ayes: vec![1, 2],
            nays: vec![4],
            threshold: MAJORITY,
            ends_at_block: 3 + DURATION as u32,
            call: set(7).encode(),
            weight: runs.get_dispatch_info().call_weight,
            length: runs.encoded_size() as u32,
        };
        assert_eq!(motions(), [expected]);
        let call = RuntimeCall::decode(&mut &motions()[0].call[..]).expect("decodes");
        assert_eq!(call, set(7));
    });
}

#[test]
fn the_council_is_listed_with_its_seats_and_open_motions() {
    build_and_execute(|| {
        let first = put_up(1, set(1));
        let second = put_up(2, set(2));
        let third = put_up(1, set(3));
        approve(&[1, 3], second);
        assert_ok!(close(1, second));
        let view = Council::view();
        assert_eq!(view.seats, SEATS);
        assert_eq!(view.majority, MAJORITY);
        let named: Vec<_> = view
            .motions
            .iter()
            .map(|view| (view.motion, view.index))
            .collect();
        assert_eq!(named, [first, third]);
    });
}
