//! Users as text, and the halves of a trade.

use crate::samples::trade;
use counterfoil_primitives::{Side, TradeId, TradeRequest, UserId};
use proptest::prelude::*;

#[test]
fn a_user_is_up_to_sixteen_bytes_of_text() {
    assert!(UserId::from_text("0123456789abcdef").is_some());
    assert_eq!(UserId::from_text("0123456789abcdefg"), None);
    assert_eq!(UserId::from_text("nine of ěščřžýá"), None);
}

#[test]
fn a_user_holds_no_zero() {
    assert_eq!(UserId::from_text("a\0b"), None);
    assert_eq!(UserId(*b"a\0b\0\0\0\0\0\0\0\0\0\0\0\0\0").as_text(), None);
}

#[test]
fn a_user_is_read_as_people_write_payers() {
    for text in ["", "C  1", " C1", "\u{3000}", "\u{2126}", "Nova\u{301}k"] {
        assert_eq!(UserId::from_text(text), None, "{text:?}");
    }
    assert_eq!(UserId(*b"C  1\0\0\0\0\0\0\0\0\0\0\0\0").as_text(), None);
    assert_eq!(
        UserId(*b"C 1\0\0\0\0\0\0\0\0\0\0\0\0\0").as_text(),
        Some("C 1")
    );
}

#[test]
fn bytes_that_are_no_text_are_shown_as_none() {
    assert_eq!(UserId([0xFF; 16]).as_text(), None);
}

#[test]
fn a_request_becomes_the_trade_of_the_client_that_records_it() {
    let trade = trade();
    let request = TradeRequest {
        sequence: trade.id.sequence,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        gross: trade.gross,
        debit: trade.debit,
        credit: trade.credit,
        occurred_at: trade.occurred_at,
    };
    assert_eq!(request.into_trade(1, 2), trade);
    let other = TradeId {
        client: 5,
        ..trade.id
    };
    assert_eq!(request.into_trade(5, 2).id, other);
}

#[test]
fn the_halves_of_a_trade_differ_in_the_amount_alone() {
    let trade = trade();
    let debit = trade.entry(Side::Debit);
    let mut credit = trade.entry(Side::Credit);
    assert_eq!(debit.amount, trade.debit);
    assert_eq!(credit.amount, trade.credit);
    credit.amount = debit.amount;
    assert_eq!(credit, debit);
}

proptest! {
    #[test]
    fn the_text_of_a_user_comes_back(text in "[^\0]{0,16}") {
        if let Some(user) = UserId::from_text(&text) {
            prop_assert_eq!(user.as_text(), Some(text.as_str()));
        }
    }
}
