//! What is read of a client's sequences.

use super::*;
use counterfoil_primitives::window::{MAX_ASKED, WIDTH};

#[test]
fn the_highest_sequence_of_a_client_is_read() {
    on_development_chain(|| {
        assert_eq!(views::highest_sequence(EVE), None);
        record_from(3, &[1, 2]);
        record(&[3]);
        assert_eq!(views::highest_sequence(EVE), Some(4));
        assert_eq!(views::highest_sequence(1), None);
    });
}

#[test]
fn of_each_sequence_it_is_read_whether_the_client_used_it() {
    on_development_chain(|| {
        record(&[1, 2]);
        let used = <Runtime as CounterfoilApi<Block>>::used_sequences;
        let of_three = Some(vec![Some(false), Some(true), Some(true)]);
        assert_eq!(used(EVE, vec![2, 0, 1]), of_three);
        assert_eq!(used(EVE, vec![]), Some(vec![]));
        assert_eq!(used(1, vec![0]), Some(vec![Some(false)]));
        record_from(WIDTH, &[3]);
        let around = Some(vec![None, Some(true)]);
        assert_eq!(used(EVE, vec![0, WIDTH]), around, "0 is below the window");
    });
}

#[test]
fn more_sequences_than_one_call_takes_have_no_answer() {
    on_development_chain(|| {
        let asked = |count| <Runtime as CounterfoilApi<Block>>::used_sequences(EVE, vec![0; count]);
        assert_eq!(asked(MAX_ASKED), Some(vec![Some(false); MAX_ASKED]));
        assert_eq!(asked(MAX_ASKED + 1), None);
    });
}
