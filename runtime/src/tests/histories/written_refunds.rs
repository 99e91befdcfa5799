//! Refunds as a person writes them, good and bad, and which of them must be taken.

use super::{
    members::{may, right, Deed},
    operation::{Form, Manner, Pick, RefundDraft},
    signing::Answer,
    world::World,
};
use crate::Runtime;
use counterfoil_primitives::{
    window::FIRST_SEQUENCE,
    written::{
        amount::{self, Denomination},
        label::show_reference,
        time,
    },
    AgreementId, RefundRequest, TradeId, UtcOffset,
};

impl World {
    /// Sends a form: a refund under the client's next sequence, or nothing.
    pub fn write_refund(
        &mut self,
        agreement_id: AgreementId,
        manner: Manner,
        draft: &RefundDraft,
    ) -> Answer {
        let agreement = self.agreement(agreement_id);
        let client = manner.who.unwrap_or(right(&agreement, Deed::Record));
        let draft = RefundDraft {
            sequence: Pick::Fresh(0),
            ..*draft
        };
        let (meant, reasons) = self.draw_refunds(client, &agreement, agreement_id, &[draft]);
        let meant = meant[0];
        let highest = self.model.highest(client);
        let sequence = highest.map_or(FIRST_SEQUENCE, |highest| highest + 1);
        let good = manner.form == Form::Ordered && reasons[0].is_empty();
        let before = self.model.recorded();
        self.model
            .given_back
            .ask_by_form(client, agreement_id, &meant);
        let call = call(agreement_id, &agreement.denomination(), &meant);
        let answer = self.deed(manner, (agreement_id, Deed::Record, good), call);
        let is_done = answer.is_done();
        assert!(good || !is_done, "{draft:?}: {answer:?}");
        let added = self.model.recorded() - before;
        assert_eq!(added, usize::from(is_done), "{answer:?}");
        if is_done {
            assert!(self.model.has(TradeId { client, sequence }), "{sequence}");
            self.model.note_form();
        }
        let may_record = |actor| may(&agreement, actor, Deed::Record);
        if answer.actor.is_some_and(may_record) {
            self.check_refusals(&answer, &reasons);
        }
        answer
    }
}

/// The form of a refund.
fn call(
    agreement: AgreementId,
    denomination: &Denomination<'_>,
    meant: &RefundRequest,
) -> pallet_trades::Call<Runtime> {
    let text = |text: String| text.try_into().expect("it is short");
    let before = meant.refunded_before;
    pallet_trades::Call::refund_one {
        agreement,
        original: meant.original,
        amount: text(amount::show(meant.gross, denomination)),
        reference: text(show_reference(&meant.reference)),
        refunded_before: (before > 0).then(|| text(amount::show(before, denomination))),
        occurred_at: Some(text(time::show(meant.occurred_at, UtcOffset(0)))),
    }
}
