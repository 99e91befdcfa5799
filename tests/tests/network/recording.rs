//! Recording: each trade once, whoever sends it how often.

use anyhow::{bail, ensure, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    envelope::{LONGEST_ERA, UNORDERED, USUAL_ERA},
    refusal, Sequence, Trade,
};
use counterfoil_runtime::{Runtime, RuntimeCall, RuntimeEvent, UncheckedExtrinsic};
use counterfoil_tests::world::{same, SharedWorld, STEP};
use counterfoil_tests::{
    agreement::{fresh_member, make, registry, Wish},
    chain::Chain,
    member::now,
    submit::{apply, as_member, next_nonce, sign, signed, unordered, Applied},
    trades::{payments, record, record_call, recorded, recording},
    wait,
};
use futures::future::try_join_all;
use pallet_trades::Refusal;
use rand::{seq::SliceRandom, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sp_core::Get;
use sp_runtime::{
    generic::{Era, Preamble},
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidity},
    MultiAddress,
};
use std::time::Duration;

fn sequences(trades: &[Trade], client: u32) -> Vec<Sequence> {
    let mut found: Vec<_> = trades
        .iter()
        .filter(|trade| trade.id.client == client)
        .map(|trade| trade.id.sequence)
        .collect();
    found.sort_unstable();
    found
}

/// The trades that a transaction brought and the chain refused, by sequence.
fn refusals(applied: &Applied) -> Vec<(u32, Sequence, Refusal)> {
    let refusal = |event: &RuntimeEvent| match event {
        RuntimeEvent::Trades(pallet_trades::Event::TradeRefused {
            client,
            sequence,
            reason,
            ..
        }) => Some((*client, *sequence, *reason)),
        _ => None,
    };
    applied.events.iter().filter_map(refusal).collect()
}

/// What a node says of a transaction that was applied, or whose trades all were.
const STALE: &str = "Transaction is outdated";
/// What a node says of bytes that it saw in a block, or that its pool still holds.
const KNOWN: [&str; 2] = [
    "Transaction is temporarily banned",
    "Transaction Already Imported",
];

/// What a node says of a refusal by one of the chain's own codes.
fn by_code(code: u8) -> String {
    format!("Custom error: {code}:")
}

/// A node does not take a transaction, and says why by one of these words.
async fn is_refused(node: &Chain, what: &str, bytes: &[u8], words: &[&str]) -> Result<()> {
    let error = match node.submit(bytes).await {
        Ok(_) => bail!("{what}: taken by {}", node.url()),
        Err(error) => error.to_string(),
    };
    ensure!(
        words.iter().any(|words| error.contains(words)),
        "{what}: not refused as {words:?}, but {error}"
    );
    Ok(())
}

/// No node takes the bytes of a transaction that was applied in a block of this number: by each node's
/// state it is stale, whatever its pool remembers.
async fn is_refused_everywhere(nodes: &[Chain], applied: &Applied, bytes: &[u8]) -> Result<()> {
    for node in nodes {
        wait::until("a node to have the block", STEP, || async {
            Ok((node.finalized_number().await? >= applied.number).then_some(()))
        })
        .await?;
        same(
            "verdict of the state",
            verdict(node, bytes).await?.map(|_| ()),
            Err(InvalidTransaction::Stale.into()),
        )?;
        let [banned, imported] = KNOWN;
        is_refused(node, "the same bytes", bytes, &[STALE, banned, imported]).await?;
    }
    Ok(())
}

/// What a node's pool would be told of a transaction after the last finalised block.
async fn verdict(node: &Chain, bytes: &[u8]) -> Result<TransactionValidity> {
    let block = node.finalized().await?;
    let transaction = UncheckedExtrinsic::decode(&mut &bytes[..])?;
    let question = (TransactionSource::External, transaction, block);
    let method = "TaggedTransactionQueue_validate_transaction";
    node.runtime_api_at(method, &question, block).await
}

/// The same bytes, at whichever node, the same trades signed again, and the same trade among new
/// ones.
pub async fn a_trade_sent_twice_is_recorded_once(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let client = agreement.client();
    let first = payments(&agreement, client, 0..10)?;
    let transaction = recording(chain, agreement.id, client, first.clone()).await?;
    let applied = apply(chain, &transaction).await?;
    is_refused_everywhere(shared.nodes(), &applied, &transaction.encode()).await?;
    let again = recording(chain, agreement.id, client, first.clone()).await?;
    is_refused(chain, "used sequences", &again.encode(), &[STALE]).await?;
    // One used, one new, with a nonce this time: the new one is kept, the used one refused by name.
    let mixed = payments(&agreement, client, 9..11)?;
    let applied = as_member(chain, client, record_call(agreement.id, mixed)?).await?;
    same(
        "refusals",
        refusals(&applied),
        vec![(client.id, 9, Refusal::SequenceUsed)],
    )?;
    agreement.before_the_cut_off(chain).await?;
    let trades = recorded(chain, &agreement).await?;
    same(
        "sequences",
        sequences(&trades, client.id),
        (0..=10).collect(),
    )
}

/// A batch of which one trade comes too early is taken in part. Once that trade could pass, the same
/// bytes are refused everywhere; signed anew it passes.
pub async fn a_batch_taken_in_part_does_not_come_back(world: SharedWorld) -> Result<()> {
    /// How far the second trade lies beyond what the chain lets pass, in milliseconds.
    const BEYOND: u64 = 45_000;
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let client = agreement.client();
    let mut trades = payments(&agreement, client, 0..2)?;
    let passes_at = now() + BEYOND;
    let tolerance: u64 = <<Runtime as pallet_trades::Config>::ClockTolerance as Get<u64>>::get();
    trades[1].occurred_at = passes_at + tolerance;
    let transaction = recording(chain, agreement.id, client, trades.clone()).await?;
    let applied = apply(chain, &transaction).await?;
    same(
        "refusals",
        refusals(&applied),
        vec![(client.id, 1, Refusal::InFuture)],
    )?;
    wait::until("the early trade to pass", STEP, || async {
        Ok((chain.now().await? > passes_at).then_some(()))
    })
    .await?;
    is_refused_everywhere(shared.nodes(), &applied, &transaction.encode()).await?;
    let anew = recording(chain, agreement.id, client, trades).await?;
    let applied = apply(chain, &anew).await?;
    same(
        "refusals",
        refusals(&applied),
        vec![(client.id, 0, Refusal::SequenceUsed)],
    )
}

/// Fifty records without a nonce, handed to all nodes, and three with one, in any order from one
/// account: all are applied, and the account's nonce is raised by the three alone.
pub async fn records_with_and_without_a_nonce_come_in_any_order(world: SharedWorld) -> Result<()> {
    const WITHOUT: Sequence = 50;
    const WITH: Sequence = 3;
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: Duration::from_secs(120),
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let client = agreement.client();
    let trades = payments(&agreement, client, 0..WITHOUT + WITH + 1)?;
    let call = |sequence: Sequence| record_call(agreement.id, vec![trades[sequence as usize]]);
    let birth = chain.birth().await?;
    let (genesis, pair) = (chain.genesis(), client.pair());
    let mut sending = Vec::new();
    for sequence in 0..WITHOUT {
        let node = &shared.nodes()[sequence as usize % shared.nodes().len()];
        sending.push((node, unordered(genesis, pair, birth, call(sequence)?)));
    }
    for nonce in 0..WITH {
        let transaction = signed(genesis, pair, nonce as u32, call(WITHOUT + nonce)?);
        sending.push((chain, transaction));
    }
    sending.shuffle(&mut ChaCha8Rng::seed_from_u64(53));
    for (node, transaction) in &sending {
        node.submit(&transaction.encode()).await?;
    }
    wait::until("all records to be final", STEP, || async {
        let count = recorded(chain, &agreement).await?.len() as Sequence;
        Ok((count == WITHOUT + WITH).then_some(()))
    })
    .await?;
    same("next nonce", next_nonce(chain, pair).await?, WITH as u32)?;
    let last = call(WITHOUT + WITH)?;
    apply(chain, &signed(genesis, pair, WITH as u32, last)).await?;
    agreement.before_the_cut_off(chain).await?;
    same(
        "next nonce",
        next_nonce(chain, pair).await?,
        WITH as u32 + 1,
    )?;
    same(
        "sequences",
        sequences(&recorded(chain, &agreement).await?, client.id),
        (0..=WITHOUT + WITH).collect(),
    )
}

/// Without a nonce nothing comes but a call that the chain's state keeps from being applied twice,
/// in an era that is mortal and short: nothing else, and nothing nested in another call.
pub async fn what_needs_a_nonce_does_not_come_without_one(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let client = agreement.client();
    let (genesis, pair) = (chain.genesis(), client.pair());
    let birth = chain.birth().await?;
    let recording = || record_call(agreement.id, payments(&agreement, client, 0..1)?);
    let mortal = |period| (Era::mortal(period, birth.number), birth.hash);
    let nested = pallet_utility::Call::<Runtime>::batch_all {
        calls: vec![recording()?],
    };
    let remark = frame_system::Call::<Runtime>::remark { remark: vec![1] };
    let endpoint = pallet_registry::Call::set_endpoint {
        endpoint: Default::default(),
    };
    let refused = [
        (
            "nested",
            RuntimeCall::from(nested),
            mortal(USUAL_ERA),
            refusal::NEEDS_NONCE,
        ),
        (
            "a remark",
            RuntimeCall::from(remark),
            mortal(USUAL_ERA),
            refusal::NEEDS_NONCE,
        ),
        (
            "an endpoint",
            registry(endpoint),
            mortal(USUAL_ERA),
            refusal::NEEDS_NONCE,
        ),
        (
            "immortal",
            recording()?,
            (Era::Immortal, genesis),
            refusal::WRONG_ERA,
        ),
        (
            "too long",
            recording()?,
            mortal(2 * LONGEST_ERA),
            refusal::WRONG_ERA,
        ),
    ];
    for (what, call, era, code) in refused {
        let transaction = sign(genesis, pair, era, UNORDERED, call);
        is_refused(chain, what, &transaction.encode(), &[&by_code(code)]).await?;
    }
    apply(chain, &unordered(genesis, pair, birth, recording()?)).await?;
    same("next nonce", next_nonce(chain, pair).await?, 0)
}

/// Two clients, each with several batches in flight at once and out of order.
pub async fn two_clients_record_side_by_side(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(
        chain,
        Wish {
            clients: 2,
            ..Wish::default()
        },
    )
    .await?;
    let mut batches = Vec::new();
    for client in &agreement.clients {
        for batch in (0..5).rev() {
            let trades = payments(&agreement, client, batch * 100..(batch + 1) * 100)?;
            let (agreement, client) = (agreement.clone(), client.clone());
            batches.push(async move { record(chain, &agreement, &client, &trades).await });
        }
    }
    try_join_all(batches).await?;
    let trades = recorded(chain, &agreement).await?;
    same("trades", trades.len(), 1_000)?;
    for client in &agreement.clients {
        same(
            "sequences",
            sequences(&trades, client.id),
            (0..500).collect(),
        )?;
    }
    let day = chain.day(agreement.id, agreement.day()).await?;
    same("count", day.map(|day| day.trades), Some(1_000))
}

/// Whoever is no member is refused before a block: with a nonce, without one, and in a member's name.
pub async fn a_stranger_cannot_enter_the_pool(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, Wish::default()).await?;
    let stranger = fresh_member();
    let trades = payments(&agreement, &stranger, 0..1)?;
    let call = record_call(agreement.id, trades)?;
    let strangers = by_code(refusal::STRANGER);
    let transaction = signed(chain.genesis(), stranger.pair(), 0, call.clone());
    let what = "a stranger's call with a nonce";
    is_refused(chain, what, &transaction.encode(), &[&strangers]).await?;
    let birth = chain.birth().await?;
    let mut transaction = unordered(chain.genesis(), stranger.pair(), birth, call);
    let what = "a stranger's call without a nonce";
    is_refused(chain, what, &transaction.encode(), &[&strangers]).await?;
    let Preamble::Signed(address, _, _) = &mut transaction.preamble else {
        bail!("the transaction is not signed");
    };
    *address = MultiAddress::Id(agreement.client().account());
    let what = "a member's call with a stranger's signature";
    let bad_signature = "Transaction has a bad signature";
    is_refused(chain, what, &transaction.encode(), &[bad_signature]).await?;
    let remark = RuntimeCall::System(frame_system::Call::<Runtime>::remark { remark: vec![1] });
    let free_ride = signed(chain.genesis(), agreement.client().pair(), 0, remark);
    let what = "a call that is not free, by a member without funds";
    let not_free = by_code(refusal::NOT_FREE);
    is_refused(chain, what, &free_ride.encode(), &[&not_free]).await?;
    same("trades", recorded(chain, &agreement).await?.len(), 0)
}
