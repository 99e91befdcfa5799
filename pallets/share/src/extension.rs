//! Checks and counts each transaction.

use crate::{priority, room, Amount, Config, Pallet, Usage, UsedBy, WeightInfo};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use counterfoil_primitives::{ports::Directory, MemberId};
use counterfoil_support::unordered::WORKER_PRIORITY;
use frame_support::{
    dispatch::{DispatchClass, DispatchInfo, PostDispatchInfo},
    ensure,
    pallet_prelude::{TransactionSource, TransactionValidity},
    traits::{Contains, Get, OriginTrait},
    weights::Weight,
};
use frame_system::calculate_consumed_extrinsic_weight;
use scale_info::{StaticTypeInfo, TypeInfo};
use sp_runtime::{
    traits::{
        DispatchInfoOf, DispatchOriginOf, Dispatchable, Implication, PostDispatchInfoOf,
        RefundWeight, TransactionExtension, TransactionExtensionMetadata, ValidateResult,
    },
    transaction_validity::{InvalidTransaction, TransactionPriority, TransactionValidityError},
    DispatchResult,
};

/// The extensions `S`, and the check that the signer's member keeps to its room in the block.
///
/// `S` ends with `CheckWeight`, which books what a call costs. What `S` gives a worker's priority is
/// checked by the chain's state to do something, once: it is not counted and not refused.
///
/// Wallets see `S` alone: the metadata is that one's, and there are no bytes beside its own.
#[derive(Encode, Decode, DecodeWithMemTracking, Clone, Eq, PartialEq)]
pub struct CheckShare<T, S>(S, PhantomData<T>);

impl<T: Config, S> CheckShare<T, S> {
    /// What counting a member's first call in a block costs more than counting another one: its use
    /// comes from the database, and goes there.
    pub(crate) fn saved() -> Weight {
        let first = T::WeightInfo::calls(1);
        let later = T::WeightInfo::calls(2).saturating_sub(first);
        first.saturating_sub(later)
    }
}

impl<T, S> From<S> for CheckShare<T, S> {
    fn from(inner: S) -> Self {
        Self(inner, PhantomData)
    }
}

impl<T, S: StaticTypeInfo> TypeInfo for CheckShare<T, S> {
    type Identity = S;

    fn type_info() -> scale_info::Type {
        S::type_info()
    }
}

impl<T, S: Encode> core::fmt::Debug for CheckShare<T, S> {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        write!(f, "CheckShare({:?})", self.0.encode())
    }
}

/// A member's call on its way through a block.
pub struct Charge {
    member: MemberId,
    /// What the member used until then, as it counts in this block.
    usage: Usage,
    /// Whether the member used something of this block before.
    is_first: bool,
    /// What all normal calls together took of the block until then.
    taken: Amount,
}

impl Charge {
    /// Lets a member's call into the block, unless it would use more than its room, even if nothing
    /// of the call's weight came back.
    fn begin<T>(
        member: MemberId,
        info: &DispatchInfo,
        len: usize,
    ) -> Result<Self, TransactionValidityError>
    where
        T: Config,
        T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    {
        let (now, budget, taken) = (Pallet::<T>::now(), room::budget::<T>(), room::taken::<T>());
        let last = UsedBy::<T>::get(member).unwrap_or_default();
        let usage = last.at(now, budget);
        let cost = Amount {
            weight: calculate_consumed_extrinsic_weight::<T::RuntimeCall>(
                &T::BlockWeights::get(),
                info,
                len,
            ),
            bytes: len as u32,
        };
        let room = room::of(budget, taken, usage.here);
        ensure!(
            usage.here.plus(cost).fits(room),
            InvalidTransaction::ExhaustsResources
        );
        Ok(Self {
            member,
            usage,
            is_first: usage.here == Amount::default(),
            taken,
        })
    }

    /// Counts what the block was charged for the call.
    fn end<T: Config>(self) {
        let used = room::taken::<T>().minus(self.taken);
        let usage = Usage {
            here: self.usage.here.plus(used),
            ..self.usage
        };
        UsedBy::<T>::insert(self.member, usage);
    }
}

/// Whose use a signed call counts as, and how it ranks.
#[derive(Clone, Copy)]
enum Signer {
    /// A worker's call, or one that nobody signed.
    NotCounted,
    /// A signer that is no member.
    Other,
    /// A member.
    Member(MemberId),
}

impl Signer {
    fn of<T: Config>(origin: &T::RuntimeOrigin, priority: TransactionPriority) -> Self {
        match origin.as_signer() {
            Some(signer) if priority < WORKER_PRIORITY => {
                T::Directory::member_of(signer).map_or(Self::Other, Self::Member)
            }
            _ => Self::NotCounted,
        }
    }

    /// What is added to the call's priority in a pool.
    fn priority<T: Config>(self, call: &T::RuntimeCall) -> TransactionPriority {
        match self {
            Self::NotCounted => 0,
            Self::Other => priority::of(priority::COUNCIL, 0),
            Self::Member(member) => priority::of(band::<T>(call), lately::<T>(member)),
        }
    }
}

/// The band of a member's call.
fn band<T: Config>(call: &T::RuntimeCall) -> TransactionPriority {
    if T::Council::contains(call) {
        priority::COUNCIL
    } else if T::Recording::contains(call) {
        priority::RECORDING
    } else {
        priority::OTHER
    }
}

/// What the member used lately, in millionths of a block's budget.
fn lately<T: Config>(member: MemberId) -> u32 {
    let budget = room::budget::<T>();
    UsedBy::<T>::get(member).map_or(0, |usage| {
        usage.at(Pallet::<T>::now(), budget).lately(budget)
    })
}

impl<T, S> TransactionExtension<T::RuntimeCall> for CheckShare<T, S>
where
    T: Config + Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    S: TransactionExtension<T::RuntimeCall>,
{
    const IDENTIFIER: &'static str = S::IDENTIFIER;
    type Implicit = S::Implicit;
    /// That of `S`, and whose use it is, where it is a member's.
    type Val = (S::Val, Option<MemberId>);
    /// That of `S`, and what is counted at the end.
    type Pre = (S::Pre, Option<Charge>);

    fn metadata() -> Vec<TransactionExtensionMetadata> {
        S::metadata()
    }

    fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
        self.0.implicit()
    }

    fn weight(&self, call: &T::RuntimeCall) -> Weight {
        self.0.weight(call).saturating_add(T::WeightInfo::calls(1))
    }

    fn validate(
        &self,
        origin: DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
        implicit: Self::Implicit,
        implication: &impl Implication,
        source: TransactionSource,
    ) -> ValidateResult<Self::Val, T::RuntimeCall> {
        let (mut validity, val, origin) =
            self.0
                .validate(origin, call, info, len, implicit, implication, source)?;
        let signer = Signer::of::<T>(&origin, validity.priority);
        // A block has no use for priorities.
        if source != TransactionSource::InBlock {
            validity.priority = validity.priority.saturating_add(signer.priority::<T>(call));
        }
        let member = match signer {
            Signer::Member(member) => Some(member),
            Signer::NotCounted | Signer::Other => None,
        };
        Ok((validity, (val, member), origin))
    }

    fn prepare(
        self,
        (val, member): Self::Val,
        origin: &DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let charge = member
            .filter(|_| info.class == DispatchClass::Normal)
            .map(|member| Charge::begin::<T>(member, info, len))
            .transpose()?;
        let pre = self.0.prepare(val, origin, call, info, len)?;
        Ok((pre, charge))
    }

    /// Gives back what a later call of a member costs less than its first in a block, and lets `S` do
    /// so before it is counted what the block was charged.
    fn post_dispatch_details(
        (pre, charge): Self::Pre,
        info: &DispatchInfoOf<T::RuntimeCall>,
        post_info: &PostDispatchInfoOf<T::RuntimeCall>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<Weight, TransactionValidityError> {
        let mut actual = *post_info;
        if charge.as_ref().is_none_or(|charge| !charge.is_first) {
            actual.refund(Self::saved());
        }
        S::post_dispatch(pre, info, &mut actual, len, result)?;
        if let Some(charge) = charge {
            charge.end::<T>();
        }
        let before = post_info.calc_actual_weight(info);
        Ok(before.saturating_sub(actual.calc_actual_weight(info)))
    }

    fn bare_validate(
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> TransactionValidity {
        S::bare_validate(call, info, len)
    }

    fn bare_validate_and_prepare(
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<(), TransactionValidityError> {
        S::bare_validate_and_prepare(call, info, len)
    }

    fn bare_post_dispatch(
        info: &DispatchInfoOf<T::RuntimeCall>,
        post_info: &mut PostDispatchInfoOf<T::RuntimeCall>,
        len: usize,
        result: &DispatchResult,
    ) -> Result<(), TransactionValidityError> {
        S::bare_post_dispatch(info, post_info, len, result)
    }
}
