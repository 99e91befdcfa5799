//! Days that are given by the digits of their dates.

use crate::{mock::*, Accounts, AgreementSpec, Error, Products, SetBy};
use counterfoil_primitives::{
    ports::Directory, written::date::calendar_date, BusinessDay, Terms, UtcOffset,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

const NO_DATE: BusinessDay = BusinessDay(20_260_230);
/// What was to be 20261203, or another day of the year.
const LACKS_A_DIGIT: BusinessDay = BusinessDay(2_026_123);

/// The digits of a day's date.
fn digits(day: BusinessDay) -> BusinessDay {
    let (year, month, date) = calendar_date(day);
    BusinessDay(year * 10_000 + month * 100 + date)
}

/// A day that has not begun, by any offset.
fn later() -> BusinessDay {
    TODAY.next().next()
}

fn create(first_day: BusinessDay) -> DispatchResult {
    let spec = AgreementSpec {
        first_day,
        ..spec()
    };
    Registry::create_agreement(RuntimeOrigin::root(), 9, spec)
}

fn set_conditions(from: BusinessDay) -> DispatchResult {
    let mut conditions = spec().conditions;
    conditions.utc_offset = UtcOffset(90);
    Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, from, conditions)
}

fn set_terms(from: BusinessDay) -> DispatchResult {
    Registry::set_terms(RuntimeOrigin::root(), AGREEMENT, 1, from, Terms::default())
}

fn add_product(from: BusinessDay) -> DispatchResult {
    let versions = vec![(from, Terms::default())];
    Registry::add_product(RuntimeOrigin::root(), AGREEMENT, 7, versions)
}

fn set_reconciler(from: BusinessDay) -> DispatchResult {
    Registry::set_reconciler(RuntimeOrigin::root(), AGREEMENT, from, RECONCILER)
}

fn set_account(from: BusinessDay) -> DispatchResult {
    Registry::set_account(RuntimeOrigin::root(), COMPANY, from, account("Ferdie"))
}

fn change_account(from: BusinessDay) -> DispatchResult {
    let bank = RuntimeOrigin::signed(account("Charlie"));
    Registry::change_account(bank, from, account("Ferdie"))
}

fn object(from: BusinessDay) -> DispatchResult {
    let bank = RuntimeOrigin::signed(account("Charlie"));
    Registry::object_to_account(bank, BANK, from, account("Ferdie"))
}

fn end(from: BusinessDay) -> DispatchResult {
    Registry::end_agreement(RuntimeOrigin::root(), AGREEMENT, from)
}

#[test]
fn an_agreement_begins_on_the_day_of_the_digits() {
    with_members(|| {
        assert_ok!(create(digits(TODAY)));
        assert_eq!(Registry::agreement(9).expect("created").first_day, TODAY);
    });
}

#[test]
fn conditions_and_terms_change_on_the_day_of_the_digits() {
    with_agreement(|| {
        assert_ok!(set_conditions(digits(later())));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(
            agreement.conditions.last().map(|(from, _)| *from),
            Some(later())
        );
        assert_ok!(set_terms(digits(later())));
        assert_ok!(add_product(digits(later())));
        for product in [1, 7] {
            let versions = Products::<Test>::get(AGREEMENT, product).expect("there");
            assert_eq!(versions.last().map(|(from, _)| *from), Some(later()));
        }
    });
}

#[test]
fn a_reconciler_an_account_and_an_end_come_on_the_day_of_the_digits() {
    with_agreement(|| {
        assert_ok!(set_reconciler(digits(later())));
        assert_ok!(set_account(digits(later())));
        assert_ok!(end(digits(later())));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.reconcilers.last(), Some(&(later(), RECONCILER)));
        assert_eq!(agreement.end, Some(later()));
        let accounts = Accounts::<Test>::get(COMPANY);
        let version = set_by(SetBy::Council, "Ferdie");
        assert_eq!(accounts.first(), Some(&(later(), version)));
    });
}

#[test]
fn a_member_changes_its_account_on_the_day_of_the_digits() {
    with_agreement(|| {
        let from = later().next();
        assert_ok!(change_account(digits(from)));
        let accounts = Accounts::<Test>::get(BANK);
        let version = set_by(SetBy::Member, "Ferdie");
        assert_eq!(accounts.first(), Some(&(from, version)));
    });
}

#[test]
fn an_objection_names_the_day_by_its_digits() {
    with_agreement(|| {
        let from = later().next();
        assert_ok!(change_account(from));
        assert_ok!(object(digits(from)));
        assert!(Accounts::<Test>::get(BANK).is_empty());
    });
}

#[test]
fn digits_of_no_date_change_nothing() {
    with_agreement(|| {
        let refused = || Error::<Test>::NoSuchDate;
        for day in [NO_DATE, LACKS_A_DIGIT] {
            assert_noop!(create(day), refused());
            assert_noop!(set_conditions(day), refused());
            assert_noop!(set_terms(day), refused());
            assert_noop!(add_product(day), refused());
            assert_noop!(set_reconciler(day), refused());
            assert_noop!(set_account(day), refused());
            assert_noop!(change_account(day), refused());
            assert_noop!(object(day), refused());
            assert_noop!(end(day), refused());
        }
    });
}
