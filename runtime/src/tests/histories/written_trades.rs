//! Trades as a person writes them, good and bad, and which of them must be taken.

use super::{
    books::trades,
    members::{right, Deed},
    operation::{Form, Manner, Slip, Written},
    world::World,
};
use crate::{Registry, Runtime};
use counterfoil_primitives::{
    booking_day::book,
    ports::Directory,
    tree::PAGE_SIZE,
    window::FIRST_SEQUENCE,
    written::{
        amount,
        label::{read_reference, read_user},
    },
    AgreementId, AgreementView, Kind, MemberId, Trade, TradeId, TradeRequest,
};

/// Who pays, by every form without a slip.
const PAYER: &str = "C-9999";

impl World {
    /// Sends a form: a trade under the client's next sequence, or nothing.
    pub fn write(&mut self, agreement_id: AgreementId, manner: Manner, written: &Written) -> bool {
        let agreement = self.agreement(agreement_id);
        let client = manner.who.unwrap_or(right(&agreement, Deed::Record));
        let highest = self.model.highest(client);
        let sequence = highest.map_or(FIRST_SEQUENCE, |highest| highest + 1);
        let reference = match &self.written {
            Some(last) if written.again => last.clone(),
            _ => format!("R-{client}-{sequence}"),
        };
        self.written = Some(reference.clone());
        let meant = TradeRequest {
            sequence,
            reference: read_reference(&reference).expect("it is a text"),
            user: read_user(PAYER).expect("it is a text"),
            product: written.product,
            gross: written.gross.into(),
            // The chain derives them.
            debit: 0,
            credit: 0,
            occurred_at: self.upcoming(),
        };
        let good = manner.form == Form::Ordered
            && written.slip.is_none()
            && self.is_takable(client, &agreement, agreement_id, &meant);
        let before = self.model.recorded();
        self.model.ask_by_form(client, agreement_id, &meant);
        let deed = (agreement_id, Deed::Record, good);
        let answer = self.deed(
            manner,
            deed,
            call(agreement_id, &agreement, written, &reference),
        );
        let is_done = answer.is_done();
        assert!(good || !is_done, "{written:?}, {reference}: {answer:?}");
        let added = self.model.recorded() - before;
        assert_eq!(added, usize::from(is_done), "{answer:?}");
        if is_done {
            assert!(self.model.has(TradeId { client, sequence }), "{sequence}");
            self.model.note_form();
        }
        is_done
    }

    /// Whether some day takes the trade, under terms of its product, and holds no payment of the client
    /// with its reference on its last page.
    fn is_takable(
        &self,
        client: MemberId,
        agreement: &AgreementView,
        agreement_id: AgreementId,
        meant: &TradeRequest,
    ) -> bool {
        let now = self.upcoming();
        let Ok(booking) = book(agreement, Kind::Payment, meant.occurred_at, now) else {
            return false;
        };
        let day = trades(agreement_id, booking.booked);
        let is_same = |trade: &Trade| {
            (trade.kind, trade.id.client, trade.reference)
                == (Kind::Payment, client, meant.reference)
        };
        let last_page = day.chunks(PAGE_SIZE as usize).next_back();
        Registry::terms_on(agreement_id, meant.product, booking.occurred).is_some()
            && agreement.max_gross.is_none_or(|most| meant.gross <= most)
            && !last_page.is_some_and(|page| page.iter().any(is_same))
    }
}

/// The form, with its slip where it has one.
fn call(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    written: &Written,
    reference: &str,
) -> pallet_trades::Call<Runtime> {
    let text = |text: &str| text.try_into().expect("it is short");
    let amount = amount::show(written.gross.into(), &agreement.denomination());
    let (amount, product, payer, occurred_at) = match written.slip {
        None => (&amount[..], written.product, PAYER, None),
        Some(Slip::Amount) => ("1,250.00", written.product, PAYER, None),
        Some(Slip::Zero) => ("0.00", written.product, PAYER, None),
        Some(Slip::Product) => (&amount[..], 99, PAYER, None),
        Some(Slip::Payer) => (&amount[..], written.product, "more than 16 bytes", None),
        Some(Slip::Past) => (&amount[..], written.product, PAYER, Some("2000-01-01")),
        Some(Slip::Future) => (&amount[..], written.product, PAYER, Some("2999-01-01")),
    };
    pallet_trades::Call::record_one {
        agreement: agreement_id,
        product,
        amount: text(amount),
        payer: text(payer),
        reference: text(reference),
        occurred_at: occurred_at.map(text),
    }
}
