//! Refunds that another program of the client records while an import is at them.

use super::*;

/// The verdict on a refund that another program recorded.
const THEIRS: Verdict = Verdict::Known {
    sequence: 50,
    day: BusinessDay(11),
};

/// Imports, and lets `theirs` be recorded past the journal once the import has told `after` times what is
/// done. From then on no fork voids anything.
fn import_beside(
    client: &Client,
    list: &[Prepared],
    after: usize,
    theirs: impl Fn(&Client) -> RefundRequest,
) -> Vec<Verdict> {
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let mut told = 0;
    let mut watch = |step: Step| {
        if !matches!(step, Step::Done { .. }) {
            return;
        }
        told += 1;
        if told == after {
            let refund = theirs(client);
            client.world.borrow_mut().record_refund(refund);
            client.world.borrow_mut().voids = 0;
            client.blocks(2);
        }
    };
    block_on(run(&mut chain, &journal, list, &SETTINGS, &mut watch)).unwrap()
}

#[test]
fn a_refund_that_another_program_records_before_it_lands_is_known_and_recorded_once() {
    for gross in [40, 100] {
        let client = with_a_payment();
        let own = refund(1, 100, gross);
        let theirs = recorded_elsewhere(&client, &own, 0);
        client.world.borrow_mut().meanwhile = Some(theirs);
        for _ in 0..2 {
            let verdicts = client.import(std::slice::from_ref(&own));
            assert_eq!(verdicts, [THEIRS]);
        }
        client.blocks(40);
        assert_eq!(refunds(&client), [(gross, gross)]);
    }
}

#[test]
fn a_refund_that_another_program_records_with_another_amount_is_refused_by_what_differs() {
    let client = with_a_payment();
    let theirs = recorded_elsewhere(&client, &refund(1, 100, 30), 0);
    client.world.borrow_mut().meanwhile = Some(theirs);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("other content"), "{why}");
    assert_eq!(refunds(&client), [(30, 30)]);
}

#[test]
fn of_two_refunds_only_the_one_that_no_other_program_recorded_is_formed_anew() {
    let client = with_a_payment();
    let list = [refund(1, 100, 40), refund(2, 100, 30)];
    let theirs = recorded_elsewhere(&client, &list[1], 0);
    client.world.borrow_mut().meanwhile = Some(theirs);
    let verdicts = client.import(&list);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(verdicts[1], THEIRS);
    assert_eq!(refunds(&client), [(30, 30), (40, 40)]);
}

#[test]
fn a_refund_that_another_program_records_before_it_is_formed_is_not_sent() {
    let client = Client::new(1);
    let list = [payment(100), refund(1, 100, 40)];
    let world = client.world.clone();
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let mut watch = |step: Step| {
        let is_alone = client.trades().len() == 1;
        if step == (Step::Done { payments: 1 }) && is_alone {
            let theirs = recorded_elsewhere(&client, &list[1], 0);
            world.borrow_mut().record_refund(theirs);
            client.blocks(2);
        }
    };
    let verdicts = block_on(run(&mut chain, &journal, &list, &SETTINGS, &mut watch)).unwrap();
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(verdicts[1], THEIRS);
    assert!(world.borrow().refunds_sent.is_empty());
}

#[test]
fn a_refund_that_a_fork_voids_is_known_where_another_program_recorded_it() {
    let client = with_a_payment();
    client.world.borrow_mut().voids = 100;
    let own = refund(1, 100, 40);
    let theirs = |client: &Client| recorded_elsewhere(client, &own, 0);
    let verdicts = import_beside(&client, std::slice::from_ref(&own), 2, theirs);
    assert_eq!(verdicts, [THEIRS]);
    client.blocks(40);
    assert_eq!(refunds(&client), [(40, 40)]);
}

#[test]
fn a_refund_that_a_fork_voids_is_formed_anew_where_another_program_recorded_another_one() {
    let client = with_a_payment();
    client.world.borrow_mut().voids = 100;
    let theirs = |client: &Client| by_another_program(client, 30);
    let verdicts = import_beside(&client, &[refund(1, 100, 40)], 2, theirs);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(refunds(&client), [(30, 30), (40, 40)]);
}

#[test]
fn a_refund_that_another_program_recorded_of_another_payment_is_not_sent_again() {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101)]);
    client.world.borrow_mut().voids = 100;
    let own = refund(1, 100, 40);
    let theirs = |client: &Client| recorded_elsewhere(client, &own, 1);
    let verdicts = import_beside(&client, std::slice::from_ref(&own), 2, theirs);
    let why = reason(&verdicts[0]);
    assert!(why.contains("has this refund as one of trade 1/2"), "{why}");
    assert_eq!(refunds(&client), [(40, 40)]);
}
