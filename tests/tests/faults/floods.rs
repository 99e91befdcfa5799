//! Floods: free calls by a member, and garbage at the RPC ports.

use crate::{
    business::{Business, Nodes},
    check,
};
use anyhow::{ensure, Result};
use codec::Encode;
use counterfoil_primitives::Role;
use counterfoil_primitives::Side;
use counterfoil_runtime::RuntimeCall;
use counterfoil_tests::{
    agreement::{fresh_member, register},
    chain::Chain,
    member::Member,
    network::Network,
    submit::{as_administrator, next_nonce, signed},
    world::Shared,
};
use jsonrpsee::rpc_params;
use std::{future::Future, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// The least time to the cut-off.
const AHEAD: Duration = Duration::from_secs(60);
/// The most transactions that a node's pool keeps, those that wait for a nonce included.
const POOL: usize = 8_192 + 819;
/// Calls of the flood on their way to the node.
const AT_ONCE: u32 = 100;
/// Calls between two looks at the pool.
const LOOK_EVERY: u64 = 10_000;
/// Connections that bring garbage at once to a node.
const CONNECTIONS: usize = 24;

/// A member calls for free, again and again, as fast as the node takes it. The pool keeps no more
/// than it is allowed to, and the others' trades, their workers' calls and the payment get through.
pub async fn a_members_flood_of_free_calls_holds_nobody_up() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = during_a_day(&shared, |shared| async move {
        let chain = shared.client().clone();
        let member = fresh_member();
        as_administrator(&chain, vec![register(&member, Role::Client, "")?]).await?;
        flood(chain, member).await
    })
    .await;
    shared.end(result)
}

/// Whoever reaches the nodes' RPC ports sends what is no request. The nodes answer or hang up, and
/// the day completes.
pub async fn garbage_at_the_rpc_ports_holds_nobody_up() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = during_a_day(&shared, |shared| async move {
        let mut floods = JoinSet::<()>::new();
        for node in shared.nodes() {
            let address = node.url().replace("ws://", "");
            for kind in 0..CONNECTIONS {
                let address = address.clone();
                floods.spawn(async move {
                    loop {
                        // A node that hangs up has seen enough of it.
                        garbage(&address, kind).await.ok();
                    }
                });
            }
        }
        while floods.join_next().await.is_some() {}
        Ok(())
    })
    .await;
    shared.end(result)
}

/// Runs a day while `flood` goes on, which ends by itself only when something is wrong.
async fn during_a_day<'a, F: Future<Output = Result<()>> + 'a>(
    shared: &'a Shared,
    flood: impl FnOnce(&'a Shared) -> F,
) -> Result<()> {
    let business = Business::begin(Nodes::own(shared), &[Side::Credit], AHEAD).await?;
    let day = async {
        let done = business.go_about(0).await?;
        check::day(&business, &done).await
    };
    let checked = tokio::select! {
        checked = day => checked?,
        ended = flood(shared) => {
            ended?;
            anyhow::bail!("the flood ended before the day")
        }
    };
    println!("in a flood: {checked}");
    check::one_chain(shared.nodes()).await
}

/// Sends free calls for ever; fails when the pool holds more than it may.
async fn flood(chain: Chain, member: Member) -> Result<()> {
    let (mut taken, mut refused, mut look_at) = (0u64, 0u64, 0u64);
    loop {
        let nonce = next_nonce(&chain, member.pair()).await?;
        let calls = (nonce..nonce + AT_ONCE).map(|nonce| {
            let call = RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
                endpoint: nonce.encode().try_into().unwrap_or_default(),
                auth: None,
            });
            let bytes = signed(chain.genesis(), member.pair(), nonce, call).encode();
            let chain = &chain;
            async move { chain.submit(&bytes).await.is_ok() }
        });
        let answers = futures::future::join_all(calls).await;
        let good = answers.iter().filter(|is_taken| **is_taken).count() as u64;
        taken += good;
        refused += u64::from(AT_ONCE) - good;
        if taken + refused >= look_at {
            look_at = taken + refused + LOOK_EVERY;
            let pending: Vec<String> = chain
                .request("author_pendingExtrinsics", rpc_params![])
                .await?;
            println!(
                "flood: {taken} taken, {refused} refused, {} wait",
                pending.len()
            );
            ensure!(pending.len() <= POOL, "the pool holds {}", pending.len());
        }
    }
}

/// Brings garbage of a kind to a port, and waits until the other side has had enough of it.
async fn garbage(address: &str, kind: usize) -> Result<()> {
    let mut stream = TcpStream::connect(address).await?;
    let post = |length: usize| {
        format!(
            "POST / HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        )
    };
    let body =
        match kind % 6 {
            0 => "{".repeat(10_000),
            1 => "[".repeat(1_000_000),
            2 => r#"{"jsonrpc":"2.0","id":1,"method":"counterfoil_fetchBook","params":["0x00"]}"#
                .into(),
            3 => r#"{"jsonrpc":"2.0","id":1,"method":"counterfoil_fetchBook","params":[7,[],{}]}"#
                .into(),
            4 => "\u{0}\u{1}\u{2}".repeat(10_000),
            _ => String::new(),
        };
    if kind % 6 == 5 {
        // No HTTP at all.
        stream.write_all(&[0xFF; 4_096]).await?;
    } else {
        stream.write_all(post(body.len()).as_bytes()).await?;
        stream.write_all(body.as_bytes()).await?;
    }
    let mut answer = [0; 512];
    let read = stream.read(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(5), read).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(())
}
