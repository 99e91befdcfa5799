//! Records one refund as a person writes it, and says in words what was understood.

use crate::{
    batch::{self, Batch},
    by_hand::{self, Form, Taken, Understood},
    refund::Payment,
    weighing, Config, Error, Event, Pallet,
};
use counterfoil_primitives::{
    found_trade::Found,
    written::{
        amount::{self, Denomination},
        date, label, time, UnreadableAmount, Words,
    },
    AgreementId, AgreementView, Amount, Kind, MemberId, Original, RefundRequest,
};
use frame_support::{dispatch::DispatchErrorWithPostInfo, weights::Weight};

/// A refund as a person writes it.
pub(crate) struct WrittenRefund<'a> {
    /// The payment, whose product and payer are the refund's.
    pub original: Original,
    /// What was given back of it before; nothing where nothing is written.
    pub refunded_before: Option<&'a str>,
    /// What is written of payments too.
    pub form: Form<'a>,
}

/// Records a refund under the next sequence of `client`, with the amounts that the terms of its payment
/// give. Returns the weight of that.
pub(crate) fn record<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    written: &WrittenRefund<'_>,
) -> Result<Weight, DispatchErrorWithPostInfo> {
    let agreement =
        batch::admitting::<T>(client, agreement_id).map_err(weighing::refused::<T, _>)?;
    let mut batch = Batch::<T>::new(client, agreement_id, &agreement);
    let (refund, payment) = understand::<T>(client, &agreement, written, &mut batch)
        .map_err(|error| by_hand::refused::<T>(Kind::Refund, error, 0))?;
    let taken = by_hand::take(batch, client, agreement_id, &refund)?;
    tell::<T>(client, agreement_id, &agreement, &refund, &payment, &taken);
    Ok(taken.weight)
}

/// Reads the texts, and derives what they leave open from the payment. Whether that may be given back is
/// checked when the refund is taken.
fn understand<T: Config>(
    client: MemberId,
    agreement: &AgreementView,
    written: &WrittenRefund<'_>,
    batch: &mut Batch<'_, T>,
) -> Result<(RefundRequest, Payment), Error<T>> {
    let Understood {
        gross,
        reference,
        occurred_at,
    } = written.form.understand::<T>(agreement)?;
    let refunded_before =
        read_refunded_before::<T>(written.refunded_before, &agreement.denomination())?;
    let payment = batch.payment(written.original)?;
    let Found {
        trade,
        paid,
        refunded,
        ..
    } = payment.found;
    let amounts = payment.terms.refund_amounts(paid, refunded, gross);
    let refund = RefundRequest {
        sequence: by_hand::next_sequence::<T>(client)?,
        reference,
        user: trade.user,
        product: trade.product,
        original: payment.original,
        refunded_before,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    };
    Ok((refund, payment))
}

/// Reads what was given back of a payment before.
fn read_refunded_before<T: Config>(
    written: Option<&str>,
    denomination: &Denomination<'_>,
) -> Result<Amount, Error<T>> {
    match written.map(|text| amount::read(text, denomination)) {
        None => Ok(0),
        // No payment is so large.
        Some(Err(UnreadableAmount::TooLarge)) => Err(Error::<T>::RefundedMeanwhile),
        Some(read) => read.map_err(Error::<T>::from),
    }
}

/// Says what was understood of a refund that was taken.
fn tell<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    refund: &RefundRequest,
    payment: &Payment,
    taken: &Taken,
) {
    let amount = |amount: Amount| amount::words(amount, &agreement.denomination());
    let original_reference = payment.found.trade.reference;
    Pallet::<T>::deposit_event(Event::RefundRecorded {
        agreement: agreement_id,
        client,
        sequence: refund.sequence,
        product: refund.product,
        day: taken.day,
        date: date::words(taken.day),
        position: taken.position,
        time: Words::truncated(&time::show_by(refund.occurred_at, &agreement.conditions)),
        payer: Words::truncated(&label::show_user(&refund.user)),
        reference: Words::truncated(&label::show_reference(&refund.reference)),
        original: refund.original,
        original_date: date::words(refund.original.day),
        original_reference: Words::truncated(&label::show_reference(&original_reference)),
        gross: amount(refund.gross),
        debit: amount(refund.debit),
        credit: amount(refund.credit),
        left: amount(payment.found.left().saturating_sub(refund.gross)),
    });
}
