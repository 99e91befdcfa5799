//! Validators that come, go, and are lost with all that they have.

use crate::{
    business::{Business, Nodes, LONG},
    check,
};
use anyhow::{ensure, Result};
use counterfoil_primitives::{MemberId, Side};
use counterfoil_runtime::{Runtime, RuntimeCall};
use counterfoil_tests::{
    chain::Chain,
    member::{BANK, CLIENT, COMPANY, RECONCILER},
    network::Network,
    node::Node,
    submit::as_administrator_at_best,
    validators::{active, all_make_blocks, end_session, invite, is_queued, set_list, succeed},
    wait,
    world::{caught_up, same, Shared},
};
use futures::future::try_join;
use std::time::Duration;

/// The company's node: it leaves.
const LEAVING: usize = 1;
/// The bank's node: it is lost.
const LOST: usize = 2;
/// The reconciler's node, which stays, as the client's does.
const STAYING: usize = 3;
/// The least time to a day's cut-off.
const AHEAD: Duration = Duration::from_secs(60);
/// How far the best block is above the finalised one when nothing is finalised any more.
const AHEAD_OF_FINALITY: u32 = 8;
/// Blocks from a forced change to its effect: all nodes have the block of the change by then.
const DELAY: u32 = 6;

/// A validator that joined, with its own node.
struct Joined {
    id: MemberId,
    node: Node,
}

/// A fifth validator joins, one of the first four leaves, and another is lost with disk and keys and
/// replaced, all while a day completes. A new node then gets the state by a warp sync, which follows the
/// changes by the validators' justifications. On the next day two of four are lost at once: nothing is
/// final until the council names the two that are left, and has GRANDPA changed by force. That day
/// completes too. A new node gets there by fetching all blocks.
pub async fn days_complete_while_validators_come_go_and_are_lost() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = outlived(&shared).await;
    shared.end(result).await
}

async fn outlived(shared: &Shared) -> Result<()> {
    let chain = shared.client();
    let staying = &shared.nodes()[STAYING];
    // Parties whose nodes stay: the client's acts for the company, the reconciler's for the bank.
    let nodes = Nodes {
        client: chain.clone(),
        company: chain.clone(),
        bank: staying.clone(),
    };
    let business = Business::begin(nodes.clone(), &[Side::Credit], AHEAD).await?;
    let (checked, [fifth, sixth]) = try_join(whole_day(&business), ordinary(shared)).await?;
    println!("while validators came and went: {checked}");
    let warped = newcomer(shared, "warp", &["--sync", "warp"]).await?;
    let log = std::fs::read_to_string(warped.log())?;
    ensure!(
        log.contains("Warp sync is complete"),
        "the new node did not warp"
    );
    drop(warped);

    let business = Business::begin(nodes, &[], AHEAD).await?;
    let done = business.go_about(0).await?;
    for mut lost in [fifth, sixth] {
        lost.node.kill();
    }
    let finalized = stalled(chain).await?;
    forced(chain, finalized).await?;
    let checked = check::day(&business, &done).await?;
    println!("with two of four lost: {checked}");
    check::one_chain(&[chain.clone(), staying.clone()]).await?;
    newcomer(shared, "full", &[]).await?;
    Ok(())
}

async fn whole_day(business: &Business) -> Result<String> {
    let done = business.go_about(0).await?;
    check::day(business, &done).await
}

/// Changes of the list that the validators themselves finalise. Returns those that joined.
async fn ordinary(shared: &Shared) -> Result<[Joined; 2]> {
    let chain = shared.client();
    let fifth = join(shared, "fifth", 5).await?;
    become_validators(chain, &[CLIENT, COMPANY, BANK, RECONCILER, fifth.id]).await?;

    become_validators(chain, &[CLIENT, BANK, RECONCILER, fifth.id]).await?;
    shared.network.lock().await.node(LEAVING).kill();

    {
        let mut network = shared.network.lock().await;
        let lost = network.node(LOST);
        lost.kill();
        std::fs::remove_dir_all(lost.data())?;
    }
    let sixth = join(shared, "sixth", 6).await?;
    become_validators(chain, &[CLIENT, RECONCILER, fifth.id, sixth.id]).await?;
    Ok([fifth, sixth])
}

/// Starts a node that makes blocks once the council wants it to.
async fn join(shared: &Shared, name: &str, number: usize) -> Result<Joined> {
    let mut node = {
        let network = shared.network.lock().await;
        Node::start(network.folder(), network.further_validator(name, number)?)?
    };
    let id = invite(shared.client(), &mut node).await?.id;
    Ok(Joined { id, node })
}

async fn become_validators(chain: &Chain, list: &[MemberId]) -> Result<()> {
    let first = succeed(chain, list).await?;
    all_make_blocks(chain, list, first).await
}

/// Waits until blocks are made and not finalised. Returns the last finalised one.
async fn stalled(chain: &Chain) -> Result<u32> {
    wait::until("blocks without finality", LONG, || async {
        let finalized = chain.finalized_number().await?;
        let stalls = chain.best_number().await? >= finalized + AHEAD_OF_FINALITY;
        Ok(stalls.then_some(finalized))
    })
    .await
}

/// What the council does where too few validators are left: it queues the others, and has the session
/// in which they are queued end with a change of GRANDPA by force. Until then it goes by best blocks.
async fn forced(chain: &Chain, finalized: u32) -> Result<()> {
    let left = [CLIENT, RECONCILER];
    as_administrator_at_best(chain, vec![set_list(&left), end_session()]).await?;
    is_queued(chain, &left).await?;
    let now = chain.finalized_number().await?;
    same("what is final though two of four are lost", now, finalized)?;
    let stalled = RuntimeCall::Validators(pallet_validators::Call::<Runtime>::note_stalled {
        delay: DELAY,
        best_finalized: finalized,
    });
    let noted = as_administrator_at_best(chain, vec![stalled]).await?;
    wait::until("finality to be back", LONG, || async {
        let now = chain.finalized_number().await?;
        Ok((now > noted.number + DELAY).then_some(()))
    })
    .await?;
    same("validators", active(chain).await?, left.to_vec())?;
    all_make_blocks(chain, &left, chain.finalized_number().await?).await
}

/// Starts a node on an empty folder, and waits until it has what is final.
async fn newcomer(shared: &Shared, name: &str, arguments: &[&str]) -> Result<Node> {
    let mut node = {
        let network = shared.network.lock().await;
        let mut settings = network.further(name)?;
        settings.arguments = arguments.iter().map(ToString::to_string).collect();
        Node::start(network.folder(), settings)?
    };
    let own = node.connect().await?;
    caught_up(&own, shared.client()).await?;
    check::one_chain(&[shared.client().clone(), own]).await?;
    Ok(node)
}
