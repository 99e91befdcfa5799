//! The operations, carried out. Whoever may not must have no effect; whoever may, and is in
//! time, must succeed.

use super::{
    books::committed,
    council,
    members::{self, may, names, right, Deed},
    model::is_kept,
    operation::{At, Form, InRound, Manner, NewKey, Operation, Until},
    signing::Answer,
    world::{Outcome, Sent, World},
};
use crate::{Runtime, RuntimeCall, System, Trades};
use counterfoil_primitives::{
    day::{DAY, MINUTE},
    day_times::start_of,
    operator::rotation_payload,
    ports::DayTrades,
    AgreementId, BusinessDay, MemberId, OperatorId, Side, SideId,
};
use pallet_reconciliation::Sides;
use pallet_registry::LastRotation;
use sp_core::Pair;

impl World {
    pub fn execute(&mut self, operation: &Operation) {
        match operation {
            Operation::Next(agreement, damages) => self.honest_step(*agreement, damages),
            Operation::Pass(agreement, until) => self.pass(*agreement, *until),
            Operation::Record(agreement, manner, drafts) => {
                self.record(*agreement, *manner, drafts);
            }
            Operation::Refund(agreement, manner, drafts) => {
                self.refund(*agreement, *manner, drafts);
            }
            Operation::Write(agreement, manner, written) => {
                self.write(*agreement, *manner, written);
            }
            Operation::WriteRefund(agreement, manner, draft) => {
                self.write_refund(*agreement, *manner, draft);
            }
            Operation::Seal(at, manner) => {
                self.seal(at.agreement, self.day(*at), *manner);
            }
            Operation::Commit(at, side, manner, in_round, word) => {
                let side_id = self.side_id(*at, *side);
                let current = Sides::<Runtime>::get(side_id).round;
                let round = match in_round {
                    InRound::Current => current,
                    InRound::Before => current.wrapping_sub(1),
                    InRound::After => current + 1,
                };
                self.commit_in(side_id, round, *manner, word);
            }
            Operation::Report(at, side, manner, lie) => {
                self.report(self.side_id(*at, *side), *manner, *lie);
            }
            Operation::Overdue(at, side, manner) => {
                self.mark_overdue(self.side_id(*at, *side), *manner);
            }
            Operation::Default(at, side, manner) => {
                self.mark_defaulted(self.side_id(*at, *side), *manner);
            }
            Operation::FullFetch(at, manner) => {
                self.full_fetch(at.agreement, self.day(*at), *manner);
            }
            Operation::Repair(at, side, manner, own) => {
                self.repair(self.side_id(*at, *side), *manner, *own);
            }
            Operation::Pay(at, manner) => {
                self.pay(at.agreement, self.day(*at), *manner);
            }
            Operation::Release(at, manner) => {
                self.release(at.agreement, self.day(*at), *manner);
            }
            Operation::Declare(at, manner, draft) => {
                self.declare(at.agreement, self.day(*at), *manner, *draft);
            }
            Operation::WithdrawDeclaration(at, manner, of) => {
                self.withdraw_declaration(at.agreement, self.day(*at), *manner, *of);
            }
            Operation::Acknowledge(at, manner, draft) => {
                self.acknowledge(at.agreement, self.day(*at), *manner, *draft);
            }
            Operation::ReportReturn(at, manner, draft) => {
                self.report_return(at.agreement, self.day(*at), *manner, *draft);
            }
            Operation::Suspend(agreement, manner, client) => {
                self.suspend(*agreement, *client, *manner);
            }
            Operation::Lift(agreement, manner, client) => {
                self.lift(*agreement, *client, *manner);
            }
            Operation::Rotate(member, manner, key) => self.rotate(*member, *manner, *key),
            Operation::Endpoint(member, manner, good) => self.endpoint(*member, *manner, *good),
            Operation::Replay(index) => {
                if !self.sent.is_empty() {
                    self.replay(index.index(self.sent.len()));
                }
            }
            Operation::Admin(agreement, admin) => self.administer(*agreement, *admin),
            Operation::Propose(agreement, manner, admin) => {
                let call = self.decided(*agreement, *admin);
                self.propose(*manner, call);
            }
            Operation::Vote(manner, motion, approve) => {
                if let Some(motion) = council::pick(motion) {
                    self.vote(*manner, &motion, *approve);
                }
            }
            Operation::Close(manner, motion) => {
                if let Some(motion) = council::pick(motion) {
                    self.close(*manner, &motion);
                }
            }
            Operation::Keys(member, manner, proof) => self.set_keys(*member, *manner, *proof),
            Operation::PurgeKeys(member, manner) => self.purge_keys(*member, *manner),
            Operation::ChangeAccount(member, manner, ahead) => {
                self.change_account(*member, *manner, *ahead);
            }
            Operation::ObjectToAccount(member, manner, is_open) => {
                self.object_to_account(*member, *manner, *is_open);
            }
            Operation::Amend(agreement, manner, draft) => {
                self.propose_amendment(*agreement, *manner, draft);
            }
            Operation::Answer(agreement, manner, index, said) => {
                if let Some(number) = self.pick_amendment(*agreement, index) {
                    self.answer_amendment(*agreement, number, *manner, *said);
                }
            }
            Operation::Book(agreement, manner, index, is_due) => {
                if let Some(number) = self.pick_amendment(*agreement, index) {
                    self.book_amendment(*agreement, number, *manner, *is_due);
                }
            }
            Operation::Withdraw(agreement, manner, index) => {
                if let Some(number) = self.pick_amendment(*agreement, index) {
                    self.withdraw_amendment(*agreement, number, *manner);
                }
            }
            Operation::WriteOff(agreement, manner, index) => {
                if let Some(number) = self.pick_amendment(*agreement, index) {
                    self.write_off_amendment(*agreement, number, *manner);
                }
            }
            Operation::Lapse(agreement, manner, index) => {
                if let Some(number) = self.pick_amendment(*agreement, index) {
                    self.lapse_amendment(*agreement, number, *manner);
                }
            }
            Operation::Agree(agreement) => self.agree(*agreement),
        }
    }

    fn side_id(&self, at: At, side: Side) -> SideId {
        SideId::new(at.agreement, self.day(at), side)
    }

    /// Sends a call of an agreement. `in_time` tells whether it succeeds where its sender may.
    pub fn deed(
        &mut self,
        manner: Manner,
        (agreement_id, deed, in_time): (AgreementId, Deed, bool),
        call: impl Into<RuntimeCall>,
    ) -> Answer {
        let agreement = self.agreement(agreement_id);
        let answer = self.send(manner, right(&agreement, deed), call.into());
        match answer.actor {
            Some(actor) if may(&agreement, actor, deed) => {
                let named = (agreement_id, deed, manner);
                assert!(!in_time || answer.is_done(), "{named:?}: {answer:?}");
            }
            actor => assert!(!answer.is_done(), "{deed:?} by {actor:?}"),
        }
        answer
    }

    fn pass(&mut self, agreement_id: AgreementId, until: Until) {
        let agreement = self.agreement(agreement_id);
        let day = self.today(agreement_id);
        let times = self.times(agreement_id, day);
        let moment = match until {
            Until::Minutes(minutes) => Some(self.now + u64::from(minutes) * MINUTE),
            Until::CutOff => agreement.cut_off_of(day),
            Until::Preset => times.map(|times| times.preset),
            Until::Deadline => times.map(|times| times.deadline),
            Until::Close => {
                let close = agreement.close().unwrap_or(day);
                start_of(&agreement.conditions, close)
            }
        };
        self.pass_to(moment.expect("the first day has begun"));
    }

    pub fn seal(&mut self, agreement_id: AgreementId, day: BusinessDay, manner: Manner) -> bool {
        let agreement = self.agreement(agreement_id);
        let in_time = is_kept(&agreement, day)
            && agreement
                .cut_off_of(day)
                .is_some_and(|end| self.upcoming() >= end)
            && !Trades::is_sealed(agreement_id, day);
        // Others pay a fee, if they can.
        let who = manner.who.unwrap_or(right(&agreement, Deed::Seal));
        let must = in_time && names(&agreement, who);
        let answer = self.deed(
            manner,
            (agreement_id, Deed::Seal, must),
            pallet_trades::Call::<Runtime>::seal {
                agreement: agreement_id,
                day,
            },
        );
        assert!(in_time || !answer.is_done(), "{day:?} was sealed");
        answer.is_done()
    }

    pub fn repair(&mut self, side_id: SideId, manner: Manner, own: bool) -> bool {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let record = Sides::<Runtime>::get(side_id);
        let chain = Trades::chain_commitment(side_id);
        let commitment = if own { committed(side_id) } else { chain }.unwrap_or_default();
        let in_time =
            record.proven.unwrap_or(0) > 0 && !record.repaired && chain == Some(commitment);
        let deed = (agreement, Deed::Repair(side), in_time);
        let answer = self.deed(
            manner,
            deed,
            pallet_reconciliation::Call::<Runtime>::confirm_repair {
                agreement,
                day,
                side,
                commitment,
            },
        );
        assert!(in_time || !answer.is_done(), "{record:?}: repaired");
        answer.is_done()
    }

    fn rotate(&mut self, member: MemberId, manner: Manner, key: NewKey) {
        let new = match key {
            NewKey::Fresh => members::seeded(2, self.made.len() as u32),
            NewKey::Taken => self.keys[&1].clone(),
            NewKey::Retired => match self.retired.last() {
                Some(retired) => retired.clone(),
                None => self.keys[&1].clone(),
            },
        };
        if matches!(key, NewKey::Fresh) {
            self.made.push(new.clone());
        }
        let who = manner.who.unwrap_or(member);
        let consent = rotation_payload(System::block_hash(0), who);
        let proof = new.sign(&consent).into();
        let new = OperatorId::from(new.public());
        let last = LastRotation::<Runtime>::get(who);
        let in_turn = last.is_none_or(|last| self.upcoming() >= last + DAY);
        let call = pallet_registry::Call::<Runtime>::rotate_operator { new, proof };
        let answer = self.send(manner, member, call.into());
        let good = in_turn
            && manner.form == Form::Ordered
            && answer.actor.is_some()
            && matches!(key, NewKey::Fresh);
        assert_eq!(answer.is_done(), good, "{key:?}: {answer:?}");
    }

    fn endpoint(&mut self, member: MemberId, manner: Manner, good: bool) {
        let text = if good { "https://node" } else { "ftp://node" };
        let endpoint: pallet_registry::Endpoint = text.try_into().expect("it is short");
        let call = pallet_registry::Call::<Runtime>::set_endpoint { endpoint };
        let answer = self.send(manner, member, call.into());
        let good = good && manner.form == Form::Ordered && answer.actor.is_some();
        assert_eq!(answer.is_done(), good, "{answer:?}");
    }

    /// Sends the same bytes again: what a block took once no block takes again, and what was flawed
    /// has no effect at any later time.
    fn replay(&mut self, index: usize) {
        let Sent {
            ref transaction,
            included,
            never,
        } = self.sent[index];
        let outcome = self.submit(transaction.clone());
        let is_refused = matches!(outcome, Outcome::Refused(_));
        let sent = &mut self.sent[index];
        let is_right = match included {
            true => is_refused,
            false => !never || outcome != Outcome::Done,
        };
        assert!(is_right, "sent again: {outcome:?}, {:?}", sent.transaction);
        sent.included |= !is_refused;
    }
}
