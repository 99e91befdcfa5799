//! The business of a day between faults: a client that records payments and refunds and repeats until
//! they are final, and staff that imports a ledger and repeats until it stands.

use crate::{
    check,
    imported_files::{self, Sent},
    outside::Outside,
};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{
    settlement::Rail, Amount, BusinessDay, Moment, Reference, Side, Source,
};
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
use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempDir;
use tokio::process::Child;

/// What a company has before it pays.
pub const FUNDS: Amount = 1_000_000_000_000;
/// The name of the file that says what the columns of the client's file mean.
pub const MAPPING: &str = "mapping.toml";
/// The name of the client's file.
const PAYMENTS: &str = "payments.csv";
/// Payments or refunds of a call: several calls a file.
const BATCH: &str = "60";
/// How long staff tries: nodes come back, and two that are away stop finality.
pub const LONG: Duration = Duration::from_secs(300);
/// How long one attempt of a member may hang.
pub const ATTEMPT: Duration = Duration::from_secs(90);

/// An agreement with a client, a company and a bank of its own, so that what they hold is what
/// came of it.
pub struct Business {
    pub agreement: TestAgreement,
    /// How the money moves.
    pub rail: Rail,
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
    /// What was paid outside the chain, where that is how the money moves.
    pub outside: Option<Outside>,
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

    /// As [`Self::begin`], with what else is wished for.
    pub async fn begin_as(nodes: Nodes, ledgers: &[Side], wish: Wish) -> Result<Self> {
        let wish = staffed(&nodes, ledgers, wish).await?;
        let agreement = make(&nodes.client, wish.clone()).await?;
        issue(&nodes.client, agreement.company.treasury(), FUNDS).await?;
        Self::open(nodes, ledgers, wish.rail, agreement).await
    }

    /// Opens the desk of the client of an agreement, whose company has its funds.
    pub async fn open(
        nodes: Nodes,
        ledgers: &[Side],
        rail: Rail,
        agreement: TestAgreement,
    ) -> Result<Self> {
        let desk = tempfile::tempdir()?;
        std::fs::write(desk.path().join(MAPPING), imported_files::MAPPING)?;
        Ok(Self {
            since: nodes.client.finalized_number().await?,
            agreement,
            rail,
            ledgers: ledgers.to_vec(),
            nodes,
            desk,
        })
    }

    /// The client's node.
    pub fn client(&self) -> &Chain {
        &self.nodes.client
    }

    /// Where a file of this name is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.desk.path().join(name)
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
            ..Done::default()
        })
    }

    /// Imports one file after the other, each until all of it is final.
    async fn record_until(&self, stop: Moment) -> Result<BTreeMap<Reference, Sent>> {
        let mut sent = BTreeMap::new();
        for file in 0.. {
            if file > 0 && now() >= stop {
                break;
            }
            let (text, of_file) = imported_files::file(self.agreement.id, file);
            self.record(&text, Some(self.agreement.day())).await?;
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
        std::fs::write(self.path(PAYMENTS), text)?;
        let mut arguments = self.import_words(Some(self.agreement.day()));
        arguments.extend(["--in-flight", "2"].map(OsString::from));
        let process = self.shell().start(arguments, log)?;
        Ok((process, sent))
    }

    /// The shell of the client.
    pub fn shell(&self) -> Shell {
        Shell::new(self.client().url(), self.agreement.client())
    }

    /// The words of the command that imports the client's file, for a day or by the dates in the file.
    fn import_words(&self, day: Option<BusinessDay>) -> Vec<OsString> {
        let path = |name: &str| self.path(name).into_os_string();
        let mut words = vec![
            "trade".into(),
            "import".into(),
            "--agreement".into(),
            self.agreement.id.to_string().into(),
            "--batch".into(),
            BATCH.into(),
            "--file".into(),
            path(PAYMENTS),
            "--mapping".into(),
            path(MAPPING),
            "--journal".into(),
            path("journal"),
        ];
        if let Some(day) = day {
            words.extend([OsString::from("--day"), day_text(day).into()]);
        }
        words
    }

    /// Imports a file, for a day or by the dates in it, and repeats that until it says that everything is
    /// final.
    pub async fn record(&self, text: &str, day: Option<BusinessDay>) -> Result<()> {
        std::fs::write(self.path(PAYMENTS), text)?;
        let (shell, arguments) = (self.shell(), self.import_words(day));
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

/// What is wished for, with a company and a bank that the nodes act for. The books of `ledgers` are ledgers.
pub async fn staffed(nodes: &Nodes, ledgers: &[Side], wish: Wish) -> Result<Wish> {
    let (company, bank) = (fresh_member(), fresh_member());
    company.move_into(&nodes.company).await?;
    bank.move_into(&nodes.bank).await?;
    let endpoint = |node: &Chain| node.url().replace("ws://", "http://");
    let source = |side| match ledgers.contains(&side) {
        true => Source::Ledger,
        false => Source::Received,
    };
    Ok(Wish {
        debit_source: source(Side::Debit),
        credit_source: source(Side::Credit),
        company: Some((company, endpoint(&nodes.company))),
        bank: Some((bank, endpoint(&nodes.bank))),
        ..wish
    })
}
