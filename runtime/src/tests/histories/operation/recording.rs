//! Trades and refunds that clients send, and those that persons write.

use counterfoil_primitives::ProductId;

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
