//! The operations, and how they can go wrong.

use super::{books::Damages, lies::Lie};
use counterfoil_primitives::{amendment::Ground, AgreementId, MemberId, ProductId, Side};
use proptest::sample::Index;

/// A day of an agreement.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub agreement: AgreementId,
    pub day: Which,
}

#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// The earliest day with trades that is not settled.
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
}

/// A trade that a client sends.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    pub sequence: Pick,
    pub minutes_ago: u32,
    pub product: ProductId,
    pub gross: u32,
    pub fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug)]
pub enum Pick {
    /// So far above the highest that was used.
    Fresh(u8),
    /// One that was used.
    Used,
    /// The one before in the batch.
    Twice,
    /// As far as the window reaches.
    Leap,
    /// Farther than it reaches.
    TooFar,
}

#[derive(Clone, Copy, Debug)]
pub enum Fault {
    Debit,
    Credit,
    ZeroGross,
    InFuture,
    BeforeFirstDay,
    UnknownProduct,
}

/// A refund that a client sends.
#[derive(Clone, Copy, Debug)]
pub struct RefundDraft {
    pub sequence: Pick,
    pub minutes_ago: u32,
    /// Which of the client's payments, counted round.
    pub of: u16,
    /// How much of what is left, in thousandths.
    pub part: u16,
    pub fault: Option<RefundFault>,
}

#[derive(Clone, Copy, Debug)]
pub enum RefundFault {
    /// No trade is on the original's place.
    Missing,
    OtherId,
    /// Of a refund.
    OfARefund,
    /// Of a payment that another client recorded.
    OtherClient,
    OtherProduct,
    OtherUser,
    BeforeOriginal,
    /// Of the client's oldest payment.
    Oldest,
    /// More was given back before than is said.
    Meanwhile,
    MoreThanLeft,
    Debit,
    Credit,
    ZeroGross,
    InFuture,
}

/// A trade that a person writes.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    pub product: ProductId,
    pub gross: u32,
    /// Under the reference of the form before it.
    pub again: bool,
    pub slip: Option<Slip>,
}

/// What is wrong on a form.
#[derive(Clone, Copy, Debug)]
pub enum Slip {
    Amount,
    Zero,
    Product,
    Payer,
    Past,
    Future,
}

/// What a member proposes to amend.
#[derive(Clone, Copy, Debug)]
pub struct AmendmentDraft {
    pub remedy: Remedy,
    pub ground: Ground,
    /// The first of the trades, counted round; of payments that were not recorded, which references.
    pub of: u16,
    /// How many more after it, as far as there are.
    pub more: u16,
    pub minutes_ago: u32,
    pub product: ProductId,
    pub gross: u32,
    pub fault: Option<AmendmentFault>,
}

#[derive(Clone, Copy, Debug)]
pub enum Remedy {
    /// Takes trades back, by their positions.
    Cancel,
    /// Takes trades of a client back, by their sequences.
    CancelSequences,
    Replace,
    Supplement,
}

#[derive(Clone, Copy, Debug)]
pub enum AmendmentFault {
    /// Nothing is named.
    Nothing,
    /// The day's digits are no date.
    NoDate,
    /// Behind the day's last position.
    Behind,
    ZeroGross,
    UnknownProduct,
    /// Of a client that the agreement does not admit.
    OtherClient,
    InFuture,
    OtherTotals,
}

/// What is said to a proposal.
#[derive(Clone, Copy, Debug)]
pub enum Said {
    Accept,
    Reject,
    /// To another content.
    Other,
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

#[derive(Clone, Copy, Debug)]
pub enum Admin {
    Terms(ProductId, u32),
    Limits {
        pages: u32,
        extras: u32,
        deadline: u32,
        late: u32,
        refund_days: u16,
        amend_days: u16,
        answer_days: u16,
    },
    Clients(u8),
    Conditions {
        ahead: u32,
        offset: i16,
    },
    Product(ProductId),
    Agreement(AgreementId),
    Register,
    Remove(MemberId),
    Replace(MemberId),
    Account {
        member: MemberId,
        ahead: u32,
    },
    /// Objects to what a member asked for.
    Object(MemberId),
    Reconciler {
        member: MemberId,
        ahead: u32,
    },
    End(u32),
    /// Sets the only calendar, which is closed on the day so far after today, and on this many after it.
    Calendar {
        ahead: u32,
        closed: u32,
    },
    RemoveCalendar,
    /// Lets the agreement go by the calendar, or by none, from the day so far after today.
    Calendars {
        ahead: u32,
        named: bool,
    },
    /// Sets conditions for two days, the first so far after today.
    ConditionsByDay {
        ahead: u32,
        offset: i16,
    },
    /// The seats of these bits, of the members from 1 on, and how many more than half carry.
    Seats {
        mask: u8,
        more: u32,
    },
    /// The validators of these bits, of the members from 1 on.
    Validators(u8),
    EndSession,
    /// A stall that is noted with this delay, and the best of this many blocks before the current one.
    NoteStalled {
        delay: u32,
        before: u32,
    },
    Mint,
    Burn,
}

#[derive(Clone, Debug)]
pub enum Operation {
    Next(AgreementId, Damages),
    Pass(AgreementId, Until),
    Record(AgreementId, Manner, Vec<Draft>),
    Refund(AgreementId, Manner, Vec<RefundDraft>),
    Write(AgreementId, Manner, Written),
    Seal(At, Manner),
    Commit(At, Side, Manner, InRound, Word),
    Report(At, Side, Manner, Option<Lie>),
    Overdue(At, Side, Manner),
    Default(At, Side, Manner),
    FullFetch(At, Manner),
    Repair(At, Side, Manner, bool),
    Pay(At, Manner),
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
    ObjectToAccount(MemberId, Manner),
    Amend(AgreementId, Manner, AmendmentDraft),
    Answer(AgreementId, Manner, Index, Said),
    /// The step that is due, or another one.
    Book(AgreementId, Manner, Index, bool),
    Withdraw(AgreementId, Manner, Index),
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
