//! Reading the state of one block: runtime APIs by method, the SDK's storage by name.

use super::{interfaces::Interfaces, Chain, Config};
use crate::error::{Error, Explain, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::Moment;
use sp_core::H256;
use sp_crypto_hashing::{blake2_128, blake2_256, twox_128, twox_256, twox_64};
use std::sync::Arc;
use subxt::{
    backend::BlockRef, client::OnlineClientAtBlock, config::substrate::H256 as Hash,
    ext::frame_decode::storage::StorageHasher, rpcs::methods::legacy::NumberOrHex,
};
use tokio::sync::OnceCell;

/// The runtime API of this chain.
const API: &str = "CounterfoilApi";

/// The state of a block.
#[derive(Clone)]
pub struct At {
    chain: Chain,
    hash: Hash,
    /// What its runtime offers, once somebody has asked.
    interfaces: Arc<OnceCell<Interfaces>>,
}

impl Chain {
    /// The state of the latest finalised block: what nothing takes back.
    pub async fn finalized(&self) -> Result<At> {
        let hash = self
            .methods
            .chain_get_finalized_head()
            .await
            .of_node("the node does not name its finalised block")?;
        Ok(self.at(hash))
    }

    /// The state of the best block: the newest, which may still be replaced.
    pub async fn best(&self) -> Result<At> {
        let hash = self
            .methods
            .chain_get_block_hash(None)
            .await
            .of_node("the node does not name its best block")?
            .ok_or_else(|| Error::node("the node does not name its best block", "it has none"))?;
        Ok(self.at(hash))
    }

    /// The state of the block `number` of the best chain.
    pub async fn at_number(&self, number: u64) -> Result<At> {
        let hash = self
            .methods
            .chain_get_block_hash(Some(NumberOrHex::Number(number)))
            .await
            .of_node(format!("the node does not name its block {number}"))?
            .ok_or(Error::NoBlock(number))?;
        Ok(self.at(hash))
    }

    fn at(&self, hash: Hash) -> At {
        At {
            chain: self.clone(),
            hash,
            interfaces: Arc::default(),
        }
    }

    /// The key of a storage value. The keys of a map must be as many as the map has.
    fn storage_key(&self, pallet: &str, entry: &str, keys: &[Vec<u8>]) -> Result<Vec<u8>> {
        let storage = self
            .metadata
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.storage())
            .ok_or_else(|| Error::Absent(format!("storage of a pallet {pallet}")))?;
        let hashers = storage
            .entry_by_name(entry)
            .ok_or_else(|| Error::Absent(format!("storage {pallet}.{entry}")))?
            .keys();
        if keys.len() != hashers.len() {
            let keys = keys.len();
            return Err(Error::Absent(format!(
                "storage {pallet}.{entry} of {keys} keys"
            )));
        }
        let mut full = [
            twox_128(storage.prefix().as_bytes()),
            twox_128(entry.as_bytes()),
        ]
        .concat();
        for (key, info) in keys.iter().zip(hashers) {
            full.extend(hash_key(info.hasher, key));
        }
        Ok(full)
    }
}

/// A part of a storage key. The concatenating hashers keep the part readable.
fn hash_key(hasher: StorageHasher, key: &[u8]) -> Vec<u8> {
    match hasher {
        StorageHasher::Blake2_128 => blake2_128(key).to_vec(),
        StorageHasher::Blake2_256 => blake2_256(key).to_vec(),
        StorageHasher::Blake2_128Concat => [&blake2_128(key)[..], key].concat(),
        StorageHasher::Twox128 => twox_128(key).to_vec(),
        StorageHasher::Twox256 => twox_256(key).to_vec(),
        StorageHasher::Twox64Concat => [&twox_64(key)[..], key].concat(),
        StorageHasher::Identity => key.to_vec(),
    }
}

impl At {
    /// The chain.
    pub const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The block's hash.
    pub const fn hash(&self) -> H256 {
        H256(self.hash.0)
    }

    /// The block as subxt reads its transactions and events, and signs by its runtime.
    pub(super) async fn opened(&self) -> Result<OnlineClientAtBlock<Config>> {
        self.chain
            .client
            .at_block(BlockRef::from_hash(self.hash))
            .await
            .of_node(format!(
                "the node does not open its block {:?}",
                self.hash()
            ))
    }

    /// The versions of what the block's runtime offers; the node is asked once for each block.
    pub async fn interfaces(&self) -> Result<Interfaces> {
        let ask = || Interfaces::of_block(&self.chain.rpc, self.hash);
        self.interfaces.get_or_try_init(ask).await.copied()
    }

    /// The block's number.
    pub async fn number(&self) -> Result<u64> {
        Ok(self
            .storage::<u32>("System", "Number", &[])
            .await?
            .unwrap_or_default()
            .into())
    }

    /// The block's own time.
    pub async fn now(&self) -> Result<Moment> {
        Ok(self
            .storage("Timestamp", "Now", &[])
            .await?
            .unwrap_or_default())
    }

    /// A value in the storage of one of the SDK's pallets, or `None` where it is absent. `keys` are SCALE
    /// encoded. What this chain's own pallets hold, [`Self::api`] answers: how they store it is theirs.
    pub async fn storage<V: Decode>(
        &self,
        pallet: &str,
        entry: &str,
        keys: &[Vec<u8>],
    ) -> Result<Option<V>> {
        let key = self.chain.storage_key(pallet, entry, keys)?;
        self.chain
            .methods
            .state_get_storage(&key, Some(self.hash))
            .await
            .of_node(format!("cannot read {pallet}.{entry}"))?
            .map(|bytes| V::decode(&mut &bytes[..]).of_shape(format!("{pallet}.{entry}")))
            .transpose()
    }

    /// What this chain's runtime API answers. `arguments` are a tuple in the method's order; the id of a
    /// side is encoded as an agreement, a day and a side. An API of another version is not asked.
    pub async fn api<V: Decode>(&self, method: &str, arguments: impl Encode) -> Result<V> {
        self.interfaces().await?.check_api()?;
        self.call(&format!("{API}_{method}"), &arguments.encode())
            .await
    }

    /// What any runtime API answers.
    pub async fn call<V: Decode>(&self, function: &str, arguments: &[u8]) -> Result<V> {
        let bytes = self
            .chain
            .methods
            .state_call(function, Some(arguments), Some(self.hash))
            .await
            .of_node(format!("cannot call {function}"))?;
        V::decode(&mut &bytes[..]).of_shape(format!("the answer of {function}"))
    }
}
