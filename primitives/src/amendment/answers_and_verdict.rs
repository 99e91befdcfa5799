//! What the institutions say to a proposal, and what their answers come to.

use crate::{AgreementView, MemberId, Side};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What the institutions said to a proposal; `None` is awaited.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Answers {
    /// The bank.
    pub bank: Option<bool>,
    /// The company.
    pub company: Option<bool>,
}

/// What the answers come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// An answer is awaited.
    Awaited,
    /// Both institutions agree.
    Accepted,
    /// An institution does not agree.
    Rejected,
}

impl Answers {
    /// The answers as a proposal by `proposer` begins: an institution agrees with its own.
    pub fn of_proposer(agreement: &AgreementView, proposer: MemberId) -> Self {
        let own = |party: MemberId| (party == proposer).then_some(true);
        Self {
            bank: own(agreement.bank),
            company: own(agreement.company),
        }
    }

    /// The answer of the party of `side`.
    pub const fn of(&self, side: Side) -> Option<bool> {
        side.pick(self.company, self.bank)
    }

    /// Sets the answer of the party of `side`.
    pub const fn set(&mut self, side: Side, accepts: bool) {
        match side {
            Side::Debit => self.company = Some(accepts),
            Side::Credit => self.bank = Some(accepts),
        }
    }

    /// The side of `member` where its answer is awaited; `None` where it has answered or has none to give.
    pub fn awaited_of(&self, agreement: &AgreementView, member: MemberId) -> Option<Side> {
        Side::BOTH
            .into_iter()
            .find(|side| agreement.party(*side) == member && self.of(*side).is_none())
    }

    /// What they come to.
    pub fn verdict(&self) -> Verdict {
        let both = [self.bank, self.company];
        if both.contains(&Some(false)) {
            Verdict::Rejected
        } else if both.contains(&None) {
            Verdict::Awaited
        } else {
            Verdict::Accepted
        }
    }
}
