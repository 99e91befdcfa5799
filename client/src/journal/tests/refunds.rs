//! Refunds in the journal.

use super::*;
use counterfoil_primitives::{refund::Original, Kind, RefundRequest, TradeId};

fn refund(gross: u128) -> RefundRequest {
    let TradeRequest {
        sequence,
        reference,
        user,
        product,
        debit,
        credit,
        occurred_at,
        ..
    } = trade(gross);
    RefundRequest {
        sequence,
        reference,
        user,
        product,
        original: Original {
            id: TradeId {
                client: 1,
                sequence: 9,
            },
            day: BusinessDay(2),
            position: 5,
        },
        refunded_before: 0,
        gross,
        debit,
        credit,
        occurred_at,
    }
}

#[test]
fn a_refund_takes_its_sequence_from_the_same_numbers_and_keeps_its_kind_and_original() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("a", trade(1))], 0, 100).unwrap();
    let sent = journal.send(1, &[("b", refund(1))], 0, 100).unwrap();
    assert_eq!(sent[0].sequence, 2);
    drop(journal);
    let line = open(&folder).unwrap().line(1, "b").unwrap().unwrap();
    assert_eq!(line.kind, Kind::Refund);
    assert_eq!(line.original, Some(refund(1).original));
    assert_eq!(line.trade, trade_of(&sent[0]));
}

#[test]
fn a_refund_that_is_recorded_keeps_the_original_that_it_was_sent_for() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    let sent = journal.send(1, &[("b", refund(1))], 0, 100).unwrap();
    let found = Line::of_trade(&sent[0].into_trade(1, 0), BusinessDay(3));
    assert_eq!(found.original, None);
    journal.settle(1, [("b", found)]).unwrap();
    let line = journal.line(1, "b").unwrap().unwrap();
    assert_eq!(line.kind, Kind::Refund);
    assert_eq!(line.original, Some(refund(1).original));
}

#[test]
fn a_line_that_is_cut_off_is_no_line() {
    let whole = refund(1).line(State::Sent { ends_at: 7 }).encode();
    assert!(decoded::<Line>(&whole).is_ok());
    assert!(decoded::<Line>(&whole[..whole.len() - 1]).is_err());
}
