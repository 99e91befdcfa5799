//! What must hold of amendments: how proposals go on, and that what is booked was agreed.

use super::{
    super::cross_pallet::add_booked,
    amended::{items, missing, positions, Key, Seen},
    has_closed, Model,
};
use crate::{Registry, Runtime, Trades};
use counterfoil_primitives::{
    amendment::{
        fingerprint::{Proposed, TradesDigest},
        Answers, Content, Progress, Proposal, Standing, Unresolved, Verdict,
    },
    day::DAY,
    ports::{BookAmendments, Directory},
    tree::PAGE_SIZE,
    AgreementId, DayTotals, Moment, Side, Trade,
};
use pallet_amendments::{Contents, LastNumber, Proposals};
use std::collections::{BTreeMap, BTreeSet};

impl Model {
    /// Looks at the proposals, and at what was booked of them.
    pub(super) fn observe_amendments(&mut self, now: Moment) {
        let stored: BTreeMap<Key, Proposal> = Proposals::<Runtime>::iter()
            .map(|(agreement, number, proposal)| ((agreement, number), proposal))
            .collect();
        let known: BTreeSet<Key> = self.amended.waiting.keys().copied().collect();
        for key in &known {
            match stored.get(key) {
                Some(proposal) => self.went_on(*key, proposal, now),
                None => self.is_gone(*key),
            }
        }
        for (key, proposal) in &stored {
            match self.amended.completed.get(key) {
                Some(completed) => assert_eq!(completed, proposal, "{key:?}"),
                None if known.contains(key) => {}
                None => self.came(*key, proposal, now),
            }
        }
        let booked = &self.amended.booked;
        assert!(booked.is_empty(), "nobody agreed to {booked:?}");
        self.check_amended();
    }

    /// The chain reads of what was amended what it ought to.
    fn check_amended(&mut self) {
        for ((agreement, client, reference), place) in &self.amended.missing {
            let read = Trades::supplemented(*agreement, *client, *reference);
            let place = place.map(|(_, day, position)| (day, position));
            assert_eq!(read, place, "{reference:?}");
        }
        for place in std::mem::take(&mut self.amended.touched) {
            let (agreement, day, position) = place;
            let found = Trades::found(agreement, day, position);
            assert_eq!(found, self.found(place), "{place:?}");
        }
    }

    /// A proposal was made in the last block.
    fn came(&mut self, (agreement_id, number): Key, proposal: &Proposal, now: Moment) {
        let agreement = Registry::agreement(agreement_id).expect("it is there");
        let last = self.amended.last.entry(agreement_id).or_default();
        assert_eq!(
            (number, LastNumber::<Runtime>::get(agreement_id)),
            (*last + 1, *last + 1)
        );
        *last = number;
        let content = Contents::<Runtime>::get(agreement_id, number).expect("it was proposed");
        let (stated, digest) = self.count(agreement_id, &content);
        let proposed = Proposed {
            agreement: agreement_id,
            proposer: proposal.proposer,
            ground: proposal.ground,
            evidence: proposal.evidence,
            content: &content,
            stated: &stated,
            trades: digest.finish(),
        };
        let expected = Proposal {
            agreement: agreement_id,
            fingerprint: proposed.fingerprint(),
            stated,
            proposed_at: now,
            answer_until: now + Moment::from(agreement.answer_days) * DAY,
            answers: Answers::of_proposer(&agreement, proposal.proposer),
            standing: Standing::Open,
            ..*proposal
        };
        assert_eq!(proposal, &expected);
        for key in missing(agreement_id, &content) {
            assert!(self.amended.missing.insert(key, None).is_none(), "{key:?}");
        }
        if let Content::Supplement { payments } = &content {
            for payment in payments {
                let occurred = agreement.day_of(payment.occurred_at);
                let cut_off = occurred.and_then(|day| agreement.cut_off_of(day));
                let key = (agreement_id, payment.client);
                let last = self.amended.cut_offs.entry(key).or_default();
                *last = cut_off.expect("it is of the agreement").max(*last);
            }
        }
        let seen = Seen {
            proposal: expected,
            items: items(&content),
            content,
        };
        self.amended.waiting.insert((agreement_id, number), seen);
    }

    /// What the trades that a content names come to, and their digest; of payments that were not recorded,
    /// what they come to by their terms.
    fn count(&self, agreement: AgreementId, content: &Content) -> (DayTotals, TradesDigest) {
        let (mut totals, mut digest) = (DayTotals::default(), TradesDigest::default());
        if let Content::Supplement { payments } = content {
            for payment in payments {
                let trade = self.supplement_of(agreement, payment);
                totals.add(&trade.expect("it has terms"));
            }
        }
        let day = content.day().unwrap_or_default();
        let named = positions(content);
        for page in named.chunk_by(|one, other| one / PAGE_SIZE == other / PAGE_SIZE) {
            let trades: Vec<Trade> = page
                .iter()
                .map(|position| self.trades(agreement, day)[*position as usize])
                .collect();
            trades.iter().for_each(|trade| totals.add(trade));
            digest.add_page(&trades);
        }
        (totals, digest)
    }

    /// A proposal was withdrawn or written off.
    fn is_gone(&mut self, key: Key) {
        let old = self.amended.waiting.remove(&key).expect("it was seen");
        match old.proposal.standing {
            Standing::Open => self.amended.free(key.0, &old.content),
            Standing::Unresolved { .. } => {
                add_booked(&mut self.amended.written_off, &old.proposal.standing);
            }
            other => panic!("{key:?} is gone: {other:?}"),
        }
        assert!(!Contents::<Runtime>::contains_key(key.0, key.1), "{key:?}");
    }

    /// A proposal is as it was, was answered, lapsed, or was booked in part.
    fn went_on(&mut self, key: Key, new: &Proposal, now: Moment) {
        let mut seen = self.amended.waiting.remove(&key).expect("it was seen");
        let old = std::mem::replace(&mut seen.proposal, *new);
        let unchanged = Proposal {
            answers: old.answers,
            standing: old.standing,
            ..*new
        };
        assert_eq!(unchanged, old, "{key:?}");
        for side in Side::BOTH {
            let answer = old.answers.of(side);
            assert!(
                answer.is_none() || answer == new.answers.of(side),
                "{key:?}: {side:?}"
            );
        }
        let verdict = new.answers.verdict();
        match (old.standing, new.standing) {
            (Standing::Open, Standing::Open) => assert_eq!(verdict, Verdict::Awaited),
            (Standing::Open, Standing::Accepted { at, progress }) => {
                assert_eq!((verdict, at), (Verdict::Accepted, now));
                assert!(now <= old.answer_until);
                let next = seen.content.start();
                let start = Progress {
                    next,
                    ..Default::default()
                };
                assert_eq!(progress, start);
            }
            (Standing::Open, Standing::Unresolved { since, why }) => {
                let right = match why {
                    Unresolved::Rejected => verdict == Verdict::Rejected && now <= old.answer_until,
                    Unresolved::Lapsed => verdict == Verdict::Awaited && now > old.answer_until,
                    Unresolved::Ended { .. } => false,
                };
                assert!(right && since == now, "{key:?}: {new:?}");
                self.amended.free(key.0, &seen.content);
            }
            (
                Standing::Accepted { at, progress: from },
                Standing::Accepted { at: same, progress },
            ) => {
                assert_eq!(at, same);
                self.step(key.0, at, &mut seen, (from, progress), now);
                assert!(!seen.items.is_empty(), "{key:?} is completed");
            }
            (
                Standing::Accepted { at, progress: from },
                Standing::Completed { at: end, progress },
            ) => {
                assert_eq!(end, now);
                self.step(key.0, at, &mut seen, (from, progress), now);
                assert!(seen.items.is_empty(), "{key:?} is not completed");
                assert!(!Contents::<Runtime>::contains_key(key.0, key.1), "{key:?}");
                self.amended.free(key.0, &seen.content);
                self.amended.completed.insert(key, *new);
                return;
            }
            (Standing::Accepted { progress, .. }, Standing::Unresolved { since, why }) => {
                let view = Registry::agreement(key.0).expect("it is there");
                let today = view.day_of(now).expect("it has begun");
                assert!(has_closed(&view, today), "{key:?}: {new:?}");
                assert_eq!((since, why), (now, Unresolved::Ended { progress }));
                self.amended.free(key.0, &seen.content);
            }
            (old, new) => assert_eq!(old, new, "{key:?}"),
        }
        self.amended.waiting.insert(key, seen);
    }

    /// Books what a step went through, and compares.
    fn step(
        &mut self,
        agreement: AgreementId,
        at: Moment,
        seen: &mut Seen,
        (from, to): (Progress, Progress),
        now: Moment,
    ) {
        let view = Registry::agreement(agreement).expect("it is there");
        let ahead: Vec<_> = self.amended.booked.iter().copied().collect();
        let (mut booked, mut fallen_out) = (from.booked, from.fallen_out);
        while booked + fallen_out < to.booked + to.fallen_out {
            let item = seen.items.pop_front().expect("not more than is named");
            match self.book(agreement, at, &item) {
                Ok(()) => booked += 1,
                Err(reason) => {
                    fallen_out += 1;
                    self.amended.fallen_out.push(reason);
                }
            }
        }
        assert_eq!((booked, fallen_out), (to.booked, to.fallen_out));
        // Other proposals may be booked in the same block.
        let of_step = ahead.len() - self.amended.booked.len();
        let mut totals = from.totals;
        for ((_, day, _), trade) in &ahead[..of_step] {
            assert_eq!(Some(*day), view.day_of(now), "{trade:?} is not of today");
            totals.add(trade);
        }
        assert_eq!(totals, to.totals);
    }
}
