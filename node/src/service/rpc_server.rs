//! The JSON-RPC servers: their threads, the limit of their connections, and the methods that they answer.

use super::tasks::{application, Params};
use crate::rpc;
use sc_rpc::system::SystemInfo;
use sc_rpc_server::{create_rpc_runtime, RpcSpawnHandle, Server};
use sc_rpc_spec_v2::transaction::TransactionMetrics;
use sc_service::{Error, PruningMode};
use std::sync::Arc;

/// Starts the JSON-RPC servers, on threads of their own.
pub fn serve(params: &mut Params<'_>) -> Result<Server, Error> {
    let ids = params.config.rpc.id_provider.take();
    let config = &params.config;
    let threads = create_rpc_runtime(config.rpc.max_connections).map_err(application)?;
    let keeps_states = config
        .state_pruning
        .as_ref()
        .is_some_and(PruningMode::is_archive);
    let methods = rpc::sdk::Parts {
        executor: Arc::new(RpcSpawnHandle::new(threads.handle().clone())),
        client: params.client.clone(),
        backend: params.backend.clone(),
        pool: params.pool.clone(),
        keystore: params.keystore.clone(),
        info: SystemInfo {
            impl_name: config.impl_name.clone(),
            impl_version: config.impl_version.clone(),
            chain_name: config.chain_spec.name().into(),
            properties: config.chain_spec.properties(),
            chain_type: config.chain_spec.chain_type(),
        },
        system: params.system.clone(),
        is_archive: keeps_states && config.blocks_pruning.is_archive(),
        metrics: config
            .prometheus_registry()
            .map(TransactionMetrics::new)
            .transpose()?,
        sync: params.sync.clone(),
    };
    let mut module = rpc::sdk::module(methods).map_err(application)?;
    let own = rpc::module(params.rpc.clone())?;
    module.merge(own).map_err(application)?;
    sc_service::start_rpc_servers(
        &config.rpc,
        config.prometheus_registry(),
        &config.tokio_handle,
        module,
        threads,
        ids,
    )
}
