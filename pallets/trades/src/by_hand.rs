//! Takes one trade as a person writes it: what a payment and a refund have in common.

use crate::{
    batch::{Batch, Stored},
    client_credits::Counted,
    pages,
    request::Request,
    weighing, Config, Days, Error, Windows,
};
use counterfoil_primitives::{
    window::FIRST_SEQUENCE,
    written::{amount, label, time},
    AgreementId, AgreementView, Amount, BusinessDay, Kind, MemberId, Moment, Reference, Sequence,
    Trade,
};
use frame_support::{
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    ensure,
    traits::Time,
    weights::Weight,
};

/// What a person writes of a payment and of a refund alike.
pub(crate) struct Form<'a> {
    /// What the user paid or gets back.
    pub amount: &'a str,
    /// What the payment or refund carries elsewhere.
    pub reference: &'a str,
    /// When; the block's time where nothing is written.
    pub occurred_at: Option<&'a str>,
}

/// The same as the chain keeps it.
pub(crate) struct Understood {
    /// The amount, in minor units.
    pub gross: Amount,
    /// What the payment or refund carries elsewhere.
    pub reference: Reference,
    /// When.
    pub occurred_at: Moment,
}

impl Form<'_> {
    /// Reads the texts.
    pub(crate) fn understand<T: Config>(
        &self,
        agreement: &AgreementView,
    ) -> Result<Understood, Error<T>> {
        Ok(Understood {
            gross: amount::read(self.amount, &agreement.denomination())?,
            reference: label::read_reference(self.reference).map_err(Error::<T>::of_reference)?,
            occurred_at: match self.occurred_at {
                Some(text) => time::read(text, &agreement.conditions)?,
                None => T::UnixTime::now(),
            },
        })
    }
}

/// The sequence after the highest that the client has used; without any, the first.
pub(crate) fn next_sequence<T: Config>(client: MemberId) -> Result<Sequence, Error<T>> {
    match Windows::<T>::get(client) {
        Some(highest) => highest
            .checked_add(1)
            .ok_or(Error::<T>::SequenceAboveWindow),
        None => Ok(FIRST_SEQUENCE),
    }
}

/// Where a trade was recorded, and what that weighs.
pub(crate) struct Taken {
    /// The day that took it.
    pub day: BusinessDay,
    /// Its position on that day.
    pub position: u32,
    /// The weight of the call.
    pub weight: Weight,
}

/// Records a trade, unless the day's last page has one of the client, of the same kind and reference: the
/// form was most likely sent before.
pub(crate) fn take<T: Config, R: Request>(
    mut batch: Batch<'_, T>,
    client: MemberId,
    agreement_id: AgreementId,
    request: &R,
) -> Result<Taken, DispatchErrorWithPostInfo> {
    let taken = batch.take(request);
    let looked_up = batch.looked_up();
    let day = taken.map_err(|refusal| refused::<T>(R::KIND, refusal.into(), looked_up))?;
    let is_same = |other: &Trade| {
        (other.kind, other.id.client, other.reference) == (R::KIND, client, request.reference())
    };
    ensure!(
        !pages::last_has::<T>(agreement_id, day, is_same),
        refused::<T>(R::KIND, Error::<T>::ReferenceRecorded, looked_up)
    );
    let Stored {
        full_pages,
        credits,
    } = batch.store();
    let count = Days::<T>::get(agreement_id, day).count();
    Ok(Taken {
        day,
        position: count.saturating_sub(1),
        weight: weighing::by_hand::<T>(R::KIND, full_pages, looked_up, credits),
    })
}

/// What is wrong with a trade that was looked at: no page got full, and nothing was counted.
pub(crate) fn refused<T: Config>(
    kind: Kind,
    error: Error<T>,
    looked_up: u32,
) -> DispatchErrorWithPostInfo {
    let looked_at = weighing::by_hand::<T>(kind, 0, looked_up, Counted::default());
    error.with_weight(looked_at)
}
