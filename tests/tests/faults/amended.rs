//! A set of trades that bank and company cancel between faults, each repeating until the chain shows it.

use crate::{
    business::{Business, LONG},
    check,
};
use anyhow::{anyhow, ensure, Context, Result};
use counterfoil_primitives::{
    amendment::{Content, Ground, Proposal, Selection, Span, Standing},
    Side, Trade,
};
use counterfoil_runtime::{Runtime, RuntimeCall};
use counterfoil_tests::{
    amendments::{booked, completed, nothing_is_left, proposal},
    book,
    submit::as_member,
    wait,
    world::same,
};
use pallet_amendments::Call;
use sp_core::H256;
use std::collections::BTreeSet;

/// The number of the only proposal of an agreement.
const NUMBER: u32 = 1;
/// How many trades it names: the first ones of the day, of which some were given back.
const NAMED: u32 = 30;

/// The bank proposes to cancel the first trades of the day, and the company accepts.
pub async fn agree(business: &Business) -> Result<()> {
    let Business { agreement, .. } = business;
    let call = propose(business).await?;
    let bank = business.of(Side::Credit);
    let proposed = wait::until("a proposal", LONG, || async {
        let found = proposal(bank, agreement, NUMBER).await?;
        if found.is_none() {
            as_member(bank, &agreement.bank, call.clone()).await?;
        }
        Ok(found)
    })
    .await?;
    let company = business.of(Side::Debit);
    wait::until("an answer", LONG, || async {
        let found = proposal(company, agreement, NUMBER).await?;
        let found = found.context("the company does not see the proposal yet")?;
        if found.standing != Standing::Open {
            return Ok(Some(()));
        }
        let answer = accept(business, NUMBER, &proposed);
        as_member(company, &agreement.company, answer).await?;
        Ok(None)
    })
    .await
}

/// The call that proposes it.
async fn propose(business: &Business) -> Result<RuntimeCall> {
    let [of_day, _] = check::everywhere(business.client(), &business.agreement).await?;
    let named = of_day
        .get(..NAMED as usize)
        .context("fewer trades than are to be cancelled")?;
    cancel(business, 0, named)
}

/// The call that proposes to cancel trades of the day, which stand one after the other from a position on.
pub fn cancel(business: &Business, first: u32, named: &[Trade]) -> Result<RuntimeCall> {
    let span = Span {
        first,
        last: first + named.len() as u32 - 1,
    };
    let spans = vec![span]
        .try_into()
        .map_err(|_| anyhow!("a proposal takes no span"))?;
    Ok(RuntimeCall::Amendments(Call::<Runtime>::propose {
        agreement: business.agreement.id,
        ground: Ground::NotPaid,
        evidence: H256::repeat_byte(1),
        content: Content::Cancel {
            day: business.agreement.day(),
            selection: Selection::Positions(spans),
        },
        stated: book::totals(named),
    }))
}

/// The call that accepts the proposal of a number.
pub fn accept(business: &Business, number: u32, proposed: &Proposal) -> RuntimeCall {
    RuntimeCall::Amendments(Call::<Runtime>::answer {
        agreement: business.agreement.id,
        number,
        fingerprint: proposed.fingerprint,
        accept: true,
    })
}

/// Waits until the nodes of bank and company have booked it, and makes sure that each trade was cancelled
/// once, and nothing else was.
pub async fn cancelled_once(business: &Business) -> Result<()> {
    let (chain, agreement) = (business.client(), &business.agreement);
    let progress = completed(chain, agreement, NUMBER, LONG).await?;
    let gone_through = progress.booked + progress.fallen_out;
    same("trades gone through", gone_through, NAMED)?;
    nothing_is_left(chain, agreement, 0..NAMED).await?;
    let [of_day, next] = check::everywhere(chain, agreement).await?;
    same("amended trades of the day", booked(&of_day).len(), 0)?;
    let booked = booked(&next);
    same("cancellations", booked.len(), progress.booked as usize)?;
    let references: BTreeSet<_> = booked.iter().map(|trade| trade.reference).collect();
    same("references", references.len(), booked.len())?;
    let named = of_day.iter().take(NAMED as usize);
    let named: BTreeSet<_> = named.map(|trade| trade.reference).collect();
    ensure!(
        references.is_subset(&named),
        "a trade was cancelled that the proposal does not name"
    );
    same("what was booked", progress.totals, book::totals(&booked))
}
