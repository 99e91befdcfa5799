//! What the chain takes of what is sent, and what that makes of the model.

use super::{
    compared,
    places::{own, Does},
    sent::{product, Named, Proposed, Sent},
    Missing, Model,
};
use crate::mock::*;
use counterfoil_primitives::{Original, RefundRequest};

impl Model {
    /// The payment that a refund may be given of, on this branch.
    fn refundable(&self, refund: &RefundRequest) -> Option<usize> {
        let Original { id, day, position } = refund.original;
        let slot = self
            .places
            .slot(((day.0 - FIRST.0) as usize, position as usize))?;
        let Does::Pay(of) = slot.does else {
            return None;
        };
        let payment = &self.places.payments[of];
        let gross = refund.gross as i128;
        let [_, debit, credit] = payment.refund(gross);
        let fits = !self.used.contains(&refund.sequence)
            && (slot.id, product(payment.product)) == (id, refund.product)
            && refund.refunded_before as i128 == payment.back
            && gross <= payment.left()
            && (refund.debit as i128, refund.credit as i128) == (debit, credit);
        fits.then_some(of)
    }

    /// Whether the chain takes it.
    pub(super) fn takes(&self, sent: &Sent) -> bool {
        match sent {
            Sent::Pay(sequence, _) => {
                let missing = self.missing.get(sequence);
                let is_booked = missing.is_some_and(|(_, missing)| *missing == Missing::Booked);
                !is_booked && !self.used.contains(sequence)
            }
            Sent::GiveBack(refund) => self.refundable(refund).is_some(),
            Sent::Propose(named, stated) => {
                let places = named.places();
                let mut open = self.open.values();
                self.open.len() + self.claims.len() < MAX_PER_MEMBER as usize
                    && self.comes_to(named) == Some(*stated)
                    && open.all(|other| other.named.places().is_disjoint(&places))
                    && match named {
                        Named::Cancel(..) => true,
                        Named::Replace(..) => stated.payments.count == 1,
                        Named::Supplement(sequence, _) => !self.missing.contains_key(sequence),
                    }
            }
            Sent::Answer { number, meant, .. } => self.open.get(number) == Some(meant),
            Sent::Withdraw(number) => self.open.contains_key(number),
            Sent::WriteOff(number) => self.claims.contains(number),
        }
    }

    /// The chain took it.
    pub(super) fn take(&mut self, sent: &Sent) {
        match sent {
            Sent::Pay(sequence, stated) => {
                self.used.insert(*sequence);
                if let Some((_, missing)) = self.missing.get_mut(sequence) {
                    *missing = Missing::Recorded;
                }
                self.places.pay(Some(own(*sequence)), self.paid(*stated));
            }
            Sent::GiveBack(refund) => {
                let of = self.refundable(refund).expect("the chain took it");
                self.used.insert(refund.sequence);
                let gross = refund.gross as i128;
                self.places.refund(own(refund.sequence), of, gross);
            }
            Sent::Propose(named, _) => {
                self.last += 1;
                if let Named::Supplement(sequence, stated) = named {
                    let missing = (*stated, Missing::Proposed);
                    self.missing.insert(*sequence, missing);
                }
                let trades = compared::trades_on(&named.places());
                let named = named.clone();
                self.open.insert(self.last, Proposed { named, trades });
            }
            Sent::Answer {
                number,
                meant,
                accepts,
                ..
            } => {
                self.open.remove(number);
                if *accepts {
                    book_all(*number);
                    self.book(&meant.named);
                } else {
                    self.claims.insert(*number);
                    self.forget(&meant.named);
                }
            }
            Sent::WriteOff(number) => {
                self.claims.remove(number);
            }
            Sent::Withdraw(number) => {
                if let Some(proposed) = self.open.remove(number) {
                    self.forget(&proposed.named);
                }
            }
        }
    }

    fn book(&mut self, named: &Named) {
        match named {
            Named::Cancel(of, positions) => {
                for position in positions.iter().rev() {
                    self.places.cancel((*of, *position));
                }
            }
            Named::Replace(place, stated) => self.places.replace(*place, self.paid(*stated)),
            Named::Supplement(sequence, stated) => match self.missing.get_mut(sequence) {
                Some((_, missing)) if *missing == Missing::Proposed => {
                    *missing = Missing::Booked;
                    self.places.pay(None, self.paid(*stated));
                }
                _ => self.forget(named),
            },
        }
    }

    fn forget(&mut self, named: &Named) {
        if let Named::Supplement(sequence, _) = named {
            self.missing.remove(sequence);
        }
    }
}
