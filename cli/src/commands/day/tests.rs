//! What people and programs read of a business day.

use super::{
    printed_day::{kind_text, owed_text, remarks},
    show::{to_json, to_text},
};
use crate::commands::timing_differences::DayTiming;
use counterfoil_client::{chain::views::Agreement, testing};
use counterfoil_primitives::{
    settlement::{Rail, SettlementPeriod},
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    BusinessDay, KindTotals, SignedAmount,
};
use serde_json::{json, Value as Json};

const DAY: BusinessDay = BusinessDay(20_780);

fn agreement() -> Agreement {
    testing::agreement(testing::agreement_view(DAY))
}

/// A reconciled day of one payment and one refund, for which this is owed.
fn day(obligation: Option<SignedAmount>) -> DaySummary {
    let totals = |gross| KindTotals {
        count: 1,
        gross,
        debit: gross - 20,
        credit: 20,
    };
    DaySummary {
        day: DAY,
        status: DayStatus::Reconciled,
        trades: 2,
        payments: totals(1_000),
        refunds: totals(400),
        obligation,
        ..DaySummary::default()
    }
}

#[test]
fn programs_read_payments_and_refunds_apart_under_keys_that_stay() {
    let json = to_json(&agreement(), &day(Some(1_250)), DayTiming::default());
    assert_eq!(json["trades"], 2);
    assert_eq!(
        (&json["gross"], &json["credit_total"]),
        (&json!("1000"), &json!("20"))
    );
    assert_eq!(json["payments"]["debit"], "980");
    assert_eq!(json["refunds"]["gross"], "400");
    assert_eq!(
        (&json["payable"], &json["obligation"]),
        (&json!("1250"), &json!("1250"))
    );
}

#[test]
fn the_company_owes_nothing_where_the_bank_owes() {
    let json = to_json(&agreement(), &day(Some(-1_250)), DayTiming::default());
    assert_eq!(
        (&json["payable"], &json["obligation"]),
        (&json!("0"), &json!("-1250"))
    );
    let open = to_json(&agreement(), &day(None), DayTiming::default());
    assert_eq!(
        (&open["payable"], &open["obligation"]),
        (&Json::Null, &Json::Null)
    );
}

#[test]
fn people_read_who_owes_whom_and_whether_it_is_paid() {
    let agreement = agreement();
    let text = |day: &DaySummary| owed_text(&agreement, day);
    assert_eq!(
        text(&day(Some(-1_250))),
        "the bank owes the company 12.50 CZK, due"
    );
    let paid = DaySummary {
        paid_at: Some(0),
        ..day(Some(1_250))
    };
    assert!(text(&paid).starts_with("the company owes the bank 12.50 CZK, paid "));
    let nothing = DaySummary {
        status: DayStatus::Settled,
        ..day(Some(0))
    };
    assert_eq!(text(&nothing), "nothing");
    let since = DaySummary {
        paid_at: Some(0),
        ..nothing
    };
    assert_eq!(text(&since), "nothing");
    assert!(text(&day(None)).contains("not known before"));
}

#[test]
fn people_read_with_which_days_a_day_is_paid() {
    let agreement = agreement();
    let of_period = |paid_at| DaySummary {
        paid_at,
        period: SettlementPeriod {
            first: DAY,
            last: DAY.next(),
        },
        ..day(Some(1_250))
    };
    let waiting = owed_text(&agreement, &of_period(None));
    let words = "12.50 CZK, to be paid with 2026-11-23 to 2026-11-24";
    assert!(waiting.ends_with(words), "{waiting}");
    let paid = owed_text(&agreement, &of_period(Some(0)));
    let words = "settled with 2026-11-23 to 2026-11-24 at 1970-01-01";
    assert!(paid.contains(words), "{paid}");
    let json = to_json(&agreement, &of_period(None), DayTiming::default());
    let period = json!({ "first": "2026-11-23", "last": "2026-11-24" });
    assert_eq!(json["period"], period);
}

#[test]
fn people_and_programs_read_on_which_rail_a_day_is_paid() {
    let read = |rail| {
        let mut agreement = agreement();
        agreement.view.conditions[0].1.rail = rail;
        let day = day(Some(1_250));
        let json = to_json(&agreement, &day, DayTiming::default());
        let text = to_text(&agreement, &day, DayTiming::default());
        (json["rail"].clone(), json["asset"].clone(), text)
    };
    let (rail, asset, text) = read(Rail::Asset(1));
    assert_eq!((rail, asset), (json!("asset"), json!(1)));
    assert!(text.contains("in asset 1"), "{text}");
    let (rail, asset, text) = read(Rail::External);
    assert_eq!((rail, asset), (json!("external"), Json::Null));
    assert!(text.contains("outside the chain"), "{text}");
}

#[test]
fn people_read_how_often_a_commitment_was_replaced_and_what_came_late() {
    let side = |status, commitment| SideSummary {
        status,
        commitment,
        defaulted: true,
        ..SideSummary::default()
    };
    let committed = side(SideStatus::Defaulted, Some(Default::default()));
    assert_eq!(remarks(&committed), ["committed, may be proven late"]);
    let over = SideSummary {
        too_late: true,
        ..committed
    };
    assert_eq!(remarks(&over), ["committed, not proven"]);
    assert!(remarks(&side(SideStatus::Defaulted, None)).is_empty());
    let repaired = side(SideStatus::Repaired { breaks: 1 }, None);
    assert_eq!(remarks(&repaired), ["proven late"]);
    let replaced = SideSummary {
        replacements: 2,
        ..SideSummary::default()
    };
    assert_eq!(remarks(&replaced), ["replaced 2 times"]);
}

#[test]
fn people_and_programs_read_when_a_day_before_closed_ones_comes_due() {
    let waiting = DaySummary {
        due_with: BusinessDay(DAY.0 + 8),
        ..day(None)
    };
    let text = to_text(&agreement(), &waiting, DayTiming::default());
    let words = "due on 2026-12-02, since 2026-11-24 to 2026-12-01 are closed";
    assert!(text.contains(words), "{text}");
    let json = to_json(&agreement(), &waiting, DayTiming::default());
    assert_eq!(json["due_on"], "2026-12-02");
}

#[test]
fn people_read_payments_and_refunds_apart() {
    let text = to_text(&agreement(), &day(None), DayTiming::default());
    assert!(
        text.contains("1, gross 10.00 CZK, debit 9.80 CZK, credit 0.20 CZK"),
        "{text}"
    );
    assert!(
        text.contains("1, gross 4.00 CZK, debit 3.80 CZK, credit 0.20 CZK"),
        "{text}"
    );
    assert_eq!(
        kind_text(&KindTotals::default(), &agreement().money),
        "none"
    );
}
