//! What is known of payments before anything is sent.

use super::{
    compared_with_recorded::{is_of, verdict},
    look_alikes::{self, look_alikes},
    refunds::{check_originals, recorded_refunds, Places},
    search_of_recorded::{is_done, Found},
    supplemented, Doubt, NotRecorded, Prepared, Settings, Step, TradeChain, Verdict,
};
use crate::journal::{Journal, Line, State};
use anyhow::Result;
use counterfoil_primitives::{envelope::BEHIND_BEST, Sequence};
use std::collections::HashMap;

/// A payment that was sent with other content. Its sequence may land with that until a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Which of the payments.
    pub index: usize,
    /// The block from which on it lands no more.
    pub until: u64,
}

/// Payments that are not recorded, by their indices.
#[derive(Debug, Default)]
pub(super) struct ToSend {
    /// They may go at once.
    pub ready: Vec<usize>,
    /// They have to wait.
    pub held: Vec<Held>,
}

/// Sorts payments into those that are done and those to be sent.
pub(super) async fn sort_payments<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    places: &Places<'_>,
    settings: &Settings,
    verdicts: &mut [Option<Verdict>],
    watch: &mut dyn FnMut(Step),
) -> Result<ToSend> {
    let payments = places.payments();
    let mut lines = Vec::with_capacity(payments.len());
    for payment in payments {
        lines.push(journal.line(settings.agreement, &payment.id)?);
    }
    let new = lines.iter().any(Option::is_none);
    let doubt = doubt(chain, journal).await?;
    if let Some(doubt) = doubt {
        watch(Step::Doubt(doubt));
    }
    let behind = doubt.is_some();
    if behind && !journal.is_incomplete()? {
        journal.set_incomplete()?;
    }
    if behind && new && !settings.trust_new_journal {
        // What was sent before may have gone to a node that was some blocks ahead of this one. A doubt
        // that an earlier import noted says nothing of what was sent since.
        let until = chain.ends_at().await?.saturating_add(BEHIND_BEST);
        let noted = journal.doubtful_until()?.unwrap_or_default();
        journal.set_doubtful_until(Some(until.max(noted)))?;
    }
    let mut found = Found::default();
    let complete = !journal.is_incomplete()?;
    let is_settled = |line: &Option<Line>| line.as_ref().is_some_and(is_done);
    if !lines.iter().all(is_settled) {
        watch(Step::Searching);
        found = Found::of_unsettled(chain, payments, &lines, complete).await?;
    }
    adopt(journal, payments, settings, &found, &mut lines)?;
    if settings.trust_new_journal {
        journal.set_doubtful_until(None)?;
    }
    if lines.iter().any(Option::is_none) && journal.doubtful_until()?.is_some() {
        wait_out_doubt(chain, journal, watch).await?;
        watch(Step::Searching);
        found = Found::of_unsettled(chain, payments, &lines, complete).await?;
        adopt(journal, payments, settings, &found, &mut lines)?;
    }
    let mut refunds = recorded_refunds(payments, &lines);
    let in_file = |at: usize| lines[at].clone();
    let mut others = check_originals(chain, places, Some(journal), &mut refunds, &in_file).await?;
    keep(journal, payments, settings, refunds)?;
    let alike = match settings.anew {
        true => HashMap::new(),
        false => look_alikes(&found, payments, &lines),
    };
    let mut to_send = ToSend::default();
    for (index, (payment, line)) in payments.iter().zip(lines).enumerate() {
        if let Some((day, trade)) = alike.get(&index) {
            let reason = look_alikes::refusal(*day, trade);
            verdicts[index] = Some(Verdict::Refused { reason });
            continue;
        }
        match line {
            Some(line) => match line.state {
                State::Recorded { day } => {
                    let money = settings.money.as_ref();
                    let verdict = verdict(payment, day, &line, false, money);
                    let is_refused = matches!(verdict, Verdict::Refused { .. });
                    verdicts[index] = Some(match others.remove(&index) {
                        Some(reason) if !is_refused => Verdict::Refused {
                            reason: NotRecorded::Other(reason),
                        },
                        _ => verdict,
                    });
                }
                State::Supplemented { day, position } => {
                    let money = settings.money.as_ref();
                    let verdict = supplemented::verdict(payment, (day, position), &line, money);
                    verdicts[index] = Some(verdict);
                }
                State::Sent { ends_at } | State::Refused { ends_at, .. }
                    if !is_of(payment, &line.trade, line.kind) =>
                {
                    to_send.held.push(Held {
                        index,
                        until: ends_at,
                    });
                }
                State::Sent { .. } | State::Refused { .. } => to_send.ready.push(index),
            },
            None => to_send.ready.push(index),
        }
    }
    Ok(to_send)
}

/// Keeps in the journal which payments its recorded refunds give back from.
fn keep(
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    refunds: Vec<(usize, Line)>,
) -> Result<()> {
    let mut learnt = Vec::new();
    for (index, line) in refunds {
        let id = payments[index].id.as_str();
        let kept = journal.line(settings.agreement, id)?;
        if kept.is_some_and(|kept| kept.original != line.original) {
            learnt.push((id, line));
        }
    }
    match learnt.is_empty() {
        true => Ok(()),
        false => journal.settle(settings.agreement, learnt),
    }
}

/// Why the client may have trades on chain or on their way that the journal did not give their
/// sequence, if it may.
async fn doubt<C: TradeChain>(chain: &mut C, journal: &Journal) -> Result<Option<Doubt>> {
    let next = journal.next()?;
    let highest = chain.highest_sequence().await?;
    Ok(match (highest, next) {
        (None, None) if !chain.is_quiet().await? => Some(Doubt::New),
        _ => doubt_of(highest, next),
    })
}

/// Why the client may have trades that the journal did not give their sequence, by the highest sequence
/// that it has used and the next one of the journal.
pub(super) const fn doubt_of(highest: Option<Sequence>, next: Option<Sequence>) -> Option<Doubt> {
    match (highest, next) {
        (Some(_), None) => Some(Doubt::New),
        (Some(highest), Some(next)) if highest >= next => Some(Doubt::Others {
            given: next.saturating_sub(1),
            highest,
        }),
        _ => None,
    }
}

/// Takes into the journal what the chain has and the journal lacks.
fn adopt(
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    found: &Found,
    lines: &mut [Option<Line>],
) -> Result<()> {
    let adopted: Vec<_> = found
        .take_in(payments, lines)
        .into_iter()
        .filter_map(|index| Some((payments[index].id.as_str(), lines[index].clone()?)))
        .collect();
    if adopted.is_empty() {
        return Ok(());
    }
    journal.settle(settings.agreement, adopted)
}

/// Waits until the eras of everything that was sent before have ended.
async fn wait_out_doubt<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    watch: &mut dyn FnMut(Step),
) -> Result<()> {
    let end = journal.doubtful_until()?.unwrap_or_default();
    let mut finalized = chain.final_block().await?;
    while finalized < end {
        watch(Step::WaitingOutDoubt {
            left: end - finalized,
        });
        finalized = chain.advance().await?.finalized;
    }
    journal.set_doubtful_until(None)
}
