//! Books what an accepted proposal says, step by step.
//!
//! A cancellation goes down from its last position, so that a refund goes before its payment; corrections
//! and payments that were never recorded go in their order. A step that the day does not take whole goes on
//! with the next one.

use crate::{
    types::ProposalSize, weighing, withdraw_and_lapse, Config, Contents, Error, Event, Pallet,
    Proposals,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    amendment::{
        Booked, Content, FallenOut, Item, MissingPayment, NotBooked, Progress, Proposal, Selection,
        Span, Standing,
    },
    ports::BookAmendments,
    written::date,
    AgreementId, BusinessDay, DayTotals, KindTotals, Moment,
};
use frame_support::{ensure, traits::Time, weights::Weight};

/// Maximum trades that a step books. A replacement is two.
pub const MAX_STEP_TRADES: u32 = 400;

/// Maximum payments that a step replaces.
pub(crate) const MAX_STEP_REPLACED: u32 = MAX_STEP_TRADES / 2;

/// A step that may be booked.
#[derive(Debug)]
pub(crate) struct Step {
    proposal: Proposal,
    number: u32,
    content: Content,
    at: Moment,
    progress: Progress,
}

/// Checks whether the step from `from` on is the next one of an accepted proposal.
pub(crate) fn check_book<T: Config>(
    agreement_id: AgreementId,
    number: u32,
    from: u32,
) -> Result<Step, Error<T>> {
    let (proposal, at, progress) = check_next::<T>(agreement_id, number, from)?;
    let content = Contents::<T>::get(agreement_id, number).ok_or(Error::<T>::UnknownProposal)?;
    Ok(Step {
        proposal,
        number,
        content,
        at,
        progress,
    })
}

/// Whether the step from `from` on can be booked now. This leaves the content unread.
pub(crate) fn check_next<T: Config>(
    agreement_id: AgreementId,
    number: u32,
    from: u32,
) -> Result<(Proposal, Moment, Progress), Error<T>> {
    let proposal = Proposals::<T>::get(agreement_id, number).ok_or(Error::<T>::UnknownProposal)?;
    let Standing::Accepted { at, progress } = proposal.standing else {
        return Err(Error::<T>::NotAccepted);
    };
    ensure!(progress.next == from, Error::<T>::OtherStep);
    // To book nothing tells whether anything can be booked: the agreement has not closed, today is not full.
    T::Trades::book(agreement_id, at, &[]).map_err(not_booked::<T>)?;
    Ok((proposal, at, progress))
}

/// Books the step, as far as the day takes it. Returns what that weighs.
pub(crate) fn accept_book<T: Config>(step: Step) -> Result<Weight, Error<T>> {
    let (agreement, number) = (step.proposal.agreement, step.number);
    let mut unbooked = Vec::new();
    let items = items(&step.content, step.progress.next);
    let of_step: Vec<Item> = items.iter().map(|(_, item)| *item).collect();
    let booked = T::Trades::book(agreement, step.at, &of_step).map_err(not_booked::<T>)?;
    let mut progress = step.progress;
    for ((index, item), outcome) in items.iter().zip(&booked.items) {
        progress.next = behind(&step.content, *index);
        match outcome {
            Ok(()) => progress.booked = progress.booked.saturating_add(1),
            Err(reason) => {
                progress.fallen_out = progress.fallen_out.saturating_add(1);
                tell_fallen_out::<T>(&step, *index, *reason);
                unbooked.extend(missing(item));
            }
        }
    }
    T::Trades::forget_missing(agreement, &unbooked);
    add(&mut progress.totals, &booked.added);
    tell_booked::<T>(agreement, number, &booked);
    let gone_through = booked.items.len() as u32;
    let weight = weighing::booked::<T>(&step.content, gone_through);
    if is_done(&step.content, progress.next) {
        return Ok(weight.saturating_add(complete::<T>(step.proposal, number, progress)));
    }
    let mut proposal = step.proposal;
    proposal.standing = Standing::Accepted {
        at: step.at,
        progress,
    };
    Proposals::<T>::insert(agreement, number, proposal);
    Ok(weight)
}

/// The items of the step from `next` on, each with its position or its index.
pub(crate) fn items(content: &Content, next: u32) -> Vec<(u32, Item)> {
    let behind = next as usize;
    match content {
        Content::Cancel { day, selection } => positions_below(selection, next)
            .take(MAX_STEP_TRADES as usize)
            .map(|position| {
                let day = *day;
                (position, Item::Cancel { day, position })
            })
            .collect(),
        Content::Replace { day, corrections } => (next..)
            .zip(corrections.iter().skip(behind))
            .take(MAX_STEP_REPLACED as usize)
            .map(|(index, correction)| {
                let (day, correction) = (*day, *correction);
                (index, Item::Replace { day, correction })
            })
            .collect(),
        Content::Supplement { payments } => (next..)
            .zip(payments.iter().skip(behind))
            .take(MAX_STEP_TRADES as usize)
            .map(|(index, payment)| (index, Item::Supplement(*payment)))
            .collect(),
    }
}

/// The selected positions below `end`, the last one first. What is stored names positions.
fn positions_below(selection: &Selection, end: u32) -> impl Iterator<Item = u32> + '_ {
    let spans: &[Span] = match selection {
        Selection::Positions(spans) => &spans[..],
        Selection::Sequences { .. } => &[],
    };
    spans
        .iter()
        .rev()
        .flat_map(move |span| (span.first..end.min(span.last.saturating_add(1))).rev())
}

/// The payment of an item, if it is one that was never recorded.
fn missing(item: &Item) -> Option<MissingPayment> {
    match item {
        Item::Supplement(payment) => Some(*payment),
        Item::Cancel { .. } | Item::Replace { .. } => None,
    }
}

/// Where the booking goes on behind the item of this index.
const fn behind(content: &Content, index: u32) -> u32 {
    match content {
        Content::Cancel { .. } => index,
        Content::Replace { .. } | Content::Supplement { .. } => index.saturating_add(1),
    }
}

/// Whether nothing is left from `next` on.
pub(crate) fn is_done(content: &Content, next: u32) -> bool {
    match content {
        Content::Cancel { selection, .. } => positions_below(selection, next).next().is_none(),
        Content::Replace { corrections, .. } => next as usize >= corrections.len(),
        Content::Supplement { payments } => next as usize >= payments.len(),
    }
}

/// Ends a proposal of which all was gone through. Returns what that weighs.
fn complete<T: Config>(mut proposal: Proposal, number: u32, progress: Progress) -> Weight {
    let agreement = proposal.agreement;
    let freed = match Contents::<T>::get(agreement, number) {
        // The steps saw to each payment.
        None | Some(Content::Supplement { .. }) => ProposalSize::default(),
        Some(_) => withdraw_and_lapse::free::<T>(agreement, number),
    };
    withdraw_and_lapse::forget::<T>(agreement, number);
    let at = T::UnixTime::now();
    proposal.standing = Standing::Completed { at, progress };
    Proposals::<T>::insert(agreement, number, proposal);
    Pallet::<T>::deposit_event(Event::Completed {
        agreement,
        number,
        booked: progress.booked,
        fallen_out: progress.fallen_out,
    });
    weighing::closed::<T>(freed)
}

fn tell_fallen_out<T: Config>(step: &Step, index: u32, reason: FallenOut) {
    let day: Option<BusinessDay> = step.content.day();
    let index = match &step.content {
        Content::Replace { corrections, .. } => corrections
            .get(index as usize)
            .map_or(index, |right| right.position),
        Content::Cancel { .. } | Content::Supplement { .. } => index,
    };
    Pallet::<T>::deposit_event(Event::FellOut {
        agreement: step.proposal.agreement,
        number: step.number,
        day,
        date: day.map(date::words),
        index,
        reason,
    });
}

/// Tells what a step booked, if it booked anything.
fn tell_booked<T: Config>(agreement: AgreementId, number: u32, booked: &Booked) {
    let trades = booked.added.count();
    if trades == 0 {
        return;
    }
    Pallet::<T>::deposit_event(Event::Booked {
        agreement,
        number,
        day: booked.day,
        date: date::words(booked.day),
        trades,
        payments: booked.added.payments,
        refunds: booked.added.refunds,
    });
}

fn add(totals: &mut DayTotals, added: &DayTotals) {
    let add_kind = |totals: &mut KindTotals, added: &KindTotals| {
        totals.count = totals.count.saturating_add(added.count);
        totals.gross = totals.gross.saturating_add(added.gross);
        totals.debit = totals.debit.saturating_add(added.debit);
        totals.credit = totals.credit.saturating_add(added.credit);
    };
    add_kind(&mut totals.payments, &added.payments);
    add_kind(&mut totals.refunds, &added.refunds);
}

fn not_booked<T: Config>(reason: NotBooked) -> Error<T> {
    match reason {
        NotBooked::UnknownAgreement => Error::<T>::UnknownAgreement,
        NotBooked::AgreementEnded => Error::<T>::AgreementEnded,
        NotBooked::DayFull => Error::<T>::DayFull,
    }
}
