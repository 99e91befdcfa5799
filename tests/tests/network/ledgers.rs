//! Ledgers that staff imports from files, by the `counterfoil` command.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::SideStatus, written::label, LedgerEntry, Moment, Side, Source,
};
use counterfoil_tests::world::{caught_up, day_that, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    cli::Shell,
    clock::day_text,
    ledger::right_ledger,
    money::amount_text,
    trades::{owed_for, payments, record, recorded},
};
use std::{ffi::OsString, fmt::Write};
use tempfile::TempDir;

/// Minutes from the cut-off to the preset time: two commitments come in between.
const GAP: u16 = 2;

/// A line has all that its trade says.
const MAPPING: &str = r#"
trade_id = "trade"
reference = "reference"
user = "user"

[time]
column = "time"
format = "%Y-%m-%d %H:%M:%S"

[amount]
column = "amount"

[product]
column = "product"
"#;

/// The bank imports a wrong file, to which its node commits. It imports the right one before the preset
/// time: that commitment replaces the first one, and the day completes with it, without a break.
pub async fn a_wrong_file_is_replaced_before_the_preset_time(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let (chain, bank) = (shared.client(), shared.bank());
    let wish = Wish {
        gap_minutes: GAP,
        credit_source: Source::Ledger,
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let requests = payments(&agreement, agreement.client(), 0..40)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let right = right_ledger(&recorded(chain, &agreement).await?, Side::Credit);
    let mut wrong = right.clone();
    wrong[7].amount += 4_711;

    caught_up(bank, chain).await?;
    let desk = Desk::new(bank, &agreement)?;
    desk.import(&wrong).await?;
    let cut_off = agreement.plan.cut_off_at();
    let what = "the commitment to the wrong file";
    let day = day_that(chain, &agreement, cut_off, what, |day| {
        day.credit.commitment.is_some()
    })
    .await?;
    ensure!(
        day.credit.commitment != day.credit.chain,
        "the wrong file is right"
    );

    desk.import(&right).await?;
    let what = "the commitment to the right file";
    let day = day_that(chain, &agreement, cut_off, what, |day| {
        day.credit.replacements == 1
    })
    .await?;
    same("commitment", day.credit.commitment, day.credit.chain)?;

    let day = settled(chain, &agreement).await?;
    let clean = SideStatus::Proven { breaks: 0 };
    same("bank", day.credit.status, clean)?;
    same("commitment", day.credit.commitment, day.credit.chain)?;
    same("replacements", day.credit.replacements, 1)?;
    same("obligation", day.obligation, Some(owed_for(&requests)))
}

/// The bank's desk: files of its ledger, and the command that imports them.
struct Desk<'a> {
    folder: TempDir,
    shell: Shell,
    agreement: &'a TestAgreement,
}

impl<'a> Desk<'a> {
    fn new(node: &Chain, agreement: &'a TestAgreement) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("mapping.toml"), MAPPING)?;
        Ok(Self {
            folder,
            shell: Shell::new(node.url(), &agreement.bank),
            agreement,
        })
    }

    /// Imports a ledger of the day, and stands by it.
    async fn import(&self, lines: &[LedgerEntry]) -> Result<()> {
        let path = |name: &str| self.folder.path().join(name).into_os_string();
        std::fs::write(path("ledger.csv"), self.file(lines)?)?;
        let (id, day) = (
            self.agreement.id.to_string(),
            day_text(self.agreement.day()),
        );
        let words = [
            "book",
            "import",
            "--confirm",
            "--agreement",
            &id,
            "--day",
            &day,
        ];
        let files = [("--file", "ledger.csv"), ("--mapping", "mapping.toml")];
        let files = files.map(|(option, name)| [OsString::from(option), path(name)]);
        let words = words.map(OsString::from).into_iter();
        self.shell.must(words.chain(files.concat())).await?;
        Ok(())
    }

    fn file(&self, lines: &[LedgerEntry]) -> Result<String> {
        let mut text = String::from("trade,reference,user,time,product,amount\n");
        for line in lines {
            let id = line.id.context("the line names no trade")?;
            writeln!(
                text,
                "{}/{},{},{},{},{},{}",
                id.client,
                id.sequence,
                label::show_reference(&line.reference),
                label::show_user(&line.user),
                self.local_time(line.occurred_at),
                line.product,
                amount_text(line.amount)
            )?;
        }
        Ok(text)
    }

    /// A moment of the day, as the agreement's clock shows it.
    fn local_time(&self, moment: Moment) -> String {
        let midnight = self.agreement.plan.offset.start_of(self.agreement.day());
        let seconds = moment.saturating_sub(midnight) / 1000;
        format!(
            "{} {:02}:{:02}:{:02}",
            day_text(self.agreement.day()),
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    }
}
