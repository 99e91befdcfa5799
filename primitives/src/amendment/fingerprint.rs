//! What names a proposal's content.
//!
//! An answer brings the fingerprint of what it answers. It covers the trades themselves: on a fork where
//! other trades are on the named positions, no answer fits.

use super::{Content, Ground};
use crate::{AgreementId, DayTotals, MemberId, Trade};
use alloc::vec::Vec;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What the preimage begins with.
const PREFIX: &[u8] = b"counterfoil/amendment";

/// The digest of the trades that a proposal names, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TradesDigest(Vec<H256>);

impl TradesDigest {
    /// Takes in the trades that are named on the next page that has some.
    pub fn add_page(&mut self, trades: &[Trade]) {
        if !trades.is_empty() {
            self.0.push(BlakeTwo256::hash_of(&trades));
        }
    }

    /// The digest of all that were taken in.
    pub fn finish(&self) -> H256 {
        BlakeTwo256::hash_of(&self.0)
    }
}

/// What a proposal is about, as its fingerprint covers it.
#[derive(Clone, Copy, Debug)]
pub struct Proposed<'a> {
    /// The agreement.
    pub agreement: AgreementId,
    /// Who proposes it.
    pub proposer: MemberId,
    /// Why.
    pub ground: Ground,
    /// The hash of the evidence.
    pub evidence: H256,
    /// What is to be booked.
    pub content: &'a Content,
    /// What the named trades, or the payments that were never recorded, come to.
    pub stated: &'a DayTotals,
    /// The digest of the named trades.
    pub trades: H256,
}

impl Proposed<'_> {
    /// The fingerprint.
    pub fn fingerprint(&self) -> H256 {
        BlakeTwo256::hash_of(&(
            PREFIX,
            self.agreement,
            self.proposer,
            self.ground,
            self.evidence,
            self.content,
            self.stated,
            self.trades,
        ))
    }
}
