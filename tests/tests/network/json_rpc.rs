//! The JSON-RPC methods for programs, on nodes, as `docs/json-rpc.md` shows them.

mod subscriptions;

pub use subscriptions::a_subscriber_gets_each_final_entry_once;

use anyhow::{anyhow, ensure, Context, Result};
use counterfoil_primitives::{
    summary::{BreakList, DaySummary},
    tree::PAGE_SIZE,
    Side, Source, Trade,
};
use counterfoil_tests::world::{same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    cli::Shell,
    clock::day_text,
    json_schema::check,
    ledger::{confirm, import, right_ledger},
    trades::{payments, record, recorded},
};
use jsonrpsee::{core::params::ObjectParams, rpc_params};
use serde_json::{Map, Value as Json};
use sp_core::H256;
use std::{collections::BTreeSet, time::Duration};

/// The document.
const DOCUMENT: &str = include_str!("../../../docs/json-rpc.md");
/// What stands before a request in the document: the end of the line of its `curl`.
const BEFORE: &str = " -d '\n";
/// More trades than a page has.
const TRADES: u64 = PAGE_SIZE as u64 + 44;

/// Each documented request of a method has an answer of a node as the node's own document says, and that
/// shows what the chain has; what a stranger asks for wrongly is refused with its name.
pub async fn each_documented_request_is_answered_as_the_document_says(
    world: SharedWorld,
) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let agreement = a_day_with_a_break(shared.company(), chain).await?;
    let document: Json = chain.request("rpc.discover", rpc_params![]).await?;
    let mut asked = BTreeSet::new();
    for (method, params) in requests()? {
        let answer = ask(chain, &method, of_agreement(&agreement, params)).await?;
        let schema = schema_of(&document, &method)?;
        check(&answer, schema, &document).map_err(|wrong| anyhow!("{method}: {wrong}"))?;
        asked.insert(method);
    }
    let methods = list(&document["methods"])?;
    let documented = methods.iter().filter_map(|method| method["name"].as_str());
    same(
        "methods of the node's document and of the file",
        documented.map(str::to_owned).collect(),
        asked,
    )?;
    subscriptions::each_documented_subscription_is_served(chain, &document, &agreement).await?;
    a_day_is_as_the_chain_has_it(chain, &agreement).await?;
    all_trades_are_on_the_pages_of_one_block(chain, &agreement).await?;
    the_break_is_shown(chain, &agreement).await?;
    the_break_is_to_be_corrected(chain, &agreement).await?;
    the_proposal_waits_for_its_answers(chain, &agreement).await?;
    what_is_not_there_is_refused(chain, &agreement).await
}

async fn the_break_is_to_be_corrected(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let day = day_text(agreement.day());
    let asked = rpc_params![agreement.id, day, "debit"];
    let answer: Json = chain.request("counterfoil_corrections", asked).await?;
    same("count", &answer["count"], &Json::from(1))?;
    let correction = &answer["corrections"][0];
    same("action", &correction["action"], &Json::from("book"))?;
    same("booked", &correction["booked"], &Json::Null)
}

/// The client's proposal to cancel a trade waits for bank and company, and is shown with day and trade.
async fn the_proposal_waits_for_its_answers(
    chain: &Chain,
    agreement: &TestAgreement,
) -> Result<()> {
    let waiting: Json = chain
        .request("counterfoil_waiting", rpc_params![agreement.id])
        .await?;
    let awaited = list(&waiting["proposals"][0]["awaited"])?;
    same("members awaited", awaited.len(), 2)?;
    let day = rpc_params![agreement.id, day_text(agreement.day())];
    let day: Json = chain.request("counterfoil_day", day).await?;
    same("amendments", &day["amendments"], &serde_json::json!([1]))?;
    let named: Json = chain
        .request("counterfoil_proposalTrades", rpc_params![agreement.id, 1])
        .await?;
    same(
        "named",
        &named["named"][0]["trade"]["position"],
        &Json::from(1),
    )
}

/// A settled day of more than a page of trades, of which the company's ledger lacks the first; its client
/// has proposed to cancel the second.
async fn a_day_with_a_break(company: &Chain, chain: &Chain) -> Result<TestAgreement> {
    let wish = Wish {
        debit_source: Source::Ledger,
        ahead: Duration::from_secs(90),
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let requests = payments(&agreement, agreement.client(), 0..TRADES)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let trades = recorded(chain, &agreement).await?;
    let lines = right_ledger(&trades[1..], Side::Debit);
    import(company, &agreement, Side::Debit, &lines).await?;
    confirm(company, &agreement, Side::Debit, &lines).await?;
    settled(chain, &agreement).await?;
    let (day, id) = (day_text(agreement.day()), agreement.id.to_string());
    let cancel = ["amendment", "propose", "cancel", "--ground", "not_paid"];
    let which = [
        "--day",
        &day,
        "--agreement",
        &id,
        "--positions",
        "1",
        "--yes",
    ];
    let client = Shell::new(chain.url(), agreement.client());
    client.must(cancel.iter().chain(&which)).await?;
    Ok(agreement)
}

/// The documented requests of methods, each with its parameters.
fn requests() -> Result<Vec<(String, Map<String, Json>)>> {
    let (_, methods) = DOCUMENT
        .split_once("\n## Methods\n")
        .context("the document has no methods")?;
    let requests = methods.split(BEFORE).skip(1);
    let read = requests.map(|rest| {
        let (request, _) = rest.split_once('\'').context("a request has no end")?;
        let request: Json = serde_json::from_str(request)?;
        let method = request["method"]
            .as_str()
            .context("a request has no method")?;
        let params = request["params"].as_object().cloned();
        Ok((method.to_owned(), params.unwrap_or_default()))
    });
    read.collect()
}

/// Documented parameters, of the scenario's agreement and day where they name one.
fn of_agreement(agreement: &TestAgreement, mut params: Map<String, Json>) -> Map<String, Json> {
    let own = [
        ("agreement", Json::from(agreement.id)),
        ("day", Json::from(day_text(agreement.day()))),
    ];
    for (name, value) in own {
        if let Some(documented) = params.get_mut(name) {
            *documented = value;
        }
    }
    params
}

async fn ask(chain: &Chain, method: &str, params: Map<String, Json>) -> Result<Json> {
    let mut named = ObjectParams::new();
    for (name, value) in params {
        named.insert(&name, value)?;
    }
    chain.request(method, named).await
}

fn list(value: &Json) -> Result<&Vec<Json>> {
    value
        .as_array()
        .with_context(|| format!("no list: {value}"))
}

/// The schema of a method's answer in the node's document.
fn schema_of<'a>(document: &'a Json, method: &str) -> Result<&'a Json> {
    let mut methods = list(&document["methods"])?.iter();
    let found = methods.find(|documented| documented["name"] == method);
    let found = found.with_context(|| format!("{method} is not in the node's document"))?;
    Ok(&found["result"]["schema"])
}

/// The block that an answer is of.
fn block_of(answer: &Json) -> Result<H256> {
    Ok(serde_json::from_value(answer["block"]["hash"].clone())?)
}

async fn a_day_is_as_the_chain_has_it(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let place = (agreement.id, agreement.day());
    // By position: the other requests give their parameters by name.
    let by_position = rpc_params![agreement.id, day_text(agreement.day())];
    let answer: Json = chain.request("counterfoil_day", by_position).await?;
    let block = block_of(&answer)?;
    let day: Option<DaySummary> = chain
        .runtime_api_at("CounterfoilApi_day", &place, block)
        .await?;
    let day = day.context("there is the day")?;
    same("trades", &answer["trades"], &Json::from(day.trades))?;
    let gross = day.payments.gross.to_string();
    same(
        "gross",
        &answer["payments"]["gross"]["minor"],
        &Json::from(gross),
    )?;
    let owed = day.obligation.map(|owed| owed.to_string());
    same(
        "obligation",
        &answer["obligation"]["minor"],
        &Json::from(owed),
    )?;
    let breaks = day.debit.status.breaks();
    same("breaks", &answer["debit"]["breaks"], &Json::from(breaks))?;
    let number = chain.number(block).await?;
    same("block", &answer["block"]["number"], &Json::from(number))
}

async fn all_trades_are_on_the_pages_of_one_block(
    chain: &Chain,
    agreement: &TestAgreement,
) -> Result<()> {
    let day = day_text(agreement.day());
    let first: Json = chain
        .request("counterfoil_trades", rpc_params![agreement.id, &day])
        .await?;
    let block = block_of(&first)?;
    let second: Json = chain
        .request(
            "counterfoil_trades",
            rpc_params![agreement.id, &day, 1, block],
        )
        .await?;
    same("block", block_of(&second)?, block)?;
    for (page, answer) in [(0_u32, &first), (1, &second)] {
        let place = (agreement.id, agreement.day(), page);
        let trades: Vec<Trade> = chain
            .runtime_api_at("CounterfoilApi_trades", &place, block)
            .await?;
        let ids: Vec<String> = trades
            .iter()
            .map(|trade| format!("{}/{}", trade.id.client, trade.id.sequence))
            .collect();
        let shown = list(&answer["trades"])?;
        let shown: Vec<&str> = shown
            .iter()
            .filter_map(|trade| trade["id"].as_str())
            .collect();
        ensure!(shown == ids, "page {page} has {shown:?}, not {ids:?}");
    }
    same("count", &second["count"], &Json::from(TRADES))
}

async fn the_break_is_shown(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let day = day_text(agreement.day());
    let answer: Json = chain
        .request(
            "counterfoil_breaks",
            rpc_params![agreement.id, day, "debit"],
        )
        .await?;
    let breaks: BreakList = chain.breaks(agreement.side_id(Side::Debit)).await?;
    same("breaks of slots", breaks.slots.len(), 1)?;
    let slot = &answer["slots"][0];
    same("position", &slot["position"], &Json::from(0))?;
    same("cause", &slot["cause"], &Json::from("missing"))?;
    let right = breaks.slots[0].right.amount.to_string();
    same(
        "right",
        &slot["right"]["amount"]["minor"],
        &Json::from(right),
    )
}

async fn what_is_not_there_is_refused(chain: &Chain, agreement: &TestAgreement) -> Result<()> {
    let far = rpc_params![agreement.id, "2999-12-31"];
    let unwritten = rpc_params![agreement.id, "yesterday"];
    // The client prints a code that JSON-RPC itself defines by its name.
    for (params, code) in [(far, "8004"), (unwritten, "InvalidParams")] {
        let asked: Result<Json> = chain.request("counterfoil_day", params).await;
        let error = asked
            .err()
            .context("a day that is not there has an answer")?;
        let error = format!("{error:#}");
        let is_named = error.contains(code) && error.contains("day");
        ensure!(is_named, "another error than {code}: {error}");
    }
    Ok(())
}
