//! How a worker signs its member's call: by the operator key in the node's keystore, without a nonce, and
//! for the blocks of one era.

use crate::{
    transaction::{extension, SignedPayload, UncheckedExtrinsic},
    Registry, Runtime, RuntimeCall, Signature, System,
};
use codec::Encode;
use counterfoil_primitives::{
    envelope::{BEHIND_BEST, UNORDERED, USUAL_ERA},
    ports::Directory,
    MemberId,
};
use counterfoil_support::{operator_account, CreateUnorderedTransaction};
use sp_runtime::{app_crypto::RuntimeAppPublic, generic::Era};

impl<LocalCall> CreateUnorderedTransaction<LocalCall> for Runtime
where
    RuntimeCall: From<LocalCall>,
{
    // The runtime does not know the finalised block: the era begins some blocks back, so that a
    // short fork does not void the transaction.
    fn create_unordered_transaction(
        member: MemberId,
        call: RuntimeCall,
    ) -> Option<UncheckedExtrinsic> {
        let operator = Registry::operator(member)?;
        let birth = u64::from(System::block_number()).saturating_sub(BEHIND_BEST);
        let extension = extension(Era::mortal(USUAL_ERA, birth), UNORDERED);
        let payload = SignedPayload::new(call, extension).ok()?;
        let signature = payload.using_encoded(|bytes| operator.sign(&bytes))?;
        let (call, extension, _) = payload.deconstruct();
        Some(UncheckedExtrinsic::new_signed(
            call,
            operator_account(&operator).into(),
            Signature::Sr25519(signature.into()),
            extension,
        ))
    }
}
