//! That a call is charged for what it does.

use crate::{mock::*, weighing, Call, Error};
use codec::Encode;
use frame_support::{
    assert_ok,
    dispatch::{DispatchResultWithPostInfo, GetDispatchInfo},
    weights::Weight,
};

/// What a call is charged before it runs.
fn charged(call: Call<Test>) -> Weight {
    call.get_dispatch_info().call_weight
}

/// What it was found to weigh.
fn actual(result: &DispatchResultWithPostInfo) -> Weight {
    match result {
        Ok(info) => info.actual_weight,
        Err(error) => error.post_info.actual_weight,
    }
    .expect("it is known")
}

#[test]
fn a_proposal_that_waits_is_not_charged_for_its_call() {
    build_and_execute(|| {
        let before = charged(call_to_propose(set(1)));
        assert!(before.all_gte(set(1).get_dispatch_info().call_weight));
        let result = Council::propose(signed(1), Box::new(set(1)));
        assert_ok!(result);
        let bytes = set(1).encoded_size() as u32;
        assert_eq!(actual(&result), weighing::put_up::<Test>(bytes));
        assert!(actual(&result).ref_time() < before.ref_time());
    });
}

#[test]
fn a_proposal_that_runs_at_once_is_charged_for_its_call() {
    with_seats(&[1], 1, || {
        let before = charged(call_to_propose(set(1)));
        let result = Council::propose(signed(1), Box::new(set(1)));
        assert_ok!(result);
        let least = weighing::execute::<Test>(&set(1));
        assert!(actual(&result).all_gte(least));
        assert!(actual(&result).all_lte(before));
    });
}

#[test]
fn a_proposal_that_is_refused_is_not_charged_for_its_call() {
    build_and_execute(|| {
        let result = Council::propose(signed(SEATLESS), Box::new(set(1)));
        assert_eq!(
            result.map_err(|error| error.error),
            Err(Error::<Test>::NotASeat.into())
        );
        let bytes = set(1).encoded_size() as u32;
        assert_eq!(actual(&result), weighing::put_up::<Test>(bytes));
    });
}

#[test]
fn a_close_gives_back_what_its_bounds_were_too_wide() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        approve(&[2, 3], named);
        let view = motion(named).expect("it is open");
        let wide = view.weight.saturating_mul(10);
        let result = Council::close(signed(1), named.0, named.1, wide, u32::MAX);
        assert_ok!(result);
        let expected = weighing::close::<Test>(view.weight, view.length);
        assert_eq!(actual(&result), expected);
        assert!(expected.all_lte(weighing::close::<Test>(wide, u32::MAX)));
    });
}

#[test]
fn a_close_that_runs_nothing_gives_back_its_bounds() {
    build_and_execute(|| {
        let named = put_up(1, set(1));
        let undecided = Council::close(signed(1), named.0, named.1, Weight::MAX, u32::MAX);
        assert_eq!(
            undecided.map_err(|error| error.error),
            Err(Error::<Test>::NotDecided.into())
        );
        pass();
        let over = Council::close(signed(1), named.0, named.1, Weight::MAX, u32::MAX);
        assert_ok!(over);
        for result in [undecided, over] {
            assert_eq!(actual(&result), weighing::close_dropped::<Test>());
        }
    });
}
