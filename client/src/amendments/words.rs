//! Grounds, contents and states in words.

use crate::{money::Money, time::day_text};
use counterfoil_primitives::{
    amendment::{Content, Ground, PageSpan, Selection, Standing, Unresolved},
    DayTotals, KindTotals, Relation,
};
use std::collections::BTreeSet;

/// Spans that are named; of more, the number is told.
const SHOWN: usize = 8;

/// Why a record is to be amended.
pub const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::NotPaid => "the payment did not take place",
        Ground::PaidTwice => "one payment is recorded twice",
        Ground::WrongUser => "the wrong user is recorded",
        Ground::WrongAmount => "the wrong amount is recorded",
        Ground::WrongProduct => "the wrong product is recorded",
        Ground::ChargedBack => "the user's bank took the payment back",
        Ground::NotRecorded => "the payment is not recorded",
        Ground::WrongFile => "a wrong file was imported",
        Ground::Other => "another one, which the evidence says",
    }
}

/// How far a proposal is, to stand behind `it` or its number.
pub const fn state(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "waits for answers",
        Standing::Accepted { .. } => "is accepted, and being booked",
        Standing::Completed { .. } => "is completed",
        Standing::Unresolved {
            why: Unresolved::Rejected,
            ..
        } => "is rejected, and stays as a claim until its proposer writes it off",
        Standing::Unresolved {
            why: Unresolved::Lapsed,
            ..
        } => "was not answered in time, and stays as a claim until its proposer writes it off",
        Standing::Unresolved {
            why: Unresolved::Ended { .. },
            ..
        } => {
            "was accepted and not booked before the agreement closed, and stays as a claim until its \
             proposer writes it off"
        }
    }
}

/// The name of a state in JSON.
pub const fn state_name(standing: &Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Accepted { .. } => "accepted",
        Standing::Completed { .. } => "completed",
        Standing::Unresolved {
            why: Unresolved::Rejected,
            ..
        } => "rejected",
        Standing::Unresolved {
            why: Unresolved::Lapsed,
            ..
        } => "lapsed",
        Standing::Unresolved {
            why: Unresolved::Ended { .. },
            ..
        } => "ended",
    }
}

/// The name of what a content does, in commands and JSON.
pub const fn act(content: &Content) -> &'static str {
    match content {
        Content::Cancel { .. } => "cancel",
        Content::Replace { .. } => "replace",
        Content::Supplement { .. } => "supplement",
    }
}

/// What a content does, in a sentence without its end.
pub fn content(content: &Content) -> String {
    match content {
        Content::Cancel { day, selection } => format!(
            "cancels trades of {}, {}: it takes back what is left of payments, and puts back what refunds gave back",
            day_text(*day),
            self::selection(selection)
        ),
        Content::Replace { day, corrections } => format!(
            "replaces {} of {}: it takes back what is left of each, and states it right, less what was given back before",
            counted(corrections.len(), "payment"),
            day_text(*day)
        ),
        Content::Supplement { payments } => {
            let clients: BTreeSet<_> = payments.iter().map(|payment| payment.client).collect();
            let clients: Vec<String> = clients.iter().map(ToString::to_string).collect();
            format!(
                "records {} of client {} that {} never recorded",
                counted(payments.len(), "payment"),
                clients.join(", "),
                if payments.len() == 1 { "was" } else { "were" }
            )
        }
    }
}

/// Which trades of a day.
pub fn selection(selection: &Selection) -> String {
    match selection {
        Selection::Positions(spans) => {
            let shown = spans.iter().take(SHOWN).map(|span| match span.first {
                first if first == span.last => first.to_string(),
                first => format!("{first}–{}", span.last),
            });
            let shown: Vec<String> = shown.collect();
            let more = match spans.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} spans more"),
            };
            format!("on positions {}{more}", shown.join(", "))
        }
        Selection::Sequences {
            client,
            first,
            last,
            pages: PageSpan {
                first: first_page,
                last: last_page,
            },
        } => format!(
            "those of client {client} with sequences {first}–{last} on pages {first_page}–{last_page}"
        ),
    }
}

/// What trades come to: payments, and refunds where there are any.
pub fn totals(totals: &DayTotals, money: &Money) -> String {
    let payments = kind_totals(&totals.payments, "payment", money);
    let refunds = kind_totals(&totals.refunds, "refund", money);
    match (totals.payments.count, totals.refunds.count) {
        (_, 0) => payments,
        (0, _) => refunds,
        _ => format!("{payments}; {refunds}"),
    }
}

fn kind_totals(totals: &KindTotals, kind: &str, money: &Money) -> String {
    format!(
        "{}, gross {}, debit {}, credit {}",
        counted(totals.count as usize, kind),
        money.show(totals.gross),
        money.show(totals.debit),
        money.show(totals.credit)
    )
}

/// A number of things by their name.
fn counted(count: usize, name: &str) -> String {
    match count {
        1 => format!("1 {name}"),
        count => format!("{count} {name}s"),
    }
}

/// What a trade does to the payment that its link names, to stand between the two.
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Refund => "gives back from",
        Relation::Cancellation => "takes back what was left of",
        Relation::UndoneRefund => "puts back what a refund gave back of",
        Relation::UndoneCancellation => "puts back what a cancellation took back of",
        Relation::Replacement => "states right",
    }
}
