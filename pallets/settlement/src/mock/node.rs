//! A node of a party: its keys, off-chain database, pool and clock.

use super::{apply, check_state, externalities, Settlement, UncheckedExtrinsic, NOW};
use codec::{Decode, Encode};
use counterfoil_primitives::{operator::OPERATOR_KEY_TYPE, Moment};
use frame_support::traits::Hooks;
use sp_core::offchain::{
    testing::{TestOffchainExt, TestTransactionPoolExt},
    OffchainDbExt, OffchainWorkerExt, Timestamp as Clock, TransactionPoolExt,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::DispatchResult;

/// A node with its own keys, off-chain database and pool.
pub struct Node {
    ext: sp_io::TestExternalities,
    pool: Box<dyn Fn() -> Vec<Vec<u8>>>,
    clock: Box<dyn Fn(Moment)>,
}

impl Node {
    /// A node that holds the operator keys of these names.
    pub fn with_keys(names: &[&str]) -> Self {
        let keystore = MemoryKeystore::new();
        for name in names {
            keystore
                .sr25519_generate_new(OPERATOR_KEY_TYPE, Some(&format!("//{name}")))
                .expect("a valid name");
        }
        let (offchain, offchain_state) = TestOffchainExt::new();
        let (pool, pool_state) = TestTransactionPoolExt::new();
        let mut ext = externalities();
        ext.register_extension(KeystoreExt::new(keystore));
        ext.register_extension(OffchainDbExt::new(offchain.clone()));
        ext.register_extension(OffchainWorkerExt::new(offchain));
        ext.register_extension(TransactionPoolExt::new(pool));
        let node = Self {
            ext,
            pool: Box::new(move || core::mem::take(&mut pool_state.write().transactions)),
            clock: Box::new(move |now| {
                offchain_state.write().timestamp = Clock::from_unix_millis(now)
            }),
        };
        (node.clock)(NOW);
        node
    }

    /// Does something on the chain, and checks the state after it.
    pub fn chain<R>(&mut self, change: impl FnOnce() -> R) -> R {
        self.ext.execute_with(|| {
            let result = change();
            check_state();
            result
        })
    }

    /// Sets the node's clock.
    pub fn set_clock(&self, now: Moment) {
        (self.clock)(now);
    }

    /// Runs the worker; what it submitted.
    pub fn work(&mut self) -> Vec<UncheckedExtrinsic> {
        self.ext
            .execute_with(|| <Settlement as Hooks<u64>>::offchain_worker(1));
        (self.pool)()
            .iter()
            .map(|bytes| Decode::decode(&mut &bytes[..]).expect("a transaction"))
            .collect()
    }

    /// Runs the worker, which submits nothing. Returns the bytes of state that it read.
    pub fn idle_work(&mut self) -> usize {
        self.ext.commit_all().expect("the state is stored");
        let run = || <Settlement as Hooks<u64>>::offchain_worker(1);
        let ((), read) = self.ext.execute_and_prove(run);
        assert!((self.pool)().is_empty());
        read.encoded_size()
    }

    /// Runs the worker, and includes all that it submitted.
    pub fn work_and_include(&mut self) -> Vec<DispatchResult> {
        let submitted = self.work();
        self.chain(|| {
            submitted
                .into_iter()
                .map(|xt| apply(xt).expect("valid"))
                .collect()
        })
    }
}
