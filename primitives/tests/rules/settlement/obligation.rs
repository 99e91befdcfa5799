//! Obligations of a period, limits of clients, and the names of periods and rails.

use counterfoil_primitives::{
    settlement::{ClientLimits, Obligation, Period, Rail},
    BusinessDay, Kind, SideTotals,
};

const DAY: BusinessDay = BusinessDay(20_000);

#[test]
fn what_is_left_does_not_depend_on_who_owes() {
    for amount in [500, -500] {
        let obligation = Obligation {
            amount,
            paid: 120,
            ..Obligation::new(DAY, Rail::External)
        };
        assert_eq!(obligation.left(), 380);
    }
}

#[test]
fn an_obligation_is_due_from_the_whole_period_until_it_is_paid() {
    let mut obligation = Obligation::new(DAY, Rail::External);
    assert!(!obligation.is_due());
    obligation.due_since = Some(1);
    assert!(obligation.is_due());
    obligation.paid_at = Some(2);
    assert!(!obligation.is_due());
}

#[test]
fn a_limit_is_exceeded_beyond_it_by_either_kind() {
    let limits = ClientLimits {
        payments: 100,
        refunds: 50,
    };
    let of = |payments, refunds| SideTotals { payments, refunds };
    assert!(!limits.are_exceeded_by(&of(100, 50)));
    assert!(limits.are_exceeded_by(&of(101, 0)));
    assert!(limits.are_exceeded_by(&of(0, 51)));
    assert_eq!(
        (limits.of(Kind::Payment), limits.of(Kind::Refund)),
        (100, 50)
    );
}

#[test]
fn every_period_is_found_by_its_name() {
    for period in Period::ALL {
        assert_eq!(Period::from_name(period.name()), Some(period));
    }
    assert_eq!(Period::from_name("week"), None);
}

#[test]
fn the_rail_in_an_asset_names_it() {
    assert_eq!(Rail::Asset(7).asset(), Some(7));
    assert_eq!(Rail::External.asset(), None);
}
