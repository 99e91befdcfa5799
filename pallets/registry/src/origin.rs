//! Who is calling: what every pallet asks about a member's call.
//!
//! A member's call has two ways in. Signed, the account is the member's operator key and the
//! call carries no authority of its own. As a general transaction it carries an
//! [`OperatorAuth`], which the call's `authorize` checks by [`authorise`] before the call runs.

use alloc::vec;
use codec::Encode;
use counterfoil_primitives::{
    ports::Directory, refusal, MemberId, Moment, OperatorAuth, OperatorId,
};
use frame_support::traits::OriginTrait;
use frame_system::{ensure_authorized, ensure_signed, pallet_prelude::OriginFor};
use sp_core::{crypto::AccountId32, sr25519};
use sp_runtime::{
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
    },
    DispatchError,
};

/// The authority has expired, or is about to.
pub const EXPIRED: InvalidTransaction = InvalidTransaction::Custom(refusal::EXPIRED);

/// The authority expires later than an authority may.
pub const TOO_FAR_AHEAD: InvalidTransaction = InvalidTransaction::Custom(refusal::TOO_FAR_AHEAD);

/// The priority of workers' calls: above everything that a member sends. Feeless transactions
/// have none, and tips stay far below.
pub const WORKER_PRIORITY: u64 = u64::MAX / 2;

/// Blocks that an authorised call may wait in the pool. Workers submit again what was not
/// applied.
pub const LONGEVITY: u64 = 64;

/// How long an authority must last for the pool to take it, in milliseconds. One that ends before
/// the blocks to come would be applied by none of them, and keep the same call of others out of the
/// pool meanwhile.
pub const POOL_STAY: Moment = 30_000;

/// The account of an operator key.
pub fn operator_account(operator: &OperatorId) -> AccountId32 {
    sr25519::Public::from(operator.clone()).into()
}

/// The member that calls, or `BadOrigin` where the caller is none.
///
/// With an authority the origin must be authorised: then `authorize` has checked it. Without one
/// the call must be signed by a member's operator key.
pub fn ensure_member<T, D>(
    origin: OriginFor<T>,
    auth: &Option<OperatorAuth>,
) -> Result<MemberId, DispatchError>
where
    T: frame_system::Config<AccountId = AccountId32>,
    D: Directory,
{
    match auth {
        Some(auth) => {
            ensure_authorized(origin)?;
            Ok(auth.member)
        }
        None => D::member_of(&ensure_signed(origin)?).ok_or(DispatchError::BadOrigin),
    }
}

/// Whether the call is signed by a member's operator key: then it is free of fees.
pub fn is_member<T, D>(origin: &OriginFor<T>) -> bool
where
    T: frame_system::Config<AccountId = AccountId32>,
    D: Directory,
{
    origin
        .as_signer()
        .is_some_and(|account| D::member_of(account).is_some())
}

/// Checks the authority of a general transaction: there is one, and it is the member's for this
/// action with these arguments.
pub fn authorise<D: Directory>(
    source: TransactionSource,
    auth: &Option<OperatorAuth>,
    action: &str,
    arguments: &impl Encode,
) -> Result<MemberId, TransactionValidityError> {
    let auth = auth.as_ref().ok_or(InvalidTransaction::Call)?;
    let lasts = match source {
        TransactionSource::InBlock => 0,
        TransactionSource::Local | TransactionSource::External => POOL_STAY,
    };
    D::authorise(auth, action, arguments, lasts)
}

/// The validity of a worker's call. `tag` names what it does, so that the pool holds it once.
pub fn worker_call(tag: impl Encode) -> ValidTransaction {
    ValidTransaction {
        priority: WORKER_PRIORITY,
        requires: vec![],
        provides: vec![("counterfoil", tag).encode()],
        longevity: LONGEVITY,
        propagate: true,
    }
}
