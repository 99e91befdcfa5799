//! Takes refunds: finds the payment that a refund names, and what is left of it.
//!
//! A payment is read once a call, and two refunds of it in one call see each other. What is found and
//! refused changes nothing: a refund counts once its day has taken it.

use crate::{pages, BookedFor, Config, Links, Refunded, Refusal};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    found_trade::Found, ports::Directory, refund::RefundedPayment, refund_check,
    written::day_of_input, AgreementId, AgreementView, Amount, Amounts, BusinessDay, Link,
    MemberId, Original, ProductId, RefundRequest, Relation, Terms, Trade,
};

/// A refund that may be given.
pub(crate) struct Priced {
    /// Its link to its payment.
    pub link: Link,
    /// The version of the terms that gave the payment's amounts.
    pub terms_version: u16,
    /// What either side's amount ought to be.
    pub right: Amounts,
}

/// A payment that a refund names.
pub(crate) struct Payment {
    /// Its id and its place, with the number of its day.
    pub original: Original,
    /// What is on that place.
    pub found: Found,
    /// The terms that gave its amounts.
    pub terms: Terms,
}

/// The payments from which the refunds of a call give back.
#[derive(Default)]
pub(crate) struct Originals {
    places: BTreeMap<(BusinessDay, u32), Option<Place>>,
    /// Other clients that recorded some of them, and whether this call's client succeeds each.
    recorders: BTreeMap<MemberId, bool>,
    terms: BTreeMap<(ProductId, u16), Option<Terms>>,
    links: Vec<(BusinessDay, u32, Link)>,
}

/// What is on the place that a refund names.
struct Place {
    found: Found,
    /// Whether this call gave some of it back.
    is_changed: bool,
}

impl Place {
    fn load<T: Config>(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Self> {
        Some(Self {
            found: found_at::<T>(agreement, day, position)?,
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
        let original = by_number(request.original)?;
        let request = &RefundRequest {
            original,
            ..*request
        };
        let found = self.found::<T>(agreement_id, &original)?;
        let may_give_back = |recorder| self.may_give_back::<T>(client, agreement_id, recorder);
        let link = refund_check::link(request, may_give_back, agreement, &found)?;
        let terms = self.terms::<T>(agreement_id, &found.trade)?;
        let right = link.amounts(&terms, request.gross);
        Ok(Priced {
            link,
            terms_version: found.trade.terms_version,
            right: right.ok_or(Refusal::MoreThanLeft)?,
        })
    }

    /// The payment that a refund names, its day perhaps by the digits of its date. Whether it may be given
    /// back is not checked.
    pub(crate) fn payment<T: Config>(
        &mut self,
        agreement: AgreementId,
        original: Original,
    ) -> Result<Payment, Refusal> {
        let original = by_number(original)?;
        let found = self.found::<T>(agreement, &original)?;
        Ok(Payment {
            original,
            found,
            terms: self.terms::<T>(agreement, &found.trade)?,
        })
    }

    /// What is on the place of an original, as this call left it.
    fn found<T: Config>(
        &mut self,
        agreement: AgreementId,
        original: &Original,
    ) -> Result<Found, Refusal> {
        let (day, position) = (original.day, original.position);
        let place = self
            .places
            .entry((day, position))
            .or_insert_with(|| Place::load::<T>(agreement, day, position));
        let place = place.as_ref().ok_or(Refusal::OriginalMissing)?;
        Ok(place.found)
    }

    /// Whether `client` may give back from what `recorder` recorded, which is looked up once a call.
    fn may_give_back<T: Config>(
        &mut self,
        client: MemberId,
        agreement: AgreementId,
        recorder: MemberId,
    ) -> bool {
        let looked_up = || T::Directory::may_give_back(agreement, client, recorder);
        recorder == client || *self.recorders.entry(recorder).or_insert_with(looked_up)
    }

    /// The terms that gave a payment its amounts.
    fn terms<T: Config>(
        &mut self,
        agreement: AgreementId,
        payment: &Trade,
    ) -> Result<Terms, Refusal> {
        let (product, version) = (payment.product, payment.terms_version);
        self.terms
            .entry((product, version))
            .or_insert_with(|| T::Directory::terms_of_version(agreement, product, version))
            .ok_or(Refusal::UnknownProduct)
    }

    /// Counts a refund of `gross` that `day` took on `position`.
    pub(crate) fn give_back(&mut self, day: BusinessDay, position: u32, link: Link, gross: Amount) {
        let payment = (link.original.day, link.original.position);
        if let Some(Some(place)) = self.places.get_mut(&payment) {
            place.found.refunded = place.found.refunded.saturating_add(gross);
            place.is_changed = true;
        }
        self.links.push((day, position, link));
    }

    /// How many places were read.
    pub(crate) fn count(&self) -> u32 {
        self.places.len() as u32
    }

    /// How many other clients were looked up among those that this call's client may succeed.
    pub(crate) fn looked_up(&self) -> u32 {
        self.recorders.len() as u32
    }

    /// Writes the links, and what is given back of each payment.
    pub(crate) fn store<T: Config>(self, agreement: AgreementId) {
        for (day, position, link) in self.links {
            Links::<T>::insert((agreement, day, position), link);
        }
        for ((day, position), place) in self.places {
            if let Some(Place { found, .. }) = place.filter(|place| place.is_changed) {
                Refunded::<T>::insert((agreement, day, position), found.refunded);
            }
        }
    }
}

/// An original whose day is perhaps given by the digits of its date, with the day's number.
fn by_number(original: Original) -> Result<Original, Refusal> {
    let day = day_of_input(original.day).map_err(|_| Refusal::NoSuchDate)?;
    Ok(Original { day, ..original })
}

/// What is on a position of a day, with what counts of it for refunds of it.
pub(crate) fn found_at<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    position: u32,
) -> Option<Found> {
    let trade = pages::trade_at::<T>(agreement, day, position)?;
    let refunded = Refunded::<T>::get((agreement, day, position));
    let link = trade
        .may_be_linked()
        .then(|| Links::<T>::get((agreement, day, position)))
        .flatten();
    let paid = match link {
        Some(link) if link.relation == Relation::Replacement => link.paid,
        _ => trade.gross,
    };
    Some(Found {
        client: client_of::<T>((agreement, day, position), &trade, link.as_ref()),
        paid,
        relation: link.map(|link| link.relation),
        ..Found::recorded(trade, refunded)
    })
}

/// The client for whom the trade on a place was recorded. What takes back or puts back is for the client
/// of its payment.
pub(crate) fn client_of<T: Config>(
    place: (AgreementId, BusinessDay, u32),
    trade: &Trade,
    link: Option<&Link>,
) -> MemberId {
    if !trade.id.is_of_amendment() {
        return trade.id.client;
    }
    let of_original = || {
        let Original { id, day, position } = link?.original;
        let is_of_client = !id.is_of_amendment();
        let client = is_of_client.then_some(id.client);
        client.or_else(|| BookedFor::<T>::get((place.0, day, position)))
    };
    BookedFor::<T>::get(place)
        .or_else(of_original)
        .unwrap_or(trade.id.client)
}

/// The payment that the refund on a position of a day is of, as ledgers name it; `None`
/// where none is there.
pub(crate) fn payment_of<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    position: u32,
) -> Option<RefundedPayment> {
    let Link { original, .. } = Links::<T>::get((agreement, day, position))?;
    let payment = pages::trade_at::<T>(agreement, original.day, original.position)?;
    Some(RefundedPayment {
        position,
        id: payment.id,
        reference: payment.reference,
    })
}
