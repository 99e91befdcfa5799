//! A cell of an export: what it holds decides how each form writes it.

use counterfoil_client::{
    mapping::trade_ids::trade_id_text,
    money::{Money, Style},
    text::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{
    Amount, BusinessDay, Entry, Moment, Reference, SideId, SignedAmount, TradeId, UserId,
};

/// A cell of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A name, an id or a reference: text, even where it looks like a number or a formula.
    Text(String),
    /// The number of an agreement, a member, a product or a position; or a count.
    Number(u32),
    /// A date.
    Day(BusinessDay),
    /// A moment.
    Moment(Moment),
    /// An amount of the export's currency.
    Amount {
        /// Its minor units.
        minor: Amount,
        /// Whether it is less than zero.
        is_negative: bool,
    },
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) const fn amount(minor: Amount) -> Self {
        let is_negative = false;
        Self::Amount { minor, is_negative }
    }

    pub(crate) const fn signed(minor: SignedAmount) -> Self {
        Self::Amount {
            minor: minor.unsigned_abs(),
            is_negative: minor < 0,
        }
    }

    /// A trade id; empty where a book names none.
    pub(crate) fn trade_id(id: &TradeId) -> Self {
        if *id == TradeId::default() {
            return Self::Empty;
        }
        Self::Text(trade_id_text(id))
    }

    pub(crate) fn reference(reference: &Reference) -> Self {
        Self::Text(reference_text(reference))
    }

    pub(crate) fn user(user: &UserId) -> Self {
        Self::Text(user_text(user))
    }

    /// The cell as a text by itself; empty where there is nothing.
    pub(super) fn plain(&self, money: &Money) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day_text(*day),
            Self::Moment(moment) => moment_rfc3339(*moment),
            Self::Amount { minor, is_negative } => {
                let sign = if *is_negative { "-" } else { "" };
                format!("{sign}{}", money.format(*minor, &Style::default()))
            }
        }
    }
}

/// The cells of `agreement`, `day` and `side`.
pub(crate) fn side_cells(side_id: SideId) -> [Cell; 3] {
    [
        Cell::Number(side_id.agreement),
        Cell::Day(side_id.day),
        Cell::text(side_id.side.name()),
    ]
}

/// The cells of `trade_id`, `kind`, `reference`, `user`, `product` and `occurred_at`.
pub(super) fn entry_cells(entry: &Entry) -> [Cell; 6] {
    [
        Cell::trade_id(&entry.id),
        Cell::text(entry.kind.name()),
        Cell::reference(&entry.reference),
        Cell::user(&entry.user),
        Cell::Number(entry.product),
        Cell::Moment(entry.occurred_at),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_decimals_with_their_sign() {
        let text = |cell: Cell, currency| cell.plain(&Money::of(currency).unwrap());
        assert_eq!(text(Cell::amount(125_050), "CZK"), "1250.50");
        assert_eq!(text(Cell::signed(-7), "CZK"), "-0.07");
        assert_eq!(text(Cell::signed(7), "JPY"), "7");
        assert_eq!(
            text(Cell::amount(10u128.pow(20)), "CZK"),
            "1000000000000000000.00"
        );
        assert_eq!(
            text(Cell::signed(SignedAmount::MIN), "JPY"),
            "-170141183460469231731687303715884105728"
        );
    }

    #[test]
    fn days_and_moments_are_written_as_iso_8601_has_them() {
        let money = Money::of("CZK").unwrap();
        assert_eq!(Cell::Day(BusinessDay(20_780)).plain(&money), "2026-11-23");
        assert_eq!(Cell::Moment(1_000).plain(&money), "1970-01-01T00:00:01Z");
    }

    #[test]
    fn an_id_that_a_book_does_not_name_is_empty() {
        assert_eq!(Cell::trade_id(&TradeId::default()), Cell::Empty);
        let id = TradeId {
            client: 1,
            sequence: 42,
        };
        assert_eq!(Cell::trade_id(&id), Cell::text("1/42"));
    }
}
