//! What payments come to by the terms of their days. Terms are looked up once for a product and a day.

use crate::{types::Proposer, Config, Error};
use alloc::collections::BTreeMap;
use counterfoil_primitives::{
    ports::Directory, written::day_of_input, Amount, Amounts, BusinessDay, KindTotals, Moment,
    ProductId, Terms, MAX_GROSS,
};
use frame_support::{
    ensure,
    traits::{Get, Time},
};

/// The days and terms by which a proposal is checked.
pub(crate) struct Prices<'a> {
    proposer: &'a Proposer,
    pub now: Moment,
    today: BusinessDay,
    terms: BTreeMap<(ProductId, BusinessDay), Option<Terms>>,
}

impl<'a> Prices<'a> {
    /// By the agreement as it is today.
    pub(crate) fn today<T: Config>(proposer: &'a Proposer) -> Result<Self, Error<T>> {
        let now = T::UnixTime::now();
        let agreement = &proposer.agreement;
        let today = agreement.day_of(now).ok_or(Error::<T>::BeforeFirstDay)?;
        ensure!(!agreement.has_closed(today), Error::<T>::AgreementEnded);
        Ok(Self {
            proposer,
            now,
            today,
            terms: BTreeMap::new(),
        })
    }

    /// The day that was given, if its trades may be amended.
    pub(crate) fn amendable<T: Config>(&self, given: BusinessDay) -> Result<BusinessDay, Error<T>> {
        let day = day_of_input(given).map_err(|_| Error::<T>::NoSuchDate)?;
        self.ensure_amendable::<T>(day)?;
        Ok(day)
    }

    /// Refuses a day whose records may not be amended.
    pub(crate) fn ensure_amendable<T: Config>(&self, day: BusinessDay) -> Result<(), Error<T>> {
        let agreement = &self.proposer.agreement;
        let ago = self.today.0.saturating_sub(day.0);
        ensure!(day >= agreement.first_day, Error::<T>::BeforeFirstDay);
        ensure!(
            ago <= u32::from(agreement.amend_days),
            Error::<T>::TooLongAgo
        );
        ensure!(day <= self.today, Error::<T>::InFuture);
        Ok(())
    }

    /// The day on which a payment occurred, and its amounts by the terms of that day.
    pub(crate) fn price<T: Config>(
        &mut self,
        product: ProductId,
        gross: Amount,
        occurred_at: Moment,
    ) -> Result<(BusinessDay, Amounts), Error<T>> {
        let Proposer {
            agreement_id,
            agreement,
            ..
        } = self.proposer;
        let occurred = agreement
            .day_of(occurred_at)
            .filter(|day| *day >= agreement.first_day)
            .ok_or(Error::<T>::BeforeFirstDay)?;
        let latest = self.now.saturating_add(T::ClockTolerance::get());
        // Today takes no trade of a later day, however little the clock is ahead.
        ensure!(
            occurred_at <= latest && occurred <= self.today,
            Error::<T>::InFuture
        );
        ensure!(!agreement.has_ended(occurred), Error::<T>::AgreementEnded);
        let terms = self
            .terms
            .entry((product, occurred))
            .or_insert_with(|| {
                let in_force = T::Directory::terms_on(*agreement_id, product, occurred);
                in_force.map(|(_, terms)| terms)
            })
            .ok_or(Error::<T>::UnknownProduct)?;
        ensure!(gross <= MAX_GROSS, Error::<T>::GrossTooLarge);
        Ok((occurred, terms.amounts(gross)))
    }
}

/// Counts a payment of these amounts.
pub(crate) const fn count(totals: &mut KindTotals, gross: Amount, amounts: Amounts) {
    totals.count = totals.count.saturating_add(1);
    totals.gross = totals.gross.saturating_add(gross);
    totals.debit = totals.debit.saturating_add(amounts.debit);
    totals.credit = totals.credit.saturating_add(amounts.credit);
}
