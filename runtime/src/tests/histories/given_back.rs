//! What was given back of payments: what must hold of refunds, whatever was sent.

use crate::{views, Registry, Trades};
use counterfoil_primitives::{
    ports::{DayTrades, Directory},
    AgreementId, Amount, BusinessDay, Kind, MemberId, Original, RefundFee, RefundRequest, Trade,
    TradeId,
};
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
        let link = Trades::refund_link(self.agreement, self.day, self.position);
        link.expect("a refund is linked").original
    }
}

/// What was given back of a payment.
#[derive(Clone, Copy, Default)]
struct Sums {
    gross: Amount,
    debit: Amount,
    credit: Amount,
}

#[derive(Default)]
pub struct GivenBack {
    /// What clients sent.
    asked: BTreeSet<(AgreementId, TradeId, [u8; 16], Amount, Original)>,
    /// By the place of the payment.
    sums: BTreeMap<(AgreementId, BusinessDay, u32), Sums>,
    seen: Vec<Recorded>,
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

    /// What was given back of the payment on a place.
    pub fn of(&self, agreement: AgreementId, original: &Original) -> Amount {
        let place = (agreement, original.day, original.position);
        self.sums.get(&place).map_or(0, |sums| sums.gross)
    }

    /// A refund was recorded in the last block.
    pub fn see(&mut self, refund: Recorded) {
        self.seen.push(refund);
    }

    /// The refunds of the last block: those of one payment in the order in which they gave back.
    pub fn take_seen(&mut self) -> Vec<Recorded> {
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_by_key(|refund| {
            Trades::refund_link(refund.agreement, refund.day, refund.position)
                .map(|link| (link.original, link.refunded_before))
        });
        seen
    }

    /// Takes in a refund of `payment`.
    pub fn note(&mut self, refund: &Recorded, payment: &Trade) {
        let Recorded {
            agreement, trade, ..
        } = *refund;
        let link = Trades::refund_link(agreement, refund.day, refund.position)
            .expect("a refund is linked");
        let original = link.original;
        let asked = (agreement, trade.id, trade.user.0, trade.gross, original);
        assert!(self.asked.contains(&asked), "nobody sent {trade:?}");
        assert_eq!(payment.kind, Kind::Payment, "{original:?}");
        assert_eq!(payment.id, original.id);
        assert_eq!(payment.id.client, trade.id.client, "another client's");
        assert_eq!(
            (payment.user, payment.product, payment.terms_version),
            (trade.user, trade.product, trade.terms_version)
        );
        assert!(payment.occurred_at <= trade.occurred_at);
        let place = (agreement, original.day, original.position);
        let sums = self.sums.entry(place).or_default();
        assert_eq!(
            (link.paid, link.refunded_before),
            (payment.gross, sums.gross)
        );
        *sums = Sums {
            gross: sums.gross + trade.gross,
            debit: sums.debit + trade.debit,
            credit: sums.credit + trade.credit,
        };
        assert!(sums.gross <= payment.gross, "more than was paid: {trade:?}");
        let versions = Registry::terms(agreement, payment.product);
        match versions[usize::from(payment.terms_version)].refund_fee {
            RefundFee::Kept => assert_eq!(sums.credit, 0, "{trade:?}"),
            RefundFee::Returned if sums.gross == payment.gross => {
                let all = (sums.debit, sums.credit);
                assert_eq!(all, (payment.debit, payment.credit), "{original:?}");
            }
            RefundFee::Returned => {
                assert!(sums.debit <= payment.debit && sums.credit <= payment.credit);
            }
        }
    }

    /// The chain counts the same, of each payment.
    pub fn check(&self) {
        for ((agreement, day, position), sums) in &self.sums {
            assert_eq!(views::refunded(*agreement, *day, *position), sums.gross);
        }
    }
}
