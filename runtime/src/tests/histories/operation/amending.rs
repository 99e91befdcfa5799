//! Proposals to amend trades, and what is said to them.

use counterfoil_primitives::{amendment::Ground, ProductId};

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
