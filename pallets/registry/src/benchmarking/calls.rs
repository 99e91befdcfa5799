//! Benchmarks of the calls.
//!
//! All members have the longest names, all agreements and products as many clients and versions
//! as they may. The council's origin is taken to be root, as in the runtime; asking it for
//! one that succeeds would need a feature of the whole SDK.

use super::setup::{self, AGREEMENT, BANK, CLIENT, COMPANY, RECONCILER};
use crate::*;
use alloc::vec::Vec;
use counterfoil_primitives::{
    calendar::MAX_DATES, operator::rotation_payload, BusinessDay, CalendarNames, Caps, MemberId,
    Role,
};
use counterfoil_support::{account_of, operator_account};
use frame_benchmarking::v2::*;
use frame_support::traits::Get;
use frame_system::RawOrigin;
use sp_runtime::app_crypto::RuntimeAppPublic;

/// The agreement's first day.
const FIRST: BusinessDay = BusinessDay(20_000);
/// A day that has not begun.
const LATER: BusinessDay = BusinessDay(20_001);
/// An id that no member has yet.
const NEW: MemberId = 500;

/// The first day of the last of as many versions as there may be from [`FIRST`] on. What is set from
/// it on leaves all others in their place.
fn last<T: Config>() -> BusinessDay {
    BusinessDay(FIRST.0 + T::MaxVersions::get() - 1)
}

fn put_agreement<T: Config>() {
    setup::put_agreement::<T>(&[(FIRST, setup::conditions())], Caps::MAX);
}

/// How many clients are suspended.
fn suspended<T: Config>() -> u32 {
    let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
    agreement.suspended.len() as u32
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn register_member() {
        let member = setup::member(NEW, Role::Client);
        let operator = member.operator.clone();

        #[extrinsic_call]
        register_member(
            RawOrigin::Root,
            NEW,
            member.role,
            member.name,
            member.account,
            member.operator,
            member.endpoint,
        );

        let account = operator_account(&operator);
        assert_eq!(MemberByOperator::<T>::get(account), Some(NEW));
    }

    #[benchmark]
    fn remove_member() {
        setup::put_member::<T>(NEW, Role::Client);

        #[extrinsic_call]
        remove_member(RawOrigin::Root, NEW);

        assert!(!Members::<T>::contains_key(NEW));
    }

    /// By the clients.
    #[benchmark]
    fn create_agreement(c: Linear<0, 256>) {
        setup::put_member::<T>(COMPANY, Role::Company);
        setup::put_member::<T>(BANK, Role::Bank);
        setup::put_member::<T>(RECONCILER, Role::Reconciler);
        let spec = setup::spec(FIRST, setup::put_clients::<T>(c, CLIENT));

        #[extrinsic_call]
        create_agreement(RawOrigin::Root, AGREEMENT, spec);

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it was created");
        assert_eq!(agreement.clients.len(), c as usize);
    }

    #[benchmark]
    fn set_conditions() {
        put_agreement::<T>();
        let mut conditions = setup::conditions();
        conditions.cut_off.0 += 1;

        #[extrinsic_call]
        set_conditions(RawOrigin::Root, AGREEMENT, last::<T>(), conditions);

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(
            agreement.conditions.last(),
            Some(&(last::<T>(), conditions))
        );
    }

    /// By the clients, and by those before them, all of them suspended.
    #[benchmark]
    fn set_clients(c: Linear<0, 256>, f: Linear<0, 256>) {
        put_agreement::<T>();
        let former: Vec<_> = (NEW..NEW + f).collect();
        Agreements::<T>::mutate(AGREEMENT, |agreement| {
            let agreement = agreement.as_mut().expect("it was put there");
            agreement.clients = former.clone().try_into().expect("as many as may be");
            agreement.suspended = setup::suspended::<T>(&former);
        });
        for client in former {
            NamedBy::<T>::insert(client, 1);
        }
        let clients = setup::put_clients::<T>(c, CLIENT);

        #[extrinsic_call]
        set_clients(RawOrigin::Root, AGREEMENT, clients.clone());

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(agreement.clients.into_inner(), clients);
        assert!(!NamedBy::<T>::contains_key(NEW));
    }

    #[benchmark]
    fn set_limits() {
        put_agreement::<T>();
        let limits = setup::limits();

        #[extrinsic_call]
        set_limits(RawOrigin::Root, AGREEMENT, limits);

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(agreement.caps, limits.caps);
    }

    #[benchmark]
    fn set_terms() {
        put_agreement::<T>();
        setup::put_product::<T>(1, FIRST);
        let mut terms = setup::terms();
        terms.credit.flat += 1;

        #[extrinsic_call]
        set_terms(RawOrigin::Root, AGREEMENT, 1, last::<T>(), terms);

        let versions = Products::<T>::get(AGREEMENT, 1).expect("it has terms");
        assert_eq!(versions.last(), Some(&(last::<T>(), terms)));
    }

    /// By the versions of the terms.
    #[benchmark]
    fn add_product(v: Linear<1, 128>) {
        put_agreement::<T>();
        let mut versions = setup::versions::<T>(FIRST);
        versions.truncate(v as usize);

        #[extrinsic_call]
        add_product(RawOrigin::Root, AGREEMENT, 1, versions);

        let versions = Products::<T>::get(AGREEMENT, 1).expect("it has terms");
        assert_eq!(versions.len(), v.min(T::MaxVersions::get()) as usize);
    }

    #[benchmark]
    fn rotate_operator() {
        let operator = setup::put_member::<T>(CLIENT, Role::Client);
        let new = setup::key("new");
        let payload = rotation_payload(directory::genesis_hash::<T>(), CLIENT);
        let proof = new.sign(&payload).expect("the keystore holds the new key");

        #[extrinsic_call]
        rotate_operator(RawOrigin::Signed(operator), new.clone(), proof);

        let member = Members::<T>::get(CLIENT).expect("it stays");
        assert_eq!(member.operator, new);
    }

    #[benchmark]
    fn set_endpoint() {
        let operator = setup::put_member::<T>(CLIENT, Role::Client);
        let endpoint = Endpoint::truncated(&setup::endpoint().replace("/e", "/f"));

        #[extrinsic_call]
        set_endpoint(RawOrigin::Signed(operator), endpoint.clone());

        let member = Members::<T>::get(CLIENT).expect("it stays");
        assert_eq!(member.endpoint, endpoint);
    }

    #[benchmark]
    fn replace_operator() {
        setup::put_member::<T>(CLIENT, Role::Client);
        let new = setup::key("new");

        #[extrinsic_call]
        replace_operator(RawOrigin::Root, CLIENT, new.clone());

        let member = Members::<T>::get(CLIENT).expect("it stays");
        assert_eq!(member.operator, new);
    }

    #[benchmark]
    fn set_account() {
        setup::put_member::<T>(COMPANY, Role::Company);
        let first = BusinessDay(30_000);
        setup::put_accounts::<T>(COMPANY, first);
        let account = setup::account(BANK);
        // There is no room for one more: the last is dropped, and all others stay.
        let last = BusinessDay(first.0 + T::MaxVersions::get() - 1);
        AccountRequests::<T>::insert(COMPANY, last);

        #[extrinsic_call]
        set_account(RawOrigin::Root, COMPANY, last, account.clone());

        let set = AccountVersion {
            account,
            set_by: SetBy::Council,
        };
        assert_eq!(Accounts::<T>::get(COMPANY).last(), Some(&(last, set)));
        assert!(!AccountRequests::<T>::contains_key(COMPANY));
    }

    /// It replaces as many as there may be, each another member.
    #[benchmark]
    fn set_reconciler() {
        put_agreement::<T>();
        setup::put_member::<T>(NEW, Role::Reconciler);
        Agreements::<T>::mutate(AGREEMENT, |agreement| {
            let agreement = agreement.as_mut().expect("it was put there");
            for ((_, reconciler), former) in agreement.reconcilers.iter_mut().skip(1).zip(NEW + 1..)
            {
                *reconciler = former;
                NamedBy::<T>::insert(former, 1);
            }
        });

        #[extrinsic_call]
        set_reconciler(RawOrigin::Root, AGREEMENT, LATER, NEW);

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(agreement.reconcilers.last(), Some(&(LATER, NEW)));
        assert!(!NamedBy::<T>::contains_key(NEW + 1));
    }

    #[benchmark]
    fn end_agreement() {
        put_agreement::<T>();

        #[extrinsic_call]
        end_agreement(RawOrigin::Root, AGREEMENT, LATER);

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(agreement.end, Some(LATER));
    }

    /// It comes after as many accounts as a member may have before it does so by itself.
    #[benchmark]
    fn change_account() {
        let operator = setup::put_member::<T>(BANK, Role::Bank);
        setup::put_accounts::<T>(BANK, BusinessDay(0));
        Accounts::<T>::mutate(BANK, |changes| {
            changes.truncate(T::MaxVersions::get() as usize / 2 - 1);
        });
        AccountRequests::<T>::insert(BANK, BusinessDay(0));
        let from = BusinessDay(30_000);
        let account = setup::account(NEW);

        #[extrinsic_call]
        change_account(RawOrigin::Signed(operator), from, account.clone());

        let asked_for = AccountVersion {
            account,
            set_by: SetBy::Member,
        };
        assert_eq!(Accounts::<T>::get(BANK).last(), Some(&(from, asked_for)));
        assert_eq!(AccountRequests::<T>::get(BANK), Some(from));
    }

    /// The member objects to the first of as many accounts as there may be.
    #[benchmark]
    fn object_to_account() {
        let operator = setup::put_member::<T>(BANK, Role::Bank);
        let from = BusinessDay(30_000);
        setup::put_accounts::<T>(BANK, from);
        AccountRequests::<T>::insert(BANK, from);
        let account = setup::account(BANK);

        #[extrinsic_call]
        object_to_account(RawOrigin::Signed(operator), BANK, from, account);

        let first = Accounts::<T>::get(BANK).first().map(|(day, _)| *day);
        assert_eq!(first, Some(from.next()));
        assert!(!AccountRequests::<T>::contains_key(BANK));
    }

    /// By the dates of a calendar that an agreement names, and that keeps all of them.
    #[benchmark]
    fn set_calendar(d: Linear<0, 512>) {
        put_agreement::<T>();
        let name = setup::calendar_name(0);
        let before = setup::calendar(d);
        Calendars::<T>::insert(&name, &before);

        #[extrinsic_call]
        set_calendar(
            RawOrigin::Root,
            name.clone(),
            before.weekly,
            before.dates,
            LATER,
        );

        let calendar = Calendars::<T>::get(name).expect("it stays");
        assert_eq!(calendar.filled_until, LATER);
        assert_eq!(calendar.dates.len(), d as usize);
    }

    #[benchmark]
    fn remove_calendar() {
        let name = setup::calendar_name(0);
        Calendars::<T>::insert(&name, setup::calendar(MAX_DATES));

        #[extrinsic_call]
        remove_calendar(RawOrigin::Root, name.clone());

        assert!(!Calendars::<T>::contains_key(name));
    }

    /// It replaces as many versions as there may be, which name all calendars in turn.
    #[benchmark]
    fn set_calendars() {
        put_agreement::<T>();
        setup::put_calendars::<T>(MAX_CALENDARS, FIRST);
        let names = [0, 1].map(setup::calendar_name).to_vec();
        let names = CalendarNames::truncate_from(names);

        #[extrinsic_call]
        set_calendars(RawOrigin::Root, AGREEMENT, LATER, names.clone());

        let versions = AgreementCalendars::<T>::get(AGREEMENT);
        assert_eq!(versions.last(), Some(&(LATER, names)));
        assert!(!CalendarsNamedBy::<T>::contains_key(setup::calendar_name(
            2
        )));
    }

    /// By the versions, which replace all but the first.
    #[benchmark]
    fn set_conditions_by_day(v: Linear<1, 127>) {
        put_agreement::<T>();
        let mut conditions = setup::conditions();
        conditions.cut_off.0 += 1;
        let versions: Vec<_> = (0..v)
            .map(|days| (BusinessDay(LATER.0 + days), conditions))
            .collect();

        #[extrinsic_call]
        set_conditions_by_day(RawOrigin::Root, AGREEMENT, versions.clone());

        let agreement = Agreements::<T>::get(AGREEMENT).expect("it stays");
        assert_eq!(agreement.conditions.len(), v as usize + 1);
        assert_eq!(agreement.conditions.last(), versions.last());
    }

    /// All other clients are suspended.
    #[benchmark]
    fn suspend_client() {
        put_agreement::<T>();
        let bank = account_of::<Pallet<T>>(BANK).expect("it was put there");

        #[extrinsic_call]
        suspend_client(RawOrigin::Signed(bank), AGREEMENT, CLIENT);

        assert_eq!(suspended::<T>(), T::MaxClients::get());
    }

    /// The company agreed before, and the first of the suspended clients records again.
    #[benchmark]
    fn lift_suspension() {
        put_agreement::<T>();
        let bank = account_of::<Pallet<T>>(BANK).expect("it was put there");
        let first = CLIENT + 1 - T::MaxClients::get();

        #[extrinsic_call]
        lift_suspension(RawOrigin::Signed(bank), AGREEMENT, first);

        assert_eq!(suspended::<T>(), T::MaxClients::get() - 2);
    }

    /// It replaces another one, and each of the three is another member.
    #[benchmark]
    fn name_successor() {
        put_agreement::<T>();
        setup::put_member::<T>(NEW, Role::Client);
        let former = NEW + 1;
        Successors::<T>::insert(AGREEMENT, NEW, former);
        for client in [NEW, former] {
            NamedBy::<T>::insert(client, 1);
        }

        #[extrinsic_call]
        name_successor(RawOrigin::Root, AGREEMENT, NEW, Some(CLIENT));

        assert_eq!(Successors::<T>::get(AGREEMENT, NEW), Some(CLIENT));
        assert!(!NamedBy::<T>::contains_key(former));
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
