//! The registry as the other pallets see it.

use crate::{
    origin::{EXPIRED, TOO_FAR_AHEAD},
    Accounts, Agreements, Config, MemberByOperator, Members, Pallet, Products,
};
use alloc::{string::String, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{
    agreement::version_on,
    day::MINUTE,
    operator::{signing_payload, MAX_LIFETIME},
    ports::Directory,
    AgreementId, AgreementView, BusinessDay, MemberId, Moment, OperatorAuth, OperatorId,
    OperatorSignature, ProductId, Terms,
};
use frame_support::traits::Time;
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::{
    app_crypto::RuntimeAppPublic,
    traits::Zero,
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// How long a worker's authority lasts. A call that is not applied by then is signed again.
const WORKER_LIFETIME: Moment = 10 * MINUTE;

impl<T: Config> Pallet<T> {
    /// The hash that binds an authority to this chain. System keeps it while it prunes others.
    pub(crate) fn genesis_hash() -> H256 {
        frame_system::Pallet::<T>::block_hash(
            frame_system::pallet_prelude::BlockNumberFor::<T>::zero(),
        )
    }

    fn operator_of(member: MemberId) -> Option<OperatorId> {
        Members::<T>::get(member).map(|member| member.operator)
    }
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
        let change = version_on(&changes, day).and_then(|index| changes.get(index));
        match change {
            Some((_, account)) => Some(account.clone()),
            None => Members::<T>::get(member).map(|member| member.account),
        }
    }

    fn endpoint(member: MemberId) -> Option<Vec<u8>> {
        Members::<T>::get(member).map(|member| String::from(member.endpoint).into_bytes())
    }

    fn member_of(account: &AccountId32) -> Option<MemberId> {
        MemberByOperator::<T>::get(account)
    }

    /// Cheap checks first; a wrong action or argument shows as a bad signature.
    fn authorise(
        auth: &OperatorAuth,
        action: &str,
        arguments: &impl Encode,
        lasts: Moment,
    ) -> Result<MemberId, TransactionValidityError> {
        let operator = Self::operator_of(auth.member).ok_or(InvalidTransaction::BadSigner)?;
        let now = T::UnixTime::now();
        if auth.expires_at <= now.saturating_add(lasts) {
            return Err(EXPIRED.into());
        }
        if auth.expires_at > now.saturating_add(MAX_LIFETIME) {
            return Err(TOO_FAR_AHEAD.into());
        }
        let payload = signing_payload(
            Self::genesis_hash(),
            action,
            arguments,
            auth.member,
            auth.expires_at,
        );
        if !operator.verify(&payload, &auth.signature) {
            return Err(InvalidTransaction::BadProof.into());
        }
        Ok(auth.member)
    }

    fn acts_for(member: MemberId) -> bool {
        Self::operator_of(member).is_some_and(|operator| OperatorId::all().contains(&operator))
    }

    /// The expiry counts from the node's clock: the state that a worker reads may be old.
    fn sign(member: MemberId, action: &str, arguments: &impl Encode) -> Option<OperatorAuth> {
        let expires_at = sp_io::offchain::timestamp()
            .unix_millis()
            .saturating_add(WORKER_LIFETIME);
        let payload = signing_payload(Self::genesis_hash(), action, arguments, member, expires_at);
        Some(OperatorAuth {
            member,
            expires_at,
            signature: Self::sign_payload(member, &payload)?,
        })
    }

    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<OperatorSignature> {
        Self::operator_of(member)?.sign(&payload)
    }
}
