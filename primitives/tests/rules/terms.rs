//! How a credit and a debit amount follow from a gross amount.

use crate::samples::{amount, rounding, valid_rule, ROUNDINGS};
use counterfoil_primitives::{terms::WHOLE_PPM, Amount, DebitRule, Rounding, Rule, Side, Terms};
use proptest::prelude::*;
use sp_core::U256;

fn share(rate_ppm: u32, rounding: Rounding) -> Rule {
    Rule {
        rate_ppm,
        rounding,
        ..Rule::default()
    }
}

/// What half a unit for each gross amount comes to: 0.5, 1.5, 2.5, and whole 2.
fn halves(rounding: Rounding) -> [Amount; 4] {
    [1, 3, 5, 4].map(|gross| share(500_000, rounding).apply(gross))
}

/// What a quarter comes to for 1.25 and 1.75.
fn quarters(rounding: Rounding) -> [Amount; 2] {
    [5, 7].map(|gross| share(250_000, rounding).apply(gross))
}

#[test]
fn down_cuts_any_fraction_off() {
    assert_eq!(halves(Rounding::Down), [0, 1, 2, 2]);
    assert_eq!(quarters(Rounding::Down), [1, 1]);
}

#[test]
fn up_gives_one_more_for_any_fraction() {
    assert_eq!(halves(Rounding::Up), [1, 2, 3, 2]);
    assert_eq!(quarters(Rounding::Up), [2, 2]);
    assert_eq!(share(1, Rounding::Up).apply(1), 1);
}

#[test]
fn half_up_takes_halves_up() {
    assert_eq!(halves(Rounding::HalfUp), [1, 2, 3, 2]);
    assert_eq!(quarters(Rounding::HalfUp), [1, 2]);
}

#[test]
fn half_down_takes_halves_down() {
    assert_eq!(halves(Rounding::HalfDown), [0, 1, 2, 2]);
    assert_eq!(quarters(Rounding::HalfDown), [1, 2]);
}

#[test]
fn half_even_takes_halves_to_the_even_unit() {
    assert_eq!(halves(Rounding::HalfEven), [0, 2, 2, 2]);
    assert_eq!(quarters(Rounding::HalfEven), [1, 2]);
}

#[test]
fn a_millionth_beside_the_half_decides() {
    let rule = |rounding| share(500_001, rounding).apply(1);
    assert_eq!(rule(Rounding::HalfDown), 1);
    let rule = |rounding| share(499_999, rounding).apply(1);
    assert_eq!(rule(Rounding::HalfUp), 0);
}

#[test]
fn the_flat_part_comes_on_top_of_the_rounded_share() {
    let rule = Rule {
        flat: 150,
        ..share(15_000, Rounding::HalfUp)
    };
    assert_eq!(rule.apply(10_033), 150 + 150);
}

#[test]
fn the_floor_raises_and_the_cap_cuts() {
    let rule = Rule {
        floor: 100,
        cap: Some(500),
        ..share(10_000, Rounding::Down)
    };
    assert_eq!(rule.apply(2_000), 100);
    assert_eq!(rule.apply(20_000), 200);
    assert_eq!(rule.apply(900_000), 500);
}

#[test]
fn nothing_exceeds_a_gross_amount_below_the_floor() {
    let rule = Rule {
        floor: 100,
        ..Rule::default()
    };
    assert_eq!(rule.apply(60), 60);
    assert_eq!(rule.apply(0), 0);
}

#[test]
fn a_whole_rate_gives_the_gross_amount_in_every_mode() {
    for rounding in ROUNDINGS {
        assert_eq!(share(WHOLE_PPM, rounding).apply(Amount::MAX), Amount::MAX);
    }
}

#[test]
fn a_rate_above_the_whole_is_invalid() {
    assert!(share(WHOLE_PPM, Rounding::Down).is_valid());
    assert!(!share(WHOLE_PPM + 1, Rounding::Down).is_valid());
}

#[test]
fn a_floor_above_the_cap_is_invalid() {
    let rule = |floor| Rule {
        floor,
        cap: Some(10),
        ..Rule::default()
    };
    assert!(rule(10).is_valid());
    assert!(!rule(11).is_valid());
}

#[test]
fn terms_are_valid_only_with_each_rule() {
    let bad = share(WHOLE_PPM + 1, Rounding::Down);
    let terms = |credit, debit| Terms {
        credit,
        debit,
        ..Terms::default()
    };
    assert!(terms(Rule::default(), DebitRule::Residual).is_valid());
    assert!(terms(Rule::default(), DebitRule::Own(Rule::default())).is_valid());
    assert!(!terms(bad, DebitRule::Residual).is_valid());
    assert!(!terms(Rule::default(), DebitRule::Own(bad)).is_valid());
}

#[test]
fn a_debit_rule_of_its_own_ignores_the_credit_amount() {
    let terms = Terms {
        credit: share(20_000, Rounding::HalfUp),
        debit: DebitRule::Own(share(900_000, Rounding::HalfUp)),
        ..Terms::default()
    };
    let amounts = terms.amounts(1_000);
    assert_eq!(amounts.of(Side::Credit), 20);
    assert_eq!(amounts.of(Side::Debit), 900);
}

/// The rounded share by arithmetic twice as wide.
fn wide_share(gross: Amount, rate_ppm: u32, rounding: Rounding) -> U256 {
    let whole = U256::from(WHOLE_PPM);
    let product = U256::from(gross) * U256::from(rate_ppm);
    let (quotient, remainder) = product.div_mod(whole);
    let twice = remainder * U256::from(2);
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => !remainder.is_zero(),
        Rounding::HalfUp => twice >= whole,
        Rounding::HalfDown => twice > whole,
        Rounding::HalfEven => twice > whole || (twice == whole && quotient.bit(0)),
    };
    quotient + U256::from(u8::from(up))
}

proptest! {
    #[test]
    fn no_amount_exceeds_gross(
        credit in valid_rule(),
        debit in prop_oneof![Just(None), valid_rule().prop_map(Some)],
        gross in amount(),
    ) {
        let debit = debit.map_or(DebitRule::Residual, DebitRule::Own);
        let terms = Terms { credit, debit, ..Terms::default() };
        prop_assert!(terms.is_valid());
        let amounts = terms.amounts(gross);
        prop_assert!(amounts.credit <= gross);
        prop_assert!(amounts.debit <= gross);
    }

    #[test]
    fn the_residual_rule_adds_up_to_gross(credit in valid_rule(), gross in amount()) {
        let amounts = Terms { credit, ..Terms::default() }.amounts(gross);
        prop_assert_eq!(amounts.credit.checked_add(amounts.debit), Some(gross));
    }

    #[test]
    fn the_share_is_exact_over_the_whole_range(
        rate_ppm in 0..=WHOLE_PPM,
        rounding in rounding(),
        gross in amount(),
    ) {
        let share = share(rate_ppm, rounding).apply(gross);
        prop_assert_eq!(U256::from(share), wide_share(gross, rate_ppm, rounding));
    }

    #[test]
    fn the_share_is_exact_around_the_largest_word(
        rate_ppm in 0..=WHOLE_PPM,
        rounding in rounding(),
        above in 0..4_000_000u128,
    ) {
        let gross = Amount::from(u64::MAX) - 2_000_000 + above;
        let share = share(rate_ppm, rounding).apply(gross);
        prop_assert_eq!(U256::from(share), wide_share(gross, rate_ppm, rounding));
    }

    #[test]
    fn an_amount_lies_between_floor_and_cap_where_gross_allows(
        rule in valid_rule(),
        gross in amount(),
    ) {
        let amount = rule.apply(gross);
        prop_assert!(amount >= rule.floor.min(gross));
        prop_assert!(amount <= rule.cap.unwrap_or(Amount::MAX));
    }

    #[test]
    fn more_gross_never_gives_less(rule in valid_rule(), a in amount(), b in amount()) {
        prop_assert!(rule.apply(a.min(b)) <= rule.apply(a.max(b)));
    }
}
