//! Days, their sides and their sums.

use super::{minor, moment_json, with};
use counterfoil_client::time::day_text;
use counterfoil_primitives::{
    summary::SideSummary, timing, AgreementId, BusinessDay, Commitment, DayTotals, KindTotals,
    SideId, SideTotals,
};
use serde_json::{json, Value as Json};

/// The trades of a kind of a day for programs.
pub fn kind_totals_json(totals: &KindTotals) -> Json {
    json!({
        "count": totals.count,
        "gross": minor(totals.gross),
        "debit": minor(totals.debit),
        "credit": minor(totals.credit),
    })
}

/// The trades of both kinds for programs.
pub fn day_totals_json(totals: &DayTotals) -> Json {
    json!({
        "payments": kind_totals_json(&totals.payments),
        "refunds": kind_totals_json(&totals.refunds),
    })
}

/// Sums by kind for programs.
pub fn side_totals_json(totals: &SideTotals) -> Json {
    json!({ "payments": minor(totals.payments), "refunds": minor(totals.refunds) })
}

/// A commitment for programs.
fn commitment_json(commitment: &Commitment) -> Json {
    json!({
        "slots_root": format!("{:?}", commitment.slots_root),
        "extras_root": format!("{:?}", commitment.extras_root),
        "slots": commitment.slots,
        "extras": commitment.extras,
        "total": minor(commitment.totals.payments),
        "totals": side_totals_json(&commitment.totals),
    })
}

/// A side for programs, `timing` of whose breaks are ends of timing differences.
pub fn side_json(side: &SideSummary, timing: u32) -> Json {
    json!({
        "status": side.status.name(),
        "breaks": timing::apart(&side.status, timing).breaks(),
        "timing": side.status.breaks().map(|_| timing),
        "overdue": side.overdue,
        "defaulted": side.defaulted,
        "round": side.round,
        "replacements": side.replacements,
        "commitment": side.commitment.as_ref().map(commitment_json),
        "chain": side.chain.as_ref().map(commitment_json),
        "listed_pages": side.listed_pages,
        "accepted_pages": side.accepted_pages,
        "late_until": moment_json(side.late_until),
    })
}

/// What every answer about a day begins with.
pub fn day_json(agreement: AgreementId, day: BusinessDay) -> Json {
    json!({ "agreement": agreement, "day": day_text(day) })
}

/// What every answer about a side of a day begins with.
pub fn side_id_json(side_id: SideId) -> Json {
    with(
        day_json(side_id.agreement, side_id.day),
        json!({ "side": side_id.side.name() }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{summary::SideStatus, Side};

    #[test]
    fn programs_read_which_commitment_of_a_side_is_awaited_or_stands() {
        let side = |round| SideSummary {
            round,
            ..Default::default()
        };
        assert_eq!(side_json(&side(0), 0)["round"], 0);
        assert_eq!(side_json(&side(2), 0)["round"], 2);
    }

    #[test]
    fn programs_read_timing_differences_beside_breaks() {
        let json = |status, timing| {
            let side = SideSummary {
                status,
                ..Default::default()
            };
            let json = side_json(&side, timing);
            (json["breaks"].clone(), json["timing"].clone())
        };
        let proven = SideStatus::Proven { breaks: 3 };
        assert_eq!(json(proven, 1), (json!(2), json!(1)));
        assert_eq!(json(proven, 0), (json!(3), json!(0)));
        let awaited = json(SideStatus::Awaited, 0);
        assert_eq!(awaited, (Json::Null, Json::Null));
    }

    #[test]
    fn an_answer_about_a_side_begins_with_what_names_it() {
        let side_id = SideId::new(7, BusinessDay(20_780), Side::Credit);
        assert_eq!(
            side_id_json(side_id),
            json!({ "agreement": 7, "day": "2026-11-23", "side": "credit" })
        );
    }

    #[test]
    fn a_commitment_shows_payments_and_refunds_apart() {
        let commitment = Commitment {
            totals: SideTotals {
                payments: 100,
                refunds: 20,
            },
            ..Default::default()
        };
        let json = commitment_json(&commitment);
        assert_eq!(json["total"], "100");
        assert_eq!(
            json["totals"],
            json!({ "payments": "100", "refunds": "20" })
        );
    }
}
