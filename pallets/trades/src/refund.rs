//! Takes refunds: finds the payment that a refund names, and what is left of it.
//!
//! A payment is read once a call, and two refunds of it in one call see each other. What is found and
//! refused changes nothing: a refund counts once its day has taken it.

use crate::{pages, Config, Refunded, Refunds, Refusal};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::Directory,
    refund::{self, RefundedPayment},
    written::day_of_input,
    AgreementId, AgreementView, Amount, Amounts, BusinessDay, MemberId, Original, ProductId,
    RefundLink, RefundRequest, Terms, Trade,
};

/// A refund that may be given.
pub(crate) struct Priced {
    /// Its link to its payment.
    pub link: RefundLink,
    /// The version of the terms that gave the payment's amounts.
    pub terms_version: u16,
    /// What either side's amount ought to be.
    pub right: Amounts,
}

/// The payments from which the refunds of a call give back.
#[derive(Default)]
pub(crate) struct Originals {
    found: BTreeMap<(BusinessDay, u32), Option<Found>>,
    terms: BTreeMap<(ProductId, u16), Option<Terms>>,
    links: Vec<(BusinessDay, u32, RefundLink)>,
}

/// A trade on the place that a refund names.
struct Found {
    trade: Trade,
    /// What was given back of it so far, by this call too.
    refunded: Amount,
    /// Whether this call gave some of it back.
    is_changed: bool,
}

impl Found {
    fn load<T: Config>(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Self> {
        Some(Self {
            trade: pages::trade_at::<T>(agreement, day, position)?,
            refunded: Refunded::<T>::get((agreement, day, position)),
            is_changed: false,
        })
    }
}

impl Originals {
    /// The link and the right amounts of a refund by `client`, by its payment and what is left of that. The
    /// payment's day may be given by the digits of its date; the link holds its number.
    pub(crate) fn price<T: Config>(
        &mut self,
        client: MemberId,
        agreement_id: AgreementId,
        agreement: &AgreementView,
        request: &RefundRequest,
    ) -> Result<Priced, Refusal> {
        let day = day_of_input(request.original.day).map_err(|_| Refusal::NoSuchDate)?;
        let original = Original {
            day,
            ..request.original
        };
        let request = &RefundRequest {
            original,
            ..*request
        };
        let position = original.position;
        let found = self
            .found
            .entry((day, position))
            .or_insert_with(|| Found::load::<T>(agreement_id, day, position))
            .as_ref()
            .ok_or(Refusal::OriginalMissing)?;
        let link = refund::link(request, client, agreement, &found.trade, found.refunded)?;
        let (product, terms_version) = (found.trade.product, found.trade.terms_version);
        let terms = self
            .terms
            .entry((product, terms_version))
            .or_insert_with(|| T::Directory::terms_of_version(agreement_id, product, terms_version))
            .ok_or(Refusal::UnknownProduct)?;
        Ok(Priced {
            link,
            terms_version,
            right: link.amounts(&terms, request.gross),
        })
    }

    /// Counts a refund of `gross` that `day` took on `position`.
    pub(crate) fn give_back(
        &mut self,
        day: BusinessDay,
        position: u32,
        link: RefundLink,
        gross: Amount,
    ) {
        let payment = (link.original.day, link.original.position);
        if let Some(Some(found)) = self.found.get_mut(&payment) {
            found.refunded = found.refunded.saturating_add(gross);
            found.is_changed = true;
        }
        self.links.push((day, position, link));
    }

    /// How many places were read.
    pub(crate) fn count(&self) -> u32 {
        self.found.len() as u32
    }

    /// Writes the links, and what is given back of each payment.
    pub(crate) fn store<T: Config>(self, agreement: AgreementId) {
        for (day, position, link) in self.links {
            Refunds::<T>::insert((agreement, day, position), link);
        }
        for ((day, position), found) in self.found {
            if let Some(found) = found.filter(|found| found.is_changed) {
                Refunded::<T>::insert((agreement, day, position), found.refunded);
            }
        }
    }
}

/// The payment from which the refund on a position of a day gives back, as ledgers name it; `None`
/// where no refund is there.
pub(crate) fn payment_of<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    position: u32,
) -> Option<RefundedPayment> {
    let RefundLink { original, .. } = Refunds::<T>::get((agreement, day, position))?;
    let payment = pages::trade_at::<T>(agreement, original.day, original.position)?;
    Some(RefundedPayment {
        position,
        id: payment.id,
        reference: payment.reference,
    })
}
