//! The programs of `examples/`, which share no code with this repository, on a running network.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{Amount, Kind, Sequence};
use counterfoil_tests::agreement::{
    current_terms, fresh_member, make, TestAgreement, Wish, SHARED,
};
use counterfoil_tests::world::{same, SharedWorld};
use counterfoil_tests::{
    binary,
    chain::to_hex,
    cli::Output,
    clock::day_text,
    member::{now, Member},
    trades::request,
};
use serde_json::{json, Value};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::process::Command;

/// Names the Python that has the packages of `examples/python`.
const PYTHON_VARIABLE: &str = "COUNTERFOIL_PYTHON";
/// Names the file of the seed by which a program signs.
const SEED_VARIABLE: &str = "COUNTERFOIL_SEED_FILE";

/// What the first payment comes to.
const FIRST: Amount = 125_050;
/// What the others come to.
const SECOND: Amount = 99_900;
/// What is given back of the first one.
const BACK: Amount = 25_010;

/// As long as a UUID, but its last character is no digit.
const FALSE_UUID: &str = "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5g";

/// A program in JavaScript, by polkadot.js.
pub async fn a_javascript_program_records_gives_back_and_reads(world: SharedWorld) -> Result<()> {
    let packages = examples().join("polkadot-js/node_modules/@polkadot/api");
    ensure!(
        packages.is_dir(),
        "{packages:?} is missing: run scripts/setup"
    );
    let script = text(&examples().join("polkadot-js/trades.js"));
    let program = vec!["node".into(), script];
    records_gives_back_and_reads(world, program).await
}

/// A program in Python, by aio-substrate-interface.
pub async fn a_python_program_records_gives_back_and_reads(world: SharedWorld) -> Result<()> {
    let python = std::env::var(PYTHON_VARIABLE).with_context(|| {
        format!("{PYTHON_VARIABLE} is not set: run scripts/setup, and source scripts/env")
    })?;
    let script = text(&examples().join("python/trades.py"));
    // Python would write what it compiled beside the sources.
    let program = vec![python, "-B".into(), script];
    records_gives_back_and_reads(world, program).await
}

/// A program in Rust, by subxt, without the client library.
pub async fn a_subxt_program_records_gives_back_and_reads(world: SharedWorld) -> Result<()> {
    let program = vec![text(&binary::find("counterfoil-example-subxt")?)];
    records_gives_back_and_reads(world, program).await
}

/// The program prints what it recorded and reads it back, names each refusal with a remedy, sends nothing
/// of a false file or for a stranger, and the chain has exactly what it printed.
async fn records_gives_back_and_reads(world: SharedWorld, program: Vec<String>) -> Result<()> {
    let chain = world.shared().await?.client();
    let agreement = make(chain, Wish::default()).await?;
    let desk = Desk::new(&program, chain.url(), &agreement, agreement.client())?;
    let (client, today) = (agreement.client().id, agreement.day().next());
    let date = day_text(today);

    let payments = [desk.payment(1, FIRST)?, desk.payment(2, SECOND)?];
    let said = desk.must("record", &desk.payments(&payments)).await?;
    let expected = format!(
        "recorded {client}/1 on {date}, position 0\nrecorded {client}/2 on {date}, position 1\n"
    );
    same("what was recorded", said, expected)?;

    let said = desk.must("refund", &desk.refund(3, 1, &date)?).await?;
    let expected = format!("recorded {client}/3 on {date}, position 2\n");
    same("what was given back", said, expected)?;

    // Alone, a false payment makes the call fail; beside a good one it is refused by an event.
    let false_payment = desk.false_payment(4)?;
    let alone = desk.payments(std::slice::from_ref(&false_payment));
    desk.refused(&alone, "refused the call: WrongCredit")
        .await?;
    let beside = desk.payments(&[false_payment, desk.payment(5, SECOND)?]);
    let refusal = format!("refused {client}/4: WrongCredit");
    let said = desk.refused(&beside, &refusal).await?;
    let expected = format!("recorded {client}/5 on {date}, position 3\n");
    same("what was recorded beside a refusal", said, expected)?;

    let mut mistyped = desk.payment(6, SECOND)?;
    mistyped["reference"] = json!(FALSE_UUID);
    let mistyped = desk.payments(&[mistyped]);
    let refusal = format!("{FALSE_UUID:?} is no UUID and no text of 1 to 16 bytes: correct it");
    desk.sends_nothing(&mistyped, &refusal).await?;

    let stranger = fresh_member();
    let refusal = format!(
        "{} is no member's operator: name the seed file of a member's operator key in {SEED_VARIABLE}",
        stranger.account()
    );
    let payments = desk.payments(&[desk.payment(6, SECOND)?]);
    let desk_of_stranger = Desk::new(&program, chain.url(), &agreement, &stranger)?;
    desk_of_stranger.sends_nothing(&payments, &refusal).await?;

    let output = desk.run(&["day", &agreement.id.to_string(), &date]).await?;
    let gross = FIRST + 2 * SECOND;
    let expected = format!(
        "3 payments, gross {gross}\n1 refunds, gross {BACK}\n\
         0 Payment {client}/1, gross {FIRST}\n1 Payment {client}/2, gross {SECOND}\n\
         2 Refund {client}/3, gross {BACK}\n3 Payment {client}/5, gross {SECOND}\n"
    );
    same("the day as the program reads it", output.stdout, expected)?;

    let trades = chain.trades(agreement.id, today).await?;
    let found: Vec<(Sequence, Kind, Amount)> = trades
        .iter()
        .map(|trade| (trade.id.sequence, trade.kind, trade.gross))
        .collect();
    let expected = vec![
        (1, Kind::Payment, FIRST),
        (2, Kind::Payment, SECOND),
        (3, Kind::Refund, BACK),
        (5, Kind::Payment, SECOND),
    ];
    same("the trades on chain", found, expected)
}

/// The folder of the programs.
fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Who runs a program: its node, its key, and its files.
struct Desk<'a> {
    program: &'a [String],
    url: String,
    agreement: &'a TestAgreement,
    folder: TempDir,
}

impl<'a> Desk<'a> {
    fn new(
        program: &'a [String],
        url: &str,
        agreement: &'a TestAgreement,
        operator: &Member,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let seed = to_hex(&operator.seed()?);
        std::fs::write(folder.path().join("seed"), format!("{seed}\n"))?;
        Ok(Self {
            program,
            url: url.into(),
            agreement,
            folder,
        })
    }

    async fn run(&self, words: &[&str]) -> Result<Output> {
        let output = Command::new(&self.program[0])
            .args(&self.program[1..])
            .args(words)
            .env("COUNTERFOIL_URL", &self.url)
            .env(SEED_VARIABLE, self.folder.path().join("seed"))
            .kill_on_drop(true)
            .output()
            .await
            .with_context(|| format!("cannot run {}: run scripts/setup", self.program[0]))?;
        Ok(Output {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs a command on a file that the chain must take as a whole. Returns what the program prints.
    async fn must(&self, command: &str, file: &Value) -> Result<String> {
        let path = self.write(file)?;
        let output = self.run(&[command, &path]).await?;
        ensure!(output.success, "{command} failed: {output:#?}");
        Ok(output.stdout)
    }

    /// Records a file of which the chain must refuse a payment, for the amount of the bank. Returns what
    /// the program prints of the rest.
    async fn refused(&self, file: &Value, refusal: &str) -> Result<String> {
        let path = self.write(file)?;
        let output = self.run(&["record", &path]).await?;
        ensure!(!output.success, "not refused: {output:#?}");
        let remedy = "remedy: compute the bank's amount anew, by the terms of the payment's day";
        let expected = format!("{refusal}\n{remedy}");
        ensure!(output.stderr.contains(&expected), "{output:#?}");
        Ok(output.stdout)
    }

    /// Records a file with which the program must fail by saying exactly `refusal`: what the pool or the
    /// chain refuses, it says otherwise.
    async fn sends_nothing(&self, file: &Value, refusal: &str) -> Result<()> {
        let path = self.write(file)?;
        let output = self.run(&["record", &path]).await?;
        ensure!(!output.success, "not refused: {output:#?}");
        same("what the program prints", output.stdout, String::new())?;
        same("the refusal", output.stderr, format!("{refusal}\n"))
    }

    fn write(&self, file: &Value) -> Result<String> {
        let path = self.folder.path().join("trades.json");
        std::fs::write(&path, file.to_string())?;
        Ok(text(&path))
    }

    fn payments(&self, payments: &[Value]) -> Value {
        json!({ "agreement": self.agreement.id, "payments": payments })
    }

    fn payment(&self, sequence: Sequence, gross: Amount) -> Result<Value> {
        let trade = request(
            self.agreement,
            self.agreement.client(),
            sequence,
            SHARED,
            gross,
        )?;
        Ok(line(sequence, gross, trade.debit, trade.credit))
    }

    /// A payment whose bank's amount is not by the terms.
    fn false_payment(&self, sequence: Sequence) -> Result<Value> {
        let trade = request(
            self.agreement,
            self.agreement.client(),
            sequence,
            SHARED,
            FIRST,
        )?;
        Ok(line(sequence, FIRST, trade.debit, trade.credit + 1))
    }

    /// A file that refunds a part of the first payment, under a sequence of its own.
    fn refund(&self, sequence: Sequence, of: Sequence, date: &str) -> Result<Value> {
        let amounts = current_terms(SHARED)?.refund_amounts(FIRST, 0, BACK);
        let mut refund = line(sequence, BACK, amounts.debit, amounts.credit);
        refund["of"] = json!({ "sequence": of, "date": date });
        Ok(json!({ "agreement": self.agreement.id, "refunds": [refund] }))
    }
}

/// A payment or refund of now, as a file states it.
fn line(sequence: Sequence, gross: Amount, debit: Amount, credit: Amount) -> Value {
    json!({
        "sequence": sequence,
        "reference": format!("2026-{sequence:04}"),
        "payer": "C-1042",
        "product": SHARED,
        "gross": gross.to_string(),
        "debit": debit.to_string(),
        "credit": credit.to_string(),
        "completed_at": now(),
    })
}
