//! The pallet's behaviour, by scenario.

mod any_book;
mod caps;
mod causes;
mod clean;
mod deadline;
mod digits;
mod lies;
mod parts;
mod repair;
mod unordered;
mod worker_fetch;
mod worker_stand_in;
mod worker_task;
mod worker_timer;

use crate::{mock::*, Error, SideKey};
use counterfoil_primitives::{
    align::Book,
    book_exchange::Question,
    compare::{ReportHeader, SlotDiff},
    ports::{Commitments, DayTrades, SideView},
    report::{Report, ReportedExtra},
    summary::SideStatus,
    witness::Witnesses,
    written::Words,
    BusinessDay, Cause, Entry, MemberId, Side, TradeId, Witness,
};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::DispatchResult;

/// An amount of the mock's agreement as events write it.
fn in_words(minor_units: u128) -> Words {
    let text = format!("{}.{:02} CZK", minor_units / 100, minor_units % 100);
    text.as_str().try_into().expect("it is short")
}

/// The honest report of `book`, with witnesses from all days.
fn report_of(key: SideKey, book: &Book) -> Report {
    let (_, _, side) = key;
    let mut witnesses = Witnesses::wanted_by(&book.extras);
    let trades = world(|world| world.trades.clone());
    for (day, trades) in trades {
        let entries: Vec<Entry> = trades.iter().map(|trade| trade.entry(side)).collect();
        for (page, entries) in entries.chunks(256).enumerate() {
            witnesses.look_in(day, page as u32, entries);
        }
    }
    let chain: Vec<Entry> = chain_book(key).slots.into_iter().flatten().collect();
    Report::with_witnesses(&chain, book, &witnesses)
}

fn report_clean(member: MemberId, (agreement, day, side): SideKey) -> DispatchResult {
    Reconciliation::report_clean(signed(member), agreement, day, side)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn report_header(
    member: MemberId,
    (agreement, day, side): SideKey,
    header: &ReportHeader,
) -> DispatchResult {
    let rejections = Reconciliation::rejections((agreement, day, side));
    Reconciliation::report_header(
        signed(member),
        agreement,
        day,
        side,
        rejections,
        header.clone(),
    )
    .map(|_| ())
    .map_err(|error| error.error)
}

fn report_slots(
    member: MemberId,
    (agreement, day, side): SideKey,
    page: u32,
    slots: &[SlotDiff],
) -> DispatchResult {
    let rejections = Reconciliation::rejections((agreement, day, side));
    let slots = BoundedVec::truncate_from(slots.to_vec());
    Reconciliation::report_slots(
        signed(member),
        agreement,
        day,
        side,
        rejections,
        page,
        slots,
    )
    .map(|_| ())
    .map_err(|error| error.error)
}

fn report_extras(
    member: MemberId,
    (agreement, day, side): SideKey,
    page: u32,
    extras: &[ReportedExtra],
) -> DispatchResult {
    let rejections = Reconciliation::rejections((agreement, day, side));
    let extras = BoundedVec::truncate_from(extras.to_vec());
    Reconciliation::report_extras(
        signed(member),
        agreement,
        day,
        side,
        rejections,
        page,
        extras,
    )
    .map(|_| ())
    .map_err(|error| error.error)
}

fn report_whole(key: SideKey, report: &Report) {
    assert_ok!(report_header(RECONCILER, key, &report.header));
    for (page, slots) in &report.slots {
        assert_ok!(report_slots(RECONCILER, key, *page, slots));
    }
    for (page, extras) in &report.extras {
        assert_ok!(report_extras(RECONCILER, key, *page, extras));
    }
}

/// Position and cause of the proven breaks of a side's slots.
fn slot_breaks(key: SideKey) -> Vec<(u32, Cause)> {
    Reconciliation::proven_slot_breaks(key)
        .into_iter()
        .map(|one| (one.position, one.cause))
        .collect()
}

fn mark_overdue((agreement, day, side): SideKey) -> DispatchResult {
    Reconciliation::mark_overdue(signed(RECONCILER), agreement, day, side)
}

fn mark_defaulted((agreement, day, side): SideKey) -> DispatchResult {
    Reconciliation::mark_defaulted(signed(RECONCILER), agreement, day, side)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn status((agreement, day, side): SideKey) -> SideStatus {
    Reconciliation::side_status(agreement, day, side)
}

/// A book of the bank with a break on page 0, one on page 1, and an extra.
fn broken_book() -> Book {
    broken_book_of(CREDIT)
}

/// The same of either party.
fn broken_book_of(key: SideKey) -> Book {
    let mut book = chain_book(key);
    book.slots[3] = None;
    book.slots[257] = None;
    book.extras = vec![unknown(77)];
    book
}

/// An entry that no client recorded.
fn unknown(sequence: u64) -> Entry {
    let mut entry = trade(0).entry(Side::Credit);
    entry.id = TradeId {
        client: CLIENT,
        sequence: 1_000_000 + sequence,
    };
    entry
}
