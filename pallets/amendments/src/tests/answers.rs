//! The institutions' answers.

use crate::{mock::*, Error, Event, Named};
use counterfoil_primitives::{
    amendment::{Standing, Unresolved},
    MemberId,
};
use frame_support::assert_ok;

/// A test with ten payments, and a proposal of `proposer` that names some of them.
fn with_proposal(proposer: MemberId, test: impl FnOnce(u32)) {
    build_and_execute(|| {
        record(CLIENT, 0..10);
        let number = put_up(proposer, cancel(&[(2, 4)]));
        System::reset_events();
        test(number);
    });
}

fn is_accepted(number: u32) -> bool {
    matches!(proposal(number).standing, Standing::Accepted { .. })
}

#[test]
fn a_partys_proposal_waits_for_the_other_party_alone() {
    for (proposer, other) in [(BANK, COMPANY), (COMPANY, BANK)] {
        with_proposal(proposer, |number| {
            assert_eq!(
                answer(proposer, number, true),
                error(Error::NothingToAnswer)
            );
            assert_ok!(answer(other, number, true));
            assert!(is_accepted(number));
        });
    }
}

#[test]
fn a_clients_proposal_waits_for_both_parties() {
    with_proposal(CLIENT, |number| {
        assert_ok!(answer(BANK, number, true));
        assert!(!is_accepted(number));
        assert_eq!(answer(BANK, number, false), error(Error::NothingToAnswer));
        assert_ok!(answer(COMPANY, number, true));
        assert!(is_accepted(number));
        let answered = |member| Event::<Test>::Answered {
            agreement: AGREEMENT,
            number,
            member,
            accepts: true,
        };
        let accepted = Event::<Test>::Accepted {
            agreement: AGREEMENT,
            number,
        };
        assert_eq!(events(), [answered(BANK), answered(COMPANY), accepted]);
    });
}

#[test]
fn an_accepted_proposal_is_booked_from_behind_its_last_position() {
    with_proposal(BANK, |number| {
        assert_eq!(next_step(number), None);
        assert_ok!(answer(COMPANY, number, true));
        assert_eq!(next_step(number), Some(5));
    });
}

#[test]
fn one_rejection_is_enough() {
    for others in [vec![], vec![BANK]] {
        with_proposal(CLIENT, |number| {
            for party in &others {
                assert_ok!(answer(*party, number, true));
            }
            assert_ok!(answer(COMPANY, number, false));
            let rejected = Standing::Unresolved {
                since: at(0, 12, 0),
                why: Unresolved::Rejected,
            };
            assert_eq!(proposal(number).standing, rejected);
            assert_eq!(Named::<Test>::iter().count(), 0);
        });
    }
}

#[test]
fn a_rejection_is_told() {
    with_proposal(BANK, |number| {
        assert_ok!(answer(COMPANY, number, false));
        let answered = Event::<Test>::Answered {
            agreement: AGREEMENT,
            number,
            member: COMPANY,
            accepts: false,
        };
        let unresolved = Event::<Test>::Unresolved {
            agreement: AGREEMENT,
            number,
            why: Unresolved::Rejected,
        };
        assert_eq!(events(), [answered, unresolved]);
    });
}

#[test]
fn what_was_rejected_may_be_proposed_again() {
    with_proposal(BANK, |number| {
        assert_ok!(answer(COMPANY, number, false));
        assert_ok!(propose(BANK, cancel(&[(2, 4)])));
    });
}

#[test]
fn an_unknown_proposal_is_not_answered() {
    with_proposal(BANK, |number| {
        assert_eq!(
            answer(COMPANY, number + 1, true),
            error(Error::UnknownProposal)
        );
    });
}

#[test]
fn who_is_no_party_does_not_answer() {
    with_proposal(BANK, |number| {
        for member in [CLIENT, RECONCILER, STRANGER] {
            assert_eq!(answer(member, number, true), error(Error::NothingToAnswer));
        }
    });
}

#[test]
fn a_proposal_that_is_not_open_is_not_answered() {
    with_proposal(BANK, |number| {
        assert_ok!(answer(COMPANY, number, true));
        assert_eq!(answer(COMPANY, number, true), error(Error::NotOpen));
        book_all(number);
        assert_eq!(answer(COMPANY, number, true), error(Error::NotOpen));
    });
    with_proposal(BANK, |number| {
        assert_ok!(answer(COMPANY, number, false));
        assert_eq!(answer(COMPANY, number, true), error(Error::NotOpen));
    });
}

#[test]
fn a_proposal_is_answered_until_its_time_is_over() {
    with_proposal(BANK, |number| {
        let until = proposal(number).answer_until;
        set_time(until + 1);
        assert_eq!(answer(COMPANY, number, true), error(Error::AnswerTooLate));
        set_time(until);
        assert_ok!(answer(COMPANY, number, true));
    });
}
