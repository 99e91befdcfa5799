//! What finalised blocks tell an import.

use super::{refusal_reasons::refusal, waiting::until, ClientChain};
use crate::{
    chain::{events::Event, read::At},
    import::Refusal,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{tree::locate, BusinessDay, Sequence};
use std::{collections::BTreeSet, time::Duration};

/// How often the node is asked for a new finalised block.
const PULSE: Duration = Duration::from_millis(500);

/// How long finality may stand still before an import stops waiting; time asleep does not count.
const PATIENCE: Duration = Duration::from_secs(300);

impl ClientChain {
    /// The pages of the agreement to which the events added trades.
    pub(super) fn touched(&self, events: &[Event]) -> BTreeSet<(BusinessDay, u32)> {
        let mut pages = BTreeSet::new();
        for event in events
            .iter()
            .filter(|event| event.is("Trades", "DebitEntriesIssued"))
        {
            let field = |name| event.number(name);
            let fields = (
                field("agreement"),
                field("day"),
                field("first"),
                field("count"),
            );
            let (Some(agreement), Some(day), Some(first), Some(count @ 1..)) = fields else {
                continue;
            };
            if agreement == u64::from(self.record.agreement.id) {
                let last = locate((first + count - 1) as u32).0;
                let first = locate(first as u32).0;
                pages.extend((first..=last).map(|page| (BusinessDay(day as u32), page)));
            }
        }
        pages
    }

    /// The client's refused trades in the events.
    pub(super) fn refusals(&self, events: &[Event]) -> Vec<(Sequence, Refusal)> {
        let own = |event: &&Event| {
            event.is("Trades", "TradeRefused")
                && event.number("client") == Some(self.record.client.into())
                && event.number("agreement") == Some(self.record.agreement.id.into())
        };
        events
            .iter()
            .filter(own)
            .filter_map(|event| {
                let reason = event.variant("reason").unwrap_or_default();
                Some((event.number("sequence")?, refusal(&reason)))
            })
            .collect()
    }

    /// The finalised block above `told`, once there is one, and its number.
    pub(super) async fn finalized_after(&self, told: u64) -> Result<(At, u64)> {
        let next = until(PULSE, PATIENCE, || async {
            let at = self.record.chain.finalized().await?;
            let number = at.number().await?;
            anyhow::Ok((number > told).then_some((at, number)))
        });
        match next.await? {
            Some(finalized) => Ok(finalized),
            None => bail!(stalled(
                self.record.chain.url(),
                told,
                self.record.chain.best().await?.number().await?
            )),
        }
    }
}

/// What is known when finality has stood still at the block `told` for as long as an import waits.
fn stalled(url: &str, told: u64, best: u64) -> String {
    let patience = PATIENCE.as_secs();
    if best > told {
        format!(
            "the node at {url} has blocks up to {best}, but the chain has finalised none above {told} for {patience} s: what was sent may be in blocks that are not final yet. See that enough of the chain's validators run; when it finalises blocks again, run the import again, and it continues where it stopped"
        )
    } else {
        format!(
            "the node at {url} has shown no block above {told} for {patience} s. See that enough of the chain's validators run and that this node reaches them; when it shows blocks again, run the import again, and it continues where it stopped"
        )
    }
}

/// Whether an error says that the node does not have a block, or its state any more. Any other one says
/// nothing of the block.
pub(super) fn is_gone(error: &anyhow::Error) -> bool {
    // The SDK says so in words only.
    const SIGNS: [&str; 5] = [
        "already discarded",
        "unknown block",
        "unknownblock",
        "has no block",
        "cannot find the block header",
    ];
    let said = format!("{error:#}").to_lowercase();
    SIGNS.iter().any(|sign| said.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_nothing_is_finalized_an_import_says_whether_blocks_are_made() {
        let running = stalled("ws://node", 10, 90);
        assert!(running.contains("not final yet"), "{running}");
        assert!(!running.contains("no block"), "{running}");
        let standing = stalled("ws://node", 10, 10);
        assert!(standing.contains("no block above 10"), "{standing}");
    }

    #[test]
    fn a_block_is_gone_only_where_the_node_says_so() {
        let under = |said: &'static str| anyhow::Error::msg(said).context("cannot read the events");
        for said in [
            "Client error: UnknownBlock: State already discarded for 0x07",
            "Client error: UnknownBlock: Header was not found in the database",
            "Api called for an unknown Block: State already discarded for 0x07",
            "the node has no block 7",
        ] {
            assert!(is_gone(&under(said)), "{said}");
        }
        for said in [
            "the connection to ws://node is lost, and no node has answered there for 120 s",
            "an event has an unknown shape",
            "Database error: the disk is full",
        ] {
            assert!(!is_gone(&under(said)), "{said}");
        }
    }
}
