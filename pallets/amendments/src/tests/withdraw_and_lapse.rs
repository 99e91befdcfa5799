//! Withdrawals, lapses, and claims that are written off.

use crate::{mock::*, Contents, Error, Event, Named, Proposals, MAX_STEP_TRADES};
use counterfoil_primitives::amendment::{Progress, Standing, Unresolved};
use frame_support::{assert_ok, dispatch::DispatchResult};
use scale_info::{TypeDef, TypeInfo};
use sp_core::H256;

/// A test with a payment, and a proposal of the company that names it.
fn with_proposal(test: impl FnOnce(u32)) {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        System::reset_events();
        test(number);
    });
}

fn withdrawn(number: u32) -> Event<Test> {
    Event::Withdrawn {
        agreement: AGREEMENT,
        number,
    }
}

fn written_off(number: u32) -> Event<Test> {
    Event::WrittenOff {
        agreement: AGREEMENT,
        number,
    }
}

#[test]
fn an_open_proposal_is_withdrawn_and_frees_what_it_named() {
    with_proposal(|number| {
        assert_ok!(withdraw(COMPANY, number));
        assert_eq!(events(), [withdrawn(number)]);
        assert_eq!(Amendments::amendment(AGREEMENT, number), None);
        assert_eq!(Named::<Test>::iter().count(), 0);
        assert_eq!(put_up(BANK, cancel(&[(0, 0)])), number + 1);
    });
}

#[test]
fn a_claim_is_kept_until_its_proposer_writes_it_off() {
    with_proposal(|number| {
        assert_ok!(answer(BANK, number, false));
        assert!(Contents::<Test>::contains_key(AGREEMENT, number));
        events();
        assert_ok!(write_off(COMPANY, number));
        assert_eq!(events(), [written_off(number)]);
        assert!(!Proposals::<Test>::contains_key(AGREEMENT, number));
        assert!(!Contents::<Test>::contains_key(AGREEMENT, number));
        assert!(Amendments::waiting(AGREEMENT).is_empty());
    });
}

#[test]
fn a_claim_that_is_written_off_frees_nothing_of_another_proposal() {
    with_proposal(|number| {
        assert_ok!(answer(BANK, number, false));
        put_up(BANK, cancel(&[(0, 0)]));
        assert_ok!(write_off(COMPANY, number));
        assert_eq!(
            propose(COMPANY, cancel(&[(0, 0)])),
            error(Error::AlreadyNamed)
        );
    });
}

#[test]
fn only_the_proposer_withdraws() {
    with_proposal(|number| {
        for member in [BANK, CLIENT, STRANGER] {
            assert_eq!(withdraw(member, number), error(Error::NotTheProposer));
        }
        assert_eq!(withdraw(COMPANY, number + 1), error(Error::UnknownProposal));
    });
}

#[test]
fn only_the_proposer_writes_a_claim_off() {
    with_proposal(|number| {
        assert_ok!(answer(BANK, number, false));
        for member in [BANK, CLIENT, STRANGER] {
            assert_eq!(write_off(member, number), error(Error::NotTheProposer));
        }
        let unknown = error(Error::UnknownProposal);
        assert_eq!(write_off(COMPANY, number + 1), unknown);
    });
}

#[test]
fn a_proposal_that_was_rejected_meanwhile_is_not_withdrawn() {
    with_proposal(|number| {
        assert_ok!(answer(BANK, number, false));
        assert_eq!(withdraw(COMPANY, number), error(Error::IsAClaim));
        assert!(Proposals::<Test>::contains_key(AGREEMENT, number));
    });
}

#[test]
fn a_proposal_that_lapsed_is_written_off_and_not_withdrawn() {
    with_proposal(|number| {
        set_time(proposal(number).answer_until + 1);
        assert_ok!(lapse(number));
        assert_eq!(withdraw(COMPANY, number), error(Error::IsAClaim));
        assert_ok!(write_off(COMPANY, number));
    });
}

#[test]
fn an_open_proposal_is_not_written_off() {
    with_proposal(|number| {
        assert_eq!(write_off(COMPANY, number), error(Error::StillOpen));
        set_time(proposal(number).answer_until + 1);
        assert_eq!(write_off(COMPANY, number), error(Error::StillOpen));
        assert_eq!(Named::<Test>::iter().count(), 1);
    });
}

#[test]
fn what_both_agreed_to_is_not_written_off() {
    with_proposal(|number| {
        accept(number);
        assert_eq!(write_off(COMPANY, number), error(Error::CannotWithdraw));
        book_all(number);
        assert_eq!(write_off(COMPANY, number), error(Error::CannotWithdraw));
    });
}

/// Withdraws a proposal and writes it off, each by this fingerprint. Returns what became of both.
fn give_up(number: u32, fingerprint: H256) -> [DispatchResult; 2] {
    let withdrawn = Amendments::withdraw(signed(COMPANY), AGREEMENT, number, fingerprint);
    let written_off = Amendments::write_off(signed(COMPANY), AGREEMENT, number, fingerprint);
    [without_weight(withdrawn), written_off]
}

#[test]
fn a_number_that_is_another_proposals_after_a_fork_is_neither_withdrawn_nor_written_off() {
    build_and_execute(|| {
        record(CLIENT, 0..2);
        let elsewhere = put_up(COMPANY, cancel(&[(0, 0)]));
        let other = proposal(elsewhere).fingerprint;
        let number = put_up(COMPANY, cancel(&[(1, 1)]));
        let refused = [error(Error::OtherContent), error(Error::OtherContent)];
        assert_eq!(give_up(number, other), refused);
        assert_ok!(answer(BANK, number, false));
        assert_eq!(give_up(number, other), refused);
        assert_ok!(write_off(COMPANY, number));
    });
}

/// What the metadata say of an error.
fn docs_of(name: &str) -> String {
    let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else {
        panic!("errors are variants")
    };
    let mut variants = errors.variants.iter();
    let variant = variants.find(|variant| variant.name == name);
    variant.expect("it is an error").docs.join(" ")
}

#[test]
fn each_refusal_names_the_call_that_is_right() {
    assert!(docs_of("IsAClaim").contains("`write_off`"));
    assert!(docs_of("StillOpen").contains("`withdraw`"));
}

#[test]
fn what_both_agreed_to_is_not_withdrawn() {
    with_proposal(|number| {
        accept(number);
        assert_eq!(withdraw(COMPANY, number), error(Error::CannotWithdraw));
        book_all(number);
        assert_eq!(withdraw(COMPANY, number), error(Error::CannotWithdraw));
    });
}

#[test]
fn a_proposal_lapses_once_its_time_is_over() {
    with_proposal(|number| {
        let until = proposal(number).answer_until;
        set_time(until);
        assert_eq!(lapse(number), error(Error::NotLapsed));
        set_time(until + 1);
        assert_ok!(lapse(number));
        let unresolved = Event::<Test>::Unresolved {
            agreement: AGREEMENT,
            number,
            why: Unresolved::Lapsed,
        };
        assert_eq!(events(), [unresolved]);
        let lapsed = Standing::Unresolved {
            since: until + 1,
            why: Unresolved::Lapsed,
        };
        assert_eq!(proposal(number).standing, lapsed);
        assert_eq!(Named::<Test>::iter().count(), 0);
        assert_eq!(lapse(number), error(Error::NotLapsed));
    });
}

#[test]
fn what_is_accepted_does_not_lapse() {
    with_proposal(|number| {
        let until = proposal(number).answer_until;
        accept(number);
        set_time(until + 1);
        assert_eq!(lapse(number), error(Error::NotLapsed));
        assert_eq!(lapse(number + 1), error(Error::UnknownProposal));
    });
}

#[test]
fn what_is_accepted_becomes_a_claim_once_the_agreement_has_closed() {
    with_proposal(|number| {
        close_from(2);
        accept(number);
        events();
        set_time(at(2, 0, 0) - 1);
        assert_eq!(lapse(number), error(Error::NotLapsed));
        set_time(at(2, 0, 0));
        assert_ok!(lapse(number));
        let why = Unresolved::Ended {
            progress: Progress {
                next: 1,
                ..Default::default()
            },
        };
        let unresolved = Event::<Test>::Unresolved {
            agreement: AGREEMENT,
            number,
            why,
        };
        assert_eq!(events(), [unresolved]);
        let since = at(2, 0, 0);
        assert_eq!(
            proposal(number).standing,
            Standing::Unresolved { since, why }
        );
        assert_eq!(Named::<Test>::iter().count(), 0);
        assert_eq!(lapse(number), error(Error::NotLapsed));
        assert_ok!(write_off(COMPANY, number));
    });
}

#[test]
fn what_was_booked_before_the_agreement_closed_is_told_of_the_claim() {
    build_and_execute(|| {
        close_from(2);
        let number = accept_long();
        assert_ok!(book(number, MAX_STEP_TRADES + 1));
        set_time(at(2, 0, 0));
        assert_ok!(lapse(number));
        let Standing::Unresolved {
            why: Unresolved::Ended { progress },
            ..
        } = proposal(number).standing
        else {
            panic!("it is a claim");
        };
        assert_eq!((progress.booked, progress.next), (MAX_STEP_TRADES, 1));
        let booked = GROSS * u128::from(MAX_STEP_TRADES);
        assert_eq!(progress.totals.refunds.gross, booked);
        assert_eq!(Named::<Test>::iter().count(), 0);
    });
}

#[test]
fn payments_that_the_agreements_close_left_unbooked_are_forgotten_and_the_others_are_not() {
    build_and_execute(|| {
        close_from(2);
        let payments = (0..=u64::from(MAX_STEP_TRADES)).map(|sequence| missing(sequence, 1));
        let number = put_up(COMPANY, supplement(payments.collect()));
        accept(number);
        assert_ok!(book(number, 0));
        set_time(at(2, 0, 0));
        assert_ok!(lapse(number));
        let known = pallet_trades::Supplements::<Test>::iter().count();
        assert_eq!(known, MAX_STEP_TRADES as usize);
    });
}

#[test]
fn an_overdue_proposal_is_withdrawn_by_its_proposer() {
    with_proposal(|number| {
        set_time(proposal(number).answer_until + 1);
        assert_ok!(withdraw(COMPANY, number));
        assert_eq!(events(), [withdrawn(number)]);
    });
}

/// Lets the agreement admit [`OTHER`] alone.
fn part_with_client() {
    Registry::set_clients(RuntimeOrigin::root(), AGREEMENT, vec![OTHER]).unwrap();
}

#[test]
fn what_a_departed_client_proposed_is_left_to_bank_and_company() {
    for party in [BANK, COMPANY] {
        build_and_execute(|| {
            record(CLIENT, 0..2);
            let claim = put_up(CLIENT, cancel(&[(0, 0)]));
            assert_ok!(answer(BANK, claim, false));
            let open = put_up(CLIENT, cancel(&[(1, 1)]));
            let not_its = error(Error::NotTheProposer);
            assert_eq!(write_off(party, claim), not_its);
            assert_eq!(withdraw(party, open), not_its);
            part_with_client();
            events();
            for member in [OTHER, RECONCILER, STRANGER] {
                assert_eq!(write_off(member, claim), not_its);
                assert_eq!(withdraw(member, open), not_its);
            }
            assert_ok!(write_off(party, claim));
            assert_ok!(withdraw(party, open));
            assert_eq!(events(), [written_off(claim), withdrawn(open)]);
            assert_eq!(Named::<Test>::iter().count(), 0);
        });
    }
}

#[test]
fn what_both_agreed_to_is_not_withdrawn_though_its_client_departed() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(CLIENT, cancel(&[(0, 0)]));
        accept(number);
        part_with_client();
        assert_eq!(withdraw(BANK, number), error(Error::CannotWithdraw));
    });
}
