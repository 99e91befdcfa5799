//! A connection to a node: typed reads of state, events and runtime APIs.
//!
//! All reads are of finalised state unless they say otherwise.

use crate::submit::Birth;
use anyhow::{anyhow, Context, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    envelope::birth,
    refund::RefundedPayment,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::TimingEnd,
    tree::PAGE_SIZE,
    AgreementId, BusinessDay, Moment, SideId, Trade,
};
use counterfoil_runtime::{Runtime, RuntimeEvent};
use jsonrpsee::{
    core::{
        client::{ClientT, Subscription, SubscriptionClientT},
        traits::ToRpcParams,
    },
    rpc_params,
    ws_client::{WsClient, WsClientBuilder},
};
use serde::de::DeserializeOwned;
use sp_core::H256;
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;

/// An event with the extrinsic that caused it.
pub type Event = frame_system::EventRecord<RuntimeEvent, H256>;

/// Where a block's events lie: the hashes of `System` and of `Events`, which the system pallet
/// keeps to itself and every explorer knows.
const EVENTS: [u8; 32] = [
    0x26, 0xaa, 0x39, 0x4e, 0xea, 0x56, 0x30, 0xe0, 0x7c, 0x48, 0xae, 0x0c, 0x95, 0x58, 0xce, 0xf7,
    0x80, 0xd4, 0x1e, 0x5e, 0x16, 0x05, 0x67, 0x65, 0xbc, 0x84, 0x61, 0x85, 0x10, 0x72, 0xc9, 0xd7,
];

/// A connection to a node, made anew where the node was away. Clones share it.
#[derive(Clone)]
pub struct Chain {
    client: Arc<Mutex<Arc<WsClient>>>,
    url: String,
    genesis: H256,
}

/// Bytes as JSON-RPC carries them.
pub fn to_hex(bytes: &[u8]) -> String {
    format!("0x{}", hex::encode(bytes))
}

/// Bytes that JSON-RPC carried.
pub fn from_hex(text: &str) -> Result<Vec<u8>> {
    hex::decode(text.trim_start_matches("0x")).context("not hexadecimal")
}

impl Chain {
    /// Connects to the node at `url`.
    pub async fn connect(url: &str) -> Result<Self> {
        let client = connected(url).await?;
        let genesis = client
            .request("chain_getBlockHash", rpc_params![0u32])
            .await?;
        Ok(Self {
            client: Arc::new(Mutex::new(Arc::new(client))),
            url: url.into(),
            genesis,
        })
    }

    /// Where the node answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The chain's first block.
    pub fn genesis(&self) -> H256 {
        self.genesis
    }

    async fn client(&self) -> Result<Arc<WsClient>> {
        let mut client = self.client.lock().await;
        if !client.is_connected() {
            *client = Arc::new(connected(&self.url).await?);
        }
        Ok(client.clone())
    }

    /// Calls a JSON-RPC method.
    pub async fn request<T: DeserializeOwned>(
        &self,
        method: &str,
        params: impl ToRpcParams + Send,
    ) -> Result<T> {
        self.client()
            .await?
            .request(method, params)
            .await
            .map_err(|error| anyhow!("{method} at {}: {error}", self.url))
    }

    /// Watches a transaction.
    pub async fn watch(&self, transaction: &[u8]) -> Result<Subscription<serde_json::Value>> {
        self.client()
            .await?
            .subscribe(
                "author_submitAndWatchExtrinsic",
                rpc_params![to_hex(transaction)],
                "author_unwatchExtrinsic",
            )
            .await
            .map_err(|error| anyhow!("{error}"))
    }

    /// Subscribes by a method of the node's own; `unsubscribe` ends it.
    pub async fn subscribe(
        &self,
        method: &str,
        params: impl ToRpcParams + Send,
        unsubscribe: &str,
    ) -> Result<Subscription<serde_json::Value>> {
        self.client()
            .await?
            .subscribe(method, params, unsubscribe)
            .await
            .map_err(|error| anyhow!("{method} at {}: {error}", self.url))
    }

    /// Submits a transaction; returns its hash.
    pub async fn submit(&self, transaction: &[u8]) -> Result<H256> {
        self.client()
            .await?
            .request("author_submitExtrinsic", rpc_params![to_hex(transaction)])
            .await
            .map_err(|error| anyhow!("{error}"))
    }

    /// The last finalised block.
    pub async fn finalized(&self) -> Result<H256> {
        self.request("chain_getFinalizedHead", rpc_params![]).await
    }

    /// The last finalised block's number.
    pub async fn finalized_number(&self) -> Result<u32> {
        let head = self.finalized().await?;
        self.number(head).await
    }

    /// The best block's number.
    pub async fn best_number(&self) -> Result<u32> {
        let header: serde_json::Value = self.request("chain_getHeader", rpc_params![]).await?;
        number_of(&header)
    }

    /// A block's number.
    pub async fn number(&self, block: H256) -> Result<u32> {
        let header: serde_json::Value = self.request("chain_getHeader", rpc_params![block]).await?;
        number_of(&header)
    }

    /// The block to which a transaction is bound that is signed now.
    pub async fn birth(&self) -> Result<Birth> {
        let finalized = self.finalized_number().await?;
        let best = self.best_number().await?;
        let number = birth(best.into(), finalized.into());
        let hash = self.block_hash(number as u32).await?;
        Ok(Birth { number, hash })
    }

    /// The hash of a block by its number.
    pub async fn block_hash(&self, number: u32) -> Result<H256> {
        self.request("chain_getBlockHash", rpc_params![number])
            .await
    }

    /// The transactions of a block, as bytes.
    pub async fn transactions(&self, block: H256) -> Result<Vec<Vec<u8>>> {
        let answer: serde_json::Value = self.request("chain_getBlock", rpc_params![block]).await?;
        let list = answer["block"]["extrinsics"]
            .as_array()
            .ok_or_else(|| anyhow!("no block {block:?}"))?;
        list.iter()
            .map(|text| from_hex(text.as_str().unwrap_or_default()))
            .collect()
    }

    /// A storage value at a block.
    pub async fn storage_at<T: Decode>(&self, key: &[u8], block: H256) -> Result<Option<T>> {
        let found: Option<String> = self
            .request("state_getStorage", rpc_params![to_hex(key), block])
            .await?;
        found
            .map(|text| Ok(T::decode(&mut &from_hex(&text)?[..])?))
            .transpose()
    }

    /// A storage value.
    pub async fn storage<T: Decode>(&self, key: &[u8]) -> Result<Option<T>> {
        self.storage_at(key, self.finalized().await?).await
    }

    /// The events of a block.
    pub async fn events(&self, block: H256) -> Result<Vec<Event>> {
        let events = self.storage_at(&EVENTS, block).await?;
        Ok(events.unwrap_or_default())
    }

    /// The events of all finalised blocks above `number`.
    pub async fn events_since(&self, number: u32) -> Result<Vec<RuntimeEvent>> {
        let mut events = Vec::new();
        for number in number + 1..=self.finalized_number().await? {
            let block = self.block_hash(number).await?;
            events.extend(self.events(block).await?.into_iter().map(|e| e.event));
        }
        Ok(events)
    }

    /// The time of the last finalised block.
    pub async fn now(&self) -> Result<Moment> {
        let now = self
            .storage(&pallet_timestamp::Now::<Runtime>::hashed_key())
            .await?;
        now.ok_or_else(|| anyhow!("the chain has no time yet"))
    }

    /// The best block.
    pub async fn best(&self) -> Result<H256> {
        self.request("chain_getBlockHash", rpc_params![]).await
    }

    /// Calls a runtime API.
    pub async fn runtime_api<T: Decode>(&self, method: &str, arguments: &impl Encode) -> Result<T> {
        let block = self.finalized().await?;
        self.runtime_api_at(method, arguments, block).await
    }

    /// Calls a runtime API on the state of a block.
    pub async fn runtime_api_at<T: Decode>(
        &self,
        method: &str,
        arguments: &impl Encode,
        block: H256,
    ) -> Result<T> {
        let answer: String = self
            .request(
                "state_call",
                rpc_params![method, to_hex(&arguments.encode()), block],
            )
            .await?;
        T::decode(&mut &from_hex(&answer)?[..]).with_context(|| format!("answer of {method}"))
    }

    /// A day of an agreement.
    pub async fn day(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<DaySummary>> {
        self.runtime_api("CounterfoilApi_day", &(agreement, day))
            .await
    }

    /// A day of an agreement as the best block shows it, which may be on a fork.
    pub async fn day_at_best(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<DaySummary>> {
        let best = self.best().await?;
        self.runtime_api_at("CounterfoilApi_day", &(agreement, day), best)
            .await
    }

    /// What is owed for the settlement period of a day; `None` while no day of the period is reconciled.
    pub async fn obligation(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<ObligationView>> {
        self.runtime_api("CounterfoilApi_obligation", &(agreement, day))
            .await
    }

    /// What is owed for the settlement period of a day as the best block shows it, which may be on a fork.
    pub async fn obligation_at_best(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<ObligationView>> {
        let best = self.best().await?;
        self.runtime_api_at("CounterfoilApi_obligation", &(agreement, day), best)
            .await
    }

    /// The proven breaks of a side.
    pub async fn breaks(&self, side_id: SideId) -> Result<BreakList> {
        let mut breaks = BreakList::default();
        let parts: Vec<BreakList> = self.parts("CounterfoilApi_breaks", side_id).await?;
        for part in parts {
            breaks.slots.extend(part.slots);
            breaks.extras.extend(part.extras);
        }
        Ok(breaks)
    }

    /// The ends of timing differences among the proven breaks of a side.
    pub async fn timing_differences(&self, side_id: SideId) -> Result<Vec<TimingEnd>> {
        let method = "CounterfoilApi_timing_differences";
        let parts: Vec<Vec<TimingEnd>> = self.parts(method, side_id).await?;
        Ok(parts.concat())
    }

    /// The answers of a method on the breaks of a side, each of which says where the next one begins.
    async fn parts<Part: Decode>(&self, method: &str, side_id: SideId) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        let mut next = Some(0u32);
        while let Some(from) = next {
            // Encoded, the id is an agreement, a day and a side.
            let (part, then): (Part, Option<u32>) =
                self.runtime_api(method, &(side_id, from)).await?;
            parts.push(part);
            next = then;
        }
        Ok(parts)
    }

    /// All trades of a day, by position.
    pub async fn trades(&self, agreement: AgreementId, day: BusinessDay) -> Result<Vec<Trade>> {
        self.trades_at(agreement, day, self.finalized().await?)
            .await
    }

    /// All trades of a day, by position, as a block shows them.
    pub async fn trades_at(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        block: H256,
    ) -> Result<Vec<Trade>> {
        let mut trades = Vec::new();
        for page in 0u32.. {
            let mut found: Vec<Trade> = self
                .runtime_api_at("CounterfoilApi_trades", &(agreement, day, page), block)
                .await?;
            if found.is_empty() {
                break;
            }
            trades.append(&mut found);
        }
        Ok(trades)
    }

    /// The refunds among the first `trades` positions of a day, each with its payment.
    pub async fn refunded_payments(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        trades: usize,
    ) -> Result<Vec<RefundedPayment>> {
        let mut refunds = Vec::new();
        for page in 0..trades.div_ceil(PAGE_SIZE as usize) as u32 {
            let mut found: Vec<RefundedPayment> = self
                .runtime_api("CounterfoilApi_refunded_payments", &(agreement, day, page))
                .await?;
            refunds.append(&mut found);
        }
        Ok(refunds)
    }
}

async fn connected(url: &str) -> Result<WsClient> {
    Ok(WsClientBuilder::default()
        .request_timeout(Duration::from_secs(120))
        .max_request_size(64 << 20)
        .max_response_size(64 << 20)
        .build(url)
        .await?)
}

fn number_of(header: &serde_json::Value) -> Result<u32> {
    let text = header["number"]
        .as_str()
        .ok_or_else(|| anyhow!("no such block"))?;
    Ok(u32::from_str_radix(text.trim_start_matches("0x"), 16)?)
}
