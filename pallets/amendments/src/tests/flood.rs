//! That no member keeps others from proposing.

use crate::{mock::*, Error};
use counterfoil_primitives::MemberId;
use frame_support::assert_ok;
use sp_runtime::DispatchResult;

/// Proposes to record a payment that no other proposal names.
fn propose_next(member: MemberId) -> DispatchResult {
    let sequence = u64::from(Amendments::last_amendment(AGREEMENT));
    let mut payment = missing(sequence, 1);
    if ![BANK, COMPANY].contains(&member) {
        payment.client = member;
    }
    propose(member, supplement(vec![payment]))
}

/// Lets a member propose as often as it may.
fn exhaust(member: MemberId) {
    for _ in 0..MAX_PER_MEMBER {
        assert_ok!(propose_next(member));
    }
    assert_eq!(propose_next(member), error(Error::TooManyProposals));
}

#[test]
fn a_member_has_a_limited_number_of_proposals_waiting() {
    for member in [BANK, CLIENT] {
        build_and_execute(|| {
            exhaust(member);
            assert_ok!(withdraw(member, 1));
            assert_ok!(propose_next(member));
        });
    }
}

#[test]
fn claims_wait_too() {
    build_and_execute(|| {
        exhaust(COMPANY);
        assert_ok!(answer(BANK, 1, false));
        assert_eq!(propose_next(COMPANY), error(Error::TooManyProposals));
        assert_ok!(write_off(COMPANY, 1));
        assert_ok!(propose_next(COMPANY));
    });
}

#[test]
fn completed_proposals_do_not_wait() {
    build_and_execute(|| {
        exhaust(COMPANY);
        accept(1);
        assert_eq!(propose_next(COMPANY), error(Error::TooManyProposals));
        book_all(1);
        assert_ok!(propose_next(COMPANY));
    });
}

#[test]
fn clients_together_leave_bank_and_company_as_much_as_they_may_have() {
    build_and_execute(|| {
        exhaust(CLIENT);
        for client in [OTHER].into_iter().chain(MORE) {
            assert_ok!(propose_next(client));
        }
        exhaust(BANK);
        exhaust(COMPANY);
        let waiting = Amendments::waiting(AGREEMENT).len() as u32;
        assert_eq!(waiting, MAX_PER_AGREEMENT);
        assert_ok!(withdraw(CLIENT, 1));
        assert_ok!(propose_next(MORE[0]));
    });
}

#[test]
fn a_client_that_floods_leaves_each_other_client_its_share() {
    build_and_execute(|| {
        exhaust(CLIENT);
        for client in [OTHER].into_iter().chain(MORE) {
            assert_ok!(propose_next(client));
            assert_eq!(propose_next(client), error(Error::TooManyProposals));
        }
        assert_ok!(withdraw(CLIENT, 1));
        assert_ok!(propose_next(OTHER));
    });
}
