//! The amounts of refunds: by the terms of the payment, and adding up to it.

use crate::samples::{amount, rounding, valid_rule, ROUNDINGS};
use counterfoil_primitives::{
    terms::WHOLE_PPM, Amount, Amounts, BusinessDay, DebitRule, Link, Original, RefundFee, Relation,
    Rule, Terms, TradeId,
};
use proptest::{collection::vec, prelude::*};

/// Terms of a credit rule of 2.25 %, of at least 300.
fn terms(refund_fee: RefundFee) -> Terms {
    Terms {
        credit: Rule {
            rate_ppm: 22_500,
            floor: 300,
            ..Rule::default()
        },
        debit: DebitRule::Residual,
        refund_fee,
    }
}

#[test]
fn returned_fees_price_what_remains() {
    let returned = terms(RefundFee::Returned);
    // 2,250 of 100,000; 1,350 of the 60,000 that remain; 300, the floor, of the last 10,000.
    let first = Amounts {
        debit: 39_100,
        credit: 900,
    };
    assert_eq!(returned.refund_amounts(100_000, 0, 40_000), first);
    let second = Amounts {
        debit: 48_950,
        credit: 1_050,
    };
    assert_eq!(returned.refund_amounts(100_000, 40_000, 50_000), second);
    let last = Amounts {
        debit: 9_700,
        credit: 300,
    };
    assert_eq!(returned.refund_amounts(100_000, 90_000, 10_000), last);
}

#[test]
fn a_kept_fee_leaves_the_whole_refund_to_the_company() {
    let expected = Amounts {
        debit: 40_000,
        credit: 0,
    };
    let kept = terms(RefundFee::Kept);
    assert_eq!(kept.refund_amounts(100_000, 0, 40_000), expected);
}

#[test]
fn a_kept_fee_leaves_a_debit_rule_of_its_own_as_it_is() {
    let kept = Terms {
        debit: DebitRule::Own(Rule {
            rate_ppm: 900_000,
            ..Rule::default()
        }),
        ..terms(RefundFee::Kept)
    };
    let expected = Amounts {
        debit: 36_000,
        credit: 0,
    };
    assert_eq!(kept.refund_amounts(100_000, 0, 40_000), expected);
}

#[test]
fn a_link_prices_its_refund_by_what_it_keeps() {
    let link = Link {
        relation: Relation::Refund,
        original: Original {
            id: TradeId::default(),
            day: BusinessDay(20_000),
            position: 4,
        },
        paid: 100_000,
        refunded_before: 40_000,
    };
    let terms = terms(RefundFee::Returned);
    let expected = terms.refund_amounts(100_000, 40_000, 50_000);
    assert_eq!(link.amounts(&terms, 50_000), Some(expected));
}

prop_compose! {
    /// Rules whose parts are of the size of everyday amounts, so that each of them counts.
    fn everyday_rule()(
        rate_ppm in prop_oneof![Just(0u32), Just(WHOLE_PPM), Just(500_000u32), 0..=WHOLE_PPM],
        flat in 0u128..300,
        floor in 0u128..600,
        above in prop::option::of(0u128..3_000),
        rounding in rounding(),
    ) -> Rule {
        Rule { rate_ppm, flat, floor, cap: above.map(|above| floor + above), rounding }
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![3 => everyday_rule(), 1 => valid_rule()]
}

pub fn any_terms(refund_fee: RefundFee) -> impl Strategy<Value = Terms> {
    let debit = prop_oneof![Just(DebitRule::Residual), rule().prop_map(DebitRule::Own)];
    (rule(), debit).prop_map(move |(credit, debit)| Terms {
        credit,
        debit,
        refund_fee,
    })
}

/// A payment's gross amount: around the parts of everyday rules, and any other.
pub fn paid() -> impl Strategy<Value = Amount> {
    prop_oneof![3 => 0u128..8_000, 1 => amount()]
}

/// A number from zero to `most`.
pub fn up_to(most: Amount, draw: Amount) -> Amount {
    most.checked_add(1).map_or(draw, |count| draw % count)
}

/// A payment's gross amount split by `draws` into refunds that leave nothing of it.
pub fn split(paid: Amount, draws: Vec<Amount>) -> Vec<Amount> {
    let mut left = paid;
    let mut refunds = Vec::new();
    for draw in draws {
        let now = up_to(left, draw);
        left -= now;
        refunds.push(now);
    }
    refunds.push(left);
    refunds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn returned_refunds_add_up_to_the_payment(
        terms in any_terms(RefundFee::Returned),
        paid in paid(),
        draws in vec(any::<Amount>(), 0..8),
    ) {
        let (mut before, mut debit, mut credit) = (0, 0, 0);
        for now in split(paid, draws) {
            let amounts = terms.refund_amounts(paid, before, now);
            before += now;
            debit += amounts.debit;
            credit += amounts.credit;
        }
        prop_assert_eq!(before, paid);
        prop_assert_eq!(Amounts { debit, credit }, terms.amounts(paid));
    }

    #[test]
    fn returned_refunds_never_exceed_the_payment(
        terms in any_terms(RefundFee::Returned),
        paid in paid(),
        draws in vec(any::<Amount>(), 1..8),
    ) {
        let whole = terms.amounts(paid);
        let (mut before, mut debit, mut credit) = (0, 0, 0);
        for now in split(paid, draws) {
            let amounts = terms.refund_amounts(paid, before, now);
            before += now;
            debit += amounts.debit;
            credit += amounts.credit;
            prop_assert!(debit <= whole.debit && credit <= whole.credit);
        }
    }

    #[test]
    fn no_amount_of_a_refund_exceeds_what_is_given_back(
        terms in prop_oneof![any_terms(RefundFee::Returned), any_terms(RefundFee::Kept)],
        paid in paid(),
        draws in (any::<Amount>(), any::<Amount>()),
    ) {
        let before = up_to(paid, draws.0);
        let now = up_to(paid - before, draws.1);
        let amounts = terms.refund_amounts(paid, before, now);
        prop_assert!(amounts.debit <= now && amounts.credit <= now, "{:?}", amounts);
    }

    #[test]
    fn the_amounts_of_a_returned_refund_of_a_residual_debit_add_up_to_it(
        credit in rule(),
        paid in paid(),
        draws in (any::<Amount>(), any::<Amount>()),
    ) {
        let before = up_to(paid, draws.0);
        let now = up_to(paid - before, draws.1);
        let amounts = Terms { credit, ..Terms::default() }.refund_amounts(paid, before, now);
        prop_assert_eq!(amounts.debit + amounts.credit, now);
    }

    #[test]
    fn every_rule_grows_by_at_most_one_unit_a_unit(rule in rule(), gross in paid()) {
        prop_assume!(gross < Amount::MAX);
        let (now, more) = (rule.apply(gross), rule.apply(gross + 1));
        prop_assert!(more == now || more == now + 1, "{} after {}", more, now);
    }

    #[test]
    fn kept_fees_give_nothing_of_the_credit_back(
        terms in any_terms(RefundFee::Kept),
        paid in paid(),
        draws in (any::<Amount>(), any::<Amount>()),
    ) {
        let before = up_to(paid, draws.0);
        let now = up_to(paid - before, draws.1);
        let kept = terms.refund_amounts(paid, before, now);
        let returned = Terms { refund_fee: RefundFee::Returned, ..terms };
        let debit = match terms.debit {
            DebitRule::Residual => now,
            DebitRule::Own(_) => returned.refund_amounts(paid, before, now).debit,
        };
        prop_assert_eq!(kept, Amounts { debit, credit: 0 });
    }
}

/// Every rounding at each step around floor, cap and halves, with no chance left out.
#[test]
fn small_rules_grow_by_at_most_one_unit_a_unit() {
    for rounding in ROUNDINGS {
        for rate_ppm in [0, 1, 250_000, 333_333, 500_000, 750_000, 999_999, WHOLE_PPM] {
            for (flat, floor, cap) in [(0, 0, None), (3, 0, None), (0, 5, Some(9)), (2, 7, Some(7))]
            {
                let rule = Rule {
                    rate_ppm,
                    flat,
                    floor,
                    cap,
                    rounding,
                };
                for gross in 0..40 {
                    let grown = rule.apply(gross + 1).checked_sub(rule.apply(gross));
                    assert!(matches!(grown, Some(0 | 1)), "{rule:?} at {gross}");
                }
            }
        }
    }
}
