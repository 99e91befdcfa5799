//! Batches: good and bad trades side by side, the events, the totals.

use crate::{mock::*, Days, Error, Event, Refusal};
use counterfoil_primitives::{DayTotals, KindTotals, TradeRequest};
use frame_support::assert_noop;

#[test]
fn a_bad_trade_leaves_the_good_ones_beside_it() {
    build_and_execute(|| {
        let bad = TradeRequest {
            credit: 1,
            ..trade(2)
        };
        record(vec![trade(1), bad, trade(3)]);
        assert_eq!(sequences(FIRST), [1, 3]);
    });
}

#[test]
fn a_refusal_names_the_trade_and_the_reason() {
    build_and_execute(|| {
        let bad = priced(8, 99, 10_000, at(0, 10, 0));
        let early = priced(9, PRODUCT, 10_000, at(5, 10, 0));
        record(vec![bad, early]);
        let expected =
            [(bad, Refusal::UnknownProduct), (early, Refusal::InFuture)].map(|(trade, reason)| {
                Event::TradeRefused {
                    agreement: AGREEMENT,
                    client: CLIENT,
                    sequence: trade.sequence,
                    reference: trade.reference,
                    reason,
                }
            });
        assert_eq!(events(), expected);
    });
}

#[test]
fn a_trade_that_is_refused_alone_fails_its_call_by_the_refusals_name() {
    build_and_execute(|| {
        let bad = priced(8, 99, 10_000, at(0, 10, 0));
        let recorded = Trades::record(signed(CLIENT), AGREEMENT, batch(vec![bad]));
        let error = recorded.map_err(|failed| failed.error);
        assert_noop!(error, Error::<Test>::UnknownProduct);
        assert_eq!(events(), []);
    });
}

#[test]
fn a_call_that_fails_by_a_refusal_costs_what_it_did() {
    build_and_execute(|| {
        let bad = batch(vec![priced(8, 99, 10_000, at(0, 10, 0))]);
        let charged = crate::weighing::before::<Test>(&bad);
        let failed = Trades::record(signed(CLIENT), AGREEMENT, bad).unwrap_err();
        let cost = failed.post_info.actual_weight.expect("it is given back");
        assert!(cost.ref_time() < charged.ref_time());
    });
}

#[test]
fn each_refusal_is_an_error_of_its_name() {
    let mut named = 0;
    for refusal in refusals() {
        let error = format!("{:?}", Error::<Test>::from(refusal));
        assert_eq!(error, format!("{refusal:?}"));
        named += 1;
    }
    assert!(named >= 23);
}

#[test]
fn a_refused_trade_uses_no_sequence_up() {
    build_and_execute(|| {
        let bad = TradeRequest {
            credit: 1,
            ..trade(2)
        };
        record(vec![bad]);
        assert_eq!(crate::Windows::<Test>::get(CLIENT), None);
        record(vec![trade(2)]);
        assert_eq!(sequences(FIRST), [2]);
    });
}

#[test]
fn a_good_trade_may_follow_a_bad_one_of_its_sequence_in_one_batch() {
    build_and_execute(|| {
        let bad = TradeRequest {
            debit: 1,
            ..trade(2)
        };
        record(vec![bad, trade(2)]);
        assert_eq!(sequences(FIRST), [2]);
    });
}

#[test]
fn each_party_learns_what_a_call_added() {
    build_and_execute(|| {
        record(trades(0..3));
        events();
        record(vec![
            priced(3, PRODUCT, 10_000, at(0, 10, 0)),
            priced(4, OWN_DEBIT, 1_000, at(0, 11, 0)),
        ]);
        let company = Event::DebitEntriesIssued {
            company: COMPANY,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 3,
            count: 2,
            total: 150 + 200,
            refunds_total: 0,
        };
        let bank = Event::CreditEntriesIssued {
            bank: BANK,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 3,
            count: 2,
            total: 9_850 + 900,
            refunds_total: 0,
        };
        assert_eq!(events(), [company, bank]);
    });
}

#[test]
fn a_call_that_adds_nothing_tells_the_parties_nothing() {
    build_and_execute(|| {
        record(trades([0]));
        events();
        record(trades([0, 0]));
        assert!(matches!(
            events()[..],
            [Event::TradeRefused { .. }, Event::TradeRefused { .. }]
        ));
    });
}

#[test]
fn the_totals_of_a_day_add_up() {
    build_and_execute(|| {
        record(trades(0..2));
        record_by(
            OTHER_CLIENT,
            vec![priced(0, OWN_DEBIT, 1_000, at(0, 11, 0))],
        );
        let expected = DayTotals {
            payments: KindTotals {
                count: 3,
                gross: 21_000,
                debit: 2 * 150 + 200,
                credit: 2 * 9_850 + 900,
            },
            ..Default::default()
        };
        assert_eq!(Days::<Test>::get(AGREEMENT, FIRST), expected);
    });
}

#[test]
fn a_batch_over_two_days_is_told_by_day() {
    build_and_execute(|| {
        // A quarter past midnight both days take trades.
        set_time(at(1, 0, 15));
        record(vec![
            priced(0, PRODUCT, 10_000, at(1, 0, 5)),
            priced(1, PRODUCT, 10_000, at(0, 23, 0)),
            priced(2, PRODUCT, 10_000, at(1, 0, 6)),
        ]);
        let told: Vec<_> = events()
            .into_iter()
            .filter_map(|event| match event {
                Event::DebitEntriesIssued { day, count, .. } => Some((day, count)),
                _ => None,
            })
            .collect();
        assert_eq!(told, [(day(0), 1), (day(1), 2)]);
        assert_eq!(sequences(day(1)), [0, 2]);
    });
}

#[test]
fn batches_may_arrive_out_of_order() {
    build_and_execute(|| {
        record(trades(500..1_000));
        record(trades(0..500));
        assert_eq!(Days::<Test>::get(AGREEMENT, FIRST).count(), 1_000);
    });
}

#[test]
fn a_batch_sent_twice_is_kept_once() {
    build_and_execute(|| {
        record(trades(0..10));
        record(trades(0..10));
        assert_eq!(sequences(FIRST), (0..10).collect::<Vec<_>>());
    });
}

#[test]
fn clients_number_their_trades_independently() {
    build_and_execute(|| {
        record_by(CLIENT, trades([5]));
        record_by(OTHER_CLIENT, trades([5]));
        let clients: Vec<_> = stored(FIRST).iter().map(|trade| trade.id.client).collect();
        assert_eq!(clients, [CLIENT, OTHER_CLIENT]);
    });
}
