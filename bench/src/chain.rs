//! A chain in this process, on a ParityDB of its own: blocks are built, executed and imported by
//! hand, by the runtime's wasm, so that nothing else takes part in what is measured.

use anyhow::{anyhow, Context, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::{Moment, TradeRequest};
use counterfoil_runtime::{
    constants::SLOT_MILLIS,
    opaque::{Block, UncheckedExtrinsic as Opaque},
    Runtime, RuntimeApi, RuntimeCall, UncheckedExtrinsic,
};
use counterfoil_tests::{
    member::Member,
    submit::{self, Birth},
};
use frame_support::{
    dispatch::{DispatchClass, PerDispatchClass},
    weights::Weight,
};
use sc_block_builder::{BlockBuilderBuilder, BuiltBlock};
use sc_chain_spec::{ChainSpec, ChainType, GenericChainSpec};
use sc_client_api::{execution_extensions::ExecutionExtensions, StorageProvider, UsageProvider};
use sc_client_db::{BlocksPruning, DatabaseSettings, DatabaseSource, PruningMode};
use sc_consensus::{BlockImport, BlockImportParams, StateAction, StorageChanges};
use sc_executor::WasmExecutor;
use sc_service::{ClientConfig, GenesisBlockBuilder, TFullBackend, TFullClient};
use sp_api::{Core, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_consensus::BlockOrigin;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{storage::StorageKey, testing::TaskExecutor, H256};
use sp_runtime::{traits::Header as _, Digest, DigestItem};
use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

type Executor = WasmExecutor<sp_io::SubstrateHostFunctions>;

/// Blocks whose states are kept, as a node keeps them.
const KEPT_STATES: u32 = 256;

/// A block that was built and not imported.
pub struct Built {
    block: Block,
    changes: sp_api::StorageChanges<Block>,
}

/// A chain of the development genesis.
pub struct LocalChain {
    client: Arc<TFullClient<Block, RuntimeApi, Executor>>,
    // Holds the database open.
    _backend: Arc<TFullBackend<Block>>,
    folder: TempDir,
    now: Moment,
}

impl LocalChain {
    /// A chain whose first block comes at `now`.
    pub fn new(now: Moment) -> Result<Self> {
        let wasm = counterfoil_runtime::WASM_BINARY
            .context("the runtime was built without its wasm; build without SKIP_WASM_BUILD")?;
        let spec: GenericChainSpec = GenericChainSpec::builder(wasm, None)
            .with_name("Measurement")
            .with_id("measurement")
            .with_chain_type(ChainType::Development)
            .with_genesis_config_preset_name("development")
            .build();
        let folder = tempfile::Builder::new()
            .prefix("counterfoil-bench-")
            .tempdir()?;
        let backend = sc_service::new_db_backend(DatabaseSettings {
            trie_cache_maximum_size: Some(64 << 20),
            state_pruning: Some(PruningMode::blocks_pruning(KEPT_STATES)),
            source: DatabaseSource::ParityDb {
                path: folder.path().join("db"),
            },
            blocks_pruning: BlocksPruning::KeepAll,
            pruning_filters: Vec::new(),
            metrics_registry: None,
        })?;
        let executor = Executor::builder().build();
        let genesis = GenesisBlockBuilder::new(
            spec.as_storage_builder(),
            true,
            backend.clone(),
            executor.clone(),
        )?;
        let client = sc_service::new_client::<_, Block, RuntimeApi, _>(
            backend.clone(),
            executor.clone(),
            genesis,
            Default::default(),
            Default::default(),
            ExecutionExtensions::new(None, Arc::new(executor)),
            Box::new(TaskExecutor::new()),
            None,
            None,
            ClientConfig::default(),
        )?;
        Ok(Self {
            client: Arc::new(client),
            _backend: backend,
            folder,
            now: now / SLOT_MILLIS * SLOT_MILLIS,
        })
    }

    /// The chain's first block.
    pub fn genesis(&self) -> H256 {
        self.client.usage_info().chain.genesis_hash
    }

    /// The last block, to which a transaction of the next one is bound.
    pub fn birth(&self) -> Birth {
        let info = self.client.info();
        Birth {
            number: info.best_number.into(),
            hash: info.best_hash,
        }
    }

    /// Where the database lies.
    pub fn database(&self) -> &Path {
        self.folder.path()
    }

    /// Bytes of all keys and values of the last block's state.
    pub fn state_bytes(&self) -> Result<u64> {
        let last = self.client.info().best_hash;
        let pairs = self.client.storage_pairs(last, None, None)?;
        let bytes = pairs.map(|(key, value)| key.0.len() + value.0.len());
        Ok(bytes.map(|bytes| bytes as u64).sum())
    }

    /// What the last block was charged for normal calls.
    pub fn normal_weight(&self) -> Result<Weight> {
        let key = frame_system::BlockWeight::<Runtime>::hashed_key();
        let last = self.client.info().best_hash;
        let stored = self
            .client
            .storage(last, &StorageKey(key.to_vec()))?
            .context("the block has no weight")?;
        let weights = PerDispatchClass::<Weight>::decode(&mut &stored.0[..])?;
        Ok(*weights.get(DispatchClass::Normal))
    }

    /// Builds the next block of these transactions. All of them must go in.
    pub fn build(&self, transactions: &[UncheckedExtrinsic]) -> Result<Built> {
        let parent = self.client.usage_info().chain;
        let slot = Slot::from(self.now / SLOT_MILLIS);
        let digest = Digest {
            logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())],
        };
        let mut builder = BlockBuilderBuilder::new(&*self.client)
            .on_parent_block(parent.best_hash)
            .with_parent_block_number(parent.best_number)
            .with_inherent_digests(digest)
            .build()?;
        let time = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: self.now });
        builder.push(opaque(&UncheckedExtrinsic::new_bare(time))?)?;
        for (index, transaction) in transactions.iter().enumerate() {
            builder
                .push(opaque(transaction)?)
                .map_err(|error| anyhow!("transaction {index} does not go in: {error}"))?;
        }
        let BuiltBlock {
            block,
            storage_changes,
        } = builder.build()?;
        Ok(Built {
            block,
            changes: storage_changes,
        })
    }

    /// Executes a block as an importing node does, and tells how long that takes.
    pub fn execute(&self, built: &Built) -> Result<Duration> {
        let parent = *built.block.header.parent_hash();
        let block = built.block.clone();
        let api = self.client.runtime_api();
        let start = Instant::now();
        api.execute_block(parent, block.into())?;
        Ok(start.elapsed())
    }

    /// Makes the block the chain's last and final one.
    pub async fn import(&mut self, built: Built) -> Result<()> {
        let Built { block, changes } = built;
        let mut params = BlockImportParams::<Block>::new(BlockOrigin::Own, block.header);
        params.body = Some(block.extrinsics);
        params.state_action = StateAction::ApplyChanges(StorageChanges::Changes(changes));
        params.finalized = true;
        params.fork_choice = Some(sc_consensus::ForkChoiceStrategy::LongestChain);
        let number = self.client.info().best_number;
        self.client.import_block(params).await?;
        anyhow::ensure!(
            self.client.info().best_number == number + 1,
            "the block was not taken"
        );
        self.now += SLOT_MILLIS;
        Ok(())
    }
}

/// A transaction as a node takes it: bytes.
fn opaque(transaction: &UncheckedExtrinsic) -> Result<Opaque> {
    Ok(Opaque::decode(&mut &transaction.encode()[..])?)
}

/// The call that records trades of an agreement, signed by a client with a nonce.
pub fn signed(
    genesis: H256,
    client: &Member,
    nonce: u32,
    agreement: u32,
    trades: Vec<TradeRequest>,
) -> Result<UncheckedExtrinsic> {
    let call = counterfoil_tests::trades::record_call(agreement, trades)?;
    Ok(submit::signed(genesis, client.pair(), nonce, call))
}
