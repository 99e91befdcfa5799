//! `agreement show`: an agreement and its products.

use super::paying_options::client_limits_text;
use crate::{
    commands::{
        calendar::ends_soon,
        product::{products_of, terms_json, terms_table},
    },
    output::{minor, names_and_values, table, Rendered},
};
use anyhow::Result;
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    obligations::words::{period_text, rail_name, rail_text},
    time::{day_text, offset_text, time_of_day_text},
};
use counterfoil_primitives::{
    settlement::ClientLimits, AgreementId, AgreementView, BusinessDay, CalendarNames, Conditions,
    MemberId,
};
use serde_json::{json, Value as Json};

/// The reconcilers, each with its first day if there are several: `4; from 2026-12-01: 9`.
fn reconcilers_text(reconcilers: &[(BusinessDay, MemberId)]) -> String {
    let texts = (0..).zip(reconcilers).map(|(number, (from, member))| {
        if number == 0 {
            member.to_string()
        } else {
            format!("from {}: {member}", day_text(*from))
        }
    });
    texts.collect::<Vec<_>>().join("; ")
}

pub(super) async fn show(at: &At, id: AgreementId) -> Result<Rendered> {
    let found = at.agreement(id).await?;
    let agreement = &found.view;
    let products = products_of(at, id).await?;
    let calendars = at.agreement_calendars(id).await?;
    let successors = at.successors(id).await?;
    let ends = ends_soon(at, &[id]).await?;
    let today = at.today(id).await?.unwrap_or(agreement.first_day);
    let conditions = agreement.conditions.iter();
    let conditions = conditions.map(|(from, conditions)| conditions_json(*from, conditions));
    let reconcilers = agreement
        .reconcilers
        .iter()
        .map(|(from, member)| json!({ "from": day_text(*from), "reconciler": member }));
    let versions = calendars.iter().map(|(from, names)| {
        let names: Vec<_> = names.iter().map(|name| name.as_str()).collect();
        json!({ "from": day_text(*from), "calendars": names })
    });
    let json = json!({
        "agreement": id,
        "bank": agreement.bank,
        "company": agreement.company,
        "reconcilers": reconcilers.collect::<Vec<_>>(),
        "clients": agreement.clients,
        "suspended": agreement.suspended,
        "successors": successors_json(&successors),
        "currency": found.money.code(),
        "decimals": agreement.decimals,
        "asset": asset_on(&found, today),
        "first_day": day_text(agreement.first_day),
        "last_day": agreement.end.map(|end| day_text(end.previous())),
        "closes": agreement.close().map(day_text),
        "caps": { "pages": agreement.caps.pages, "extras": agreement.caps.extras },
        "max_gross": agreement.max_gross.map(minor),
        "deadline_minutes": agreement.deadline_minutes,
        "max_late_minutes": agreement.max_late_minutes,
        "refund_days": agreement.refund_days,
        "amend_days": agreement.amend_days,
        "answer_days": agreement.answer_days,
        "conditions": conditions.collect::<Vec<_>>(),
        "calendars": versions.collect::<Vec<_>>(),
        "products": terms_json(&products),
    });
    let head = names_and_values([
        ("agreement", id.to_string()),
        ("bank", agreement.bank.to_string()),
        ("company", agreement.company.to_string()),
        ("reconciler", reconcilers_text(&agreement.reconcilers)),
        ("clients", format!("{:?}", agreement.clients)),
        ("suspended", suspended_text(&agreement.suspended)),
        ("successors", successors_text(&successors)),
        (
            "currency",
            format!("{}, {} decimals", found.money.code(), agreement.decimals),
        ),
        ("first day", day_text(agreement.first_day)),
        ("last day of payments", last_day_text(agreement)),
        ("closes", close_text(agreement)),
        (
            "caps",
            format!(
                "{} pages, {} extras",
                agreement.caps.pages, agreement.caps.extras
            ),
        ),
        (
            "largest trade",
            agreement
                .max_gross
                .map_or_else(|| "as the chain allows".into(), |max| found.money.show(max)),
        ),
        (
            "deadline",
            format!("{} min after the preset time", agreement.deadline_minutes),
        ),
        (
            "latest",
            format!("{} min after the cut-off", agreement.max_late_minutes),
        ),
        (
            "refunds",
            format!("{} days after the payment's", agreement.refund_days),
        ),
        (
            "amendments",
            format!("{} days after the trade's", agreement.amend_days),
        ),
        (
            "answers",
            format!("{} days after the proposal", agreement.answer_days),
        ),
        ("calendars", calendars_text(&calendars)),
    ]);
    let conditions = agreement.conditions.iter().map(|(from, conditions)| {
        vec![
            day_text(*from),
            offset_text(conditions.utc_offset),
            time_of_day_text(conditions.cut_off),
            time_of_day_text(conditions.preset),
            conditions.debit_source.name().into(),
            conditions.credit_source.name().into(),
            period_text(conditions.period).into(),
            rail_text(conditions.rail),
            client_limits_text(conditions.client_limits, &found.money),
        ]
    });
    let header = [
        "from",
        "UTC offset",
        "cut-off",
        "preset time",
        "debit book",
        "credit book",
        "one payment for",
        "paid",
        "a client's limits by day",
    ];
    let tables = [head, table(&header, conditions), terms_table(&products)];
    let text: Vec<_> = tables.into_iter().chain(ends).collect();
    Ok(Rendered::new(json, text.join("\n")))
}

/// Conditions for programs. The limits of clients are null where there are none.
fn conditions_json(from: BusinessDay, conditions: &Conditions) -> Json {
    let limits = |limits: ClientLimits| {
        json!({
            "payments": minor(limits.payments),
            "refunds": minor(limits.refunds),
        })
    };
    json!({
        "from": day_text(from),
        "utc_offset": offset_text(conditions.utc_offset),
        "cut_off": time_of_day_text(conditions.cut_off),
        "preset": time_of_day_text(conditions.preset),
        "debit_source": conditions.debit_source.name(),
        "credit_source": conditions.credit_source.name(),
        "period": conditions.period.name(),
        "rail": rail_name(conditions.rail),
        "asset": conditions.rail.asset(),
        "client_limits": conditions.client_limits.map(limits),
    })
}

/// The asset in which what is owed for a day is paid; none outside the chain.
fn asset_on(agreement: &Agreement, day: BusinessDay) -> Option<u32> {
    agreement.view.conditions_on(day)?.rail.asset()
}

/// The last day on which clients record payments, where the agreement ends.
fn last_day_text(agreement: &AgreementView) -> String {
    match agreement.end {
        Some(end) => day_text(end.previous()),
        None => "-".into(),
    }
}

/// The day from which on the agreement takes nothing, where it ends.
fn close_text(agreement: &AgreementView) -> String {
    match agreement.close() {
        Some(close) => format!(
            "{}: from then on no refunds and no amendments",
            day_text(close)
        ),
        None => "-".into(),
    }
}

/// The clients that record nothing, and what helps.
fn suspended_text(clients: &[MemberId]) -> String {
    match clients.is_empty() {
        true => "none".into(),
        false => format!("{clients:?}, which record nothing: see `agreement lift-suspension`"),
    }
}

/// Who refunds what clients recorded, for programs.
fn successors_json(successors: &[(MemberId, MemberId)]) -> Vec<Json> {
    let each = successors.iter();
    each.map(|(client, successor)| json!({ "client": client, "successor": successor }))
        .collect()
}

/// The same for people: `5 gives back for 1, 5 gives back for 6`.
fn successors_text(successors: &[(MemberId, MemberId)]) -> String {
    let texts = successors
        .iter()
        .map(|(client, successor)| format!("{successor} gives back for {client}"));
    match successors.is_empty() {
        true => "none".into(),
        false => texts.collect::<Vec<_>>().join(", "),
    }
}

/// The calendars, each version with its first day: `from 2026-12-01: CZ, SK; from 2027-01-01: none`.
fn calendars_text(versions: &[(BusinessDay, CalendarNames)]) -> String {
    let texts = versions.iter().map(|(from, names)| {
        let named: Vec<_> = names.iter().map(|name| name.as_str()).collect();
        let named = match named.is_empty() {
            true => "none".into(),
            false => named.join(", "),
        };
        format!("from {}: {named}", day_text(*from))
    });
    match versions.is_empty() {
        true => "none".into(),
        false => texts.collect::<Vec<_>>().join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_client::testing;
    use counterfoil_primitives::{
        settlement::{Period, Rail},
        Amount, CalendarName,
    };

    #[test]
    fn programs_read_no_asset_outside_the_chain() {
        let json = |rail| {
            let conditions = Conditions {
                rail,
                ..Conditions::default()
            };
            let json = conditions_json(BusinessDay(20_788), &conditions);
            (json["rail"].clone(), json["asset"].clone())
        };
        assert_eq!(json(Rail::External), (json!("external"), Json::Null));
        assert_eq!(json(Rail::Asset(1)), (json!("asset"), json!(1)));
    }

    #[test]
    fn programs_read_period_and_limits_of_clients() {
        let conditions = Conditions {
            period: Period::WorkingDay,
            client_limits: Some(ClientLimits {
                payments: 1_250,
                refunds: Amount::MAX,
            }),
            ..Conditions::default()
        };
        let json = conditions_json(BusinessDay(20_788), &conditions);
        assert_eq!(json["period"], "working_day");
        assert_eq!(json["client_limits"]["payments"], "1250");
        assert_eq!(json["client_limits"]["refunds"], Amount::MAX.to_string());
        let without = conditions_json(BusinessDay(20_788), &Conditions::default());
        assert_eq!(without["client_limits"], Json::Null);
    }

    #[test]
    fn people_read_the_last_day_of_payments_and_the_close() {
        let mut agreement = testing::agreement_view(BusinessDay(20_779));
        let texts = |agreement: &AgreementView| (last_day_text(agreement), close_text(agreement));
        let none = || String::from("-");
        assert_eq!(texts(&agreement), (none(), none()));
        agreement.end = Some(BusinessDay(20_788));
        (agreement.refund_days, agreement.amend_days) = (10, 31);
        let (last, close) = texts(&agreement);
        assert_eq!(last, "2026-11-30");
        assert!(close.starts_with("2027-01-01: "), "{close}");
    }

    #[test]
    fn people_read_which_clients_are_suspended() {
        assert_eq!(suspended_text(&[]), "none");
        let text = suspended_text(&[5]);
        assert!(text.starts_with("[5], which record nothing"), "{text}");
    }

    #[test]
    fn successors_come_with_the_clients_that_they_succeed() {
        assert_eq!(successors_text(&[]), "none");
        let two = [(1, 5), (6, 5)];
        let text = "5 gives back for 1, 5 gives back for 6";
        assert_eq!(successors_text(&two), text);
        assert_eq!(
            successors_json(&two)[0],
            json!({ "client": 1, "successor": 5 })
        );
    }

    #[test]
    fn calendars_come_with_their_first_day() {
        assert_eq!(calendars_text(&[]), "none");
        let names = |texts: &[&str]| {
            let names = texts.iter().map(|text| CalendarName::truncated(text));
            CalendarNames::truncate_from(names.collect())
        };
        let versions = [
            (BusinessDay(20_788), names(&["CZ", "SK"])),
            (BusinessDay(20_819), names(&[])),
        ];
        assert_eq!(
            calendars_text(&versions),
            "from 2026-12-01: CZ, SK; from 2027-01-01: none"
        );
    }

    #[test]
    fn reconcilers_after_the_first_come_with_their_first_day() {
        let first = (BusinessDay(20_779), 4);
        assert_eq!(reconcilers_text(&[first]), "4");
        let second = (BusinessDay(20_788), 9);
        assert_eq!(reconcilers_text(&[first, second]), "4; from 2026-12-01: 9");
    }
}
