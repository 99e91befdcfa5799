//! The ports by which the pallets see each other: each pallet asks for a port in its `Config`,
//! and the pallet that owns the data implements it.

use crate::{
    agreement::version_on,
    commitment::{Commitment, Place},
    written::Denomination,
    AgreementId, Amount, BusinessDay, Caps, Conditions, Currency, MemberId, Moment, ProductId,
    Sequence, Side, Terms, Trade,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::{crypto::AccountId32, H256};
use sp_runtime::DispatchError;

/// What a member does on the chain.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    codec::MaxEncodedLen,
    TypeInfo,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records trades.
    Client,
    /// Sells products, keeps debit entries, pays.
    Company,
    /// Keeps credit entries, is paid.
    Bank,
    /// Compares and reports.
    Reconciler,
}

/// An agreement as the other pallets see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AgreementView {
    /// The bank.
    pub bank: MemberId,
    /// The company.
    pub company: MemberId,
    /// Who reconciles, by the first day, ascending.
    pub reconcilers: Vec<(BusinessDay, MemberId)>,
    /// Who may record trades.
    pub clients: Vec<MemberId>,
    /// The currency of all amounts, an ISO 4217 code.
    pub currency: Currency,
    /// Decimal places of the currency's minor unit, in which amounts are counted.
    pub decimals: u8,
    /// The asset in which the company pays.
    pub asset: u32,
    /// The first day that reconciles.
    pub first_day: BusinessDay,
    /// The day after the agreement's last, where it ends.
    pub end: Option<BusinessDay>,
    /// How much of a book may be wrong.
    pub caps: Caps,
    /// Minutes after the preset time until a side that is not proven may be marked defaulted.
    pub deadline_minutes: u32,
    /// Minutes after its day's cut-off until which a late trade is still taken.
    pub max_late_minutes: u32,
    /// The conditions, by their first day, ascending.
    pub conditions: Vec<(BusinessDay, Conditions)>,
}

impl AgreementView {
    /// The conditions in force on `day`.
    pub fn conditions_on(&self, day: BusinessDay) -> Option<&Conditions> {
        let index = version_on(&self.conditions, day)?;
        Some(&self.conditions[index].1)
    }

    /// Who reconciles `day`; `None` before the first day.
    pub fn reconciler_on(&self, day: BusinessDay) -> Option<MemberId> {
        let index = version_on(&self.reconcilers, day)?;
        Some(self.reconcilers[index].1)
    }

    /// Whether a member has a part in the reconciliation of `day`: as reconciler of that day, as
    /// company or as bank.
    pub fn may_report(&self, member: MemberId, day: BusinessDay) -> bool {
        member == self.company || member == self.bank || self.reconciler_on(day) == Some(member)
    }

    /// Whether `day` is one of the agreement: from its first on, and before its end.
    pub fn includes(&self, day: BusinessDay) -> bool {
        day >= self.first_day && !self.has_ended(day)
    }

    /// Whether the agreement has ended by `day`: then the day takes no trades, and is not reconciled.
    pub fn has_ended(&self, day: BusinessDay) -> bool {
        self.end.is_some_and(|end| day >= end)
    }

    /// In what amounts are counted.
    pub fn denomination(&self) -> Denomination<'_> {
        Denomination {
            currency: &self.currency,
            decimals: self.decimals,
        }
    }

    /// The business day of `moment`.
    pub fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        crate::agreement::day_of(&self.conditions, moment).map(|(day, _)| day)
    }

    /// The party that keeps the book of `side`.
    pub const fn party(&self, side: Side) -> MemberId {
        match side {
            Side::Debit => self.company,
            Side::Credit => self.bank,
        }
    }

    /// When trades of `day` stop being taken.
    pub fn cut_off_of(&self, day: BusinessDay) -> Option<Moment> {
        crate::agreement::cut_off_of(&self.conditions, day)
    }

    /// When `day` is reconciled.
    pub fn preset_of(&self, day: BusinessDay) -> Option<Moment> {
        crate::agreement::preset_of(&self.conditions, day)
    }

    /// When a side of `day` that is not proven may be marked defaulted.
    pub fn deadline_of(&self, day: BusinessDay) -> Option<Moment> {
        let preset = self.preset_of(day)?;
        Some(preset.saturating_add(self.millis_to_deadline()))
    }

    /// When the parties' nodes begin to report what the reconciler has not reported of `day`:
    /// halfway from the preset time to the deadline.
    pub fn stand_in_of(&self, day: BusinessDay) -> Option<Moment> {
        let preset = self.preset_of(day)?;
        Some(preset.saturating_add(self.millis_to_deadline() / 2))
    }

    /// From when on a party's node marks a side of `day` defaulted whose book it cannot have: half as
    /// long after the preset time again as the deadline.
    pub fn stand_in_defaults_of(&self, day: BusinessDay) -> Option<Moment> {
        let deadline = self.deadline_of(day)?;
        Some(deadline.saturating_add(self.millis_to_deadline() / 2))
    }

    fn millis_to_deadline(&self) -> Moment {
        Moment::from(self.deadline_minutes) * crate::day::MINUTE
    }
}

/// Members, agreements and terms: the registry.
pub trait Directory {
    /// The agreement.
    fn agreement(id: AgreementId) -> Option<AgreementView>;

    /// All agreements' ids.
    fn agreements() -> Vec<AgreementId>;

    /// The version of a product's terms in force on `day`, and the terms.
    fn terms_on(
        agreement: AgreementId,
        product: ProductId,
        day: BusinessDay,
    ) -> Option<(u16, Terms)>;

    /// All versions of a product's terms, oldest first.
    fn terms(agreement: AgreementId, product: ProductId) -> Vec<Terms>;

    /// The account that a member pays from and is paid to for `day`.
    fn account(member: MemberId, day: BusinessDay) -> Option<AccountId32>;

    /// Where a member's node answers JSON-RPC.
    fn endpoint(member: MemberId) -> Option<Vec<u8>>;

    /// The member whose operator key's account is `account`.
    fn member_of(account: &AccountId32) -> Option<MemberId>;

    /// The member's operator key.
    fn operator(member: MemberId) -> Option<crate::OperatorId>;

    /// In an off-chain worker: whether this node's keystore holds the member's operator key.
    fn acts_for(member: MemberId) -> bool;

    /// In an off-chain worker: a signature over any payload by the member's operator key.
    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<crate::OperatorSignature>;
}

/// The assets in which companies pay, as far as agreements depend on them.
pub trait AssetDecimals {
    /// The decimal places that an asset's metadata states; `None` where there is no such asset.
    fn decimals(asset: u32) -> Option<u8>;
}

/// No assets.
impl AssetDecimals for () {
    fn decimals(_: u32) -> Option<u8> {
        None
    }
}

/// A day's trades in numbers.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    codec::MaxEncodedLen,
    TypeInfo,
)]
pub struct DayTotals {
    /// Trades: the positions of the day.
    pub count: u32,
    /// What users paid.
    pub gross: Amount,
    /// The company's total.
    pub debit: Amount,
    /// The bank's total.
    pub credit: Amount,
}

impl DayTotals {
    /// The total of `side`.
    pub const fn of(&self, side: Side) -> Amount {
        match side {
            Side::Debit => self.debit,
            Side::Credit => self.credit,
        }
    }
}

/// The trades of days: the chain's record.
pub trait DayTrades {
    /// The totals of a day; all zero where it has no trades.
    fn totals(agreement: AgreementId, day: BusinessDay) -> DayTotals;

    /// Whether the day is sealed.
    fn is_sealed(agreement: AgreementId, day: BusinessDay) -> bool;

    /// The trades of a page, in order.
    fn page(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade>;

    /// The chain's own page roots of a side; whole once the day is sealed.
    fn page_roots(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<H256>;

    /// The commitment that a book equal to the chain gives; there once the day is sealed.
    fn chain_commitment(agreement: AgreementId, day: BusinessDay, side: Side)
        -> Option<Commitment>;

    /// What the roots of a side of a day are bound to.
    fn place(agreement: AgreementId, day: BusinessDay, side: Side) -> Place;

    /// Whether the window shows the sequence as used. `None`: it is below the window.
    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool>;
}

/// The parties' commitments.
pub trait Commitments {
    /// What a party committed to.
    fn commitment(agreement: AgreementId, day: BusinessDay, side: Side) -> Option<Commitment>;

    /// Takes a rejected commitment away, so that the party may commit once more.
    fn reject(agreement: AgreementId, day: BusinessDay, side: Side);
}

/// What the books need of the reconciliation.
pub trait SideView {
    /// The state of a side.
    fn side_status(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> crate::summary::SideStatus;

    /// Whether a commitment may still come: the side is neither proven nor defaulted, and its
    /// deadline has not passed.
    fn may_commit(agreement: AgreementId, day: BusinessDay, side: Side) -> bool;

    /// The extras of a proven side, with their causes, in the order of the book.
    fn extra_breaks(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Vec<(crate::Entry, crate::Cause)>;

    /// The book of a proven side equals the chain again.
    fn on_repaired(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<(), DispatchError>;
}

/// What the company owes for days, and whether it paid: the settlement.
pub trait Payables {
    /// What the company owes the bank for the day; there once the day is reconciled.
    fn payable(agreement: AgreementId, day: BusinessDay) -> Option<Amount>;

    /// Whether nothing is owed for the day any more: it is reconciled, and paid or of zero.
    fn is_settled(agreement: AgreementId, day: BusinessDay) -> bool;
}

/// Told when a day is reconciled.
pub trait OnReconciled {
    /// The day is reconciled; the company owes the bank `payable`.
    fn on_reconciled(agreement: AgreementId, day: BusinessDay, payable: Amount);
}

impl OnReconciled for () {
    fn on_reconciled(_: AgreementId, _: BusinessDay, _: Amount) {}
}
