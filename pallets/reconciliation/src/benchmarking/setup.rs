//! What the benchmarks begin with, each the most that its call can meet.

use super::BenchmarkHelper;
use crate::{
    AcceptedHeader, Call, Config, ExtraBreak, ExtraBreaks, FullFetch, Headers, ListedPage, Pallet,
    SideRecord, Sides, SlotBreak, SlotBreaks,
};
use alloc::{vec, vec::Vec};
use counterfoil_primitives::{
    compare::{DirtyPage, ReportHeader, SlotDiff},
    ports::{DayTrades, Directory, SideView},
    tree::{self, PAGE_SIZE},
    AgreementId, AgreementView, BusinessDay, Caps, Commitment, Entry, Kind, MemberId, ProductId,
    Reference, Side, SideId, Trade, TradeId, UserId, Witness,
};
use frame_support::BoundedVec;
use sp_core::H256;

/// Pages of a day; more than a million trades.
const PAGES: u32 = 4_096;
/// The side that is reported.
const SIDE: Side = Side::Credit;
/// The first of the clients that extras name.
const CLIENTS: MemberId = 20_000;

/// Who calls, the call that is ready, and the side that it is about.
pub type Reported<T> = (MemberId, Call<T>, SideId);

/// A side that may be reported now, of a sealed day; and the reconciler.
fn open_side<T: Config>(products: u32, pages: u32) -> (SideId, MemberId) {
    let (agreement_id, day, reconciler) = T::BenchmarkHelper::put_agreement(products);
    let agreement = T::Directory::agreement(agreement_id).expect("it was put there");
    let times = T::Directory::due_times(agreement_id, &agreement, day);
    T::BenchmarkHelper::set_time(times.expect("the agreement has begun").preset);
    T::BenchmarkHelper::seal(day, pages);
    (SideId::new(agreement_id, day, SIDE), reconciler)
}

/// The chain's own commitment.
fn chain<T: Config>(side_id: SideId) -> Commitment {
    T::Trades::chain_commitment(side_id).expect("the day is sealed")
}

/// A report of a clean side.
pub fn clean<T: Config>() -> Reported<T> {
    let (side_id, member) = open_side::<T>(0, PAGES);
    T::BenchmarkHelper::commit(side_id, chain::<T>(side_id));
    let call = Call::report_clean {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
    };
    (member, call, side_id)
}

/// A header of a number of pages that differ and of pages of extras.
pub fn header<T: Config>(dirty: u32, extras: u32) -> Reported<T> {
    let (side_id, member) = open_side::<T>(0, PAGES);
    let header = ReportHeader {
        dirty: (0..dirty)
            .map(|page| DirtyPage {
                page,
                root: H256::repeat_byte(1),
            })
            .collect(),
        extras: vec![H256::repeat_byte(2); extras as usize],
    };
    let mut roots = T::Trades::page_roots(side_id);
    for page in &header.dirty {
        roots[page.page as usize] = page.root;
    }
    let commitment = Commitment::from_page_roots(
        &T::Trades::place(side_id),
        PAGES * PAGE_SIZE,
        extras * PAGE_SIZE,
        roots,
        header.extras.iter().copied(),
        Default::default(),
    );
    T::BenchmarkHelper::commit(side_id, commitment);
    let call = Call::report_header {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
        round: Pallet::<T>::round(side_id),
        header,
    };
    (member, call, side_id)
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
        dirty: listed(Caps::MAX.pages, slots),
        extras: listed(tree::page_count(Caps::MAX.extras), extras),
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
        kind: Kind::Payment,
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
/// terms. They are payments: the read of a refund's link comes on top of it, by `weighing`.
pub fn slots<T: Config>(count: u32) -> Reported<T> {
    let (side_id, member) = open_side::<T>(PAGE_SIZE, 1);
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
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
    T::BenchmarkHelper::commit(side_id, chain::<T>(side_id));
    let header = longest_header(tree::slots_page_root(&page), H256::zero());
    Headers::<T>::insert(side_id, header);
    let slots = BoundedVec::truncate_from(wrong);
    let call = Call::report_slots {
        agreement,
        day,
        side,
        round: Pallet::<T>::round(side_id),
        page: 0,
        slots,
    };
    (member, call, side_id)
}

/// A page of a number of extras.
pub fn extras<T: Config>(count: u32) -> Reported<T> {
    let (side_id, member) = open_side::<T>(1, PAGE_SIZE);
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
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
        ..chain::<T>(side_id)
    };
    T::BenchmarkHelper::commit(side_id, commitment);
    let entries: Vec<Entry> = reported.iter().map(|(entry, _)| *entry).collect();
    let root = tree::extras_page_root(&entries);
    Headers::<T>::insert(side_id, longest_header(H256::zero(), root));
    let extras = BoundedVec::truncate_from(reported);
    let call = Call::report_extras {
        agreement,
        day,
        side,
        round: Pallet::<T>::round(side_id),
        page: 0,
        extras,
    };
    (member, call, side_id)
}

/// A side without a commitment at the preset time.
pub fn overdue<T: Config>() -> Reported<T> {
    let (side_id, member) = open_side::<T>(0, 1);
    let call = Call::mark_overdue {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
    };
    (member, call, side_id)
}

/// A side at its deadline, of whose report a number of parts came.
pub fn defaulted<T: Config>(parts: u32) -> Reported<T> {
    let side_id = with_parts::<T>(parts);
    let agreement = T::Directory::agreement(side_id.agreement).expect("it was put there");
    let times = T::Directory::due_times(side_id.agreement, &agreement, side_id.day);
    T::BenchmarkHelper::set_time(times.expect("the agreement has begun").deadline);
    let member = agreement
        .reconciler_on(side_id.day)
        .expect("the day has a reconciler");
    let call = Call::mark_defaulted {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
    };
    (member, call, side_id)
}

/// A day that is not reconciled.
pub fn full_fetch<T: Config>() -> Reported<T> {
    let (side_id, member) = open_side::<T>(0, 1);
    let SideId { agreement, day, .. } = side_id;
    let call = Call::request_full_fetch { agreement, day };
    (member, call, side_id)
}

/// A side that is proven with a break, and whose book is repaired.
pub fn repaired<T: Config>() -> Reported<T> {
    let (side_id, _) = open_side::<T>(0, 1);
    let record = SideRecord {
        proven: Some(1),
        ..Default::default()
    };
    Sides::<T>::insert(side_id, record);
    let agreement = T::Directory::agreement(side_id.agreement).expect("it was put there");
    let member = agreement.party(side_id.side);
    let call = Call::confirm_repair {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
        commitment: chain::<T>(side_id),
    };
    (member, call, side_id)
}

/// A day of which both sides are closed, and all pages were asked for.
pub fn closed_sides<T: Config>() -> (AgreementView, AgreementId, BusinessDay) {
    let (side_id, _) = open_side::<T>(0, 1);
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    for side in Side::BOTH {
        let record = SideRecord {
            proven: Some(1),
            ..Default::default()
        };
        Sides::<T>::insert(SideId::new(agreement_id, day, side), record);
    }
    FullFetch::<T>::insert(agreement_id, day, ());
    let agreement = T::Directory::agreement(agreement_id).expect("it was put there");
    (agreement, agreement_id, day)
}

/// A committed side of whose report a number of parts came, all that its header lists.
pub fn with_parts<T: Config>(count: u32) -> SideId {
    let (side_id, _) = open_side::<T>(0, 1);
    let commitment = Commitment {
        extras: 1,
        ..chain::<T>(side_id)
    };
    T::BenchmarkHelper::commit(side_id, commitment);
    let mut header = longest_header(H256::zero(), H256::zero());
    header.dirty.truncate(count as usize);
    let of_extras = count as usize - header.dirty.len();
    header.extras.truncate(of_extras);
    for listed in &header.dirty {
        let none: Vec<SlotBreak> = Vec::new();
        SlotBreaks::<T>::insert(side_id, listed.page, none);
    }
    for listed in &header.extras {
        let none: Vec<ExtraBreak> = Vec::new();
        ExtraBreaks::<T>::insert(side_id, listed.page, none);
    }
    Headers::<T>::insert(side_id, header);
    side_id
}

/// How many parts of reports are stored.
pub fn parts<T: Config>() -> usize {
    SlotBreaks::<T>::iter_keys().count() + ExtraBreaks::<T>::iter_keys().count()
}
