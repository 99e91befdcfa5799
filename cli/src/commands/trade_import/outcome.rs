//! What an import has done, for programs and for people.

use super::{
    booked_days::Booked,
    late_payments_file::{late_text, LateFile},
    sums::Sums,
    Ready,
};
use crate::{
    commands::refused_lines::{refusal_json, refusals_text},
    output::{minor, names_and_values, notes_text, Rendered},
};
use counterfoil_client::{
    chain::views::Agreement, import::Prepared, printable_text::quoted, time::day_text,
};
use counterfoil_primitives::{BusinessDay, Kind};
use serde_json::{json, Value as Json};
use std::path::PathBuf;

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
    /// The payments that amendments recorded.
    pub(super) supplemented: Supplemented,
}

/// The payments of a file that amendments recorded.
#[derive(Default)]
pub(super) struct Supplemented {
    sums: Sums,
    /// Their ids, days and positions.
    places: Vec<(String, BusinessDay, u32)>,
}

impl Supplemented {
    /// Adds a payment that is on a position of a day.
    pub(super) fn add(&mut self, prepared: &Prepared, (day, position): (BusinessDay, u32)) {
        self.sums.add(&prepared.trade);
        self.places.push((prepared.id.clone(), day, position));
    }

    /// What the user should know of them.
    pub(super) fn note(&self) -> Option<String> {
        let (id, day, position) = self.places.first()?;
        let place = format!(
            "{} on position {position} of {}",
            quoted(id),
            day_text(*day)
        );
        Some(match self.places.len() {
            1 => format!("an amendment recorded the payment {place}; it counts as done"),
            count => format!(
                "amendments recorded {count} payments, the first {place}; they count as done"
            ),
        })
    }

    /// For programs.
    fn json(&self) -> Json {
        let places = self.places.iter().map(|(id, day, position)| {
            json!({ "payment": id, "day": day_text(*day), "position": position })
        });
        Json::Array(places.collect())
    }
}

/// The files that an import wrote.
#[derive(Default)]
pub(super) struct Files {
    /// Refused lines.
    pub(super) refused: Option<PathBuf>,
    /// Payments that come too late.
    pub(super) late: Option<LateFile>,
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

/// Reports what an import of `lines` lines has done.
pub(super) fn render(
    agreement: &Agreement,
    lines: usize,
    done: &Done,
    ready: &Ready,
    files: &Files,
) -> Rendered {
    let money = &agreement.money;
    let (recorded, known) = (&done.recorded, &done.known);
    let (refunds, known_refunds) = (&done.refunds, &done.known_refunds);
    let new = recorded.count + refunds.count;
    let old = known.count + known_refunds.count;
    let refunded = refunds.gross + known_refunds.gross;
    let supplemented = &done.supplemented;
    let accepted = new + old + supplemented.sums.count;
    let refused = ready.all_refused();
    let (file, late) = (files.refused.as_deref(), files.late.as_ref());
    let json = json!({
        "agreement": agreement.id,
        "lines": lines,
        "accepted": accepted,
        "recorded": new,
        "recorded_before": old,
        "recorded_by_amendments": supplemented.json(),
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
        "too_late": ready.late.len(),
        "too_late_file": late.map(|late| late.path.display().to_string()),
        "too_late_command": late.map(|late| &late.command),
        "refusals": refused.iter().map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
        "notes": ready.notes,
    });
    let mut text = names_and_values([
        ("lines", lines.to_string()),
        ("accepted", accepted.to_string()),
        ("  recorded now", new.to_string()),
        ("    of these, refunds", refunds.count.to_string()),
        ("  recorded before", old.to_string()),
        ("    of these, refunds", known_refunds.count.to_string()),
        (
            "  recorded by amendments",
            supplemented.sums.count.to_string(),
        ),
        ("refused", refused.len().to_string()),
        ("  because too late", ready.late.len().to_string()),
        ("gross", money.show(recorded.gross + known.gross)),
        ("debit", money.show(recorded.debit + known.debit)),
        ("credit", money.show(recorded.credit + known.credit)),
        ("given back", money.show(refunded)),
    ]);
    text += &notes_text(&ready.notes);
    text += &refusals_text(&refused, file);
    text += &late_text(late);
    Rendered {
        partial: !refused.is_empty(),
        ..Rendered::new(json, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::trade_import::dry_run::tests::{agreement, payment, ready, refund};
    use counterfoil_client::import::NotRecorded;

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
        let rendered = render(
            &agreement(),
            5,
            &done,
            &ready(Vec::new()),
            &Files::default(),
        );
        let json = &rendered.json;
        assert_eq!(
            (&json["accepted"], &json["recorded"]),
            (&json!(5), &json!(2))
        );
        assert_eq!(json["gross"], "20000");
        let refunds = json!({ "recorded": 1, "recorded_before": 2, "gross": "30000" });
        assert_eq!(json["refunds"], refunds);
        for line in [
            "    of these, refunds     1\n",
            "    of these, refunds     2\n",
        ] {
            assert!(rendered.text.contains(line), "{line}: {}", rendered.text);
        }
    }

    #[test]
    fn what_amendments_recorded_is_accepted_with_its_place() {
        let mut done = Done::default();
        let day = counterfoil_client::time::parse_day("2026-11-23").unwrap();
        done.supplemented.add(&payment(1, 1), (day, 3));
        let note = done.supplemented.note().unwrap();
        assert!(
            note.contains("\"p1\" on position 3 of 2026-11-23"),
            "{note}"
        );
        let rendered = render(
            &agreement(),
            1,
            &done,
            &ready(Vec::new()),
            &Files::default(),
        );
        let json = &rendered.json;
        assert_eq!(
            (&json["accepted"], &json["recorded"]),
            (&json!(1), &json!(0))
        );
        let place = json!({ "payment": "p1", "day": "2026-11-23", "position": 3 });
        assert_eq!(json["recorded_by_amendments"], json!([place]));
        assert!(!rendered.partial);
    }

    #[test]
    fn late_payments_are_refused_and_told_with_the_command_that_proposes_them() {
        let mut ready = ready(vec![payment(1, 1)]);
        ready.refuse(0, &NotRecorded::TooLate);
        let files = Files {
            refused: None,
            late: Some(LateFile {
                path: "p.too_late.csv".into(),
                command: "counterfoil amendment propose supplement".into(),
            }),
        };
        let rendered = render(&agreement(), 1, &Done::default(), &ready, &files);
        let json = &rendered.json;
        assert_eq!(
            (&json["refused"], &json["too_late"]),
            (&json!(1), &json!(1))
        );
        assert_eq!(json["too_late_file"], "p.too_late.csv");
        assert!(rendered.partial);
        let end = rendered.text.lines().last().unwrap();
        assert!(
            end.contains("counterfoil amendment propose supplement"),
            "{end}"
        );
    }
}
