//! The network, the agreement, the parties' shells and files.

mod agreement;
mod party;

use super::{
    amendment,
    breaks::{broken_ledger, right_ledger, Ledger, Party},
    input::{self, Input, Payment},
    rules::{Debit, RefundFee, Rule, Terms},
    screen::Screen,
    Files,
};
use crate::{
    agreement::registry,
    chain::Chain,
    cli::Shell,
    clock::{day_text, time_text, Plan},
    member::{now, Member, BANK, CLIENT, COMPANY, RECONCILER},
    network::Network,
    submit::as_member,
};
use agreement::{make_agreement, AGREEMENT};
use anyhow::{anyhow, Result};
use counterfoil_primitives::{AgreementId, BusinessDay};
use pallet_registry::Call;
use std::{
    collections::BTreeMap,
    net::TcpListener,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The ports that people know; others where one of them is taken.
const PORTS: [u16; 4] = [9_944, 9_945, 9_946, 9_947];

/// The least time from the agreement to the cut-off, in milliseconds: what the import of a day of
/// some thousands takes, and reading along.
const AHEAD: u64 = 60_000;

/// What the day is played on.
pub struct Setup {
    /// The files of client, bank and company.
    pub desk: TempDir,
    /// The clock of the agreement.
    pub plan: Plan,
    /// The agreement.
    pub agreement: AgreementId,
    /// What the file should give.
    pub input: Input,
    /// The day's trades: the file's payments, then its refunds.
    pub trades: Vec<Payment>,
    /// The parties' ledgers.
    pub ledgers: BTreeMap<Party, Ledger>,
    /// The payments that bank and company cancel, by their places among the day's trades.
    pub cancelled: Vec<usize>,
    /// The files of the run.
    pub files: Files,
    /// Connections to the nodes of client, company, bank and reconciler.
    pub chains: Vec<Chain>,
    // Last: what is connected to goes after the connections.
    network: Network,
}

impl Setup {
    /// Starts the nodes and makes the agreement.
    pub async fn start(screen: &Screen, files: Files, clean: bool) -> Result<Self> {
        let read = |plan: &Plan| input::read(&files.input, &files.mapping, CLIENT, plan);
        // What is wrong with file or mapping is told before the nodes start.
        read(&Plan::new(now(), AHEAD, 1))?;
        let desk = tempfile::Builder::new()
            .prefix("counterfoil-demo-")
            .tempdir()?;

        screen.step("Starting four nodes: client, company, bank, reconciler");
        let known = PORTS
            .iter()
            .all(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
        let mut network = Network::start(known.then_some(PORTS)).await?;
        let chains = match network.connect().await {
            Ok(chains) => chains,
            Err(error) => {
                network.keep_files();
                return Err(error);
            }
        };
        for (node, member) in
            network
                .nodes()
                .iter()
                .zip(["client", "company", "bank", "reconciler"])
        {
            screen.detail(format!(
                "{member:<11} {}  log {}",
                node.ws(),
                node.log().display()
            ));
        }
        if !known {
            let ids = [CLIENT, COMPANY, BANK, RECONCILER];
            for (node, id) in network.nodes().iter().zip(ids) {
                say_endpoint(&chains[0], id, &node.http()).await?;
            }
            screen.detail(
                "the usual ports are taken; the members' endpoints on chain are set to these",
            );
        }

        let plan = Plan::new(now(), AHEAD, 1);
        let input = read(&plan)?;
        let funds = &input.funds;
        let trades: Vec<Payment> = input
            .payments
            .iter()
            .chain(&input.refunds)
            .cloned()
            .collect();
        screen.step("Making the agreement of the bank with the company");
        make_agreement(&chains[0], &plan, funds, &input.currency).await?;
        screen.detail(format!(
            "agreement {AGREEMENT}: local time UTC{}, business day {}, cut-off today at {}, preset time {}",
            plan.offset_text(),
            day_text(plan.day),
            time_text(plan.cut_off),
            time_text(plan.preset),
        ));
        screen.table(
            &[
                "product",
                "name",
                "credit: to the bank",
                "debit: to the company",
                "the fee, when money is given back",
            ],
            funds.iter().map(|(id, fund)| {
                let debit = match fund.terms.debit {
                    Debit::Residual => "gross less credit".into(),
                    Debit::Own(rule) => rule_text(&rule),
                };
                vec![
                    id.to_string(),
                    fund.name.clone(),
                    rule_text(&fund.terms.credit),
                    debit,
                    match fund.terms.refund_fee {
                        RefundFee::Returned => "returned".into(),
                        RefundFee::Kept => "kept by the bank".into(),
                    },
                ]
            }),
        );

        let terms: BTreeMap<u32, Terms> =
            funds.iter().map(|(id, fund)| (*id, fund.terms)).collect();
        let mut ledgers = BTreeMap::new();
        for party in Party::BOTH {
            let ledger = match clean {
                true => right_ledger(party, &trades),
                false => broken_ledger(party, &trades, &terms)?,
            };
            ledgers.insert(party, ledger);
        }
        let cancelled = amendment::false_payments(&trades, &ledgers);
        Ok(Self {
            desk,
            plan,
            agreement: AGREEMENT,
            input,
            trades,
            ledgers,
            cancelled,
            files,
            chains,
            network,
        })
    }

    /// The client's node.
    pub fn chain(&self) -> &Chain {
        &self.chains[0]
    }

    /// The shell of a member's staff at its own node.
    pub fn shell(&self, member: u32) -> Shell {
        Shell::new(
            self.chains[member as usize - 1].url(),
            &Member::genesis(member),
        )
    }

    /// A file on the desk.
    pub fn path(&self, name: &str) -> PathBuf {
        self.desk.path().join(name)
    }

    /// Keeps the nodes' files for whoever looks into a failure.
    pub fn keep_files(&mut self) {
        self.network.keep_files();
    }
}

async fn say_endpoint(chain: &Chain, id: u32, endpoint: &str) -> Result<()> {
    let endpoint = endpoint
        .try_into()
        .map_err(|_| anyhow!("the endpoint is too long"))?;
    let call = registry(Call::set_endpoint { endpoint });
    as_member(chain, &Member::genesis(id), call).await?;
    Ok(())
}

fn rule_text(rule: &Rule) -> String {
    let mut text = format!("{}.{:04} %", rule.rate_ppm / 10_000, rule.rate_ppm % 10_000);
    let amounts = [
        (Some(rule.flat), "+"),
        (Some(rule.floor), "at least"),
        (rule.cap, "at most"),
    ];
    for (amount, word) in amounts {
        if let Some(amount) = amount.filter(|amount| *amount > 0) {
            text += &format!(", {word} {}", super::screen::money(amount));
        }
    }
    text
}

/// A path as a command's argument.
pub fn argument(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The words of a `counterfoil` command about the day.
pub fn command(setup: &Setup, words: &[&str], further: &[&str]) -> Vec<String> {
    command_on(setup, setup.plan.day, words, further)
}

/// The words of a `counterfoil` command about a day of the agreement.
pub fn command_on(
    setup: &Setup,
    day: BusinessDay,
    words: &[&str],
    further: &[&str],
) -> Vec<String> {
    let (agreement, day) = (setup.agreement.to_string(), day_text(day));
    let place = ["--agreement", &agreement, "--day", &day];
    let all = words.iter().chain(&place).chain(further);
    all.map(|word| word.to_string()).collect()
}
