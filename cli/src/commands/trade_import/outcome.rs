//! What an import has done, for programs and for people.

use super::{booked_days::Booked, sums::Sums, Ready};
use crate::{
    commands::refused_lines::{refusal_json, refusals_text},
    output::{list, minor, notes_text, Rendered},
};
use counterfoil_client::chain::views::Agreement;
use serde_json::json;
use std::path::Path;

/// What an import has done.
#[derive(Default)]
pub(super) struct Done {
    /// What it recorded.
    pub(super) recorded: Sums,
    /// What was recorded before.
    pub(super) known: Sums,
    /// Where both stand.
    pub(super) booked: Booked,
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
    let refused = &ready.refused;
    let json = json!({
        "agreement": agreement.id,
        "lines": lines,
        "accepted": recorded.count + known.count,
        "recorded": recorded.count,
        "recorded_before": known.count,
        "refused": refused.len(),
        "currency": money.code(),
        "gross": minor(recorded.gross + known.gross),
        "debit": minor(recorded.debit + known.debit),
        "credit": minor(recorded.credit + known.credit),
        "booked": done.booked.json(),
        "refused_file": file.map(|path| path.display().to_string()),
        "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
        "notes": ready.notes,
    });
    let mut text = list([
        ("lines", lines.to_string()),
        ("accepted", (recorded.count + known.count).to_string()),
        ("  recorded now", recorded.count.to_string()),
        ("  recorded before", known.count.to_string()),
        ("refused", refused.len().to_string()),
        ("gross", money.show(recorded.gross + known.gross)),
        ("debit", money.show(recorded.debit + known.debit)),
        ("credit", money.show(recorded.credit + known.credit)),
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
