//! Accounts that members change by themselves, and objections.

use crate::{
    mock::*, AccountRequests, Accounts, Call, Error, Event, ACCOUNT_DAYS, LEAD, OBJECTION_TIME,
};
use counterfoil_primitives::{
    ports::Directory, written::date, BusinessDay, MemberId, Moment, Role, UtcOffset,
};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::{CheckIfFeeless, DispatchResult},
};
use scale_info::{TypeDef, TypeInfo};
use sp_core::crypto::AccountId32;

/// A day from which on an account can be changed.
const FROM: BusinessDay = BusinessDay(TODAY.0 + 3);

fn change_by(operator: &str, from: BusinessDay, new: AccountId32) -> DispatchResult {
    Registry::change_account(RuntimeOrigin::signed(account(operator)), from, new)
}

/// The bank changes its account.
fn change(from: BusinessDay, new: &str) -> DispatchResult {
    change_by("Charlie", from, account(new))
}

/// Objects to what a member asked for, as it is kept; of a member that asked for nothing, to another account
/// from [`FROM`] on.
fn object_as(origin: RuntimeOrigin, member: MemberId) -> DispatchResult {
    let from = AccountRequests::<Test>::get(member).unwrap_or(FROM);
    let mut kept = Accounts::<Test>::get(member).into_iter();
    let asked_for = kept.find(|(day, _)| *day == from);
    let named = asked_for.map_or(account("Ferdie"), |(_, version)| version.account);
    Registry::object_to_account(origin, member, from, named)
}

fn object_by(operator: &str, member: MemberId) -> DispatchResult {
    object_as(RuntimeOrigin::signed(account(operator)), member)
}

/// The bank objects to its own change.
fn object() -> DispatchResult {
    object_by("Charlie", BANK)
}

/// The council sets the bank's account.
fn set(from: BusinessDay, new: &str) -> DispatchResult {
    Registry::set_account(RuntimeOrigin::root(), BANK, from, account(new))
}

fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Test>::put(now);
}

/// The first moment at which a day has begun somewhere.
fn first_start(day: BusinessDay) -> Moment {
    UtcOffset(UtcOffset::LIMIT).start_of(day)
}

/// The account with which the bank began.
fn first() -> AccountId32 {
    member(Role::Bank, "Charlie").account
}

/// The bank's account of a day.
fn on(day: BusinessDay) -> AccountId32 {
    Registry::account(BANK, day).expect("a member has an account")
}

fn days_after(day: BusinessDay, days: u32) -> BusinessDay {
    BusinessDay(day.0 + days)
}

#[test]
fn a_member_changes_its_account_from_a_day_on() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        assert_eq!(on(FROM.previous()), first());
        assert_eq!(on(FROM), account("Ferdie"));
        assert_eq!(on(FROM.next()), account("Ferdie"));
        assert_eq!(Registry::open_account_change(BANK), Some(FROM));
        assert_eq!(
            last_event(),
            Event::AccountChangeRequested {
                member: BANK,
                from: FROM,
                from_date: "2024-10-07".try_into().unwrap(),
                replaced: first(),
                account: account("Ferdie"),
            }
        );
    });
}

#[test]
fn a_change_leaves_a_day_to_object_wherever_its_first_day_begins() {
    with_agreement(|| {
        let earliest = first_start(FROM) - LEAD - OBJECTION_TIME;
        set_clock(earliest);
        assert_noop!(change(FROM, "Ferdie"), Error::<Test>::NoTimeToObject);
        set_clock(earliest - 1);
        assert_ok!(change(FROM, "Ferdie"));
    });
}

#[test]
fn the_third_day_after_today_leaves_time_to_object_at_any_hour() {
    with_agreement(|| {
        set_clock(UtcOffset(0).start_of(TODAY.next()) - 1);
        assert_ok!(change(days_after(TODAY, 3), "Ferdie"));
    });
}

#[test]
fn a_member_objects_to_its_change() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        assert_ok!(object());
        assert_eq!(on(FROM), first());
        assert_eq!(Registry::open_account_change(BANK), None);
        assert_eq!(
            last_event(),
            Event::AccountChangeObjected {
                member: BANK,
                from: FROM,
                from_date: "2024-10-07".try_into().unwrap(),
                account: account("Ferdie"),
                kept: first(),
            }
        );
        assert_noop!(object(), Error::<Test>::NothingToObjectTo);
    });
}

#[test]
fn the_council_objects_to_a_members_change() {
    with_agreement(|| {
        let object = |member| object_as(RuntimeOrigin::root(), member);
        assert_noop!(object(BANK), Error::<Test>::NothingToObjectTo);
        assert_noop!(object(77), Error::<Test>::UnknownMember);
        assert_ok!(change(FROM, "Ferdie"));
        assert_ok!(object(BANK));
        assert_eq!(on(FROM), first());
    });
}

#[test]
fn nobody_else_changes_an_account_or_objects() {
    with_agreement(|| {
        assert_noop!(
            change_by("Ferdie", FROM, account("Ferdie")),
            Error::<Test>::NotAMember
        );
        assert_noop!(
            Registry::change_account(RuntimeOrigin::root(), FROM, account("Ferdie")),
            Error::<Test>::NotAMember
        );
        assert_ok!(change(FROM, "Ferdie"));
        assert_noop!(object_by("Bob", BANK), Error::<Test>::NotTheMember);
        assert_noop!(object_by("Ferdie", BANK), Error::<Test>::NotAMember);
        assert_noop!(
            object_as(RuntimeOrigin::none(), BANK),
            Error::<Test>::NotAMember
        );
        assert_eq!(on(FROM), account("Ferdie"));
    });
}

#[test]
fn nobody_objects_to_a_change_whose_day_has_begun_anywhere() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        set_clock(first_start(FROM) - LEAD);
        assert_noop!(object(), Error::<Test>::NothingToObjectTo);
        assert_noop!(
            object_as(RuntimeOrigin::root(), BANK),
            Error::<Test>::NothingToObjectTo
        );
        assert_eq!(Registry::open_account_change(BANK), None);
        set_clock(first_start(FROM) - LEAD - 1);
        assert_ok!(object());
    });
}

#[test]
fn a_member_has_one_open_change() {
    with_agreement(|| {
        let later = days_after(FROM, ACCOUNT_DAYS);
        assert_ok!(change(FROM, "Ferdie"));
        assert_noop!(change(later, "One"), Error::<Test>::AccountChangeOpen);
        assert_ok!(object());
        assert_ok!(change(later, "One"));
        assert_eq!(on(FROM), first());
        assert_eq!(on(later), account("One"));
    });
}

#[test]
fn a_change_that_has_begun_is_followed_by_another() {
    with_agreement(|| {
        let later = days_after(FROM, ACCOUNT_DAYS);
        assert_ok!(change(FROM, "Ferdie"));
        set_clock(first_start(FROM) - LEAD);
        assert_ok!(change(later, "One"));
        assert_ok!(object());
        assert_eq!(on(later), account("Ferdie"));
    });
}

#[test]
fn what_the_council_set_a_member_does_not_take_back() {
    with_agreement(|| {
        assert_ok!(set(FROM, "Ferdie"));
        assert_noop!(object(), Error::<Test>::NothingToObjectTo);
        assert_eq!(on(FROM), account("Ferdie"));
    });
}

#[test]
fn an_account_that_the_council_sets_takes_the_place_of_what_the_member_asked_for() {
    for set_from in [FROM, FROM.previous()] {
        with_agreement(|| {
            assert_ok!(change(FROM, "Ferdie"));
            assert_ok!(set(set_from, "One"));
            assert_eq!(on(FROM), account("One"));
            assert!(!AccountRequests::<Test>::contains_key(BANK));
            assert_noop!(object(), Error::<Test>::NothingToObjectTo);
        });
    }
}

#[test]
fn an_account_that_the_council_set_for_later_days_outlasts_an_objection() {
    with_agreement(|| {
        assert_ok!(change(FROM, "Ferdie"));
        assert_ok!(set(FROM.next(), "One"));
        assert_eq!(Registry::open_account_change(BANK), Some(FROM));
        assert_ok!(object());
        assert_eq!(on(FROM), first());
        assert_eq!(on(FROM.next()), account("One"));
    });
}

#[test]
fn an_account_has_some_weeks_before_its_member_replaces_it() {
    with_agreement(|| {
        assert_ok!(set(FROM, "Ferdie"));
        let earliest = days_after(FROM, ACCOUNT_DAYS);
        for early in [FROM, FROM.next(), earliest.previous()] {
            assert_noop!(change(early, "One"), Error::<Test>::AccountTooRecent);
        }
        assert_ok!(change(earliest, "One"));
        assert_eq!(
            last_event(),
            Event::AccountChangeRequested {
                member: BANK,
                from: earliest,
                from_date: date::words(earliest),
                replaced: account("Ferdie"),
                account: account("One"),
            }
        );
    });
}

#[test]
fn a_member_does_not_change_what_was_set_for_later_days() {
    with_agreement(|| {
        assert_ok!(set(days_after(FROM, 90), "Ferdie"));
        assert_noop!(change(FROM, "One"), Error::<Test>::AccountTooRecent);
    });
}

#[test]
fn a_member_fills_half_of_its_list_and_leaves_the_rest_to_the_council() {
    with_agreement(|| {
        let half = MaxVersions::get() / 2;
        let nth = |number| days_after(FROM, number * ACCOUNT_DAYS);
        for number in 0..half {
            assert_ok!(change(nth(number), "Ferdie"));
            set_clock(first_start(nth(number)));
        }
        assert_noop!(change(nth(half), "One"), Error::<Test>::TooManyVersions);
        assert_eq!(Accounts::<Test>::get(BANK).len(), half as usize);
        assert_ok!(set(nth(half), "One"));
    });
}

#[test]
fn changes_that_are_objected_to_leave_nothing_behind() {
    with_agreement(|| {
        for _ in 0..=MaxVersions::get() {
            assert_ok!(change(FROM, "Ferdie"));
            assert_ok!(object());
        }
        assert!(!Accounts::<Test>::contains_key(BANK));
        assert!(!AccountRequests::<Test>::contains_key(BANK));
    });
}

#[test]
fn a_change_goes_with_its_member() {
    with_agreement(|| {
        assert_ok!(change_by("Eve", FROM, account("Ferdie")));
        assert_ok!(Registry::remove_member(
            RuntimeOrigin::root(),
            SECOND_CLIENT
        ));
        assert!(!AccountRequests::<Test>::contains_key(SECOND_CLIENT));
    });
}

#[test]
fn a_company_does_not_change_the_account_that_it_pays_from() {
    with_agreement(|| {
        assert_noop!(
            change_by("Bob", FROM, account("Ferdie")),
            Error::<Test>::AccountPays
        );
        assert!(!Accounts::<Test>::contains_key(COMPANY));
    });
}

#[test]
fn a_member_changes_and_objects_free_of_fees_where_it_may_and_nobody_else_does() {
    with_agreement(|| {
        let change = Call::<Test>::change_account {
            from: FROM,
            account: account("Ferdie"),
        };
        let object = |member| Call::<Test>::object_to_account {
            member,
            from: FROM,
            account: account("Ferdie"),
        };
        let by = |operator| RuntimeOrigin::signed(account(operator));
        for (operator, member, may_change) in [
            ("Charlie", BANK, true),
            ("Bob", COMPANY, false),
            ("Ferdie", 77, false),
        ] {
            assert_eq!(change.is_feeless(&by(operator)), may_change, "{operator}");
            assert_eq!(object(member).is_feeless(&by(operator)), member != 77);
            assert!(
                !object(SECOND_CLIENT).is_feeless(&by(operator)),
                "{operator}"
            );
        }
    });
}

/// What the metadata say of a variant of `Kind`.
fn docs_of<Kind: TypeInfo>(name: &str) -> String {
    let TypeDef::Variant(kind) = Kind::type_info().type_def else {
        panic!("it has variants")
    };
    let mut variants = kind.variants.iter();
    let variant = variants.find(|variant| variant.name == name);
    variant.expect("it is a variant").docs.join(" ")
}

#[test]
fn the_metadata_name_the_days_that_an_account_has_at_least() {
    let days = format!("{ACCOUNT_DAYS} days");
    for docs in [
        docs_of::<Error<Test>>("AccountTooRecent"),
        docs_of::<Call<Test>>("change_account"),
    ] {
        assert!(docs.contains(&days), "{docs}");
    }
}
