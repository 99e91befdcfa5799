//! How agreements settle, and what is said of payments outside the chain.

use super::{
    super::operation::{
        Amiss, AnswerDraft, DeclarationDraft, Form, Manner, Operation, ReturnDraft, Settling,
    },
    at, manner,
};
use counterfoil_primitives::settlement::{ClientLimits, Period};
use proptest::{option, prelude::*, sample::select};

/// Every period and both rails, with limits that some trades of a client reach.
pub(super) fn settling() -> impl Strategy<Value = Settling> {
    let limits = (1u128..1_000_000, 1u128..300_000)
        .prop_map(|(payments, refunds)| ClientLimits { payments, refunds });
    let limits = option::weighted(0.4, limits);
    (select(&Period::ALL[..]), any::<bool>(), limits).prop_map(|(period, outside, limits)| {
        Settling {
            period,
            outside,
            limits,
        }
    })
}

/// The whole, a part, or something that is amiss.
fn said_of_money() -> impl Strategy<Value = (u16, Option<Amiss>)> {
    use Amiss::*;
    let part = prop_oneof![2 => Just(1_000u16), 1 => 0u16..1_000];
    let amiss = vec![Nothing, TooMuch, NoReference, OtherReference, NoDate];
    (part, option::weighted(0.25, select(amiss)))
}

fn declaration() -> impl Strategy<Value = DeclarationDraft> {
    said_of_money().prop_map(|(part, amiss)| DeclarationDraft { part, amiss })
}

fn answer() -> impl Strategy<Value = AnswerDraft> {
    (0usize..4, said_of_money()).prop_map(|(of, (part, amiss))| AnswerDraft { of, part, amiss })
}

fn coming_back() -> impl Strategy<Value = ReturnDraft> {
    let as_first = prop::bool::weighted(0.3);
    (0usize..4, said_of_money(), as_first).prop_map(|(of, (part, amiss), as_first)| ReturnDraft {
        of,
        part,
        amiss,
        as_first,
    })
}

/// Mostly by whoever it is for, with a nonce.
fn by_hand() -> impl Strategy<Value = Manner> {
    let form = prop_oneof![7 => Just(Form::Ordered), 1 => Just(Form::Unordered)];
    (form, manner()).prop_map(|(form, manner)| Manner { form, ..manner })
}

/// A call about what is owed that is not the payment itself.
pub(super) fn settling_call() -> impl Strategy<Value = Operation> {
    prop_oneof![
        4 => (at(), by_hand()).prop_map(|(at, manner)| Operation::Release(at, manner)),
        4 => (at(), by_hand(), declaration())
            .prop_map(|(at, manner, draft)| Operation::Declare(at, manner, draft)),
        1 => (at(), by_hand(), 0usize..4)
            .prop_map(|(at, manner, of)| Operation::WithdrawDeclaration(at, manner, of)),
        4 => (at(), by_hand(), answer())
            .prop_map(|(at, manner, draft)| Operation::Acknowledge(at, manner, draft)),
        2 => (at(), by_hand(), coming_back())
            .prop_map(|(at, manner, draft)| Operation::ReportReturn(at, manner, draft)),
    ]
}
