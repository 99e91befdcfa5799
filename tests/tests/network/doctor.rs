//! What `counterfoil doctor` says of a bank's node: a healthy one, and one that others do not reach.

use anyhow::{ensure, Context, Result};
use counterfoil_tests::world::{caught_up, same, set_endpoint, settled, Shared, SharedWorld};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    cli::Shell,
    clock::day_text,
    member::{Member, BANK},
    trades::{payments, record},
};
use serde_json::{json, Value};

/// An address of this machine at which nothing listens.
const NOWHERE: &str = "http://127.0.0.1:9";

/// What is in order at a node whatever waits for its member.
const OF_THE_NODE: [&str; 9] = [
    "connection",
    "peers",
    "sync",
    "finality",
    "block_time",
    "node_clock",
    "member",
    "operator_key",
    "session_keys",
];

/// The address of a node as a member's endpoint names it.
fn http(node: &Chain) -> String {
    node.url().replace("ws://", "http://")
}

/// Whether the doctor that the bank's staff runs at its own node found no fault, and all that it found.
async fn examined(shared: &Shared, agreement: &TestAgreement) -> Result<(bool, Vec<Value>)> {
    caught_up(shared.bank(), shared.client()).await?;
    let shell = Shell::new(shared.bank().url(), &agreement.bank);
    let output = shell.run(["--output", "json", "doctor"]).await?;
    let found = serde_json::from_str(&output.stdout)
        .with_context(|| format!("no findings: {}{}", output.stdout, output.stderr))?;
    Ok((output.success, found))
}

/// The finding of a check that has one.
fn of<'a>(found: &'a [Value], check: &str) -> Result<&'a Value> {
    let mut those = found.iter().filter(|finding| finding["check"] == check);
    those
        .next()
        .with_context(|| format!("no {check}: {found:?}"))
}

/// Makes sure of a finding's state, and that it and its remedy hold these words.
fn is(found: &[Value], check: &str, state: &str, words: &str, remedy: &str) -> Result<()> {
    let finding = of(found, check)?;
    same(check, &finding["state"], &json!(state))?;
    for (field, words) in [("found", words), ("remedy", remedy)] {
        let text = finding[field].as_str().unwrap_or_default();
        ensure!(text.contains(words), "{check}: no {words} in {finding}");
    }
    Ok(())
}

/// Of a bank whose day is settled all is in order, its endpoint too. Once that names the node of another
/// member, the doctor says so.
pub async fn a_healthy_node_is_in_order_and_an_endpoint_at_another_node_is_a_fault(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = make(chain, shared.own_institutions().await?).await?;
    settled(chain, &agreement).await?;
    let bank = agreement.bank.id;

    let (good, found) = examined(shared, &agreement).await?;
    ensure!(good, "a fault: {found:?}");
    for check in OF_THE_NODE {
        is(&found, check, "ok", "", "")?;
    }
    let acts = format!("answers for member {bank}");
    is(&found, "endpoint", "ok", &acts, "")?;
    for quiet in ["days", "proposals", "obligations", "calendars"] {
        is(&found, quiet, "ok", "", "")?;
    }

    set_endpoint(chain, &agreement.bank, &http(chain)).await?;
    let (good, found) = examined(shared, &agreement).await?;
    ensure!(!good, "no fault: {found:?}");
    let another = format!("does not act for member {bank}");
    is(&found, "endpoint", "fault", &another, "set-endpoint")
}

/// An endpoint at which nothing listens, and a proposal of the company that the bank has not answered: the
/// doctor names both with what helps, and finds the rest in order.
pub async fn an_endpoint_that_nobody_reaches_and_a_proposal_that_waits_are_named(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let own = shared.own_institutions().await?;
    let bank = own.bank.map(|(bank, _)| (bank, NOWHERE.to_owned()));
    let agreement = make(chain, Wish { bank, ..own }).await?;
    let client = agreement.client();
    let trades = payments(&agreement, client, 0..3)?;
    record(chain, &agreement, client, &trades).await?;
    caught_up(shared.company(), chain).await?;
    let (day, id) = (day_text(agreement.day()), agreement.id.to_string());
    let client = client.id.to_string();
    let words = [
        "amendment",
        "propose",
        "cancel",
        "--ground",
        "not_paid",
        "--agreement",
        &id,
        "--day",
        &day,
        "--client",
        &client,
        "--sequences",
        "0-1",
        "--yes",
    ];
    let company = Shell::new(shared.company().url(), &agreement.company);
    company.must(words).await?;
    caught_up(chain, shared.company()).await?;

    let (good, found) = examined(shared, &agreement).await?;
    ensure!(!good, "no fault: {found:?}");
    for check in OF_THE_NODE {
        is(&found, check, "ok", "", "")?;
    }
    is(&found, "endpoint", "fault", NOWHERE, "set-endpoint")?;
    let proposal = format!("amendment 1 of agreement {id}");
    let answer = format!("`counterfoil amendment answer 1 --agreement {id}`");
    is(&found, "proposals", "warning", &proposal, &answer)
}

/// Where no node listens, the doctor says that, and nothing else.
pub async fn a_port_at_which_nothing_listens_is_the_only_fault(_: SharedWorld) -> Result<()> {
    let nowhere = NOWHERE.replace("http://", "ws://");
    let shell = Shell::new(&nowhere, &Member::genesis(BANK));
    let output = shell.run(["--output", "json", "doctor"]).await?;
    ensure!(!output.success, "no fault: {}", output.stdout);
    let found: Vec<Value> = serde_json::from_str(&output.stdout)?;
    same("findings", found.len(), 1)?;
    is(&found, "connection", "fault", &nowhere, "--url")
}
