//! All that is wrong with a proposal.

use super::{
    super::model::{has_closed, takes_payments},
    drawn::Drawing,
};
use crate::{
    constants::{MAX_PROPOSALS, MAX_PROPOSALS_OF_MEMBER},
    Registry, Runtime,
};
use counterfoil_primitives::{
    amendment::{Content, MissingPayment, Room, Selection},
    ports::Directory,
    written::day_of_input,
    BusinessDay, DayTotals, Kind, MemberId, Moment, ProductId,
};
use pallet_amendments::Error;
use std::collections::BTreeSet;

impl Drawing<'_> {
    /// All that is wrong with a proposal; nothing where the chain must take it.
    pub fn wrong_with(&self, content: &Content, stated: &DayTotals) -> Vec<Error<Runtime>> {
        let mut wrong = Vec::new();
        let mut unless = |holds: bool, error: Error<Runtime>| {
            if !holds {
                wrong.push(error);
            }
        };
        let now = self.world.upcoming();
        let waiting = self.world.model.amended.waiting(self.agreement_id);
        let waiting: Vec<MemberId> = waiting.map(|(_, proposal)| proposal.proposer).collect();
        let room = Room {
            each: MAX_PROPOSALS_OF_MEMBER,
            all: MAX_PROPOSALS,
        };
        unless(
            room.takes(self.agreement, self.proposer, &waiting),
            Error::TooManyProposals,
        );
        unless(content.is_valid(), Error::InvalidContent);
        unless(*stated == self.totals(content), Error::OtherTotals);
        let today = self.agreement.day_of(now).expect("it has begun");
        unless(!has_closed(self.agreement, today), Error::AgreementEnded);
        let more = match content {
            Content::Supplement { payments } => self.wrong_with_payments(payments, today),
            Content::Cancel { .. } | Content::Replace { .. } => {
                self.wrong_with_trades(content, today)
            }
        };
        wrong.extend(more);
        wrong
    }

    fn wrong_with_payments(
        &self,
        payments: &[MissingPayment],
        today: BusinessDay,
    ) -> Vec<Error<Runtime>> {
        let mut wrong = Vec::new();
        let mut references = BTreeSet::new();
        for payment in payments {
            let key = (self.agreement_id, payment.client, payment.reference);
            let amended = &self.world.model.amended;
            if amended.is_missing(key) || !references.insert(key) {
                wrong.push(Error::AlreadyProposed);
            }
            if !self.agreement.admits(payment.client) {
                wrong.push(Error::NotAdmitted);
            }
            if !self.is_party() && payment.client != self.proposer {
                wrong.push(Error::AnotherClients);
            }
            wrong.extend(self.wrong_with_price(payment.product, payment.occurred_at, today));
            let occurred = self.agreement.day_of(payment.occurred_at);
            wrong.extend(occurred.and_then(|day| self.wrong_with_day(day, today)));
        }
        wrong
    }

    fn wrong_with_trades(&self, content: &Content, today: BusinessDay) -> Vec<Error<Runtime>> {
        let given = content.day().expect("it names trades of a day");
        let Ok(day) = day_of_input(given) else {
            return vec![Error::NoSuchDate];
        };
        let mut wrong: Vec<_> = self.wrong_with_day(day, today).into_iter().collect();
        if let Content::Replace { corrections, .. } = content {
            for right in corrections {
                wrong.extend(self.wrong_with_price(right.product, right.occurred_at, today));
            }
        }
        let named = self.named(content);
        let count = self.world.model.trades(self.agreement_id, day).len() as u32;
        let reaches = match content.selection() {
            Some(selection @ Selection::Positions(_)) => selection.end() <= count,
            _ => true,
        };
        if named.is_empty() || !reaches {
            wrong.push(Error::NothingThere);
        }
        let taken = self.world.model.amended.named(self.agreement_id, day);
        for (position, trade) in named {
            if taken.contains(&position) {
                wrong.push(Error::AlreadyNamed);
            }
            let is_correction = matches!(content, Content::Replace { .. });
            if is_correction && trade.kind == Kind::Refund {
                wrong.push(Error::NotAPayment);
            }
            let found = self.world.model.found((self.agreement_id, day, position));
            let client = found.expect("it is there").client;
            if !self.is_party() && client != self.proposer {
                wrong.push(Error::AnotherClients);
            }
        }
        wrong
    }

    fn is_party(&self) -> bool {
        [self.agreement.bank, self.agreement.company].contains(&self.proposer)
    }

    /// Why trades of a day may not be amended.
    fn wrong_with_day(&self, day: BusinessDay, today: BusinessDay) -> Option<Error<Runtime>> {
        if day < self.agreement.first_day {
            Some(Error::BeforeFirstDay)
        } else if day > today {
            Some(Error::InFuture)
        } else {
            let is_late = today.0 > day.0 + u32::from(self.agreement.amend_days);
            is_late.then_some(Error::TooLongAgo)
        }
    }

    /// What is wrong with the product and the time of a payment.
    fn wrong_with_price(
        &self,
        product: ProductId,
        occurred_at: Moment,
        today: BusinessDay,
    ) -> Vec<Error<Runtime>> {
        let occurred = self.agreement.day_of(occurred_at);
        let Some(day) = occurred.filter(|day| *day >= self.agreement.first_day) else {
            return vec![Error::BeforeFirstDay];
        };
        let latest = self.world.upcoming() + 60_000;
        let mut wrong = Vec::new();
        if occurred_at > latest || day > today {
            wrong.push(Error::InFuture);
        }
        if !takes_payments(self.agreement, day) {
            wrong.push(Error::AgreementEnded);
        }
        if Registry::terms_on(self.agreement_id, product, day).is_none() {
            wrong.push(Error::UnknownProduct);
        }
        wrong
    }
}
