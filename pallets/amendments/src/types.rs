//! What the pallet stores, and what it checked before it stores.

use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    amendment::{Content, Ground, Proposal, Verdict},
    tree::PAGE_SIZE,
    AgreementId, AgreementView, DayTotals, MemberId,
};
use scale_info::TypeInfo;
use sp_core::H256;

/// Bytes that hold a bit for each position of a page.
const BYTES: usize = (PAGE_SIZE / 8) as usize;

/// Positions of a page, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct PositionsOfPage([u8; BYTES]);

impl PositionsOfPage {
    /// Whether the position at this offset of the page is one of them.
    pub const fn holds(&self, offset: u8) -> bool {
        self.0[(offset / 8) as usize] & (1 << (offset % 8)) != 0
    }

    /// Adds the position at this offset of the page.
    pub const fn insert(&mut self, offset: u8) {
        self.0[(offset / 8) as usize] |= 1 << (offset % 8);
    }

    /// Takes the position at this offset of the page out.
    pub const fn remove(&mut self, offset: u8) {
        self.0[(offset / 8) as usize] &= !(1 << (offset % 8));
    }

    /// Whether there is no position.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Whether a position is of both.
    pub fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(other.0)
            .any(|(own, other)| own & other != 0)
    }

    /// Adds all positions of another set.
    pub fn insert_all(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own |= other;
        }
    }

    /// Takes all positions of another set out.
    pub fn remove_all(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            *own &= !other;
        }
    }
}

/// Positions by page, ascending; no page without any.
pub(crate) type Pages = Vec<(u32, PositionsOfPage)>;

/// Who proposes, and under which agreement.
pub(crate) struct Proposer {
    pub member: MemberId,
    pub agreement_id: AgreementId,
    pub agreement: AgreementView,
}

impl Proposer {
    /// Whether it is bank or company.
    pub fn is_party(&self) -> bool {
        [self.agreement.bank, self.agreement.company].contains(&self.member)
    }
}

/// What a member proposes.
pub(crate) struct Request {
    pub ground: Ground,
    pub evidence: H256,
    pub content: Content,
    pub stated: DayTotals,
}

/// A proposal that may be put up.
#[derive(Debug)]
pub(crate) struct Checked {
    pub proposal: Proposal,
    pub content: Content,
    /// The positions that it names.
    pub named: Pages,
    pub size: ProposalSize,
}

/// What determines the weight of a proposal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProposalSize {
    /// Pages read.
    pub pages: u32,
    /// Corrected payments.
    pub corrections: u32,
    /// Payments that were never recorded.
    pub missing: u32,
    /// Named trades that amendments booked, whose clients were looked up.
    pub looked_up: u32,
}

/// An answer that counts.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The proposal with the answer.
    pub proposal: Proposal,
    pub member: MemberId,
    pub accepts: bool,
    pub verdict: Verdict,
}
