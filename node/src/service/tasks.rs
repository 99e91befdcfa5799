//! What a node does beside network and consensus: telemetry, metrics, the news of the pool, JSON-RPC.
//!
//! The SDK can start all of it by one function, which lets nobody touch its own JSON-RPC methods.
//! Here each task is started by itself, so that `rpc/submit.rs` stands in for those that hand
//! transactions in.

use super::{
    partial::{Backend, Client, Hash, Pool},
    rpc_server,
};
use crate::rpc;
use counterfoil_runtime::opaque::Block;
use sc_client_api::UsageProvider;
use sc_network::service::traits::NetworkService;
use sc_network_sync::SyncingService;
use sc_network_transactions::TransactionsHandlerController;
use sc_rpc::system::Request;
use sc_service::{config::PrometheusConfig, Configuration, Error, MetricsService, TaskManager};
use sc_telemetry::{Telemetry, TelemetryHandle};
use sc_utils::mpsc::TracingUnboundedSender;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// What the tasks work on.
pub struct Params<'a> {
    /// How the node runs.
    pub config: Configuration,
    /// Takes the tasks.
    pub task_manager: &'a mut TaskManager,
    /// The chain.
    pub client: Arc<Client>,
    /// The database.
    pub backend: Arc<Backend>,
    /// The node's keys.
    pub keystore: KeystorePtr,
    /// Transactions that wait.
    pub pool: Arc<Pool>,
    /// The network.
    pub network: Arc<dyn NetworkService>,
    /// Asks the network on behalf of JSON-RPC.
    pub system: TracingUnboundedSender<Request<Block>>,
    /// Passes transactions on to peers.
    pub gossip: TransactionsHandlerController<Hash>,
    /// Fetches blocks.
    pub sync: Arc<SyncingService<Block>>,
    /// Where the node tells of itself.
    pub telemetry: Option<&'a mut Telemetry>,
    /// What our own JSON-RPC methods work on.
    pub rpc: rpc::Parts,
}

/// Starts all tasks.
pub fn start(mut params: Params<'_>) -> Result<(), Error> {
    let chain = params.client.usage_info().chain;
    sp_session::generate_initial_session_keys(
        params.client.clone(),
        chain.best_hash,
        params.config.dev_key_seed.iter().cloned().collect(),
        params.keystore.clone(),
    )
    .map_err(application)?;
    let telemetry = announce(&mut params)?;
    log::info!("📦 Highest known block at #{}", chain.best_number);
    let metrics = metrics(&params, telemetry.clone())?;
    let server = rpc_server::serve(&mut params)?;

    let Params {
        config,
        task_manager,
        client,
        pool,
        network,
        gossip,
        sync,
        ..
    } = params;
    let tasks = task_manager.spawn_handle();
    let pools = Some("transaction-pool");
    let all_blocks = config.transaction_pool.use_all_block_notifications();
    let blocks = sc_transaction_pool::notification_future(client.clone(), pool.clone(), all_blocks);
    tasks.spawn("txpool-notifications", pools, blocks);
    let imported = sc_service::propagate_transaction_notifications(pool.clone(), gossip, telemetry);
    tasks.spawn("on-transaction-imported", pools, imported);
    let figures = metrics.run(client.clone(), pool, network.clone(), sync.clone());
    tasks.spawn("telemetry-periodic-send", None, figures);
    let informant = sc_informant::build(client, network, sync);
    tasks.spawn("informant", None, informant);
    task_manager.keep_alive((config.base_path, server));
    Ok(())
}

/// Tells of the machine, in the log and to telemetry.
fn announce(params: &mut Params<'_>) -> Result<Option<TelemetryHandle>, Error> {
    let machine = sc_sysinfo::gather_sysinfo();
    sc_sysinfo::print_sysinfo(&machine);
    let Some(telemetry) = params.telemetry.as_deref_mut() else {
        return Ok(None);
    };
    let config = &params.config;
    let handle = sc_service::init_telemetry(
        config.network.node_name.clone(),
        config.impl_name.clone(),
        config.impl_version.clone(),
        config.chain_spec.name().into(),
        config.role.is_authority(),
        params.network.clone(),
        params.client.clone(),
        telemetry,
        Some(machine),
    )?;
    Ok(Some(handle))
}

/// The node's figures, for telemetry and, where it is wanted, for Prometheus.
fn metrics(
    params: &Params<'_>,
    telemetry: Option<TelemetryHandle>,
) -> Result<MetricsService, Error> {
    let config = &params.config;
    let Some(PrometheusConfig { port, registry }) = config.prometheus_config.clone() else {
        return Ok(MetricsService::new(telemetry));
    };
    let metrics = MetricsService::with_prometheus(
        telemetry,
        &registry,
        config.role,
        &config.network.node_name,
        &config.impl_version,
    )?;
    let endpoint = async move {
        // It ends where its port is taken: the log says so, and the node runs without it.
        let _ = substrate_prometheus_endpoint::init_prometheus(port, registry).await;
    };
    let tasks = params.task_manager.spawn_handle();
    tasks.spawn("prometheus-endpoint", None, endpoint);
    Ok(metrics)
}

pub(super) fn application(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Application(Box::new(error))
}
