//! Refunds of payments that amendments replaced or cancelled.

use super::*;

/// When amendments take back what is left, later on the day of the payment.
const AT: Moment = 10 * DAY + 8;
/// The same, on the day after it and before the refunds.
const LATER: Moment = 11 * DAY;

/// The id of the client's first trade on chain.
fn first(client: &Client) -> TradeId {
    client.trades()[0].id
}

/// Lets an amendment state another amount for a payment, finally. Returns the replacement's id.
fn replace(client: &Client, payment: TradeId, paid: u128, at: Moment) -> TradeId {
    let replacement = client.world.borrow_mut().replace(payment, paid, at);
    client.blocks(3);
    replacement
}

/// Lets an amendment cancel a payment, finally.
fn cancel(client: &Client, payment: TradeId, at: Moment) {
    client.world.borrow_mut().cancel(payment, at);
    client.blocks(3);
}

/// The payment of the refund that was sent last.
fn last_original(client: &Client) -> Option<TradeId> {
    let world = client.world.borrow();
    world.refunds_sent.last().map(|sent| sent.original.id)
}

#[test]
fn a_refund_of_a_replaced_payment_gives_back_from_its_replacement() {
    for at in [AT, LATER] {
        let client = with_a_payment();
        let replacement = replace(&client, first(&client), 90, at);
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
        assert_eq!(last_original(&client), Some(replacement));
    }
}

#[test]
fn a_refund_of_a_payment_whose_replacement_was_replaced_gives_back_from_the_last_one() {
    for second in [AT, LATER] {
        let client = with_a_payment();
        let replacement = replace(&client, first(&client), 90, AT);
        let last = replace(&client, replacement, 80, second);
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
        assert_eq!(last_original(&client), Some(last));
    }
}

#[test]
fn a_refund_of_more_than_the_replacement_states_is_refused() {
    let client = with_a_payment();
    replace(&client, first(&client), 30, AT);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("of 30 minor units, 0 minor units"), "{why}");
}

#[test]
fn what_was_given_back_before_a_replacement_counts_after_it() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 30)]);
    let replacement = replace(&client, first(&client), 90, LATER);
    let verdicts = client.import(&[refund(2, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(last_original(&client), Some(replacement));
    assert_eq!(refunded_before(&client), [0, 30]);
}

#[test]
fn refunds_of_a_replaced_payment_see_each_other() {
    let client = with_a_payment();
    replace(&client, first(&client), 90, AT);
    let verdicts = client.import(&[refund(1, 100, 40), refund(2, 100, 50)]);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    assert_eq!(refunded_before(&client), [0, 40]);
}

#[test]
fn a_recorded_refund_of_a_replacement_is_known_with_and_without_the_journal() {
    let client = with_a_payment();
    let replacement = replace(&client, first(&client), 90, AT);
    replace(&client, replacement, 80, LATER);
    client.import(&[refund(1, 100, 40)]);
    for _ in 0..2 {
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_known(&verdicts[0]), "{verdicts:?}");
        client.lose_journal();
    }
}

#[test]
fn a_recorded_refund_of_a_replacement_is_none_of_another_payment() {
    let client = Client::new(1);
    client.import(&[payment(100), payment(101)]);
    replace(&client, first(&client), 90, AT);
    client.import(&[refund(1, 100, 40)]);
    let other = Prepared {
        original: Some("p101".into()),
        ..refund(1, 100, 40)
    };
    let verdicts = client.import(&[other]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("and not of the payment \"p101\""), "{why}");
}

#[test]
fn a_refund_that_was_sent_before_its_payment_was_replaced_goes_to_the_replacement() {
    let client = with_a_payment();
    // It is in the best block, and not final.
    let payment = first(&client);
    let replacement = client.world.borrow_mut().replace(payment, 90, AT);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    let world = client.world.borrow();
    let originals = world.refunds_sent.iter().map(|sent| sent.original.id);
    let by_amendment: Vec<bool> = originals.map(|id| id == replacement).collect();
    assert_eq!(by_amendment, [false, true]);
}

#[test]
fn a_refund_of_a_cancelled_payment_is_refused_with_what_cancelled_it() {
    for at in [AT, LATER] {
        let client = with_a_payment();
        cancel(&client, first(&client), at);
        let verdicts = client.import(&[refund(1, 100, 40)]);
        let why = reason(&verdicts[0]);
        let named = "the payment \"p100\", was cancelled by an amendment, trade amendment 1,";
        assert!(why.contains(named), "{why}");
        assert!(why.contains("take the line out"), "{why}");
        assert_eq!(last_original(&client), None);
    }
}

#[test]
fn a_refund_of_a_payment_whose_replacement_was_cancelled_is_refused_with_what_cancelled_that() {
    let client = with_a_payment();
    let replacement = replace(&client, first(&client), 90, AT);
    cancel(&client, replacement, LATER);
    let verdicts = client.import(&[refund(1, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("trade amendment 3,"), "{why}");
}

#[test]
fn a_refund_of_a_payment_that_was_put_back_gives_back_from_it_with_and_without_the_journal() {
    for is_lost in [false, true] {
        let client = with_a_payment();
        let payment = first(&client);
        cancel(&client, payment, AT);
        client.world.borrow_mut().put_back(payment, LATER);
        client.blocks(3);
        if is_lost {
            client.lose_journal();
        }
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
        assert_eq!(last_original(&client), Some(payment));
    }
}

#[test]
fn a_payment_that_refunds_gave_back_as_a_whole_is_not_called_cancelled() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 100)]);
    let verdicts = client.import(&[refund(2, 100, 40)]);
    let why = reason(&verdicts[0]);
    assert!(why.contains("more than is left"), "{why}");
}

#[test]
fn a_refund_that_was_recorded_before_its_payment_was_cancelled_is_known() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 40)]);
    cancel(&client, first(&client), LATER);
    client.lose_journal();
    let verdicts = client.import(&[payment(100), refund(1, 100, 40)]);
    assert!(verdicts.iter().all(is_known), "{verdicts:?}");
}
