//! The pallet's behaviour, by scenario.

mod amendments;
mod any_book;
mod caps;
mod causes;
mod clean;
mod consistency;
mod deadline;
mod digits;
mod late;
mod lies;
mod obligations;
mod parts;
mod refunds;
mod repair;
mod unordered;
mod worker_fetch;
mod worker_late;
mod worker_stand_in;
mod worker_task;
mod worker_timer;

use crate::{mock::*, Error};
use counterfoil_primitives::{
    align::Book,
    book_exchange::Question,
    compare::{ReportHeader, SlotDiff},
    ports::{Commitments, DayTrades, SideView},
    report::{Report, ReportedExtra},
    summary::SideStatus,
    witness::Witnesses,
    written::Words,
    BusinessDay, Cause, Commitment, Entry, MemberId, Round, Side, SideId, TradeId, Witness,
};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::DispatchResult;

/// An amount of the mock's agreement as events write it.
fn in_words(minor_units: u128) -> Words {
    let text = format!("{}.{:02} CZK", minor_units / 100, minor_units % 100);
    text.as_str().try_into().expect("it is short")
}

/// What the company owes the bank as events write it.
fn owed_by_company(minor_units: u128) -> Words {
    let text = format!("company owes bank {}", in_words(minor_units));
    text.as_str().try_into().expect("it is short")
}

/// The honest report of `book`, with witnesses from all days.
fn report_of(side_id: SideId, book: &Book) -> Report {
    let mut witnesses = Witnesses::wanted_by(&book.extras);
    let trades = world(|world| world.trades.clone());
    for (day, trades) in trades {
        let entries: Vec<Entry> = trades
            .iter()
            .map(|trade| trade.entry(side_id.side))
            .collect();
        for (page, entries) in entries.chunks(256).enumerate() {
            witnesses.look_in(day, page as u32, entries);
        }
    }
    let chain: Vec<Entry> = chain_book(side_id).slots.into_iter().flatten().collect();
    Report::with_witnesses(&chain, book, &witnesses)
}

fn report_clean(member: MemberId, side_id: SideId) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Reconciliation::report_clean(signed(member), agreement, day, side)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn report_header(member: MemberId, side_id: SideId, header: &ReportHeader) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let round = Reconciliation::round(side_id);
    Reconciliation::report_header(signed(member), agreement, day, side, round, header.clone())
        .map(|_| ())
        .map_err(|error| error.error)
}

fn report_slots(
    member: MemberId,
    side_id: SideId,
    page: u32,
    slots: &[SlotDiff],
) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let round = Reconciliation::round(side_id);
    let slots = BoundedVec::truncate_from(slots.to_vec());
    Reconciliation::report_slots(signed(member), agreement, day, side, round, page, slots)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn report_extras(
    member: MemberId,
    side_id: SideId,
    page: u32,
    extras: &[ReportedExtra],
) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let round = Reconciliation::round(side_id);
    let extras = BoundedVec::truncate_from(extras.to_vec());
    Reconciliation::report_extras(signed(member), agreement, day, side, round, page, extras)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn report_whole(side_id: SideId, report: &Report) {
    assert_ok!(report_header(RECONCILER, side_id, &report.header));
    for (page, slots) in &report.slots {
        assert_ok!(report_slots(RECONCILER, side_id, *page, slots));
    }
    for (page, extras) in &report.extras {
        assert_ok!(report_extras(RECONCILER, side_id, *page, extras));
    }
}

/// Position and cause of the proven breaks of a side's slots.
fn slot_breaks(side_id: SideId) -> Vec<(u32, Cause)> {
    Reconciliation::proven_slot_breaks(side_id)
        .into_iter()
        .map(|one| (one.position, one.cause))
        .collect()
}

fn mark_overdue(side_id: SideId) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Reconciliation::mark_overdue(signed(RECONCILER), agreement, day, side)
}

fn mark_defaulted(side_id: SideId) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Reconciliation::mark_defaulted(signed(RECONCILER), agreement, day, side)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn confirm_repair(member: MemberId, side_id: SideId, commitment: Commitment) -> DispatchResult {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Reconciliation::confirm_repair(signed(member), agreement, day, side, commitment)
}

fn status(side_id: SideId) -> SideStatus {
    Reconciliation::side_status(side_id)
}

/// Lets the bank's broken book be proven.
fn prove_breaks() {
    let book = broken_book();
    commit(CREDIT, &book);
    report_whole(CREDIT, &report_of(CREDIT, &book));
}

/// The chain's own commitment to the bank's book: that of the repaired book.
fn repaired() -> Commitment {
    commitment_of(CREDIT, &chain_book(CREDIT))
}

/// A book of the bank with a break on page 0, one on page 1, and an extra.
fn broken_book() -> Book {
    broken_book_of(CREDIT)
}

/// The same of either party.
fn broken_book_of(side_id: SideId) -> Book {
    let mut book = chain_book(side_id);
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
