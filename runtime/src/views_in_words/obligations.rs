//! What is owed for settlement periods in words, and what its payment waits for.

use super::{awaited, local, name_of, settlement, AmountInWords, AwaitedInWords, OwedInWords};
use crate::{views, Registry};
use alloc::{format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Declaration, ObligationView, Release},
    written::date,
    AgreementId, AgreementView, BusinessDay,
};
use scale_info::TypeInfo;

/// What is owed for a settlement period.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ObligationInWords {
    /// Who owes whom how much, how the money moves, and why it does not.
    pub summary: String,
    /// The days that it covers.
    pub period: String,
    /// The number of the first of them, as calls and events name the period.
    pub day: BusinessDay,
    /// What is owed for those of them that are reconciled.
    pub owed: OwedInWords,
    /// Who owes, with its number; none where nothing is owed.
    pub debtor: Option<String>,
    /// Who is owed, with its number; none where nothing is owed.
    pub creditor: Option<String>,
    /// How the money moves.
    pub rail: String,
    /// What was paid.
    pub paid: AmountInWords,
    /// What is left to pay.
    pub left: AmountInWords,
    /// When the last day of the period was reconciled; none while days of it are not.
    pub due_since: Option<String>,
    /// When nothing was left to pay.
    pub paid_at: Option<String>,
    /// Whether the payment needs a word of the debtor's staff.
    pub release: String,
    /// What the payment waits for; none where nothing is left to pay.
    pub awaited: Option<AwaitedInWords>,
    /// The days that are reconciled: at most 32.
    pub days: Vec<DayOwedInWords>,
    /// The payments outside the chain that the debtor declared: at most 32.
    pub declarations: Vec<DeclarationInWords>,
}

/// What is owed for a day of a settlement period.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DayOwedInWords {
    /// The date.
    pub date: String,
    /// What is owed.
    pub owed: OwedInWords,
}

/// A payment that the debtor says it made outside the chain.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DeclarationInWords {
    /// Its number within the settlement period.
    pub number: u32,
    /// How much.
    pub amount: AmountInWords,
    /// The date on which the money is at the creditor's disposal.
    pub value_date: String,
    /// What the bank's statement names the payment by.
    pub reference: String,
    /// When it was declared.
    pub declared_at: String,
    /// How much the creditor received; none until it says so.
    pub received: Option<AmountInWords>,
    /// How much of that came back to the debtor.
    pub returned: AmountInWords,
}

/// What is owed under an agreement and not paid, the oldest first.
pub fn obligations(id: AgreementId) -> Vec<ObligationInWords> {
    let Some(agreement) = Registry::agreement(id) else {
        return Vec::new();
    };
    views::unpaid_obligations(id)
        .iter()
        .map(|view| in_words(&agreement, view))
        .collect()
}

pub(super) fn in_words(agreement: &AgreementView, view: &ObligationView) -> ObligationInWords {
    let owed = &view.obligation;
    let time = |moment| local(agreement, moment);
    let days = view.days.iter().map(|(day, owed)| DayOwedInWords {
        date: date::show(*day),
        owed: OwedInWords::new(agreement, *owed),
    });
    ObligationInWords {
        summary: settlement::obligation(agreement, view),
        period: settlement::days(view.period),
        day: view.period.first,
        owed: OwedInWords::new(agreement, owed.amount),
        debtor: view.debtor.map(name_of),
        creditor: view.creditor.map(name_of),
        rail: settlement::rail(owed.rail),
        paid: AmountInWords::new(agreement, owed.paid),
        left: AmountInWords::new(agreement, owed.left()),
        due_since: owed.due_since.map(time),
        paid_at: owed.paid_at.map(time),
        release: match owed.release {
            Release::NotNeeded => "not needed".into(),
            Release::Awaited => "awaited: a client went beyond its limits".into(),
            Release::Given { at } => format!("given {}", time(at)),
        },
        awaited: awaited::payment(agreement, view),
        days: days.collect(),
        declarations: view
            .declarations
            .iter()
            .map(|declared| declaration(agreement, declared))
            .collect(),
    }
}

fn declaration(agreement: &AgreementView, declared: &Declaration) -> DeclarationInWords {
    let amount = |amount| AmountInWords::new(agreement, amount);
    DeclarationInWords {
        number: declared.number,
        amount: amount(declared.amount),
        value_date: date::show(declared.value_date),
        reference: declared.reference.as_str().into(),
        declared_at: local(agreement, declared.declared_at),
        received: declared.received.map(amount),
        returned: amount(declared.returned),
    }
}
