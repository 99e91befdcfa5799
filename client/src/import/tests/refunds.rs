//! Refunds: each waits for its original, and is recorded once.

use super::*;
use counterfoil_primitives::{Kind, Original, RefundRequest, TradeId};

mod amended;
mod foreseen;
mod forks;
mod meanwhile;
mod originals;
mod references;
mod refused;
mod successors;

/// A refund of a part of the payment with the id of a number, on the day after it.
fn refund(number: u128, of: u128, gross: u128) -> Prepared {
    let id = format!("r{number}");
    Prepared {
        trade: TradeRequest {
            reference: reference_of(1, &id),
            gross,
            debit: 0,
            credit: 0,
            occurred_at: 11 * DAY + 7,
            ..payment(of).trade
        },
        id,
        day: BusinessDay(11),
        original: Some(format!("p{of}")),
    }
}

/// Why a payment or a refund is refused.
#[track_caller]
fn reason(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Refused { reason } => reason.to_string(),
        verdict => panic!("{verdict:?}"),
    }
}

/// The refunds on chain: their gross and debit amounts.
fn refunds(client: &Client) -> Vec<(u128, u128)> {
    let trades = client.trades();
    let refunds = trades.iter().filter(|trade| trade.kind == Kind::Refund);
    refunds.map(|trade| (trade.gross, trade.debit)).collect()
}

/// What was said to be given back before each refund that was sent.
fn refunded_before(client: &Client) -> Vec<u128> {
    let world = client.world.borrow();
    let sent = world.refunds_sent.iter();
    sent.map(|refund| refund.refunded_before).collect()
}

/// A client that has recorded a payment of 100.
fn with_a_payment() -> Client {
    let client = Client::new(1);
    client.import(&[payment(100)]);
    client
}

#[test]
fn a_refund_is_recorded_after_its_original_though_the_file_has_it_first() {
    let client = Client::new(1);
    let verdicts = client.import(&[refund(1, 100, 40), payment(100)]);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    let kinds: Vec<Kind> = client.trades().iter().map(|trade| trade.kind).collect();
    assert_eq!(kinds, [Kind::Payment, Kind::Refund]);
    assert_eq!(refunds(&client), [(40, 40)]);
}

#[test]
fn a_refund_is_not_sent_before_its_original_is_final() {
    let client = Client::new(1);
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let list = [payment(100), refund(1, 100, 40)];
    let world = client.world.clone();
    let mut watch = |step: Step| {
        if step == (Step::Done { payments: 0 }) {
            assert!(world.borrow().refunds_sent.is_empty());
        }
    };
    block_on(run(&mut chain, &journal, &list, &SETTINGS, &mut watch)).unwrap();
    assert_eq!(client.world.borrow().refunds_sent.len(), 1);
}

#[test]
fn a_refund_names_the_place_of_its_original() {
    let client = Client::new(1);
    client.import(&[payment(7), payment(100)]);
    client.import(&[refund(1, 100, 40)]);
    let original = client.world.borrow().refunds_sent[0].original;
    let sequence = client.trades()[1].id.sequence;
    let id = TradeId {
        client: 1,
        sequence,
    };
    let day = BusinessDay(10);
    assert_eq!(
        original,
        Original {
            id,
            day,
            position: 1
        }
    );
}

#[test]
fn refunds_of_one_payment_see_each_other_within_a_call() {
    let client = with_a_payment();
    let list = [refund(1, 100, 40), refund(2, 100, 30), refund(3, 100, 30)];
    let verdicts = client.import(&list);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    assert_eq!(refunded_before(&client), [0, 40, 70]);
}

#[test]
fn a_call_has_no_more_refunds_than_the_chain_takes() {
    let list = [1, 2, 3].map(|number| refund(number, 100, number));
    for (batch, refunds) in [(3, 2), (2, 3)] {
        let settings = Settings {
            batch,
            refunds,
            ..SETTINGS
        };
        let client = with_a_payment();
        let verdicts = client.import_with(&list, &settings, None).unwrap();
        assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
        assert_eq!(client.world.borrow().refund_batches, [2, 1]);
    }
}

#[test]
fn a_refund_sees_what_was_given_back_by_earlier_imports() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 40)]);
    client.import(&[refund(2, 100, 60)]);
    assert_eq!(refunded_before(&client), [0, 40]);
    assert_eq!(refunds(&client), [(40, 40), (60, 60)]);
}

#[test]
fn a_refund_imported_again_is_known_with_and_without_the_journal() {
    let client = with_a_payment();
    client.import(&[refund(1, 100, 40)]);
    for _ in 0..2 {
        let verdicts = client.import(&[refund(1, 100, 40)]);
        assert!(is_known(&verdicts[0]), "{verdicts:?}");
        client.lose_journal();
    }
    assert_eq!(refunds(&client), [(40, 40)]);
}

#[test]
fn a_refund_does_not_look_like_a_payment() {
    let client = with_a_payment();
    let mut whole = refund(1, 100, 100);
    (whole.trade.occurred_at, whole.day) = (payment(100).trade.occurred_at, payment(100).day);
    let verdicts = client.import(&[whole]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}

#[test]
fn an_original_that_no_journal_knows_is_found_on_chain() {
    let client = with_a_payment();
    client.lose_journal();
    let verdicts = client.import(&[refund(1, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}

#[test]
fn a_clients_own_original_counts_where_another_client_numbers_alike() {
    let client = with_a_payment();
    let theirs = TradeRequest {
        sequence: 1,
        reference: reference_of(5, "p100"),
        occurred_at: 11 * DAY,
        ..payment(100).trade
    };
    client.world.borrow_mut().record_of_client(5, theirs);
    client.blocks(3);
    client.lose_journal();
    let verdicts = client.import(&[refund(1, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
}

/// A refund of the payment of 100 by another program of the client.
fn by_another_program(client: &Client, gross: u128) -> RefundRequest {
    recorded_elsewhere(client, &refund(77, 100, gross), 0)
}

/// A refund as another program of the client records it, of the payment that landed at that `position` of
/// its day.
fn recorded_elsewhere(client: &Client, refund: &Prepared, position: u32) -> RefundRequest {
    let trade = refund.trade;
    RefundRequest {
        sequence: 50,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        original: Original {
            id: client.trades()[position as usize].id,
            day: BusinessDay(10),
            position,
        },
        refunded_before: 0,
        gross: trade.gross,
        debit: trade.gross,
        credit: 0,
        occurred_at: trade.occurred_at,
    }
}

#[test]
fn a_refund_is_formed_anew_where_something_was_given_back_meanwhile() {
    let client = with_a_payment();
    client.world.borrow_mut().meanwhile = Some(by_another_program(&client, 30));
    let verdicts = client.import(&[refund(1, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(refunded_before(&client), [0, 30]);
    assert_eq!(refunds(&client), [(30, 30), (40, 40)]);
    let world = client.world.borrow();
    let sequences: Vec<_> = world
        .refunds_sent
        .iter()
        .map(|sent| sent.sequence)
        .collect();
    assert_eq!(sequences[0], sequences[1]);
}

#[test]
fn a_refund_is_refused_where_too_little_is_left_meanwhile() {
    let client = with_a_payment();
    client.world.borrow_mut().meanwhile = Some(by_another_program(&client, 70));
    let verdicts = client.import(&[refund(1, 100, 40)]);
    assert!(
        reason(&verdicts[0]).contains("more than is left"),
        "{verdicts:?}"
    );
}

#[test]
fn refunds_that_forks_and_networks_lose_are_recorded_once() {
    let client = with_a_payment();
    {
        let mut world = client.world.borrow_mut();
        (world.voids, world.loses) = (30, 30);
    }
    let list = [refund(1, 100, 40), refund(2, 100, 30)];
    let verdicts = client.import(&list);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    client.blocks(40);
    assert_eq!(refunds(&client).len(), 2);
}

#[test]
fn an_import_with_refunds_killed_at_any_step_and_repeated_records_each_once() {
    let list = [
        refund(1, 100, 40),
        payment(100),
        refund(2, 100, 30),
        payment(50),
        refund(3, 50, 50),
        refund(4, 100, 30),
    ];
    for fuel in 0..80 {
        let client = Client::new(fuel.into());
        client.world.borrow_mut().slow = 3;
        let _ = client.import_with(&list, &SETTINGS, Some(fuel));
        if fuel % 2 == 1 {
            client.lose_journal();
        }
        let verdicts = client.import(&list);
        let is_done = |verdict| is_recorded(verdict) || is_known(verdict);
        assert!(verdicts.iter().all(is_done), "{fuel}: {verdicts:?}");
        client.blocks(40);
        assert_eq!(client.trades().len(), list.len(), "{fuel}");
        let sum: u128 = refunds(&client).iter().map(|(gross, _)| gross).sum();
        assert_eq!(sum, 150, "{fuel}");
    }
}
