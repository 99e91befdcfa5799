//! An agreement of a bank and a company, as the pallets see each other's.

use crate::{
    caps_on_breaks::Caps,
    conditions::{version_on, Conditions},
    written::Denomination,
    Amount, BusinessDay, Currency, MemberId, Side,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

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
    /// The clients among them that bank or company suspended, ascending: they record nothing.
    pub suspended: Vec<MemberId>,
    /// The currency of all amounts, an ISO 4217 code.
    pub currency: Currency,
    /// Decimal places of the currency's minor unit, in which amounts are counted.
    pub decimals: u8,
    /// The first day that reconciles.
    pub first_day: BusinessDay,
    /// The first day on which clients record no payments any more, where the agreement ends. Refunds and
    /// amendments go on until its [close](Self::close).
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

    /// Whether `day` is one of the agreement, which is sealed and reconciled: from its first on, and before
    /// its [close](Self::close).
    pub fn includes(&self, day: BusinessDay) -> bool {
        day >= self.first_day && !self.has_closed(day)
    }

    /// In what amounts are counted.
    pub fn denomination(&self) -> Denomination<'_> {
        Denomination {
            currency: &self.currency,
            decimals: self.decimals,
        }
    }

    /// The party that keeps the book of `side`.
    pub const fn party(&self, side: Side) -> MemberId {
        side.pick(self.company, self.bank)
    }
}
