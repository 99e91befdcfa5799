//! Days as people and programs give them to the runtime API.

use super::{on_development_chain, transactions::refund_of, NOON};
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, Block, Runtime,
    RuntimeOrigin, Trades,
};
use counterfoil_primitives::{
    BusinessDay, Cause, Entry, Kind, Reference, Side, SideId, TradeId, TradeRequest, UserId,
};
use pallet_reconciliation::{
    AcceptedHeader, Headers, ListedPage, SideRecord, Sides, SlotBreak, SlotBreaks,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;

/// The day of [`super::NOON`], 2026-11-23.
const TODAY: BusinessDay = BusinessDay(20_780);
/// The digits of its date.
const DIGITS: BusinessDay = BusinessDay(20_261_123);
/// Digits that are no date.
const NO_DATE: BusinessDay = BusinessDay(20_261_131);

const ID: TradeId = TradeId {
    client: 5,
    sequence: 0,
};
const REFERENCE: Reference = Reference([7; 16]);

/// Records two trades of one reference, and a refund of the first.
fn record() {
    let trades: Vec<_> = (0..2)
        .map(|sequence| TradeRequest {
            sequence,
            reference: REFERENCE,
            user: UserId([2; 16]),
            product: 1,
            gross: 1_000,
            debit: 900,
            credit: 100,
            occurred_at: super::NOON,
        })
        .collect();
    let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
    Trades::record(eve.clone(), 1, trades.try_into().unwrap()).unwrap();
    let refunds = vec![refund_of(0, 2)];
    Trades::refund(eve, 1, refunds.try_into().unwrap()).unwrap();
}

/// Whether each read that takes a day finds what was recorded.
fn finds(day: BusinessDay) -> [bool; 11] {
    type Api = Runtime;
    [
        <Api as CounterfoilApi<Block>>::day(1, day).is_some_and(|day| day.trades == 3),
        <Api as CounterfoilApi<Block>>::find_by_id(1, day, ID).is_some(),
        <Api as CounterfoilApi<Block>>::find_by_reference(1, day, REFERENCE).len() == 2,
        <Api as CounterfoilApi<Block>>::equal_references(1, day, 0)
            .0
            .len()
            == 1,
        <Api as CounterfoilApi<Block>>::trades(1, day, 0).len() == 3,
        <Api as CounterfoilApi<Block>>::chain_entries(1, day, Side::Debit, 0).len() == 3,
        <Api as CounterfoilApi<Block>>::link(1, day, 2).is_some(),
        <Api as CounterfoilApi<Block>>::links(1, day, 0).len() == 1,
        <Api as CounterfoilApi<Block>>::found(1, day, 2).is_some(),
        <Api as CounterfoilApi<Block>>::refunded(1, day, 0) == 1_000,
        <Api as CounterfoilApi<Block>>::refunded_payments(1, day, 0).len() == 1,
    ]
}

#[test]
fn a_day_is_read_by_its_number_and_by_the_digits_of_its_date() {
    on_development_chain(|| {
        record();
        assert_eq!(finds(TODAY), [true; 11]);
        assert_eq!(finds(DIGITS), [true; 11]);
        let day = <Runtime as CounterfoilApi<Block>>::day(1, DIGITS).unwrap();
        assert_eq!(day.day, TODAY);
    });
}

#[test]
fn digits_that_are_no_date_find_nothing() {
    on_development_chain(|| {
        record();
        assert_eq!(finds(NO_DATE), [false; 11]);
    });
}

/// The bank's side of today.
const SIDE_ID: SideId = SideId::new(1, TODAY, Side::Credit);

/// The bank's side of today is proven to lack one entry.
fn prove_a_break() {
    let (page, lacked) = (0, 1);
    let record = SideRecord {
        proven: Some(1),
        ..Default::default()
    };
    let header = AcceptedHeader {
        dirty: vec![ListedPage {
            page,
            root: H256::zero(),
            accepted: true,
        }],
        breaks: 1,
        ..Default::default()
    };
    let one = SlotBreak {
        position: lacked,
        cause: Cause::Missing,
        found: None,
        right: Entry {
            kind: Kind::Refund,
            amount: 100,
            occurred_at: NOON,
            ..Default::default()
        },
    };
    Sides::<Runtime>::insert(SIDE_ID, record);
    Headers::<Runtime>::insert(SIDE_ID, header);
    SlotBreaks::<Runtime>::insert(SIDE_ID, page, vec![one]);
}

#[test]
fn page_roots_are_read_by_the_digits_of_a_date() {
    on_development_chain(|| {
        let roots = (H256::repeat_byte(1), H256::repeat_byte(2));
        pallet_trades::Days::<Runtime>::mutate(1, TODAY, |totals| totals.payments.count = 1);
        pallet_trades::PageRoots::<Runtime>::mutate((1, TODAY, 0), |pages| pages.try_push(roots))
            .expect("a chapter has more pages");
        let read = |day, side| <Runtime as CounterfoilApi<Block>>::page_roots(1, day, side);
        for day in [TODAY, DIGITS] {
            assert_eq!(read(day, Side::Debit), [H256::repeat_byte(1)]);
            assert_eq!(read(day, Side::Credit), [H256::repeat_byte(2)]);
        }
        assert!(read(NO_DATE, Side::Credit).is_empty());
    });
}

#[test]
fn breaks_are_read_by_the_digits_of_a_date() {
    on_development_chain(|| {
        let breaks = |day| {
            let (list, next) = <Runtime as CounterfoilApi<Block>>::breaks(1, day, Side::Credit, 0);
            assert_eq!(next, None);
            list.slots
        };
        prove_a_break();
        assert_eq!(breaks(TODAY).len(), 1);
        assert_eq!(breaks(DIGITS), breaks(TODAY));
        assert!(breaks(NO_DATE).is_empty());
        let in_words = |day, page| {
            <Runtime as CounterfoilApi<Block>>::breaks_in_words(1, day, Side::Credit, page)
        };
        let [told] = &in_words(DIGITS, 0)[..] else {
            panic!("there is one")
        };
        let right = told.right.as_ref().expect("a slot has a right entry");
        assert_eq!(told.position, Some(breaks(TODAY)[0].position));
        assert_eq!(right.kind, Kind::Refund);
        assert_eq!(right.amount.words, "1.00 CZK");
        assert!(right.time.starts_with("2026-"), "{}", right.time);
        assert_eq!(in_words(DIGITS, 1), []);
        assert_eq!(in_words(NO_DATE, 0), []);
    });
}
