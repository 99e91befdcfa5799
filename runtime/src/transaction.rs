//! What a transaction consists of, and who may bring one.
//!
//! Every transaction is signed by an account, as any wallet does it. No extension adds a byte that
//! common wallets do not know. An account that nobody registered has no provider reference and is
//! refused by `CheckNonce`; a registered one pays nothing for its own calls. A member's call that the
//! chain's state keeps from being applied twice may come without a nonce: see
//! [`without_nonce`](crate::without_nonce) and [`pallet_envelope`]. Of a block each member has its
//! share: see [`pallet_share`].

use crate::{wrapped_extension::Wrapped, Address, Runtime, RuntimeCall, Signature};
use frame_system::offchain::{CreateBare, CreateTransactionBase};
use pallet_envelope::EraAndNonce;
use pallet_share::CheckShare;
use pallet_skip_feeless_payment::SkipCheckIfFeeless;
use pallet_transaction_payment::ChargeTransactionPayment;
use sp_runtime::generic::{self, Era};

/// What is checked of a transaction beside its signature, in this order.
pub type TxExtension = (
    frame_system::CheckNonZeroSender<Runtime>,
    frame_system::CheckSpecVersion<Runtime>,
    frame_system::CheckTxVersion<Runtime>,
    frame_system::CheckGenesis<Runtime>,
    CheckShare<
        Runtime,
        (
            Wrapped<EraAndNonce<Runtime>>,
            Wrapped<SkipCheckIfFeeless<Runtime, ChargeTransactionPayment<Runtime>>>,
            // The last one: it books what the others give back.
            frame_system::CheckWeight<Runtime>,
        ),
    >,
);

/// A transaction or inherent.
pub type UncheckedExtrinsic =
    generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// What an account signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;

/// The extension of a transaction with this era and nonce, without a tip.
pub fn extension(era: Era, nonce: crate::Nonce) -> TxExtension {
    (
        frame_system::CheckNonZeroSender::new(),
        frame_system::CheckSpecVersion::new(),
        frame_system::CheckTxVersion::new(),
        frame_system::CheckGenesis::new(),
        CheckShare::from((
            Wrapped(EraAndNonce::new(era, nonce)),
            Wrapped(ChargeTransactionPayment::from(0).into()),
            frame_system::CheckWeight::new(),
        )),
    )
}

impl<LocalCall> CreateTransactionBase<LocalCall> for Runtime
where
    RuntimeCall: From<LocalCall>,
{
    type Extrinsic = UncheckedExtrinsic;
    type RuntimeCall = RuntimeCall;
}

/// What a validator's node sends of what it saw by itself: that another one voted twice.
impl<LocalCall> CreateBare<LocalCall> for Runtime
where
    RuntimeCall: From<LocalCall>,
{
    fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
        UncheckedExtrinsic::new_bare(call)
    }
}
