//! What conditions say of payments: the days that one covers, how the money moves, and limits of clients.

use super::*;
use counterfoil_primitives::settlement::{ClientLimits, Period, Rail};

/// The conditions of the test agreement, with money that moves in this way.
fn by(rail: Rail) -> Conditions {
    Conditions {
        rail,
        ..spec().conditions
    }
}

/// An agreement that names these decimals, and whose money moves in this way.
fn counted_in(decimals: u8, rail: Rail) -> AgreementSpec {
    AgreementSpec {
        decimals,
        conditions: by(rail),
        ..spec()
    }
}

#[test]
fn conditions_name_an_asset_that_exists() {
    with_agreement(|| {
        assert_noop!(
            set_conditions(TOMORROW, by(Rail::Asset(999))),
            Error::<Test>::UnknownAsset
        );
    });
}

#[test]
fn conditions_name_an_asset_of_the_agreements_decimals() {
    with_members(|| {
        assert_ok!(create(counted_in(0, Rail::Asset(2))));
        let set = |rail| Registry::set_conditions(RuntimeOrigin::root(), 9, TOMORROW, by(rail));
        assert_noop!(set(Rail::Asset(1)), Error::<Test>::OtherDecimals);
        assert_ok!(set(Rail::Asset(2)));
    });
}

#[test]
fn each_of_several_conditions_names_an_asset_of_the_agreements_decimals() {
    with_agreement(|| {
        let set = |rail| {
            let versions = vec![(TOMORROW, by(Rail::Asset(1))), (TOMORROW.next(), by(rail))];
            Registry::set_conditions_by_day(RuntimeOrigin::root(), AGREEMENT, versions)
        };
        assert_noop!(set(Rail::Asset(999)), Error::<Test>::UnknownAsset);
        assert_noop!(set(Rail::Asset(2)), Error::<Test>::OtherDecimals);
        assert_ok!(set(Rail::Asset(1)));
    });
}

#[test]
fn an_agreement_that_is_paid_outside_the_chain_needs_no_asset() {
    with_members(|| {
        // No asset counts in seven decimals.
        let spec = counted_in(7, Rail::External);
        assert_ok!(create(spec.clone()));
        let agreement = Registry::agreement(9).expect("created");
        assert_eq!(agreement.decimals, 7);
        assert_eq!(agreement.conditions_on(TODAY), Some(&spec.conditions));
    });
}

#[test]
fn an_agreement_leaves_the_chain_and_comes_back_from_days_that_have_not_begun() {
    with_agreement(|| {
        assert_ok!(set_conditions(TOMORROW, by(Rail::External)));
        assert_ok!(set_conditions(TOMORROW.next(), by(Rail::Asset(1))));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        let rail = |day| agreement.conditions_on(day).map(|of_day| of_day.rail);
        assert_eq!(rail(TODAY), Some(Rail::Asset(1)));
        assert_eq!(rail(TOMORROW), Some(Rail::External));
        assert_eq!(rail(TOMORROW.next()), Some(Rail::Asset(1)));
        assert_noop!(
            set_conditions(TODAY, by(Rail::External)),
            Error::<Test>::DayHasBegun
        );
    });
}

#[test]
fn period_and_limits_of_clients_are_kept_as_they_were_given() {
    with_agreement(|| {
        let new = Conditions {
            period: Period::Month,
            client_limits: Some(ClientLimits {
                payments: 70_000,
                refunds: 0,
            }),
            ..spec().conditions
        };
        assert_ok!(set_conditions(TOMORROW, new));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.conditions_on(TOMORROW), Some(&new));
        assert_eq!(agreement.conditions_on(TODAY), Some(&spec().conditions));
    });
}

#[test]
fn another_rail_begins_another_settlement_period() {
    with_members(|| {
        let mut monthly = spec();
        monthly.conditions.period = Period::Month;
        assert_ok!(create(monthly.clone()));
        let period = |day| {
            let agreement = Registry::agreement(9).expect("created");
            let period = Registry::settlement_period(9, &agreement, day).expect("it has the day");
            (period.first, period.last)
        };
        // From the agreement's first day, 2024-10-03, to the end of October.
        let month = (TODAY.previous(), BusinessDay(TODAY.0 + 27));
        assert_eq!(period(TODAY), month);
        let mut outside = monthly.conditions;
        outside.rail = Rail::External;
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_conditions(root, 9, TOMORROW, outside));
        assert_eq!(period(TODAY), (TODAY.previous(), TODAY));
        assert_eq!(period(TOMORROW), (TOMORROW, month.1));
    });
}
