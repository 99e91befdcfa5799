//! What an item of an accepted amendment books. What is left of a payment's amounts follows here from what
//! was given back of it, and not from its terms.

use super::{amended::Place, Model};
use crate::{Registry, Trades};
use counterfoil_primitives::{
    amendment::{Correction, FallenOut, Item, MissingPayment, AMENDMENTS},
    found_trade::Found,
    ports::{DayTrades, Directory},
    AgreementId, Amounts, Kind, Link, Moment, Original, ProductId, Relation, Terms, Trade, TradeId,
};

impl Model {
    /// Books an item: the chain must have booked the same.
    pub(super) fn book(
        &mut self,
        agreement: AgreementId,
        at: Moment,
        item: &Item,
    ) -> Result<(), FallenOut> {
        match item {
            Item::Cancel { day, position } => self.cancel((agreement, *day, *position), at),
            Item::Replace { day, correction } => {
                self.replace((agreement, *day, correction.position), at, correction)
            }
            Item::Supplement(payment) => self.supplement(agreement, payment),
        }
    }

    fn cancel(&mut self, place: Place, at: Moment) -> Result<(), FallenOut> {
        let found = self.found(place).ok_or(FallenOut::NothingThere)?;
        match found.relation {
            None | Some(Relation::Replacement) => self.take_back(place, &found, at),
            Some(Relation::Refund | Relation::Cancellation) => self.put_back(place, &found, at),
            Some(Relation::UndoneRefund | Relation::UndoneCancellation) => {
                Err(FallenOut::UndoesAnother)
            }
        }
    }

    fn take_back(&mut self, place: Place, payment: &Found, at: Moment) -> Result<(), FallenOut> {
        if payment.left() == 0 {
            return Err(FallenOut::NothingLeft);
        }
        let Amounts { debit, credit } = self.left_of(place, payment).ok_or(FallenOut::KeptFee)?;
        let link = Link {
            relation: Relation::Cancellation,
            original: original(place, payment),
            paid: payment.paid,
            refunded_before: payment.refunded,
        };
        let cancellation = Trade {
            kind: Kind::Refund,
            gross: payment.left(),
            debit,
            credit,
            occurred_at: at.max(payment.trade.occurred_at),
            ..payment.trade
        };
        self.expect(cancellation, Some(link));
        self.given_back.give(place, &cancellation);
        Ok(())
    }

    /// What is left of a payment's amounts, unless one is below zero or more than is left of its gross.
    fn left_of(&self, place: Place, payment: &Found) -> Option<Amounts> {
        let given = self.given_back.sums(place);
        let debit = payment.trade.debit.checked_sub(given.debit)?;
        let credit = payment.trade.credit.checked_sub(given.credit)?;
        let fits = debit <= payment.left() && credit <= payment.left();
        fits.then_some(Amounts { debit, credit })
    }

    fn put_back(&mut self, place: Place, refund: &Found, at: Moment) -> Result<(), FallenOut> {
        if refund.left() == 0 {
            return Err(FallenOut::NothingLeft);
        }
        let (agreement, day, position) = place;
        let link = self.amended.links[&place];
        let behind = self.amended.links.get(&(agreement, day, position + 1));
        let is_replaced = behind.is_some_and(|behind| {
            (behind.relation, behind.original) == (Relation::Replacement, link.original)
        });
        if is_replaced && link.relation == Relation::Cancellation {
            return Err(FallenOut::Replaced);
        }
        let of = (agreement, link.original.day, link.original.position);
        let trade = refund.trade;
        if self.given_back.at(of) != link.refunded_before + trade.gross {
            return Err(FallenOut::NotLatest);
        }
        let relation = match link.relation {
            Relation::Refund => Relation::UndoneRefund,
            _ => Relation::UndoneCancellation,
        };
        let undone = Trade {
            kind: Kind::Payment,
            occurred_at: at.max(trade.occurred_at),
            ..trade
        };
        self.expect(undone, Some(Link { relation, ..link }));
        self.given_back.put_back(place, of, &undone);
        Ok(())
    }

    fn replace(&mut self, place: Place, at: Moment, right: &Correction) -> Result<(), FallenOut> {
        let payment = self.found(place).ok_or(FallenOut::NothingThere)?;
        if !payment.is_payment() {
            return Err(FallenOut::NotAPayment);
        }
        if payment.left() == 0 {
            return Err(FallenOut::NothingLeft);
        }
        if right.gross <= payment.refunded {
            return Err(FallenOut::GivenBack);
        }
        let terms = terms_at(place.0, right.product, right.occurred_at);
        let (terms_version, terms) = terms.ok_or(FallenOut::UnknownProduct)?;
        let Amounts { debit, credit } = terms
            .amounts_left(right.gross, payment.refunded)
            .ok_or(FallenOut::KeptFee)?;
        self.take_back(place, &payment, at)?;
        let link = Link {
            relation: Relation::Replacement,
            original: original(place, &payment),
            paid: right.gross,
            refunded_before: payment.refunded,
        };
        let replacement = Trade {
            user: right.user,
            product: right.product,
            gross: right.gross - payment.refunded,
            debit,
            credit,
            occurred_at: right.occurred_at,
            terms_version,
            ..payment.trade
        };
        let stands = self.expect(replacement, Some(link));
        self.amended.owners.insert(stands, payment.client);
        self.given_back.carry_over(stands, payment.refunded);
        Ok(())
    }

    fn supplement(
        &mut self,
        agreement: AgreementId,
        payment: &MissingPayment,
    ) -> Result<(), FallenOut> {
        let key = (agreement, payment.client, payment.reference);
        let is_noted = self.amended.missing.get(&key) == Some(&None);
        let trade = match self.supplement_of(agreement, payment) {
            _ if !is_noted || self.amended.taken_out.contains(&key) => {
                Err(FallenOut::RecordedMeanwhile)
            }
            None => Err(FallenOut::UnknownProduct),
            Some(trade) => Ok(trade),
        };
        if trade.is_err() {
            self.amended.forget(key);
        }
        let stands = self.expect(trade?, None);
        self.amended.owners.insert(stands, payment.client);
        self.amended.missing.insert(key, Some(stands));
        Ok(())
    }

    /// The trade that records a payment which was not recorded, without an id yet.
    pub fn supplement_of(&self, agreement: AgreementId, payment: &MissingPayment) -> Option<Trade> {
        let (terms_version, terms) = terms_at(agreement, payment.product, payment.occurred_at)?;
        let Amounts { debit, credit } = terms.amounts(payment.gross);
        Some(Trade {
            id: TradeId::default(),
            kind: Kind::Payment,
            reference: payment.reference,
            user: payment.user,
            product: payment.product,
            gross: payment.gross,
            debit,
            credit,
            occurred_at: payment.occurred_at,
            terms_version,
        })
    }

    /// The chain booked this trade next, under the next number. Returns its place.
    fn expect(&mut self, trade: Trade, link: Option<Link>) -> Place {
        self.amended.trades += 1;
        let id = TradeId {
            client: AMENDMENTS,
            sequence: self.amended.trades,
        };
        let expected = Trade { id, ..trade };
        let booked = self.amended.booked.pop_front();
        let (place, trade) = booked.unwrap_or_else(|| panic!("not booked: {expected:?}"));
        assert_eq!(trade, expected, "{place:?}");
        let (agreement, day, position) = place;
        assert_eq!(Trades::link(agreement, day, position), link, "{trade:?}");
        self.amended.touched.push(place);
        if let Some(link) = link {
            let Original { day, position, .. } = link.original;
            self.amended.touched.push((agreement, day, position));
            self.amended.links.insert(place, link);
        }
        place
    }
}

fn original((_, day, position): Place, payment: &Found) -> Original {
    Original {
        id: payment.trade.id,
        day,
        position,
    }
}

/// The terms of the day of a moment.
fn terms_at(
    agreement: AgreementId,
    product: ProductId,
    occurred_at: Moment,
) -> Option<(u16, Terms)> {
    let day = Registry::agreement(agreement)?.day_of(occurred_at)?;
    Registry::terms_on(agreement, product, day)
}
