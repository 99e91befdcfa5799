//! What an import has done, for programs and for people.

use super::{booked_days::Booked, sums::Sums, Ready};
use crate::{
    commands::refused_lines::{refusal_json, refusals_text},
    output::{minor, names_and_values, notes_text, Rendered},
};
use counterfoil_client::chain::views::Agreement;
use counterfoil_primitives::Kind;
use serde_json::json;
use std::path::Path;

/// What an import has done.
#[derive(Default)]
pub(super) struct Done {
    /// The payments that it recorded.
    pub(super) recorded: Sums,
    /// The payments that were recorded before.
    pub(super) known: Sums,
    /// The refunds that it recorded. The parties' amounts are not summed: they follow from the originals.
    pub(super) refunds: Sums,
    /// The refunds that were recorded before.
    pub(super) known_refunds: Sums,
    /// Where all of them stand.
    pub(super) booked: Booked,
}

impl Done {
    /// The sums of what was recorded of a kind now, or before.
    pub(super) const fn sums(&mut self, kind: Kind, new: bool) -> &mut Sums {
        match (kind, new) {
            (Kind::Payment, true) => &mut self.recorded,
            (Kind::Payment, false) => &mut self.known,
            (Kind::Refund, true) => &mut self.refunds,
            (Kind::Refund, false) => &mut self.known_refunds,
        }
    }
}

/// Reports what an import of `lines` lines has done. `file` is where the refused lines are.
pub(super) fn render(
    agreement: &Agreement,
    lines: usize,
    done: &Done,
    ready: &Ready,
    file: Option<&Path>,
) -> Rendered {
    let money = &agreement.money;
    let (recorded, known) = (&done.recorded, &done.known);
    let (refunds, known_refunds) = (&done.refunds, &done.known_refunds);
    let new = recorded.count + refunds.count;
    let old = known.count + known_refunds.count;
    let refunded = refunds.gross + known_refunds.gross;
    let refused = &ready.refused;
    let json = json!({
        "agreement": agreement.id,
        "lines": lines,
        "accepted": new + old,
        "recorded": new,
        "recorded_before": old,
        "refused": refused.len(),
        "currency": money.code(),
        "gross": minor(recorded.gross + known.gross),
        "debit": minor(recorded.debit + known.debit),
        "credit": minor(recorded.credit + known.credit),
        "refunds": {
            "recorded": refunds.count,
            "recorded_before": known_refunds.count,
            "gross": minor(refunded),
        },
        "booked": done.booked.json(),
        "refused_file": file.map(|path| path.display().to_string()),
        "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
        "notes": ready.notes,
    });
    let mut text = names_and_values([
        ("lines", lines.to_string()),
        ("accepted", (new + old).to_string()),
        ("  recorded now", new.to_string()),
        ("    of these, refunds", refunds.count.to_string()),
        ("  recorded before", old.to_string()),
        ("    of these, refunds", known_refunds.count.to_string()),
        ("refused", refused.len().to_string()),
        ("gross", money.show(recorded.gross + known.gross)),
        ("debit", money.show(recorded.debit + known.debit)),
        ("credit", money.show(recorded.credit + known.credit)),
        ("given back", money.show(refunded)),
    ]);
    text += &notes_text(&ready.notes);
    text += &refusals_text(refused, file);
    Rendered {
        json,
        text,
        partial: !refused.is_empty(),
        differs: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::trade_import::dry_run::tests::{agreement, payment, ready, refund};

    #[test]
    fn refunds_are_counted_beside_payments() {
        let mut done = Done::default();
        for (prepared, new) in [
            (payment(1, 1), true),
            (payment(2, 1), false),
            (refund(3, 1), true),
            (refund(4, 1), false),
            (refund(5, 1), false),
        ] {
            done.sums(prepared.kind(), new).add(&prepared.trade);
        }
        let rendered = render(&agreement(), 5, &done, &ready(Vec::new()), None);
        let json = &rendered.json;
        assert_eq!(
            (&json["accepted"], &json["recorded"]),
            (&json!(5), &json!(2))
        );
        assert_eq!(json["gross"], "20000");
        let refunds = json!({ "recorded": 1, "recorded_before": 2, "gross": "30000" });
        assert_eq!(json["refunds"], refunds);
        for line in ["    of these, refunds  1\n", "    of these, refunds  2\n"] {
            assert!(rendered.text.contains(line), "{line}: {}", rendered.text);
        }
    }
}
