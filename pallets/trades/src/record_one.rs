//! Records one trade as a person writes it, and says in words what was understood.

use crate::{
    batch::{self, Batch},
    by_hand::{self, Form, Taken, Understood},
    weighing, Config, Error, Event, Pallet, Refusal,
};
use counterfoil_primitives::{
    booking_day,
    ports::Directory,
    written::{amount, date, label, time, Words},
    AgreementId, AgreementView, Amount, Kind, MemberId, ProductId, TradeRequest,
};
use frame_support::{dispatch::DispatchErrorWithPostInfo, traits::Time, weights::Weight};

/// A trade as a person writes it.
pub(crate) struct WrittenTrade<'a> {
    /// What was bought.
    pub product: ProductId,
    /// Who paid.
    pub payer: &'a str,
    /// What is written of refunds too.
    pub form: Form<'a>,
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
        .map_err(|error| by_hand::refused::<T>(Kind::Payment, error, 0))?;
    let batch = Batch::<T>::new(client, agreement_id, &agreement);
    let taken = by_hand::take(batch, client, agreement_id, &trade)?;
    tell::<T>(client, agreement_id, &agreement, &trade, &taken);
    Ok(taken.weight)
}

/// Reads the texts, and derives what they leave open.
fn understand<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    written: &WrittenTrade<'_>,
) -> Result<TradeRequest, Error<T>> {
    let Understood {
        gross,
        reference,
        occurred_at,
    } = written.form.understand::<T>(agreement)?;
    let user = label::read_user(written.payer).map_err(Error::<T>::of_payer)?;
    let now = T::UnixTime::now();
    let occurred = booking_day::book(agreement, Kind::Payment, occurred_at, now)
        .map_err(Refusal::from)?
        .occurred;
    let (_, terms) = T::Directory::terms_on(agreement_id, written.product, occurred)
        .ok_or(Error::<T>::UnknownProduct)?;
    let amounts = terms.amounts(gross);
    Ok(TradeRequest {
        sequence: by_hand::next_sequence::<T>(client)?,
        reference,
        user,
        product: written.product,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    })
}

/// Says what was understood of a trade that was taken.
fn tell<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    trade: &TradeRequest,
    taken: &Taken,
) {
    let amount = |amount: Amount| amount::words(amount, &agreement.denomination());
    Pallet::<T>::deposit_event(Event::TradeRecorded {
        agreement: agreement_id,
        client,
        sequence: trade.sequence,
        product: trade.product,
        day: taken.day,
        date: date::words(taken.day),
        position: taken.position,
        time: Words::truncated(&time::show_by(trade.occurred_at, &agreement.conditions)),
        payer: Words::truncated(&label::show_user(&trade.user)),
        reference: Words::truncated(&label::show_reference(&trade.reference)),
        gross: amount(trade.gross),
        debit: amount(trade.debit),
        credit: amount(trade.credit),
    });
}
