//! Refunds: which payment each is of, and what is sent for it.
//!
//! A file names a refund's original by the id that the payment has at its source. The chain wants its place,
//! and what was given back of it before; both are certain only of a payment that is final. So a refund
//! waits for its original, is formed by what the finalised chain shows then, and is formed anew where
//! that has changed before it lands, unless the refund is on chain itself by then.
//!
//! What a client recorded its successor refunds, too. It has neither file nor journal of such a payment, and
//! finds it on chain by the reference that the payment's id and its client's number make.
//!
//! Where an amendment replaced the payment that a file names, the refund is of the replacement.
//!
//! | module | what it does |
//! |---|---|
//! | `own_references` | makes a reference of its own for each refund |
//! | `recorded_refunds` | compares recorded refunds with the originals that the file names |
//! | `originals_in_file_and_journal` | finds a refund's original in the file and in the journal |
//! | `originals_searched_on_chain` | finds it on chain |
//! | `amended_originals` | follows it to what an amendment put in its place |
//! | `refund_to_send` | what is sent for a refund of a payment that stands somewhere |
//! | `refunds_in_dry_run` | what would become of refunds, without sending them |
//! | `refused_refunds_in_words` | why a refund is not recorded, in words |

mod amended_originals;
mod originals_in_file_and_journal;
mod originals_searched_on_chain;
mod own_references;
mod recorded_refunds;
mod refund_to_send;
mod refunds_in_dry_run;
mod refused_refunds_in_words;

pub use originals_in_file_and_journal::{Missing, Place};

pub(super) use amended_originals::{follow_amendments, is_spent, Known};
pub(super) use originals_in_file_and_journal::{Fate, Named, Places};
pub(super) use originals_searched_on_chain::search;
pub(super) use own_references::with_own_references;
pub(super) use recorded_refunds::{check_originals, recorded_refunds};
pub(super) use refund_to_send::{form, NotFormed};
pub(super) use refunds_in_dry_run::foresee_refunds;
pub(super) use refused_refunds_in_words::{node_behind, original_text, without_terms};

use anyhow::Result;
use counterfoil_primitives::{
    found_trade::Found, refund_check::NotRefundable, BusinessDay, Link, MemberId, ProductId,
    Reference, RefundRequest, Terms, Trade, TradeId,
};
use std::collections::BTreeSet;

/// A payment on the finalised chain, and what was given back of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its position on its day.
    pub position: u32,
    /// The trade, whose it is, and what was given back of it so far.
    pub found: Found,
}

/// What refunds of an agreement are formed by, as the finalised chain shows it.
#[allow(async_fn_in_trait)]
pub trait Originals {
    /// The clients that record under the agreement.
    fn clients(&self) -> Vec<MemberId>;

    /// The clients that this one succeeds by the agreement, ascending: it refunds what they recorded.
    fn predecessors(&self) -> Vec<MemberId>;

    /// Business days after a payment's until which a part of it may be given back.
    fn refund_days(&self) -> u16;

    /// The link of a refund to what was `found` on the place that it names; or why it may give back nothing
    /// of that.
    fn link(&self, refund: &RefundRequest, found: &Found) -> Result<Link, NotRefundable>;

    /// The first day of the agreement and the last one that may hold trades.
    async fn days(&mut self) -> Result<(BusinessDay, BusinessDay)>;

    /// The trades of a day, of whatever client, that have one of these references, with their positions.
    async fn trades_with(
        &mut self,
        day: BusinessDay,
        references: &BTreeSet<Reference>,
    ) -> Result<Vec<(u32, Trade)>>;

    /// How trades of days stand, all by the same block; `None` where a day does not have the trade.
    async fn standings(&mut self, wanted: &[Place]) -> Result<Vec<Option<Standing>>>;

    /// The links of trades that are booked to days, to the payments from which their amounts follow; `None`
    /// where a day does not have the trade, or that has no link.
    async fn links_of(&mut self, trades: &[(BusinessDay, TradeId)]) -> Result<Vec<Option<Link>>>;

    /// A version of a product's terms.
    async fn terms_of(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>>;
}
