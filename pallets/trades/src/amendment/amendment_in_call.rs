//! What a call books of an amendment, on its way to storage.

use super::{Place, Stopped};
use crate::{
    day_in_call::DayInCall, max_gross::max_gross, refund::found_at, AmendmentTrades, BookedFor,
    Config, Links, Refunded, Supplement, Supplements,
};
use alloc::{collections::BTreeMap, vec::Vec};
use core::marker::PhantomData;
use counterfoil_primitives::{
    amendment::{Booked, FallenOut, AMENDMENTS},
    found_trade::Found,
    ports::Directory,
    AgreementId, AgreementView, Amount, Amounts, BusinessDay, Link, MemberId, Moment, ProductId,
    Reference, Relation, Sequence, Terms, Trade, TradeId,
};
use frame_support::ensure;

/// What a call books of an amendment.
pub(super) struct Step<'a, T: Config> {
    pub(super) agreement_id: AgreementId,
    agreement: &'a AgreementView,
    pub(super) day: BusinessDay,
    at: Moment,
    adding: DayInCall,
    /// The sequence of the next trade.
    next: Sequence,
    found: BTreeMap<Place, Option<Found>>,
    terms: BTreeMap<(ProductId, u16), Option<Terms>>,
    refunded: BTreeMap<Place, Amount>,
    links: Vec<(u32, Link)>,
    pub(super) booked_for: Vec<(u32, MemberId)>,
    pub(super) supplements: BTreeMap<(MemberId, Reference), u32>,
    config: PhantomData<T>,
}

impl<'a, T: Config> Step<'a, T> {
    pub(super) fn new(
        agreement_id: AgreementId,
        agreement: &'a AgreementView,
        day: BusinessDay,
        at: Moment,
    ) -> Self {
        Self {
            agreement_id,
            agreement,
            day,
            at,
            adding: DayInCall::load::<T>(agreement_id, day),
            next: AmendmentTrades::<T>::get().saturating_add(1),
            found: BTreeMap::new(),
            terms: BTreeMap::new(),
            refunded: BTreeMap::new(),
            links: Vec::new(),
            booked_for: Vec::new(),
            supplements: BTreeMap::new(),
            config: PhantomData,
        }
    }

    /// What is on a place, as earlier items of the step left it.
    pub(super) fn find(&mut self, place: Place) -> Result<Found, FallenOut> {
        let (agreement_id, (day, position)) = (self.agreement_id, place);
        let found = self
            .found
            .entry(place)
            .or_insert_with(|| found_at::<T>(agreement_id, day, position));
        let mut found = (*found).ok_or(FallenOut::NothingThere)?;
        if let Some(refunded) = self.refunded.get(&place) {
            found.refunded = *refunded;
        }
        Ok(found)
    }

    pub(super) fn set_refunded(&mut self, place: Place, refunded: Amount) {
        self.refunded.insert(place, refunded);
    }

    /// The terms of a payment by its version of them.
    pub(super) fn terms_of(
        &mut self,
        product: ProductId,
        version: u16,
    ) -> Result<Terms, FallenOut> {
        let agreement_id = self.agreement_id;
        self.terms
            .entry((product, version))
            .or_insert_with(|| T::Directory::terms_of_version(agreement_id, product, version))
            .ok_or(FallenOut::UnknownProduct)
    }

    /// The terms of the day on which a payment of this gross amount occurred, with their version.
    pub(super) fn terms_at(
        &self,
        product: ProductId,
        occurred_at: Moment,
        gross: Amount,
    ) -> Result<(u16, Terms), FallenOut> {
        ensure!(gross <= max_gross::<T>(), FallenOut::GrossTooLarge);
        let occurred = self
            .agreement
            .day_of(occurred_at)
            .ok_or(FallenOut::UnknownProduct)?;
        T::Directory::terms_on(self.agreement_id, product, occurred)
            .ok_or(FallenOut::UnknownProduct)
    }

    /// A trade of this relation to `trade`: it carries the same reference, user, product and terms, and is
    /// of the time at which the amendment was agreed, unless its payment is of a later one.
    pub(super) fn trade_like(
        &self,
        trade: &Trade,
        relation: Relation,
        gross: Amount,
        Amounts { debit, credit }: Amounts,
    ) -> Trade {
        Trade {
            id: self.next_id(),
            kind: relation.kind(),
            gross,
            debit,
            credit,
            occurred_at: self.at.max(trade.occurred_at),
            ..*trade
        }
    }

    pub(super) const fn next_id(&self) -> TradeId {
        TradeId {
            client: AMENDMENTS,
            sequence: self.next,
        }
    }

    /// The day takes as many trades more, of which the latest is of the time `latest`. It takes none of a
    /// later day: within the clocks' tolerance a client may have recorded such a one.
    pub(super) fn ensure_room(&self, trades: u32, latest: Moment) -> Result<(), Stopped> {
        let day = self.agreement.day_of(latest);
        let is_ahead = day.is_some_and(|day| day > self.day);
        ensure!(!is_ahead && self.adding.has_room(trades), Stopped::DayFull);
        Ok(())
    }

    /// Adds a trade under the next number, and returns its position.
    pub(super) fn add(&mut self, trade: Trade, link: Option<Link>) -> Result<u32, Stopped> {
        let trade = Trade {
            id: self.next_id(),
            ..trade
        };
        let position = self.adding.add(trade).map_err(|_| Stopped::DayFull)?;
        self.next = self.next.saturating_add(1);
        if let Some(link) = link {
            self.links.push((position, link));
        }
        Ok(position)
    }

    /// Writes what was booked, and tells the parties.
    pub(super) fn store(self, items: Vec<Result<(), FallenOut>>) -> Booked {
        let (agreement_id, day) = (self.agreement_id, self.day);
        let added = self.adding.added_totals();
        if added.count() > 0 {
            AmendmentTrades::<T>::put(self.next.saturating_sub(1));
        }
        for (position, link) in self.links {
            Links::<T>::insert((agreement_id, day, position), link);
        }
        for ((day, position), refunded) in self.refunded {
            if refunded == 0 {
                Refunded::<T>::remove((agreement_id, day, position));
            } else {
                Refunded::<T>::insert((agreement_id, day, position), refunded);
            }
        }
        for (position, client) in self.booked_for {
            BookedFor::<T>::insert((agreement_id, day, position), client);
        }
        for ((client, reference), position) in self.supplements {
            let recorded = Supplement::Recorded { day, position };
            Supplements::<T>::insert((agreement_id, client, reference), recorded);
        }
        Booked {
            day,
            items,
            added,
            full_pages: self.adding.store::<T>(agreement_id, day, self.agreement),
        }
    }
}
