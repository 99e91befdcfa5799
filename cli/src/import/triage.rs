//! What is known of payments before anything is sent.

use super::{Prepared, Settings, Step, TradeChain, Verdict};
use crate::journal::{request_of, Journal, Line, State};
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Moment, Reference, Sequence, Trade, TradeRequest};
use std::collections::{BTreeMap, HashMap};

/// The client's trades on chain.
#[derive(Default)]
pub(super) struct Found {
    by_sequence: HashMap<Sequence, (BusinessDay, Trade)>,
    by_reference: BTreeMap<Reference, Sequence>,
}

impl Found {
    pub(super) fn of(trades: Vec<(BusinessDay, Trade)>) -> Self {
        let mut found = Self::default();
        for (day, trade) in trades {
            found
                .by_reference
                .entry(trade.reference)
                .or_insert(trade.id.sequence);
            found.by_sequence.insert(trade.id.sequence, (day, trade));
        }
        found
    }

    /// The trade of a sequence, if it is this payment's; else the payment's trade under whatever
    /// sequence it has.
    pub(super) fn of_payment(&self, payment: &TradeRequest) -> Option<&(BusinessDay, Trade)> {
        let sequence = self.by_reference.get(&payment.reference)?;
        self.by_sequence.get(sequence)
    }
}

/// Whether two requests are the same trade but for the sequence.
pub(super) fn same(a: &TradeRequest, b: &TradeRequest) -> bool {
    let plain = |trade: &TradeRequest| TradeRequest {
        sequence: 0,
        ..*trade
    };
    plain(a) == plain(b)
}

/// What the payment's trade on chain says of the payment.
pub(super) fn verdict(
    payment: &Prepared,
    day: BusinessDay,
    on_chain: &TradeRequest,
    new: bool,
) -> Verdict {
    let sequence = on_chain.sequence;
    if !same(&payment.trade, on_chain) {
        return Verdict::Refused {
            reason: format!(
                "the chain has this payment with other content (trade of sequence {sequence}, gross {} minor units); take the line out, or correct it to what was recorded",
                on_chain.gross
            ),
        };
    }
    if new {
        Verdict::Recorded { sequence, day }
    } else {
        Verdict::Known { sequence, day }
    }
}

/// A payment that is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Which of the payments.
    pub index: usize,
    /// Not before this moment: until then the same sequence may land with other content.
    pub not_before: Moment,
}

/// Sorts payments into those that are done and those to be sent.
pub(super) async fn triage<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    verdicts: &mut [Option<Verdict>],
    watch: &mut dyn FnMut(Step),
) -> Result<Vec<Waiting>> {
    let mut lines = Vec::with_capacity(payments.len());
    for payment in payments {
        lines.push(journal.line(settings.agreement, &payment.id)?);
    }
    let new = lines.iter().any(Option::is_none);
    let behind = is_behind(chain, journal).await?;
    if behind && !journal.is_incomplete()? {
        journal.set_incomplete()?;
    }
    if behind && new && !settings.trust_new_journal && journal.doubtful_since()?.is_none() {
        journal.set_doubtful_since(Some(chain.now().await?))?;
    }
    let unsure = lines
        .iter()
        .flatten()
        .any(|line| !matches!(line.state, State::Recorded { .. }));
    let search = unsure || (new && journal.is_incomplete()?);
    let mut found = Found::default();
    if search {
        watch(Step::Searching);
        found = search_for(chain, payments).await?;
    }
    adopt(journal, payments, settings, &found, &mut lines)?;
    if settings.trust_new_journal {
        journal.set_doubtful_since(None)?;
    }
    if lines.iter().any(Option::is_none) && journal.doubtful_since()?.is_some() {
        wait_out_doubt(chain, journal, settings, watch).await?;
        watch(Step::Searching);
        let found = search_for(chain, payments).await?;
        adopt(journal, payments, settings, &found, &mut lines)?;
    }
    let mut waiting = Vec::new();
    for (index, (payment, line)) in payments.iter().zip(lines).enumerate() {
        match line {
            Some(Line {
                trade,
                state: State::Recorded { day },
            }) => {
                verdicts[index] = Some(verdict(payment, day, &trade, false));
            }
            Some(Line {
                trade,
                state: State::Sent { expires_at } | State::Refused { expires_at, .. },
            }) => {
                let not_before = if same(&trade, &payment.trade) {
                    0
                } else {
                    expires_at + 1
                };
                waiting.push(Waiting { index, not_before });
            }
            None => waiting.push(Waiting {
                index,
                not_before: 0,
            }),
        }
    }
    Ok(waiting)
}

/// Whether the client has trades on chain or on their way that the journal did not give their
/// sequence.
async fn is_behind<C: TradeChain>(chain: &mut C, journal: &Journal) -> Result<bool> {
    let next = journal.next()?;
    let highest = chain.highest().await?;
    Ok(match (highest, next) {
        (None, None) => !chain.is_quiet().await?,
        (Some(_), None) => true,
        (highest, Some(next)) => highest.is_some_and(|highest| highest >= next),
    })
}

async fn search_for<C: TradeChain>(chain: &mut C, payments: &[Prepared]) -> Result<Found> {
    let Some(first) = payments.iter().map(|payment| payment.day).min() else {
        return Ok(Found::default());
    };
    Ok(Found::of(chain.trades_since(first).await?))
}

/// Takes into the journal what the chain has and the journal lacks.
fn adopt(
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    found: &Found,
    lines: &mut [Option<Line>],
) -> Result<()> {
    let mut adopted = Vec::new();
    for (payment, line) in payments.iter().zip(lines) {
        if matches!(
            line,
            Some(Line {
                state: State::Recorded { .. },
                ..
            })
        ) {
            continue;
        }
        if let Some((day, trade)) = found.of_payment(&payment.trade) {
            let recorded = Line {
                trade: request_of(trade),
                state: State::Recorded { day: *day },
            };
            adopted.push((payment.id.as_str(), recorded.clone()));
            *line = Some(recorded);
        }
    }
    if adopted.is_empty() {
        return Ok(());
    }
    journal.settle(settings.agreement, adopted)
}

/// Waits until the authority of everything that was sent before has ended.
async fn wait_out_doubt<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    settings: &Settings,
    watch: &mut dyn FnMut(Step),
) -> Result<()> {
    let since = journal.doubtful_since()?.unwrap_or_default();
    let end = since.saturating_add(settings.authority);
    let mut now = chain.now().await?;
    while now <= end {
        watch(Step::WaitingOutDoubt {
            left: end - now + 1,
        });
        now = chain.advance().await?.now;
    }
    journal.set_doubtful_since(None)
}
