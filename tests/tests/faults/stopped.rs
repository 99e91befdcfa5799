//! One validator of four that is not there, and nodes that come late.

use crate::{
    business::{Business, Nodes, LONG},
    check,
};
use anyhow::{ensure, Result};
use counterfoil_primitives::Side;
use counterfoil_tests::{book, network::Network, node::Node, wait, world::Shared};
use std::time::Duration;

/// The company's validator, which no party of the scenario needs.
const STOPPED: usize = 1;

/// With one validator stopped from beginning to end a whole day runs as it should. Afterwards the
/// validator catches up; and so does a node that was never there, which then has the whole book.
pub async fn days_go_on_with_one_validator_of_four_stopped() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = one_stopped(&shared).await;
    shared.end(result).await
}

async fn one_stopped(shared: &Shared) -> Result<()> {
    shared.network.lock().await.node(STOPPED).kill();
    let ahead = Duration::from_secs(60);
    // The client's node acts for the company as well.
    let nodes = Nodes {
        company: shared.client().clone(),
        ..Nodes::own(shared)
    };
    let business = Business::begin(nodes, &[Side::Credit], ahead).await?;
    let agreement = &business.agreement;
    let done = business.go_about(0).await?;
    let chain = shared.client();
    let checked = check::day(&business, &done).await?;
    println!("with one validator stopped: {checked}");

    let behind = shared.client().finalized_number().await?;
    let mut late = {
        let mut network = shared.network.lock().await;
        network.node(STOPPED).run()?;
        Node::start(network.folder(), network.further("late")?)?
    };
    let late = late.connect().await?;
    agreement.company.move_into(&late).await?;
    let stopped = &shared.nodes()[STOPPED];
    for node in [&late, stopped] {
        wait::until("the node to catch up", LONG, || async {
            Ok((node.finalized_number().await? >= behind).then_some(()))
        })
        .await?;
    }
    check::one_chain(shared.nodes()).await?;
    check::one_chain(&[chain.clone(), late.clone()]).await?;
    let [trades, _] = check::everywhere(chain, agreement).await?;
    ensure!(!trades.is_empty(), "a day without trades shows nothing");
    wait::until("the late node to have the book", LONG, || async {
        book::equals(&late, agreement, Side::Debit, &trades)
            .await
            .map(Some)
    })
    .await
}
