//! Imports by the `counterfoil` command: stopped anywhere, repeated at will.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::Trade;
use counterfoil_tests::world::{same, SharedWorld};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    cli::Shell,
    clock::day_text,
    trades::recorded,
    wait,
};
use std::{collections::HashSet, ffi::OsString, fmt::Write, path::Path, time::Duration};
use tempfile::TempDir;

/// Payments of a file: several calls' worth.
const PAYMENTS: usize = 2_500;
/// Of an import that is to be killed midway: few payments a call, and few calls on their way, so
/// that most of the file is still to come when the first of it is final.
const SLOWLY: [&str; 4] = ["--batch", "100", "--in-flight", "4"];
/// How often an import is killed.
const KILLS: usize = 3;
/// How long an import may take to record something.
const PATIENCE: Duration = Duration::from_secs(60);

/// A client's desk: a file, its mapping, a journal, a shell.
pub(crate) struct Desk {
    folder: TempDir,
    payments: usize,
    pub shell: Shell,
    pub agreement: TestAgreement,
}

impl Desk {
    /// A desk of an agreement as wished, with a file of this number of payments.
    pub async fn new(chain: &Chain, wish: Wish, payments: usize) -> Result<Self> {
        let agreement = make(chain, wish).await?;
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("payments.csv"), file(payments))?;
        std::fs::write(folder.path().join("mapping.toml"), MAPPING)?;
        let shell = Shell::new(chain.url(), agreement.client());
        Ok(Self {
            folder,
            payments,
            shell,
            agreement,
        })
    }

    /// A desk whose file takes its time.
    async fn busy(chain: &Chain) -> Result<Self> {
        let wish = Wish {
            ahead: Duration::from_secs(180),
            ..Wish::default()
        };
        Self::new(chain, wish, PAYMENTS).await
    }

    /// A file or folder of the desk.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// The words of the command that imports the file.
    pub fn import(&self, journal: &Path) -> Vec<OsString> {
        let agreement_id = self.agreement.id.to_string();
        let day = day_text(self.agreement.day());
        let mut arguments: Vec<OsString> = [
            "trade",
            "import",
            "--agreement",
            &agreement_id,
            "--day",
            &day,
        ]
        .map(OsString::from)
        .to_vec();
        for (name, path) in [
            ("--file", self.path("payments.csv")),
            ("--mapping", self.path("mapping.toml")),
            ("--journal", journal.to_owned()),
        ] {
            arguments.push(name.into());
            arguments.push(path.into());
        }
        arguments
    }

    /// How many payments of the file are final.
    async fn count(&self, chain: &Chain) -> Result<usize> {
        let day = chain.day(self.agreement.id, self.agreement.day()).await?;
        Ok(day.map_or(0, |day| day.trades as usize))
    }

    /// Each payment of the file is on chain exactly once.
    pub async fn each_once(&self, chain: &Chain) -> Result<Vec<Trade>> {
        let trades = recorded(chain, &self.agreement).await?;
        self.are_each_once(&trades)?;
        Ok(trades)
    }

    /// Each payment of the file is among these trades exactly once, and nothing else is.
    pub fn are_each_once(&self, trades: &[Trade]) -> Result<()> {
        same("trades", trades.len(), self.payments)?;
        let references: HashSet<_> = trades.iter().map(|trade| trade.reference.0).collect();
        same("references", references.len(), self.payments)?;
        let gross: u128 = trades.iter().map(|trade| trade.gross).sum();
        same("gross", gross, (0..self.payments).map(amount).sum())
    }
}

const MAPPING: &str = r#"
payment_id = "id"
user = "user"

[time]
column = "date"
format = "%Y-%m-%d"

[amount]
column = "amount"

[product]
column = "product"
"#;

fn amount(index: usize) -> u128 {
    10_007 + 31 * index as u128
}

fn file(payments: usize) -> String {
    let mut text = String::from("id,user,date,amount,product\n");
    for index in 0..payments {
        let amount = amount(index);
        writeln!(
            text,
            "P-{index},user-{},2026-01-05,{}.{:02},{}",
            index % 90,
            amount / 100,
            amount % 100,
            index % 2 + 1
        )
        .expect("a string takes any text");
    }
    text
}

/// Killed over and over once more of it is final, and repeated.
pub async fn an_import_killed_and_repeated_records_each_payment_once(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let desk = Desk::busy(chain).await?;
    let journal = desk.path("journal");
    let mut midway = 0;
    for attempt in 0..KILLS {
        let log = desk.path(&format!("attempt-{attempt}.log"));
        let mut arguments = desk.import(&journal);
        arguments.extend(SLOWLY.map(OsString::from));
        let before = desk.count(chain).await?;
        let mut import = desk.shell.start(arguments, &log)?;
        let now = wait::until("the import to record more", PATIENCE, || async {
            let now = desk.count(chain).await?;
            Ok((now > before || now == PAYMENTS).then_some(now))
        })
        .await?;
        let is_running = import.try_wait()?.is_none();
        midway += usize::from(is_running && now > before && now < PAYMENTS);
        // It may be done already: then the next attempt finds nothing to do.
        import.start_kill().ok();
        import.wait().await?;
    }
    ensure!(midway > 0, "no import was killed midway");
    desk.shell.must(desk.import(&journal)).await?;
    desk.agreement.before_the_cut_off(chain).await?;
    desk.each_once(chain).await?;
    Ok(())
}

/// Without its journal the import finds on chain what it recorded before.
pub async fn an_import_repeated_without_its_journal_records_nothing_new(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let desk = Desk::busy(chain).await?;
    let journal = desk.path("journal");
    desk.shell.must(desk.import(&journal)).await?;
    desk.agreement.before_the_cut_off(chain).await?;
    let before = desk.each_once(chain).await?;
    match journal.is_dir() {
        true => std::fs::remove_dir_all(&journal),
        false => std::fs::remove_file(&journal),
    }
    .context("the import left no journal")?;
    desk.shell.must(desk.import(&journal)).await?;
    let after = desk.each_once(chain).await?;
    same("trades", after, before)
}
