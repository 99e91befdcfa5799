//! Payments that come back under another id, another reference, or both.

use super::*;
use counterfoil_primitives::Reference;

/// The payment under another id, with the reference that it had.
pub fn renamed(mut payment: Prepared, id: &str) -> Prepared {
    payment.id = id.into();
    payment
}

/// The payment as a mapping has it that makes ids of other columns, and takes references from the file.
pub fn re_referenced(payment: Prepared) -> Prepared {
    let id = format!("2026-11-22|{}", payment.id);
    let mut payment = renamed(payment, &id);
    payment.trade.reference = Reference([payment.trade.gross as u8; 16]);
    payment
}

fn re_referenced_all(count: u128) -> Vec<Prepared> {
    payments(count).into_iter().map(re_referenced).collect()
}

/// Why a payment is refused.
fn reason(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Refused { reason } => reason.to_string(),
        verdict => panic!("{verdict:?}"),
    }
}

const ANEW: Settings = Settings {
    anew: true,
    ..SETTINGS
};

#[test]
fn a_reference_that_is_recorded_under_another_id_is_found_with_and_without_the_journal() {
    let client = Client::new(1);
    client.import(&payments(2));
    for id in ["q1", "r1"] {
        let verdicts = client.import(&[renamed(payment(1), id)]);
        assert!(is_known(&verdicts[0]), "{verdicts:?}");
        client.lose_journal();
    }
    client.assert_each_once(2);
}

#[test]
fn a_recorded_reference_with_other_content_is_refused_until_it_is_corrected() {
    let client = Client::new(1);
    client.import(&payments(1));
    let mut slip = renamed(payment(5), "q5");
    slip.trade.reference = payment(1).trade.reference;
    let verdicts = client.import(&[slip.clone()]);
    assert!(
        reason(&verdicts[0]).contains("other content"),
        "{verdicts:?}"
    );
    slip.trade.reference = Reference([5; 16]);
    let verdicts = client.import(&[slip]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(client.trades().len(), 2);
}

#[test]
fn a_file_whose_mapping_changed_is_not_recorded_again_with_and_without_the_journal() {
    let client = Client::new(1);
    client.import(&payments(3));
    for _ in 0..2 {
        let verdicts = client.import(&re_referenced_all(3));
        for (number, verdict) in (1..).zip(&verdicts) {
            let Verdict::Refused {
                reason: reason @ NotRecorded::LooksRecorded { trade, .. },
            } = verdict
            else {
                panic!("{verdict:?}")
            };
            assert_eq!((trade.client, trade.sequence), (1, number));
            let reason = reason.to_string();
            assert!(
                reason.contains(&format!("looks like trade 1/{number},")),
                "{reason}"
            );
            assert!(reason.contains("import its line anew"), "{reason}");
        }
        client.lose_journal();
    }
    client.assert_each_once(3);
}

#[test]
fn what_is_new_in_such_a_file_is_recorded() {
    let client = Client::new(1);
    client.import(&payments(2));
    let verdicts = client.import(&re_referenced_all(3));
    assert!(is_recorded(&verdicts[2]), "{verdicts:?}");
    client.assert_each_once(3);
}

#[test]
fn a_payment_that_is_said_to_be_another_one_is_recorded() {
    let client = Client::new(1);
    client.import(&payments(1));
    let verdicts = client
        .import_with(&re_referenced_all(1), &ANEW, None)
        .unwrap();
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(client.trades().len(), 2);
    assert!(is_known(&client.import(&re_referenced_all(1))[0]));
}

/// Payments of one payer, product, amount and time.
fn twins(ids: &[&str]) -> Vec<Prepared> {
    ids.iter()
        .map(|id| {
            let mut twin = renamed(payment(1), id);
            twin.trade.reference = reference_of(1, id);
            twin
        })
        .collect()
}

#[test]
fn equal_payments_of_one_file_are_all_recorded() {
    let client = Client::new(1);
    assert!(client.import(&twins(&["a", "b"])).iter().all(is_recorded));
    // A trade that is a payment's of the file speaks against no other.
    let verdicts = client.import(&twins(&["a", "b", "c"]));
    assert!(is_known(&verdicts[0]) && is_known(&verdicts[1]));
    assert!(is_recorded(&verdicts[2]), "{verdicts:?}");
    assert_eq!(client.trades().len(), 3);
}

#[test]
fn a_recorded_trade_speaks_against_one_payment_only() {
    let client = Client::new(1);
    client.import(&twins(&["a"]));
    let verdicts = client.import(&twins(&["b", "c"]));
    assert!(reason(&verdicts[0]).contains("looks like trade 1/1"));
    assert!(is_recorded(&verdicts[1]), "{verdicts:?}");
}

#[test]
fn a_payment_that_differs_in_its_content_looks_like_none() {
    let differing: [fn(&mut TradeRequest); 4] = [
        |trade| trade.user = UserId([1; 16]),
        |trade| trade.product = 2,
        |trade| trade.gross += 1,
        |trade| trade.occurred_at += 1,
    ];
    for change in differing {
        let client = Client::new(1);
        client.import(&payments(1));
        let mut other = re_referenced(payment(1));
        change(&mut other.trade);
        let verdicts = client.import(&[other]);
        assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    }
}

/// From which day on the trades are read by the search of an import of one payment.
fn searched(client: &Client, payment: Prepared) -> BusinessDay {
    client.world.borrow_mut().searched.clear();
    client.import(&[payment]);
    client.world.borrow().searched[0]
}

#[test]
fn a_complete_journal_spares_the_days_before_a_payment_whose_reference_follows_from_its_id() {
    let client = Client::new(1);
    assert_eq!(searched(&client, payment(1)), BusinessDay(10));
    assert_eq!(searched(&client, re_referenced(payment(2))), BusinessDay(3));
    client.lose_journal();
    assert_eq!(searched(&client, payment(3)), BusinessDay(3));
    // A journal that was lost once stays incomplete.
    assert_eq!(searched(&client, payment(4)), BusinessDay(3));
}

#[test]
fn what_is_recorded_by_the_journal_is_not_searched() {
    let client = Client::new(1);
    client.import(&payments(3));
    client.world.borrow_mut().searched.clear();
    client.import(&payments(3));
    assert!(client.world.borrow().searched.is_empty());
}
