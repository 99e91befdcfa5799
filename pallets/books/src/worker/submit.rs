//! Sends commitments and confirmations. Success is what the chain shows: until it does, the call
//! is sent again every now and then.

use super::{Book, LOG};
use crate::{commitments, replaced_commitment, Call, Commitments, Config};
use codec::Encode;
use counterfoil_primitives::{
    book_storage::BookState,
    ports::{ConfirmRepair, DayTrades},
    Commitment,
};
use counterfoil_support::{
    submit::{submit, Submitted},
    worker_lock,
};

/// How long a call that was sent is not sent again, in milliseconds: finality lags by some blocks.
const PAUSE_MS: u64 = 20_000;

/// What a frozen book is committed to with.
pub fn commitment_of<T: Config>(book: &Book, state: &BookState) -> Commitment {
    Commitment::from_page_roots(
        &T::Trades::place(book.side_id),
        state.slots,
        state.extras,
        state.slots_page_roots.iter().copied(),
        state.extras_page_roots.iter().copied(),
        state.totals,
    )
}

/// Whether a frozen book is to be committed to: no commitment of the round stands, or another one that may
/// still be replaced.
pub fn is_due<T: Config>(book: &Book, state: &BookState) -> bool {
    let (side_id, round) = (book.side_id, book.round::<T>());
    Commitments::<T>::get(side_id, round).is_none_or(|standing| {
        replaced_commitment::may_replace::<T>(side_id, round)
            && standing != commitment_of::<T>(book, state)
    })
}

/// Commits to a frozen book, in the round that is awaited or stands.
pub fn commit<T: Config>(book: &Book, state: &BookState) {
    let (side_id, round) = (book.side_id, book.round::<T>());
    let replacement = replaced_commitment::next_replacement::<T>(side_id, round);
    let commitment = commitment_of::<T>(book, state);
    if commitments::was_rejected::<T>(side_id, round, &commitment) {
        log::debug!(
            target: LOG,
            "The book of {side_id} is the one that was rejected."
        );
        return;
    }
    let number = (round, replacement);
    if let Err(error) =
        commitments::ensure_committable::<T>(book.party, side_id, number, &commitment)
    {
        log::debug!(
            target: LOG,
            "The book of {side_id} is frozen, but the chain would not take its commitment: {error:?}."
        );
        return;
    }
    let call = Call::<T>::commit {
        agreement: side_id.agreement,
        day: side_id.day,
        side: side_id.side,
        round,
        replacement,
        commitment,
    };
    let name = "books.commit";
    send(book, name, || {
        submit::<T, _>(book.party, name, call) == Submitted::Taken
    });
}

/// Confirms that a book was repaired.
pub fn confirm_repair<T: Config>(book: &Book) {
    let Some(commitment) = T::Trades::chain_commitment(book.side_id) else {
        return;
    };
    send(book, "reconciliation.confirm_repair", || {
        T::Repair::submit_confirm_repair(book.party, book.side_id, commitment)
    });
}

/// Sends a call by `hand_in`, which returns whether the pool took it, unless it was sent just before.
fn send(book: &Book, name: &str, hand_in: impl FnOnce() -> bool) {
    let key = (b"counterfoil/book-sent", name, book.side_id).encode();
    let Some(sent) = worker_lock::try_take::<PAUSE_MS>(&key) else {
        return;
    };
    if hand_in() {
        // Kept locked until the pause is over.
        sent.forget();
    }
}
