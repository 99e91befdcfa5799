//! A client that was down for three days comes back with all their payments, and each is on chain once.
//!
//! Of the four payments of each day, bank and company record two without the client. Once it is back, the
//! first day is too long ago for records of its own, and the other two days are not.

use super::{
    amendments::{accept, origin},
    on_development_chain,
    transactions::trade,
    NOON,
};
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, Amendments, Block, Registry,
    Runtime, RuntimeEvent, RuntimeOrigin, System, Trades,
};
use counterfoil_primitives::{
    amendment::{Content, Ground, MissingPayment},
    day::DAY,
    ports::{DayTrades, Directory},
    BusinessDay, DayTotals, KindTotals, MemberId, Reference, TradeRequest,
};
use pallet_registry::Limits;
use pallet_trades::{Event, Refusal};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Eve};
use std::{collections::BTreeMap, ops::RangeInclusive};

/// The client that acts with the key of Eve.
const CLIENT: MemberId = 5;

/// The numbers of all payments, four a day.
const ALL: RangeInclusive<u8> = 1..=12;

/// The payments that bank and company record while the client is down, by the days on which they occurred.
const SUPPLEMENTED: [[u8; 2]; 3] = [[1, 2], [5, 6], [9, 10]];

/// The day a number of days after the first one.
fn day(days: u32) -> BusinessDay {
    BusinessDay(20_780 + days)
}

/// Sets the time to noon of a day.
fn pass_to(days: u32) {
    pallet_timestamp::Now::<Runtime>::put(NOON + u64::from(days) * DAY);
}

/// The client's own record of a payment.
fn payment(number: u8) -> TradeRequest {
    let first = trade(number.into());
    TradeRequest {
        reference: Reference([number; 16]),
        occurred_at: first.occurred_at + u64::from((number - 1) / 4) * DAY,
        ..first
    }
}

fn missing(number: u8) -> MissingPayment {
    let payment = payment(number);
    MissingPayment {
        client: CLIENT,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        gross: payment.gross,
        occurred_at: payment.occurred_at,
    }
}

/// The company proposes to record two payments, the bank accepts, and they are booked.
fn supplement(numbers: [u8; 2]) {
    let payments = numbers.map(missing).to_vec();
    let content = Content::Supplement {
        payments: payments.try_into().expect("they are two"),
    };
    let stated = DayTotals {
        payments: KindTotals {
            count: 2,
            gross: 2_000,
            debit: 1_800,
            credit: 200,
        },
        ..Default::default()
    };
    let ground = Ground::NotRecorded;
    Amendments::propose(origin(Bob), 1, ground, H256::zero(), content, stated)
        .expect("they are right");
    let number = Amendments::last_amendment(1);
    accept(number);
    Amendments::book(origin(Bob), 1, number, 0).expect("it was agreed");
}

/// Two days after its day's cut-off, a payment comes too late.
fn limit_lateness() {
    let view = Registry::agreement(1).expect("it is there");
    let limits = Limits {
        caps: view.caps,
        max_gross: view.max_gross,
        deadline_minutes: view.deadline_minutes,
        max_late_minutes: 2 * 24 * 60,
        refund_days: view.refund_days,
        amend_days: view.amend_days,
        answer_days: view.answer_days,
    };
    Registry::set_limits(RuntimeOrigin::root(), 1, limits).expect("they are valid");
}

/// Runs `test` at noon of the day on which the client is back. Each of the three days was sealed, and its
/// missing payments were recorded, on the day after it.
fn once_the_client_is_back(test: impl FnOnce()) {
    on_development_chain(|| {
        limit_lateness();
        for (down, numbers) in (0..).zip(SUPPLEMENTED) {
            pass_to(down + 1);
            Trades::seal(origin(Bob), 1, day(down)).expect("its cut-off has passed");
            supplement(numbers);
        }
        test();
    });
}

/// The client records all payments of the three days in one call. Returns why which of them were refused.
fn record_all() -> BTreeMap<u64, Refusal> {
    System::reset_events();
    let trades: Vec<_> = ALL.map(payment).collect();
    let trades = trades.try_into().expect("they are few");
    Trades::record(origin(Eve), 1, trades).expect("a batch is taken");
    let events = System::events().into_iter();
    let refused = events.filter_map(|record| match record.event {
        RuntimeEvent::Trades(Event::TradeRefused {
            sequence, reason, ..
        }) => Some((sequence, reason)),
        _ => None,
    });
    refused.collect()
}

/// Where an amendment recorded a payment.
fn place(number: u8) -> Option<(BusinessDay, u32)> {
    let reference = Reference([number; 16]);
    <Runtime as CounterfoilApi<Block>>::supplemented(1, CLIENT, reference)
}

/// How many trades a day has.
fn count(days: u32) -> u32 {
    Trades::totals(1, day(days)).count()
}

/// How often each payment is on chain.
fn times() -> BTreeMap<Reference, u32> {
    let mut times = BTreeMap::new();
    for trade in (0..=3).flat_map(|days| Trades::page(1, day(days), 0)) {
        *times.entry(trade.reference).or_default() += 1;
    }
    times
}

#[test]
fn what_amendments_recorded_is_refused_by_name_and_the_rest_in_time_is_taken() {
    once_the_client_is_back(|| {
        let late = (1..=4).map(|number| (number, Refusal::TooLate));
        let supplemented = [5, 6, 9, 10].map(|number| (number, Refusal::Supplemented));
        let expected: BTreeMap<u64, Refusal> = late.chain(supplemented).collect();
        assert_eq!(record_all(), expected);
        assert_eq!([0, 1, 2, 3].map(count), [0, 2, 2, 2 + 4]);
    });
}

#[test]
fn the_place_of_what_amendments_recorded_is_found_though_the_chain_only_says_late() {
    once_the_client_is_back(|| {
        record_all();
        for (down, numbers) in (0..).zip(SUPPLEMENTED) {
            let places = [0, 1].map(|position| Some((day(down + 1), position)));
            assert_eq!(numbers.map(place), places);
        }
        assert_eq!([3, 4, 7, 8, 11, 12].map(place), [None; 6]);
    });
}

#[test]
fn each_payment_of_the_three_days_is_on_chain_once_however_often_it_is_sent() {
    once_the_client_is_back(|| {
        record_all();
        supplement([3, 4]);
        assert_eq!(record_all().len(), 12);
        let once = ALL.map(|number| (Reference([number; 16]), 1));
        assert_eq!(times(), once.collect::<BTreeMap<_, _>>());
        assert_eq!([0, 1, 2, 3].map(count), [0, 2, 2, 2 + 4 + 2]);
    });
}
