//! A registry filled to its limits: what the benchmarks of this pallet and of others begin with.
//!
//! A call costs most where all that it reads is as large as it gets. Native builds have this too,
//! for the tests of the other pallets, which run those pallets' benchmarks.

use crate::{
    AccountVersion, Accounts, Agreement, AgreementCalendars, AgreementSpec, Agreements, Calendars,
    CalendarsNamedBy, Config, Endpoint, Limits, Member, MemberByOperator, Members, Name, Products,
    SetBy, Suspension, MAX_AMEND_DAYS, MAX_ANSWER_DAYS, MAX_REFUND_DAYS,
};
use alloc::{format, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{
    calendar::{MAX_DATES, MAX_NAMES},
    settlement::{ClientLimits, Period, Rail},
    AgreementId, AgreementView, Amount, BusinessDay, Calendar, CalendarName, CalendarNames, Caps,
    Conditions, Currency, DebitRule, MemberId, OperatorId, ProductId, Role, Rounding, Rule, Terms,
    TimeOfDay, WorkingDays,
};
use counterfoil_support::operator_account;
use frame_support::{traits::Get, BoundedVec};
use sp_core::crypto::AccountId32;
use sp_runtime::app_crypto::RuntimeAppPublic;

/// The agreement that the benchmarks begin with.
pub const AGREEMENT: AgreementId = 1_000;
/// Its company.
pub const COMPANY: MemberId = 1_001;
/// Its bank.
pub const BANK: MemberId = 1_002;
/// Its reconciler.
pub const RECONCILER: MemberId = 1_003;
/// Its client with a key, the last that it admits. The others have the ids before this one.
pub const CLIENT: MemberId = 9_999;

/// A new operator key of this name; its secret half goes to the keystore.
pub fn key(name: &str) -> OperatorId {
    OperatorId::generate_pair(Some(format!("//{name}").into_bytes()))
}

/// The account of a member.
pub fn account(id: MemberId) -> AccountId32 {
    AccountId32::new(id.using_encoded(sp_io::hashing::blake2_256))
}

/// The longest name.
pub fn name() -> Name {
    Name::truncated(&"n".repeat(64))
}

/// The longest endpoint.
pub fn endpoint() -> Endpoint {
    Endpoint::truncated(&format!("https://{}", "e".repeat(256)))
}

/// A member with the longest name and endpoint, and a key of its own.
pub fn member(id: MemberId, role: Role) -> Member {
    Member {
        role,
        name: name(),
        account: account(id),
        operator: key(&format!("{id}")),
        endpoint: endpoint(),
    }
}

/// Puts a member there. Returns the account of its operator key.
pub fn put_member<T: Config>(id: MemberId, role: Role) -> AccountId32 {
    let member = member(id, role);
    let operator = operator_account(&member.operator);
    MemberByOperator::<T>::insert(&operator, id);
    Members::<T>::insert(id, member);
    operator
}

/// Puts as many accounts of a member as it may have, each the same, from `first` on. All are set by the
/// member itself, so that what looks for the account that it pays from has the longest way.
pub fn put_accounts<T: Config>(id: MemberId, first: BusinessDay) {
    let changes: Vec<_> = (0..T::MaxVersions::get())
        .map(|days| {
            let version = AccountVersion {
                account: account(id),
                set_by: SetBy::Member,
            };
            (BusinessDay(first.0 + days), version)
        })
        .collect();
    Accounts::<T>::insert(id, BoundedVec::truncate_from(changes));
}

/// The ids of as many clients as an agreement may admit, [`CLIENT`] the last.
pub fn clients<T: Config>() -> Vec<MemberId> {
    (0..T::MaxClients::get())
        .rev()
        .map(|before| CLIENT - before)
        .collect()
}

/// Puts `count` clients there, the ids of which follow one another. Returns them.
pub fn put_clients<T: Config>(count: u32, first: MemberId) -> Vec<MemberId> {
    (first..first + count)
        .inspect(|id| {
            put_member::<T>(*id, Role::Client);
        })
        .collect()
}

/// These clients, all suspended; the company agreed to lift that.
pub fn suspended<T: Config>(clients: &[MemberId]) -> BoundedVec<Suspension, T::MaxClients> {
    let suspended = clients.iter().map(|client| Suspension {
        client: *client,
        lift_agreed_by: Some(COMPANY),
    });
    BoundedVec::truncate_from(suspended.collect())
}

/// Conditions that are valid under any least gap from cut-off to preset time of some hours. Each day is
/// paid by itself, in asset 1, and any trade goes beyond the limits of its client.
pub fn conditions() -> Conditions {
    Conditions {
        cut_off: TimeOfDay(30),
        preset: TimeOfDay(1_439),
        period: Period::Day,
        rail: Rail::Asset(1),
        client_limits: Some(ClientLimits {
            payments: 0,
            refunds: 0,
        }),
        ..Default::default()
    }
}

/// What [`AGREEMENT`] is created from, with these clients.
pub fn spec(first_day: BusinessDay, clients: Vec<MemberId>) -> AgreementSpec {
    AgreementSpec {
        bank: BANK,
        company: COMPANY,
        reconciler: RECONCILER,
        clients,
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day,
        caps: Caps::MAX,
        max_gross: Some(Amount::MAX),
        deadline_minutes: 60,
        max_late_minutes: 60,
        refund_days: 180,
        amend_days: 365,
        answer_days: 10,
        conditions: conditions(),
    }
}

/// The smallest limits.
pub fn limits() -> Limits {
    Limits {
        caps: Caps {
            pages: 1,
            extras: 1,
        },
        max_gross: Some(1),
        deadline_minutes: 1,
        max_late_minutes: 1,
        refund_days: 1,
        amend_days: 1,
        answer_days: 1,
    }
}

/// The name of a calendar, as long as it may be.
pub fn calendar_name(number: u32) -> CalendarName {
    CalendarName::truncated(&format!("calendar {number:07}"))
}

/// A calendar with a number of dates. All days are open, so that what comes due does so on the next day.
pub fn calendar(dates: u32) -> Calendar {
    let dates: Vec<_> = (0..dates).map(|day| (BusinessDay(day), true)).collect();
    Calendar {
        weekly: WorkingDays::ALL,
        dates: BoundedVec::truncate_from(dates),
        filled_until: BusinessDay(MAX_DATES),
    }
}

/// Puts a number of calendars there, each as long as it may be, and has [`AGREEMENT`] go by them in turn: as
/// often as it may change them, from `first` on.
pub fn put_calendars<T: Config>(count: u32, first: BusinessDay) {
    let names: Vec<_> = (0..count).map(calendar_name).collect();
    for name in &names {
        Calendars::<T>::insert(name, calendar(MAX_DATES));
        CalendarsNamedBy::<T>::remove(name);
    }
    let mut versions = Vec::new();
    let in_turn = names.chunks(MAX_NAMES as usize).cycle();
    for (days, named) in (0..T::MaxVersions::get()).zip(in_turn) {
        for name in named {
            CalendarsNamedBy::<T>::mutate(name, |times| *times += 1);
        }
        let names = CalendarNames::truncate_from(named.to_vec());
        versions.push((BusinessDay(first.0 + days), names));
    }
    AgreementCalendars::<T>::insert(AGREEMENT, BoundedVec::truncate_from(versions));
}

/// Puts [`AGREEMENT`] there, its parties, its calendars and its last client, in force from the first of these
/// versions on. It admits as many clients as it may, all but the last suspended, and has as many versions:
/// the last is repeated from each later day on, so that what looks for a day's version has the longest way.
pub fn put_agreement<T: Config>(
    versions: &[(BusinessDay, Conditions)],
    caps: Caps,
) -> AgreementView {
    put_member::<T>(COMPANY, Role::Company);
    put_member::<T>(BANK, Role::Bank);
    put_member::<T>(RECONCILER, Role::Reconciler);
    put_member::<T>(CLIENT, Role::Client);
    let (last_day, last) = versions.last().copied().unwrap_or_default();
    let later = (1..).map(|days| (BusinessDay(last_day.0 + days), last));
    let conditions: Vec<_> = versions
        .iter()
        .copied()
        .chain(later)
        .take(T::MaxVersions::get() as usize)
        .collect();
    let reconcilers: Vec<_> = conditions
        .iter()
        .map(|(from, _)| (*from, RECONCILER))
        .collect();
    for party in [COMPANY, BANK] {
        put_accounts::<T>(party, BusinessDay(0));
    }
    let first_day = versions.first().copied().unwrap_or_default().0;
    put_calendars::<T>(MAX_NAMES, first_day);
    let clients = clients::<T>();
    let others: Vec<_> = clients.iter().copied().filter(|id| *id != CLIENT).collect();
    let agreement = Agreement::<T> {
        bank: BANK,
        company: COMPANY,
        reconcilers: BoundedVec::truncate_from(reconcilers),
        clients: BoundedVec::truncate_from(clients),
        suspended: suspended::<T>(&others),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day,
        end: None,
        caps,
        max_gross: Some(Amount::MAX),
        deadline_minutes: 60,
        max_late_minutes: 30 * 24 * 60,
        refund_days: MAX_REFUND_DAYS,
        amend_days: MAX_AMEND_DAYS,
        answer_days: MAX_ANSWER_DAYS,
        conditions: BoundedVec::truncate_from(conditions),
    };
    Agreements::<T>::insert(AGREEMENT, &agreement);
    agreement.into()
}

/// Terms of which both rules have all their parts.
pub fn terms() -> Terms {
    let rule = Rule {
        rate_ppm: 333_333,
        flat: 1,
        floor: 1,
        cap: Some(Amount::MAX),
        rounding: Rounding::HalfEven,
    };
    Terms {
        credit: rule,
        debit: DebitRule::Own(rule),
        ..Default::default()
    }
}

/// As many versions of terms as a product may have, from `first` on.
pub fn versions<T: Config>(first: BusinessDay) -> Vec<(BusinessDay, Terms)> {
    (0..T::MaxVersions::get())
        .map(|days| (BusinessDay(first.0 + days), terms()))
        .collect()
}

/// Puts a product of [`AGREEMENT`] there, with as many versions of [`terms`] as it may have.
pub fn put_product<T: Config>(product: ProductId, first: BusinessDay) {
    let versions = BoundedVec::truncate_from(versions::<T>(first));
    Products::<T>::insert(AGREEMENT, product, versions);
}
