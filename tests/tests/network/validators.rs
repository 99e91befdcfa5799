//! Validators that change while days go on.

use anyhow::Result;
use counterfoil_tests::world::{paid_once, same, settled, Shared, SharedWorld, STEP};
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish},
    member::{BANK, CLIENT, RECONCILER},
    money::issue,
    network::Network,
    node::Node,
    trades::{credit_total, owed_for, payments, record},
    validators::{all_make_blocks, invite, succeed},
    wait,
};

/// The company's node, whose member is replaced.
const REPLACED: usize = 1;
/// The bank's node, which stops at the end.
const STOPPED: usize = 2;
/// Blocks that are finalised without it.
const BLOCKS: u32 = 4;

/// A member that was not there when the network began takes a validator's place while a day completes.
/// The former validator's node is off from then on. The new four make the blocks, and finalise them: when
/// one more of the former ones stops, two of those are left, which would not be enough of them.
pub async fn a_validator_is_replaced_while_a_day_completes(_: SharedWorld) -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = replaced(&shared).await;
    shared.end(result).await
}

async fn replaced(shared: &Shared) -> Result<()> {
    let chain = shared.client();
    let mut fifth = {
        let network = shared.network.lock().await;
        Node::start(network.folder(), network.further_validator("fifth", 5)?)?
    };
    // The client's node acts for the company too, since the company's own goes.
    let company = fresh_member();
    company.move_into(chain).await?;
    let endpoint = chain.url().replace("ws://", "http://");
    let wish = Wish {
        company: Some((company.clone(), endpoint)),
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let since = chain.finalized_number().await?;
    let trades = payments(&agreement, agreement.client(), 0..60)?;
    record(chain, &agreement, agreement.client(), &trades).await?;
    let owed = credit_total(&trades);
    // Something is left that keeps the account alive.
    issue(chain, company.treasury(), owed + 1_000_000).await?;

    let member = invite(chain, &mut fifth).await?;
    let list = [CLIENT, BANK, RECONCILER, member.id];
    let first = succeed(chain, &list).await?;
    shared.network.lock().await.node(REPLACED).kill();
    all_make_blocks(chain, &list, first).await?;

    let day = settled(chain, &agreement).await?;
    for side in [day.debit, day.credit] {
        same("commitment", side.commitment, side.chain)?;
    }
    same("obligation", day.obligation, Some(owed_for(&trades)))?;
    paid_once(chain, &agreement, since, owed_for(&trades)).await?;

    shared.network.lock().await.node(STOPPED).kill();
    let target = chain.best_number().await? + BLOCKS;
    let by_the_new = "the new validators to finalise without one of them";
    wait::until(by_the_new, STEP, || async {
        Ok((chain.finalized_number().await? >= target).then_some(()))
    })
    .await
}
