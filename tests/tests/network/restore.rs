//! What a member keeps apart from its machine, and the machine that it sets up from that.

use crate::imports::Desk;
use anyhow::{ensure, Context, Result};
use counterfoil_primitives::{summary::SideStatus, Side, Source};
use counterfoil_tests::world::{caught_up, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, Wish},
    book,
    ledger::{confirm, import, right_ledger},
    node::{Node, Settings},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// Payments of the client's file.
const PAYMENTS: usize = 300;
/// The least time to the cut-off: the machine is lost and set up again before it.
const AHEAD: Duration = Duration::from_secs(90);
/// What is kept of a node, of all that lies under its chain's folder.
const KEPT: [&str; 2] = ["keystore", "ledgers"];

/// A bank stood by its ledger, a client recorded payments, and both lose their disks: of the bank's node
/// all files, of the client's desk the journal. From the copies of keystore, ledgers and journal, the bank
/// sets up a node on an empty folder, which fetches the chain, takes the ledger and commits to it, and the
/// client's import finds what it recorded. The day completes.
pub async fn a_node_set_up_from_copies_of_keys_and_ledgers_goes_on_with_the_day(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let (folder, lost) = {
        let network = shared.network.lock().await;
        (network.folder().to_owned(), network.further("lost-bank")?)
    };
    // Where the other members ask for its book: at the same address.
    let restored = Settings {
        name: "restored-bank".into(),
        ..lost.clone()
    };
    let mut node = Node::start(&folder, lost)?;
    let own = node.connect().await?;
    let bank = fresh_member();
    bank.move_into(&own).await?;
    let wish = Wish {
        ahead: AHEAD,
        credit_source: Source::Ledger,
        bank: Some((bank, node.http())),
        ..Wish::default()
    };
    let desk = Desk::new(chain, wish, PAYMENTS).await?;
    let agreement = &desk.agreement;
    let journal = desk.path("journal");
    desk.shell.must(desk.import(&journal)).await?;
    let trades = desk.each_once(chain).await?;
    agreement.before_the_cut_off(chain).await?;
    let lines = right_ledger(&trades, Side::Credit);
    caught_up(&own, chain).await?;
    import(&own, agreement, Side::Credit, &lines).await?;
    confirm(&own, agreement, Side::Credit, &lines).await?;

    let backup = tempfile::tempdir()?;
    copy(
        KEPT.map(|kept| of_the_chain(&node).join(kept)),
        backup.path(),
    )?;
    copy([journal.clone()], backup.path())?;
    agreement.before_the_cut_off(chain).await?;
    drop(own);
    node.kill();
    fs::remove_dir_all(node.data())?;
    remove(&journal)?;

    let mut node = set_up(&folder, restored, backup.path())?;
    copy([backup.path().join("journal")], &desk.path(""))?;
    let own = node.connect().await?;
    let log = fs::read_to_string(node.log())?;
    ensure!(
        log.contains("Restored 1 ledger imports"),
        "the ledger did not come from its copy"
    );
    caught_up(&own, chain).await?;
    desk.shell.must(desk.import(&journal)).await?;
    same("trades", desk.each_once(chain).await?, trades.clone())?;

    let day = settled(chain, agreement).await?;
    ensure!(
        matches!(
            day.credit.status,
            SideStatus::Proven { breaks: 0 } | SideStatus::Repaired { breaks: 0 }
        ),
        "the bank's side is {:?}",
        day.credit.status
    );
    same("commitment", day.credit.commitment, day.credit.chain)?;
    let owed = book::totals(&trades).obligation();
    same("obligation", day.obligation, Some(owed))?;
    book::equals(&own, agreement, Side::Credit, &trades).await
}

/// The folder of the chain among a node's files.
fn of_the_chain(node: &Node) -> PathBuf {
    chain_folder(&node.data())
}

fn chain_folder(data: &Path) -> PathBuf {
    data.join("chains").join("local")
}

/// Copies files and folders into a folder, with their owners and permissions.
fn copy<const N: usize>(what: [PathBuf; N], into: &Path) -> Result<()> {
    let status = Command::new("cp")
        .arg("-a")
        .args(&what)
        .arg(into)
        .status()?;
    ensure!(status.success(), "cannot copy {what:?} to {into:?}");
    Ok(())
}

/// Removes a file or a folder.
fn remove(path: &Path) -> Result<()> {
    match path.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    }
    .with_context(|| format!("cannot remove {}", path.display()))
}

/// Starts a node on an empty folder, in which the copies lie and nothing else.
fn set_up(folder: &Path, settings: Settings, backup: &Path) -> Result<Node> {
    let chain = chain_folder(&folder.join(&settings.name).join("data"));
    fs::create_dir_all(&chain)?;
    copy(KEPT.map(|kept| backup.join(kept)), &chain)?;
    Node::start(folder, settings)
}
