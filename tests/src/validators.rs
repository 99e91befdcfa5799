//! Who makes and finalises blocks, and how that is changed.

use crate::{
    agreement::{fresh_member, register},
    chain::{from_hex, Chain},
    cli::Shell,
    member::Member,
    node::Node,
    submit::as_administrator,
    wait,
    world::{caught_up, STEP},
};
use anyhow::{bail, ensure, Context, Result};
use codec::Decode;
use counterfoil_primitives::{validator::ValidatorView, MemberId, Role};
use counterfoil_runtime::{Runtime, RuntimeCall};
use jsonrpsee::rpc_params;
use pallet_validators::Call;
use sp_core::H256;
use sp_runtime::DigestItem;
use std::collections::BTreeSet;

/// Names the part of a block's digest that says for which slot it was made.
const AURA: [u8; 4] = *b"aura";

/// The call that decides on a list of validators. Its members ascend.
pub fn set_list(members: &[MemberId]) -> RuntimeCall {
    RuntimeCall::Validators(Call::<Runtime>::set_validators {
        members: members.to_vec(),
    })
}

/// The call that ends the session with the next block.
pub fn end_session() -> RuntimeCall {
    RuntimeCall::Validators(Call::<Runtime>::end_session {})
}

/// The validators of the session, ascending, by the state of a block.
async fn active_at(chain: &Chain, block: H256) -> Result<Vec<MemberId>> {
    let views = views_at(chain, block).await?;
    Ok(members(&views, |view| view.active))
}

/// The validators of the session, ascending.
pub async fn active(chain: &Chain) -> Result<Vec<MemberId>> {
    active_at(chain, chain.finalized().await?).await
}

/// The validators of the next session, ascending, as the best block shows them.
pub async fn queued(chain: &Chain) -> Result<Vec<MemberId>> {
    let views = views_at(chain, chain.best().await?).await?;
    Ok(members(&views, |view| view.queued))
}

async fn views_at(chain: &Chain, block: H256) -> Result<Vec<ValidatorView>> {
    chain
        .runtime_api_at("CounterfoilApi_validators", &(), block)
        .await
}

fn members(views: &[ValidatorView], is: impl Fn(&ValidatorView) -> bool) -> Vec<MemberId> {
    let found = views.iter().filter(|view| is(view));
    found.map(|view| view.member).collect()
}

/// Registers a member whose node is this one, and has its keys made, proven and set by a command of its
/// staff. The list of validators may name it from then on.
pub async fn invite(chain: &Chain, node: &mut Node) -> Result<Member> {
    let member = fresh_member();
    as_administrator(chain, vec![register(&member, Role::Client, "")?]).await?;
    let own = node.connect().await?;
    caught_up(&own, chain).await?;
    let staff = Shell::new(own.url(), &member);
    staff.must(["validator", "set-keys"]).await?;
    // It waited for the member's own node; the others may be a moment behind.
    let views = wait::until("the keys on chain", STEP, || async {
        let views = views_at(chain, chain.finalized().await?).await?;
        let has_keys = members(&views, |view| view.has_keys).contains(&member.id);
        Ok(has_keys.then_some(views))
    })
    .await?;
    ensure!(
        !members(&views, |view| view.in_list).contains(&member.id),
        "a member with keys is a validator though nobody decided so"
    );
    Ok(member)
}

/// Makes these members the validators: decides on the list and ends two sessions. Returns a finalised
/// block of their first session.
pub async fn succeed(chain: &Chain, list: &[MemberId]) -> Result<u32> {
    as_administrator(chain, vec![set_list(list), end_session()]).await?;
    is_queued(chain, list).await?;
    as_administrator(chain, vec![end_session()]).await?;
    wait::until("the list to be in effect", STEP, || async {
        Ok((active(chain).await? == list).then_some(()))
    })
    .await?;
    chain.finalized_number().await
}

/// Waits until the next session has these validators, by the best block.
pub async fn is_queued(chain: &Chain, list: &[MemberId]) -> Result<()> {
    wait::until("the list to be queued", STEP, || async {
        Ok((queued(chain).await? == list).then_some(()))
    })
    .await
}

/// Waits until each of these members has made blocks that are final and lie above `since`, a block of
/// their session. Fails where somebody else made one.
pub async fn all_make_blocks(chain: &Chain, list: &[MemberId], since: u32) -> Result<()> {
    let mut made = BTreeSet::new();
    let mut last = since;
    let expected: BTreeSet<MemberId> = list.iter().copied().collect();
    while made != expected {
        let next = last + 1;
        wait::until("the next block to be final", STEP, || async {
            Ok((chain.finalized_number().await? >= next).then_some(()))
        })
        .await
        .with_context(|| format!("of {expected:?}, {made:?} made blocks since {since}"))?;
        let maker = maker(chain, next).await?;
        ensure!(
            expected.contains(&maker),
            "block {next} is by {maker}, not by one of {expected:?}"
        );
        made.insert(maker);
        last = next;
        ensure!(
            last - since < 20 * list.len() as u32,
            "of {expected:?}, {made:?} alone made the blocks from {since} to {last}"
        );
    }
    Ok(())
}

/// Who made a block: the validators take turns, slot by slot, in the order of their list. Each node that
/// took the block has checked the maker's signature.
async fn maker(chain: &Chain, number: u32) -> Result<MemberId> {
    let parent = chain.block_hash(number - 1).await?;
    let validators = active_at(chain, parent).await?;
    ensure!(!validators.is_empty(), "block {number} has no validators");
    let slot = slot(chain, chain.block_hash(number).await?).await?;
    Ok(validators[(slot % validators.len() as u64) as usize])
}

/// The slot for which a block was made.
async fn slot(chain: &Chain, block: H256) -> Result<u64> {
    let header: serde_json::Value = chain.request("chain_getHeader", rpc_params![block]).await?;
    let logs = header["digest"]["logs"]
        .as_array()
        .context("no such block")?;
    for log in logs {
        let bytes = from_hex(log.as_str().unwrap_or_default())?;
        if let DigestItem::PreRuntime(AURA, slot) = DigestItem::decode(&mut &bytes[..])? {
            return Ok(u64::decode(&mut &slot[..])?);
        }
    }
    bail!("block {block:?} is for no slot")
}
