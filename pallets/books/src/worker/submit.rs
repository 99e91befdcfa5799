//! Sends commitments and confirmations. Success is what the chain shows: until it does, the call
//! is sent again every now and then.

use super::{Book, LOG};
use crate::{commitments, Call, Config};
use codec::Encode;
use counterfoil_primitives::{ports::DayTrades, store::BookState, Commitment};
use counterfoil_support::{
    submit::{submit, Submitted},
    worker_lock,
};

/// How long a call that was sent is not sent again, in milliseconds: finality lags by some blocks.
const PAUSE_MS: u64 = 20_000;

/// What a frozen book is committed to with.
pub fn commitment_of<T: Config>(book: &Book, state: &BookState) -> Commitment {
    let (agreement, day, side) = (book.id.agreement, book.id.day, book.id.side);
    Commitment::from_page_roots(
        &T::Trades::place(agreement, day, side),
        state.slots,
        state.extras,
        state.slots_page_roots.iter().copied(),
        state.extras_page_roots.iter().copied(),
        state.total,
    )
}

/// Commits to a frozen book.
pub fn commit<T: Config>(book: &Book, state: &BookState) {
    let (agreement, day, side) = (book.id.agreement, book.id.day, book.id.side);
    let commitment = commitment_of::<T>(book, state);
    if commitments::was_rejected::<T>(agreement, day, side, &commitment) {
        log::debug!(
            target: LOG,
            "The book of {:?} is the one that was rejected.",
            book.id
        );
        return;
    }
    if commitments::ensure_committable::<T>(book.party, agreement, day, side, &commitment).is_ok() {
        let call = Call::commit {
            agreement,
            day,
            side,
            commitment,
        };
        send::<T>(book, "books.commit", call);
    }
}

/// Confirms that a book was repaired.
pub fn confirm_repair<T: Config>(book: &Book) {
    let (agreement, day, side) = (book.id.agreement, book.id.day, book.id.side);
    let Some(commitment) = T::Trades::chain_commitment(agreement, day, side) else {
        return;
    };
    let call = Call::confirm_repair {
        agreement,
        day,
        side,
        commitment,
    };
    send::<T>(book, "books.confirm_repair", call);
}

fn send<T: Config>(book: &Book, name: &str, call: Call<T>) {
    let key = (b"counterfoil/book-sent", name, book.id).encode();
    let Some(sent) = worker_lock::try_take::<PAUSE_MS>(&key) else {
        return;
    };
    if submit::<T, _>(book.party, name, call) == Submitted::Taken {
        // Kept locked until the pause is over.
        sent.forget();
    }
}
