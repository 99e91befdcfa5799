//! What a command says: JSON for programs, tables for people.

mod causes;
mod days;
mod trades;

pub use causes::{booked_on, by_cause, by_cause_text, cause_and_day, timing_json};
pub use days::{
    day_json, day_totals_json, kind_totals_json, side_id_json, side_json, side_totals_json,
};
pub use trades::{entry_json, link_json, trade_json, trade_row, TRADE_COLUMNS};

use comfy_table::{presets::UTF8_FULL_CONDENSED, ContentArrangement, Table};
use counterfoil_client::{printable_text::printable, time::moment_rfc3339};
use counterfoil_primitives::{Amount, Moment};
use serde_json::Value as Json;

/// How a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Tables.
    #[default]
    Table,
    /// One JSON document.
    Json,
}

/// What a command prints.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// For programs. Amounts are strings of minor units.
    pub json: Json,
    /// For people. Amounts are decimals.
    pub text: String,
    /// Whether a part of the request was refused, or a reported side is not proven yet.
    pub partial: bool,
    /// Whether a comparison found differences.
    pub differs: bool,
    /// Whether a check found a fault.
    pub faulty: bool,
}

impl Rendered {
    /// An answer in full.
    pub const fn new(json: Json, text: String) -> Self {
        Self {
            json,
            text,
            partial: false,
            differs: false,
            faulty: false,
        }
    }

    /// What goes to standard output.
    pub fn print(&self, format: Format) -> String {
        match format {
            Format::Table => self.text.clone(),
            Format::Json => self.json.to_string(),
        }
    }
}

/// A table. Invisible marks are written out in its cells.
pub fn table<R: IntoIterator<Item = String>>(
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
) -> String {
    let mut table = Table::new();
    table
        .load_preset(UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header.iter().copied());
    for row in rows {
        table.add_row(row.into_iter().map(|cell| printable(&cell).into_owned()));
    }
    table.to_string()
}

/// Names and values, one a line. Invisible marks are written out in the values.
pub fn names_and_values(rows: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let rows: Vec<_> = rows.into_iter().collect();
    let width = rows
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    let lines: Vec<String> = rows
        .iter()
        .map(|(name, value)| format!("{name:<width$}  {}", printable(value)))
        .collect();
    lines.join("\n")
}

/// Notes for people, a line each.
pub fn notes_text(notes: &[String]) -> String {
    notes.iter().map(|note| format!("\nnote: {note}")).collect()
}

/// An amount for programs.
pub fn minor(amount: Amount) -> Json {
    Json::String(amount.to_string())
}

/// A moment for programs, or null.
pub fn moment_json(moment: Option<Moment>) -> Json {
    moment.map_or(Json::Null, |moment| Json::String(moment_rfc3339(moment)))
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
    use serde_json::json;

    #[test]
    fn amounts_are_strings_of_minor_units_for_programs() {
        assert_eq!(
            minor(u128::MAX),
            json!("340282366920938463463374607431768211455")
        );
    }

    #[test]
    fn a_part_refused_and_differences_have_exit_codes_of_their_own() {
        let said = |partial, differs| Rendered {
            partial,
            differs,
            ..Rendered::new(Json::Null, String::new())
        };
        assert_eq!(said(false, false).exit_code(), 0);
        assert_eq!(said(false, true).exit_code(), 3);
        // A comparison without the refused lines is not one of the whole.
        assert_eq!(said(true, true).exit_code(), 2);
        assert_eq!(said(true, false).exit_code(), 2);
    }

    #[test]
    fn a_fault_that_a_check_found_has_an_exit_code_of_its_own() {
        let said = Rendered {
            faulty: true,
            ..Rendered::new(Json::Null, String::new())
        };
        assert_eq!(said.exit_code(), 4);
    }

    #[test]
    fn no_cell_and_no_value_holds_what_a_terminal_obeys() {
        let text = table(&["a"], [vec!["x\u{1b}]0;y\n".to_owned()]]);
        assert!(text.contains("x<U+001B>]0;y<U+000A>"), "{text}");
        let text = names_and_values([("problem", "x\u{9b}2J".into())]);
        assert_eq!(text, "problem  x<U+009B>2J");
    }

    #[test]
    fn a_table_shows_its_rows() {
        let text = table(&["a", "b"], [vec!["1".to_owned(), "2".to_owned()]]);
        insta::assert_snapshot!(text, @r"
        ┌───┬───┐
        │ a ┆ b │
        ╞═══╪═══╡
        │ 1 ┆ 2 │
        └───┴───┘
        ");
    }

    #[test]
    fn a_list_aligns_its_values() {
        assert_eq!(
            names_and_values([("a", "1".into()), ("long", "2".into())]),
            "a     1\nlong  2"
        );
    }
}
