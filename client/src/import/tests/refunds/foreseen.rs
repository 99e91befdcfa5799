//! What a dry run foresees of refunds.

use super::*;

/// What an import would make of payments and refunds now.
fn foreseen(client: &Client, list: &[Prepared]) -> Vec<Foreseen> {
    let journal = Journal::peek(&client.journal, H256::zero(), 1).unwrap();
    let book = |_: Kind, occurred_at: Moment| Ok(BusinessDay((occurred_at / DAY) as u32));
    let mut chain = MockChain::new(&client.world, None);
    let missing = Missing::new();
    let journal = journal.as_ref();
    let foresight = foresee(&mut chain, journal, list, &missing, &SETTINGS, &book);
    block_on(foresight).unwrap().payments
}

fn would_be_sent(foreseen: &Foreseen) -> bool {
    matches!(foreseen, Foreseen::Sent { .. })
}

#[track_caller]
fn why_not(foreseen: &Foreseen) -> String {
    match foreseen {
        Foreseen::Settled(verdict) => reason(verdict),
        sent => panic!("{sent:?}"),
    }
}

#[test]
fn a_dry_run_foresees_refunds_of_payments_that_stand_and_that_would_be_sent() {
    let client = with_a_payment();
    let list = [refund(1, 100, 40), payment(50), refund(2, 50, 50)];
    assert!(foreseen(&client, &list).iter().all(would_be_sent));
    assert!(client.world.borrow().refunds_sent.is_empty());
}

#[test]
fn a_dry_run_refuses_refunds_that_an_import_would_refuse() {
    let client = with_a_payment();
    let list = [
        refund(1, 100, 60),
        refund(2, 100, 50),
        refund(3, 99, 1),
        payment(100),
    ];
    let foreseen = foreseen(&client, &list);
    assert!(would_be_sent(&foreseen[0]), "{foreseen:?}");
    assert!(why_not(&foreseen[1]).contains("more than is left"));
    assert!(why_not(&foreseen[2]).contains("is unknown"));
}

#[test]
fn a_dry_run_compares_refunds_with_payments_that_would_be_sent() {
    let client = Client::new(1);
    let mut early = refund(3, 100, 1);
    early.trade.occurred_at = payment(100).trade.occurred_at - 1;
    let mut payer = refund(4, 100, 1);
    payer.trade.user = UserId([7; 16]);
    let list = [
        payment(100),
        refund(1, 100, 60),
        refund(2, 100, 50),
        early,
        payer,
        refund(5, 100, 40),
    ];
    let foreseen = foreseen(&client, &list);
    for sent in [0, 1, 5] {
        assert!(would_be_sent(&foreseen[sent]), "{foreseen:?}");
    }
    assert!(why_not(&foreseen[2]).contains("more than is left"));
    assert!(why_not(&foreseen[3]).contains("before its original"));
    assert!(why_not(&foreseen[4]).contains("paid its original"));
}

#[test]
fn a_dry_run_refuses_a_recorded_refund_of_another_original() {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101), refund(1, 100, 40)]);
    let mut other = refund(1, 100, 40);
    other.original = Some("p101".into());
    let foreseen = foreseen(&client, &[other]);
    assert!(why_not(&foreseen[0]).contains("has this refund as one of trade 1/1"));
}

#[test]
fn a_dry_run_follows_a_replaced_payment_and_refuses_refunds_of_a_cancelled_one() {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101)]);
    let [replaced, cancelled] = [0, 1].map(|at| client.trades()[at].id);
    client
        .world
        .borrow_mut()
        .replace(replaced, 90, 10 * DAY + 8);
    client.world.borrow_mut().cancel(cancelled, 10 * DAY + 8);
    client.blocks(3);
    let list = [refund(1, 100, 60), refund(2, 100, 40), refund(3, 101, 1)];
    let foreseen = foreseen(&client, &list);
    assert!(would_be_sent(&foreseen[0]), "{foreseen:?}");
    assert!(why_not(&foreseen[1]).contains("of 90 minor units, 60"));
    assert!(why_not(&foreseen[2]).contains("was cancelled by an amendment"));
}
