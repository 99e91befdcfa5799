//! What would become of payments, told without sending them.

use super::{
    before_sending::doubt_of,
    look_alikes::{self, look_alikes},
    search::Found,
    verdict::verdict,
    Doubt, Prepared, Settings, TradeRecord, Verdict,
};
use crate::journal::{Journal, Line, State};
use anyhow::Result;
use counterfoil_primitives::{
    envelope::{BEHIND_BEST, USUAL_ERA},
    BusinessDay, Moment,
};
use std::collections::HashMap;

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

/// What would become of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foresight {
    /// What would become of each payment, in their order.
    pub payments: Vec<Foreseen>,
    /// Why the journal may lack trades of the client, if it may.
    pub doubt: Option<Doubt>,
    /// Blocks that would have to become final before new payments are sent.
    pub wait: u64,
}

/// Tells what would become of payments. Reads the chain, and the journal where there is one, and
/// changes neither. `book` tells the day that takes a trade of a moment now, or why none does.
pub async fn foresee<C: TradeRecord>(
    chain: &mut C,
    journal: Option<&Journal>,
    payments: &[Prepared],
    settings: &Settings,
    book: &dyn Fn(Moment) -> Result<BusinessDay, String>,
) -> Result<Foresight> {
    let mut lines = Vec::with_capacity(payments.len());
    for payment in payments {
        let line = journal.map(|journal| journal.line(settings.agreement, &payment.id));
        lines.push(line.transpose()?.flatten());
    }
    let next = journal.map(Journal::next).transpose()?.flatten();
    let doubt = doubt_of(chain.highest_sequence().await?, next);
    let begins = doubt.is_some() && lines.iter().any(Option::is_none);
    let complete = match journal {
        Some(journal) => doubt.is_none() && !journal.is_incomplete()?,
        None => false,
    };
    let found = Found::of_unsettled(chain, payments, &lines, complete).await?;
    found.take_in(payments, &mut lines);
    let wait = match settings.trust_new_journal || !lines.iter().any(Option::is_none) {
        true => 0,
        false => wait(chain, journal, begins).await?,
    };
    let alike = match settings.anew {
        true => HashMap::new(),
        false => look_alikes(&found, payments, &lines),
    };
    let foreseen = payments.iter().zip(&lines).enumerate();
    let foreseen = foreseen.map(|(index, (payment, line))| {
        if let Some((day, trade)) = alike.get(&index) {
            let reason = look_alikes::refusal(*day, trade);
            return Foreseen::Settled(Verdict::Refused { reason });
        }
        if let Some(Line {
            trade,
            state: State::Recorded { day },
        }) = line
        {
            let money = settings.money.as_ref();
            return Foreseen::Settled(verdict(payment, *day, trade, false, money));
        }
        match book(payment.trade.occurred_at) {
            Ok(day) => Foreseen::Sent {
                day,
                underway: line.as_ref().is_some_and(is_underway),
            },
            Err(reason) => Foreseen::Settled(Verdict::Refused { reason }),
        }
    });
    Ok(Foresight {
        payments: foreseen.collect(),
        doubt,
        wait,
    })
}

/// How many blocks an import with new payments waits, whose doubt `begins` by it or was noted before.
async fn wait<C: TradeRecord>(
    chain: &mut C,
    journal: Option<&Journal>,
    begins: bool,
) -> Result<u64> {
    let noted = journal.map(Journal::doubtful_until).transpose()?.flatten();
    let noted = match noted {
        Some(until) => until.saturating_sub(chain.final_block().await?),
        None => 0,
    };
    let anew = if begins { USUAL_ERA + BEHIND_BEST } else { 0 };
    Ok(noted.max(anew))
}

fn is_underway(line: &Line) -> bool {
    matches!(line.state, State::Sent { .. })
}
