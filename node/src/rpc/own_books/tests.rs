//! What staff reads of a book of payments and refunds.

use super::*;
use counterfoil_primitives::{
    BusinessDay, Cause, Kind, Reference, Side, SideTotals, TradeId, UserId,
};
use sc_rpc::DenyUnsafe;
use serde_json::{json, Value};
use sp_core::offchain::storage::InMemOffchainStorage;

const SIDE_ID: SideId = SideId::new(1, BusinessDay(20_000), Side::Credit);

/// What a node answers whose database holds `value` of the book: a page or list by `ask`.
fn answer<V: serde::Serialize>(
    item: Item,
    value: &impl codec::Encode,
    ask: impl FnOnce(View<InMemOffchainStorage>, Extensions) -> RpcResult<V>,
) -> Value {
    let mut books = Books::new(InMemOffchainStorage::default());
    books.set(SIDE_ID, item, value);
    let mut staff = Extensions::new();
    staff.insert(DenyUnsafe::No);
    serde_json::to_value(ask(View::new(books), staff).unwrap()).unwrap()
}

/// What a node answers that is asked for the state of a book.
fn state(state: &BookState) -> Value {
    answer(Item::State, state, |view, staff| {
        view.state(&staff, 1, 20_000, "credit".into())
    })
}

/// What a node answers that is asked for the result of a day.
fn result(result: &DayResult) -> Value {
    answer(Item::Result, result, |view, staff| {
        view.result(&staff, 1, 20_000, "credit".into())
    })
}

fn entry(kind: Kind) -> Entry {
    Entry {
        id: TradeId {
            client: 2,
            sequence: 3,
        },
        kind,
        reference: Reference([0xAB; 16]),
        user: UserId::from_text("alena").unwrap(),
        product: 4,
        amount: 250,
        occurred_at: 7,
    }
}

/// [`entry`] as a node shows it.
fn shown(kind: &str) -> Value {
    json!({
        "client": 2,
        "sequence": 3,
        "kind": kind,
        "reference": "abababab-abab-abab-abab-abababababab",
        "user": "alena",
        "product": 4,
        "amount": "250",
        "occurred_at": 7,
    })
}

/// How a node shows a reference and a payer.
fn labels(reference: [u8; 16], user: [u8; 16]) -> [Value; 2] {
    let shown = serde_json::to_value(EntryView::from(Entry {
        reference: Reference(reference),
        user: UserId(user),
        ..entry(Kind::Payment)
    }))
    .unwrap();
    [shown["reference"].clone(), shown["user"].clone()]
}

#[test]
fn references_and_payers_show_as_people_write_them() {
    let shown = labels(*b"FV-2026/0017\0\0\0\0", *b"C-1042\0\0\0\0\0\0\0\0\0\0");
    assert_eq!(shown, ["FV-2026/0017", "C-1042"]);
    let uuid = 0x7f0c_2d1e_5b0a_4f7e_9c3d_0a1b_2c3d_4e5f_u128;
    let [reference, _] = labels(uuid.to_be_bytes(), [0; 16]);
    assert_eq!(reference, "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f");
}

#[test]
fn what_people_cannot_write_shows_in_hexadecimal() {
    let shown = labels([1; 16], *b"C  1042\0\0\0\0\0\0\0\0\0");
    assert_eq!(
        shown,
        [
            "0x01010101010101010101010101010101",
            "0x43202031303432000000000000000000"
        ]
    );
}

#[test]
fn a_page_shows_kinds_and_null_for_what_the_book_lacks() {
    let slots = vec![Some(entry(Kind::Payment)), None, Some(entry(Kind::Refund))];
    let page = answer(Item::Slots(0), &slots, |view, staff| {
        view.page(&staff, 1, 20_000, "credit".into(), 0)
    });
    assert_eq!(page, json!([shown("payment"), null, shown("refund")]));
}

#[test]
fn extras_show_kinds() {
    let extras = vec![entry(Kind::Refund)];
    let page = answer(Item::Extras(0), &extras, |view, staff| {
        view.extras(&staff, 1, 20_000, "credit".into(), 0)
    });
    assert_eq!(page, json!([shown("refund")]));
}

#[test]
fn the_suspense_list_shows_kinds() {
    let suspended = vec![Suspended {
        entry: entry(Kind::Refund),
        cause: Cause::NotOnChain,
    }];
    let list = answer(Item::Suspense, &suspended, |view, staff| {
        view.suspense(&staff, 1, 20_000, "credit".into())
    });
    assert_eq!(list[0]["entry"], shown("refund"));
}

#[test]
fn a_state_shows_what_payments_and_refunds_come_to() {
    let book = |payments, refunds| BookState {
        totals: SideTotals { payments, refunds },
        ..Default::default()
    };
    let sums = |shown: Value| {
        let sum = |key: &str| shown[key].as_str().unwrap().to_string();
        [sum("payments"), sum("refunds"), sum("total")]
    };
    assert_eq!(sums(state(&book(955, 40))), ["955", "40", "955"]);
    assert_eq!(sums(state(&book(40, 955))), ["40", "955", "40"]);
}

#[test]
fn a_result_shows_what_the_company_owes_and_which_way() {
    let owed = |obligation| {
        let shown = result(&DayResult {
            obligation,
            ..Default::default()
        });
        (shown["payable"].clone(), shown["obligation"].clone())
    };
    assert_eq!(owed(Some(12)), (json!("12"), json!("12")));
    assert_eq!(owed(Some(0)), (json!("0"), json!("0")));
    assert_eq!(owed(Some(-12)), (json!("0"), json!("-12")));
}

#[test]
fn a_result_before_the_day_is_reconciled_shows_null_for_what_is_owed() {
    let shown = result(&DayResult::default());
    assert_eq!(shown["payable"], Value::Null);
    assert_eq!(shown["obligation"], Value::Null);
    assert_eq!(shown["trades"], 0);
}

#[test]
fn a_caller_from_outside_reads_nothing() {
    let view = View::new(Books::new(InMemOffchainStorage::default()));
    let mut outside = Extensions::new();
    outside.insert(DenyUnsafe::Yes);
    assert!(view.state(&outside, 1, 20_000, "credit".into()).is_err());
}
