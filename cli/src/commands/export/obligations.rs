//! Obligations: what is owed for settlement periods, with its sign, and what became of it.

use super::cell::Cell;
use counterfoil_client::{
    money::Money,
    obligations::words::{rail_name, release_name, state_text},
};
use counterfoil_primitives::settlement::ObligationView;

pub(super) const COLUMNS: &[&str] = &[
    "agreement",
    "first",
    "last",
    "days",
    "days_reconciled",
    "currency",
    "obligation",
    "debtor",
    "creditor",
    "rail",
    "asset",
    "release",
    "due_since",
    "paid",
    "left",
    "paid_at",
    "state",
    "waiting",
    "waiting_amount",
];

pub(super) fn row(view: &ObligationView, money: &Money) -> Vec<Cell> {
    let owed = &view.obligation;
    let waiting = view.waiting.as_ref();
    let waiting_amount = waiting.and_then(|waiting| waiting.amount());
    vec![
        Cell::Number(view.agreement),
        Cell::Day(view.period.first),
        Cell::Day(view.period.last),
        Cell::Number(view.period.days()),
        Cell::Number(owed.days),
        Cell::text(money.code()),
        Cell::signed(owed.amount),
        view.debtor.map(Cell::Number).unwrap_or_default(),
        view.creditor.map(Cell::Number).unwrap_or_default(),
        Cell::text(rail_name(owed.rail)),
        owed.rail.asset().map(Cell::Number).unwrap_or_default(),
        Cell::text(release_name(owed.release)),
        owed.due_since.map(Cell::Moment).unwrap_or_default(),
        Cell::amount(owed.paid),
        Cell::amount(owed.left()),
        owed.paid_at.map(Cell::Moment).unwrap_or_default(),
        Cell::text(state_text(view, money)),
        waiting
            .map(|waiting| Cell::text(waiting.name()))
            .unwrap_or_default(),
        waiting_amount.map(Cell::amount).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        settlement::{Obligation, Rail, SettlementPeriod, Waiting},
        BusinessDay,
    };

    const DAY: BusinessDay = BusinessDay(20_780);

    fn view(waiting: Option<Waiting>) -> ObligationView {
        ObligationView {
            agreement: 7,
            period: SettlementPeriod {
                first: DAY,
                last: DAY.next(),
            },
            obligation: Obligation {
                days: 2,
                amount: -1_250,
                paid: 250,
                due_since: Some(1_000),
                ..Obligation::new(DAY.next(), Rail::Asset(1))
            },
            debtor: Some(3),
            creditor: Some(2),
            days: vec![],
            declarations: vec![],
            waiting,
        }
    }

    fn cell(view: &ObligationView, column: &str) -> Cell {
        let cells = row(view, &Money::of("CZK").unwrap());
        assert_eq!(cells.len(), COLUMNS.len());
        let at = COLUMNS.iter().position(|name| *name == column).unwrap();
        cells[at].clone()
    }

    #[test]
    fn an_obligation_has_its_sign_its_period_and_what_is_left() {
        let view = view(None);
        assert_eq!(cell(&view, "obligation"), Cell::signed(-1_250));
        assert_eq!(cell(&view, "first"), Cell::Day(DAY));
        assert_eq!(cell(&view, "last"), Cell::Day(DAY.next()));
        assert_eq!(cell(&view, "days"), Cell::Number(2));
        assert_eq!(cell(&view, "debtor"), Cell::Number(3));
        assert_eq!(cell(&view, "paid"), Cell::amount(250));
        assert_eq!(cell(&view, "left"), Cell::amount(1_000));
        assert_eq!(cell(&view, "rail"), Cell::text("asset"));
        assert_eq!(cell(&view, "state"), Cell::text("can be paid now"));
        assert_eq!(cell(&view, "waiting"), Cell::Empty);
        assert_eq!(cell(&view, "paid_at"), Cell::Empty);
    }

    #[test]
    fn an_obligation_says_why_it_waits() {
        let view = view(Some(Waiting::Short { by: 300 }));
        assert_eq!(cell(&view, "waiting"), Cell::text("short"));
        assert_eq!(cell(&view, "waiting_amount"), Cell::amount(300));
        assert_eq!(
            cell(&view, "state"),
            Cell::text("the debtor's account holds too little: 3.00 CZK")
        );
    }
}
