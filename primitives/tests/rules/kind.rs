//! The kinds of trades: their names, and what is picked for them.

use crate::samples::trade;
use counterfoil_primitives::{Kind, Side, Trade};

#[test]
fn a_kind_picks_what_belongs_to_it() {
    assert_eq!(Kind::Payment.pick("paid", "given back"), "paid");
    assert_eq!(Kind::Refund.pick("paid", "given back"), "given back");
}

#[test]
fn both_kinds_stand_in_the_order_of_what_is_picked_from() {
    assert_eq!(Kind::BOTH.map(|kind| kind.pick(0, 1)), [0, 1]);
    assert_eq!(Kind::BOTH.map(Kind::other), [Kind::Refund, Kind::Payment]);
}

#[test]
fn a_kind_has_the_name_that_people_write() {
    assert_eq!(Kind::BOTH.map(Kind::name), ["payment", "refund"]);
}

#[test]
fn a_kind_is_found_by_its_name() {
    for kind in Kind::BOTH {
        assert_eq!(Kind::from_name(kind.name()), Some(kind));
    }
}

#[test]
fn no_kind_is_found_by_another_name() {
    for name in ["", "Refund", "refund ", "refunds", "chargeback"] {
        assert_eq!(Kind::from_name(name), None, "{name:?}");
    }
}

#[test]
fn both_halves_of_a_trade_have_its_kind() {
    for kind in Kind::BOTH {
        let trade = Trade { kind, ..trade() };
        for side in Side::BOTH {
            assert_eq!(trade.entry(side).kind, kind);
        }
    }
}
