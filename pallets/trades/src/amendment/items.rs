//! Books each kind of item: whole, or not at all.

use super::{Place, Step, Stopped};
use crate::{Config, Links, Supplement, Supplements};
use counterfoil_primitives::{
    amendment::{Correction, FallenOut, Item, MissingPayment},
    found_trade::Found,
    Amounts, BusinessDay, Kind, Link, Original, Relation, Trade, TradeId,
};
use frame_support::ensure;

impl<T: Config> Step<'_, T> {
    /// Books one thing, or leaves everything as it was.
    pub(super) fn take(&mut self, item: &Item) -> Result<(), Stopped> {
        match item {
            Item::Cancel { day, position } => self.cancel((*day, *position)),
            Item::Replace { day, correction } => self.replace(*day, correction),
            Item::Supplement(payment) => self.supplement(payment),
        }
    }

    /// Takes back what is left of a payment, or puts back what a refund gave back.
    fn cancel(&mut self, place: Place) -> Result<(), Stopped> {
        let found = self.find(place)?;
        self.ensure_room(1, found.trade.occurred_at)?;
        match found.relation {
            Some(Relation::UndoneRefund | Relation::UndoneCancellation) => {
                Err(FallenOut::UndoesAnother.into())
            }
            Some(Relation::Refund | Relation::Cancellation) => self.put_back(place, &found),
            None | Some(Relation::Replacement) => self.take_back(place, &found),
        }
    }

    /// Takes back all that is left of a payment.
    fn take_back(&mut self, place: Place, payment: &Found) -> Result<(), Stopped> {
        ensure!(payment.left() > 0, FallenOut::NothingLeft);
        let trade = &payment.trade;
        let link = Link {
            relation: Relation::Cancellation,
            original: original(place, trade.id),
            paid: payment.paid,
            refunded_before: payment.refunded,
        };
        let terms = self.terms_of(trade.product, trade.terms_version)?;
        let amounts = link
            .amounts(&terms, link.left())
            .ok_or(FallenOut::KeptFee)?;
        let cancellation = self.trade_like(trade, link.relation, link.left(), amounts);
        self.add(cancellation, Some(link))?;
        self.set_refunded(place, payment.paid);
        Ok(())
    }

    /// Puts back what a refund or a cancellation took of its payment, if nothing came after it.
    fn put_back(&mut self, place: Place, refund: &Found) -> Result<(), Stopped> {
        ensure!(refund.left() > 0, FallenOut::NothingLeft);
        let (day, position) = place;
        let link =
            Links::<T>::get((self.agreement_id, day, position)).ok_or(FallenOut::NothingThere)?;
        let undone = link.relation.undone().ok_or(FallenOut::UndoesAnother)?;
        ensure!(
            !self.came_with_replacement(place, &link),
            FallenOut::Replaced
        );
        let payment_place = (link.original.day, link.original.position);
        let payment = self.find(payment_place)?;
        let gross = refund.trade.gross;
        let latest = link.refunded_before.saturating_add(gross);
        ensure!(payment.refunded == latest, FallenOut::NotLatest);
        let link = Link {
            relation: undone,
            ..link
        };
        let trade = self.trade_like(&refund.trade, undone, gross, refund.trade.amounts());
        self.add(trade, Some(link))?;
        self.set_refunded(place, gross);
        self.set_refunded(payment_place, link.refunded_before);
        Ok(())
    }

    /// Takes back what is left of a payment, and states it right, less what was given back of it.
    fn replace(&mut self, day: BusinessDay, right: &Correction) -> Result<(), Stopped> {
        let place = (day, right.position);
        let payment = self.find(place)?;
        self.ensure_room(2, payment.trade.occurred_at.max(right.occurred_at))?;
        ensure!(payment.is_payment(), FallenOut::NotAPayment);
        ensure!(payment.left() > 0, FallenOut::NothingLeft);
        ensure!(right.gross > payment.refunded, FallenOut::GivenBack);
        let link = Link {
            relation: Relation::Replacement,
            original: original(place, payment.trade.id),
            paid: right.gross,
            refunded_before: payment.refunded,
        };
        let (version, terms) = self.terms_at(right.product, right.occurred_at, right.gross)?;
        let amounts = link
            .amounts(&terms, link.left())
            .ok_or(FallenOut::KeptFee)?;
        self.take_back(place, &payment)?;
        let replacement = Trade {
            user: right.user,
            product: right.product,
            occurred_at: right.occurred_at,
            terms_version: version,
            ..self.trade_like(&payment.trade, link.relation, link.left(), amounts)
        };
        let position = self.add(replacement, Some(link))?;
        self.booked_for.push((position, payment.client));
        if payment.refunded > 0 {
            self.set_refunded((self.day, position), payment.refunded);
        }
        Ok(())
    }

    /// Records a payment that was never recorded.
    fn supplement(&mut self, payment: &MissingPayment) -> Result<(), Stopped> {
        self.ensure_room(1, payment.occurred_at)?;
        let name = (payment.client, payment.reference);
        let key = (self.agreement_id, payment.client, payment.reference);
        let is_missing = Supplements::<T>::get(key) == Some(Supplement::Proposed)
            && !self.supplements.contains_key(&name);
        ensure!(is_missing, FallenOut::RecordedMeanwhile);
        let (version, terms) =
            self.terms_at(payment.product, payment.occurred_at, payment.gross)?;
        let Amounts { debit, credit } = terms.amounts(payment.gross);
        let trade = Trade {
            id: self.next_id(),
            kind: Kind::Payment,
            reference: payment.reference,
            user: payment.user,
            product: payment.product,
            gross: payment.gross,
            debit,
            credit,
            occurred_at: payment.occurred_at,
            terms_version: version,
        };
        let position = self.add(trade, None)?;
        self.booked_for.push((position, payment.client));
        self.supplements.insert(name, position);
        Ok(())
    }

    /// Whether a cancellation made room for a replacement of its payment, which stands behind it. Put
    /// back, the payment would count beside that.
    fn came_with_replacement(&self, (day, position): Place, link: &Link) -> bool {
        let next = (self.agreement_id, day, position.saturating_add(1));
        link.relation == Relation::Cancellation
            && Links::<T>::get(next).is_some_and(|next| {
                next.relation == Relation::Replacement && next.original == link.original
            })
    }
}

/// The place and id of a payment, as a link keeps them.
const fn original((day, position): Place, id: TradeId) -> Original {
    Original { id, day, position }
}
