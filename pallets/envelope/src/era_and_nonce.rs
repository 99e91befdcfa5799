//! Checks era and nonce, and what comes without a nonce.
//!
//! With an ordinary nonce this is `CheckEra` and `CheckNonce`, byte for byte. With [`UNORDERED`] in
//! the field of the nonce, the call must be one that the chain's state keeps from being applied
//! twice, signed by a member's operator, and its era must be mortal and short. Both checks stand in
//! one extension because an extension does not see the fields of another.

use crate::{spent, Config, Spent, WeightInfo, UNORDERED};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use counterfoil_primitives::{
    envelope::{LONGEST_ERA, POOL_STAY},
    ports::Directory,
    refusal, MemberId,
};
use counterfoil_support::ValidateUnordered;
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    ensure,
    traits::OriginTrait,
    weights::Weight,
    CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use frame_system::{
    pallet_prelude::{BlockNumberFor, RuntimeCallFor},
    CheckEra, CheckNonce,
};
use scale_info::TypeInfo;
use sp_runtime::{
    generic::Era,
    traits::{
        BlakeTwo256, Hash, Implication, SaturatedConversion, TransactionExtension,
        TransactionExtensionMetadata, ValidateResult,
    },
    transaction_validity::{
        InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
    },
    DispatchResult,
};

/// The era of a transaction without a nonce is immortal, or too long.
pub const WRONG_ERA: InvalidTransaction = InvalidTransaction::Custom(refusal::WRONG_ERA);

/// The era of a transaction without a nonce ends too soon for the pool.
pub const ENDS_TOO_SOON: InvalidTransaction = InvalidTransaction::Custom(refusal::ENDS_TOO_SOON);

type Ordered<T> = (CheckEra<T>, CheckNonce<T>);
type OrderedVal<T> = <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::Val;
type OrderedPre<T> = <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::Pre;

/// Era and nonce of a transaction: `CheckEra` and `CheckNonce` in one.
#[derive(
    Encode,
    Decode,
    DecodeWithMemTracking,
    CloneNoBound,
    EqNoBound,
    PartialEqNoBound,
    TypeInfo,
    DebugNoBound,
)]
#[scale_info(skip_type_params(T))]
pub struct EraAndNonce<T: Config + Send + Sync>(Ordered<T>);

impl<T: Config + Send + Sync> EraAndNonce<T> {
    /// Of this era and nonce.
    pub fn new(era: Era, nonce: u32) -> Self {
        Self((CheckEra::from(era), CheckNonce::from(nonce)))
    }

    fn is_unordered(&self) -> bool {
        self.0 .1 .0 == UNORDERED
    }

    /// The block at which the era ends, where it is one that a transaction without a nonce may have.
    fn end(&self, source: TransactionSource) -> Result<BlockNumberFor<T>, InvalidTransaction> {
        let era = self.0 .0 .0;
        let Era::Mortal(period, _) = era else {
            return Err(WRONG_ERA);
        };
        ensure!(period <= LONGEST_ERA, WRONG_ERA);
        let now: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
        let ends = era.death(now);
        let stay = match source {
            TransactionSource::InBlock => 0,
            TransactionSource::Local | TransactionSource::External => POOL_STAY,
        };
        ensure!(ends >= now.saturating_add(stay), ENDS_TOO_SOON);
        Ok(ends.saturated_into())
    }
}

/// A transaction without a nonce that is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unordered<BlockNumber> {
    member: MemberId,
    spent: Spent<BlockNumber>,
}

/// What `validate` tells `prepare`.
pub enum Val<T: Config + Send + Sync> {
    /// With a nonce.
    Ordered(OrderedVal<T>),
    /// Without one.
    Unordered(Unordered<BlockNumberFor<T>>),
}

/// What `prepare` tells `post_dispatch_details`.
pub enum Pre<T: Config + Send + Sync> {
    /// With a nonce.
    Ordered(OrderedPre<T>),
    /// Without one.
    Unordered(Unordered<BlockNumberFor<T>>),
}

impl<T: Config + Send + Sync> TransactionExtension<RuntimeCallFor<T>> for EraAndNonce<T> {
    // What the chain lists are the two that this stands for: see `metadata`.
    const IDENTIFIER: &'static str = "EraAndNonce";
    type Implicit = <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::Implicit;
    type Val = Val<T>;
    type Pre = Pre<T>;

    fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
        <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::implicit(&self.0)
    }

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::metadata()
    }

    fn weight(&self, call: &RuntimeCallFor<T>) -> Weight {
        if !self.is_unordered() {
            return <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::weight(&self.0, call);
        }
        let era = &self.0 .0;
        <CheckEra<T> as TransactionExtension<RuntimeCallFor<T>>>::weight(era, call)
            .saturating_add(T::WeightInfo::check_unordered())
            .saturating_add(call.weight_of_unordered())
            .saturating_add(T::WeightInfo::note_spent())
    }

    fn validate(
        &self,
        origin: T::RuntimeOrigin,
        call: &RuntimeCallFor<T>,
        info: &DispatchInfo,
        len: usize,
        implicit: Self::Implicit,
        implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, RuntimeCallFor<T>> {
        let signer = origin.as_signer().filter(|_| self.is_unordered());
        let Some(signer) = signer else {
            let (validity, val, origin) =
                self.0
                    .validate(origin, call, info, len, implicit, implication, source)?;
            return Ok((validity, Val::Ordered(val), origin));
        };
        // Cheap checks first: the hash over the whole call comes last.
        let ends = self.end(source)?;
        let member = T::Directory::member_of(signer).ok_or(InvalidTransaction::BadSigner)?;
        let validity = call.validate_unordered(member, source)?;
        let digest = BlakeTwo256::hash_of(&(signer, self, implicit, implication));
        let spent = Spent { digest, ends };
        spent::ensure_unspent::<T>(member, &spent)?;
        let now = frame_system::Pallet::<T>::block_number();
        let left: u64 = ends.saturated_into::<u64>() - now.saturated_into::<u64>();
        let validity = ValidTransaction {
            longevity: validity.longevity.min(left),
            ..validity
        };
        Ok((
            validity,
            Val::Unordered(Unordered { member, spent }),
            origin,
        ))
    }

    fn prepare(
        self,
        val: Val<T>,
        origin: &T::RuntimeOrigin,
        call: &RuntimeCallFor<T>,
        info: &DispatchInfo,
        len: usize,
    ) -> Result<Pre<T>, TransactionValidityError> {
        match val {
            Val::Ordered(val) => self
                .0
                .prepare(val, origin, call, info, len)
                .map(Pre::Ordered),
            Val::Unordered(unordered) => Ok(Pre::Unordered(unordered)),
        }
    }

    fn post_dispatch_details(
        pre: Pre<T>,
        info: &DispatchInfo,
        post_info: &PostDispatchInfo,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        let keep = crate::Keep::<T>::take().is_some();
        match pre {
            Pre::Ordered(pre) => {
                <Ordered<T> as TransactionExtension<RuntimeCallFor<T>>>::post_dispatch_details(
                    pre, info, post_info, len, result,
                )
            }
            Pre::Unordered(Unordered { member, spent }) => {
                // A call that failed changed nothing: it would be as good again.
                if keep || result.is_err() {
                    spent::note::<T>(member, spent);
                    return Ok(Weight::zero());
                }
                Ok(T::WeightInfo::note_spent())
            }
        }
    }
}
