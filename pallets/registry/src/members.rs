//! Members come, go, and change their key.

use crate::{
    agreements::set_version,
    origin::{authorise, ensure_member, operator_account, worker_call},
    Accounts, Config, Endpoint, Error, Event, LastAuthority, Member, MemberByOperator, Members,
    NamedBy, Pallet, RetiredOperators, Retirement, LEAD,
};
use codec::Encode;
use counterfoil_primitives::{BusinessDay, MemberId, OperatorAuth, OperatorId, UtcOffset};
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, TransactionSource, TransactionValidityWithRefund, Weight},
    traits::Time,
};
use frame_system::pallet_prelude::OriginFor;
use sp_core::crypto::AccountId32;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

impl<T: Config> Pallet<T> {
    pub(crate) fn do_register(id: MemberId, member: Member) -> DispatchResult {
        ensure!(id != 0, Error::<T>::InvalidId);
        ensure!(!Members::<T>::contains_key(id), Error::<T>::MemberExists);
        ensure!(!member.name.is_empty(), Error::<T>::InvalidName);
        ensure!(is_endpoint(&member.endpoint), Error::<T>::InvalidEndpoint);
        Self::admit_key(id, &member.operator)?;
        Self::deposit_event(Event::MemberRegistered {
            member: id,
            role: member.role,
            account: member.account.clone(),
            operator: member.operator.clone(),
        });
        Members::<T>::insert(id, member);
        Ok(())
    }

    pub(crate) fn do_remove(id: MemberId) -> DispatchResult {
        let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
        ensure!(NamedBy::<T>::get(id) == 0, Error::<T>::MemberIsNamed);
        retire::<T>(&member.operator, Retirement::Removed(id));
        Members::<T>::remove(id);
        Accounts::<T>::remove(id);
        Self::deposit_event(Event::MemberRemoved { member: id });
        Ok(())
    }

    /// A member's agreements may have different offsets, so the day must have begun by none.
    pub(crate) fn do_set_account(
        id: MemberId,
        from: BusinessDay,
        account: AccountId32,
    ) -> DispatchResult {
        ensure!(Members::<T>::contains_key(id), Error::<T>::UnknownMember);
        let begins = UtcOffset(UtcOffset::LIMIT).start_of(from);
        let soon = T::UnixTime::now().saturating_add(LEAD);
        ensure!(begins > soon, Error::<T>::DayHasBegun);
        Accounts::<T>::try_mutate(id, |changes| {
            set_version::<T, _>(changes, from, account.clone())
        })?;
        Self::deposit_event(Event::AccountSet {
            member: id,
            from,
            account,
        });
        Ok(())
    }

    pub(crate) fn do_rotate(id: MemberId, new: OperatorId) -> DispatchResult {
        let mut member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
        Self::admit_key(id, &new)?;
        retire::<T>(&member.operator, Retirement::Rotated(id));
        let old = core::mem::replace(&mut member.operator, new.clone());
        Members::<T>::insert(id, member);
        Self::deposit_event(Event::OperatorRotated {
            member: id,
            old,
            new,
        });
        Ok(())
    }

    pub(crate) fn do_set_endpoint(id: MemberId, endpoint: Endpoint) -> DispatchResult {
        ensure!(is_endpoint(&endpoint), Error::<T>::InvalidEndpoint);
        Members::<T>::try_mutate(id, |member| {
            let member = member.as_mut().ok_or(Error::<T>::UnknownMember)?;
            member.endpoint = endpoint.clone();
            Ok::<_, DispatchError>(())
        })?;
        Self::deposit_event(Event::EndpointSet {
            member: id,
            endpoint,
        });
        Ok(())
    }

    /// The calling member. An authority has no nonce: remembering its expiry, and asking for a
    /// later one each time, keeps it from being used twice.
    pub(crate) fn acting(
        origin: OriginFor<T>,
        auth: &Option<OperatorAuth>,
    ) -> Result<MemberId, DispatchError> {
        let member = ensure_member::<T, Self>(origin, auth).map_err(|_| Error::<T>::NotAMember)?;
        if let Some(auth) = auth {
            LastAuthority::<T>::insert(member, auth.expires_at);
        }
        Ok(member)
    }

    pub(crate) fn authorize_rotation(
        source: TransactionSource,
        new: &OperatorId,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let member = authorise::<Self>(source, auth, "registry.rotate_operator", &(new,))?;
        Self::check_key(member, &operator_account(new)).map_err(|_| InvalidTransaction::Call)?;
        Self::once(auth, "rotate_operator", member)
    }

    pub(crate) fn authorize_endpoint(
        source: TransactionSource,
        endpoint: &Endpoint,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let member = authorise::<Self>(source, auth, "registry.set_endpoint", &(endpoint,))?;
        if !is_endpoint(endpoint) {
            return Err(InvalidTransaction::Call.into());
        }
        Self::once(auth, "set_endpoint", member)
    }

    /// Refuses an authority that does not expire later than the last one used.
    fn once(
        auth: &Option<OperatorAuth>,
        action: &str,
        member: MemberId,
    ) -> TransactionValidityWithRefund {
        let expires_at = auth.as_ref().map_or(0, |auth| auth.expires_at);
        if expires_at <= LastAuthority::<T>::get(member) {
            return Err(InvalidTransaction::Stale.into());
        }
        Ok((worker_call((action, member).encode()), Weight::zero()))
    }

    /// Makes a key the member's. The provider reference lets its account send transactions
    /// without a balance; it is given once and never taken back, because an account that dies
    /// starts its nonces again, and everything it ever signed could be replayed.
    fn admit_key(id: MemberId, operator: &OperatorId) -> DispatchResult {
        let account = operator_account(operator);
        Self::check_key(id, &account)?;
        if RetiredOperators::<T>::take(&account).is_none() {
            frame_system::Pallet::<T>::inc_providers(&account);
        }
        MemberByOperator::<T>::insert(account, id);
        Ok(())
    }

    /// A key is new, or this member left with it.
    fn check_key(id: MemberId, account: &AccountId32) -> DispatchResult {
        ensure!(
            !MemberByOperator::<T>::contains_key(account),
            Error::<T>::KeyTaken
        );
        ensure!(
            RetiredOperators::<T>::get(account)
                .is_none_or(|retired| retired == Retirement::Removed(id)),
            Error::<T>::KeyRetired
        );
        Ok(())
    }
}

fn retire<T: Config>(operator: &OperatorId, why: Retirement) {
    let account = operator_account(operator);
    MemberByOperator::<T>::remove(&account);
    RetiredOperators::<T>::insert(account, why);
}

/// Whether a worker can ask there. Empty is an answer too: nobody is to ask this member.
fn is_endpoint(text: &str) -> bool {
    let known = text.starts_with("http://") || text.starts_with("https://");
    text.is_empty() || (known && text.bytes().all(|byte| byte.is_ascii_graphic()))
}
