//! Records one trade as a person writes it, and says in words what was understood.

use crate::{
    batch::{self, Batch, Stored},
    client_credits::Counted,
    pages, weighing, Config, Days, Error, Event, Pallet, Refusal, Windows,
};
use counterfoil_primitives::{
    booking_day,
    ports::Directory,
    window::FIRST_SEQUENCE,
    written::{amount, date, label, time, Words},
    AgreementId, AgreementView, Amount, BusinessDay, Kind, MemberId, ProductId, Sequence,
    TradeRequest,
};
use frame_support::{
    dispatch::{DispatchErrorWithPostInfo, WithPostDispatchInfo},
    ensure,
    traits::Time,
    weights::Weight,
};

/// A trade as a person writes it.
pub(crate) struct WrittenTrade<'a> {
    /// What was bought.
    pub product: ProductId,
    /// What the user paid.
    pub amount: &'a str,
    /// Who paid.
    pub payer: &'a str,
    /// What the payment carries elsewhere.
    pub reference: &'a str,
    /// When; the block's time where nothing is written.
    pub occurred_at: Option<&'a str>,
}

/// Records a trade under the next sequence of `client`, with the amounts that the terms give. Returns
/// the weight of that.
pub(crate) fn record<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    written: &WrittenTrade<'_>,
) -> Result<Weight, DispatchErrorWithPostInfo> {
    let agreement =
        batch::admitting::<T>(client, agreement_id).map_err(weighing::refused::<T, _>)?;
    let trade = understand::<T>(client, agreement_id, &agreement, written)
        .map_err(|error| refused::<T>(error, 0))?;
    let mut batch = Batch::<T>::new(client, agreement_id, &agreement);
    let taken = batch.take(&trade);
    let looked_up = batch.looked_up();
    let day = taken.map_err(|refusal| refused::<T>(refusal.into(), looked_up))?;
    ensure!(
        !pages::last_has::<T>(agreement_id, day, |other| {
            (other.kind, other.id.client, other.reference)
                == (Kind::Payment, client, trade.reference)
        }),
        refused::<T>(Error::<T>::ReferenceRecorded, looked_up)
    );
    let Stored {
        full_pages,
        credits,
    } = batch.store();
    tell::<T>(client, agreement_id, &agreement, &trade, day);
    Ok(weighing::record_one::<T>(full_pages, looked_up, credits))
}

/// What is wrong with a trade that was looked at: no page got full, and nothing was counted.
fn refused<T: Config>(error: Error<T>, looked_up: u32) -> DispatchErrorWithPostInfo {
    error.with_weight(weighing::record_one::<T>(0, looked_up, Counted::default()))
}

/// Reads the texts, and derives what they leave open.
fn understand<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    written: &WrittenTrade<'_>,
) -> Result<TradeRequest, Error<T>> {
    let now = T::UnixTime::now();
    let gross = amount::read(written.amount, &agreement.denomination())?;
    let user = label::read_user(written.payer).map_err(Error::<T>::of_payer)?;
    let reference = label::read_reference(written.reference).map_err(Error::<T>::of_reference)?;
    let occurred_at = match written.occurred_at {
        Some(text) => time::read(text, &agreement.conditions)?,
        None => now,
    };
    let occurred = booking_day::book(agreement, Kind::Payment, occurred_at, now)
        .map_err(Refusal::from)?
        .occurred;
    let (_, terms) = T::Directory::terms_on(agreement_id, written.product, occurred)
        .ok_or(Error::<T>::UnknownProduct)?;
    let amounts = terms.amounts(gross);
    Ok(TradeRequest {
        sequence: next::<T>(client)?,
        reference,
        user,
        product: written.product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    })
}

/// The sequence after the highest that the client has used; without any, the first.
fn next<T: Config>(client: MemberId) -> Result<Sequence, Error<T>> {
    match Windows::<T>::get(client) {
        Some(highest) => highest
            .checked_add(1)
            .ok_or(Error::<T>::SequenceAboveWindow),
        None => Ok(FIRST_SEQUENCE),
    }
}

/// Says what was understood of a trade that `day` took.
fn tell<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    trade: &TradeRequest,
    day: BusinessDay,
) {
    let amount = |amount: Amount| amount::words(amount, &agreement.denomination());
    let count = Days::<T>::get(agreement_id, day).count();
    Pallet::<T>::deposit_event(Event::TradeRecorded {
        agreement: agreement_id,
        client,
        sequence: trade.sequence,
        product: trade.product,
        day,
        date: date::words(day),
        position: count.saturating_sub(1),
        time: Words::truncated(&time::show_by(trade.occurred_at, &agreement.conditions)),
        payer: Words::truncated(&label::show_user(&trade.user)),
        reference: Words::truncated(&label::show_reference(&trade.reference)),
        gross: amount(trade.gross),
        debit: amount(trade.debit),
        credit: amount(trade.credit),
    });
}
