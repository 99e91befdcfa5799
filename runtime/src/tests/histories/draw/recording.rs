//! Trades and refunds that clients send, and those that persons write.

use super::super::operation::{Draft, Fault, Pick, RefundDraft, RefundFault, Slip, Written};
use proptest::{option, prelude::*, sample::select};

fn sequence() -> impl Strategy<Value = Pick> {
    prop_oneof![
        40 => (0u8..3).prop_map(Pick::Fresh),
        2 => Just(Pick::Used),
        2 => Just(Pick::Twice),
        1 => Just(Pick::Leap),
        1 => Just(Pick::TooFar),
    ]
}

fn draft() -> impl Strategy<Value = Draft> {
    use Fault::*;
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let faults = vec![
        Debit,
        Credit,
        ZeroGross,
        InFuture,
        BeforeFirstDay,
        UnknownProduct,
    ];
    let fault = option::weighted(0.1, select(faults));
    (sequence(), minutes_ago, 1u32..=3, 1u32..2_000_000, fault).prop_map(
        |(sequence, minutes_ago, product, gross, fault)| Draft {
            sequence,
            minutes_ago,
            product,
            gross,
            fault,
        },
    )
}

/// A batch of some trades, or one that fills pages.
pub(super) fn batch() -> impl Strategy<Value = Vec<Draft>> {
    let many = (draft(), 200usize..600).prop_map(|(draft, count)| {
        let alike = Draft {
            sequence: Pick::Fresh(0),
            fault: None,
            ..draft
        };
        vec![alike; count]
    });
    prop_oneof![9 => prop::collection::vec(draft(), 0..12), 1 => many]
}

/// A refund: of a part, or of all that is left.
fn refund(faults: Vec<RefundFault>) -> impl Strategy<Value = RefundDraft> {
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let part = prop_oneof![1 => Just(1_000u16), 2 => 0u16..1_000];
    let fault = option::weighted(0.3, select(faults));
    (sequence(), minutes_ago, any::<u16>(), part, fault).prop_map(
        |(sequence, minutes_ago, of, part, fault)| RefundDraft {
            sequence,
            minutes_ago,
            of,
            part,
            fault,
        },
    )
}

/// What can be wrong with a refund that a person writes.
fn faults_of_forms() -> Vec<RefundFault> {
    use RefundFault::*;
    vec![
        Missing,
        OtherId,
        OfARefund,
        OtherClient,
        BeforeOriginal,
        Oldest,
        Meanwhile,
        MoreThanLeft,
        ZeroGross,
        InFuture,
    ]
}

/// Some refunds, several of one payment among them. A program can state wrongly what a form leaves open.
pub(super) fn refunds() -> impl Strategy<Value = Vec<RefundDraft>> {
    use RefundFault::*;
    let mut faults = faults_of_forms();
    faults.extend([OtherProduct, OtherUser, Debit, Credit]);
    prop::collection::vec(refund(faults), 0..8)
}

/// A refund that a person writes.
pub(super) fn written_refund() -> impl Strategy<Value = RefundDraft> {
    refund(faults_of_forms())
}

pub(super) fn written() -> impl Strategy<Value = Written> {
    use Slip::*;
    let slips = vec![Amount, Zero, Product, Payer, Past, Future];
    let slip = option::weighted(0.2, select(slips));
    (1u32..=3, 1u32..2_000_000, prop::bool::weighted(0.2), slip).prop_map(
        |(product, gross, again, slip)| Written {
            product,
            gross,
            again,
            slip,
        },
    )
}
