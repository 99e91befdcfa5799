//! What the registry stores, and what it is given.

use crate::Config;
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    AgreementId, AgreementView, Amount, BusinessDay, Caps, Conditions, Currency, MemberId,
    OperatorId, ProductId, Role, Terms, Text,
};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::crypto::AccountId32;

/// A member's name: text of at most 64 bytes.
pub type Name = Text<64>;

/// Where a member's node answers JSON-RPC: an http or https address of at most 256 bytes, or empty if
/// the member runs no node that others ask.
pub type Endpoint = Text<256>;

/// A member.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Member {
    /// What it does.
    pub role: Role,
    /// What people call it.
    pub name: Name,
    /// The account that it pays from and is paid to, for days before any change of
    /// [`Accounts`](crate::Accounts); the council set it.
    pub account: AccountId32,
    /// The key that signs its calls.
    pub operator: OperatorId,
    /// Where its node answers.
    pub endpoint: Endpoint,
}

/// An account that a member has from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct AccountVersion {
    /// The account.
    pub account: AccountId32,
    /// Who decided on it.
    pub set_by: SetBy,
}

/// Who decided on an account of a member, and so what the account is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub enum SetBy {
    /// The council: the member pays from it, and is paid to it.
    Council,
    /// The member itself: it is paid to it, and pays from what the council set.
    Member,
}

/// Why a key is no longer an operator key, and whose it was.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub enum Retirement {
    /// The member took another key; this one may be in wrong hands.
    Rotated(MemberId),
    /// The member was removed; it may come back with this key.
    Removed(MemberId),
}

/// A client that bank or company suspended in an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Suspension {
    /// The client.
    pub client: MemberId,
    /// The party that agreed to lift the suspension; it is lifted once the other one does, too.
    pub lift_agreed_by: Option<MemberId>,
}

/// An agreement, as stored.
#[derive(
    CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub struct Agreement<T: Config> {
    /// The bank.
    pub bank: MemberId,
    /// The company.
    pub company: MemberId,
    /// Who reconciles, by the first day, ascending; the first is the agreement's first day.
    pub reconcilers: BoundedVec<(BusinessDay, MemberId), T::MaxVersions>,
    /// Who may record trades.
    pub clients: BoundedVec<MemberId, T::MaxClients>,
    /// The clients among them that are suspended, ascending.
    pub suspended: BoundedVec<Suspension, T::MaxClients>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Decimal places of the currency's minor unit; an asset that the conditions name has the same.
    pub decimals: u8,
    /// The first day that reconciles.
    pub first_day: BusinessDay,
    /// The first day without payments, if the agreement ends.
    pub end: Option<BusinessDay>,
    /// How much of a book may be wrong.
    pub caps: Caps,
    /// The largest gross amount of a trade, in minor units; `None`: as the chain allows.
    pub max_gross: Option<Amount>,
    /// Minutes after the preset time until a side that is not proven may be marked defaulted.
    pub deadline_minutes: u32,
    /// Minutes after its day's cut-off until which a late trade is still taken.
    pub max_late_minutes: u32,
    /// Business days after a payment's until which a part of it may be given back.
    pub refund_days: u16,
    /// Business days after a trade's until which it may be amended.
    pub amend_days: u16,
    /// Days after a proposal to amend trades until which it can be answered.
    pub answer_days: u16,
    /// The conditions, by their first day, ascending; the first is the agreement's first day.
    pub conditions: BoundedVec<(BusinessDay, Conditions), T::MaxVersions>,
}

impl<T: Config> Agreement<T> {
    /// The members that the agreement names: parties, reconcilers of all days, clients.
    pub fn named(&self) -> impl Iterator<Item = MemberId> + '_ {
        [self.bank, self.company]
            .into_iter()
            .chain(self.reconcilers.iter().map(|(_, reconciler)| *reconciler))
            .chain(self.clients.iter().copied())
    }
}

impl<T: Config> From<Agreement<T>> for AgreementView {
    fn from(agreement: Agreement<T>) -> Self {
        Self {
            bank: agreement.bank,
            company: agreement.company,
            reconcilers: agreement.reconcilers.into_inner(),
            clients: agreement.clients.into_inner(),
            suspended: agreement
                .suspended
                .into_iter()
                .map(|suspension| suspension.client)
                .collect(),
            currency: agreement.currency,
            decimals: agreement.decimals,
            first_day: agreement.first_day,
            end: agreement.end,
            caps: agreement.caps,
            max_gross: agreement.max_gross,
            deadline_minutes: agreement.deadline_minutes,
            max_late_minutes: agreement.max_late_minutes,
            refund_days: agreement.refund_days,
            amend_days: agreement.amend_days,
            answer_days: agreement.answer_days,
            conditions: agreement.conditions.into_inner(),
        }
    }
}

/// An agreement to be.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct AgreementSpec {
    /// The bank.
    pub bank: MemberId,
    /// The company.
    pub company: MemberId,
    /// Who reconciles, from the first day on.
    pub reconciler: MemberId,
    /// Who may record trades.
    pub clients: Vec<MemberId>,
    /// The currency of all amounts, an ISO 4217 code.
    pub currency: Currency,
    /// Decimal places of the currency's minor unit, in which amounts are counted.
    pub decimals: u8,
    /// The first day that reconciles; it may lie in the past.
    pub first_day: BusinessDay,
    /// How much of a book may be wrong.
    pub caps: Caps,
    /// The largest gross amount of a trade, in minor units and above zero; `None`: as the chain allows.
    #[serde(default)]
    pub max_gross: Option<Amount>,
    /// Minutes after the preset time until a side that is not proven may be marked defaulted.
    pub deadline_minutes: u32,
    /// Minutes after its day's cut-off until which a late trade is still taken.
    pub max_late_minutes: u32,
    /// Business days after a payment's until which a part of it may be given back: at most
    /// [`MAX_REFUND_DAYS`](crate::MAX_REFUND_DAYS).
    pub refund_days: u16,
    /// Business days after a trade's until which it may be amended: at most
    /// [`MAX_AMEND_DAYS`](crate::MAX_AMEND_DAYS).
    pub amend_days: u16,
    /// Days after a proposal to amend trades until which it can be answered: from 1 to
    /// [`MAX_ANSWER_DAYS`](crate::MAX_ANSWER_DAYS).
    pub answer_days: u16,
    /// The conditions from the first day on. The metadata of an asset that they name must state the same
    /// decimals.
    pub conditions: Conditions,
}

/// What of an agreement changes at once, for days under way too.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Limits {
    /// How much of a book may be wrong.
    pub caps: Caps,
    /// The largest gross amount of a trade, in minor units; `None`: as the chain allows.
    pub max_gross: Option<Amount>,
    /// Minutes after the preset time until a side that is not proven may be marked defaulted.
    pub deadline_minutes: u32,
    /// Minutes after its day's cut-off until which a late trade is still taken.
    pub max_late_minutes: u32,
    /// Business days after a payment's until which a part of it may be given back.
    pub refund_days: u16,
    /// Business days after a trade's until which it may be amended.
    pub amend_days: u16,
    /// Days after a proposal to amend trades until which it can be answered.
    pub answer_days: u16,
}

/// A member that the chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberGenesis {
    /// Its id.
    pub id: MemberId,
    /// What it does.
    pub role: Role,
    /// What people call it.
    pub name: String,
    /// The account that it pays from and is paid to.
    pub account: AccountId32,
    /// The key that signs its calls.
    pub operator: OperatorId,
    /// Where its node answers; may be empty.
    pub endpoint: String,
}

/// An agreement that the chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementGenesis {
    /// Its id.
    pub id: AgreementId,
    /// What it says.
    pub spec: AgreementSpec,
}

/// A product's terms that the chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductGenesis {
    /// The agreement.
    pub agreement: AgreementId,
    /// The product.
    pub product: ProductId,
    /// The terms' first day.
    pub from: BusinessDay,
    /// The terms.
    pub terms: Terms,
}
