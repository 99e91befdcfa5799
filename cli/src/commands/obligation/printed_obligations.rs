//! What commands print of obligations.

use crate::output::{minor, moment_json, names_and_values, table, Rendered};
use counterfoil_client::{
    chain::views::Agreement,
    obligations::words::{days_text, rail_name, rail_text, release_name, state_text},
    printable_text::quoted,
    text::obligation_text,
    time::{day_text, moment_text},
};
use counterfoil_primitives::{
    settlement::{Declaration, ObligationView, Release, Waiting},
    Amount, Moment,
};
use serde_json::{json, Value as Json};

/// What is said of obligations under an agreement.
pub(super) struct Said<'a> {
    agreement: &'a Agreement,
}

impl<'a> Said<'a> {
    pub(super) const fn of(agreement: &'a Agreement) -> Self {
        Self { agreement }
    }

    /// An obligation with its days and declarations.
    pub(super) fn obligation(&self, view: &ObligationView) -> Rendered {
        let mut texts = vec![names_and_values(self.facts(view)), self.days(view)];
        if !view.declarations.is_empty() {
            texts.push(self.declarations(view));
        }
        Rendered::new(to_json(view), texts.join("\n"))
    }

    /// Obligations, a line each.
    pub(super) fn list(&self, views: &[ObligationView], all: bool) -> Rendered {
        let json = json!({
            "agreement": self.agreement.id,
            "currency": self.agreement.money.code(),
            "obligations": views.iter().map(to_json).collect::<Vec<_>>(),
        });
        let rows = views.iter().map(|view| {
            vec![
                days_text(view.period),
                self.owed(view),
                self.left(view),
                rail_text(view.obligation.rail),
                self.state(view),
            ]
        });
        let header = ["days", "obligation", "left", "paid how", "state"];
        let text = match (views.is_empty(), all) {
            (false, _) => table(&header, rows),
            (true, false) => "nothing is owed that is not paid".into(),
            (true, true) => "no day is reconciled yet".into(),
        };
        Rendered::new(json, text)
    }

    fn facts(&self, view: &ObligationView) -> Vec<(&'static str, String)> {
        let owed = &view.obligation;
        let reconciled = format!("{} of {} reconciled", owed.days, view.period.days());
        vec![
            ("agreement", view.agreement.to_string()),
            ("days", format!("{}, {reconciled}", days_text(view.period))),
            ("obligation", self.owed(view)),
            ("left", self.left(view)),
            ("paid how", rail_text(owed.rail)),
            ("due since", self.when(view, owed.due_since)),
            ("release", self.release(view)),
            ("state", self.state(view)),
        ]
    }

    fn owed(&self, view: &ObligationView) -> String {
        obligation_text(view.obligation.amount, &self.agreement.money)
    }

    fn left(&self, view: &ObligationView) -> String {
        self.agreement.money.show(view.obligation.left())
    }

    fn state(&self, view: &ObligationView) -> String {
        let state = state_text(view, &self.agreement.money);
        match view.obligation.paid_at {
            Some(_) if view.obligation.amount != 0 => {
                format!("{state} {}", self.when(view, view.obligation.paid_at))
            }
            _ => state,
        }
    }

    fn release(&self, view: &ObligationView) -> String {
        match view.obligation.release {
            Release::NotNeeded => "not needed".into(),
            Release::Awaited => "awaited: a client went beyond its limits".into(),
            Release::Given { at } => format!("given {}", self.when(view, Some(at))),
        }
    }

    /// A moment by the clock of the day after the period; `-` where there is none.
    fn when(&self, view: &ObligationView, moment: Option<Moment>) -> String {
        let offset = self.agreement.offset_minutes(view.period.last.next());
        moment.map_or_else(|| "-".into(), |moment| moment_text(moment, offset))
    }

    fn days(&self, view: &ObligationView) -> String {
        let money = &self.agreement.money;
        let rows = view
            .days
            .iter()
            .map(|(day, amount)| vec![day_text(*day), obligation_text(*amount, money)]);
        table(&["day", "obligation"], rows)
    }

    fn declarations(&self, view: &ObligationView) -> String {
        let rows = view.declarations.iter().map(|declaration| {
            vec![
                declaration.number.to_string(),
                self.amount(Some(declaration.amount)),
                day_text(declaration.value_date),
                declaration.reference.to_string(),
                self.amount(declaration.received),
                self.amount(Some(declaration.returned)),
                self.when(view, Some(declaration.declared_at)),
            ]
        });
        let header = [
            "declaration",
            "amount",
            "value date",
            "reference",
            "received",
            "came back",
            "declared",
        ];
        table(&header, rows)
    }

    fn amount(&self, amount: Option<Amount>) -> String {
        amount.map_or_else(|| "-".into(), |amount| self.agreement.money.show(amount))
    }

    /// A declaration on one line.
    pub(super) fn declaration_text(&self, declaration: &Declaration) -> String {
        format!(
            "declaration {}: {}, value date {}, reference {}",
            declaration.number,
            self.agreement.money.show(declaration.amount),
            day_text(declaration.value_date),
            quoted(&declaration.reference)
        )
    }
}

/// An obligation for programs.
pub(super) fn to_json(view: &ObligationView) -> Json {
    let owed = &view.obligation;
    let days = view
        .days
        .iter()
        .map(|(day, amount)| json!({ "day": day_text(*day), "obligation": amount.to_string() }));
    json!({
        "agreement": view.agreement,
        "first": day_text(view.period.first),
        "last": day_text(view.period.last),
        "days": days.collect::<Vec<_>>(),
        "days_missing": view.period.days().saturating_sub(owed.days),
        "obligation": owed.amount.to_string(),
        "debtor": view.debtor,
        "creditor": view.creditor,
        "rail": rail_name(owed.rail),
        "asset": owed.rail.asset(),
        "release": release_name(owed.release),
        "due_since": moment_json(owed.due_since),
        "paid": minor(owed.paid),
        "left": minor(owed.left()),
        "paid_at": moment_json(owed.paid_at),
        "waiting": view.waiting.as_ref().map(waiting_json),
        "declarations": view.declarations.iter().map(declaration_json).collect::<Vec<_>>(),
    })
}

/// Why an obligation waits, for programs.
fn waiting_json(waiting: &Waiting) -> Json {
    json!({ "reason": waiting.name(), "amount": waiting.amount().map(minor) })
}

/// A declaration for programs.
pub(super) fn declaration_json(declaration: &Declaration) -> Json {
    json!({
        "number": declaration.number,
        "amount": minor(declaration.amount),
        "value_date": day_text(declaration.value_date),
        "reference": declaration.reference.as_str(),
        "declared_at": moment_json(Some(declaration.declared_at)),
        "received": declaration.received.map(minor),
        "returned": minor(declaration.returned),
    })
}
