//! Where the originals of refunds are looked for, and what is said where they are not found.

use super::*;

/// A client that has recorded two payments and a refund of the first.
fn with_a_refund() -> Client {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101), refund(1, 100, 40)]);
    client
}

/// The recorded refund as a file has it that names another original.
fn of_another(id: &str) -> Prepared {
    Prepared {
        original: Some(id.into()),
        ..refund(1, 100, 40)
    }
}

#[test]
fn a_recorded_refund_of_another_original_is_refused_by_the_chain_alone() {
    let client = with_a_refund();
    client.lose_journal();
    let verdicts = client.import(&[of_another("p101")]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("has this refund as one of trade 1/1"), "{why}");
    let verdicts = client.import(&[of_another("p100")]);
    assert!(is_known(&verdicts[0]), "{verdicts:?}");
}

#[test]
fn a_recorded_refund_whose_original_is_misspelt_is_refused_with_and_without_the_journal() {
    let client = with_a_refund();
    for _ in 0..2 {
        let verdicts = client.import(&[of_another("p999")]);
        let why = reason(&verdicts[0]);
        assert!(
            why.contains("nothing says that this is the payment \"p999\""),
            "{why}"
        );
        client.lose_journal();
    }
}

#[test]
fn a_refund_of_a_recorded_payment_that_its_file_has_with_other_content_is_recorded() {
    let client = with_a_payment();
    let mut other = payment(100);
    other.trade.occurred_at += 1;
    let verdicts = client.import(&[other, refund(1, 100, 40)]);
    assert!(
        reason(&verdicts[0]).contains("other content"),
        "{verdicts:?}"
    );
    assert!(is_recorded(&verdicts[1]), "{verdicts:?}");
}

#[test]
fn a_refund_of_a_line_that_is_missing_is_refused_with_the_reason_of_that_line() {
    let client = with_a_payment();
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let wrong = || "line 3, amount: is zero (correct it)".to_owned();
    let missing = Missing::from([("p7".into(), wrong()), ("p100".into(), wrong())]);
    let list = [refund(1, 7, 1), refund(2, 100, 40)];
    let mut watch = |_| ();
    let done = run_beside(&mut chain, &journal, &list, &missing, &SETTINGS, &mut watch);
    let verdicts = block_on(done).unwrap();
    let why = reason(&verdicts[0]);
    assert!(why.contains("is not recorded either"), "{why}");
    assert!(why.contains("line 3, amount: is zero"), "{why}");
    // What is recorded can be given back, whatever the file has of it.
    assert!(is_recorded(&verdicts[1]), "{verdicts:?}");
}

#[test]
fn an_unknown_original_is_searched_for_only_where_someone_else_may_have_it() {
    for (clients, searches) in [(vec![1], false), (vec![1, 5], true)] {
        let client = with_a_payment();
        client.world.borrow_mut().clients = clients;
        let verdicts = client.import(&[refund(1, 99, 40)]);
        assert!(reason(&verdicts[0]).contains("is unknown"), "{verdicts:?}");
        assert_eq!(!client.world.borrow().days_searched.is_empty(), searches);
    }
}

#[test]
fn an_original_that_the_node_does_not_show_is_not_called_unknown() {
    let client = with_a_payment();
    let behind = Client::new(2);
    std::fs::copy(&client.journal, &behind.journal).unwrap();
    let verdicts = behind.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("see that the node is not behind"), "{why}");
}

#[test]
fn an_original_of_another_agreement_is_refused_by_that_agreement() {
    let client = with_a_payment();
    let other = Settings {
        agreement: 2,
        ..SETTINGS
    };
    let verdicts = client.import_with(&[refund(1, 100, 40)], &other, None);
    let why = verdicts.unwrap();
    let why = reason(&why[0]);
    assert!(why.contains("is one of agreement 1"), "{why}");
}

#[test]
fn an_original_counts_before_a_refund_that_carries_its_reference() {
    let client = with_a_payment();
    let reference = payment(100).trade.reference;
    let theirs = RefundRequest {
        reference,
        ..by_another_program(&client, 30)
    };
    client.world.borrow_mut().meanwhile = Some(theirs);
    client.import(&[refund(1, 100, 40)]);
    client.lose_journal();
    let verdicts = client.import(&[refund(2, 100, 20)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}
