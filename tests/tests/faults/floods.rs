//! Floods: free calls by a member, and garbage at the RPC ports.

use crate::{
    business::{Business, Nodes},
    check,
};
use anyhow::{ensure, Result};
use counterfoil_primitives::{Moment, Role, Side};
use counterfoil_tests::{
    agreement::{fresh_member, make, register, TestAgreement, Wish},
    chain::Chain,
    flood::{flood, leave_nine_tenths, record_a_burst, Flooded, Flooder, Kind, Life},
    member::Member,
    network::Network,
    submit::as_administrator,
    wait,
    world::Shared,
};
use std::{
    future::Future,
    sync::{
        atomic::{AtomicU64, Ordering},
        Arc,
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// The least time to the cut-off.
const AHEAD: Duration = Duration::from_secs(60);
/// Fewer calls that a node takes during a day are no flood. A slow machine manages some thousands.
const FLOOD: u64 = 1_000;
/// Trades that are recorded at the last moment of a day, one a call.
const BURST: u64 = 300;
/// That moment, before the cut-off. Four nodes that share a slow machine with a flood make a block in
/// twelve seconds.
const LAST_MOMENT: Duration = Duration::from_secs(60);
/// Connections that bring garbage at once to a node.
const CONNECTIONS: usize = 24;
/// Between two pieces of garbage of a connection.
const PAUSE: Duration = Duration::from_millis(300);
/// Fewer pieces of garbage that arrive at a node during a day are no flood.
const HEAP: u64 = 20;

/// A member calls for free, again and again, as fast as the node takes it, from before the cut-off on.
/// The pool keeps no more than it is allowed to, and the others' trades, their workers' calls and the
/// payment get through.
pub async fn a_members_flood_of_free_calls_holds_nobody_up() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let flooded = Arc::<Flooded>::default();
    let result = during_a_day(&shared, async {
        let chain = shared.client().clone();
        let member = fresh_member();
        as_administrator(&chain, vec![register(&member, Role::Client, "")?]).await?;
        let flooder = Flooder {
            member,
            kind: Kind::Endpoint,
            life: Life::Short,
        };
        flood(&chain, &[flooder], &flooded).await
    })
    .await
    .and_then(|()| was_a_flood(&flooded));
    shared.end(result).await
}

/// Short-lived calls, which go first among equals: by a member that no agreement names, by one party
/// and by two, by one admitted client and by two.
pub async fn short_lived_floods_leave_others_nine_tenths_of_their_trades() -> Result<()> {
    floods_leave_nine_tenths(Life::Short).await
}

/// The same, with calls that never end and wait until a block takes them.
pub async fn endless_floods_leave_others_nine_tenths_of_their_trades() -> Result<()> {
    floods_leave_nine_tenths(Life::Endless).await
}

async fn floods_leave_nine_tenths(life: Life) -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = async {
        let chain = shared.client();
        let nobody = fresh_member();
        as_administrator(chain, vec![register(&nobody, Role::Client, "")?]).await?;
        let third = make(chain, Wish::default()).await?;
        let [first, second, other] = [
            of_its_own(chain).await?,
            of_its_own(chain).await?,
            of_its_own(chain).await?,
        ];
        let flooder = |member: &Member, kind| Flooder {
            member: member.clone(),
            kind,
            life,
        };
        let party = |agreement: &TestAgreement| {
            flooder(
                &agreement.bank,
                Kind::Failing(agreement.id, agreement.day()),
            )
        };
        let client = |agreement: &TestAgreement| {
            flooder(
                agreement.client(),
                Kind::Records(Box::new(agreement.clone())),
            )
        };
        let floods = [
            (
                "a member of no agreement",
                vec![flooder(&nobody, Kind::Endpoint)],
            ),
            ("a party", vec![party(&first)]),
            ("two parties", vec![party(&first), party(&second)]),
            ("an admitted client", vec![client(&first)]),
            (
                "two admitted clients",
                vec![client(&second), client(&other)],
            ),
        ];
        leave_nine_tenths(chain, &third, &floods).await
    }
    .await;
    shared.end(result).await
}

/// Two admitted clients fill the pool. Just before a cut-off another one records: its trades reach
/// their day.
pub async fn trades_reach_their_day_though_a_flood_goes_on_at_its_cut_off() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = async {
        let chain = shared.client();
        let floods = [of_its_own(chain).await?, of_its_own(chain).await?];
        let flooders = floods.map(|agreement| Flooder {
            member: agreement.client().clone(),
            kind: Kind::Records(Box::new(agreement)),
            life: Life::Short,
        });
        let ahead = LAST_MOMENT + Duration::from_secs(60);
        let third = make(
            chain,
            Wish {
                ahead,
                ..Wish::default()
            },
        )
        .await?;
        let flooded = Arc::default();
        let booked = tokio::select! {
            booked = at_the_last_moment(chain, &third) => booked?,
            ended = flood(chain, &flooders, &flooded) => {
                ended?;
                anyhow::bail!("the flood ended before the cut-off")
            }
        };
        ensure!(
            booked == BURST,
            "of {BURST} trades {booked} reached their day"
        );
        was_a_flood(&flooded)
    }
    .await;
    shared.end(result).await
}

/// Records trades at the last moment of a day, and tells how many of them the day took.
async fn at_the_last_moment(chain: &Chain, agreement: &TestAgreement) -> Result<u64> {
    let cut_off = agreement.plan.cut_off_at();
    let last_moment = cut_off.saturating_sub(LAST_MOMENT.as_millis() as u64);
    time_on_chain(chain, last_moment).await?;
    record_a_burst(chain, agreement, BURST).await?;
    agreement.before_the_cut_off(chain).await?;
    time_on_chain(chain, cut_off).await?;
    let day = chain.day(agreement.id, agreement.day()).await?;
    Ok(day.map_or(0, |day| day.trades.into()))
}

/// Waits until a final block has this time.
async fn time_on_chain(chain: &Chain, time: Moment) -> Result<()> {
    wait::until("the time on chain", Duration::from_secs(240), || async {
        Ok((chain.now().await? >= time).then_some(()))
    })
    .await
}

/// An agreement with a bank that nobody else's names, and that has no node.
async fn of_its_own(chain: &Chain) -> Result<TestAgreement> {
    let bank = Some((fresh_member(), String::new()));
    make(
        chain,
        Wish {
            bank,
            ..Wish::default()
        },
    )
    .await
}

fn was_a_flood(flooded: &Flooded) -> Result<()> {
    let taken = flooded.taken.load(Ordering::Relaxed);
    let waited = flooded.waited.load(Ordering::Relaxed);
    println!("flood: {taken} calls taken in all, {waited} waited at most");
    ensure!(
        taken > FLOOD && waited > 0,
        "no flood: the node took {taken} calls, of which {waited} waited at most"
    );
    Ok(())
}

/// Whoever reaches the nodes' RPC ports sends what is no request. The nodes answer or hang up, and
/// the day completes.
pub async fn garbage_at_the_rpc_ports_holds_nobody_up() -> Result<()> {
    let shared = Shared::begin(Network::start(None).await?).await?;
    let nodes = shared.nodes().iter();
    let addresses: Vec<String> = nodes.map(|node| node.url().replace("ws://", "")).collect();
    let arrived: Vec<Arc<AtomicU64>> = addresses.iter().map(|_| Arc::default()).collect();
    let result = during_a_day(&shared, async {
        let mut floods = JoinSet::<()>::new();
        for (address, arrived) in addresses.iter().zip(&arrived) {
            for kind in 0..CONNECTIONS {
                floods.spawn(pour(address.clone(), kind, arrived.clone()));
            }
        }
        while floods.join_next().await.is_some() {}
        Ok(())
    })
    .await
    .and_then(|()| all_were_flooded(&arrived));
    shared.end(result).await
}

fn all_were_flooded(arrived: &[Arc<AtomicU64>]) -> Result<()> {
    let arrived: Vec<u64> = arrived
        .iter()
        .map(|node| node.load(Ordering::Relaxed))
        .collect();
    println!("flood: pieces of garbage by node: {arrived:?}");
    ensure!(
        arrived.iter().all(|node| *node > HEAP),
        "no flood: the nodes got {arrived:?} pieces of garbage"
    );
    Ok(())
}

/// Brings garbage of a kind to a port for ever, and counts what the node took and ended.
async fn pour(address: String, kind: usize, arrived: Arc<AtomicU64>) {
    loop {
        // A node that hangs up midway has seen enough of it, and is not counted.
        if garbage(&address, kind).await.is_ok() {
            arrived.fetch_add(1, Ordering::Relaxed);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Runs a day while `flood` goes on, which ends by itself only when something is wrong.
async fn during_a_day(shared: &Shared, flood: impl Future<Output = Result<()>>) -> Result<()> {
    let business = Business::begin(Nodes::own(shared), &[Side::Credit], AHEAD).await?;
    let day = async {
        let done = business.go_about(0).await?;
        check::day(&business, &done).await
    };
    let checked = tokio::select! {
        checked = day => checked?,
        ended = flood => {
            ended?;
            anyhow::bail!("the flood ended before the day")
        }
    };
    println!("in a flood: {checked}");
    check::one_chain(shared.nodes()).await
}

/// Brings garbage of a kind to a port, and waits until the other side answers or hangs up.
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
    // The system takes bytes for a process that reads none: only what the node says counts.
    let _ = tokio::time::timeout(Duration::from_secs(5), read).await?;
    Ok(())
}
