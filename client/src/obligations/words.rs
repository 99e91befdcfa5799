//! Obligations for people.

use crate::{money::Money, time::day_text};
use counterfoil_primitives::settlement::{
    ObligationView, Period, Rail, Release, SettlementPeriod, Waiting,
};

/// Which days one payment covers.
pub const fn period_text(period: Period) -> &'static str {
    match period {
        Period::Day => "each day by itself",
        Period::WorkingDay => "the days that come due together",
        Period::Month => "the days of a month",
    }
}

/// The name by which options take a period, like `working-day`.
pub const fn period_option(period: Period) -> &'static str {
    match period {
        Period::Day | Period::Month => period.name(),
        Period::WorkingDay => "working-day",
    }
}

/// How the money moves: `in asset 1`, or `outside the chain`.
pub fn rail_text(rail: Rail) -> String {
    match rail {
        Rail::Asset(asset) => format!("in asset {asset}"),
        Rail::External => "outside the chain".into(),
    }
}

/// The name of a rail in JSON: `asset` or `external`.
pub const fn rail_name(rail: Rail) -> &'static str {
    match rail {
        Rail::Asset(_) => "asset",
        Rail::External => "external",
    }
}

/// The days of a settlement period: `2026-11-01 to 2026-11-30`, or `2026-11-01` where it is one.
pub fn days_text(period: SettlementPeriod) -> String {
    let first = day_text(period.first);
    if period.first == period.last {
        return first;
    }
    format!("{first} to {}", day_text(period.last))
}

/// Whether a payment needs a word of the debtor's staff, by its name in JSON.
pub const fn release_name(release: Release) -> &'static str {
    match release {
        Release::NotNeeded => "not_needed",
        Release::Awaited => "awaited",
        Release::Given { .. } => "given",
    }
}

/// Why an obligation is not paid, with the amount that the reason names:
/// `the debtor's account holds too little: 2.50 CZK`.
pub fn waiting_text(waiting: &Waiting, money: &Money) -> String {
    match waiting.amount() {
        Some(amount) => format!("{waiting}: {}", money.show(amount)),
        None => waiting.to_string(),
    }
}

/// How an obligation stands, but for when it was paid.
pub fn state_text(view: &ObligationView, money: &Money) -> String {
    match (&view.waiting, view.obligation.paid_at) {
        (Some(waiting), _) => waiting_text(waiting, money),
        (None, Some(_)) if view.obligation.amount == 0 => "nothing is owed".into(),
        (None, Some(_)) => "paid".into(),
        (None, None) => "can be paid now".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{settlement::Obligation, BusinessDay};

    const DAY: BusinessDay = BusinessDay(20_780);

    fn view(amount: i128, paid_at: Option<u64>, waiting: Option<Waiting>) -> ObligationView {
        let obligation = Obligation {
            amount,
            paid_at,
            ..Obligation::new(DAY, Rail::External)
        };
        ObligationView {
            agreement: 7,
            period: SettlementPeriod {
                first: DAY,
                last: DAY,
            },
            obligation,
            debtor: Some(2),
            creditor: Some(3),
            days: vec![(DAY, amount)],
            declarations: Vec::new(),
            waiting,
        }
    }

    #[test]
    fn a_period_of_one_day_is_named_by_it_and_a_longer_one_by_both_ends() {
        let days = |last| days_text(SettlementPeriod { first: DAY, last });
        assert_eq!(days(DAY), "2026-11-23");
        assert_eq!(days(DAY.next()), "2026-11-23 to 2026-11-24");
    }

    #[test]
    fn a_reason_comes_with_the_amount_that_it_names() {
        let money = Money::of("CZK").unwrap();
        let text = |waiting| waiting_text(&waiting, &money);
        assert_eq!(
            text(Waiting::Short { by: 250 }),
            "the debtor's account holds too little: 2.50 CZK"
        );
        assert_eq!(
            text(Waiting::Release),
            "the debtor's staff has to release it"
        );
    }

    #[test]
    fn an_obligation_waits_or_can_be_paid_or_is_paid() {
        let money = Money::of("CZK").unwrap();
        let text = |view| state_text(&view, &money);
        assert!(text(view(5, None, Some(Waiting::Release))).contains("release"));
        assert_eq!(text(view(5, None, None)), "can be paid now");
        assert_eq!(text(view(5, Some(1), None)), "paid");
        assert_eq!(text(view(0, Some(1), None)), "nothing is owed");
    }

    #[test]
    fn a_rail_has_words_and_a_name() {
        assert_eq!(rail_text(Rail::Asset(1)), "in asset 1");
        assert_eq!(rail_text(Rail::External), "outside the chain");
        assert_eq!(rail_name(Rail::Asset(1)), "asset");
        assert_eq!(rail_name(Rail::External), "external");
    }

    #[test]
    fn options_write_a_period_with_a_dash() {
        let names = Period::ALL.map(period_option);
        assert_eq!(names, ["day", "working-day", "month"]);
    }
}
