//! An agreement of two days that end within minutes, so that one is about the trades of the other, and both
//! are reconciled.
//!
//! A day lasts 24 hours by conditions that stay. These change from the first day to the second, as if
//! the council had set them in time; since the second day has begun, they are written past the registry.

use crate::{
    agreement::{make_by, TestAgreement, Wish},
    chain::Chain,
    clock::Plan,
    submit::as_administrator,
};
use anyhow::{anyhow, Context, Result};
use codec::Encode;
use counterfoil_primitives::{Conditions, Source};
use counterfoil_runtime::{Runtime, RuntimeCall};
use pallet_registry::{Agreement, Agreements};

/// Makes an agreement, and returns it as it is on either day. The books of the first day are what came
/// from the chain; those of the second are what `wish` says.
pub async fn make(chain: &Chain, wish: Wish) -> Result<[TestAgreement; 2]> {
    let second = [wish.debit_source, wish.credit_source];
    let first = Wish {
        debit_source: Source::Received,
        credit_source: Source::Received,
        ..wish
    };
    make_of(chain, first, second).await
}

/// Makes an agreement whose books are on both days what `wish` says.
pub async fn make_alike(chain: &Chain, wish: Wish) -> Result<[TestAgreement; 2]> {
    let second = [wish.debit_source, wish.credit_source];
    make_of(chain, wish, second).await
}

/// Makes an agreement as it is wished for the first day, with these books on the second.
async fn make_of(
    chain: &Chain,
    wish: Wish,
    [debit_source, credit_source]: [Source; 2],
) -> Result<[TestAgreement; 2]> {
    let ahead = wish.ahead.as_millis() as u64;
    let first = make_by(chain, wish, |now| Plan::late(now, ahead)).await?;
    let second = TestAgreement {
        plan: first.plan.until_midnight(),
        ..first.clone()
    };
    let key = Agreements::<Runtime>::hashed_key_for(first.id);
    let stored: Option<Agreement<Runtime>> = chain.storage(&key).await?;
    let mut stored = stored.context("the chain has no such agreement")?;
    let before = stored.conditions.last();
    let (_, before) = *before.context("the agreement has no conditions")?;
    let conditions = Conditions {
        cut_off: second.plan.cut_off,
        preset: second.plan.preset,
        debit_source,
        credit_source,
        ..before
    };
    stored
        .conditions
        .try_push((second.day(), conditions))
        .map_err(|_| anyhow!("the agreement has too many conditions"))?;
    let written = frame_system::Call::<Runtime>::set_storage {
        items: vec![(key, stored.encode())],
    };
    as_administrator(chain, vec![RuntimeCall::System(written)]).await?;
    first.before_the_cut_off(chain).await?;
    Ok([first, second])
}
