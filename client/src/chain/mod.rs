//! A member's connection to a node.
//!
//! Types come from the primitives. A call is looked up in the node's metadata by its pallet's and its own
//! name; what is on chain is read through the runtime API; and what travels is SCALE. Nothing is signed for a
//! runtime of another transaction version than this release was built for, and none of another API version is
//! read.
//!
//! | module | what it holds |
//! |---|---|
//! | [`read`] | the state of a block: runtime APIs by method, the SDK's storage by name |
//! | [`views`] | members, agreements, terms, days and breaks |
//! | `trades_of_day` | trades, their links, and refunds |
//! | `amendments` | proposals of amendments, and the payments that they recorded |
//! | `obligations` | what is owed for settlement periods, and what became of it |
//! | `window` | which of a client's sequences are used |
//! | [`call`] | calls by name |
//! | [`interfaces`] | whether this release was built for a runtime's calls and its API |
//! | [`envelope`] | what a call is signed with |
//! | [`submit`] | sending calls, and following them to finality |
//! | [`events`] | what happened |
//! | `failed_records` | records of one trade that failed |
//! | [`session_keys`] | the keys by which a member's node makes and finalises blocks |
//! | [`own_book`] | a party's own book on its own node |
//! | `party_book` | a party's book from the party's node, verified |
//! | `reconnect` | a connection that is made again when it breaks |

mod amendments;
pub mod call;
pub mod envelope;
pub mod events;
mod failed_records;
pub mod interfaces;
mod obligations;
pub mod own_book;
mod party_book;
pub mod read;
mod reconnect;
pub mod session_keys;
pub mod submit;
mod trades_of_day;
pub mod views;
mod window;

pub(crate) use party_book::{nonce, read_answer};

use crate::error::{innermost, Error, Explain, Result};
use codec::Decode;
use reconnect::Reconnecting;
use sp_core::H256;
use std::sync::Arc;
use subxt::{
    backend::LegacyBackend,
    config::RpcConfigFor,
    metadata::ArcMetadata,
    rpcs::{methods::LegacyRpcMethods, RpcClient},
    OnlineClient,
};

/// The chain's shapes, as subxt names them.
pub type Config = subxt::SubstrateConfig;

/// Where a node answers unless another place is named.
pub const DEFAULT_URL: &str = "ws://127.0.0.1:9944";

/// A connection to a node. Clones share it.
#[derive(Clone)]
pub struct Chain {
    rpc: RpcClient,
    methods: LegacyRpcMethods<RpcConfigFor<Config>>,
    client: OnlineClient<Config>,
    metadata: ArcMetadata,
    genesis: H256,
    url: String,
}

impl Chain {
    /// Connects to the node at `url` (`ws://` or `wss://`) and reads its metadata. A connection that
    /// breaks later is made again.
    pub async fn connect(url: &str) -> Result<Self> {
        let rpc = Reconnecting::to(url).await.map_err(|error| Error::NoNode {
            url: url.into(),
            source: innermost(error).into(),
        })?;
        let rpc = RpcClient::new(rpc);
        let backend = LegacyBackend::<Config>::builder().build(rpc.clone());
        let client = OnlineClient::from_backend(Arc::new(backend))
            .await
            .of_node(format!("the node at {url} does not tell its genesis"))?;
        let metadata = client
            .at_current_block()
            .await
            .of_node(format!("the node at {url} does not give its metadata"))?
            .metadata();
        Ok(Self {
            methods: LegacyRpcMethods::new(rpc.clone()),
            genesis: H256(client.genesis_hash().0),
            url: url.into(),
            rpc,
            client,
            metadata,
        })
    }

    /// The hash of the chain's first block: which chain this is.
    pub const fn genesis(&self) -> H256 {
        self.genesis
    }

    /// Where the node answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the node's runtime consists of.
    pub(crate) const fn metadata(&self) -> &ArcMetadata {
        &self.metadata
    }

    /// A constant of a pallet of the node's runtime.
    pub fn constant<V: Decode>(&self, pallet: &str, name: &str) -> Result<V> {
        let what = format!("constant {pallet}.{name}");
        let constant = self
            .metadata
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.constant_by_name(name))
            .ok_or_else(|| Error::Absent(what.clone()))?;
        V::decode(&mut constant.value()).of_shape(what)
    }

    /// For methods that this client does not wrap.
    pub const fn rpc(&self) -> &RpcClient {
        &self.rpc
    }
}
