//! Commitments: in time, again before the preset time, and late.

use super::{
    books::{commitment, committed, damaged},
    members::Deed,
    operation::{Manner, Word},
    world::World,
};
use crate::{constants::LATE_PROOF_DAYS, Runtime, Trades};
use counterfoil_primitives::{ports::DayTrades, Commitment, Moment, Replacement, Round, SideId};
use pallet_books::{Commitments, Replacements};
use pallet_reconciliation::Sides;
use sp_core::H256;

impl World {
    /// Commits in the side's current round.
    pub fn commit(&mut self, side_id: SideId, manner: Manner, word: &Word) -> bool {
        let round = Sides::<Runtime>::get(side_id).round;
        self.commit_in(side_id, round, manner, word)
    }

    pub fn commit_in(
        &mut self,
        side_id: SideId,
        round: Round,
        manner: Manner,
        word: &Word,
    ) -> bool {
        let commitment = self.word(side_id, word);
        let replacement = next_replacement(side_id, round);
        self.commit_under(side_id, (round, replacement), manner, commitment)
    }

    /// Commits under a number, whichever is the next one.
    pub fn commit_under(
        &mut self,
        side_id: SideId,
        (round, replacement): (Round, Replacement),
        manner: Manner,
        commitment: Commitment,
    ) -> bool {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let record = Sides::<Runtime>::get(side_id);
        let chain = Trades::chain_commitment(side_id);
        let has_chains_roots = chain.is_some_and(|chain| {
            chain != commitment
                && (chain.slots_root, chain.extras_root)
                    == (commitment.slots_root, commitment.extras_root)
        });
        let is_open = self.can_commit(side_id) || self.can_replace(side_id, &commitment);
        let in_time = is_open
            && round == record.round
            && replacement == next_replacement(side_id, round)
            && chain.is_some_and(|chain| chain.slots == commitment.slots)
            && !has_chains_roots;
        let deed = (agreement, Deed::Commit(side), in_time);
        let answer = self.deed(
            manner,
            deed,
            pallet_books::Call::<Runtime>::commit {
                agreement,
                day,
                side,
                round,
                replacement,
                commitment,
            },
        );
        assert!(
            in_time || !answer.is_done(),
            "{record:?}: committed in round {round}, replacement {replacement}"
        );
        answer.is_done()
    }

    /// Whether the first commitment of the side's round may come in the next block: in time, or late.
    pub fn can_commit(&self, side_id: SideId) -> bool {
        let SideId { agreement, day, .. } = side_id;
        let record = Sides::<Runtime>::get(side_id);
        let until = if record.defaulted {
            self.late_until(side_id)
        } else {
            self.times(agreement, day).map(|times| times.deadline)
        };
        Trades::is_sealed(agreement, day)
            && committed(side_id).is_none()
            && record.round < 2
            && record.proven.is_none()
            && until.is_some_and(|until| self.upcoming() < until)
    }

    /// Whether this commitment may take the place of the side's in the next block.
    fn can_replace(&self, side_id: SideId, commitment: &Commitment) -> bool {
        let times = self.times(side_id.agreement, side_id.day);
        let round = Sides::<Runtime>::get(side_id).round;
        committed(side_id).is_some_and(|standing| standing != *commitment)
            && Replacements::<Runtime>::get(side_id, round) < 16
            && times.is_some_and(|times| self.upcoming() < times.preset)
    }

    /// Until when the side may be proven late.
    pub fn late_until(&self, side_id: SideId) -> Option<Moment> {
        let SideId { agreement, day, .. } = side_id;
        let deadline = self.times(agreement, day)?.deadline;
        self.agreement(agreement)
            .late_until(day, LATE_PROOF_DAYS, deadline)
    }

    pub fn word(&mut self, side_id: SideId, word: &Word) -> Commitment {
        let damages = match word {
            Word::Book(damages) | Word::FalseTotal(damages) => &damages[..],
            Word::Random(_) | Word::WrongSlots => &[],
        };
        let book = damaged(side_id, damages);
        let mut commitment = commitment(side_id, &book);
        match word {
            Word::Book(_) => {}
            Word::FalseTotal(damages) => {
                let totals = &mut commitment.totals;
                let total = match damages.len() % 2 {
                    0 => &mut totals.payments,
                    _ => &mut totals.refunds,
                };
                *total += 1;
            }
            Word::Random(seed) => commitment.slots_root = H256::repeat_byte(*seed),
            Word::WrongSlots => commitment.slots += 1,
        }
        if matches!(word, Word::Book(_) | Word::FalseTotal(_)) {
            self.drafts.keep(side_id, &commitment, book);
        }
        commitment
    }
}

/// The number that the next commitment of a round has to have.
fn next_replacement(side_id: SideId, round: Round) -> Replacement {
    if Commitments::<Runtime>::contains_key(side_id, round) {
        Replacements::<Runtime>::get(side_id, round) + 1
    } else {
        0
    }
}
