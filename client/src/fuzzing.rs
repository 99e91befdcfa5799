//! What fuzzers feed with bytes: files and texts from outside. None must panic, and what is
//! read holds what its reader promises.
//!
//! Also run by tests, with random bytes and the samples; `scripts/fuzz` searches longer.

use crate::{
    local_time::{Clock, LocalTime, Zone},
    mapping::{
        payments::{Context, MAX_PAYMENT_ID},
        LedgerMapping, PaymentMapping, Sheet, StatementMapping,
    },
    money::{Money, Style},
    time,
};
use counterfoil_primitives::BusinessDay;
use std::collections::{BTreeSet, HashSet};

/// A mapping that knows all of the sample's columns.
const PAYMENTS: &str = include_str!("../../samples/payments.toml");
/// The same for a ledger.
const LEDGER: &str = include_str!("../../samples/ledger.toml");
/// The same for a statement.
const STATEMENT: &str = include_str!("../../samples/statement.toml");

fn money() -> Money {
    Money::of("CZK").expect("it is a currency")
}

/// The mapping and the file, with a zero between them; without one, the sample's mapping.
fn mapping_and_file<'a>(bytes: &'a [u8], sample: &'static str) -> Option<(&'a str, &'a [u8])> {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => Some((std::str::from_utf8(&bytes[..at]).ok()?, &bytes[at + 1..])),
        None => Some((sample, bytes)),
    }
}

/// A file of payments, and its mapping.
pub fn payments(bytes: &[u8]) {
    let Some((mapping, file)) = mapping_and_file(bytes, PAYMENTS) else {
        return;
    };
    let Ok(mapping) = toml::from_str::<PaymentMapping>(mapping) else {
        return;
    };
    let _ = mapping.terms();
    let Ok(sheet) = Sheet::parse(file, &mapping) else {
        return;
    };
    for day in [None, Some(BusinessDay(20_000))] {
        let context = Context {
            client: 1,
            money: money(),
            offset_on: &|_| 60,
            day,
        };
        let Ok(reading) = mapping.read(&sheet, &context) else {
            return;
        };
        assert_eq!(reading.payments.len() + reading.refused.len(), sheet.len());
        let ids: HashSet<_> = reading.payments.iter().map(|payment| &payment.id).collect();
        assert_eq!(ids.len(), reading.payments.len(), "a payment twice");
        // Refunds of one payment may share a reference, which may be the payment's.
        let paid = reading.payments.iter().filter(|p| p.original.is_none());
        let references: BTreeSet<_> = paid.clone().map(|p| p.reference).collect();
        assert_eq!(references.len(), paid.count(), "a reference twice");
        for payment in &reading.payments {
            assert!(payment.gross > 0 && payment.line > 1);
            assert!((1..=MAX_PAYMENT_ID).contains(&payment.id.len()));
        }
        for refused in &reading.refused {
            assert!(refused.record < sheet.len());
            assert!(refused.error.to_string().starts_with("line "));
        }
    }
}

/// A file of a ledger, and its mapping.
pub fn ledger(bytes: &[u8]) {
    let Some((mapping, file)) = mapping_and_file(bytes, LEDGER) else {
        return;
    };
    let Ok(mapping) = toml::from_str::<LedgerMapping>(mapping) else {
        return;
    };
    let Ok(sheet) = Sheet::parse(file, &mapping) else {
        return;
    };
    if let Ok(reading) = mapping.read(&sheet, money(), &|_| 60) {
        assert_eq!(reading.lines.len() + reading.refused.len(), sheet.len());
    }
}

/// A file of a statement, and its mapping.
pub fn statement(bytes: &[u8]) {
    let Some((mapping, file)) = mapping_and_file(bytes, STATEMENT) else {
        return;
    };
    let Ok(mapping) = toml::from_str::<StatementMapping>(mapping) else {
        return;
    };
    let Ok(sheet) = Sheet::parse(file, &mapping) else {
        return;
    };
    if let Ok(reading) = mapping.read(&sheet, money()) {
        assert_eq!(reading.lines.len() + reading.refused.len(), sheet.len());
        for line in &reading.lines {
            assert!(line.amount > 0 && line.line > 1);
        }
    }
}

/// Texts of amounts, days and times: what is read is written the same way again.
pub fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    amount(text);
    if let Ok(day) = time::parse_day(text) {
        assert_eq!(time::parse_day(&time::day_text(day)).ok(), Some(day));
    }
    if let Ok(at) = time::parse_time_of_day(text) {
        assert!(at.is_valid());
        assert!(is_clock(text), "{text:?} is read as a time of day");
        let again = time::parse_time_of_day(&time::time_of_day_text(at));
        assert_eq!(again.ok(), Some(at));
    }
    if let Ok(offset) = time::parse_offset(text) {
        assert!(offset.is_valid());
        assert!(is_clock(&text[1..]), "{text:?} is read as an offset");
        let again = time::parse_offset(&time::offset_text(offset));
        assert_eq!(again.ok(), Some(offset));
    }
    moment(text);
}

/// Digits, a colon, digits.
fn is_clock(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(':')
        .is_some_and(|(hours, minutes)| is_number(hours) && is_number(minutes))
}

fn amount(text: &str) {
    let styles = [
        Style::default(),
        Style {
            decimal: ',',
            thousands: Some('.'),
        },
        Style {
            decimal: '.',
            thousands: Some(' '),
        },
    ];
    for code in ["CZK", "JPY", "KWD"] {
        let money = Money::of(code).expect("it is a currency");
        for style in styles {
            if let Ok(amount) = money.parse(text, &style) {
                let again = money.format(amount, &style);
                assert_eq!(money.parse(&again, &style), Ok(amount), "{text:?}");
            }
        }
    }
    let _ = Money::of(text);
}

/// A format, a zone and a time, one a line.
fn moment(text: &str) {
    let mut lines = text.splitn(3, '\n');
    let (Some(format), Some(zone), Some(time)) = (lines.next(), lines.next(), lines.next()) else {
        return;
    };
    let Ok(zone) = Zone::parse(zone) else {
        return;
    };
    let Ok(local) = LocalTime::parse(time, format) else {
        return;
    };
    let noon = jiff::civil::time(12, 0, 0, 0);
    let offset_on = |_: BusinessDay| 60;
    let clock = Clock::new(&offset_on, None);
    let Ok(moment) = local.resolve(noon, &zone, &clock) else {
        return;
    };
    let _ = time::moment_text(moment, 60);
    let _ = time::moment_rfc3339(moment);
    let _ = local.resolve_on(BusinessDay(20_000), noon, &zone, &clock);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLE: &[u8] = include_bytes!("../../samples/payments.csv");
    const STATEMENT_FILE: &[u8] = include_bytes!("../../samples/statement.csv");
    /// A mapping of a table between other lines, a zero, and such a file.
    const WALLET: &[u8] = concat!(
        include_str!("../../samples/wallet.toml"),
        "\0",
        include_str!("../../samples/wallet.csv")
    )
    .as_bytes();

    /// The sample's first lines, with some bytes changed.
    fn changed_sample() -> impl Strategy<Value = Vec<u8>> {
        let changes = prop::collection::vec((0usize..600, any::<u8>()), 0..8);
        changes.prop_map(|changes| {
            let mut bytes = SAMPLE[..600].to_vec();
            changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
            bytes
        })
    }

    fn changed_mapping(sample: &'static str) -> impl Strategy<Value = Vec<u8>> {
        let changes = prop::collection::vec((0..sample.len(), any::<u8>()), 0..3);
        (changes, changed_sample()).prop_map(move |(changes, file)| {
            let mut bytes = sample.as_bytes().to_vec();
            changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
            [bytes, vec![0], file].concat()
        })
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_as_a_file(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            payments(&bytes);
            ledger(&bytes);
            statement(&bytes);
        }

        #[test]
        fn a_changed_file_is_read(bytes in changed_sample()) {
            payments(&bytes);
        }

        #[test]
        fn a_changed_mapping_is_read(bytes in changed_mapping(PAYMENTS), other in changed_mapping(LEDGER)) {
            payments(&bytes);
            ledger(&other);
        }

        #[test]
        fn a_changed_statement_is_read(
            changes in prop::collection::vec((0..STATEMENT_FILE.len(), any::<u8>()), 0..8),
        ) {
            let mut bytes = STATEMENT_FILE.to_vec();
            changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
            statement(&bytes);
        }

        #[test]
        fn a_changed_bill_of_a_wallet_is_read(
            changes in prop::collection::vec((0..WALLET.len(), any::<u8>()), 0..8),
        ) {
            let mut bytes = WALLET.to_vec();
            changes.into_iter().for_each(|(at, byte)| bytes[at] = byte);
            payments(&bytes);
        }

        #[test]
        fn any_text_is_read(text in ".*", clock in r"[+-]?[+-]?[0-9]{1,2}:[+-]?[0-9]{1,2}", amount in r"-?[0-9., \u{a0}]{0,50}") {
            texts(text.as_bytes());
            texts(clock.as_bytes());
            texts(amount.as_bytes());
        }

        #[test]
        fn any_time_is_read_by_any_format(format in "(%[a-zA-Z:.0-9]{1,3}[- T:]?){1,6}", time in "[-0-9T:.Z+ ]{0,30}") {
            texts(format!("{format}\nagreement\n{time}").as_bytes());
            texts(format!("{format}\nEurope/Prague\n{time}").as_bytes());
        }
    }
}
