//! Recording payments and refunds: each once, whatever happens on the way.
//!
//! The engine drives a journal and a chain. It sends batches, several in flight, and counts a
//! payment as recorded when the finalised chain shows that very trade.
//!
//! - **Same sequence, same trade.** A payment that was sent is sent again under its own sequence:
//!   the chain takes a sequence once.
//! - **"Used" is no success by itself.** The trade on chain must be the payment's: the one that the
//!   journal says was sent, whatever the file says by now, or one with its reference. If it is seen
//!   to be another's, the payment's sequence can never land, and only then it gets another.
//! - **Other content.** A payment that was sent with other content waits until that can land no
//!   more, and is then looked up, before the journal forgets it.
//! - **A new or old journal.** What may still be on its way is waited for: until the eras of everything
//!   sent before have ended, no new sequence is given.
//! - **Another id.** What the journal does not know as recorded is looked up on chain by reference, and
//!   what is found nowhere is compared with the client's trades by content (`look_alikes`).
//! - **Refunds.** They are payments here in all but this: each waits until its original is final, is formed
//!   by what the finalised chain shows of that, and is formed anew where it has changed meanwhile
//!   ([`refunds`]). Before it is formed, it is looked up itself where another program may have recorded it.
//!   Where an amendment replaced its original, it refunds the replacement.
//! - **Amendments.** Bank and company may have recorded a payment that its client did not. The chain then
//!   refuses the client's own, which counts as done, with its place (`supplemented`).
//! - **Nothing sent.** [`foresee()`] tells what would become of payments, as far as that shows.
//!
//! When what was sent can no longer land is told by block numbers: a transaction's era ends at a
//! block. While the chain finalises nothing, nothing ends.
//!
//! | module | what it does |
//! |---|---|
//! | `settings` | how an import goes about it |
//! | [`prepare`] | forms the trades of payments, by the terms of their days |
//! | `before_sending` | sorts payments into those that are done and those to be sent |
//! | `search_of_recorded` | finds on chain which trade a payment is |
//! | `look_alikes` | new payments that look like recorded trades |
//! | `compared_with_recorded` | what the trade on chain says of a payment |
//! | `not_recorded` | why a payment is not recorded as the file has it |
//! | [`supplemented`] | payments that amendments recorded |
//! | [`refunds`] | finds the originals of refunds, and forms these |
//! | `engine` | sends payments, follows them and looks them up |
//! | `dry_run` | what would become of payments, without sending them |
//! | [`on_chain`] | the chain as an import sees it |

mod before_sending;
mod compared_with_recorded;
mod dry_run;
mod engine;
mod look_alikes;
mod not_recorded;
pub mod on_chain;
pub mod prepare;
pub mod refunds;
mod search_of_recorded;
mod settings;
pub mod supplemented;

pub use dry_run::{foresee, Foreseen, Foresight};
pub use engine::{run, run_beside};
pub use not_recorded::NotRecorded;
pub use refunds::Missing;
pub use settings::{Settings, BATCH, IN_FLIGHT, MAX_IN_FLIGHT, REFUNDS, SIDE_BY_SIDE};
pub use supplemented::Supplemented;

use crate::error::PoolRefusal;
use anyhow::Result;
use counterfoil_primitives::{
    BusinessDay, Kind, MemberId, Moment, Reference, RefundRequest, Sequence, Trade, TradeRequest,
};
use refunds::Originals;

/// A payment or a refund ready to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Its id at its source.
    pub id: String,
    /// The trade, without a sequence; a refund's also without the parties' amounts, which follow from its
    /// original.
    pub trade: TradeRequest,
    /// The business day on which it occurred.
    pub day: BusinessDay,
    /// Of a refund, the id that its original has at its source.
    pub original: Option<String>,
}

impl Prepared {
    /// Whether it is a payment or a refund.
    pub const fn kind(&self) -> Kind {
        match self.original {
            None => Kind::Payment,
            Some(_) => Kind::Refund,
        }
    }
}

/// Trades that one call records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Batch {
    /// Payments.
    Payments(Vec<TradeRequest>),
    /// Refunds.
    Refunds(Vec<RefundRequest>),
}

/// What became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// This import recorded it.
    Recorded {
        /// Its sequence.
        sequence: Sequence,
        /// The day to which it is booked.
        day: BusinessDay,
    },
    /// It was recorded before.
    Known {
        /// Its sequence.
        sequence: Sequence,
        /// The day to which it is booked.
        day: BusinessDay,
    },
    /// An amendment recorded it.
    Supplemented {
        /// The day that holds it.
        day: BusinessDay,
        /// Its position on that day.
        position: u32,
    },
    /// It is not recorded as the file has it.
    Refused {
        /// Why.
        reason: NotRecorded,
    },
}

/// Why a client may have trades on chain or on their way of which its journal knows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The journal has given no sequence yet, and the client has used some.
    New,
    /// The client has used sequences that the journal, which is not new, never gave.
    Others {
        /// The highest that the journal gave.
        given: Sequence,
        /// The highest that the client has used, finalised.
        highest: Sequence,
    },
}

/// Why payments that are ready get into no block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldUp {
    /// The node's pool takes no more for now.
    ByThePool {
        /// Why, and what helps.
        reason: String,
    },
    /// The pool took batches, and blocks go by without them.
    InThePool {
        /// Blocks that became final meanwhile.
        blocks: u64,
    },
}

/// What an import is doing, for whoever watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The journal may lack trades of the client.
    Doubt(Doubt),
    /// The chain's pages are being searched for payments recorded before, or for the originals of refunds.
    Searching,
    /// Waiting until nothing that a lost journal sent can land.
    WaitingOutDoubt {
        /// How many blocks still have to become final.
        left: u64,
    },
    /// Payments wait for room on the chain.
    HeldUp(HeldUp),
    /// A number of payments of the file is done with.
    Done {
        /// Payments.
        payments: usize,
    },
}

/// What a client has recorded, by the finalised chain. Reading it takes no key, so a dry run needs no more
/// than this and [`Originals`].
#[allow(async_fn_in_trait)]
pub trait RecordedTrades {
    /// The client.
    fn client(&self) -> MemberId;

    /// The business day of a moment; none before the agreement's first.
    fn day_of(&self, moment: Moment) -> Option<BusinessDay>;

    /// The client's finalised trades booked to `from` and later days.
    async fn trades_since(&mut self, from: BusinessDay) -> Result<Vec<(BusinessDay, Trade)>>;

    /// The highest sequence that the client has used, finalised.
    async fn highest_sequence(&mut self) -> Result<Option<Sequence>>;

    /// The number of the finalised block.
    async fn final_block(&mut self) -> Result<u64>;

    /// The payments of the client that amendments recorded, finalised, by their references; `None` where none
    /// did.
    async fn supplemented(&mut self, references: &[Reference])
        -> Result<Vec<Option<Supplemented>>>;
}

/// The chain as an import records on it in the name of one client: how trades get there, and what becomes of
/// them on the way. What is there already is [`RecordedTrades`].
#[allow(async_fn_in_trait)]
pub trait TradeChain: RecordedTrades + Originals {
    /// The block at which the era ends of what is sent now: from there on it lands in none.
    async fn ends_at(&mut self) -> Result<u64>;

    /// Whether no trade of the client is known to be on its way.
    async fn is_quiet(&mut self) -> Result<bool>;

    /// What the finalised window shows of sequences.
    async fn usage(&mut self, sequences: &[Sequence]) -> Result<Vec<Usage>>;

    /// Sends batches whose era ends at the block `ends_at`, as [`Self::ends_at`] told it just
    /// before, side by side where the chain can. Tells of each whether the pool took it.
    async fn submit(&mut self, batches: Vec<Batch>, ends_at: u64) -> Vec<Result<(), PoolRefusal>>;

    /// Waits for the next finalised block, and tells what it and those before it hold that was
    /// not told before.
    async fn advance(&mut self) -> Result<News>;
}

/// What the window shows of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// Free.
    Unused,
    /// Used.
    Used,
    /// Below the window: it never lands any more, and may have before.
    Below,
}

/// What finalised blocks hold.
#[derive(Clone, Debug, Default)]
pub struct News {
    /// The number of the finalised block.
    pub finalized: u64,
    /// The client's trades.
    pub landed: Vec<(BusinessDay, Trade)>,
    /// The client's trades that were refused.
    pub refused: Vec<(Sequence, Refusal)>,
    /// Whether some of those blocks could not be read any more: what they hold is not told.
    pub gap: bool,
}

/// Why the chain refused a trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The sequence is used, or below the window.
    Sequence,
    /// The sequence is too far above the window; later it will do.
    TooFarAhead,
    /// What a refund was formed by has changed, for the reason in words; formed anew it may do.
    Meanwhile(String),
    /// An amendment recorded the payment.
    Supplemented,
    /// It comes later than the agreement takes it from its client.
    TooLate,
    /// The agreement has ended by the day that would take it: of a payment from before the end, it comes too
    /// late for its client; of a refund, the agreement has closed.
    Ended,
    /// The trade itself is not right.
    Trade(String),
}

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
