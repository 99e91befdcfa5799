//! Trades, their links, and sums of them.

use super::amount;
use codec::Encode;
use counterfoil_primitives::{
    BusinessDay, DayTotals, Kind, KindTotals, Link, Original, Reference, Relation, SideTotals,
    Trade, TradeId, UserId,
};

/// The encoding of the id of client 0x01020304 and sequence 0x1112131415161718.
const ID_BYTES: [u8; 12] = [4, 3, 2, 1, 0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11];

const ID: TradeId = TradeId {
    client: 0x0102_0304,
    sequence: 0x1112_1314_1516_1718,
};

fn trade(kind: Kind) -> Trade {
    Trade {
        id: ID,
        kind,
        reference: Reference([0x21; 16]),
        user: UserId([0x31; 16]),
        product: 0x4142_4344,
        gross: 0x5152,
        debit: 0x6162,
        credit: 0x7172,
        occurred_at: 0x8182_8384_8586_8788,
        terms_version: 0x9192,
    }
}

fn trade_bytes(kind: u8) -> Vec<u8> {
    [
        &ID_BYTES[..],
        &[kind],
        &[0x21; 16],
        &[0x31; 16],
        &[0x44, 0x43, 0x42, 0x41],
        &amount(0x5152),
        &amount(0x6162),
        &amount(0x7172),
        &[0x88, 0x87, 0x86, 0x85, 0x84, 0x83, 0x82, 0x81],
        &[0x92, 0x91],
    ]
    .concat()
}

/// A change needs a migration: pages of days hold trades.
#[test]
fn a_payment_is_encoded_as_its_fields() {
    assert_eq!(trade(Kind::Payment).encode(), trade_bytes(0));
}

/// A change needs a migration: pages of days hold trades.
#[test]
fn a_refund_is_encoded_as_its_fields() {
    assert_eq!(trade(Kind::Refund).encode(), trade_bytes(1));
}

/// A change needs a migration: links are kept beside the pages.
#[test]
fn a_link_is_encoded_as_its_fields() {
    let relations = [
        Relation::Refund,
        Relation::Cancellation,
        Relation::UndoneRefund,
        Relation::UndoneCancellation,
        Relation::Replacement,
    ];
    for (index, relation) in (0u8..).zip(relations) {
        let link = Link {
            relation,
            original: Original {
                id: ID,
                day: BusinessDay(20_000),
                position: 600,
            },
            paid: 0x5152,
            refunded_before: 0x6162,
        };
        let bytes = [
            &[index][..],
            &ID_BYTES,
            &[0x20, 0x4E, 0, 0],
            &[0x58, 2, 0, 0],
            &amount(0x5152),
            &amount(0x6162),
        ]
        .concat();
        assert_eq!(link.encode(), bytes);
    }
}

fn of_kind(count: u32) -> KindTotals {
    KindTotals {
        count,
        gross: 0x5152,
        debit: 0x6162,
        credit: 0x7172,
    }
}

fn of_kind_bytes(count: [u8; 4]) -> Vec<u8> {
    [
        &count[..],
        &amount(0x5152),
        &amount(0x6162),
        &amount(0x7172),
    ]
    .concat()
}

/// A change needs a migration: days keep their sums.
#[test]
fn sums_of_a_kind_are_encoded_as_their_fields() {
    assert_eq!(of_kind(0x0102_0304).encode(), of_kind_bytes([4, 3, 2, 1]));
}

/// A change needs a migration: days keep their sums.
#[test]
fn sums_of_a_day_are_those_of_payments_and_then_those_of_refunds() {
    let totals = DayTotals {
        payments: of_kind(1),
        refunds: of_kind(2),
    };
    let bytes = [of_kind_bytes([1, 0, 0, 0]), of_kind_bytes([2, 0, 0, 0])].concat();
    assert_eq!(totals.encode(), bytes);
}

/// A change needs a migration: commitments hold such sums, and clients' days do.
#[test]
fn sums_of_a_side_are_encoded_as_their_fields() {
    let totals = SideTotals {
        payments: 0x5152,
        refunds: 0x6162,
    };
    assert_eq!(totals.encode(), [amount(0x5152), amount(0x6162)].concat());
}
