//! A client that was down for three days imports the file of all that it took in.
//!
//! It has recorded the payments of day 9. Of the three payments of each of the days 10 to 12, amendments
//! recorded one on the day after. Once it is back, day 10 is too long ago for records of its own.

use super::*;

/// The payment of a number: three a day, from day 9 on.
fn of_days(number: u128) -> Prepared {
    let payment = payment(number);
    let day = 9 + (number as u32 - 1) / 3;
    Prepared {
        trade: TradeRequest {
            occurred_at: Moment::from(day) * DAY + 7,
            ..payment.trade
        },
        day: BusinessDay(day),
        ..payment
    }
}

/// The payments of the days 9 to 12.
fn file() -> Vec<Prepared> {
    (1..=12).map(of_days).collect()
}

fn supplement(client: &Client, number: u128, day: u32) {
    let payment = of_days(number).trade;
    let mut world = client.world.borrow_mut();
    world.supplement_on(BusinessDay(day), &payment);
}

/// The client when it is back.
fn back() -> Client {
    let client = Client::new(1);
    client.import(&file()[..3]);
    for (number, day) in [(4, 11), (7, 12), (10, 13)] {
        supplement(&client, number, day);
    }
    client.world.borrow_mut().late_before = 11 * DAY;
    client
}

/// The verdict on what an amendment recorded as the first one of a day.
const fn first_of(day: u32) -> Verdict {
    Verdict::Supplemented {
        day: BusinessDay(day),
        position: 0,
    }
}

/// What the client says of the three days after its first import.
fn assert_is_back(verdicts: &[Verdict]) {
    let late = Verdict::Refused {
        reason: NotRecorded::TooLate,
    };
    assert!(verdicts[..3].iter().all(is_known), "{verdicts:?}");
    assert_eq!(verdicts[3..6], [first_of(11), late.clone(), late]);
    for (from, day) in [(6, 12), (9, 13)] {
        assert_eq!(verdicts[from], first_of(day));
        let own = &verdicts[from + 1..from + 3];
        assert!(own.iter().all(is_recorded), "{own:?}");
    }
}

/// How often each payment is on chain, by the client or by an amendment.
fn assert_each_once_but(client: &Client, late: &[u128]) {
    let mut counts = client.counts();
    for supplemented in client.world.borrow().supplements.values() {
        *counts.entry(supplemented.trade.gross).or_default() += 1;
    }
    let expected = (1..=12).filter(|number| !late.contains(number));
    let expected: HashMap<u128, usize> = expected.map(|number| (number, 1)).collect();
    assert_eq!(counts, expected);
}

#[test]
fn with_its_journal_a_client_that_was_down_records_what_no_amendment_did() {
    let client = back();
    assert_is_back(&client.import(&file()));
    assert_each_once_but(&client, &[5, 6]);
}

#[test]
fn without_its_journal_a_client_that_was_down_records_what_no_amendment_did() {
    let client = back();
    client.lose_journal();
    assert_is_back(&client.import(&file()));
    assert_each_once_but(&client, &[5, 6]);
}

#[test]
fn the_file_of_a_client_that_was_down_records_nothing_the_second_time() {
    for is_lost in [false, true] {
        let client = back();
        client.import(&file());
        if is_lost {
            client.lose_journal();
        }
        let verdicts = client.import(&file());
        assert_eq!(
            [3, 6, 9].map(|at| verdicts[at].clone()),
            [11, 12, 13].map(first_of)
        );
        for at in [0, 1, 2, 7, 8, 10, 11] {
            assert!(is_known(&verdicts[at]), "{verdicts:?}");
        }
        assert_each_once_but(&client, &[5, 6]);
    }
}

#[test]
fn once_late_payments_are_supplemented_too_the_whole_file_is_done() {
    let client = back();
    client.import(&file());
    supplement(&client, 5, 14);
    supplement(&client, 6, 14);
    let verdicts = client.import(&file());
    let second = Verdict::Supplemented {
        day: BusinessDay(14),
        position: 1,
    };
    assert_eq!(verdicts[4..6], [first_of(14), second]);
    assert_each_once_but(&client, &[]);
}
