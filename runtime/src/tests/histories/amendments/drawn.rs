//! What a member proposes.

use super::super::{
    operation::{AmendmentDraft, AmendmentFault, Remedy},
    world::World,
};
use counterfoil_primitives::{
    amendment::{Content, Correction, MissingPayment, PageSpan, Selection, Span},
    day::MINUTE,
    tree::PAGE_SIZE,
    written::{date, day_of_input},
    AgreementId, AgreementView, BusinessDay, DayTotals, Kind, MemberId, Moment, ProductId,
    Reference, Trade, UserId,
};

/// Digits that are no date.
const NO_DATE: BusinessDay = BusinessDay(20_261_131);
/// A product without terms.
const NO_PRODUCT: ProductId = 99;
/// A member that no agreement admits as a client.
const NO_CLIENT: MemberId = 4;
/// Maximum payments that a draft corrects or supplements.
const FEW: u16 = 3;

/// A proposal under way.
pub struct Drawing<'a> {
    pub(super) world: &'a World,
    pub(super) agreement_id: AgreementId,
    pub(super) agreement: &'a AgreementView,
    pub(super) proposer: MemberId,
}

impl<'a> Drawing<'a> {
    pub fn new(
        world: &'a World,
        agreement_id: AgreementId,
        agreement: &'a AgreementView,
        proposer: MemberId,
    ) -> Self {
        Self {
            world,
            agreement_id,
            agreement,
            proposer,
        }
    }

    /// What is proposed, and what it is said to come to.
    pub fn draw(&self, draft: &AmendmentDraft) -> (Content, DayTotals) {
        let content = match draft.remedy {
            Remedy::Supplement => self.supplement(draft),
            Remedy::Cancel | Remedy::CancelSequences | Remedy::Replace => self.of_trades(draft),
        };
        let mut stated = self.totals(&content);
        if matches!(draft.fault, Some(AmendmentFault::OtherTotals)) {
            stated.payments.gross += 1;
        }
        (content, stated)
    }

    /// Names trades of a day; where there is none, the first one of today.
    fn of_trades(&self, draft: &AmendmentDraft) -> Content {
        let model = &self.world.model;
        let trades: Vec<(BusinessDay, u32, Trade)> = Kind::BOTH
            .into_iter()
            .flat_map(|kind| model.of_kind(self.agreement_id, kind))
            .map(|(day, position, trade)| (day, position, *trade))
            .collect();
        let drawn = usize::from(draft.of).checked_rem(trades.len());
        let today = self.world.today(self.agreement_id);
        let (day, first, trade) = match drawn {
            Some(index) => (trades[index].0, trades[index].1, Some(trades[index].2)),
            None => (today, 0, None),
        };
        let count = model.trades(self.agreement_id, day).len() as u32;
        let most = match draft.remedy {
            Remedy::Replace => draft.more % FEW,
            _ => draft.more,
        };
        let last = (first + u32::from(most)).min(count.max(1) - 1).max(first);
        let day_given = self.given(day, draft);
        if matches!(draft.remedy, Remedy::Replace) {
            return self.replace(draft, day, day_given, first..=last);
        }
        let selection = match (draft.remedy, trade, draft.fault) {
            (_, _, Some(AmendmentFault::Nothing)) => Selection::Positions(Default::default()),
            (_, _, Some(AmendmentFault::Behind)) => spans(last, count),
            (Remedy::CancelSequences, Some(trade), _) => Selection::Sequences {
                client: trade.id.client,
                first: trade.id.sequence,
                last: trade.id.sequence + u64::from(draft.more),
                pages: PageSpan {
                    first: first / PAGE_SIZE,
                    last: last / PAGE_SIZE,
                },
            },
            _ => spans(first, last),
        };
        Content::Cancel {
            day: day_given,
            selection,
        }
    }

    fn replace(
        &self,
        draft: &AmendmentDraft,
        day: BusinessDay,
        day_given: BusinessDay,
        positions: std::ops::RangeInclusive<u32>,
    ) -> Content {
        let trades = self.world.model.trades(self.agreement_id, day);
        let correct = |position: u32| Correction {
            position: match draft.fault {
                Some(AmendmentFault::Behind) => position + trades.len() as u32,
                _ => position,
            },
            user: UserId([8; 16]),
            product: self.product(draft),
            gross: gross(draft),
            occurred_at: trades
                .get(position as usize)
                .map_or(self.world.now, |trade| trade.occurred_at),
        };
        let is_empty = matches!(draft.fault, Some(AmendmentFault::Nothing));
        let corrections: Vec<_> = positions.filter(|_| !is_empty).map(correct).collect();
        Content::Replace {
            day: day_given,
            corrections: corrections.try_into().expect("they are few"),
        }
    }

    fn supplement(&self, draft: &AmendmentDraft) -> Content {
        let own = self
            .agreement
            .admits(self.proposer)
            .then_some(self.proposer);
        let admitted = own.or_else(|| self.agreement.clients.first().copied());
        let client = match draft.fault {
            Some(AmendmentFault::OtherClient) => NO_CLIENT,
            _ => admitted.unwrap_or(NO_CLIENT),
        };
        let now = self.world.upcoming();
        let occurred_at = match draft.fault {
            Some(AmendmentFault::InFuture) => now + 60_001,
            _ => now - Moment::from(draft.minutes_ago) * MINUTE,
        };
        let is_empty = matches!(draft.fault, Some(AmendmentFault::Nothing));
        let count = if is_empty { 0 } else { draft.more % FEW + 1 };
        let payment = |index: u16| MissingPayment {
            client,
            reference: self.reference(client, draft, index),
            user: UserId([9; 16]),
            product: self.product(draft),
            gross: gross(draft),
            occurred_at,
        };
        let payments: Vec<_> = (0..count).map(payment).collect();
        Content::Supplement {
            payments: payments.try_into().expect("they are few"),
        }
    }

    /// Of every other draft the references of the client's next payments.
    fn reference(&self, client: MemberId, draft: &AmendmentDraft, index: u16) -> Reference {
        let next = self
            .world
            .model
            .highest(client)
            .map_or(0, |highest| highest + 1);
        let number = match draft.of % 2 {
            0 => u128::from(next),
            _ => u128::from(draft.of) << 64,
        };
        Reference((number + u128::from(index)).to_be_bytes())
    }

    fn product(&self, draft: &AmendmentDraft) -> ProductId {
        match draft.fault {
            Some(AmendmentFault::UnknownProduct) => NO_PRODUCT,
            _ => draft.product,
        }
    }

    /// The day by its number, or by the digits of its date.
    fn given(&self, day: BusinessDay, draft: &AmendmentDraft) -> BusinessDay {
        if matches!(draft.fault, Some(AmendmentFault::NoDate)) {
            return NO_DATE;
        }
        let (year, month, of_month) = date::calendar_date(day);
        match draft.of % 2 {
            0 => BusinessDay(year * 10_000 + month * 100 + of_month),
            _ => day,
        }
    }

    /// The trades that a content names, with their positions.
    pub(super) fn named(&self, content: &Content) -> Vec<(u32, Trade)> {
        let day = content.day().and_then(|day| day_of_input(day).ok());
        let (Some(day), Some(selection)) = (day, content.selection()) else {
            return Vec::new();
        };
        let trades = self.world.model.trades(self.agreement_id, day);
        (0..)
            .zip(trades.iter().copied())
            .filter(|(position, trade)| selection.names(*position, trade))
            .collect()
    }

    /// What a content comes to.
    pub(super) fn totals(&self, content: &Content) -> DayTotals {
        let mut totals = DayTotals::default();
        for (_, trade) in self.named(content) {
            totals.add(&trade);
        }
        if let Content::Supplement { payments } = content {
            let model = &self.world.model;
            let trades = payments.iter();
            trades
                .filter_map(|payment| model.supplement_of(self.agreement_id, payment))
                .for_each(|trade| totals.add(&trade));
        }
        totals
    }
}

/// The positions from `first` to `last`.
fn spans(first: u32, last: u32) -> Selection {
    let spans = vec![Span { first, last }];
    Selection::Positions(spans.try_into().expect("it is one"))
}

fn gross(draft: &AmendmentDraft) -> u128 {
    match draft.fault {
        Some(AmendmentFault::ZeroGross) => 0,
        _ => draft.gross.into(),
    }
}
