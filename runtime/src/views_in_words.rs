//! What people read of members, agreements, days, trades and amendments: names beside numbers, dates, times
//! by the agreement's clock, amounts with their currency.
//!
//! Programs read [`crate::views`], which hold the same in the chain's own forms.
//!
//! | module | what it shows |
//! |---|---|
//! | `amounts` | amounts, beside their minor units |
//! | `day`, `breaks`, `awaited` | a day, its breaks and corrections, and what it waits for |
//! | `waiting_days` | the days that are not completed |
//! | `trades` | the trades of a day |
//! | `amendments` | proposals to amend |
//! | `obligations`, `settlement` | what is owed, and how it is settled |
//! | `products`, `calendars` | an agreement's products with their terms, and calendars |

mod amendments;
mod amounts;
mod awaited;
mod breaks;
mod calendars;
mod day;
mod obligations;
mod products;
mod settlement;
mod trades;
mod waiting_days;

pub use amendments::{amendments, AmendmentInWords};
pub use amounts::{AmountInWords, OwedInWords};
pub use awaited::AwaitedInWords;
pub use breaks::{breaks, BreakInWords, BreaksInWords, EntryInWords, MAX_FIRST};
pub use calendars::{calendars, CalendarInWords};
pub use day::{day, DayInWords, TotalsInWords};
pub use obligations::{obligations, DayOwedInWords, DeclarationInWords, ObligationInWords};
pub use products::{products, ProductInWords, ShareInWords, TermsInWords};
pub use trades::{trades, with_reference, TradeInWords};
pub use waiting_days::{waiting_days, WaitingDayInWords, MAX_DAYS_LISTED};

use crate::{views, AccountId, Registry, Runtime, Timestamp};
use alloc::{format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    conditions::version_on,
    ports::Directory,
    written::{date, time},
    AgreementId, AgreementView, BusinessDay, Kind, MemberId, Moment, Role, Side, Source, TimeOfDay,
    UtcOffset,
};
use pallet_registry::{AgreementCalendars, Calendars};
use scale_info::TypeInfo;

/// Members, agreements or products per page.
const LIST_PAGE: u32 = 32;

/// A member.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct MemberInWords {
    /// Its number.
    pub member: MemberId,
    /// What people call it.
    pub name: String,
    /// What it does.
    pub role: Role,
    /// The account of its operator key, which signs its calls.
    pub operator: AccountId,
    /// The account that it is paid to for days of today's date, by UTC.
    pub account: AccountId,
    /// The account that it pays from for those days: the last one that the council set.
    pub pays_from: AccountId,
    /// Where its node answers; empty where it runs none that others ask.
    pub endpoint: String,
}

/// An agreement, as it stands today.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AgreementInWords {
    /// Its number.
    pub agreement: AgreementId,
    /// The bank, with its number.
    pub bank: String,
    /// The company, with its number.
    pub company: String,
    /// Who reconciles today, with its number.
    pub reconciler: String,
    /// Who may record trades, with their numbers.
    pub clients: Vec<String>,
    /// The clients among them that bank or company suspended, with their numbers: they record nothing.
    pub suspended: Vec<String>,
    /// Who refunds what other clients recorded, with their numbers: `5 (Shop) for 1 (Kiosk)`.
    pub successors: Vec<String>,
    /// The currency of all amounts.
    pub currency: String,
    /// Decimal places of its minor unit.
    pub decimals: u8,
    /// The first day that reconciles.
    pub first_day: String,
    /// The last day of payments, where the agreement ends.
    pub last_day: Option<String>,
    /// The day from which on it takes no refunds and no amendments, and reconciles nothing.
    pub closes: Option<String>,
    /// Today, by the agreement's clock; none before its first day.
    pub today: Option<String>,
    /// How local time differs from UTC today.
    pub utc_offset: String,
    /// The local time on the next day until which a day takes trades.
    pub cut_off: String,
    /// The local time on the next day at which a day is reconciled.
    pub preset: String,
    /// How long after that a side that is not proven may be marked defaulted.
    pub deadline_minutes: u32,
    /// How long after its day's cut-off a late trade is still taken.
    pub max_late_minutes: u32,
    /// How many days after a payment's a part of it may be given back.
    pub refund_days: u16,
    /// How many days after a trade's it may be amended.
    pub amend_days: u16,
    /// How many days after a proposal to amend trades it can be answered.
    pub answer_days: u16,
    /// The calendars that it goes by today, each with the last day whose dates are known.
    pub calendars: Vec<String>,
    /// What the company's book is today.
    pub company_book: Source,
    /// What the bank's book is today.
    pub bank_book: Source,
    /// Which days one payment covers today.
    pub period: String,
    /// How the money moves today.
    pub rail: String,
    /// The largest gross amount of a trade; none where it is as the chain allows.
    pub max_gross: Option<AmountInWords>,
    /// The bank's amounts of a client's payments of a day, beyond which a payment waits for staff.
    pub client_payments: Option<AmountInWords>,
    /// The bank's amounts of a client's refunds of a day, beyond which a payment waits for staff.
    pub client_refunds: Option<AmountInWords>,
}

/// A page of the members, by their numbers.
pub fn members(page: u32) -> Vec<MemberInWords> {
    let mut members: Vec<MemberId> = pallet_registry::Members::<Runtime>::iter_keys().collect();
    members.sort_unstable();
    on_page(members, page).filter_map(member).collect()
}

fn member(id: MemberId) -> Option<MemberInWords> {
    let member = pallet_registry::Members::<Runtime>::get(id)?;
    let today = UtcOffset(0).day_of(Timestamp::get());
    Some(MemberInWords {
        member: id,
        name: member.name.into(),
        role: member.role,
        operator: counterfoil_support::operator_account(&member.operator),
        pays_from: Registry::paying_account(id, today).unwrap_or_else(|| member.account.clone()),
        account: Registry::account(id, today).unwrap_or(member.account),
        endpoint: member.endpoint.into(),
    })
}

/// An agreement.
pub fn agreement(id: AgreementId) -> Option<AgreementInWords> {
    let agreement = Registry::agreement(id)?;
    let today = agreement.day_of(Timestamp::get());
    let day = today
        .unwrap_or(agreement.first_day)
        .max(agreement.first_day);
    let conditions = agreement.conditions_on(day)?;
    let limit = |kind| {
        let limits = conditions.client_limits.as_ref()?;
        Some(AmountInWords::new(&agreement, limits.of(kind)))
    };
    Some(AgreementInWords {
        agreement: id,
        bank: name_of(agreement.bank),
        company: name_of(agreement.company),
        reconciler: agreement.reconciler_on(day).map(name_of)?,
        clients: agreement.clients.iter().copied().map(name_of).collect(),
        suspended: agreement.suspended.iter().copied().map(name_of).collect(),
        successors: views::successors(id)
            .into_iter()
            .map(|(client, successor)| format!("{} for {}", name_of(successor), name_of(client)))
            .collect(),
        currency: agreement.currency.as_str().into(),
        decimals: agreement.decimals,
        first_day: date::show(agreement.first_day),
        last_day: agreement.end.map(|end| date::show(end.previous())),
        closes: agreement.close().map(date::show),
        today: today.map(date::show),
        utc_offset: time::show_offset(conditions.utc_offset),
        cut_off: time_of_day(conditions.cut_off),
        preset: time_of_day(conditions.preset),
        deadline_minutes: agreement.deadline_minutes,
        max_late_minutes: agreement.max_late_minutes,
        refund_days: agreement.refund_days,
        amend_days: agreement.amend_days,
        answer_days: agreement.answer_days,
        calendars: calendars_on(id, day),
        company_book: conditions.source(Side::Debit),
        bank_book: conditions.source(Side::Credit),
        period: settlement::period(conditions.period).into(),
        rail: settlement::rail(conditions.rail),
        max_gross: agreement
            .max_gross
            .map(|most| AmountInWords::new(&agreement, most)),
        client_payments: limit(Kind::Payment),
        client_refunds: limit(Kind::Refund),
    })
}

/// A page of the agreements, by their numbers.
pub fn agreements(page: u32) -> Vec<AgreementInWords> {
    on_page(Registry::agreements(), page)
        .filter_map(agreement)
        .collect()
}

/// The items of a list that are on a page of it.
fn on_page<T>(items: Vec<T>, page: u32) -> impl Iterator<Item = T> {
    let before = page.saturating_mul(LIST_PAGE);
    items
        .into_iter()
        .skip(before as usize)
        .take(LIST_PAGE as usize)
}

/// The calendars that an agreement goes by on `day`: `CZ, known until 2026-12-31`.
fn calendars_on(agreement: AgreementId, day: BusinessDay) -> Vec<String> {
    let versions = AgreementCalendars::<Runtime>::get(agreement);
    let named = version_on(&versions, day).and_then(|index| versions.get(index));
    named
        .into_iter()
        .flat_map(|(_, names)| names)
        .filter_map(|name| {
            let known = Calendars::<Runtime>::get(name)?.filled_until;
            Some(format!("{name}, known until {}", date::show(known)))
        })
        .collect()
}

/// A member by number and name: `3 (Savings bank)`.
fn name_of(id: MemberId) -> String {
    match pallet_registry::Members::<Runtime>::get(id) {
        Some(member) => format!("{id} ({})", member.name),
        None => format!("{id}"),
    }
}

fn local(agreement: &AgreementView, moment: Moment) -> String {
    time::show_by(moment, &agreement.conditions)
}

fn time_of_day(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}
