//! Amendments: what puts a false record right, agreed by bank and company.
//!
//! A sealed day never changes. What was recorded falsely is taken back, and stated right, by trades of
//! their own on the current day, as bookkeepers do: a red entry that cancels, a blue one that states it
//! right.
//!
//! | module | what it holds |
//! |---|---|
//! | [`selection`] | which trades of a day are to be amended |
//! | [`content`] | what is to be booked: of selected trades, by corrections, of what was not recorded |
//! | [`proposal`] | a proposal, and how far it is |
//! | [`ground`] | why a record is to be amended |
//! | [`answers_and_verdict`] | what the institutions say to a proposal, and what that comes to |
//! | [`room_for_proposals`] | how many proposals may wait, and of whom |
//! | [`fingerprint`] | what names a proposal's content, so that an answer fits no other |
//! | [`booked_items`] | the trades that an amendment books, one item after the other |
//! | [`fallen_out`] | why an item falls out, though both institutions agreed |

pub mod answers_and_verdict;
pub mod booked_items;
pub mod content;
pub mod fallen_out;
pub mod fingerprint;
pub mod ground;
pub mod proposal;
pub mod room_for_proposals;
pub mod selection;

pub use answers_and_verdict::{Answers, Verdict};
pub use booked_items::{Booked, Item, NotBooked};
pub use content::{Content, Correction, MissingPayment, MAX_CORRECTIONS, MAX_SUPPLEMENTS};
pub use fallen_out::FallenOut;
pub use ground::Ground;
pub use proposal::{Progress, Proposal, Standing, Unresolved};
pub use room_for_proposals::Room;
pub use selection::{PageSpan, Selection, Span, MAX_PAGES, MAX_POSITIONS, MAX_SPANS};

use crate::{MemberId, TradeId};

/// The client in the ids of trades that amendments book. No member has this number. Their sequences are
/// counted from 1 for the whole chain.
pub const AMENDMENTS: MemberId = 0;

impl TradeId {
    /// Whether an amendment booked the trade of this id.
    pub const fn is_of_amendment(&self) -> bool {
        self.client == AMENDMENTS && self.sequence > 0
    }
}
