//! What days that are reconciled, and what members did, change of what is owed. Whether clients went beyond
//! their limits is found by a rule of the model's own.

use super::{super::periods::period_of, Model, Outside, Owed};
use crate::{Registry, Runtime};
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Rail, Release},
    AgreementId, AgreementView, Amount, BusinessDay, Kind, MemberId, Moment, SignedAmount, Trade,
};
use pallet_settlement::Event;
use std::collections::BTreeMap;

/// Whether the bank's amounts of some client's trades of a day go beyond the limits of that day. What
/// amendments booked was agreed to.
fn is_over_limits(agreement: &AgreementView, day: BusinessDay, trades: &[Trade]) -> bool {
    let conditions = agreement.conditions_on(day);
    let Some(limits) = conditions.and_then(|conditions| conditions.client_limits) else {
        return false;
    };
    let mut credits = BTreeMap::<(MemberId, bool), Amount>::new();
    for trade in trades.iter().filter(|trade| !trade.id.is_of_amendment()) {
        let is_refund = trade.kind == Kind::Refund;
        *credits.entry((trade.id.client, is_refund)).or_default() += trade.credit;
    }
    credits.iter().any(|((_, is_refund), sum)| {
        let limit = if *is_refund {
            limits.refunds
        } else {
            limits.payments
        };
        *sum > limit
    })
}

impl Model {
    /// A day was reconciled in the last block.
    pub(in crate::tests::histories::model) fn reconciled(
        &mut self,
        id: AgreementId,
        day: BusinessDay,
        amount: SignedAmount,
        now: Moment,
    ) {
        let agreement = Registry::agreement(id).expect("it is there");
        let period = period_of(id, &agreement, day);
        let is_over = is_over_limits(&agreement, day, self.trades(id, day));
        let conditions = agreement.conditions_on(day).expect("it has begun");
        let owed = self.owed.entry((id, period.first)).or_insert_with(|| Owed {
            days: BTreeMap::new(),
            last: period.last,
            rail: conditions.rail,
            release: Release::NotNeeded,
            due_since: None,
            in_asset: 0,
            paid_at: None,
            is_told: false,
            outside: Vec::new(),
            declared: 0,
        });
        assert_eq!(owed.due_since, None, "{day:?} came too late");
        assert!(owed.days.insert(day, amount).is_none(), "{day:?} twice");
        owed.last = period.last;
        if is_over {
            owed.release = Release::Awaited;
        }
        let days = period.first.0..=period.last.0;
        if owed.days.keys().map(|day| day.0).eq(days) {
            owed.due_since = Some(now);
        }
        owed.settle(now);
    }

    /// Takes in what a block told of payments.
    pub fn note_settlement(&mut self, event: &Event<Runtime>, now: Moment) {
        let key = match event {
            Event::Released { agreement, day, .. }
            | Event::Paid { agreement, day, .. }
            | Event::PaymentDeclared { agreement, day, .. }
            | Event::DeclarationWithdrawn { agreement, day, .. }
            | Event::PaymentAcknowledged { agreement, day, .. }
            | Event::PaymentReturned { agreement, day, .. } => (*agreement, *day),
            // Days that are reconciled are seen.
            _ => return,
        };
        let [debtor, creditor] = self.parties(key.0, key.1);
        let owed = self.owed.get_mut(&key).expect("something is owed");
        match event {
            Event::Released { .. } => owed.release = Release::Given { at: now },
            Event::Paid {
                rail: Rail::Asset(_),
                amount,
                ..
            } => {
                assert_eq!(*amount, owed.left());
                owed.in_asset += amount;
                let from = self.accounts.paying_on(debtor, key.1);
                let to = self.accounts.on(creditor, key.1);
                self.expect_funds(&from, 0, *amount);
                self.expect_funds(&to, *amount, 0);
            }
            Event::PaymentDeclared {
                number,
                amount,
                reference,
                ..
            } => {
                assert_eq!(*number, owed.declared, "numbers are given in order");
                owed.declared += 1;
                owed.outside.push(Outside {
                    number: *number,
                    amount: *amount,
                    reference: reference.clone(),
                    received: None,
                    returned: 0,
                });
            }
            Event::DeclarationWithdrawn { number, .. } => {
                assert_eq!(owed.payment(*number).received, None);
                owed.outside.retain(|one| one.number != *number);
            }
            Event::PaymentAcknowledged {
                number,
                received,
                left,
                ..
            } => {
                owed.payment(*number).received = Some(*received);
                assert_eq!(*left, owed.left());
            }
            Event::PaymentReturned {
                number,
                amount,
                left,
                ..
            } => {
                owed.payment(*number).returned += amount;
                assert_eq!(*left, owed.left());
            }
            _ => {}
        }
        let owed = self.owed.get_mut(&key).expect("something is owed");
        owed.settle(now);
        let is_paid = matches!(event, Event::Paid { .. });
        assert!(!is_paid || owed.is_settled(), "{key:?} is not paid");
        assert!(!(is_paid && owed.is_told), "{key:?} is paid twice");
        owed.is_told = owed.is_settled() && (is_paid || owed.is_told);
    }
}
