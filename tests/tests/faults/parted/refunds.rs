//! Refunds that a parted network takes: one that both halves get alike, and two of one payment that cross.

use super::recorded;
use crate::{
    business::{Business, LONG},
    imported_files::Sent,
};
use anyhow::{anyhow, bail, ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    Amount, Link, Original, Reference, RefundRequest, Relation, Sequence, TradeId,
};
use counterfoil_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use counterfoil_tests::{
    agreement::current_terms,
    amendments::found,
    chain::Chain,
    submit::unordered,
    trades::{self, payment},
    wait,
    world::same,
};
use pallet_trades::{Call, Event, Refusal};
use std::{collections::BTreeSet, time::Duration};

/// Refunds that either half takes.
pub const OF_A_HALF: u64 = 2;
/// A payment of which both halves have the same refund.
const ALIKE: Sequence = 10;
/// A payment of which either half has a refund of its own.
const CROSSED: Sequence = 20;
/// The sequences of the refunds, above those of all payments.
const SAME: Sequence = 600;
const OF_LEFT: Sequence = 601;
const OF_RIGHT: Sequence = 602;

/// Refunds of payments that are final.
pub struct Refunds {
    /// What both halves get.
    same: RefundRequest,
    /// What the one and the other half gets. Each takes for granted that nothing was given back before.
    crossing: [RefundRequest; 2],
}

impl Refunds {
    /// Forms them by what is final.
    pub async fn formed(business: &Business) -> Result<Self> {
        Ok(Self {
            same: form(business, ALIKE, SAME, 40_001).await?,
            crossing: [
                form(business, CROSSED, OF_LEFT, 60_001).await?,
                form(business, CROSSED, OF_RIGHT, 50_003).await?,
            ],
        })
    }

    /// What the one half gets.
    pub const fn of_left(&self) -> [RefundRequest; 2] {
        [self.same, self.crossing[0]]
    }

    /// What the other half gets.
    pub const fn of_right(&self) -> [RefundRequest; 2] {
        [self.same, self.crossing[1]]
    }

    /// Once the halves have met: whichever of the crossing refunds is recorded, the other one is refused by
    /// name, and recorded as well once it is formed anew. Returns what was given back, with the references of
    /// the payments. Blocks up to `since` are from before.
    pub async fn each_once(
        &self,
        business: &Business,
        since: u32,
    ) -> Result<Vec<(Reference, Sent)>> {
        let there = self.as_formed(business, since).await?;
        let is_there = self.crossing.map(|refund| there.contains(&refund.sequence));
        let [taken, refused] = match is_there {
            [true, false] => self.crossing,
            [false, true] => [self.crossing[1], self.crossing[0]],
            both => bail!("which of two crossing refunds are recorded: {both:?}"),
        };
        let anew = form(business, CROSSED, refused.sequence, refused.gross).await?;
        same("given back before", anew.refunded_before, taken.gross)?;
        // Alone, it fails its call where it is refused.
        wait::until("a refund formed anew to be final", LONG, || async {
            if recorded(business.client(), business)
                .await?
                .contains(&anew.sequence)
            {
                return Ok(Some(()));
            }
            send_again(business, &[anew]).await;
            Ok(None)
        })
        .await?;
        given_back(business, &self.same, self.same.gross).await?;
        given_back(business, &anew, taken.gross + anew.gross).await?;
        let paid = |sequence| payment(&business.agreement, business.agreement.client(), sequence);
        let (alike, crossed) = (paid(ALIKE)?.reference, paid(CROSSED)?.reference);
        let sent = |refund: RefundRequest, original| {
            (refund.reference, Sent::refund(refund.gross, original))
        };
        Ok(vec![
            sent(self.same, alike),
            sent(taken, crossed),
            sent(anew, crossed),
        ])
    }

    /// Sends the refunds as they were formed before, until the final chain shows of each that it is recorded,
    /// or that it is refused because something was given back meanwhile. Returns the sequences that are
    /// recorded.
    async fn as_formed(&self, business: &Business, since: u32) -> Result<BTreeSet<Sequence>> {
        let [left, right] = self.crossing;
        // More than one, so that a refusal is an event.
        let all = [self.same, left, right];
        let there = wait::until("refunds to be final or refused", LONG, || async {
            let there = recorded(business.client(), business).await?;
            let refused = refused(business, since).await?;
            let is_done = |refund: &RefundRequest| {
                there.contains(&refund.sequence) || refused.contains(&refund.sequence)
            };
            if all.iter().all(is_done) {
                return Ok(Some(there));
            }
            send_again(business, &all).await;
            Ok(None)
        })
        .await?;
        ensure!(
            there.contains(&self.same.sequence),
            "the refund that both halves took is not recorded"
        );
        Ok(there)
    }
}

/// Forms a refund of a part of a payment, by what the client's node shows of that as final.
async fn form(
    business: &Business,
    paid: Sequence,
    sequence: Sequence,
    gross: Amount,
) -> Result<RefundRequest> {
    let (node, agreement) = (business.client(), &business.agreement);
    let client = agreement.client();
    let id = TradeId {
        client: client.id,
        sequence: paid,
    };
    let trades = trades::recorded(node, agreement).await?;
    let position = trades.iter().position(|trade| trade.id == id);
    let position = position.context("a payment is not recorded")? as u32;
    let day = agreement.day();
    let found = found(node, agreement, day, position).await?;
    let original = Original { id, day, position };
    let link = Link {
        relation: Relation::Refund,
        original,
        paid: found.paid,
        refunded_before: found.refunded,
    };
    let terms = current_terms(found.trade.product)?;
    let amounts = link.amounts(&terms, gross);
    let amounts = amounts.context("too little is left of a payment")?;
    Ok(RefundRequest {
        sequence,
        reference: payment(agreement, client, sequence)?.reference,
        user: found.trade.user,
        product: found.trade.product,
        original,
        refunded_before: found.refunded,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        // After every payment.
        occurred_at: agreement.plan.yesterday(3_600),
    })
}

/// Brings refunds to a node, and waits for nothing. Returns the transaction.
pub async fn send(node: &Chain, business: &Business, refunds: &[RefundRequest]) -> Result<Vec<u8>> {
    let agreement = &business.agreement;
    let refunds = refunds.to_vec().try_into();
    let call = RuntimeCall::Trades(Call::<Runtime>::refund {
        agreement: agreement.id,
        refunds: refunds.map_err(|_| anyhow!("more refunds than a call may carry"))?,
    });
    let pair = agreement.client().pair();
    let bytes = unordered(node.genesis(), pair, node.birth().await?, call).encode();
    node.submit(&bytes).await?;
    Ok(bytes)
}

/// Sends refunds once more, and lets some blocks pass.
async fn send_again(business: &Business, refunds: &[RefundRequest]) {
    // A node whose pool has them refuses them again.
    send(business.client(), business, refunds).await.ok();
    tokio::time::sleep(Duration::from_secs(5)).await;
}

/// The sequences that the final blocks above `since` refused because something was given back meanwhile.
async fn refused(business: &Business, since: u32) -> Result<BTreeSet<Sequence>> {
    let events = business.client().events_since(since).await?;
    let refused = events.into_iter().filter_map(|event| match event {
        RuntimeEvent::Trades(Event::TradeRefused {
            client,
            sequence,
            reason: Refusal::RefundedMeanwhile,
            ..
        }) if client == business.agreement.client().id => Some(sequence),
        _ => None,
    });
    Ok(refused.collect())
}

/// Makes sure that this is given back of the payment of a refund, and is not more than was paid.
async fn given_back(business: &Business, refund: &RefundRequest, gross: Amount) -> Result<()> {
    let Original { day, position, .. } = refund.original;
    let payment = found(business.client(), &business.agreement, day, position).await?;
    same("given back of a payment", payment.refunded, gross)?;
    ensure!(
        payment.refunded <= payment.paid,
        "more is given back of a payment than was paid"
    );
    Ok(())
}
