//! `docs/tutorial.md`, entered command by command as it stands.

use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{
    summary::{DayStatus, SideStatus},
    AgreementId, Amount, BusinessDay, Cause, Side, SideId, SignedAmount,
};
use counterfoil_tests::world::{same, set_endpoint, SharedWorld};
use counterfoil_tests::{
    bash::Bash,
    binary,
    chain::Chain,
    clock::day_text,
    member::{Member, BANK, COMPANY},
    money::balance,
    node::free_port,
    transcript::{is_as_shown, steps, Step},
};
use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempDir;

/// The document.
const TUTORIAL: &str = include_str!("../../../docs/tutorial.md");
/// Commands with this set up and build, as whoever runs this scenario has done.
const SETS_UP: &str = "scripts/";
/// Commands with this start the node.
const STARTS_NODE: &str = "counterfoil-node --dev";
/// Commands with this stop it.
const STOPS_NODE: &str = "kill \"$node\"";
/// Minutes until the cut-off: fewer than a reader needs.
const MINUTES: &str = "2";
/// The longest that the commands of a block may take: until a preset time, on a busy machine.
const LIMIT: Duration = Duration::from_secs(420);

/// The agreement of the tutorial.
const AGREEMENT: AgreementId = 7;
/// What the company owes the bank: the bank's amounts of nine payments less those of a refund.
const OWED: Amount = 131_545;

/// A reader who enters each command on a new chain sees what the tutorial shows, and in the end the chain has
/// the reader's day, with its break, reconciled and paid.
pub async fn the_tutorial_leads_from_a_file_to_a_paid_day(_: SharedWorld) -> Result<()> {
    let desk = Desk::new()?;
    let variables = [("MINUTES", MINUTES)];
    let mut bash = Bash::start(&desk.files(), &desk.programs(), &variables).await?;
    let mut is_paid = false;
    for step in steps(TUTORIAL) {
        if step.commands.contains(SETS_UP) {
            continue;
        }
        if step.commands.contains(STOPS_NODE) {
            the_day_is_paid(&desk.chain().await?, day_of(&mut bash).await?).await?;
            is_paid = true;
        }
        enter(&mut bash, &step).await?;
        if step.commands.contains(STARTS_NODE) {
            desk.move_members().await?;
        }
    }
    ensure!(is_paid, "the tutorial has no line {STOPS_NODE}");
    Ok(())
}

/// Runs the commands of a step, which must print what the document shows.
async fn enter(bash: &mut Bash, step: &Step) -> Result<()> {
    let place = format!("docs/tutorial.md, line {}", step.line);
    let printed = bash.run(&step.commands, LIMIT).await;
    let printed = printed.with_context(|| place.clone())?;
    ensure!(
        is_as_shown(&step.shown, &printed),
        "{place}: the document shows\n{}\n\nand the commands print\n{printed}",
        step.shown
    );
    Ok(())
}

/// The day whose payments the reader has recorded.
async fn day_of(bash: &mut Bash) -> Result<BusinessDay> {
    let text = bash.run("echo \"$day\"", LIMIT).await?;
    let mut days = (0..100_000).map(BusinessDay);
    days.find(|day| day_text(*day) == text)
        .with_context(|| format!("{text:?} is no day"))
}

/// The chain has proven the one break, fixed what is owed, and paid it.
async fn the_day_is_paid(chain: &Chain, day: BusinessDay) -> Result<()> {
    let summary = chain.day(AGREEMENT, day).await?;
    let summary = summary.context("there is no day")?;
    same("status", summary.status, DayStatus::Settled)?;
    let counts = (summary.payments.count, summary.refunds.count);
    same("payments and refunds", counts, (9, 1))?;
    let company = SideStatus::Proven { breaks: 0 };
    same("company", summary.debit.status, company)?;
    let bank = SideStatus::Repaired { breaks: 1 };
    same("bank", summary.credit.status, bank)?;
    let side_id = SideId::new(AGREEMENT, day, Side::Credit);
    let breaks = chain.breaks(side_id).await?;
    let slots: Vec<_> = breaks
        .slots
        .iter()
        .map(|slot| {
            let found = slot.found.map(|entry| entry.amount);
            (slot.position, slot.cause, found, slot.right.amount)
        })
        .collect();
    let expected = vec![(5, Cause::OtherAmount, Some(24_100), 21_400)];
    same("breaks", slots, expected)?;
    same("extras", breaks.extras.len(), 0)?;
    same("obligation", summary.obligation, Some(OWED as SignedAmount))?;
    let account = Member::genesis(BANK).treasury();
    same("the bank's money", balance(chain, &account).await?, OWED)
}

/// A reader's desk: an empty folder, and the built programs under their names, at ports of their own.
struct Desk {
    folder: TempDir,
    rpc_port: u16,
}

impl Desk {
    fn new() -> Result<Self> {
        let desk = Self {
            folder: tempfile::Builder::new()
                .prefix("counterfoil-tutorial-")
                .tempdir()?,
            rpc_port: free_port()?,
        };
        std::fs::create_dir(desk.files())?;
        std::fs::create_dir(desk.programs())?;
        let (url, rpc_port) = (desk.url(), desk.rpc_port);
        desk.program("counterfoil", &format!("--url {url}"))?;
        let ports = format!("--port {} --rpc-port {rpc_port}", free_port()?);
        let alone = "--no-prometheus --no-telemetry --no-mdns";
        desk.program("counterfoil-node", &format!("{ports} {alone}"))?;
        Ok(desk)
    }

    /// The folder in which the reader works.
    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    fn programs(&self) -> PathBuf {
        self.folder.path().join("programs")
    }

    fn url(&self) -> String {
        format!("ws://127.0.0.1:{}", self.rpc_port)
    }

    /// Where the number of a program's last process is noted.
    fn pid_file(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.pid"))
    }

    /// Puts a built program, with options before those of the reader, among the programs.
    fn program(&self, name: &str, options: &str) -> Result<()> {
        let shown = |path: &Path| path.display().to_string();
        let (built, pid) = (shown(&binary::find(name)?), shown(&self.pid_file(name)));
        let text = format!("#!/bin/sh\necho $$ >'{pid}'\nexec '{built}' {options} \"$@\"\n");
        let path = self.programs().join(name);
        std::fs::write(&path, text)?;
        std::fs::set_permissions(&path, Permissions::from_mode(0o755))?;
        Ok(())
    }

    async fn chain(&self) -> Result<Chain> {
        Chain::connect(&self.url()).await
    }

    /// Says on chain that the parties' nodes answer at the port of this desk, from which the reconciler
    /// fetches their books.
    async fn move_members(&self) -> Result<()> {
        let chain = self.chain().await?;
        for id in [COMPANY, BANK] {
            let endpoint = self.url().replace("ws://", "http://");
            set_endpoint(&chain, &Member::genesis(id), &endpoint).await?;
        }
        Ok(())
    }
}

impl Drop for Desk {
    /// Stops the node, which does not end with the shell that started it.
    fn drop(&mut self) {
        let pid = std::fs::read_to_string(self.pid_file("counterfoil-node")).unwrap_or_default();
        let pid = pid.trim();
        // The tutorial stops the node too: by now another program may have its number.
        let command = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        if command.contains(&format!("--rpc-port\0{}", self.rpc_port)) {
            std::process::Command::new("kill").arg(pid).status().ok();
        }
    }
}
