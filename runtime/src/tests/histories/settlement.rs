//! How what is owed is paid: in the asset, or outside the chain by declarations and their answers; and the
//! release of what waits for the debtor's staff.

use super::{
    members::Deed,
    model::{Outside, Owed},
    operation::{Admin, Amiss, AnswerDraft, DeclarationDraft, Form, Manner, ReturnDraft},
    world::World,
};
use crate::Runtime;
use counterfoil_primitives::{
    day::DAY,
    settlement::{BankReference, Waiting},
    AgreementId, Amount, BusinessDay,
};
use pallet_settlement::Call;

/// Digits that are no date.
const NO_DATE: BusinessDay = BusinessDay(20_261_131);
/// A number that no payment has.
const NO_NUMBER: u32 = 9_999;
/// Maximum payments outside the chain that are kept for a settlement period.
const MAX_KEPT: usize = 32;
/// All of what a draft speaks of.
pub const WHOLE: u16 = 1_000;

/// Whose call it is, and whether it succeeds where its sender may.
type Due = (Deed, bool);

impl World {
    /// Pays what is owed for the settlement period of a day.
    pub fn pay(&mut self, agreement: AgreementId, day: BusinessDay, manner: Manner) -> bool {
        let in_time = self.model.can_pay(agreement, day);
        let due = (self.of_debtor(agreement, day), in_time);
        self.settle_by(agreement, due, manner, Call::pay { agreement, day })
    }

    /// Releases what waits since a client went beyond its limits.
    pub fn release(&mut self, agreement: AgreementId, day: BusinessDay, manner: Manner) -> bool {
        let owed = self.model.owed(agreement, day);
        let good = by_hand(manner) && owed.is_some_and(Owed::awaits_release);
        let due = (self.of_debtor(agreement, day), good);
        self.settle_by(agreement, due, manner, Call::release { agreement, day })
    }

    /// Declares a payment outside the chain.
    pub fn declare(
        &mut self,
        agreement: AgreementId,
        day: BusinessDay,
        manner: Manner,
        draft: DeclarationDraft,
    ) -> bool {
        let owed = self.model.owed(agreement, day).cloned();
        let undeclared = owed.as_ref().map_or(0, Owed::undeclared);
        let amount = match draft.amiss {
            Some(Amiss::Nothing) => 0,
            Some(Amiss::TooMuch) => undeclared + 1,
            _ => part_of(undeclared, draft.part),
        };
        let last = owed.as_ref().and_then(|owed| owed.outside.last());
        let reference = match (draft.amiss, last) {
            (Some(Amiss::NoReference), _) => BankReference::truncated(""),
            (Some(Amiss::OtherReference), Some(last)) => last.reference.clone(),
            _ => self.next_reference(),
        };
        let value_date = match draft.amiss {
            Some(Amiss::NoDate) => NO_DATE,
            _ => self.today(agreement),
        };
        let can_be = |owed: &Owed| {
            let kept = &owed.outside;
            owed.is_due()
                && owed.is_outside()
                && !owed.awaits_release()
                && (1..=undeclared).contains(&amount)
                && kept.len() < MAX_KEPT
                && kept.iter().all(|other| other.reference != reference)
        };
        let good = by_hand(manner)
            && !matches!(draft.amiss, Some(Amiss::NoDate | Amiss::NoReference))
            && owed.as_ref().is_some_and(can_be);
        let due = (self.of_debtor(agreement, day), good);
        let call = Call::declare {
            agreement,
            day,
            amount,
            value_date,
            reference,
        };
        self.settle_by(agreement, due, manner, call)
    }

    /// Takes a declaration back.
    pub fn withdraw_declaration(
        &mut self,
        agreement: AgreementId,
        day: BusinessDay,
        manner: Manner,
        of: usize,
    ) -> bool {
        let payment = self.payment(agreement, day, of);
        let is_open = |payment: &Outside| payment.received.is_none();
        let good = by_hand(manner) && payment.as_ref().is_some_and(is_open);
        let due = (self.of_debtor(agreement, day), good);
        let call = Call::withdraw_declaration {
            agreement,
            day,
            number: payment.map_or(NO_NUMBER, |payment| payment.number),
        };
        self.settle_by(agreement, due, manner, call)
    }

    /// Says how much the creditor received of a payment outside the chain.
    pub fn acknowledge(
        &mut self,
        agreement: AgreementId,
        day: BusinessDay,
        manner: Manner,
        draft: AnswerDraft,
    ) -> bool {
        let payment = self.payment(agreement, day, draft.of);
        let declared = payment.as_ref().map_or(0, |payment| payment.amount);
        let received = match draft.amiss {
            Some(Amiss::Nothing) => 0,
            Some(Amiss::TooMuch) => declared + 1,
            _ => part_of(declared, draft.part),
        };
        let reference = match (&payment, draft.amiss) {
            (Some(payment), None | Some(Amiss::Nothing | Amiss::TooMuch)) => {
                payment.reference.clone()
            }
            _ => BankReference::truncated("of another payment"),
        };
        let can_be = |payment: &Outside| {
            payment.received.is_none()
                && payment.reference == reference
                && received <= payment.amount
        };
        let good = by_hand(manner) && payment.as_ref().is_some_and(can_be);
        let [_, creditor] = self.model.parties(agreement, day);
        let call = Call::acknowledge {
            agreement,
            day,
            number: payment.map_or(NO_NUMBER, |payment| payment.number),
            reference,
            received,
        };
        self.settle_by(agreement, (Deed::Receive(creditor), good), manner, call)
    }

    /// Says how much of what the creditor received came back to the debtor.
    pub fn report_return(
        &mut self,
        agreement: AgreementId,
        day: BusinessDay,
        manner: Manner,
        draft: ReturnDraft,
    ) -> bool {
        let payment = self.payment(agreement, day, draft.of);
        let kept = payment.as_ref().map_or(0, Outside::kept);
        let amount = match draft.amiss {
            Some(Amiss::Nothing) => 0,
            Some(Amiss::TooMuch) => kept + 1,
            _ => part_of(kept, draft.part),
        };
        let so_far = payment.as_ref().map_or(0, |payment| payment.returned);
        let returned_before = if draft.as_first { 0 } else { so_far };
        let is_next = returned_before == so_far;
        let good = by_hand(manner) && is_next && (1..=kept).contains(&amount);
        let due = (self.of_debtor(agreement, day), good);
        let call = Call::report_return {
            agreement,
            day,
            number: payment.map_or(NO_NUMBER, |payment| payment.number),
            amount,
            returned_before,
        };
        self.settle_by(agreement, due, manner, call)
    }

    /// What honest parties do next about the settlement period of a day, of which each day that could be is
    /// reconciled.
    pub fn settle_step(&mut self, agreement: AgreementId, day: BusinessDay) {
        let by_hand = Manner::HONEST.ordered();
        let (part, amiss) = (WHOLE, None);
        match self.model.waiting(agreement, day) {
            None if self.model.can_pay(agreement, day) => {
                self.pay(agreement, day, Manner::HONEST);
            }
            Some(Waiting::Release) => {
                self.release(agreement, day, by_hand);
            }
            Some(Waiting::Declaration { .. }) => {
                self.declare(agreement, day, by_hand, DeclarationDraft { part, amiss });
            }
            Some(Waiting::Acknowledgement { .. }) => {
                let of = self.first_open(agreement, day);
                self.acknowledge(agreement, day, by_hand, AnswerDraft { of, part, amiss });
            }
            Some(Waiting::Frozen) => self.administer(agreement, Admin::Thaw),
            Some(Waiting::Days { .. } | Waiting::AssetUnavailable) => {
                self.pass_to(self.now + DAY / 2);
            }
            _ => self.administer(agreement, Admin::Mint),
        }
    }

    /// Which of the payments outside the chain is the first without an answer.
    fn first_open(&self, agreement: AgreementId, day: BusinessDay) -> usize {
        let owed = self.model.owed(agreement, day);
        let mut outside = owed.into_iter().flat_map(|owed| &owed.outside);
        outside
            .position(|payment| payment.received.is_none())
            .unwrap_or(0)
    }

    /// One of the payments outside the chain, counted round.
    fn payment(&self, agreement: AgreementId, day: BusinessDay, of: usize) -> Option<Outside> {
        let outside = &self.model.owed(agreement, day)?.outside;
        let index = of.checked_rem(outside.len())?;
        outside.get(index).cloned()
    }

    /// A reference that no payment has yet.
    fn next_reference(&mut self) -> BankReference {
        self.references += 1;
        BankReference::truncated(&format!("P-{}", self.references))
    }

    fn of_debtor(&self, agreement: AgreementId, day: BusinessDay) -> Deed {
        Deed::Pay(self.model.debtor(agreement, day))
    }

    /// Sends a call about what is owed: it succeeds exactly if it is in time and its sender's.
    fn settle_by(
        &mut self,
        agreement: AgreementId,
        (deed, in_time): Due,
        manner: Manner,
        call: Call<Runtime>,
    ) -> bool {
        let told = format!("{call:?}");
        let answer = self.deed(manner, (agreement, deed, in_time), call);
        assert!(in_time || !answer.is_done(), "{told}");
        answer.is_done()
    }
}

/// Whether a call comes with a nonce, as each but a payment must.
pub fn by_hand(manner: Manner) -> bool {
    manner.form == Form::Ordered
}

/// `part` thousandths of an amount, and at least a unit.
fn part_of(amount: Amount, part: u16) -> Amount {
    (amount * Amount::from(part) / Amount::from(WHOLE)).max(1)
}
