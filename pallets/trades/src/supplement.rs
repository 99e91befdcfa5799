//! Payments that are proposed as never recorded, and how each is recorded once.
//!
//! A client that was away may come back with a payment while bank and company are about to record it
//! without that client. The first of the two counts: what the client records is not booked by the
//! amendment, and what the amendment booked the client does not record again.

use crate::{Config, Refusal, Supplement, SupplementCutOffs, Supplements};
use alloc::collections::BTreeSet;
use counterfoil_primitives::{
    amendment::MissingPayment, day::MINUTE, ports::Directory, AgreementId, AgreementView, MemberId,
    Moment, Reference,
};
use frame_support::{ensure, traits::Time};

/// The payments of a client that are proposed as never recorded, as a call meets them.
pub(crate) struct Missing {
    /// Whether any can be met: otherwise nothing is looked up.
    is_possible: bool,
    looked_up: u32,
    /// Those that the call may record.
    proposed: BTreeSet<Reference>,
    /// Those that the call recorded.
    recorded: BTreeSet<Reference>,
}

impl Missing {
    pub(crate) fn of<T: Config>(
        agreement_id: AgreementId,
        agreement: &AgreementView,
        client: MemberId,
    ) -> Self {
        let longest = Moment::from(agreement.max_late_minutes) * MINUTE;
        let cut_off = SupplementCutOffs::<T>::get(agreement_id, client);
        let until = cut_off.map(|cut_off| cut_off.saturating_add(longest));
        Self {
            is_possible: until.is_some_and(|until| T::UnixTime::now() <= until),
            looked_up: 0,
            proposed: BTreeSet::new(),
            recorded: BTreeSet::new(),
        }
    }

    /// Refuses a payment that an amendment recorded.
    pub(crate) fn check<T: Config>(
        &mut self,
        agreement: AgreementId,
        client: MemberId,
        reference: Reference,
    ) -> Result<(), Refusal> {
        if !self.is_possible {
            return Ok(());
        }
        self.looked_up = self.looked_up.saturating_add(1);
        match Supplements::<T>::get((agreement, client, reference)) {
            None | Some(Supplement::TakenOut) => Ok(()),
            Some(Supplement::Proposed) => {
                self.proposed.insert(reference);
                Ok(())
            }
            Some(Supplement::Recorded { .. }) => Err(Refusal::Supplemented),
        }
    }

    /// The call recorded a payment of this reference.
    pub(crate) fn found(&mut self, reference: Reference) {
        if self.proposed.remove(&reference) {
            self.recorded.insert(reference);
        }
    }

    /// How many payments were looked up.
    pub(crate) const fn looked_up(&self) -> u32 {
        self.looked_up
    }

    /// Takes what the call recorded out of what is proposed. It stays known until its proposal ends, so
    /// that no other one names it meanwhile, which would let this one book it.
    pub(crate) fn store<T: Config>(self, agreement: AgreementId, client: MemberId) {
        for reference in self.recorded {
            Supplements::<T>::insert((agreement, client, reference), Supplement::TakenOut);
        }
    }
}

/// Notes that payments are proposed as never recorded, unless one of them is known already: then its
/// index is returned.
pub(crate) fn note<T: Config>(
    agreement_id: AgreementId,
    payments: &[MissingPayment],
) -> Result<(), usize> {
    let mut keys = BTreeSet::new();
    for (index, payment) in payments.iter().enumerate() {
        let key = (agreement_id, payment.client, payment.reference);
        let is_new = keys.insert(key) && !Supplements::<T>::contains_key(key);
        ensure!(is_new, index);
    }
    let agreement = T::Directory::agreement(agreement_id);
    for payment in payments {
        let key = (agreement_id, payment.client, payment.reference);
        Supplements::<T>::insert(key, Supplement::Proposed);
        let cut_off = agreement
            .as_ref()
            .and_then(|agreement| cut_off_of(agreement, payment));
        SupplementCutOffs::<T>::mutate(agreement_id, payment.client, |latest| {
            *latest = cut_off.max(*latest);
        });
    }
    Ok(())
}

/// Forgets the payments that were proposed as never recorded and not booked.
pub(crate) fn forget<T: Config>(agreement_id: AgreementId, payments: &[MissingPayment]) {
    for payment in payments {
        let key = (agreement_id, payment.client, payment.reference);
        let known = Supplements::<T>::get(key);
        if matches!(known, Some(Supplement::Proposed | Supplement::TakenOut)) {
            Supplements::<T>::remove(key);
        }
    }
}

/// The cut-off of the day on which a payment occurred.
fn cut_off_of(agreement: &AgreementView, payment: &MissingPayment) -> Option<Moment> {
    let occurred = agreement.day_of(payment.occurred_at)?;
    agreement.cut_off_of(occurred)
}
