//! Nodes with keys, whose workers submit into a pool.

use super::*;
use codec::{Decode, Encode};
use counterfoil_primitives::{operator::OPERATOR_KEY_TYPE, ports::Directory, MemberId};
use counterfoil_support::{
    create_unordered_transactions, operator_account, unordered::NEEDS_NONCE, ValidateUnordered,
};
use frame_support::{dispatch::GetDispatchInfo, traits::Hooks};
use pallet_envelope::UNORDERED;
use sp_core::offchain::{
    testing::{TestOffchainExt, TestTransactionPoolExt},
    OffchainDbExt, OffchainWorkerExt, Timestamp as Clock, TransactionPoolExt,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
    app_crypto::RuntimeAppPublic,
    generic::Era,
    traits::{Applyable, Checkable},
    transaction_validity::{TransactionSource, TransactionValidity, TransactionValidityError},
    DispatchResult,
};

type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

create_unordered_transactions!(Test, RuntimeCall, UncheckedExtrinsic, by_keystore);

/// A call without a nonce, signed by the keystore where that holds the member's key.
fn by_keystore(member: MemberId, call: RuntimeCall) -> Option<UncheckedExtrinsic> {
    let operator = Registry::operator(member)?;
    let extension = (EraAndNonce::new(Era::mortal(64, 0), UNORDERED),);
    let payload = SignedPayload::new(call, extension).expect("the genesis block is known");
    let signature = payload.using_encoded(|bytes| operator.sign(&bytes))?;
    let (call, extension, _) = payload.deconstruct();
    let account = operator_account(&operator);
    let signature = MultiSignature::Sr25519(signature.into());
    Some(UncheckedExtrinsic::new_signed(
        call, account, signature, extension,
    ))
}

impl ValidateUnordered for RuntimeCall {
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity {
        match self {
            Self::Amendments(call) => call.validate_unordered(member, source),
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::Amendments(call) => call.weight_of_unordered(),
            _ => Weight::zero(),
        }
    }
}

/// A node with its own keys, off-chain database and pool.
pub struct Node {
    ext: sp_io::TestExternalities,
    pool: Box<dyn Fn() -> Vec<Vec<u8>>>,
}

impl Node {
    /// A node that holds the operator keys of these members.
    pub fn with_keys(members: &[MemberId]) -> Self {
        let keystore = MemoryKeystore::new();
        for member in members {
            keystore
                .sr25519_generate_new(OPERATOR_KEY_TYPE, Some(&format!("//{}", name(*member))))
                .expect("a valid name");
        }
        let (offchain, offchain_state) = TestOffchainExt::new();
        offchain_state.write().timestamp = Clock::from_unix_millis(at(0, 12, 0));
        let (pool, pool_state) = TestTransactionPoolExt::new();
        let mut ext = externalities();
        ext.register_extension(KeystoreExt::new(keystore));
        ext.register_extension(OffchainDbExt::new(offchain.clone()));
        ext.register_extension(OffchainWorkerExt::new(offchain));
        ext.register_extension(TransactionPoolExt::new(pool));
        Self {
            ext,
            pool: Box::new(move || core::mem::take(&mut pool_state.write().transactions)),
        }
    }

    /// Does something on the chain, and checks the state after it.
    pub fn chain<R>(&mut self, change: impl FnOnce() -> R) -> R {
        self.ext.execute_with(|| {
            let result = change();
            check_state();
            result
        })
    }

    /// Runs the worker; what it submitted.
    pub fn work(&mut self) -> Vec<UncheckedExtrinsic> {
        self.ext
            .execute_with(|| <Amendments as Hooks<u64>>::offchain_worker(1));
        (self.pool)()
            .iter()
            .map(|bytes| Decode::decode(&mut &bytes[..]).expect("a transaction"))
            .collect()
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

/// Includes a transaction in the block, and checks the state after it.
pub fn apply(xt: UncheckedExtrinsic) -> Result<DispatchResult, TransactionValidityError> {
    let (info, len) = (xt.get_dispatch_info(), xt.encoded_size());
    let xt = Checkable::check(xt, &frame_system::ChainContext::<Test>::default())?;
    let applied = xt.apply::<Test>(&info, len);
    check_state();
    applied.map(|result| result.map(|_| ()).map_err(|error| error.error))
}
