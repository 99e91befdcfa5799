//! A proposal, and how far it is.

use super::{answers_and_verdict::Answers, ground::Ground};
use crate::{AgreementId, AgreementView, DayTotals, MemberId, Moment};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// Why a proposal stays as a claim.
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
pub enum Unresolved {
    /// An institution rejected it.
    Rejected,
    /// Its time was over before all had answered.
    Lapsed,
    /// The agreement ended, and closed before all of it was booked.
    Ended {
        /// How far the booking had come.
        progress: Progress,
    },
}

/// How far the booking of an accepted proposal is.
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
pub struct Progress {
    /// Where the next step goes on: of a cancellation, positions below this one are left; of corrections
    /// and of payments that were never recorded, this one is the next.
    pub next: u32,
    /// Items that were booked.
    pub booked: u32,
    /// Items that fell out.
    pub fallen_out: u32,
    /// What the booked trades come to.
    pub totals: DayTotals,
}

/// How far a proposal is.
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
pub enum Standing {
    /// Answers are awaited.
    Open,
    /// Both institutions agree; it is being booked.
    Accepted {
        /// When the last of them agreed. The trades that take something back are of this time.
        at: Moment,
        /// How far the booking is.
        progress: Progress,
    },
    /// All items were gone through.
    Completed {
        /// Since when.
        at: Moment,
        /// What was booked.
        progress: Progress,
    },
    /// It was not agreed, or not booked before its agreement closed, and stays as a claim until its proposer
    /// writes it off.
    Unresolved {
        /// Since when.
        since: Moment,
        /// Why.
        why: Unresolved,
    },
}

/// A proposal to amend what is recorded under an agreement.
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
pub struct Proposal {
    /// The agreement.
    pub agreement: AgreementId,
    /// Who proposed it: the bank, the company, or the client that recorded what it names.
    pub proposer: MemberId,
    /// Why.
    pub ground: Ground,
    /// The hash of the evidence, which stays with the parties.
    pub evidence: H256,
    /// What names its content: see [`super::fingerprint`].
    pub fingerprint: H256,
    /// What the trades that it names, or the payments that were never recorded, come to.
    pub stated: DayTotals,
    /// When it was proposed.
    pub proposed_at: Moment,
    /// Until when it can be answered.
    pub answer_until: Moment,
    /// What the institutions said.
    pub answers: Answers,
    /// How far it is.
    pub standing: Standing,
}

impl Proposal {
    /// Whether answers are awaited and the time for them is over.
    pub const fn has_lapsed(&self, now: Moment) -> bool {
        matches!(self.standing, Standing::Open) && now > self.answer_until
    }

    /// Whether `member` may withdraw it or write it off: its proposer, or bank and company once that is no
    /// client any more. Otherwise the proposal would take another's room for good.
    ///
    /// What a suspended client proposed stays its own: either party suspends alone, and would write off
    /// claims against itself.
    pub fn may_be_withdrawn_by(&self, member: MemberId, agreement: &AgreementView) -> bool {
        let parties = [agreement.bank, agreement.company];
        let takes_part = parties.contains(&self.proposer) || agreement.admits(self.proposer);
        self.proposer == member || (parties.contains(&member) && !takes_part)
    }

    /// Whether it holds the trades that it names, so that no other proposal may name them.
    pub const fn holds_trades(&self) -> bool {
        matches!(self.standing, Standing::Open | Standing::Accepted { .. })
    }
}
