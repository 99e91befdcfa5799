//! The network that the scenarios share, and what they do on it over and over.

use crate::{
    agreement::{fresh_member, TestAgreement, Wish},
    chain::Chain,
    member::{now, Member, BANK, COMPANY, RECONCILER},
    network::Network,
    submit::as_member,
    sums_of_obligations::obligations_add_up,
    wait,
};
use anyhow::{anyhow, bail, ensure, Context, Result};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    Amount, Cause, MemberId, Side, SignedAmount,
};
use counterfoil_runtime::{RuntimeCall, RuntimeEvent};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{Mutex, OnceCell};

/// How long a step of a day may take after it is due: some blocks, on a busy machine.
pub const STEP: Duration = Duration::from_secs(150);

/// The network, started by the first scenario that asks for it.
#[derive(Default)]
pub struct World {
    shared: OnceCell<Result<Shared, String>>,
}

/// The running network.
pub struct Shared {
    /// Its processes.
    pub network: Mutex<Network>,
    /// Connections to the nodes of client, company, bank and reconciler.
    chains: Vec<Chain>,
}

impl World {
    /// The running network.
    pub async fn shared(&self) -> Result<&Shared> {
        let shared = self
            .shared
            .get_or_init(|| async { start().await.map_err(|error| format!("{error:#}")) })
            .await;
        shared
            .as_ref()
            .map_err(|error| anyhow!("no network: {error}"))
    }

    /// Makes sure, where the network runs, that what is owed on it is the sum of its days.
    pub async fn obligations_add_up(&self) -> Result<()> {
        match self.shared.get() {
            Some(Ok(shared)) => obligations_add_up(shared.nodes()).await,
            _ => Ok(()),
        }
    }

    /// Stops the network; its files stay where a scenario failed.
    pub fn close(self, good: bool) {
        if let Some(Ok(shared)) = self.shared.into_inner() {
            if !good {
                shared.network.into_inner().keep_files();
            }
        }
    }
}

impl Shared {
    /// Connects to a network once it finalises, and says on chain where its nodes answer.
    pub async fn begin(mut network: Network) -> Result<Self> {
        let chains = match network.connect().await {
            Ok(chains) => chains,
            Err(error) => {
                network.keep_files();
                return Err(error);
            }
        };
        let endpoints: Vec<String> = network.nodes().iter().map(|node| node.http()).collect();
        let moves = [COMPANY, BANK, RECONCILER].map(|id| (id, &endpoints[id as usize - 1]));
        for (id, endpoint) in moves {
            set_endpoint(&chains[0], &Member::genesis(id), endpoint).await?;
        }
        Ok(Self {
            network: Mutex::new(network),
            chains,
        })
    }

    /// Stops a network that one scenario had for itself, once what is owed on it is the sum of its days. Its
    /// files stay where the scenario failed.
    pub async fn end(self, result: Result<()>) -> Result<()> {
        let result = match result {
            Ok(()) => obligations_add_up(self.nodes()).await,
            failed => failed,
        };
        if result.is_err() {
            self.network.into_inner().keep_files();
        }
        result
    }

    /// The nodes of client, company, bank and reconciler.
    pub fn nodes(&self) -> &[Chain] {
        &self.chains
    }

    /// The client's node.
    pub fn client(&self) -> &Chain {
        &self.chains[0]
    }

    /// The company's node.
    pub fn company(&self) -> &Chain {
        &self.chains[1]
    }

    /// The bank's node.
    pub fn bank(&self) -> &Chain {
        &self.chains[2]
    }

    /// The node of the party that keeps the book of a side.
    pub fn of(&self, side: Side) -> &Chain {
        side.pick(self.company(), self.bank())
    }

    /// What a scenario wants of an agreement whose institutions act for nobody else, so that their
    /// operators' nonces are its own.
    pub async fn own_institutions(&self) -> Result<Wish> {
        let (company, bank) = (fresh_member(), fresh_member());
        company.move_into(self.company()).await?;
        bank.move_into(self.bank()).await?;
        let endpoint = |node: &Chain| node.url().replace("ws://", "http://");
        Ok(Wish {
            company: Some((company, endpoint(self.company()))),
            bank: Some((bank, endpoint(self.bank()))),
            ..Wish::default()
        })
    }
}

async fn start() -> Result<Shared> {
    Shared::begin(Network::start(None).await?).await
}

/// Says on chain where a member's node answers.
pub async fn set_endpoint(chain: &Chain, member: &Member, endpoint: &str) -> Result<()> {
    let call = RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
        endpoint: endpoint
            .try_into()
            .map_err(|_| anyhow!("the endpoint is too long"))?,
    });
    as_member(chain, member, call).await?;
    Ok(())
}

/// Waits until a node has all that is final at another one now.
pub async fn caught_up(node: &Chain, other: &Chain) -> Result<()> {
    let target = other.finalized_number().await?;
    wait::until("a node to catch up", STEP, || async {
        Ok((node.finalized_number().await? >= target).then_some(()))
    })
    .await
}

/// Waits until the clock shows `moment`.
pub async fn at(moment: u64) {
    let wait = moment.saturating_sub(now());
    tokio::time::sleep(Duration::from_millis(wait)).await;
}

/// Waits until the day of a scenario is as `is` says, at most a step after `due`.
pub async fn day_that(
    chain: &Chain,
    agreement: &TestAgreement,
    due: u64,
    what: &str,
    is: impl Fn(&DaySummary) -> bool,
) -> Result<DaySummary> {
    let left = Duration::from_millis(due).saturating_sub(
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default(),
    );
    let last = std::sync::Mutex::new(None);
    let found = wait::until(what, left + STEP, || async {
        let day = chain.day(agreement.id, agreement.day()).await?;
        *last.lock().expect("nobody panics with it") = day;
        Ok(day.filter(|day| is(day)))
    })
    .await;
    found.with_context(|| {
        let last = last.lock().expect("nobody panics with it");
        format!("agreement {}, day as last seen: {last:#?}", agreement.id)
    })
}

/// Waits until the day of a scenario is settled.
pub async fn settled(chain: &Chain, agreement: &TestAgreement) -> Result<DaySummary> {
    day_that(
        chain,
        agreement,
        agreement.plan.preset_at(),
        "the day to settle",
        |day| day.status == DayStatus::Settled,
    )
    .await
}

/// Waits until both books of a settled day equal the chain again.
pub async fn repaired(chain: &Chain, agreement: &TestAgreement) -> Result<DaySummary> {
    let good = |side: &SideSummary| {
        matches!(
            side.status,
            SideStatus::Repaired { .. } | SideStatus::Proven { breaks: 0 }
        )
    };
    day_that(
        chain,
        agreement,
        agreement.plan.preset_at(),
        "both books repaired",
        |day| good(&day.debit) && good(&day.credit),
    )
    .await
}

/// How many breaks of each cause the chain has proven for a side.
pub async fn causes(
    chain: &Chain,
    agreement: &TestAgreement,
    side: Side,
) -> Result<BTreeMap<Cause, u32>> {
    let breaks = chain.breaks(agreement.side_id(side)).await?;
    let mut counts = BTreeMap::new();
    let slots = breaks.slots.iter().map(|slot| slot.cause);
    let extras = breaks.extras.iter().map(|extra| extra.cause);
    for cause in slots.chain(extras) {
        *counts.entry(cause).or_insert(0) += 1;
    }
    Ok(counts)
}

/// Makes sure that the chain recorded exactly one payment for the day, of what is `owed`: by the company
/// to the bank, or back where it is below zero.
pub async fn paid_once(
    chain: &Chain,
    agreement: &TestAgreement,
    since: u32,
    owed: SignedAmount,
) -> Result<()> {
    let events = chain.events_since(since).await?;
    let paid: Vec<(MemberId, MemberId, Amount)> = events
        .iter()
        .filter_map(|event| match event {
            RuntimeEvent::Settlement(pallet_settlement::Event::Paid {
                agreement: of,
                day,
                debtor,
                creditor,
                amount,
                ..
            }) if (*of, *day) == (agreement.id, agreement.day()) => {
                Some((*debtor, *creditor, *amount))
            }
            _ => None,
        })
        .collect();
    let (company, bank) = (agreement.company.id, agreement.bank.id);
    let amount = owed.unsigned_abs();
    let expected = match owed < 0 {
        false => (company, bank, amount),
        true => (bank, company, amount),
    };
    if paid != [expected] {
        bail!(
            "the payments of agreement {} are {paid:?}, not one of {expected:?}",
            agreement.id
        );
    }
    Ok(())
}

/// Makes sure that two values are equal, and says which they are.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<()> {
    ensure!(found == expected, "{what}: {found:?}, not {expected:?}");
    Ok(())
}

/// A scenario's world.
pub type SharedWorld = Arc<World>;
