//! What agreements consist of.

use super::amount;
use codec::Encode;
use counterfoil_primitives::{
    settlement::{ClientLimits, Period, Rail},
    Caps, Conditions, Role, Source, TimeOfDay, UtcOffset,
};

/// A change needs a migration: agreements hold conditions, by their first day.
#[test]
fn conditions_are_encoded_as_their_fields() {
    let conditions = Conditions {
        utc_offset: UtcOffset(-2),
        cut_off: TimeOfDay(0x0102),
        preset: TimeOfDay(0x0304),
        debit_source: Source::Received,
        credit_source: Source::Ledger,
        period: Period::Month,
        rail: Rail::Asset(0x1112_1314),
        client_limits: None,
    };
    let bytes = [
        &[0xFE_u8, 0xFF][..],
        &[2, 1],
        &[4, 3],
        &[0, 1],
        &[2],
        &[0, 0x14, 0x13, 0x12, 0x11],
        &[0],
    ]
    .concat();
    assert_eq!(conditions.encode(), bytes);
}

/// A change needs a migration: agreements hold conditions, by their first day.
#[test]
fn limits_of_clients_are_encoded_behind_a_one() {
    let conditions = Conditions {
        client_limits: Some(ClientLimits {
            payments: 0x5152,
            refunds: 0x6162,
        }),
        ..Conditions::default()
    };
    // Offset, cut-off and preset time; two sources; the period of a day; outside the chain.
    let before = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    let bytes = [&before[..], &[1], &amount(0x5152), &amount(0x6162)].concat();
    assert_eq!(conditions.encode(), bytes);
}

/// A change needs a migration: the index of a variant is stored.
#[test]
fn variants_of_conditions_have_their_indices() {
    let periods = [Period::Day, Period::WorkingDay, Period::Month];
    assert_eq!(periods.encode(), [0, 1, 2]);
    assert_eq!([Source::Received, Source::Ledger].encode(), [0, 1]);
    assert_eq!(Rail::External.encode(), [1]);
}

/// A change needs a migration: members hold their roles.
#[test]
fn roles_have_their_indices() {
    let roles = [Role::Client, Role::Company, Role::Bank, Role::Reconciler];
    assert_eq!(roles.encode(), [0, 1, 2, 3]);
}

/// A change needs a migration: agreements hold the caps on breaks.
#[test]
fn caps_on_breaks_are_encoded_as_their_fields() {
    let caps = Caps {
        pages: 0x0102_0304,
        extras: 0x1112_1314,
    };
    assert_eq!(caps.encode(), [4, 3, 2, 1, 0x14, 0x13, 0x12, 0x11]);
}
