//! An agreement of two days that end within minutes, so that one is about the trades of the other, and both
//! are reconciled.
//!
//! A day lasts 24 hours by conditions that stay. These change from the first day to the second, as if
//! the council had set them in time; since the second day has begun, they are written past the registry.

use crate::{
    agreement::{make_by, TestAgreement, Wish},
    calendar,
    chain::Chain,
    clock::Plan,
    submit::as_administrator,
};
use anyhow::{anyhow, Context, Result};
use codec::Encode;
use counterfoil_primitives::{BusinessDay, Conditions, Source};
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

/// Makes an agreement whose second day is closed in a calendar of its own, so that both days come due
/// together. The clock goes forward when the second day ends: both end at one moment, the first full minute
/// that is at least as far away as is wished, and are reconciled a minute later.
pub async fn make_due_together(chain: &Chain, wish: Wish) -> Result<[TestAgreement; 2]> {
    let first = make_late(chain, wish).await?;
    let second = TestAgreement {
        plan: first.plan.until_early_midnight(),
        ..first.clone()
    };
    let written = with_conditions(chain, &first, |before| {
        let closed = Conditions {
            cut_off: second.plan.cut_off,
            preset: second.plan.preset,
            ..before
        };
        let forward = Conditions {
            utc_offset: second.plan.offset,
            ..closed
        };
        vec![(second.day(), closed), (second.day().next(), forward)]
    });
    let mut calls = vec![written.await?];
    calls.extend(calendar::closing(&first, second.day())?);
    as_administrator(chain, calls).await?;
    first.before_the_cut_off(chain).await?;
    Ok([first, second])
}

/// Lets the agreement end after the first of its two days, as if the council had set that in time. Takes it
/// as it is on the second day.
pub async fn end_before(chain: &Chain, second: &TestAgreement) -> Result<()> {
    let (key, mut stored) = stored(chain, second).await?;
    stored.end = Some(second.day());
    as_administrator(chain, vec![write(key, &stored)]).await?;
    Ok(())
}

/// The agreement in storage, with its key.
async fn stored(chain: &Chain, agreement: &TestAgreement) -> Result<(Vec<u8>, Agreement<Runtime>)> {
    let key = Agreements::<Runtime>::hashed_key_for(agreement.id);
    let stored: Option<Agreement<Runtime>> = chain.storage(&key).await?;
    Ok((key, stored.context("the chain has no such agreement")?))
}

/// The call that writes an agreement past the registry.
fn write(key: Vec<u8>, agreement: &Agreement<Runtime>) -> RuntimeCall {
    let written = frame_system::Call::<Runtime>::set_storage {
        items: vec![(key, agreement.encode())],
    };
    RuntimeCall::System(written)
}

/// Makes an agreement as it is wished for the first day, with these books on the second.
async fn make_of(
    chain: &Chain,
    wish: Wish,
    [debit_source, credit_source]: [Source; 2],
) -> Result<[TestAgreement; 2]> {
    let first = make_late(chain, wish).await?;
    let second = TestAgreement {
        plan: first.plan.until_midnight(),
        ..first.clone()
    };
    let written = with_conditions(chain, &first, |before| {
        let conditions = Conditions {
            cut_off: second.plan.cut_off,
            preset: second.plan.preset,
            debit_source,
            credit_source,
            ..before
        };
        vec![(second.day(), conditions)]
    });
    as_administrator(chain, vec![written.await?]).await?;
    first.before_the_cut_off(chain).await?;
    Ok([first, second])
}

/// Makes an agreement as it is wished for the first day.
async fn make_late(chain: &Chain, wish: Wish) -> Result<TestAgreement> {
    let ahead = wish.ahead.as_millis() as u64;
    make_by(chain, wish, |now| Plan::late(now, ahead)).await
}

/// The call that writes further conditions of an agreement, each from a day on, as `further` derives them
/// from its last ones.
async fn with_conditions(
    chain: &Chain,
    agreement: &TestAgreement,
    further: impl FnOnce(Conditions) -> Vec<(BusinessDay, Conditions)>,
) -> Result<RuntimeCall> {
    let (key, mut stored) = stored(chain, agreement).await?;
    let before = stored.conditions.last();
    let (_, before) = *before.context("the agreement has no conditions")?;
    for version in further(before) {
        stored
            .conditions
            .try_push(version)
            .map_err(|_| anyhow!("the agreement has too many conditions"))?;
    }
    Ok(write(key, &stored))
}
