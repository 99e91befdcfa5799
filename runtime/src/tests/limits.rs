//! The largest calls fit into a block.

use super::{on_development_chain, transactions::unordered};
use crate::{
    configs::system::{RuntimeBlockLength, RuntimeBlockWeights},
    constants::{MAX_BATCH, MAX_REFUNDS},
    RuntimeCall,
};
use codec::{Compact, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    amendment::{
        Content, Correction, Ground, MissingPayment, Selection, Span, MAX_CORRECTIONS, MAX_PAGES,
        MAX_SPANS, MAX_SUPPLEMENTS,
    },
    compare::{DirtyPage, ReportHeader, SlotDiff},
    report::ReportedExtra,
    tree::{page_count, PAGE_SIZE},
    BusinessDay, Caps, DayTotals, Entry, Original, Reference, RefundRequest, Side, TradeId,
    TradeRequest, UserId, Witness,
};
use frame_support::dispatch::{DispatchClass, GetDispatchInfo};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;

const DAY: BusinessDay = BusinessDay(20_780);

/// The largest batch of trades, all numbers as wide as they get.
fn batch() -> RuntimeCall {
    let trade = |sequence| TradeRequest {
        sequence,
        reference: Reference([1; 16]),
        user: UserId([1; 16]),
        product: u32::MAX,
        gross: u128::MAX,
        debit: u128::MAX,
        credit: u128::MAX,
        occurred_at: u64::MAX,
    };
    let trades: Vec<_> = (0..u64::from(MAX_BATCH)).map(trade).collect();
    RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: 1,
        trades: trades.try_into().unwrap(),
    })
}

/// The largest batch of refunds, each of a payment of its own.
fn refunds() -> RuntimeCall {
    let refund = |sequence: u64| RefundRequest {
        sequence,
        reference: Reference([1; 16]),
        user: UserId([1; 16]),
        product: u32::MAX,
        original: Original {
            id: TradeId {
                client: u32::MAX,
                sequence: u64::MAX,
            },
            day: DAY,
            position: sequence as u32,
        },
        refunded_before: u128::MAX,
        gross: u128::MAX,
        debit: u128::MAX,
        credit: u128::MAX,
        occurred_at: u64::MAX,
    };
    let refunds: Vec<_> = (0..u64::from(MAX_REFUNDS)).map(refund).collect();
    RuntimeCall::Trades(pallet_trades::Call::refund {
        agreement: 1,
        refunds: refunds.try_into().unwrap(),
    })
}

fn propose(content: Content) -> RuntimeCall {
    RuntimeCall::Amendments(pallet_amendments::Call::propose {
        agreement: 1,
        ground: Ground::Other,
        evidence: H256::repeat_byte(1),
        content,
        stated: DayTotals::default(),
    })
}

/// As many spans as a proposal may have, over as many pages.
fn cancellation() -> Content {
    let apart = MAX_PAGES * PAGE_SIZE / MAX_SPANS;
    let spans: Vec<_> = (0..MAX_SPANS)
        .map(|index| Span {
            first: index * apart,
            last: index * apart,
        })
        .collect();
    Content::Cancel {
        day: DAY,
        selection: Selection::Positions(spans.try_into().unwrap()),
    }
}

fn replacement() -> Content {
    let correction = |index: u32| Correction {
        position: index * MAX_PAGES * PAGE_SIZE / MAX_SPANS,
        user: UserId([1; 16]),
        product: u32::MAX,
        gross: u128::MAX,
        occurred_at: u64::MAX,
    };
    let corrections: Vec<_> = (0..MAX_CORRECTIONS).map(correction).collect();
    Content::Replace {
        day: DAY,
        corrections: corrections.try_into().unwrap(),
    }
}

fn supplement() -> Content {
    let payment = MissingPayment {
        client: u32::MAX,
        reference: Reference([1; 16]),
        user: UserId([1; 16]),
        product: u32::MAX,
        gross: u128::MAX,
        occurred_at: u64::MAX,
    };
    let payments = vec![payment; MAX_SUPPLEMENTS as usize];
    Content::Supplement {
        payments: payments.try_into().unwrap(),
    }
}

fn header() -> RuntimeCall {
    let root = H256::repeat_byte(1);
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_header {
        agreement: 1,
        day: DAY,
        side: Side::Debit,
        round: 0,
        header: ReportHeader {
            dirty: (0..Caps::MAX.pages)
                .map(|page| DirtyPage { page, root })
                .collect(),
            extras: vec![root; page_count(Caps::MAX.extras) as usize],
        },
    })
}

fn page_of_slots() -> RuntimeCall {
    let slot = |offset| SlotDiff {
        offset,
        found: Some(Entry::default()),
    };
    let slots: Vec<_> = (0..=u8::MAX).map(slot).collect();
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_slots {
        agreement: 1,
        day: DAY,
        side: Side::Debit,
        round: 0,
        page: 0,
        slots: slots.try_into().unwrap(),
    })
}

/// Each extra names the trade that it repeats.
fn page_of_extras() -> RuntimeCall {
    let witness = Witness {
        day: DAY,
        position: 0,
    };
    let extras = vec![(Entry::default(), Some(witness)); PAGE_SIZE as usize];
    RuntimeCall::Reconciliation(pallet_reconciliation::Call::report_extras {
        agreement: 1,
        day: DAY,
        side: Side::Debit,
        round: 0,
        page: 0,
        extras: extras.try_into().unwrap(),
    })
}

fn seal() -> RuntimeCall {
    RuntimeCall::Trades(pallet_trades::Call::seal {
        agreement: 1,
        day: DAY,
    })
}

/// How many calls like this one a block takes, by weight and by length.
fn of_a_block(call: RuntimeCall) -> u64 {
    let weights = RuntimeBlockWeights::get();
    let pair = Sr25519Keyring::Eve.pair();
    let mut signed = None;
    on_development_chain(|| signed = Some(unordered(&pair, call)));
    let transaction = signed.expect("it was signed");
    let info = transaction.get_dispatch_info();
    let class = weights.get(info.class);
    let weight = info.total_weight().saturating_add(class.base_extrinsic);
    if class
        .max_extrinsic
        .is_some_and(|most| info.total_weight().any_gt(most))
    {
        return 0;
    }
    let total = class.max_total.unwrap_or(weights.max_block);
    let by_weight = total.ref_time() / weight.ref_time();
    let length = *RuntimeBlockLength::get().max.get(DispatchClass::Normal);
    let by_length = u64::from(length) / transaction.encoded_size() as u64;
    by_weight.min(by_length)
}

/// Bytes of a list of `count` of the largest `Item`s.
fn bytes_of<Item: MaxEncodedLen>(count: u32) -> usize {
    Compact(count).encoded_size() + count as usize * Item::max_encoded_len()
}

/// What is weighed here is as large in bytes as a call of its kind gets.
#[test]
fn the_calls_carry_as_much_as_they_can() {
    let pages = Caps::MAX.pages;
    let of_extras = page_count(Caps::MAX.extras);
    let lists = [
        (batch(), bytes_of::<TradeRequest>(MAX_BATCH)),
        (refunds(), bytes_of::<RefundRequest>(MAX_REFUNDS)),
        (
            header(),
            bytes_of::<DirtyPage>(pages) + bytes_of::<H256>(of_extras),
        ),
        (page_of_slots(), bytes_of::<SlotDiff>(PAGE_SIZE)),
        (page_of_extras(), bytes_of::<ReportedExtra>(PAGE_SIZE)),
    ];
    let contents = [
        (cancellation(), bytes_of::<Span>(MAX_SPANS)),
        (replacement(), bytes_of::<Correction>(MAX_CORRECTIONS)),
        (supplement(), bytes_of::<MissingPayment>(MAX_SUPPLEMENTS)),
    ];
    for (content, bytes) in contents {
        assert!(content.is_valid());
        // What stands before the list, and behind it: ground, evidence, and what it comes to.
        let around = propose(content).encoded_size().checked_sub(bytes);
        assert!(around.is_some_and(|around| around < 256), "{around:?}");
    }
    for (call, bytes) in lists {
        // What stands before the lists: indices, agreement, day, side, and what tells books and pages apart.
        let head = call.encoded_size().checked_sub(bytes);
        assert!(head.is_some_and(|head| head < 32), "{head:?}");
    }
}

#[test]
fn a_block_takes_many_of_the_largest_batches() {
    assert!(of_a_block(batch()) >= 10, "{}", of_a_block(batch()));
}

#[test]
fn a_block_takes_the_largest_batches_of_refunds() {
    assert!(of_a_block(refunds()) >= 8, "{}", of_a_block(refunds()));
}

#[test]
fn a_block_takes_the_largest_parts_of_reports() {
    for part in [header(), page_of_slots(), page_of_extras()] {
        assert!(of_a_block(part.clone()) >= 8, "{part:?}");
    }
}

#[test]
fn a_block_takes_the_largest_proposals() {
    for content in [cancellation(), replacement(), supplement()] {
        assert!(of_a_block(propose(content.clone())) >= 8, "{content:?}");
    }
}

#[test]
fn a_block_takes_the_largest_steps_of_amendments() {
    let (agreement, number) = (1, 1);
    let step = pallet_amendments::Call::book {
        agreement,
        number,
        from: 0,
    };
    let lapse = pallet_amendments::Call::lapse { agreement, number };
    for call in [step, lapse] {
        let call = RuntimeCall::Amendments(call);
        assert!(of_a_block(call.clone()) >= 8, "{call:?}");
    }
}

#[test]
fn a_block_takes_the_seal_of_the_largest_day() {
    assert!(of_a_block(seal()) >= 8);
}

#[test]
fn the_limits_agree_with_each_other() {
    assert!(RuntimeBlockWeights::get().validate().is_ok());
}
