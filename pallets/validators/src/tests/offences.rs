//! What becomes of an equivocation that was reported.

use crate::{mock::*, Event, LimitedReports, Reports, MAX_REPORTS};
use counterfoil_primitives::MemberId;
use frame_support::assert_ok;
use pallet_grandpa::{EquivocationOffence, TimeSlot};
use sp_core::crypto::AccountId32;
use sp_staking::{
    offence::{OffenceError, ReportOffence},
    SessionIndex,
};

type Offence = EquivocationOffence<(AccountId32, AccountId32)>;

/// An equivocation of a member in a round, in the first session.
fn offence(member: MemberId, round: u64) -> Offence {
    let institution = institutions(&[member]).remove(0);
    EquivocationOffence {
        time_slot: TimeSlot { set_id: 0, round },
        session_index: 0,
        validator_set_count: 3,
        offender: (institution.clone(), institution),
    }
}

fn report(member: MemberId, round: u64) -> Result<(), OffenceError> {
    Offences::report_offence(vec![], offence(member, round))
}

type Limited = LimitedReports<Test, Offences>;

/// A report that goes the way of those that nodes bring.
fn report_limited(session: SessionIndex, member: MemberId, round: u64) -> Result<(), OffenceError> {
    let offence = Offence {
        session_index: session,
        ..offence(member, round)
    };
    <Limited as ReportOffence<AccountId32, _, _>>::report_offence(vec![], offence)
}

#[test]
fn a_limited_number_of_reports_of_a_validator_and_session_is_kept() {
    build_and_execute(|| {
        end_session();
        for round in 0..u64::from(MAX_REPORTS) {
            assert_ok!(report_limited(0, 2, round));
        }
        let refused = Err(OffenceError::DuplicateReport);
        assert_eq!(report_limited(0, 2, 99), refused);
        assert_eq!(events().len() as u32, MAX_REPORTS);
        // Others, and other sessions, have room of their own.
        assert_ok!(report_limited(0, 3, 100));
        assert_ok!(report_limited(1, 2, 101));
    });
}

#[test]
fn a_report_that_is_known_already_takes_no_room() {
    build_and_execute(|| {
        assert_ok!(report_limited(0, 2, 7));
        assert!(report_limited(0, 2, 7).is_err());
        assert_eq!(Reports::<Test>::get(0, 2), 1);
    });
}

#[test]
fn reports_of_sessions_that_cannot_be_proven_are_counted_no_more() {
    build_and_execute(|| {
        for member in FIRST_VALIDATORS {
            assert_ok!(report_limited(0, member, 7));
        }
        for _ in 0..LONGEVITY {
            end_session();
        }
        assert_eq!(Reports::<Test>::iter().count(), FIRST_VALIDATORS.len());
        end_session();
        assert_eq!(Reports::<Test>::iter().count(), 0);
    });
}

fn equivocated(member: MemberId) -> Event<Test> {
    Event::Equivocated { member, session: 0 }
}

#[test]
fn an_equivocation_is_on_chain_under_the_number_of_the_member() {
    build_and_execute(|| {
        end_session();
        assert_ok!(report(2, 7));
        assert_eq!(events(), [equivocated(2)]);
    });
}

#[test]
fn an_equivocation_is_reported_once() {
    build_and_execute(|| {
        assert_ok!(report(2, 7));
        assert_eq!(report(2, 7), Err(OffenceError::DuplicateReport));
        assert_ok!(report(2, 8));
        assert_eq!(events(), [equivocated(2), equivocated(2)]);
    });
}

#[test]
fn a_report_names_those_again_that_equivocated_in_the_same_round() {
    build_and_execute(|| {
        assert_ok!(report(2, 7));
        assert_ok!(report(3, 7));
        assert_eq!(events(), [equivocated(2), equivocated(2), equivocated(3)]);
    });
}

#[test]
fn an_equivocation_disables_nobody() {
    build_and_execute(|| {
        for member in FIRST_VALIDATORS {
            assert_ok!(report(member, 7));
        }
        assert!(Session::disabled_validators().is_empty());
        assert_eq!(end_session(), []);
        assert_eq!(Session::validators(), institutions(&FIRST_VALIDATORS));
    });
}
