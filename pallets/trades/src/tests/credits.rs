//! What clients caused in a day, and the limits of that.

mod amendments;
mod consistency;
mod days;

use crate::{mock::*, ClientCredits, Event};
use counterfoil_primitives::{Amount, Kind, MemberId, RefundRequest, Sequence, TradeRequest};

/// A test at noon of the second day, on which each client may cause 197.00 by payments and 49.25 by refunds.
fn limited(test: impl FnOnce()) {
    build_and_execute(|| {
        limit_clients(1, 19_700, 4_925);
        set_time(at(1, 12, 0));
        test();
    });
}

/// A payment of the second day. Of 100.00, the bank's amount is 98.50.
fn payment(sequence: Sequence, gross: Amount) -> TradeRequest {
    priced(sequence, PRODUCT, gross, at(1, 10, 0))
}

/// Two payments of the second day which together are at the limit.
fn at_the_limit() -> Vec<TradeRequest> {
    vec![payment(0, 10_000), payment(1, 10_000)]
}

/// A refund of the first payment of the second day. Of 50.00, the bank's amount is 49.25.
fn refund(sequence: Sequence, gross: Amount) -> RefundRequest {
    refund_of(sequence, (day(1), 0), gross, at(1, 11, 0))
}

/// Who went beyond which limit since the last call, and what it came to.
fn told() -> Vec<(MemberId, Kind, Amount)> {
    let exceeded = |event| match event {
        Event::<Test>::ClientLimitExceeded {
            client,
            kind,
            credits,
            ..
        } => Some((client, kind, credits)),
        _ => None,
    };
    events().into_iter().filter_map(exceeded).collect()
}

#[test]
fn what_a_client_records_is_counted_by_the_banks_amounts() {
    limited(|| {
        record(at_the_limit());
        assert_eq!(kept(CLIENT), [(1, 19_700, 0)]);
        give_back(vec![refund(2, 5_000)]);
        assert_eq!(kept(CLIENT), [(1, 19_700, 4_925)]);
    });
}

#[test]
fn a_client_at_its_limits_went_beyond_none() {
    limited(|| {
        record(at_the_limit());
        give_back(vec![refund(2, 5_000)]);
        assert_eq!(told(), []);
        assert!(!is_over(1));
    });
}

#[test]
fn a_unit_above_a_limit_is_told_and_recorded() {
    limited(|| {
        record(at_the_limit());
        events();
        record(vec![payment(2, 1)]);
        let exceeded = Event::ClientLimitExceeded {
            agreement: AGREEMENT,
            client: CLIENT,
            day: day(1),
            date: "2024-10-05".try_into().unwrap(),
            kind: Kind::Payment,
            credits: 19_701,
            credits_in_words: "197.01 CZK".try_into().unwrap(),
            limit: 19_700,
            limit_in_words: "197.00 CZK".try_into().unwrap(),
        };
        assert_eq!(events().pop(), Some(exceeded));
        assert!(is_over(1));
        assert_eq!(sequences(day(1)), [0, 1, 2]);
    });
}

#[test]
fn a_client_beyond_a_limit_is_told_of_once() {
    limited(|| {
        record(at_the_limit());
        record(vec![payment(2, 1)]);
        assert_eq!(told(), [(CLIENT, Kind::Payment, 19_701)]);
        record(vec![payment(3, 10_000)]);
        assert_eq!(told(), []);
        assert_eq!(kept(CLIENT), [(1, 29_551, 0)]);
    });
}

#[test]
fn a_batch_that_goes_beyond_a_limit_is_told_once_with_its_sum() {
    limited(|| {
        record((0..4).map(|sequence| payment(sequence, 10_000)).collect());
        assert_eq!(told(), [(CLIENT, Kind::Payment, 39_400)]);
    });
}

#[test]
fn refunds_have_a_limit_of_their_own() {
    limited(|| {
        record(vec![payment(0, 10_000)]);
        give_back(vec![refund(1, 5_000)]);
        assert_eq!(told(), []);
        let above = refund(2, 100);
        give_back(vec![above]);
        let given = 4_925 + above.credit;
        assert_eq!(told(), [(CLIENT, Kind::Refund, given)]);
        assert_eq!(kept(CLIENT), [(1, 9_850, given)]);
        assert!(is_over(1));
    });
}

#[test]
fn a_client_beyond_both_limits_is_told_of_for_each() {
    limited(|| {
        record(at_the_limit());
        record(vec![payment(2, 1)]);
        give_back(vec![refund(3, 6_000)]);
        let told: Vec<_> = told().into_iter().map(|(_, kind, _)| kind).collect();
        assert_eq!(told, [Kind::Payment, Kind::Refund]);
    });
}

#[test]
fn each_client_is_counted_by_itself() {
    limited(|| {
        for client in [CLIENT, OTHER_CLIENT] {
            record_by(client, at_the_limit());
            assert_eq!(kept(client), [(1, 19_700, 0)]);
        }
        assert_eq!(told(), []);
        assert!(!is_over(1));
        for client in [OTHER_CLIENT, CLIENT] {
            record_by(client, vec![payment(2, 1)]);
            assert_eq!(told(), [(client, Kind::Payment, 19_701)]);
        }
    });
}

#[test]
fn a_refused_trade_does_not_count() {
    limited(|| {
        let wrong = TradeRequest {
            credit: 1,
            ..payment(1, 10_000)
        };
        record(vec![payment(0, 10_000), wrong]);
        assert_eq!(kept(CLIENT), [(1, 9_850, 0)]);
    });
}

#[test]
fn a_batch_sent_twice_counts_once() {
    limited(|| {
        record(at_the_limit());
        record(at_the_limit());
        assert_eq!(kept(CLIENT), [(1, 19_700, 0)]);
    });
}

#[test]
fn of_a_client_whose_trades_a_full_day_refused_nothing_is_kept() {
    limited(|| {
        MaxPagesPerDay::set(1);
        let of_a_unit = |sequence| payment(sequence, 1);
        record_by(OTHER_CLIENT, (0..256).map(of_a_unit).collect());
        record(vec![of_a_unit(0)]);
        assert!(!ClientCredits::<Test>::contains_key(AGREEMENT, CLIENT));
    });
}

#[test]
fn a_written_trade_counts() {
    limited(|| {
        let text = |text: &str| text.try_into().unwrap();
        let form = (text("100.00"), text("C-9999"), text("R-8"));
        let (amount, payer, reference) = form;
        let client = signed(CLIENT);
        let recorded =
            Trades::record_one(client, AGREEMENT, PRODUCT, amount, payer, reference, None);
        assert!(recorded.is_ok());
        assert_eq!(kept(CLIENT), [(1, 9_850, 0)]);
    });
}
