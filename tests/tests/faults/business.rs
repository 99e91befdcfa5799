//! The business of a day between faults: a client that records payments and refunds and repeats until
//! they are final, and staff that imports a ledger and repeats until it stands.

use crate::{
    check,
    imported_files::{self, Sent},
};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{Amount, Moment, Reference, Side, Source};
use counterfoil_tests::{
    agreement::{fresh_member, make, TestAgreement, Wish},
    chain::Chain,
    cli::Shell,
    clock::day_text,
    ledger::{confirm, import},
    member::now,
    money::issue,
    planted::{self, Planted},
    wait,
    world::Shared,
};
use std::{collections::BTreeMap, ffi::OsString, path::Path, time::Duration};
use tempfile::TempDir;
use tokio::process::Child;

/// What a company has before it pays.
pub const FUNDS: Amount = 1_000_000_000_000;
/// Payments or refunds of a call: several calls a file.
const BATCH: &str = "60";
/// How long staff tries: nodes come back, and two that are away stop finality.
pub const LONG: Duration = Duration::from_secs(300);
/// How long one attempt of the client may hang.
const ATTEMPT: Duration = Duration::from_secs(90);

/// An agreement with a client, a company and a bank of its own, so that what they hold is what
/// came of it.
pub struct Business {
    pub agreement: TestAgreement,
    /// The block that the day began in.
    pub since: u32,
    ledgers: Vec<Side>,
    nodes: Nodes,
    desk: TempDir,
}

/// What a day's business came to, as those who did it saw it.
#[derive(Default)]
pub struct Done {
    /// The payments and refunds that the client saw final.
    pub sent: BTreeMap<Reference, Sent>,
    /// What is wrong with the ledgers.
    pub planted: BTreeMap<Side, Planted>,
    /// Whether bank and company agreed to cancel trades.
    pub amended: bool,
}

/// Which nodes act for the members.
#[derive(Clone)]
pub struct Nodes {
    pub client: Chain,
    pub company: Chain,
    pub bank: Chain,
}

impl Nodes {
    /// Each member's own, of the network's validators.
    pub fn own(shared: &Shared) -> Self {
        Self {
            client: shared.client().clone(),
            company: shared.company().clone(),
            bank: shared.bank().clone(),
        }
    }
}

impl Business {
    /// Sets up an agreement in which the books of `ledgers` are ledgers. The cut-off is at least
    /// `ahead` away.
    pub async fn begin(nodes: Nodes, ledgers: &[Side], ahead: Duration) -> Result<Self> {
        let wish = Wish {
            ahead,
            ..Wish::default()
        };
        Self::begin_as(nodes, ledgers, wish).await
    }

    /// As [`Self::begin`], with the times that are wished for.
    pub async fn begin_as(nodes: Nodes, ledgers: &[Side], wish: Wish) -> Result<Self> {
        let chain = &nodes.client;
        let (company, bank) = (fresh_member(), fresh_member());
        company.move_into(&nodes.company).await?;
        bank.move_into(&nodes.bank).await?;
        let endpoint = |node: &Chain| node.url().replace("ws://", "http://");
        let source = |side| match ledgers.contains(&side) {
            true => Source::Ledger,
            false => Source::Received,
        };
        let treasury = company.treasury();
        let wish = Wish {
            debit_source: source(Side::Debit),
            credit_source: source(Side::Credit),
            company: Some((company, endpoint(&nodes.company))),
            bank: Some((bank, endpoint(&nodes.bank))),
            ..wish
        };
        let agreement = make(chain, wish).await?;
        issue(chain, treasury, FUNDS).await?;
        let desk = tempfile::tempdir()?;
        std::fs::write(desk.path().join("mapping.toml"), imported_files::MAPPING)?;
        Ok(Self {
            since: chain.finalized_number().await?,
            agreement,
            ledgers: ledgers.to_vec(),
            nodes,
            desk,
        })
    }

    /// The client's node.
    pub fn client(&self) -> &Chain {
        &self.nodes.client
    }

    /// The node of the party that keeps the book of a side.
    pub fn of(&self, side: Side) -> &Chain {
        side.pick(&self.nodes.company, &self.nodes.bank)
    }

    /// Records payments and refunds until `stop`, one file at least, then imports the ledgers.
    pub async fn go_about(&self, stop: Moment) -> Result<Done> {
        let sent = self
            .record_until(stop)
            .await
            .with_context(|| format!("the client of agreement {}", self.agreement.id))?;
        let mut planted = BTreeMap::new();
        for side in &self.ledgers {
            let ledger = self.import(*side, sent.len()).await.with_context(|| {
                format!("the {side:?} ledger of agreement {}", self.agreement.id)
            })?;
            planted.insert(*side, ledger);
        }
        Ok(Done {
            sent,
            planted,
            amended: false,
        })
    }

    /// Imports one file after the other, each until all of it is final.
    async fn record_until(&self, stop: Moment) -> Result<BTreeMap<Reference, Sent>> {
        let mut sent = BTreeMap::new();
        for file in 0.. {
            if file > 0 && now() >= stop {
                break;
            }
            let path = self.desk.path().join("payments.csv");
            let (text, of_file) = imported_files::file(self.agreement.id, file);
            std::fs::write(&path, text)?;
            self.record().await?;
            sent.extend(of_file);
        }
        Ok(sent)
    }

    /// Starts the import of this number of files as one, with few payments a call and few calls on their
    /// way, and does not wait for it. Returns its process and what it sends. Its output goes to `log`.
    pub fn start_slowly(
        &self,
        files: u64,
        log: &Path,
    ) -> Result<(Child, BTreeMap<Reference, Sent>)> {
        let (mut text, mut sent) = (String::new(), BTreeMap::new());
        for file in 0..files {
            let (lines, of_file) = imported_files::file(self.agreement.id, file);
            // The columns are named once.
            let lines = match file {
                0 => lines.as_str(),
                _ => lines.split_once('\n').map_or("", |(_, lines)| lines),
            };
            text.push_str(lines);
            sent.extend(of_file);
        }
        std::fs::write(self.desk.path().join("payments.csv"), text)?;
        let mut arguments = self.import_words();
        arguments.extend(["--in-flight", "2"].map(OsString::from));
        let process = self.shell().start(arguments, log)?;
        Ok((process, sent))
    }

    /// The shell of the client.
    pub fn shell(&self) -> Shell {
        Shell::new(self.client().url(), self.agreement.client())
    }

    /// The words of the command that imports the client's file.
    fn import_words(&self) -> Vec<OsString> {
        let path = |name: &str| self.desk.path().join(name).into_os_string();
        vec![
            "trade".into(),
            "import".into(),
            "--agreement".into(),
            self.agreement.id.to_string().into(),
            "--day".into(),
            day_text(self.agreement.day()).into(),
            "--batch".into(),
            BATCH.into(),
            "--file".into(),
            path("payments.csv"),
            "--mapping".into(),
            path("mapping.toml"),
            "--journal".into(),
            path("journal"),
        ]
    }

    /// Repeats an import until it says that everything is final.
    async fn record(&self) -> Result<()> {
        let (shell, arguments) = (self.shell(), self.import_words());
        wait::until("payments and refunds to be final", LONG, || async {
            let attempt = tokio::time::timeout(ATTEMPT, shell.run(arguments.clone()));
            let output = attempt.await.context("the import hangs")??;
            if output.success {
                return Ok(Some(()));
            }
            bail!("{}{}", output.stdout, output.stderr)
        })
        .await
    }

    /// Imports a ledger with breaks into the node of its party, until it stands.
    async fn import(&self, side: Side, count: usize) -> Result<Planted> {
        let (agreement, node) = (&self.agreement, self.of(side));
        let trades = wait::until("all trades on chain", LONG, || async {
            let all = check::everywhere(self.client(), agreement).await?;
            Ok((all.iter().map(Vec::len).sum::<usize>() >= count).then_some(all))
        })
        .await?;
        let planted = planted::ledger(agreement, &trades[0], side)?;
        wait::until("the ledger to stand", LONG, || async {
            let stands = async {
                import(node, agreement, side, &planted.lines).await?;
                confirm(node, agreement, side, &planted.lines).await
            };
            match stands.await {
                // Confirmed before, by an attempt whose answer was lost.
                Err(error) if error.to_string().contains("its import stands") => Ok(Some(())),
                other => other.map(Some),
            }
        })
        .await?;
        Ok(planted)
    }
}
