//! Proposals to amend trades, and what is said to them.

use super::{
    super::{
        members::CALLERS,
        operation::{AmendmentDraft, AmendmentFault, Form, Manner, Remedy, Said},
    },
    manner,
};
use counterfoil_primitives::amendment::Ground;
use proptest::{option, prelude::*, sample::select};

/// Mostly by the members of agreements, and with a nonce, which proposals and answers need.
pub(super) fn amending() -> impl Strategy<Value = Manner> {
    let form = prop_oneof![5 => Just(Form::Ordered), 1 => Just(Form::Unordered)];
    (option::weighted(0.6, CALLERS), form, manner()).prop_map(|(who, form, manner)| Manner {
        who,
        form,
        ..manner
    })
}

/// One trade, some, or as many as take two steps.
pub(super) fn amendment() -> impl Strategy<Value = AmendmentDraft> {
    use AmendmentFault::*;
    let remedies = [
        Remedy::Cancel,
        Remedy::CancelSequences,
        Remedy::Replace,
        Remedy::Supplement,
    ];
    let faults = [
        Nothing,
        NoDate,
        Behind,
        ZeroGross,
        UnknownProduct,
        OtherClient,
        InFuture,
        OtherTotals,
    ];
    let more = prop_oneof![3 => Just(0u16), 4 => 0u16..6, 1 => 500u16..600];
    let minutes_ago = prop_oneof![3 => 0u32..120, 1 => 0u32..3 * 24 * 60];
    let what = (select(remedies.to_vec()), select(Ground::ALL.to_vec()));
    let fault = option::weighted(0.2, select(faults.to_vec()));
    let payment = (minutes_ago, 1u32..=3, 1u32..2_000_000);
    (what, any::<u16>(), more, payment, fault).prop_map(|(what, of, more, payment, fault)| {
        AmendmentDraft {
            remedy: what.0,
            ground: what.1,
            of,
            more,
            minutes_ago: payment.0,
            product: payment.1,
            gross: payment.2,
            fault,
        }
    })
}

pub(super) fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        4 => Just(Said::Accept),
        1 => Just(Said::Reject),
        1 => Just(Said::Other),
    ]
}
