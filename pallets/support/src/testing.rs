//! What the mocks of several pallets need: operator keys, signatures, and workers' transactions.

use crate::operator_account;
use codec::Encode;
use core::fmt::Display;
use counterfoil_primitives::operator::OperatorPair;
use sp_core::{crypto::AccountId32, sr25519, Pair};
use sp_runtime::{
    generic::{SignedPayload, UncheckedExtrinsic},
    traits::{Dispatchable, TransactionExtension},
    MultiSignature,
};

/// The operator pair of a development name, such as `Alice`.
pub fn pair(name: impl Display) -> OperatorPair {
    OperatorPair::from_string(&format!("//{name}"), None).expect("a valid name")
}

/// The account of that pair.
pub fn account(name: impl Display) -> AccountId32 {
    operator_account(&pair(name).public())
}

/// A transaction that the operator of this name signed.
///
/// # Panics
///
/// Where the extension asks the chain for what it does not know, such as the hash of a block to come.
pub fn sign<Call, Extension>(
    name: impl Display,
    call: Call,
    extension: Extension,
) -> UncheckedExtrinsic<AccountId32, Call, MultiSignature, Extension>
where
    Call: Encode + Dispatchable,
    Extension: TransactionExtension<Call>,
{
    let pair = pair(name);
    let payload =
        SignedPayload::<Call, Extension>::new(call, extension).expect("the chain knows its blocks");
    let signature = payload.using_encoded(|bytes| pair.sign(bytes));
    let (call, extension, _) = payload.deconstruct();
    let account = operator_account(&pair.public());
    let signature = MultiSignature::Sr25519(signature.into());
    UncheckedExtrinsic::new_signed(call, account, signature, extension)
}

/// A signature for tests that do not look at it: what one covers is the envelope's to test.
pub fn no_signature() -> MultiSignature {
    sr25519::Signature::from_raw([0; 64]).into()
}

/// Lets the workers on a mock's runtime make transactions without a nonce.
///
/// Takes the runtime, its calls, its transactions, and a function from a member and a call to the
/// transaction, or to `None` where the node does not hold the member's key.
#[macro_export]
macro_rules! create_unordered_transactions {
    ($runtime:ty, $call:ty, $transaction:ty, $create:path) => {
        impl<C> ::frame_system::offchain::CreateTransactionBase<C> for $runtime
        where
            $call: From<C>,
        {
            type Extrinsic = $transaction;
            type RuntimeCall = $call;
        }

        impl<C> $crate::CreateUnorderedTransaction<C> for $runtime
        where
            $call: From<C>,
        {
            fn create_unordered_transaction(
                member: ::counterfoil_primitives::MemberId,
                call: $call,
            ) -> Option<$transaction> {
                $create(member, call)
            }
        }
    };
}
