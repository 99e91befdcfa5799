//! What members form of what is drawn, by what the model knows.

use super::{
    drawn::{Act, Draft, Stated},
    places::{count, totals, Does, Place},
    sent::{product, reference, user, Named, Sent},
    Model,
};
use crate::mock::*;
use counterfoil_primitives::{DayTotals, Original, RefundRequest};
use proptest::sample::Index;

impl Model {
    fn stated(&self, draft: Draft) -> Stated {
        Stated {
            product: draft.product,
            gross: draft.gross,
            day: self.places.today.saturating_sub(draft.is_late.into()),
        }
    }

    /// A place that holds a trade, if any does.
    fn pick(&self, which: &Index) -> Option<Place> {
        let places = self.places.all();
        (!places.is_empty()).then(|| *which.get(&places))
    }

    /// What a member sends, if there is anything to send.
    pub(super) fn form(&self, act: Act) -> Option<Sent> {
        match act {
            Act::Pay(draft) => Some(Sent::Pay(self.next, self.stated(draft))),
            Act::GiveBack(which, gross, is_stale) => {
                let place = self.pick(&which)?;
                let mut refund = self.refund(place, gross);
                refund.refunded_before += u128::from(is_stale);
                Some(Sent::GiveBack(refund))
            }
            Act::Cancel(which) => {
                let places: Vec<Place> = which.iter().filter_map(|at| self.pick(at)).collect();
                let (of, _) = *places.first()?;
                let of_day = places.into_iter().filter(|(day, _)| *day == of);
                self.propose(Named::Cancel(of, of_day.map(|(_, at)| at).collect()))
            }
            Act::Replace(which, draft) => {
                let place = self.pick(&which)?;
                self.propose(Named::Replace(place, self.stated(draft)))
            }
            Act::Supplement(draft, again) => {
                let before = self.missing.keys().next_back().filter(|_| again);
                let sequence = before.copied().unwrap_or(self.next);
                self.propose(Named::Supplement(sequence, self.stated(draft)))
            }
            Act::PayMissing(which) => {
                let known: Vec<_> = self.missing.iter().collect();
                let (sequence, (stated, _)) = (!known.is_empty()).then(|| *which.get(&known))?;
                Some(Sent::Pay(*sequence, *stated))
            }
            Act::Answer(accepts) => self.answer(accepts),
            Act::GiveUp => {
                let newest = self.open.keys().chain(&self.claims).max().copied()?;
                Some(match self.claims.contains(&newest) {
                    true => Sent::WriteOff(newest),
                    false => Sent::Withdraw(newest),
                })
            }
        }
    }

    pub(super) fn propose(&self, named: Named) -> Option<Sent> {
        let stated = self.comes_to(&named)?;
        Some(Sent::Propose(named, stated))
    }

    pub(super) fn answer(&self, accepts: bool) -> Option<Sent> {
        let (number, meant) = self.open.first_key_value()?;
        Some(Sent::Answer {
            number: *number,
            meant: meant.clone(),
            fingerprint: proposal(*number).fingerprint,
            accepts,
        })
    }

    /// A refund of what is on a place, which may be no payment.
    pub(super) fn refund(&self, (of, position): Place, gross: i128) -> RefundRequest {
        let slot = self.places.days[of][position];
        let payment = match slot.does {
            Does::Pay(of) => Some(self.places.payments[of]),
            _ => None,
        };
        let [_, debit, credit] = payment.map_or([0; 3], |payment| payment.refund(gross));
        RefundRequest {
            sequence: self.next,
            reference: reference(self.next),
            user: user(),
            product: product(payment.map_or(0, |payment| payment.product)),
            original: Original {
                id: slot.id,
                day: day(of as u32),
                position: position as u32,
            },
            refunded_before: payment.map_or(0, |payment| payment.back as u128),
            gross: gross as u128,
            debit: debit as u128,
            credit: credit as u128,
            occurred_at: at(self.places.today as u32, 12, 0),
        }
    }

    /// What the named trades come to, if all are there.
    pub(super) fn comes_to(&self, named: &Named) -> Option<DayTotals> {
        if let Named::Supplement(_, stated) = named {
            let mut totals = DayTotals::default();
            count(&mut totals.payments, self.paid(*stated).net());
            return Some(totals);
        }
        let places = named.places().into_iter();
        let slots: Option<Vec<_>> = places.map(|place| self.places.slot(place)).collect();
        Some(totals(slots?))
    }
}
