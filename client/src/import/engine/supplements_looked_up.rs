//! Payments that the chain refused, and that an amendment recorded or may have recorded.

use super::{Engine, OnWay};
use crate::import::{supplemented, NotRecorded, TradeChain};
use anyhow::Result;
use counterfoil_primitives::Reference;

/// A refused payment that an amendment may have recorded.
pub(super) struct Sought {
    sent: OnWay,
    /// Whether the chain only said that it comes too late.
    is_late: bool,
}

impl<C: TradeChain> Engine<'_, C> {
    /// Has the chain asked where an amendment recorded a refused payment, if one did.
    pub(super) fn seek_supplement(&mut self, sent: OnWay, is_late: bool) {
        self.supplemented.push(Sought { sent, is_late });
    }

    /// Asks the finalised chain where amendments recorded payments. What none recorded is refused.
    pub(super) async fn look_up_supplements(&mut self) -> Result<()> {
        let sought = std::mem::take(&mut self.supplemented);
        if sought.is_empty() {
            return Ok(());
        }
        let reference = |Sought { sent, .. }: &Sought| sent.1.reference;
        let references: Vec<Reference> = sought.iter().map(reference).collect();
        let found = self.chain.supplemented(&references).await?;
        let mut settled = Vec::new();
        for (Sought { sent, is_late }, found) in sought.into_iter().zip(found) {
            let Some(found) = found else {
                self.refuse_sent(sent, not_found(is_late), &mut settled);
                continue;
            };
            let (index, trade, _) = sent;
            let line = found.line(trade.sequence);
            let money = self.settings.money.as_ref();
            let place = (found.day, found.position);
            let verdict = supplemented::verdict(&self.payments[index], place, &line, money);
            self.verdicts[index] = Some(verdict);
            settled.push((index, line));
        }
        self.settle(settled)
    }
}

/// Why a payment is refused that no amendment is seen to have recorded.
fn not_found(is_late: bool) -> NotRecorded {
    if is_late {
        return NotRecorded::TooLate;
    }
    NotRecorded::Other(
        "an amendment recorded the payment, and the node does not show where; see that the node is not behind, \
         and import the file again"
            .into(),
    )
}
