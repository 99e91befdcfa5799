//! Which member is calling. A member's calls are signed by its operator's account.

use counterfoil_primitives::{ports::Directory, MemberId, OperatorId};
use frame_support::traits::OriginTrait;
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_core::{crypto::AccountId32, sr25519};
use sp_runtime::DispatchError;

/// The account of an operator key.
pub fn operator_account(operator: &OperatorId) -> AccountId32 {
    sr25519::Public::from(operator.clone()).into()
}

/// The operator account of a member, where it exists.
pub fn account_of<D: Directory>(member: MemberId) -> Option<AccountId32> {
    D::operator(member).as_ref().map(operator_account)
}

/// The member that calls.
///
/// # Errors
///
/// `BadOrigin` where the call is not signed by a member's operator account.
pub fn ensure_member<T, D>(origin: OriginFor<T>) -> Result<MemberId, DispatchError>
where
    T: frame_system::Config<AccountId = AccountId32>,
    D: Directory,
{
    D::member_of(&ensure_signed(origin)?).ok_or(DispatchError::BadOrigin)
}

/// Whether the call is signed by a member's operator account.
pub fn is_member<T, D>(origin: &OriginFor<T>) -> bool
where
    T: frame_system::Config<AccountId = AccountId32>,
    D: Directory,
{
    is_signed_by::<T, D>(origin, |_| true)
}

/// Whether the call is signed by the operator account of a member of which `holds` is true. A call is
/// free for such a member alone: anybody else's would fail after it took its room in the block.
pub fn is_signed_by<T, D>(origin: &OriginFor<T>, holds: impl FnOnce(MemberId) -> bool) -> bool
where
    T: frame_system::Config<AccountId = AccountId32>,
    D: Directory,
{
    origin.as_signer().and_then(D::member_of).is_some_and(holds)
}
