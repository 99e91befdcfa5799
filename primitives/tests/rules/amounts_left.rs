//! What is left of a payment's amounts, and what amendments make of them.

use crate::refund_amounts::{any_terms, paid, split, up_to};
use counterfoil_primitives::{
    Amount, Amounts, BusinessDay, DebitRule, Kind, Link, Original, RefundFee, Relation, Rule,
    Terms, TradeId,
};
use proptest::{collection::vec, prelude::*};

/// Terms of a credit rule of 2.25 %, of at least 300.
fn terms(refund_fee: RefundFee, debit: DebitRule) -> Terms {
    Terms {
        credit: Rule {
            rate_ppm: 22_500,
            floor: 300,
            ..Rule::default()
        },
        debit,
        refund_fee,
    }
}

/// A debit rule of 90 %.
fn own() -> DebitRule {
    DebitRule::Own(Rule {
        rate_ppm: 900_000,
        ..Rule::default()
    })
}

fn some(debit: Amount, credit: Amount) -> Option<Amounts> {
    Some(Amounts { debit, credit })
}

/// What all refunds but the last of a split of `paid` give back, and the sums of their amounts.
fn given_back(terms: &Terms, paid: Amount, draws: Vec<Amount>) -> (Amount, Amounts) {
    let mut parts = split(paid, draws);
    parts.pop();
    let (mut before, mut debit, mut credit) = (0, 0, 0);
    for now in parts {
        let amounts = terms.refund_amounts(paid, before, now);
        before += now;
        debit += amounts.debit;
        credit += amounts.credit;
    }
    (before, Amounts { debit, credit })
}

#[test]
fn returned_fees_leave_what_remains_is_priced_at() {
    let returned = terms(RefundFee::Returned, DebitRule::Residual);
    assert_eq!(returned.amounts_left(100_000, 40_000), some(58_650, 1_350));
    assert_eq!(returned.amounts_left(100_000, 100_000), some(0, 0));
}

#[test]
fn a_kept_fee_is_left_as_a_whole() {
    let kept = terms(RefundFee::Kept, DebitRule::Residual);
    assert_eq!(kept.amounts_left(100_000, 40_000), some(57_750, 2_250));
    let own = terms(RefundFee::Kept, own());
    assert_eq!(own.amounts_left(100_000, 40_000), some(54_000, 2_250));
}

#[test]
fn a_kept_fee_may_be_all_that_is_left_and_no_more() {
    for (debit, last) in [(DebitRule::Residual, 0), (own(), 2_025)] {
        let kept = terms(RefundFee::Kept, debit);
        assert_eq!(kept.amounts_left(100_000, 97_750), some(last, 2_250));
        assert_eq!(kept.amounts_left(100_000, 97_751), None);
    }
}

#[test]
fn a_link_prices_its_trade_by_its_relation() {
    let terms = terms(RefundFee::Kept, DebitRule::Residual);
    let link = |relation| Link {
        relation,
        original: Original {
            id: TradeId::default(),
            day: BusinessDay(20_000),
            position: 4,
        },
        paid: 100_000,
        refunded_before: 40_000,
    };
    for relation in [Relation::Refund, Relation::UndoneRefund] {
        let amounts = link(relation).amounts(&terms, 50_000);
        assert_eq!(amounts, some(50_000, 0));
    }
    for relation in [
        Relation::Cancellation,
        Relation::UndoneCancellation,
        Relation::Replacement,
    ] {
        let link = link(relation);
        assert_eq!(link.left(), 60_000);
        assert_eq!(link.amounts(&terms, link.left()), some(57_750, 2_250));
    }
}

#[test]
fn what_undoes_a_trade_is_of_the_other_kind() {
    let undone = [Relation::Refund, Relation::Cancellation].map(|relation| {
        let undone = relation.undone().expect("an amendment undoes it");
        assert_eq!(undone.kind(), relation.kind().other());
        undone
    });
    assert_eq!(
        undone,
        [Relation::UndoneRefund, Relation::UndoneCancellation]
    );
    for relation in [undone[0], undone[1], Relation::Replacement] {
        assert_eq!((relation.undone(), relation.kind()), (None, Kind::Payment));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_048))]

    #[test]
    fn what_is_left_and_what_was_given_back_come_to_the_payment(
        terms in any_terms(RefundFee::Returned),
        paid in paid(),
        draws in vec(any::<Amount>(), 0..8),
    ) {
        let (before, given) = given_back(&terms, paid, draws);
        let left = terms.amounts_left(paid, before).expect("no fee is kept");
        let sum = Amounts {
            debit: given.debit + left.debit,
            credit: given.credit + left.credit,
        };
        prop_assert_eq!(sum, terms.amounts(paid));
    }

    #[test]
    fn of_a_kept_fee_all_is_left(
        terms in any_terms(RefundFee::Kept),
        paid in paid(),
        draws in vec(any::<Amount>(), 0..8),
    ) {
        let (before, given) = given_back(&terms, paid, draws);
        let whole = terms.amounts(paid);
        prop_assert_eq!(given.credit, 0);
        if let Some(left) = terms.amounts_left(paid, before) {
            prop_assert_eq!(left.credit, whole.credit);
            prop_assert_eq!(given.debit + left.debit, whole.debit);
        }
    }

    #[test]
    fn nothing_is_told_exactly_where_a_kept_fee_is_more_than_is_left(
        terms in prop_oneof![any_terms(RefundFee::Returned), any_terms(RefundFee::Kept)],
        paid in paid(),
        draw in any::<Amount>(),
    ) {
        let before = up_to(paid, draw);
        let left = paid - before;
        let is_more = terms.refund_fee == RefundFee::Kept && terms.amounts(paid).credit > left;
        let told = terms.amounts_left(paid, before);
        prop_assert_eq!(told.is_none(), is_more);
        if let Some(amounts) = told {
            prop_assert!(amounts.debit <= left && amounts.credit <= left);
        }
    }

    #[test]
    fn all_is_left_of_a_payment_that_nothing_was_given_back_of(
        terms in prop_oneof![any_terms(RefundFee::Returned), any_terms(RefundFee::Kept)],
        paid in paid(),
    ) {
        prop_assert_eq!(terms.amounts_left(paid, 0), Some(terms.amounts(paid)));
    }
}
