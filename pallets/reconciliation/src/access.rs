//! Who may call.
//!
//! A member acts in two ways: as the signer whose account is its operator key, or through a call
//! that carries the operator's authority, checked before the call is dispatched.

use crate::{Config, Error, Pallet};
use counterfoil_primitives::{
    ports::Directory, AgreementId, AgreementView, MemberId, OperatorAuth,
};
use frame_system::{ensure_authorized, ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
    /// Whether the origin is signed by a member's operator key.
    pub(crate) fn is_member(origin: &OriginFor<T>) -> bool {
        ensure_signed(origin.clone())
            .is_ok_and(|account| T::Directory::member_of(&account).is_some())
    }

    /// The member that calls.
    pub(crate) fn ensure_member(
        origin: OriginFor<T>,
        auth: &Option<OperatorAuth>,
    ) -> Result<MemberId, DispatchError> {
        if ensure_authorized(origin.clone()).is_ok() {
            let auth = auth.as_ref().ok_or(Error::<T>::NoAuthority)?;
            return Ok(auth.member);
        }
        let account = ensure_signed(origin)?;
        if auth.is_some() {
            return Err(Error::<T>::SignedWithAuthority.into());
        }
        Ok(T::Directory::member_of(&account).ok_or(Error::<T>::NotAMember)?)
    }

    /// The agreement, where `member` is its reconciler, its company or its bank.
    pub(crate) fn ensure_entitled(
        member: MemberId,
        agreement: AgreementId,
    ) -> Result<AgreementView, Error<T>> {
        let view = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
        if [view.reconciler, view.company, view.bank].contains(&member) {
            Ok(view)
        } else {
            Err(Error::<T>::NotEntitled)
        }
    }
}
