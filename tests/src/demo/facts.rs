//! What the chain and the parties' nodes say at the end of the day.

use super::{
    breaks::Party,
    next_day::{self, NextDay},
    setup::{command, Setup},
};
use crate::{
    agreement::ASSET,
    chain::Chain,
    member::{Member, BANK, COMPANY},
    wait,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{
    summary::{BreakList, DaySummary},
    Cause, Moment, SideId,
};
use counterfoil_runtime::{Runtime, RuntimeEvent};
use jsonrpsee::rpc_params;
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

/// How long a node may take to note what is final.
const STEP: Duration = Duration::from_secs(120);

/// What a party was told and holds at the end of the day.
#[derive(Clone, Debug)]
pub struct PartyFacts {
    /// What the chain proved of its ledger.
    pub breaks: BreakList,
    /// Its node's suspense list.
    pub suspense: Value,
    /// Its node's result of the day.
    pub result: Value,
    /// Breaks, by the event that told the party its result.
    pub told: Option<u32>,
    /// Corrections, as the file for its core ledger has them.
    pub corrections: usize,
    /// By how much its account changed over the day.
    pub balance: (u128, u128),
}

/// A payment of what is owed for the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Who paid, by its number.
    pub debtor: u32,
    /// Who was paid, by its number.
    pub creditor: u32,
    /// How much, in minor units.
    pub amount: u128,
}

/// What the chain says at the end of the day.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The day.
    pub summary: DaySummary,
    /// Lines that the import refused.
    pub refused: u64,
    /// When the day was reconciled.
    pub reconciled_at: Moment,
    /// What the chain says was paid for the day, by its events.
    pub paid: Vec<Paid>,
    /// The parties.
    pub parties: BTreeMap<Party, PartyFacts>,
    /// The proposal that both agreed on, as the command line shows it when all is booked.
    pub amendment: Option<Value>,
    /// The day after.
    pub next_day: NextDay,
}

/// What the two parties' accounts hold of the settlement asset.
pub async fn balances(setup: &Setup) -> Result<BTreeMap<Party, u128>> {
    let mut balances = BTreeMap::new();
    for party in Party::BOTH {
        let account = Member::genesis(party.member()).treasury();
        let key = pallet_assets::Account::<Runtime>::hashed_key_for(ASSET, account);
        let held: Option<pallet_assets::AssetAccountOf<Runtime, ()>> =
            setup.chain().storage(&key).await?;
        balances.insert(party, held.map_or(0, |account| account.balance));
    }
    Ok(balances)
}

/// Gathers what there is to know of a settled day whose blocks lie above `since`, and whose
/// parties had the balances of `before`.
pub async fn gather(
    setup: &Setup,
    since: u32,
    refused: u64,
    before: BTreeMap<Party, u128>,
    amendment: Option<Value>,
) -> Result<Facts> {
    let chain = setup.chain();
    let (agreement, day) = (setup.agreement, setup.plan.day);
    // The nodes write down the result when they see the finalised payment.
    for party in Party::BOTH {
        wait::until("the party's node to note the result", STEP, || async {
            let result = own(setup, party, "counterfoil_bookResult").await?;
            Ok((result["paid"] == Value::Bool(true)).then_some(()))
        })
        .await?;
    }
    let events = chain.events_since(since).await?;
    let after = balances(setup).await?;
    let outcome = pallet_reconciliation::Outcomes::<Runtime>::hashed_key_for(agreement, day);
    let outcome: pallet_reconciliation::Outcome = chain
        .storage(&outcome)
        .await?
        .context("the day has no outcome")?;
    let mut parties = BTreeMap::new();
    for party in Party::BOTH {
        parties.insert(
            party,
            PartyFacts {
                breaks: chain
                    .breaks(SideId::new(agreement, day, party.side()))
                    .await?,
                suspense: own(setup, party, "counterfoil_bookSuspense").await?,
                result: own(setup, party, "counterfoil_bookResult").await?,
                told: told(&events, setup, party),
                corrections: corrections(setup, party).await?,
                balance: (before[&party], after[&party]),
            },
        );
    }
    Ok(Facts {
        summary: chain
            .day(agreement, day)
            .await?
            .context("the chain has no such day")?,
        refused,
        reconciled_at: outcome.reconciled_at,
        paid: paid(&events, setup),
        parties,
        amendment,
        next_day: next_day::look(setup).await?,
    })
}

/// What a party's own node says of its book.
async fn own(setup: &Setup, party: Party, method: &str) -> Result<Value> {
    let node: &Chain = &setup.chains[party.member() as usize - 1];
    let side = party.side().name();
    node.request(method, rpc_params![setup.agreement, setup.plan.day.0, side])
        .await
}

fn told(events: &[RuntimeEvent], setup: &Setup, party: Party) -> Option<u32> {
    use pallet_reconciliation::Event;
    let place = (setup.agreement, setup.plan.day);
    events.iter().find_map(|event| match event {
        RuntimeEvent::Reconciliation(Event::CompanyResult {
            company: COMPANY,
            agreement,
            day,
            breaks,
            ..
        }) if party == Party::Company && (*agreement, *day) == place => Some(*breaks),
        RuntimeEvent::Reconciliation(Event::BankResult {
            bank: BANK,
            agreement,
            day,
            breaks,
            ..
        }) if party == Party::Bank && (*agreement, *day) == place => Some(*breaks),
        _ => None,
    })
}

fn paid(events: &[RuntimeEvent], setup: &Setup) -> Vec<Paid> {
    let place = (setup.agreement, setup.plan.day);
    events
        .iter()
        .filter_map(|event| match event {
            RuntimeEvent::Settlement(pallet_settlement::Event::Paid {
                agreement,
                day,
                debtor,
                creditor,
                amount,
                ..
            }) if (*agreement, *day) == place => Some(Paid {
                debtor: *debtor,
                creditor: *creditor,
                amount: *amount,
            }),
            _ => None,
        })
        .collect()
}

/// Has the corrections written as a file for the party's core ledger; returns how many there are.
async fn corrections(setup: &Setup, party: Party) -> Result<usize> {
    let file = setup.path(&format!("corrections-{}.csv", party.name()));
    let arguments = command(
        setup,
        &["corrections", "export"],
        &[
            "--side",
            party.side().name(),
            "--file",
            file.to_str().context("a path that is no text")?,
        ],
    );
    setup.shell(party.member()).must(arguments).await?;
    Ok(csv::Reader::from_path(&file)?.records().count())
}

/// A cause by its name in files.
pub fn cause_name(cause: Cause) -> String {
    match serde_json::to_value(cause) {
        Ok(Value::String(name)) => name,
        _ => format!("{cause:?}"),
    }
}
