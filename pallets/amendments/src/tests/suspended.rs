//! A suspended client proposes nothing. What it proposed before goes on.

use crate::{mock::*, Call, Error};
use counterfoil_primitives::{amendment::Ground, DayTotals, MemberId};
use frame_support::{assert_ok, dispatch::CheckIfFeeless};
use sp_core::H256;

/// A test with three payments of [`CLIENT`], a claim of it and an open proposal. The bank suspends it then.
fn with_suspended(test: impl FnOnce(u32, u32)) {
    build_and_execute(|| {
        record(CLIENT, 0..3);
        let claim = put_up(CLIENT, cancel(&[(0, 0)]));
        assert_ok!(answer(BANK, claim, false));
        let open = put_up(CLIENT, cancel(&[(1, 1)]));
        assert_ok!(Registry::suspend_client(signed(BANK), AGREEMENT, CLIENT));
        test(claim, open);
    });
}

fn lift(party: MemberId) {
    assert_ok!(Registry::lift_suspension(signed(party), AGREEMENT, CLIENT));
}

/// Whether a proposal is free for a member.
fn is_free_for(member: MemberId) -> bool {
    let call = Call::<Test>::propose {
        agreement: AGREEMENT,
        ground: Ground::Other,
        evidence: H256::zero(),
        content: cancel(&[(2, 2)]),
        stated: DayTotals::default(),
    };
    call.is_feeless(&signed(member))
}

#[test]
fn a_suspended_client_proposes_nothing() {
    with_suspended(|_, _| {
        let refused = error(Error::ClientSuspended);
        assert_eq!(propose(CLIENT, cancel(&[(2, 2)])), refused);
        let own = supplement(vec![missing(50, 1)]);
        assert_eq!(propose(CLIENT, own), refused);
        assert!(!is_free_for(CLIENT));
    });
}

#[test]
fn another_client_and_the_parties_propose_beside_a_suspended_one() {
    with_suspended(|_, _| {
        record(OTHER, [0]);
        assert_ok!(propose(OTHER, cancel(&[(3, 3)])));
        assert_ok!(propose(COMPANY, cancel(&[(2, 2)])));
        assert!([OTHER, COMPANY, BANK].into_iter().all(is_free_for));
    });
}

#[test]
fn a_client_proposes_again_once_both_have_lifted_its_suspension() {
    with_suspended(|_, _| {
        lift(COMPANY);
        let refused = propose(CLIENT, cancel(&[(2, 2)]));
        assert_eq!(refused, error(Error::ClientSuspended));
        lift(BANK);
        assert!(is_free_for(CLIENT));
        assert_ok!(propose(CLIENT, cancel(&[(2, 2)])));
    });
}

#[test]
fn what_a_suspended_client_proposed_before_is_agreed_and_booked() {
    with_suspended(|_, open| {
        accept(open);
        book_all(open);
        assert_eq!(found(FIRST, 1).refunded, GROSS);
    });
}

#[test]
fn a_payment_of_a_suspended_client_that_was_never_recorded_is_proposed_by_the_parties() {
    with_suspended(|_, _| {
        amend(supplement(vec![missing(50, GROSS)]));
        assert_eq!(stored(FIRST)[3].gross, GROSS);
    });
}

#[test]
fn what_a_suspended_client_proposed_is_not_left_to_bank_and_company() {
    with_suspended(|claim, open| {
        for number in [claim, open] {
            for party in [BANK, COMPANY] {
                assert_eq!(withdraw(party, number), error(Error::NotTheProposer));
                assert_eq!(write_off(party, number), error(Error::NotTheProposer));
            }
        }
        assert_ok!(write_off(CLIENT, claim));
        assert_ok!(withdraw(CLIENT, open));
    });
}

#[test]
fn what_a_suspended_client_proposed_is_left_to_the_parties_once_it_is_no_client() {
    with_suspended(|claim, open| {
        let others = vec![OTHER];
        assert_ok!(Registry::set_clients(
            RuntimeOrigin::root(),
            AGREEMENT,
            others
        ));
        assert_ok!(write_off(COMPANY, claim));
        assert_ok!(withdraw(COMPANY, open));
    });
}
