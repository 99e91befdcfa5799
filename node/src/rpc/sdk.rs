//! The SDK's own JSON-RPC methods.

use super::submit;
use crate::service::partial::{Backend, Client, Pool};
use counterfoil_runtime::opaque::Block;
use jsonrpsee::{core::RegisterMethodError, RpcModule};
use sc_chain_spec::Properties;
use sc_client_api::Backend as _;
use sc_rpc::{
    author::{Author, AuthorApiServer},
    chain::ChainApiServer,
    offchain::{Offchain, OffchainApiServer},
    state::{ChildStateApiServer, StateApiServer},
    system::{Request, System, SystemApiServer, SystemInfo},
    SubscriptionTaskExecutor,
};
use sc_rpc_spec_v2::{
    archive::{Archive, ArchiveApiServer},
    bitswap::{Bitswap, BitswapApiServer},
    chain_head::{ChainHead, ChainHeadApiServer, ChainHeadConfig},
    chain_spec::{ChainSpec, ChainSpecApiServer},
    transaction::{
        Transaction, TransactionApiServer, TransactionBroadcast, TransactionBroadcastApiServer,
        TransactionMetrics,
    },
};
use sc_utils::mpsc::TracingUnboundedSender;
use sp_blockchain::HeaderBackend;
use sp_consensus::SyncOracle;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// Transactions that one connection may have broadcast at a time.
const MAX_BROADCASTS: usize = 16;

/// What the methods work on.
pub struct Parts {
    /// Runs what subscribers wait for.
    pub executor: SubscriptionTaskExecutor,
    /// The chain.
    pub client: Arc<Client>,
    /// The database.
    pub backend: Arc<Backend>,
    /// Transactions that wait.
    pub pool: Arc<Pool>,
    /// The node's keys.
    pub keystore: KeystorePtr,
    /// What the node is called, and its chain.
    pub info: SystemInfo,
    /// Asks the network.
    pub system: TracingUnboundedSender<Request<Block>>,
    /// Whether the states and bodies of all blocks are kept.
    pub is_archive: bool,
    /// Counts watched transactions.
    pub metrics: Option<TransactionMetrics>,
    /// Whether blocks are still being fetched.
    pub sync: Arc<dyn SyncOracle + Send + Sync>,
}

/// All methods of the SDK. Those that hand a transaction in are replaced by [`submit`].
pub fn module(parts: Parts) -> Result<RpcModule<()>, RegisterMethodError> {
    let Parts {
        executor,
        client,
        backend,
        pool,
        keystore,
        info,
        system,
        is_archive,
        metrics,
        sync,
    } = parts;
    let genesis = client.info().genesis_hash;
    let properties: Properties = info.properties.clone();
    let name = info.chain_name.clone();
    let (state, child_state) =
        sc_rpc::state::new_full::<_, Block, _>(client.clone(), executor.clone(), None);
    let author = Author::new(client.clone(), pool.clone(), keystore, executor.clone());

    let mut module = RpcModule::new(());
    module
        .merge(sc_rpc::chain::new_full::<Block, _>(client.clone(), executor.clone()).into_rpc())?;
    module.merge(state.into_rpc())?;
    module.merge(child_state.into_rpc())?;
    module.merge(System::new(info, system).into_rpc())?;
    if let Some(storage) = backend.offchain_storage() {
        module.merge(Offchain::new(storage).into_rpc())?;
    }
    module.merge(author.into_rpc())?;
    submit::replace(&mut module, pool.clone(), client.clone(), executor.clone())?;

    let watched = Transaction::new(client.clone(), pool.clone(), executor.clone(), metrics);
    module.merge(watched.into_rpc())?;
    let broadcast =
        TransactionBroadcast::new(client.clone(), pool, executor.clone(), MAX_BROADCASTS);
    module.merge(broadcast.into_rpc())?;
    let head = ChainHead::<_, Block, _>::new(
        client.clone(),
        backend.clone(),
        executor.clone(),
        ChainHeadConfig::default(),
    );
    module.merge(head.into_rpc())?;
    if is_archive {
        module.merge(
            Archive::<_, Block, _>::new(client.clone(), backend, genesis, executor).into_rpc(),
        )?;
    }
    module.merge(ChainSpec::new(name, genesis, properties).into_rpc())?;
    module.merge(Bitswap::<Block, _>::new(client, sync).into_rpc())?;
    Ok(module)
}
