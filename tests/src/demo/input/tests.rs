//! Amounts and times as the mapping writes them.

use super::*;

fn column(decimal: char, thousands: Option<char>) -> AmountColumn {
    AmountColumn {
        column: String::new(),
        currency: None,
        decimal: Some(decimal),
        thousands,
        unit: None,
    }
}

#[test]
fn amounts_become_minor_units_exactly() {
    let point = column('.', None);
    for (text, amount) in [
        ("9612.00", 961_200),
        ("9612.0000", 961_200),
        ("0.01", 1),
        ("7", 700),
        ("7.5", 750),
    ] {
        assert_eq!(minor_units(text, &point).unwrap(), amount, "{text}");
    }
    let comma = column(',', Some(' '));
    assert_eq!(minor_units("1 234,5", &comma).unwrap(), 123_450);
}

#[test]
fn what_is_no_amount_is_refused() {
    let point = column('.', None);
    for text in ["", "-1.00", "1.001", "1e3", "0.00", "+2", "1,000.00", ".5"] {
        assert!(minor_units(text, &point).is_err(), "{text}");
    }
}

#[test]
fn a_date_without_a_time_is_noon() {
    let column = |format: &str| TimeColumn {
        column: String::new(),
        format: format.into(),
        zone: None,
        at: None,
    };
    let noon = time_of("1993-02-07", &column("%Y-%m-%d")).unwrap();
    assert_eq!(noon, Time::constant(12, 0, 0, 0));
    let time = time_of("2026-01-05 07:00:49", &column("%Y-%m-%d %H:%M:%S")).unwrap();
    assert_eq!(time, Time::constant(7, 0, 49, 0));
    assert!(time_of("1993-02-30", &column("%Y-%m-%d")).is_err());
}
