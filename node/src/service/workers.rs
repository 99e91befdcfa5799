//! The off-chain workers, on finalised blocks.

use super::partial::{Backend, Client, Pool};
use crate::finalized_blocks_for_workers::FinalizedBlocks;
use counterfoil_runtime::opaque::Block;
use sc_client_api::Backend as _;
use sc_offchain::{NetworkProvider, OffchainWorkerOptions, OffchainWorkers};
use sc_service::{Error, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// What the workers need.
pub struct Params<'a> {
    /// Runs them.
    pub task_manager: &'a TaskManager,
    /// The chain.
    pub client: Arc<Client>,
    /// Where they keep books.
    pub backend: Arc<Backend>,
    /// The keys that they sign with.
    pub keystore: KeystorePtr,
    /// Where they submit calls.
    pub pool: Arc<Pool>,
    /// What they may ask of the network.
    pub network: Arc<dyn NetworkProvider + Send + Sync>,
    /// Whether the node makes blocks.
    pub is_validator: bool,
}

/// Starts the workers. They may send HTTP requests: books are fetched so.
pub fn start(params: Params<'_>) -> Result<(), Error> {
    let spawner = params.task_manager.spawn_handle();
    let workers = OffchainWorkers::new(OffchainWorkerOptions {
        runtime_api_provider: params.client.clone(),
        keystore: Some(params.keystore),
        offchain_db: params.backend.offchain_storage(),
        transaction_pool: Some(OffchainTransactionPoolFactory::new(params.pool)),
        network_provider: params.network,
        is_validator: params.is_validator,
        enable_http_requests: true,
        custom_extensions: |_| Vec::new(),
    })?;
    let finalized = FinalizedBlocks::<_, Block>::new(params.client, spawner.clone());
    params.task_manager.spawn_handle().spawn(
        "offchain-workers-runner",
        "offchain-worker",
        workers.run(Arc::new(finalized), spawner),
    );
    Ok(())
}
