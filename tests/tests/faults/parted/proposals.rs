//! Proposals that a parted network takes under the same number: one that a half answers, and another one.
//! What was signed on the first half is handed to the second.

use super::{LEFT, RIGHT};
use crate::{
    amended,
    business::{Business, LONG},
    check,
};
use anyhow::{ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    refusal::NOT_FREE,
    Sequence,
};
use counterfoil_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use counterfoil_tests::{
    amendments::{booked, completed, proposal, proposal_at},
    chain::Chain,
    member::Member,
    submit::{next_nonce, signed},
    wait,
    world::same,
};
use futures::future::try_join;
use pallet_amendments::Error;
use sp_runtime::DispatchError;

/// The number of either half's proposal.
const NUMBER: u32 = 1;
/// How many payments a proposal names.
const NAMED: usize = 10;

/// What was proposed on either half.
pub struct Proposals {
    /// What one half has: the company's, which the bank accepted there.
    accepted: Proposal,
    /// What the other half has: the client's, which nobody answered.
    open: Proposal,
    /// The company's proposal and the bank's answer, as they were signed.
    handed: [Vec<u8>; 2],
}

impl Proposals {
    /// On one half the company proposes to cancel payments that this half took, and the bank accepts. On the
    /// other half the client proposes to cancel payments that that half took. Then the other half gets what
    /// company and bank signed; it does not take the answer.
    pub async fn made(business: &Business, left: &Chain, right: &Chain) -> Result<Self> {
        let agreement = &business.agreement;
        let of_left = cancelling(business, left, LEFT.start).await?;
        let proposed = sign(left, &agreement.company, of_left).await?;
        left.submit(&proposed).await?;
        let of_right = cancelling(business, right, RIGHT.start).await?;
        let other = sign(right, agreement.client(), of_right).await?;
        right.submit(&other).await?;
        let (accepted, open) = try_join(put_up(business, left), put_up(business, right)).await?;

        let answer = amended::accept(business, NUMBER, &accepted);
        let answer = sign(left, &agreement.bank, answer).await?;
        left.submit(&answer).await?;
        wait::until("a half to take the answer", LONG, || async {
            let found = at_best(business, left).await?;
            let found = found.context("the half's proposal is gone")?;
            Ok((found.standing != Standing::Open).then_some(()))
        })
        .await?;

        right.submit(&proposed).await?;
        let refusal = right.submit(&answer).await.err();
        let refusal = refusal.context("a half takes the answer to another proposal")?;
        let refusal = refusal.to_string();
        ensure!(
            refusal.contains(&format!("Custom error: {NOT_FREE}:")),
            "the answer to another proposal is refused otherwise: {refusal}"
        );
        Ok(Self {
            accepted,
            open,
            handed: [proposed, answer],
        })
    }

    /// Once the halves have met: either the accepted proposal has the number, and all that it names is
    /// cancelled, or the other one has it, nothing is cancelled, and the company's is refused by name. Blocks
    /// up to `since` are from before.
    pub async fn as_answered(&self, business: &Business, since: u32) -> Result<()> {
        let (chain, agreement) = (business.client(), &business.agreement);
        let kept = wait::until("a proposal to be final", LONG, || {
            proposal(chain, agreement, NUMBER)
        })
        .await?;
        if kept.fingerprint == self.accepted.fingerprint {
            let progress = completed(chain, agreement, NUMBER, LONG).await?;
            let gone_through = (progress.booked, progress.fallen_out);
            same("booked and fallen out", gone_through, (NAMED as u32, 0))?;
            let stated = self.accepted.stated.payments;
            same("what is cancelled", progress.totals.refunds, stated)?;
        } else {
            same("fingerprint", kept.fingerprint, self.open.fingerprint)?;
            same("standing", kept.standing, Standing::Open)?;
            wait::until("the other proposal to be refused", LONG, || async {
                Ok(is_refused(chain, since).await?.then_some(()))
            })
            .await?;
            let trades = check::everywhere(chain, agreement).await?.concat();
            same("cancellations", booked(&trades).len(), 0)?;
        }
        let second = proposal(chain, agreement, NUMBER + 1).await?;
        ensure!(second.is_none(), "both proposals are put up: {second:?}");
        Ok(())
    }

    /// What was signed on one half and handed to the other one.
    pub fn handed(self) -> [Vec<u8>; 2] {
        self.handed
    }
}

/// The call that proposes to cancel payments that a half took, from a sequence on.
async fn cancelling(business: &Business, node: &Chain, first: Sequence) -> Result<RuntimeCall> {
    let agreement = &business.agreement;
    let best = node.best().await?;
    let trades = node.trades_at(agreement.id, agreement.day(), best).await?;
    let at = trades.iter().position(|trade| trade.id.sequence == first);
    let at = at.context("a half lacks what it took")?;
    let named = trades.get(at..at + NAMED);
    amended::cancel(
        business,
        at as u32,
        named.context("a half took too little")?,
    )
}

/// A call signed by a member's operator, by the nonce that a node knows.
async fn sign(node: &Chain, member: &Member, call: RuntimeCall) -> Result<Vec<u8>> {
    let nonce = next_nonce(node, member.pair()).await?;
    Ok(signed(node.genesis(), member.pair(), nonce, call).encode())
}

/// The proposal that a half has.
async fn at_best(business: &Business, node: &Chain) -> Result<Option<Proposal>> {
    proposal_at(node, &business.agreement, NUMBER, node.best().await?).await
}

/// Waits until a half has its proposal.
async fn put_up(business: &Business, node: &Chain) -> Result<Proposal> {
    wait::until("a half to take its proposal", LONG, || {
        at_best(business, node)
    })
    .await
}

/// Whether the final blocks above `since` refused a proposal by what is on the places that it names.
async fn is_refused(chain: &Chain, since: u32) -> Result<bool> {
    let reasons = [Error::AlreadyNamed, Error::OtherTotals];
    let reasons = reasons.map(|reason: Error<Runtime>| DispatchError::from(reason));
    let events = chain.events_since(since).await?;
    Ok(events.iter().any(|event| match event {
        RuntimeEvent::System(frame_system::Event::ExtrinsicFailed { dispatch_error, .. }) => {
            reasons.contains(dispatch_error)
        }
        _ => false,
    }))
}
