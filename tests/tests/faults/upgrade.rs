//! A network that is upgraded to the runtime of the next version, with a real migration, while it works.

use crate::{
    business::{Business, Done, Nodes, LONG},
    check,
};
use anyhow::{ensure, Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus},
    Side,
};
use counterfoil_runtime::{Runtime, RuntimeCall, VERSION};
use counterfoil_tests::{
    agreement::Wish,
    chain::Chain,
    cli::{on_day, Shell},
    member::{Member, CLIENT},
    network::Network,
    submit::signed,
    wait,
    world::{at, same, Shared},
};
use futures::future::{try_join, try_join_all};
use jsonrpsee::rpc_params;
use pallet_registry::Agreements;
use sp_core::H256;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::process::Child;

/// Names the file of the runtime of the next version, which `scripts/faults` builds.
const CODE_VARIABLE: &str = "COUNTERFOIL_NEXT_RUNTIME";
/// The least time to the cut-off.
const AHEAD: Duration = Duration::from_secs(75);
/// Minutes from the cut-off to the report, in which the upgrade is.
const GAP: u16 = 3;
/// How long before the cut-off the import starts, in milliseconds.
const HEAD_START: u64 = 15_000;
/// Files of the import, as one: two minutes' worth.
const FILES: u64 = 6;
/// How long the import may take. What it had on its way at the upgrade is void. It waits until the eras of
/// that have ended, six minutes and a half, before it sends it again.
const ERAS: Duration = Duration::from_secs(10 * 60);
/// The version of what the registry stores after the migration.
const STORAGE_VERSION: u16 = 2;
/// What stands behind the hash of a pallet's name in the key of its storage version: the hash of
/// `:__STORAGE_VERSION__:`.
const STORAGE_VERSION_KEY: [u8; 16] = [
    0x4e, 0x7b, 0x90, 0x12, 0x09, 0x6b, 0x41, 0xc4, 0xeb, 0x3a, 0xaf, 0x94, 0x7f, 0x6e, 0xa4, 0x29,
];
/// `UpgradeCheckSelect::TryState`, encoded: all pallets' invariants.
const TRY_STATE: u8 = 3;

/// The council authorises the code of the next version, and somebody brings it between the cut-off of a
/// day and its report, amid an import. Every node goes over without a restart, agreements have new keys in
/// storage, and all invariants hold. The day is reconciled with its breaks and paid once. The import, a
/// process of before, goes on to its end, and each of its payments and refunds is on chain once. A call
/// that was signed for the runtime of before is refused as a bad signature.
pub async fn a_network_is_upgraded_amid_an_import_and_a_day() -> Result<()> {
    let code = std::env::var_os(CODE_VARIABLE).with_context(|| {
        format!(
            "there is no runtime to upgrade to: run scripts/faults, or set {CODE_VARIABLE} to the file \
             that scripts/runtime-hash --next-version names"
        )
    })?;
    let shared = Shared::begin(Network::start(None).await?).await?;
    let result = upgraded(&shared, code.into()).await;
    shared.end(result).await
}

async fn upgraded(shared: &Shared, code: PathBuf) -> Result<()> {
    let chain = shared.client();
    let begin = |ledgers: &'static [Side], gap_minutes| {
        let wish = Wish {
            ahead: AHEAD,
            gap_minutes,
            ..Wish::default()
        };
        Business::begin_as(Nodes::own(shared), ledgers, wish)
    };
    let (day, import) = try_join(begin(&[Side::Credit], GAP), begin(&[], 1)).await?;
    let council = Shell::new(chain.url(), &Member::genesis(CLIENT));
    let propose = words(&["council", "propose", "upgrade", "--code"], &code);
    let (done, _) = try_join(day.go_about(0), council.must(propose)).await?;
    let stale = stale_call(chain);

    let plan = day.agreement.plan;
    at(plan.cut_off_at() - HEAD_START).await;
    let log = shared.network.lock().await.folder().join("import.log");
    let (mut process, sent) = import.start_slowly(FILES, &log)?;
    committed(&day).await?;
    is_midway(&import, &mut process, sent.len()).await?;
    council
        .must(words(&["council", "apply-upgrade", "--code"], &code))
        .await?;
    let now = chain.now().await?;
    ensure!(
        (plan.cut_off_at()..plan.preset_at()).contains(&now),
        "the machine is too slow: the upgrade was not between cut-off and report"
    );
    is_midway(&import, &mut process, sent.len()).await?;
    everywhere(shared.nodes(), &day).await?;

    let refused = chain.submit(&stale).await;
    let refused = refused.err().context("a call of before is taken")?;
    let why = refused.to_string();
    ensure!(why.contains("bad signature"), "a call of before: {why}");

    let imported = async {
        let status = tokio::time::timeout(ERAS, process.wait()).await;
        let status = status.context("the import does not end after the upgrade")??;
        let said = std::fs::read_to_string(&log)?;
        ensure!(status.success(), "the import stopped: {said}");
        let done = Done {
            sent,
            ..Done::default()
        };
        check::day(&import, &done).await
    };
    let (checked, of_import) = try_join(check::day(&day, &done), imported).await?;
    println!("across an upgrade: {checked}; by the import: {of_import}");
    // A command of this release reads the chain of the next runtime.
    day.shell().must(on_day("show", &day.agreement)).await?;
    invariants(chain).await?;
    check::one_chain(shared.nodes()).await
}

/// The words of a command, with a file at the end.
fn words(command: &[&str], file: &Path) -> Vec<OsString> {
    let file = file.as_os_str().to_owned();
    command.iter().map(Into::into).chain([file]).collect()
}

/// A call that staff signs by hand before the upgrade, and sends afterwards.
fn stale_call(chain: &Chain) -> Vec<u8> {
    let remark = RuntimeCall::System(frame_system::Call::<Runtime>::remark { remark: vec![1] });
    let somebody = Member::genesis(CLIENT);
    signed(chain.genesis(), somebody.pair(), 1_000, remark).encode()
}

/// Waits until both sides of the day are committed, and makes sure that none is reported yet.
async fn committed(business: &Business) -> Result<()> {
    let (chain, agreement) = (business.client(), &business.agreement);
    let both = |day: &DaySummary| day.debit.commitment.is_some() && day.credit.commitment.is_some();
    let day = wait::until("both commitments", LONG, || async {
        let day = chain.day(agreement.id, agreement.day()).await?;
        Ok(day.filter(both))
    })
    .await?;
    same("day", day.status, DayStatus::Sealed)?;
    for side in [day.debit, day.credit] {
        ensure!(
            !matches!(side.status, SideStatus::Proven { .. }),
            "a side is proven before the upgrade"
        );
    }
    Ok(())
}

/// Waits until the import has recorded a part, and makes sure that it runs and has more to record.
async fn is_midway(import: &Business, process: &mut Child, all: usize) -> Result<()> {
    let recorded = wait::until("a part of the import", LONG, || async {
        let trades = check::everywhere(import.client(), &import.agreement).await?;
        let recorded = trades.iter().map(Vec::len).sum::<usize>();
        Ok((recorded > 0).then_some(recorded))
    })
    .await?;
    ensure!(
        process.try_wait()?.is_none() && recorded < all,
        "the import is not midway: {recorded} of {all} are recorded"
    );
    Ok(())
}

/// Waits until each node runs the next version, and makes sure that the migration ran there.
async fn everywhere(nodes: &[Chain], business: &Business) -> Result<()> {
    let key = Agreements::<Runtime>::hashed_key_for(business.agreement.id);
    let storage_version = [&key[..16], &STORAGE_VERSION_KEY[..]].concat();
    let (key, storage_version) = (&key, &storage_version);
    try_join_all(nodes.iter().map(|node| async move {
        wait::until("the next version", LONG, || async {
            let at = node.finalized().await?;
            let version = spec_version(node, at).await?;
            Ok((version == VERSION.spec_version + 1).then_some(()))
        })
        .await?;
        // The block that brought the code is not the one that migrated: that is the next one.
        wait::until("the migration", LONG, || async {
            let version: Option<u16> = node.storage(storage_version).await?;
            Ok((version == Some(STORAGE_VERSION)).then_some(()))
        })
        .await?;
        // Of what lies there, nothing is decoded but that it is there.
        let before: Option<()> = node.storage(key).await?;
        same("agreement under its key of before", before, None)
    }))
    .await?;
    Ok(())
}

async fn spec_version(node: &Chain, block: H256) -> Result<u32> {
    let version: serde_json::Value = node
        .request("state_getRuntimeVersion", rpc_params![block])
        .await?;
    let version = version["specVersion"].as_u64();
    Ok(version.context("the node does not tell its version")? as u32)
}

/// Has the runtime check all its pallets' invariants, on the state of a finalised block. It panics where one
/// does not hold, and then the node answers with an error.
async fn invariants(chain: &Chain) -> Result<()> {
    chain
        .runtime_api("TryRuntime_on_runtime_upgrade", &TRY_STATE)
        .await
}
