//! The registry as the other pallets see it.

use crate::{
    accounts::account_on, calendars, Accounts, Agreements, Config, MemberByOperator, Members,
    Pallet, Products, SetBy, Successors,
};
use alloc::{string::String, vec::Vec};
use counterfoil_primitives::{
    conditions::version_on,
    ports::Directory,
    settlement::{period_of, SettlementPeriod},
    AgreementId, AgreementView, BusinessDay, MemberId, OperatorId, OperatorSignature, ProductId,
    Terms,
};
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::{app_crypto::RuntimeAppPublic, traits::Zero};

/// The hash that binds a signature to this chain. System keeps it while it prunes others.
pub(crate) fn genesis_hash<T: Config>() -> H256 {
    frame_system::Pallet::<T>::block_hash(frame_system::pallet_prelude::BlockNumberFor::<T>::zero())
}

impl<T: Config> Directory for Pallet<T> {
    fn agreement(id: AgreementId) -> Option<AgreementView> {
        Agreements::<T>::get(id).map(Into::into)
    }

    fn agreements() -> Vec<AgreementId> {
        let mut ids: Vec<_> = Agreements::<T>::iter_keys().collect();
        ids.sort_unstable();
        ids
    }

    fn successor(agreement: AgreementId, client: MemberId) -> Option<MemberId> {
        Successors::<T>::get(agreement, client)
    }

    fn due_with(agreement: AgreementId, day: BusinessDay) -> BusinessDay {
        calendars::due_with::<T>(agreement, day)
    }

    fn settlement_period(
        id: AgreementId,
        agreement: &AgreementView,
        day: BusinessDay,
    ) -> Option<SettlementPeriod> {
        period_of(agreement, day, calendars::due_with_of::<T>(id))
    }

    fn terms_on(
        agreement: AgreementId,
        product: ProductId,
        day: BusinessDay,
    ) -> Option<(u16, Terms)> {
        let versions = Products::<T>::get(agreement, product)?;
        let index = version_on(&versions, day)?;
        let (_, terms) = versions.get(index)?;
        Some((index.try_into().ok()?, *terms))
    }

    fn terms(agreement: AgreementId, product: ProductId) -> Vec<Terms> {
        Products::<T>::get(agreement, product)
            .unwrap_or_default()
            .into_iter()
            .map(|(_, terms)| terms)
            .collect()
    }

    fn account(member: MemberId, day: BusinessDay) -> Option<AccountId32> {
        let changes = Accounts::<T>::get(member);
        Members::<T>::get(member).map(|member| account_on(&member, &changes, day))
    }

    fn paying_account(member: MemberId, day: BusinessDay) -> Option<AccountId32> {
        let changes = Accounts::<T>::get(member);
        let change = changes
            .iter()
            .rev()
            .find(|(from, version)| *from <= day && version.set_by == SetBy::Council);
        match change {
            Some((_, version)) => Some(version.account.clone()),
            None => Members::<T>::get(member).map(|member| member.account),
        }
    }

    fn endpoint(member: MemberId) -> Option<Vec<u8>> {
        Members::<T>::get(member).map(|member| String::from(member.endpoint).into_bytes())
    }

    fn member_of(account: &AccountId32) -> Option<MemberId> {
        MemberByOperator::<T>::get(account)
    }

    fn operator(member: MemberId) -> Option<OperatorId> {
        Members::<T>::get(member).map(|member| member.operator)
    }

    fn acts_for(member: MemberId) -> bool {
        Self::operator(member).is_some_and(|operator| OperatorId::all().contains(&operator))
    }

    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<OperatorSignature> {
        Self::operator(member)?.sign(&payload)
    }
}
