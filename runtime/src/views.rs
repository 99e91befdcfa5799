//! What the runtime API reads, put together from the pallets.

use crate::{Reconciliation, Registry, Runtime, Settlement, Timestamp, Trades};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::{DayTrades, Directory, Payables},
    summary::{BreakList, DayStatus, DaySummary, ExtraBreakView, SlotBreakView},
    tree::page_count,
    AgreementId, AgreementView, BusinessDay, Entry, MemberId, OperatorId, Reference, Side, Trade,
    TradeId,
};

/// A day of an agreement; `None` where there is no such agreement, or the day is before its
/// first, not before its end, or after tomorrow: an empty day of next year would look like a day without
/// trades.
pub fn day(agreement: AgreementId, day: BusinessDay) -> Option<DaySummary> {
    let view = Registry::agreement(agreement).filter(|view| view.includes(day))?;
    if day > tomorrow(&view) {
        return None;
    }
    let totals = Trades::totals(agreement, day);
    let payable = pallet_settlement::Payables::<Runtime>::get(agreement, day);
    Some(DaySummary {
        day,
        status: status(agreement, day),
        trades: totals.count,
        gross: totals.gross,
        debit_total: totals.debit,
        credit_total: totals.credit,
        cut_off_at: view.cut_off_of(day)?,
        preset_at: view.preset_of(day)?,
        deadline_at: view.deadline_of(day)?,
        debit: Reconciliation::side_summary(agreement, day, Side::Debit),
        credit: Reconciliation::side_summary(agreement, day, Side::Credit),
        payable: payable.map(|payable| payable.amount),
        paid_at: payable.and_then(|payable| payable.paid_at),
    })
}

fn status(agreement: AgreementId, day: BusinessDay) -> DayStatus {
    if Settlement::is_settled(agreement, day) {
        DayStatus::Settled
    } else if Settlement::payable(agreement, day).is_some() {
        DayStatus::Reconciled
    } else if Trades::is_sealed(agreement, day) {
        DayStatus::Sealed
    } else {
        DayStatus::Open
    }
}

/// The day after today; before the agreement begins, its first.
fn tomorrow(view: &AgreementView) -> BusinessDay {
    view.day_of(Timestamp::get())
        .map_or(view.first_day, BusinessDay::next)
        .max(view.first_day)
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
    let pages = page_count(Trades::totals(agreement, day).count);
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

/// The references that several trades of a day carry, with the positions.
pub fn equal_references(agreement: AgreementId, day: BusinessDay) -> Vec<(Reference, Vec<u32>)> {
    let mut by_reference = BTreeMap::<Reference, Vec<u32>>::new();
    for (position, trade) in positions(agreement, day) {
        by_reference
            .entry(trade.reference)
            .or_default()
            .push(position);
    }
    by_reference
        .into_iter()
        .filter(|(_, positions)| positions.len() > 1)
        .collect()
}

/// The entries that a side should hold on a page.
pub fn chain_entries(
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
    page: u32,
) -> Vec<Entry> {
    Trades::page(agreement, day, page)
        .iter()
        .map(|trade| trade.entry(side))
        .collect()
}

/// The proven breaks of a side.
pub fn breaks(agreement: AgreementId, day: BusinessDay, side: Side) -> BreakList {
    let key = (agreement, day, side);
    BreakList {
        slots: Reconciliation::proven_slot_breaks(key)
            .into_iter()
            .map(|slot| SlotBreakView {
                position: slot.position,
                cause: slot.cause,
                found: slot.found,
                right: slot.right,
            })
            .collect(),
        extras: Reconciliation::proven_extra_breaks(key)
            .into_iter()
            .map(|extra| ExtraBreakView {
                entry: extra.entry,
                cause: extra.cause,
                witness: extra.witness,
            })
            .collect(),
    }
}

/// How often a party's commitment was rejected.
pub fn rejections(agreement: AgreementId, day: BusinessDay, side: Side) -> u8 {
    pallet_books::Rejections::<Runtime>::get((agreement, day, side))
}

/// A member's operator key.
pub fn operator(member: MemberId) -> Option<OperatorId> {
    pallet_registry::Members::<Runtime>::get(member).map(|member| member.operator)
}
