//! How an import goes about it: how many trades a batch has, and how many batches are on their way.

use crate::money::Money;
use counterfoil_primitives::{window::SURE, AgreementId};

/// Trades of a batch, unless asked otherwise or the chain takes fewer.
pub const BATCH: usize = 1_000;

/// Refunds of a batch, unless asked otherwise or the chain takes fewer.
pub const REFUNDS: usize = 500;

/// Batches on their way, unless asked otherwise. Finality comes some three blocks after a batch
/// was sent, and a block may well hold thirty of them.
pub const IN_FLIGHT: usize = 128;

/// Batches that are handed to the node side by side.
pub const SIDE_BY_SIDE: usize = 8;

/// Maximum batches on their way: of [`BATCH`] trades each they just fit the client's window.
pub const MAX_IN_FLIGHT: usize = SURE as usize / BATCH;

/// How an import goes about it.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The agreement.
    pub agreement: AgreementId,
    /// Maximum trades per batch, no more than [`Chain::max_batch`](crate::chain::Chain::max_batch).
    pub batch: usize,
    /// Maximum refunds per batch, no more than [`Chain::max_refunds`](crate::chain::Chain::max_refunds).
    pub refunds: usize,
    /// Maximum batches on their way.
    pub in_flight: usize,
    /// Whether to take the user's word that nothing sent by a lost journal is on its way.
    pub trust_new_journal: bool,
    /// Whether to record new payments that look like trades recorded before.
    pub anew: bool,
    /// The currency in which refusals tell amounts; minor units without one.
    pub money: Option<Money>,
}

impl Settings {
    /// The usual way for an agreement.
    pub const fn of(agreement: AgreementId) -> Self {
        Self {
            agreement,
            batch: BATCH,
            refunds: REFUNDS,
            in_flight: IN_FLIGHT,
            trust_new_journal: false,
            anew: false,
            money: None,
        }
    }
}
