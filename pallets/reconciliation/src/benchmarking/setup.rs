//! What the benchmarks begin with, each the most that its call can meet.

use super::BenchmarkHelper;
use crate::{
    AcceptedHeader, Call, Config, ExtraBreak, ExtraBreaks, FullFetch, Headers, ListedPage, Pallet,
    SideKey, SideRecord, Sides, SlotBreak, SlotBreaks,
};
use alloc::{vec, vec::Vec};
use counterfoil_primitives::{
    compare::{DirtyPage, ReportHeader, SlotDiff},
    ports::{DayTrades, Directory},
    tree::{self, PAGE_SIZE},
    AgreementId, AgreementView, BusinessDay, Caps, Commitment, Entry, MemberId, ProductId,
    Reference, Side, Trade, TradeId, UserId, Witness,
};
use frame_support::BoundedVec;
use sp_core::H256;

/// Pages of a day; more than a million trades.
const PAGES: u32 = 4_096;
/// The side that is reported.
const SIDE: Side = Side::Credit;
/// The first of the clients that extras name.
const CLIENTS: MemberId = 20_000;

/// A call that is ready, who makes it, and the side that it is about.
pub struct Reported<T: Config> {
    /// Who calls.
    pub member: MemberId,
    /// The call.
    pub call: Call<T>,
    /// The side.
    pub key: SideKey,
}

/// A side that may be reported now, of a sealed day; and the reconciler.
fn open_side<T: Config>(products: u32, pages: u32) -> (SideKey, MemberId) {
    let (agreement, day, reconciler) = T::BenchmarkHelper::put_agreement(products);
    let view = T::Directory::agreement(agreement).expect("it was put there");
    T::BenchmarkHelper::set_time(view.preset_of(day).expect("the agreement has begun"));
    T::BenchmarkHelper::seal(day, pages);
    ((agreement, day, SIDE), reconciler)
}

/// The chain's own commitment.
fn chain<T: Config>((agreement, day, side): SideKey) -> Commitment {
    T::Trades::chain_commitment(agreement, day, side).expect("the day is sealed")
}

/// A report of a clean side.
pub fn clean<T: Config>() -> Reported<T> {
    let (key, member) = open_side::<T>(0, PAGES);
    T::BenchmarkHelper::commit(key, chain::<T>(key));
    let (agreement, day, side) = key;
    let call = Call::report_clean {
        agreement,
        day,
        side,
    };
    Reported { member, call, key }
}

/// A header of a number of pages that differ and of pages of extras.
pub fn header<T: Config>(dirty: u32, extras: u32) -> Reported<T> {
    let (key, member) = open_side::<T>(0, PAGES);
    let (agreement, day, side) = key;
    let header = ReportHeader {
        dirty: (0..dirty)
            .map(|page| DirtyPage {
                page,
                root: H256::repeat_byte(1),
            })
            .collect(),
        extras: vec![H256::repeat_byte(2); extras as usize],
    };
    let mut roots = T::Trades::page_roots(agreement, day, side);
    for page in &header.dirty {
        roots[page.page as usize] = page.root;
    }
    let commitment = Commitment::from_page_roots(
        &T::Trades::place(agreement, day, side),
        PAGES * PAGE_SIZE,
        extras * PAGE_SIZE,
        roots,
        header.extras.iter().copied(),
        0,
    );
    T::BenchmarkHelper::commit(key, commitment);
    let call = Call::report_header {
        agreement,
        day,
        side,
        rejections: Pallet::<T>::rejections(key),
        header,
    };
    Reported { member, call, key }
}

/// The longest header, of which the first page of slots and of extras is still awaited, by these
/// roots. Listed last, they take longest to be found.
pub fn longest_header(slots: H256, extras: H256) -> AcceptedHeader {
    let listed = |pages: u32, first: H256| {
        (0..pages)
            .rev()
            .map(|page| ListedPage {
                page,
                root: first,
                accepted: page > 0,
            })
            .collect()
    };
    AcceptedHeader {
        dirty: listed(Caps::MOST.pages, slots),
        extras: listed(tree::page_count(Caps::MOST.extras), extras),
        ..Default::default()
    }
}

/// A trade by the last version of its product's terms.
fn trade<T: Config>(agreement: AgreementId, id: TradeId, product: ProductId) -> Trade {
    let gross = 1_000_000_007;
    let terms = T::Directory::terms(agreement, product);
    let amounts = terms.last().expect("the product has terms").amounts(gross);
    Trade {
        id,
        reference: Reference([7; 16]),
        user: UserId([7; 16]),
        product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: 0,
        terms_version: terms.len() as u16 - 1,
    }
}

/// A page with a number of slots that differ, for a reason that is looked for in all versions of the
/// terms.
pub fn slots<T: Config>(count: u32) -> Reported<T> {
    let (key, member) = open_side::<T>(PAGE_SIZE, 1);
    let (agreement, day, side) = key;
    let client = CLIENTS;
    let trades: Vec<Trade> = (0..PAGE_SIZE)
        .map(|number| {
            let sequence = number.into();
            trade::<T>(agreement, TradeId { client, sequence }, number + 1)
        })
        .collect();
    let mut page: Vec<Option<Entry>> = trades.iter().map(|trade| Some(trade.entry(side))).collect();
    let wrong: Vec<SlotDiff> = (0..count)
        .map(|offset| {
            let right = trades[offset as usize].entry(side);
            let found = Some(Entry {
                amount: right.amount + 7,
                ..right
            });
            page[offset as usize] = found;
            SlotDiff {
                offset: offset as u8,
                found,
            }
        })
        .collect();
    T::BenchmarkHelper::put_page(day, 0, trades);
    T::BenchmarkHelper::commit(key, chain::<T>(key));
    let header = longest_header(tree::slots_page_root(&page), H256::zero());
    Headers::<T>::insert(key, header);
    let slots = BoundedVec::truncate_from(wrong);
    let call = Call::report_slots {
        agreement,
        day,
        side,
        rejections: Pallet::<T>::rejections(key),
        page: 0,
        slots,
    };
    Reported { member, call, key }
}

/// A page of a number of extras.
pub fn extras<T: Config>(count: u32) -> Reported<T> {
    let (key, member) = open_side::<T>(1, PAGE_SIZE);
    let (agreement, day, side) = key;
    let mut reported = Vec::new();
    for number in 0..count {
        let client = CLIENTS + number;
        let id = TradeId {
            client,
            sequence: 0,
        };
        let trade = trade::<T>(agreement, id, 1);
        T::BenchmarkHelper::use_up(client);
        T::BenchmarkHelper::put_page(day, number, vec![trade; PAGE_SIZE as usize]);
        let witness = Witness {
            day,
            position: number * PAGE_SIZE + PAGE_SIZE - 1,
        };
        reported.push((trade.entry(side), Some(witness)));
    }
    let commitment = Commitment {
        extras: count,
        ..chain::<T>(key)
    };
    T::BenchmarkHelper::commit(key, commitment);
    let entries: Vec<Entry> = reported.iter().map(|(entry, _)| *entry).collect();
    let root = tree::extras_page_root(&entries);
    Headers::<T>::insert(key, longest_header(H256::zero(), root));
    let extras = BoundedVec::truncate_from(reported);
    let call = Call::report_extras {
        agreement,
        day,
        side,
        rejections: Pallet::<T>::rejections(key),
        page: 0,
        extras,
    };
    Reported { member, call, key }
}

/// A side without a commitment at the preset time.
pub fn overdue<T: Config>() -> Reported<T> {
    let (key, member) = open_side::<T>(0, 1);
    let (agreement, day, side) = key;
    let call = Call::mark_overdue {
        agreement,
        day,
        side,
    };
    Reported { member, call, key }
}

/// A side at its deadline, of whose report a number of parts came.
pub fn defaulted<T: Config>(parts: u32) -> Reported<T> {
    let key = with_parts::<T>(parts);
    let (agreement, day, side) = key;
    let view = T::Directory::agreement(agreement).expect("it was put there");
    T::BenchmarkHelper::set_time(view.deadline_of(day).expect("the agreement has begun"));
    let member = view.reconciler_on(day).expect("the day has a reconciler");
    let call = Call::mark_defaulted {
        agreement,
        day,
        side,
    };
    Reported { member, call, key }
}

/// A day that is not reconciled.
pub fn full_fetch<T: Config>() -> Reported<T> {
    let (key, member) = open_side::<T>(0, 1);
    let (agreement, day, _) = key;
    let call = Call::request_full_fetch { agreement, day };
    Reported { member, call, key }
}

/// A day of which both sides are closed, and all pages were asked for.
pub fn closed_sides<T: Config>() -> (AgreementView, AgreementId, BusinessDay) {
    let ((agreement, day, _), _) = open_side::<T>(0, 1);
    for side in Side::BOTH {
        let record = SideRecord {
            proven: Some(1),
            ..Default::default()
        };
        Sides::<T>::insert((agreement, day, side), record);
    }
    FullFetch::<T>::insert(agreement, day, ());
    let view = T::Directory::agreement(agreement).expect("it was put there");
    (view, agreement, day)
}

/// A committed side of whose report a number of parts came, all that its header lists.
pub fn with_parts<T: Config>(count: u32) -> SideKey {
    let (key, _) = open_side::<T>(0, 1);
    let commitment = Commitment {
        extras: 1,
        ..chain::<T>(key)
    };
    T::BenchmarkHelper::commit(key, commitment);
    let (agreement, day, side) = key;
    let mut header = longest_header(H256::zero(), H256::zero());
    header.dirty.truncate(count as usize);
    let of_extras = count as usize - header.dirty.len();
    header.extras.truncate(of_extras);
    for listed in &header.dirty {
        let none: Vec<SlotBreak> = Vec::new();
        SlotBreaks::<T>::insert((agreement, day, side, listed.page), none);
    }
    for listed in &header.extras {
        let none: Vec<ExtraBreak> = Vec::new();
        ExtraBreaks::<T>::insert((agreement, day, side, listed.page), none);
    }
    Headers::<T>::insert(key, header);
    key
}

/// How many parts of reports are stored.
pub fn parts<T: Config>() -> usize {
    SlotBreaks::<T>::iter_keys().count() + ExtraBreaks::<T>::iter_keys().count()
}
