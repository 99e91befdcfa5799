//! What staff reads of its own books, as JSON.
//!
//! Amounts are text, since JSON's numbers are too short for them.

use counterfoil_primitives::{
    book_storage::{BookState, DayResult, ImportProblem, ImportState, Suspended},
    written::label,
    Cause, Entry, Kind, Source,
};
use serde::Serialize;
use sp_core::H256;

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// The client of the trade's id.
    client: u32,
    /// The sequence of the trade's id.
    sequence: u64,
    /// Whether it is of a payment or of a refund: `payment` or `refund`.
    kind: Kind,
    /// The text that a person wrote, or a UUID; 32 hexadecimal digits after `0x` where it is neither.
    reference: String,
    /// The payer as text; 32 hexadecimal digits after `0x` where it is none that people can write.
    user: String,
    /// What was bought.
    product: u32,
    /// Minor units.
    amount: String,
    /// Milliseconds since 1970.
    occurred_at: u64,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self {
            client: entry.id.client,
            sequence: entry.id.sequence,
            kind: entry.kind,
            reference: label::show_reference(&entry.reference),
            user: label::show_user(&entry.user),
            product: entry.product,
            amount: entry.amount.to_string(),
            occurred_at: entry.occurred_at,
        }
    }
}

/// An entry that a repair took out of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuspendedView {
    /// The entry.
    entry: EntryView,
    /// Why it has no place in the book.
    cause: Cause,
}

impl From<Suspended> for SuspendedView {
    fn from(suspended: Suspended) -> Self {
        Self {
            entry: suspended.entry.into(),
            cause: suspended.cause,
        }
    }
}

/// The state of a ledger import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportView {
    /// Counts the imports of the day.
    generation: u32,
    /// Lines.
    lines: u32,
    /// Over the lines, once confirmed.
    hash: H256,
    /// Whether the party stands by it.
    confirmed: bool,
}

/// The state of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateView {
    /// What the book is.
    source: Source,
    /// Positions kept so far.
    slots: u32,
    /// Entries on no position.
    extras: u32,
    /// The sum of all amounts of payments, in minor units, as `payments`.
    total: String,
    /// The sum of all amounts of payments, in minor units.
    payments: String,
    /// The sum of all amounts of refunds, in minor units.
    refunds: String,
    /// Whether the book is closed: committed to, or about to be.
    frozen: bool,
    /// Whether the corrections of the chain were applied.
    repaired: bool,
    /// Trades whose reference another trade of their kind carries too.
    equal_references: u32,
    /// Why a confirmed import gave no book.
    problem: Option<&'static str>,
    /// The ledger import, where there is one.
    import: Option<ImportView>,
}

impl StateView {
    /// A book in this state, made of this import where there is one.
    pub fn new(state: BookState, import: Option<ImportState>) -> Self {
        Self {
            source: state.source,
            slots: state.slots,
            extras: state.extras,
            total: state.totals.payments.to_string(),
            payments: state.totals.payments.to_string(),
            refunds: state.totals.refunds.to_string(),
            frozen: state.frozen,
            repaired: state.repaired,
            equal_references: state.equal_references,
            problem: state.problem.map(in_words),
            import: import.map(|import| ImportView {
                generation: import.generation,
                lines: import.lines,
                hash: import.hash,
                confirmed: import.confirmed,
            }),
        }
    }
}

/// The result of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultView {
    /// Trades of the day.
    trades: u32,
    /// Breaks proven on this side.
    breaks: u32,
    /// Whether this side was marked defaulted.
    defaulted: bool,
    /// Whether this side's book was repaired.
    repaired: bool,
    /// What the company owes the bank for the day, in minor units; zero where it owes nothing. Null before
    /// the day is reconciled.
    payable: Option<String>,
    /// The same, below zero where the bank owes the company.
    obligation: Option<String>,
    /// Whether nothing is owed any more for the days that are paid together with it.
    paid: bool,
}

impl From<DayResult> for ResultView {
    fn from(result: DayResult) -> Self {
        Self {
            trades: result.trades,
            breaks: result.breaks,
            defaulted: result.defaulted,
            repaired: result.repaired,
            payable: result.obligation.map(|owed| owed.max(0).to_string()),
            obligation: result.obligation.map(|owed| owed.to_string()),
            paid: result.paid,
        }
    }
}

const fn in_words(problem: ImportProblem) -> &'static str {
    use ImportProblem::*;
    match problem {
        ImportDamaged => "the import is damaged: import it again",
        TooManyExtras => "far more lines than the day has trades: import the right day",
        TooLarge => "the day has more trades than a node can align",
        ReadBackFailed => "the book did not read back as written; it is tried again",
    }
}
