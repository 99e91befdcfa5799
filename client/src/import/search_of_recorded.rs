//! The client's trades on chain, and which of them a payment is.

use super::{compared_with_recorded::is_of, Prepared, RecordedTrades};
use crate::{
    journal::{request_of, Line, State},
    mapping::reference_of,
};
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Kind, MemberId, Original, Reference, Sequence, Trade};
use std::collections::{BTreeMap, HashMap};

/// How many days before its own a payment is looked for that no complete journal knows: one with its
/// reference there shows that ids begin anew, or that a file puts it on another day.
const LOOK_BACK: u32 = 7;

/// The client's trades on chain.
#[derive(Default)]
pub(super) struct Found {
    by_sequence: HashMap<Sequence, (BusinessDay, Trade)>,
    by_reference: BTreeMap<(Kind, Reference), Sequence>,
}

impl Found {
    /// Looks for the payments whose lines do not say that they are recorded. An import and a dry run
    /// both ask by this. A journal that is `complete`, which has all trades of the client, does not
    /// spare the search: a payment may be recorded under an id that it no longer has in the file.
    pub(super) async fn of_unsettled<C: RecordedTrades>(
        chain: &mut C,
        payments: &[Prepared],
        lines: &[Option<Line>],
        complete: bool,
    ) -> Result<Self> {
        let unsettled = payments
            .iter()
            .zip(lines)
            .filter(|(_, line)| !line.as_ref().is_some_and(is_done));
        let days = unsettled.map(|(payment, line)| match line {
            Some(line) => first_day(chain, payment, line),
            None => first_day_of_new(chain, payment, complete),
        });
        let first = days.min();
        Self::since(chain, first).await
    }

    /// Looks for payments by their lines in the journal.
    pub(super) async fn of_sent<'a, C: RecordedTrades>(
        chain: &mut C,
        payments: impl IntoIterator<Item = (&'a Prepared, &'a Line)>,
    ) -> Result<Self> {
        let days = payments
            .into_iter()
            .map(|(payment, line)| first_day(chain, payment, line));
        let first = days.min();
        Self::since(chain, first).await
    }

    async fn since<C: RecordedTrades>(chain: &mut C, first: Option<BusinessDay>) -> Result<Self> {
        match first {
            Some(first) => Ok(Self::of(chain.trades_since(first).await?)),
            None => Ok(Self::default()),
        }
    }

    fn of(trades: Vec<(BusinessDay, Trade)>) -> Self {
        let mut found = Self::default();
        for (day, trade) in trades {
            found
                .by_reference
                .entry((trade.kind, trade.reference))
                .or_insert(trade.id.sequence);
            found.by_sequence.insert(trade.id.sequence, (day, trade));
        }
        found
    }

    /// The payment's trade: the one that was sent for it, whatever the file says by now; else the
    /// one of its kind with its reference, under whatever sequence. A refund may carry its payment's.
    pub(super) fn of_payment(
        &self,
        payment: &Prepared,
        line: Option<&Line>,
    ) -> Option<&(BusinessDay, Trade)> {
        let sent = line.map(|line| (line.kind, line.trade.reference));
        let as_sent = line.and_then(|line| {
            self.by_sequence
                .get(&line.trade.sequence)
                .filter(|(_, trade)| Some((trade.kind, trade.reference)) == sent)
        });
        as_sent
            .or_else(|| self.of_reference(sent?))
            .or_else(|| self.of_reference((payment.kind(), payment.trade.reference)))
    }

    fn of_reference(&self, named: (Kind, Reference)) -> Option<&(BusinessDay, Trade)> {
        self.by_sequence.get(self.by_reference.get(&named)?)
    }

    /// Takes into `lines` the trades of payments that they do not have as recorded. Returns the
    /// payments for which the journal is to keep them, by index.
    pub(super) fn take_in(&self, payments: &[Prepared], lines: &mut [Option<Line>]) -> Vec<usize> {
        let mut sure = Vec::new();
        for (index, (payment, line)) in payments.iter().zip(lines).enumerate() {
            if line.as_ref().is_some_and(is_done) {
                continue;
            }
            let Some((day, trade)) = self.of_payment(payment, line.as_ref()) else {
                continue;
            };
            // A reference alone may be a slip of the pen, which a corrected file takes back.
            if line.is_some() || is_certain(payment, trade) {
                sure.push(index);
            }
            let original = line.as_ref().and_then(|line| original_of(line, trade));
            *line = Some(Line {
                original,
                ..Line::of_trade(trade, *day)
            });
        }
        sure
    }

    /// Whether a trade with this sequence is among them.
    pub(super) fn has(&self, sequence: Sequence) -> bool {
        self.by_sequence.contains_key(&sequence)
    }

    /// All of them.
    pub(super) fn trades(&self) -> impl Iterator<Item = &(BusinessDay, Trade)> {
        self.by_sequence.values()
    }
}

/// Whether a line says that its payment is recorded.
pub(super) const fn is_recorded(line: &Line) -> bool {
    matches!(line.state, State::Recorded { .. })
}

/// Whether a line says that its payment is on chain: recorded by its client, or by an amendment.
pub(super) const fn is_done(line: &Line) -> bool {
    matches!(
        line.state,
        State::Recorded { .. } | State::Supplemented { .. }
    )
}

/// The payment that a recorded refund was sent for, by its line in the journal.
pub(super) fn original_of(line: &Line, trade: &Trade) -> Option<Original> {
    let is_it = line.trade.sequence == trade.id.sequence && line.kind == trade.kind;
    line.original.filter(|_| is_it)
}

/// Whether the payment's reference follows from its id.
fn is_derived(client: MemberId, payment: &Prepared) -> bool {
    payment.trade.reference == reference_of(client, &payment.id)
}

/// Whether a trade with the payment's reference is the payment's beyond doubt: by its content, or
/// because the reference follows from the payment's id.
fn is_certain(payment: &Prepared, trade: &Trade) -> bool {
    is_derived(trade.id.client, payment) || is_of(payment, &request_of(trade), trade.kind)
}

/// The first day to which a payment may be booked that was sent. The trade that was sent for it may lie
/// on an earlier day than the file puts it on by now.
fn first_day<C: RecordedTrades>(chain: &C, payment: &Prepared, line: &Line) -> BusinessDay {
    // A moment before the agreement has no day; then all days are read.
    let sent = chain.day_of(line.trade.occurred_at).unwrap_or_default();
    sent.min(payment.day)
}

/// The first day on which a payment is looked for that the journal does not know. A complete journal
/// knows each id; so a reference that follows from the id is on no trade, and one that looks like the
/// payment is booked to no earlier day.
fn first_day_of_new<C: RecordedTrades>(
    chain: &C,
    payment: &Prepared,
    complete: bool,
) -> BusinessDay {
    if complete && is_derived(chain.client(), payment) {
        return payment.day;
    }
    BusinessDay(payment.day.0.saturating_sub(LOOK_BACK))
}
