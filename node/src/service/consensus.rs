//! The making of blocks (Aura) and their finalising (GRANDPA).

use super::partial::{slot_and_time, Client, GrandpaBlockImport, GrandpaLink, Pool, SelectChain};
use counterfoil_runtime::{constants::BLOCK_BYTES, opaque::Block};
use sc_basic_authorship::ProposerFactory;
use sc_consensus_aura::{SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_network::{
    config::Role,
    service::traits::{NetworkService, NotificationService},
    ProtocolName,
};
use sc_network_sync::SyncingService;
use sc_service::{Error, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::sr25519::AuthorityPair as AuraPair;
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// How long a vote takes across the network, for GRANDPA's rounds.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// Blocks between two justifications, the proofs of finality, that a node keeps.
pub const JUSTIFICATION_PERIOD: u32 = 512;

/// The part of a slot that a proposal may take; what is left is for its way through the network.
const PROPOSAL_PORTION: f32 = 2.0 / 3.0;

/// What consensus needs.
pub struct Params {
    /// Whether the node is a validator.
    pub role: Role,
    /// The node's name.
    pub name: String,
    /// Whether to make blocks alone.
    pub force_authoring: bool,
    /// Whether the node takes part in finality.
    pub finalizes: bool,
    /// Where numbers go.
    pub prometheus: Option<Registry>,
    /// The chain.
    pub client: Arc<Client>,
    /// Transactions that wait.
    pub pool: Arc<Pool>,
    /// The validator's keys.
    pub keystore: KeystorePtr,
    /// Which of several chains is best.
    pub select_chain: SelectChain,
    /// The network.
    pub network: Arc<dyn NetworkService>,
    /// The node's view of its peers' chains.
    pub sync: Arc<SyncingService<Block>>,
    /// Takes the blocks made.
    pub grandpa_block_import: GrandpaBlockImport,
    /// Ties the voter to the block import.
    pub grandpa_link: GrandpaLink,
    /// The name of the voters' protocol.
    pub grandpa_protocol: ProtocolName,
    /// The voters' messages.
    pub grandpa_notifications: Box<dyn NotificationService>,
    /// Where reports go.
    pub telemetry: Option<TelemetryHandle>,
}

/// Starts what the node's role asks for. When one of its tasks fails, the node stops.
pub fn start(task_manager: &TaskManager, params: Params) -> Result<(), Error> {
    if params.role.is_authority() {
        make_blocks(task_manager, &params)?;
    }
    if params.finalizes {
        finalize(task_manager, params)?;
    }
    Ok(())
}

fn make_blocks(task_manager: &TaskManager, params: &Params) -> Result<(), Error> {
    let mut proposer_factory = ProposerFactory::new(
        task_manager.spawn_handle(),
        params.client.clone(),
        params.pool.clone(),
        params.prometheus.as_ref(),
        params.telemetry.clone(),
    );
    proposer_factory.set_default_block_size_limit(BLOCK_BYTES as usize);
    let slot_duration = sc_consensus_aura::slot_duration(&*params.client)?;
    let aura = sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(
        StartAuraParams {
            slot_duration,
            client: params.client.clone(),
            select_chain: params.select_chain.clone(),
            block_import: params.grandpa_block_import.clone(),
            proposer_factory,
            create_inherent_data_providers: move |_, ()| async move { Ok(slot_and_time(slot_duration)) },
            force_authoring: params.force_authoring,
            backoff_authoring_blocks: Option::<()>::None,
            keystore: params.keystore.clone(),
            sync_oracle: params.sync.clone(),
            justification_sync_link: params.sync.clone(),
            block_proposal_slot_portion: SlotProportion::new(PROPOSAL_PORTION),
            max_block_proposal_slot_portion: None,
            telemetry: params.telemetry.clone(),
            compatibility_mode: Default::default(),
        },
    )?;
    task_manager
        .spawn_essential_handle()
        .spawn_blocking("aura", Some("block-authoring"), aura);
    Ok(())
}

fn finalize(task_manager: &TaskManager, params: Params) -> Result<(), Error> {
    // Only a validator votes; the others watch, and need no keys.
    let keystore = params.role.is_authority().then_some(params.keystore);
    let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
        config: sc_consensus_grandpa::Config {
            gossip_duration: GOSSIP_DURATION,
            justification_generation_period: JUSTIFICATION_PERIOD,
            name: Some(params.name),
            observer_enabled: false,
            keystore,
            local_role: params.role,
            telemetry: params.telemetry.clone(),
            protocol_name: params.grandpa_protocol,
        },
        link: params.grandpa_link,
        network: params.network,
        sync: params.sync,
        notification_service: params.grandpa_notifications,
        voting_rule: VotingRulesBuilder::default().build(),
        prometheus_registry: params.prometheus,
        shared_voter_state: SharedVoterState::empty(),
        telemetry: params.telemetry,
        offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(params.pool),
    })?;
    task_manager
        .spawn_essential_handle()
        .spawn_blocking("grandpa-voter", None, voter);
    Ok(())
}
