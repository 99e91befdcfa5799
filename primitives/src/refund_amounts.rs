//! The amounts of a refund, by the terms of its payment, and what refunds leave of the payment's own.

use crate::{Amount, Amounts, DebitRule, RefundFee, Terms};

impl Terms {
    /// The amounts of a refund of `now`, of a payment of `paid` of which `before` was given back
    /// earlier. Returned fees make the amounts of all refunds of a payment add up to the payment's own;
    /// no amount exceeds `now`.
    pub fn refund_amounts(&self, paid: Amount, before: Amount, now: Amount) -> Amounts {
        let left = paid.saturating_sub(before);
        let (old, new) = (self.amounts(left), self.amounts(left.saturating_sub(now)));
        let returned = Amounts {
            debit: old.debit.saturating_sub(new.debit),
            credit: old.credit.saturating_sub(new.credit),
        };
        match (self.refund_fee, &self.debit) {
            (RefundFee::Returned, _) => returned,
            (RefundFee::Kept, DebitRule::Residual) => Amounts {
                debit: now,
                credit: 0,
            },
            (RefundFee::Kept, DebitRule::Own(_)) => Amounts {
                credit: 0,
                ..returned
            },
        }
    }

    /// What is left of the amounts of a payment of `paid` once `refunded` of it was given back. `None`
    /// where the bank kept a fee that is more than is left: one amount would be below zero, or exceed
    /// what is left.
    pub fn amounts_left(&self, paid: Amount, refunded: Amount) -> Option<Amounts> {
        let left = paid.saturating_sub(refunded);
        let amounts = match (self.refund_fee, &self.debit) {
            (RefundFee::Returned, _) => self.amounts(left),
            (RefundFee::Kept, DebitRule::Residual) => Amounts {
                debit: self.amounts(paid).debit.checked_sub(refunded)?,
                credit: self.credit.apply(paid),
            },
            (RefundFee::Kept, DebitRule::Own(rule)) => Amounts {
                debit: rule.apply(left),
                credit: self.credit.apply(paid),
            },
        };
        (amounts.debit <= left && amounts.credit <= left).then_some(amounts)
    }
}
