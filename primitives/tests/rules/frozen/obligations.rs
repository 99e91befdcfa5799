//! What is owed for settlement periods, and payments outside the chain.

use super::{amount, some_amount};
use codec::Encode;
use counterfoil_primitives::{
    settlement::{
        BankReference, Declaration, Declarations, Obligation, Rail, Release, SettlementPeriod,
    },
    BusinessDay,
};

/// A change needs a migration: what is owed is stored for ever.
#[test]
fn an_obligation_is_encoded_as_its_fields() {
    let obligation = Obligation {
        last: BusinessDay(0x0102_0304),
        days: 0x1112_1314,
        amount: -2,
        rail: Rail::Asset(7),
        release: Release::Given {
            at: 0x2122_2324_2526_2728,
        },
        due_since: Some(0x3132_3334_3536_3738),
        paid: 0x4142,
        paid_at: Some(0x5152_5354_5556_5758),
    };
    let mut below_zero = [0xFF; 16];
    below_zero[0] = 0xFE;
    let bytes = [
        &[4, 3, 2, 1][..],
        &[0x14, 0x13, 0x12, 0x11],
        &below_zero,
        &[0, 7, 0, 0, 0],
        &[2, 0x28, 0x27, 0x26, 0x25, 0x24, 0x23, 0x22, 0x21],
        &[1, 0x38, 0x37, 0x36, 0x35, 0x34, 0x33, 0x32, 0x31],
        &amount(0x4142),
        &[1, 0x58, 0x57, 0x56, 0x55, 0x54, 0x53, 0x52, 0x51],
    ]
    .concat();
    assert_eq!(obligation.encode(), bytes);
}

/// A change needs a migration: what is owed is stored for ever.
#[test]
fn an_obligation_of_a_period_under_way_has_zeros_for_what_is_not_there() {
    let obligation = Obligation::new(BusinessDay(0x0102_0304), Rail::External);
    let bytes = [
        &[4, 3, 2, 1][..],
        &[0; 4],
        &amount(0),
        &[1],
        &[0],
        &[0],
        &amount(0),
        &[0],
    ]
    .concat();
    assert_eq!(obligation.encode(), bytes);
}

/// A change needs a migration: the index of a variant is stored.
#[test]
fn a_release_that_is_awaited_is_a_one() {
    assert_eq!(Release::Awaited.encode(), [1]);
}

/// A change needs a migration: a period is named by its days wherever it is kept.
#[test]
fn a_settlement_period_is_encoded_as_its_first_and_its_last_day() {
    let period = SettlementPeriod {
        first: BusinessDay(0x0102_0304),
        last: BusinessDay(0x1112_1314),
    };
    assert_eq!(period.encode(), [4, 3, 2, 1, 0x14, 0x13, 0x12, 0x11]);
}

fn declaration(received: Option<u128>) -> Declaration {
    Declaration {
        number: 0x0102_0304,
        amount: 0x1112,
        value_date: BusinessDay(20_000),
        reference: BankReference::truncated("AB1"),
        declared_at: 0x2122_2324_2526_2728,
        received,
        returned: 0x3132,
    }
}

fn declaration_bytes(received: &[u8]) -> Vec<u8> {
    [
        &[4, 3, 2, 1][..],
        &amount(0x1112),
        &[0x20, 0x4E, 0, 0],
        // The number of bytes, fourfold, and the text.
        &[12, b'A', b'B', b'1'],
        &[0x28, 0x27, 0x26, 0x25, 0x24, 0x23, 0x22, 0x21],
        received,
        &amount(0x3132),
    ]
    .concat()
}

/// A change needs a migration: declarations are stored for ever.
#[test]
fn a_declaration_is_encoded_as_its_fields() {
    let open = declaration(None).encode();
    assert_eq!(open, declaration_bytes(&[0]));
    let answered = declaration(Some(0x4142)).encode();
    assert_eq!(answered, declaration_bytes(&some_amount(0x4142)));
}

/// A change needs a migration: declarations are stored for ever.
#[test]
fn declarations_are_encoded_as_a_list_and_the_next_number() {
    let mut declarations = Declarations::default();
    assert_eq!(declarations.encode(), [0, 0, 0, 0, 0]);
    declarations.list.try_push(declaration(None)).unwrap();
    declarations.next = 0x0102_0305;
    let bytes = [&[4][..], &declaration_bytes(&[0]), &[5, 3, 2, 1]].concat();
    assert_eq!(declarations.encode(), bytes);
}
