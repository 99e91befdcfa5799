//! Refunds that are refused, each by what is wrong with it.

use super::*;

#[test]
fn a_refund_of_more_than_is_left_is_refused() {
    let client = with_a_payment();
    let verdicts = client.import(&[refund(1, 100, 60), refund(2, 100, 50)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    let why = reason(&verdicts[1]);
    assert!(
        why.contains(
            "gives back 50 minor units, more than is left of its original, the payment \"p100\""
        ),
        "{why}"
    );
    assert!(why.contains("60 minor units are given back"), "{why}");
}

#[test]
fn a_refund_that_comes_back_under_another_id_is_refused_as_one_that_looks_like_it() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 40)]);
    let verdicts = client.import(&[refund(2, 100, 40)]);
    assert!(
        reason(&verdicts[0]).contains("it looks like trade"),
        "{verdicts:?}"
    );
}

#[test]
fn an_original_that_nobody_knows_is_refused_as_unknown() {
    let client = with_a_payment();
    let verdicts = client.import(&[refund(1, 99, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("the payment \"p99\", is unknown"), "{why}");
    assert!(why.contains("within 180 days"), "{why}");
}

#[test]
fn an_original_of_another_client_is_refused_by_its_client() {
    let client = Client::new(1);
    let theirs = TradeRequest {
        sequence: 1,
        reference: reference_of(5, "p100"),
        ..payment(100).trade
    };
    client.world.borrow_mut().record_of_client(5, theirs);
    client.blocks(3);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("was recorded by client 5"), "{why}");
}

#[test]
fn a_refund_before_its_original_in_time_is_refused() {
    let mut early = refund(1, 100, 40);
    early.trade.occurred_at = payment(100).trade.occurred_at - 1;
    let client = with_a_payment();
    let verdicts = client.import(&[early]);
    let why = reason(&verdicts[0]);
    assert!(
        why.contains("before its original, the payment \"p100\""),
        "{why}"
    );
}

#[test]
fn a_refund_longer_after_its_original_than_agreed_is_refused() {
    let client = with_a_payment();
    client.world.borrow_mut().refund_days = 0;
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("takes refunds for 0 days"), "{why}");
}

#[test]
fn a_refund_once_the_agreement_has_closed_is_refused_with_what_helps() {
    let client = with_a_payment();
    client.world.borrow_mut().ended = Some(40);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("settle a refund outside the chain"), "{why}");
    assert!(why.contains("AgreementEnded"), "{why}");
}

#[test]
fn a_refund_of_a_refund_is_refused() {
    let client = with_a_payment();
    let mut second = refund(2, 100, 10);
    second.original = Some("r1".into());
    let verdicts = client.import(&[refund(1, 100, 40), second.clone()]);
    assert!(
        reason(&verdicts[1]).contains("is a refund itself"),
        "{verdicts:?}"
    );
    // The same by the journal, and by the chain alone.
    for _ in 0..2 {
        let verdicts = client.import(std::slice::from_ref(&second));
        assert!(
            reason(&verdicts[0]).contains("is a refund itself"),
            "{verdicts:?}"
        );
        client.lose_journal();
    }
}

#[test]
fn a_refund_of_another_payer_or_product_is_refused() {
    let client = with_a_payment();
    let mut payer = refund(1, 100, 40);
    payer.trade.user = UserId([7; 16]);
    let mut product = refund(2, 100, 40);
    product.trade.product = 2;
    let verdicts = client.import(&[payer, product]);
    assert!(
        reason(&verdicts[0]).contains("paid its original"),
        "{verdicts:?}"
    );
    assert!(
        reason(&verdicts[1]).contains("was of product 1"),
        "{verdicts:?}"
    );
}

#[test]
fn a_refund_whose_original_in_the_file_is_refused_is_refused() {
    let client = Client::new(1);
    client.world.borrow_mut().too_much = 100;
    let verdicts = client.import(&[payment(100), refund(1, 100, 40)]);
    assert!(
        reason(&verdicts[1]).contains("is not recorded either"),
        "{verdicts:?}"
    );
    assert!(client.world.borrow().refunds_sent.is_empty());
}

#[test]
fn a_refund_whose_original_was_sent_and_did_not_land_is_refused() {
    let client = Client::new(1);
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let lost = payment(100);
    journal
        .send(1, &[(lost.id.as_str(), lost.trade)], 0, 1)
        .unwrap();
    drop(journal);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(
        why.contains("was sent and is not on the finalised chain"),
        "{why}"
    );
}

#[test]
fn a_recorded_refund_of_which_the_file_names_another_original_is_refused() {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101), refund(1, 100, 40)]);
    let mut other = refund(1, 101, 40);
    other.trade = refund(1, 100, 40).trade;
    let verdicts = client.import(&[other]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("has this refund as one of trade 1/1"), "{why}");
    assert!(why.contains("not of the payment \"p101\""), "{why}");
}

#[test]
fn a_payment_that_the_file_calls_a_refund_by_now_is_refused_with_both_kinds() {
    let client = with_a_payment();
    let mut renamed = refund(1, 100, 100);
    renamed.id = "p100".into();
    renamed.trade = payment(100).trade;
    renamed.original = Some("p7".into());
    let verdicts = client.import(&[renamed]);
    let why = reason(&verdicts[0]);
    assert!(
        why.contains("kind (here refund, on chain payment)"),
        "{why}"
    );
    assert!(!why.contains("terms ("), "{why}");
    assert!(why.contains("a refund needs an id of its own"), "{why}");
}
