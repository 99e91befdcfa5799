//! A party's own report of a side, when the reconciler is down.

use crate::{
    chain::{call::Call, read::At, views::Agreement, Chain},
    error::{Error, PoolRefusal},
    ledger::{entries, witnesses},
    operator::Operator,
};
use anyhow::{bail, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    align::Book,
    report::Report,
    summary::{DaySummary, SideStatus, SideSummary},
    BusinessDay, Commitment, Round, Side, SideId,
};
use std::time::Duration;

/// A side of a day.
pub const fn side_of(day: &DaySummary, side: Side) -> &SideSummary {
    side.pick(&day.debit, &day.credit)
}

/// What is to be reported of a side.
#[derive(Clone, Debug)]
pub enum Finding {
    /// The party committed to the chain's own book.
    Clean,
    /// The party committed to another book.
    Breaks(Report),
}

/// What both books of a side must be known by.
pub struct Subject<'a> {
    /// The state that is reported on.
    pub at: &'a At,
    /// The agreement.
    pub agreement: &'a Agreement,
    /// The day.
    pub day: BusinessDay,
    /// The side.
    pub side: Side,
}

impl Subject<'_> {
    /// The side's id.
    pub const fn side_id(&self) -> SideId {
        self.agreement.side_id(self.day, self.side)
    }

    /// The commitment of the side and the chain's own.
    pub async fn commitments(&self) -> Result<(Commitment, Commitment)> {
        let day = self.at.day(self.agreement.id, self.day).await?;
        let side = side_of(&day, self.side);
        let own = side
            .commitment
            .context("the party has not committed to a book: there is nothing to report on")?;
        let chain = side
            .chain
            .context("the day is not sealed; run `day seal` after its cut-off")?;
        Ok((own, chain))
    }

    /// Whether the party committed to the chain's own book.
    pub async fn is_clean(&self) -> Result<bool> {
        let (own, chain) = self.commitments().await?;
        Ok(own == chain)
    }

    /// Finds what differs between the chain and a party's book. The book must be the one that
    /// the party committed to.
    pub async fn find(&self, book: &Book) -> Result<Finding> {
        let (own, chain) = self.commitments().await?;
        if own == chain {
            return Ok(Finding::Clean);
        }
        let place = self.at.place(self.side_id());
        if Commitment::of_book(&place, &book.slots, &book.extras) != own {
            bail!("this is not the book that the party committed to: its commitment comes out otherwise");
        }
        let trades = self.at.trades(self.agreement.id, self.day).await?;
        let right = entries(&trades, self.side);
        let (found, _) = witnesses(
            self.at,
            self.agreement,
            self.day,
            self.side,
            &right,
            &book.extras,
        )
        .await?;
        let report = Report::with_witnesses(&right, book, &found);
        report.check(&place, &own, &right).map_err(|fault| {
            anyhow::anyhow!("the report does not rebuild the commitment: {fault:?}")
        })?;
        Ok(Finding::Breaks(report))
    }
}

/// How long the parts of a report may take to become final.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often the state of the side is looked at.
const PULSE: Duration = Duration::from_secs(1);

/// Sends a report signed by the operator's account, all parts at once, and waits until the chain
/// has accepted them. Parts that the chain has already are passed over. Returns how many were sent
/// and how the side stands then; `progress` is told how many pages the chain has accepted.
pub async fn submit(
    chain: &Chain,
    subject: &Subject<'_>,
    finding: &Finding,
    operator: &Operator,
    mut progress: impl FnMut(u32),
) -> Result<(usize, SideSummary)> {
    let reported = subject.at.day(subject.agreement.id, subject.day).await?;
    let round = side_of(&reported, subject.side).round;
    let sent = send(chain, subject, finding, operator).await?;
    let accepted = async {
        loop {
            let day = chain
                .finalized()
                .await?
                .day(subject.agreement.id, subject.day)
                .await?;
            let side = *side_of(&day, subject.side);
            progress(side.accepted_pages);
            if is_done(&side, round) {
                return anyhow::Ok(side);
            }
            tokio::time::sleep(PULSE).await;
        }
    };
    let side = match tokio::time::timeout(PATIENCE, accepted).await {
        Ok(side) => side?,
        Err(_) => {
            let best = chain.best().await?;
            let day = best.day(subject.agreement.id, subject.day).await?;
            bail!(late(is_done(side_of(&day, subject.side), round)));
        }
    };
    Ok((sent, side))
}

/// Whether a report of the book of `round` is through: a book over the caps, or with a false total, is
/// rejected, and the next round begins.
const fn is_done(side: &SideSummary, round: Round) -> bool {
    is_closed(side) || side.round > round
}

/// What is known of a report that is not accepted in time, and whether it is through at the best
/// block.
fn late(is_done_at_best: bool) -> String {
    let patience = PATIENCE.as_secs();
    if is_done_at_best {
        format!(
            "all parts are in blocks that are not final yet after {patience} s; nothing has to be sent again, but see that enough of the chain's validators run"
        )
    } else {
        format!("the chain has not accepted all parts after {patience} s; run this again to send the others")
    }
}

/// Whether nothing is left to report of a side: it is proven, or it defaulted and has no commitment that
/// could be proven late.
pub const fn is_closed(side: &SideSummary) -> bool {
    match side.status {
        SideStatus::Awaited | SideStatus::Committed => false,
        SideStatus::Defaulted => side.commitment.is_none() || side.too_late,
        SideStatus::Proven { .. } | SideStatus::ProvenLate { .. } | SideStatus::Repaired { .. } => {
            true
        }
    }
}

async fn send(
    chain: &Chain,
    subject: &Subject<'_>,
    finding: &Finding,
    operator: &Operator,
) -> Result<usize> {
    // Encoded, it is the first three arguments of the calls: the agreement, the day and the side.
    let side_id = subject.side_id();
    let mut sender = Sender {
        chain,
        operator,
        sent: 0,
    };
    let report = match finding {
        Finding::Clean => {
            sender.send("report_clean", &side_id).await?;
            return Ok(sender.sent);
        }
        Finding::Breaks(report) => report,
    };
    let summary = subject.at.day(side_id.agreement, side_id.day).await?;
    // What is reported of this book is no report of one that comes after its rejection.
    let round: Round = side_of(&summary, side_id.side).round;
    let header = (side_id, round, &report.header);
    sender.send("report_header", &header).await?;
    for (page, slots) in &report.slots {
        let part = (side_id, round, page, slots);
        sender.send("report_slots", &part).await?;
    }
    for (page, extras) in &report.extras {
        let part = (side_id, round, page, extras);
        sender.send("report_extras", &part).await?;
    }
    Ok(sender.sent)
}

/// Sends the parts of a report. A part may travel before its header: the pool holds it back.
struct Sender<'a> {
    chain: &'a Chain,
    operator: &'a Operator,
    sent: usize,
}

impl Sender<'_> {
    async fn send(&mut self, name: &'static str, arguments: &impl Encode) -> Result<()> {
        let call = Call::new("Reconciliation", name, arguments);
        match self.chain.enqueue_unordered(&call, self.operator).await {
            Ok(()) => self.sent += 1,
            // The chain has it, or takes it when this is run again.
            Err(Error::Pool {
                refusal: PoolRefusal::Stale | PoolRefusal::Known | PoolRefusal::Busy(_),
                ..
            }) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_through_once_its_side_is_proven_or_its_book_rejected() {
        let of = |status, round| SideSummary {
            status,
            round,
            ..Default::default()
        };
        assert!(!is_done(&of(SideStatus::Committed, 0), 0));
        assert!(is_done(&of(SideStatus::Proven { breaks: 1 }, 0), 0));
        assert!(is_done(&of(SideStatus::Awaited, 1), 0));
        // The party has committed to its next book already.
        assert!(is_done(&of(SideStatus::Committed, 1), 0));
        assert!(!is_done(&of(SideStatus::Committed, 1), 1));
    }

    #[test]
    fn nothing_is_left_to_report_of_a_side_that_cannot_be_proven_late_any_more() {
        let of = |status| {
            is_closed(&SideSummary {
                status,
                commitment: Some(Commitment::default()),
                too_late: true,
                ..Default::default()
            })
        };
        assert!(of(SideStatus::Defaulted));
        assert!(!of(SideStatus::Committed));
    }

    #[test]
    fn nothing_is_left_to_report_of_a_side_that_is_proven_or_defaulted_without_a_book() {
        let of = |status, commitment| {
            is_closed(&SideSummary {
                status,
                commitment,
                ..Default::default()
            })
        };
        let closed = |status| of(status, None);
        assert!(closed(SideStatus::ProvenLate { breaks: 1 }));
        assert!(!of(SideStatus::Defaulted, Some(Commitment::default())));
        assert!(closed(SideStatus::Proven { breaks: 0 }));
        assert!(closed(SideStatus::Repaired { breaks: 1 }));
        assert!(closed(SideStatus::Defaulted));
        assert!(!closed(SideStatus::Awaited));
        assert!(!closed(SideStatus::Committed));
    }

    #[test]
    fn what_is_not_final_in_time_is_not_called_refused() {
        let words = late(true);
        assert!(words.contains("not final yet"), "{words}");
        assert!(late(false).contains("run this again"));
    }
}
