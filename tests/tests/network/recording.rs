//! Recording: each trade once, whoever sends it how often.

use anyhow::{bail, ensure, Result};
use codec::Encode;
use counterfoil_primitives::{Sequence, Trade};
use counterfoil_runtime::{Runtime, RuntimeCall, RuntimeEvent};
use counterfoil_tests::world::{same, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish},
    submit::{apply, as_member, authorised, signed},
    trades::{payments, record, record_call, recorded, recording},
};
use futures::future::try_join_all;
use pallet_trades::Refusal;

fn sequences(trades: &[Trade], client: u32) -> Vec<Sequence> {
    let mut found: Vec<_> = trades
        .iter()
        .filter(|trade| trade.id.client == client)
        .map(|trade| trade.id.sequence)
        .collect();
    found.sort_unstable();
    found
}

/// The same bytes, the same trades signed again, and the same trade among new ones.
pub async fn a_trade_sent_twice_is_recorded_once(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let deal = make(chain, Wish::default()).await?;
    let client = deal.client();
    let first = payments(&deal, client, 0..10)?;
    let transaction = recording(chain, deal.id, client, first.clone())?;
    apply(chain, &transaction).await?;
    ensure!(
        chain.submit(&transaction.encode()).await.is_err()
            || recorded(chain, &deal).await?.len() == 10,
        "the same bytes count twice"
    );
    let again = recording(chain, deal.id, client, first.clone())?;
    if apply(chain, &again).await.is_ok() {
        bail!("used sequences are taken again");
    }
    // One used, one new, signed this time: the new one is kept, the used one refused by name.
    let mixed = payments(&deal, client, 9..11)?;
    let applied = as_member(chain, client, record_call(deal.id, mixed, None)?).await?;
    let refused: Vec<_> = applied
        .events
        .iter()
        .filter_map(|event| match event {
            RuntimeEvent::Trades(pallet_trades::Event::TradeRefused {
                client,
                sequence,
                reason,
                ..
            }) => Some((*client, *sequence, *reason)),
            _ => None,
        })
        .collect();
    same(
        "refusals",
        refused,
        vec![(client.id, 9, Refusal::SequenceUsed)],
    )?;
    deal.before_the_cut_off(chain).await?;
    let trades = recorded(chain, &deal).await?;
    same(
        "sequences",
        sequences(&trades, client.id),
        (0..=10).collect(),
    )
}

/// Two clients, each with several batches in flight at once and out of order.
pub async fn two_clients_record_side_by_side(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let deal = make(
        chain,
        Wish {
            clients: 2,
            ..Wish::default()
        },
    )
    .await?;
    let mut batches = Vec::new();
    for client in &deal.clients {
        for batch in (0..5).rev() {
            let trades = payments(&deal, client, batch * 100..(batch + 1) * 100)?;
            let (deal, client) = (deal.clone(), client.clone());
            batches.push(async move { record(chain, &deal, &client, &trades).await });
        }
    }
    try_join_all(batches).await?;
    let trades = recorded(chain, &deal).await?;
    same("trades", trades.len(), 1_000)?;
    for client in &deal.clients {
        same(
            "sequences",
            sequences(&trades, client.id),
            (0..500).collect(),
        )?;
    }
    let day = chain.day(deal.id, deal.day()).await?;
    same("count", day.map(|day| day.trades), Some(1_000))
}

/// Whoever is no member is refused before a block: signed, and with a made-up authority.
pub async fn a_stranger_cannot_enter_the_pool(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let deal = make(chain, Wish::default()).await?;
    let stranger = fresh_member();
    let trades = payments(&deal, &stranger, 0..1)?;
    let call = record_call(deal.id, trades.clone(), None)?;
    let transaction = signed(chain.genesis(), stranger.pair(), 0, call);
    if apply(chain, &transaction).await.is_ok() {
        bail!("a stranger's signed call is taken");
    }
    let arguments = (deal.id, &trades);
    let mut auth = stranger.authority(chain.genesis(), "trades.record", &arguments);
    auth.member = deal.client().id;
    let transaction = authorised(record_call(deal.id, trades, Some(auth))?);
    if apply(chain, &transaction).await.is_ok() {
        bail!("a member's call with a stranger's signature is taken");
    }
    let remark = RuntimeCall::System(frame_system::Call::<Runtime>::remark { remark: vec![1] });
    let free_ride = signed(chain.genesis(), deal.client().pair(), 0, remark);
    if apply(chain, &free_ride).await.is_ok() {
        bail!("a member without funds makes a call that is not a member's");
    }
    same("trades", recorded(chain, &deal).await?.len(), 0)
}
