//! The journal by itself; with a chain it is tested in `import`.

use super::{default_path::state_folder, *};
use counterfoil_primitives::{BusinessDay, Reference, TradeRequest, UserId};

mod opening;
mod refunds;

const GENESIS: H256 = H256::repeat_byte(7);

fn trade(gross: u128) -> TradeRequest {
    TradeRequest {
        sequence: 0,
        reference: Reference([gross as u8; 16]),
        user: UserId::default(),
        product: 1,
        gross,
        debit: gross,
        credit: 0,
        occurred_at: 5,
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn open(folder: &tempfile::TempDir) -> Result<Journal> {
    Journal::open(&folder.path().join("a/journal"), GENESIS, 1)
}

#[test]
fn a_journal_lies_where_the_user_keeps_the_state_of_programs() {
    let below = |state: Option<&str>, home: Option<&str>| {
        state_folder(state.map(Into::into), home.map(Into::into))
    };
    let folder = |path: &str| Some(PathBuf::from(path));
    assert_eq!(below(Some("/s"), Some("/h")), folder("/s"));
    for unset in [None, Some("")] {
        assert_eq!(below(unset, Some("/h")), folder("/h/.local/state"));
        assert_eq!(below(unset, None), None);
    }
}

#[test]
fn a_payment_keeps_its_sequence_over_openings() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let sent = journal
        .send(1, &[("a", trade(1)), ("b", trade(2))], 0, 100)
        .unwrap();
    assert_eq!([sent[0].sequence, sent[1].sequence], [1, 2]);
    drop(journal);

    let journal = open(&folder).unwrap();
    let sent = journal
        .send(1, &[("b", trade(3)), ("c", trade(4))], 0, 200)
        .unwrap();
    assert_eq!([sent[0].sequence, sent[1].sequence], [2, 3]);
    let line = journal.line(1, "b").unwrap().unwrap();
    assert_eq!(line.state, State::Sent { ends_at: 200 });
    assert_eq!(line.trade.gross, 3);
}

#[test]
fn sequences_begin_above_what_the_chain_has_seen() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    assert_eq!(journal.next().unwrap(), None);
    let sent = journal.send(1, &[("a", trade(1))], 50, 100).unwrap();
    assert_eq!(sent[0].sequence, 50);
    assert_eq!(journal.next().unwrap(), Some(51));
}

#[test]
fn a_payment_of_another_agreement_is_another_payment() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let first = journal.send(1, &[("a", trade(1))], 0, 100).unwrap();
    let second = journal.send(2, &[("a", trade(1))], 0, 100).unwrap();
    assert_ne!(first[0].sequence, second[0].sequence);
}

#[test]
fn another_sequence_is_given_only_when_asked_for() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("a", trade(1))], 0, 100).unwrap();
    let anew = journal.send_anew(1, &[("a", trade(1))], 0, 100).unwrap();
    assert_eq!(anew[0].sequence, 2);
}

#[test]
fn sequences_fall_back_when_asked_and_to_none_below_the_first() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("a", trade(1))], 500, 100).unwrap();
    journal.fall_back(7).unwrap();
    let sent = journal.send(1, &[("b", trade(1))], 0, 100).unwrap();
    assert_eq!(sent[0].sequence, 7);
    journal.fall_back(0).unwrap();
    assert_eq!(journal.next().unwrap(), Some(1));
}

#[test]
fn payments_above_the_sequence_that_is_fallen_back_to_are_forgotten() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("low", trade(1))], 6, 100).unwrap();
    journal.send(1, &[("high", trade(1))], 7, 100).unwrap();
    journal.fall_back(7).unwrap();
    assert!(journal.line(1, "low").unwrap().is_some());
    assert!(journal.line(1, "high").unwrap().is_none());
}

#[test]
fn the_last_end_is_that_of_all_that_was_sent() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    assert_eq!(journal.last_end().unwrap(), 0);
    journal.send(1, &[("a", trade(1))], 0, 300).unwrap();
    journal.send(1, &[("b", trade(1))], 0, 200).unwrap();
    assert_eq!(journal.last_end().unwrap(), 300);
}

/// Until when the payment "a" may land, by the journal.
fn end_of_a(journal: &Journal) -> Option<u64> {
    journal.line(1, "a").unwrap().unwrap().state.ends_at()
}

#[test]
fn a_payment_that_is_sent_again_by_a_node_that_lags_keeps_its_later_end() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    for (ends_at, expected) in [(300, 300), (200, 300), (400, 400)] {
        journal.send(1, &[("a", trade(1))], 0, ends_at).unwrap();
        assert_eq!(end_of_a(&journal), Some(expected));
    }
    // What has another sequence is another transaction.
    journal.send_anew(1, &[("a", trade(1))], 0, 350).unwrap();
    assert_eq!(end_of_a(&journal), Some(350));
}

#[test]
fn a_refusal_does_not_bring_the_end_forward_of_what_was_sent() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let sent = journal.send(1, &[("a", trade(1))], 0, 300).unwrap();
    let refused = |ends_at| {
        let state = State::Refused {
            reason: "too much".into(),
            ends_at,
        };
        Line::of_payment(sent[0], state)
    };
    for (ends_at, expected) in [(200, 300), (400, 400)] {
        journal.settle(1, [("a", refused(ends_at))]).unwrap();
        assert_eq!(end_of_a(&journal), Some(expected));
    }
}

#[test]
fn what_is_recorded_lands_no_more() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let sent = journal.send(1, &[("a", trade(1))], 0, 300).unwrap();
    let state = State::Recorded {
        day: BusinessDay(3),
    };
    let trade = sent[0];
    journal
        .settle(1, [("a", Line::of_payment(trade, state))])
        .unwrap();
    assert_eq!(end_of_a(&journal), None);
}

#[test]
fn what_an_amendment_recorded_keeps_its_place_and_lands_no_more() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let sent = journal.send(1, &[("a", trade(1))], 0, 300).unwrap();
    let state = State::Supplemented {
        day: BusinessDay(3),
        position: 7,
    };
    let line = Line::of_payment(sent[0], state);
    journal.settle(1, [("a", line.clone())]).unwrap();
    assert_eq!(journal.line(1, "a").unwrap(), Some(line));
    assert_eq!(end_of_a(&journal), None);
}

#[test]
fn payments_with_the_same_id_under_other_agreements_are_told() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    for (agreement, payment) in [(1, "a"), (1, "b"), (5, "b"), (9, "c")] {
        let named = [(payment, trade(1))];
        journal.send(agreement, &named, 0, 100).unwrap();
    }
    let elsewhere = |agreement| journal.elsewhere(agreement, ["a", "b", "c", "d"]).unwrap();
    assert_eq!(elsewhere(1), [("b", 5), ("c", 9)]);
    assert_eq!(elsewhere(5), [("a", 1), ("b", 1), ("c", 9)]);
    assert_eq!(elsewhere(7), [("a", 1), ("b", 1), ("c", 9)]);
}

#[test]
fn an_empty_journal_has_no_payment_under_another_agreement() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    assert!(journal.elsewhere(1, ["a"]).unwrap().is_empty());
}

#[test]
fn a_trade_found_on_chain_moves_the_next_sequence_up() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let found = TradeRequest {
        sequence: 9,
        ..trade(1)
    };
    let state = State::Recorded {
        day: BusinessDay(3),
    };
    let line = Line::of_payment(found, state);
    journal.settle(1, [("a", line.clone())]).unwrap();
    assert_eq!(journal.line(1, "a").unwrap(), Some(line));
    assert_eq!(journal.next().unwrap(), Some(10));
}

#[test]
fn recorded_sequences_are_known_whatever_their_agreement() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("sent", trade(1))], 0, 100).unwrap();
    let trade = TradeRequest {
        sequence: 9,
        ..trade(2)
    };
    let state = State::Recorded {
        day: BusinessDay(3),
    };
    journal
        .settle(2, [("a", Line::of_payment(trade, state))])
        .unwrap();
    let recorded = journal.recorded_among(&[1, 8, 9]).unwrap();
    assert_eq!(recorded, [9].into());
}

#[test]
fn doubt_lasts_until_it_is_taken_back() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.set_doubtful_until(Some(5)).unwrap();
    drop(journal);
    let journal = open(&folder).unwrap();
    assert_eq!(journal.doubtful_until().unwrap(), Some(5));
    journal.set_doubtful_until(None).unwrap();
    assert_eq!(journal.doubtful_until().unwrap(), None);
}

#[test]
fn a_line_that_was_written_without_kinds_is_of_a_payment() {
    let state = State::Sent { ends_at: 7 };
    let old = (trade(1), state.clone()).encode();
    let read: Line = decoded(&old).unwrap();
    assert_eq!(read, Line::of_payment(trade(1), state));
}
