//! Batches of trades, good and bad, and which of them must be taken.

use super::{
    members::{right, Deed},
    model::Model,
    operation::{Draft, Fault, Manner, Pick},
    world::World,
};
use crate::{constants::MAX_BATCH, Registry, Runtime};
use counterfoil_primitives::{
    booking_day::book,
    day::{DAY, MINUTE},
    ports::Directory,
    window::{CHUNKS, CHUNK_BITS, WIDTH},
    AgreementId, AgreementView, Kind, MemberId, Moment, Reference, Sequence, TradeId, TradeRequest,
    UserId,
};
use std::collections::BTreeSet;

impl World {
    pub fn record(&mut self, agreement_id: AgreementId, manner: Manner, drafts: &[Draft]) -> bool {
        let agreement = self.agreement(agreement_id);
        let client = manner.who.unwrap_or(right(&agreement, Deed::Record));
        let requests = self.requests(client, &agreement, agreement_id, drafts);
        let taken = self.taken(client, &agreement, agreement_id, &requests);
        let before = self.model.recorded();
        self.model.ask(client, agreement_id, &requests);
        let trades: frame_support::BoundedVec<_, _> =
            requests.try_into().expect("the batch is not too large");
        let deed = (agreement_id, Deed::Record, !taken.is_empty());
        let answer = self.deed(
            manner,
            deed,
            pallet_trades::Call::<Runtime>::record {
                agreement: agreement_id,
                trades,
            },
        );
        let expected = if answer.is_done() { &taken[..] } else { &[] };
        let added = self.model.recorded() - before;
        assert_eq!(
            added,
            expected.len(),
            "another number was taken: {answer:?}"
        );
        assert!(expected.iter().all(|id| self.model.has(*id)));
        answer.is_done()
    }

    fn requests(
        &self,
        client: u32,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        drafts: &[Draft],
    ) -> Vec<TradeRequest> {
        let mut sequences = Sequences::of(&self.model, client);
        drafts
            .iter()
            .take(MAX_BATCH as usize)
            .map(|draft| {
                let sequence = sequences.pick(draft.sequence);
                self.request(agreement, agreement_id, draft, sequence)
            })
            .collect()
    }

    pub fn request(
        &self,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        draft: &Draft,
        sequence: Sequence,
    ) -> TradeRequest {
        let now = self.upcoming();
        let occurred_at = match draft.fault {
            Some(Fault::InFuture) => now + 60_001,
            Some(Fault::BeforeFirstDay) => Moment::from(agreement.first_day.0 - 2) * DAY,
            _ => now - Moment::from(draft.minutes_ago) * MINUTE,
        };
        let product = match draft.fault {
            Some(Fault::UnknownProduct) => 99,
            _ => draft.product,
        };
        let gross = match draft.fault {
            Some(Fault::ZeroGross) => 0,
            _ => u128::from(draft.gross) + u128::from(sequence % 1_000),
        };
        let amounts = agreement
            .day_of(occurred_at)
            .and_then(|day| Registry::terms_on(agreement_id, product, day))
            .map(|(_, terms)| terms.amounts(gross));
        let (debit, credit) = amounts.map_or((0, 0), |amounts| (amounts.debit, amounts.credit));
        TradeRequest {
            sequence,
            reference: Reference(u128::from(sequence).to_be_bytes()),
            user: UserId([draft.minutes_ago as u8; 16]),
            product,
            gross,
            debit: debit + u128::from(matches!(draft.fault, Some(Fault::Debit))),
            credit: credit + u128::from(matches!(draft.fault, Some(Fault::Credit))),
            occurred_at,
        }
    }

    /// The trades of a batch that the chain must take, where it takes the batch.
    fn taken(
        &self,
        client: u32,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        requests: &[TradeRequest],
    ) -> Vec<TradeId> {
        let mut highest = self.model.highest(client);
        let mut used = BTreeSet::new();
        let amended = &self.model.amended;
        let is_looked_up = amended.is_looked_up(agreement_id, client, self.upcoming());
        for request in requests {
            let id = TradeId {
                client,
                sequence: request.sequence,
            };
            let is_fresh = !self.model.has(id) && !used.contains(&id);
            let missing = (agreement_id, client, request.reference);
            let is_supplemented = is_looked_up && amended.supplemented(missing).is_some();
            if is_fresh
                && !is_supplemented
                && is_within(highest, request.sequence)
                && self.is_right(agreement, agreement_id, request)
            {
                used.insert(id);
                highest = highest.max(Some(request.sequence));
            }
        }
        used.into_iter().collect()
    }

    fn is_right(
        &self,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        request: &TradeRequest,
    ) -> bool {
        let now = self.upcoming();
        let Ok(booking) = book(agreement, Kind::Payment, request.occurred_at, now) else {
            return false;
        };
        let terms = Registry::terms_on(agreement_id, request.product, booking.occurred);
        request.gross > 0
            && agreement.max_gross.is_none_or(|most| request.gross <= most)
            && request.occurred_at <= now + 60_000
            && terms.is_some_and(|(_, terms)| {
                let amounts = terms.amounts(request.gross);
                (amounts.debit, amounts.credit) == (request.debit, request.credit)
            })
    }
}

/// The sequences that a client picks in a batch.
pub struct Sequences {
    highest: Option<Sequence>,
    last: Option<Sequence>,
}

impl Sequences {
    pub fn of(model: &Model, client: MemberId) -> Self {
        Self {
            highest: model.highest(client),
            last: model.used(client),
        }
    }

    pub fn pick(&mut self, pick: Pick) -> Sequence {
        let top = self.highest.unwrap_or(0);
        let next = self.highest.map_or(0, |highest| highest + 1);
        let sequence = match pick {
            Pick::Fresh(gap) => next + Sequence::from(gap),
            Pick::Used | Pick::Twice => self.last.unwrap_or(next),
            Pick::Leap => top + WIDTH,
            Pick::TooFar => top + WIDTH + 1,
        };
        if !matches!(pick, Pick::TooFar) {
            self.highest = self.highest.max(Some(sequence));
        }
        self.last = Some(sequence);
        sequence
    }
}

/// Whether the window of a client reaches a sequence.
pub fn is_within(highest: Option<Sequence>, sequence: Sequence) -> bool {
    let highest = highest.unwrap_or(0);
    let lowest = (highest / CHUNK_BITS).saturating_sub(CHUNKS - 1) * CHUNK_BITS;
    (lowest..=highest + WIDTH).contains(&sequence)
}
