//! The day after against what the demo worked out: what the amendment booked, and the timing difference.

use super::{check_kind, Findings};
use crate::{
    clock::day_text,
    demo::{
        amendment::GROUND,
        facts::Facts,
        input::Payment,
        next_day::{late, Preview},
        setup::Setup,
    },
};
use serde_json::{json, Value};

/// Compares all that is known of the day after.
pub(super) fn check(setup: &Setup, facts: &Facts, findings: &mut Findings) {
    let (next, count) = (&facts.next_day, setup.cancelled.len());
    let cancelled: Vec<Payment> = setup
        .cancelled
        .iter()
        .map(|at| setup.trades[*at].clone())
        .collect();
    check_kind("day after, payments", &[], &next.summary.payments, findings);
    check_kind(
        "day after, refunds",
        &cancelled,
        &next.summary.refunds,
        findings,
    );
    findings.same("left of the cancelled", next.left.clone(), vec![0; count]);
    check_amendment(facts.amendment.as_ref(), count, findings);
    check_preview(setup, next.preview.as_ref(), findings);
}

/// The proposal as it is shown when all is booked.
fn check_amendment(shown: Option<&Value>, count: usize, findings: &mut Findings) {
    findings.same("an amendment", shown.is_some(), count > 0);
    let Some(shown) = shown else { return };
    let expected = [
        ("ground", json!(GROUND)),
        ("answers", json!({ "bank": true, "company": true })),
        ("booked", json!(count)),
        ("fallen_out", json!(0)),
    ];
    for (field, value) in expected {
        findings.same(&format!("amendment: {field}"), &shown[field], &value);
    }
}

/// The company's ledger of the day after: it agrees, but for one line of the day before.
fn check_preview(setup: &Setup, preview: Option<&Preview>, findings: &mut Findings) {
    let late = late(setup);
    findings.same("a late line", preview.is_some(), late.is_some());
    let (Some(Preview { json, .. }), Some(late)) = (preview, late) else {
        return;
    };
    let end = json!({
        "other_day": day_text(setup.plan.day),
        "late": "ledger",
        "other_end": "found",
    });
    let line = &json["differences"][0];
    let expected = [
        (
            "positions that agree",
            &json["matched"],
            json!(setup.cancelled.len()),
        ),
        ("differences", &json["differences_by_cause"], json!({})),
        ("timing differences", &json["timing"], json!(1)),
        (
            "late line's amount",
            &line["found"]["amount"],
            json!(late.amount.to_string()),
        ),
        (
            "late line's product",
            &line["found"]["product"],
            json!(late.product),
        ),
        ("late line's other day", &line["timing"], end),
    ];
    for (what, found, value) in expected {
        findings.same(&format!("day after: {what}"), found, &value);
    }
}
