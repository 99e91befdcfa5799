//! `day show`: the state of a business day.

use crate::{
    commands::{timing::DayTiming, Context, DayArguments},
    output::{
        day_json, kind_totals_json, minor, moment_json, names_and_values, side_json, table, with,
        Rendered,
    },
};
use anyhow::Result;
use counterfoil_client::{
    chain::views::Agreement,
    money::Money,
    report::side_of,
    text::{obligation_text, side_title, totals_text},
    time::{day_text, moment_text},
};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    timing::status_words,
    written::due,
    AgreementId, Amount, KindTotals, Side, SignedAmount,
};
use serde_json::{json, Value as Json};

pub(super) async fn show(context: &Context, named: DayArguments) -> Result<Rendered> {
    let (at, agreement) = named.final_agreement(context).await?;
    let day = at.day(named.agreement, named.day).await?;
    let timing = DayTiming::of_day(&at, agreement.id, &day).await?;
    Ok(Rendered::new(
        to_json(agreement.id, &day, timing),
        to_text(&agreement, &day, timing),
    ))
}

pub(super) const fn status_name(status: DayStatus) -> &'static str {
    match status {
        DayStatus::Open => "open",
        DayStatus::Sealed => "sealed",
        DayStatus::Reconciled => "reconciled",
        DayStatus::Settled => "settled",
    }
}

pub(super) fn to_json(agreement: AgreementId, day: &DaySummary, timing: DayTiming) -> Json {
    with(
        day_json(agreement, day.day),
        json!({
            "status": status_name(day.status),
            "trades": day.trades,
            "gross": minor(day.payments.gross),
            "debit_total": minor(day.payments.debit),
            "credit_total": minor(day.payments.credit),
            "payments": kind_totals_json(&day.payments),
            "refunds": kind_totals_json(&day.refunds),
            "cut_off_at": moment_json(Some(day.cut_off_at)),
            "due_on": day_text(day.due_with.next()),
            "preset_at": moment_json(Some(day.preset_at)),
            "deadline_at": moment_json(Some(day.deadline_at)),
            "debit": side_json(&day.debit, timing.of(Side::Debit)),
            "credit": side_json(&day.credit, timing.of(Side::Credit)),
            "payable": day.obligation.map(payable).map(minor),
            "obligation": day.obligation.map(|owed| owed.to_string()),
            "paid_at": moment_json(day.paid_at),
        }),
    )
}

fn to_text(agreement: &Agreement, day: &DaySummary, timing: DayTiming) -> String {
    let money = &agreement.money;
    let offset = agreement.offset_minutes(day.day.next());
    let when = |moment| moment_text(moment, offset);
    let due_offset = agreement.offset_minutes(day.due_with.next());
    let when_due = |moment| moment_text(moment, due_offset);
    let head = names_and_values([
        ("agreement", agreement.id.to_string()),
        ("day", day_text(day.day)),
        ("status", status_name(day.status).into()),
        ("payments", kind_text(&day.payments, money)),
        ("refunds", kind_text(&day.refunds, money)),
        ("cut-off", when(day.cut_off_at)),
        ("due", due::words(day.day, day.due_with)),
        ("preset time", when_due(day.preset_at)),
        ("deadline", when_due(day.deadline_at)),
        ("obligation", owed_text(agreement, day)),
    ]);
    let rows = Side::BOTH.map(|side| {
        let found = side_of(day, side);
        let total = found
            .commitment
            .map_or("-".into(), |own| totals_text(&own.totals, money));
        let remarks = remarks(found);
        vec![
            side_title(side).into(),
            status_words(&found.status, timing.of(side)),
            if remarks.is_empty() {
                "-".into()
            } else {
                remarks.join(", ")
            },
            total,
            agrees(found).into(),
        ]
    });
    let header = [
        "side",
        "status",
        "remarks",
        "committed total",
        "commitment and chain",
    ];
    format!("{head}\n{}", table(&header, rows))
}

/// What the company owes: nothing where the bank owes.
fn payable(obligation: SignedAmount) -> Amount {
    Amount::try_from(obligation).unwrap_or_default()
}

/// The trades of a kind in a few words.
fn kind_text(totals: &KindTotals, money: &Money) -> String {
    match totals.count {
        0 => "none".into(),
        count => format!(
            "{count}, gross {}, debit {}, credit {}",
            money.show(totals.gross),
            money.show(totals.debit),
            money.show(totals.credit)
        ),
    }
}

/// Who owes whom what for a day, and whether it is paid.
pub(super) fn owed_text(agreement: &Agreement, day: &DaySummary) -> String {
    let Some(obligation) = day.obligation else {
        return "not known before the day is reconciled".into();
    };
    let owed = obligation_text(obligation, &agreement.money);
    match day.paid_at {
        Some(at) => {
            let offset = agreement.offset_minutes(day.day.next());
            format!("{owed}, paid {}", moment_text(at, offset))
        }
        None if day.status == DayStatus::Settled => owed,
        None => format!("{owed}, due"),
    }
}

/// What is remarkable about a side beside its status.
pub(super) fn remarks(side: &SideSummary) -> Vec<String> {
    let mut remarks = Vec::new();
    if side.overdue {
        remarks.push("overdue".to_owned());
    }
    if side.replacements > 0 {
        remarks.push(format!("replaced {} times", side.replacements));
    }
    if side.round > 0 {
        remarks.push("a book was rejected".to_owned());
    }
    if side.defaulted && matches!(side.status, SideStatus::Repaired { .. }) {
        remarks.push("proven late".to_owned());
    }
    if let (SideStatus::Defaulted, Some(_)) = (side.status, side.commitment) {
        remarks.push(if side.too_late {
            "committed, not proven".to_owned()
        } else {
            "committed, may be proven late".to_owned()
        });
    }
    if side.accepted_pages < side.listed_pages {
        remarks.push(format!(
            "{} of {} pages reported",
            side.accepted_pages, side.listed_pages
        ));
    }
    remarks
}

fn agrees(side: &SideSummary) -> &'static str {
    match (side.commitment, side.chain) {
        (Some(own), Some(chain)) if own == chain => "equal",
        (Some(_), Some(_)) if matches!(side.status, SideStatus::Repaired { .. }) => {
            "different; the book is equal now"
        }
        (Some(_), Some(_)) => "different",
        _ => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{AgreementView, BusinessDay, Caps, Conditions, Currency};

    const DAY: BusinessDay = BusinessDay(20_780);

    fn agreement() -> Agreement {
        let view = AgreementView {
            bank: 3,
            company: 2,
            reconcilers: vec![(DAY, 4)],
            clients: vec![1],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            asset: 1,
            first_day: DAY,
            end: None,
            caps: Caps::MAX,
            deadline_minutes: 720,
            max_late_minutes: 1_440,
            refund_days: 180,
            amend_days: 365,
            answer_days: 10,
            conditions: vec![(DAY, Conditions::default())],
        };
        Agreement {
            id: 7,
            view,
            money: Money::of("CZK").unwrap(),
        }
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
        let json = to_json(7, &day(Some(1_250)), DayTiming::default());
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
        let json = to_json(7, &day(Some(-1_250)), DayTiming::default());
        assert_eq!(
            (&json["payable"], &json["obligation"]),
            (&json!("0"), &json!("-1250"))
        );
        let open = to_json(7, &day(None), DayTiming::default());
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
        assert!(text(&day(None)).contains("not known before"));
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
        let json = to_json(7, &waiting, DayTiming::default());
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
}
