//! What would become of payments, told without sending them.

use super::{
    before_sending::doubt_of,
    compared_with_recorded::verdict,
    look_alikes::{self, look_alikes},
    on_chain::refusal_reasons::in_words,
    refunds::{
        check_originals, foresee_refunds, recorded_refunds, with_own_references, Missing,
        Originals, Places,
    },
    search_of_recorded::Found,
    supplemented, Doubt, NotRecorded, Prepared, RecordedTrades, Settings, Verdict,
};
use crate::journal::{Journal, Line, State};
use anyhow::Result;
use counterfoil_primitives::{
    envelope::{BEHIND_BEST, USUAL_ERA},
    BusinessDay, Kind, Moment,
};
use std::collections::{HashMap, HashSet};

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

/// Tells what would become of payments, of whose file other lines are `missing`. Reads the chain, and the
/// journal where there is one, and changes neither. `book` tells the day that takes a trade of a kind and a
/// moment now, or why none does.
pub async fn foresee<C: RecordedTrades + Originals>(
    chain: &mut C,
    journal: Option<&Journal>,
    payments: &[Prepared],
    missing: &Missing,
    settings: &Settings,
    book: &dyn Fn(Kind, Moment) -> Result<BusinessDay, NotRecorded>,
) -> Result<Foresight> {
    let client = chain.client();
    let payments = with_own_references(client, settings.agreement, journal, payments)?;
    let payments: &[Prepared] = &payments;
    let mut places = Places::of(client, settings.agreement, payments, missing);
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
    let sure: HashSet<usize> = found.take_in(payments, &mut lines).into_iter().collect();
    let wait = match settings.trust_new_journal || !lines.iter().any(Option::is_none) {
        true => 0,
        false => wait(chain, journal, begins).await?,
    };
    let alike = match settings.anew {
        true => HashMap::new(),
        false => look_alikes(&found, payments, &lines),
    };
    let mut refunds = recorded_refunds(payments, &lines);
    let in_file = |at: usize| lines[at].clone();
    let mut others = check_originals(chain, &places, journal, &mut refunds, &in_file).await?;
    let foreseen = payments.iter().zip(&lines).enumerate();
    let foreseen = foreseen.map(|(index, (payment, line))| {
        if let Some((day, trade)) = alike.get(&index) {
            let reason = look_alikes::refusal(*day, trade);
            return Foreseen::Settled(Verdict::Refused { reason });
        }
        let money = settings.money.as_ref();
        if let Some(line) = line {
            if let State::Supplemented { day, position } = line.state {
                let place = (day, position);
                return Foreseen::Settled(supplemented::verdict(payment, place, line, money));
            }
            if let State::Recorded { day } = line.state {
                let verdict = verdict(payment, day, line, false, money);
                let is_refused = matches!(verdict, Verdict::Refused { .. });
                if is_refused && line.kind == Kind::Payment && sure.contains(&index) {
                    places.note_recorded(index, day, line.trade.sequence);
                }
                return Foreseen::Settled(match others.remove(&index) {
                    Some(reason) if !is_refused => Verdict::Refused {
                        reason: NotRecorded::Other(reason),
                    },
                    _ => verdict,
                });
            }
        }
        match book(payment.kind(), payment.trade.occurred_at) {
            Ok(day) => Foreseen::Sent {
                day,
                underway: line.as_ref().is_some_and(is_underway),
            },
            Err(NotRecorded::TooLate) if payment.kind() == Kind::Refund => {
                refused(NotRecorded::Other(in_words("TooLate")))
            }
            Err(reason) => refused(reason),
        }
    });
    let mut foreseen: Vec<Foreseen> = foreseen.collect();
    find_supplements(chain, payments, settings, &mut foreseen).await?;
    foresee_refunds(chain, &places, journal, complete, settings, &mut foreseen).await?;
    Ok(Foresight {
        payments: foreseen,
        doubt,
        wait,
    })
}

/// Looks up whether amendments recorded payments that come too late for their client.
async fn find_supplements<C: RecordedTrades>(
    chain: &mut C,
    payments: &[Prepared],
    settings: &Settings,
    foreseen: &mut [Foreseen],
) -> Result<()> {
    let late = refused(NotRecorded::TooLate);
    let late: Vec<usize> = (0..foreseen.len())
        .filter(|index| foreseen[*index] == late)
        .collect();
    if late.is_empty() {
        return Ok(());
    }
    let references: Vec<_> = late
        .iter()
        .map(|index| payments[*index].trade.reference)
        .collect();
    let found = chain.supplemented(&references).await?;
    for (index, found) in late.into_iter().zip(found) {
        if let Some(found) = found {
            let (line, place) = (found.line(0), (found.day, found.position));
            let money = settings.money.as_ref();
            let verdict = supplemented::verdict(&payments[index], place, &line, money);
            foreseen[index] = Foreseen::Settled(verdict);
        }
    }
    Ok(())
}

const fn refused(reason: NotRecorded) -> Foreseen {
    Foreseen::Settled(Verdict::Refused { reason })
}

/// How many blocks an import with new payments waits, whose doubt `begins` by it or was noted before.
async fn wait<C: RecordedTrades>(
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
