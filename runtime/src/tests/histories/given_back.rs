//! What was given back of payments: what must hold of refunds, whatever was sent.

use super::model::Place;
use crate::{views, Registry, Runtime, Trades};
use counterfoil_primitives::{
    found_trade::Found,
    ports::{DayTrades, Directory},
    AgreementId, Amount, BusinessDay, Link, MemberId, Original, RefundFee, RefundRequest, Relation,
    Trade, TradeId,
};
use pallet_registry::Successors;
use std::collections::{BTreeMap, BTreeSet};

/// A refund on its place.
pub struct Recorded {
    pub agreement: AgreementId,
    pub day: BusinessDay,
    pub position: u32,
    pub trade: Trade,
}

impl Recorded {
    /// Its payment, as the chain links it.
    pub fn original(&self) -> Original {
        let link = Trades::link(self.agreement, self.day, self.position);
        link.expect("a refund is linked").original
    }
}

/// What was given back of a payment.
#[derive(Clone, Copy, Default)]
pub struct Sums {
    pub gross: Amount,
    pub debit: Amount,
    pub credit: Amount,
}

#[derive(Default)]
pub struct GivenBack {
    /// What clients sent.
    asked: BTreeSet<(AgreementId, TradeId, [u8; 16], Amount, Original)>,
    /// What persons wrote: a form names no sequence, and may be taken long after it was sent first.
    written: BTreeSet<(AgreementId, MemberId, [u8; 16], Amount, Original)>,
    /// By the place of the payment.
    sums: BTreeMap<Place, Sums>,
    seen: Vec<Recorded>,
    /// Who succeeded whom after any block, since what a successor gave back stays: an agreement, a client and
    /// its successor.
    successors: BTreeSet<(AgreementId, MemberId, MemberId)>,
}

impl GivenBack {
    pub fn ask(&mut self, client: MemberId, agreement: AgreementId, requests: &[RefundRequest]) {
        self.asked.extend(requests.iter().map(|request| {
            let sequence = request.sequence;
            let id = TradeId { client, sequence };
            let RefundRequest {
                user,
                gross,
                original,
                ..
            } = *request;
            (agreement, id, user.0, gross, original)
        }));
    }

    /// A person sends a form.
    pub fn ask_by_form(&mut self, client: MemberId, agreement: AgreementId, meant: &RefundRequest) {
        let RefundRequest {
            user,
            gross,
            original,
            ..
        } = *meant;
        self.written
            .insert((agreement, client, user.0, gross, original));
    }

    /// What was given back of the payment on a place.
    pub fn of(&self, agreement: AgreementId, original: &Original) -> Amount {
        self.at((agreement, original.day, original.position))
    }

    /// A refund was recorded in the last block.
    pub fn see(&mut self, refund: Recorded) {
        self.seen.push(refund);
    }

    /// The refunds of the last block: those of one payment in the order in which they gave back.
    pub fn take_seen(&mut self) -> Vec<Recorded> {
        self.successors.extend(Successors::<Runtime>::iter());
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_by_key(|refund| {
            Trades::link(refund.agreement, refund.day, refund.position)
                .map(|link| (link.original, link.refunded_before))
        });
        seen
    }

    /// Takes in a refund of `payment`, and returns its link.
    pub fn note(&mut self, refund: &Recorded, payment: &Found) -> Link {
        let Recorded {
            agreement, trade, ..
        } = *refund;
        let link =
            Trades::link(agreement, refund.day, refund.position).expect("a refund is linked");
        let original = link.original;
        let asked = (agreement, trade.id, trade.user.0, trade.gross, original);
        let (client, user) = (trade.id.client, trade.user.0);
        let written = (agreement, client, user, trade.gross, original);
        assert!(
            self.asked.contains(&asked) || self.written.contains(&written),
            "nobody sent {trade:?}"
        );
        assert!(payment.is_payment(), "{original:?}");
        let Found {
            trade: paid,
            client,
            ..
        } = *payment;
        assert_eq!(paid.id, original.id);
        let by = trade.id.client;
        assert!(
            by == client || self.successors.contains(&(agreement, client, by)),
            "another client's: {trade:?}"
        );
        assert_eq!(
            (paid.user, paid.product, paid.terms_version),
            (trade.user, trade.product, trade.terms_version)
        );
        assert!(paid.occurred_at <= trade.occurred_at);
        let place = (agreement, original.day, original.position);
        let expected = Link {
            relation: Relation::Refund,
            original,
            paid: payment.paid,
            refunded_before: self.at(place),
        };
        assert_eq!(link, expected);
        self.give(place, &trade);
        let sums = self.sums(place);
        assert!(sums.gross <= payment.paid, "more than was paid: {trade:?}");
        let versions = Registry::terms(agreement, paid.product);
        match versions[usize::from(paid.terms_version)].refund_fee {
            RefundFee::Kept => assert_eq!(trade.credit, 0, "{trade:?}"),
            RefundFee::Returned if sums.gross == payment.paid => {
                let all = (sums.debit, sums.credit);
                assert_eq!(all, (paid.debit, paid.credit), "{original:?}");
            }
            RefundFee::Returned => {
                assert!(sums.debit <= paid.debit && sums.credit <= paid.credit);
            }
        }
        link
    }

    /// What was given back of the trade on a place.
    pub fn sums(&self, place: Place) -> Sums {
        self.sums.get(&place).copied().unwrap_or_default()
    }

    /// The gross amount of that.
    pub fn at(&self, place: Place) -> Amount {
        self.sums(place).gross
    }

    /// Refunds a part of the payment on a place.
    pub fn give(&mut self, place: Place, back: &Trade) {
        let sums = self.sums.entry(place).or_default();
        *sums = Sums {
            gross: sums.gross + back.gross,
            debit: sums.debit + back.debit,
            credit: sums.credit + back.credit,
        };
    }

    /// Puts what the refund on a place gave back to the payment on another one.
    pub fn put_back(&mut self, refund: Place, payment: Place, back: &Trade) {
        let sums = self.sums.entry(payment).or_default();
        *sums = Sums {
            gross: sums.gross - back.gross,
            debit: sums.debit - back.debit,
            credit: sums.credit - back.credit,
        };
        self.give(refund, back);
    }

    /// A payment is stated right, less what was given back of it before.
    pub fn carry_over(&mut self, place: Place, gross: Amount) {
        let carried = Sums {
            gross,
            ..Default::default()
        };
        self.sums.insert(place, carried);
    }

    /// The chain counts the same, of each payment.
    pub fn check(&self) {
        for ((agreement, day, position), sums) in &self.sums {
            assert_eq!(views::refunded(*agreement, *day, *position), sums.gross);
        }
    }
}
