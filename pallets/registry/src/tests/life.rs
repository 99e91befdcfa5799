//! What changes in the life of an agreement, from a day on: who reconciles, which accounts pay and are
//! paid, and that it ends.

use crate::{mock::*, Accounts, Agreements, Error, Event, Limits, NamedBy, SetBy, LEAD};
use counterfoil_primitives::{
    day::DAY, ports::Directory, settlement::Rail, written::date, BusinessDay, MemberId, Moment,
    Role, UtcOffset,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_core::crypto::AccountId32;
use sp_runtime::DispatchError;

const TOMORROW: BusinessDay = TODAY.next();
/// A second reconciler.
const OTHER: MemberId = 9;

fn set_reconciler(from: BusinessDay, reconciler: MemberId) -> DispatchResult {
    Registry::set_reconciler(RuntimeOrigin::root(), AGREEMENT, from, reconciler)
}

fn end(from: BusinessDay) -> DispatchResult {
    Registry::end_agreement(RuntimeOrigin::root(), AGREEMENT, from)
}

fn set_limits(limits: Limits) -> DispatchResult {
    Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, limits)
}

fn set_account(member: MemberId, from: BusinessDay, account: AccountId32) -> DispatchResult {
    Registry::set_account(RuntimeOrigin::root(), member, from, account)
}

fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Test>::put(now);
}

/// Midnight at the end of the test's day, by the agreement's offset of zero.
const MIDNIGHT: Moment = (TODAY.0 as Moment + 1) * DAY;

/// An agreement, and [`OTHER`].
fn with_two_reconcilers(test: impl FnOnce()) {
    with_agreement(|| {
        assert_ok!(register(OTHER, member(Role::Reconciler, "Ferdie")));
        test();
    });
}

#[test]
fn an_agreement_pays_in_an_asset_that_exists() {
    with_members(|| {
        let mut spec = spec();
        spec.conditions.rail = Rail::Asset(999);
        assert_noop!(
            Registry::create_agreement(RuntimeOrigin::root(), 2, spec),
            Error::<Test>::UnknownAsset
        );
    });
}

#[test]
fn an_agreement_has_the_decimals_of_its_asset() {
    with_members(|| {
        for (asset, decimals) in [(1, 0), (1, 3), (2, 2)] {
            let mut spec = spec();
            (spec.conditions.rail, spec.decimals) = (Rail::Asset(asset), decimals);
            assert_noop!(
                Registry::create_agreement(RuntimeOrigin::root(), 2, spec),
                Error::<Test>::OtherDecimals
            );
        }
        let mut spec = spec();
        (spec.conditions.rail, spec.decimals) = (Rail::Asset(2), 0);
        assert_ok!(Registry::create_agreement(RuntimeOrigin::root(), 2, spec));
    });
}

#[test]
#[should_panic = "the registry's genesis is wrong"]
fn a_genesis_with_an_agreement_in_no_asset_does_not_start() {
    let mut spec = spec();
    spec.conditions.rail = Rail::Asset(999);
    externalities(genesis(vec![crate::AgreementGenesis {
        id: AGREEMENT,
        spec,
    }]));
}

#[test]
fn another_reconciler_has_the_days_from_one_on() {
    with_two_reconcilers(|| {
        assert_ok!(set_reconciler(TOMORROW, OTHER));
        let agreement = Registry::agreement(AGREEMENT).expect("it is there");
        assert_eq!(agreement.reconciler_on(TODAY), Some(RECONCILER));
        assert_eq!(agreement.reconciler_on(TOMORROW), Some(OTHER));
        assert!(
            agreement.may_report(RECONCILER, TODAY) && !agreement.may_report(RECONCILER, TOMORROW)
        );
        assert!(agreement.may_report(OTHER, TOMORROW) && !agreement.may_report(OTHER, TODAY));
        assert_eq!(
            last_event(),
            Event::ReconcilerSet {
                agreement: AGREEMENT,
                from: TOMORROW,
                from_date: date::words(TOMORROW),
                reconciler: OTHER,
            }
        );
    });
}

#[test]
fn a_day_that_has_begun_keeps_its_reconciler() {
    with_two_reconcilers(|| {
        assert_noop!(set_reconciler(TODAY, OTHER), Error::<Test>::DayHasBegun);
        set_clock(MIDNIGHT - LEAD);
        assert_noop!(set_reconciler(TOMORROW, OTHER), Error::<Test>::DayHasBegun);
        set_clock(MIDNIGHT - LEAD - 1);
        assert_ok!(set_reconciler(TOMORROW, OTHER));
    });
}

#[test]
fn a_reconciler_has_the_role_and_a_day_of_the_agreement() {
    with_two_reconcilers(|| {
        assert_noop!(set_reconciler(TOMORROW, BANK), Error::<Test>::WrongRole);
        assert_noop!(set_reconciler(TOMORROW, 77), Error::<Test>::UnknownMember);
        let before = TODAY.previous().previous();
        assert_noop!(set_reconciler(before, OTHER), Error::<Test>::BeforeFirstDay);
        assert_noop!(
            Registry::set_reconciler(RuntimeOrigin::root(), 77, TOMORROW, OTHER),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_reconciler_of_any_day_is_named_and_one_that_gave_way_is_not() {
    with_two_reconcilers(|| {
        assert_ok!(set_reconciler(TOMORROW, OTHER));
        assert_eq!(NamedBy::<Test>::get(OTHER), 1);
        assert_ok!(set_reconciler(TOMORROW, RECONCILER));
        assert_eq!(NamedBy::<Test>::get(OTHER), 0);
        assert_eq!(NamedBy::<Test>::get(RECONCILER), 2);
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), OTHER));
    });
}

#[test]
fn a_reconciler_replaces_those_that_were_set_for_later_days() {
    with_two_reconcilers(|| {
        let later = BusinessDay(TODAY.0 + 9);
        assert_ok!(set_reconciler(later, OTHER));
        assert_ok!(set_reconciler(later.next(), OTHER));
        assert_eq!(NamedBy::<Test>::get(OTHER), 2);
        assert_ok!(set_reconciler(TOMORROW, RECONCILER));
        let agreement = Registry::agreement(AGREEMENT).expect("it is there");
        assert_eq!(agreement.reconciler_on(later.next()), Some(RECONCILER));
        // Nothing names the one that gave way: it may leave.
        assert_eq!(NamedBy::<Test>::get(OTHER), 0);
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), OTHER));
    });
}

#[test]
fn a_reconciler_leaves_those_of_earlier_days() {
    with_two_reconcilers(|| {
        let later = BusinessDay(TODAY.0 + 9);
        assert_ok!(set_reconciler(TOMORROW, OTHER));
        assert_ok!(set_reconciler(later, RECONCILER));
        let agreement = Registry::agreement(AGREEMENT).expect("it is there");
        assert_eq!(agreement.reconciler_on(later.previous()), Some(OTHER));
        assert_eq!(NamedBy::<Test>::get(OTHER), 1);
    });
}

#[test]
fn reconcilers_have_as_many_versions_as_are_kept() {
    with_two_reconcilers(|| {
        for days in 1..MaxVersions::get() {
            assert_ok!(set_reconciler(BusinessDay(TODAY.0 + days), OTHER));
        }
        assert_noop!(
            set_reconciler(BusinessDay(TODAY.0 + 100), OTHER),
            Error::<Test>::TooManyVersions
        );
    });
}

#[test]
fn an_agreement_ends_with_a_day_that_has_not_begun() {
    with_agreement(|| {
        assert_noop!(end(TODAY), Error::<Test>::DayHasBegun);
        assert_noop!(
            end(TODAY.previous().previous()),
            Error::<Test>::BeforeFirstDay
        );
        assert_ok!(end(TOMORROW));
        let agreement = Registry::agreement(AGREEMENT).expect("it stays");
        assert!(!agreement.has_ended(TODAY) && agreement.has_ended(TOMORROW));
        // Its payments can be amended for 365 days.
        let close = BusinessDay(TOMORROW.0 + 365);
        assert_eq!(agreement.close(), Some(close));
        assert_eq!(
            last_event(),
            Event::AgreementEnds {
                agreement: AGREEMENT,
                from: TOMORROW,
                from_date: "2024-10-05".try_into().unwrap(),
            }
        );
    });
}

#[test]
fn an_end_moves_until_it_has_come() {
    with_agreement(|| {
        let later = BusinessDay(TODAY.0 + 5);
        assert_ok!(end(TOMORROW));
        assert_ok!(end(later));
        assert_eq!(
            Agreements::<Test>::get(AGREEMENT).expect("it stays").end,
            Some(later)
        );
        assert_ok!(end(TOMORROW));
        set_clock(MIDNIGHT);
        assert_noop!(end(later), Error::<Test>::AgreementEnded);
    });
}

#[test]
fn a_close_moves_until_the_end_has_come() {
    with_agreement(|| {
        let close = || Registry::agreement(AGREEMENT).and_then(|agreement| agreement.close());
        let open_for = |refund_days, amend_days| Limits {
            refund_days,
            amend_days,
            ..Limits::from(&spec())
        };
        assert_ok!(end(TOMORROW));
        assert_ok!(set_limits(open_for(20, 10)));
        assert_eq!(close(), Some(BusinessDay(TOMORROW.0 + 20)));
        set_clock(MIDNIGHT);
        for (refund_days, amend_days) in [(21, 10), (19, 10), (20, 11), (20, 9)] {
            assert_noop!(
                set_limits(open_for(refund_days, amend_days)),
                Error::<Test>::AgreementEnded
            );
        }
    });
}

#[test]
fn other_limits_change_after_the_end_too() {
    with_agreement(|| {
        assert_ok!(end(TOMORROW));
        set_clock(MIDNIGHT);
        let limits = Limits {
            deadline_minutes: 90,
            ..Limits::from(&spec())
        };
        assert_ok!(set_limits(limits));
        let agreement = Registry::agreement(AGREEMENT).expect("it stays");
        assert_eq!(agreement.deadline_minutes, 90);
    });
}

#[test]
fn whom_an_agreement_that_has_ended_names_stays() {
    with_agreement(|| {
        assert_ok!(end(TOMORROW));
        set_clock(MIDNIGHT);
        for member in [BANK, COMPANY, RECONCILER, CLIENT] {
            assert_noop!(
                Registry::remove_member(RuntimeOrigin::root(), member),
                Error::<Test>::MemberIsNamed
            );
        }
    });
}

/// The first moment at which a day has begun somewhere.
fn first_start(day: BusinessDay) -> Moment {
    UtcOffset(UtcOffset::LIMIT).start_of(day)
}

#[test]
fn another_account_has_the_days_from_one_on() {
    with_agreement(|| {
        let old = member(Role::Company, "Bob").account;
        let new = account("Ferdie");
        let from = TOMORROW.next();
        assert_ok!(set_account(COMPANY, from, new.clone()));
        assert_eq!(Registry::account(COMPANY, TOMORROW), Some(old));
        assert_eq!(Registry::account(COMPANY, from), Some(new.clone()));
        assert_eq!(Registry::account(COMPANY, from.next()), Some(new.clone()));
        assert_eq!(
            last_event(),
            Event::AccountSet {
                member: COMPANY,
                from,
                from_date: "2024-10-06".try_into().unwrap(),
                account: new,
            }
        );
    });
}

#[test]
fn a_day_that_has_begun_anywhere_keeps_its_accounts() {
    with_agreement(|| {
        let from = TOMORROW.next();
        let set = || set_account(COMPANY, from, account("Ferdie"));
        set_clock(first_start(from) - LEAD);
        assert_noop!(set(), Error::<Test>::DayHasBegun);
        set_clock(first_start(from) - LEAD - 1);
        assert_ok!(set());
    });
}

#[test]
fn an_account_is_of_a_member_and_goes_with_it() {
    with_agreement(|| {
        let from = TOMORROW.next();
        let new = account("Ferdie");
        assert_noop!(
            set_account(77, from, new.clone()),
            Error::<Test>::UnknownMember
        );
        assert_ok!(set_account(SECOND_CLIENT, from, new));
        assert_ok!(Registry::remove_member(
            RuntimeOrigin::root(),
            SECOND_CLIENT
        ));
        assert!(!Accounts::<Test>::contains_key(SECOND_CLIENT));
        assert_eq!(Registry::account(SECOND_CLIENT, from), None);
    });
}

#[test]
fn an_account_replaces_those_that_were_set_for_later_days() {
    with_agreement(|| {
        let [sooner, later] = [15, 30].map(|days| BusinessDay(TODAY.0 + days));
        assert_ok!(set_account(COMPANY, later, account("Ferdie")));
        assert_ok!(set_account(COMPANY, sooner, account("One")));
        for day in [sooner, later, later.next()] {
            assert_eq!(Registry::account(COMPANY, day), Some(account("One")));
        }
        assert_eq!(
            Accounts::<Test>::get(COMPANY).into_inner(),
            vec![(sooner, set_by(SetBy::Council, "One"))]
        );
    });
}

#[test]
fn an_account_leaves_those_of_earlier_days() {
    with_agreement(|| {
        let [sooner, later] = [15, 30].map(|days| BusinessDay(TODAY.0 + days));
        assert_ok!(set_account(COMPANY, sooner, account("One")));
        assert_ok!(set_account(COMPANY, later, account("Ferdie")));
        let on = |day| Registry::account(COMPANY, day);
        assert_eq!(on(later.previous()), Some(account("One")));
        assert_eq!(on(later), Some(account("Ferdie")));
    });
}

#[test]
fn accounts_have_as_many_versions_as_are_kept() {
    with_agreement(|| {
        let set = |days| set_account(COMPANY, BusinessDay(TODAY.0 + days), account("Ferdie"));
        let last = 1 + MaxVersions::get();
        for days in 2..=last {
            assert_ok!(set(days));
        }
        assert_noop!(set(100), Error::<Test>::TooManyVersions);
        assert_ok!(set(last));
    });
}

#[test]
fn nobody_but_the_council_changes_the_life_of_an_agreement() {
    with_two_reconcilers(|| {
        let member = || RuntimeOrigin::signed(account("Bob"));
        assert_noop!(
            Registry::set_reconciler(member(), AGREEMENT, TOMORROW, OTHER),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::end_agreement(member(), AGREEMENT, TOMORROW),
            DispatchError::BadOrigin
        );
        assert_noop!(
            Registry::set_account(member(), COMPANY, TOMORROW.next(), account("Bob")),
            DispatchError::BadOrigin
        );
    });
}
