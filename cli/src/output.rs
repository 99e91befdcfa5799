//! What a command says: JSON for programs, tables for people.

use comfy_table::{presets::UTF8_FULL_CONDENSED, ContentArrangement, Table};
use counterfoil_client::{
    local_time::Clock,
    mapping::ledger::trade_id_text,
    money::Money,
    text::{cause_text, printable, reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{
    summary::SideSummary, AgreementId, Amount, BusinessDay, Cause, Commitment, Entry, Moment,
    SideId, Trade, Witness,
};
use serde_json::{json, Value as Json};

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
}

impl Rendered {
    /// An answer in full.
    pub const fn new(json: Json, text: String) -> Self {
        Self {
            json,
            text,
            partial: false,
            differs: false,
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
pub fn list(rows: impl IntoIterator<Item = (&'static str, String)>) -> String {
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

/// A cause for people, with the day of the trade that a book has on another day.
pub fn cause_and_day(cause: Cause, witness: Option<&Witness>) -> String {
    match witness {
        Some(witness) if cause == Cause::OtherDay => {
            format!("{}, booked on {}", cause_text(cause), day_text(witness.day))
        }
        _ => cause_text(cause),
    }
}

/// The day of the trade that an extra repeats, or null.
pub fn booked_on(witness: Option<&Witness>) -> Json {
    witness.map_or(Json::Null, |witness| Json::String(day_text(witness.day)))
}

/// A trade for programs.
pub fn trade_json(position: u32, trade: &Trade) -> Json {
    json!({
        "position": position,
        "id": trade_id_text(&trade.id),
        "reference": reference_text(&trade.reference),
        "user": user_text(&trade.user),
        "product": trade.product,
        "gross": minor(trade.gross),
        "debit": minor(trade.debit),
        "credit": minor(trade.credit),
        "occurred_at": moment_rfc3339(trade.occurred_at),
        "terms_version": trade.terms_version,
    })
}

/// The columns of [`trade_row`].
pub const TRADE_COLUMNS: [&str; 9] = [
    "position",
    "trade",
    "user",
    "product",
    "gross",
    "debit",
    "credit",
    "occurred",
    "reference",
];

/// A trade for people, its time by the agreement's clock.
pub fn trade_row(position: u32, trade: &Trade, money: &Money, clock: &Clock<'_>) -> Vec<String> {
    vec![
        position.to_string(),
        trade_id_text(&trade.id),
        user_text(&trade.user),
        trade.product.to_string(),
        money.show(trade.gross),
        money.show(trade.debit),
        money.show(trade.credit),
        clock.text(trade.occurred_at),
        reference_text(&trade.reference),
    ]
}

/// An entry for programs.
pub fn entry_json(entry: &Entry) -> Json {
    json!({
        "id": trade_id_text(&entry.id),
        "reference": reference_text(&entry.reference),
        "user": user_text(&entry.user),
        "product": entry.product,
        "amount": minor(entry.amount),
        "occurred_at": moment_rfc3339(entry.occurred_at),
    })
}

/// A moment for programs, or null.
pub fn moment_json(moment: Option<Moment>) -> Json {
    moment.map_or(Json::Null, |moment| Json::String(moment_rfc3339(moment)))
}

/// A commitment for programs.
pub fn commitment_json(commitment: &Commitment) -> Json {
    json!({
        "slots_root": format!("{:?}", commitment.slots_root),
        "extras_root": format!("{:?}", commitment.extras_root),
        "slots": commitment.slots,
        "extras": commitment.extras,
        "total": minor(commitment.total),
    })
}

/// A side for programs.
pub fn side_json(side: &SideSummary) -> Json {
    json!({
        "status": side.status.name(),
        "breaks": side.status.breaks(),
        "overdue": side.overdue,
        "round": side.round,
        "commitment": side.commitment.as_ref().map(commitment_json),
        "chain": side.chain.as_ref().map(commitment_json),
        "listed_pages": side.listed_pages,
        "accepted_pages": side.accepted_pages,
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
    use counterfoil_primitives::{Reference, Side, UserId};

    #[test]
    fn programs_read_which_commitment_of_a_side_is_awaited_or_stands() {
        let side = |round| SideSummary {
            round,
            ..Default::default()
        };
        assert_eq!(side_json(&side(0))["round"], 0);
        assert_eq!(side_json(&side(2))["round"], 2);
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
    fn no_cell_and_no_value_holds_what_a_terminal_obeys() {
        let text = table(&["a"], [vec!["x\u{1b}]0;y\n".to_owned()]]);
        assert!(text.contains("x<U+001B>]0;y<U+000A>"), "{text}");
        let text = list([("problem", "x\u{9b}2J".into())]);
        assert_eq!(text, "problem  x<U+009B>2J");
    }

    #[test]
    fn a_trade_shows_its_time_by_the_offset_in_force_then() {
        // At the end of a day on which clocks go back, the hour before midnight is winter's.
        let day = counterfoil_client::time::parse_day("2027-10-31").unwrap();
        let offset_on = |at: BusinessDay| if at <= day { 120 } else { 60 };
        let prague = jiff::tz::TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let clock = Clock::new(&offset_on, None).by(vec![prague]);
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        let trade = Trade {
            id: Default::default(),
            reference: Reference::default(),
            user: UserId::default(),
            product: 1,
            gross: 100,
            debit: 90,
            credit: 10,
            occurred_at: at("2027-10-31T22:30:00Z") as Moment,
            terms_version: 0,
        };
        let row = trade_row(0, &trade, &Money::of("CZK").unwrap(), &clock);
        assert_eq!(row[7], "2027-10-31 23:30:00 +01:00");
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
            list([("a", "1".into()), ("long", "2".into())]),
            "a     1\nlong  2"
        );
    }

    #[test]
    fn a_line_of_another_day_names_the_day() {
        let witness = Witness {
            day: BusinessDay(20_777),
            position: 3,
        };
        let text = cause_and_day(Cause::OtherDay, Some(&witness));
        assert_eq!(text, "other_day, booked on 2026-11-20");
        assert_eq!(booked_on(Some(&witness)), json!("2026-11-20"));
        assert_eq!(cause_and_day(Cause::Duplicate, Some(&witness)), "duplicate");
        assert_eq!(cause_and_day(Cause::NotMatched, None), "not_matched");
        assert_eq!(booked_on(None), Json::Null);
    }
}
