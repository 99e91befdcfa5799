//! What is known of payments before anything is sent.

use super::{found::Found, Prepared, Settings, Step, TradeChain, Verdict};
use crate::journal::{request_of, Journal, Line, State};
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Moment, TradeRequest};

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
                "the chain has this payment with other content (trade of sequence {sequence}, gross {} minor units; what differs: {}); {}",
                on_chain.gross,
                differences(&payment.trade, on_chain),
                remedy(payment, day)
            ),
        };
    }
    if new {
        Verdict::Recorded { sequence, day }
    } else {
        Verdict::Known { sequence, day }
    }
}

/// What to do about a payment whose id is that of a trade of `day` with other content.
fn remedy(payment: &Prepared, day: BusinessDay) -> &'static str {
    if payment.day == day {
        "take the line out, or correct it to what was recorded"
    } else {
        "where it is another payment, because ids begin anew on each day, make the id of several columns in the mapping of files that are not recorded yet, \
         like payment_id = [\"date\", \"receipt\"]; else take the line out, or correct it to what was recorded"
    }
}

/// In what two requests differ, by the names that a mapping has for it.
fn differences(a: &TradeRequest, b: &TradeRequest) -> String {
    let fields = [
        ("reference", a.reference != b.reference),
        ("user", a.user != b.user),
        ("product", a.product != b.product),
        ("amount", a.gross != b.gross),
        ("terms", (a.debit, a.credit) != (b.debit, b.credit)),
        ("time", a.occurred_at != b.occurred_at),
    ];
    let differing: Vec<&str> = fields
        .iter()
        .filter(|(_, differs)| *differs)
        .map(|(name, _)| *name)
        .collect();
    differing.join(", ")
}

/// A payment that was sent with other content. Its sequence may land with that until a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Which of the payments.
    pub index: usize,
    /// Until when, by the chain's clock.
    pub until: Moment,
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
pub(super) async fn triage<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    verdicts: &mut [Option<Verdict>],
    watch: &mut dyn FnMut(Step),
) -> Result<ToSend> {
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
    let unsure = lines.iter().flatten().any(|line| !is_recorded(line));
    let search = unsure || (new && journal.is_incomplete()?);
    let mut found = Found::default();
    if search {
        watch(Step::Searching);
        found = Found::search(chain, unsettled(payments, &lines)).await?;
    }
    adopt(journal, payments, settings, &found, &mut lines)?;
    if settings.trust_new_journal {
        journal.set_doubtful_since(None)?;
    }
    if lines.iter().any(Option::is_none) && journal.doubtful_since()?.is_some() {
        wait_out_doubt(chain, journal, settings, watch).await?;
        watch(Step::Searching);
        let found = Found::search(chain, unsettled(payments, &lines)).await?;
        adopt(journal, payments, settings, &found, &mut lines)?;
    }
    let mut to_send = ToSend::default();
    for (index, (payment, line)) in payments.iter().zip(lines).enumerate() {
        match line {
            Some(Line {
                trade,
                state: State::Recorded { day },
            }) => verdicts[index] = Some(verdict(payment, day, &trade, false)),
            Some(Line {
                trade,
                state: State::Sent { expires_at } | State::Refused { expires_at, .. },
            }) if !same(&trade, &payment.trade) => to_send.held.push(Held {
                index,
                until: expires_at,
            }),
            _ => to_send.ready.push(index),
        }
    }
    Ok(to_send)
}

fn is_recorded(line: &Line) -> bool {
    matches!(line.state, State::Recorded { .. })
}

/// The payments that the journal does not have as recorded, with their lines.
fn unsettled<'a>(
    payments: &'a [Prepared],
    lines: &'a [Option<Line>],
) -> impl Iterator<Item = (&'a Prepared, Option<&'a Line>)> {
    payments
        .iter()
        .zip(lines.iter().map(Option::as_ref))
        .filter(|(_, line)| !line.is_some_and(is_recorded))
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
        if line.as_ref().is_some_and(is_recorded) {
            continue;
        }
        if let Some((day, trade)) = found.of_payment(payment, line.as_ref()) {
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
