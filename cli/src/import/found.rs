//! The client's trades on chain, and which of them a payment is.

use super::{Prepared, TradeRecord};
use crate::journal::Line;
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Reference, Sequence, Trade};
use std::collections::{BTreeMap, HashMap};

/// How many days before its own a payment is looked for that the journal does not know: one with
/// its reference there shows that ids begin anew.
const LOOK_BACK: u32 = 7;

/// The client's trades on chain.
#[derive(Default)]
pub(super) struct Found {
    by_sequence: HashMap<Sequence, (BusinessDay, Trade)>,
    by_reference: BTreeMap<Reference, Sequence>,
}

impl Found {
    /// Reads the days on which payments, each with its line in the journal, may be found.
    pub(super) async fn search<'a, C: TradeRecord>(
        chain: &mut C,
        payments: impl IntoIterator<Item = (&'a Prepared, Option<&'a Line>)>,
    ) -> Result<Self> {
        let days = payments
            .into_iter()
            .map(|(payment, line)| first_day(chain, payment, line));
        match days.min() {
            Some(first) => Ok(Self::of(chain.trades_since(first).await?)),
            None => Ok(Self::default()),
        }
    }

    fn of(trades: Vec<(BusinessDay, Trade)>) -> Self {
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

    /// The payment's trade: the one that was sent for it, whatever the file says by now; else the
    /// one with its reference, under whatever sequence.
    pub(super) fn of_payment(
        &self,
        payment: &Prepared,
        line: Option<&Line>,
    ) -> Option<&(BusinessDay, Trade)> {
        let sent = line.map(|line| &line.trade);
        let as_sent = sent.and_then(|sent| {
            self.by_sequence
                .get(&sent.sequence)
                .filter(|(_, trade)| trade.reference == sent.reference)
        });
        as_sent
            .or_else(|| self.of_reference(&sent?.reference))
            .or_else(|| self.of_reference(&payment.trade.reference))
    }

    fn of_reference(&self, reference: &Reference) -> Option<&(BusinessDay, Trade)> {
        self.by_sequence.get(self.by_reference.get(reference)?)
    }

    /// Whether a trade with this sequence is among them.
    pub(super) fn has(&self, sequence: Sequence) -> bool {
        self.by_sequence.contains_key(&sequence)
    }
}

/// The first day to which the payment may be booked. The trade that was sent for it may lie on an
/// earlier day than the file puts it on by now.
fn first_day<C: TradeRecord>(chain: &C, payment: &Prepared, line: Option<&Line>) -> BusinessDay {
    let before = BusinessDay(payment.day.0.saturating_sub(LOOK_BACK));
    line.map_or(before, |line| {
        // A moment before the agreement has no day; then all days are read.
        let sent = chain.day_of(line.trade.occurred_at).unwrap_or_default();
        sent.min(payment.day)
    })
}
