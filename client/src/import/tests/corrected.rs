//! Files that come back with other content, after an import of them was killed.

use super::*;
use crate::{
    journal::{Line, State},
    money::Money,
};
use counterfoil_primitives::{BusinessDay, Reference, TradeId};

/// A client whose import of payment 1 was killed when the batch was on its way.
fn killed() -> Client {
    (0..60)
        .map(|fuel| {
            let client = Client::new(1);
            let _ = client.import_with(&payments(1), &SETTINGS, Some(fuel));
            client
        })
        .find(|client| client.world.borrow().pending() == 1)
        .expect("the batch is sent at some step")
}

/// A payment as a mapping with a reference column reads it.
fn with_a_reference(number: u128) -> Prepared {
    let mut payment = payment(number);
    payment.trade.reference = Reference([number as u8; 16]);
    payment
}

/// A payment that is put a number of days later.
fn later(mut payment: Prepared, days: u32) -> Prepared {
    payment.day = BusinessDay(payment.day.0 + days);
    payment.trade.occurred_at += Moment::from(days) * DAY;
    payment
}

fn is_refused_as_other(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Refused { reason } if reason.to_string().contains("other content"))
}

/// The import refuses the payment, since payment 1 is recorded.
#[track_caller]
fn assert_not_recorded_again(client: &Client, corrected: Prepared) {
    let verdicts = client.import(&[corrected]);
    client.blocks(40);
    client.assert_each_once(1);
    assert!(is_refused_as_other(&verdicts[0]), "{verdicts:?}");
}

#[test]
fn a_recorded_payment_under_another_reference_is_not_recorded_again() {
    let client = killed();
    client.blocks(5);
    assert_not_recorded_again(&client, with_a_reference(1));
}

#[test]
fn a_recorded_payment_on_a_later_day_is_not_recorded_again() {
    let client = killed();
    client.blocks(5);
    assert_not_recorded_again(&client, later(payment(1), 2));
}

#[test]
fn a_payment_that_lands_while_it_waits_under_another_reference_is_not_recorded_again() {
    assert_not_recorded_again(&killed(), with_a_reference(1));
}

#[test]
fn a_payment_that_lands_while_it_waits_on_a_later_day_is_not_recorded_again() {
    assert_not_recorded_again(&killed(), later(payment(1), 2));
}

/// Why an import refuses a payment that is recorded otherwise.
fn why_refused(corrected: Prepared) -> String {
    let client = killed();
    client.blocks(5);
    let settings = Settings {
        money: Some(Money::of("CZK").unwrap()),
        ..SETTINGS
    };
    let verdicts = client.import_with(&[corrected], &settings, None).unwrap();
    match &verdicts[0] {
        Verdict::Refused { reason } => reason.to_string(),
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn a_refusal_names_what_differs() {
    let reason = why_refused(later(with_a_reference(1), 1));
    for part in [
        "reference (here 0x01010101",
        "time (here 1970-01-01T00:00:11.007Z, on chain ",
    ] {
        assert!(reason.contains(part), "{part}: {reason}");
    }
    for part in ["user (", "product (", "amount (", "terms ("] {
        assert!(!reason.contains(part), "{part}: {reason}");
    }
}

#[test]
fn a_refusal_tells_amounts_in_the_currency_and_no_terms_that_are_the_same() {
    let mut corrected = payment(1);
    (corrected.trade.gross, corrected.trade.debit) = (12_500, 12_500);
    let reason = why_refused(corrected);
    assert!(
        reason.contains("amount (here 125.00 CZK, on chain 0.01 CZK)"),
        "{reason}"
    );
    assert!(
        !reason.contains("terms") && !reason.contains("minor units"),
        "{reason}"
    );
}

#[test]
fn a_refusal_names_terms_that_give_other_parts_of_the_same_amount() {
    let mut corrected = payment(1);
    (corrected.trade.debit, corrected.trade.credit) = (0, 1);
    let reason = why_refused(corrected);
    let expected = "what differs: terms (here debit 0.00 CZK and credit 0.01 CZK, on chain debit 0.01 CZK and credit 0.00 CZK);";
    assert!(reason.contains(expected), "{reason}");
}

#[test]
fn a_line_that_is_corrected_as_its_refusal_says_is_known() {
    let mut corrected = payment(1);
    corrected.trade.gross = 12_500;
    assert!(why_refused(corrected.clone()).contains("on chain 0.01 CZK"));
    let client = killed();
    client.blocks(5);
    assert!(is_refused_as_other(
        &client.import(std::slice::from_ref(&corrected))[0]
    ));
    corrected.trade.gross = 1;
    assert!(is_known(&client.import(&[corrected])[0]));
}

/// A till's first receipt of a later day, whose id is `id`.
fn receipt(id: &str) -> Prepared {
    let mut receipt = later(payment(7), 1);
    receipt.id = id.into();
    receipt.trade.reference = reference_of(1, id);
    receipt
}

#[test]
fn an_id_that_begins_anew_on_another_day_is_refused_with_and_without_the_journal() {
    let client = Client::new(1);
    client.import(&payments(1));
    for _ in 0..2 {
        let verdicts = client.import(&[receipt("p1")]);
        let Verdict::Refused { reason } = &verdicts[0] else {
            panic!("{verdicts:?}")
        };
        let reason = reason.to_string();
        assert!(
            reason.contains("payment_id = [\"date\", \"receipt\"]"),
            "{reason}"
        );
        client.lose_journal();
    }
    assert_eq!(client.trades().len(), 1);
}

#[test]
fn an_id_of_several_columns_is_taken_once_with_and_without_the_journal() {
    let client = Client::new(1);
    client.import(&payments(1));
    let verdicts = client.import(&[receipt("2026-11-23|p1")]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    client.lose_journal();
    let verdicts = client.import(&[receipt("2026-11-23|p1")]);
    assert!(is_known(&verdicts[0]), "{verdicts:?}");
    assert_eq!(client.trades().len(), 2);
}

#[test]
fn a_payment_of_the_same_day_is_not_told_to_change_its_id() {
    let client = Client::new(1);
    client.import(&payments(1));
    let mut other = payment(1);
    other.trade.gross += 1;
    let verdicts = client.import(&[other]);
    let Verdict::Refused { reason } = &verdicts[0] else {
        panic!("{verdicts:?}")
    };
    let reason = reason.to_string();
    assert!(reason.contains("; take the line out"), "{reason}");
    assert!(!reason.contains("payment_id"), "{reason}");
}

#[test]
fn a_payment_whose_batch_was_lost_is_recorded_as_corrected() {
    let client = Client::new(1);
    client.world.borrow_mut().loses = 100;
    let _ = client.import_with(&payments(1), &SETTINGS, Some(12));
    client.world.borrow_mut().loses = 0;
    let verdicts = client.import(&[with_a_reference(1)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}

/// A client whose payment 1 lost its sequence to a trade that its agreement does not show.
fn robbed() -> Client {
    let client = killed();
    client.world.borrow_mut().use_out_of_sight(1);
    client.blocks(5);
    client
}

#[test]
fn a_used_sequence_whose_trade_is_not_seen_is_not_replaced() {
    let client = robbed();
    let verdicts = client.import(&payments(1));
    let reason = NotRecorded::SequenceTaken {
        agreement: 1,
        trade: TradeId {
            client: 1,
            sequence: 1,
        },
    };
    let text = reason.to_string();
    assert_eq!(verdicts, [Verdict::Refused { reason }]);
    assert!(text.contains("its sequence 1 is used"), "{text}");
    assert!(text.contains("look for trade 1/1"), "{text}");
    assert!(text.contains("a new journal"), "{text}");
}

#[test]
fn a_used_sequence_that_the_journal_knows_as_another_payments_is_replaced() {
    let client = robbed();
    let trade = TradeRequest {
        sequence: 1,
        ..payment(99).trade
    };
    let state = State::Recorded {
        day: BusinessDay(3),
    };
    let of_another_agreement = Line::of_payment(trade, state);
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let other = [("p99", of_another_agreement)];
    journal.settle(SETTINGS.agreement + 1, other).unwrap();
    drop(journal);
    let verdicts = client.import(&payments(1));
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}

#[test]
fn a_new_journal_gives_another_sequence_for_one_that_was_taken_unseen() {
    let client = robbed();
    client.import(&payments(1));
    client.lose_journal();
    client.import(&payments(1));
    client.assert_each_once(1);
}

#[derive(Clone, Debug)]
struct Attempt {
    fuel: u32,
    has_references: bool,
    days: u32,
    pause: usize,
    count: u128,
}

impl Attempt {
    fn payments(&self) -> Vec<Prepared> {
        (1..=self.count)
            .map(|number| match self.has_references {
                true => with_a_reference(number),
                false => payment(number),
            })
            .map(|payment| later(payment, self.days))
            .collect()
    }
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let attempt = (0u32..60, any::<bool>(), 0u32..3, 0usize..30, 1u128..10).prop_map(
        |(fuel, has_references, days, pause, count)| Attempt {
            fuel,
            has_references,
            days,
            pause,
            count,
        },
    );
    prop::collection::vec(attempt, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_history_of_kills_and_corrections_records_a_payment_twice(
        seed: u64,
        attempts in attempts(),
        slow in 0u64..18,
        loses in 0u64..30,
        refuses in 0u64..40,
    ) {
        let client = Client::new(seed);
        {
            let mut world = client.world.borrow_mut();
            (world.slow, world.loses, world.refuses) = (slow, loses, refuses);
        }
        for attempt in attempts {
            let _ = client.import_with(&attempt.payments(), &SETTINGS, Some(attempt.fuel));
            client.blocks(attempt.pause);
        }
        client.world.borrow_mut().loses = 0;
        let verdicts = client.import(&payments(10));
        let is_right = |verdict| is_recorded(verdict) || is_known(verdict) || is_refused_as_other(verdict);
        prop_assert!(verdicts.iter().all(is_right), "{:?}", verdicts);
        client.blocks(40);
        client.assert_each_once(10);
    }
}
