//! For whom a call is free.

use crate::{mock::*, Call};
use counterfoil_primitives::{amendment::Ground, DayTotals, MemberId};
use frame_support::dispatch::CheckIfFeeless;
use sp_core::H256;

/// The members for which a call is free.
fn free_for(call: impl Into<RuntimeCall>) -> Vec<MemberId> {
    let call = call.into();
    let members = [CLIENT, COMPANY, BANK, RECONCILER, OTHER, STRANGER];
    let is_free = |member: &MemberId| call.is_feeless(&signed(*member));
    members.into_iter().filter(is_free).collect()
}

/// A test with a payment, and a proposal of the client that names it.
fn with_proposal(test: impl FnOnce(u32)) {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(CLIENT, cancel(&[(0, 0)]));
        test(number);
    });
}

fn answered(number: u32, fingerprint: H256) -> Call<Test> {
    Call::answer {
        agreement: AGREEMENT,
        number,
        fingerprint,
        accept: true,
    }
}

fn booked(number: u32, from: u32) -> Call<Test> {
    Call::book {
        agreement: AGREEMENT,
        number,
        from,
    }
}

fn withdrawn(number: u32, fingerprint: H256) -> Call<Test> {
    Call::withdraw {
        agreement: AGREEMENT,
        number,
        fingerprint,
    }
}

fn written_off(number: u32, fingerprint: H256) -> Call<Test> {
    Call::write_off {
        agreement: AGREEMENT,
        number,
        fingerprint,
    }
}

fn lapsed(number: u32) -> Call<Test> {
    Call::lapse {
        agreement: AGREEMENT,
        number,
    }
}

const NOBODY: [MemberId; 0] = [];
/// All members that the agreement names.
const ALL: [MemberId; 5] = [CLIENT, COMPANY, BANK, RECONCILER, OTHER];

#[test]
fn a_proposal_is_free_for_those_who_may_make_one() {
    build_and_execute(|| {
        let proposed = |agreement| Call::<Test>::propose {
            agreement,
            ground: Ground::Other,
            evidence: H256::zero(),
            content: cancel(&[(0, 0)]),
            stated: DayTotals::default(),
        };
        assert_eq!(
            free_for(proposed(AGREEMENT)),
            [CLIENT, COMPANY, BANK, OTHER]
        );
        assert_eq!(free_for(proposed(99)), NOBODY);
    });
}

#[test]
fn an_answer_is_free_for_those_whose_answer_is_awaited() {
    with_proposal(|number| {
        let fingerprint = proposal(number).fingerprint;
        assert_eq!(free_for(answered(number, fingerprint)), [COMPANY, BANK]);
        assert_eq!(free_for(answered(number, H256::zero())), NOBODY);
        answer(BANK, number, true).unwrap();
        assert_eq!(free_for(answered(number, fingerprint)), [COMPANY]);
        answer(COMPANY, number, true).unwrap();
        assert_eq!(free_for(answered(number, fingerprint)), NOBODY);
    });
}

#[test]
fn the_next_step_is_free_for_those_whom_the_agreement_names() {
    with_proposal(|number| {
        assert_eq!(free_for(booked(number, 1)), NOBODY);
        accept(number);
        assert_eq!(free_for(booked(number, 1)), ALL);
        assert_eq!(free_for(booked(number, 0)), NOBODY);
        book_all(number);
        assert_eq!(free_for(booked(number, 1)), NOBODY);
    });
}

#[test]
fn a_withdrawal_is_free_for_the_proposer() {
    with_proposal(|number| {
        let fingerprint = proposal(number).fingerprint;
        assert_eq!(free_for(withdrawn(number, fingerprint)), [CLIENT]);
        assert_eq!(free_for(withdrawn(number, H256::zero())), NOBODY);
        accept(number);
        assert_eq!(free_for(withdrawn(number, fingerprint)), NOBODY);
    });
}

#[test]
fn a_claim_is_written_off_free_of_fees_by_the_proposer() {
    with_proposal(|number| {
        let fingerprint = proposal(number).fingerprint;
        assert_eq!(free_for(written_off(number, fingerprint)), NOBODY);
        answer(BANK, number, false).unwrap();
        assert_eq!(free_for(written_off(number, fingerprint)), [CLIENT]);
        assert_eq!(free_for(written_off(number, H256::zero())), NOBODY);
        assert_eq!(free_for(withdrawn(number, fingerprint)), NOBODY);
    });
}

#[test]
fn a_lapse_is_free_for_those_whom_the_agreement_names() {
    with_proposal(|number| {
        assert_eq!(free_for(lapsed(number)), NOBODY);
        set_time(proposal(number).answer_until + 1);
        assert_eq!(free_for(lapsed(number)), ALL);
    });
}

#[test]
fn a_step_that_a_full_day_does_not_take_is_free_for_nobody() {
    with_proposal(|number| {
        accept(number);
        MaxPagesPerDay::set(1);
        record(CLIENT, 1..256);
        assert_eq!(free_for(booked(number, 1)), NOBODY);
        set_time(at(1, 0, 1));
        assert_eq!(free_for(booked(number, 1)), ALL);
    });
}

#[test]
fn a_withdrawal_is_free_for_those_to_whom_a_departed_client_left_it() {
    with_proposal(|number| {
        let others = vec![OTHER];
        Registry::set_clients(RuntimeOrigin::root(), AGREEMENT, others).unwrap();
        let fingerprint = proposal(number).fingerprint;
        assert_eq!(
            free_for(withdrawn(number, fingerprint)),
            [CLIENT, COMPANY, BANK]
        );
    });
}
