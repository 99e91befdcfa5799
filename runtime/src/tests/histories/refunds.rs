//! Refunds, good and bad, and which of them must be taken.

use super::{
    batches::{is_within, Sequences},
    members::{may, right, Deed},
    model::has_closed,
    operation::{Manner, RefundDraft, RefundFault},
    signing::Answer,
    world::{Outcome, World},
};
use crate::{Registry, Runtime, RuntimeEvent};
use counterfoil_primitives::{
    booking_day::{book, NotBookable},
    day::MINUTE,
    found_trade::Found,
    ports::Directory,
    AgreementId, AgreementView, Amount, BusinessDay, Kind, Link, MemberId, Original, Reference,
    RefundRequest, Relation, Sequence, Trade, TradeId, UserId,
};
use pallet_registry::Successors;
use pallet_trades::{Call, Error, Event, Refusal};
use sp_runtime::DispatchError;
use std::collections::{BTreeMap, BTreeSet};

/// A payment on a place on which there is none.
const NOWHERE: (Original, Found) = {
    let id = TradeId {
        client: 1,
        sequence: 0,
    };
    let original = Original {
        id,
        day: BusinessDay(0),
        position: u32::MAX,
    };
    let payment = Trade {
        id,
        kind: Kind::Payment,
        reference: Reference([0; 16]),
        user: UserId([0; 16]),
        product: 1,
        gross: 1,
        debit: 0,
        credit: 0,
        occurred_at: 0,
        terms_version: 0,
    };
    (original, Found::recorded(payment, 0))
};

/// A batch of refunds under way.
struct Refunds<'a> {
    world: &'a World,
    client: MemberId,
    agreement: &'a AgreementView,
    agreement_id: AgreementId,
    sequences: Sequences,
    highest: Option<Sequence>,
    used: BTreeSet<Sequence>,
    /// What this call pays back, by payment.
    given: BTreeMap<Original, Amount>,
}

impl World {
    pub fn refund(
        &mut self,
        agreement_id: AgreementId,
        manner: Manner,
        drafts: &[RefundDraft],
    ) -> Answer {
        let agreement = self.agreement(agreement_id);
        let client = manner.who.unwrap_or(right(&agreement, Deed::Record));
        let (requests, reasons) = self.draw_refunds(client, &agreement, agreement_id, drafts);
        let taken = reasons.iter().filter(|reasons| reasons.is_empty()).count();
        let before = self.model.recorded();
        self.model.given_back.ask(client, agreement_id, &requests);
        let call = Call::<Runtime>::refund {
            agreement: agreement_id,
            refunds: requests.try_into().expect("the batch is not too large"),
        };
        let deed = (agreement_id, Deed::Record, taken > 0);
        let answer = self.deed(manner, deed, call);
        let expected = if answer.is_done() { taken } else { 0 };
        let added = self.model.recorded() - before;
        assert_eq!(added, expected, "another number was taken: {answer:?}");
        let may_record = |actor| may(&agreement, actor, Deed::Record);
        if answer.actor.is_some_and(may_record) {
            self.check_refusals(&answer, &reasons);
        }
        answer
    }

    /// The refunds of a batch, and all that is wrong with each.
    pub(super) fn draw_refunds(
        &self,
        client: MemberId,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        drafts: &[RefundDraft],
    ) -> (Vec<RefundRequest>, Vec<Vec<Refusal>>) {
        let mut batch = Refunds {
            world: self,
            client,
            agreement,
            agreement_id,
            sequences: Sequences::of(&self.model, client),
            highest: self.model.highest(client),
            used: BTreeSet::new(),
            given: BTreeMap::new(),
        };
        drafts.iter().map(|draft| batch.draw(draft)).unzip()
    }

    /// Each refused refund is refused by the name of something that is wrong with it.
    pub(super) fn check_refusals(&self, answer: &Answer, reasons: &[Vec<Refusal>]) {
        match (&answer.outcome, reasons) {
            (Outcome::Done, _) => {
                let told = self.events.iter().filter_map(|event| match event {
                    RuntimeEvent::Trades(Event::TradeRefused { reason, .. }) => Some(*reason),
                    _ => None,
                });
                let told: Vec<_> = told.collect();
                let refused = reasons.iter().filter(|reasons| !reasons.is_empty());
                assert_eq!(told.len(), refused.clone().count(), "{told:?}");
                for (told, reasons) in told.iter().zip(refused) {
                    assert!(reasons.contains(told), "{told:?} of {reasons:?}");
                }
            }
            (Outcome::Failed(error), [alone]) => {
                let names = |reason: &Refusal| {
                    DispatchError::from(Error::<Runtime>::from(*reason)) == *error
                };
                assert!(alone.iter().any(names), "{error:?} of {alone:?}");
            }
            _ => {}
        }
    }
}

impl Refunds<'_> {
    /// Draws a refund, with what is wrong with it after those before it in the batch.
    fn draw(&mut self, draft: &RefundDraft) -> (RefundRequest, Vec<Refusal>) {
        let request = self.request(draft);
        let reasons = self.reasons(&request);
        if reasons.is_empty() {
            self.used.insert(request.sequence);
            self.highest = self.highest.max(Some(request.sequence));
            *self.given.entry(request.original).or_default() += request.gross;
        }
        (request, reasons)
    }

    fn request(&mut self, draft: &RefundDraft) -> RefundRequest {
        let sequence = self.sequences.pick(draft.sequence);
        let (mut original, found) = self.original(draft);
        let (payment, paid) = (found.trade, found.paid);
        let before = self.given_back(&original);
        let left = paid.saturating_sub(before);
        let now = self.world.upcoming();
        let mut request = RefundRequest {
            sequence,
            reference: Reference((u128::from(sequence) | 1 << 100).to_be_bytes()),
            user: payment.user,
            product: payment.product,
            original,
            refunded_before: before,
            // Of nothing that is left, a unit is more than that.
            gross: (left * Amount::from(draft.part) / 1_000).max(1),
            debit: 0,
            credit: 0,
            occurred_at: (now - u64::from(draft.minutes_ago) * MINUTE).max(payment.occurred_at),
        };
        if matches!(draft.fault, Some(RefundFault::MoreThanLeft)) {
            request.gross = left + 1;
        }
        let versions = Registry::terms(self.agreement_id, payment.product);
        if let Some(terms) = versions.get(usize::from(payment.terms_version)) {
            let amounts = terms.refund_amounts(paid, before, request.gross);
            (request.debit, request.credit) = (amounts.debit, amounts.credit);
        }
        match draft.fault {
            Some(RefundFault::Missing) => original.position = u32::MAX,
            Some(RefundFault::OtherId) => original.id.sequence ^= 1 << 40,
            Some(RefundFault::OtherProduct) => request.product += 1,
            Some(RefundFault::OtherUser) => request.user.0[15] ^= 1,
            Some(RefundFault::BeforeOriginal) => {
                request.occurred_at = payment.occurred_at.saturating_sub(1);
            }
            Some(RefundFault::Meanwhile) => request.refunded_before += 1,
            Some(RefundFault::Debit) => request.debit += 1,
            Some(RefundFault::Credit) => request.credit += 1,
            Some(RefundFault::ZeroGross) => request.gross = 0,
            Some(RefundFault::InFuture) => request.occurred_at = now + 60_001,
            Some(
                RefundFault::OfARefund
                | RefundFault::OtherClient
                | RefundFault::Oldest
                | RefundFault::MoreThanLeft,
            )
            | None => {}
        }
        request.original = original;
        request
    }

    /// The trade that a refund is of; where there is none to draw, one that is not there.
    fn original(&self, draft: &RefundDraft) -> (Original, Found) {
        let (kind, own) = match draft.fault {
            Some(RefundFault::OfARefund) => (Kind::Refund, true),
            Some(RefundFault::OtherClient) => (Kind::Payment, false),
            _ => (Kind::Payment, true),
        };
        let trades = self.world.model.of_kind(self.agreement_id, kind);
        let drawn: Vec<_> = trades
            .filter_map(|(day, position, _)| {
                let found = self.find(day, position)?;
                ((found.client == self.client) == own).then_some((day, position, found))
            })
            .collect();
        let index = match draft.fault {
            _ if drawn.is_empty() => None,
            Some(RefundFault::Oldest) => Some(0),
            _ => Some(usize::from(draft.of) % drawn.len()),
        };
        index.map_or(NOWHERE, |index| {
            let (day, position, found) = drawn[index];
            let original = Original {
                id: found.trade.id,
                day,
                position,
            };
            (original, found)
        })
    }

    /// What is on a place, before this call.
    fn find(&self, day: BusinessDay, position: u32) -> Option<Found> {
        let place = (self.agreement_id, day, position);
        self.world.model.found(place)
    }

    /// What was given back of a payment, before and by this call.
    fn given_back(&self, original: &Original) -> Amount {
        let before = self.world.model.given_back.of(self.agreement_id, original);
        before + self.given.get(original).copied().unwrap_or_default()
    }

    /// Whether the client refunds what `recorder` recorded: it is the same, or its successor.
    fn gives_back_of(&self, recorder: MemberId) -> bool {
        let successor = Successors::<Runtime>::get(self.agreement_id, recorder);
        recorder == self.client || successor == Some(self.client)
    }

    /// All that is wrong with a refund; nothing where the chain must take it.
    fn reasons(&self, request: &RefundRequest) -> Vec<Refusal> {
        let now = self.world.upcoming();
        let id = TradeId {
            client: self.client,
            sequence: request.sequence,
        };
        let mut reasons = Vec::new();
        let mut unless = |holds: bool, reason| {
            if !holds {
                reasons.push(reason);
            }
        };
        let is_used = self.world.model.has(id) || self.used.contains(&request.sequence);
        unless(!is_used, Refusal::SequenceUsed);
        let is_within = is_within(self.highest, request.sequence);
        unless(is_within, Refusal::SequenceBelowWindow);
        unless(is_within, Refusal::SequenceAboveWindow);
        unless(request.gross > 0, Refusal::ZeroGross);
        let most = self.agreement.max_gross;
        let is_agreed = most.is_none_or(|most| request.gross <= most);
        unless(is_agreed, Refusal::AboveAgreement);
        unless(request.occurred_at <= now + 60_000, Refusal::InFuture);
        if let Err(reason) = book(self.agreement, Kind::Refund, request.occurred_at, now) {
            let latest = self.agreement.day_of(request.occurred_at.max(now));
            let is_over = latest.is_some_and(|day| has_closed(self.agreement, day));
            let is_ended = reason == NotBookable::AgreementEnded;
            assert!(
                is_over || !is_ended,
                "refused before the close: {request:?}"
            );
            reasons.push(reason.into());
        }
        let of = request.original;
        match self.find(of.day, of.position) {
            None => reasons.push(Refusal::OriginalMissing),
            Some(found) => reasons.extend(self.not_refundable(request, &found)),
        }
        reasons
    }

    fn not_refundable(&self, request: &RefundRequest, found: &Found) -> Vec<Refusal> {
        use Refusal::*;
        let trade = found.trade;
        let before = self.given_back(&request.original);
        let [paid_on, refunded_on] =
            [trade.occurred_at, request.occurred_at].map(|time| self.agreement.day_of(time));
        let is_in_time = paid_on.zip(refunded_on).is_some_and(|(paid, refunded)| {
            refunded.0 <= paid.0 + u32::from(self.agreement.refund_days)
        });
        let link = Link {
            relation: Relation::Refund,
            original: request.original,
            paid: found.paid,
            refunded_before: before,
        };
        let versions = Registry::terms(self.agreement_id, trade.product);
        let terms = &versions[usize::from(trade.terms_version)];
        let right = link
            .amounts(terms, request.gross)
            .expect("a refund has amounts");
        [
            (trade.id == request.original.id, OriginalOtherId),
            (found.is_payment(), OriginalIsRefund),
            (self.gives_back_of(found.client), OriginalOfAnotherClient),
            (trade.product == request.product, OriginalOtherProduct),
            (trade.user == request.user, OriginalOtherUser),
            (trade.occurred_at <= request.occurred_at, BeforeOriginal),
            (is_in_time, RefundTooLate),
            (request.refunded_before == before, RefundedMeanwhile),
            (
                request.gross <= found.paid.saturating_sub(before),
                MoreThanLeft,
            ),
            (request.debit == right.debit, WrongDebit),
            (request.credit == right.credit, WrongCredit),
        ]
        .into_iter()
        .filter(|(holds, _)| !holds)
        .map(|(_, reason)| reason)
        .collect()
    }
}
