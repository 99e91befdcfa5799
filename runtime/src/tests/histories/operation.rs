//! The operations, and how they can go wrong.
//!
//! | module | what it holds |
//! |---|---|
//! | [`administering`] | what the council decides, and what who issues the asset does |
//! | [`amending`] | proposals to amend trades, and what is said to them |
//! | [`recording`] | trades and refunds that clients send, and those that persons write |
//! | [`settling`] | how agreements settle, and what is said of payments outside the chain |

mod administering;
mod amending;
mod recording;
mod settling;

pub use administering::Admin;
pub use amending::{AmendmentDraft, AmendmentFault, Remedy, Said};
pub use recording::{Draft, Fault, Pick, RefundDraft, RefundFault, Slip, Written};
pub use settling::{Amiss, AnswerDraft, DeclarationDraft, ReturnDraft, Settling};

use super::{books::Damages, lies::Lie};
use counterfoil_primitives::{AgreementId, MemberId, Side};
use proptest::sample::Index;

/// A day of an agreement.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub agreement: AgreementId,
    pub day: Which,
}

#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// Of the earliest settlement period with trades that is not settled, the first day that is not
    /// reconciled, or else one with trades.
    Current,
    /// A number of days before tomorrow.
    Back(u32),
}

/// Who sends a transaction, and how.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// `None`: whoever does it as a rule.
    pub who: Option<MemberId>,
    pub form: Form,
    pub flaw: Option<Flaw>,
}

impl Manner {
    /// As an honest node sends it.
    pub const HONEST: Self = Self {
        who: None,
        form: Form::Unordered,
        flaw: None,
    };

    /// The same, with a nonce.
    pub const fn ordered(self) -> Self {
        Self {
            form: Form::Ordered,
            ..self
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the account's next nonce.
    Ordered,
    /// Without a nonce.
    Unordered,
}

/// Why a transaction must not be taken, whoever sends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    WrongKey,
    RetiredKey,
    OtherChain,
    /// Signed for another call.
    OtherCall,
    /// Its era has ended.
    Expired,
    /// Its era is longer than one without a nonce may be.
    LongEra,
    UsedNonce,
    /// Within a call that carries calls.
    Nested,
}

/// How far time goes on.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    Minutes(u32),
    CutOff,
    Preset,
    Deadline,
    /// The day from which on an agreement that ends takes nothing; nowhere where it does not end.
    Close,
}

/// Which round a commitment names.
#[derive(Clone, Copy, Debug)]
pub enum InRound {
    /// The side's current one.
    Current,
    /// The one before it.
    Before,
    /// The one after it.
    After,
}

/// What a party commits to.
#[derive(Clone, Debug)]
pub enum Word {
    Book(Damages),
    FalseTotal(Damages),
    Random(u8),
    WrongSlots,
}

#[derive(Clone, Copy, Debug)]
pub enum NewKey {
    Fresh,
    Taken,
    Retired,
}

#[derive(Clone, Debug)]
pub enum Operation {
    Next(AgreementId, Damages),
    Pass(AgreementId, Until),
    Record(AgreementId, Manner, Vec<Draft>),
    Refund(AgreementId, Manner, Vec<RefundDraft>),
    Write(AgreementId, Manner, Written),
    WriteRefund(AgreementId, Manner, RefundDraft),
    Seal(At, Manner),
    Commit(At, Side, Manner, InRound, Word),
    Report(At, Side, Manner, Option<Lie>),
    Overdue(At, Side, Manner),
    Default(At, Side, Manner),
    FullFetch(At, Manner),
    Repair(At, Side, Manner, bool),
    Pay(At, Manner),
    Release(At, Manner),
    Declare(At, Manner, DeclarationDraft),
    WithdrawDeclaration(At, Manner, usize),
    Acknowledge(At, Manner, AnswerDraft),
    ReportReturn(At, Manner, ReturnDraft),
    Suspend(AgreementId, Manner, MemberId),
    Lift(AgreementId, Manner, MemberId),
    Rotate(MemberId, Manner, NewKey),
    Endpoint(MemberId, Manner, bool),
    Replay(Index),
    Admin(AgreementId, Admin),
    Propose(AgreementId, Manner, Admin),
    Vote(Manner, Index, bool),
    Close(Manner, Index),
    Keys(MemberId, Manner, Proof),
    PurgeKeys(MemberId, Manner),
    /// A number of days after today.
    ChangeAccount(MemberId, Manner, u32),
    /// To the change that is open, or to another one.
    ObjectToAccount(MemberId, Manner, bool),
    Amend(AgreementId, Manner, AmendmentDraft),
    Answer(AgreementId, Manner, Index, Said),
    /// The step that is due, or another one.
    Book(AgreementId, Manner, Index, bool),
    Withdraw(AgreementId, Manner, Index),
    WriteOff(AgreementId, Manner, Index),
    Lapse(AgreementId, Manner, Index),
    /// What honest members do next with the oldest proposal.
    Agree(AgreementId),
}

/// What shows that a member's node holds session keys.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    Own,
    /// Made for another member.
    OfAnother,
    Spoilt,
}
