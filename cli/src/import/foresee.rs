//! What would become of payments, told without sending them.

use super::{found::Found, triage::verdict, Prepared, TradeRecord, Verdict};
use crate::{
    journal::{request_of, Journal, Line, State},
    money::Money,
};
use anyhow::Result;
use counterfoil_primitives::{AgreementId, BusinessDay, Moment, TradeRequest};

/// What would become of a payment, as far as chain and journal tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreseen {
    /// It would be sent.
    Sent {
        /// The day that would take it now.
        day: BusinessDay,
        /// Whether it, or what it was before its correction, was sent and may be on its way.
        underway: bool,
    },
    /// It is done with, as an import would find it.
    Settled(Verdict),
}

/// Tells what would become of payments. Reads the chain, and the journal where there is one, and
/// changes neither. `book` tells the day that takes a trade of a moment now, or why none does.
pub async fn foresee<C: TradeRecord>(
    chain: &mut C,
    journal: Option<&Journal>,
    agreement: AgreementId,
    payments: &[Prepared],
    money: &Money,
    book: &dyn Fn(Moment) -> Result<BusinessDay, String>,
) -> Result<Vec<Foreseen>> {
    let mut lines = Vec::with_capacity(payments.len());
    for payment in payments {
        let line = journal.map(|journal| journal.line(agreement, &payment.id));
        lines.push(line.transpose()?.flatten());
    }
    let unsettled = payments.iter().zip(lines.iter().map(Option::as_ref));
    let unsettled = unsettled.filter(|(_, line)| recorded(*line).is_none());
    let found = Found::search(chain, unsettled).await?;
    let foreseen = payments.iter().zip(&lines).map(|(payment, line)| {
        let line = line.as_ref();
        let trade = || {
            let (day, trade) = found.of_payment(payment, line)?;
            Some((*day, request_of(trade)))
        };
        if let Some((day, trade)) = recorded(line).or_else(trade) {
            return Foreseen::Settled(verdict(payment, day, &trade, false, Some(money)));
        }
        match book(payment.trade.occurred_at) {
            Ok(day) => Foreseen::Sent {
                day,
                underway: line.is_some_and(is_underway),
            },
            Err(reason) => Foreseen::Settled(Verdict::Refused { reason }),
        }
    });
    Ok(foreseen.collect())
}

/// The trade of a line that the journal knows as recorded, and its day.
fn recorded(line: Option<&Line>) -> Option<(BusinessDay, TradeRequest)> {
    match line? {
        Line {
            trade,
            state: State::Recorded { day },
        } => Some((*day, *trade)),
        _ => None,
    }
}

fn is_underway(line: &Line) -> bool {
    matches!(line.state, State::Sent { .. })
}
