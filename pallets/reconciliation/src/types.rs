//! What is stored of sides, breaks and days.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    compare::ReportHeader, report::BookTotals, tree, Caps, Cause, Entry, Moment, Round,
    SignedAmount, Witness,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;

pub use counterfoil_primitives::MAX_ROUNDS;

/// What a part of a report holds of a page.
pub type Page<Item> = BoundedVec<Item, ConstU32<{ tree::PAGE_SIZE }>>;

/// The maximum of parts per report, by the widest caps of an agreement.
pub const MAX_PARTS: u32 = Caps::MAX.pages + tree::page_count(Caps::MAX.extras);

/// How many parts a rejection removes; a proof removes none.
pub(crate) type Discarded = u32;

/// How a side ends that is marked after its deadline.
pub(crate) enum AtDeadline {
    /// Its commitment is the chain's own, which proves it.
    Proven,
    /// It defaults, and this number of parts of its report is removed.
    Defaulted(Discarded),
}

/// What is known of a side. It is small, so that a call that is refused reads little: the header of its
/// report, which may list a thousand pages, is stored apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SideRecord {
    /// Whether it was marked overdue.
    pub overdue: bool,
    /// The round whose commitment is awaited or in force: how many whole books of the side were rejected.
    pub round: Round,
    /// Once proven, in time or late: slots and extras that differ.
    pub proven: Option<u32>,
    /// Whether its book equals the chain again.
    pub repaired: bool,
    /// Whether it was not proven by the deadline. It stays so where it is proven late.
    pub defaulted: bool,
}

impl SideRecord {
    /// Whether the day waits for the side no more: it is proven or defaulted.
    pub const fn is_closed(&self) -> bool {
        self.proven.is_some() || self.defaulted
    }

    /// The breaks that were proven in time.
    pub fn proven_in_time(&self) -> Option<u32> {
        self.proven.filter(|_| !self.defaulted)
    }
}

/// An accepted header, and how far its parts have come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AcceptedHeader {
    /// The pages of slots that differ, ascending.
    pub dirty: Vec<ListedPage>,
    /// The pages of extras, in order.
    pub extras: Vec<ListedPage>,
    /// What the accepted parts change in the chain's totals.
    pub totals: BookTotals,
    /// Breaks in the accepted parts.
    pub breaks: u32,
}

/// A page that a header lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ListedPage {
    /// The page.
    pub page: u32,
    /// Its root in the book.
    pub root: H256,
    /// Whether its part was accepted.
    pub accepted: bool,
}

impl AcceptedHeader {
    /// The header, with none of its parts accepted.
    pub fn new(header: ReportHeader) -> Self {
        let listed = |page, root| ListedPage {
            page,
            root,
            accepted: false,
        };
        Self {
            dirty: header
                .dirty
                .into_iter()
                .map(|dirty| listed(dirty.page, dirty.root))
                .collect(),
            extras: (0..)
                .zip(header.extras)
                .map(|(page, root)| listed(page, root))
                .collect(),
            ..Default::default()
        }
    }

    /// How many pages are listed.
    pub fn listed(&self) -> u32 {
        (self.dirty.len() as u32).saturating_add(self.extras.len() as u32)
    }

    /// How many of the listed pages were accepted.
    pub fn accepted(&self) -> u32 {
        let pages = self.dirty.iter().chain(&self.extras);
        pages.filter(|page| page.accepted).count() as u32
    }

    /// Whether all parts were accepted.
    pub fn is_whole(&self) -> bool {
        self.accepted() == self.listed()
    }
}

/// A break on a slot, and its correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SlotBreak {
    /// The slot's position on the day.
    pub position: u32,
    /// Why the book is wrong there.
    pub cause: Cause,
    /// What the book holds.
    pub found: Option<Entry>,
    /// What is right, its amount derived again by the terms: from the gross amount of a payment, from
    /// the link of a refund.
    pub right: Entry,
}

/// An entry of a book on no position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ExtraBreak {
    /// The entry.
    pub entry: Entry,
    /// Why it has no position.
    pub cause: Cause,
    /// The trade that it repeats.
    pub witness: Option<Witness>,
}

/// The outcome of a reconciled day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Outcome {
    /// The time of the block in which the second side closed.
    pub reconciled_at: Moment,
    /// Breaks of the company's book; `None` where its side defaulted, also where it was proven late.
    pub debit_breaks: Option<u32>,
    /// Breaks of the bank's book; `None` where its side defaulted, also where it was proven late.
    pub credit_breaks: Option<u32>,
    /// What the company owes the bank, in minor units; below zero, the bank owes the company.
    pub obligation: SignedAmount,
}

/// Why a whole book was rejected.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum Rejection {
    /// More pages differ than the agreement's caps allow.
    TooManyPages,
    /// The book has more extras than the agreement's caps allow.
    TooManyExtras,
    /// A committed total, of payments or of refunds, is not that of the committed entries.
    FalseTotal,
}
