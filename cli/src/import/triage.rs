//! What is known of payments before anything is sent.

use super::{
    found::{is_recorded, Found},
    look_alikes::{self, look_alikes},
    Doubt, Prepared, Settings, Step, TradeChain, Verdict,
};
use crate::{
    journal::{Journal, Line, State},
    money::Money,
    output::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use anyhow::Result;
use counterfoil_primitives::{envelope::BEHIND_BEST, Amount, BusinessDay, Sequence, TradeRequest};
use std::collections::HashMap;

/// Whether two requests are the same trade but for the sequence.
pub(super) fn same(a: &TradeRequest, b: &TradeRequest) -> bool {
    let plain = |trade: &TradeRequest| TradeRequest {
        sequence: 0,
        ..*trade
    };
    plain(a) == plain(b)
}

/// What the payment's trade on chain says of the payment. Amounts are told in `money`.
pub(super) fn verdict(
    payment: &Prepared,
    day: BusinessDay,
    on_chain: &TradeRequest,
    new: bool,
    money: Option<&Money>,
) -> Verdict {
    let sequence = on_chain.sequence;
    if !same(&payment.trade, on_chain) {
        return Verdict::Refused {
            reason: format!(
                "the chain has this payment with other content, as the trade of sequence {sequence} on {}; what differs: {}; {}",
                day_text(day),
                differences(&payment.trade, on_chain, money),
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

/// In what a line differs from the chain, by the names that a mapping has for it.
fn differences(line: &TradeRequest, chain: &TradeRequest, money: Option<&Money>) -> String {
    let amount = |amount: Amount| match money {
        Some(money) => money.show(amount),
        None => format!("{amount} minor units"),
    };
    let parts = |trade: &TradeRequest| {
        let (debit, credit) = (amount(trade.debit), amount(trade.credit));
        format!("debit {debit} and credit {credit}")
    };
    let mut differing = Vec::new();
    let mut compare = |name: &str, differs: bool, here: String, there: String| {
        if differs {
            differing.push(format!("{name} (here {here}, on chain {there})"));
        }
    };
    let text = |trade: &TradeRequest| reference_text(&trade.reference);
    compare(
        "reference",
        line.reference != chain.reference,
        text(line),
        text(chain),
    );
    let text = |trade: &TradeRequest| user_text(&trade.user);
    compare("user", line.user != chain.user, text(line), text(chain));
    let text = |trade: &TradeRequest| trade.product.to_string();
    let is_other_product = line.product != chain.product;
    compare("product", is_other_product, text(line), text(chain));
    let is_other_amount = line.gross != chain.gross;
    compare(
        "amount",
        is_other_amount,
        amount(line.gross),
        amount(chain.gross),
    );
    // Of another product or amount the same terms give other parts.
    let by_terms = !is_other_product && !is_other_amount;
    let is_other_part = (line.debit, line.credit) != (chain.debit, chain.credit);
    compare(
        "terms",
        by_terms && is_other_part,
        parts(line),
        parts(chain),
    );
    let text = |trade: &TradeRequest| moment_rfc3339(trade.occurred_at);
    compare(
        "time",
        line.occurred_at != chain.occurred_at,
        text(line),
        text(chain),
    );
    differing.join(", ")
}

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
    let is_settled = |line: &Option<Line>| line.as_ref().is_some_and(is_recorded);
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
            Some(Line {
                trade,
                state: State::Recorded { day },
            }) => {
                let money = settings.money.as_ref();
                verdicts[index] = Some(verdict(payment, day, &trade, false, money));
            }
            Some(Line {
                trade,
                state: State::Sent { ends_at } | State::Refused { ends_at, .. },
            }) if !same(&trade, &payment.trade) => to_send.held.push(Held {
                index,
                until: ends_at,
            }),
            _ => to_send.ready.push(index),
        }
    }
    Ok(to_send)
}

/// Why the client may have trades on chain or on their way that the journal did not give their
/// sequence, if it may.
async fn doubt<C: TradeChain>(chain: &mut C, journal: &Journal) -> Result<Option<Doubt>> {
    let next = journal.next()?;
    let highest = chain.highest().await?;
    Ok(match (highest, next) {
        (None, None) if !chain.is_quiet().await? => Some(Doubt::New),
        _ => doubt_of(highest, next),
    })
}

/// Why the client may have trades that the journal did not give their sequence, by the highest sequence
/// that it has used and the next one that the journal gives.
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
    let mut finalised = chain.finalised().await?;
    while finalised < end {
        watch(Step::WaitingOutDoubt {
            left: end - finalised,
        });
        finalised = chain.advance().await?.finalised;
    }
    journal.set_doubtful_until(None)
}
