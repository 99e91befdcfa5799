//! Proposals to amend what is recorded, good and bad, and what members do with them.

mod drawn;
mod wrong;

use super::{
    members::{may, names, right, Deed},
    model::has_closed,
    operation::{AmendmentDraft, Form, Manner, Said},
    signing::Answer,
    world::{Outcome, World},
};
use crate::Runtime;
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    AgreementId,
};
use drawn::Drawing;
use pallet_amendments::Call;
use proptest::sample::Index;
use sp_core::H256;
use sp_runtime::DispatchError;

/// The hash of what nobody looks at.
const EVIDENCE: H256 = H256::repeat_byte(5);

impl World {
    /// Proposes to amend what is recorded. Returns what came of it.
    pub fn propose_amendment(
        &mut self,
        agreement_id: AgreementId,
        manner: Manner,
        draft: &AmendmentDraft,
    ) -> Answer {
        let agreement = self.agreement(agreement_id);
        let proposer = manner.who.unwrap_or(right(&agreement, Deed::Amend));
        let drawing = Drawing::new(self, agreement_id, &agreement, proposer);
        let (content, stated) = drawing.draw(draft);
        let wrong = drawing.wrong_with(&content, &stated);
        let good = manner.form == Form::Ordered && wrong.is_empty();
        let call = Call::<Runtime>::propose {
            agreement: agreement_id,
            ground: draft.ground,
            evidence: EVIDENCE,
            content,
            stated,
        };
        let answer = self.deed(manner, (agreement_id, Deed::Amend, good), call);
        assert!(good || !answer.is_done(), "{draft:?}: {wrong:?}");
        let may_amend = |actor| may(&agreement, actor, Deed::Amend);
        if let (Outcome::Failed(told), true) =
            (&answer.outcome, answer.actor.is_some_and(may_amend))
        {
            let named = format!("{told:?} of {wrong:?}");
            let mut wrong = wrong.into_iter().map(DispatchError::from);
            assert!(wrong.any(|error| error == *told), "{draft:?}: {named}");
        }
        answer
    }

    /// One of the proposals that are not completed, where there is any.
    pub fn pick_amendment(&self, agreement: AgreementId, index: &Index) -> Option<u32> {
        let numbers: Vec<u32> = self
            .model
            .amended
            .waiting(agreement)
            .map(|(number, _)| number)
            .collect();
        (!numbers.is_empty()).then(|| *index.get(&numbers))
    }

    /// A proposal that is not completed.
    pub fn amendment(&self, agreement: AgreementId, number: u32) -> Proposal {
        let proposal = self.model.amended.proposal(agreement, number);
        *proposal.expect("it is not completed")
    }

    pub fn answer_amendment(
        &mut self,
        agreement: AgreementId,
        number: u32,
        manner: Manner,
        said: Said,
    ) -> bool {
        let proposal = self.amendment(agreement, number);
        let is_open = proposal.standing == Standing::Open;
        let in_time = is_open && !proposal.has_lapsed(self.upcoming());
        let is_other = matches!(said, Said::Other);
        let good = manner.form == Form::Ordered && in_time && !is_other;
        let deed = Deed::Answer {
            bank: proposal.answers.bank.is_none(),
            company: proposal.answers.company.is_none(),
        };
        let call = Call::<Runtime>::answer {
            agreement,
            number,
            fingerprint: if is_other {
                H256::repeat_byte(9)
            } else {
                proposal.fingerprint
            },
            accept: !matches!(said, Said::Reject),
        };
        let answer = self.deed(manner, (agreement, deed, good), call);
        assert!(good || !answer.is_done(), "{proposal:?}: {said:?}");
        answer.is_done()
    }

    /// Books the step of a proposal that is due, or another one.
    pub fn book_amendment(
        &mut self,
        agreement_id: AgreementId,
        number: u32,
        manner: Manner,
        is_due: bool,
    ) -> bool {
        let agreement = self.agreement(agreement_id);
        let proposal = self.amendment(agreement_id, number);
        let (is_accepted, next) = match proposal.standing {
            Standing::Accepted { progress, .. } => (true, progress.next),
            _ => (false, 0),
        };
        let today = agreement.day_of(self.upcoming()).expect("it has begun");
        let in_time = is_accepted && is_due && !has_closed(&agreement, today);
        let call = Call::<Runtime>::book {
            agreement: agreement_id,
            number,
            from: if is_due { next } else { next + 1 },
        };
        self.carry_amendment(agreement_id, manner, in_time, call)
    }

    /// Lets a proposal lapse.
    pub fn lapse_amendment(&mut self, agreement: AgreementId, number: u32, manner: Manner) -> bool {
        let proposal = self.amendment(agreement, number);
        let in_time = self.can_lapse(agreement, &proposal);
        let call = Call::<Runtime>::lapse { agreement, number };
        self.carry_amendment(agreement, manner, in_time, call)
    }

    /// Whether a proposal may lapse in the next block.
    fn can_lapse(&self, agreement_id: AgreementId, proposal: &Proposal) -> bool {
        let agreement = self.agreement(agreement_id);
        let today = agreement.day_of(self.upcoming());
        let is_accepted = matches!(proposal.standing, Standing::Accepted { .. });
        let has_closed = today.is_some_and(|today| has_closed(&agreement, today));
        proposal.has_lapsed(self.upcoming()) || (is_accepted && has_closed)
    }

    /// Does what any member may; whom the agreement does not name pays a fee.
    fn carry_amendment(
        &mut self,
        agreement_id: AgreementId,
        manner: Manner,
        in_time: bool,
        call: Call<Runtime>,
    ) -> bool {
        let agreement = self.agreement(agreement_id);
        let who = manner.who.unwrap_or(right(&agreement, Deed::Carry));
        let must = in_time && names(&agreement, who);
        let told = format!("{call:?}");
        let answer = self.deed(manner, (agreement_id, Deed::Carry, must), call);
        assert!(in_time || !answer.is_done(), "{told}");
        answer.is_done()
    }

    /// Takes a proposal back.
    pub fn withdraw_amendment(
        &mut self,
        agreement: AgreementId,
        number: u32,
        manner: Manner,
    ) -> bool {
        let proposal = self.amendment(agreement, number);
        let is_open = proposal.standing == Standing::Open;
        let call = Call::<Runtime>::withdraw {
            agreement,
            number,
            fingerprint: proposal.fingerprint,
        };
        self.give_up(&proposal, manner, is_open, call)
    }

    /// Writes a claim off.
    pub fn write_off_amendment(
        &mut self,
        agreement: AgreementId,
        number: u32,
        manner: Manner,
    ) -> bool {
        let proposal = self.amendment(agreement, number);
        let is_claim = matches!(proposal.standing, Standing::Unresolved { .. });
        let call = Call::<Runtime>::write_off {
            agreement,
            number,
            fingerprint: proposal.fingerprint,
        };
        self.give_up(&proposal, manner, is_claim, call)
    }

    /// Does what is left to whoever proposed.
    fn give_up(
        &mut self,
        proposal: &Proposal,
        manner: Manner,
        in_time: bool,
        call: Call<Runtime>,
    ) -> bool {
        let good = manner.form == Form::Ordered && in_time;
        let deed = Deed::Withdraw(proposal.proposer);
        let answer = self.deed(manner, (proposal.agreement, deed, good), call);
        assert!(good || !answer.is_done(), "{proposal:?}");
        answer.is_done()
    }

    /// What honest members do next with the oldest proposal: they agree to it, and book it.
    pub fn agree(&mut self, agreement: AgreementId) {
        let oldest = self.model.amended.waiting(agreement).next();
        let Some((number, proposal)) = oldest.map(|(number, proposal)| (number, *proposal)) else {
            return;
        };
        let by_hand = Manner::HONEST.ordered();
        match proposal.standing {
            Standing::Open | Standing::Accepted { .. } if self.can_lapse(agreement, &proposal) => {
                self.lapse_amendment(agreement, number, Manner::HONEST);
            }
            Standing::Open => {
                self.answer_amendment(agreement, number, by_hand, Said::Accept);
            }
            Standing::Accepted { .. } => {
                self.book_amendment(agreement, number, Manner::HONEST, true);
            }
            Standing::Unresolved { .. } => {
                self.write_off_amendment(agreement, number, by_hand);
            }
            Standing::Completed { .. } => unreachable!("it is not completed"),
        }
    }
}
