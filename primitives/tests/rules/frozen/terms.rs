//! Terms of products.

use super::{amount, some_amount};
use codec::Encode;
use counterfoil_primitives::{DebitRule, RefundFee, Rounding, Rule, Terms};

const fn rule(cap: Option<u128>, rounding: Rounding) -> Rule {
    Rule {
        rate_ppm: 0x0001_0203,
        flat: 0x1112,
        floor: 0x2122,
        cap,
        rounding,
    }
}

fn rule_bytes(cap: &[u8], rounding: u8) -> Vec<u8> {
    [
        &[3, 2, 1, 0][..],
        &amount(0x1112),
        &amount(0x2122),
        cap,
        &[rounding],
    ]
    .concat()
}

/// A change needs a migration: versions of terms hold rules.
#[test]
fn a_rule_of_each_rounding_is_encoded_as_its_fields() {
    let roundings = [
        Rounding::Down,
        Rounding::Up,
        Rounding::HalfUp,
        Rounding::HalfDown,
        Rounding::HalfEven,
    ];
    for (index, rounding) in (0u8..).zip(roundings) {
        assert_eq!(rule(None, rounding).encode(), rule_bytes(&[0], index));
    }
}

/// A change needs a migration: versions of terms hold rules.
#[test]
fn the_cap_of_a_rule_is_encoded_behind_a_one() {
    let capped = rule(Some(0x3132), Rounding::Down);
    assert_eq!(capped.encode(), rule_bytes(&some_amount(0x3132), 0));
}

/// A change needs a migration: products hold versions of terms.
#[test]
fn terms_are_encoded_as_the_credit_rule_the_debit_rule_and_the_fee_of_refunds() {
    let credit = rule(None, Rounding::Up);
    let of_credit = rule_bytes(&[0], 1);
    let own = rule(Some(7), Rounding::HalfEven);
    let of_own = [&[1][..], &rule_bytes(&some_amount(7), 4)].concat();
    let fees = [(0, RefundFee::Returned), (1, RefundFee::Kept)];
    let debits = [
        (vec![0], DebitRule::Residual),
        (of_own, DebitRule::Own(own)),
    ];
    for (fee, refund_fee) in fees {
        for (of_debit, debit) in &debits {
            let terms = Terms {
                credit,
                debit: *debit,
                refund_fee,
            };
            let bytes = [&of_credit[..], of_debit, &[fee]].concat();
            assert_eq!(terms.encode(), bytes);
        }
    }
}
