//! Call weights, put together from what was measured of their parts.
//!
//! What a call does shows in storage alone. So it is charged for the most that any such call can do, and gets
//! back what it did not use.

use crate::{
    booking_steps::{MAX_STEP_REPLACED, MAX_STEP_TRADES},
    named_trades::MAX_LOOKED_UP,
    propose::pages_read,
    types::ProposalSize,
    Config, WeightInfo,
};
use counterfoil_primitives::amendment::{Content, MAX_CORRECTIONS, MAX_PAGES, MAX_SUPPLEMENTS};
use frame_support::{
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    traits::Get,
    weights::Weight,
};
use sp_runtime::DispatchError;

/// Reads that find the client of a trade that an amendment booked: its link, and for whom either it or its
/// payment was booked.
const READS_OF_CLIENT: u64 = 3;

/// The maximum weight of proposing a content.
pub(crate) fn max_propose<T: Config>(content: &Content) -> Weight {
    let size = match content {
        Content::Cancel { .. } => ProposalSize {
            pages: pages_read(content).min(MAX_PAGES),
            looked_up: MAX_LOOKED_UP,
            ..Default::default()
        },
        Content::Replace { corrections, .. } => ProposalSize {
            pages: pages_read(content).min(MAX_PAGES),
            corrections: corrections.len() as u32,
            looked_up: MAX_LOOKED_UP,
            ..Default::default()
        },
        Content::Supplement { payments } => ProposalSize {
            missing: payments.len() as u32,
            ..Default::default()
        },
    };
    proposed::<T>(size)
}

/// The weight of a proposal of this size.
pub(crate) fn proposed<T: Config>(size: ProposalSize) -> Weight {
    let ProposalSize {
        pages,
        corrections,
        missing,
        looked_up,
    } = size;
    if missing > 0 {
        return T::WeightInfo::propose_missing(missing);
    }
    let of_corrections = match corrections {
        0 => Weight::zero(),
        _ => T::WeightInfo::propose_corrections(corrections),
    };
    T::WeightInfo::propose(pages)
        .saturating_add(of_corrections)
        .saturating_add(T::DbWeight::get().reads(READS_OF_CLIENT * u64::from(looked_up)))
}

/// An error of a proposal by whom none is taken, with what such a call costs: it looks at the caller, the
/// agreement and the proposals that wait.
pub(crate) fn refused_to_propose<T: Config>(error: DispatchError) -> DispatchErrorWithPostInfo {
    error.with_weight(T::WeightInfo::propose(0))
}

/// An error of a call on a proposal, with what such a call costs: it looks at the caller, the agreement, the
/// proposal and at most its content.
pub(crate) fn refused<T: Config, E: Into<DispatchError>>(error: E) -> DispatchErrorWithPostInfo {
    error.with_weight(T::WeightInfo::lapse(0))
}

/// The maximum weight of an answer: the one that rejects frees what was named.
pub(crate) fn max_answer<T: Config>(accepts: bool) -> Weight {
    match accepts {
        true => answered::<T>(),
        false => answered::<T>().saturating_add(max_close::<T>()),
    }
}

/// The weight of an answer, without what it frees.
pub(crate) fn answered<T: Config>() -> Weight {
    T::WeightInfo::answer()
}

/// The maximum weight of what frees what a proposal named.
pub(crate) fn max_close<T: Config>() -> Weight {
    T::WeightInfo::lapse(MAX_PAGES).max(T::WeightInfo::lapse_missing(MAX_SUPPLEMENTS))
}

/// The maximum weight of a withdrawal.
pub(crate) fn max_withdraw<T: Config>() -> Weight {
    max_close::<T>().saturating_add(writes_of_withdrawal::<T>())
}

/// The weight of a withdrawal, which freed this.
pub(crate) fn withdrawn<T: Config>(freed: ProposalSize) -> Weight {
    closed::<T>(freed).saturating_add(writes_of_withdrawal::<T>())
}

/// What a withdrawal removes beside the proposal: its content, and its place among those that wait. A lapse
/// leaves both to the claim.
fn writes_of_withdrawal<T: Config>() -> Weight {
    T::DbWeight::get().writes(2)
}

/// The maximum weight of a lapse.
pub(crate) fn max_lapse<T: Config>() -> Weight {
    max_close::<T>().saturating_add(reads_of_end::<T>())
}

/// The weight of a lapse, which freed this.
pub(crate) fn lapsed<T: Config>(freed: ProposalSize) -> Weight {
    closed::<T>(freed).saturating_add(reads_of_end::<T>())
}

/// What it weighs to read whether the agreement has closed. A lapse was measured of open proposals, which do
/// not ask.
fn reads_of_end<T: Config>() -> Weight {
    T::DbWeight::get().reads(1)
}

/// The weight of a proposal's end, which freed this.
pub(crate) fn closed<T: Config>(freed: ProposalSize) -> Weight {
    match freed.missing {
        0 => T::WeightInfo::lapse(freed.pages),
        missing => T::WeightInfo::lapse_missing(missing),
    }
}

/// The maximum weight of a step, which may be the last.
pub(crate) fn max_book<T: Config>() -> Weight {
    let of_trades = T::WeightInfo::book_cancel(MAX_STEP_TRADES)
        .max(T::WeightInfo::book_replace(MAX_STEP_REPLACED))
        .saturating_add(T::WeightInfo::lapse(MAX_PAGES));
    // The end of a supplement frees nothing.
    let of_missing =
        T::WeightInfo::book_missing(MAX_STEP_TRADES).saturating_add(T::WeightInfo::lapse(0));
    of_trades.max(of_missing)
}

/// The weight of a step that went through this many items, without the proposal's end.
pub(crate) fn booked<T: Config>(content: &Content, items: u32) -> Weight {
    match content {
        Content::Cancel { .. } => T::WeightInfo::book_cancel(items),
        Content::Replace { .. } => T::WeightInfo::book_replace(items),
        Content::Supplement { .. } => T::WeightInfo::book_missing(items),
    }
}

/// The maximum weight of any proposal.
pub(crate) fn max_any_proposal<T: Config>() -> Weight {
    let of_trades = ProposalSize {
        pages: MAX_PAGES,
        corrections: MAX_CORRECTIONS,
        missing: 0,
        looked_up: MAX_LOOKED_UP,
    };
    proposed::<T>(of_trades).max(T::WeightInfo::propose_missing(MAX_SUPPLEMENTS))
}
