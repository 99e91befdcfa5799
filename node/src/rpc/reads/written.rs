//! How values are written: dates and times as text, amounts in minor units beside their decimal value.

use counterfoil_primitives::{
    written::{amount, date as dates, time, Denomination},
    Amount, BusinessDay, Moment, SignedAmount, TradeId, UtcOffset, WorkingDays,
};
use serde::Serialize;
use serde_json::{json, Value as Json};
use sp_core::H256;

/// What a date looks like.
pub const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// What a moment looks like.
pub const MOMENT: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$";
/// What a hash looks like.
pub const HASH: &str = "^0x[0-9a-f]{64}$";
/// What an amount in minor units looks like.
pub const MINOR: &str = "^-?[0-9]+$";

/// The days of a week, the first being the lowest bit of [`WorkingDays`].
const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A day: `2026-11-28`.
pub fn date(day: BusinessDay) -> String {
    dates::show(day)
}

/// A moment in UTC: `2026-11-28T11:02:00Z`.
pub fn moment(moment: Moment) -> String {
    let text = time::show(moment, UtcOffset(0));
    match text.strip_suffix("+00:00") {
        Some(local) => format!("{local}Z"),
        None => text,
    }
}

/// An amount in minor units and as a decimal.
pub fn money(minor: Amount, by: &Denomination<'_>) -> Json {
    json!({ "minor": minor.to_string(), "value": value(minor, by), "currency": by.currency })
}

/// What the company owes the bank, in minor units and as a decimal; below zero, the bank owes the company.
pub fn owed(minor: SignedAmount, by: &Denomination<'_>) -> Json {
    let sign = if minor < 0 { "-" } else { "" };
    let value = format!("{sign}{}", value(minor.unsigned_abs(), by));
    json!({ "minor": minor.to_string(), "value": value, "currency": by.currency })
}

/// The decimal alone: the form for people has the currency behind it.
fn value(minor: Amount, by: &Denomination<'_>) -> String {
    let shown = amount::show(minor, by);
    match shown.rsplit_once(' ') {
        Some((value, _)) => value.into(),
        None => shown,
    }
}

/// A hash: `0x` and 64 digits.
pub fn hash(hash: H256) -> String {
    format!("{hash:?}")
}

/// A trade's id: `1/42`, or `amendment 17` where an amendment booked the trade.
pub fn trade_id(id: &TradeId) -> String {
    match id.is_of_amendment() {
        true => format!("amendment {}", id.sequence),
        false => format!("{}/{}", id.client, id.sequence),
    }
}

/// The working days of a week: `mon-fri`.
pub fn week(week: WorkingDays) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..WEEK.len()).filter(|day| week.0 & (1_u8 << *day) != 0) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let texts = runs.into_iter().map(|(first, last)| match first == last {
        true => WEEK[first].to_owned(),
        false => format!("{}-{}", WEEK[first], WEEK[last]),
    });
    texts.collect::<Vec<_>>().join(",")
}

/// The name that a value has in JSON.
pub fn name<T: Serialize>(of: T) -> Json {
    serde_json::to_value(of).unwrap_or_default()
}

/// Joins two JSON objects.
pub fn with(mut base: Json, more: Json) -> Json {
    if let (Json::Object(base), Json::Object(more)) = (&mut base, more) {
        base.extend(more);
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    const CZK: Denomination<'static> = Denomination {
        currency: "CZK",
        decimals: 2,
    };

    #[test]
    fn an_amount_is_written_in_minor_units_beside_its_decimal() {
        assert_eq!(
            money(1_250, &CZK),
            json!({ "minor": "1250", "value": "12.50", "currency": "CZK" })
        );
        let yen = Denomination {
            currency: "JPY",
            decimals: 0,
        };
        assert_eq!(money(7, &yen)["value"], "7");
    }

    #[test]
    fn what_the_bank_owes_is_below_zero() {
        let owed = owed(-5, &CZK);
        assert_eq!(
            (&owed["minor"], &owed["value"]),
            (&json!("-5"), &json!("-0.05"))
        );
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        let noon = 20_785 * 86_400_000 + 43_200_000;
        assert_eq!(moment(noon), "2026-11-28T12:00:00Z");
        assert_eq!(moment(noon + 5), "2026-11-28T12:00:00.005Z");
    }

    #[test]
    fn a_trade_of_an_amendment_has_another_id_than_a_clients() {
        let id = |client, sequence| trade_id(&TradeId { client, sequence });
        assert_eq!(id(1, 42), "1/42");
        assert_eq!(id(0, 17), "amendment 17");
    }

    #[test]
    fn a_week_is_written_by_its_runs_of_working_days() {
        assert_eq!(week(WorkingDays::MONDAY_TO_FRIDAY), "mon-fri");
        assert_eq!(week(WorkingDays(0b110_1001)), "mon,thu,sat-sun");
    }
}
