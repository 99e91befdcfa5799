//! Checks and counts each transaction.

use crate::{
    block_room, priority, Config, Load, Pallet, Usage, UsedBy, UsedByWorkers, WeightInfo, OTHERS,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::marker::PhantomData;
use counterfoil_primitives::{ports::Directory, MemberId};
use counterfoil_support::worker_priority::WORKER_PRIORITY;
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    ensure,
    pallet_prelude::{TransactionSource, TransactionValidity},
    traits::{Contains, ContainsPair, Get, OriginTrait},
    weights::{constants::WEIGHT_REF_TIME_PER_MILLIS, Weight},
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

/// Checks that weigh more are dear, in picoseconds.
const DEAR: u64 = WEIGHT_REF_TIME_PER_MILLIS;

/// The extensions `S`, and the check that the signer's member keeps to its room in the block.
///
/// `S` ends with `CheckWeight`, which books what a call costs. What `S` gives a worker's priority is
/// checked by the chain's state to do something, once: it has a room of its own.
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

/// Whose use a call counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// A member's own, or that of [`OTHERS`].
    Own(MemberId),
    /// That of a member's worker.
    Worker(MemberId),
}

impl Account {
    const fn member(self) -> MemberId {
        let (Self::Own(member) | Self::Worker(member)) = self;
        member
    }
}

/// A counted call on its way through a block.
pub struct Charge {
    account: Account,
    /// What the member used until then, as it counts in this block.
    usage: Usage,
    /// Whether the member used something of this block before.
    is_first: bool,
    /// What all calls together took of the block until then.
    taken: Load,
}

impl Charge {
    /// Lets a call into the block, unless more than its room would be used by it, even if nothing of its
    /// weight came back.
    fn begin<T>(
        account: Account,
        info: &DispatchInfo,
        len: usize,
    ) -> Result<Self, TransactionValidityError>
    where
        T: Config,
        T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    {
        let (now, budget, taken) = (
            Pallet::<T>::now(),
            block_room::budget::<T>(),
            block_room::taken::<T>(),
        );
        let last = UsedBy::<T>::get(account.member()).unwrap_or_default();
        let usage = last.at(now, budget);
        let cost = Load {
            weight: calculate_consumed_extrinsic_weight::<T::RuntimeCall>(
                &T::BlockWeights::get(),
                info,
                len,
            ),
            bytes: len as u32,
        };
        let (own, room) = match account {
            Account::Own(_) => (usage.here, block_room::of(budget, taken, usage.here)),
            Account::Worker(_) => {
                let (budget, taken) = (
                    block_room::budget_of_workers::<T>(),
                    UsedByWorkers::<T>::get(),
                );
                (usage.workers, block_room::of(budget, taken, usage.workers))
            }
        };
        ensure!(
            own.plus(cost).fits(room),
            InvalidTransaction::ExhaustsResources
        );
        Ok(Self {
            account,
            usage,
            is_first: last.block != now,
            taken,
        })
    }

    /// Counts what the block was charged for the call.
    fn end<T: Config>(self) {
        let used = block_room::taken::<T>().minus(self.taken);
        let mut usage = self.usage;
        match self.account {
            Account::Own(_) => usage.here = usage.here.plus(used),
            Account::Worker(_) => {
                usage.workers = usage.workers.plus(used);
                UsedByWorkers::<T>::mutate(|all| *all = all.plus(used));
            }
        }
        UsedBy::<T>::insert(self.account.member(), usage);
    }
}

/// Who signed a call, and how it ranks.
#[derive(Clone, Copy)]
enum Signer {
    /// Nobody.
    Nobody,
    /// An administrator that administers free of fees, or that is no member.
    Administrator,
    /// Somebody whose use is counted.
    Counted(Account),
}

impl Signer {
    fn of<T: Config>(
        origin: &T::RuntimeOrigin,
        call: &T::RuntimeCall,
        priority: TransactionPriority,
    ) -> Result<Self, InvalidTransaction> {
        let Some(signer) = origin.as_signer() else {
            return Ok(Self::Nobody);
        };
        let member = T::Directory::member_of(signer);
        if priority >= WORKER_PRIORITY {
            return Ok(Self::Counted(Account::Worker(member.unwrap_or(OTHERS))));
        }
        if T::Council::contains(call) {
            ensure!(
                T::Administrators::contains(signer),
                InvalidTransaction::BadSigner
            );
            // What is not free may fail and be repeated without end by whoever pays for it.
            return Ok(if T::Free::contains(origin, call) {
                Self::Administrator
            } else {
                Self::Counted(Account::Own(member.unwrap_or(OTHERS)))
            });
        }
        Ok(match member {
            None if T::Administrators::contains(signer) => Self::Administrator,
            _ => Self::Counted(Account::Own(member.unwrap_or(OTHERS))),
        })
    }

    /// What is added to the call's priority in a pool. `is_next` says that it waits for no other call.
    fn priority<T: Config>(self, call: &T::RuntimeCall, is_next: bool) -> TransactionPriority {
        match self {
            Self::Nobody | Self::Counted(Account::Worker(_)) => 0,
            Self::Administrator if is_next => priority::of(priority::COUNCIL, 0),
            // The one that it waits for may leave it nothing to do. If all of them came first, an account
            // could fill the pool with calls of which a block takes one.
            Self::Administrator => priority::of(priority::OTHER, 0),
            Self::Counted(Account::Own(member)) => {
                priority::of(band::<T>(call), lately::<T>(member))
            }
        }
    }

    const fn account(self) -> Option<Account> {
        match self {
            Self::Nobody | Self::Administrator => None,
            Self::Counted(account) => Some(account),
        }
    }
}

/// The band of a member's call.
fn band<T: Config>(call: &T::RuntimeCall) -> TransactionPriority {
    if T::Recording::contains(call) {
        priority::RECORDING
    } else {
        priority::OTHER
    }
}

/// What the member used lately, in millionths of a block's budget.
fn lately<T: Config>(member: MemberId) -> u32 {
    let budget = block_room::budget::<T>();
    UsedBy::<T>::get(member).map_or(0, |usage| {
        usage.at(Pallet::<T>::now(), budget).lately(budget)
    })
}

/// Refuses a call whose checks are dear, before they are made, where the block has no room for it as a
/// member's own nor as its worker's. An author would else spend its time on checks of calls that it
/// leaves out, which nobody is charged for.
fn ensure_room_for_dear_checks<T>(
    origin: &T::RuntimeOrigin,
    info: &DispatchInfo,
    len: usize,
) -> Result<(), TransactionValidityError>
where
    T: Config,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
{
    if info.extension_weight.ref_time() <= DEAR {
        return Ok(());
    }
    let Some(member) = origin.as_signer().and_then(T::Directory::member_of) else {
        return Ok(());
    };
    Charge::begin::<T>(Account::Worker(member), info, len)
        .or_else(|_| Charge::begin::<T>(Account::Own(member), info, len))
        .map(|_| ())
}

impl<T, S> TransactionExtension<T::RuntimeCall> for CheckShare<T, S>
where
    T: Config + Send + Sync,
    T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    S: TransactionExtension<T::RuntimeCall>,
{
    const IDENTIFIER: &'static str = S::IDENTIFIER;
    type Implicit = S::Implicit;
    /// That of `S`, and whose use it is, where it is counted.
    type Val = (S::Val, Option<Account>);
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
        if source == TransactionSource::InBlock {
            ensure_room_for_dear_checks::<T>(&origin, info, len)?;
        }
        let (mut validity, val, origin) =
            self.0
                .validate(origin, call, info, len, implicit, implication, source)?;
        let signer = Signer::of::<T>(&origin, call, validity.priority)?;
        // A block has no use for priorities.
        if source != TransactionSource::InBlock {
            let is_next = validity.requires.is_empty();
            let added = signer.priority::<T>(call, is_next);
            validity.priority = validity.priority.saturating_add(added);
        }
        Ok((validity, (val, signer.account()), origin))
    }

    fn prepare(
        self,
        (val, account): Self::Val,
        origin: &DispatchOriginOf<T::RuntimeCall>,
        call: &T::RuntimeCall,
        info: &DispatchInfoOf<T::RuntimeCall>,
        len: usize,
    ) -> Result<Self::Pre, TransactionValidityError> {
        let charge = account
            .map(|account| Charge::begin::<T>(account, info, len))
            .transpose()?;
        let pre = self.0.prepare(val, origin, call, info, len)?;
        Ok((pre, charge))
    }

    /// Refunds what a later call of a member costs less than its first in a block. `S` refunds first, so
    /// that what is counted is what the block was charged.
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
