mod conditions;
mod limits;
mod rails;

use crate::{mock::*, AgreementSpec, Agreements, Error, Event, Limits, NamedBy, LEAD};
use counterfoil_primitives::{
    day::DAY, ports::Directory, written::date, BusinessDay, Caps, Conditions, Currency, MemberId,
    Moment, Role, Source, TimeOfDay, UtcOffset,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

const TOMORROW: BusinessDay = TODAY.next();

fn create(spec: AgreementSpec) -> DispatchResult {
    Registry::create_agreement(RuntimeOrigin::root(), 9, spec)
}

fn set_conditions(from: BusinessDay, conditions: Conditions) -> DispatchResult {
    Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, from, conditions)
}

fn set_clients(clients: Vec<MemberId>) -> DispatchResult {
    Registry::set_clients(RuntimeOrigin::root(), AGREEMENT, clients)
}

fn set_limits(limits: Limits) -> DispatchResult {
    Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, limits)
}

fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Test>::put(now);
}

/// Midnight at the end of the test's day.
const MIDNIGHT: Moment = (TODAY.0 as Moment + 1) * DAY;

#[test]
fn an_agreement_is_seen_as_it_was_given() {
    with_members(|| {
        assert_ok!(create(spec()));
        let agreement = Registry::agreement(9).expect("created");
        assert_eq!(agreement.bank, BANK);
        assert_eq!(agreement.company, COMPANY);
        assert_eq!(agreement.reconcilers, vec![(TODAY.previous(), RECONCILER)]);
        assert_eq!(agreement.clients, vec![CLIENT]);
        assert_eq!(agreement.suspended, Vec::<MemberId>::new());
        assert_eq!(&*agreement.currency, "CZK");
        assert_eq!(agreement.decimals, 2);
        assert_eq!(agreement.end, None);
        assert_eq!(agreement.first_day, TODAY.previous());
        assert_eq!(agreement.caps, spec().caps);
        assert_eq!(agreement.max_gross, None);
        assert_eq!(agreement.deadline_minutes, 60);
        assert_eq!(agreement.max_late_minutes, 60);
        assert_eq!(agreement.refund_days, 180);
        assert_eq!(agreement.amend_days, 365);
        assert_eq!(agreement.answer_days, 10);
        assert_eq!(
            agreement.conditions,
            vec![(TODAY.previous(), spec().conditions)]
        );
        assert_eq!(
            last_event(),
            Event::AgreementCreated {
                agreement: 9,
                bank: BANK,
                company: COMPANY,
                reconciler: RECONCILER,
                first_day: TODAY.previous(),
                first_date: "2024-10-03".try_into().unwrap(),
            }
        );
    });
}

#[test]
fn agreements_are_listed_in_order() {
    with_members(|| {
        for id in [9, 3, 200] {
            assert_ok!(Registry::create_agreement(
                RuntimeOrigin::root(),
                id,
                spec()
            ));
        }
        assert_eq!(Registry::agreements(), vec![3, 9, 200]);
    });
}

#[test]
fn nobody_but_the_council_changes_agreements() {
    with_agreement(|| {
        let member = || RuntimeOrigin::signed(account("Bob"));
        assert_noop!(
            Registry::create_agreement(member(), 9, spec()),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::set_conditions(member(), AGREEMENT, TOMORROW, conditions(30, 60)),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::set_clients(member(), AGREEMENT, vec![]),
            DispatchError::BadOrigin
        );
        let versions = vec![(TOMORROW, conditions(30, 60))];
        assert_noop!(
            Registry::set_conditions_by_day(member(), AGREEMENT, versions),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::set_limits(member(), AGREEMENT, Limits::from(&spec())),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn an_id_names_one_agreement() {
    with_agreement(|| {
        assert_noop!(
            Registry::create_agreement(RuntimeOrigin::root(), AGREEMENT, spec()),
            Error::<Test>::AgreementExists
        );
    });
}

#[test]
fn each_party_has_its_role() {
    with_members(|| {
        let wrong: [fn(&mut AgreementSpec); 4] = [
            |spec| spec.bank = COMPANY,
            |spec| spec.company = BANK,
            |spec| spec.reconciler = CLIENT,
            |spec| spec.clients = vec![CLIENT, BANK],
        ];
        for change in wrong {
            let mut spec = spec();
            change(&mut spec);
            assert_noop!(create(spec), Error::<Test>::WrongRole);
        }
        let mut spec = spec();
        spec.bank = 99;
        assert_noop!(create(spec), Error::<Test>::UnknownMember);
    });
}

#[test]
fn a_currency_is_three_capital_letters() {
    with_members(|| {
        for currency in ["czk", "CZ1", "CZ ", "CZ", "Kč", ""] {
            let mut spec = spec();
            spec.currency = Currency::truncated(currency);
            assert_noop!(create(spec), Error::<Test>::InvalidCurrency);
        }
    });
}

#[test]
fn caps_are_bounded() {
    with_members(|| {
        let wrong: [fn(&mut AgreementSpec); 2] = [
            |spec| spec.caps.pages = Caps::MAX.pages + 1,
            |spec| spec.caps.extras = Caps::MAX.extras + 1,
        ];
        for change in wrong {
            let mut spec = spec();
            change(&mut spec);
            assert_noop!(create(spec), Error::<Test>::InvalidLimits);
        }
        let mut widest = spec();
        widest.caps = Caps::MAX;
        assert_ok!(create(widest));
    });
}

#[test]
fn clients_are_admitted_and_let_go() {
    with_agreement(|| {
        assert_ok!(set_clients(vec![SECOND_CLIENT]));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.clients, vec![SECOND_CLIENT]);
        assert_eq!(NamedBy::<Test>::get(CLIENT), 0);
        assert_eq!(NamedBy::<Test>::get(SECOND_CLIENT), 1);
        assert_eq!(
            last_event(),
            Event::ClientsSet {
                agreement: AGREEMENT,
                clients: vec![SECOND_CLIENT],
            }
        );
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
    });
}

#[test]
fn a_client_that_stays_is_still_counted_once() {
    with_agreement(|| {
        assert_ok!(set_clients(vec![SECOND_CLIENT, CLIENT]));
        assert_ok!(set_clients(vec![CLIENT, SECOND_CLIENT]));
        assert_eq!(NamedBy::<Test>::get(CLIENT), 1);
    });
}

#[test]
fn clients_are_distinct_known_and_not_too_many() {
    with_agreement(|| {
        assert_noop!(
            set_clients(vec![CLIENT, CLIENT]),
            Error::<Test>::DuplicateClient
        );
        assert_noop!(set_clients(vec![99]), Error::<Test>::UnknownMember);
        assert_noop!(set_clients(vec![BANK]), Error::<Test>::WrongRole);
        assert_noop!(
            set_clients(vec![CLIENT, SECOND_CLIENT, 7, 8]),
            Error::<Test>::TooManyClients
        );
        assert_ok!(register(7, member(Role::Client, "Ferdie")));
        assert_ok!(set_clients(vec![CLIENT, SECOND_CLIENT, 7]));
    });
}

#[test]
fn what_is_not_there_cannot_change() {
    with_members(|| {
        assert!(Agreements::<Test>::get(AGREEMENT).is_none());
        assert_noop!(
            set_conditions(TOMORROW, conditions(30, 60)),
            Error::<Test>::UnknownAgreement
        );
        assert_noop!(set_clients(vec![]), Error::<Test>::UnknownAgreement);
        assert_noop!(
            set_limits(Limits::from(&spec())),
            Error::<Test>::UnknownAgreement
        );
        assert!(Registry::agreement(AGREEMENT).is_none());
    });
}
