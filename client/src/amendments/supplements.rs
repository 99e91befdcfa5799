//! Payments that were never recorded, out of a file of payments.

use crate::{
    import::{on_chain::recorded_without_key::ClientRecord, refunds::Originals},
    mapping::{LineError, Payment, Reading},
    time::day_text,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{
    amendment::MissingPayment, AgreementView, BusinessDay, Kind, MemberId, Reference, Trade,
};
use std::collections::{BTreeMap, BTreeSet};

/// Lines that are shown of those that are wrong.
const SHOWN: usize = 20;

/// Days before its own on which a payment is looked for too: it may be recorded with its right time, and
/// the file put it on a later day.
const DAYS_BEFORE: u32 = 31;

/// What is missing of a client, by what was read of its file. All lines must be payments: a proposal of a
/// part would leave the rest behind.
pub fn missing_payments(client: MemberId, reading: &Reading) -> Result<Vec<MissingPayment>> {
    let refused = reading.refused.iter().map(|refused| refused.error.clone());
    let refunds = reading
        .payments
        .iter()
        .filter(|line| line.kind() == Kind::Refund);
    let wrong: Vec<LineError> = refused.chain(refunds.map(is_a_refund)).collect();
    ensure_right(wrong)?;
    if reading.payments.is_empty() {
        bail!("the file holds no payments; name the file of those that were never recorded");
    }
    let missing = |payment: &Payment| MissingPayment {
        client,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        gross: payment.gross,
        occurred_at: payment.occurred_at,
    };
    Ok(reading.payments.iter().map(missing).collect())
}

/// Refuses payments that are on chain: recorded by their client, or by an amendment. `lines` are the ones
/// that they were read from.
pub async fn ensure_unrecorded(
    record: &mut ClientRecord,
    agreement: &AgreementView,
    client: MemberId,
    lines: &[Payment],
) -> Result<()> {
    let moments = lines.iter().map(|payment| payment.occurred_at);
    let days = moments.filter_map(|moment| agreement.day_of(moment));
    let (Some(earliest), (first, last)) = (days.min(), record.days().await?) else {
        return Ok(());
    };
    let by_reference: BTreeMap<Reference, &Payment> = lines
        .iter()
        .map(|payment| (payment.reference, payment))
        .collect();
    let references: BTreeSet<Reference> = by_reference.keys().copied().collect();
    let mut wrong = Vec::new();
    for day in searched(earliest, (first, last)) {
        for (position, trade) in record.trades_with(day, &references).await? {
            let payment = by_reference.get(&trade.reference);
            if let Some(payment) = payment.filter(|_| is_record_of(client, &trade)) {
                wrong.push(is_recorded(payment, day, position));
            }
        }
    }
    ensure_right(wrong)
}

/// The days that are searched for payments of which the earliest is of one day, by the first and the last day
/// that may hold trades.
fn searched(
    earliest: BusinessDay,
    (first, last): (BusinessDay, BusinessDay),
) -> impl Iterator<Item = BusinessDay> {
    let from = earliest.0.saturating_sub(DAYS_BEFORE).max(first.0);
    (from..=last.0).map(BusinessDay)
}

/// Whether a trade that carries the reference of a payment of `client` records that payment.
const fn is_record_of(client: MemberId, trade: &Trade) -> bool {
    let is_its_own = trade.id.client == client || trade.id.is_of_amendment();
    matches!(trade.kind, Kind::Payment) && is_its_own
}

fn is_a_refund(payment: &Payment) -> LineError {
    wrong(
        payment,
        "is a refund".into(),
        "only payments are proposed as never recorded: take the line out, and settle the refund outside the chain",
    )
}

fn is_recorded(payment: &Payment, day: BusinessDay, position: u32) -> LineError {
    wrong(
        payment,
        format!("is on chain: on position {position} of {}", day_text(day)),
        "take the line out; if the record is wrong, propose to replace it, and if it was cancelled wrongly, to cancel its \
         cancellation",
    )
}

fn wrong(payment: &Payment, problem: String, remedy: &str) -> LineError {
    LineError {
        line: payment.line,
        column: None,
        problem,
        remedy: remedy.into(),
        no_moment: None,
    }
}

/// Refuses a file of which lines are wrong, and names these.
pub(super) fn ensure_right(mut wrong: Vec<LineError>) -> Result<()> {
    if wrong.is_empty() {
        return Ok(());
    }
    wrong.sort_by_key(|error| error.line);
    let shown = wrong.iter().take(SHOWN);
    let mut text: String = shown.map(|error| format!("\n  {error}")).collect();
    if wrong.len() > SHOWN {
        text += &format!("\n  and {} more", wrong.len() - SHOWN);
    }
    bail!("nothing is proposed, because lines are wrong:{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{amendment::AMENDMENTS, TradeId, UserId};

    fn payment(line: u64, original: Option<&str>) -> Payment {
        Payment {
            record: line as usize,
            line,
            id: format!("p{line}"),
            reference: Reference([line as u8; 16]),
            user: UserId::default(),
            product: 1,
            gross: 100,
            occurred_at: 5,
            original: original.map(Into::into),
        }
    }

    fn reading(payments: Vec<Payment>) -> Reading {
        Reading {
            payments,
            refused: Vec::new(),
            missing: Default::default(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn payments_of_a_file_are_missing_for_their_client() {
        let missing = missing_payments(5, &reading(vec![payment(2, None)])).unwrap();
        assert_eq!((missing[0].client, missing[0].gross), (5, 100));
        assert_eq!(missing[0].reference, Reference([2; 16]));
    }

    #[test]
    fn a_refund_is_no_payment_that_was_never_recorded() {
        let lines = vec![payment(2, None), payment(3, Some("p2"))];
        let error = missing_payments(5, &reading(lines))
            .unwrap_err()
            .to_string();
        assert!(error.contains("line 3: is a refund"), "{error}");
        assert!(!error.contains("line 2"), "{error}");
    }

    #[test]
    fn a_file_without_payments_is_refused() {
        let error = missing_payments(5, &reading(Vec::new())).unwrap_err();
        assert!(error.to_string().contains("no payments"), "{error}");
    }

    #[test]
    fn wrong_lines_are_named_in_their_order_and_counted() {
        let lines = (1..=25).rev().map(|line| is_a_refund(&payment(line, None)));
        let error = ensure_right(lines.collect()).unwrap_err().to_string();
        let first = error.lines().nth(1).unwrap();
        assert!(first.contains("line 1:"), "{error}");
        assert!(error.ends_with("and 5 more"), "{error}");
    }

    #[test]
    fn payments_are_looked_for_from_a_month_before_their_day_on() {
        let days = |earliest, first| {
            let days = searched(
                BusinessDay(earliest),
                (BusinessDay(first), BusinessDay(102)),
            );
            days.map(|day| day.0).collect::<Vec<u32>>()
        };
        assert_eq!(days(101, 99), [99, 100, 101, 102]);
        assert_eq!(days(101, 0).first(), Some(&70));
        assert!(days(101, 103).is_empty());
    }

    #[test]
    fn a_payment_is_recorded_by_its_client_or_by_an_amendment() {
        let trade = |client, kind| Trade {
            id: TradeId {
                client,
                sequence: 1,
            },
            kind,
            reference: Reference::default(),
            user: UserId::default(),
            product: 1,
            gross: 1,
            debit: 1,
            credit: 0,
            occurred_at: 0,
            terms_version: 0,
        };
        assert!(is_record_of(5, &trade(5, Kind::Payment)));
        assert!(is_record_of(5, &trade(AMENDMENTS, Kind::Payment)));
        assert!(!is_record_of(5, &trade(1, Kind::Payment)));
        assert!(!is_record_of(5, &trade(5, Kind::Refund)));
    }
}
