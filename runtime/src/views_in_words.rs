//! What people read of members, agreements, days, trades and amendments: names beside numbers, dates, times
//! by the agreement's clock, amounts with their currency.
//!
//! Programs read [`views`], which hold the same in the chain's own forms.

mod amendments;
mod day;
mod settlement;
mod trades;

pub use amendments::{amendments, AmendmentInWords};
pub use day::{day, DayInWords, TotalsInWords};
pub use trades::{trades, with_reference, TradeInWords};

use crate::{views, AccountId, Registry, Runtime, Timestamp};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    conditions::version_on,
    ports::Directory,
    timing::End,
    tree::PAGE_SIZE,
    written::{amount, date, label, time},
    AgreementId, AgreementView, Amount, BusinessDay, Cause, Entry, Kind, MemberId, Moment,
    ProductId, Role, Side, SideId, Source, TimeOfDay, TradeId, UtcOffset,
};
use pallet_registry::{AgreementCalendars, Calendars};
use scale_info::TypeInfo;

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
    /// The currency of all amounts.
    pub currency: String,
    /// Decimal places of its minor unit.
    pub decimals: u8,
    /// The first day that reconciles.
    pub first_day: String,
    /// The last day, where the agreement ends.
    pub last_day: Option<String>,
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
    pub max_gross: Option<String>,
    /// The bank's amounts of a client's payments of a day, beyond which a payment waits for staff.
    pub client_payments: Option<String>,
    /// The bank's amounts of a client's refunds of a day, beyond which a payment waits for staff.
    pub client_refunds: Option<String>,
}

/// A proven break of a side.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct BreakInWords {
    /// The trade's position on the day; none where the book held an entry too many.
    pub position: Option<u32>,
    /// Why the book differed.
    pub cause: Cause,
    /// What the book held; none where it lacked the entry.
    pub booked: Option<EntryInWords>,
    /// What is right; none for an entry too many.
    pub right: Option<EntryInWords>,
    /// Where it is, or may be, a timing difference: the other day, and what there is to do.
    pub timing: Option<String>,
}

/// An entry of a book.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EntryInWords {
    /// Whether it is of a payment or of a refund.
    pub kind: Kind,
    /// The client that recorded the trade, with its number.
    pub client: String,
    /// The client's number for it.
    pub sequence: u64,
    /// The payer.
    pub payer: String,
    /// The reference of the payment or refund.
    pub reference: String,
    /// What was bought.
    pub product: ProductId,
    /// The side's amount.
    pub amount: String,
    /// When the payment or refund completed.
    pub time: String,
}

/// All members, by their numbers.
pub fn members() -> Vec<MemberInWords> {
    let today = UtcOffset(0).day_of(Timestamp::get());
    let mut members: Vec<_> = pallet_registry::Members::<Runtime>::iter()
        .map(|(id, member)| MemberInWords {
            member: id,
            name: member.name.into(),
            role: member.role,
            operator: counterfoil_support::operator_account(&member.operator),
            pays_from: Registry::paying_account(id, today)
                .unwrap_or_else(|| member.account.clone()),
            account: Registry::account(id, today).unwrap_or(member.account),
            endpoint: member.endpoint.into(),
        })
        .collect();
    members.sort_unstable_by_key(|member| member.member);
    members
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
        Some(money(&agreement, limits.of(kind)))
    };
    Some(AgreementInWords {
        agreement: id,
        bank: name_of(agreement.bank),
        company: name_of(agreement.company),
        reconciler: agreement.reconciler_on(day).map(name_of)?,
        clients: agreement.clients.iter().copied().map(name_of).collect(),
        suspended: agreement.suspended.iter().copied().map(name_of).collect(),
        currency: agreement.currency.as_str().into(),
        decimals: agreement.decimals,
        first_day: date::show(agreement.first_day),
        last_day: agreement.end.map(|end| date::show(end.previous())),
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
        max_gross: agreement.max_gross.map(|most| money(&agreement, most)),
        client_payments: limit(Kind::Payment),
        client_refunds: limit(Kind::Refund),
    })
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

/// A page of the proven breaks of a side: those of slots, by position, then entries too many.
pub fn breaks(side_id: SideId, page: u32) -> Vec<BreakInWords> {
    let Some(agreement) = Registry::agreement(side_id.agreement) else {
        return Vec::new();
    };
    let excerpt = views::breaks(side_id, page.saturating_mul(PAGE_SIZE), PAGE_SIZE);
    let list = &excerpt.breaks;
    let timing: BTreeMap<End, String> = views::timing_differences(side_id, &excerpt)
        .into_iter()
        .map(|end| (end.end, end.words()))
        .collect();
    let slots = list.slots.iter().map(|slot| BreakInWords {
        position: Some(slot.position),
        cause: slot.cause,
        booked: slot.found.map(|entry| entry_in_words(&agreement, &entry)),
        right: Some(entry_in_words(&agreement, &slot.right)),
        timing: timing.get(&End::Slot(slot.position)).cloned(),
    });
    let extras = (excerpt.first_extra..).zip(&list.extras);
    let extras = extras.map(|(index, extra)| BreakInWords {
        position: None,
        cause: extra.cause,
        booked: Some(entry_in_words(&agreement, &extra.entry)),
        right: None,
        timing: timing.get(&End::Extra(index)).cloned(),
    });
    slots.chain(extras).collect()
}

fn entry_in_words(agreement: &AgreementView, entry: &Entry) -> EntryInWords {
    EntryInWords {
        kind: entry.kind,
        client: recorder(entry.id),
        sequence: entry.id.sequence,
        payer: label::show_user(&entry.user),
        reference: label::show_reference(&entry.reference),
        product: entry.product,
        amount: money(agreement, entry.amount),
        time: local(agreement, entry.occurred_at),
    }
}

/// Who recorded the trade that an entry names.
fn recorder(id: TradeId) -> String {
    if id == TradeId::default() {
        "none: the line names no trade".into()
    } else if id.is_of_amendment() {
        "none: an amendment booked it".into()
    } else {
        name_of(id.client)
    }
}

/// A member by number and name: `3 (Savings bank)`.
fn name_of(id: MemberId) -> String {
    match pallet_registry::Members::<Runtime>::get(id) {
        Some(member) => format!("{id} ({})", member.name),
        None => format!("{id}"),
    }
}

fn money(agreement: &AgreementView, amount: Amount) -> String {
    amount::show(amount, &agreement.denomination())
}

fn local(agreement: &AgreementView, moment: Moment) -> String {
    time::show_by(moment, &agreement.conditions)
}

fn time_of_day(time: TimeOfDay) -> String {
    format!("{:02}:{:02}", time.0 / 60, time.0 % 60)
}
