//! What a call of one trade is charged: for the database only where no call of the block has touched the
//! same.

use super::*;
use crate::single_weight::{self, MaxTouched, Touched};
use frame_support::traits::Get;

/// What a call of one trade was charged in the end.
fn charged(trade: TradeRequest) -> Weight {
    weights(vec![trade]).0
}

fn first() -> Weight {
    <() as WeightInfo>::record_singles(1)
}

fn later() -> Weight {
    <() as WeightInfo>::record_singles(2) - first()
}

#[test]
fn a_call_of_one_trade_is_charged_for_what_the_block_has_not_touched() {
    build_and_execute(|| {
        let at_ten = |sequence| priced(sequence, PRODUCT, 1_000, at(0, 10, 0));
        assert_eq!(charged(at_ten(0)), first());
        assert_eq!(charged(at_ten(1)), later());
        let other_product = priced(2, OWN_DEBIT, 1_000, at(0, 10, 0));
        assert_eq!(charged(other_product), first());
        assert_eq!(charged(at_ten(CHUNK_BITS)), first(), "another chunk");
        assert_eq!(charged(at_ten(3)), later());
    });
}

#[test]
fn a_call_that_begins_a_page_is_charged_for_it() {
    build_and_execute(|| {
        record_trades(trades(0..254));
        assert_eq!(charged(trades([254])[0]), first());
        assert_eq!(
            charged(trades([255])[0]),
            later() + weighing::full_page::<Test>()
        );
        assert_eq!(charged(trades([256])[0]), first());
    });
}

#[test]
fn the_next_block_is_charged_anew() {
    build_and_execute(|| {
        charged(trades([0])[0]);
        <Trades as Hooks<u32>>::on_finalize(1);
        assert_eq!(charged(trades([1])[0]), first());
    });
}

#[test]
fn a_refused_trade_touches_nothing_for_the_next_one() {
    build_and_execute(|| {
        let wrong = TradeRequest {
            debit: 1,
            ..trades([0])[0]
        };
        assert!(Trades::record(signed(CLIENT), AGREEMENT, batch(vec![wrong])).is_err());
        assert_eq!(charged(trades([0])[0]), first());
    });
}

#[test]
fn what_a_block_forgot_is_charged_again() {
    build_and_execute(|| {
        let max = <MaxTouched as Get<u32>>::get();
        let touched = |client| Touched {
            client,
            chunk: 0,
            agreement: AGREEMENT,
            product: PRODUCT,
            occurred: FIRST,
            booked: FIRST,
            page: 0,
        };
        record_trades(trades(0..2));
        let size = BatchSize::worst(Kind::Payment, 0);
        let first_seen = |client| single_weight::weight::<Test>(touched(client), &size) == first();
        assert!((0..=max).all(first_seen));
        assert!(!first_seen(max));
        assert!(first_seen(0));
    });
}

/// What counting a client weighs in the first call of a block that does so, and in a later one.
fn counting() -> [Weight; 2] {
    let calls = |count| <() as WeightInfo>::count_credits(count);
    [calls(1), calls(2) - calls(1)]
}

/// A payment of the second day, of which the bank's amount is 9.85.
fn on_the_second_day(sequence: u64) -> TradeRequest {
    priced(sequence, PRODUCT, 1_000, at(1, 10, 0))
}

#[test]
fn a_call_of_one_trade_is_charged_for_counting_its_client_where_the_day_has_limits() {
    build_and_execute(|| {
        limit_clients(1, 1_970, 0);
        set_time(at(1, 12, 0));
        let [counting_first, counting_later] = counting();
        assert_eq!(charged(on_the_second_day(0)), first() + counting_first);
        assert_eq!(charged(on_the_second_day(1)), later() + counting_later);
    });
}

#[test]
fn a_call_of_one_trade_is_charged_for_going_beyond_a_limit() {
    build_and_execute(|| {
        limit_clients(1, 985, 0);
        set_time(at(1, 12, 0));
        charged(on_the_second_day(0));
        let [_, counting_later] = counting();
        let beyond = <() as WeightInfo>::exceed_limits(1) - <() as WeightInfo>::exceed_limits(0);
        let crossing = charged(on_the_second_day(1));
        assert_eq!(crossing, later() + counting_later + beyond);
        assert_eq!(charged(on_the_second_day(2)), later() + counting_later);
    });
}

#[test]
fn a_call_of_one_trade_never_costs_more_than_it_was_charged() {
    build_and_execute(|| {
        limit_clients(1, 0, 0);
        set_time(at(1, 12, 0));
        record_trades((0..255).map(on_the_second_day).collect());
        let by_other = batch(vec![on_the_second_day(0)]);
        let before = weighing::before::<Test>(&by_other);
        let filling = Trades::record(signed(OTHER_CLIENT), AGREEMENT, by_other).unwrap();
        let charged = filling.actual_weight.unwrap();
        assert!(charged.all_lte(before), "{charged:?} exceeds {before:?}");
        assert_eq!(
            charged + weighing::lookups::<Test>(1),
            weighing::max_single::<Test>()
        );
    });
}
