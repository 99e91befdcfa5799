//! Refunds of payments that other clients recorded, by the client that succeeds them.

use super::*;
use counterfoil_primitives::MemberId;

/// The payment with the id of a number, as another client recorded it.
fn of_client(client: MemberId, number: u128) -> TradeRequest {
    TradeRequest {
        sequence: 1,
        reference: reference_of(client, &format!("p{number}")),
        ..payment(number).trade
    }
}

/// Lets a client succeed others, each of which recorded a payment of `number` under the same id.
fn succeed(client: &Client, others: &[MemberId], number: u128) {
    {
        let mut world = client.world.borrow_mut();
        // The agreement admits the others no more.
        world.clients = vec![1];
        world.predecessors = others.to_vec();
        for other in others {
            world.record_of_client(*other, of_client(*other, number));
        }
    }
    client.blocks(3);
}

/// A client that recorded nothing and succeeds others, each of which recorded a payment of 100.
fn succeeding(others: &[MemberId]) -> Client {
    let client = Client::new(1);
    succeed(&client, others, 100);
    client
}

/// The clients that recorded the originals of the refunds that were sent.
fn recorded_by(client: &Client) -> Vec<MemberId> {
    let world = client.world.borrow();
    let sent = world.refunds_sent.iter();
    sent.map(|refund| refund.original.id.client).collect()
}

#[test]
fn a_successor_finds_what_the_client_before_it_recorded_and_gives_back_from_it() {
    let client = succeeding(&[5]);
    let verdicts = client.import(&[refund(1, 100, 40), refund(2, 100, 60)]);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    assert_eq!(recorded_by(&client), [5, 5]);
    assert_eq!(refunded_before(&client), [0, 40]);
}

#[test]
fn a_successors_own_original_counts_before_one_with_the_same_id() {
    let client = succeeding(&[5]);
    client.import(&[payment(100)]);
    for number in [1, 2] {
        let verdicts = client.import(&[refund(number, 100, 20 * number)]);
        assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
        client.lose_journal();
    }
    assert_eq!(recorded_by(&client), [1, 1]);
}

#[test]
fn an_original_that_several_clients_before_it_may_have_recorded_is_refused() {
    let client = succeeding(&[5, 6]);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("any of the clients {5, 6}"), "{why}");
    assert!(client.world.borrow().refunds_sent.is_empty());
}

#[test]
fn a_successors_recorded_refund_is_known_with_and_without_the_journal() {
    let client = succeeding(&[5]);
    client.import(&[refund(1, 100, 40)]);
    for _ in 0..2 {
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_known(&verdicts[0]), "{verdicts:?}");
        client.lose_journal();
    }
    assert_eq!(refunds(&client), [(40, 40)]);
    let misspelt = Prepared {
        original: Some("p999".into()),
        ..refund(1, 100, 40)
    };
    let verdicts = client.import(&[misspelt]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("nothing says that this is"), "{why}");
}

#[test]
fn the_search_for_what_a_client_before_recorded_ends_with_the_day_that_has_it() {
    let client = with_a_payment();
    succeed(&client, &[5], 101);
    client.world.borrow_mut().days_searched.clear();
    let verdicts = client.import(&[refund(1, 101, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(client.world.borrow().days_searched, [BusinessDay(10)]);
}

#[test]
fn a_successor_is_told_to_import_no_payments_of_the_client_before_it() {
    let client = succeeding(&[5]);
    let verdicts = client.import(&[refund(1, 99, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("is unknown"), "{why}");
    assert!(
        why.contains("import no lines of payments that the clients [5] recorded"),
        "{why}"
    );
}

#[test]
fn what_a_client_before_recorded_for_another_payer_is_not_given_back() {
    let client = succeeding(&[5]);
    let mut other = refund(1, 100, 40);
    other.trade.user = UserId([7; 16]);
    let verdicts = client.import(&[other]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("paid its original"), "{why}");
}

#[test]
fn whoever_succeeds_another_client_gives_nothing_back_of_this_one() {
    let client = succeeding(&[6]);
    client.world.borrow_mut().clients = vec![1, 5];
    let theirs = of_client(5, 7);
    client.world.borrow_mut().record_of_client(5, theirs);
    client.blocks(3);
    let verdicts = client.import(&[refund(1, 7, 1)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("was recorded by client 5"), "{why}");
    assert!(why.contains("agreement name-successor"), "{why}");
}
