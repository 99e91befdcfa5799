//! A client's desk: files of payments and refunds, and the command that records them.

use super::PAID;
use anyhow::Result;
use counterfoil_primitives::{Amount, ProductId, Trade};
use counterfoil_tests::{
    agreement::TestAgreement, chain::Chain, cli::Shell, clock::day_text, trades::recorded,
    world::same,
};
use std::{ffi::OsString, fmt::Write};
use tempfile::TempDir;

/// A file has dates and times; originals are named by their payments' ids.
const MAPPING: &str = r#"
payment_id = "id"
user = "user"
original = "original"

[time]
column = "time"
format = "%Y-%m-%d %H:%M:%S"

[amount]
column = "amount"

[kind]
column = "kind"
payment = ["sale"]
refund = ["refund"]

[product]
column = "product"
"#;

/// A line of a client's file.
pub struct Line<'a> {
    /// Its id at its source.
    pub id: &'a str,
    /// Of a refund, the id of its payment.
    pub original: &'a str,
    /// What was bought.
    pub product: ProductId,
    /// What was paid or given back, in minor units.
    pub gross: Amount,
}

/// A payment.
pub const fn sale(id: &str, product: ProductId) -> Line<'_> {
    Line {
        id,
        original: "",
        product,
        gross: PAID,
    }
}

/// A refund of the payment with the id `original`.
pub const fn refund<'a>(
    id: &'a str,
    original: &'a str,
    product: ProductId,
    gross: Amount,
) -> Line<'a> {
    Line {
        id,
        original,
        product,
        gross,
    }
}

/// A client's desk: its files with one journal, and a shell.
pub struct Desk {
    folder: TempDir,
    shell: Shell,
}

impl Desk {
    /// The desk of an agreement's client.
    pub fn new(chain: &Chain, agreement: &TestAgreement) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("mapping.toml"), MAPPING)?;
        let shell = Shell::new(chain.url(), agreement.client());
        Ok(Self { folder, shell })
    }

    /// Records a file for the day of an agreement. Returns the trades of that day.
    pub async fn record(
        &self,
        chain: &Chain,
        agreement: &TestAgreement,
        lines: &[Line<'_>],
    ) -> Result<Vec<Trade>> {
        let import = self.import(agreement, lines)?;
        self.shell.must(import).await?;
        agreement.before_the_cut_off(chain).await?;
        let trades = recorded(chain, agreement).await?;
        same("trades", trades.len(), lines.len())?;
        Ok(trades)
    }

    /// Brings a file for the day of an agreement, of which no line is recorded. Returns what is said of it.
    pub async fn refused(&self, agreement: &TestAgreement, lines: &[Line<'_>]) -> Result<String> {
        let output = self.shell.run(self.import(agreement, lines)?).await?;
        same("success", output.success, false)?;
        Ok(output.stdout + &output.stderr)
    }

    /// The command that imports a file of these lines, which it writes.
    fn import(&self, agreement: &TestAgreement, lines: &[Line<'_>]) -> Result<Vec<OsString>> {
        let mut text = String::from("id,kind,original,user,time,amount,product\n");
        for (at, line) in lines.iter().enumerate() {
            let kind = match line.original {
                "" => "sale",
                _ => "refund",
            };
            writeln!(
                text,
                "{},{kind},{},C-17,2026-01-05 11:{at:02}:00,{}.{:02},{}",
                line.id,
                line.original,
                line.gross / 100,
                line.gross % 100,
                line.product
            )?;
        }
        let path = |name: &str| self.folder.path().join(name).into_os_string();
        std::fs::write(path("file.csv"), text)?;
        let (id, day) = (agreement.id.to_string(), day_text(agreement.day()));
        let words = ["trade", "import", "--agreement", &id, "--day", &day];
        let files = [
            ("--file", "file.csv"),
            ("--mapping", "mapping.toml"),
            ("--journal", "journal"),
        ];
        let files = files.map(|(option, name)| [OsString::from(option), path(name)]);
        let arguments = words.map(OsString::from).into_iter();
        Ok(arguments.chain(files.concat()).collect())
    }
}
