//! How agreements settle, and what is said of payments outside the chain.

use counterfoil_primitives::settlement::{ClientLimits, Period};

/// How an agreement settles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settling {
    pub period: Period,
    /// Outside the chain, instead of in the asset.
    pub outside: bool,
    pub limits: Option<ClientLimits>,
}

/// A payment outside the chain that its debtor declares.
#[derive(Clone, Copy, Debug)]
pub struct DeclarationDraft {
    /// How much of what is not declared, in thousandths.
    pub part: u16,
    pub amiss: Option<Amiss>,
}

/// What its creditor says of a payment outside the chain.
#[derive(Clone, Copy, Debug)]
pub struct AnswerDraft {
    /// Which of the payments, counted round.
    pub of: usize,
    /// How much of it was received, in thousandths.
    pub part: u16,
    pub amiss: Option<Amiss>,
}

/// What came back of a payment outside the chain.
#[derive(Clone, Copy, Debug)]
pub struct ReturnDraft {
    /// Which of the payments, counted round.
    pub of: usize,
    /// How much of what was kept, in thousandths.
    pub part: u16,
    pub amiss: Option<Amiss>,
    /// Said as if nothing had come back before: once something did, it is a repetition.
    pub as_first: bool,
}

/// What is amiss with what is said of a payment outside the chain.
#[derive(Clone, Copy, Debug)]
pub enum Amiss {
    /// It is of nothing: an answer may be.
    Nothing,
    TooMuch,
    NoReference,
    OtherReference,
    /// The value date's digits are no date.
    NoDate,
}
