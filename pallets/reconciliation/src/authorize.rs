//! Authorised calls: the operator's signature, then the same check that the call makes.
//!
//! What was applied already is refused as stale, from storage: tags protect only while a call is
//! pending. A part may travel with its header: before the header is applied, the pool holds the
//! part back for it.

use crate::{Config, Error, Pallet, SideKey};
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{
    compare::{ReportHeader, SlotDiff},
    ports::Directory,
    report::ReportedExtra,
    tree::PAGE_SIZE,
    AgreementId, BusinessDay, MemberId, OperatorAuth, Side,
};
use frame_support::{
    pallet_prelude::{ConstU32, TransactionSource, TransactionValidityWithRefund},
    weights::Weight,
    BoundedVec,
};
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionValidityError, ValidTransaction,
};

/// What a call does to a side of a day; a day's request is filed under the debit side.
#[derive(Encode)]
enum Tag {
    Report,
    Slots(u32),
    Extras(u32),
    Overdue,
    Defaulted,
    FullFetch,
}

/// How many blocks a call may wait in the pool. Its sender sends it again.
const LONGEVITY: u64 = 64;

/// Above everything that a member sends by hand.
const PRIORITY: u64 = u64::MAX / 2;

fn tag(key: SideKey, tag: Tag) -> Vec<u8> {
    ("counterfoil/reconciliation", key, tag).encode()
}

fn valid(provides: Vec<u8>, requires: Vec<Vec<u8>>) -> TransactionValidityWithRefund {
    let valid = ValidTransaction {
        priority: PRIORITY,
        requires,
        provides: alloc::vec![provides],
        longevity: LONGEVITY,
        propagate: true,
    };
    Ok((valid, Weight::zero()))
}

/// How the pool names a refusal: stale for what was applied already, future for what is too early,
/// else the index of the error.
fn invalid<T>(error: Error<T>) -> TransactionValidityError {
    match error {
        Error::AlreadyProven
        | Error::AlreadyDefaulted
        | Error::AlreadyOverdue
        | Error::AlreadyReconciled
        | Error::AlreadyRequested
        | Error::HeaderKnown
        | Error::PageKnown => InvalidTransaction::Stale,
        Error::NotSealed | Error::BeforePreset | Error::BeforeDeadline => {
            InvalidTransaction::Future
        }
        other => InvalidTransaction::Custom(other.encode().first().copied().unwrap_or(u8::MAX)),
    }
    .into()
}

impl<T: Config> Pallet<T> {
    fn authorised(
        auth: &Option<OperatorAuth>,
        action: &str,
        arguments: &impl Encode,
    ) -> Result<MemberId, TransactionValidityError> {
        let auth = auth.as_ref().ok_or(InvalidTransaction::BadSigner)?;
        T::Directory::authorise(auth, action, arguments)
    }

    /// The validity of a part: where its header is still to come, it waits in the pool for it.
    fn valid_part(
        source: TransactionSource,
        key: SideKey,
        part: Tag,
        check: Result<(), Error<T>>,
    ) -> TransactionValidityWithRefund {
        let requires = match check {
            Ok(()) => Vec::new(),
            Err(Error::NoHeader) if !matches!(source, TransactionSource::InBlock) => {
                alloc::vec![tag(key, Tag::Report)]
            }
            Err(error) => return Err(invalid(error)),
        };
        valid(tag(key, part), requires)
    }

    pub(crate) fn authorize_clean(
        _: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member = Self::authorised(auth, "reconciliation.report_clean", &key)?;
        Self::check_clean(member, key).map_err(invalid)?;
        valid(tag(key, Tag::Report), Vec::new())
    }

    pub(crate) fn authorize_header(
        _: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        header: &ReportHeader,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, header);
        let member = Self::authorised(auth, "reconciliation.report_header", &arguments)?;
        Self::check_header(member, key, header).map_err(invalid)?;
        valid(tag(key, Tag::Report), Vec::new())
    }

    pub(crate) fn authorize_slots(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        page: &u32,
        slots: &BoundedVec<SlotDiff, ConstU32<PAGE_SIZE>>,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, page, slots);
        let member = Self::authorised(auth, "reconciliation.report_slots", &arguments)?;
        let check = Self::check_slots(member, key, *page, slots).map(|_| ());
        Self::valid_part(source, key, Tag::Slots(*page), check)
    }

    pub(crate) fn authorize_extras(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        page: &u32,
        extras: &BoundedVec<ReportedExtra, ConstU32<PAGE_SIZE>>,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, page, extras);
        let member = Self::authorised(auth, "reconciliation.report_extras", &arguments)?;
        let check = Self::check_extras(member, key, *page, extras).map(|_| ());
        Self::valid_part(source, key, Tag::Extras(*page), check)
    }

    pub(crate) fn authorize_overdue(
        _: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member = Self::authorised(auth, "reconciliation.mark_overdue", &key)?;
        Self::check_overdue(member, key).map_err(invalid)?;
        valid(tag(key, Tag::Overdue), Vec::new())
    }

    pub(crate) fn authorize_defaulted(
        _: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member = Self::authorised(auth, "reconciliation.mark_defaulted", &key)?;
        Self::check_defaulted(member, key).map_err(invalid)?;
        valid(tag(key, Tag::Defaulted), Vec::new())
    }

    pub(crate) fn authorize_full_fetch(
        _: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let arguments = (agreement, day);
        let member = Self::authorised(auth, "reconciliation.request_full_fetch", &arguments)?;
        Self::check_full_fetch(member, *agreement, *day).map_err(invalid)?;
        let key = (*agreement, *day, Side::Debit);
        valid(tag(key, Tag::FullFetch), Vec::new())
    }
}
