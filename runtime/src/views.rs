//! What the runtime API reads, put together from the pallets.

mod breaks;
mod calendars;
mod obligations;
mod timing;
mod validators;

pub use breaks::{breaks, Excerpt, MAX_BREAKS};
pub use calendars::{agreement_calendars, calendars, due_times};
pub use obligations::{obligation, settled_days, unpaid_obligations};
pub use timing::{compared, timing_count, timing_differences};
pub use validators::validators;

use crate::{Reconciliation, Registry, Runtime, Settlement, Timestamp, Trades};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::{DayTrades, Directory, Obligations},
    summary::{DayStatus, DaySummary},
    tree::{page_count, PAGE_SIZE},
    AgreementId, AgreementView, Amount, BusinessDay, Entry, Kind, Link, MemberId, MemberView,
    ProductId, Reference, Sequence, Side, SideId, Terms, Trade, TradeId,
};
use pallet_registry::SetBy;

/// A day of an agreement; `None` where there is no such agreement, or the day is before its
/// first, not before its close, or after tomorrow: an empty day of next year would look like a day without
/// trades.
pub fn day(agreement_id: AgreementId, day: BusinessDay) -> Option<DaySummary> {
    let agreement =
        Registry::agreement(agreement_id).filter(|agreement| agreement.includes(day))?;
    if day > tomorrow(&agreement) {
        return None;
    }
    let side = |side| Reconciliation::side_summary(SideId::new(agreement_id, day, side));
    let totals = Trades::totals(agreement_id, day);
    let due_with = Registry::due_with(agreement_id, day);
    let times = agreement.due_times(due_with)?;
    let period = Registry::settlement_period(agreement_id, &agreement, day)?;
    let of_period = pallet_settlement::Obligations::<Runtime>::get(agreement_id, period.first);
    Some(DaySummary {
        day,
        status: status(agreement_id, day),
        trades: totals.count(),
        payments: totals.payments,
        refunds: totals.refunds,
        cut_off_at: agreement.cut_off_of(day)?,
        due_with,
        preset_at: times.preset,
        deadline_at: times.deadline,
        debit: side(Side::Debit),
        credit: side(Side::Credit),
        obligation: Settlement::obligation(agreement_id, day),
        period,
        paid_at: of_period.and_then(|obligation| obligation.paid_at),
    })
}

/// The state of a day of an agreement.
pub fn status(agreement: AgreementId, day: BusinessDay) -> DayStatus {
    if Settlement::is_settled(agreement, day) {
        DayStatus::Settled
    } else if Settlement::obligation(agreement, day).is_some() {
        DayStatus::Reconciled
    } else if Trades::is_sealed(agreement, day) {
        DayStatus::Sealed
    } else {
        DayStatus::Open
    }
}

/// The day after today; before the agreement begins, its first.
fn tomorrow(agreement: &AgreementView) -> BusinessDay {
    agreement
        .day_of(Timestamp::get())
        .map_or(agreement.first_day, BusinessDay::next)
        .max(agreement.first_day)
}

/// The business day that the last block's time lies in.
pub fn today(agreement: AgreementId) -> Option<BusinessDay> {
    Registry::agreement(agreement)?.day_of(Timestamp::get())
}

/// The trades of a day that `wanted` picks, with their positions.
fn search(
    agreement: AgreementId,
    day: BusinessDay,
    wanted: impl Fn(&Trade) -> bool,
) -> impl Iterator<Item = (u32, Trade)> {
    positions(agreement, day).filter(move |(_, trade)| wanted(trade))
}

/// All trades of a day with their positions; a page is read at a time.
fn positions(agreement: AgreementId, day: BusinessDay) -> impl Iterator<Item = (u32, Trade)> {
    let pages = page_count(Trades::totals(agreement, day).count());
    (0..).zip((0..pages).flat_map(move |page| Trades::page(agreement, day, page)))
}

/// The trade of an id, with its position.
pub fn find_by_id(agreement: AgreementId, day: BusinessDay, id: TradeId) -> Option<(u32, Trade)> {
    search(agreement, day, |trade| trade.id == id).next()
}

/// The trades of a reference, with their positions.
pub fn find_by_reference(
    agreement: AgreementId,
    day: BusinessDay,
    reference: Reference,
) -> Vec<(u32, Trade)> {
    search(agreement, day, |trade| trade.reference == reference).collect()
}

/// The references that several trades of one kind carry on a day, with the positions. A refund that
/// shares its payment's reference is none of them.
pub fn equal_references(agreement: AgreementId, day: BusinessDay) -> Vec<(Reference, Vec<u32>)> {
    let mut by_reference = BTreeMap::<(Reference, Kind), Vec<u32>>::new();
    for (position, trade) in positions(agreement, day) {
        by_reference
            .entry((trade.reference, trade.kind))
            .or_default()
            .push(position);
    }
    by_reference
        .into_iter()
        .filter(|(_, positions)| positions.len() > 1)
        .map(|((reference, _), positions)| (reference, positions))
        .collect()
}

/// The links of the trades on a page of a day, with their positions. Most trades have none: only refunds and
/// what amendments booked are looked up.
pub fn links(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<(u32, Link)> {
    let first = page.saturating_mul(PAGE_SIZE);
    let may_have = |trade: &Trade| trade.kind == Kind::Refund || trade.id.is_of_amendment();
    Trades::page(agreement, day, page)
        .iter()
        .zip(first..)
        .filter(|(trade, _)| may_have(trade))
        .filter_map(|(_, position)| Some((position, Trades::link(agreement, day, position)?)))
        .collect()
}

/// What was given back so far of the payment on a position, in minor units.
pub fn refunded(agreement: AgreementId, day: BusinessDay, position: u32) -> Amount {
    pallet_trades::Refunded::<Runtime>::get((agreement, day, position))
}

/// The entries that a side should hold on a page.
pub fn chain_entries(side_id: SideId, page: u32) -> Vec<Entry> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Trades::page(agreement, day, page)
        .iter()
        .map(|trade| trade.entry(side))
        .collect()
}

/// The products of an agreement, ascending.
pub fn products(agreement: AgreementId) -> Vec<ProductId> {
    let mut products: Vec<_> =
        pallet_registry::Products::<Runtime>::iter_key_prefix(agreement).collect();
    products.sort_unstable();
    products
}

/// The versions of a product's terms, each with its first day, ascending.
pub fn terms(agreement: AgreementId, product: ProductId) -> Vec<(BusinessDay, Terms)> {
    pallet_registry::Products::<Runtime>::get(agreement, product)
        .unwrap_or_default()
        .into_inner()
}

/// The highest sequence that a client has used.
pub fn highest_sequence(client: MemberId) -> Option<Sequence> {
    pallet_trades::Windows::<Runtime>::get(client)
}

/// A member, with the accounts that follow its first one.
pub fn member(id: MemberId) -> Option<MemberView> {
    let member = pallet_registry::Members::<Runtime>::get(id)?;
    let versions = pallet_registry::Accounts::<Runtime>::get(id);
    let by_member = versions
        .iter()
        .filter(|(_, version)| version.set_by == SetBy::Member);
    Some(MemberView {
        role: member.role,
        name: member.name,
        account: member.account,
        set_by_member: by_member.map(|(from, _)| *from).collect(),
        accounts_from: versions
            .into_iter()
            .map(|(from, version)| (from, version.account))
            .collect(),
        open_change: Registry::open_account_change(id),
        operator: member.operator,
        endpoint: member.endpoint,
    })
}
