//! A proposal, its answers, and how far it is.

use crate::{AgreementId, AgreementView, DayTotals, MemberId, Moment, Side};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// Why a record is to be amended.
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
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The payment did not take place.
    NotPaid,
    /// One payment is recorded twice.
    PaidTwice,
    /// The wrong user is recorded.
    WrongUser,
    /// The wrong amount is recorded.
    WrongAmount,
    /// The wrong product is recorded.
    WrongProduct,
    /// The user's bank took the payment back.
    ChargedBack,
    /// The payment is not recorded.
    NotRecorded,
    /// A wrong file was imported.
    WrongFile,
    /// Another one, which the evidence says.
    Other,
}

impl Ground {
    /// Each of them.
    pub const ALL: [Self; 9] = [
        Self::NotPaid,
        Self::PaidTwice,
        Self::WrongUser,
        Self::WrongAmount,
        Self::WrongProduct,
        Self::ChargedBack,
        Self::NotRecorded,
        Self::WrongFile,
        Self::Other,
    ];

    /// The name in files, commands and JSON, like `paid_twice`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotPaid => "not_paid",
            Self::PaidTwice => "paid_twice",
            Self::WrongUser => "wrong_user",
            Self::WrongAmount => "wrong_amount",
            Self::WrongProduct => "wrong_product",
            Self::ChargedBack => "charged_back",
            Self::NotRecorded => "not_recorded",
            Self::WrongFile => "wrong_file",
            Self::Other => "other",
        }
    }

    /// What has this name; `None` where nothing has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }
}

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
    /// It was not agreed, or not booked before its agreement ended, and stays as a claim until its proposer
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
