//! The node put together.
//!
//! | module | what it holds |
//! |---|---|
//! | [`partial`] | database, keystore, pool and import queue: what every command needs |
//! | [`consensus`] | the making and the finalising of blocks |
//! | [`workers`] | the off-chain workers, on finalised blocks |
//! | [`rpc_server`] | the JSON-RPC servers and their connections |
//! | [`tasks`] | telemetry, metrics, the news of the pool |

mod consensus;
pub mod partial;
mod rpc_server;
mod tasks;
mod workers;

use crate::{
    books_in_database::Books,
    development_keys,
    ledger_copies::{Imports, Ledgers},
    rpc,
};
use counterfoil_runtime::opaque::Block;
use parking_lot::Mutex;
use partial::{Hash, Parts};
use sc_client_api::{Backend as _, BlockchainEvents};
use sc_network::{config::FullNetworkConfiguration, NetworkBackend};
use sc_service::{BuildNetworkParams, Configuration, Error, TaskManager, WarpSyncConfig};
use std::sync::Arc;

/// Starts a node; it runs as long as the returned tasks do.
pub fn run<Network: NetworkBackend<Block, Hash>>(
    mut config: Configuration,
) -> Result<TaskManager, Error> {
    let Parts {
        client,
        backend,
        mut task_manager,
        import_queue,
        keystore_container,
        select_chain,
        transaction_pool,
        other: (grandpa_block_import, grandpa_link, mut telemetry),
    } = partial::new(&mut config)?;
    let keystore = keystore_container.keystore();
    development_keys::insert_operators(&config, &keystore)
        .map_err(|error| Error::Application(Box::new(error)))?;
    let (books, ledgers) = open_books(&config, &backend)?;

    let mut net_config = FullNetworkConfiguration::<Block, Hash, Network>::new(
        &config.network,
        config.prometheus_registry().cloned(),
    );
    let metrics = Network::register_notification_metrics(config.prometheus_registry());
    let genesis = client.chain_info().genesis_hash;
    let grandpa_protocol =
        sc_consensus_grandpa::protocol_standard_name(&genesis, &config.chain_spec);
    let (grandpa_network, grandpa_notifications) =
        sc_consensus_grandpa::grandpa_peers_set_config::<_, Network>(
            grandpa_protocol.clone(),
            metrics.clone(),
            net_config.peer_store_handle(),
        );
    net_config.add_notification_protocol(grandpa_network);
    let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
        backend.clone(),
        grandpa_link.shared_authority_set().clone(),
        Vec::new(),
    ));
    let (network, system_rpc_tx, tx_handler_controller, sync_service, _) =
        sc_service::build_network(BuildNetworkParams {
            config: &config,
            net_config,
            client: client.clone(),
            transaction_pool: transaction_pool.clone(),
            spawn_handle: task_manager.spawn_handle(),
            spawn_essential_handle: task_manager.spawn_essential_handle(),
            import_queue,
            block_announce_validator_builder: None,
            warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
            block_relay: None,
            metrics,
            gap_sync_body_policy: None,
        })?;

    if config.offchain_worker.enabled {
        workers::start(workers::Params {
            task_manager: &task_manager,
            client: client.clone(),
            backend: backend.clone(),
            keystore: keystore.clone(),
            pool: transaction_pool.clone(),
            network: Arc::new(network.clone()),
            is_validator: config.role.is_authority(),
        })?;
    }

    let consensus = consensus::Params {
        role: config.role,
        name: config.network.node_name.clone(),
        force_authoring: config.force_authoring,
        finalizes: !config.disable_grandpa,
        prometheus: config.prometheus_registry().cloned(),
        client: client.clone(),
        pool: transaction_pool.clone(),
        keystore: keystore.clone(),
        select_chain,
        network: network.clone(),
        sync: sync_service.clone(),
        grandpa_block_import,
        grandpa_link,
        grandpa_protocol,
        grandpa_notifications,
        telemetry: telemetry.as_ref().map(|telemetry| telemetry.handle()),
    };

    let imports: Imports<_> = Arc::new(Mutex::new(books.clone()));
    task_manager.spawn_handle().spawn_blocking(
        "ledger-copies",
        None,
        ledgers
            .clone()
            .keep_healing(imports.clone(), client.finality_notification_stream()),
    );
    let rpc_parts = rpc::Parts {
        client: client.clone(),
        pool: transaction_pool.clone(),
        keystore: keystore.clone(),
        nonces: rpc::nonces(&books),
        books,
        imports,
        ledgers,
    };
    tasks::start(tasks::Params {
        config,
        task_manager: &mut task_manager,
        client,
        backend,
        keystore,
        pool: transaction_pool,
        network,
        system: system_rpc_tx,
        gossip: tx_handler_controller,
        sync: sync_service,
        telemetry: telemetry.as_mut(),
        rpc: rpc_parts,
    })?;

    consensus::start(&task_manager, consensus)?;
    Ok(task_manager)
}

/// Opens the party's books, and puts back what a crash took of its ledger imports.
fn open_books(
    config: &Configuration,
    backend: &partial::Backend,
) -> Result<(Books<partial::OffchainDb>, Ledgers), Error> {
    let storage = backend
        .offchain_storage()
        .ok_or_else(|| Error::Other("the database has no room for off-chain workers".into()))?;
    let mut books = Books::new(storage);
    let chain = config.base_path.config_dir(config.chain_spec.id());
    let ledgers = Ledgers::new(chain.join("ledgers"));
    let restored = ledgers.restore(&mut books)?;
    if restored > 0 {
        log::info!("Restored {restored} ledger imports from their copies");
    }
    Ok((books, ledgers))
}
