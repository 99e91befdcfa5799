//! The subscriptions for programs, by websocket.

use super::{block_of, list, of_agreement, DOCUMENT, TRADES};
use anyhow::{anyhow, ensure, Context, Result};
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    clock::day_text,
    json_schema::check,
    trades::{payments, record, recorded},
    world::{same, SharedWorld},
};
use jsonrpsee::{
    core::{client::Subscription, params::ObjectParams},
    rpc_params,
};
use serde_json::{Map, Value as Json};
use sp_core::H256;
use std::time::Duration;

/// The subscriptions of the scenario.
const ENTRIES: &str = "counterfoil_subscribeEntries";
/// See [`ENTRIES`].
const DAY: &str = "counterfoil_subscribeDay";
/// How long a notification may be away.
const PATIENCE: Duration = Duration::from_secs(120);

/// A subscriber by websocket gets each entry of its side once, in notifications as the node's document says:
/// those behind a block first, then those that become final. A subscriber of the day sees it grow. Whoever
/// comes back behind the last block of before gets what is new alone.
pub async fn a_subscriber_gets_each_final_entry_once(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let wish = Wish {
        ahead: Duration::from_secs(150),
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let document: Json = chain.request("rpc.discover", rpc_params![]).await?;
    let begun = chain.finalized().await?;
    let day_of = object([
        ("agreement", agreement.id.into()),
        ("day", day_text(agreement.day()).into()),
    ])?;
    let mut day = Watched::subscribe(chain, &document, DAY, day_of).await?;
    let empty = day.next().await?;
    same("trades at first", &empty["trades"], &Json::from(0))?;

    let requests = payments(&agreement, agreement.client(), 0..TRADES)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let trades = recorded(chain, &agreement).await?;
    let behind = |block: H256| {
        object([
            ("agreement", agreement.id.into()),
            ("side", "credit".into()),
            ("after", format!("{block:?}").into()),
        ])
    };
    let mut entries = Watched::subscribe(chain, &document, ENTRIES, behind(begun)?).await?;
    let (found, block) = entries.until(trades.len()).await?;
    for (trade, entry) in trades.iter().zip(&found) {
        let amount = trade.credit.to_string();
        same("side", &entry["debit"], &Json::Null)?;
        same(
            "amount",
            &entry["credit"]["amount"]["minor"],
            &Json::from(amount),
        )?;
    }
    while day.next().await?["trades"] != TRADES {}

    let later = payments(&agreement, agreement.client(), TRADES..TRADES + 1)?;
    record(chain, &agreement, agreement.client(), &later).await?;
    let (found, _) = entries.until(1).await?;
    same("position", &found[0]["position"], &Json::from(TRADES))?;
    let mut again = Watched::subscribe(chain, &document, ENTRIES, behind(block)?).await?;
    let (found, _) = again.until(1).await?;
    same("position", &found[0]["position"], &Json::from(TRADES))
}

/// A subscription, whose notifications are checked against the node's document.
struct Watched<'a> {
    subscription: Subscription<Json>,
    document: &'a Json,
    schema: &'a Json,
}

impl<'a> Watched<'a> {
    async fn subscribe(
        chain: &Chain,
        document: &'a Json,
        method: &str,
        params: ObjectParams,
    ) -> Result<Self> {
        let mut kinds = list(&document["x-subscriptions"])?.iter();
        let kind = kinds.find(|kind| kind["name"] == method);
        let kind = kind.with_context(|| format!("{method} is not in the node's document"))?;
        let unsubscribe = kind["unsubscribe"].as_str().context("it never ends")?;
        Ok(Self {
            subscription: chain.subscribe(method, params, unsubscribe).await?,
            document,
            schema: &kind["result"]["schema"],
        })
    }

    async fn next(&mut self) -> Result<Json> {
        let waiting = tokio::time::timeout(PATIENCE, self.subscription.next());
        let next = waiting.await.context("no notification comes")?;
        let next = next.context("the subscription ended")??;
        check(&next, self.schema, self.document).map_err(|wrong| anyhow!(wrong))?;
        Ok(next)
    }

    /// The entries of the next notifications, of which there are `count`, and the block behind which to come
    /// back.
    async fn until(&mut self, count: usize) -> Result<(Vec<Json>, H256)> {
        let mut found = Vec::new();
        loop {
            let next = self.next().await?;
            found.extend(list(&next["entries"])?.iter().cloned());
            ensure!(found.len() <= count, "{} entries, not {count}", found.len());
            if found.len() == count && next["more"] == Json::Bool(false) {
                return Ok((found, block_of(&next)?));
            }
        }
    }
}

fn object<const N: usize>(values: [(&str, Json); N]) -> Result<ObjectParams> {
    let mut named = ObjectParams::new();
    for (name, value) in values {
        named.insert(name, value)?;
    }
    Ok(named)
}

/// Each subscription of the node's document, with the example of each of its parameters, sends at once what
/// the document says.
pub async fn each_documented_subscription_is_served(
    chain: &Chain,
    document: &Json,
    agreement: &TestAgreement,
) -> Result<()> {
    for kind in list(&document["x-subscriptions"])? {
        let name = kind["name"].as_str().context("it has no name")?;
        ensure!(
            DOCUMENT.contains(&format!("\n### `{name}`\n")),
            "{name} is not in the file"
        );
        let mut params = Map::new();
        for parameter in list(&kind["params"])? {
            let taken = parameter["name"].as_str().context("it has no name")?;
            let example = parameter["schema"]["examples"][0].clone();
            params.insert(taken.to_owned(), example);
        }
        let mut named = ObjectParams::new();
        for (name, value) in of_agreement(agreement, params) {
            named.insert(&name, value)?;
        }
        let mut watched = Watched::subscribe(chain, document, name, named).await?;
        let first = watched.next().await?;
        same("agreement", &first["agreement"], &Json::from(agreement.id))?;
    }
    Ok(())
}
