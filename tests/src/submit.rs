//! Transactions: signed by an account, with its nonce or without one, and by the administrator.
//!
//! The *administrator* of these networks is the first client, whose seat is the council's only one: what
//! it proposes runs at once, as root.

use crate::{
    chain::{Chain, Event},
    member::Member,
};
use anyhow::{anyhow, bail, ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::envelope::{UNORDERED, USUAL_ERA};
use counterfoil_runtime::{
    transaction::extension, Address, Runtime, RuntimeCall, RuntimeEvent, Signature, SignedPayload,
    UncheckedExtrinsic, VERSION,
};
use frame_system::Phase;
use jsonrpsee::{core::client::Subscription, rpc_params};
use sp_core::{crypto::Ss58Codec, sr25519, Pair, H256};
use sp_runtime::{generic::Era, MultiAddress};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

/// How long a transaction may take to be final.
const LIMIT: Duration = Duration::from_secs(120);

/// The administrator's account numbers its transactions; scenarios that run side by side take
/// turns at bringing theirs.
static ADMINISTRATOR: Mutex<()> = Mutex::const_new(());

/// The turn of whoever brings transactions of the administrator by other means.
pub async fn turn_of_the_administrator() -> MutexGuard<'static, ()> {
    ADMINISTRATOR.lock().await
}

/// What is waited for of a transaction.
#[derive(Clone, Copy)]
enum Until {
    /// A block that has it, and that may be on a fork.
    InBlock,
    /// A finalised block.
    Final,
}

impl Until {
    /// The word by which a node reports it.
    const fn word(self) -> &'static str {
        match self {
            Self::InBlock => "inBlock",
            Self::Final => "finalized",
        }
    }
}

/// Where a transaction landed, and what it did.
#[derive(Debug)]
pub struct Applied {
    /// The block, which is final unless it was not waited for.
    pub block: H256,
    /// The block's number.
    pub number: u32,
    /// The transaction's events.
    pub events: Vec<RuntimeEvent>,
}

/// The block to which a transaction is bound: its era begins there.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    /// The block's number.
    pub number: u64,
    /// The block's hash.
    pub hash: H256,
}

/// A call signed by an account, with a nonce. It never ends.
pub fn signed(
    genesis: H256,
    pair: &sr25519::Pair,
    nonce: u32,
    call: RuntimeCall,
) -> UncheckedExtrinsic {
    sign(genesis, pair, (Era::Immortal, genesis), nonce, call)
}

/// A call signed by an account without a nonce, for as many blocks as is usual.
pub fn unordered(
    genesis: H256,
    pair: &sr25519::Pair,
    birth: Birth,
    call: RuntimeCall,
) -> UncheckedExtrinsic {
    let era = Era::mortal(USUAL_ERA, birth.number);
    sign(genesis, pair, (era, birth.hash), UNORDERED, call)
}

/// A call signed by an account: its era with the block to which that binds it, and what stands in the
/// field of the nonce.
pub fn sign(
    genesis: H256,
    pair: &sr25519::Pair,
    (era, birth): (Era, H256),
    nonce: u32,
    call: RuntimeCall,
) -> UncheckedExtrinsic {
    let extension = extension(era, nonce);
    let implicit = (
        (),
        VERSION.spec_version,
        VERSION.transaction_version,
        genesis,
        ((birth, ()), (), ()),
    );
    let payload = SignedPayload::from_raw(call.clone(), extension.clone(), implicit);
    let signature = payload.using_encoded(|bytes| pair.sign(bytes));
    let address: Address = MultiAddress::Id(pair.public().into());
    UncheckedExtrinsic::new_signed(call, address, Signature::Sr25519(signature), extension)
}

/// The nonce of an account's next transaction, counting those in the node's pool.
pub async fn next_nonce(chain: &Chain, pair: &sr25519::Pair) -> Result<u32> {
    let account = sp_core::crypto::AccountId32::from(pair.public()).to_ss58check();
    chain
        .request("system_accountNextIndex", rpc_params![account])
        .await
}

/// Brings a transaction and waits until it is final; fails where its call fails.
pub async fn apply(chain: &Chain, transaction: &UncheckedExtrinsic) -> Result<Applied> {
    let bytes = transaction.encode();
    let mut updates = chain.watch(&bytes).await?;
    landed(chain, &bytes, &mut updates, Until::Final).await
}

async fn landed(
    chain: &Chain,
    bytes: &[u8],
    updates: &mut Subscription<serde_json::Value>,
    until: Until,
) -> Result<Applied> {
    let block = tokio::time::timeout(LIMIT, async {
        while let Some(update) = updates.next().await {
            let update = update?;
            if let Some(hash) = update[until.word()].as_str() {
                return Ok(hash.parse::<H256>()?);
            }
            let ended = update
                .as_str()
                .is_some_and(|word| matches!(word, "invalid" | "dropped"))
                || update.get("usurped").is_some()
                || update.get("finalityTimeout").is_some();
            if ended {
                bail!("the transaction ended as {update}");
            }
        }
        bail!("the node stopped telling about the transaction")
    })
    .await
    .context("the transaction is not in a block, or not final, in time")??;
    let events = events_of(chain, block, bytes).await?;
    for event in &events {
        match event {
            RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
                dispatch_error, ..
            }) => bail!("the call failed: {dispatch_error:?}"),
            RuntimeEvent::Council(pallet_council::Event::Executed {
                result: Err(error), ..
            }) => bail!("what the council carried failed: {error:?}"),
            _ => {}
        }
    }
    Ok(Applied {
        block,
        number: chain.number(block).await?,
        events,
    })
}

/// The events of a transaction in a block.
async fn events_of(chain: &Chain, block: H256, bytes: &[u8]) -> Result<Vec<RuntimeEvent>> {
    let index = chain
        .transactions(block)
        .await?
        .iter()
        .position(|other| other == bytes)
        .ok_or_else(|| anyhow!("the block lacks the transaction"))?;
    let mine = |event: &Event| event.phase == Phase::ApplyExtrinsic(index as u32);
    let events = chain.events(block).await?;
    Ok(events
        .into_iter()
        .filter(mine)
        .map(|event| event.event)
        .collect())
}

/// Applies calls as the administrator, all or none.
pub async fn as_administrator(chain: &Chain, calls: Vec<RuntimeCall>) -> Result<Applied> {
    administered(chain, calls, Until::Final).await
}

/// As [`as_administrator`], on a network that finalises nothing: waits for a block alone.
pub async fn as_administrator_at_best(chain: &Chain, calls: Vec<RuntimeCall>) -> Result<Applied> {
    administered(chain, calls, Until::InBlock).await
}

async fn administered(chain: &Chain, calls: Vec<RuntimeCall>, until: Until) -> Result<Applied> {
    let batch = RuntimeCall::Utility(pallet_utility::Call::<Runtime>::batch_all { calls });
    let call = RuntimeCall::Council(pallet_council::Call::<Runtime>::propose {
        call: Box::new(batch),
    });
    let applied = by_the_administrator(chain, call, until).await?;
    let ran = applied.events.iter().any(|event| {
        matches!(
            event,
            RuntimeEvent::Council(pallet_council::Event::Executed { .. })
        )
    });
    ensure!(
        ran,
        "the calls were proposed and did not run: the council has more than one seat"
    );
    Ok(applied)
}

/// Applies a call signed by the administrator's account, which also issues the settlement asset.
pub async fn with_funds_of_the_administrator(chain: &Chain, call: RuntimeCall) -> Result<Applied> {
    by_the_administrator(chain, call, Until::Final).await
}

async fn by_the_administrator(chain: &Chain, call: RuntimeCall, until: Until) -> Result<Applied> {
    let administrator = Member::genesis(crate::member::CLIENT);
    let (bytes, mut updates) = {
        let _turn = ADMINISTRATOR.lock().await;
        let nonce = next_nonce(chain, administrator.pair()).await?;
        let bytes = signed(chain.genesis(), administrator.pair(), nonce, call).encode();
        let updates = chain.watch(&bytes).await?;
        (bytes, updates)
    };
    landed(chain, &bytes, &mut updates, until).await
}

/// Applies a call signed by a member's operator.
pub async fn as_member(chain: &Chain, member: &Member, call: RuntimeCall) -> Result<Applied> {
    let nonce = next_nonce(chain, member.pair()).await?;
    apply(chain, &signed(chain.genesis(), member.pair(), nonce, call)).await
}
