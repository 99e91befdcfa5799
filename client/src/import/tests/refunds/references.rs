//! Refunds that carry a reference: their own, or their original's.

use super::*;
use counterfoil_primitives::Reference;

const UETR: Reference = Reference([9; 16]);

/// A payment or a refund that carries a reference out of its file.
fn carrying(mut line: Prepared, reference: Reference) -> Prepared {
    line.trade.reference = reference;
    line
}

/// The references of the refunds on chain.
fn references(client: &Client) -> Vec<Reference> {
    let trades = client.trades();
    let refunds = trades.iter().filter(|trade| trade.kind == Kind::Refund);
    refunds.map(|trade| trade.reference).collect()
}

#[test]
fn refunds_that_carry_their_originals_reference_are_recorded_under_their_own() {
    let client = Client::new(1);
    // The same content twice, as two halves given back at once.
    let list = [
        carrying(payment(100), UETR),
        carrying(refund(1, 100, 40), UETR),
        carrying(refund(2, 100, 40), UETR),
    ];
    let verdicts = client.import(&list);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    let own = [reference_of(1, "r1"), reference_of(1, "r2")];
    assert_eq!(references(&client), own);
    let again = client.import(&list);
    assert!(again.iter().all(is_known), "{again:?}");
}

#[test]
fn a_refund_of_a_later_file_does_not_pass_for_its_original_by_its_reference() {
    let client = Client::new(1);
    client.import(&[carrying(payment(100), UETR)]);
    let verdicts = client.import(&[carrying(refund(1, 100, 40), UETR)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(references(&client), [reference_of(1, "r1")]);
}

#[test]
fn a_refund_keeps_a_reference_of_its_own() {
    let client = Client::new(1);
    let own = Reference([8; 16]);
    let verdicts = client.import(&[
        carrying(payment(100), UETR),
        carrying(refund(1, 100, 40), own),
    ]);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    assert_eq!(references(&client), [own]);
}

#[test]
fn a_refund_is_not_taken_for_a_payment_with_its_reference_though_the_journal_is_lost() {
    let client = Client::new(1);
    client.import(&[carrying(payment(100), UETR)]);
    client.lose_journal();
    let verdicts = client.import(&[carrying(refund(1, 100, 40), UETR)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("is unknown"), "{why}");
    let both = [
        carrying(payment(100), UETR),
        carrying(refund(1, 100, 40), UETR),
    ];
    let verdicts = client.import(&both);
    assert!(is_known(&verdicts[0]), "{verdicts:?}");
    assert!(is_recorded(&verdicts[1]), "{verdicts:?}");
}

#[test]
fn refunds_of_one_payment_that_share_a_reference_have_none_of_their_own() {
    let client = with_a_payment();
    let list = [
        carrying(refund(1, 100, 40), UETR),
        carrying(refund(2, 100, 40), UETR),
    ];
    let verdicts = client.import(&list);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    let own = [reference_of(1, "r1"), reference_of(1, "r2")];
    assert_eq!(references(&client), own);
}
