//! The anti-replay window in storage. Its rules are tested where they are defined.

use crate::{
    mock::{self, *},
    Event, Refusal, WindowChunks, Windows,
};
use counterfoil_primitives::{
    ports::DayTrades,
    window::{ring_slot, CHUNK_BITS, WIDTH},
    Sequence,
};

/// Records one trade. Returns why it was refused.
fn outcome(sequence: Sequence) -> Option<Refusal> {
    mock::outcome(trade(sequence)).err()
}

#[test]
fn a_used_sequence_is_refused() {
    build_and_execute(|| {
        assert_eq!(outcome(7), None);
        assert_eq!(outcome(7), Some(Refusal::SequenceUsed));
        assert_eq!(outcome(8), None);
    });
}

#[test]
fn a_sequence_twice_in_a_batch_is_taken_once() {
    build_and_execute(|| {
        record(trades([3, 3]));
        assert_eq!(sequences(FIRST), [3]);
        let refused = Event::TradeRefused {
            agreement: AGREEMENT,
            client: CLIENT,
            sequence: 3,
            reference: trade(3).reference,
            reason: Refusal::SequenceUsed,
        };
        assert!(events().contains(&refused));
    });
}

#[test]
fn a_sequence_beyond_the_reach_is_refused() {
    build_and_execute(|| {
        assert_eq!(outcome(WIDTH + 1), Some(Refusal::SequenceAboveWindow));
        assert_eq!(outcome(WIDTH), None);
        assert_eq!(outcome(2 * WIDTH + 1), Some(Refusal::SequenceAboveWindow));
        assert_eq!(outcome(2 * WIDTH), None);
    });
}

#[test]
fn a_sequence_below_the_window_is_refused() {
    build_and_execute(|| {
        assert_eq!(outcome(WIDTH), None);
        assert_eq!(outcome(CHUNK_BITS - 1), Some(Refusal::SequenceBelowWindow));
        assert_eq!(outcome(CHUNK_BITS), None);
    });
}

#[test]
fn a_batch_may_push_its_own_later_trades_below_the_window() {
    build_and_execute(|| {
        record(trades([WIDTH, 5, CHUNK_BITS]));
        assert_eq!(sequences(FIRST), [WIDTH, CHUNK_BITS]);
    });
}

#[test]
fn a_chunk_is_taken_over_by_the_one_a_width_above() {
    build_and_execute(|| {
        assert_eq!(outcome(5), None);
        assert_eq!(outcome(WIDTH), None);
        let slot = ring_slot(0);
        let chunk = WindowChunks::<Test>::get(CLIENT, slot).unwrap();
        assert_eq!(chunk.index, WIDTH / CHUNK_BITS);
        // What was used in the old chunk is free in the new one.
        assert_eq!(outcome(WIDTH + 5), None);
    });
}

#[test]
fn a_takeover_within_a_batch_is_as_one_by_one() {
    build_and_execute(|| {
        record(trades([5, WIDTH, WIDTH + 5, WIDTH, 5]));
        assert_eq!(sequences(FIRST), [5, WIDTH, WIDTH + 5]);
    });
}

#[test]
fn the_highest_sequence_is_kept() {
    build_and_execute(|| {
        record(trades([9, 4]));
        assert_eq!(Windows::<Test>::get(CLIENT), Some(9));
        record(trades([6]));
        assert_eq!(Windows::<Test>::get(CLIENT), Some(9));
    });
}

#[test]
fn others_are_told_which_sequences_are_used() {
    build_and_execute(|| {
        assert_eq!(Trades::is_used(CLIENT, 0), Some(false));
        record(trades([WIDTH]));
        assert_eq!(Trades::is_used(CLIENT, WIDTH), Some(true));
        assert_eq!(Trades::is_used(CLIENT, WIDTH - 1), Some(false));
        assert_eq!(Trades::is_used(CLIENT, 3 * WIDTH), Some(false));
        assert_eq!(Trades::is_used(CLIENT, 0), None);
        assert_eq!(Trades::is_used(OTHER_CLIENT, 0), Some(false));
    });
}
