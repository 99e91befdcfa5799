//! What every command needs of a node: database, keystore, pool and import queue.

use super::consensus::JUSTIFICATION_PERIOD;
use crate::pruning;
use counterfoil_runtime::{opaque::Block, RuntimeApi};
use sc_consensus_aura::ImportQueueParams;
use sc_executor::WasmExecutor;
use sc_service::{Configuration, Error, TFullBackend, TFullClient};
use sc_telemetry::{Telemetry, TelemetryWorker};
use sp_consensus_aura::{
    inherents::InherentDataProvider as SlotProvider, sr25519::AuthorityPair as AuraPair,
    SlotDuration,
};
use sp_runtime::traits::Block as BlockT;
use sp_timestamp::InherentDataProvider as TimeProvider;
use std::sync::Arc;

/// A block's hash.
pub type Hash = <Block as BlockT>::Hash;
/// The chain.
pub type Client = TFullClient<Block, RuntimeApi, WasmExecutor<sp_io::SubstrateHostFunctions>>;
/// The database.
pub type Backend = TFullBackend<Block>;
/// The part of the database that off-chain workers write.
pub type OffchainDb = <Backend as sc_client_api::Backend<Block>>::OffchainStorage;
/// Which of several chains is best.
pub type SelectChain = sc_consensus::LongestChain<Backend, Block>;
/// Transactions that wait.
pub type Pool = sc_transaction_pool::TransactionPoolHandle<Block, Client>;
/// Imports blocks and watches their finality.
pub type GrandpaBlockImport =
    sc_consensus_grandpa::GrandpaBlockImport<Backend, Block, Client, SelectChain>;
/// Ties the finality voter to the block import.
pub type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, Client, SelectChain>;

/// The parts.
pub type Parts = sc_service::PartialComponents<
    Client,
    Backend,
    SelectChain,
    sc_consensus::DefaultImportQueue<Block>,
    Pool,
    (GrandpaBlockImport, GrandpaLink, Option<Telemetry>),
>;

/// Makes the parts, and notes in `config` which states the database keeps.
pub fn new(config: &mut Configuration) -> Result<Parts, Error> {
    let telemetry = config
        .telemetry_endpoints
        .clone()
        .filter(|endpoints| !endpoints.is_empty())
        .map(|endpoints| -> Result<_, sc_telemetry::Error> {
            let worker = TelemetryWorker::new(16)?;
            let telemetry = worker.handle().new_telemetry(endpoints);
            Ok((worker, telemetry))
        })
        .transpose()?;

    let executor = sc_service::new_wasm_executor(&config.executor);
    let (client, backend, keystore_container, task_manager) =
        pruning::open(config.state_pruning.clone(), |states| {
            config.state_pruning = states;
            sc_service::new_full_parts::<Block, RuntimeApi, _>(
                config,
                telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
                executor.clone(),
                Vec::new(),
            )
        })?;
    let client = Arc::new(client);
    let telemetry = telemetry.map(|(worker, telemetry)| {
        let handle = task_manager.spawn_handle();
        handle.spawn("telemetry", None, worker.run());
        telemetry
    });

    let select_chain = sc_consensus::LongestChain::new(backend.clone());
    let transaction_pool = sc_transaction_pool::Builder::new(
        task_manager.spawn_essential_handle(),
        client.clone(),
        config.role.is_authority().into(),
    )
    .with_options(config.transaction_pool.clone())
    .with_prometheus(config.prometheus_registry())
    .build();

    let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
        client.clone(),
        JUSTIFICATION_PERIOD,
        &client,
        select_chain.clone(),
        telemetry.as_ref().map(Telemetry::handle),
    )?;
    let slot_client = client.clone();
    let import_queue =
        sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
            block_import: grandpa_block_import.clone(),
            justification_import: Some(Box::new(grandpa_block_import.clone())),
            client: client.clone(),
            create_inherent_data_providers: move |parent, _| {
                let client = slot_client.clone();
                async move {
                    let slot_duration =
                        sc_consensus_aura::standalone::slot_duration_at(&*client, parent)?;
                    Ok(slot_and_time(slot_duration))
                }
            },
            spawner: &task_manager.spawn_essential_handle(),
            registry: config.prometheus_registry(),
            check_for_equivocation: Default::default(),
            telemetry: telemetry.as_ref().map(Telemetry::handle),
            compatibility_mode: Default::default(),
        })?;

    Ok(Parts {
        client,
        backend,
        task_manager,
        keystore_container,
        select_chain,
        import_queue,
        transaction_pool: Arc::new(transaction_pool),
        other: (grandpa_block_import, grandpa_link, telemetry),
    })
}

/// The slot and the time that a block made now carries.
pub fn slot_and_time(slot_duration: SlotDuration) -> (SlotProvider, TimeProvider) {
    let time = TimeProvider::from_system_time();
    let slot = SlotProvider::from_timestamp_and_slot_duration(*time, slot_duration);
    (slot, time)
}
