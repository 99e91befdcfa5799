//! What payments and refunds leave in storage, item by item.

use super::{
    storage::{changed_by, storage},
    *,
};
use crate::{
    tests::{
        amendments::{origin, TODAY},
        transactions::trade,
    },
    Registry, Trades,
};
use counterfoil_primitives::{
    day::DAY, ports::Directory, settlement::ClientLimits, Conditions, Original, RefundRequest,
};
use frame_support::assert_ok;
use std::ops::Range;

/// The items that recording payments may write: the trades and their totals, the client's window, what
/// counts towards its limits, its account's nonce, and what it used of the block.
const OF_PAYMENTS: [(&str, &str); 8] = [
    ("Share", "UsedBy"),
    ("System", "Account"),
    ("Trades", "ClientCredits"),
    ("Trades", "Days"),
    ("Trades", "PageRoots"),
    ("Trades", "Pages"),
    ("Trades", "WindowChunks"),
    ("Trades", "Windows"),
];

fn keys() -> BTreeSet<Vec<u8>> {
    storage().into_keys().collect()
}

/// How many keys of each of these items there are. Every key is of one of them.
fn by_item(
    keys: BTreeSet<Vec<u8>>,
    items: &[(&'static str, &'static str)],
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        let is_of = |(pallet, item): &&(&str, &str)| {
            let prefix = [twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat();
            key.starts_with(&prefix)
        };
        let (_, item) = items
            .iter()
            .find(is_of)
            .unwrap_or_else(|| panic!("nothing else is written: {key:02x?}"));
        *counts.entry(*item).or_default() += 1;
    }
    counts
}

/// Eve records payments of these sequences in a transaction.
fn record(nonce: Nonce, sequences: Range<u64>) {
    let trades: Vec<_> = sequences.map(trade).collect();
    let call = RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: trades.try_into().expect("they are few"),
    });
    let sent = signed(&Sr25519Keyring::Eve.pair(), nonce, call);
    assert_eq!(Executive::apply_extrinsic(sent), Ok(Ok(())));
}

#[test]
fn plain_payments_write_pages_roots_totals_and_a_window_and_nothing_else() {
    on_development_chain(|| {
        let changed = changed_by(|| record(0, 0..600));
        let counts = by_item(changed, &OF_PAYMENTS);
        // 600 payments are on three pages; the roots of 256 pages are one value, and so are the marks of
        // 8192 sequences.
        let expected = BTreeMap::from([
            ("Account", 1),
            ("Days", 1),
            ("PageRoots", 1),
            ("Pages", 3),
            ("UsedBy", 1),
            ("WindowChunks", 1),
            ("Windows", 1),
        ]);
        assert_eq!(counts, expected);
    });
}

#[test]
fn payments_on_a_page_that_is_there_make_no_keys() {
    on_development_chain(|| {
        record(0, 0..10);
        let before = keys();
        record(1, 10..250);
        assert_eq!(keys(), before);
    });
}

#[test]
fn payments_under_a_limit_write_one_value_more_of_their_client() {
    on_development_chain(|| {
        limit_clients();
        let payment = TradeRequest {
            occurred_at: pallet_timestamp::Now::<Runtime>::get() - 1,
            ..trade(0)
        };
        let record = |sequences: Range<u64>| {
            let trades = sequences.map(|sequence| TradeRequest {
                sequence,
                ..payment
            });
            let trades: Vec<_> = trades.collect();
            let trades = trades.try_into().expect("they are few");
            assert_ok!(Trades::record(origin(Sr25519Keyring::Eve), 1, trades));
        };
        let changed = changed_by(|| record(0..200));
        assert_eq!(by_item(changed, &OF_PAYMENTS)["ClientCredits"], 1);
        let before = keys();
        record(200..250);
        assert_eq!(keys(), before);
    });
}

/// Limits what clients cause from the day after tomorrow on, which has come then.
fn limit_clients() {
    let day = TODAY.next().next();
    let agreement = Registry::agreement(1).expect("it is there");
    let conditions = Conditions {
        client_limits: Some(ClientLimits {
            payments: 1_000_000,
            refunds: 1_000_000,
        }),
        ..*agreement.conditions_on(TODAY).expect("it has begun")
    };
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_conditions(root, 1, day, conditions));
    pallet_timestamp::Now::<Runtime>::put(NOON + 2 * DAY);
}

#[test]
fn a_refund_makes_its_link_and_what_was_given_back_of_its_payment() {
    on_development_chain(|| {
        record(0, 0..10);
        let before = keys();
        let refund = |sequence, position: u32| RefundRequest {
            original: Original {
                position,
                ..refund_of(u64::from(position), sequence).original
            },
            ..refund_of(u64::from(position), sequence)
        };
        let refunds = (0..5).map(|position| refund(10 + u64::from(position), position));
        let refunds: Vec<_> = refunds.collect();
        let refunds = refunds.try_into().expect("they are few");
        assert_ok!(Trades::refund(origin(Sr25519Keyring::Eve), 1, refunds));
        let new: BTreeSet<_> = keys().difference(&before).cloned().collect();
        let items = [("Trades", "Links"), ("Trades", "Refunded")];
        let expected = BTreeMap::from([("Links", 5), ("Refunded", 5)]);
        assert_eq!(by_item(new, &items), expected);
    });
}
